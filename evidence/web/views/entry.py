"""Logging evidence: choose a kind, type, be told at once what is wrong; nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.back import telling, way_back
from access.models import User
from access.policy import Verb
from designations.words import in_plain_words
from evidence.actions import (
    NewFile,
    discard_draft,
    enter_item,
    file_of,
    keep_draft,
    keep_file,
)
from evidence.actions.mail import enter_message
from evidence.mail.reading import MailError, Taken, is_mail, take_out
from evidence.models import EntryDraft, EvidenceItem
from evidence.storage import BytesMissingError
from evidence.web.door import reader_of, require, visible_item
from evidence.web.entry import (
    WORDS,
    anything_typed,
    draft_of,
    guessed,
    language_hint,
    may_be_the_same,
    names_of_sources,
    problems,
    typed_in,
)
from evidence.web.entry_values import from_draft, habits, like
from evidence.web.forms.entry import EntryForm, form_for
from evidence.web.guess import from_address, is_address
from evidence.web.mail import already_here, beside, fills, state_origins
from evidence.words import EvidenceKind

_GONE = (
    "This entry was logged or discarded already, perhaps in another window. If it is another one, "
    "log it again: what you typed is still here."
)
# What the last entry suggests of a message too; its language is unknown until someone says it.
_OF_MESSAGE = ("team", "access")
# Names of the actions' fields, as the form has them.
NAMES = {
    "source": "source_name",
    "entered_on": "entered",
    "item": "diverted",
    "name": "source_name",
}


@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Which kind is it? An address pasted here goes on with the kind it looks like.

    Who came from a page that needs the item named it as ``next``, and is led back there with it.
    """
    user = _entering(request)
    back = way_back(request, "")
    address = request.GET.get("address", "").strip()
    if is_address(address):
        kind = from_address(address).kind or EvidenceKind.OTHER
        form = reverse("evidence-entry", args=[kind.value])
        return redirect(telling(form, address=address, next=back))
    context = {
        "kinds": list(WORDS.items()),
        "drafts": EntryDraft.objects.filter(author=user),
        "address": address,
        "next": back,
    }
    return render(request, "evidence/new.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind; sent, the item is logged with its file, or nothing is."""
    user = _entering(request)
    of_kind = _kind(kind)
    if request.method == "POST":
        return _sent(request, user, of_kind)
    draft = draft_of(user, request.GET.get("draft", ""))
    form = form_for(of_kind)(initial=_beginning(request, user, of_kind, draft), user=user)
    return _shown(request, form, of_kind, draft)


@login_required
@require_POST
def check(request: HttpRequest, kind: str) -> HttpResponse:
    """While one types: the draft is kept, what is wrong is said, likely duplicates are shown."""
    user, of_kind = _entering(request), _kind(kind)
    typed = typed_in(request.POST)
    draft = draft_of(user, request.POST.get("draft", ""))
    refusal = ""
    if anything_typed(typed):
        try:
            draft = keep_draft(user, of_kind, typed, draft)
        except ValidationError as error:
            refusal = " ".join(error.messages)
    return _checked(request, user, of_kind, draft, refusal)


@login_required
@require_POST
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """A file dropped on the form: kept with the draft, hashed; it fills what is empty."""
    user, of_kind = _entering(request), _kind(kind)
    draft, refusal = draft_of(user, request.POST.get("draft", "")), ""
    try:
        draft = _keep_all(request, user, of_kind, draft)
    except ValidationError as error:
        refusal = " ".join(error.messages)
    return _checked(request, user, of_kind, draft, refusal, with_file=True)


@login_required
@require_POST
def message(request: HttpRequest) -> HttpResponse:
    """A message chosen before any kind: a draft of correspondence, filled in from it."""
    user = _entering(request)
    kind, upload = EvidenceKind.CORRESPONDENCE, request.FILES.get("file")
    begun = {name: [value] for name, value in habits(user, kind).items() if name in _OF_MESSAGE}
    begun["language"] = [""]
    back = way_back(request, "")
    try:
        if upload is None or not is_mail(upload.name or ""):
            raise ValidationError("Choose a message: a file that ends in .eml or .msg.")
        with transaction.atomic():
            draft = keep_draft(user, kind, begun)
            keep_file(draft, upload, upload.name or "")
            begun |= {name: [said] for name, said in fills(draft, {}).items()}
            keep_draft(user, kind, begun, draft)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(telling(reverse("evidence-new"), next=back))
    form = reverse("evidence-entry", args=[kind.value])
    return redirect(telling(form, draft=draft.key, next=back))


@login_required
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Forget an entry begun."""
    user = _entering(request)
    discard_draft(get_object_or_404(EntryDraft, author=user, key=key))
    messages.success(request, "The unfinished entry is discarded.")
    return redirect(telling(reverse("evidence-new"), next=way_back(request, "")))


def _entering(request: HttpRequest) -> User:
    user = reader_of(request)
    require(user, "evidence", Verb.CREATE)
    return user


def _kind(kind: str) -> EvidenceKind:
    try:
        return EvidenceKind(kind)
    except ValueError:
        raise Http404 from None


def _beginning(
    request: HttpRequest, user: User, kind: EvidenceKind, draft: EntryDraft | None
) -> dict[str, Any]:
    """What the form holds at first: a draft, an item like it, or the habits of the last entry."""
    if draft is not None:
        return from_draft(draft)
    if key := request.GET.get("like", ""):
        return like(visible_item(user, key), kind)
    begun = habits(user, kind)
    address = request.GET.get("address", "").strip()
    if is_address(address):
        begun |= {"citation": address} | guessed({"citation": [address]}, None)
    return begun


def _keep_all(
    request: HttpRequest, user: User, kind: EvidenceKind, draft: EntryDraft | None
) -> EntryDraft:
    """Keep what was typed and the file that came with it."""
    draft = keep_draft(user, kind, typed_in(request.POST), draft)
    if (upload := request.FILES.get("file")) is not None:
        keep_file(draft, upload, upload.name or "")
    return draft


def _sent(request: HttpRequest, user: User, kind: EvidenceKind) -> HttpResponse:
    named = request.POST.get("draft", "")
    draft = draft_of(user, named)
    form = form_for(kind)(request.POST, user=user)
    if named and draft is None:
        form.add_error(None, _GONE)
    then, back = request.POST.get("then", "log"), way_back(request, "")
    try:
        if request.FILES or then != "log":
            draft = _keep_all(request, user, kind, draft)
    except ValidationError as error:
        form.refuse(error)
        return _shown(request, form, kind, draft, status=422)
    if then == "keep" and draft is not None:
        messages.success(request, "Kept as a draft: nothing is logged yet.")
        return redirect(telling(reverse("evidence-new"), next=back))
    if then == "turn" and draft is not None:
        other = _kind(request.POST.get("kind", kind.value))
        form_of_other = reverse("evidence-entry", args=[other.value])
        return redirect(telling(form_of_other, draft=draft.key, next=back))
    item = _logged(request, form, kind, draft) if form.is_valid() else None
    if item is None:
        return _shown(request, form, kind, draft, status=422)
    messages.success(request, f"{item.headline} is logged as {item.key}.")
    if back:
        return redirect(telling(back, item=item.key))
    return redirect(telling(reverse("evidence-bears", args=[item.key]), logged="1"))


def _logged(
    request: HttpRequest, form: EntryForm, kind: EvidenceKind, draft: EntryDraft | None
) -> EvidenceItem | None:
    """The item, logged with its file while its draft is forgotten; None where that is refused."""
    user, team = form.user, form.cleaned_data["team"]
    said: dict[str, Any] = {"kind": kind.value, **form.stated()}
    reason = f"logged as {in_plain_words(kind)}"
    try:
        taken = _taken_out(request, draft)
        with transaction.atomic():
            if draft is None or not draft.filename:
                item = enter_item(team, actor=user, reason=reason, **said)
            else:
                with file_of(draft) as stream:
                    new_file = NewFile(stream=stream, name=draft.filename)
                    item = enter_message(team, new_file, taken, actor=user, reason=reason, **said)
                if is_mail(draft.filename):
                    state_origins(item, typed_in(request.POST), user)
            if draft is not None:
                discard_draft(draft)
    except ValidationError as error:
        form.refuse(error, NAMES)
    except BytesMissingError:
        form.add_error(None, "The file is no longer here. Nothing was logged: attach it again.")
    else:
        return item
    return None


def _taken_out(request: HttpRequest, draft: EntryDraft | None) -> list[Taken]:
    """What is attached to the message of the draft; where it cannot be taken out that is said."""
    if draft is None or not is_mail(draft.filename):
        return []
    try:
        with file_of(draft) as stream:
            return take_out(stream, draft.filename)
    except MailError as error:
        messages.warning(request, f"Nothing was taken out of {draft.filename}: {error}")
        return []


def _shown(
    request: HttpRequest,
    form: EntryForm,
    kind: EvidenceKind,
    draft: EntryDraft | None,
    status: int = 200,
) -> HttpResponse:
    typed = typed_in(request.POST) or (draft.fields if draft else {})
    told = beside(draft, form.user, typed)
    bound, user = form.is_bound, form.user
    context = {
        "form": form,
        "kind": kind,
        "kinds": list(WORDS),
        "draft": draft,
        "names": names_of_sources(form.user),
        "alike": may_be_the_same(form, user, draft) if bound else already_here(told, draft, user),
        "beside": told,
        "problems": [],
        "language_hint": language_hint(form, draft) if bound else "",
        "restored": draft is not None and not bound,
        "next": way_back(request, ""),
    }
    return render(request, "evidence/entry.html", context, status=status)


def _checked(
    request: HttpRequest,
    user: User,
    kind: EvidenceKind,
    draft: EntryDraft | None,
    refusal: str,
    *,
    with_file: bool = False,
) -> HttpResponse:
    typed = typed_in(request.POST)
    usual = habits(user, kind).get("language", "") if with_file else ""
    filled = guessed(typed, draft, usual) | (fills(draft, typed) if with_file else {})
    data = request.POST.copy()
    for name, value in filled.items():
        data[name] = value
    form = form_for(kind)(data, user=user)
    context = {
        "form": form,
        "kind": kind,
        "draft": draft,
        "problems": problems(form),
        "alike": may_be_the_same(form, user, draft),
        "language_hint": language_hint(form, draft),
        "filled": [form[name] for name in filled],
        "beside": beside(draft, user, typed),
        "refusal": refusal,
        "with_file": with_file,
    }
    answer = render(request, "evidence/_checked.html", context)
    if draft is not None:
        address = reverse("evidence-entry", args=[kind.value])
        answer["HX-Replace-Url"] = telling(address, draft=draft.key, next=way_back(request, ""))
    return answer
