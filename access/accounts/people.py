"""The administrator's pages: who has an account, and what is done when someone is locked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.accounts.attributed import confirmed
from access.accounts.factors import factors_of, must_have_factor
from access.accounts.forms import InvitationForm, ReasonForm
from access.accounts.pages import refuse_unless_may, told
from access.actions import (
    close_account,
    confirm_factor_reset,
    invite,
    issue_setup_code,
    reopen_account,
    request_factor_reset,
    withdraw_factor_reset,
)
from access.models import ApiToken, FactorReset, SetupCode, User
from access.policy import Verb

PAGE = 50


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, found by name."""
    refuse_unless_may(request, "user", Verb.READ)
    sought = request.GET.get("q", "").strip()
    page = Paginator(_listed(sought), PAGE).get_page(request.GET.get("page"))
    waiting = FactorReset.objects.waiting().select_related("user", "requested_by")
    context = {"page": page, "sought": sought, "waiting": waiting}
    return render(request, "access/people/list.html", context)


def _listed(sought: str) -> "QuerySet[User]":
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    found = User.objects.annotate(protected=Exists(factors)).prefetch_related("memberships__team")
    if sought:
        found = found.filter(
            Q(username__icontains=sought)
            | Q(first_name__icontains=sought)
            | Q(last_name__icontains=sought)
            | Q(email__iexact=sought)
        )
    return found.order_by("-is_active", "username")


@login_required
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One person: how they sign in, and what an administrator can do about it."""
    refuse_unless_may(request, "user", Verb.READ)
    return _shown(request, _person(key))


def _person(key: str) -> User:
    return get_object_or_404(User, key=key)


def _shown(
    request: HttpRequest, subject: User, act: str = "", form: ReasonForm | None = None
) -> HttpResponse:
    """The page of a person; ``form`` is the one of ``act`` that was refused."""
    forms = {name: ReasonForm(prefix=name) for name in ACTS}
    if form is not None:
        forms[act] = form
    resets = FactorReset.objects.filter(user=subject)
    context = {
        "subject": subject,
        "forms": forms,
        "memberships": subject.memberships.select_related("team"),
        "standings": sorted(subject.standings()),
        "factors": factors_of(subject),
        "must_have_factor": must_have_factor(subject),
        "tokens": ApiToken.objects.filter(user=subject).live().count(),
        "code": SetupCode.objects.filter(user=subject).live().select_related("issued_by").first(),
        "reset": resets.waiting().select_related("requested_by").first(),
        "resets": resets.exclude(confirmed_on=None).select_related("requested_by", "confirmed_by"),
        "is_self": subject.pk == request.user.pk,
    }
    status = 200 if form is None else 422
    return render(request, "access/people/person.html", context, status=status)


@login_required
@never_cache
@sensitive_variables("value")
@require_http_methods(["GET", "POST"])
@confirmed
def invitation(request: HttpRequest) -> HttpResponse:
    """Open an account; the code for its first password is on this answer and nowhere else."""
    actor = refuse_unless_may(request, "user", Verb.CREATE)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code, value = invite(**form.cleaned_data, actor=actor)
        except ValidationError as error:
            told(form, error)
        else:
            return _code_page(request, code, value)
    return render(request, "access/people/invite.html", {"form": form})


def _code_page(request: HttpRequest, code: SetupCode, value: str) -> HttpResponse:
    answer = render(request, "access/people/code.html", {"code": code, "value": value})
    answer["Cache-Control"] = "no-store"
    return answer


@dataclass(frozen=True, slots=True)
class Act:
    """Something an administrator does to an account: what is done and what is then said."""

    do: Callable[[User, User, str], tuple[SetupCode, str] | User | FactorReset]
    said: str


def _recovery_code(subject: User, actor: User, reason: str) -> tuple[SetupCode, str]:
    return issue_setup_code(subject, SetupCode.Purpose.RECOVERY, actor=actor, reason=reason)


def _waiting(subject: User) -> FactorReset:
    reset = FactorReset.objects.waiting().filter(user=subject).first()
    if reset is None:
        raise ValidationError("No request is waiting any more; ask for a new one.")
    return reset


def _confirm(subject: User, actor: User, reason: str) -> FactorReset:
    return confirm_factor_reset(_waiting(subject), actor=actor, reason=reason)


def _withdraw(subject: User, actor: User, reason: str) -> FactorReset:
    return withdraw_factor_reset(_waiting(subject), actor=actor, reason=reason)


ACTS: Mapping[str, Act] = {
    "code": Act(_recovery_code, ""),
    "close": Act(
        lambda subject, actor, reason: close_account(subject, actor=actor, reason=reason),
        "The account is closed; its sessions and tokens ended.",
    ),
    "reopen": Act(
        lambda subject, actor, reason: reopen_account(subject, actor=actor, reason=reason),
        "The account is open again. Its tokens stay revoked.",
    ),
    "reset": Act(
        lambda subject, actor, reason: request_factor_reset(subject, actor=actor, reason=reason),
        "Asked. Another administrator now confirms it within 24 hours; nothing is removed yet.",
    ),
    "confirm": Act(_confirm, "The second factors are removed and the sessions ended."),
    "withdraw": Act(_withdraw, "The request is withdrawn; nothing was removed."),
}
"""What can be done on the page of a person, by the last part of the address."""


@login_required
@never_cache
@require_POST
@confirmed
def act_on(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Do one of ``ACTS`` to a person, for a reason."""
    actor = refuse_unless_may(request, "user", Verb.CHANGE)
    if act not in ACTS:
        raise Http404
    subject = _person(key)
    form = ReasonForm(request.POST, prefix=act)
    if not form.is_valid():
        return _shown(request, subject, act, form)
    try:
        done = ACTS[act].do(subject, actor, form.cleaned_data["reason"])
    except ValidationError as error:
        # Above the page: the form itself may not be on it any more.
        messages.error(request, " ".join(error.messages))
        return _shown(request, subject, act, form)
    if isinstance(done, tuple):
        return _code_page(request, *done)
    messages.success(request, ACTS[act].said)
    return redirect("person", key=key)
