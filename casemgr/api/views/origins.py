"""Who says it and who repeats whom: of an element of a case, and around an item."""

from typing import ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import ScopedViewSet
from access.models import User
from access.policy import Verb
from casemgr.api.of_case import WithinCase
from casemgr.api.serializers.origins import (
    CorroborationSerializer,
    OriginsSerializer,
    side_json,
)
from casemgr.api.views.pressure import AS_OF, answered, asked_of, pinned
from casemgr.models import Assessment
from casemgr.review.beside import corroborated, graph_of
from evidence.models import EvidenceItem


class OriginsViewSet(WithinCase):
    """The graph of origins of one element."""

    resource = "checklist"
    verbs: ClassVar = {"origins": Verb.READ}
    queryset = Assessment.objects.all()
    serializer_class = OriginsSerializer

    @extend_schema(operation_id="cases_elements_origins", parameters=[AS_OF])
    def origins(self, request: Request, code: str, **_kwargs: str) -> Response:
        """Independent voices for and against, the items that go back to each, and how."""
        day = asked_of(request).get("as_of")
        with pinned(day):
            _, graph = graph_of(self.parent, code, day)
        if graph is None:
            raise Http404
        return answered(
            {
                "case": self.parent.key,
                "element": code,
                "supports": side_json(graph.supports),
                "contradicts": side_json(graph.contradicts),
            }
        )


class CorroborationViewSet(ScopedViewSet):
    """What else is said where an item bears."""

    resource = "checklist"
    team_path = None
    verbs: ClassVar = {"corroboration": Verb.READ}
    queryset = EvidenceItem.objects.all()
    serializer_class = CorroborationSerializer

    @extend_schema(operation_id="evidence_corroboration")
    def corroboration(self, request: Request, item_key: str) -> Response:
        """Who confirms the item with a voice of their own, and who only repeats its origin."""
        item = get_object_or_404(self.get_queryset(), key=item_key)
        if not isinstance(request.user, User):
            raise Http404
        found = corroborated(item, request.user)
        return answered(
            {
                "item": item.key,
                "places": [
                    {
                        "case": place.case.key,
                        "element": place.code,
                        "stance": place.stance.value,
                        "counts": place.counts,
                        "origins": place.side.origins,
                        "confirming": [each.key for each in place.confirming],
                        "repeating": [each.key for each in place.repeating],
                    }
                    for place in found.places
                ],
                "cases_left_out": found.left_out,
            }
        )
