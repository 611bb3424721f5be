"""The pages of a meeting or a decision are read, and their papers composed, with what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from cmis_site import (
    BASE,
    GUID,
    PDF,
    answer,
    document,
    item,
    label,
    make_platform,
    meeting_href,
    meeting_page,
    site,
)

from minutes_miner.domain.gathering import Composition, Occasion, OccasionKind, Request, Response, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.parse import identify, parse

HOST = BASE[:-6]
DAY = date(2026, 6, 8)
PAGE, TAB = HOST + meeting_href(7101, 12), HOST + meeting_href(7101, 12, "SelectedTab/Documents/")
MEETING = Request(
    PAGE, "meeting", "meeting/7101", DAY, facts=(("documents", TAB), ("name", "Planning Committee"))
)
OCCASION = Occasion("meeting/7101", OccasionKind.MEETING, "12", "Planning Committee", DAY, url=PAGE)
AGENDA = (item(1, "Apologies", "To receive apologies.", "a" * 8), item(2, "Mill Lane", "To decide.", "b" * 8))
DECIDED = (AGENDA[0], item(2, "Mill Lane", "<p>RESOLVED that permission be <b>refused</b>.</p>", "b" * 8))
MINUTES, DRAFT = document("Final Planning Minutes 08062026", "fin"), document("Draft Minutes", "dra")
OTHERS = (document("Agenda", "age"), document("Minutes of the last meeting", "las"))


def read_tab(*documents: str) -> tuple[Response, tuple[Request, ...]]:
    """Give the tab of documents as an answer, and what is asked for after it."""
    response = answer(replace(MEETING, url=TAB, page="documents"), meeting_page(documents=documents))
    return response, make_platform().read(response).requests


def compose(*responses: Response, occasion: Occasion = OCCASION) -> Composition:
    return make_platform().compose(occasion, responses)


def files(requests: Sequence[Request], *bodies: bytes) -> list[Response]:
    return [answer(request, body) for request, body in zip(requests, bodies, strict=True)]


def test_a_meetings_page_tells_its_status_by_the_label_and_its_documents_are_asked_for() -> None:
    found = make_platform().read(answer(MEETING, meeting_page(items=AGENDA)))
    (occasion,) = found.occasions
    assert (occasion.key, occasion.day, occasion.standing) == ("meeting/7101", DAY, Standing.HELD)
    assert [(one.url, one.page, one.occasion, one.day) for one in found.requests] == [
        (TAB, "documents", "meeting/7101", DAY)
    ]


def test_the_day_is_read_where_the_list_did_not_tell_it() -> None:
    found = make_platform().read(answer(replace(MEETING, day=None), meeting_page()))
    assert found.occasions[0].day == DAY


def test_a_cancelled_meeting_is_not_asked_for_documents() -> None:
    found = make_platform().read(answer(MEETING, meeting_page("Cancelled")))
    assert found.occasions[0].standing is Standing.CANCELLED
    assert found.requests == ()


def test_only_the_meetings_own_minutes_are_asked_for() -> None:
    _, asked = read_tab(*OTHERS, MINUTES)
    (request,) = asked
    assert (request.page, request.occasion) == ("document", "meeting/7101")
    assert request.url.startswith(f"{BASE}/Document.ashx?czJKcaeAi5tUFL1DTL2UE4zNRBcoShgo=fin%3d&pwRE6A")
    assert request.fact("title") == "Final Planning Minutes 08062026"


def test_minutes_are_the_paper_of_a_meeting() -> None:
    tab, asked = read_tab(*OTHERS, MINUTES)
    made = compose(answer(MEETING, meeting_page(items=DECIDED)), tab, *files(asked, PDF))
    (paper,) = made.papers
    assert (paper.url, paper.made_from, paper.body, paper.rank) == (asked[0].url, (asked[0].url,), None, 0)
    assert paper.media_type == "application/pdf"
    assert made.coverage is Coverage.APPROVED
    assert made.evidence == (
        "2 items, 1 with a decision; 3 documents, 1 minutes: Final Planning Minutes 08062026"
    )


def test_links_to_the_same_bytes_are_one_document() -> None:
    tab, asked = read_tab(MINUTES, document("Minutes", "two"))
    assert len(asked) == 2
    assert len(compose(answer(MEETING, meeting_page()), tab, *files(asked, PDF, PDF)).papers) == 1
    assert len(compose(answer(MEETING, meeting_page()), tab, *files(asked, PDF, PDF + b"2")).papers) == 2


def test_a_draft_gives_way_to_the_final_minutes() -> None:
    tab, asked = read_tab(DRAFT, MINUTES)
    page = answer(MEETING, meeting_page())
    made = compose(page, tab, *files(asked, PDF, PDF + b"final"))
    assert [paper.title for paper in made.papers] == ["Final Planning Minutes 08062026"]
    only = compose(page, tab, *files(asked[:1], PDF))
    assert (len(only.papers), only.coverage) == (1, Coverage.DRAFT)


def test_the_page_is_the_paper_where_decisions_stand_on_it_and_there_are_no_minutes() -> None:
    tab, _ = read_tab(*OTHERS)
    made = compose(answer(MEETING, meeting_page(items=DECIDED)), tab)
    (paper,) = made.papers
    assert (paper.url, paper.made_from, made.coverage) == (PAGE, (PAGE,), Coverage.DRAFT)
    assert paper.body is not None
    document_ = parse(paper.body, identify(paper.body, paper.url))
    assert "RESOLVED that permission be refused." in document_.text
    assert "2. Mill Lane" in document_.text
    assert (document_.committee, document_.meeting_date) == ("Planning Committee", DAY)
    assert "Document.ashx" not in paper.body.decode()
    assert "To receive apologies." in document_.text


def test_what_stands_on_the_page_of_a_coming_meeting_is_only_recommended() -> None:
    tab, _ = read_tab(*OTHERS)
    coming = replace(OCCASION, day=date(2026, 6, 25))
    made = compose(answer(MEETING, meeting_page(items=DECIDED)), tab, occasion=coming)
    assert (made.papers, made.coverage) == ((), Coverage.AGENDA_ONLY)


@pytest.mark.parametrize(
    ("items", "documents", "coverage"),
    [
        (AGENDA, (), Coverage.AGENDA_ONLY),
        ((), (OTHERS[0],), Coverage.AGENDA_ONLY),
        ((), (), Coverage.EMPTY),
    ],
)
def test_what_there_is_without_minutes(items: Sequence[str], documents: Sequence[str], coverage: Coverage) -> None:
    tab, asked = read_tab(*documents)
    assert asked == ()
    made = compose(answer(MEETING, meeting_page(items=items)), tab)
    assert (made.papers, made.coverage) == ((), coverage)


@pytest.mark.parametrize("state", [Coverage.REFUSED, Coverage.BLOCKED, Coverage.FAILED])
def test_a_meeting_whose_page_could_not_be_read_is_never_empty(state: Coverage) -> None:
    response = answer(MEETING, "", state=state, reason="status 500")
    assert make_platform().read(response).obstacle is None
    made = compose(response)
    assert (made.papers, made.coverage) == ((), state)
    assert "meeting: status 500" in made.evidence


def test_an_agenda_whose_documents_could_not_be_read_is_not_agenda_only() -> None:
    tab = answer(replace(MEETING, url=TAB, page="documents"), "", state=Coverage.FAILED, reason="status 503")
    made = compose(answer(MEETING, meeting_page(items=AGENDA)), tab)
    assert (made.papers, made.coverage) == ((), Coverage.FAILED)
    assert "documents: status 503" in made.evidence


def test_a_page_that_shows_no_meeting_is_an_obstacle() -> None:
    response = answer(MEETING, site("<p>A critical error has occurred.</p>"))
    found = make_platform().read(response)
    assert found.obstacle is not None
    assert (found.obstacle.state, found.requests) == (Coverage.BLOCKED, ())
    assert compose(response).coverage is Coverage.BLOCKED


def test_a_page_in_place_of_a_document_is_an_obstacle() -> None:
    tab, asked = read_tab(MINUTES)
    page = answer(asked[0], site("<p>Session expired</p>"))
    found = make_platform().read(page)
    assert found.obstacle is not None
    assert found.obstacle.reason == "a page in place of the document"
    made = compose(answer(MEETING, meeting_page(items=AGENDA)), tab, page)
    assert (made.papers, made.coverage) == ((), Coverage.BLOCKED)


DECISION = Request(f"{BASE}/d/{GUID}", "decision", f"decision/{GUID}", facts=(("title", "Lease of the mill"),))
NOTICE = Occasion(f"decision/{GUID}", OccasionKind.NOTICE, title="Lease of the mill", day=date(2026, 6, 3))


def decision_page(status: str) -> str:
    return site(
        "<h2>Lease of the mill</h2>"
        + label("Decision Maker", "Portfolio Holder for Property")
        + label("Decision Status", status)
        + label("Publication Date", "4 June 2026")
        + label("Date of Decision", "3 June 2026")
        + label("Decision", "<p>That the mill be leased for £4,500.00 a year.</p>")
        + label("Reason for Decision", "<p>It stands empty.</p>")
        + f'<a href="{meeting_href(7101, 12)}">Meeting</a>'
    )


def test_a_decisions_page_tells_who_took_it_when_and_where() -> None:
    (occasion,) = make_platform().read(answer(DECISION, decision_page("Decision Taken"))).occasions
    assert occasion == replace(
        NOTICE,
        committee_name="Portfolio Holder for Property",
        standing=Standing.HELD,
        url=DECISION.url,
        within="meeting/7101",
    )


def test_a_decisions_page_is_its_paper() -> None:
    made = compose(answer(DECISION, decision_page("Decision Taken")), occasion=NOTICE)
    assert made.coverage is Coverage.APPROVED
    (paper,) = made.papers
    assert paper.body is not None
    text = parse(paper.body, identify(paper.body, paper.url)).text
    assert "That the mill be leased for £4,500.00 a year." in text
    assert "Decision Maker: Portfolio Holder for Property" in text


def test_a_decision_that_is_only_proposed_has_no_paper() -> None:
    made = compose(answer(DECISION, decision_page("Decision Proposed")), occasion=NOTICE)
    assert (made.papers, made.coverage) == ((), Coverage.AGENDA_ONLY)
    (occasion,) = make_platform().read(answer(DECISION, decision_page("Decision Proposed"))).occasions
    assert occasion.standing is Standing.SCHEDULED


def test_a_decision_that_could_not_be_read_is_not_empty() -> None:
    made = compose(answer(DECISION, site("<p>Please wait</p>")), occasion=NOTICE)
    assert (made.papers, made.coverage) == ((), Coverage.BLOCKED)


def test_addresses_with_breaks_in_them_are_mended() -> None:
    broken = MINUTES.replace("Document.ashx?", "Document.ashx?\r\n")
    _, asked = read_tab(broken)
    assert "%0" not in asked[0].url
    assert asked[0].url == read_tab(MINUTES)[1][0].url
