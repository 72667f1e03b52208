"""What is typed to sign in and to keep the sign-in safe, refused for a while after too many failures."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import two_factor
from accounts.limits import note_failure, seconds_to_wait

LIMITED = "limited"


def refuse_while_limited(request, name: str) -> None:
    seconds = seconds_to_wait(request, name)
    if seconds:
        minutes = -(-seconds // 60)
        message = ngettext(
            "Too many failed attempts. Please try again in %(minutes)d minute.",
            "Too many failed attempts. Please try again in %(minutes)d minutes.",
            minutes,
        )
        raise ValidationError(message % {"minutes": minutes}, code=LIMITED)


class SignInForm(AdminAuthenticationForm):
    """Name and password; while too many failed, not even the right one is looked at."""

    def clean(self):
        refuse_while_limited(self.request, self.cleaned_data.get("username", ""))
        return super().clean()


class OwnForm(forms.Form):
    """Something that only the signed-in user knows; a wrong answer counts as a failed sign-in."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self):
        name = self.request.user.get_username()
        refuse_while_limited(self.request, name)
        if not self.errors and not self.is_right():
            note_failure(self.request, name)
            raise ValidationError(self.wrong, code="wrong")
        return self.cleaned_data


class CodeField(forms.CharField):
    def __init__(self, **kwargs):
        widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
        )
        super().__init__(label=_("Code"), max_length=40, widget=widget, **kwargs)


class CodeForm(OwnForm):
    """The second step: a code of the app, or a recovery code."""

    code = CodeField()
    wrong = _("This code is not right, or it was used before.")
    device = None

    def is_right(self) -> bool:
        self.device = two_factor.passed(self.request.user, self.cleaned_data["code"])
        return self.device is not None


class PasswordForm(OwnForm):
    """The password again, before the second step of signing in is changed."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    wrong = _("The password is not right.")

    def is_right(self) -> bool:
        return self.request.user.check_password(self.cleaned_data["password"])


class TurnOnForm(PasswordForm):
    """The password, and the first code of the new app."""

    code = CodeField(help_text=_("The six digits that the app shows now."))
    wrong = _("The password or the code is not right.")
    recovery_codes = ()

    def is_right(self) -> bool:
        device = two_factor.begun(self.request.user)
        if device and super().is_right():
            self.recovery_codes = two_factor.turn_on(device, "".join(self.cleaned_data["code"].split()))
        return bool(self.recovery_codes)
