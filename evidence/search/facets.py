"""What a list of evidence can be narrowed by, and how many items each choice would leave.

A facet is stated once, as an expression over items. The same expression filters the rows and is
counted. All counts come from one statement: PostgreSQL reads the visible items once and counts
each facet under the choices made in all the *other* facets, so that a second choice in the same
facet widens the list and the number beside it says by how much.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear

from access.models import User
from access.scope import cleared_for, in_teams_of
from designations.words import in_plain_words
from evidence.models import Blob, Claim, EvidenceItem, Exhibit, Intake, IntakeState
from evidence.words import Access, ClaimState, EvidenceKind, Privilege, SourceRole

NOT_STATED = "not-stated"
_MEMORY = "64MB"
Choices = Mapping[str, Sequence[str]]
"""Of each facet the values chosen; a facet without any is not narrowed."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow by. ``many``: an item may have several values of it at once."""

    name: str
    label: str
    words: Mapping[str, str] = field(default_factory=dict)  # value to what a reader reads
    many: bool = False

    @property
    def column(self) -> str:
        """Its name among the columns of an annotated query."""
        return f"facet_{self.name}"

    def chosen(self, values: Sequence[str]) -> Q:
        """The items of any of these values."""
        lookup = "overlap" if self.many else "in"
        return Q(**{f"{self.column}__{lookup}": list(values)})


def _spaced(word: Any) -> dict[str, str]:
    return {each.value: in_plain_words(each) for each in word} | {NOT_STATED: "not stated"}


FACETS = (
    Facet("kind", "Kind", _spaced(EvidenceKind)),
    Facet("role", "Who says it", _spaced(SourceRole) | {NOT_STATED: "no source named"}),
    Facet(
        "link",
        "At work in a case",
        {"linked": "bears on a case", "unlinked": "not linked yet"},
    ),
    Facet(
        "delivery",
        "Delivered by a provider",
        {
            "waiting": "delivered, not accepted yet",
            "accepted": "delivered and accepted",
            "none": "logged by the office",
        },
    ),
    Facet(
        "exhibit",
        "File",
        {
            "file": "has an exhibit",
            "citation": "citation only",
            "quarantined": "a file in quarantine",
            "not-whole": "a file not whole as stored",
            "waiting": "a file being taken in",
        },
        many=True,
    ),
    Facet(
        "claims",
        "Numbers it claims",
        {
            ClaimState.CONTRADICTED.value: "contradicted by data",
            ClaimState.UNVERIFIABLE.value: "cannot be verified",
            ClaimState.NEVER.value: "never checked",
            ClaimState.VERIFIED.value: "verified",
            "none": "claims no number",
        },
        many=True,
    ),
    Facet("access", "Handling", _spaced(Access)),
    Facet("marking", "Marking", {NOT_STATED: "unmarked"}, many=True),
    Facet("privilege", "Privilege", _spaced(Privilege)),
    Facet(
        "status",
        "Standing",
        {"current": "current", "superseded": "superseded", "withdrawn": "withdrawn"},
    ),
    Facet("year", "Year it is dated", {NOT_STATED: "not dated"}),
    Facet("team", "Team"),
)
BY_NAME = {facet.name: facet for facet in FACETS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a reader may choose it."""

    value: str
    label: str
    items: int | None
    """What it would leave; None while that is not counted."""
    chosen: bool


def with_facets(
    items: QuerySet[EvidenceItem], user: User, names: Collection[str] = BY_NAME
) -> QuerySet[EvidenceItem]:
    """Annotates each item with its value of the facets named, under ``Facet.column``."""
    # Few items supersede another; said so, only those are read to tell which are superseded.
    superseding = EvidenceItem.objects.visible_to(user).filter(supersedes__isnull=False)
    columns: dict[str, Any] = {
        "kind": F("kind"),
        "role": _stated("source__role"),
        "link": _either(Exists(linked_for(user).filter(pk=OuterRef("pk"))), "linked", "unlinked"),
        "delivery": Case(
            When(delivery=None, then=Value("none")),
            When(delivery__accepted_at=None, then=Value("waiting")),
            default=Value("accepted"),
            output_field=CharField(),
        ),
        "exhibit": _exhibits(),
        "claims": _claims(),
        "access": _stated("access"),
        "marking": Case(
            When(markings=[], then=_words([NOT_STATED])),
            default=Cast("markings", ArrayField(TextField())),
        ),
        "privilege": _stated("privilege"),
        "status": Case(
            When(withdrawn_on__isnull=False, then=Value("withdrawn")),
            When(
                Exists(superseding.filter(supersedes=OuterRef("pk"))),
                then=Value("superseded"),
            ),
            default=Value("current"),
            output_field=CharField(),
        ),
        "year": Coalesce(
            Cast(ExtractYear("dated_on"), TextField()),
            Value(NOT_STATED),
            output_field=TextField(),
        ),
        "team": F("owner_team__key"),
    }
    return items.annotate(
        **{BY_NAME[name].column: what for name, what in columns.items() if name in names}
    )


def linked_for(user: User) -> QuerySet[EvidenceItem, Any]:
    """Items that bear now on a case the reader may see; other links tell them nothing."""
    return EvidenceItem.objects.filter(
        in_teams_of(user, "links__case_element__case__team"),
        cleared_for(user, "links__case_element__case__markings"),
        links__isnull=False,
        links__ended_on__isnull=True,
    ).values("pk")


def narrowed(items: QuerySet[EvidenceItem], chosen: Choices) -> QuerySet[EvidenceItem]:
    """The annotated items under every choice."""
    for name, values in chosen.items():
        if values:
            items = items.filter(BY_NAME[name].chosen(values))
    return items


def counts(items: QuerySet[EvidenceItem], chosen: Choices) -> dict[str, dict[str, int]]:
    """Of each facet its values with the items each would leave; ``""`` counts the whole list.

    ``items`` is annotated and not yet narrowed. One statement, whatever there is: items that are
    alike in every facet are put together first, so that what is counted eleven times is short.
    """
    columns = ", ".join(facet.column for facet in FACETS)
    inner, parameters = (
        items.order_by().values(*(facet.column for facet in FACETS)).query.sql_with_params()
    )
    given: list[Any] = list(parameters)
    parts = []
    for facet in (None, *FACETS):
        conditions = []
        for other in FACETS:
            values = list(chosen.get(other.name, ()))
            if values and other is not facet:
                conditions.append(
                    f"{other.column} && %s::text[]" if other.many else f"{other.column} = ANY(%s)"
                )
                given.append(values)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if facet is None:
            parts.append(f"SELECT '', '', coalesce(sum(items), 0)::bigint FROM seen{where}")  # noqa: S608 - our own names
        else:
            value = f"unnest({facet.column})" if facet.many else facet.column
            name = f"SELECT '{facet.name}', {value}::text AS value, sum(items)::bigint"
            parts.append(f"{name} FROM seen{where} GROUP BY value")
    # Names are those of this file; every value is a parameter.
    statement = (
        f"WITH every AS MATERIALIZED ({inner}), seen AS MATERIALIZED ("  # noqa: S608
        f"SELECT {columns}, count(*) AS items FROM every GROUP BY {columns}) "
        f"{' UNION ALL '.join(parts)}"
    )
    found: dict[str, dict[str, int]] = {facet.name: {} for facet in FACETS}
    found[""] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        # Enough to hold a few hundred thousand items, which are else sorted on the disk.
        cursor.execute("SELECT set_config('work_mem', %s, true)", [_MEMORY])
        cursor.execute(statement, given)
        for name, value, number in cursor.fetchall():
            found[name][value] = number
    return found


def choices(
    facet: Facet, counted: Mapping[str, int] | None, chosen: Sequence[str], names: Mapping[str, str]
) -> list[Choice]:
    """The values to offer: those some item has, and those chosen though none has.

    Closed lists keep their order; years run backwards, names by the alphabet. While nothing is
    ``counted`` those that are known to exist are offered.
    """
    words = {**facet.words, **names}
    order = {value: place for place, value in enumerate(facet.words)}
    if counted is None:
        found = {*words, *chosen}
    else:
        found = {value for value in (*counted, *chosen) if counted.get(value) or value in chosen}

    def place(value: str) -> tuple[int, str]:
        if facet.name == "year":
            return (-int(value) if value.isdigit() else 1, value)
        return (order.get(value, len(order)), words.get(value, value))

    return [
        Choice(
            value,
            words.get(value, value),
            None if counted is None else counted.get(value, 0),
            value in chosen,
        )
        for value in sorted(found, key=place)
    ]


def _stated(path: str) -> Case:
    """The column, or that nothing is stated."""
    return Case(
        When(Q(**{path: ""}) | Q(**{f"{path}__isnull": True}), then=Value(NOT_STATED)),
        default=F(path),
        output_field=CharField(),
    )


def _either(condition: Any, yes: str, no: str) -> Case:
    return Case(When(condition, then=Value(yes)), default=Value(no), output_field=CharField())


def _words(values: list[str]) -> Value:
    return Value(values, output_field=ArrayField(TextField()))


def _claims() -> Func:
    """The states of an item's claims, each once, or that it has none."""
    of_item = Claim.objects.filter(item=OuterRef("pk"))
    states = {
        ClaimState.CONTRADICTED.value: Q(check_state=ClaimState.CONTRADICTED.value),
        ClaimState.UNVERIFIABLE.value: Q(check_state=ClaimState.UNVERIFIABLE.value),
        ClaimState.NEVER.value: Q(check_state__in=("", ClaimState.NEVER.value)),
        ClaimState.VERIFIED.value: Q(check_state=ClaimState.VERIFIED.value),
    }
    return _those_that_hold(
        {state: Exists(of_item.filter(condition)) for state, condition in states.items()}
        | {"none": ~Exists(of_item)}
    )


def _exhibits() -> Func:
    """Whether the item has a file, and where the intake of its files stands."""
    of_item = Exhibit.objects.filter(item=OuterRef("pk"))
    not_whole = Blob.objects.not_whole().values("pk")

    def with_one(state: IntakeState) -> Q:
        # Few at any time: found once, and not sought for each item.
        return Q(pk__in=Intake.objects.filter(state=state).values("exhibit__item_id"))

    return _those_that_hold(
        {
            "file": Exists(of_item),
            "citation": ~Exists(of_item),
            "quarantined": with_one(IntakeState.QUARANTINED),
            "waiting": with_one(IntakeState.WAITING),
            "not-whole": Q(pk__in=Exhibit.objects.filter(blob__in=not_whole).values("item_id")),
        }
    )


def _those_that_hold(conditions: Mapping[str, Any]) -> Func:
    """The words whose condition holds, as an array."""
    cases = [
        Case(When(condition, then=Value(word)), default=None, output_field=TextField())
        for word, condition in conditions.items()
    ]
    return Func(
        *cases,
        template="array_remove(ARRAY[%(expressions)s]::text[], NULL)",
        output_field=ArrayField(TextField()),
    )
