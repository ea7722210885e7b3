"""Links: which evidence bears on which element, and the answers to what cuts the other way."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Created, Listed, Retrieved
from access.policy import Verb
from casemgr.actions.links import (
    Bearing,
    NewPinpoint,
    answer_contrary,
    end_link,
    link_evidence,
)
from casemgr.api.filters import LinkFilter
from casemgr.api.of_case import WithinCase
from casemgr.api.serializers.work import LinkSerializer, NewAnswerSerializer, NewLinkSerializer
from casemgr.models import Link
from evidence.models import EvidenceItem, Exhibit


class LinkViewSet(WithinCase, Listed, Retrieved, Created):
    """Links of the case. A link is ended, never removed: the record of an earlier day keeps it."""

    resource = "link"
    verbs: ClassVar = {"answer_to": Verb.CHANGE}
    queryset = Link.objects.select_related("case_element__element", "item").prefetch_related(
        "pinpoints"
    )
    parent_path = "case_element__case"
    serializer_class = LinkSerializer
    requests: ClassVar = {"create": NewLinkSerializer, "answer_to": NewAnswerSerializer}
    filterset_class = LinkFilter

    def act_create(self, data: dict[str, Any]) -> Link:
        """Link an item to an element from today on."""
        element, item = self.element(data.pop("element")), data.pop("item")
        grant = data.pop("grant_share")
        data["pinpoints"] = [_pinpoint(item, each) for each in data.get("pinpoints", ())]
        return link_evidence(
            element, item, Bearing(**data), grant_share=grant, **self.attribution(data["why"])
        )

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """The item no longer bears on the element, from today on."""
        end_link(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=LinkSerializer)
    @action(detail=True, methods=["post"], url_path="answer")
    def answer_to(self, request: Request, **_kwargs: str) -> Response:
        """Say what the decision says to an item that contradicts."""
        taken = self.taken(request, NewAnswerSerializer)
        link = answer_contrary(
            self.get_object(), taken["state"], taken["text"], **self.attribution()
        )
        return self.answer(link)


def _pinpoint(item: EvidenceItem, stated: dict[str, Any]) -> NewPinpoint:
    number = stated.pop("exhibit_id", None)
    exhibit = None
    if number is not None:
        exhibit = Exhibit.objects.filter(item=item, pk=number).first()
        if exhibit is None:
            raise ValidationError({"pinpoints": [f"{item.key} has no exhibit {number}."]})
    return NewPinpoint(exhibit=exhibit, **stated)
