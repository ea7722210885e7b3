"""Lists under a name: private or shared, one default, changed by their owner."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from access.revision import StaleRevisionError
from casemgr.actions.saved_views import amend_view, filters_of, remove_view, save_view
from casemgr.models import SavedView

BY = {"reason": "a test"}


def kept(desk, name="Overdue", **stated) -> SavedView:
    return save_view("tasks", name, stated.pop("query", "state=open"), actor=desk.ana, **stated,
                     **BY)  # fmt: skip


def test_only_filters_are_kept_not_the_place_in_the_list():
    assert filters_of("?state=open&page=3&after=C-1&mine=&case=C-1&case=C-2") == (
        "state=open&case=C-1&case=C-2"
    )
    assert filters_of("state=%00") == ""


def test_a_private_view_is_seen_by_its_owner_and_a_shared_one_by_the_team(desk):
    private, shared = kept(desk), kept(desk, "Shared", team=desk.case.team)
    assert set(SavedView.objects.visible_to(desk.ana)) == {private, shared}
    assert set(SavedView.objects.visible_to(desk.mona)) == {shared}
    assert set(SavedView.objects.visible_to(desk.stranger)) == set()


def test_a_new_default_takes_the_place_of_the_one_before(desk):
    first, second = kept(desk, "One", is_default=True), kept(desk, "Two", is_default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)
    first = amend_view(first, first.revision, is_default=True, actor=desk.ana, **BY)
    second.refresh_from_db()
    assert (first.is_default, second.is_default) == (True, False)


def test_a_name_is_used_once_a_page_and_person(desk):
    kept(desk)
    with pytest.raises(ValidationError, match="already have a view of this name"):
        kept(desk)
    save_view("docket", "Overdue", "", actor=desk.ana, **BY)
    save_view("tasks", "Overdue", "", actor=desk.mona, **BY)


def test_only_the_owner_changes_or_forgets_it(desk):
    view = kept(desk, team=desk.case.team)
    with pytest.raises(PermissionDenied):
        amend_view(view, 1, name="Mine now", actor=desk.mona, **BY)
    with pytest.raises(PermissionDenied):
        remove_view(view, actor=desk.mona, **BY)
    amend_view(view, 1, name="Later", actor=desk.ana, **BY)
    with pytest.raises(StaleRevisionError):
        amend_view(view, 1, name="Later still", actor=desk.ana, **BY)
    remove_view(view, actor=desk.ana, **BY)
    assert not SavedView.objects.exists()


def test_unknown_pages_and_other_peoples_teams_are_refused(desk):
    with pytest.raises(ValidationError, match="Write one of: docket"):
        save_view("secrets", "x", "", actor=desk.ana, **BY)
    with pytest.raises(ValidationError, match="You do not work in"):
        kept(desk, team=desk.stranger.memberships.get().team)
