"""The pages of coverage: what is not there and what could not be read never look alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import httpx2
import pytest
from bs4 import BeautifulSoup
from replica_of import copy_database
from served import serve
from sqlalchemy import insert

from minutes_miner.store import open_store
from minutes_miner.store.gathertables import authorities, occasions, requests

RUN = {"began_at": "2024-08-01T06:00:00+00:00", "ended_at": "2024-08-01T07:00:00+00:00"}
COUNTY = {"code": "LIN", "name": "Lindenshire County Council", **RUN}
CLOSED = {"code": "CLO", "name": "Closed & Shut Council", **RUN, "ended_at": None}
MEETING = {"authority": "LIN", "kind": "meeting", "standing": "held", "is_dirty": False}


def page_of(client: httpx2.Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


@pytest.fixture(scope="module")
def gathered(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Serve a database that was gathered into: meetings in each state, and a council that refused."""
    copied = copy_database(database, tmp_path_factory.mktemp("gathered"))
    states = ("refused", "blocked", "failed", "empty", "agenda_only", "draft", "not_tried")
    met = [
        {**MEETING, "key": state, "state": state, "committee_name": body, "day": date(2023 + number % 2, 5, 1)}
        for number, (state, body) in enumerate(zip(states, ("Cabinet", "Planning") * 4, strict=False))
    ]
    met[3]["standing"], met[4]["standing"] = "cancelled", "vanished"
    asked = {"authority": "CLO", "host": "closed.example", "page": "list", "is_list": True, "facts": "{}"}
    refused = {**asked, "url": "https://closed.example/", "state": "refused", "reason": "robots.txt says <no>"}
    with open_store(copied) as store, store.write() as connection:
        connection.execute(insert(authorities), [COUNTY, CLOSED])
        connection.execute(insert(occasions), met)
        connection.execute(insert(requests), [refused])
    with serve(copied) as address, httpx2.Client(base_url=address, timeout=60) as opened:
        yield opened


def test_each_council_has_its_counts_and_what_could_not_be_read_stands_apart(gathered: httpx2.Client) -> None:
    page = page_of(gathered, "/coverage")
    rows = {row.a.get_text(): row for row in page.select("[aria-labelledby=asked] tbody tr")}
    cells = [cell.get_text(" ", strip=True) for cell in rows["Lindenshire County Council"].select("td")]
    assert cells == ["0", "1", "2", "3", "1", "none", "2024-08-01"]
    closed = rows["Closed & Shut Council"].get_text(" ", strip=True)
    assert "Its lists: refused" in closed
    assert "not to the end" in closed
    assert "3 that could not be read" in page.select_one("[aria-labelledby=asked] strong").get_text()
    given = {row.a.get_text() for row in page.select("[aria-labelledby=given] tbody tr")}
    assert "Thornbeck Parish Council" in given
    assert "Lindenshire County Council" not in given
    states = page.select_one(".states").get_text()
    assert "There is nothing to read" in states
    assert "Nobody here knows what was decided" in states


def test_a_council_has_bodies_and_years_with_a_chart(gathered: httpx2.Client) -> None:
    page = page_of(gathered, "/coverage/lin")
    bodies = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")}
    assert bodies["Cabinet"] == ["0", "0", "1", "2", "1"]
    assert bodies["Planning"] == ["0", "1", "1", "1", "0"]
    assert bodies["2023"] == ["0", "0", "1", "2", "1"]
    told = [mark["aria-label"] for mark in page.select("svg.chart > g")]
    assert told == [
        "2023: 4 meetings and notices, 0 read, 2 could not be read",
        "2024: 3 meetings and notices, 0 read, 1 could not be read",
    ]
    assert "1 of them were cancelled. 1 of them the council lists no more." in page.get_text()
    assert "could not be read: nobody here knows" in page.select_one(".notice.warn").get_text()


def test_a_council_that_refuses_says_why_and_shows_no_emptiness(gathered: httpx2.Client) -> None:
    page = page_of(gathered, "/coverage/CLO")
    assert "1 list: robots.txt says <no>" in page.select_one(".notice.warn").get_text()
    council = page_of(gathered, "/councils/clo") if gathered.get("/councils/clo").status_code == 200 else None
    assert council is None, "the code leads to the address of the name"
    held = page_of(gathered, gathered.get("/councils/clo").headers["location"])
    assert "That tells nothing about what it decided" in held.select_one(".notice.warn").get_text()


def test_the_twins_hold_the_same(gathered: httpx2.Client) -> None:
    rows = gathered.get("/coverage.json").json()
    assert {row["state"] for row in rows} == {
        "refused", "blocked", "failed", "empty", "agenda_only", "draft", "not_tried"
    }  # fmt: skip
    assert gathered.get("/coverage/lin.json").json()["rows"] == rows
    assert gathered.get("/coverage/clo.json").json()["lists_unread"] == {"robots.txt says <no>": 1}


def test_what_was_only_read_from_files_says_so(client: httpx2.Client) -> None:
    page = page_of(client, "/coverage")
    assert not page.select("[aria-labelledby=asked]")
    assert len(page.select("[aria-labelledby=given] tbody tr")) == 4
    assert "Whether papers are missing is not known" in page.get_text()
    assert client.get("/coverage/XXX").status_code == 404
