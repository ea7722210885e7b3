"""A hypothesis as one states it on the page: one small form a kind, from what the record holds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from casemgr.apa.record import Record
from casemgr.review.hypotheses import NEEDS
from casemgr.words import Attribution, Directness, Stance
from designations.models import AuthorityVersion
from designations.words import in_plain_words
from evidence.words import EvidenceKind, Hand, Reliability, SourceRole

Choices = list[tuple[str, str]]

TITLES = {
    "add-evidence": "Evidence we do not have yet",
    "strike-source": "Without a source",
    "strike-item": "Without an item",
    "mend-item": "An item graded, intact and translated",
    "answer-contrary": "A contrary item answered",
    "answer-consideration": "A consideration answered",
    "take-step": "A step taken",
    "write-finding": "A finding written",
    "choose-authority": "Under another authority",
}
BEARING = ("stance", "directness", "attribution", "evidence_kind", "role", "hand", "reliability")
DEFAULTS: Mapping[str, Any] = {
    "stance": Stance.SUPPORTS.value,
    "directness": Directness.DIRECT.value,
    "attribution": Attribution.DESIGNEE.value,
    "evidence_kind": EvidenceKind.GOVERNMENT_FINDING.value,
    "role": SourceRole.US_GOVERNMENT.value,
    "hand": Hand.FIRST.value,
    "reliability": Reliability.B.value,
    "credibility": 2,
}


class HypothesisForm(forms.Form):
    """One kind of change, with the fields that kind takes."""

    def __init__(
        self, kind: str, choices: Mapping[str, Choices], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data=data, auto_id=f"{kind}-%s")
        self.kind = kind
        names = ["pair"] if kind == "answer-contrary" else list(NEEDS[kind])
        if kind == "add-evidence":
            names += BEARING
        for name in names:
            self.fields[name] = forms.ChoiceField(
                label=_LABELS[name],
                choices=choices[_LISTS.get((kind, name), name)],
                initial=DEFAULTS.get(name),
            )

    @property
    def title(self) -> str:
        """What is supposed, in words."""
        return TITLES[self.kind]

    @property
    def possible(self) -> bool:
        """Whether the record holds anything of which this could be supposed."""
        return all(field.choices for field in self.fields.values())  # type: ignore[attr-defined]

    def stated(self) -> dict[str, str]:
        """The hypothesis as it stands in an address."""
        said = dict(self.cleaned_data)
        if "pair" in said:
            said["element"], said["item"] = said.pop("pair").split("\n")
        return {"kind": self.kind, **said}


_LABELS = {
    "element": "Element",
    "item": "Item",
    "source_key": "Source",
    "code": "Which",
    "authority": "Authority",
    "pair": "Item and element",
    "stance": "It",
    "directness": "Directness",
    "attribution": "It is about",
    "evidence_kind": "Kind",
    "role": "Said by",
    "hand": "Hand",
    "reliability": "Reliability",
}
_LISTS = {("answer-consideration", "code"): "considerations", ("take-step", "code"): "steps"}


def choices_of(record: Record) -> dict[str, Choices]:
    """What of the record each field can name."""
    law = record.authority
    return {
        "element": [
            (each.code, _short(f"{each.code} {each.title or each.text}"))
            for each in law.elements
            if not each.is_group
        ],
        "item": [
            (key, _short(f"{key} {item.summary}")) for key, item in sorted(record.items.items())
        ],
        "source_key": [(key, source.name or key) for key, source in sorted(record.sources.items())],
        "considerations": [
            (each.code, _short(f"{each.code} {each.text}")) for each in law.considerations
        ],
        "steps": [(each.code, _short(f"{each.code} {each.text}")) for each in law.prerequisites],
        "pair": [
            (f"{link.element}\n{link.item}", f"{link.item} on {link.element}")
            for link in record.case.links
            if link.stance is Stance.CONTRADICTS and link.ended_on is None
        ],
        "authority": _versions(),
        **bearing_choices(),
    }


def bearing_choices() -> dict[str, Choices]:
    """The closed lists in which the bearing of supposed evidence is stated."""
    return {
        "stance": _words(Stance),
        "directness": _words(Directness),
        "attribution": _words(Attribution),
        "evidence_kind": _words(EvidenceKind),
        "role": _words(SourceRole),
        "hand": _words(Hand),
        "reliability": _words(Reliability),
    }


def all_forms(record: Record) -> list[HypothesisForm]:
    """One form a kind, for those of which the record holds anything."""
    choices = choices_of(record)
    return [form for kind in TITLES if (form := HypothesisForm(kind, choices)).possible]


def _coded(parts: Iterable[Any]) -> Choices:
    return [(each.code, _short(f"{each.code} {each.text}")) for each in parts]


def _versions() -> Choices:
    rows = AuthorityVersion.objects.filter(authority__origin="library").select_related("authority")
    return [
        (row.name, f"{row.title or row.authority.slug} ({row.name})")
        for row in rows.order_by("authority__slug", "in_force_from", "label")
    ]


def _words(words: Iterable[Any]) -> Choices:
    return [(word.value, in_plain_words(word)) for word in words]


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
