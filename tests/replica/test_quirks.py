"""Test that each quirk does what it says, alone, and that the log tells what became of each request."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .council import Council
from .item import Item
from .model import Meeting, Stage
from .quirks import Quirks
from .server import Replica, serve
from .visiting import visit

COUNCIL = Council("TST", "Testbeck Council", years=1, committees=4)
HELD = [one for one in COUNCIL.meetings if COUNCIL.stage(one, COUNCIL.today) is Stage.APPROVED]
COMMITTEES = "mgWebService.asmx/GetCommittees?lDummy=0"
PAGE = f"ieListDocuments.aspx?MId={HELD[-1].id}"
YEARS = "mgDelegatedDecisions.aspx?DS=2&DR=01%2f10%2f2025-01%2f10%2f2026"


@contextmanager
def site(**quirks: object) -> Iterator[tuple[Replica, str]]:
    """Serve one council with quirks."""
    with serve([COUNCIL], {"TST": Quirks(**quirks)}) as replica:  # type: ignore[arg-type]
        yield replica, replica.urls["TST"]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_the_web_service_can_be_off_while_pages_work(status: int) -> None:
    with site(web_service_status=status) as (_, url):
        assert visit(f"{url}/{COMMITTEES}").status == status
        assert visit(f"{url}/{PAGE}").status == 200


def test_pages_can_be_refused_while_the_web_service_works() -> None:
    with site(pages_status=403) as (_, url):
        assert visit(f"{url}/{COMMITTEES}").status == 200
        assert visit(f"{url}/{PAGE}").status == 403


def test_operations_without_parameters_can_fail() -> None:
    with site(needs_parameters=True) as (_, url):
        assert visit(f"{url}/mgWebService.asmx/GetCommittees").status == 500
        assert visit(f"{url}/{COMMITTEES}").status == 200


def test_another_number_can_mean_all_committees() -> None:
    asked = "sFromDate=01/01/2000&sToDate=01/01/2030&bIsAscendingDateOrder=true"
    with site(all_committees=-1) as (_, url):
        answers = [visit(f"{url}/mgWebService.asmx/GetAllMeetingsByDate?lCommitteeId={at}&{asked}") for at in (0, -1)]
    assert [answer.text.count("<meeting>") > 0 for answer in answers] == [False, True]


def test_challenges_come_with_status_200() -> None:
    with site(challenged="pages", challenged_pages=("ieissuedetails.aspx",)) as (_, url):
        assert visit(f"{url}/{COMMITTEES}").text.startswith("<?xml")
        answer = visit(f"{url}/{PAGE}")
        assert (answer.status, "Incapsula" in answer.text) == (200, True)


def test_the_register_can_lead_to_the_error_page() -> None:
    with site(register_fails=True) as (_, url):
        assert visit(f"{url}/{YEARS}").url == f"{url}/mgError.aspx"
        assert "RESOLVED" in visit(f"{url}/{PAGE}").text


def test_well_formed_dates_can_be_ignored() -> None:
    asked = "mgWebService.asmx/GetMeetings?lCommitteeId=0&sFromDate=01/01/2026&sToDate=31/01/2026"
    with site(dates_ignored=True) as (_, url), site() as (_, honest):
        assert visit(f"{url}/{asked}").text.count("<meeting>") > visit(f"{honest}/{asked}").text.count("<meeting>") > 0


def test_lists_take_their_time_and_give_up() -> None:
    with site(seconds_per_year=0.4) as (replica, url):
        assert "ieDecisionDetails" in visit(f"{url}/{YEARS}").text
        (logged,) = replica.requests()
        assert logged.answered - logged.time >= 0.35
    with site(seconds_per_year=0.4, error_after=0.2) as (_, url):
        assert "An error has occurred" in visit(f"{url}/{YEARS}").text
        assert "ieDecisionDetails" in visit(f"{url}/{YEARS.replace('01%2f10%2f2025', '01%2f09%2f2026')}").text


def test_a_site_fails_after_some_requests_and_recovers() -> None:
    with site(fails_after=2, fails_for=0.2) as (_, url):
        assert [visit(f"{url}/{COMMITTEES}").status for _ in range(3)] == [200, 200, 500]
        assert _is_so(lambda: visit(f"{url}/{COMMITTEES}").status == 200)
    with site(fails_after=1) as (_, url):
        assert [visit(f"{url}/{COMMITTEES}").status for _ in range(3)] == [200, 500, 500]


def test_a_busy_site_says_when_to_come_again() -> None:
    with site(busy_every=3, retry_after=7) as (_, url):
        answers = [visit(f"{url}/{COMMITTEES}") for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[-1].headers["retry-after"] == "7"


def test_answers_can_be_cut_off() -> None:
    with site(drops_every=2) as (replica, url):
        visit(f"{url}/{COMMITTEES}")
        with pytest.raises(http.client.IncompleteRead):
            visit(f"{url}/{COMMITTEES}")
        assert [one.completed for one in replica.requests()] == [True, False]


def test_robots_txt_says_what_it_is_told_to() -> None:
    with site(robots_disallow=("/mgAi.aspx",), crawl_delay=2) as (_, url):
        lines = visit(f"{url}/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Disallow: /mgAi.aspx", "Crawl-delay: 2"]
    with site(robots_status=404) as (_, url):
        assert visit(f"{url}/robots.txt").status == 404


def test_a_site_that_has_moved_points_elsewhere() -> None:
    with site(moved=True, path="/modern.gov") as (replica, url):
        answer = visit(f"{url}/{PAGE}")
        assert (answer.status, answer.url.startswith(url)) == (200, False)
        assert [one.status for one in replica.requests()] == [301, 200]
        assert answer.url.endswith(f"/modern.gov/{PAGE}")


def test_an_installation_under_a_path_answers_there_alone() -> None:
    with site(path="/modernGov") as (_, url):
        assert visit(f"{url}/{PAGE}").status == 200
        assert visit(f"{url.removesuffix('/modernGov')}/{PAGE}").status == 404
        assert f"{url}/mgConvert2PDF" in visit(f"{url}/mgWebService.asmx/GetMeeting?lMeetingId={HELD[-1].id}").text


def test_long_minutes_are_cut_and_linked() -> None:
    with site(truncate_at=120) as (_, url):
        page = visit(f"{url}/{PAGE}")
        links = page.links("mgAi.aspx")
        assert links
        assert all(f"view the full minutes text for item {item.minute}." in page.words for item in _long_items())
        whole = page.words + "".join(visit(link).words for link in links)
    texts = [decision.text for item in COUNCIL.items(HELD[-1]) for decision in item.decisions]
    assert [text for text in texts if text not in page.words]
    assert not [text for text in texts if text not in whole]


def _long_items() -> list[Item]:
    items = [item for item in COUNCIL.items(HELD[-1]) if sum(map(len, item.minutes_lines())) > 120]
    assert items
    return items


def test_links_can_hold_line_breaks() -> None:
    with site(breaks_in_links=True) as (_, url):
        page = visit(f"{url}/{PAGE}")
        assert "\r\n " in page.text
        (link,) = page.links(r"T=1$")
        assert visit(link).body.startswith(b"%PDF")


def test_minutes_can_be_printed_alone() -> None:
    with site(printed_only=True) as (_, url):
        page = visit(f"{url}/{PAGE}")
        assert "RESOLVED" not in page.text + visit(f"{url}/mgWebService.asmx/GetMeeting?lMeetingId={HELD[-1].id}").text
        (link,) = page.links(r"T=1$")
        assert "RESOLVED" in visit(link).words


def test_packs_can_repeat_the_minutes() -> None:
    with site(packs_repeat_minutes=True) as (_, url):
        (link,) = visit(f"{url}/{PAGE}").links(r"T=10$")
        assert "RESOLVED" in visit(link).words


def test_validators_and_packing() -> None:
    with site(has_validators=True, compresses=True) as (_, url):
        etag = visit(f"{url}/{PAGE}").headers["etag"]
        again = visit(f"{url}/{PAGE}", **{"If-None-Match": etag})
        assert (again.status, again.body) == (304, b"")
        assert visit(f"{url}/{PAGE}", **{"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"


def _is_so(condition: Callable[[], bool]) -> bool:
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


def _stage_page(url: str, meeting: Meeting) -> str:
    return visit(f"{url}/ieListDocuments.aspx?MId={meeting.id}").words


def test_drafts_are_approved_and_meetings_vanish_as_days_go_by() -> None:
    drafts = [one for one in COUNCIL.meetings if COUNCIL.stage(one, COUNCIL.today) is Stage.DRAFT]
    coming = next(one for one in COUNCIL.meetings if COUNCIL.stage(one, COUNCIL.today) is Stage.AGENDA)
    with site(vanishing=1) as (replica, url):
        assert "Printed draft minutes" in _stage_page(url, drafts[0])
        assert "RESOLVED" not in _stage_page(url, coming)
        replica.advance(150)
        assert "Printed minutes" in _stage_page(url, drafts[0])
        assert "RESOLVED" in _stage_page(url, coming)
        assert "An error has occurred" in _stage_page(url, drafts[-1])


def test_drafts_can_be_amended_when_they_are_approved() -> None:
    drafts = (one for one in COUNCIL.meetings if COUNCIL.stage(one, COUNCIL.today) is Stage.DRAFT)
    meeting = next(one for one in drafts if one.committee.kind != "executive")
    early, late = (
        {one.text for one in COUNCIL.truth(day, amends=True) if one.occasion == meeting.key}
        for day in (COUNCIL.today, COUNCIL.today + timedelta(days=150))
    )
    assert len(early - late) == len(late - early) == 1
    with site(amends=True) as (replica, url):
        before = _stage_page(url, meeting)
        printed = visit(visit(f"{url}/ieListDocuments.aspx?MId={meeting.id}").links(r"T=1$")[0]).words
        assert all(text in before and text in printed for text in early)
        replica.advance(150)
        after = _stage_page(url, meeting)
        assert all(text in after for text in late)
        assert "subject to the comments" in before and "subject to the comments" not in after


def test_cmis_can_call_its_page_of_meetings_otherwise() -> None:
    council = Council("TCM", "Testcombe Council", platform="cmis", years=1, committees=4)
    with serve([council], {"TCM": Quirks(path="/cmis5", meetings_page="CalendarofMeetings.aspx")}) as replica:
        url = replica.urls["TCM"]
        assert visit(f"{url}/Meetings.aspx").status == 404
        links = visit(f"{url}/CalendarofMeetings.aspx?ctl=MeetingCalendarListView&mid=397").links("ViewMeetingPublic")
        assert links
        assert all(link.startswith(f"{url}/CalendarofMeetings/tabid/70/") for link in links)
        assert "Meeting Details" in visit(links[0]).words


def test_the_log_outlives_the_client_and_tells_what_it_did_not_wait_for(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    with serve([COUNCIL], {"TST": Quirks(seconds_per_year=60)}, log) as replica:
        parts = urlsplit(replica.urls["TST"])
        with socket.create_connection((parts.hostname, parts.port)) as client:
            client.sendall(f"GET /{YEARS} HTTP/1.1\r\nHost: x\r\nUser-Agent: impatient\r\n\r\n".encode())
        assert _is_so(lambda: len(replica.requests("TST")) == 1)
        visit(f"{replica.urls['TST']}/{COMMITTEES}")
        first, second = replica.requests("TST")
        assert (first.target, first.agent, first.completed, first.status) == (f"/{YEARS}", "impatient", False, 0)
        assert (second.target, second.completed, second.status) == (f"/{COMMITTEES}", True, 200)
    assert log.read_text("utf-8").count("\n") == 2
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((parts.hostname, parts.port), timeout=2)
