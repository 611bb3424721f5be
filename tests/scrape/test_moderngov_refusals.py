"""ModernGov sites that refuse, block or talk nonsense: always told as such, never as nothing decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from moderngov_site import BASE, answer, ask_meeting, compose, item_xml, make_platform, meeting_html, meeting_xml, page

from minutes_miner.domain.gathering import Obstacle, Occasion, OccasionKind, Standing
from minutes_miner.domain.vocabulary import Coverage

CHALLENGE = (
    '<html><head><script src="/_Incapsula_Resource?SWJIYLWA=1"></script></head><body><iframe>Request unsuccessful.'
    " Incapsula incident ID: 7-1</iframe></body></html>"
)
NONSENSE = [
    (page("<h1>Welcome to the council</h1>"), Coverage.BLOCKED),
    (CHALLENGE, Coverage.BLOCKED),
    ("GetCommittees Web Service method name is not valid.", Coverage.FAILED),
    ("<committees><committeescount> 0</committeescount></committees>", Coverage.FAILED),
    ("<committees><committee>", Coverage.FAILED),
    ("", Coverage.FAILED),
]


@pytest.mark.parametrize(("body", "state"), NONSENSE)
def test_nonsense_from_the_service_is_told_and_the_site_asked_otherwise(body: str, state: Coverage) -> None:
    platform = make_platform()
    start = next(iter(platform.start()))
    found = platform.read(answer(start, body))
    assert found.obstacle is not None and found.obstacle.state is state
    assert found.committees == ()
    again = found.requests[0]
    if again.page == "committees":
        [again] = platform.read(answer(again, body)).requests
    assert again.page == "committee_page"


@pytest.mark.parametrize(
    ("title", "state"),
    [("Error", Coverage.BLOCKED), ("Just a moment...", Coverage.BLOCKED), ("Log in", Coverage.BLOCKED)],
)
def test_error_pages_with_status_200_are_no_pages_of_meetings(title: str, state: Coverage) -> None:
    platform = make_platform()
    request = ask_meeting(platform)
    record = answer(request, b"", status=403, obstacle=Obstacle(Coverage.REFUSED, "status 403"))
    [other] = platform.read(record).requests
    shown = answer(other, f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>")
    found = platform.read(shown)
    assert found.obstacle is not None and found.obstacle.state is state
    made = compose(platform, [record, shown])
    assert (made.coverage, made.papers) == (state, ())
    assert "GetMeeting: status 403" in made.evidence and "meeting page: " in made.evidence


def test_a_page_that_shows_no_meeting_is_not_an_empty_meeting() -> None:
    platform = make_platform()
    record = answer(ask_meeting(platform), b"", status=500, obstacle=Obstacle(Coverage.FAILED, "status 500"))
    [other] = platform.read(record).requests
    made = compose(platform, [record, answer(other, page("<h1>Welcome</h1>"))])
    assert made.coverage is Coverage.BLOCKED and "a page of no meeting" in made.evidence


def test_the_state_is_that_of_the_last_way_tried() -> None:
    platform = make_platform()
    record = answer(ask_meeting(platform), b"", status=500, obstacle=Obstacle(Coverage.FAILED, "status 500"))
    [other] = platform.read(record).requests
    refused = answer(other, b"", status=403, obstacle=Obstacle(Coverage.REFUSED, "robots.txt forbids it"))
    made = compose(platform, [record, refused])
    assert (made.coverage, made.evidence) == (
        Coverage.REFUSED, "GetMeeting: status 500; meeting page: robots.txt forbids it",
    )  # fmt: skip


def test_a_page_of_a_meeting_may_speak_of_errors() -> None:
    platform = make_platform()
    record = answer(ask_meeting(platform), b"", status=500, obstacle=Obstacle(Coverage.FAILED, "status 500"))
    [other] = platform.read(record).requests
    html = meeting_html([], title="Error Review Panel - Thursday 12 March 2026").replace("<title>", "<title>Error ")
    found = platform.read(answer(other, html))
    assert found.obstacle is None and found.occasions[0].standing is Standing.HELD


def test_pages_that_are_not_utf_8_keep_their_letters() -> None:
    platform = make_platform()
    start = next(iter(platform.start()))
    [pages] = platform.read(answer(start, b"", status=404, obstacle=Obstacle(Coverage.FAILED, "status 404"))).requests
    listing = page('<a href="mgCommitteeDetails.aspx?ID=31">Pwyllgor T\u0177 Caf\u00e9</a>').replace("\u0177", "y")
    found = platform.read(answer(pages, listing.encode("cp1252")))
    assert [one.name for one in found.committees] == ["Pwyllgor Ty Caf\u00e9"]


def test_what_was_read_before_a_try_that_failed_is_still_composed() -> None:
    platform = make_platform()
    item = item_xml(1, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>")
    read = answer(ask_meeting(platform), meeting_xml(700, [item]))
    for kept in (replace(read, status=500), replace(read, url=f"{BASE}/mgError.aspx")):
        made = platform.compose(Occasion("meeting/700", OccasionKind.MEETING, "31", "Quayside Committee"), [kept])
        assert (made.coverage, len(made.papers)) == (Coverage.APPROVED, 1)
        assert platform.read(kept).obstacle is not None
