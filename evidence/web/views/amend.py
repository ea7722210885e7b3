"""Amending what is said of an item: the same form it was logged with, and the reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from access.policy import Verb
from access.revision import StaleRevisionError
from evidence.actions import amend_item
from evidence.models import EvidenceItem
from evidence.web.door import reader_of, require, visible_item
from evidence.web.entry import may_be_the_same, names_of_sources
from evidence.web.entry_values import as_typed
from evidence.web.forms.entry import EntryForm, form_for
from evidence.web.views.entry import NAMES
from evidence.words import EvidenceKind

# Which fields of the form make up one of the action's, where they are not of the same name.
_MADE_OF = {
    "occurred": ("occurred_start", "occurred_end"),
    "source": ("source_name",),
    "new_source": ("source_name", "source_role"),
}


@login_required
@require_http_methods(["GET", "POST"])
def amend_page(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is said of the item; only what was changed is sent on and entered."""
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, "evidence", Verb.CHANGE, item.owner_team)
    form = _form(request, item)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            amend_item(
                item,
                form.cleaned_data["revision"],
                actor=user,
                reason=form.cleaned_data["reason"],
                **_changes(form),
            )
        except ValidationError as error:
            form.refuse(error, NAMES)
        except StaleRevisionError:
            stale = True
        else:
            messages.success(request, f"{item.key} is amended; the history keeps what it said.")
            return redirect("evidence-item", item.key)
    context = {
        "form": form,
        "item": item,
        "kind": EvidenceKind(item.kind),
        "names": names_of_sources(user),
        "alike": may_be_the_same(form, user, None, item) if form.is_bound else [],
        "now": EvidenceItem.objects.get(pk=item.pk) if stale else None,
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "evidence/amend.html", context, status=status)


def _form(request: HttpRequest, item: EvidenceItem) -> EntryForm:
    form = form_for(EvidenceKind(item.kind))(
        request.POST or None,
        initial=as_typed(item) | {"revision": item.revision},
        user=reader_of(request),
        item=item,
    )
    form.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)
    form.fields["reason"] = forms.CharField(
        label="Reason",
        max_length=500,
        help_text="Kept with the change, for whoever reads the history.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return form


def _changes(form: EntryForm) -> dict[str, Any]:
    changed = set(form.changed_data)
    report = set(form.own[1]) if form.own is not None else set()
    found = {}
    for name, value in form.stated().items():
        parts = report if name == form.report else set(_MADE_OF.get(name, (name,)))
        if parts & changed:
            found[name] = value
    return found
