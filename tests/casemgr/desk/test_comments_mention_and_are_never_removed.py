"""What people say to each other: mentions, edits and withdrawals."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from access.models import Marking
from access.revision import StaleRevisionError
from casemgr.actions.comments import edit_comment, withdraw_comment, write_comment
from casemgr.ledger.change import Change
from casemgr.mentions import names_called
from casemgr.models import Case, Comment, Notification
from tests.access.factories import UserFactory
from tests.casemgr.factories import a_case, element_of

BY = {"reason": "a test"}


def said(desk, text, **on) -> Comment:
    return write_comment(desk.case, text, actor=desk.cora, reason="a test", **on)


def told(comment) -> set[tuple[str, str]]:
    rows = Notification.objects.filter(comment=comment)
    return set(rows.values_list("person__username", "kind"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ana", ("ana",)),
        ("(@ana, @mona.)", ("ana", "mona")),
        ("@ana @ana", ("ana",)),
        ("write to ana@example.org", ()),
        ("@ or @@ or @.", ()),
        ("@a.b-c+d_e!", ("a.b-c+d_e",)),
        ("@Zoë", ("Zoë",)),
    ],
)
def test_names_are_read_out_of_the_text(text, names):
    assert names_called(text) == names


def test_those_who_may_see_the_case_are_told_and_nobody_else(desk):
    comment = said(desk, "@ana @otto @nobody @cora look")
    assert told(comment) == {("ana", "mentioned")}
    assert {row.person for row in comment.mentions.all()} == {desk.ana, desk.cora}


def test_a_marking_that_one_lacks_keeps_the_mention_from_one(desk):
    Marking.objects.create(code="CUI", title="Controlled")
    desk.mona.cleared_markings = ["CUI"]
    desk.mona.save()
    Case.objects.filter(pk=desk.case.pk).update(markings=["CUI"])
    desk.case.refresh_from_db()
    assert told(said(desk, "@ana @mona")) == {("mona", "mentioned")}


def test_an_auditor_and_no_administrator_can_be_called(desk):
    UserFactory(auditor=True, username="audrey")
    UserFactory(administrator=True, username="adam")
    UserFactory(auditor=True, username="gone", is_active=False)
    assert told(said(desk, "@audrey @adam @gone")) == {("audrey", "mentioned")}


def test_who_has_the_task_and_who_made_it_hear_what_is_said_on_it(desk):
    task = desk.task(assignee=desk.ana)
    comment = write_comment(desk.case, "Done soon, @ana.", task=task, actor=desk.mona, **BY)
    assert told(comment) == {("ana", "mentioned"), ("cora", "commented")}


def test_an_edit_keeps_what_was_and_tells_only_who_is_new(desk):
    comment = said(desk, "@ana look")
    edited = edit_comment(comment, 1, "@ana and @mona look", actor=desk.cora, **BY)
    assert told(comment) == {("ana", "mentioned"), ("mona", "mentioned")}
    assert edited.edited_at is not None
    assert Change.objects.of(comment).last().payload["was"]["text"] == "@ana look"
    with pytest.raises(StaleRevisionError):
        edit_comment(comment, 1, "again", actor=desk.cora, **BY)


def test_only_its_author_edits_and_only_author_or_manager_withdraws(desk):
    comment = said(desk, "Something rash.")
    with pytest.raises(PermissionDenied):
        edit_comment(comment, 1, "Something else.", actor=desk.mona, **BY)
    with pytest.raises(PermissionDenied):
        withdraw_comment(comment, 1, "not mine", actor=desk.ana)
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_comment(comment, 1, " ", actor=desk.mona)
    withdraw_comment(comment, 1, "It names a source", actor=desk.mona)
    with pytest.raises(ValidationError, match="was withdrawn"):
        edit_comment(comment, 2, "Something else.", actor=desk.cora, **BY)
    assert Change.objects.of(comment).last().reason == "It names a source"


def test_the_database_keeps_comments_whole_and_forever(desk):
    task = desk.task()
    comment = said(desk, "Kept.", element=element_of(desk.case, "L-1"))
    other = a_case(desk.case.team, actor=desk.ana)
    for change in (
        {"text": " "},
        {"task": task},
        {"case_element": element_of(other, "L-1")},
        {"withdrawn_why": "half"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**change)
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).delete()


def test_a_part_of_another_case_is_refused(desk):
    other = a_case(desk.case.team, actor=desk.ana)
    with pytest.raises(ValidationError, match="another case"):
        said(desk, "Here?", element=element_of(other, "L-1"))
