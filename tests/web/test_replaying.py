"""Answers that are kept for a moment and given again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from replica_of import copy_database
from served import serve
from starlette.types import Message, Receive, Scope, Send

from minutes_miner.store.search import open_reader
from minutes_miner.web import replaying, shelf
from minutes_miner.web.replaying import Replay
from minutes_miner.web.shelf import Shelf


@pytest.fixture
def copied(database: str, tmp_path: Path) -> Path:
    """A database of its own, which may be written to."""
    return Path(copy_database(database, tmp_path).removeprefix("sqlite:///"))


@pytest.fixture
def own(copied: Path) -> Iterator[httpx2.Client]:
    with serve(f"sqlite:///{copied}", rate=0) as address, httpx2.Client(base_url=address, timeout=60) as opened:
        yield opened


def test_what_is_written_is_seen_at_once(own: httpx2.Client, copied: Path) -> None:
    row = own.get("/api/v1/decisions?limit=1").json()["items"][0]
    path = f"/decisions/{row['id']}"
    first, again = own.get(path), own.get(path)
    assert first.status_code == 200 and again.content == first.content
    with closing(sqlite3.connect(copied)) as connection, connection:
        connection.execute("UPDATE decisions SET text = 'the weathercock be gilded' WHERE id = ?", [row["id"]])
    changed = own.get(path)
    assert "the weathercock be gilded" in changed.text and "the weathercock be gilded" not in first.text


def test_what_a_page_depends_on_keeps_answers_apart(own: httpx2.Client) -> None:
    whole, part = (own.get("/search?q=that", headers=extra) for extra in ({}, {"HX-Request": "true"}))
    assert "hx-push-url" in part.headers and "hx-push-url" not in whole.headers
    plain, packed = (own.get("/search?q=that", headers={"Accept-Encoding": one}) for one in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text


def test_who_has_an_answer_already_is_told_so(own: httpx2.Client) -> None:
    feed = own.get("/feed.atom?q=that")
    assert feed.status_code == 200 and feed.content
    again = own.get("/feed.atom?q=that", headers={"If-None-Match": feed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == feed.headers["etag"] and "content-security-policy" in again.headers
    assert own.get("/feed.atom?q=that", headers={"If-None-Match": '"other"'}).content == feed.content


def test_metrics_tell_the_page_of_an_answer_that_was_kept(own: httpx2.Client) -> None:
    for _ in range(3):
        own.get("/search?q=that")
    assert '{route="/search",status="200"} 3' in own.get("/metrics").text


class Counted:
    """Answer with what the path tells, and count how often."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        kind, _, rest = scope["path"].strip("/").partition("/")
        headers = [(b"set-cookie", b"a=1")] if kind == "cookie" else []
        headers += [(b"cache-control", b"no-store")] if kind == "private" else []
        await send({"type": "http.response.start", "status": 404 if kind == "lost" else 200, "headers": headers})
        if kind == "parts":
            await send({"type": "http.response.body", "body": b"one", "more_body": True})
        await send({"type": "http.response.body", "body": b"x" * int(rest or 10)})


def ask(app: Replay, path: str, method: str = "GET") -> bytes:
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        told.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": [], "scheme": "http"}
    asyncio.run(app(scope, receive, send))
    return b"".join(message.get("body", b"") for message in told)


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def replay(database: str, counted: Counted) -> Iterator[Replay]:
    with open_reader(database, max_seconds=5) as store:
        yield Replay(counted, store=store, shelf=Shelf(None))


def test_an_answer_is_made_once(replay: Replay, counted: Counted) -> None:
    assert ask(replay, "/page") == ask(replay, "/page") == b"x" * 10
    assert counted.asked == ["/page"]


LARGE = f"/page/{replaying.LARGEST + 1}"


@pytest.mark.parametrize("path", ["/parts", "/cookie", "/private", "/lost", LARGE, "/healthz"])
def test_what_is_not_for_everybody_or_not_whole_is_made_anew(replay: Replay, counted: Counted, path: str) -> None:
    assert ask(replay, path) == ask(replay, path) != b""
    assert counted.asked == [path, path]


def test_only_questions_are_answered_again(replay: Replay, counted: Counted) -> None:
    ask(replay, "/page", "POST")
    ask(replay, "/page", "POST")
    assert len(counted.asked) == 2


def test_an_answer_grows_old(replay: Replay, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(replay, "/page")
    monkeypatch.setattr(shelf, "SECONDS", 0.0)
    ask(replay, "/page")
    assert len(counted.asked) == 2


def test_what_is_kept_is_bounded(replay: Replay, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_BYTES", 300_000)
    monkeypatch.setattr(shelf, "_GO_AT_ONCE", 1)
    paths = [f"/page/{100_000 + number}" for number in range(4)]
    for path in (*paths, paths[3], paths[0]):
        ask(replay, path)
    assert counted.asked == [*paths, paths[0]]


def test_processes_share_what_they_keep(database: str, tmp_path: Path) -> None:
    apps = [Counted(), Counted()]
    with open_reader(database, max_seconds=5) as store:
        first, second = (Replay(app, store=store, shelf=Shelf(tmp_path)) for app in apps)
        assert ask(first, "/page/2000") == ask(second, "/page/2000") == b"x" * 2_000
    assert [app.asked for app in apps] == [["/page/2000"], []]


def test_a_shelf_that_breaks_loses_nothing(database: str, counted: Counted, tmp_path: Path) -> None:
    with open_reader(database, max_seconds=5) as store:
        replay = Replay(counted, store=store, shelf=Shelf(tmp_path))
        with closing(sqlite3.connect(tmp_path / "answers.db")) as other:
            other.execute("DROP TABLE answers")
        assert ask(replay, "/page") == ask(replay, "/page") == b"x" * 10
    assert len(counted.asked) == 2
