"""ModernGov's pages, where its web service is closed: lists, meetings, whole texts and printed minutes."""

from __future__ import annotations

from datetime import date

import pytest
from moderngov_site import (
    BASE,
    answer,
    ask_meeting,
    chosen,
    compose,
    first,
    item_row,
    item_xml,
    make_platform,
    meeting_html,
    meeting_xml,
    page,
    part,
    vote_page,
)
from spacy.language import Language

from minutes_miner.domain.gathering import Findings, Obstacle, OccasionKind, Request, Response, Standing, Window
from minutes_miner.domain.vocabulary import Coverage, Manner, WarningCode
from minutes_miner.scrape.moderngov import ModernGov
from minutes_miner.workflow.document import extract_bytes

CLOSED = Obstacle(Coverage.FAILED, "status 404")
NOTED = part("Minutes", "<p>The report was noted.</p>")
MORE = """It was agreed &nbsp;...&nbsp; <a href=
"mgAi.aspx?ID=8802" title=
"Link">
view the full minutes text for item 60.</a>"""
PACK = '<a  href="documents/g709/Public reports pack.pdf?T=10">Agenda reports pack</a>'
BALLOTS = [("Councillor Ada Finch", "For"), ("Councillor Bo Marsh", "For"), ("Councillor Cy Dale", "Against")]


def ask_committee_page(platform: ModernGov) -> Request:
    start = next(iter(platform.start()))
    return platform.read(answer(start, b"", status=404, obstacle=CLOSED)).requests[0]


def ask_list(platform: ModernGov) -> Request:
    listing = page('<ul><li><a href="mgCommitteeDetails.aspx?ID=31" >Quayside Committee</a></li></ul>')
    return platform.read(answer(ask_committee_page(platform), listing)).requests[0]


def ask_page(platform: ModernGov) -> Request:
    link = '<li><a href="ieListDocuments.aspx?CId=31&amp;MId=700&amp;Ver=4">12 Mar 2026 6.30 pm</a></li>'
    return first(platform.read(answer(ask_list(platform), page(f"<ul>{link}</ul>"))).requests, "meeting_page")


def read_meeting(html: str, platform: ModernGov | None = None) -> tuple[Response, Findings]:
    platform = platform or make_platform()
    response = answer(ask_page(platform), html)
    return response, platform.read(response)


def test_a_closed_service_leads_to_the_pages() -> None:
    platform = make_platform()
    request = ask_committee_page(platform)
    assert (request.url, request.page) == (f"{BASE}/mgListCommittees.aspx?bcr=1", "committee_page")
    assert ask_list(platform).url == f"{BASE}/ieListMeetings.aspx?CId=31&Year=0"


def test_committees_are_those_of_the_page_and_not_of_the_menu() -> None:
    platform = make_platform()
    listing = page(
        '<ul><li><a href="mgCommitteeDetails.aspx?ID=31" title="x">Quayside  Committee</a></li>'
        '<li><a HREF="ieListMeetings.aspx?CommitteeId=32">Ferry Panel</a></li></ul>'
    )
    found = platform.read(answer(ask_committee_page(platform), listing))
    assert [(one.key, one.name) for one in found.committees] == [("31", "Quayside Committee"), ("32", "Ferry Panel")]


def test_a_list_of_committees_that_is_blocked_leads_to_the_home_page_once() -> None:
    platform = make_platform()
    blocked = Obstacle(Coverage.BLOCKED, "a challenge page")
    found = platform.read(answer(ask_committee_page(platform), b"x", obstacle=blocked))
    [home] = found.requests
    assert (found.obstacle, home.url) == (blocked, f"{BASE}/ieDocHome.aspx?bcr=1")
    listing = page('<ul><li><a href="ieListMeetings.aspx?CommitteeId=31" >Quayside Committee</a></li></ul>')
    assert [one.name for one in platform.read(answer(home, listing)).committees] == ["Quayside Committee"]
    assert platform.read(answer(home, b"x", obstacle=blocked)).requests == ()


LISTING = page(
    """<p><a href="ieListMeetings.aspx?Act=earlier&amp;CId=31&amp;D=202512101830&amp;MD=ielistmeetings">Earlier</a> -
<a href="ieListMeetings.aspx?Act=later&amp;CId=31&amp;D=202607021830&amp;MD=ielistmeetings">Later</a></p><ul>
<li><a href="ieListDocuments.aspx?CId=31&amp;MId=703&amp;Ver=4">2 Jul 2026 6.30 pm</a></li>
<li><a href="ielistdocuments.aspx?CID=31&amp;MID=700">Thursday, 12th March, 2026 6.30 pm</a></li>
<li><a href="ieListDocuments.aspx?MId=699&amp;Ver=4">5 Feb 2026 6.30 pm</a>&nbsp;CANCELLED</li>
<li><a href="ieListDocuments.aspx?CId=31&amp;MId=690&amp;Ver=4">10 Dec 2025 6.30 pm</a></li></ul>"""
)


def test_a_list_of_meetings_names_them_however_their_days_and_keys_are_written() -> None:
    platform = make_platform()
    found = platform.read(answer(ask_list(platform), LISTING))
    assert {(one.key, one.day, one.standing) for one in found.occasions} == {
        ("meeting/703", date(2026, 7, 2), Standing.SCHEDULED),
        ("meeting/700", date(2026, 3, 12), Standing.HELD),
        ("meeting/699", date(2026, 2, 5), Standing.CANCELLED),
        ("meeting/690", date(2025, 12, 10), Standing.HELD),
    }
    assert [one.url for one in chosen(found.requests, "meeting_page")] == [
        f"{BASE}/ieListDocuments.aspx?CId=31&MId=700&Ver=4",
        f"{BASE}/ieListDocuments.aspx?CId=31&MId=690&Ver=4",
    ]
    assert found.window == Window(OccasionKind.MEETING, "31", date(2025, 12, 10), date(2026, 7, 2))


@pytest.mark.parametrize(("since", "turns"), [(date(2025, 1, 1), 2), (date(2026, 1, 1), 1)])
def test_earlier_and_later_lists_are_asked_for_as_far_as_the_scope_reaches(since: date, turns: int) -> None:
    platform = make_platform(since=since)
    found = platform.read(answer(ask_list(platform), LISTING))
    lists = chosen(found.requests, "meeting_list")
    assert len(lists) == turns and all(one.is_list for one in lists)
    assert ("D=202512101830" in lists[0].url) is (turns == 2)


def test_a_list_of_nothing_that_does_not_say_so_could_not_be_read() -> None:
    platform = make_platform()
    silent = platform.read(answer(ask_list(platform), page("<h2 class='mgSubTitleTxt'>Browse meetings</h2>")))
    assert silent.obstacle is not None
    told = platform.read(answer(ask_list(platform), page("<p>There are no meetings to be shown.</p>")))
    assert told.obstacle is None and told.window is None
    empty = platform.read(answer(ask_committee_page(platform), page("<h1>Committees</h1>")))
    assert empty.obstacle is not None


def test_a_page_is_mined_as_it_came() -> None:
    platform = make_platform()
    response, found = read_meeting(meeting_html([item_row(8801, "59.", "Dredging", NOTED)]), platform)
    assert found.requests == () and found.obstacle is None
    made = compose(platform, [response])
    assert [(one.url, one.made_from, one.body) for one in made.papers] == [
        (response.request.url, (response.request.url,), None)
    ]
    assert (made.coverage, made.evidence) == (Coverage.APPROVED, "meeting page: 1 items, 1 parts of minutes")


def test_the_head_gives_the_day_and_the_title_a_cancellation() -> None:
    title = "Quayside Committee - Thursday 12 March 2026 6:30 pm, CANCELLED"
    platform = make_platform()
    response, found = read_meeting(meeting_html([], title=title, day="2026-03-12"), platform)
    assert (found.occasions[0].day, found.occasions[0].standing) == (date(2026, 3, 12), Standing.CANCELLED)
    assert compose(platform, [response]).coverage is Coverage.EMPTY


@pytest.mark.parametrize("box", ["mgWordPara", "mgText"])
def test_texts_that_are_cut_short_are_put_in_whole(box: str, nlp: Language) -> None:
    platform = make_platform()
    begun = part("Decision", "<p>RESOLVED that the quay be closed.</p>") + part(
        "Minutes", f"<p>Members heard the harbour&rsquo;s engineers on the state of the quay and its wall. {MORE}</p>"
    )
    response, found = read_meeting(meeting_html([item_row(8802, "60.", "The Quay", begun)]), platform)
    [request] = found.requests
    assert (request.url, request.occasion) == (f"{BASE}/mgAi.aspx?ID=8802", "meeting/700")
    whole = page(
        '<h1 class="mgMainTitleTxt">Agenda item</h1><h2 class="mgSubTitleTxt">The Quay</h2>'
        + part("Decision", "<p>RESOLVED that the quay be closed.</p>")
        + part(
            "Minutes",
            "<p>Members heard the harbour&rsquo;s engineers on the state of the quay and its wall. It was agreed to"
            " ask for tenders.</p><p>RESOLVED that a survey of &pound;9,000 be commissioned.</p>",
        )
    )
    made = compose(platform, [response, answer(request, whole.replace("mgWordPara", box))])
    [paper] = made.papers
    assert paper.body is not None and paper.made_from == (response.request.url, request.url)
    mined = extract_bytes(paper.body, paper.url, nlp=nlp)
    assert any("a survey of \u00a39,000" in decision.text for decision in mined.decisions)
    assert mined.document.text.count("state of the quay and its wall") == 1
    assert [notice.code for notice in mined.notices] == []


def test_a_whole_text_that_could_not_be_had_is_told() -> None:
    platform = make_platform()
    html = meeting_html([item_row(8802, "60.", "The Quay", part("Minutes", f"<p>{MORE}</p>"))])
    response, found = read_meeting(html, platform)
    refused = answer(found.requests[0], b"", status=403, obstacle=Obstacle(Coverage.REFUSED, "status 403"))
    made = compose(platform, [response, refused])
    assert made.coverage is Coverage.APPROVED and made.papers[0].body is None
    assert "1 shortened" in made.evidence and "item page: status 403" in made.evidence


def test_the_page_that_remains_short_says_so_to_the_parser(nlp: Language) -> None:
    html = meeting_html([item_row(8802, "60.", "The Quay", part("Minutes", f"<p>{MORE}</p>"))])
    mined = extract_bytes(html.encode(), "page.html", nlp=nlp)
    assert [notice.code for notice in mined.notices] == [WarningCode.TRUNCATED]


VOTES = (
    '<table class="mgTableNoBorderFullWidth"><caption  class="mgSectionTitle" >Recorded Vote</caption><thead>'
    '<th scope="col">Title</th><th scope="col">Result</th></th><tr><td>The Quay&#58; Resolution 1 &#38; 2</td>'
    "<td><img alt='' src='mgImages/motions/MotionPositive.png' />Carried</td></tr></table>"
    '<li><a  href="mgListRecordedVotesShort.aspx?AIID=8802&amp;MID=700">View Recorded Vote for this item</a></li>'
)


def test_votes_that_a_page_links_to_are_put_under_their_decision(nlp: Language) -> None:
    platform = make_platform()
    parts = part("Decision", "<p>RESOLVED that the quay be closed.</p>") + part("Minutes", "<p>Members debated.</p>")
    response, found = read_meeting(meeting_html([item_row(8802, "60.", "The Quay", parts + VOTES)]), platform)
    assert [one.url for one in found.requests] == [f"{BASE}/mgListRecordedVotesShort.aspx?AIID=8802&MID=700"]
    made = compose(platform, [response, answer(found.requests[0], vote_page("", "", BALLOTS))])
    assert made.papers[0].body is not None
    [closing] = extract_bytes(made.papers[0].body, "page.html", nlp=nlp).decisions
    assert closing.vote is not None and closing.vote.manner is Manner.NAMED
    assert [one.person for one in closing.vote.named] == ["Ada Finch", "Bo Marsh", "Cy Dale"]


LINKS = [
    '<a  href="mgMeetingAttendance.aspx?ID=700">Attendance details</a>',
    PACK,
    '<a  href="documents/g709/Printed decisions Thursday 12-Mar-2026.pdf?T=2">Printed decisions</a>',
    '<a  href="documents/g709/Printed minutes Thursday\r\n 12-Mar-2026 18.30 Quayside &amp; Ferry.pdf?T=1"'
    ' title="Link&#32;to&#32;printed&#32;minutes">Printed minutes\n<span  class="mgFileSize" >PDF 111 KB</span></a>',
]
PREVIOUS = item_row(
    8801,
    "58.",
    '<a href="documents/s111920/Minutes of Previous Meeting.pdf">Minutes <span class="mgFileSize">PDF 9 KB</span></a>'
    '<a href="documents/g650/Printed minutes February.pdf?T=1">Printed minutes</a>',
)
PRINTED = f"{BASE}/documents/g709/Printed%20minutes%20Thursday%2012-Mar-2026%2018.30%20Quayside%20&%20Ferry.pdf?T=1"


def test_printed_minutes_are_asked_for_where_the_page_has_none_in_words() -> None:
    platform = make_platform()
    response, found = read_meeting(meeting_html([PREVIOUS], LINKS), platform)
    [request] = found.requests
    assert (request.url, request.page, request.occasion) == (PRINTED, "printed", "meeting/700")
    made = compose(platform, [response, answer(request, b"%PDF-1.7 minutes")])
    [paper] = made.papers
    assert (paper.url, paper.made_from, paper.body) == (PRINTED, (PRINTED,), None)
    assert (made.coverage, made.evidence) == (Coverage.APPROVED, "printed minutes: 16 bytes")


def test_printed_minutes_are_left_where_the_page_tells_them() -> None:
    _, found = read_meeting(meeting_html([PREVIOUS, item_row(8802, "59.", "Dredging", NOTED)], LINKS))
    assert found.requests == () and found.obstacle is None


def test_printed_decisions_do_where_there_are_no_printed_minutes() -> None:
    _, found = read_meeting(meeting_html([PREVIOUS], LINKS[:3]))
    assert [one.fact("kind") for one in found.requests] == ["decisions"]


def test_printed_minutes_of_another_meeting_are_never_taken() -> None:
    other = '<a href="documents/g650/Printed minutes February.pdf?T=1">Printed minutes</a>'
    _, found = read_meeting(meeting_html([PREVIOUS], [PACK, other]))
    assert found.requests == () and found.obstacle is None
    _, own = read_meeting(meeting_html([PREVIOUS], [PACK, LINKS[3]]))
    assert len(own.requests) == 1


def test_the_number_of_the_agenda_tells_whose_minutes_are_printed() -> None:
    platform = make_platform()
    record = answer(ask_meeting(platform), meeting_xml(700, [item_xml(1, "Dredging")]))
    [request] = platform.read(record).requests
    wrong = LINKS[3].replace("g709", "g710")
    assert platform.read(answer(request, meeting_html([PREVIOUS], [wrong]))).requests == ()
    assert len(platform.read(answer(request, meeting_html([PREVIOUS], [LINKS[3]]))).requests) == 1


def test_printed_draft_minutes_are_a_draft() -> None:
    platform = make_platform()
    draft = [PACK, LINKS[3].replace(">Printed minutes", ">Printed draft minutes")]
    response, found = read_meeting(meeting_html([PREVIOUS], draft), platform)
    made = compose(platform, [response, answer(found.requests[0], b"%PDF-1.7 minutes")])
    assert made.coverage is Coverage.DRAFT and made.papers
    told, _ = read_meeting(meeting_html([item_row(8802, "59.", "Dredging", NOTED)], draft), platform)
    assert compose(platform, [told]).coverage is Coverage.DRAFT


def test_minutes_in_print_stand_behind_decisions_in_words() -> None:
    platform = make_platform()
    item = item_xml(1, "Dredging", decisionnonemptyhtmlbody="<p>RESOLVED that the report be noted.</p>")
    record = answer(ask_meeting(platform), meeting_xml(700, [item], decisionpublished="True"))
    [request] = platform.read(record).requests
    told = part("Decision", "<p>RESOLVED that the report be noted.</p>")
    shown = answer(request, meeting_html([item_row(1, "1.", "Dredging", told)], LINKS))
    [printed] = platform.read(shown).requests
    made = compose(platform, [record, shown, answer(printed, b"%PDF-1.7 minutes")])
    assert [(paper.url, paper.rank) for paper in made.papers] == [(request.url, 0), (PRINTED, 1)]


def test_a_web_page_in_the_place_of_a_file_is_no_minutes() -> None:
    platform = make_platform()
    response, found = read_meeting(meeting_html([PREVIOUS], LINKS), platform)
    instead = answer(found.requests[0], page("<h1>Sorry</h1>"))
    assert platform.read(instead).obstacle is not None
    made = compose(platform, [response, instead])
    assert (made.coverage, made.papers) == (Coverage.BLOCKED, ())
    assert "printed document" in made.evidence


def test_minutes_that_are_promised_and_nowhere_are_a_failure() -> None:
    platform = make_platform()
    record = answer(ask_meeting(platform), meeting_xml(700, [item_xml(1, "Dredging")]))
    [request] = platform.read(record).requests
    made = compose(platform, [record, answer(request, meeting_html([PREVIOUS]))])
    assert (made.coverage, made.papers) == (Coverage.FAILED, ())
    assert "published" in made.evidence


def test_decisions_with_pages_of_their_own_are_notices_within_the_meeting() -> None:
    link = '<p><a href="ieDecisionDetails.aspx?AIId=8802">Decision details</a></p>'
    _, found = read_meeting(meeting_html([item_row(8802, "60.", "The Quay", NOTED + link)]))
    assert [(one.url, one.occasion) for one in found.requests] == [
        (f"{BASE}/ieDecisionDetails.aspx?AIId=8802", "decision/item-8802")
    ]
    assert [(one.key, one.within) for one in found.occasions[1:]] == [("decision/item-8802", "meeting/700")]


def test_links_that_are_no_addresses_are_passed_over() -> None:
    broken = '<p><a href="http://[half">x</a> <a href="mailto:a@example.org">y</a> <a href="">z</a></p>'
    _, found = read_meeting(meeting_html([item_row(8802, "60.", "The Quay", NOTED + broken)], [broken]))
    assert found.obstacle is None and found.occasions
