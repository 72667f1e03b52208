"""The adapter for the evaluator makes its own database, so it is tried in a process of its own."""

import json
import os
import subprocess
import sys

from django.conf import settings

PROGRAM = """
import json
from tests.benchmarks.search_quality import open_engine

docs = [{"id": "a", "question": "怎么带团队"}, {"id": "b", "answer": "佣金从哪来"}, {"id": "c", "question": "写周报"}]
search = open_engine(docs)
found = [search(text, 10) for text in ("带团队", "佣金", "不相干")]
search = open_engine(docs[1:])
print(json.dumps([*found, search("周报", 1), search("带团队", 10)]))
"""


def test_the_evaluators_engine_is_the_sites_own_search(tmp_path):
    environment = {"PATH": os.environ["PATH"], "OPSQA_VAR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout) == [["a"], ["b"], [], ["c"], []]
