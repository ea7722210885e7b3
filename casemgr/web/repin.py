"""What another version of the law would change for a case, before it is pinned."""

from dataclasses import dataclass

from django.db.models import QuerySet

from casemgr.models import Case, Pin
from casemgr.signoff import counting_findings
from casemgr.web.differences import Stretch, differences
from designations.models import AuthorityVersion, Element, Origin


@dataclass(frozen=True, slots=True)
class Changed:
    """One element beside its namesake in the other version."""

    code: str
    title: str
    what: str  # same, changed, added or removed
    text: str
    stretches: tuple[Stretch, ...]
    beyond_words: bool  # kind, join or the time it speaks of differ
    has_finding: bool

    @property
    def carried(self) -> bool:
        """Whether links and finding go along by themselves."""
        return self.what == "same"


def newer_versions(pin: Pin) -> QuerySet[AuthorityVersion]:
    """Versions of the pinned authority in the library that begin after the pinned one."""
    rows = AuthorityVersion.objects.filter(
        authority__slug=pin.version.authority.slug,
        authority__origin=Origin.LIBRARY,
        in_force_from__isnull=False,
    ).exclude(pk=pin.version_id)
    if pin.version.in_force_from is not None:
        rows = rows.filter(in_force_from__gt=pin.version.in_force_from)
    return rows.select_related("authority").order_by("in_force_from", "label")


def last_pin(case: Case) -> Pin | None:
    """The pin that a new one would end: the latest made, though it may not hold yet."""
    return case.pins.select_related("version__authority").order_by("pk").last()


def changes_between(pin: Pin, version: AuthorityVersion) -> list[Changed]:
    """Every element of either version, in the order of the newer one, removed ones last."""
    of_case = {row.element.code: row for row in pin.elements.select_related("element")}
    findings = counting_findings(pin.case)
    after = list(version.elements.order_by("position", "pk"))
    found = {code for code, row in of_case.items() if row.pk in findings}
    codes = {element.code for element in after}
    removed = [row.element for code, row in of_case.items() if code not in codes]
    return [
        _beside(of_case[each.code].element if each.code in of_case else None, each, found)
        for each in after
    ] + [
        Changed(each.code, each.title, "removed", each.text, (), False, each.code in found)
        for each in sorted(removed, key=lambda each: each.position)
    ]


def _beside(before: Element | None, after: Element, found: set[str]) -> Changed:
    has_finding = after.code in found
    if before is None:
        return Changed(after.code, after.title, "added", after.text, (), False, False)
    # The same comparison by which pinning carries an element over.
    same = before.text_digest == after.text_digest
    words = before.text != after.text
    stretches = tuple(differences(before.text, after.text)) if words else ()
    what = "same" if same else "changed"
    beyond = not same and not words
    return Changed(after.code, after.title, what, after.text, stretches, beyond, has_finding)
