"""``manage.py demo_work``: gives the demonstration cases to the demonstration accounts."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from access.demo import TEAM_KEY
from access.models import User
from casemgr.actions.cases import amend_case, assign_element
from casemgr.actions.tasks import NewTask, make_task
from casemgr.clock import decision_day
from casemgr.models import Case, CaseElement, Task
from casemgr.pins import current_pin

BY = "manager"
REASON = "Work of the demonstration, given to its accounts"
LEADS = {
    "DEMO-EL-DEEPSEEK": "counsel",
    "DEMO-EL-MINIMAX": "counsel",
    "DEMO-EL-MOONSHOT": "counsel",
    "DEMO-EO13694-DEEPSEEK": "counsel2",
    "DEMO-PAIP-DEEPSEEK": "counsel2",
    "DEMO-IEEPA-PROGRAM": "counsel",
    "DEMO-IEEPA-DEEPSEEK": "counsel2",
    "DEMO-IEEPA-PROXY": "counsel2",
}
"""Case to its lead. Those not named are led by nobody, which is something to see as well."""


class Given(NamedTuple):
    """A piece of work: on which element, for whom, within how many days."""

    case: str
    element: str
    who: str
    days: int
    task: str = ""  # empty: the element itself


WORK = (
    Given("DEMO-EL-DEEPSEEK", "EL-3", "analyst", 14),
    Given("DEMO-PAIP-DEEPSEEK", "PA-3f", "counsel2", 21),
    Given(
        *("DEMO-EL-DEEPSEEK", "EL-3", "analyst", 7),
        "Obtain the rows behind the disclosure as an exhibit and recompute its numbers",
    ),
    Given(
        *("DEMO-EL-DEEPSEEK", "EL-1a", "analyst", 10),
        "Acquire the originals of what is held as a citation only",
    ),
    Given("DEMO-EL-DEEPSEEK", "EL-5", "counsel", 14, "Write the finding on EL-5"),
    Given(
        *("DEMO-PAIP-DEEPSEEK", "PA-3f", "counsel2", 21),
        "Answer the evidence that cuts the other way",
    ),
)


class Command(BaseCommand):
    """Leads, elements and tasks, so that the first page of each account has something to say."""

    help = (
        "Give the demonstration cases to the demonstration accounts: leads, elements, tasks. "
        "Where anyone has given work already it changes nothing. Refuses to run in production."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the work, all of it or none."""
        if settings.ENVIRONMENT.production:
            raise CommandError("The demonstration has no place in production.")
        with transaction.atomic():
            cases = {case.key: case for case in Case.objects.filter(key__in=LEADS)}
            members = User.objects.filter(memberships__team__key=TEAM_KEY)
            people = {user.username: user for user in members}
            if set(cases) != set(LEADS) or not {BY, *LEADS.values()} <= set(people):
                raise CommandError("Import the demonstration docket and make its accounts first.")
            begun = any(case.lead_id for case in cases.values())
            if begun or Task.objects.filter(case__in=cases.values()).exists():
                self.stdout.write("Work on the demonstration cases was given before.")
                return
            _give(cases, people)
        self.stdout.write(f"{len(LEADS)} cases have a lead, {len(WORK)} pieces of work are given.")


def _give(cases: dict[str, Case], people: dict[str, User]) -> None:
    by, today = people[BY], decision_day()
    for key, lead in LEADS.items():
        amend_case(cases[key], cases[key].revision, actor=by, reason=REASON, lead=people[lead])
    for case, code, who, days, title in WORK:
        pin = current_pin(cases[case], today)
        element = CaseElement.objects.get(pin=pin, element__code=code)
        due = today + timedelta(days=days)
        if title:
            new = NewTask(title=title, element=element, assignee=people[who], due_on=due)
            make_task(cases[case], new, actor=by, reason=REASON)
        else:
            assign_element(element, people[who], actor=by, reason=REASON, due_on=due)
