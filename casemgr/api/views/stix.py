"""The evidence of a case as a bundle of STIX; nothing of the case's own work is in it."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from access.policy import Verb
from casemgr.api.of_case import WithinCase
from casemgr.linked import linked_to
from evidence.api.serializers.stix import BundleSerializer
from evidence.api.views.stix import given_out
from evidence.models import EvidenceItem


class CaseEvidenceViewSet(WithinCase):
    """The items linked to a case."""

    resource = "evidence"
    verbs: ClassVar = {"as_stix": Verb.READ}
    queryset = EvidenceItem.objects.all()
    serializer_class = BundleSerializer

    @extend_schema(operation_id="cases_stix", responses=BundleSerializer, filters=False)
    def as_stix(self, request: Request, **_kwargs: Any) -> HttpResponse:
        """Every item linked to the case today that the caller may see, as one bundle."""
        return given_out(list(linked_to(self.parent, request.user)), request, self.parent.key)
