"""Cases, the packages that carry them, and what a case rests on."""

from functools import partial
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from access.keys import PublicKeyField, fresh_key, key_form
from access.models import Team, User
from access.models.checked import CheckedModel
from access.scope import in_teams_of
from casemgr.models.case_queries import CaseQuerySet
from casemgr.models.protection import append_only
from casemgr.words import CaseKind, Completeness, MilestoneKind
from designations.models import DatedRow, Designee, StatedDate
from designations.models.stated_dates import precision_check, precision_field

LIVE_KINDS = (CaseKind.LISTING, CaseKind.PROGRAM, CaseKind.DELISTING, CaseKind.REFERRAL)
"""Penalties, rules and status findings occur in precedents only."""


class Stage(models.TextChoices):
    """Where a case stands; casemgr.stages holds the transitions."""

    DRAFT = "draft", "draft"
    EVIDENCE_BUILDING = "evidence-building", "evidence building"
    LEGAL_REVIEW = "legal-review", "legal review"
    READY = "ready-for-decision", "ready for decision"
    DECIDED = "decided", "decided"
    DECLINED = "declined", "declined"
    CLOSED = "closed", "closed"
    DELISTING_REVIEW = "delisting-review", "delisting review"


OPEN_STAGES = (
    Stage.DRAFT,
    Stage.EVIDENCE_BUILDING,
    Stage.LEGAL_REVIEW,
    Stage.READY,
    Stage.DELISTING_REVIEW,
)


class PackageQuerySet(models.QuerySet["Package"]):
    """Named queries over packages."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Packages of the user's teams; of all teams, for an auditor."""
        return self.filter(in_teams_of(user))


class Package(CheckedModel):
    """One agency action over many cases, such as one rule that lists a hundred entities."""

    key = PublicKeyField(default=partial(fresh_key, "PKG"))
    title = models.TextField(blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="packages")

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        constraints = (key_form("The key of a package", "casemgr_package_key_form"),)

    def __str__(self) -> str:
        return str(self.title or self.key)


class DocketFile(CheckedModel):
    """What an imported docket file said of itself, and which objects stood in it, in its order.

    Kept so that its cases can be handed out again as the same file. Append-only.
    """

    title = models.TextField(blank=True)
    completeness = models.CharField(max_length=10, choices=Completeness.choices())
    sources_of_this_file = ArrayField(models.TextField(), default=list)
    authorities = ArrayField(models.TextField(), default=list)
    source_keys = ArrayField(models.TextField(), default=list)
    item_keys = ArrayField(models.TextField(), default=list)
    case_keys = ArrayField(models.TextField(), default=list)
    package_keys = ArrayField(models.TextField(), default=list)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="docket_files")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        triggers = (append_only(),)

    def __str__(self) -> str:
        return self.title or f"docket file {self.pk}"


class Case(CheckedModel):
    """One designee under one pinned authority version, or a program without a designee.

    Case facts are as in a docket file; ``asserts`` null means that all leaves are relied on.
    Assessments, flags and grades are never written here: they have rows of their own.
    """

    key = PublicKeyField(default=partial(fresh_key, "C"))
    kind = models.CharField(
        max_length=10,
        choices=[(kind.value, kind.value) for kind in LIVE_KINDS],
        default=CaseKind.LISTING.value,
    )
    title = models.TextField(blank=True)
    designee = models.ForeignKey(
        Designee, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    markings = ArrayField(
        models.CharField(max_length=40, db_collation="C"), default=list, blank=True
    )
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.DRAFT)
    package = models.ForeignKey(
        Package, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    completeness = models.CharField(
        max_length=10, choices=Completeness.choices(), default=Completeness.FULL.value
    )
    as_of = models.DateField(null=True, blank=True, help_text="Empty: read as of today.")
    as_of_precision = precision_field()
    decided = models.BooleanField(null=True, blank=True, help_text="Decided, no day known.")
    decided_on = models.DateField(null=True, blank=True)
    decided_on_precision = precision_field()
    asserts = ArrayField(
        models.CharField(max_length=60, db_collation="C"),
        null=True,
        blank=True,
        help_text="Codes of the leaves relied on; empty: all.",
    )
    opened_on = models.DateField()
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases_led",
    )
    target_decision_on = models.DateField(null=True, blank=True)
    target_publication_on = models.DateField(null=True, blank=True)
    decision_assessment = models.ForeignKey(
        "casemgr.Assessment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The assessment on which the decision was taken.",
    )
    docket_file = models.ForeignKey(
        DocketFile, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    as_of_stated = StatedDate("as_of")
    decision_day = StatedDate("decided_on")

    class Meta:
        ordering = ("key",)
        constraints = (
            models.CheckConstraint(
                condition=Q(key__regex=r"^[^/\s]([^/]*[^/\s])?$"),
                name="casemgr_case_key_form",
                violation_error_message=(
                    "A docket number has no slash (CASE/ELEMENT names an element of a case) and "
                    "neither begins nor ends with a space."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LIVE_KINDS]),
                name="casemgr_case_kind_live",
                violation_error_message=(
                    "kind is listing, program, delisting or referral; penalties, rules and "
                    "status findings occur in precedents only."
                ),
            ),
            models.CheckConstraint(
                condition=Q(designee__isnull=False) | Q(kind=CaseKind.PROGRAM.value),
                name="casemgr_case_designee_unless_program",
                violation_error_message="Only a program case has no designee.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="casemgr_case_stage_known",
                violation_error_message="stage is none of the stages of a case.",
            ),
            models.CheckConstraint(
                condition=Q(completeness__in=[word.value for word in Completeness]),
                name="casemgr_case_completeness_known",
                violation_error_message="completeness is full or summary.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided__isnull=True) | Q(decided=True),
                name="casemgr_case_decided_with_its_day",
                violation_error_message="A case with a decision day cannot be undecided.",
            ),
            precision_check("as_of", "casemgr_case_as_of_precision"),
            precision_check("decided_on", "casemgr_case_decided_on_precision"),
        )
        indexes = (
            models.Index(fields=("team", "stage")),
            models.Index(fields=("stage", "target_decision_on")),
        )

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_decided(self) -> bool:
        """Whether a decision was taken, its day known or not."""
        return bool(self.decided) or self.decided_on is not None


class CaseDependency(CheckedModel):
    """This case rests on another, or on one element of another.

    A service prohibition needs its Entity List case; derivative sanctions a blocked principal.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dependencies")
    on_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dependents")
    on_element = models.ForeignKey(
        "casemgr.CaseElement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependents",
    )

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "case dependencies"
        constraints = (
            models.UniqueConstraint(
                fields=("case", "on_case", "on_element"),
                name="casemgr_casedependency_once",
                nulls_distinct=False,
                violation_error_message="This dependency is already stated.",
            ),
            models.CheckConstraint(
                condition=~Q(case=models.F("on_case")),
                name="casemgr_casedependency_on_another",
                violation_error_message="A case cannot rest on itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} rests on {self.on_case_id}"


class Milestone(DatedRow):
    """A dated step of the action itself; "vote taken, not published" is two facts, not one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=12, choices=MilestoneKind.choices())
    on = models.DateField()
    on_precision = precision_field()

    day = StatedDate("on")

    class Meta(DatedRow.Meta):
        ordering = ("pk",)
        constraints = (
            *DatedRow.Meta.constraints,
            precision_check("on", "casemgr_milestone_on_precision"),
            models.CheckConstraint(
                condition=Q(kind__in=[word.value for word in MilestoneKind]),
                name="casemgr_milestone_kind_known",
                violation_error_message="kind is vote, decision, publication or effective.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
