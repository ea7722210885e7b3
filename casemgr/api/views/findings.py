"""Findings and their signatures."""

from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from access.api.etag import expected_revision
from access.api.views import Created, Listed, Retrieved, Updated
from access.policy import Verb
from casemgr.actions.findings import Wording, sign_finding, write_finding
from casemgr.api.of_case import WithinCase
from casemgr.api.serializers.work import (
    FindingChangesSerializer,
    FindingSerializer,
    NewFindingSerializer,
    SignatureSerializer,
)
from casemgr.models import Finding, Signature


class FindingViewSet(WithinCase, Listed, Retrieved, Created, Updated):
    """Counsel's conclusions, one for each element; every wording is kept."""

    resource = "finding"
    queryset = Finding.objects.select_related("case_element__element", "author").annotate(
        place=F("case_element__element__position")
    )
    parent_path = "case_element__case"
    serializer_class = FindingSerializer
    requests: ClassVar = {
        "create": NewFindingSerializer,
        "partial_update": FindingChangesSerializer,
    }
    lookup_field = "element"
    lookup_value_converter = "key"
    cursor_ordering = ("place", "pk")

    def get_object(self) -> Finding:
        """The newest finding on the element of this code."""
        rows = self.get_queryset().filter(case_element__element__code=self.kwargs["element"])
        found: Finding = get_object_or_404(rows.order_by("-case_element__pin")[:1])
        return found

    def act_create(self, data: dict[str, Any]) -> Finding:
        """Write the first wording."""
        element = self.element(data.pop("element"))
        finding = write_finding(element, _wording(data), **self.attribution())
        # What its address names it by.
        finding.element = element.element.code  # type: ignore[attr-defined]
        return finding

    def act_update(self, row: Finding, data: dict[str, Any], expected: int) -> Finding:
        """Write it anew; signatures under the earlier wording do not count for this one."""
        now = {
            "text": row.text,
            "cites": row.cites,
            "quoted_standard": row.quoted_standard,
            "applied": (
                {
                    "applied_version": row.applied_version,
                    "applied_difference": row.applied_difference,
                }
                if row.applied_difference
                else None
            ),
            "defines": dict(row.defines),
            "defines_none": row.defines_none,
            "predictive": row.predictive,
            "relies_on_deference": row.relies_on_deference,
            "alone_sufficient": row.alone_sufficient,
        }
        return write_finding(
            row.case_element, _wording(now | data), expected=expected, **self.attribution()
        )


class SignatureViewSet(WithinCase, Listed, Created):
    """Who signed the present wording of a finding, and on which record."""

    resource = "signature"
    verbs: ClassVar = {"create": Verb.SIGN}
    revised: ClassVar = ("create",)
    queryset = Signature.objects.select_related("signer", "revision")
    serializer_class = SignatureSerializer
    requests: ClassVar = {"create": None}

    def get_queryset(self) -> QuerySet[Signature]:
        """Signatures under the present wording."""
        if getattr(self, "swagger_fake_view", False):
            return Signature.objects.none()
        return Signature.objects.filter(
            revision__finding=self.finding(), revision__number=F("revision__finding__revision")
        ).select_related("signer", "revision")

    def finding(self) -> Finding:
        """The finding named in the address."""
        rows = Finding.objects.filter(
            case_element__case=self.parent, case_element__element__code=self.kwargs["element"]
        )
        found: Finding = get_object_or_404(rows.order_by("-case_element__pin")[:1])
        return found

    def _create(self, request: Any) -> Any:
        """Sign the wording that the signer saw, named by If-Match."""
        finding = self.finding()
        expected = expected_revision(request, finding)
        return self.answer(sign_finding(finding, expected, **self.attribution("signed")), 201)


def _wording(data: dict[str, Any]) -> Wording:
    applied = data.pop("applied", None) or {}
    cites = data.get("cites")
    return Wording(
        **{**data, "cites": None if cites is None else tuple(cites)},
        applied_version=applied.get("applied_version", ""),
        applied_difference=applied.get("applied_difference") or None,
    )
