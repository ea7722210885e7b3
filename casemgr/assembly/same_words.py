"""Where the words of a case's findings stand as findings on other designees of the team.

Only the team's own cases are compared: what another team wrote is not named to this one.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

# As casemgr.apa.reasoning.words reads a text; the index of the same expression finds it.
WORDS = r"md5(lower(regexp_replace(btrim({}.text), '\s+', ' ', 'g')))"

_QUERY = f"""
WITH mine AS (
    SELECT element.case_id, element.id AS element_id, revision.number,
           {WORDS.format("revision")} AS words
      FROM casemgr_findingrevision revision
      JOIN casemgr_finding finding ON finding.id = revision.finding_id
      JOIN casemgr_caseelement element ON element.id = finding.case_element_id
     WHERE element.case_id = ANY(%s) AND revision.text ~ '\\S')
SELECT mine.element_id, mine.number, other.key || '/' || law.code,
       revision.written_on, following.written_on, following.number IS NULL
  FROM mine
  JOIN casemgr_case case_ ON case_.id = mine.case_id
  JOIN casemgr_findingrevision revision ON {WORDS.format("revision")} = mine.words
  JOIN casemgr_finding finding ON finding.id = revision.finding_id
  JOIN casemgr_caseelement element ON element.id = finding.case_element_id
  JOIN designations_element law ON law.id = element.element_id
  JOIN casemgr_case other ON other.id = element.case_id
   AND other.team_id = case_.team_id AND other.id <> case_.id
   AND (other.designee_id IS NULL OR other.designee_id IS DISTINCT FROM case_.designee_id)
  LEFT JOIN LATERAL (
      SELECT later.number, later.written_on FROM casemgr_findingrevision later
       WHERE later.finding_id = revision.finding_id AND later.number > revision.number
       ORDER BY later.number LIMIT 1) following ON true
"""  # noqa: S608 - the only text put in is the expression above


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same words on another designee, from the day they were written until they were not."""

    place: str
    since: date | None
    until: date | None
    current: bool

    def stood(self, day: date | None) -> bool:
        """Whether they stood there on ``day``; without a day, whether they stand there now."""
        if day is None:
            return self.current
        begun = self.since is None or self.since <= day
        return begun and (self.current or (self.until is not None and day < self.until))


SameWords = dict[tuple[int, int], list[Elsewhere]]
"""By case element and number of the wording."""


def same_words(case_ids: Collection[int]) -> SameWords:
    """Every wording of the cases' findings that stands, or stood, word for word elsewhere."""
    found: SameWords = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [list(case_ids)])
        for element, number, place, since, until, current in cursor.fetchall():
            found[element, number].append(Elsewhere(place, since, until, current))
    return found


_CASES = f"""
SELECT mine.id, element.case_id
  FROM casemgr_findingrevision mine
  JOIN casemgr_findingrevision wording ON wording.finding_id = mine.finding_id
   AND wording.number IN (mine.number, mine.number - 1) AND wording.text ~ '\\S'
  JOIN casemgr_findingrevision revision
    ON {WORDS.format("revision")} = {WORDS.format("wording")}
  JOIN casemgr_finding finding ON finding.id = revision.finding_id
  JOIN casemgr_caseelement element ON element.id = finding.case_element_id
 WHERE mine.id = ANY(%s)
"""  # noqa: S608 - the only text put in is the expression above


def cases_with_the_same_words(revisions: Collection[int]) -> list[tuple[int, int]]:
    """(revision, case) of every case that has the words of a revision or of the one before it."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [list(revisions)])
        rows: list[tuple[int, int]] = cursor.fetchall()
        return rows
