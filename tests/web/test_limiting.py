"""What keeps one program from asking so much that others must wait."""

from __future__ import annotations

import httpx2
import pytest
from served import serve

from minutes_miner.web.buckets import MOST_CLIENTS, Buckets
from minutes_miner.web.limiting import client_of


def test_a_program_that_asks_too_often_is_told_how_long_to_wait(database: str) -> None:
    with serve(database, rate=6) as address, httpx2.Client(base_url=address) as client:
        answers = [client.get("/api/v1/facets?limit=1") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        refused = answers[-1]
        assert refused.headers["content-type"] == "application/problem+json"
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        assert "default-src 'none'" in refused.headers["content-security-policy"]
        assert client.get("/feed.atom").status_code == 429
        assert client.get("/search?q=grant").status_code == 200
        assert client.get("/healthz").status_code == 200


def test_clients_behind_a_proxy_are_told_apart(database: str) -> None:
    with serve(database, rate=2) as address, httpx2.Client(base_url=address) as client:
        asked = [{"X-Forwarded-For": f"192.0.2.{one}"} for one in (1, 1, 2)]
        assert [client.get("/feed.json", headers=one).status_code for one in asked] == [200, 429, 200]


def test_tokens_drip_in_evenly() -> None:
    buckets = Buckets(60)
    assert [buckets.take("a", 0.0) for _ in range(31)] == [0] * 30 + [1]
    assert [buckets.take("a", 2.0) for _ in range(3)] == [0, 0, 1]
    assert buckets.take("b", 2.0) == 0


def test_clients_that_are_remembered_are_bounded() -> None:
    buckets = Buckets(60)
    for number in range(MOST_CLIENTS + 10):
        buckets.take(str(number), 0.0)
    assert len(buckets._held) == MOST_CLIENTS


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:bbbb::2", "2001:0db8:0001:0002"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network(host: str, told: str) -> None:
    assert client_of({"client": (host, 1)}) == told
