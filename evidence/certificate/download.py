"""A certificate as the answer to a request."""

from django.http import HttpResponse

from evidence.actions import Certificate


def as_download(certificate: Certificate) -> HttpResponse:
    """The PDF, to keep and not to open in the place of a page."""
    return HttpResponse(
        certificate.pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{certificate.filename}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
