"""An office with a past: cases that moved, were graded anew, and fall due."""

from datetime import UTC, datetime, time, timedelta

from access.models import Team, User
from access.words import Role
from casemgr.clock import decision_day
from casemgr.models import Assessment, Case, CaseElement, StageSpell
from tests.access.factories import TeamFactory, member
from tests.casemgr.factories import DesigneeFactory, a_case, linked
from tests.web.desk import assessed

TODAY = decision_day()


def ago(days: int) -> datetime:
    """Noon of a day before today."""
    return datetime.combine(TODAY - timedelta(days=days), time(12), UTC)


def stood(case: Case, *spells: tuple[str, int]) -> Case:
    """Give the case the past of these stages, each with how many days ago it began."""
    Case.objects.filter(pk=case.pk).update(stage=spells[-1][0])
    StageSpell.objects.filter(case=case).delete()
    ends = [ago(days) for _, days in spells[1:]] + [None]
    StageSpell.objects.bulk_create(
        StageSpell(case=case, stage=stage, began_at=ago(days), ended_at=end)
        for (stage, days), end in zip(spells, ends, strict=True)
    )
    return case


def graded(case: Case, *grades: tuple[str, int]) -> Case:
    """Give the case assessments of these grades, each with how many days ago it was made."""
    newest = Assessment.objects.filter(case=case).order_by("-seq").first()
    if newest is None:
        newest = Assessment.objects.filter(case=assessed(case).pk).latest("seq")
    for place, (grade, days) in enumerate(grades, start=newest.seq + 1):
        newest.pk, newest.seq, newest._state.adding = None, place, True
        newest.grade, newest.assessed_at = grade, ago(days)
        newest.save(force_insert=True)
    return case


def office() -> tuple[Team, User]:
    """A team of nine cases in every kind of standing, and its manager."""
    team = TeamFactory(name="Alpha")
    ana = member(team, Role.ANALYST, first_name="Ana", last_name="Adams")
    bob = member(team, Role.COUNSEL, first_name="Bob", last_name="Brown")

    def case(key: str, lead: User | None, due: int | None) -> Case:
        made = a_case(team, key=key, designee=DesigneeFactory(), lead=lead)
        day = None if due is None else TODAY + timedelta(days=due)
        Case.objects.filter(pk=made.pk).update(target_decision_on=day)
        return made

    stood(case("NEW", None, None), ("draft", 0))
    stood(case("SLOW", ana, -3), ("draft", 300))
    stood(case("LATE", ana, -1), ("draft", 90), ("evidence-building", 40))
    stood(case("SOON", bob, 5), ("draft", 60), ("evidence-building", 30), ("legal-review", 8))
    stood(case("READY", bob, 30), ("draft", 120), ("legal-review", 31), ("ready-for-decision", 7))
    stood(case("BACK", ana, 60), ("draft", 50), ("legal-review", 30), ("evidence-building", 10))
    stood(case("DONE", ana, -10), ("draft", 200), ("ready-for-decision", 100), ("decided", 20))
    stood(case("GONE", None, None), ("draft", 80), ("declined", 70), ("closed", 60))
    stood(case("FAR", bob, 200), ("draft", 181))
    linked(Case.objects.get(key="READY"), "L-1")
    for key in ("SLOW", "READY", "DONE"):
        assessed(Case.objects.get(key=key))
    graded(Case.objects.get(key="LATE"), ("contestable", 9), ("weak", 2))
    graded(Case.objects.get(key="DONE"), ("adequate", 90))
    CaseElement.objects.filter(case__key__in=("LATE", "SOON"), element__code="L-1").update(
        assignee=bob
    )
    a_case()  # another team's
    return team, member(team, Role.MANAGER)
