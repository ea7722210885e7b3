"""Whatever the doctrine: a flag says where, on what authority, and what to do about it."""

import pytest

from casemgr.apa.assess import assess
from casemgr.apa.report import Flag
from tests.casemgr.apa.probes import PROBES, Probe

OUTSIDE = ("E-7", "E-77")  # named in a probe, and not in its record


def flags_of(probe: Probe) -> list[Flag]:
    report = assess(probe.faulty)
    flags = [*report.flags, *(flag for each in report.elements for flag in each.flags)]
    return [flag for flag in flags if flag.doctrine == probe.doctrine]


def sentences(words: object) -> bool:
    """A tuple of sentences for people, none empty."""
    return isinstance(words, tuple) and all(isinstance(w, str) and w.strip() for w in words)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: f"{probe.doctrine}-{probe.severity}")
def test_it_names_place_authority_and_cure(probe: Probe) -> None:
    found = flags_of(probe)
    assert found
    for flag in found:
        assert probe.on_case or "X-1" in flag.statement
        assert flag.statement == flag.statement.strip()
        assert "None" not in flag.statement
        assert sentences(flag.authorities)
        assert flag.authorities
        assert sentences(flag.cures)
        assert not any("None" in cure or cure != cure.strip() for cure in flag.cures)
        assert isinstance(flag.evidence, tuple)
        assert isinstance(flag.subject, str)
        assert set(flag.evidence) <= {*probe.faulty.items, *OUTSIDE}
        assert flag.pending in (True, False)
