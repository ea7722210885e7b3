"""The certificate of custody of a file, made for a reason and handed out as PDF."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from access.policy import Verb
from evidence.actions import certify
from evidence.certificate.download import as_download
from evidence.models import Exhibit
from evidence.storage import StoreAwayError
from evidence.web.door import reader_of, require, visible_item
from evidence.web.forms.parts import CertificateForm

_LEAD = (
    "A form for a qualified person to sign, with reference to Fed. R. Evid. 902(13) and 902(14): "
    "the file, how its copy was made and verified, and every entry of its custody. The stored "
    "bytes are read for it now. It is unsigned, and no legal advice. Read it before it leaves the "
    "house: the entries name people and give their reasons."
)


@login_required
@require_http_methods(["GET", "POST"])
def certificate_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Ask what it is for; then the PDF."""
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, "exhibit", Verb.EXPORT, item.owner_team)
    exhibits = Exhibit.objects.select_related("blob", "item", "of_exhibit")
    exhibit = get_object_or_404(exhibits, item=item, pk=number)
    form = CertificateForm(request.POST or None)
    if form.is_valid():
        try:
            made = certify(exhibit, actor=user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.refuse(error)
        except StoreAwayError:
            form.refuse(
                ValidationError("No exhibit at all can be found: tell whoever runs this service.")
            )
        else:
            return as_download(made)
    context = {
        "item": item,
        "form": form,
        "title": f"Certificate of custody for {exhibit}",
        "lead": _LEAD,
        "button": "Make the certificate",
    }
    status = 422 if form.is_bound else 200
    return render(request, "evidence/part.html", context, status=status)
