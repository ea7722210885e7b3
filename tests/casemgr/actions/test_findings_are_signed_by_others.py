"""Writing a finding, signing it, and when a signature goes stale."""

from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from access.revision import StaleRevisionError
from access.words import Role
from casemgr.actions.findings import Wording, sign_finding, write_finding
from casemgr.assemble import record_of
from casemgr.models import Signature
from casemgr.reassess.assess import assess_case
from casemgr.reassess.snapshots import keep_snapshot
from casemgr.signoff import SignOff, sign_offs
from tests.access.factories import member
from tests.casemgr.factories import a_case, element_of, linked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def written():
    case = a_case()
    item = linked(case, "L-1").item
    author = member(case.team, Role.COUNSEL)
    finding = write_finding(
        element_of(case, "L-1"),
        Wording(text=f"{item.key} shows the conduct.", cites=(item.key,)),
        actor=author,
        reason="first draft",
    )
    return case, finding, author


def state(case):
    assess_case(case.key)
    return sign_offs(case)[element_of(case, "L-1").pk]


def test_a_finding_cites_what_is_linked_to_the_case():
    case = a_case()
    with pytest.raises(ValidationError, match="E-NOWHERE: not linked"):
        write_finding(
            element_of(case, "L-1"),
            Wording(text="It is so.", cites=("E-NOWHERE",)),
            actor=member(case.team, Role.COUNSEL),
            reason="first draft",
        )


def test_every_wording_is_kept(written):
    _, finding, author = written
    write_finding(
        finding.case_element, Wording(text="Better."), actor=author, reason="better", expected=1
    )
    assert [row.text for row in finding.revisions.order_by("number")][1] == "Better."
    assert finding.revisions.count() == 2


def test_two_authors_do_not_overwrite_one_another(written):
    _, finding, author = written
    with pytest.raises(StaleRevisionError):
        write_finding(
            finding.case_element, Wording(text="Mine."), actor=author, reason="late", expected=None
        )


def test_the_author_cannot_be_the_only_signer(written):
    _, finding, author = written
    with pytest.raises(ValidationError, match="cannot be its only signer"):
        sign_finding(finding, finding.revision, actor=author, reason="sign")


def test_the_database_holds_that_too(written):
    case, finding, author = written
    revision = finding.revisions.get()
    snapshot = keep_snapshot(record_of(case))
    with pytest.raises(IntegrityError, match="only signer"):
        Signature.objects.create(
            revision=revision,
            signer=author,
            element_digest="0" * 64,
            digest_schema="1",
            snapshot=snapshot,
        )


def test_it_is_signed_once_another_signs_and_the_author_may_follow(written):
    case, finding, author = written
    assert state(case) == SignOff.UNSIGNED
    sign_finding(
        finding, finding.revision, actor=member(case.team, Role.COUNSEL), reason="read and agreed"
    )
    assert state(case) == SignOff.CURRENT
    sign_finding(finding, finding.revision, actor=author, reason="as its author")


def test_nobody_signs_one_wording_twice(written):
    case, finding, _ = written
    colleague = member(case.team, Role.COUNSEL)
    sign_finding(finding, finding.revision, actor=colleague, reason="read and agreed")
    with pytest.raises(ValidationError, match="already signed"):
        sign_finding(finding, finding.revision, actor=colleague, reason="again")


def test_new_evidence_on_the_element_makes_it_stale_and_elsewhere_does_not(written):
    case, finding, _ = written
    sign_finding(
        finding, finding.revision, actor=member(case.team, Role.COUNSEL), reason="read and agreed"
    )
    linked(case, "L-2")
    assert state(case) == SignOff.CURRENT
    linked(case, "L-1")
    assert state(case) == SignOff.STALE


def test_a_new_wording_has_no_signatures(written):
    case, finding, author = written
    sign_finding(
        finding, finding.revision, actor=member(case.team, Role.COUNSEL), reason="read and agreed"
    )
    write_finding(
        finding.case_element, Wording(text="Better."), actor=author, reason="better", expected=1
    )
    assert state(case) == SignOff.UNSIGNED


def test_the_signature_keeps_the_record_it_was_given_on(written):
    case, finding, _ = written
    signature = sign_finding(
        finding, finding.revision, actor=member(case.team, Role.COUNSEL), reason="agreed"
    )
    (link,) = signature.snapshot.record["case"]["links"]
    assert link["item"] in signature.snapshot.record["items"]


def test_nobody_signs_a_wording_they_did_not_read(written):
    case, finding, author = written
    write_finding(
        finding.case_element, Wording(text="Other."), actor=author, reason="better", expected=1
    )
    with pytest.raises(StaleRevisionError):
        sign_finding(finding, 1, actor=member(case.team, Role.COUNSEL), reason="read and agreed")
    assert not Signature.objects.exists()


def test_a_wording_written_while_it_is_signed_waits_and_is_not_signed(written):
    case, finding, author = written
    signer = member(case.team, Role.COUNSEL)
    outcome = []

    def sign():
        try:
            outcome.append(sign_finding(finding, 1, actor=signer, reason="read and agreed"))
        except StaleRevisionError as error:
            outcome.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        write_finding(
            finding.case_element, Wording(text="Other."), actor=author, reason="now", expected=1
        )
        signing = Thread(target=sign)
        signing.start()
        signing.join(timeout=1)
        assert signing.is_alive(), "it waits for the author"
    signing.join(timeout=20)
    assert [type(each) for each in outcome] == [StaleRevisionError]
    assert not Signature.objects.exists()
