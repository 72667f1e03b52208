"""Users and groups as Django has them, with the calm answers of every other list."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from articles.admin.desk import DeskAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class EditorAdmin(DeskAdmin, UserAdmin):
    """Whoever may sign in to the desk."""


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):
    """What several editors may do."""
