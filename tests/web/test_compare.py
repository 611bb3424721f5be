"""Councils side by side: the same figures as the search and the store give for each of them alone."""

from __future__ import annotations

import httpx2
import pytest
from bs4 import BeautifulSoup

from minutes_miner.store.search import DecisionFilter, count_facets, open_reader, total_money

LINDENSHIRE, KESTRELFORD = "Lindenshire County Council", "Kestrelford Metropolitan Borough Council"
BOTH = "a=lindenshire&b=kestrelford"


def ask(client: httpx2.Client, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def found_by(client: httpx2.Client, address: str) -> set[str]:
    page = ask(client, address)
    return {link["href"].rpartition("/")[2] for link in page.select(".card-words a")}


def test_each_side_has_the_figures_of_its_council_alone(client: httpx2.Client, database: str) -> None:
    sides = {side["council"]: side for side in client.get(f"/compare.json?{BOTH}").json()}
    assert set(sides) == {LINDENSHIRE, KESTRELFORD}
    with open_reader(database, max_seconds=60) as store:
        for name, side in sides.items():
            wanted = DecisionFilter(authority=name, is_whole=True)
            facets = count_facets(store, wanted)
            assert side["decisions"] == facets.total.count > 1
            assert side["kinds"] == {one.value: one.count for one in facets.counts["kind"]}
            spent = {total.currency: f"{total.total:f}" for total in total_money(store, wanted).overall}
            assert side["spent"] == spent
            assert side["meetings"] == 1
            assert side["decisions_per_meeting"] == side["decisions"]
            assert sum(year["decisions"] for year in side["years"].values()) == side["decisions"]
    assert sides[KESTRELFORD]["spent"]


def test_every_number_of_decisions_leads_to_as_many(client: httpx2.Client) -> None:
    page = ask(client, f"/compare?{BOTH}")
    links = page.select(".beside tbody tr:first-child td a")
    assert len(links) == 2
    for link in links:
        assert len(found_by(client, link["href"])) == int(link.get_text())
    marks = page.select("svg.chart a")
    assert len(marks) >= 2
    for mark in marks:
        told = int(mark["aria-label"].split(": ")[1].split()[0])
        assert len(found_by(client, mark["href"])) == told > 0


NARROWED = ["q=kind:approve", "since=2025-01-01", "until=2024-12-31", "kind=approve", "q=grant"]


@pytest.mark.parametrize("condition", NARROWED)
def test_a_condition_narrows_every_side(client: httpx2.Client, condition: str) -> None:
    plain = client.get(f"/compare.json?{BOTH}").json()
    narrowed = client.get(f"/compare.json?{BOTH}&{condition}").json()
    counts = [(one["decisions"], other["decisions"]) for one, other in zip(narrowed, plain, strict=True)]
    assert all(few <= many for few, many in counts)
    assert sum(few for few, _ in counts) < sum(many for _, many in counts)
    assert any(few for few, _ in counts)
    for side in narrowed:
        assert len(found_by(client, side["search"])) == side["decisions"]
        assert len(side["newest"]) == min(side["decisions"], 3)


def test_days_bound_the_meetings_too(client: httpx2.Client) -> None:
    early = {side["council"]: side["meetings"] for side in client.get(f"/compare.json?{BOTH}&until=2024-12-31").json()}
    assert sorted(early.values()) == [0, 1]


def test_a_name_that_may_mean_several_is_asked_back(client: httpx2.Client) -> None:
    page = ask(client, "/compare?a=council&b=lindenshire&q=grant")
    offers = {link.get_text(): link["href"] for link in page.select("#offers-a a")}
    assert len(offers) >= 3
    chosen = ask(client, offers["Thornbeck Parish Council"])
    names = [cell.get_text() for cell in chosen.select(".beside")[0].select("th[scope=col]")][1:]
    assert names == ["Thornbeck Parish Council", LINDENSHIRE]
    assert chosen.select_one("#q")["value"] == "grant"
    assert "No council of that name" in ask(client, "/compare?a=nowhere").get_text()


def test_with_one_council_or_none_the_page_says_what_to_do(client: httpx2.Client) -> None:
    assert "Choose two councils" in ask(client, "/compare").select_one(".notice").get_text()
    assert "second council" in ask(client, "/compare?a=lindenshire").select_one(".notice").get_text()
    assert len(ask(client, "/compare").select("datalist option")) >= 4
    assert "kind can't be" in ask(client, f"/compare?{BOTH}&q=kind:nonsense", 400).select_one(".notice").get_text()
    assert client.get(f"/compare.json?{BOTH}&q=kind:nonsense").status_code == 400


def test_the_same_council_twice_is_one_side(client: httpx2.Client) -> None:
    assert len(client.get("/compare.json?a=lindenshire&b=LINDENSHIRE+county+council").json()) == 1


def test_what_is_planted_stays_text(client: httpx2.Client) -> None:
    page = ask(client, '/compare?a="><script>alert(1)</script>&b=vexley&c=lindenshire&q=society')
    assert not page.select("script:not([src]), svg[onload], img[onerror]")
    assert "<svg onload=" in page.select_one(".sides .rows").get_text() or "Society" in page.get_text()


def test_blank_fields_are_left_out(client: httpx2.Client) -> None:
    answer = client.get("/compare?a=lindenshire&b=&c=&q=grant&since=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/compare?a=lindenshire&q=grant")
