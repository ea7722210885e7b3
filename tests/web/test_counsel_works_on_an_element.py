"""On an element counsel answers, attaches, writes and signs, beside the evidence."""

import pytest
from django.urls import reverse

from access.words import Role
from casemgr.actions.findings import Wording, write_finding
from casemgr.models import (
    CaseElement,
    ConsiderationAnswer,
    Finding,
    FindingDraft,
    FlagDisposition,
    Link,
    Signature,
    TrackedFlag,
)
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.factories import ItemFactory
from tests.web.desk import Page, assessed, page, reading

pytestmark = pytest.mark.django_db
ELEMENT = "/cases/WEB-1/elements/X-1a/"
FINDING = f"{ELEMENT}finding/"


@pytest.fixture
def roe(team):
    return member(team, Role.COUNSEL, first_name="Jo", last_name="Roe")


@pytest.fixture
def doe(team):
    return member(team, Role.COUNSEL, first_name="Al", last_name="Doe")


@pytest.fixture
def counsel(case, roe):
    return reading(roe)


def contrary(case) -> Link:
    return Link.objects.get(case_element__case=case, stance="contradicts")


def written(case, author, text="E-1 shows it.", **more) -> Finding:
    element = CaseElement.objects.get(case=case, element__code="X-1a")
    return write_finding(element, Wording(text=text, **more), actor=author, reason="found")


def sent(text, base=0, draft=0, **more):
    return {"text": text, "base": base, "draft": draft, **more}


def test_it_reads_down_like_an_argument(counsel) -> None:
    shown = page(counsel, ELEMENT).text
    order = (
        "The law",
        "What it turns on",
        "Evidence for, by origin",
        "Evidence against",
        "Why it is",
        "What a challenger would say",
        "The finding",
    )
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_the_law_stands_exact_with_its_citation_and_mark(counsel) -> None:
    shown = page(counsel, ELEMENT).text
    assert "did the thing Page Act § 1(a) · in our words · ○ not verified" in shown


def test_a_copy_is_folded_under_its_origin_with_the_reason(counsel) -> None:
    shown = page(counsel, ELEMENT)
    folded = shown.html[shown.html.index('<details class="copies"') :].partition("</details>")[0]
    assert "1 more of the same origin, counted once" in folded
    assert "E-2 relays E-1" in folded
    assert "A newspaper repeats the registry." in folded


def test_an_answer_to_contrary_evidence_is_kept(counsel, case) -> None:
    link = contrary(case)
    shown = page(counsel, ELEMENT)
    assert "Nobody has answered it." in shown.text
    answer = {"state": "answered", "text": "The registry is the better witness."}
    answered = counsel.post(f"{ELEMENT}answers/{link.pk}/", answer, follow=True)
    assert "The registry is the better witness." in Page(answered.content.decode()).text
    link.refresh_from_db()
    assert (link.answer_state, link.answer_text) == ("answered", answer["text"])


def test_an_answer_without_words_is_refused_where_it_was_sent(counsel, case) -> None:
    link = contrary(case)
    refused = counsel.post(f"{ELEMENT}answers/{link.pk}/", {"state": "answered", "text": " "})
    assert refused.status_code == 422
    assert "Write the answer: on what ground" in refused.content.decode()
    assert contrary(case).answer_state == ""


def test_a_consideration_is_answered(counsel, case) -> None:
    assert "C-2 What the designee says of itself Not answered." in page(counsel, ELEMENT).text
    answer = {"state": "answered", "text": "It says nothing of the year."}
    counsel.post(f"{ELEMENT}considerations/C-2/", answer)
    assert ConsiderationAnswer.objects.get(consideration__code="C-2").text == answer["text"]
    assert "Answered" in page(counsel, ELEMENT).text


def test_counsel_disposes_of_a_flag(counsel, case) -> None:
    flag = TrackedFlag.objects.get(case=case, doctrine="contrary-unaddressed")
    word = {"state": "disputed", "reason": "It is the same denial."}
    counsel.post(f"{ELEMENT}flags/{flag.fingerprint}/", word)
    assert FlagDisposition.objects.get(flag=flag).reason == word["reason"]


def test_evidence_is_found_and_attached(counsel, case, team) -> None:
    ItemFactory(key="E-77", owner_team=team, summary="A ledger of the shipments.")
    found = page(counsel, f"{ELEMENT}attach/?q=ledger+shipments")
    assert "A ledger of the shipments." in found.text
    assert "A newspaper repeats" not in found.text
    bearing = {"stance": "supports", "why": "It names the day.", "locator": "p. 4"}
    bearing["interest"] = "interested"
    shown = counsel.post(f"{ELEMENT}attach/?item=E-77", bearing, follow=True)
    text = Page(shown.content.decode()).text
    assert "Just attached, not weighed yet E-77" in text
    assert "Why: It names the day." in text
    assert "at p. 4" in text
    assert "interested here" in text


def test_evidence_of_others_is_neither_found_nor_attached(counsel, case) -> None:
    ItemFactory(key="E-78", owner_team=TeamFactory(), summary="Hidden shipments.")
    assert "Hidden shipments" not in page(counsel, f"{ELEMENT}attach/?q=shipments").text
    assert counsel.get(f"{ELEMENT}attach/?item=E-78").status_code == 404


def test_why_and_place_are_said_anew_and_the_earlier_words_kept(counsel, case) -> None:
    link = Link.objects.get(item__key="E-1")
    words = {"why": "The entry names it.", "locator": "entry 12", "quote": ""}
    counsel.post(f"/cases/WEB-1/links/{link.pk}/", words)
    link.refresh_from_db()
    assert (link.why, link.ended_on is None) == ("It says so.", False)
    anew = Link.objects.live().get(item__key="E-1")
    assert (anew.why, anew.pinpoints.get().locator) == ("The entry names it.", "entry 12")


def test_a_link_is_withdrawn_with_its_reason(counsel, case) -> None:
    link = Link.objects.get(item__key="E-2")
    address = f"/cases/WEB-1/links/{link.pk}/withdraw/"
    assert counsel.post(address, {"reason": ""}).status_code == 422
    counsel.post(address, {"reason": "It is another company."})
    assert not Link.objects.live().filter(item__key="E-2").exists()
    assert "A newspaper repeats" not in page(counsel, ELEMENT).text


def test_the_finding_is_written_with_live_citations(counsel, case) -> None:
    text = "The registry shows it (E-1 at p. 4).\r\nE-2 repeats it."
    shown = counsel.post(FINDING, sent(text, also_cites="E-3"), follow=True)
    finding = Finding.objects.get(case_element__case=case)
    assert finding.text == "The registry shows it (E-1 at p. 4).\nE-2 repeats it."
    assert finding.cites == ["E-1", "E-2", "E-3"]
    assert '<a class="citation" href="#item-E-1">E-1 at p. 4</a>' in shown.content.decode()


def test_an_id_that_is_not_on_the_case_is_told(counsel, case) -> None:
    shown = counsel.post(FINDING, sent("E-1 and E-99 show it."), follow=True)
    assert "E-99 reads like evidence but is not linked to this case" in shown.content.decode()
    assert Finding.objects.get(case_element__case=case).cites == ["E-1"]


def test_a_finding_says_something(counsel, case) -> None:
    refused = counsel.post(FINDING, sent("  "))
    assert refused.status_code == 422
    assert "A finding says something: write it." in refused.content.decode()


def test_a_pause_in_typing_keeps_a_draft_and_shows_how_it_reads(counsel, case, roe) -> None:
    kept = counsel.post(f"{FINDING}draft/", sent("E-1 and E-98"), headers={"HX-Request": "true"})
    words = kept.content.decode()
    assert 'name="draft" value="1"' in words
    assert '<a class="citation" href="#item-E-1">E-1</a>' in words
    assert "Not linked to this case: E-98" in words
    assert "<html" not in words
    draft = FindingDraft.objects.get(author=roe)
    assert draft.text == "E-1 and E-98"
    assert not Finding.objects.exists()
    # Taken up where it was left, also in another browser.
    assert "E-1 and E-98" in page(reading(roe), FINDING).text


def test_a_draft_is_kept_without_scripts_too(counsel, case) -> None:
    shown = counsel.post(f"{FINDING}draft/", sent("E-1 says so"))
    text = Page(shown.content.decode()).text
    assert "Draft kept" in text
    assert "As it will read E-1 says so" in text


def test_nobody_else_sees_the_draft(counsel, case, doe) -> None:
    counsel.post(f"{FINDING}draft/", sent("Not for others yet"))
    assert "Not for others yet" not in page(reading(doe), FINDING).text


def test_two_windows_do_not_overwrite_each_other_unseen(counsel, case, roe) -> None:
    counsel.post(f"{FINDING}draft/", sent("In the first window"))
    second = counsel.post(f"{FINDING}draft/", sent("In the second window"))
    text = Page(second.content.decode()).text
    assert "Your draft was saved in another window" in text
    assert "In the first window" in text
    assert "In the second window" in text
    assert FindingDraft.objects.get(author=roe).text == "In the first window"


def test_a_saved_finding_ends_its_draft(counsel, case) -> None:
    counsel.post(f"{FINDING}draft/", sent("E-1"))
    counsel.post(FINDING, sent("E-1 shows it.", draft=1))
    assert not FindingDraft.objects.exists()


def test_a_draft_is_thrown_away_when_asked(counsel, case) -> None:
    counsel.post(f"{FINDING}draft/", sent("E-1"))
    counsel.post(f"{FINDING}discard/")
    assert not FindingDraft.objects.exists()


def test_ones_own_other_window_is_not_called_someone_else(counsel, case, roe) -> None:
    written(case, roe, "Saved in the other window.")
    conflict = counsel.post(FINDING, sent("Typed in this one", base=0))
    shown = Page(conflict.content.decode())
    assert "You saved it meanwhile in another window. Nothing is lost" in shown.text
    assert "You saved revision 1." in shown.text


def test_when_someone_else_wrote_both_texts_are_shown_and_kept(counsel, case, roe, doe) -> None:
    written(case, doe, "Al's words on E-1.")
    typing = counsel.post(f"{FINDING}draft/", sent("Jo's words"), headers={"HX-Request": "true"})
    assert "Al Doe saved revision 1 while you wrote" in typing.content.decode()
    conflict = counsel.post(FINDING, sent("Jo's words", base=0, draft=1))
    assert conflict.status_code == 409
    shown = Page(conflict.content.decode())
    assert "Someone else wrote meanwhile. Nothing is lost" in shown.text
    assert "Al's words on E-1." in shown.text
    assert Finding.objects.get(case_element__case=case).text == "Al's words on E-1."
    assert FindingDraft.objects.get(author=roe).text == "Jo's words"
    # What was seen may be written over, knowingly.
    fields = {a["name"]: a.get("value") for t, a in shown.tags if t == "input" and a.get("name")}
    assert fields["base"] == "1"
    counsel.post(FINDING, sent("Both our words", base=1, draft=fields["draft"]))
    finding = Finding.objects.get(case_element__case=case)
    assert (finding.text, finding.revision) == ("Both our words", 2)


def test_the_author_is_not_the_only_signer(counsel, case, roe) -> None:
    written(case, roe)
    assert "You wrote it and cannot be its only signer" in page(counsel, ELEMENT).text
    counsel.post(f"{FINDING}signature/", {"revision": 1})
    assert not Signature.objects.exists()


def test_another_counsel_signs_the_wording_that_was_read(counsel, case, doe) -> None:
    written(case, doe)
    assessed(case)
    assert "Sign revision 1" in page(counsel, ELEMENT).text
    counsel.post(f"{FINDING}signature/", {"revision": 7})
    assert not Signature.objects.exists()
    counsel.post(f"{FINDING}signature/", {"revision": 1})
    shown = page(counsel, ELEMENT).text
    assert "Signed on the record as it is." in shown
    assert "Jo Roe," in shown


def test_a_signature_goes_stale_and_says_why(counsel, case, doe, team) -> None:
    written(case, doe)
    counsel.post(f"{FINDING}signature/", {"revision": 1})
    ItemFactory(key="E-80", owner_team=team)
    counsel.post(f"{ELEMENT}attach/?item=E-80", {"stance": "supports", "why": "It too."})
    answer = {"state": "answered", "text": "Outweighed."}
    counsel.post(f"{ELEMENT}answers/{contrary(case).pk}/", answer)
    assessed(case)
    shown = page(counsel, ELEMENT).text
    assert "Signed, but the record beneath it has changed since:" in shown
    assert "E-80 was linked for it." in shown
    assert "The answer to E-3 was written." in shown
    assert "E-1:" not in shown.partition("changed since:")[2].partition("stale")[0]


def test_the_history_shows_what_each_wording_changed(counsel, case, roe) -> None:
    written(case, roe, "It is so.")
    counsel.post(FINDING, sent("It was so.", base=1))
    shown = page(counsel, ELEMENT).html
    assert "It <del>is</del><ins>was</ins> so." in shown


@pytest.mark.parametrize("role", [Role.MANAGER, None])
def test_who_may_not_write_is_shown_no_form_and_refused(case, team, role) -> None:
    user = member(team, role) if role else UserFactory(auditor=True)
    reader = reading(user)
    shown = page(reader, ELEMENT)
    boxes = [of for tag, of in shown.tags if tag == "textarea"]
    # What a manager may write here is a comment.
    assert [of["id"] for of in boxes if of["id"] != "comment_text"] == []
    link = contrary(case)
    for address in (
        FINDING,
        f"{FINDING}draft/",
        f"{ELEMENT}attach/",
        f"{ELEMENT}answers/{link.pk}/",
    ):
        assert reader.post(address, sent("E-1")).status_code == 403, address
    assert not Finding.objects.exists()


def test_an_analyst_writes_but_does_not_sign_or_dispose(case, team, doe) -> None:
    analyst = reading(member(team, Role.ANALYST))
    written(case, doe)
    flag = TrackedFlag.objects.get(case=case, doctrine="contrary-unaddressed")
    assert analyst.post(f"{FINDING}signature/", {"revision": 1}).status_code == 403
    word = {"state": "disputed", "reason": "no"}
    assert analyst.post(f"{ELEMENT}flags/{flag.fingerprint}/", word).status_code == 403


def test_strangers_find_none_of_it(case) -> None:
    stranger = reading(member(TeamFactory(), Role.COUNSEL))
    link = contrary(case)
    for name, args in (
        ("finding-page", ("X-1a",)),
        ("draft-finding", ("X-1a",)),
        ("sign-finding", ("X-1a",)),
        ("attach-page", ("X-1a",)),
        ("answer-link", ("X-1a", link.pk)),
        ("link-page", (link.pk,)),
        ("withdraw-link", (link.pk,)),
    ):
        assert stranger.post(reverse(name, args=["WEB-1", *args])).status_code == 404, name


def test_a_citation_leads_to_the_place_that_is_stated(counsel, case) -> None:
    link = Link.objects.get(item__key="E-1")
    words = {"why": "The entry names it.", "locator": "p. 12"}
    counsel.post(f"/cases/WEB-1/links/{link.pk}/", words)
    pinpoint = Link.objects.live().get(item__key="E-1").pinpoints.get()
    counsel.post(FINDING, sent("See E-1 at p. 12 and E-1 at p. 13."))
    shown = page(counsel, ELEMENT).html
    assert f'href="#pinpoint-{pinpoint.pk}">E-1 at p. 12</a>' in shown
    assert f'id="pinpoint-{pinpoint.pk}"' in shown
    assert 'href="#item-E-1">E-1 at p. 13</a>' in shown


def test_what_is_on_the_case_and_not_on_the_element_leads_to_its_page(counsel, case, team) -> None:
    ItemFactory(key="E-81", owner_team=team)
    bearing = {"stance": "supports", "why": "It too."}
    counsel.post("/cases/WEB-1/elements/X-1b/attach/?item=E-81", bearing)
    counsel.post(FINDING, sent("E-81 shows the other."))
    assert 'href="/evidence/E-81/">E-81</a>' in page(counsel, ELEMENT).html


def test_a_cure_is_assigned_as_a_task(counsel, case) -> None:
    ways = [
        a["href"] for t, a in page(counsel, ELEMENT).tags if "/tasks/new" in (a.get("href") or "")
    ]
    assert "doctrine=contrary-unaddressed" in "".join(ways)
    form = page(counsel, ways[0])
    assert "X-1a" in form.text


def test_a_form_bent_out_of_shape_is_refused_and_breaks_nothing(counsel, case) -> None:
    for bent in ("abc", "-1", "9" * 40, "٣"):
        assert counsel.post(FINDING, sent("E-1", base=bent)).status_code in (409, 422)
        assert counsel.post(f"{FINDING}draft/", sent("E-1", draft=bent)).status_code == 200
