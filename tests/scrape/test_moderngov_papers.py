"""What is composed of a ModernGov meeting is read by the product's own parser: items, decisions, votes and names."""

from __future__ import annotations

from datetime import date

import pytest
from moderngov_site import (
    BASE,
    answer,
    ask_meeting,
    compose,
    item_xml,
    make_platform,
    meeting_xml,
    vote_page,
)
from spacy.language import Language

from minutes_miner.domain.gathering import Composition
from minutes_miner.domain.record import Extraction
from minutes_miner.domain.vocabulary import Coverage, Manner, Presence
from minutes_miner.workflow.document import extract_bytes

LIMBS = """<p class="MsoNormal"><b>RESOLVED</b> that:</p><p class="MsoNormal">&nbsp;</p>
<p class="MsoNormal" style="text-indent:-18.0pt"><span>1.<span style="font:7.0pt">&nbsp;&nbsp;&nbsp;</span></span>
the harbour dues of &pound;12,400
be approved; and</p>
<p class="MsoNormal" style="text-indent:-18.0pt"><span>2.<span style="font:7.0pt">&nbsp;&nbsp;&nbsp;</span></span>
the Harbour <span class="SpellE">Master</span> report back to the Committee by 30 June 2026.</p>"""
ATTENDEES = "".join(
    f'<attendee membertype="U" memberid="{at}" name="{name}" roledescription="{role}" attendance="{attendance}"'
    ' politicalparty="Independent" ward="Quay"><url>x</url></attendee>'
    for at, (name, role, attendance) in enumerate(
        [
            ("Councillor Ada Finch", "Chair", "Present"),
            ("Councillor Bo Marsh", "Committee Member", "Present, as substitute"),
            ("Councillor Cy Dale", "Committee Member", "Apologies"),
            ("Councillor Di Holt", "Committee Member", "Expected"),
            ("Jo Bell", "Harbour Master", "In attendance"),
        ]
    )
)


def make_papers(items: list[str], **given: str) -> Composition:
    platform = make_platform()
    return compose(platform, [answer(ask_meeting(platform), meeting_xml(700, items, ATTENDEES, **given))])


def mine(made: Composition, nlp: Language) -> Extraction:
    [paper] = made.papers
    assert paper.body is not None
    return extract_bytes(paper.body, paper.url, nlp=nlp, authority="TRN")


@pytest.fixture(scope="module")
def told(nlp: Language) -> Extraction:
    heading = item_xml(1, "PART A - MATTERS FOR DECISION", agendaitemnumber="0", fulldisplaynumberformat="")
    dues = item_xml(
        2,
        "Harbour Dues & Charges",
        agendaitemnumber="7",
        fulldisplaynumberformat="7.",
        minutesitemnumber="54",
        agendatext="<p>To consider the dues.</p>",
        decisionnonemptyhtmlbody=LIMBS,
        minutesnonemptyhtmlbody=f"<p>Members heard from the Harbour&rsquo;s users.</p>{LIMBS}<p>Voting: unanimous</p>",
        commenttext1="The Harbour Master",
        commenttext2="Harbour Master to publish the dues by 31 March 2026.",
    )
    last = item_xml(3, "Dredging", minutesitemnumber="55", minutesnonemptyhtmlbody="<p>The report was noted.</p>")
    return mine(make_papers([heading, dues, last]), nlp)


def test_the_meeting_is_told(told: Extraction) -> None:
    assert told.document.committee == "Quayside Committee"
    assert told.document.meeting_date == date(2026, 3, 12)
    assert told.document.title == "Quayside Committee - Thursday 12 March 2026 6.30 pm"


def test_items_bear_the_numbers_of_the_minutes_and_a_section_has_none(told: Extraction) -> None:
    assert [(item.number, item.title) for item in told.document.items] == [
        (None, "PART A - MATTERS FOR DECISION"),
        ("54", "Harbour Dues & Charges"),
        ("55", "Dredging"),
    ]


def test_a_decision_told_in_both_parts_is_one_with_two_mentions(told: Extraction) -> None:
    dues = [decision for decision in told.decisions if decision.item_number == "54"]
    assert [decision.text for decision in dues] == [
        "the harbour dues of \u00a312,400 be approved; and",
        "the Harbour Master report back to the Committee by 30 June 2026.",
    ]
    assert [len(decision.mentions) for decision in dues] == [2, 2]
    assert any(decision.item_number == "55" for decision in told.decisions)


def test_comments_labelled_as_actions_give_actions_with_owners(told: Extraction) -> None:
    found = [action for action in told.actions if "publish the dues" in action.text]
    assert len(found) == 1
    assert found[0].owners and found[0].due is not None
    assert "Presented By:" in told.document.text and "The Harbour Master" in told.document.text


def test_attendance_is_told_and_expected_is_no_attendance(told: Extraction) -> None:
    assert {(one.person, one.status) for one in told.attendance} == {
        ("Councillor Ada Finch", Presence.PRESENT),
        ("Councillor Bo Marsh", Presence.PRESENT),
        ("Councillor Cy Dale", Presence.APOLOGIES),
        ("Jo Bell", Presence.PRESENT),
    }
    assert "Di Holt" not in told.document.text


def test_labels_are_read_and_not_their_places(nlp: Language) -> None:
    item = item_xml(
        2, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>", commentlabel1="Actions Agreed",
        commentlabel2="Presented By", commenttext1="Clerk to write to the dredgers by 1 May 2026.",
        commenttext2="Jo Bell",
    )  # fmt: skip
    text = mine(make_papers([item]), nlp).document.text
    assert text.index("Presented By:") < text.index("Minutes:") < text.index("Actions Agreed:")


def test_html_that_word_wrote_does_no_harm_to_the_page(nlp: Language) -> None:
    body = """<div><script>alert(1)</script><p onclick="x()">The report <a href="javascript:x()">was noted.
    <o:p></o:p></a></td></tr></table><!-- a note --><p>It was agreed to close the slip.<img src="x">"""
    items = [item_xml(2, "Dredging <i>", minutesnonemptyhtmlbody=body), item_xml(3, "Slips", agendaitemnumber="2")]
    made = make_papers(items)
    page = (made.papers[0].body or b"").decode()
    assert not any(trap in page for trap in ("script", "onclick", "javascript", "a note", "<img"))
    found = mine(made, nlp)
    assert [item.title for item in found.document.items] == ["Dredging <i>", "Slips"]
    assert found.document.items[0].end == found.document.items[1].start
    assert "It was agreed to close the slip." in found.document.text


def test_html_escaped_once_more_is_still_read(nlp: Language) -> None:
    item = item_xml(2, "Dredging", minutesnonemptyhtmlbody="&amp;lt;p&amp;gt;The report was noted.&amp;lt;/p&amp;gt;")
    found = mine(make_papers([item]), nlp)
    assert [decision.text for decision in found.decisions] == ["The report was noted."]


def test_text_without_html_keeps_its_lines(nlp: Language) -> None:
    item = item_xml(
        2, "Dredging", minutesnonemptyhtmlbody="The report was noted.\n\nFish &amp;amp; nets were discussed."
    )
    text = mine(make_papers([item]), nlp).document.text
    assert "The report was noted.\n\nFish & nets were discussed." in text


def test_a_restricted_item_that_is_not_to_be_shown_keeps_its_title_alone(nlp: Language) -> None:
    shown = item_xml(2, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>")
    hidden = item_xml(
        3, "Sale of land", minutesnonemptyhtmlbody="<p>Secret.</p>", isrestricted="True", isdisplayallowed="False"
    )
    text = mine(make_papers([shown, hidden]), nlp).document.text
    assert "Sale of land" in text and "Secret" not in text


def test_the_paper_stands_under_the_page_that_people_open() -> None:
    made = make_papers([item_xml(2, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>")])
    [paper] = made.papers
    assert paper.url == f"{BASE}/ieListDocuments.aspx?CId=31&MId=700&Ver=4"
    assert paper.made_from == (f"{BASE}/mgWebService.asmx/GetMeeting?lMeetingId=700",)
    assert (made.coverage, made.evidence) == (Coverage.APPROVED, "GetMeeting: 1 items, 1 with minutes")


@pytest.mark.parametrize("given", [{"minutepublished": "False"}, {"meetingstatus": "Draft"}])
def test_minutes_that_are_not_final_are_a_draft(given: dict[str, str]) -> None:
    made = make_papers([item_xml(2, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>")], **given)
    assert made.coverage is Coverage.DRAFT
    assert b"Draft minutes" in (made.papers[0].body or b"")


VOTED = "<p>A recorded vote was taken.</p><p><b>RESOLVED</b> that the quay be closed to cars.</p>"
BALLOTS = [("Councillor Ada Finch", "For"), ("Councillor Bo Marsh", "For"), ("Councillor Cy Dale", "Against"),
           ("Councillor Di Holt", "Abstain")]  # fmt: skip


@pytest.mark.parametrize("kind", ["minutesnonemptyhtmlbody", "decisionnonemptyhtmlbody"])
def test_a_recorded_vote_gives_each_name_to_the_decision(kind: str, nlp: Language) -> None:
    platform = make_platform()
    other = item_xml(3, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>")
    xml = meeting_xml(700, [item_xml(2, "Cars on the Quay", **{kind: VOTED}), other])
    record = answer(ask_meeting(platform), xml)
    requests = [one for one in platform.read(record).requests if one.page == "votes"]
    assert [one.url for one in requests] == [
        f"{BASE}/mgListRecordedVotes.aspx?UID=0&DR=12%2F03%2F2026-12%2F03%2F2026&MID=700"
    ]
    assert requests[0].occasion == "meeting/700"
    votes = vote_page("Quayside Committee, Thursday, 12th March, 2026", "Cars on the Quay", BALLOTS)
    made = compose(platform, [record, answer(requests[0], votes)])
    closing = next(one for one in mine(made, nlp).decisions if "closed to cars" in one.text)
    assert closing.vote is not None and closing.vote.manner is Manner.NAMED
    assert {one.person: str(one.ballot) for one in closing.vote.named} == {
        "Ada Finch": "for", "Bo Marsh": "for", "Cy Dale": "against", "Di Holt": "abstain",
    }  # fmt: skip
    assert made.papers[0].made_from == (record.request.url, requests[0].url)


@pytest.mark.parametrize(
    ("meeting", "item"), [("Ferry Panel, 12 March 2026", "Cars on the Quay"), ("Quayside Committee", "Another matter")]
)
def test_votes_of_another_meeting_or_on_another_matter_are_left_out(meeting: str, item: str) -> None:
    platform = make_platform()
    record = answer(
        ask_meeting(platform), meeting_xml(700, [item_xml(2, "Cars on the Quay", minutesnonemptyhtmlbody=VOTED)])
    )
    [request] = platform.read(record).requests
    made = compose(platform, [record, answer(request, vote_page(meeting, item, BALLOTS))])
    assert b"Ada Finch" not in (made.papers[0].body or b"")
    assert made.papers[0].made_from == (record.request.url,)


def test_an_empty_list_of_votes_takes_nothing_from_the_minutes() -> None:
    platform = make_platform()
    record = answer(
        ask_meeting(platform), meeting_xml(700, [item_xml(2, "Cars on the Quay", minutesnonemptyhtmlbody=VOTED)])
    )
    [request] = platform.read(record).requests
    made = compose(platform, [record, answer(request, vote_page("", "", []))])
    assert made.coverage is Coverage.APPROVED and made.papers


@pytest.mark.parametrize(
    "names",
    [
        "<p>For (2): Councillors Ada Finch and Bo Marsh</p><p>Against: Councillor Cy Dale</p>",
        "<p>Voting for the motion: Ada Finch, Bo\nMarsh</p><p>Voting against: Cy Dale</p>",
        "<p>In favour \u2013 Cllrs Finch &amp;amp; Marsh</p>",
    ],
)
def test_votes_whose_names_stand_in_the_minutes_are_not_asked_for(names: str) -> None:
    platform = make_platform()
    item = item_xml(2, "Cars on the Quay", minutesnonemptyhtmlbody=f"{VOTED}{names}")
    found = platform.read(answer(ask_meeting(platform), meeting_xml(700, [item])))
    assert found.requests == () and found.obstacle is None


def test_minutes_without_a_vote_ask_for_none() -> None:
    platform = make_platform()
    plain = item_xml(2, "Cars", minutesnonemptyhtmlbody="<p>The vote of thanks was recorded by the clerk.</p>")
    found = platform.read(answer(ask_meeting(platform), meeting_xml(700, [plain])))
    assert found.requests == () and found.obstacle is None
