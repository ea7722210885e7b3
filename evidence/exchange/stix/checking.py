"""A bundle held against the record: what would be logged for whom, what is here, what forbids it.

Nothing is logged. It speaks only of items and sources that the reader may see.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from access.models import Marking, Team, User
from evidence.exchange.stix.plan import Author, Draft, Plan, Restriction
from evidence.exchange.stix.reading import BundleError, moment
from evidence.exchange.stix.words import OPEN_LEVELS, code_of, own_id
from evidence.intake.guard import StepFailedError, guarded
from evidence.models import EvidenceItem, Source, StixObject
from evidence.search.duplicates import Alike, Entered, alike
from evidence.web.guess import addresses_in
from evidence.words import EvidenceKind, SourceRole

_SECONDS = 60.0
# What a sector says of the party beyond doubt; a technology company may be anyone to the matter.
_ROLES: Mapping[str, SourceRole] = {
    "commercial": SourceRole.COMMERCIAL,
    "education": SourceRole.ACADEMIC,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides about a bundle, because it does not say it."""

    team: Team
    kind: EvidenceKind = EvidenceKind.TECHNICAL_RECORD
    source: Source | None = None
    """Of objects that name no author."""
    roles: Mapping[str, SourceRole] = field(default_factory=dict)
    """Of new sources, by the identifier of the author."""


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that would be entered."""

    author: str
    name: str
    role: SourceRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One item that would be logged, or why it would not."""

    draft: Draft
    source: Source | None
    new_source: NewSource | None
    kind: EvidenceKind
    known: EvidenceItem | None = None
    skipped: str = ""
    remark: str = ""
    supersedes: EvidenceItem | None = None
    origins: tuple[EvidenceItem | str, ...] = ()
    """Items it is derived from: in the record, or by the identifier of another of the file."""
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedBundle:
    """A bundle read and held against the record."""

    filename: str
    sha256: str
    plan: Plan
    choices: Choices
    entries: tuple[Entry, ...]
    markings: tuple[str, ...]
    beyond: tuple[str, ...]
    unmarked: tuple[Restriction, ...]

    @property
    def new(self) -> list[Entry]:
        """What would be logged."""
        return [entry for entry in self.entries if not entry.skipped]

    @property
    def passed_over(self) -> list[Entry]:
        """What would not, each with why."""
        return [entry for entry in self.entries if entry.skipped]

    @property
    def new_sources(self) -> list[NewSource]:
        """The sources that would be entered with the items, each once."""
        named = (entry.new_source for entry in self.new)
        return list({each.author: each for each in named if each is not None}.values())

    @property
    def forbids(self) -> str:
        """Why nothing of it can be logged by this person; empty where it can."""
        if not self.beyond:
            return ""
        codes = ", ".join(self.beyond)
        return (
            f"The bundle is marked {codes}, and you are not cleared for that: have someone log it "
            "who is."
        )


def plan_in(content: bytes, filename: str) -> Plan:
    """What the file would become, read where it can do no harm. Raises BundleError."""
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            result = guarded("stix", file, filename, seconds=_SECONDS)
        except StepFailedError as error:
            raise BundleError(f"The file could not be read. {error}") from error
    if "refused" in result:
        raise BundleError(result["refused"])
    return Plan.of_json(result["plan"])


def check_bundle(content: bytes, filename: str, user: User, choices: Choices) -> CheckedBundle:
    """Read the file and hold it against the record. Raises BundleError for what is no bundle."""
    plan = plan_in(content, filename)
    sha256 = hashlib.sha256(content).hexdigest()
    return check_plan(plan, filename, sha256, user, choices)


def check_plan(
    plan: Plan, filename: str, sha256: str, user: User, choices: Choices, *, closely: bool = True
) -> CheckedBundle:
    """Hold a plan against the record; ``closely`` also looks for items that say much the same."""
    checker = _Checker(plan, user, choices, closely)
    codes, unmarked = _markings(plan)
    return CheckedBundle(
        filename,
        sha256,
        plan,
        choices,
        tuple(checker.entry(draft) for draft in plan.drafts),
        tuple(codes),
        tuple(sorted(set(codes) - set(user.cleared_markings))),
        tuple(unmarked),
    )


def _markings(plan: Plan) -> tuple[list[str], list[Restriction]]:
    """The marking codes that stand for restrictions of the bundle, and those without a code.

    Each item carries the whole bundle as its exhibit, so each carries all of them.
    """
    known = dict(Marking.objects.values_list("code", "title"))
    spelled = {code.replace("/", "-"): code for code in known}
    ours = {own_id("marking-definition", code, title): code for code, title in known.items()}
    codes: dict[str, None] = {}
    unmarked: list[Restriction] = []
    for each in plan.restrictions:
        if each.level in OPEN_LEVELS:
            continue
        code = ours.get(each.id) or (spelled.get(code_of(each.level)) if each.level else None)
        if code is None:
            unmarked.append(each)
        else:
            codes[code] = None
    return list(codes), unmarked


@dataclass(frozen=True, slots=True)
class _Row:
    modified: str
    itself: bool
    item: int


class _Checker:
    """Holds one draft after the other against what the reader sees of the record."""

    def __init__(self, plan: Plan, user: User, choices: Choices, closely: bool) -> None:
        self.user, self.choices, self.closely = user, choices, closely
        self.visible = EvidenceItem.objects.visible_to(user)
        self.authors = {author.id: author for author in plan.authors}
        self.sources = {author.id: self._source_of(author) for author in plan.authors}
        self.heads = {draft.head for draft in plan.drafts if draft.head}
        self.rows = self._rows(plan)
        wanted = {row.item for rows in self.rows.values() for row in rows}
        self.items = {item.pk: item for item in self.visible.filter(pk__in=wanted)}

    def entry(self, draft: Draft) -> Entry:
        author = self.authors.get(draft.author)
        source = self.sources[draft.author] if author else self.choices.source
        new = self._new_source(author) if author is not None and source is None else None
        kind = EvidenceKind(draft.kind) if draft.kind else self.choices.kind
        known, skipped, older = self._known(draft)
        if not skipped and draft.revoked:
            skipped = "Its author revoked it."
            if older is not None:
                skipped = f"Its author revoked it; {older.key} is an earlier version of it."
                known = older
        if skipped:
            return Entry(draft, source, new, kind, known=known, skipped=skipped)
        return Entry(
            draft,
            source,
            new,
            kind,
            remark=self._remark(draft),
            supersedes=older,
            origins=tuple(self._origins(draft)),
            alike=tuple(self._alike(draft, source)),
        )

    def _source_of(self, author: Author) -> Source | None:
        seen = Source.objects.visible_to(self.user)
        if author.our_key:
            ours = seen.filter(key=author.our_key).first()
            if ours is not None and author.id == source_id(ours):
                return ours
        if not author.name:
            return None
        return seen.filter(name__iexact=author.name).order_by("pk").first()

    def _new_source(self, author: Author) -> NewSource | None:
        if not author.name:
            return None
        role = self.choices.roles.get(author.id) or guessed_role(author)
        return NewSource(author.id, author.name, role)

    def _rows(self, plan: Plan) -> Mapping[str, list[_Row]]:
        ids = {held.id for draft in plan.drafts for held in draft.held}
        ids |= {origin for draft in plan.drafts for origin in draft.derived_from}
        rows: dict[str, list[_Row]] = {}
        seen = StixObject.objects.filter(
            object_id__in=ids, exhibit__item__in=self.visible.values("pk")
        )
        for object_id, modified, itself, item in seen.order_by("pk").values_list(
            "object_id", "modified", "itself", "exhibit__item_id"
        ):
            said = modified.isoformat() if modified else ""
            rows.setdefault(object_id, []).append(_Row(said, itself, item))
        return rows

    def _known(self, draft: Draft) -> tuple[EvidenceItem | None, str, EvidenceItem | None]:
        """The item that is this, why it is passed over, or the item of an earlier version."""
        if draft.our_key:
            ours = self.visible.filter(key=draft.our_key).first()
            if ours is not None and draft.head == item_id(ours):
                return ours, f"It is {ours.key} of this record.", None
        if not draft.head:
            return self._known_rest(draft)
        stated = draft.held[0].modified
        older: _Row | None = None
        for row in self.rows.get(draft.head, ()):
            item = self.items[row.item]
            if row.modified == stated:
                return item, f"It is {item.key} already.", None
            if moment(row.modified) and moment(stated) and row.modified > stated:
                return item, f"{item.key} is a newer version of it.", None
            if row.itself and (older is None or row.modified > older.modified):
                older = row
        return None, "", self.items[older.item] if older is not None else None

    def _known_rest(self, draft: Draft) -> tuple[EvidenceItem | None, str, EvidenceItem | None]:
        items = [self._item_with(held.id, held.modified) for held in draft.held]
        if not all(items):
            return None, "", None
        keys = sorted({item.key for item in items if item is not None})
        return items[0], f"All of it is in {', '.join(keys)} already.", None

    def _item_with(self, object_id: str, modified: str) -> EvidenceItem | None:
        for row in self.rows.get(object_id, ()):
            if row.modified >= modified:
                return self.items[row.item]
        return None

    def _remark(self, draft: Draft) -> str:
        if draft.head:
            return ""
        known = [self._item_with(held.id, held.modified) for held in draft.held]
        keys = sorted({item.key for item in known if item is not None})
        if not keys:
            return ""
        number = sum(item is not None for item in known)
        return f"{number:,} of its {len(known):,} objects are in {', '.join(keys)} already."

    def _origins(self, draft: Draft) -> list[EvidenceItem | str]:
        found: list[EvidenceItem | str] = []
        for origin in draft.derived_from:
            rows = [row for row in self.rows.get(origin, ()) if row.itself]
            if origin in self.heads:
                found.append(origin)
            elif rows:
                found.append(self.items[rows[-1].item])
        return found

    def _alike(self, draft: Draft, source: Source | None) -> list[Alike]:
        entered = Entered(
            words=draft.title,
            addresses=tuple(addresses_in(draft.citation))[:20],
            source=source.name if source is not None else "",
            dated=draft.dated,
        )
        return alike(entered, self.user, closely=self.closely) if self.closely else []


def guessed_role(author: Author) -> SourceRole:
    """Who the author is to the matter, where its own words leave no doubt; else ``other``."""
    if author.our_key:
        for role in author.roles:
            if role in set(SourceRole):
                return SourceRole(role)
    roles = {_ROLES[sector] for sector in author.sectors if sector in _ROLES}
    return roles.pop() if len(roles) == 1 and len(author.sectors) == 1 else SourceRole.OTHER


def item_id(item: EvidenceItem) -> str:
    """The identifier of an item as a report; two services that use one key have two."""
    return own_id("report", item.key, item.recorded_at.isoformat())


def source_id(source: Source) -> str:
    """The identifier of a source as an identity."""
    return own_id("identity", source.key, source.recorded_at.isoformat())
