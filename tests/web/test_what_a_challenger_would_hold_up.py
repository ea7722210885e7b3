"""Like cases, earlier positions and gaps of the record are stated, explained and withdrawn."""

import pytest

from access.words import Role
from casemgr.models import Case, CaseElement, ComparatorCase, PriorPosition, RecordDefect
from tests.access.factories import TeamFactory, UserFactory, member
from tests.web.desk import Page, assessed, page, reading

pytestmark = pytest.mark.django_db
TREATMENT = "/cases/WEB-1/treatment/"
SAME = {"name": "Quires Ltd.", "same_conduct": "yes", "outcome": "not listed", "explained": "no"}
POSITION = {"what": "In 2023 such pages were lawful.", "reliance_addressed": "no"}
GAP = {"kind": "left-out", "what": "A memorandum", "reason": "Deliberative."}
OF_KIND = (
    ("comparators", ComparatorCase, SAME),
    ("positions", PriorPosition, POSITION),
    ("gaps", RecordDefect, GAP),
)
kinds = pytest.mark.parametrize(("kind", "model", "sent"), OF_KIND)


@pytest.fixture
def counsel(case, team):
    return reading(member(team, Role.COUNSEL))


@pytest.fixture
def element(case):
    return CaseElement.objects.get(case=case, element__code="X-1a")


def flags_on(case: Case) -> set[str]:
    checklist = assessed(case).assessments.latest("seq").read_checklist()
    return {
        flag["doctrine"]
        for row in checklist["elements"]
        if row["code"] == "X-1a"
        for flag in row["flags"]
    }


def test_each_list_says_when_it_is_empty(counsel) -> None:
    text = page(counsel, TREATMENT).text
    assert "No party is named." in text
    assert "No earlier position is stated" in text
    assert "No gap is noted" in text


@kinds
def test_what_is_stated_stands_on_the_page(counsel, kind, model, sent) -> None:
    done = counsel.post(f"{TREATMENT}{kind}/new/", sent)
    assert done["Location"] == f"{TREATMENT}#{kind}"
    row = model.objects.get()
    assert str(row.case.key) == "WEB-1"
    assert sent.get("name", sent.get("what")) in page(counsel, TREATMENT).text


@kinds
def test_stated_anew_it_ends_and_begins_again(counsel, kind, model, sent) -> None:
    counsel.post(f"{TREATMENT}{kind}/new/", sent)
    first = model.objects.get()
    words = "name" if kind == "comparators" else "what"
    done = counsel.post(f"{TREATMENT}{kind}/{first.pk}/", sent | {words: "Said otherwise"})
    assert done.status_code == 302
    first.refresh_from_db()
    assert first.ended_on is not None
    assert getattr(model.objects.live().get(), words) == "Said otherwise"


@kinds
def test_withdrawn_with_a_reason_it_leaves_the_page_and_stays_in_the_history(
    counsel, kind, model, sent
) -> None:
    counsel.post(f"{TREATMENT}{kind}/new/", sent)
    address = f"{TREATMENT}{kind}/{model.objects.get().pk}/withdraw/"
    assert counsel.post(address, {}).status_code == 422
    assert model.objects.live().exists()
    assert counsel.post(address, {"reason": "It was found."}).status_code == 302
    assert not model.objects.live().exists()
    assert model.objects.count() == 1


@kinds
def test_what_somebody_ended_meanwhile_is_not_overwritten(counsel, kind, model, sent) -> None:
    counsel.post(f"{TREATMENT}{kind}/new/", sent)
    address = f"{TREATMENT}{kind}/{model.objects.get().pk}/"
    counsel.post(f"{address}withdraw/", {"reason": "It was found."})
    late = counsel.post(address, sent)
    assert late.status_code == 422
    assert "nothing to end" in late.content.decode()
    assert sent.get("name", sent.get("what")) in late.content.decode()
    assert model.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "sent", "complaint"),
    [
        ("comparators", {}, "This field is required."),
        ("comparators", SAME | {"explained": "yes"}, "Write the explanation"),
        ("positions", POSITION | {"reliance_addressed": "yes"}, "Write the explanation"),
        ("gaps", GAP | {"kind": "cited-but-absent"}, "only what was left out has this"),
        ("gaps", GAP | {"kind": "lost"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_said_at_its_field(counsel, kind, sent, complaint) -> None:
    answer = counsel.post(f"{TREATMENT}{kind}/new/", sent)
    assert answer.status_code == 422
    shown = Page(answer.content.decode())
    assert complaint in shown.text
    assert [each for _, each in shown.tags if each.get("aria-invalid") == "true"]


@pytest.mark.parametrize(
    ("kind", "sent", "doctrine", "cure", "link"),
    [
        (
            "comparators",
            SAME,
            "inconsistent-treatment",
            {"explained": "yes", "explanation": "It stopped."},
            "Explain the difference",
        ),
        (
            "positions",
            POSITION,
            "reliance",
            {"reliance_addressed": "yes", "why": "The facts changed."},
            "Explain the change of position",
        ),
    ],
)
def test_the_flag_leads_to_the_form_that_cures_it(
    case, counsel, element, kind, sent, doctrine, cure, link
) -> None:
    counsel.post(f"{TREATMENT}{kind}/new/", sent | {"element": element.pk})
    assert doctrine in flags_on(case)
    shown = page(counsel, "/cases/WEB-1/elements/X-1a/")
    assert link in shown.text
    assert f"{TREATMENT}#{kind}" in [each.get("href") for _, each in shown.tags]
    row = {name: model for name, model, _ in OF_KIND}[kind].objects.get()
    counsel.post(f"{TREATMENT}{kind}/{row.pk}/", sent | cure | {"element": element.pk})
    assert doctrine not in flags_on(case)


@pytest.mark.parametrize("role", list(Role))
@kinds
def test_who_writes_on_the_case_states_and_the_others_read(
    case, team, role, kind, model, sent
) -> None:
    reader = reading(member(team, role))
    writes = role in (Role.ANALYST, Role.COUNSEL)
    answer = reader.post(f"{TREATMENT}{kind}/new/", sent)
    assert answer.status_code == (302 if writes else 403)
    assert model.objects.exists() == writes
    offers = [
        each for _, each in page(reader, TREATMENT).tags if "/new/" in (each.get("href") or "")
    ]
    assert bool([each for each in offers if TREATMENT in (each["href"] or "")]) == writes


@kinds
def test_out_of_scope_and_of_other_cases_there_is_nothing(
    case, team, counsel, kind, model, sent
) -> None:
    counsel.post(f"{TREATMENT}{kind}/new/", sent)
    pk = model.objects.get().pk
    stranger, auditor = reading(member(TeamFactory(), Role.COUNSEL)), UserFactory(auditor=True)
    for address in (f"{kind}/new/", f"{kind}/{pk}/", f"{kind}/{pk}/withdraw/"):
        assert stranger.post(f"{TREATMENT}{address}", sent).status_code == 404
        assert reading(auditor).post(f"{TREATMENT}{address}", sent).status_code == 403
    Case.objects.create(
        key="OTHER-1", kind="program", team=team, opened_on=case.opened_on or "2026-01-01"
    )
    assert counsel.get(f"/cases/OTHER-1/treatment/{kind}/{pk}/").status_code == 404
    assert counsel.get(f"{TREATMENT}nonsense/new/").status_code == 404
