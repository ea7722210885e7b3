"""What would follow: hypotheses held in the address, and the two assessments side by side."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from casemgr.apa.report import CaseReport, Flag
from casemgr.review.hypotheses import NEEDS, Hypothesis
from casemgr.review.pressure import Supposed
from casemgr.web.forms.what_if import DEFAULTS, TITLES, bearing_choices
from casemgr.web.matrix import drawn, shape
from casemgr.words import Grade
from designations.library.model import Element
from designations.words import in_plain_words

MOST_HYPOTHESES = 20


@dataclass(frozen=True, slots=True)
class Held:
    """A hypothesis with what it says and the address of the page without it."""

    values: Mapping[str, str]
    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One element as it is and as it would be, with the weaknesses that come and go."""

    code: str
    branch: str
    title: str
    before: Grade | None
    after: Grade | None
    comes: tuple[Flag, ...]
    goes: tuple[Flag, ...]

    @property
    def moved(self) -> bool:
        """Whether anything is different."""
        return bool(self.before is not self.after or self.comes or self.goes)

    @property
    def shapes(self) -> tuple[str, str]:
        """The two grades as shapes."""
        return shape(self.before), shape(self.after)


def read(query: QueryDict) -> list[dict[str, Any]]:
    """The hypotheses of an address; what cannot be one counts as not stated."""
    found = []
    for text in query.getlist("h")[:MOST_HYPOTHESES]:
        try:
            stated = json.loads(text)
        except ValueError:
            continue
        if _whole(stated):
            found.append({**DEFAULTS, **stated})
    return found


_WORDS = {name: {value for value, _ in words} for name, words in bearing_choices().items()}


def _whole(stated: object) -> bool:
    return (
        isinstance(stated, dict)
        and all(isinstance(value, str) for value in stated.values())
        and stated.get("kind") in NEEDS
        and all(stated.get(name) for name in NEEDS[stated["kind"]])
        and stated.keys() <= {"kind", *NEEDS[stated["kind"]], *_WORDS}
        and all(stated[name] in words for name, words in _WORDS.items() if name in stated)
    )


def written(hypotheses: Iterable[Hypothesis]) -> str:
    """The query of an address that holds them."""
    query = QueryDict(mutable=True)
    query.setlist("h", [_text(each) for each in hypotheses])
    return query.urlencode()


def _text(stated: Hypothesis) -> str:
    said = {name: value for name, value in stated.items() if value != DEFAULTS.get(name)}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False)


def held(hypotheses: list[dict[str, Any]]) -> list[Held]:
    """The hypotheses for reading, each with the way to give it up."""
    return [
        Held(each, _said(each), written(hypotheses[:place] + hypotheses[place + 1 :]))
        for place, each in enumerate(hypotheses)
    ]


def texts(hypotheses: list[dict[str, Any]]) -> list[str]:
    """As a form sends them along."""
    return [_text(each) for each in hypotheses]


def _said(stated: Hypothesis) -> str:
    kind = stated["kind"]
    named = ", ".join(str(stated[name]) for name in NEEDS[kind])
    if kind != "add-evidence":
        return f"{TITLES[kind]}: {named}"
    how = (stated[name] for name in ("stance", "directness", "hand", "role", "reliability"))
    return f"{TITLES[kind]} on {named}: {', '.join(in_plain_words(each) for each in how)}"


def beside(found: Supposed, elements: Iterable[Element]) -> list[Beside]:
    """Every element of the law as it is, the present assessment beside the supposed one."""
    law = {element.code: element for element in elements}
    before, after = _by_code(found.before), _by_code(found.after)
    rows = []
    for code, branch in drawn({code: element.parent for code, element in law.items()}):
        was, would = before.get(code), after.get(code)
        old, new = _standing(was.flags if was else ()), _standing(would.flags if would else ())
        rows.append(
            Beside(
                code=code,
                branch=branch,
                title=law[code].title or law[code].text,
                before=was.grade if was else None,
                after=would.grade if would else None,
                comes=tuple(flag for name, flag in new.items() if name not in old),
                goes=tuple(flag for name, flag in old.items() if name not in new),
            )
        )
    return rows


def of_the_decision(found: Supposed) -> tuple[list[Flag], list[Flag]]:
    """Flags of the case as a whole that come, and those that go."""
    old, new = _standing(found.before.flags), _standing(found.after.flags)
    return (
        [flag for name, flag in new.items() if name not in old],
        [flag for name, flag in old.items() if name not in new],
    )


def _by_code(report: CaseReport) -> dict[str, Any]:
    return {each.code: each for each in report.elements}


def _standing(flags: Iterable[Flag]) -> dict[tuple[str, str, str], Flag]:
    return {(f.doctrine, f.subject, f.severity.value): f for f in flags if not f.pending}
