"""Cases: opening, reading, amending and moving them; packages."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.etag import expected_revision
from access.api.problems import FieldError, Problem
from access.api.views import ScopedCreateViewSet, ScopedWriteViewSet
from access.policy import Verb
from casemgr.actions.cases import NewCase, amend_case, open_case, open_package
from casemgr.actions.stage_moves import NotReadyError, move_stage
from casemgr.api.filters import CaseFilter
from casemgr.api.serializers.cases import (
    CaseChangesSerializer,
    CaseSerializer,
    NewCaseSerializer,
    NewPackageSerializer,
    PackageSerializer,
    StageMoveSerializer,
    StageSerializer,
)
from casemgr.clock import decision_day
from casemgr.models import Case, Package, Stage
from casemgr.stages import next_stages, transition
from casemgr.words import CaseKind
from designations.api.shapes import Shaped
from designations.models import AuthorityVersion

_NEW_CASE = OpenApiExample(
    "A listing case",
    request_only=True,
    value={
        "team": "T-7K2MPQ4XAB",
        "authority": "entity-list@2026",
        "designee": "D-7K2MPQ4XAB",
        "title": "A company under the Entity List",
    },
)


@extend_schema_view(create=extend_schema(examples=[_NEW_CASE]))
class CaseViewSet(Shaped, ScopedWriteViewSet):
    """One designee under one pinned version of the law. A case is never deleted."""

    resource = "case"
    team_path = "team"
    verbs: ClassVar = {"stage": Verb.READ, "move": Verb.ADVANCE}
    revised: ClassVar = ("move",)
    queryset = Case.objects.all()
    serializer_class = CaseSerializer
    requests: ClassVar = {
        "create": NewCaseSerializer,
        "partial_update": CaseChangesSerializer,
        "move": StageMoveSerializer,
    }
    filterset_class = CaseFilter
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[Case]:
        """The cases the user sees, with what a row shows."""
        rows: QuerySet[Case] = whole(super().get_queryset())
        return rows

    def shown(self, row: Case) -> Case:
        """Read again, with its grade and deadline."""
        found: Case = whole(Case.objects.all()).get(pk=row.pk)
        return found

    def act_create(self, data: dict[str, Any]) -> Case:
        """Open a case in a team of the caller."""
        self.require(Verb.CREATE, data["team"])
        data["version"] = version_named(data.pop("authority"))
        data["kind"] = CaseKind(data["kind"])
        if data.get("asserts") is not None:
            data["asserts"] = tuple(data["asserts"])
        return open_case(NewCase(**data), **self.attribution())

    def act_update(self, row: Case, data: dict[str, Any], expected: int) -> Case:
        """Change facts of the case."""
        return amend_case(row, expected, **data, **self.attribution())

    @extend_schema(responses=StageSerializer)
    @action(detail=True, methods=["get"])
    def stage(self, request: Request, key: str) -> Response:
        """The stage, and for every way out of it what is still missing."""
        case = self.get_object()
        ways = [
            {"to": way.target.value, "verb": way.verb.value, "missing": missing}
            for way, missing in next_stages(case)
        ]
        return Response(StageSerializer({"stage": case.stage, "ways": ways}).data)

    @extend_schema(responses=CaseSerializer)
    @stage.mapping.post
    def move(self, request: Request, key: str) -> Response:
        """Move the case; 409 lists everything that is missing for it."""
        case = self.get_object()
        expected = expected_revision(request, case)
        taken = self.taken(request, StageMoveSerializer)
        target = Stage(taken["to"])
        way = transition(case.stage, target)
        if way is not None:
            self.require(way.verb, case.team)
        if taken.get("decided_on") and target is not Stage.DECIDED:
            raise ValidationError({"decided_on": ["Only a move to decided has a decision day."]})
        who = self.attribution(taken["reason"])
        try:
            moved = move_stage(case, target, expected, decided_on=taken.get("decided_on"), **who)
        except NotReadyError as error:
            raise ProblemError(not_ready(case, target, error)) from error
        return self.answer(moved)


class PackageViewSet(Shaped, ScopedCreateViewSet):
    """One agency action over many cases; a case joins by ``package`` of its PATCH."""

    resource = "package"
    team_path = "team"
    queryset = Package.objects.select_related("team")
    serializer_class = PackageSerializer
    requests: ClassVar = {"create": NewPackageSerializer}
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[Package]:
        """Packages of the user's teams, each with the cases the user sees."""
        seen = Case.objects.visible_to(self.request.user).order_by("key")
        rows: QuerySet[Package] = super().get_queryset()
        return rows.prefetch_related(Prefetch("cases", queryset=seen))

    def act_create(self, data: dict[str, Any]) -> Package:
        """Open a package."""
        self.require(Verb.CREATE, data["team"])
        return open_package(data.pop("title"), data.pop("team"), **data, **self.attribution())


def whole(cases: Any) -> Any:
    """Cases with what their answer shows, in the queries of one."""
    return (
        cases.with_current_assessment()
        .with_next_deadline()
        .with_authority(decision_day())
        .select_related("team", "designee", "package", "lead")
    )


def version_named(name: str, field: str = "authority") -> AuthorityVersion:
    """The library's version of this name; raises ValidationError naming ``field``."""
    try:
        return AuthorityVersion.objects.named(name)
    except AuthorityVersion.DoesNotExist:
        raise ValidationError(
            {field: [f"{name} is not in the authority library; GET /api/v1/versions lists it."]}
        ) from None


def not_ready(case: Case, target: Stage, error: NotReadyError) -> Problem:
    """What is missing, one entry for each thing."""
    return Problem(
        409,
        "conflict",
        f"{case.key} cannot move to {target.label} yet: {len(error.messages)} to do first.",
        tuple(FieldError("#/to", message) for message in error.messages),
    )
