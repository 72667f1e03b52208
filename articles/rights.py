"""The groups of people who work at the site, and what each may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

CONTENT = ["article", "qapair", "topic", "topicalias", "taggedpair", "pairlink", "distinctcouple", "picture"]
SETTING = ["column", "author", "synonymgroup"]
ALL = ["view", "add", "change", "delete"]

LOOKS = {f"view_{model}" for model in [*CONTENT, *SETTING, "topicmerge"]}
WRITES = LOOKS | {f"{act}_{model}" for model in CONTENT for act in ("add", "change")}
EDITS = WRITES | {f"{act}_{model}" for model in [*CONTENT, *SETTING] for act in ALL} | {"publish_article"}


def roles() -> dict[str, set[str]]:
    """Return what each group may do, as names of permissions.

    Writers write and submit; editors in chief publish, delete, and keep topics, columns and synonyms in order; those
    who run the site look.
    """
    return {_("Writers"): WRITES, _("Editors in chief"): EDITS, _("Operations"): LOOKS}


@transaction.atomic
def make_groups() -> list[str]:
    """Make each group, or bring it back to what is written here, and return the names."""
    for name, codenames in roles().items():
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=codenames))
    return list(roles())
