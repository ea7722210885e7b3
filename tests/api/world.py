"""A small world to ask the API about: two teams, one case with one of everything.

``addresses`` gives for every path template of the API the values that name something of this
world, so that tests can walk all endpoints. A new endpoint with a new parameter fails them until
it is taught here.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models.functions import Now
from rest_framework.test import APIClient

from access.actions import create_team
from access.models import ApiToken, Marking, Team, User
from access.words import Role
from casemgr.actions.cases import open_package, rest_on
from casemgr.actions.comments import write_comment
from casemgr.actions.findings import Wording, write_finding
from casemgr.actions.saved_views import save_view
from casemgr.actions.tasks import NewTask, make_task
from casemgr.actions.treatment import (
    add_comparator,
    add_milestone,
    answer_consideration,
    meet_prerequisite,
    note_record_defect,
    state_prior_position,
)
from casemgr.apa.assess import assess
from casemgr.assemble import record_of
from casemgr.models import (
    Assessment,
    Case,
    DefectKind,
    Finding,
    Package,
    Task,
    TrackedFlag,
)
from casemgr.pins import current_pin
from casemgr.reassess.assess import rendered
from casemgr.reassess.checklist import checklist_of, flags_in
from casemgr.reassess.flags import track_flags
from casemgr.reassess.portfolio import start_portfolio_run
from casemgr.reassess.snapshots import keep_snapshot
from casemgr.words import AnswerState, MilestoneKind, Severity, StepState
from designations.actions import state_ownership, verify_text
from designations.days import PartialDate
from designations.models import AuthorityVersion, Designee, OwnershipStake
from evidence.actions import (
    StatedClaim,
    add_source,
    attach_exhibit,
    begin_upload,
    derive,
    describe_source,
    grade_source,
    log_evidence,
    share,
    state_claims,
)
from evidence.actions.datasets import keep_figure
from evidence.actions.deliveries import deliver
from evidence.actions.inputs import inputs_of
from evidence.actions.portals import open_portal
from evidence.actions.recorded import recorded
from evidence.figures.compute import Computed
from evidence.models import (
    Dataset,
    Delivery,
    Derivation,
    EvidenceItem,
    Exhibit,
    Figure,
    Intake,
    IntakeState,
    Job,
    Source,
    SourceDescriptor,
    Upload,
)
from evidence.recompute import start_figures
from evidence.words import DerivationKind, Reliability
from tests.access.factories import UserFactory, client_of, client_with, member
from tests.casemgr.factories import LIST, DesigneeFactory, a_case, against, element_of, law, linked
from tests.evidence.portals import key_of

BY: dict[str, Any] = {"actor": "system:test", "reason": "a test"}
CUI = "CUI"


@dataclass
class World:
    """What there is, and who asks."""

    team: Team
    elsewhere: Team
    analyst: User
    counsel: User
    second_counsel: User
    manager: User
    auditor: User
    administrator: User
    strangers: dict[Role, User]
    version: AuthorityVersion
    case: Case
    item: EvidenceItem
    source: Source
    descriptor: SourceDescriptor
    designee: Designee
    package: Package
    finding: Finding
    flag: TrackedFlag
    exhibit: Exhibit
    stake: OwnershipStake
    derivation: Derivation
    task: Task
    run: Job
    dataset: Dataset
    figure: Figure
    upload: Upload
    delivery: Delivery
    portal_upload: Upload
    ids: dict[str, int] = field(default_factory=dict)
    depositors: dict[str, User] = field(default_factory=dict)
    """The accounts of a portal of the team and of one of the other team."""
    views: dict[int, str] = field(default_factory=dict)
    """Key of one saved view of each person."""

    def people(self) -> dict[str, User | None]:
        """Everyone who may ask, by what they are."""
        return {
            "anonymous": None,
            "analyst": self.analyst,
            "counsel": self.counsel,
            "manager": self.manager,
            "auditor": self.auditor,
            "administrator": self.administrator,
            **{f"{role} elsewhere": user for role, user in self.strangers.items()},
            **self.depositors,
        }

    def addresses(self, user: User | None = None) -> dict[str, dict[str, Any]]:
        """Path parameters by the beginning of the template that needs them, longest first."""
        token = ApiToken.objects.filter(user=user).first() if user is not None else None
        found: dict[str, dict[str, Any]] = {
            "/api/v1/authorities/{slug}": {"slug": self.version.authority.slug},
            "/api/v1/versions/{name}": {"name": self.version.name},
            "/api/v1/designees/{key}": {"key": self.designee.key},
            "/api/v1/ownership/{id}": {"id": self.stake.pk},
            "/api/v1/sources/{key}": {"key": self.source.key},
            "/api/v1/sources/{source_key}": {"source_key": self.source.key},
            "/api/v1/sources/{source_key}/descriptors/{id}": {
                "source_key": self.source.key,
                "id": self.descriptor.pk,
            },
            "/api/v1/evidence/{key}": {"key": self.item.key},
            "/api/v1/evidence/{item_key}": {"item_key": self.item.key},
            "/api/v1/evidence/{item_key}/exhibits/{id}": {
                "item_key": self.item.key,
                "id": self.exhibit.pk,
            },
            "/api/v1/evidence/{item_key}/uploads/{key}": {
                "item_key": self.item.key,
                "key": str(self.upload.key),
            },
            "/api/v1/evidence/{item_key}/derivations/{id}": {
                "item_key": self.item.key,
                "id": self.derivation.pk,
            },
            "/api/v1/evidence/{item_key}/datasets/{id}": {
                "item_key": self.item.key,
                "id": self.dataset.pk,
            },
            "/api/v1/evidence/{item_key}/figures/{id}": {
                "item_key": self.item.key,
                "id": self.figure.pk,
            },
            "/api/v1/portal/deliveries/{delivery}": {"delivery": self.delivery.item.key},
            "/api/v1/portal/deliveries/{delivery}/uploads/{key}": {
                "delivery": self.delivery.item.key,
                "key": str(self.portal_upload.key),
            },
            "/api/v1/packages/{key}": {"key": self.package.key},
            "/api/v1/portfolio-runs/{key}": {"key": self.run.key},
            "/api/v1/cases/{key}": {"key": self.case.key},
            "/api/v1/cases/{case_key}": {"case_key": self.case.key},
            "/api/v1/cases/{case_key}/elements/{code}": {"case_key": self.case.key, "code": "L-1"},
            "/api/v1/cases/{case_key}/findings/{element}": {
                "case_key": self.case.key,
                "element": "L-1",
            },
            "/api/v1/cases/{case_key}/flags/{fingerprint}": {
                "case_key": self.case.key,
                "fingerprint": self.flag.fingerprint,
            },
            "/api/v1/cases/{case_key}/assessments/{seq}": {"case_key": self.case.key, "seq": 1},
            "/api/v1/tokens/{key}": {"key": token.key if token else "T-none"},
            "/api/v1/teams/{key}": {"key": self.team.key},
            "/api/v1/saved-views/{key}": {
                "key": self.views.get(user.pk, "V-none") if user else "V-none"
            },
            "/api/v1/cases/{case_key}/tasks/{key}": {
                "case_key": self.case.key,
                "key": self.task.key,
            },
            "/api/v1/designees/{designee}/comparison": {"designee": self.case.designee.key},
            "/api/v1/markings/{code}": {"code": CUI},
        }
        for words, number in self.ids.items():
            found[f"/api/v1/cases/{{case_key}}/{words}/{{id}}"] = {
                "case_key": self.case.key,
                "id": number,
            }
        return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))

    def url(self, template: str, user: User | None = None) -> str:
        """The address with names of this world; raises LookupError for an unknown template."""
        if "{" not in template:
            return template
        for start, values in self.addresses(user).items():
            filled = template
            if template.startswith(start):
                for name, value in values.items():
                    filled = filled.replace(f"{{{name}}}", str(value))
                if "{" not in filled:
                    return filled
        raise LookupError(f"teach tests/api/world.py what stands in {template}")


def build() -> World:
    """The world, in the present transaction."""
    Marking.objects.get_or_create(code=CUI, defaults={"title": "Controlled"})
    team, elsewhere = create_team("Desk one", **BY), create_team("Desk two", **BY)
    analyst = member(team, Role.ANALYST, cleared_markings=[CUI], username="ana")
    counsel = member(team, Role.COUNSEL, cleared_markings=[CUI], username="cora")
    version = law()
    law(replace(LIST, slug="another-list"))
    designee = DesigneeFactory(name="Quiet Harbor Computing")
    case = a_case(team, version=version, designee=designee, actor=analyst, title="The first")
    source = add_source(name="A registry", owner_team=team, **BY)
    item = log_evidence(
        team,
        actor=analyst,
        reason="a test",
        kind="corporate-registry",
        source=source,
        summary="What the registry says",
        markings=[CUI],
        dated=PartialDate.parse("2026-02"),
    )
    grade_source(item, item.revision, reliability=Reliability.B, credibility=2, **BY)
    state_claims(item, [StatedClaim(metric="shares")], **BY)
    share(item, elsewhere, **BY)
    world = World(
        team=team,
        elsewhere=elsewhere,
        analyst=analyst,
        counsel=counsel,
        second_counsel=member(team, Role.COUNSEL, cleared_markings=[CUI], username="colin"),
        manager=member(team, Role.MANAGER, cleared_markings=[CUI], username="mona"),
        auditor=UserFactory(auditor=True, cleared_markings=[CUI], username="audrey"),
        administrator=UserFactory(administrator=True, cleared_markings=[CUI], username="adam"),
        strangers={
            role: member(elsewhere, role, cleared_markings=[], username=f"{role}-elsewhere")
            for role in Role
        },
        version=version,
        case=case,
        item=item,
        source=source,
        descriptor=describe_source(source, None, expertise="ten years of it", **BY),
        designee=designee,
        package=open_package("A rule", team, actor=counsel, reason="a test"),
        finding=None,  # type: ignore[arg-type] - filled below, like what follows
        flag=None,  # type: ignore[arg-type]
        task=None,  # type: ignore[arg-type]
        exhibit=attach_exhibit(item, BytesIO(b"a file"), "registry.txt", **BY),
        stake=state_ownership(DesigneeFactory(), designee, 10, 60, **BY),
        derivation=derive(item, DerivationKind.RELAYS, parent_source=source, **BY),
        run=None,  # type: ignore[arg-type]
        dataset=None,  # type: ignore[arg-type]
        figure=None,  # type: ignore[arg-type]
        delivery=None,  # type: ignore[arg-type]
        portal_upload=None,  # type: ignore[arg-type]
        upload=begin_upload(item, "large.bin", 4, actor=analyst, reason="a test"),
    )
    _delivered(world)
    verify_text(version, "version", "", "verified", source="the register", **BY)
    world.dataset, world.figure = _computed(item, analyst)
    _work_on(world, case, item)
    return world


def _delivered(world: World) -> None:
    """Two portals, and what came in through the one of the team."""
    for name, team in (("depositor", world.team), ("depositor elsewhere", world.elsewhere)):
        source = add_source(name=f"A provider of {team}", owner_team=team, **BY)
        portal = open_portal("A provider", team, source, **BY)
        world.depositors[name] = portal.account
        if team == world.team:
            token, _ = key_of(portal.account)
            world.delivery = deliver(
                portal, token, b"{}", kind="other", title="Delivered", summary="What it says."
            )
            world.portal_upload = begin_upload(
                world.delivery.item, "log.csv", 9, actor=portal.account, reason="a test"
            )


def _computed(item: EvidenceItem, analyst: User) -> tuple[Dataset, Figure]:
    """A dataset, one of its figures, and the job that will compute the others.

    They are what workers would have left: every test of the API builds a world, and inspecting
    its files and counting a row took most of the time.
    """
    rows = attach_exhibit(item, BytesIO(b"account_id\nA-1\n"), "rows.csv", **BY)
    Intake.objects.update(state=IntakeState.WHOLE, kind="text", ended_at=Now())
    with recorded(**BY):
        dataset = Dataset.objects.create(item=item, exhibit=rows, table="accounts", format="csv")
    start_figures(item, actor=analyst, reason="a test")
    computed = Computed(
        figure="accounts",
        parameters={},
        sql="SELECT count(*) AS accounts FROM accounts",
        engine="duckdb",
        columns=("accounts",),
        rows=((1,),),
    )
    figure, _ = keep_figure(item, computed, inputs_of([dataset], ["accounts"]), actor="system:test")
    return dataset, figure


def _work_on(world: World, case: Case, item: EvidenceItem) -> None:
    by: dict[str, Any] = {"actor": world.counsel, "reason": "a test"}
    pin = current_pin(case, None)
    linked(case, "L-1", item)
    wording = Wording(text="It is so.", cites=(item.key,))
    world.finding = write_finding(element_of(case, "L-1"), wording, **by)
    other = a_case(case.team, version=world.version, actor=world.analyst, title="The ground")
    consideration = world.version.considerations.get()
    prerequisite = world.version.prerequisites.get(code="P-1")
    rows = {
        "links": against(case, "L-2"),
        "dependencies": rest_on(case, other, **by),
        "milestones": add_milestone(case, MilestoneKind.VOTE, PartialDate(2026, 1, 5), **by),
        "considerations": answer_consideration(
            pin, consideration, AnswerState.ANSWERED, "It was weighed.", **by
        ),
        "prerequisites": meet_prerequisite(pin, prerequisite, StepState.PENDING, **by),
        "comparators": add_comparator(case, "Another matter", **by),
        "prior-positions": state_prior_position(case, "It said otherwise", **by),
        "record-defects": note_record_defect(case, DefectKind.CITED_BUT_ABSENT, "A letter", **by),
    }
    world.ids = {words: row.pk for words, row in rows.items()}
    assessed(case)
    world.flag = TrackedFlag.objects.filter(case=case).order_by("pk")[0]
    world.run = start_portfolio_run(case.team, actor=world.manager, reason="the engine changed")
    _talk_about(world, case)


def _talk_about(world: World, case: Case) -> None:
    by: dict[str, Any] = {"actor": world.counsel, "reason": "a test"}
    flag = world.flag
    new = NewTask(
        title="Find a second origin",
        element=element_of(case, flag.element_code) if flag.element_code else None,
        assignee=world.analyst,
        doctrine=flag.doctrine,
        cure="a second origin",
    )
    world.task = make_task(case, new, **by)
    said = write_comment(case, "Please look, @mona and @ana.", task=world.task, **by)
    world.ids["comments"] = said.pk
    for person in world.people().values():
        if person is not None and not person.is_depositor:
            view = save_view("tasks", "Mine", "state=open", actor=person, reason="a test")
            world.views[person.pk] = view.key


def assessed(case: Case) -> Assessment:
    """The case with an assessment, made inside the transaction of a test.

    ``assess_case`` begins a transaction of its own; tests of it run outside of one.
    """
    case = Case.objects.select_related("designee").get(pk=case.pk)
    record = record_of(case)
    report = assess(record)
    track_flags(case, report)
    body, output = rendered(checklist_of(case, record, report))
    now = [flag for flag in flags_in(report) if not flag.pending]
    return Assessment.objects.create(
        case=case,
        seq=case.assessments.count() + 1,
        input_digest=report.input_digest,
        output_digest=output,
        snapshot=keep_snapshot(record),
        engine_version=report.engine_version,
        as_of=record.as_of or date(2026, 1, 1),
        grade=report.grade,
        posture=report.posture,
        fatal_flags=sum(flag.severity is Severity.FATAL for flag in now),
        serious_flags=sum(flag.severity is Severity.SERIOUS for flag in now),
        checklist=body,
    )


def clients(world: World) -> dict[str, Any]:
    """A client for everyone, anonymous among them, by what they are."""
    return {
        name: APIClient()
        if user is None
        else client_with(key_of(user)[1])
        if user.is_depositor
        else client_of(user)
        for name, user in world.people().items()
    }
