"""Sources and evidence of a docket into rows, by the actions that enter evidence as stated."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from access.models import Team, User
from casemgr.actions.docket_conflicts import Standing
from casemgr.apa import record as apa
from casemgr.docket.errors import Problem
from evidence.actions import (
    StatedClaim,
    import_derivation,
    import_descriptor,
    import_evidence,
    import_exhibit,
    import_grading,
    state_chip_diversion,
    state_claims,
    state_fraudulent_accounts,
)
from evidence.actions.sources import add_source
from evidence.models import EvidenceItem, Exhibit, Source


@dataclass(slots=True)
class WrittenEvidence:
    """Items by key, stored before or now; keys of those stored now; and what was refused."""

    items: Mapping[str, EvidenceItem] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def write_evidence(
    docket: apa.Docket, standing: Standing, team: Team, actor: User, reason: str
) -> WrittenEvidence:
    """Store the sources and items that are not there yet, in the caller's transaction.

    What cannot be stored is reported, every item of it; the caller then undoes the rest.
    """
    return _Writer(docket, standing, team, {"actor": actor, "reason": reason}).write()


class _Writer:
    def __init__(
        self, docket: apa.Docket, standing: Standing, team: Team, who: dict[str, Any]
    ) -> None:
        self.docket = docket
        self.standing = standing
        self.team = team
        self.who = who
        self.problems: list[Problem] = []
        self.sources: dict[str, Source] = {}
        self.items: dict[str, EvidenceItem] = {}

    def write(self) -> WrittenEvidence:
        """Sources, then items, then what items hang on one another."""
        for place, stated in enumerate(self.docket.sources):
            if stated.key not in self.standing.sources:
                self._try(f"sources[{place}]", partial(self._source, stated))
        named = [each.key for each in self.docket.sources]
        self.sources = {row.key: row for row in Source.objects.filter(key__in=named)}
        new = [
            (f"evidence[{place}]", item)
            for place, item in enumerate(self.docket.evidence)
            if item.key not in self.standing.items
        ]
        for path, item in new:
            self._try(path, partial(self._item, item))
        keys = [each.key for each in self.docket.evidence]
        self.items = {row.key: row for row in EvidenceItem.objects.filter(key__in=keys)}
        if not self.problems:
            for path, item in new:
                self._try(path, partial(self._parts, item))
        return WrittenEvidence(self.items, tuple(item.key for _, item in new), self.problems)

    def _source(self, stated: apa.Source) -> None:
        row = add_source(
            key=stated.key,
            owner_team=self.team,
            name=stated.name,
            role=stated.role.value,
            anonymous=stated.anonymous,
            of_government=stated.of_government or "",
            interest=stated.interest.value,
            **self.who,
        )
        for each in stated.descriptors:
            said = _stated(each)
            days = {"entered": said.pop("entered_on", None), "ended": said.pop("ended_on", None)}
            import_descriptor(row, **said, **days, **self.who)

    def _item(self, stated: apa.Item) -> None:
        import_evidence(
            self.team,
            key=stated.key,
            kind=stated.kind.value,
            source=self.sources[stated.source] if stated.source else None,
            title=stated.title,
            summary=stated.summary,
            citation=stated.citation,
            markings=stated.markings,
            privilege=stated.privilege or "",
            classified_reference=stated.classified_reference or "",
            access=stated.access or "",
            summary_given=stated.summary_given,
            occurred=stated.occurred,
            ended=stated.ended or "",
            relative_to=stated.relative.to.value if stated.relative else "",
            relative_order=stated.relative.order.value if stated.relative else "",
            dated=stated.dated_on,
            entered=stated.entered_on,
            hand=stated.hand or "",
            reliability=stated.reliability or "",
            credibility=stated.credibility,
            graded=stated.graded,
            body=stated.body,
            content=stated.content or "",
            language=stated.language or "",
            translation=stated.translation or "",
            integrity=stated.integrity or "",
            withdrawn=stated.withdrawn_on,
            **self.who,
        )

    def _parts(self, stated: apa.Item) -> None:
        """What hangs on an item, once every item of the docket is there."""
        row = self.items[stated.key]
        for grading in stated.gradings:
            import_grading(
                row,
                reliability=grading.reliability,
                credibility=grading.credibility,
                graded=grading.graded,
                entered=grading.entered_on,
                ended=grading.ended_on,
                **self.who,
            )
        for derivation in stated.derived_from:
            import_derivation(
                row,
                derivation.kind,
                parent_item=self.items[derivation.item] if derivation.item else None,
                parent_source=self.sources[derivation.source] if derivation.source else None,
                entered=derivation.entered_on,
                ended=derivation.ended_on,
                **self.who,
            )
        if stated.claims:
            state_claims(
                row,
                [StatedClaim(**_stated(claim)) for claim in stated.claims],
                **self.who,
            )
        if stated.fraudulent_accounts is not None:
            state_fraudulent_accounts(row, **_stated(stated.fraudulent_accounts), **self.who)
        if stated.chip_diversion is not None:
            state_chip_diversion(row, **_stated(stated.chip_diversion), **self.who)
        self._exhibits(row, stated.exhibits)

    def _exhibits(self, row: EvidenceItem, stated: Iterable[apa.Exhibit]) -> None:
        """An original comes before what was made of it, whatever the order of the file."""
        written: dict[str, Exhibit] = {}
        waiting = list(stated)
        positions = {id(each): place for place, each in enumerate(waiting)}
        while waiting:
            ready = [e for e in waiting if e.of_exhibit is None or e.of_exhibit in written]
            if not ready:
                names = ", ".join(each.filename or each.sha256 for each in waiting)
                raise ValidationError(
                    {"exhibits": f"{names}: made of one another, or of what the item does not hold"}
                )
            for each in ready:
                exhibit = import_exhibit(
                    row,
                    each.sha256,
                    filename=each.filename,
                    role=each.role,
                    acquired=each.acquired_on,
                    of_exhibit=written[each.of_exhibit] if each.of_exhibit else None,
                    **self.who,
                )
                Exhibit.objects.filter(pk=exhibit.pk).update(position=positions[id(each)])
                written[each.sha256] = exhibit
            waiting = [each for each in waiting if each not in ready]

    def _try(self, path: str, act: Callable[[], None]) -> None:
        try:
            act()
        except ValidationError as refusal:
            if hasattr(refusal, "error_dict"):
                for name, messages in refusal.message_dict.items():
                    where = path if name == "__all__" else f"{path}.{name}"
                    self.problems += [Problem(where, message) for message in messages]
            else:
                self.problems += [Problem(path, message) for message in refusal.messages]


def _stated(part: Any) -> dict[str, Any]:
    """The fields of a stated part that say something."""
    return {
        each.name: value for each in fields(part) if (value := getattr(part, each.name)) is not None
    }
