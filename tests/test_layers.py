"""Imports go down only, HTML is marked safe in few places, and every module has its layer.

A new module is placed by a line in LAYERS: the lowest layer whose imports it can do with.
"""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

# A package stands for all its modules, unless a module is placed by itself.
LAYERS = {
    "articles": 0,
    "articles.choices": 0,
    "articles.comparing": 0,
    "articles.differing": 0,
    "articles.excerpts": 0,
    "articles.imaging": 0,
    "articles.importing": 0,
    "articles.innerlinks": 0,
    "articles.likeness": 0,
    "articles.markup": 0,
    "articles.numbering": 0,
    "articles.proofreading": 0,
    "articles.punctuation": 0,
    "articles.related.nearness": 0,
    "articles.reading_time": 0,
    "articles.search": 0,
    "articles.slugs": 0,
    "articles.structured_data": 0,
    "articles.topics": 0,
    "articles.edition": 1,
    "articles.moments": 1,
    "articles.querysets": 1,
    "articles.related.store": 1,
    "articles.related.tagging": 1,
    "articles.search.beside": 1,
    "articles.search.gathering": 1,
    "articles.search.lexicon": 1,
    "articles.search.matching": 1,
    "articles.search.postings": 1,
    "articles.search.writing": 1,
    "articles.tallies.noting": 0,
    "articles.tallies.tables": 0,
    "articles.triggers": 1,
    "articles.models": 2,
    "articles.bulk": 3,
    "articles.deadlinks": 3,
    "articles.derived": 3,
    "articles.desk": 3,
    "articles.exporting": 3,
    "articles.importing.fixture": 3,
    "articles.importing.fixture_records": 3,
    "articles.importing.fixture_rows": 3,
    "articles.importing.importer": 3,
    "articles.importing.planning": 3,
    "articles.importing.reading": 3,
    "articles.importing.uploads": 3,
    "articles.importing.writing": 3,
    "articles.merging": 3,
    "articles.moving": 3,
    "articles.namesakes": 3,
    "articles.pending": 3,
    "articles.preview_links": 3,
    "articles.publishing": 3,
    "articles.related": 3,
    "articles.retagging": 3,
    "articles.revisions": 3,
    "articles.rights": 3,
    "articles.search.building": 3,
    "articles.search.checking": 3,
    "articles.search.engine": 3,
    "articles.search.evaluation": 3,
    "articles.search.explanation": 3,
    "articles.search.facets": 3,
    "articles.search.scope": 3,
    "articles.search.headings": 3,
    "articles.search.index": 3,
    "articles.search.suggest": 3,
    "articles.search.readings": 3,
    "articles.search.spelling": 3,
    "articles.search.synonyms": 3,
    "articles.search.visibility": 3,
    "accounts": 3,
    "accounts.admin": 4,
    "accounts.forms": 4,
    "accounts.management": 4,
    "accounts.signals": 4,
    "accounts.site": 4,
    "accounts.views": 4,
    "articles.tallies": 3,
    "articles.tallies.middleware": 4,
    "articles.addresses": 4,
    "articles.admin": 4,
    "articles.context_processors": 4,
    "articles.feeds": 4,
    "articles.forms": 4,
    "articles.management": 4,
    "articles.signals": 4,
    "articles.sitemaps": 4,
    "articles.templatetags": 4,
    "articles.views": 4,
    "accounts.apps": 5,
    "accounts.migrations": 5,
    "articles.apps": 5,
    "articles.migrations": 5,
    "articles.urls": 5,
    "opsqa": 5,
}
# All that layer 0 may use of Django: no database, no settings, no request.
PURE_DJANGO = ("django.utils",)
READY = {("accounts.apps", "ready"), ("articles.apps", "ready")}
EXCEPTIONS = {("articles.choices", "django.db.models.TextChoices")}
MARKS_SAFE = {
    "articles.feeds": "the stored HTML of pairs, made by markup",
    "articles.templatetags.reading": "the stored HTML of pairs, made by markup; JSON escaped for a script element",
}
UNSAFE_TEMPLATE = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off\b")


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts).removesuffix(".__init__")


MODULES = {
    module_name(path): path
    for package in ("accounts", "articles", "opsqa")
    for path in sorted((settings.BASE_DIR / package).rglob("*.py"))
}
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.*"))


def placed(module: str) -> str | None:
    """Return the line of LAYERS that a module comes under; a module right in articles needs its own."""
    parts = module.split(".")
    prefixes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = next((prefix for prefix in prefixes if prefix in LAYERS), None)
    return None if found == "articles" != module else found


def layer(module: str) -> int:
    return LAYERS.get(placed(module), max(LAYERS.values()))


def imported(tree: ast.AST) -> list[str]:
    """Return the full name of everything that is imported: django.db.models.F, articles.models.Article."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names]
    return names


def wrong_imports(module: str, tree: ast.AST) -> list[str]:
    return [f"{module} imports {name}" for name in imported(tree) if not is_allowed(module, name)]


def is_allowed(module: str, name: str) -> bool:
    if name.startswith(("accounts", "articles", "opsqa")):
        return layer(name if name in MODULES else name.rpartition(".")[0]) <= layer(module)
    if name.startswith("."):
        return False
    return (
        layer(module) > 0
        or not name.startswith("django")
        or name.startswith(PURE_DJANGO)
        or (module, name) in EXCEPTIONS
    )


def inner_imports(module: str, tree: ast.AST) -> list[str]:
    """Name the functions that import; AppConfig.ready has to, as models exist only then."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [
        f"{module}.{function.name} imports inside"
        for function in functions
        if imported(function) and (module, function.name) not in READY
    ]


def safe_marks(tree: ast.AST) -> list[str]:
    """Return which of the functions that call text safe HTML are called."""
    calls = {ast.unparse(node.func).rpartition(".")[2] for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return sorted(calls & {"mark_safe", "SafeString"})


def faults(module: str, source: str) -> list[str]:
    tree = ast.parse(source)
    marks = [] if module in MARKS_SAFE else [f"{module} calls {name}" for name in safe_marks(tree)]
    return [*wrong_imports(module, tree), *inner_imports(module, tree), *marks]


def test_every_module_has_its_layer():
    homeless = [module for module in MODULES if placed(module) is None]
    assert not homeless, f"Give each a line in LAYERS of {Path(__file__).name}: {', '.join(homeless)}"


def test_no_line_of_the_tables_is_left_over():
    assert set(LAYERS) - set(MODULES) == set()
    assert [module for module in MARKS_SAFE if not safe_marks(ast.parse(MODULES[module].read_text()))] == []


def test_imports_go_down_and_only_few_modules_mark_html_safe():
    assert [fault for module, path in MODULES.items() for fault in faults(module, path.read_text())] == []


def test_no_template_turns_escaping_off():
    assert [path for path in TEMPLATES if UNSAFE_TEMPLATE.search(path.read_text())] == []


@pytest.mark.parametrize(
    "module, source, fault",
    [
        ("articles.topics", "from articles.models import Topic", "articles.topics imports articles.models.Topic"),
        ("articles.topics", "import articles.querysets", "articles.topics imports articles.querysets"),
        ("articles.models.topics", "from articles import derived", "articles.models.topics imports articles.derived"),
        ("articles.search.query", "from articles.search import index", "articles.search.query imports articles.search.index"),
        ("articles.importing.lines", "from django.conf import settings", "articles.importing.lines imports django.conf.settings"),
        ("articles.choices", "from django.db.models import F", "articles.choices imports django.db.models.F"),
        ("articles.querysets", "from . import models", "articles.querysets imports ..models"),
        ("articles.views.home", "from opsqa import settings", "articles.views.home imports opsqa.settings"),
        ("articles.derived", "def work():\n    import json", "articles.derived.work imports inside"),
        ("articles.apps", "def other():\n    import json", "articles.apps.other imports inside"),
        ("articles.views.home", "html.mark_safe(text)", "articles.views.home calls mark_safe"),
        ("articles.views.home", "SafeString(text)", "articles.views.home calls SafeString"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_seen(module, source, fault):
    assert faults(module, source) == [fault]


@pytest.mark.parametrize(
    "module, source",
    [
        ("articles.topics", "import re\nfrom django.utils.html import escape"),
        ("articles.choices", "from django.db.models import TextChoices"),
        ("articles.views.home", "from articles.models import Article\nfrom articles.views import lookup"),
        ("articles.apps", "class C:\n    def ready(self):\n        from articles import signals"),
        ("articles.feeds", "mark_safe(pair.answer_html)"),
    ],
)
def test_what_is_allowed_passes(module, source):
    assert faults(module, source) == []


@pytest.mark.parametrize("module", ["articles.helpers", "articles.services.mail"])
def test_a_new_module_needs_a_line_of_its_own(module):
    assert placed(module) is None


@pytest.mark.parametrize(
    "markup", ["{{ text|safe }}", "{{ text | safe }}", "{{ list|safeseq }}", "{% autoescape off %}"]
)
def test_a_planted_hole_in_a_template_is_seen(markup):
    assert UNSAFE_TEMPLATE.search(markup)


@pytest.mark.parametrize("markup", ["{{ text|safely }}", "{{ safe }}", "{% autoescape on %}"])
def test_ordinary_markup_passes(markup):
    assert not UNSAFE_TEMPLATE.search(markup)
