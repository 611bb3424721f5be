"""Telling challenges and error pages from what was asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from minutes_miner.domain.gathering import Exchange
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.refusal import CHALLENGES, ERROR_PAGES, MARKS, find_challenge, find_obstacle

HTML = (("Content-Type", "text/html; charset=utf-8"),)
MEETING = "<p>The Committee resolved to plant twelve lime trees on the green at Upper Thorley.</p>" * 15


def answer(
    body: bytes, *, status: int = 200, headers: tuple[tuple[str, str], ...] = HTML, url: str = "http://h.example/a"
) -> Exchange:
    return Exchange(url, url, status, headers, body, datetime(2026, 3, 2, tzinfo=UTC))


def page(title: str = "Meeting", body: str = MEETING) -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def test_a_page_is_an_answer() -> None:
    assert find_obstacle(answer(page())) is None


@pytest.mark.parametrize("title", [*CHALLENGES, *ERROR_PAGES, "Server Error in '/' Application.", "404 - Not found"])
def test_a_title_gives_a_page_away(title: str) -> None:
    obstacle = find_obstacle(answer(page(f"\n {title.upper()}\t")))
    assert obstacle is not None and obstacle.state is Coverage.BLOCKED
    assert "in place of the answer (status 200)" in obstacle.reason


@pytest.mark.parametrize("mark", [mark for mark, _ in MARKS])
def test_a_mark_counts_only_where_there_is_little_else_to_read(mark: bytes) -> None:
    script = f"<script src='{mark.decode()}'>{'var x = 1;' * 500}</script>"
    blocked = find_obstacle(answer(page("h.example", script)))
    assert blocked is not None and blocked.state is Coverage.BLOCKED
    assert find_obstacle(answer(page("Meeting", script + MEETING))) is None


@pytest.mark.parametrize("brand", ["Azure WAF", "Imperva", "Attention Required! | Cloudflare"])
def test_a_firewall_that_names_itself_is_told_from_a_meeting_about_it(brand: str) -> None:
    blocked = find_obstacle(answer(page(brand, "<p>Wait.</p>")))
    assert blocked is not None and blocked.state is Coverage.BLOCKED
    assert find_obstacle(answer(page(f"Award of the {brand} contract"))) is None


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"%PDF-1.7 _Incapsula_Resource <html><title>Just a moment...</title>", "text/html"),
        (b"<?xml version='1.0'?><meeting><title>Request Rejected</title></meeting>", "text/xml"),
        (b"PK\x03\x04<html><title>Request Rejected</title>", "application/octet-stream"),
        (b"Request Rejected: the requested URL was rejected", "text/plain"),
    ],
)
def test_only_pages_are_judged_by_their_words(body: bytes, media_type: str) -> None:
    assert find_obstacle(answer(body, headers=(("Content-Type", media_type),))) is None


def test_a_page_is_known_by_its_first_words_whatever_the_server_calls_it() -> None:
    for media_type in ("application/pdf", "", "text/xml"):
        obstacle = find_obstacle(answer(page("Request Rejected"), headers=(("Content-Type", media_type),)))
        assert obstacle is not None and obstacle.state is Coverage.BLOCKED


@pytest.mark.parametrize("url", ["http://h.example/mgError.aspx", "http://h.example/modernGov/MGERROR.ASPX?x=1"])
def test_the_address_of_an_error_page_gives_it_away(url: str) -> None:
    obstacle = find_obstacle(answer(page(), url=url))
    assert obstacle is not None and (obstacle.state, "mgError.aspx" in obstacle.reason) == (Coverage.BLOCKED, True)


def test_a_server_that_redirects_its_errors_is_told_by_the_query() -> None:
    assert find_obstacle(answer(page(), url="http://h.example/Error?aspxerrorpath=/a")) is not None


@pytest.mark.parametrize(
    ("status", "state"),
    [(403, Coverage.REFUSED), (503, Coverage.BLOCKED), (429, Coverage.BLOCKED), (404, Coverage.FAILED)],
)
def test_a_challenge_with_a_status_is_told_as_far_as_the_status_leaves_room(status: int, state: Coverage) -> None:
    exchange = answer(page("Just a moment...", ""), status=status, headers=(*HTML, ("CF-Mitigated", "challenge")))
    obstacle = find_obstacle(exchange)
    assert obstacle is not None and obstacle.state is state and f"status {status}" in obstacle.reason
    assert find_challenge(exchange) == "a Cloudflare challenge"


def test_a_server_that_is_busy_says_so_without_being_taken_for_a_firewall() -> None:
    assert find_challenge(answer(page("Service Unavailable", ""), status=503)) is None
    assert find_challenge(answer(page("Runtime Error", ""), status=500)) is None


@pytest.mark.parametrize(
    ("piece", "is_blocked"),
    [(b"<script>", True), (b"<title>", True), (b"<script", False), (b"</script", False), (b"<!--", False)],
)
def test_hostile_markup_costs_no_more_than_other(piece: bytes, is_blocked: bool) -> None:
    body = b"<html>cf-chl" + piece * (140_000 // len(piece))
    assert (find_obstacle(answer(body)) is not None) == is_blocked
