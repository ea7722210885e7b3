"""Opening a case, keeping its facts, and relating it to others."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from access.models import Team, User
from access.revision import revise
from casemgr.actions.pins import add_pin
from casemgr.actions.recorded import recorded
from casemgr.clock import decision_day
from casemgr.models import (
    Case,
    CaseDependency,
    CaseElement,
    Package,
    Stage,
)
from casemgr.words import CaseKind
from designations.models import AuthorityVersion, Designee
from evidence.actions import check_markings
from evidence.lineage import lock_lineage, with_origins
from evidence.models import EvidenceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case needs to be opened; ``key`` empty: one is assigned."""

    version: AuthorityVersion
    team: Team
    designee: Designee | None = None
    kind: CaseKind = CaseKind.LISTING
    key: str = ""
    title: str = ""
    lead: User | None = None
    package: Package | None = None
    asserts: tuple[str, ...] | None = None
    target_decision_on: date | None = None
    target_publication_on: date | None = None


def open_case(new: NewCase, *, actor: User, reason: str) -> Case:
    """Open a case under one version of the law, with every element of it to be worked down.

    Raises ValidationError naming the field that cannot be.
    """
    _known_codes(new.version, new.asserts)
    if new.lead and new.team.key not in new.lead.team_keys():
        raise ValidationError({"lead": f"{new.lead} is not in {new.team}: choose a member."})
    with recorded(actor, reason):
        case = Case(
            kind=new.kind.value,
            title=new.title,
            designee=new.designee,
            team=new.team,
            stage=Stage.DRAFT,
            package=new.package,
            asserts=None if new.asserts is None else list(new.asserts),
            opened_on=decision_day(),
            lead=new.lead,
            target_decision_on=new.target_decision_on,
            target_publication_on=new.target_publication_on,
            **({"key": new.key} if new.key else {}),
        )
        case.full_clean()
        case.save(force_insert=True)
        add_pin(case, new.version)
    return case


_EDITABLE = frozenset(
    {
        "title",
        "lead",
        "package",
        "asserts",
        "target_decision_on",
        "target_publication_on",
        "as_of_stated",
        "markings",
    }
)


def amend_case(case: Case, expected: int, *, actor: User, reason: str, **changes: Any) -> Case:
    """Change facts of the case that are not acts of their own.

    ``expected`` is the revision the author saw. Raises StaleRevisionError when it has moved,
    ValidationError for a value that cannot be, and TypeError for a fact that is changed by its
    own action (stage, pins, decision). A lead is of the case's team. Markings exist, the actor is
    cleared for them, and they are no fewer than those of what is linked.
    """
    if unknown := sorted(set(changes) - _EDITABLE):
        raise TypeError(f"{', '.join(unknown)} cannot be amended: there is an action for that.")
    with recorded(actor, reason):
        case = Case.objects.select_for_update().get(pk=case.pk)
        if (lead := changes.get("lead")) and case.team.key not in lead.team_keys():
            raise ValidationError({"lead": f"{lead} is not in {case.team}: choose a member."})
        if "markings" in changes:
            check_markings(changes["markings"], actor)
            _covers_links(case, changes["markings"])
        if changes.get("asserts") is not None:
            for pin in case.pins.select_related("version"):
                _known_codes(pin.version, changes["asserts"])
        for name, value in changes.items():
            setattr(case, name, value)
        case.full_clean()
        columns = {
            column: getattr(case, column)
            for name in changes
            for column in (("as_of", "as_of_precision") if name == "as_of_stated" else (name,))
        }
        revise(case, expected, **columns)
    return case


def assign_element(
    element: CaseElement,
    assignee: User | None,
    *,
    actor: User,
    reason: str,
    due_on: date | None = None,
) -> CaseElement:
    """Give the work on one element to someone of the case's team, or to no one."""
    if assignee and element.case.team.key not in assignee.team_keys():
        raise ValidationError(
            {"assignee": f"{assignee} is not in {element.case.team}: choose a member."}
        )
    with recorded(actor, reason):
        element.assignee = assignee
        element.due_on = due_on
        element.save(update_fields=["assignee", "due_on"])
    return element


def state_no_evidence(
    element: CaseElement, nothing_there: bool, *, actor: User, reason: str
) -> CaseElement:
    """State that nothing was there for this element, or take that back."""
    with recorded(actor, reason):
        element.no_evidence = nothing_there
        element.save(update_fields=["no_evidence"])
    return element


def rest_on(
    case: Case, on_case: Case, on_element: CaseElement | None = None, *, actor: User, reason: str
) -> CaseDependency:
    """The case rests on another, or on one element of it. Raises ValidationError on a circle."""
    with recorded(actor, reason):
        # Two additions at once could close a circle that neither sees.
        Case.objects.select_for_update().filter(pk__in=(case.pk, on_case.pk)).count()
        if case.pk == on_case.pk or case.pk in _rests_on(on_case):
            raise ValidationError(
                {"on_case": f"{on_case.key} already rests on {case.key}: that would be a circle."}
            )
        dependency = CaseDependency(case=case, on_case=on_case, on_element=on_element)
        dependency.full_clean()
        dependency.save()
    return dependency


def no_longer_rests_on(dependency: CaseDependency, *, actor: User, reason: str) -> None:
    """Take back a dependency."""
    with recorded(actor, reason):
        dependency.delete()


def open_package(title: str, team: Team, *, actor: User, reason: str, key: str = "") -> Package:
    """One agency action to which cases are then added (``amend_case(package=…)``)."""
    with recorded(actor, reason):
        package = Package(title=title, team=team, **({"key": key} if key else {}))
        package.full_clean()
        package.save(force_insert=True)
    return package


def raise_markings(case: Case, markings: list[str]) -> None:
    """Add markings to the case, as part of the caller's transaction."""
    missing = set(markings) - set(case.markings)
    if not missing:
        return
    locked = Case.objects.select_for_update().get(pk=case.pk)
    revise(locked, locked.revision, markings=sorted({*locked.markings, *markings}))
    case.markings, case.revision = locked.markings, locked.revision


def _known_codes(version: AuthorityVersion, codes: tuple[str, ...] | list[str] | None) -> None:
    if codes is None:
        return
    known = set(version.elements.values_list("code", flat=True))
    if unknown := [code for code in codes if code not in known]:
        raise ValidationError(
            {"asserts": f"{version} has no element {', '.join(unknown)}: use its own codes."}
        )


def _covers_links(case: Case, markings: list[str]) -> None:
    # The chains stay as they are until the case has its markings.
    lock_lineage()
    linked = EvidenceItem.objects.filter(links__case_element__case=case).values_list(
        "pk", flat=True
    )
    lineage = EvidenceItem.objects.filter(pk__in=with_origins(linked))
    needed = {code for marked in lineage.values_list("markings", flat=True) for code in marked}
    if missing := sorted(needed - set(markings)):
        raise ValidationError(
            {
                "markings": "Linked evidence, or what it comes from, carries "
                f"{', '.join(missing)}: the case must too."
            }
        )


def _rests_on(case: Case) -> set[int]:
    """Everything the case rests on, however far down."""
    reached: set[int] = set()
    pending = {case.pk}
    while pending:
        found = CaseDependency.objects.filter(case__in=pending).values_list("on_case", flat=True)
        reached |= pending
        pending = set(found) - reached
    return reached
