"""A provider's portal: evidence comes in, a receipt goes out, and nothing else does.

Every view here serves the resource ``delivery``, which no person may use, and finds its rows by
the account of the key alone: what others delivered is *not found*, like what never was.
"""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.idempotency import once
from access.api.problems import Problem
from access.api.views import Attribution, Created, Retrieved, ScopedViewSet
from access.models import ApiToken, User
from access.policy import DELIVERY
from designations.api.shapes import Shaped, Within
from evidence.actions import TakenUpError, attach_exhibit
from evidence.actions.deliveries import (
    OutOfOrderError,
    TooMuchError,
    deliver,
    refuse_late,
    refuse_more,
    words_of,
)
from evidence.api.serializers.items import stated_claims
from evidence.api.serializers.portal import (
    FileReceiptSerializer,
    NewDeliverySerializer,
    NewFileSerializer,
    NewPortalUploadSerializer,
    PortalUploadSerializer,
    ReceiptSerializer,
)
from evidence.api.views.exhibits import not_kept_told
from evidence.api.views.uploads import VERBS, InPieces
from evidence.models import Delivery, EvidenceItem, Exhibit, Portal, Upload

MOST_STATEMENT = 1024**2
"""Bytes of the statement of a delivery; what is larger is a file of it."""
MOST_AT_ONCE = 256 * 1024**2
"""Bytes of a file sent in one request; a larger one comes in pieces."""
_WAIT = 3600

_REPORT = OpenApiExample(
    "A report of fraudulent accounts",
    request_only=True,
    value={
        "kind": "fraudulent-account-report",
        "title": "Accounts opened under false identity",
        "summary": "One hundred accounts were opened with forged papers and drew 5,000 exchanges.",
        "dated_on": "2026-02",
        "citation": "Report 2026-17",
        "fraudulent_accounts": {"accounts": 100, "exchanges": 5000, "evasion": ["proxies"]},
        "claims": [{"metric": "accounts", "comparator": "at-least", "value": "100"}],
    },
)


class AtTheDoor(ScopedViewSet, abstract=True):
    """By a key of a portal, and by nothing else."""

    resource = DELIVERY

    def attribution(self, reason: str = "") -> Attribution:
        """The portal's account, and the key by its name: a provider gives no reasons of ours."""
        user = self.request.user
        if not isinstance(user, User):
            raise TypeError("An anonymous request reached an action.")
        return Attribution(actor=user, reason=words_of(self.token))

    @property
    def token(self) -> ApiToken:
        """The key that was sent. Raises PermissionDenied for whoever came in otherwise."""
        if not isinstance(self.request.auth, ApiToken):
            raise PermissionDenied("A portal is used by its keys alone.")
        return self.request.auth


@extend_schema_view(create=extend_schema(examples=[_REPORT]))
class DeliveryViewSet(Shaped, Retrieved, Created, AtTheDoor):
    """Deliveries: what is sent becomes an item of evidence; a receipt says that it arrived."""

    team_path = None
    queryset = Delivery.objects.select_related("item", "portal")
    serializer_class = ReceiptSerializer
    requests: ClassVar = {"create": NewDeliverySerializer}
    lookup_field = "item__key"
    lookup_url_kwarg = "delivery"

    def get_queryset(self) -> QuerySet[Delivery]:
        """What came in through the portal of this key."""
        return Delivery.objects.select_related("item", "portal").made_by(self.request.user)

    def create(self, request: Request, **_kwargs: str) -> HttpResponseBase:
        """Log what came in, once per Idempotency-Key; what was sent is kept byte for byte."""
        self._sent = _body_of(request, MOST_STATEMENT)
        return once(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        data = self.taken(request, NewDeliverySerializer)
        portal = get_object_or_404(Portal.objects.select_related("team", "source", "account"),
                                   account=request.user)  # fmt: skip
        if "claims" in data:
            data["claims"] = stated_claims(data["claims"])
        try:
            delivery = deliver(portal, self.token, self._sent, **data)
        except TooMuchError as error:
            raise Throttled(wait=_WAIT, detail=str(error)) from error
        except OutOfOrderError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        answer = self.answer(delivery, status.HTTP_201_CREATED)
        answer["Location"] = self.reverse_action("detail", kwargs={"delivery": delivery.item.key})
        return answer


class WithinDelivery(Shaped, Within, AtTheDoor, abstract=True):
    """Parts of one delivery, while the team has not taken it up."""

    parent_path = "item"
    parent_team = "owner_team"

    @cached_property
    def delivery(self) -> Delivery:
        """The delivery named in the address; raises Http404 unless it came by this portal."""
        own = Delivery.objects.select_related("item__owner_team", "portal")
        return get_object_or_404(own.made_by(self.request.user), item__key=self.kwargs["delivery"])

    @cached_property
    def parent(self) -> EvidenceItem:
        """The item that was delivered."""
        return self.delivery.item

    def refuse_more(self, size: int) -> None:
        """Raise the problem that says why nothing more is taken."""
        try:
            refuse_more(self.delivery, size)
        except TakenUpError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        except TooMuchError as error:
            raise Throttled(wait=_WAIT, detail=str(error)) from error

    def refuse_late(self) -> None:
        """Raise the problem that says that the delivery is taken up."""
        try:
            refuse_late(self.delivery)
        except TakenUpError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error


class DeliveredFileViewSet(Created, WithinDelivery):
    """Files of a delivery, each in one request; larger ones come in pieces."""

    queryset = Exhibit.objects.select_related("blob", "item", "intake")
    serializer_class = FileReceiptSerializer
    requests: ClassVar = {"create": NewFileSerializer}
    parser_classes = (MultiPartParser,)

    def create(self, request: Request, **_kwargs: str) -> HttpResponseBase:
        """Attach a file, once per Idempotency-Key; the receipt has its SHA-256."""
        _refuse_longer(request, MOST_AT_ONCE)
        return once(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        data = self.taken(request, NewFileSerializer)
        self.refuse_more(data["file"].size)
        with not_kept_told():
            exhibit = attach_exhibit(
                self.parent,
                data["file"],
                data["file"].name,
                role=data["role"],
                sha256=data["sha256"],
                **self.attribution(),
            )
        return self.answer(exhibit, status.HTTP_201_CREATED)


class DeliveredUploadViewSet(InPieces, WithinDelivery):
    """Files of a delivery that arrive in pieces, resumable after any cut (tus 1.0).

    What is whole is attached at once. One to which nothing was added for a week is forgotten.
    """

    verbs: ClassVar = VERBS
    queryset = Upload.objects.select_related("begun_by", "item__owner_team")
    serializer_class = PortalUploadSerializer
    requests: ClassVar = {"create": NewPortalUploadSerializer}
    lookup_field = "key"
    lookup_value_converter = "uuid"


def _body_of(request: Request, most: int) -> bytes:
    """The body as it was sent. Raises ProblemError where it is too large."""
    _refuse_longer(request, most)
    # Asked for before the parser reads it, which leaves nothing behind.
    return bytes(request._request.body)


def _refuse_longer(request: Request, most: int) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        detail = f"This address takes {most:,} bytes at most: send what is larger as a file, in "
        raise ProblemError(Problem(413, "payload-too-large", f"{detail}pieces if need be."))
