"""Users and groups as Django has them, with the calm answers of every other list."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import two_factor
from articles.admin.desk import DeskAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class EditorAdmin(DeskAdmin, UserAdmin):
    """Whoever may sign in to the desk."""

    list_display = [*UserAdmin.list_display, "has_two_factor"]
    actions = ["reset_two_factor"]

    def get_queryset(self, request):
        app = two_factor.apps().filter(user=OuterRef("pk"))
        return super().get_queryset(request).annotate(has_two_factor=Exists(app))

    @admin.display(description=gettext_lazy("two-factor sign-in"), boolean=True, ordering="has_two_factor")
    def has_two_factor(self, user):
        return user.has_two_factor

    def has_superuser_permission(self, request) -> bool:
        return request.user.is_superuser

    @admin.action(description=gettext_lazy("Reset two-factor sign-in"), permissions=["superuser"])
    def reset_two_factor(self, request, queryset):
        users = [user for user in queryset if two_factor.turn_off(user)]
        for user in users:
            self.log_change(request, user, _("Reset two-factor sign-in."))
        done = ngettext(
            "Two-factor sign-in was reset for %(count)d user.",
            "Two-factor sign-in was reset for %(count)d users.",
            len(users),
        )
        self.message_user(request, done % {"count": len(users)})


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):
    """What several editors may do."""
