"""Under which law a case is judged: pins, elements, and what the case rests on."""

from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Created, Listed, Retrieved
from access.policy import Verb
from casemgr.actions.cases import (
    assign_element,
    no_longer_rests_on,
    rest_on,
    state_no_evidence,
)
from casemgr.actions.pins import carry_element, pin_version
from casemgr.actions.treatment import add_milestone, end_row
from casemgr.api.of_case import WithinCase, elements_of
from casemgr.api.serializers.cases import (
    AssignmentSerializer,
    CarrySerializer,
    CaseElementSerializer,
    DependencySerializer,
    MilestoneSerializer,
    NewDependencySerializer,
    NewMilestoneSerializer,
    NewPinSerializer,
    NoEvidenceSerializer,
    PinSerializer,
)
from casemgr.api.views.cases import version_named
from casemgr.models import CaseDependency, CaseElement, Milestone, Pin


class PinViewSet(WithinCase, Listed, Created):
    """Which version of the law the case is judged under, from one day to another."""

    resource = "pin"
    queryset = Pin.objects.select_related("version__authority")
    serializer_class = PinSerializer
    requests: ClassVar = {"create": NewPinSerializer}

    def act_create(self, data: dict[str, Any]) -> Pin:
        """Judge the case under a later version; what reads the same is carried over."""
        version = version_named(data["authority"])
        return pin_version(self.parent, version, data["entered_on"], **self.attribution())


class CaseElementViewSet(WithinCase, Listed, Retrieved):
    """The elements under today's pin: whose work each is, and by when."""

    resource = "case"
    verbs: ClassVar = {
        "assignment": Verb.CHANGE,
        "no_evidence": Verb.CHANGE,
        "carried": Verb.CHANGE,
    }
    queryset = CaseElement.objects.all()
    serializer_class = CaseElementSerializer
    requests: ClassVar = {
        "assignment": AssignmentSerializer,
        "no_evidence": NoEvidenceSerializer,
        "carried": CarrySerializer,
    }
    lookup_field = "code"
    lookup_value_converter = "key"
    cursor_ordering = ("place", "pk")

    def get_queryset(self) -> QuerySet[CaseElement]:
        """In the order of the tree."""
        if getattr(self, "swagger_fake_view", False):
            return CaseElement.objects.none()
        # Cursors go by columns of the row itself.
        return elements_of(self.parent).annotate(place=F("element__position"))

    def get_object(self) -> CaseElement:
        """By the code of the element."""
        return self.element_of_address()

    @extend_schema(responses=CaseElementSerializer)
    @action(detail=True, methods=["post"])
    def assignment(self, request: Request, **_kwargs: str) -> Response:
        """Give the work on the element to a member of the team, or to no one."""
        taken = self.taken(request, AssignmentSerializer)
        row = assign_element(
            self.get_object(),
            taken["assignee"],
            due_on=taken.get("due_on"),
            **self.attribution(),
        )
        return self.answer(row)

    @extend_schema(responses=CaseElementSerializer)
    @action(detail=True, methods=["post"], url_path="no-evidence")
    def no_evidence(self, request: Request, **_kwargs: str) -> Response:
        """State that nothing was there for the element, or take that back."""
        taken = self.taken(request, NoEvidenceSerializer)
        there = taken["nothing_there"]
        return self.answer(state_no_evidence(self.get_object(), there, **self.attribution()))

    @extend_schema(responses=CaseElementSerializer)
    @action(detail=True, methods=["post"])
    def carried(self, request: Request, **_kwargs: str) -> Response:
        """Count links and finding of an element of an earlier pin here too."""
        taken = self.taken(request, CarrySerializer)
        version = version_named(taken["authority"])
        earlier = get_object_or_404(
            CaseElement.objects.filter(case=self.parent, version=version),
            element__code=taken["code"],
        )
        return self.answer(carry_element(self.get_object(), earlier, **self.attribution()))


class DependencyViewSet(WithinCase, Listed, Created):
    """The cases that this one rests on."""

    resource = "dependency"
    queryset = CaseDependency.objects.select_related("on_case", "on_element__element")
    serializer_class = DependencySerializer
    requests: ClassVar = {"create": NewDependencySerializer}

    def act_create(self, data: dict[str, Any]) -> CaseDependency:
        """Rest the case on another that the caller sees, or on one element of it."""
        element = None
        if data["on_element"]:
            element = elements_of(data["on_case"]).filter(element__code=data["on_element"]).first()
            if element is None:
                raise ValidationError({"on_element": ["That case has no such element."]})
        return rest_on(self.parent, data["on_case"], element, **self.attribution())

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """Take the dependency back."""
        no_longer_rests_on(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)


class MilestoneViewSet(WithinCase, Listed, Created):
    """Dated steps of the action: vote, decision, publication, effect."""

    resource = "milestone"
    verbs: ClassVar = {"destroy": Verb.CHANGE}
    queryset = Milestone.objects.all()
    serializer_class = MilestoneSerializer
    requests: ClassVar = {"create": NewMilestoneSerializer}

    def act_create(self, data: dict[str, Any]) -> Milestone:
        """State a step."""
        return add_milestone(self.parent, data["kind"], data["on"], **self.attribution())

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """What the row states no longer holds; it stays in the history."""
        end_row(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)
