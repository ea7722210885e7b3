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
from evidence.actions import declare_dataset, remove_dataset
from evidence.api.serializers.figures import (
    ClaimCheckSerializer,
    ComputationSerializer,
    DatasetSerializer,
    FigureSerializer,
    FigureSummarySerializer,
    NewDatasetSerializer,
)
from evidence.api.views.parts import WithinItem
from evidence.jobs.keeping import NotNowError
from evidence.models import ClaimCheck, Dataset, Exhibit, Figure, Job, JobKind
from evidence.recompute import start_figures


class DatasetViewSet(WithinItem, Retrieved, Created):
    """Files of the item whose rows are one of the documented tables. The rows stay in the file."""

    resource = "dataset"
    queryset = Dataset.objects.select_related("exhibit")
    serializer_class = DatasetSerializer
    requests: ClassVar = {"create": NewDatasetSerializer}
    cursor_ordering = ("pk",)

    def act_create(self, data: dict[str, Any]) -> Dataset:
        """Declare a file of the item as a table; its head is read at once, its rows by a job."""
        files = Exhibit.objects.select_related("item", "blob").filter(item=self.parent)
        exhibit = get_object_or_404(files, pk=data.pop("exhibit"))
        return declare_dataset(exhibit, data.pop("table"), **data, **self.attribution())

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """Read the file as a table no longer. The file and what was computed stay."""
        remove_dataset(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)


class FigureViewSet(WithinItem, Retrieved):
    """Numbers computed from the item's datasets, pinned to the SHA-256 of the files."""

    resource = "figure"
    verbs: ClassVar = {"computation": Verb.RUN, "progress": Verb.READ}
    queryset = Figure.objects.all()
    serializer_class = FigureSerializer
    requests: ClassVar = {"list": FigureSummarySerializer, "computation": None}
    cursor_ordering = ("pk",)

    @extend_schema(request=None, responses={202: ComputationSerializer})
    @action(detail=False, methods=["post"], pagination_class=None)
    def computation(self, request: Request, **_kwargs: str) -> Response:
        """Compute every figure anew, compare it with what is kept, and check the claims."""
        try:
            start_figures(self.parent, **self.attribution("figures asked for"))
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
