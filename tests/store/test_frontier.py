"""What is asked for next, what is remembered of answers, and what a run that was cut off leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from minutes_miner.domain.gathering import (
    Authority,
    Committee,
    Findings,
    Obstacle,
    Occasion,
    OccasionKind,
    Place,
    Request,
    Response,
    Scope,
    Standing,
    Window,
)
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.store import Store
from minutes_miner.store.coverage import count_coverage, list_authorities
from minutes_miner.store.frontier import Answer, Frontier, Job
from minutes_miner.store.papers import KeptPaper, find_papers, save_composition

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SCOPE = Scope(date(2025, 1, 1), date(2026, 12, 31), date(2026, 3, 2))
ASH = Authority("ASH", "Ashcombe Town Council", "PAR", "ENG", "moderngov", "https://ashcombe.example")
HOST = "ashcombe.example"
LISTS = Request(f"https://{HOST}/list", "list", day=date(2026, 12, 31), is_list=True)


def page(number: int, day: date = date(2026, 2, 1)) -> Request:
    return Request(f"https://{HOST}/meeting?id={number}", "meeting", f"meeting/{number}", day, facts=(("n", "é"),))


def meeting(number: int, day: date = date(2026, 2, 1), standing: Standing | None = Standing.HELD) -> Occasion:
    return Occasion(f"meeting/{number}", OccasionKind.MEETING, "7", "Finance", day, standing=standing)


def answer(job: Job, body: bytes = b"x", *, at: datetime = NOON, due: datetime | None = None, **told: object) -> Answer:
    place = Place("a.warc.gz", 10 * job.number, 10)
    response = Response(job.request, job.request.url, 200, body, "text/html", at, place=place, etag='"1"')
    return Answer(job, response, Findings(**told), due)  # type: ignore[arg-type]


@pytest.fixture
def frontier(store: Store) -> Frontier:
    found = Frontier(store, SCOPE)
    found.begin(ASH, [LISTS], NOON)
    return found


def only(frontier: Frontier) -> Job:
    (job,) = frontier.find_jobs(HOST, 10)
    return job


def test_the_first_requests_wait(frontier: Frontier) -> None:
    assert frontier.count_waiting() == {HOST: 1}
    assert only(frontier).request == LISTS


def test_what_a_list_tells_of_is_asked_for_next_and_once(frontier: Frontier) -> None:
    told = {"requests": (page(1), page(2), page(1)), "occasions": (meeting(1), meeting(2))}
    frontier.settle([answer(only(frontier), due=NOON, **told)])
    assert [job.request for job in frontier.find_jobs(HOST, 10)] == [page(1), page(2)]


def test_lists_come_before_pages_that_were_found_earlier(frontier: Frontier) -> None:
    later = replace(LISTS, url=f"https://{HOST}/list?year=2025")
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1), later))])
    assert [job.request.page for job in frontier.find_jobs(HOST, 10)] == ["list", "meeting"]


def test_an_occasion_is_ready_when_nothing_of_it_waits(frontier: Frontier) -> None:
    more = replace(page(1), url=f"https://{HOST}/votes?id=1", page="votes")
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    assert frontier.find_ready() == []
    frontier.settle([answer(only(frontier), requests=(more,))])
    assert frontier.find_ready() == []
    assert frontier.find_ready(partly=True) == [("ASH", meeting(1))]
    frontier.settle([answer(only(frontier))])
    assert frontier.find_ready() == [("ASH", meeting(1))]
    assert frontier.find_ready([("ASH", "meeting/2")]) == []
    assert [found.request for found in frontier.load_answers("ASH", "meeting/1")] == [page(1), more]


def test_the_same_answer_again_makes_nothing_ready(frontier: Frontier, store: Store) -> None:
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    job = only(frontier)
    frontier.settle([answer(job)])
    save_composition(store, "ASH", "meeting/1", Coverage.DRAFT, "a page", [])
    frontier.settle([answer(job)])
    assert frontier.find_ready() == []
    frontier.settle([answer(job, b"approved")])
    assert [key.key for _, key in frontier.find_ready()] == ["meeting/1"]


def test_a_cancelled_meeting_is_ready_without_a_page(frontier: Frontier) -> None:
    found = (meeting(1, standing=Standing.CANCELLED), meeting(2))
    frontier.settle([answer(only(frontier), due=NOON, occasions=found)])
    assert [occasion.key for _, occasion in frontier.find_ready()] == ["meeting/1"]


def test_an_obstacle_leaves_the_last_good_answer_in_its_place(frontier: Frontier) -> None:
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    job = only(frontier)
    frontier.settle([answer(job)])
    bad = Response(job.request, job.request.url, 503, b"later", "text/html", NOON, Obstacle(Coverage.FAILED, "503"))
    frontier.settle([Answer(job, bad, Findings(), NOON)])
    (kept,) = frontier.load_answers("ASH", "meeting/1")
    assert kept.place == Place("a.warc.gz", 10 * job.number, 10)
    assert kept.obstacle is None


def test_what_never_could_be_read_says_why(frontier: Frontier) -> None:
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    job = only(frontier)
    obstacle = Obstacle(Coverage.REFUSED, "status 403")
    bad = Response(job.request, job.request.url, 403, b"no", "text/html", NOON, obstacle)
    frontier.settle([Answer(job, bad, Findings(), None)])
    (told,) = frontier.load_answers("ASH", "meeting/1")
    assert told.obstacle == obstacle


def test_a_run_that_came_to_its_end_asks_lists_again_and_settled_pages_never(frontier: Frontier, store: Store) -> None:
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    frontier.settle([answer(only(frontier))])
    frontier.end(NOON + timedelta(minutes=1))
    again = Frontier(store, SCOPE)
    again.begin(ASH, [LISTS], NOON + timedelta(minutes=2))
    assert [job.request for job in again.find_jobs(HOST, 10)] == [LISTS]


def test_a_run_that_was_cut_off_is_gone_on_with(frontier: Frontier, store: Store) -> None:
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    again = Frontier(store, SCOPE)
    again.begin(ASH, [LISTS], NOON + timedelta(hours=2))
    assert [job.request for job in again.find_jobs(HOST, 10)] == [page(1)]
    much_later = Frontier(store, SCOPE)
    much_later.begin(ASH, [LISTS], NOON + timedelta(hours=30))
    assert {job.request.page for job in much_later.find_jobs(HOST, 10)} == {"list", "meeting"}


def test_pages_are_asked_again_when_they_are_due_with_their_validators(frontier: Frontier, store: Store) -> None:
    frontier.settle([answer(only(frontier), due=NOON, requests=(page(1),), occasions=(meeting(1),))])
    frontier.settle([answer(only(frontier), due=NOON + timedelta(days=1))])
    frontier.end(NOON)
    for hours, expected in ((12, ["list"]), (25, ["list", "meeting"])):
        again = Frontier(store, SCOPE)
        again.begin(ASH, [LISTS], NOON + timedelta(hours=hours))
        jobs = again.find_jobs(HOST, 10)
        assert [job.request.page for job in jobs] == expected
    assert (jobs[1].etag, jobs[1].place) == ('"1"', Place("a.warc.gz", 10 * jobs[1].number, 10))


def test_what_lies_outside_the_scope_stays_where_it_is(frontier: Frontier, store: Store) -> None:
    old = page(3, date(2024, 5, 1))
    frontier.settle([answer(only(frontier), due=NOON, requests=(old, page(1)), occasions=(meeting(1),))])
    assert [job.request for job in frontier.find_jobs(HOST, 10)] == [page(1)]
    wider = Frontier(store, replace(SCOPE, since=date(2020, 1, 1)))
    wider.begin(ASH, [], NOON)
    assert [job.request for job in wider.find_jobs(HOST, 10)] == [old, page(1)]


def test_other_committees_wait_where_one_is_named(frontier: Frontier, store: Store) -> None:
    other = replace(meeting(2), committee="8", committee_name="Planning Committee")
    told = {"requests": (page(1), page(2)), "occasions": (meeting(1), other)}
    frontier.settle([answer(only(frontier), due=NOON, **told)])
    narrower = Frontier(store, replace(SCOPE, committee="planning"))
    narrower.begin(ASH, [], NOON)
    assert [job.request for job in narrower.find_jobs(HOST, 10)] == [page(2)]


def test_only_the_newest_meetings_are_looked_into_where_so_many_are_wanted(store: Store) -> None:
    frontier = Frontier(store, SCOPE, most=1)
    frontier.begin(ASH, [LISTS], NOON)
    days = {1: date(2026, 1, 5), 2: date(2026, 2, 5), 3: date(2025, 12, 5)}
    told = [meeting(number, day) for number, day in days.items()]
    pages = [page(number, day) for number, day in days.items()]
    frontier.settle([answer(only(frontier), due=NOON, requests=tuple(pages), occasions=tuple(told))])
    assert [job.request for job in frontier.find_jobs(HOST, 10)] == [pages[1]]


def test_what_a_complete_list_lacks_has_vanished(frontier: Frontier) -> None:
    window = Window(OccasionKind.MEETING, "7", date(2026, 1, 1), date(2026, 12, 31))
    elsewhere = replace(meeting(3), committee="8")
    found = (meeting(1), meeting(2), elsewhere, meeting(4, date(2025, 6, 1)))
    job = only(frontier)
    frontier.settle([answer(job, due=NOON, occasions=found)])
    frontier.settle([answer(job, b"y", due=NOON, occasions=(meeting(1),), window=window)])
    rows = count_coverage(frontier._store, "ASH")
    assert sum(row.vanished for row in rows) == 1
    assert sum(row.count for row in rows) == 4


def test_what_a_page_does_not_tell_stays_as_it_is_known(frontier: Frontier) -> None:
    job = only(frontier)
    frontier.settle([answer(job, due=NOON, occasions=(meeting(1, standing=Standing.CANCELLED),))])
    bare = Occasion("meeting/1", OccasionKind.MEETING, title="Budget meeting")
    frontier.settle([answer(job, b"y", due=NOON, occasions=(bare,), committees=(Committee("7", "Finance"),))])
    (ready,) = [occasion for _, occasion in frontier.find_ready()]
    assert ready == replace(meeting(1, standing=Standing.CANCELLED), title="Budget meeting")


def test_the_ledger_tells_lists_that_could_not_be_read_from_such_as_are_empty(frontier: Frontier, store: Store) -> None:
    assert [one.state for one in list_authorities(store)] == [Coverage.NOT_TRIED]
    job = only(frontier)
    bad = Response(job.request, job.request.url, 403, b"", "", NOON, Obstacle(Coverage.REFUSED, "status 403"))
    frontier.settle([Answer(job, bad, Findings(), NOON)])
    (told,) = list_authorities(store, "ASH")
    assert (told.state, told.lists_unread, told.is_whole) == (Coverage.REFUSED, {"status 403": 1}, False)
    frontier.settle([answer(job, due=NOON)])
    frontier.end(NOON)
    (told,) = list_authorities(store)
    assert (told.state, told.lists_unread, told.is_whole) == (Coverage.EMPTY, {}, True)


def test_papers_take_the_place_of_those_before(frontier: Frontier, store: Store) -> None:
    frontier.settle([answer(only(frontier), due=NOON, occasions=(meeting(1),))])
    first = KeptPaper("https://a/1", 0, None, "0" * 64, 5, Place("a.warc.gz", 1, 2))
    second = replace(first, source="https://a/2", rank=1, title="Printed minutes")
    save_composition(store, "ASH", "meeting/1", Coverage.DRAFT, "two", [first, second])
    save_composition(store, "ASH", "meeting/1", Coverage.APPROVED, "one", [second])
    (paper,) = find_papers(store, ["ASH"])
    assert (paper.paper, paper.authority, paper.committee, paper.day) == (second, ASH.name, "Finance", date(2026, 2, 1))
    (row,) = count_coverage(store, "ASH")
    assert (row.state, row.year, row.committee, row.count) == (Coverage.APPROVED, 2026, "Finance", 1)
    assert find_papers(store, ["OTHER"]) == []


def test_papers_stay_where_the_meeting_could_not_be_read_again(frontier: Frontier, store: Store) -> None:
    frontier.settle([answer(only(frontier), due=NOON, occasions=(meeting(1),))])
    paper = KeptPaper("https://a/1", 0, None, "0" * 64, 5, Place("a.warc.gz", 1, 2))
    save_composition(store, "ASH", "meeting/1", Coverage.APPROVED, "a page", [paper])
    save_composition(store, "ASH", "meeting/1", Coverage.BLOCKED, "a challenge", [])
    assert [found.paper for found in find_papers(store, ["ASH"])] == [paper]
    assert [row.state for row in count_coverage(store, "ASH")] == [Coverage.APPROVED]
    save_composition(store, "ASH", "meeting/1", Coverage.AGENDA_ONLY, "an agenda", [])
    assert find_papers(store, ["ASH"]) == []


def test_the_archive_is_told_up_to_where_it_is_noted_down(frontier: Frontier) -> None:
    assert frontier.find_ends() == {}
    job = only(frontier)
    frontier.settle([answer(job, due=NOON)])
    assert frontier.find_ends() == {"a.warc.gz": 10 * job.number + 10}
    assert frontier.find_job(LISTS.url, NOON) is None


def test_what_was_kept_in_this_run_and_not_noted_still_has_its_request(frontier: Frontier) -> None:
    found = frontier.find_job(LISTS.url, NOON + timedelta(seconds=1))
    assert found is not None and found.request == LISTS
    assert frontier.find_job(LISTS.url, NOON - timedelta(days=300)) is None
    assert frontier.find_job("https://elsewhere.example/", NOON) is None
