"""Flags as they live: raised, cleared, raised again, and what counsel says to them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from access.models.checked import CheckedModel
from casemgr.models.case import Case
from casemgr.models.pin import CaseElement
from casemgr.words import Severity
from designations.models import DatedRow


class TrackedFlagQuerySet(models.QuerySet["TrackedFlag"]):
    """Named queries over tracked flags."""

    def unresolved(self) -> "TrackedFlagQuerySet":
        """Flags still raised that are weaknesses now, not steps still ahead."""
        return self.filter(cleared_on__isnull=True, pending=False)

    def undisposed(self, day: date) -> "TrackedFlagQuerySet":
        """Flags whose risk nobody accepted and which nobody disputes, as of ``day``.

        A disposition lapses with its last day and when the element it spoke of has changed; a
        flag being cured is still there.
        """
        settled = (
            FlagDisposition.objects.as_of(day)
            .filter(
                flag=OuterRef("pk"),
                state__in=(DispositionState.ACCEPTED_RISK, DispositionState.DISPUTED),
                element_digest=OuterRef("element_digest"),
            )
            .filter(Q(until__isnull=True) | Q(until__gte=day))
        )
        return self.exclude(Exists(settled))


class TrackedFlag(CheckedModel):
    """One weakness over time, whatever its counts and dates are today.

    The fingerprint covers case, element, doctrine and subject and nothing else.
    ``first_raised_on`` never moves; ``raised_on`` begins the present spell.
    """

    fingerprint = models.CharField(max_length=64, unique=True, db_collation="C")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="flags")
    case_element = models.ForeignKey(
        CaseElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="flags",
        help_text="Empty: the case as a whole.",
    )
    element_code = models.CharField(max_length=60, blank=True, db_collation="C")
    doctrine = models.CharField(max_length=60)
    subject = models.TextField(blank=True)
    severity = models.CharField(max_length=10, choices=Severity.choices())
    pending = models.BooleanField(default=False)
    statement = models.TextField(blank=True)
    element_digest = models.CharField(max_length=64, blank=True, db_collation="C")
    first_raised_on = models.DateField()
    raised_on = models.DateField()
    cleared_on = models.DateField(null=True, blank=True)

    objects = TrackedFlagQuerySet.as_manager()

    class Meta:
        ordering = ("case", "element_code", "doctrine", "subject")
        constraints = (
            models.CheckConstraint(
                condition=Q(severity__in=[word.value for word in Severity]),
                name="casemgr_trackedflag_severity_known",
                violation_error_message="severity is fatal, serious, moderate or advisory.",
            ),
            models.CheckConstraint(
                condition=Q(raised_on__gte=models.F("first_raised_on"))
                & (Q(cleared_on__isnull=True) | Q(cleared_on__gte=models.F("raised_on"))),
                name="casemgr_trackedflag_order",
                violation_error_message="A flag is raised before it is cleared.",
            ),
        )
        indexes = (
            # In the order in which CaseQuerySet.with_oldest_serious_flag asks, so that the oldest
            # of a case is the first entry and not the first of a sort.
            models.Index(
                fields=("case", "raised_on", "fingerprint"),
                condition=Q(
                    cleared_on__isnull=True,
                    pending=False,
                    severity__in=[Severity.FATAL.value, Severity.SERIOUS.value],
                ),
                name="casemgr_flag_oldest_serious",
            ),
        )

    def __str__(self) -> str:
        return f"{self.doctrine} on {self.element_code or 'case'}"


class DispositionState(models.TextChoices):
    """What counsel says to a flag."""

    ACCEPTED_RISK = "accepted-risk", "risk accepted"
    DISPUTED = "disputed", "disputed"
    BEING_CURED = "being-cured", "being cured"


class FlagDisposition(DatedRow):
    """Counsel's word on a flag; stale, like a signature, once the element's digest has moved."""

    flag = models.ForeignKey(TrackedFlag, on_delete=models.PROTECT, related_name="dispositions")
    state = models.CharField(max_length=16, choices=DispositionState.choices)
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dispositions"
    )
    until = models.DateField(null=True, blank=True)
    element_digest = models.CharField(max_length=64, blank=True, db_collation="C")

    class Meta(DatedRow.Meta):
        ordering = ("flag", "pk")
        constraints = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=DispositionState.values),
                name="casemgr_flagdisposition_state_known",
                violation_error_message="state is accepted-risk, disputed or being-cured.",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="casemgr_flagdisposition_reason_present",
                violation_error_message="Say why: a disposition needs a reason.",
            ),
            models.UniqueConstraint(
                fields=("flag",),
                condition=Q(ended_on__isnull=True),
                name="casemgr_flagdisposition_one_live",
                violation_error_message="This flag already has a disposition: end that one first.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.flag_id}: {self.state}"
