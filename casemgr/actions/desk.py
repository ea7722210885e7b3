"""Keeping unfinished words and bookmarks. Neither is a fact of the case, so neither is recorded."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from access.models import User
from access.revision import StaleRevisionError
from casemgr.models import Bookmark, Case, CaseElement, FindingDraft


def save_draft(
    element: CaseElement,
    text: str,
    stated: Mapping[str, Any],
    *,
    base: int,
    expected: int,
    author: User,
) -> FindingDraft:
    """Keep what its author has written so far.

    ``base`` is the revision of the finding it builds on, ``expected`` the draft's own revision
    as its author last saw it, 0 for a first one. Raises StaleRevisionError, whose row is the
    draft that is there, when it was saved in another window meanwhile.
    """
    with transaction.atomic():
        # The element is locked and not the draft, which may not exist yet.
        CaseElement.objects.select_for_update().get(pk=element.pk)
        draft = FindingDraft.objects.filter(case_element=element, author=author).first()
        if draft is None:
            draft = FindingDraft(case_element=element, author=author, revision=0)
        elif draft.revision != expected and (draft.text, draft.stated) != (text, dict(stated)):
            raise StaleRevisionError(draft, expected)
        draft.text, draft.stated, draft.base = text, dict(stated), base
        draft.revision += 1
        draft.full_clean()
        draft.save()
    return draft


def discard_draft(element: CaseElement, author: User) -> None:
    """Throw the draft away: it was saved as a finding, or its author does not want it."""
    FindingDraft.objects.filter(case_element=element, author=author).delete()


def set_bookmark(case: Case, seq: int, *, reader: User) -> Bookmark:
    """The reader has seen the history of the case up to this change."""
    bookmark, _ = Bookmark.objects.update_or_create(
        case=case, reader=reader, defaults={"change_seq": seq, "at": Now()}
    )
    return bookmark
