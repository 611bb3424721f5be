"""The search page: what it finds, what it offers, and what it says where nothing is found."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from bs4 import BeautifulSoup


def ask(client: httpx2.Client, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words_of(page: BeautifulSoup) -> list[str]:
    return [card.get_text(" ", strip=True) for card in page.select(".card-words")]


def test_home_shows_the_newest_decisions_and_ways_in(client: httpx2.Client) -> None:
    page = ask(client, "/")
    assert len(words_of(page)) == 8
    assert page.select_one("form[action='/search'] input[name=q]") is not None
    assert "Kestrelford" in page.select_one("aside").get_text()


def test_a_search_marks_what_it_found_and_counts_it(client: httpx2.Client) -> None:
    page = ask(client, "/search?q=grant")
    found = words_of(page)
    assert len(found) >= 2
    assert {mark.get_text().lower() for mark in page.select(".card mark")} <= {"grant", "grants"}
    assert page.select_one("#count").get_text() == f"{len(found)} decisions"


def test_choosing_a_facet_narrows_to_as_many_as_it_said(client: httpx2.Client) -> None:
    page = ask(client, "/search?q=council")
    groups = {group.h2.get_text(): group for group in page.select("aside section")}
    choice = groups["Decision"].select_one("a")
    count = int(choice.select_one(".count").get_text())
    narrowed = ask(client, choice["href"])
    assert len(words_of(narrowed)) == count > 0
    assert parse_qs(urlsplit(choice["href"]).query)["q"] == ["council"]
    back = narrowed.select_one(".chips a")["href"]
    assert words_of(ask(client, back)) == words_of(page)


def test_days_sums_and_order_are_conditions(client: httpx2.Client) -> None:
    page = ask(client, "/search?least=1k&since=2024-01-01&until=31/12/2025&sort=amount")
    sums = [float(sum_.get_text().strip("£€").replace(",", "")) for sum_ in page.select(".facts .figure")]
    assert len(sums) >= 2
    assert sums == sorted(sums, reverse=True)
    assert min(sums) >= 1000


def test_routine_business_is_shown_when_it_is_wanted(client: httpx2.Client) -> None:
    usual, all_ = ask(client, "/search?q=minutes"), ask(client, "/search?q=minutes&routine=1")
    assert len(words_of(all_)) > len(words_of(usual))


def test_blank_fields_lead_to_the_address_without_them(client: httpx2.Client) -> None:
    answer = client.get("/search?q=grant&since=&until=&least=&sort=relevance")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=grant")


def test_htmx_is_told_the_address_to_show(client: httpx2.Client) -> None:
    answer = client.get("/search?q=grant&since=&sort=newest", headers={"HX-Request": "true"})
    assert answer.headers["hx-push-url"] == "/search?q=grant&sort=newest"
    assert "id=\"found\"" in answer.text


def test_nothing_found_says_what_to_try(client: httpx2.Client) -> None:
    page = ask(client, "/search?q=xylophone")
    assert page.select_one("#count").get_text() == "Nothing was found"
    assert len(page.select(".notice li")) >= 2


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/search?q=kind:nonsense", "kind can't be 'nonsense'"),
        ("/search?q=x&since=31/31/2024", "Write 31/03/2024"),
        ("/search?least=lots", "Write 500000"),
        ("/search?q=grant&after=abc", "Begin at the first page again"),
    ],
)
def test_what_cannot_be_understood_is_explained(client: httpx2.Client, address: str, told: str) -> None:
    page = ask(client, address, 400)
    assert told in page.select_one(".notice").get_text()
    assert page.select_one("input[name=q]") is not None


def test_a_search_that_is_too_long_is_refused(client: httpx2.Client) -> None:
    page = ask(client, "/search?q=" + "a" * 600, 414)
    assert "500 characters" in page.select_one("main").get_text()
