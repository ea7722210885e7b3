"""What the decision must deal with: considerations, steps, comparators, positions, gaps."""

from typing import Any, ClassVar

from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Created, Listed
from casemgr.actions.treatment import (
    add_comparator,
    answer_consideration,
    end_row,
    meet_prerequisite,
    note_record_defect,
    state_prior_position,
)
from casemgr.api.of_case import WithinCase
from casemgr.api.serializers.work import (
    ComparatorSerializer,
    ConsiderationAnswerSerializer,
    NewComparatorSerializer,
    NewConsiderationAnswerSerializer,
    NewPrerequisiteMetSerializer,
    NewPriorPositionSerializer,
    NewRecordDefectSerializer,
    PrerequisiteMetSerializer,
    PriorPositionSerializer,
    RecordDefectSerializer,
)
from casemgr.models import (
    CaseElement,
    ComparatorCase,
    ConsiderationAnswer,
    DefectKind,
    PrerequisiteMet,
    PriorPosition,
    RecordDefect,
)


class DatedPartViewSet(WithinCase, Listed, Created, abstract=True):
    """Dated rows of a case: added, and ended instead of removed."""

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """What the row states no longer holds, from today on; it stays in the history."""
        end_row(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def concerned(self, data: dict[str, Any]) -> CaseElement | None:
        """The element the statement is about, None for the case as a whole."""
        code = data.pop("element")
        return self.element(code) if code else None


class ConsiderationViewSet(DatedPartViewSet):
    """Answers to the considerations of the authority; a new answer ends the one before."""

    resource = "consideration"
    queryset = ConsiderationAnswer.objects.select_related("consideration")
    parent_path = "pin__case"
    serializer_class = ConsiderationAnswerSerializer
    requests: ClassVar = {"create": NewConsiderationAnswerSerializer}

    def act_create(self, data: dict[str, Any]) -> ConsiderationAnswer:
        """Answer a consideration of the version pinned today."""
        pin = self.pin()
        row = pin.version.considerations.filter(code=data["code"]).first()
        if row is None:
            raise ValidationError({"code": [f"{pin.version} has no such consideration."]})
        return answer_consideration(pin, row, data["state"], data["text"], **self.attribution())


class PrerequisiteViewSet(DatedPartViewSet):
    """Where the procedural steps stand; a new statement ends the one before."""

    resource = "prerequisite"
    queryset = PrerequisiteMet.objects.select_related("prerequisite", "item")
    parent_path = "pin__case"
    serializer_class = PrerequisiteMetSerializer
    requests: ClassVar = {"create": NewPrerequisiteMetSerializer}

    def act_create(self, data: dict[str, Any]) -> PrerequisiteMet:
        """State where a step of the version pinned today stands."""
        pin, code = self.pin(), data.pop("code")
        row = pin.version.prerequisites.filter(code=code).first()
        if row is None:
            raise ValidationError({"code": [f"{pin.version} has no such prerequisite."]})
        return meet_prerequisite(pin, row, data.pop("state"), **data, **self.attribution())


class ComparatorViewSet(DatedPartViewSet):
    """Other matters that a challenger would hold beside this one."""

    resource = "comparator"
    queryset = ComparatorCase.objects.select_related("case_element__element")
    serializer_class = ComparatorSerializer
    requests: ClassVar = {"create": NewComparatorSerializer}

    def act_create(self, data: dict[str, Any]) -> ComparatorCase:
        """Name one."""
        element = self.concerned(data)
        name = data.pop("name")
        return add_comparator(self.parent, name, element=element, **data, **self.attribution())


class PriorPositionViewSet(DatedPartViewSet):
    """Earlier positions of the agency from which the decision departs."""

    resource = "comparator"
    queryset = PriorPosition.objects.select_related("case_element__element")
    serializer_class = PriorPositionSerializer
    requests: ClassVar = {"create": NewPriorPositionSerializer}

    def act_create(self, data: dict[str, Any]) -> PriorPosition:
        """State one."""
        element = self.concerned(data)
        what = data.pop("what")
        return state_prior_position(
            self.parent, what, element=element, **data, **self.attribution()
        )


class RecordDefectViewSet(DatedPartViewSet):
    """Known gaps of the administrative record."""

    resource = "comparator"
    queryset = RecordDefect.objects.select_related("case_element__element")
    serializer_class = RecordDefectSerializer
    requests: ClassVar = {"create": NewRecordDefectSerializer}

    def act_create(self, data: dict[str, Any]) -> RecordDefect:
        """Note one."""
        element = self.concerned(data)
        return note_record_defect(
            self.parent,
            DefectKind(data["kind"]),
            data["what"],
            why_left_out=data["reason"],
            element=element,
            **self.attribution(),
        )
