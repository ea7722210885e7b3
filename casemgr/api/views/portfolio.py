"""Portfolio runs: all cases of a team assessed anew, as a job that can be followed."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.problems import Problem
from access.api.views import ScopedCreateViewSet
from access.policy import Verb
from casemgr.api.pagination import WorkProductCursor
from casemgr.api.serializers.portfolio import (
    NewPortfolioRunSerializer,
    PortfolioReasonSerializer,
    PortfolioRunSerializer,
    WholePortfolioRunSerializer,
)
from casemgr.reassess.portfolio import start_portfolio_run
from designations.api.shapes import Shaped
from evidence.jobs.keeping import NotNowError, cancel_job, resume_job
from evidence.models import Job, JobKind

_NEW_RUN = OpenApiExample(
    "A run over a team's cases",
    request_only=True,
    value={"team": "T-7K2MPQ4XAB", "reason": "The review engine was updated."},
)


@extend_schema_view(
    create=extend_schema(examples=[_NEW_RUN], responses={201: WholePortfolioRunSerializer}),
    retrieve=extend_schema(responses=WholePortfolioRunSerializer),
)
class PortfolioRunViewSet(Shaped, ScopedCreateViewSet):
    """Every case of a team that is still to be decided, assessed anew by the workers."""

    resource = "portfolio-run"
    team_path = "team"
    verbs: ClassVar = {"cancellation": Verb.CHANGE, "resumption": Verb.CHANGE}
    queryset = Job.objects.filter(kind=JobKind.PORTFOLIO).select_related("team", "asked_by")
    serializer_class = WholePortfolioRunSerializer
    requests: ClassVar = {
        "list": PortfolioRunSerializer,
        "create": NewPortfolioRunSerializer,
        "cancellation": PortfolioReasonSerializer,
        "resumption": PortfolioReasonSerializer,
    }
    pagination_class = WorkProductCursor
    lookup_field = "key"
    cursor_ordering = ("-asked_at", "-pk")

    def get_queryset(self) -> QuerySet[Job]:
        """The runs the user sees, with how far they are."""
        rows: QuerySet[Job] = super().get_queryset()
        return rows.with_progress()  # type: ignore[attr-defined, no-any-return]

    def shown(self, row: Job) -> Job:
        """Read again, with how far it is."""
        found: Job = self.queryset.with_progress().get(pk=row.pk)
        return found

    def act_create(self, data: dict[str, Any]) -> Job:
        """Start a run over the cases of a team of the caller that they see."""
        self.require(Verb.CREATE, data["team"])
        try:
            return start_portfolio_run(data["team"], **self.attribution(data["reason"]))
        except NotNowError as error:
            raise _conflict(error) from error

    @extend_schema(responses=WholePortfolioRunSerializer)
    @action(detail=True, methods=["post"])
    def cancellation(self, request: Request, key: str) -> Response:
        """Stop the run; parts in hand are still brought to their end."""
        return self._moved(request, cancel_job)

    @extend_schema(responses=WholePortfolioRunSerializer)
    @action(detail=True, methods=["post"])
    def resumption(self, request: Request, key: str) -> Response:
        """Go on where a cancelled run stopped, and try again the cases that failed."""
        return self._moved(request, resume_job)

    def _moved(self, request: Request, act: Any) -> Response:
        job = self.get_object()
        taken = self.taken(request, PortfolioReasonSerializer)
        try:
            return self.answer(act(job, **self.attribution(taken["reason"])))
        except NotNowError as error:
            raise _conflict(error) from error


def _conflict(error: NotNowError) -> ProblemError:
    return ProblemError(Problem(409, "conflict", " ".join(error.messages)))
