"""The challenger's brief: how each attack reads, what answers it, and in which order they come."""

from casemgr.apa.assess import assess
from casemgr.apa.brief import NO_ANSWER, Attack, brief
from casemgr.apa.report import Adjustment, CaseReport, ElementReport, Flag
from casemgr.words import DecidedBy, Grade, Severity
from tests.casemgr.apa.builders import sound


def flag(doctrine: str = "stale", severity: Severity = Severity.MODERATE, **said: object) -> Flag:
    return Flag(doctrine=doctrine, severity=severity, statement=f"x of {doctrine}.", **said)  # type: ignore[arg-type]


def part(code: str = "X-1", *flags: Flag, **said: object) -> ElementReport:
    well: dict[str, object] = {
        "grade": Grade.ADEQUATE,
        "origins": 2,
        "strike_number": 1,
        "decided_by": DecidedBy.WEIGHED,
        "supports": ("E-1", "E-2", "E-3"),
        "origin_groups": (("S-1", ("E-1",)), ("S-2", ("E-2", "E-3"))),
    }
    return ElementReport(code=code, flags=flags, **{**well, **said})  # type: ignore[arg-type]


def attacks(*elements: ElementReport, flags: tuple[Flag, ...] = ()) -> list[Attack]:
    report = CaseReport(
        docket="CASE-1",
        authority="example@1",
        as_of=None,
        engine_version="",
        input_digest="",
        posture="",
        posture_note="",
        grade=Grade.ADEQUATE,
        carrying_path=("X-1",),
        fallback_path=(),
        elements=elements,
        flags=flags,
    )
    return list(brief(report))


def test_an_attack_opens_in_plain_words_and_goes_on_with_the_flag() -> None:
    (attack,) = attacks(part("X-1", flag(evidence=("E-1", "E-2"))))
    assert attack == Attack(
        element="X-1",
        doctrine="stale",
        severity=Severity.MODERATE,
        attack="This is old; it says nothing of today. X of stale.",
        answer="E-3 stand apart from it",
        evidence=("E-3",),
        on_carrying_path=True,
    )


def test_what_softened_the_flag_answers_too() -> None:
    why = [
        Adjustment(doctrine=doctrine, from_="serious", to="moderate", why=reason)
        for doctrine, reason in (("stale", "one"), ("notice", "no"), ("stale", "two"))
    ]
    struck = flag(evidence=("E-1",))
    (attack,) = attacks(part("X-1", struck, adjustments=tuple(why)))
    assert attack.answer == "E-2, E-3 stand apart from it; one; two"
    (attack,) = attacks(part("X-1", flag(), adjustments=tuple(why)))
    assert (attack.answer, attack.evidence) == ("one; two", ())


def test_support_of_a_weak_element_answers_nothing() -> None:
    (attack,) = attacks(part("X-1", flag(evidence=("E-1",)), grade=Grade.WEAK))
    assert attack.answer == NO_ANSWER
    (attack,) = attacks(part("X-1", flag(evidence=("E-1",)), grade=Grade.CONTESTABLE))
    assert attack.answer == "E-2, E-3 stand apart from it"


def test_the_decision_as_a_whole_is_attacked_on_the_carrying_path_without_an_answer() -> None:
    whole = (flag("remedy"), flag("notice", pending=True), flag("reliance"))
    (attack,) = attacks(flags=whole)
    assert (attack.element, attack.doctrine) == ("", "reliance")
    assert (attack.answer, attack.evidence, attack.on_carrying_path) == (NO_ANSWER, (), True)


def test_what_is_pending_or_unknown_is_passed_over_and_the_next_is_not() -> None:
    found = attacks(part("X-1", flag("remedy"), flag("notice", pending=True), flag("pretext")))
    assert [attack.doctrine for attack in found] == ["pretext"]


def test_groups_are_attacked_in_their_parts() -> None:
    assert not attacks(part("X", flag(), carried_by=("X-1",)))


def test_the_gravest_come_first_and_the_carrying_path_before_the_rest() -> None:
    found = attacks(
        part("X-0", flag(), flag("notice")),
        part("X-1", flag(), flag("pretext", Severity.SERIOUS)),
        part("X-2", flag("no-evidence", Severity.FATAL)),
    )
    assert [(attack.element, attack.doctrine, attack.on_carrying_path) for attack in found] == [
        ("X-2", "no-evidence", False),
        ("X-1", "pretext", True),
        ("X-1", "stale", True),
        ("X-0", "notice", False),
        ("X-0", "stale", False),
    ]


def test_where_no_doctrine_bites_the_strongest_origins_are_to_be_disregarded() -> None:
    (attack,) = attacks(part())
    assert attack == Attack(
        element="X-1",
        doctrine="strike",
        severity=Severity.ADVISORY,
        attack="Disregard S-1 and X-1 falls: it stands on 2 independent origins, and 1 must go.",
        answer="E-2, E-3 would remain",
        evidence=("E-2", "E-3"),
        on_carrying_path=True,
    )
    (attack,) = attacks(part(strike_number=2))
    assert attack.attack.startswith("Disregard S-1, S-2 and X-1 falls")
    assert (attack.answer, attack.evidence) == (NO_ANSWER, ())
    (attack,) = attacks(part("X-7", origins=1, origin_groups=(("S-1", ("E-1",)),)))
    assert "it stands on 1 independent origin, and 1 must go." in attack.attack
    assert not attack.on_carrying_path


def test_an_advisory_flag_does_not_stay_the_attack_on_the_origins() -> None:
    advisory = flag("integrity", Severity.ADVISORY)
    assert {attack.doctrine for attack in attacks(part("X-1", advisory))} == {"integrity", "strike"}
    both = attacks(part("X-1", flag(), advisory))
    assert {attack.doctrine for attack in both} == {"stale", "integrity"}


def test_nothing_is_left_to_disregard_where_no_origin_decides() -> None:
    assert not attacks(part(strike_number=None))
    assert not attacks(part(strike_number=0))
    assert [attack.doctrine for attack in brief(assess(sound()))] == ["strike"]
