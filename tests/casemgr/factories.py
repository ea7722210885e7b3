"""Cases, law and evidence for tests, in the words of the domain."""

from typing import Any

import factory

from access.models import Team, User
from access.words import Role
from casemgr.actions.cases import NewCase, open_case
from casemgr.actions.links import Bearing, link_evidence
from casemgr.models import Case, CaseElement, Link
from casemgr.words import Attribution, Directness, Stance
from designations.actions import load_authority
from designations.library.model import Authority, Consideration, Element, Prerequisite
from designations.models import AuthorityVersion, Designee
from designations.words import ElementKind, Join, PrerequisiteKind, Settledness, Threshold
from evidence.models import EvidenceItem, Source
from evidence.words import Access, Hand, Integrity, Reliability, SourceRole
from tests.access.factories import TeamFactory, member

LIST = Authority(
    slug="small-list",
    version="2021",
    title="A small list",
    threshold=Threshold.REASONABLE_CAUSE,
    elements=(
        Element(code="L-0", join=Join.ALL),
        Element(
            code="L-1",
            parent="L-0",
            kind=ElementKind.FACT,
            text="is engaged in the conduct",
            settledness=Settledness.SETTLED,
        ),
        Element(
            code="L-2",
            parent="L-0",
            kind=ElementKind.STATUS,
            text="is controlled from abroad",
            settledness=Settledness.SETTLED,
        ),
    ),
    considerations=(Consideration(code="C-1", text="the other side of the matter"),),
    prerequisites=(
        Prerequisite(code="P-1", text="a vote", kind=PrerequisiteKind.VOTE),
        Prerequisite(code="P-2", text="publication", kind=PrerequisiteKind.PUBLICATION),
    ),
)


def law(authority: Authority = LIST, **kwargs: Any) -> AuthorityVersion:
    """The version of the law, loaded."""
    return load_authority(authority, **kwargs).version


class DesigneeFactory(factory.django.DjangoModelFactory):
    """An entity."""

    class Meta:
        model = Designee

    name = factory.Sequence(lambda n: f"Entity {n}")


class SourceFactory(factory.django.DjangoModelFactory):
    """A government office, each one a source of its own."""

    class Meta:
        model = Source

    class Params:
        interested = factory.Trait(role=SourceRole.AFFECTED_PARTY.value)

    name = factory.Sequence(lambda n: f"Office {n}")
    role = SourceRole.US_GOVERNMENT.value


class ItemFactory(factory.django.DjangoModelFactory):
    """A well-graded, first-hand, intact, public item."""

    class Meta:
        model = EvidenceItem

    source = factory.SubFactory(SourceFactory)
    owner_team = factory.SubFactory(TeamFactory)
    summary = factory.Sequence(lambda n: f"What item {n} says")
    hand = Hand.FIRST.value
    reliability = Reliability.A.value
    credibility = 1
    access = Access.PUBLIC.value
    integrity = Integrity.INTACT.value
    language = "en"


def people(team: Team) -> tuple[User, User, User]:
    """An analyst, a counsel and a manager of the team."""
    return member(team, Role.ANALYST), member(team, Role.COUNSEL), member(team, Role.MANAGER)


def a_case(team: Team | None = None, **facts: Any) -> Case:
    """A case under the small list, opened by an analyst of its team."""
    team = team or TeamFactory()
    opener = facts.pop("actor", None) or member(team, Role.ANALYST)
    facts.setdefault("version", None)
    version = facts.pop("version") or law()
    if "designee" not in facts:
        facts["designee"] = DesigneeFactory()
    return open_case(
        NewCase(version=version, team=team, **facts), actor=opener, reason="a referral came in"
    )


def element_of(case: Case, code: str) -> CaseElement:
    """The case's element of this code under its newest pin."""
    return (
        CaseElement.objects.select_related("case__team", "element")
        .filter(case=case, element__code=code)
        .order_by("-pk")[0]
    )


def linked(case: Case, code: str, item: EvidenceItem | None = None, **bearing: Any) -> Link:
    """An item linked to an element by an analyst of the case's team: direct, on the designee."""
    item = item or ItemFactory(owner_team=case.team)
    bearing.setdefault("directness", Directness.DIRECT)
    bearing.setdefault("attribution", Attribution.DESIGNEE)
    bearing.setdefault("why", "it shows the element")
    return link_evidence(
        element_of(case, code),
        item,
        Bearing(**bearing),
        actor=member(case.team, Role.ANALYST, cleared_markings=list(item.markings)),
        reason="it bears on this",
    )


def against(case: Case, code: str, item: EvidenceItem | None = None) -> Link:
    """An item that cuts the other way."""
    return linked(case, code, item, stance=Stance.CONTRADICTS)
