"""The review of a case as its page shows it: drawn once for an assessment, then shown again.

Reading a checklist of two hundred links and drawing its matrix takes longer than the rest of the
page, and an assessment never changes. So what was drawn is kept under a name made of everything it
shows and of the templates that drew it, by the template's tag ``cache``; a name that is the same
cannot show anything else. To make the name of a stored assessment its checklist need not be read:
beside its digests count only the names of the people in it, and what changed beneath a signature.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from access.optional_cache import cache as kept
from casemgr.models import Assessment, Case
from casemgr.web.matrix import STALE, people_in
from casemgr.web.of_case import names_of, review_of
from casemgr.web.sign_offs import with_reasons

_KEPT_SECONDS = 24 * 3600


class KeptReview:
    """What the page of a case shows of one checklist. ``parts`` is read only where it is drawn."""

    def __init__(self, read: Callable[[], dict[str, Any]]) -> None:
        self._read = read

    @cached_property
    def checklist(self) -> dict[str, Any]:
        """The checklist, read now."""
        return self._read()

    @cached_property
    def parts(self) -> dict[str, Any]:
        """Matrix, weaknesses, steps still ahead."""
        return review_of(self.checklist)

    @cached_property
    def name(self) -> str:
        """What is drawn is kept under this."""
        return _digest(self.checklist, names_of(people_in(self.checklist)))


class ReviewOfAssessment(KeptReview):
    """The same of the current assessment, with what changed beneath its signatures."""

    def __init__(self, case: Case, assessment: Assessment) -> None:
        super().__init__(assessment.read_checklist)
        self._case, self._assessment = case, assessment

    @cached_property
    def parts(self) -> dict[str, Any]:
        """Matrix, weaknesses, steps still ahead; stale sign-offs say what changed beneath them."""
        found = review_of(self.checklist)
        return found | {"rows": with_reasons(self._case, self._assessment, found["rows"])}

    @cached_property
    def name(self) -> str:
        """What is drawn is kept under this."""
        row = self._assessment
        which = self._case.key, row.seq, str(row.as_of), row.input_digest, row.output_digest
        place = f"review:{_digest(*which)}"
        told = kept.get(place)
        if told is None:
            stale = any(row.signed.endswith(STALE) for row in self.parts["rows"])
            told = sorted(people_in(self.checklist)), stale
            kept.set(place, told, _KEPT_SECONDS)
        people, stale = told
        reasons = [row.stale_because for row in self.parts["rows"]] if stale else []
        return _digest(*which, names_of(people), reasons)


def _digest(*shown: Any) -> str:
    return hashlib.sha256(json.dumps([_looks(), *shown]).encode()).hexdigest()


@cache
def _looks() -> str:
    """Digest of every template and template tag of the product, which a process reads once."""
    sources = hashlib.sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if folder.parent == settings.BASE_DIR:
            for kind in ("templates/**/*.html", "templatetags/*.py"):
                for source in sorted(folder.glob(kind)):
                    sources.update(source.read_bytes())
    return sources.hexdigest()
