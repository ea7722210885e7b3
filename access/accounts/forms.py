"""What a person may type on the pages of their account."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils import timezone

from access.actions import longest_token_life
from access.models import Team, User
from access.words import Scope


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no stubs
    """Name and password; one types at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autofocus"] = True


class FactorForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no stubs
    """The code of a second factor, after the password; one types at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no stubs
    """A new passkey or security key."""

    name = forms.CharField(
        max_length=60, required=False, help_text="So that you tell it from the others."
    )
    passwordless = forms.BooleanField(
        label="Sign in with it alone, without a password",
        required=False,
        initial=True,
        help_text="The device then asks for your fingerprint, face or PIN. Leave it off for a "
        "security key that can do neither.",
    )


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person may change about themselves."""

    time_zone = forms.ChoiceField(
        required=False, help_text="Moments are shown on this clock; days of decision never change."
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, complete in (("first_name", "given-name"), ("last_name", "family-name")):
            self.fields[name].widget.attrs["autocomplete"] = complete
        zones = sorted(zone for zone in available_timezones() if _is_a_place(zone))
        field = self.fields["time_zone"]
        field.choices = [("", "The clock of the service (UTC)"), *zip(zones, zones, strict=True)]  # type: ignore[attr-defined]


def _is_a_place(zone: str) -> bool:
    return "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))


SCOPE_HELP = (
    (Scope.READ, "read: look at what you may see"),
    (Scope.WRITE, "write: log, link and change as you may"),
    (Scope.SUBMIT, "submit: acts that bind you, such as signing and deciding"),
)


class TokenForm(forms.Form):
    """A new API token of one's own."""

    name = forms.CharField(
        max_length=100, help_text="What it is used for, such as “nightly status report”."
    )
    scopes = forms.MultipleChoiceField(
        label="May be used to",
        widget=forms.CheckboxSelectMultiple,
        choices=SCOPE_HELP,
        initial=[Scope.READ],
    )
    days = forms.IntegerField(label="Ends after (days)", min_value=1)
    team = forms.ModelChoiceField(
        Team.objects.none(),
        required=False,
        empty_label="All my teams",
        help_text="A token bound to one team sees nothing of the others.",
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = longest_token_life().days
        days = self.fields["days"]
        days.initial = min(30, longest)
        days.widget.attrs["max"] = longest
        days.help_text = f"{longest} at most."
        teams = Team.objects.filter(key__in=user.team_keys())
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if not teams:
            del self.fields["team"]

    def expires(self) -> datetime:
        """When the token is to end; a minute early, so that the longest life is not exceeded."""
        days: int = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) - timedelta(minutes=1)


class SetupForm(forms.Form):
    """A setup code and the password it sets."""

    username = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label="Setup code",
        max_length=40,
        help_text="Four groups of five letters and digits, from an administrator.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )
    password = forms.CharField(
        label="New password",
        strip=False,
        help_text=password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="New password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "The two passwords differ; type the same one twice.")
        return cleaned


class InvitationForm(forms.Form):
    """A person who is to have an account."""

    username = forms.CharField(max_length=150, help_text="Letters, digits and @ . + - _ only.")
    first_name = forms.CharField(max_length=150, required=False)
    last_name = forms.CharField(max_length=150, required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Checked by you: the identity provider may be matched by it.",
    )
    standing = forms.ChoiceField(
        label="Standing of the whole site",
        required=False,
        choices=(
            ("", "None: works in teams"),
            ("auditor", "Auditor: reads all teams, changes nothing"),
            ("administrator", "Administrator: keeps accounts, sees no case"),
        ),
    )
    reason = forms.CharField(
        max_length=300, help_text="Goes into the history, such as “joins the team of counsel”."
    )


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(
        max_length=300,
        help_text="Goes into the history. Say how you know that it is them who ask.",
    )
