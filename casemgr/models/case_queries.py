"""Named queries over cases."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject, Least

from access.models import User
from access.scope import cleared_for, in_teams_of
from casemgr.clock import end_of
from casemgr.words import Severity, StepState

if TYPE_CHECKING:
    from casemgr.models.case import Case  # noqa: F401 - the type parameter below


def _model(name: str) -> Any:
    from django.apps import apps

    return apps.get_model("casemgr", name)


def _unresolved(
    day: date, severities: Collection[Severity] = (Severity.FATAL, Severity.SERIOUS)
) -> Any:
    """Flags of the outer case still raised, not pending, and not settled by counsel."""
    flags = _model("TrackedFlag").objects.unresolved().undisposed(day)
    return flags.filter(case=OuterRef("pk"), severity__in=severities)


class CaseQuerySet(models.QuerySet["Case"]):
    """Named queries over cases; each may follow any other."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Cases of the user's teams (of all, for an auditor) whose markings they are cleared for.

        A case carries every marking of what is linked to it, so whoever sees a case sees all
        of it.
        """
        return self.filter(in_teams_of(user), cleared_for(user))

    def in_progress(self) -> Self:
        """Cases still to be decided, delisting reviews among them."""
        from casemgr.models.case import OPEN_STAGES

        return self.filter(stage__in=OPEN_STAGES)

    def undecided(self) -> Self:
        """Cases in progress on which no decision was taken: a decided one keeps its assessment."""
        return self.in_progress().filter(decided_on=None).exclude(decided=True)

    def awaiting_review(self) -> Self:
        """Cases whose next act is counsel's."""
        return self.filter(stage="legal-review")

    def under_authority(self, slug: str, label: str = "") -> Self:
        """Cases pinned, now or later, to a version of the authority."""
        pins = _model("Pin").objects.filter(case=OuterRef("pk"), version__authority__slug=slug)
        return self.filter(Exists(pins.filter(version__label=label) if label else pins))

    def worked_on_by(self, user: User) -> Self:
        """Cases that the user leads or in which an element is assigned to them."""
        return self.worked_on_by_key(user.key)

    def worked_on_by_key(self, key: str) -> Self:
        """The same, of the person with this public key."""
        assigned = _model("CaseElement").objects.filter(case=OuterRef("pk"), assignee__key=key)
        return self.filter(Q(lead__key=key) | Exists(assigned))

    def under_posture(self, posture: str) -> Self:
        """Cases that the newest assessment reads under this kind of judicial review."""
        newest = _model("Assessment").objects.filter(case=OuterRef("pk")).order_by("-seq")
        return self.alias(posture=Subquery(newest.values("posture")[:1])).filter(posture=posture)

    def with_grade(self) -> Self:
        """Annotates ``grade`` alone: the current one, null for a case never assessed."""
        newest = _model("Assessment").objects.filter(case=OuterRef("pk")).order_by("-seq")
        return self.annotate(grade=Subquery(newest.values("grade")[:1]))

    def with_grade_at_end_of(self, day: date) -> Self:
        """Annotates ``grade``: that of the newest assessment made by the end of ``day``."""
        newest = (
            _model("Assessment")
            .objects.filter(case=OuterRef("pk"), assessed_at__lt=end_of(day))
            .order_by("-seq")
        )
        return self.annotate(grade=Subquery(newest.values("grade")[:1]))

    def with_stage_since(self) -> Self:
        """Annotates ``stage_since``: the moment since which the case stands in its stage."""
        present = _model("StageSpell").objects.present().filter(case=OuterRef("pk"))
        return self.annotate(stage_since=Subquery(present.values("began_at")[:1]))

    def stood_in(self, stages: Collection[str], day: date) -> Self:
        """Cases that stood in one of ``stages`` when ``day`` ended."""
        spells = _model("StageSpell").objects.at_end_of(day)
        return self.filter(Exists(spells.filter(case=OuterRef("pk"), stage__in=stages)))

    def in_stage_until(self, day: date) -> Self:
        """Cases in their stage since ``day`` or longer."""
        return self._in_stage(began_at__lt=end_of(day))

    def in_stage_from(self, day: date) -> Self:
        """Cases in their stage since ``day`` or shorter."""
        return self._in_stage(began_at__gte=end_of(day - timedelta(days=1)))

    def _in_stage(self, **began: Any) -> Self:
        present = _model("StageSpell").objects.present().filter(case=OuterRef("pk"))
        return self.filter(Exists(present.filter(**began)))

    def with_current_assessment(self) -> Self:
        """Annotates ``grade`` and ``assessment`` (seq, as_of, input_digest, flag counts).

        The newest assessment is the current one; both are null for a case never assessed.
        """
        newest = _model("Assessment").objects.filter(case=OuterRef("pk")).order_by("-seq")
        return self.annotate(
            grade=Subquery(newest.values("grade")[:1]),
            assessment=Subquery(
                newest.values(
                    json=JSONObject(
                        seq="seq",
                        as_of="as_of",
                        input_digest="input_digest",
                        fatal="fatal_flags",
                        serious="serious_flags",
                        pending="pending_flags",
                    )
                )[:1]
            ),
        )

    def graded(self, grade: str) -> Self:
        """Cases whose current grade is ``grade``."""
        return self.with_current_assessment().filter(grade=grade)

    def never_assessed(self) -> Self:
        """Cases on which the engine has not yet said anything."""
        return self.filter(assessments__isnull=True)

    def due_before(self, day: date) -> Self:
        """Cases whose next deadline lies before ``day``."""
        return self.with_next_deadline().filter(next_deadline__lt=day)

    def standing(self) -> list[tuple[int, str, str | None, date | None]]:
        """(id, stage, current grade or None, next deadline), in the order of the query.

        Grade and deadline must be annotated.
        """
        annotated: Any = self
        return list(annotated.values_list("pk", "stage", "grade", "next_deadline"))

    def longest_waiting_first(self) -> Self:
        """By oldest serious flag, then next deadline, then key; both must be annotated."""
        return self.order_by(
            F("oldest_serious_on").asc(nulls_last=True),
            F("next_deadline").asc(nulls_last=True),
            "key",
        )

    def with_oldest_serious_flag(self, day: date) -> Self:
        """Annotates ``oldest_serious_flag`` (fingerprint, doctrine, element, statement, raised_on).

        And ``oldest_serious_on``, its day alone. Of the flags fatal or serious that are still
        raised, not pending, and neither accepted nor disputed by a disposition that holds on
        ``day``: the one raised first; null when there is none.
        """
        unresolved = _unresolved(day).order_by("raised_on", "fingerprint")
        return self.with_oldest_serious_day(day).annotate(
            oldest_serious_flag=Subquery(
                unresolved.values(
                    json=JSONObject(
                        fingerprint="fingerprint",
                        doctrine="doctrine",
                        severity="severity",
                        element="element_code",
                        statement="statement",
                        raised_on="raised_on",
                    )
                )[:1]
            ),
        )

    def with_oldest_serious_day(self, day: date) -> Self:
        """Annotates ``oldest_serious_on`` alone."""
        unresolved = _unresolved(day).order_by("raised_on", "fingerprint")
        return self.annotate(oldest_serious_on=Subquery(unresolved.values("raised_on")[:1]))

    def with_flags(self, severities: Collection[Severity], day: date) -> Self:
        """Cases with a flag of these severities that is unresolved, and undisposed on ``day``."""
        return self.filter(Exists(_unresolved(day, severities)))

    def without_flags(self, severities: Collection[Severity], day: date) -> Self:
        """Cases with none."""
        return self.filter(~Exists(_unresolved(day, severities)))

    def with_next_deadline(self) -> Self:
        """Annotates ``next_deadline``: the first of target days and days by which steps are due.

        Steps already met do not count. Null when nothing is due.
        """
        due = (
            _model("PrerequisiteMet")
            .objects.live()
            .filter(pin__case=OuterRef("pk"), due_on__isnull=False)
            .exclude(state=StepState.MET)
            .order_by("due_on")
        )
        return self.annotate(
            next_deadline=Least(
                Subquery(due.values("due_on")[:1]),
                F("target_decision_on"),
                F("target_publication_on"),
            )
        )

    def with_authority(self, day: date) -> Self:
        """Annotates ``authority_name``: slug@version of the pin in force on ``day``.

        A case whose first pin begins later is named by that first pin.
        """
        pins = _model("Pin").objects.filter(case=OuterRef("pk"))
        named = models.functions.Concat(
            "version__authority__slug", models.Value("@"), "version__label"
        )
        current = pins.as_of(day).order_by("pk").annotate(name=named).values("name")[:1]
        first = pins.order_by(F("entered_on").asc(nulls_first=True)).annotate(name=named)
        return self.annotate(
            authority_name=Coalesce(Subquery(current), Subquery(first.values("name")[:1]))
        )
