"""What the page tests share: an assessed case, readers, and pages taken apart."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from django.test import Client

from access.models import Team, User
from access.words import Role
from casemgr.actions.import_docket import store_docket
from casemgr.apa.assess import assess
from casemgr.assemble import record_of
from casemgr.clock import decision_day
from casemgr.docket import read_docket
from casemgr.models import Assessment, Case
from casemgr.reassess.assess import rendered
from casemgr.reassess.checklist import checklist_of
from casemgr.reassess.flags import track_flags
from casemgr.reassess.snapshots import keep_snapshot
from designations.days import PartialDate, Period
from designations.library.model import (
    Authority,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    VersionStatus,
)
from designations.words import ElementKind, Join, Settledness, Threshold, VersionState
from tests.access.factories import member

DOCKET = Path(__file__).parent / "docket.yaml"
VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "wbr"})


def stored_case(team: Team) -> Case:
    """The case of docket.yaml in ``team``, never assessed."""
    counsel = member(team, Role.COUNSEL)
    store_docket(read_docket(DOCKET), team, counsel)
    return Case.objects.get(key="WEB-1")


def assessed(case: Case) -> Case:
    """The case with an assessment, stored as the worker stores it."""
    record = record_of(case)
    report = assess(record)
    track_flags(case, report)
    body, output = rendered(checklist_of(case, record, report))
    flags = [flag for element in report.elements for flag in element.flags]
    Assessment.objects.create(
        case=case,
        seq=Assessment.objects.filter(case=case).count() + 1,
        input_digest=report.input_digest,
        output_digest=output,
        snapshot=keep_snapshot(record),
        engine_version=report.engine_version,
        as_of=record.as_of,
        grade=report.grade,
        posture=report.posture,
        serious_flags=sum(flag.severity == "serious" and not flag.pending for flag in flags),
        checklist=body,
    )
    return case


def more_cases(case: Case, count: int) -> None:
    """Other cases of the same team, assessed like ``case``."""
    newest = Assessment.objects.filter(case=case).latest("seq")
    for number in range(count):
        copy = Case.objects.create(
            key=f"{case.key}-{number:03d}",
            title=f"Copy {number}",
            designee=case.designee,
            team=case.team,
            opened_on=decision_day(),
        )
        newest.pk, newest.case, newest._state.adding = None, copy, True
        newest.seq = 1
        newest.save(force_insert=True)


def reading(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def law() -> Authority:
    """A library authority with a text of each kind, some of them verified."""

    def day(text: str) -> PartialDate:
        return PartialDate.parse(text)

    return Authority(
        slug="shelf-list",
        version="2021",
        title="A shelf list",
        in_force=Period(day("2021-01-01"), None),
        threshold=Threshold.REASONABLE_CAUSE,
        citation="1 Shelf Code § 1",
        agency="An office",
        elements=(
            Element(code="S-0", join=Join.ALL, title="The whole"),
            Element(
                code="S-1",
                parent="S-0",
                kind=ElementKind.STATUS,
                title="Affiliation",
                text="is affiliated with",
                citation="1 Shelf Code § 1(a)",
                settledness=Settledness.CONTESTED,
                undefined_terms=("affiliated with",),
                quoted=True,
                verified=True,
                source="the code as published",
            ),
            Element(
                code="S-2",
                parent="S-0",
                kind=ElementKind.FACT,
                text="was seen <script>alert(1)</script>",
                citation="1 Shelf Code § 1(b)",
            ),
        ),
        considerations=(Consideration(code="C-1", text="Reliance.", element="S-1", main=True),),
        prerequisites=(Prerequisite(code="P-1", text="A vote."),),
        consequences=(Consequence(code="Q-1", text="No loans.", menu=True, letter="F"),),
        provisions=(Provision(code="D-1", kind="definition", text="person means"),),
        minimum_consequences=1,
        statuses=(
            VersionStatus(
                state=VersionState.STAYED,
                period=Period(day("2021-01-01"), day("2099-11-09")),
                source="a notice",
            ),
        ),
        notes=("a note",),
    )


@dataclass
class Page(HTMLParser):
    """A page taken apart: its text, its tags with attributes, its headings in order."""

    html: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.unclosed.append(tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed and self.unclosed[-1] == tag, f"</{tag}> closes {self.unclosed[-1:]}"
        self.unclosed.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """What a reader reads, spaces collapsed."""
        return " ".join(" ".join(self.words).split())


def page(client: Client, address: str, status: int = 200) -> Page:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:300]
    return Page(answer.content.decode())
