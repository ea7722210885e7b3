"""What hangs on an item, changed from its page: grading, derivation, withdrawal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from access.models import User
from access.policy import Verb
from access.revision import StaleRevisionError
from evidence.actions import (
    check_exhibit,
    derive,
    end_derivation,
    enter_by_hand,
    grade_source,
    release,
    withdraw,
)
from evidence.admiralty import SCALES
from evidence.models import Derivation, EvidenceItem, Exhibit
from evidence.storage import StoreAwayError
from evidence.web.door import reader_of, require, visible_item
from evidence.web.forms.parts import (
    CheckForm,
    CustodyForm,
    DerivationForm,
    GradingForm,
    ReleaseForm,
    WithdrawalForm,
)
from evidence.words import DerivationKind


@login_required
@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, key: str) -> HttpResponse:
    """Grade the item from today on; the grading that held until today is kept."""
    user, item = _opened(request, key, "grading", Verb.CREATE)
    form = GradingForm(
        request.POST or None,
        initial={
            "revision": item.revision,
            "reliability": item.reliability,
            "credibility": item.credibility,
        },
    )

    def act(given: dict[str, Any]) -> None:
        grade_source(
            item,
            given["revision"],
            reliability=given["reliability"],
            credibility=given["credibility"],
            actor=user,
            reason=given["reason"],
        )

    return _done_or_shown(
        request, item, form, act, title=f"Grade {item.key}", done="The grading is kept.",
        at="grading", scales=SCALES,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def derivation(request: HttpRequest, key: str) -> HttpResponse:
    """Say where the item comes from."""
    user, item = _opened(request, key, "derivation", Verb.CREATE)
    begun = {"parent": request.GET.get("parent", "")}
    form = DerivationForm(request.POST or None, user=user, initial=begun)

    def act(given: dict[str, Any]) -> None:
        parent = given["parent"]
        where = "parent_item" if isinstance(parent, EvidenceItem) else "parent_source"
        derive(
            item,
            DerivationKind(given["kind"]),
            actor=user,
            reason=given["reason"],
            **{where: parent},
        )

    return _done_or_shown(
        request, item, form, act, title=f"Where {item.key} comes from",
        done="The derivation is kept.", at="derivation",
        names={"parent_item": "parent", "parent_source": "parent"},
    )  # fmt: skip


@login_required
@require_POST
def derivation_ended(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """From today on the item is not said to come from this parent."""
    user, item = _opened(request, key, "derivation", Verb.REMOVE)
    row = get_object_or_404(Derivation, child=item, pk=number)
    end_derivation(row, actor=user, reason="ended on the page of the item")
    messages.success(request, "From today it is not said to come from there. The history keeps it.")
    return redirect(f"{reverse('evidence-item', args=[item.key])}#derivation")


@login_required
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, key: str) -> HttpResponse:
    """Take the item out of the record."""
    user, item = _opened(request, key, "evidence", Verb.CHANGE)
    form = WithdrawalForm(request.POST or None, initial={"revision": item.revision})

    def act(given: dict[str, Any]) -> None:
        withdraw(item, given["revision"], actor=user, reason=given["reason"], on=given["on"])

    return _done_or_shown(
        request, item, form, act, title=f"Withdraw {item.key}",
        done=f"{item.key} is withdrawn. The record of an earlier day keeps it.", at="",
        lead="Nothing is deleted: row, files and custody stay, and the record of an earlier day "
        "keeps the item. From the day you give it counts no more, in every case it bears on.",
        names={"withdrawn_on": "on"},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def release_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Let a file out of quarantine."""
    user, item = _opened(request, key, "exhibit", Verb.DISPOSE)
    exhibit = get_object_or_404(
        Exhibit.objects.select_related("intake", "blob", "item"), item=item, pk=number
    )
    intake = getattr(exhibit, "intake", None)
    if request.method == "GET" and (intake is None or not intake.withheld):
        return redirect(f"{reverse('evidence-item', args=[item.key])}#files")
    form = ReleaseForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        release(exhibit, actor=user, reason=given["reason"])

    return _done_or_shown(
        request, item, form, act, title=f"Release {exhibit} from quarantine",
        done=f"{exhibit} is released. Its custody says so, and why.", at="files",
        lead=f"{intake.said if intake else ''} Released, it can be looked at and downloaded by "
        "everyone who sees the item, and its text is read. Open it only on a machine set apart.",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def custody_page(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a hand-over or a seal."""
    user, item = _opened(request, key, "custody", Verb.CREATE)
    form = CustodyForm(request.POST or None, item=item)

    def act(given: dict[str, Any]) -> None:
        enter_by_hand(item, actor=user, **given)

    return _done_or_shown(
        request, item, form, act, title=f"Enter into the custody of {item.key}",
        done="It is entered. Nobody can change or remove it.", at="custody",
        lead="For what happens outside this service: an original or a copy changes hands, or is "
        "sealed. Your name and the moment of entry stand beside what you say.",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def check_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Have the stored bytes of a file read again."""
    user, item = _opened(request, key, "exhibit", Verb.RUN)
    exhibit = get_object_or_404(
        Exhibit.objects.select_related("blob", "item"), item=item, pk=number
    )
    form = CheckForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        try:
            check_exhibit(exhibit, actor=user, reason=given["reason"])
        except StoreAwayError as error:
            raise ValidationError(
                "No exhibit at all can be found: tell whoever runs this service."
            ) from error

    return _done_or_shown(
        request, item, form, act, title=f"Check the stored bytes of {exhibit}",
        done=f"The stored bytes of {exhibit} were read. What was found stands below.", at="files",
        lead="They are read from the disk now and their SHA-256 is compared with the one they "
        "were received with. The chain of custody has the result, with your name and reason.",
    )  # fmt: skip


def _opened(request: HttpRequest, key: str, resource: str, verb: Verb) -> tuple[User, EvidenceItem]:
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, resource, verb, item.owner_team)
    return user, item


def _done_or_shown(
    request: HttpRequest,
    item: EvidenceItem,
    form: Any,
    act: Callable[[dict[str, Any]], None],
    *,
    done: str,
    at: str,
    names: dict[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Act and return to the item; or show the form, with what was refused."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.refuse(error, names)
        except StaleRevisionError:
            form.refuse(
                ValidationError(
                    f"{item.key} was changed by someone else since you opened this. Nothing was "
                    "saved, and what you typed is still here: look at the item, then send again."
                )
            )
            # Sent again it is meant for what the item says now.
            form.data = form.data.copy()
            form.data["revision"] = str(EvidenceItem.objects.get(pk=item.pk).revision)
        else:
            messages.success(request, done)
            return redirect(f"{reverse('evidence-item', args=[item.key])}{f'#{at}' if at else ''}")
    status = 422 if form.is_bound else 200
    return render(
        request, "evidence/part.html", {"item": item, "form": form, **context}, status=status
    )
