"""Describing a source's quality on its page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from access.models import User
from access.policy import Verb
from evidence.actions import describe_source, end_descriptor
from evidence.models import Source, SourceDescriptor
from evidence.web.door import reader_of, require
from evidence.web.forms.descriptor import DescriptorForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, key: str) -> HttpResponse:
    """Say what bears on the source's quality, from today on; what was said before is kept."""
    user, source = _opened(request, key, Verb.CHANGE)
    now = source.descriptors.live().select_related("author").first()
    form = DescriptorForm(
        request.POST or None,
        initial={"replaces": now.pk, **now.factors} if now else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            describe_source(
                source,
                form.cleaned_data["replaces"],
                actor=user,
                reason=form.cleaned_data["reason"],
                **form.stated(),
            )
        except ValidationError as error:
            form.refuse(error, {"replaces": "__all__"})
            # Sent again it replaces what is shown now.
            form.data = {**request.POST.dict(), "replaces": str(now.pk) if now else ""}
        else:
            messages.success(request, f"{source} is described. It stands beside each of its items.")
            return redirect("source-page", source.key)
    context = {"source": source, "form": form, "now": now}
    status = 422 if form.is_bound else 200
    return render(request, "evidence/source_describe.html", context, status=status)


@login_required
@require_POST
def descriptor_ended(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """From today on this is not said of the source any more."""
    user, source = _opened(request, key, Verb.REMOVE)
    row = get_object_or_404(SourceDescriptor, source=source, pk=number)
    end_descriptor(row, actor=user, reason="ended on the page of the source")
    messages.success(request, "From today it is not said of the source. The history keeps it.")
    return redirect("source-page", source.key)


def _opened(request: HttpRequest, key: str, verb: Verb) -> tuple[User, Source]:
    user = reader_of(request)
    source = get_object_or_404(
        Source.objects.visible_to(user).select_related("owner_team"), key=key
    )
    require(user, "source", verb, source.owner_team)
    return user, source
