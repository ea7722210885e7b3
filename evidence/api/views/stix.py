"""Bundles of STIX: checked by default and entered when asked; items given out as one."""

import re
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.idempotency import once
from access.api.problems import Problem
from access.policy import Verb
from evidence.actions.stix import BundleRefusedError, enter_bundle
from evidence.api.serializers.stix import (
    BundleReportSerializer,
    BundleRequestSerializer,
    BundleSerializer,
    report_of,
)
from evidence.exchange.stix.checking import Choices, check_bundle
from evidence.exchange.stix.outgoing import MOST_ITEMS, HeldBackError, bundle_of, written_out
from evidence.exchange.stix.reading import MOST_BYTES, BundleError
from evidence.models import EvidenceItem
from evidence.words import EvidenceKind


class StixDoors:
    """``evidence/stix`` and ``evidence/{key}/stix``."""

    @extend_schema(responses=BundleSerializer)
    @action(detail=True, methods=["get"], url_path="stix", filterset_class=None)
    def item_as_stix(self: Any, request: Request, key: str) -> HttpResponse:
        """The item as a bundle of STIX 2.1; its custody says that it was given out."""
        return given_out([self.get_object()], request, key)

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "key",
                str,
                many=True,
                description="Keys of the items, repeated; none: an empty bundle.",
            )
        ],
        responses=BundleSerializer,
        filters=False,
    )
    @action(
        detail=False, methods=["get"], url_path="stix", filterset_class=None, pagination_class=None
    )
    def items_as_stix(self: Any, request: Request) -> HttpResponse:
        """Several items as one bundle of STIX 2.1."""
        keys = list(dict.fromkeys(request.query_params.getlist("key")))
        if len(keys) > MOST_ITEMS:
            said = f"At most {MOST_ITEMS} items go out at once: ask for some of them."
            raise ValidationError({"key": [said]})
        storable = [key for key in keys if "\x00" not in key]
        items = {item.key: item for item in self.get_queryset().filter(key__in=storable)}
        if unknown := [key for key in keys if key not in items]:
            said = f"No such item: {', '.join(map(ascii, unknown))}."
            raise ValidationError({"key": [said]})
        return given_out([items[key] for key in keys], request, "evidence")

    @extend_schema(
        request={"multipart/form-data": BundleRequestSerializer},
        responses={200: BundleReportSerializer, 201: BundleReportSerializer},
    )
    @items_as_stix.mapping.post
    def read_stix(self: Any, request: Request) -> Any:
        """Check a bundle: 200 and a report. With ``enter`` log what is new: 201 and the keys.

        Entered again, when all of it is in the record: 200, and no keys.
        """
        return once(request, lambda: self._read_stix(request))

    def _read_stix(self: Any, request: Request) -> Response:
        serializer = BundleRequestSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        self.require(Verb.CREATE, asked["team"])
        user = self.attribution()["actor"]
        choices = Choices(
            team=asked["team"],
            kind=asked.get("kind") or EvidenceKind.TECHNICAL_RECORD,
            source=asked.get("source"),
            roles=asked.get("roles") or {},
        )
        content = asked["file"].read(MOST_BYTES + 1)
        try:
            checked = check_bundle(content, asked["file"].name, user, choices)
            entered = []
            if asked["enter"]:
                confirmed = asked["confirm_restrictions"]
                entered = enter_bundle(checked, content, actor=user, confirmed=confirmed)
        except BundleError as error:
            raise ValidationError({"file": [str(error)]}) from error
        except BundleRefusedError as error:
            raise ValidationError({"file": [f"{error} Nothing was entered."]}) from error
        report = BundleReportSerializer(report_of(checked, [item.key for item in entered])).data
        code = status.HTTP_201_CREATED if entered else status.HTTP_200_OK
        return Response(report, status=code)

    def get_parsers(self: Any) -> list[Any]:
        """A bundle comes as a file; everything else as JSON."""
        if getattr(self, "action_map", {}).get("post") == "read_stix":
            return [MultiPartParser()]
        parsers: list[Any] = super().get_parsers()  # type: ignore[misc]
        return parsers


def given_out(items: list[EvidenceItem], request: Request, name: str) -> HttpResponse:
    """The items as a file of STIX. Raises ProblemError for what does not go out."""
    user: Any = request.user
    try:
        text = written_out(bundle_of(items, actor=user))
    except HeldBackError as error:
        raise ProblemError(Problem(409, "conflict", str(error))) from error
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{_plain(name)}.stix.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)
