"""``who_see`` and ``visible_to`` answer the same question from two sides."""

from itertools import product

from access.models import Marking, Membership, User
from access.words import Role
from casemgr.models import Case
from casemgr.people import who_see, who_work_on
from tests.access.factories import TeamFactory, UserFactory
from tests.casemgr.factories import a_case


def test_both_sides_agree_for_every_kind_of_person_and_case(db):
    Marking.objects.create(code="CUI", title="Controlled")
    Marking.objects.create(code="LES", title="Law enforcement")
    teams = [TeamFactory(), TeamFactory()]
    standings = ({}, {"auditor": True}, {"administrator": True}, {"superuser": True},
                 {"is_active": False})  # fmt: skip
    clearances = ([], ["CUI"], ["CUI", "LES"])
    for traits, cleared, of in product(standings, clearances, ([], teams[:1], teams)):
        user = UserFactory(cleared_markings=cleared, **traits)
        for team in of:
            Membership.objects.create(user=user, team=team, role=Role.ANALYST)
    cases = [a_case(team) for team in teams for _ in clearances]
    for case, markings in zip(cases, [*clearances, *clearances], strict=True):
        Case.objects.filter(pk=case.pk).update(markings=markings)
        case.refresh_from_db()
    met = set()
    for user in User.objects.all():
        visible = set(Case.objects.visible_to(user).values_list("pk", flat=True))
        for case in cases:
            seen = case.pk in visible
            met.add(seen)
            assert who_see(case).filter(pk=user.pk).exists() == seen, (user.__dict__, case.markings)
            works = seen and case.team.key in user.team_keys()
            assert who_work_on(case).filter(pk=user.pk).exists() == works
    assert met == {True, False}
