"""What a test of flags writes down: when a flag is raised, and every word the reader gets of it."""

from dataclasses import dataclass, replace

from casemgr.apa.assess import assess
from casemgr.apa.record import Item, Link, Record
from casemgr.apa.report import Flag

BOTH = ("E-1", "E-2")  # the items of a sound case

Softened = tuple[str, str, str, str]  # doctrine, from, to, why


@dataclass(frozen=True)
class Told:
    """One flag in full. ``when`` names the example; ``says`` follows the place and a colon."""

    when: str
    given: Record
    doctrine: str
    severity: str
    says: str
    about: tuple[str, ...]
    do: tuple[str, ...]
    softened: tuple[Softened, ...] = ()
    subject: str = ""
    pending: bool = False


def flags_on(given: Record, doctrine: str, code: str = "X-1") -> tuple[Flag, ...]:
    """The flags of one doctrine on an element, or on the case where no element is named."""
    report = assess(given)
    found = report.flags
    if code:
        found = next(each.flags for each in report.elements if each.code == code)
    return tuple(flag for flag in found if flag.doctrine == doctrine)


def softenings(given: Record, *doctrines: str, code: str = "X-1") -> tuple[Softened, ...]:
    """How doctrines changed a severity on an element, in order."""
    report = next(each for each in assess(given).elements if each.code == code)
    return tuple(
        (each.doctrine, each.from_, each.to, each.why)
        for each in report.adjustments
        if each.doctrine in doctrines
    )


def beside(given: Record, *more: tuple[Item, Link]) -> Record:
    """The record with further items and links."""
    links = (*given.case.links, *(bearing for _, bearing in more))
    items = {**given.items, **{each.key: each for each, _ in more}}
    return replace(given, items=items, case=replace(given.case, links=links))


def assert_told(told: Told) -> None:
    """The one flag of the doctrine on X-1 says all that is written down of it, and no more."""
    (flag,) = flags_on(told.given, told.doctrine)
    assert (flag.severity, flag.statement) == (told.severity, f"X-1{told.says}")
    assert flag.evidence == told.about
    assert flag.cures == told.do
    assert flag.subject == told.subject
    assert flag.pending is told.pending
    assert softenings(told.given, told.doctrine) == told.softened
