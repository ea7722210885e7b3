"""The demonstration docket says what the concept note says, authority by authority.

The note's own analysis, with the section it stands in: interested sources only (I), press quoting
an unnamed official (n.4), military nexus not shown (II.c), untested aggregate-trade-secret theory
(II.d), authorized access channels abused (II.b). It must come out of the engine, not be written in.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from casemgr.apa.assess import assess_all
from casemgr.docket import read_docket, records
from casemgr.docket.output import report_json
from designations.days import PartialDate

DEMONSTRATION = Path(__file__).parents[3] / "casemgr" / "demo" / "adversarial-distillation.yaml"
NOTE, NOW = "2026-03-26", "2026-11-23"
LABS = ("DEEPSEEK", "MOONSHOT", "MINIMAX")
MARK = "As publicly reported; not verified by the government."


@cache
def cases(day: str) -> dict[str, dict[str, Any]]:
    """The assessed cases as of a day, by key."""
    of_cases = records(read_docket(DEMONSTRATION), as_of=PartialDate.parse(day))
    return {case["docket"]: case for case in report_json(assess_all(of_cases))["cases"]}


def element(day: str, case: str, code: str) -> dict[str, Any]:
    """One assessed element."""
    (found,) = (each for each in cases(day)[case]["elements"] if each["code"] == code)
    return found


def raised(day: str, case: str, code: str | None = None) -> dict[str, str]:
    """Doctrines that weigh on an element, or on the case as a whole, with their worst severity."""
    holder = cases(day)[case] if code is None else element(day, case, code)
    found: dict[str, str] = {}
    for flag in holder["flags"]:  # the worst first
        if not flag["pending"]:
            found.setdefault(flag["doctrine"], flag["severity"])
    return found


def test_every_item_is_cited_and_marked_as_reported():
    for item in read_docket(DEMONSTRATION).evidence:
        assert item.summary.endswith(MARK), item.key
        assert item.citation.startswith(("Concept note n.", "Authority reference § 9")), item.key


def test_every_link_says_why():
    docket = read_docket(DEMONSTRATION)
    assert [link for case in docket.cases for link in case.links if not link.why] == []


def test_the_invented_party_is_marked_in_its_name():
    (proxy,) = (c for c in read_docket(DEMONSTRATION).cases if c.key == "DEMO-IEEPA-PROXY")
    assert proxy.designee is not None
    assert proxy.designee.name.startswith("Hypothetical")


def test_no_finding_is_made_for_anyone():
    assert [c.key for c in read_docket(DEMONSTRATION).cases if c.findings or c.answers] == []


def test_no_case_would_stand_on_the_record_of_the_note():
    assert {case["grade"] for case in cases(NOTE).values()} <= {"weak", "unsupported"}


# --- Entity List (II.a)


@pytest.mark.parametrize("lab", LABS)
def test_entity_list_the_facts_on_each_laboratory_come_from_interested_sources_only(lab):
    assert raised(NOTE, f"DEMO-EL-{lab}", "EL-3")["interested-source"] == "serious"


@pytest.mark.parametrize("lab", LABS)
def test_entity_list_the_review_is_ultra_vires_and_the_theory_contested(lab):
    assert cases(NOTE)[f"DEMO-EL-{lab}"]["posture"] == "ultra-vires"
    assert raised(NOTE, f"DEMO-EL-{lab}", "EL-2") == {"untested-theory": "moderate"}


def test_entity_list_past_involvement_of_deepseek_meets_the_low_threshold():
    assert element(NOTE, "DEMO-EL-DEEPSEEK", "EL-1a")["grade"] == "contestable"
    assert "thin-record" not in raised(NOTE, "DEMO-EL-DEEPSEEK", "EL-1a")


@pytest.mark.parametrize("lab", LABS)
def test_entity_list_a_change_of_licensing_policy_does_not_address_reliance(lab):
    assert "reliance" in raised(NOTE, f"DEMO-EL-{lab}")


# --- EO 13694 (II.b)


@pytest.mark.parametrize("code", ["CY-2", "UA-2"])
def test_eo_13694_abuse_of_an_authorized_channel_is_an_untested_theory(code):
    found = raised(NOTE, "DEMO-EO13694-DEEPSEEK", code)
    assert found["untested-theory"] == "serious"
    assert found["important-aspect"] == "serious"


def test_eo_13694_attribution_rests_on_interested_sources_only():
    assert raised(NOTE, "DEMO-EO13694-DEEPSEEK", "CY-6")["interested-source"] == "serious"


# --- the new IEEPA program (II.b)


def test_ieepa_no_emergency_is_declared_and_the_designations_rest_on_it():
    assert raised(NOTE, "DEMO-IEEPA-PROGRAM", "IE-2")["no-evidence"] == "fatal"
    for case in ("DEMO-IEEPA-PROXY", "DEMO-IEEPA-DEEPSEEK"):
        assert raised(NOTE, case)["no-rational-connection"] == "serious"


def test_ieepa_accounts_are_not_tied_to_the_operator():
    assert raised(NOTE, "DEMO-IEEPA-PROXY", "ID-2")["attribution-gap"] == "serious"
    assert raised(NOTE, "DEMO-IEEPA-PROXY", "ID-1c")["mental-state"] == "moderate"


def test_ieepa_chip_smuggling_rests_on_press_quoting_an_unnamed_official():
    found = raised(NOTE, "DEMO-IEEPA-DEEPSEEK", "ID-1b")
    assert found["hearsay-chain"] == "moderate"
    assert element(NOTE, "DEMO-IEEPA-DEEPSEEK", "ID-1b")["grade"] == "weak"


# --- NS-CMIC and Section 1260H (II.c)


def test_ns_cmic_the_military_nexus_is_not_shown():
    assert raised(NOTE, "DEMO-NSCMIC-DEEPSEEK", "CM-1")["no-evidence"] == "fatal"


def test_section_1260h_the_military_nexus_is_not_shown():
    assert element(NOTE, "DEMO-1260H-DEEPSEEK", "MC-3")["grade"] == "unsupported"
    assert raised(NOTE, "DEMO-1260H-DEEPSEEK", "MC-3b-ii")["no-evidence"] == "fatal"
    # Operating in the United States and selling services are not where it fails.
    assert element(NOTE, "DEMO-1260H-DEEPSEEK", "MC-1")["grade"] == "weak"


@pytest.mark.parametrize("case", ["DEMO-NSCMIC-DEEPSEEK", "DEMO-1260H-DEEPSEEK"])
def test_the_evidentiary_record_is_the_main_vulnerability_of_both(case):
    assert raised(NOTE, case)["important-aspect"] == "serious"


# --- PAIP Act (II.d)


def test_paip_act_the_aggregate_theory_is_untested():
    assert raised(NOTE, "DEMO-PAIP-DEEPSEEK", "PA-3e")["untested-theory"] == "serious"


def test_paip_act_commercial_availability_is_the_main_vulnerability():
    assert raised(NOTE, "DEMO-PAIP-DEEPSEEK", "PA-3b")["important-aspect"] == "serious"


def test_paip_act_fraudulent_accounts_bear_on_protective_measures_and_improper_means():
    assert element(NOTE, "DEMO-PAIP-DEEPSEEK", "PA-3c")["origins"] == 2
    assert element(NOTE, "DEMO-PAIP-DEEPSEEK", "PA-3d")["origins"] == 1


# --- what came after the note


def test_a_memorandum_that_names_no_entity_does_not_cure_the_facts_on_a_laboratory():
    for lab in LABS:
        assert raised(NOW, f"DEMO-EL-{lab}", "EL-3")["interested-source"] == "serious"


def test_the_same_memorandum_speaks_directly_to_the_threat_of_the_program():
    before, after = (element(day, "DEMO-IEEPA-PROGRAM", "IE-1") for day in (NOTE, NOW))
    assert after["origins"] == before["origins"] + 1
    assert "thin-record" in raised(NOTE, "DEMO-IEEPA-PROGRAM", "IE-1")
    assert "thin-record" not in raised(NOW, "DEMO-IEEPA-PROGRAM", "IE-1")


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("DEMO-PAIP-DEEPSEEK", "PA-3e"),
        ("DEMO-PAIP-DEEPSEEK", "PA-5"),
        ("DEMO-EO13694-DEEPSEEK", "CY-7"),
        ("DEMO-EO13694-DEEPSEEK", "UA-5"),
        ("DEMO-IEEPA-PROGRAM", "IE-1"),
        ("DEMO-IEEPA-PROXY", "ID-3"),
    ],
)
def test_contrary_evidence_on_performance_is_unanswered(case, code):
    assert "contrary-unaddressed" not in raised(NOTE, case, code)
    assert raised(NOW, case, code)["contrary-unaddressed"] == "serious"


def test_the_reported_share_of_deepseek_cuts_against_significance():
    flags = element(NOW, "DEMO-PAIP-DEEPSEEK", "PA-3f")["flags"]
    (found,) = (flag for flag in flags if flag["doctrine"] == "contrary-unaddressed")
    assert found["evidence"] == ["E-PRESS-BREAKDOWN"]


def test_a_breakdown_that_relays_the_disclosure_is_no_second_origin():
    for lab in LABS:
        before, after = (element(day, f"DEMO-EL-{lab}", "EL-3") for day in (NOTE, NOW))
        assert after["origins"] == before["origins"]


def test_an_unpublished_vote_takes_the_case_a_step_further_and_decides_nothing():
    def steps(day: str) -> dict[bool, str]:
        flags = cases(day)["DEMO-EL-DEEPSEEK"]["flags"]
        found = [f for f in flags if f["doctrine"] == "prerequisite-missing"]
        return {
            state: " ".join(f["statement"] for f in found if f["pending"] is state)
            for state in (True, False)
        }

    assert "EL-P2" in steps(NOTE)[True]
    assert "EL-P2" not in steps(NOW)[True]
    assert "EL-P2" in steps(NOW)[False]  # its record is not in the docket
    assert "EL-P3" in steps(NOW)[True]  # publication is still ahead


def test_a_second_unnamed_official_is_not_a_second_origin():
    before, after = (element(day, "DEMO-IEEPA-DEEPSEEK", "ID-1b") for day in (NOTE, NOW))
    assert before["origins"] == after["origins"] == 1


def test_the_military_nexus_then_rests_on_press_quoting_an_official():
    assert "no-evidence" not in raised(NOW, "DEMO-NSCMIC-DEEPSEEK", "CM-1")
    assert "hearsay-chain" in raised(NOW, "DEMO-NSCMIC-DEEPSEEK", "CM-1")
    assert "hearsay-chain" in raised(NOW, "DEMO-1260H-DEEPSEEK", "MC-3b-ii")


def test_section_1260h_moves_to_its_next_text_on_its_day():
    for day, version in (("2026-12-17", "2025-12-18"), ("2026-12-18", "2026-12-18")):
        assert cases(day)["DEMO-1260H-DEEPSEEK"]["authority"] == f"section-1260h@{version}"
