"""What machines ask a server: its health, its counts, and what robots may read."""

from __future__ import annotations

import httpx2
from served import serve


def test_health_is_told(client: httpx2.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_requests_are_counted_by_route_and_status(client: httpx2.Client) -> None:
    client.get("/search?q=grant")
    client.get("/nowhere-at-all")
    lines = client.get("/metrics").text.splitlines()
    counts = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert int(counts['minutes_miner_requests_total{route="/search",status="200"}']) >= 1
    assert int(counts['minutes_miner_requests_total{route="other",status="404"}']) >= 1
    assert int(counts["minutes_miner_request_seconds_count"]) >= 2
    assert not [line for line in lines if "nowhere-at-all" in line]


def test_robots_are_kept_out_of_searches(client: httpx2.Client) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").text


def test_robots_are_kept_out_of_a_private_site(database: str) -> None:
    with serve(database, token="abc") as address:
        assert "Disallow: /\n" in httpx2.get(f"{address}/robots.txt").text


def test_a_page_that_is_not_there_says_so_and_offers_a_search(client: httpx2.Client) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert 'href="/search"' in answer.text
