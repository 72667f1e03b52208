"""The admin site: it asks for the second step of signing in before it shows anything, and lists the daily work first."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import two_factor, views
from accounts.forms import SignInForm


class Desk(AdminSite):
    login_form = SignInForm
    # Models as app.model, in the order of the index; those not named come after them.
    model_order: tuple[str, ...] = ()

    def get_urls(self):
        return [path("two-factor/", self.two_factor, name="two_factor"), *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        """Return the apps, each where the first of its models stands; what is not placed keeps Django's order."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self.place)
        return sorted(apps, key=lambda app: min(map(self.place, app["models"])))

    def place(self, row) -> int:
        name = row["model"]._meta.label_lower
        return self.model_order.index(name) if name in self.model_order else len(self.model_order)

    def has_permission(self, request):
        """Let in who gave all that is asked for; where everyone must have an app, nobody without."""
        if not self.gave_password(request) or request.session.get(two_factor.AWAITED):
            return False
        return request.user.is_verified() or not settings.REQUIRE_TWO_FACTOR

    def gave_password(self, request) -> bool:
        return super().has_permission(request)

    @method_decorator([never_cache, sensitive_post_parameters()])
    def login(self, request, extra_context=None):
        if self.gave_password(request) and not self.has_permission(request):
            return self.second_step(request)
        return views.refused(super().login(request, extra_context), request)

    def second_step(self, request):
        """Ask for the code; whoever has no app, perhaps no longer, and needs one is led to setting it up."""
        if two_factor.app_of(request.user):
            context = self.each_context(request) | {"title": _("Sign in"), "app_path": request.get_full_path()}
            return views.CodeStep.as_view(extra_context=context)(request)
        request.session.pop(two_factor.AWAITED, None)
        return redirect("admin:two_factor" if settings.REQUIRE_TWO_FACTOR else "admin:index")

    @method_decorator([never_cache, sensitive_post_parameters()])
    def two_factor(self, request):
        """Open to who is signed in, and to who must set up an app before being let in."""
        if not self.gave_password(request) or request.session.get(two_factor.AWAITED):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        context = self.each_context(request) | {"is_demanded": settings.REQUIRE_TWO_FACTOR}
        return views.two_factor_page(request, context)
