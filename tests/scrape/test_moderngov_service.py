"""ModernGov's web service: its lists by slices, its records of meetings, and their ways of writing."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from moderngov_site import (
    AUTHORITY,
    BASE,
    answer,
    ask_meeting,
    chosen,
    committees_xml,
    compose,
    first,
    item_xml,
    make_platform,
    meeting_xml,
    meetings_xml,
    page,
)

from minutes_miner.domain.gathering import Authority, Obstacle, OccasionKind, Request, Scope, Standing, Window
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.registry import get_platform
from minutes_miner.scrape.moderngov import ModernGov


def ask_meetings(platform: ModernGov, name: str = "Quayside Committee", *, gone: bool = False) -> list[Request]:
    committees = platform.read(answer(next(iter(platform.start())), committees_xml([(31, name, gone)])))
    return list(committees.requests)


def query(request: Request) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(request.url).query).items()}


def test_the_platform_is_registered() -> None:
    assert get_platform("moderngov") is ModernGov


@pytest.mark.parametrize("base", ["https://a.example.org", "https://www.a.example.org/modernGov", f"{BASE}/"])
def test_the_service_stands_under_any_base(base: str) -> None:
    scope = Scope(date(2026, 1, 1), date(2026, 5, 20), date(2026, 5, 20))
    start = list(ModernGov(Authority("X", "X", base_url=base), scope).start())
    assert start[0].url.startswith(f"{base.rstrip('/')}/mgWebService.asmx/GetCommittees")
    assert start[0].is_list
    assert start[1].page == "register"


def test_meetings_are_asked_for_by_committee_and_calendar_year_in_the_form_the_service_takes() -> None:
    requests = ask_meetings(make_platform())
    assert [query(request) for request in requests] == [
        {"lCommitteeId": "31", "sFromDate": "01/01/2026", "sToDate": "31/12/2026"},
        {"lCommitteeId": "31", "sFromDate": "01/01/2025", "sToDate": "31/12/2025"},
    ]
    assert [request.day for request in requests] == [date(2026, 12, 31), date(2025, 12, 31)]
    assert all(request.is_list and request.occasion is None for request in requests)


def test_the_newest_slice_reaches_some_months_ahead() -> None:
    late = date(2026, 11, 20)
    requests = ask_meetings(make_platform(until=late, today=late))
    assert query(requests[0])["sToDate"] == "30/06/2027"
    assert len(requests) == 2
    further = ask_meetings(make_platform(until=date(2027, 2, 20), today=late))
    assert [request.url for request in further] == [request.url for request in requests]
    assert query(ask_meetings(make_platform(until=date(2027, 9, 1), today=late))[0])["sToDate"] == "31/12/2027"
    past = ask_meetings(make_platform(until=date(2025, 6, 30)))
    assert [query(request)["sFromDate"] for request in past] == ["01/01/2025"]


def test_a_deleted_committee_is_asked_for_its_meetings_like_any_other() -> None:
    lasting, gone = ask_meetings(make_platform()), ask_meetings(make_platform(), gone=True)
    assert [request.url for request in gone] == [request.url for request in lasting]
    assert gone[0].day == date(2026, 1, 1)


def test_only_the_committees_named_are_asked_and_the_register_is_left_out() -> None:
    platform = make_platform(committee="quay")
    [start] = platform.start()
    rows = [(31, "Quayside Committee", False), (32, "Ferry Panel", False)]
    found = platform.read(answer(start, committees_xml(rows)))
    assert [committee.name for committee in found.committees] == ["Quayside Committee"]
    assert {query(request)["lCommitteeId"] for request in found.requests} == {"31"}


def test_text_is_escaped_twice_and_fields_may_hold_line_breaks() -> None:
    platform = make_platform()
    found = platform.read(answer(next(iter(platform.start())), committees_xml([(31, "Chair's Panel & Forum", False)])))
    assert "&amp;#x27;" in committees_xml([(31, "Chair's", False)])
    assert found.committees[0].name == "Chair's Panel & Forum"


def test_a_list_names_meetings_and_asks_for_those_that_were_held() -> None:
    platform = make_platform()
    request = ask_meetings(platform)[0]
    rows = [
        (700, "12/03/2026", "Confirmed"), (701, "20/05/2026", "Confirmed"), (702, "09/04/2026", "Cancelled"),
        (703, "02/07/2026", "Confirmed"),
    ]  # fmt: skip
    found = platform.read(answer(request, meetings_xml(31, "Quayside Committee", rows)))
    assert {one.key: one.standing for one in found.occasions} == {
        "meeting/700": Standing.HELD,
        "meeting/701": Standing.HELD,
        "meeting/702": Standing.CANCELLED,
        "meeting/703": Standing.SCHEDULED,
    }
    assert [(one.url, one.occasion, one.day) for one in found.requests] == [
        (f"{BASE}/mgWebService.asmx/GetMeeting?lMeetingId=700", "meeting/700", date(2026, 3, 12)),
        (f"{BASE}/mgWebService.asmx/GetMeeting?lMeetingId=701", "meeting/701", date(2026, 5, 20)),
    ]
    told = found.occasions[0]
    assert (told.committee, told.committee_name, told.day) == ("31", "Quayside Committee", date(2026, 3, 12))
    assert told.url == f"{BASE}/ieListDocuments.aspx?CId=31&MId=700&Ver=4"
    assert found.window == Window(OccasionKind.MEETING, "31", date(2026, 1, 1), date(2026, 12, 31))


def test_a_dump_of_everything_is_sifted_by_day_and_committee() -> None:
    platform = make_platform(since=date(2026, 2, 1))
    request = ask_meetings(platform)[0]
    rows = [(year, f"12/03/{year}", "Confirmed") for year in range(1999, 2040)]
    found = platform.read(answer(request, meetings_xml(31, "Quayside Committee", rows)))
    assert [one.key for one in found.occasions] == ["meeting/2026"]
    assert found.window == Window(OccasionKind.MEETING, "31", date(2026, 2, 1), date(2026, 12, 31))
    other = platform.read(answer(request, meetings_xml(44, "Ferry Panel", rows)))
    assert other.occasions == ()


def test_a_list_that_lacks_the_meetings_it_counts_could_not_be_read() -> None:
    platform = make_platform()
    request = ask_meetings(platform)[0]
    found = platform.read(answer(request, meetings_xml(31, "Quayside Committee", [], count=" 12")))
    assert found.obstacle is not None and found.window is None
    empty = platform.read(answer(request, meetings_xml(31, "Quayside Committee", [])))
    assert empty.obstacle is None and empty.window is not None


def test_a_slice_that_failed_is_asked_for_in_halves_down_to_a_month() -> None:
    platform = make_platform(since=date(2025, 1, 1), until=date(2025, 12, 31))
    waiting, leaves, asked = ask_meetings(platform), [], set()
    while waiting:
        request = waiting.pop()
        asked.add(request.url)
        trouble = Obstacle(Coverage.FAILED, "the answer stopped coming")
        found = platform.read(answer(request, b"", status=0, obstacle=trouble))
        assert found.obstacle == trouble
        waiting += found.requests
        leaves += [] if found.requests else [request]
    days = sorted((one.fact("first") or "", one.fact("last") or "") for one in leaves)
    lengths = [(date.fromisoformat(last) - date.fromisoformat(start)).days + 1 for start, last in days]
    assert sum(lengths) == 365 and max(lengths) <= 31 and min(lengths) > 15
    assert (days[0][0], days[-1][1]) == ("2025-01-01", "2025-12-31")
    assert len(asked) == 2 * len(leaves) - 1


def test_an_error_page_after_too_long_a_wait_is_asked_for_in_halves_and_a_closed_service_is_not() -> None:
    platform = make_platform()
    request = ask_meetings(platform)[1]
    slow = platform.read(answer(request, page("<h1>Error</h1>", title="Error - Tarnmouth")))
    assert [one.page for one in slow.requests] == ["meetings", "meetings"]
    closed = platform.read(answer(request, page("<h1>Welcome</h1>")))
    assert [one.url for one in closed.requests] == [f"{BASE}/ieListMeetings.aspx?CId=31&Year=0"]
    assert slow.obstacle is not None and closed.obstacle is not None


def test_some_installations_fail_with_a_query_and_others_without_one() -> None:
    platform = make_platform()
    start = next(iter(platform.start()))
    again = platform.read(answer(start, b"", status=500, obstacle=Obstacle(Coverage.FAILED, "status 500")))
    assert [one.url for one in again.requests] == [f"{BASE}/mgWebService.asmx/GetCommittees"]
    last = platform.read(answer(again.requests[0], b"", status=500, obstacle=Obstacle(Coverage.FAILED, "status 500")))
    assert [one.page for one in last.requests] == ["committee_page"]


def test_redirects_are_followed_once_for_the_whole_site() -> None:
    platform = make_platform()
    start = next(iter(platform.start()))
    moved = start.url.replace("democracy.", "committees.")
    found = platform.read(answer(start, committees_xml([(31, "Quayside Committee", False)]), url=moved))
    assert found.requests[0].url.startswith("https://committees.tarnmouth.example.org/modern.gov/mgWebService.asmx/")
    astray = platform.read(answer(start, "<html></html>", url="https://elsewhere.example.org/welcome.aspx"))
    assert all(one.url.startswith(BASE) for one in astray.requests)


def test_a_meeting_with_minutes_needs_nothing_more() -> None:
    platform = make_platform()
    xml = meeting_xml(700, [item_xml(1, "Dredging", minutesnonemptyhtmlbody="<p>The report was noted.</p>")])
    found = platform.read(answer(ask_meeting(platform), xml))
    assert found.requests == () and found.obstacle is None
    assert found.occasions[0].standing is Standing.HELD


@pytest.mark.parametrize(
    ("given", "asks"),
    [({}, True), ({"minutepublished": "False"}, False), ({"minutepublished": "\n"}, True),
     ({"minutepublished": "False", "decisionpublished": "True"}, True), ({"meetingstatus": "Cancelled"}, False)],
)  # fmt: skip
def test_minutes_that_the_record_lacks_are_looked_for_on_the_page(given: dict[str, str], asks: bool) -> None:
    platform = make_platform()
    found = platform.read(answer(ask_meeting(platform), meeting_xml(700, [item_xml(1, "Dredging")], **given)))
    assert [one.page for one in found.requests] == (["meeting_page"] if asks else [])
    assert not asks or found.requests[0].fact("agenda") == "709"


def test_a_meeting_whose_record_fails_is_asked_for_as_a_page() -> None:
    platform = make_platform()
    request = ask_meeting(platform)
    for body, status in ((b"System.NullReferenceException", 500), (meeting_xml(999, []).encode(), 200)):
        obstacle = Obstacle(Coverage.FAILED, "status 500") if status == 500 else None
        found = platform.read(answer(request, body, status=status, obstacle=obstacle))
        assert found.obstacle is not None
        assert [one.url for one in found.requests] == [f"{BASE}/ieListDocuments.aspx?CId=31&MId=700&Ver=4"]
        assert found.requests[0].occasion == "meeting/700"


def test_entities_of_an_answer_open_no_file() -> None:
    platform = make_platform()
    start = next(iter(platform.start()))
    trap = (
        committees_xml([(31, "Panel", False)])
        .replace("<committees>", '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]><committees>', 1)
        .replace("Panel", "Panel &x;")
    )
    found = platform.read(answer(start, trap))
    assert [committee.name for committee in found.committees] == ["Panel &x;"]


def test_a_cancelled_meeting_is_empty() -> None:
    platform = make_platform()
    request = ask_meeting(platform)
    made = compose(platform, [answer(request, meeting_xml(700, [], meetingstatus="Cancelled"))])
    assert (made.coverage, made.papers) == (Coverage.EMPTY, ())
    assert made.evidence == "cancelled"


def test_an_agenda_is_no_minutes() -> None:
    platform = make_platform()
    xml = meeting_xml(700, [item_xml(1, "Dredging", agendatext="<p>To dredge.</p>")], minutepublished="False")
    made = compose(platform, [answer(ask_meeting(platform), xml)])
    assert (made.coverage, made.papers) == (Coverage.AGENDA_ONLY, ())
    assert made.evidence == "GetMeeting: 1 items, none with minutes"
    none = compose(platform, [answer(ask_meeting(platform), meeting_xml(700, [], agendapublished="False"))])
    assert none.coverage is not Coverage.AGENDA_ONLY


def test_the_authority_is_the_one_given() -> None:
    assert AUTHORITY.base_url == f"{BASE}/"
    assert first(list(make_platform().start()), "register").url.startswith(f"{BASE}/mgDelegatedDecisions.aspx?")
    assert chosen(list(make_platform().start()), "committees")
