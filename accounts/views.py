"""The second step of signing in, and the page where each person turns it on and off."""

from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import RedirectURLMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts import two_factor
from accounts.forms import LIMITED, CodeForm, PasswordForm, TurnOnForm
from accounts.limits import seconds_to_wait


def refused(response: TemplateResponse, request) -> TemplateResponse:
    """Give an answer to a form that has to wait the status which says so to programs too."""
    form = getattr(response, "context_data", None) and response.context_data.get("form")
    if form and form.has_error("__all__", LIMITED):
        name = request.user.get_username() or form.cleaned_data.get("username", "")
        response.status_code = 429
        response["Retry-After"] = seconds_to_wait(request, name)
    return response


class CodeStep(RedirectURLMixin, FormView):
    """Ask whoever gave the right password for a code."""

    form_class = CodeForm
    template_name = "admin/code.html"
    next_page = "admin:index"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if "leave" in request.POST:
            return leave(request, {})
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        two_factor.sign_in(self.request, form.device)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        return refused(super().form_invalid(form), self.request)


def two_factor_page(request, context: dict) -> HttpResponse:
    """Show where the user stands, and take the next step from there."""
    app = two_factor.app_of(request.user)
    acts = {"renew": renew, "off": turn_off} if app else {"begin": begin, "on": turn_on, "leave": leave}
    act = acts.get(request.POST.get("act"))
    if act:
        return act(request, context)
    return shown(request, context)


def shown(request, context: dict, form=None, **more) -> HttpResponse:
    user = request.user
    app, begun = two_factor.app_of(user), two_factor.begun(user)
    context |= {"title": _("Two-factor sign-in"), "app": app, "left": two_factor.recovery_codes_left(user)}
    if app:
        context["form"] = form or PasswordForm(request=request)
    elif begun:
        context |= {"form": form or TurnOnForm(request=request), "qr_code": two_factor.qr_code(begun)}
        context["secret"] = two_factor.secret(begun)
    return refused(TemplateResponse(request, "admin/two_factor.html", context | more), request)


def leave(request, context: dict) -> HttpResponse:
    """Sign out whoever must set up an app first and would not: no other page is open to them."""
    logout(request)
    return redirect("admin:login")


def begin(request, context: dict) -> HttpResponse:
    two_factor.begin(request.user)
    return redirect("admin:two_factor")


def turn_on(request, context: dict) -> HttpResponse:
    form = TurnOnForm(request.POST, request=request)
    if not form.is_valid():
        return shown(request, context, form)
    end_other_sessions(request, form.cleaned_data["password"])
    two_factor.sign_in(request, two_factor.app_of(request.user))
    return shown(request, context, recovery_codes=form.recovery_codes)


def end_other_sessions(request, password: str) -> None:
    """Sessions that were begun with the password alone end: storing it anew changes what they are checked against."""
    request.user.set_password(password)
    request.user.save(update_fields=["password"])
    update_session_auth_hash(request, request.user)


def renew(request, context: dict) -> HttpResponse:
    form = PasswordForm(request.POST, request=request)
    codes = two_factor.new_recovery_codes(request.user) if form.is_valid() else ()
    return shown(request, context, None if codes else form, recovery_codes=codes)


def turn_off(request, context: dict) -> HttpResponse:
    if context["is_demanded"]:
        raise PermissionDenied
    form = PasswordForm(request.POST, request=request)
    if not form.is_valid():
        return shown(request, context, form)
    two_factor.turn_off(request.user)
    return redirect("admin:two_factor")
