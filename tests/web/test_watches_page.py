"""Watching a search by mail: asked for, confirmed, told and ended, over real HTTP and SMTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx2
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from mailing import Inbox, receive
from replica_of import copy_database
from served import serve

from minutes_miner.cli import main
from minutes_miner.errors import ConfigError, StoreError
from minutes_miner.export.postbox import Postbox
from minutes_miner.store import open_store
from minutes_miner.store.watches import find_watches
from minutes_miner.web import Settings, create_app
from minutes_miner.web.access import hash_password
from minutes_miner.web.signing import Signer, load_key
from minutes_miner.web.watching import is_address
from minutes_miner.workflow import mine

KEY = "a-key-of-invented-minutes-for-tests"
SITE = "https://minutes.tarn.example"
SEARCH = "/search?q=grant&authority=Vexley+Parish+Council"


@pytest.fixture
def own(mined: str, tmp_path: Path) -> str:
    """Copy the mined database, for these tests write."""
    return copy_database(mined, tmp_path)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, Postbox]]:
    with receive() as opened:
        yield opened


@pytest.fixture
def reader(own: str, inbox: tuple[Inbox, Postbox]) -> Iterator[httpx2.Client]:
    """Ask a server that sends mail."""
    with (
        serve(own, postbox=inbox[1], watch_key=KEY, address=SITE, title="Tarn") as address,
        httpx2.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def fill(client: httpx2.Client, page: str, **given: str) -> httpx2.Response:
    """Send the form of a page that asks for an address, or has a button, as a browser does."""
    html = BeautifulSoup(client.get(page).text, "lxml")
    form = html.select_one("main form[method=post]")
    assert form is not None, page
    fields = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    return client.post(form["action"], data=fields | given, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})


def link_in(mail: EmailMessage, path: str) -> str:
    """Give the link of a mail, without the site."""
    found = re.search(rf"{re.escape(SITE)}({re.escape(path)}\S+)", mail.get_content())
    assert found, mail.get_content()
    return found[1]


def watches(database: str) -> list[tuple[str, str]]:
    with open_store(database, create=False) as store:
        return [(one.subscriber.address, one.subscriber.title) for one in find_watches(store) if one.subscriber]


def test_a_search_is_watched_from_the_page_to_the_last_mail(
    reader: httpx2.Client, own: str, inbox: tuple[Inbox, Postbox], tmp_path: Path
) -> None:
    box, postbox = inbox
    asked = fill(reader, SEARCH, email=" ann@tarn.example ")
    assert asked.status_code == 200 and "Look in your mail" in asked.text
    (mail,) = box.wait(1)
    assert (mail["To"], mail["Subject"]) == ("ann@tarn.example", "Tarn: please confirm")
    assert "grant" not in mail.get_content(), "nobody can send their own words to others"
    assert watches(own) == [], "nothing is kept of an address that is not confirmed"

    confirm = link_in(mail, "/watch/confirm?t=")
    for _ in range(2):  # a mail program opens links by itself
        shown = reader.get(confirm)
        assert "grant, Vexley Parish Council" in shown.text and shown.headers["cache-control"] == "no-store"
    assert watches(own) == []
    for _ in range(2):
        assert "You watch this search" in fill(reader, confirm).text
    assert watches(own) == [("ann@tarn.example", "Tarn: grant, Vexley Parish Council")]

    (tmp_path / "more.txt").write_text(
        "Vexley Parish Council\nMinutes of the Finance Committee held on 9 April 2024\n\n3. Hall\n"
        "RESOLVED that a grant of £700 be awarded to the Village Hall.\n",
        "utf-8",
    )
    assert not mine([tmp_path / "more.txt"], own, jobs=0).failed
    sending = ["--smtp", f"127.0.0.1:{postbox.port}", "--smtp-security", "none", "--from", postbox.sender]
    told = CliRunner().invoke(main, ["watch", "run", "--db", own, *sending])
    assert told.exit_code == 0, told.stderr
    news = box.wait(2)[1]
    assert news["To"] == "ann@tarn.example" and "grant of £700" in news.get_content()
    page = link_in(news, "/decisions/")
    assert "Village Hall" in reader.get(page).text and link_in(news, "/search?") == SEARCH

    stop = str(news["List-Unsubscribe"]).strip("<>").removeprefix(SITE)
    assert reader.get(stop).status_code == 200 and watches(own), "to look ends nothing"
    ended = reader.post(stop, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
    assert ended.status_code == 200 and watches(own) == []
    assert reader.post(stop).text == ended.text and reader.get(stop).status_code == 200
    with open_store(own, create=False) as store:
        rows = store.info().rows
        assert (rows["watches"], rows["watch_hits"]) == (0, 0)


def test_nobody_learns_whether_an_address_is_known_and_none_gets_many_mails(
    reader: httpx2.Client, own: str, inbox: tuple[Inbox, Postbox]
) -> None:
    answers = [fill(reader, SEARCH, email="ann@tarn.example") for _ in range(4)]
    (mail, *_) = inbox[0].wait(3)
    fill(reader, link_in(mail, "/watch/confirm?t="))
    assert watches(own)
    answers += [fill(reader, SEARCH, email=address) for address in ("ann@tarn.example", "ben@tarn.example")]
    bare = {re.sub(r"\w+@tarn.example", "", one.text) for one in answers}
    assert len(bare) == 1 and {one.status_code for one in answers} == {200}
    assert [one["To"] for one in inbox[0].wait(4)] == ["ann@tarn.example"] * 3 + ["ben@tarn.example"]
    later = [fill(reader, SEARCH, email=f"{name}@tarn.example") for name in "cdefgh"]
    assert [one.status_code for one in later] == [200] * 4 + [429] * 2
    assert int(later[-1].headers["retry-after"]) > 1
    assert len(inbox[0].wait(8)) == 8


@pytest.mark.parametrize(
    ("headers", "field", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, {}, 403),
        ({"Sec-Fetch-Site": "same-site"}, {}, 403),
        ({"Origin": "https://elsewhere.example"}, {}, 403),
        ({}, {"token": "made-up"}, 403),
        ({}, {"token": ""}, 403),
        ({}, {"email": "ann"}, 422),
        ({}, {"email": "a@b.example\r\nBcc: c@d.example"}, 422),
        ({}, {"email": "a@b.example,c@d.example"}, 422),
        ({}, {"q": "", "authority": ""}, 422),
        ({}, {"q": "kind:nonsense"}, 400),
        ({}, {"q": "x" * 600}, 414),
        ({}, {"q": "x" * 20_000}, 413),
    ],
)
def test_what_is_wrong_sends_nothing(
    reader: httpx2.Client, inbox: tuple[Inbox, Postbox], headers: dict[str, str], field: dict[str, str], status: int
) -> None:
    form = {"q": "grant", "authority": "", "email": "ann@tarn.example", "token": Signer(KEY).sign_form()}
    assert reader.post("/watch", data={**form, **field}, headers=headers).status_code == status
    right = reader.post("/watch", data={**form, "email": "zoe@tarn.example"}, headers={"Origin": SITE})
    assert right.status_code == 200
    assert [one["To"] for one in inbox[0].wait(1)] == ["zoe@tarn.example"]


def test_links_are_signed_and_expire(reader: httpx2.Client, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    token = Signer(KEY).sign_link("ann@tarn.example", "q=grant")
    other = Signer("a-key-of-somebody-who-guesses").sign_link("ann@tarn.example", "q=grant")
    for odd in (token[:-3] + "abc", other, "", Signer(KEY).sign_form()):
        assert reader.get("/watch/confirm", params={"t": odd}).status_code == 400
        assert reader.post("/watch/confirm", data={"t": odd}).status_code == 400
    assert reader.get("/watch/confirm", params={"t": token}).status_code == 200
    monkeypatch.setattr("minutes_miner.web.signing._HOUR", -1)
    late = reader.post("/watch/confirm", data={"t": token})
    assert late.status_code == 410 and "older than 48 hours" in late.text
    assert watches(own) == []


def test_without_a_mail_server_there_are_feeds_alone(client: httpx2.Client) -> None:
    html = client.get(SEARCH).text
    assert "This site sends no mail" in html and "/feed.atom?q=grant" in html and "/feed.json?q=grant" in html
    assert 'action="/watch"' not in html
    for path in ("/watch?q=grant", "/watch/confirm?t=x", "/watch/stop/x"):
        assert client.get(path).status_code == 404
    assert client.post("/watch", data={"q": "grant", "email": "ann@tarn.example"}).status_code == 404


def test_a_private_site_lets_mail_programs_end_mails_and_nothing_else(own: str, inbox: tuple[Inbox, Postbox]) -> None:
    about = {"postbox": inbox[1], "watch_key": KEY, "address": SITE, "password_hash": hash_password("sesame")}
    with serve(own, **about) as address, httpx2.Client(base_url=address, timeout=60) as stranger:
        assert stranger.post("/watch/stop/nobodys-key").status_code == 200
        assert stranger.get("/watch/stop/nobodys-key").status_code == 401
        for path in ("/watch", "/watch/confirm", "/watch/stopped", "/"):
            assert stranger.post(path, data={"q": "grant"}).status_code == 401


def test_what_is_missing_is_told_at_the_start(mined: str, tmp_path: Path) -> None:
    postbox = Postbox("127.0.0.1", 25, "none", "it@tarn.example", ())
    with pytest.raises(ConfigError, match="the address of the site"):
        create_app(Settings(mined, postbox=postbox, watch_key=KEY))
    with pytest.raises(ConfigError, match="fewer than 24 characters"):
        create_app(Settings(mined, postbox=postbox, watch_key="short", address=SITE))
    with pytest.raises(StoreError, match="can't be written"):
        file = mined.removeprefix("sqlite:///")
        create_app(Settings(f"sqlite:///file:{file}?mode=ro&uri=true", postbox=postbox, watch_key=KEY, address=SITE))
    refused = CliRunner().invoke(main, ["serve", "--db", mined, "--watches"])
    assert refused.exit_code == 1 and refused.stderr.startswith("Error: no mail server is named")


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = load_key(tmp_path / "settings")
    assert len(key) > 30 and load_key(tmp_path / "settings") == key
    assert (tmp_path / "settings" / "watch.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("address", ["a@b.example", "a.b+c@d-e.example", "o'neill@tarn.co.uk"])
def test_addresses_that_are_taken(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address", ["", "a", "a@b", "@b.example", "a@.example", "a b@c.example", "<a@b.example>", "a@b..example", "é@b.com"]
)
def test_addresses_that_are_not_taken(address: str) -> None:
    assert not is_address(address)
