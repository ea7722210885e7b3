"""Datasets of an item, the figures computed from them, and what these say of its claims."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.problems import Problem
from access.api.views import Created, Retrieved
from access.policy import Verb
from evidence.actions import declare_dataset, head_and_match, remove_dataset
from evidence.api.serializers.figures import (
    AskedFigureSerializer,
    ClaimCheckSerializer,
    ComputationSerializer,
    DatasetSerializer,
    FigureSerializer,
    FigureSummarySerializer,
    FileOfTableSerializer,
    MatchSerializer,
    NewDatasetSerializer,
    OverlapSerializer,
)
from evidence.api.views.parts import WithinItem
from evidence.figures import TABLES
from evidence.jobs.keeping import NotNowError
from evidence.models import ClaimCheck, Dataset, Exhibit, Figure, Job, JobKind
from evidence.recompute import start_figure, start_figures, start_overlap


class DatasetViewSet(WithinItem, Retrieved, Created):
    """Files of the item whose rows are one of the documented tables. The rows stay in the file."""

    resource = "dataset"
    verbs: ClassVar = {"match": Verb.CREATE}
    queryset = Dataset.objects.select_related("exhibit")
    serializer_class = DatasetSerializer
    requests: ClassVar = {"create": NewDatasetSerializer, "match": FileOfTableSerializer}
    cursor_ordering = ("pk",)

    def act_create(self, data: dict[str, Any]) -> Dataset:
        """Declare a file of the item as a table; its head is read at once, its rows by a job."""
        exhibit = self._file(data.pop("exhibit"))
        return declare_dataset(exhibit, data.pop("table"), **data, **self.attribution())

    @extend_schema(request=FileOfTableSerializer, responses=MatchSerializer)
    @action(detail=False, methods=["post"], pagination_class=None)
    def match(self, request: Request, **_kwargs: str) -> Response:
        """See how a file begins and which of its columns is which; nothing is declared."""
        asked = self.taken(request, FileOfTableSerializer)
        head, columns = head_and_match(
            self._file(asked["exhibit"]),
            asked["table"],
            asked["format"],
            self.attribution()["actor"],
        )
        missing = [name for name in TABLES[asked["table"]].required if name not in columns]
        found = {"head": head.columns, "rows": head.rows, "columns": columns, "missing": missing}
        return Response(MatchSerializer(found).data)

    def _file(self, number: int) -> Exhibit:
        files = Exhibit.objects.select_related("item__source", "item__owner_team", "blob")
        found: Exhibit = get_object_or_404(files.filter(item=self.parent), pk=number)
        return found

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """Read the file as a table no longer. The file and what was computed stay."""
        remove_dataset(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)


class FigureViewSet(WithinItem, Retrieved):
    """Numbers computed from the item's datasets, pinned to the SHA-256 of the files."""

    resource = "figure"
    verbs: ClassVar = {"computation": Verb.RUN, "overlap": Verb.RUN, "progress": Verb.READ}
    queryset = Figure.objects.all()
    serializer_class = FigureSerializer
    requests: ClassVar = {
        "list": FigureSummarySerializer,
        "computation": AskedFigureSerializer,
        "overlap": OverlapSerializer,
    }
    cursor_ordering = ("pk",)

    def get_queryset(self) -> Any:
        """Of the item; what was computed with another item's files, where that is seen too."""
        found: Any = super().get_queryset()
        return found.visible_to(self.request.user)

    @extend_schema(request=AskedFigureSerializer, responses={202: ComputationSerializer})
    @action(detail=False, methods=["post"], pagination_class=None)
    def computation(self, request: Request, **_kwargs: str) -> Response:
        """Compute every figure anew, compare it with what is kept, and check the claims.

        With ``figure``: that one alone, with parameters of your own.
        """
        asked = self.taken(request, AskedFigureSerializer)
        who = self.attribution("figures asked for")
        try:
            if "figure" in asked:
                start_figure(self.parent, asked["figure"], asked["parameters"], **who)
            else:
                start_figures(self.parent, **who)
        except NotNowError as error:
            raise ProblemError(Problem(409, "conflict", error.messages[0])) from error
        return Response(self._progress(), status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=OverlapSerializer, responses={202: ComputationSerializer})
    @action(detail=False, methods=["post"], pagination_class=None)
    def overlap(self, request: Request, **_kwargs: str) -> Response:
        """Compute which means the accounts of this item and of another one share."""
        asked = self.taken(request, OverlapSerializer)
        try:
            start_overlap(self.parent, asked["other"], **self.attribution("overlap asked for"))
        except NotNowError as error:
            raise ProblemError(Problem(409, "conflict", error.messages[0])) from error
        return Response(self._progress(), status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=ComputationSerializer)
    @action(detail=False, methods=["get"], pagination_class=None)
    def progress(self, request: Request, **_kwargs: str) -> Response:
        """How far the newest computation is."""
        return Response(self._progress())

    def _progress(self) -> Any:
        jobs = Job.objects.visible_to(self.request.user).with_progress()
        newest = jobs.filter(kind=JobKind.FIGURES, subject=self.parent.key)
        job = get_object_or_404(newest.prefetch_related("parts")[:1])
        return ComputationSerializer(job).data


class ClaimCheckViewSet(WithinItem):
    """Each time a claim was held against the data, oldest first. Never changed."""

    resource = "claim"
    queryset = ClaimCheck.objects.all()
    serializer_class = ClaimCheckSerializer
    cursor_ordering = ("pk",)
