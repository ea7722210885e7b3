"""A set of made-up cases into the database: all of it or nothing."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import connection

from access.models import Membership, Team, User
from casemgr.actions.recorded import recorded
from casemgr.models import (
    Case,
    CaseElement,
    Comment,
    ConsiderationAnswer,
    Finding,
    FindingRevision,
    Link,
    Mention,
    Milestone,
    Pin,
    PrerequisiteMet,
    Task,
)
from casemgr.seeding.cases import CaseMaker
from casemgr.seeding.copying import Rows
from casemgr.seeding.evidence import EvidenceMaker, make_sources
from casemgr.seeding.law import read_law
from casemgr.seeding.plan import COMPANION_EVERY, Plan
from casemgr.seeding.talk import TalkMaker
from designations.actions import freeze_version
from designations.models import Designee
from evidence.models import (
    ChipDiversionReport,
    Claim,
    CustodyEvent,
    Derivation,
    EvidenceItem,
    FraudulentAccountReport,
    Grading,
    Source,
)

BATCH = 50 * COMPANION_EVERY
"""Cases whose rows are held in memory at once."""

# What a row names is written before it.
_ORDER = (
    Source,
    Designee,
    EvidenceItem,
    FraudulentAccountReport,
    ChipDiversionReport,
    Claim,
    Grading,
    CustodyEvent,
    Derivation,
    Case,
    Milestone,
    Pin,
    CaseElement,
    Link,
    Finding,
    FindingRevision,
    ConsiderationAnswer,
    PrerequisiteMet,
    Task,
    Comment,
    Mention,
)


class AlreadySeededError(Exception):
    """This set is there already; nothing was added."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was written, by table, and how long it took, in seconds."""

    rows: Mapping[str, int]
    seconds: float


Told = Callable[[int, int], None]
"""Called with the number of cases and of links written so far."""


def seed_cases(
    plan: Plan, team: Team, actor: User, tell: Told = lambda cases, links: None
) -> Seeded:
    """Write the planned cases for ``team`` in one transaction, as ``actor``.

    The change trigger records every row with actor and reason. Raises AlreadySeededError when
    the set is there, and NoLawError when the library is not loaded.
    """
    started = time.monotonic()
    rows = Rows()
    with recorded(actor, f"seed made-up cases, set {plan.seed}"):
        if there := Case.objects.filter(key__startswith=plan.prefix).count():
            raise AlreadySeededError(
                f"{there} made-up cases of set {plan.seed} are there already; nothing was added. "
                "For more, name another set by --seed."
            )
        # Checked at each statement: checks put off to the end would pile up in memory.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        law = read_law(plan.day)
        for each in law:
            freeze_version(each.version)
        evidence = EvidenceMaker(plan, team, actor, make_sources(plan, team, rows), rows)
        people = _people(team, actor)
        talk = TalkMaker(plan, people, rows)
        maker = CaseMaker(plan, team, people, law, evidence, talk, rows)
        links = 0
        for done, sized in enumerate(plan.sized(), start=1):
            maker.make(sized)
            links += sized.links
            if done % BATCH == 0 or done == plan.cases:
                rows.write(_ORDER)
                talk.tell()
                tell(done, links)
        # As after any load in bulk. Planning by what it counted when these tables were empty, the
        # database would join every row to every row.
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(rows.written)}")
    return Seeded(dict(rows.written), time.monotonic() - started)


def _people(team: Team, actor: User) -> list[User]:
    """Those among whom the work is spread: the members of the team, or the actor alone."""
    members = (
        Membership.objects.filter(team=team, user__is_active=True)
        .select_related("user")
        .order_by("user__username", "role")
    )
    return list({row.user_id: row.user for row in members}.values()) or [actor]
