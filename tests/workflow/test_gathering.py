"""Gathering from sites that are served for real: every decision once, and honest about what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from gathers import Run
from replica.council import Council
from replica.quirks import Quirks
from replica.server import serve

from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.store import open_store
from minutes_miner.store.coverage import count_coverage, list_authorities

ASH = Council("ASH", "Ashmoor Council", committees=2, years=1, seed=5, officer_decisions=6)
CMIS = Council("CMI", "Cmistone Council", platform="cmis", committees=2, years=1, seed=6)

COMPLETE = {
    "as it should be": Quirks(),
    "under a path": Quirks(path="/modern.gov"),
    "without web service": Quirks(web_service_status=404),
    "web service refused, minutes cut": Quirks(web_service_status=403, truncate_at=200),
    "web service broken": Quirks(web_service_status=500),
    "dates ignored": Quirks(dates_ignored=True),
    "breaks in links": Quirks(web_service_status=404, breaks_in_links=True),
    "printed minutes only": Quirks(printed_only=True),
    "packs repeat minutes": Quirks(packs_repeat_minutes=True),
    "moved": Quirks(moved=True),
    "busy": Quirks(busy_every=25, retry_after=1),
    "answers cut off": Quirks(drops_every=40),
}
"""Ways to misbehave that must cost nothing."""


@contextmanager
def running(folder: Path, quirks: Quirks = Quirks(), council: Council = ASH) -> Iterator[Run]:
    with serve([council], {council.code: quirks}, folder / "requests.jsonl") as replica:
        yield Run(folder, [council], replica)


@pytest.mark.parametrize("quirks", COMPLETE.values(), ids=COMPLETE)
def test_every_decision_is_in_the_store_once(tmp_path: Path, quirks: Quirks) -> None:
    with running(tmp_path, quirks) as run:
        run.gather()
    run.mine()
    assert run.truth().total() > 30
    assert run.decided() == run.truth()


def test_every_decision_of_a_cmis_site_is_in_the_store_once(tmp_path: Path) -> None:
    with running(tmp_path, council=CMIS) as run:
        run.gather()
    run.mine()
    assert run.truth().total() > 30
    assert run.decided() == run.truth()


def test_a_second_run_asks_for_little_and_finds_the_same(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        run.gather()
        first = len(run.replica.requests())
        run.gather()
        second = run.replica.requests()[first:]
    assert 0 < len(second) < first / 10  # on so small a site lists are a larger part
    assert not [one for one in second if "GetMeeting?" in one.target or "Details" in one.target]


def test_late_minutes_and_approvals_are_fetched_when_they_are_there(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        run.gather()
        run.mine()
        assert run.decided() == run.truth()
        run.replica.advance(45)
        run.gather(days=45)
        run.mine()
    assert run.truth(45) != run.truth()
    assert run.decided() == run.truth(45)


def test_meetings_that_a_site_lists_no_more_are_marked_and_kept(tmp_path: Path) -> None:
    with running(tmp_path, Quirks(vanishing=2)) as run:
        run.gather()
        run.mine()
        held = run.decided()
        run.replica.advance(2)
        run.gather(days=2)
        with open_store(run.url) as store:
            assert sum(row.vanished for row in count_coverage(store)) == 2
    assert run.decided() == held


def test_cancelled_meetings_are_marked(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        run.gather()
        with open_store(run.url) as store:
            told = sum(row.cancelled for row in count_coverage(store))
    assert told == sum(meeting.is_cancelled for meeting in ASH.meetings) > 0


@pytest.mark.parametrize(
    ("quirks", "state"),
    [
        (Quirks(robots_disallow=("/",)), Coverage.REFUSED),
        (Quirks(web_service_status=403, pages_status=403), Coverage.REFUSED),
        (Quirks(challenged="all"), Coverage.BLOCKED),
        (Quirks(web_service_status=500, pages_status=503), Coverage.FAILED),
    ],
    ids=["robots.txt", "403", "challenge", "503"],
)
def test_a_site_that_can_not_be_read_is_told_and_never_empty(tmp_path: Path, quirks: Quirks, state: Coverage) -> None:
    with running(tmp_path, quirks) as run:
        gathered = run.gather()
        with open_store(run.url) as store:
            (told,) = list_authorities(store)
    assert gathered.obstacles.total() or gathered.left
    assert told.state == state
    assert told.lists_unread


def test_pages_behind_a_challenge_do_not_hide_what_the_web_service_gives(tmp_path: Path) -> None:
    with running(tmp_path, Quirks(challenged="pages")) as run:
        run.gather()
        with open_store(run.url) as store:
            states = Counter({row.state: row.count for row in count_coverage(store)})
            (told,) = list_authorities(store)
    run.mine()
    meetings = Counter({key: count for key, count in run.truth().items() if key[1].startswith("meeting/")})
    assert meetings and not meetings - run.decided()
    assert states and told.lists_unread  # the register


def test_only_the_newest_meetings_where_so_many_are_wanted(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        run.gather(run.plan(most=4))
    asked = [one.target for one in run.replica.requests() if "GetMeeting?" in one.target]
    assert len(asked) == 4


def test_only_the_committee_that_is_wanted(tmp_path: Path) -> None:
    body = ASH.bodies[0]
    with running(tmp_path) as run:
        run.gather(run.plan(committee=body.name))
    asked = {one.target for one in run.replica.requests() if "GetMeeting?" in one.target}
    expected = [meeting for meeting in ASH.meetings if meeting.committee == body and not meeting.is_cancelled]
    assert 0 < len(asked) <= len(expected)


def test_no_host_is_asked_more_often_than_it_was_promised(tmp_path: Path) -> None:
    with serve([ASH], log=tmp_path / "requests.jsonl") as replica:
        run = Run(tmp_path, [ASH], replica, rate=5)
        run.gather(run.plan(most=2, committee=ASH.bodies[0].name))
    came = sorted(one.time for one in replica.requests())
    assert len(came) > 4
    assert min(later - earlier for earlier, later in zip(came, came[1:])) > 0.1  # 1/5 s, less what the way varies


def test_the_crawl_delay_of_robots_txt_is_kept(tmp_path: Path) -> None:
    with serve([ASH], {"ASH": Quirks(crawl_delay=1)}, tmp_path / "requests.jsonl") as replica:
        run = Run(tmp_path, [ASH], replica)
        run.gather(run.plan(most=1, committee=ASH.bodies[0].name))
    came = sorted(one.time for one in replica.requests())
    assert len(came) >= 3
    assert min(later - earlier for earlier, later in zip(came, came[1:])) > 0.7
