"""The pages of one's own account: profile, API tokens, sign-in by the identity provider."""

from typing import cast

from allauth.account.views import password_change
from allauth.core.ratelimit import consume_or_429
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.accounts.attributed import confirmed
from access.accounts.factors import has_factor
from access.accounts.forms import ProfileForm, SetupForm, TokenForm
from access.actions import change_profile, issue_token, revoke_token, use_setup_code
from access.models import ApiToken, User
from access.policy import Verb, may


def person(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def refuse_unless_may(request: HttpRequest, resource: str, verb: Verb) -> User:
    """Who is signed in, if the policy lets them. Raises PermissionDenied otherwise."""
    user = person(request)
    if not may(user.standings(), resource, verb):
        raise PermissionDenied
    return user


def told(form: Form, error: ValidationError) -> None:
    """Put what an action refused beside the fields it names, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, cast("ValidationError", errors))


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's name and clock, and what an administrator keeps of one."""
    user = person(request)
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        change_profile(user, **form.cleaned_data, actor=user, reason="Changed their own profile")
        messages.success(request, "Your profile is saved.")
        return redirect("account_profile")
    memberships = user.memberships.select_related("team")
    context = {
        "form": form,
        "memberships": memberships,
        "standings": sorted(user.standings()),
        "has_factor": has_factor(user),
        "connections": SocialAccount.objects.filter(user=user),
    }
    return render(request, "access/account/profile.html", context)


@login_required
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own API tokens, the live ones first."""
    user = refuse_unless_may(request, "token", Verb.READ)
    own = ApiToken.objects.filter(user=user).select_related("team")
    live = own.live().order_by("expiry", "key")
    context = {
        "live": live,
        "ended": own.exclude(pk__in=live.values("pk"))[:50],
        "may_create": may(user.standings(), "token", Verb.CREATE),
    }
    return render(request, "access/account/tokens.html", context)


@login_required
@never_cache
@sensitive_variables("value")
@require_http_methods(["GET", "POST"])
@confirmed
def new_token(request: HttpRequest) -> HttpResponse:
    """Issue a token to oneself; its value is on the answer to this one request and nowhere else."""
    user = refuse_unless_may(request, "token", Verb.CREATE)
    form = TokenForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, value = issue_token(
                user,
                form.cleaned_data["name"],
                form.cleaned_data["scopes"],
                form.expires(),
                actor=user,
                reason="Issued on the page of API tokens",
                team=form.cleaned_data.get("team"),
            )
        except ValidationError as error:
            told(form, error)
        else:
            context = {"token": token, "value": value}
            return render(request, "access/account/token_issued.html", context)
    return render(request, "access/account/token_new.html", {"form": form})


@login_required
@require_POST
def end_token(request: HttpRequest, key: str) -> HttpResponse:
    """Revoke one of one's own tokens."""
    user = refuse_unless_may(request, "token", Verb.REMOVE)
    token = get_object_or_404(ApiToken.objects.filter(user=user), key=key)
    revoke_token(token, actor=user, reason="Revoked on the page of API tokens")
    messages.success(request, f"The token “{token.name}” is revoked: it opens no door any more.")
    return redirect("account_tokens")


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; an account that signs in elsewhere has none to change."""
    if not person(request).has_usable_password():
        return render(request, "access/account/no_password.html")
    answer: HttpResponse = password_change(request)
    return answer


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Set one's password by a code an administrator gave. It signs nobody in: factors come next."""
    form = SetupForm(request.POST or None)
    if request.method == "POST":
        if (busy := consume_or_429(request, action="setup_code")) is not None:
            answer: HttpResponse = busy
            return answer
        if form.is_valid():
            try:
                use_setup_code(
                    form.cleaned_data["username"],
                    form.cleaned_data["code"],
                    form.cleaned_data["password"],
                )
            except ValidationError as error:
                told(form, error)
            else:
                messages.success(request, "Your password is set. Sign in with it.")
                return redirect("account_login")
    return render(request, "access/account/setup.html", {"form": form})
