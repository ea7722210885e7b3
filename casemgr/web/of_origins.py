"""The origins of an element arranged for reading: a sentence, a drawing, and the same as tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import Truncator

from access.models import User
from casemgr.apa.corroboration import Graph, Side, Spoken, Voice, Way
from casemgr.apa.origins import Origin
from casemgr.apa.record import Source
from casemgr.web.origin_drawing import Line, Shape, Sheet, sheet
from casemgr.words import Stance
from designations.words import in_plain_words
from evidence.models import EvidenceItem

SAYS = "says"
LONGEST_NAME = 90
"""Characters of an item's name in a table; an item without a title goes by what it says."""


@dataclass(frozen=True, slots=True)
class Name:
    """An item or a source by what people call it; ``address`` empty: nothing to open."""

    text: str
    what: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One origin, for the table."""

    voice: Voice
    name: Name
    items: tuple[tuple[str, Name], ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item, for the table: how it comes from what, and whose word it is."""

    item: Spoken
    name: Name
    ways: tuple[tuple[str, Name, bool], ...]  # word, from what, whether it adds no voice
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of an element."""

    stance: Stance
    origins: int
    said: str
    drawing: Sheet
    voices: tuple[VoiceRow, ...]
    items: tuple[ItemRow, ...]

    @property
    def id(self) -> str:
        """Its name in addresses of places on the page."""
        return "for" if self.stance is Stance.SUPPORTS else "against"


class Names:
    """What people call the items and sources of a record, as far as the reader may open them."""

    def __init__(self, sources: Mapping[str, Source], graphs: Iterable[Graph], user: User) -> None:
        sides = [side for each in graphs for side in (each.supports, each.contradicts)]
        keys = {item.key for side in sides for item in side.items}
        rows = EvidenceItem.objects.visible_to(user).filter(key__in=keys)
        self._items = {
            row.key: Name(
                Truncator(row.title or row.summary or row.key).chars(LONGEST_NAME),
                row.get_kind_display(),
                reverse("evidence-item", args=[row.key]),
            )
            for row in rows
        }
        self._sources = sources

    def item(self, key: str) -> Name:
        """The item; by its key alone where the reader may not open it."""
        return self._items.get(key) or Name(key, "item withheld from you")

    def voice(self, voice: Voice) -> Name:
        """The origin: who speaks, and for an institution with the record it speaks in."""
        kind, key = voice.origin
        if kind == "officials":
            return Name(voice.label, "unnamed officials count as one")
        if voice.source is None:
            return Name(self.item(key).text if kind == "item" else key, "source not stated")
        known = self._sources.get(voice.source)
        name = known.name if known and known.name else voice.source
        role = in_plain_words(voice.role) if voice.role else ""
        if kind == "item":
            return Name(name, f"its record {key} · {role}")
        return Name(name, role)


def arranged(graph: Graph, names: Names) -> tuple[Shown, Shown]:
    """Both sides of the element, what is said for it first."""
    return _shown(graph.supports, names), _shown(graph.contradicts, names)


def counted(number: int, noun: str) -> str:
    """``1 origin``, ``2 origins``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _shown(side: Side, names: Names) -> Shown:
    voices = {voice.origin: voice for voice in side.voices}
    called = {origin: names.voice(voice) for origin, voice in voices.items()}
    ways: dict[str, list[Way]] = {}
    for way in side.ways:
        ways.setdefault(way.child, []).append(way)
    return Shown(
        stance=side.stance,
        origins=side.origins,
        said=_sentence(side),
        drawing=_drawing(side, names, called),
        voices=tuple(
            VoiceRow(
                voice, called[voice.origin], tuple((key, names.item(key)) for key in voice.items)
            )
            for voice in side.voices
        ),
        items=tuple(
            ItemRow(
                item,
                names.item(item.key),
                tuple(
                    (_word(way), _parent(way, names, called), way.repeats)
                    for way in ways.get(item.key, ())
                ),
                tuple(called[origin].text for origin in item.voices),
            )
            for item in side.items
        ),
    )


def _sentence(side: Side) -> str:
    """``3 items say so and go back to 2 independent origins, of which 1 gains by the finding.``"""
    standing = [item for item in side.items if item.linked and not item.left_out]
    out = sum(item.linked and bool(item.left_out) for item in side.items)
    if not standing:
        said = "No item stands on this side."
    else:
        gains = sum(voice.interested and voice.counts for voice in side.voices)
        verb = "says so and goes" if len(standing) == 1 else "say so and go"
        of_these = f", of which {gains} gain{'s' if gains == 1 else ''} by the finding"
        said = (
            f"{counted(len(standing), 'item')} {verb} back to "
            f"{counted(side.origins, 'independent origin')}{of_these if gains else ''}."
        )
    return f"{said} {counted(out, 'item')} left out, with the reason." if out else said


def _drawing(side: Side, names: Names, called: Mapping[Origin, Name]) -> Sheet:
    shapes = [_of_voice(voice, called[voice.origin]) for voice in side.voices]
    shapes += [_of_item(item, names.item(item.key)) for item in side.items]
    return sheet(
        shapes,
        [Line(way.child, _parent_id(way), _word(way), way.repeats) for way in side.ways],
    )


def _of_voice(voice: Voice, name: Name) -> Shape:
    lines = [name.text, name.what]
    if voice.interested:
        lines.append("◆ gains by the finding")
    if not voice.counts:
        lines.append("counts for nothing here")
    return Shape(
        _voice_id(voice.origin),
        tuple(line for line in lines if line),
        voice=True,
        counts=voice.counts,
        interested=voice.interested,
    )


def _of_item(item: Spoken, name: Name) -> Shape:
    lines = [name.text, f"{item.key} · {name.what}"]
    if item.left_out:
        lines.append(f"left out: {item.left_out}")
    elif not item.linked:
        lines.append("not linked here itself")
    elif item.interested:
        lines.append("◆ from who gains by the finding")
    return Shape(
        item.key,
        tuple(lines),
        address=name.address,
        counts=not item.left_out,
        interested=item.interested and item.linked,
        behind=not item.linked,
    )


def _word(way: Way) -> str:
    return SAYS if way.kind is None else way.kind.value.replace("-", " ")


def _parent(way: Way, names: Names, called: Mapping[Origin, Name]) -> Name:
    if way.item is not None:
        return replace(names.item(way.item), text=way.item)
    assert way.voice is not None  # noqa: S101 - a way leads to an item or to a voice
    return called[way.voice]


def _parent_id(way: Way) -> str:
    return way.item if way.item is not None else _voice_id(way.voice or ("", ""))


def _voice_id(origin: Origin) -> str:
    return f"{origin[0]} {origin[1]}"
