"""The library as shipped: every authority the concept note names, and what each must hold."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from designations.library.checks import AGING_KINDS
from designations.library.load import AUTHORITIES, read_file, read_library
from designations.library.model import Authority
from designations.words import Posture, Threshold, VersionState

LIBRARY = {authority.name: authority for authority in read_library()}
CURRENT = [
    "entity-list@2024-11-08",
    "eo-13694@2025-06-06",
    "ieepa-ai-program@draft-2026",
    "ieepa-ai-designation@draft-2026",
    "ns-cmic@2021-06-03",
    "section-1260h@2025-12-18",
    "paip-act@2023-01-05",
    "criminal-referral@2016-05-11",
    "hr-8283@ih-2026-04-15",
]


def versions_of(slug: str) -> list[Authority]:
    return [authority for authority in LIBRARY.values() if authority.slug == slug]


def codes(name: str) -> set[str]:
    return {element.code for element in LIBRARY[name].elements}


@pytest.mark.parametrize("path", sorted(AUTHORITIES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_file_loads_and_is_named_after_its_authority(path: Path) -> None:
    assert {version.slug for version in read_file(path)} == {path.stem}


@pytest.mark.parametrize("name", CURRENT)
def test_every_authority_of_the_concept_note_is_there_and_says_how_it_is_reviewed(
    name: str,
) -> None:
    authority = LIBRARY[name]
    assert authority.elements and authority.considerations and authority.consequences
    assert authority.decision_maker and authority.decision_rule and authority.citation
    assert authority.review.endswith(".")
    assert authority.notice and authority.delisting


def test_postures_and_thresholds_are_those_that_would_really_apply() -> None:
    stated = {name: (LIBRARY[name].threshold, LIBRARY[name].posture) for name in CURRENT[:8]}
    substantial = Threshold.SUBSTANTIAL_EVIDENCE
    assert stated == {
        "entity-list@2024-11-08": (Threshold.REASONABLE_CAUSE, Posture.ULTRA_VIRES),
        "eo-13694@2025-06-06": (substantial, Posture.APA_706),
        "ieepa-ai-program@draft-2026": (substantial, Posture.PRESIDENT),
        "ieepa-ai-designation@draft-2026": (substantial, Posture.APA_706),
        "ns-cmic@2021-06-03": (substantial, Posture.APA_706),
        "section-1260h@2025-12-18": (substantial, Posture.APA_706),
        "paip-act@2023-01-05": (substantial, Posture.APA_706),
        "criminal-referral@2016-05-11": (Threshold.BEYOND_REASONABLE_DOUBT, Posture.NONE),
    }


def test_the_element_codes_are_the_published_ones() -> None:
    assert {f"EL-{n}" for n in range(1, 6)} <= codes("entity-list@2024-11-08")
    eo = codes("eo-13694@2025-06-06")
    assert {f"CY-{n}" for n in range(1, 8)} | {f"RU-{n}" for n in range(1, 6)} <= eo
    assert {f"UA-{n}" for n in range(1, 6)} | {"DV-C", "DV-D", "DV-E", "DV-F"} <= eo
    assert codes("ieepa-ai-program@draft-2026") == {f"IE-{n}" for n in range(1, 6)}
    assert {"CM-1", "CM-2"} <= codes("ns-cmic@2021-06-03")
    assert {f"MC-{n}" for n in range(1, 6)} | {"MC-3a", "MC-3b", "MC-3b-i", "MC-3b-ii"} <= codes(
        "section-1260h@2025-12-18"
    )
    assert {f"PA-{n}" for n in range(1, 7)} | {f"PA-3{x}" for x in "abcdef"} <= codes(
        "paip-act@2023-01-05"
    )


def test_a_code_is_never_used_again_for_another_requirement() -> None:
    for slug in {authority.slug for authority in LIBRARY.values()}:
        meant: dict[str, tuple[object, ...]] = {}
        for version in versions_of(slug):
            for element in version.elements:
                requirement = (element.title, element.kind, element.join, element.parent)
                assert meant.setdefault(element.code, requirement) == requirement, (
                    f"{version.name} {element.code}"
                )


def test_versions_follow_each_other_without_a_gap() -> None:
    for slug in ("eo-13694", "section-1260h"):
        periods = [version.in_force for version in versions_of(slug)]
        for earlier, later in pairwise(periods):
            assert earlier is not None and earlier.end is not None
            assert later is not None and later.start is not None
            assert later.start.first() == earlier.end.last() + timedelta(days=1)
        assert periods[-1] is not None and periods[-1].end is None


def test_section_1260h_changes_on_18_december_2026_and_says_so_beforehand() -> None:
    deferred = LIBRARY["section-1260h@2026-12-18"]
    state = {s.state for s in deferred.statuses if s.period.contains(date(2026, 11, 23))}
    assert state == {VersionState.PROSPECTIVE}
    changed = {
        new.code
        for new in deferred.elements
        for old in LIBRARY["section-1260h@2025-12-18"].elements
        if old.code == new.code and old.text != new.text
    }
    assert changed == {"MC-3a"}
    assert "whether operating inside or outside of China" in next(
        element.text for element in deferred.elements if element.code == "MC-3a"
    )


def test_the_original_wording_of_section_1260h_was_not_seen_and_is_not_quoted() -> None:
    assert not any(e.quoted or e.verified for e in LIBRARY["section-1260h@2021-01-01"].elements)


def test_only_foreign_persons_are_reached_by_eo_13694_since_6_june_2025() -> None:
    person = {
        name: next(e.text for e in LIBRARY[name].elements if e.code == "CY-1")
        for name in ("eo-13694@2025-01-16", "eo-13694@2025-06-06")
    }
    assert person["eo-13694@2025-01-16"].startswith("any person")
    assert person["eo-13694@2025-06-06"] == "any foreign person"


def test_the_threat_is_significant_in_one_prong_of_eo_13694_only() -> None:
    text = {e.code: e.text for e in LIBRARY["eo-13694@2025-06-06"].elements}
    assert [code for code in ("CY-7", "RU-5", "UA-5") if "significant threat" in text[code]] == [
        "UA-5"
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 9, 29), VersionState.IN_FORCE),
        (date(2025, 11, 9), VersionState.IN_FORCE),
        (date(2025, 11, 10), VersionState.STAYED),
        (date(2026, 11, 9), VersionState.STAYED),
        (date(2026, 11, 10), VersionState.IN_FORCE_BY_DEFAULT),
    ],
)
def test_the_affiliates_rule_has_one_status_on_each_day(day: date, state: VersionState) -> None:
    rule = LIBRARY["affiliates-rule@2025-09-29"]
    assert [s.state for s in rule.statuses if s.period.contains(day)] == [state]


def test_the_return_of_the_affiliates_rule_is_not_verified() -> None:
    rule = LIBRARY["affiliates-rule@2025-09-29"]
    assert [s.verified for s in rule.statuses] == [True, True, False]


def test_the_paip_act_offers_twelve_lettered_sanctions_and_asks_for_five() -> None:
    paip = LIBRARY["paip-act@2023-01-05"]
    menu = [consequence for consequence in paip.consequences if consequence.menu]
    assert sorted({consequence.letter for consequence in menu}) == list("ABCDEFGHIJKL")
    assert paip.minimum_consequences == 5
    assert all(consequence.applies_to == "entity" for consequence in menu)


def test_letter_f_of_the_paip_act_holds_two_sanctions_for_financial_institutions() -> None:
    paip = LIBRARY["paip-act@2023-01-05"]
    under_f = [c for c in paip.consequences if c.letter == "F"]
    assert [c.code for c in under_f] == ["PAIP-F-i", "PAIP-F-ii"]
    assert all("financial institution" in c.condition for c in under_f)


def test_sanctions_on_individuals_under_the_paip_act_are_mandatory() -> None:
    individual = [
        c for c in LIBRARY["paip-act@2023-01-05"].consequences if c.applies_to == "individual"
    ]
    assert individual and all(c.required and not c.menu for c in individual)


def test_the_paip_act_keeps_its_exceptions_and_its_waiver() -> None:
    kinds = [p.kind for p in LIBRARY["paip-act@2023-01-05"].provisions]
    assert kinds.count("exception") == 4
    assert "waiver" in kinds and "sunset" in kinds


def test_theft_is_undefined_in_the_paip_act_and_the_aggregate_theory_untested() -> None:
    elements = {e.code: e for e in LIBRARY["paip-act@2023-01-05"].elements}
    assert elements["PA-3d"].undefined_terms == ("theft",)
    assert elements["PA-3e"].settledness == "untested"


def test_derivative_sanctions_wait_for_a_blocked_principal() -> None:
    tools = {c.code: c for c in LIBRARY["ieepa-ai-designation@draft-2026"].consequences}
    assert tools["ID-C2"].depends_on == ("entity-list",)
    assert "ieepa-ai-designation" in tools["ID-C3"].depends_on
    assert LIBRARY["ieepa-ai-designation@draft-2026"].depends_on == ("ieepa-ai-program",)


def test_a_listing_elsewhere_makes_section_1260h_due_for_consideration() -> None:
    for name in (CURRENT[0], CURRENT[1], CURRENT[3], CURRENT[4]):
        assert LIBRARY[name].triggers_consideration_of == ("section-1260h",)


def test_the_main_vulnerabilities_are_those_the_concept_note_names() -> None:
    main = {
        (name, c.code, c.element)
        for name in CURRENT
        for c in LIBRARY[name].considerations
        if c.main
    }
    assert main == {
        ("eo-13694@2025-06-06", "CON-authorized-channel", "CY-2"),
        ("eo-13694@2025-06-06", "CON-authorized-channel-ua", "UA-2"),
        ("paip-act@2023-01-05", "CON-availability", "PA-3b"),
        ("ns-cmic@2021-06-03", "CON-record", None),
        ("section-1260h@2025-12-18", "CON-record", None),
    }


@pytest.mark.parametrize("name", CURRENT)
def test_the_hypocrisy_argument_bites_on_every_authority(name: str) -> None:
    assert "CON-hypocrisy" in {c.code for c in LIBRARY[name].considerations}


def test_a_referral_designates_nobody() -> None:
    assert [a.slug for a in LIBRARY.values() if a.referral_only] == ["criminal-referral"]


def test_drafts_and_bills_have_no_first_day() -> None:
    without = {a.slug for a in LIBRARY.values() if a.in_force is None}
    assert without == {"ieepa-ai-program", "ieepa-ai-designation", "hr-8283"}
    for slug in without:
        assert {s.state for a in versions_of(slug) for s in a.statuses} == {
            VersionState.PROSPECTIVE
        }


def test_every_status_element_has_a_house_limit_of_age() -> None:
    for authority in LIBRARY.values():
        for element in authority.elements:
            if element.kind in AGING_KINDS and element.kind != "timing":
                assert element.fresh_days == (730 if element.kind == "status" else 365), (
                    f"{authority.name} {element.code}"
                )
