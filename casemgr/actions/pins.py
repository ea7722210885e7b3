"""Pinning a case to a version of the law, and carrying over what still counts there."""

from datetime import date

from django.core.exceptions import ValidationError

from access.models import User
from casemgr.actions.recorded import recorded
from casemgr.models import Case, CaseElement, Pin
from designations.actions import freeze_version
from designations.days import PartialDate
from designations.models import AuthorityVersion
from designations.models.stated_dates import to_columns


def pin_version(
    case: Case, version: AuthorityVersion, from_day: date, *, actor: User, reason: str
) -> Pin:
    """From ``from_day`` the case is judged under ``version``.

    The pin before it ends on that day. Elements that read the same there carry their links and
    finding; ``proposed_carries`` names the rest, for someone to decide. Raises ValidationError
    where a later pin already exists or the day does not follow the pin before.
    """
    with recorded(actor, reason):
        case = Case.objects.select_for_update().get(pk=case.pk)
        last = case.pins.order_by("pk").last()
        if last is not None:
            if last.ended_on is not None or (last.entered_on and last.entered_on >= from_day):
                raise ValidationError(
                    {"from": f"The present pin holds from {last.entered_on}: choose a later day."}
                )
            last.ended_from = PartialDate.of(from_day)
            last.save(update_fields=["ended_on", "ended_on_precision"])
        pin = add_pin(case, version, PartialDate.of(from_day) if last else None)
        if last is not None:
            _carry_what_reads_the_same(last, pin)
    return pin


def add_pin(case: Case, version: AuthorityVersion, begins: PartialDate | None = None) -> Pin:
    """The pin and its case elements, in the caller's transaction; freezes the version's text."""
    freeze_version(version)
    pin = Pin.objects.create(case=case, version=version, **to_columns("entered_on", begins))
    elements = version.elements.order_by("position", "pk")
    CaseElement.objects.bulk_create(
        CaseElement(case=case, pin=pin, version=version, element=element) for element in elements
    )
    return pin


def carry_element(
    element: CaseElement, earlier: CaseElement, *, actor: User, reason: str
) -> CaseElement:
    """Let what hangs on an element of an earlier pin count on this one too.

    For elements whose words differ, when counsel finds that it comes to the same. Raises
    ValidationError unless ``earlier`` belongs to an earlier pin of the same case.
    """
    if earlier.case_id != element.case_id or earlier.pin_id >= element.pin_id:
        raise ValidationError({"earlier": "Name an element of an earlier pin of this case."})
    with recorded(actor, reason):
        element.carries = earlier
        element.save(update_fields=["carries"])
    return element


def proposed_carries(pin: Pin) -> list[tuple[CaseElement, CaseElement]]:
    """(element under ``pin``, earlier element) that speak of the same requirement in other words.

    The same code, or one that the version says it continues.
    """
    earlier = list(
        CaseElement.objects.filter(case=pin.case_id, pin__lt=pin.pk)
        .select_related("element", "version")
        .order_by("-pin", "pk")
    )
    proposals = []
    for element in pin.elements.filter(carries=None).select_related("element").order_by("pk"):
        for before in earlier:
            name = f"{before.version.label}/{before.element.code}"
            same_code = before.element.code == element.element.code
            if same_code or name in element.element.continues:
                proposals.append((element, before))
                break
    return proposals


def carry_by_code(earlier: Pin, later: Pin) -> None:
    """Carry every element of the same code, as a docket file means it: it names codes alone."""
    before = {row.element.code: row for row in earlier.elements.select_related("element")}
    rows = list(later.elements.select_related("element"))
    for row in rows:
        row.carries = before.get(row.element.code)
    CaseElement.objects.bulk_update(rows, ["carries"])


def _carry_what_reads_the_same(earlier: Pin, later: Pin) -> None:
    before = {
        (row.element.code, row.element.text_digest): row
        for row in earlier.elements.select_related("element")
    }
    rows = list(later.elements.select_related("element"))
    for row in rows:
        row.carries = before.get((row.element.code, row.element.text_digest))
    CaseElement.objects.bulk_update(rows, ["carries"])
