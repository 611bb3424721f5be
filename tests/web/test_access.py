"""Who is let in to a private site."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from served import serve

from minutes_miner.errors import ConfigError
from minutes_miner.web import Settings, create_app
from minutes_miner.web.access import hash_password


@pytest.fixture(scope="module")
def private(database: str) -> Iterator[httpx2.Client]:
    digest = hash_password("open: sesame")
    with (
        serve(database, token="a-token", password_hash=digest) as address,
        httpx2.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize("path", ["/", "/search?q=grant", "/static/site.css", "/metrics"])
def test_nothing_is_shown_without_a_password(private: httpx2.Client, path: str) -> None:
    answer = private.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert "content-security-policy" in answer.headers
    assert "grant" not in answer.text


@pytest.mark.parametrize(
    "given",
    ["Bearer a-toke", "Bearer", "Basic !!!", "Basic YTpi", "Basic /w==", "Digest x", "Bearer a-token-and-more"],
)
def test_what_is_wrong_does_not_let_in(private: httpx2.Client, given: str) -> None:
    assert private.get("/", headers={"Authorization": given}).status_code == 401


def test_the_token_lets_in(private: httpx2.Client) -> None:
    assert private.get("/", headers={"Authorization": "Bearer a-token"}).status_code == 200


def test_the_password_lets_in_under_any_name(private: httpx2.Client) -> None:
    for name in ("anna", "ben", "anna"):
        assert private.get("/", auth=(name, "open: sesame")).status_code == 200
    assert private.get("/", auth=("anna", "open")).status_code == 401


def test_health_needs_no_password(private: httpx2.Client) -> None:
    assert private.get("/healthz").json() == {"status": "ok"}


def test_a_digest_that_is_none_is_refused_at_once(database: str) -> None:
    with pytest.raises(ConfigError, match="argon2"):
        create_app(Settings(database, password_hash="secret"))
