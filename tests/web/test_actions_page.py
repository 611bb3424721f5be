"""The tracker of actions: each list, each filter, each month of the timeline, its twin and its report."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from bs4 import BeautifulSoup

from minutes_miner.domain.vocabulary import Status
from minutes_miner.store.search import ActionFilter, ActionRow, find_actions, open_reader
from minutes_miner.web.tracker import Show, Tracker

ON = "2024-07-01"


@pytest.fixture(scope="module")
def rows(database: str) -> list[ActionRow]:
    """All actions there are."""
    with open_reader(database, max_seconds=60) as store:
        return find_actions(store, ActionFilter())


def ask(client: httpx2.Client, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def listed(page: BeautifulSoup) -> set[str]:
    return {link["href"].rpartition("/")[2] for link in page.select(".entry .card-words a")}


def ids(rows: list[ActionRow]) -> set[str]:
    return {row.id for row in rows}


def is_overdue(row: ActionRow) -> bool:
    return bool(row.status == Status.OPEN and row.due_to and row.due_to < date(2024, 7, 1))


def test_each_list_holds_what_its_name_says(client: httpx2.Client, rows: list[ActionRow]) -> None:
    lists = {
        "overdue": {row.id for row in rows if is_overdue(row)},
        "coming": {row.id for row in rows if row.status == Status.OPEN and row.due_to and not is_overdue(row)},
        "undated": {row.id for row in rows if row.status == Status.OPEN and row.due_to is None},
        "done": {row.id for row in rows if row.status == Status.DONE},
        "all": ids(rows),
    }
    assert all(lists[name] for name in ("overdue", "coming", "all"))
    for show, wanted in lists.items():
        page = ask(client, f"/actions?on={ON}&show={show}")
        assert listed(page) == wanted, show
        (chosen,) = page.select(".tabs a[aria-current]")
        assert chosen.select_one(".count").get_text() == str(len(wanted)), show


def test_overdue_is_what_is_shown_first_and_says_how_late(client: httpx2.Client, rows: list[ActionRow]) -> None:
    page = ask(client, f"/actions?on={ON}")
    assert listed(page) == {row.id for row in rows if is_overdue(row)}
    vexley = next(entry for entry in page.select(".entry") if "Vexley" in entry.get_text())
    assert "1 day overdue" in vexley.get_text()
    assert listed(ask(client, "/actions?on=2024-06-30")) < listed(page), "the day itself is not late yet"


FILTERS = {
    "authority=vexley": lambda row: "Vexley" in (row.authority or ""),
    "committee=AREA": lambda row: "Area" in (row.committee or ""),
    "owner=clerk": lambda row: "clerk" in (row.owners or "").lower(),
    "q=write": lambda row: "write" in row.text.lower(),
    "from=2024-06-01": lambda row: row.due_to is not None and row.due_to >= date(2024, 6, 1),
    "to=2024-06-30": lambda row: row.due_to is not None and row.due_to <= date(2024, 6, 30),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_narrows_the_list_its_counts_and_its_feed(
    client: httpx2.Client, rows: list[ActionRow], name: str
) -> None:
    wanted = {row.id for row in rows if FILTERS[name](row)}
    assert 0 < len(wanted) < len(rows)
    page = ask(client, f"/actions?show=all&on={ON}&{name}")
    assert listed(page) == wanted
    assert page.select_one("#count").get_text().split()[0] == str(len(wanted))
    feed = urlsplit(page.select_one("a[type='text/calendar']")["href"])
    assert (feed.path, len(parse_qs(feed.query))) == ("/actions.ics", 1)


def test_each_column_leads_to_as_many_actions_as_it_tells(client: httpx2.Client) -> None:
    page = ask(client, f"/actions?on={ON}")
    marks = page.select("svg.chart a")
    assert len(marks) >= 2
    tabled = {row.a["href"]: [int(cell.get_text()) for cell in row.select("td")] for row in page.select("tbody tr")}
    assert set(tabled) == {mark["href"] for mark in marks}
    for mark in marks:
        assert len(listed(ask(client, mark["href"]))) == sum(tabled[mark["href"]]) > 0
        assert f"{tabled[mark['href']][0]} overdue" in mark["aria-label"]


def test_the_twin_holds_the_same_actions_and_no_path_of_the_server(client: httpx2.Client) -> None:
    address = f"?on={ON}&show=all"
    answer = client.get("/actions.json" + address)
    assert {row["id"] for row in answer.json()["actions"]} == listed(ask(client, "/actions" + address))
    assert "/papers/" not in answer.text
    assert sum(month["overdue"] for month in answer.json()["months"]) > 0


def test_a_report_to_print_leaves_the_charts_out(client: httpx2.Client) -> None:
    page = ask(client, f"/actions?on={ON}")
    report = ask(client, page.find("a", string="Report to print")["href"])
    assert listed(report) == listed(page)
    assert not report.select("svg.chart")


def test_what_is_planted_stays_text(client: httpx2.Client) -> None:
    page = ask(client, '/actions?on=2024-07-01&authority="><script>alert(1)</script>&show=all')
    assert not page.select("script:not([src]), iframe")
    assert "Nothing in this list" in page.get_text()
    planted = ask(client, "/actions?authority=vexley&show=all")
    assert "<iframe src=" in planted.select_one(".card-words").get_text()
    assert not planted.select("iframe")


@pytest.mark.parametrize("query", ["on=yesterday", "from=2024-13-01", "after=nothing", "on=31/02/2024"])
def test_what_can_not_be_read_is_explained(client: httpx2.Client, query: str) -> None:
    page = ask(client, f"/actions?{query}", 400)
    assert page.select_one(".notice strong") is not None
    assert page.select_one("form[action='/actions']") is not None
    assert client.get(f"/actions.json?{query}").json()["status"] == 400


def test_blank_fields_are_left_out_and_length_has_a_limit(client: httpx2.Client) -> None:
    answer = client.get(f"/actions?authority=&owner=clerk&show=overdue&on={ON}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/actions?owner=clerk&on={ON}")
    assert client.get("/actions?q=" + "x" * 600).status_code == 414


def test_an_address_says_all_of_the_list() -> None:
    held = Tracker("words", "a", "c", "o", Show.COMING, "2024-01-02", "2024-01-03", "2024-02-01", "undated.5", True)
    pairs = dict(held.pairs())
    assert len(pairs) == 10

    class Params(dict[str, str]):
        def getlist(self, key: str) -> list[str]:
            return [self[key]]

    assert Tracker.read(Params(pairs)) == held
    wanted = held.filter(date(2030, 1, 1))
    assert (wanted.due_after, wanted.due_before) == (date(2024, 1, 2), date(2024, 2, 2))
