"""Saved searches from the command line to a real mail server, a feed reader and back."""

from __future__ import annotations

import email
import json
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from click.testing import CliRunner, Result

from minutes_miner.cli import main
from minutes_miner.domain.record import Decision, Evidence, Extraction
from minutes_miner.domain.source import Document, DocumentRef
from minutes_miner.domain.vocabulary import Kind, Outcome
from minutes_miner.errors import ConfigError
from minutes_miner.export.postbox import Postbox, read_postbox
from minutes_miner.store import open_store
from minutes_miner.store.search import DecisionFilter, open_reader
from minutes_miner.store.subscribing import open_subscriptions

feedparser = pytest.importorskip("feedparser")


class Inbox:
    """Keep the mails that a server takes; refuse what it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.is_down = False

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.is_down:
            return "451 try again later"
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"


class Server(Controller):
    """Serve SMTP on a free port, with TLS from the greeting on and a password where it has a certificate."""

    def __init__(self, inbox: Inbox, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        super().__init__(inbox, hostname="127.0.0.1", port=0, ready_timeout=60)

    def factory(self) -> SMTP:
        if self._context is None:
            return SMTP(self.handler)
        return SMTP(
            self.handler,
            tls_context=self._context,
            require_starttls=True,
            auth_required=True,
            authenticator=lambda _s, _e, _en, _m, data: AuthResult(
                success=data == LoginPassword(b"clerk", b"secret"), handled=False
            ),
        )

    def _trigger_server(self) -> None:
        with socket.create_connection(("127.0.0.1", self.number), 60) as connection:
            connection.recv(1024)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.number}"

    @property
    def number(self) -> int:
        return int(self.server.sockets[0].getsockname()[1])  # type: ignore[union-attr, attr-defined]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Server]:
    """Serve SMTP without TLS."""
    controller = Server(inbox)
    controller.start()
    yield controller
    controller.stop()


def paper(number: int, *words: str) -> Extraction:
    """Build a meeting of an invented council."""
    text = "\n".join(words)
    found = []
    for place, clause in enumerate(words):
        start = text.index(clause)
        evidence = (Evidence(start, start + len(clause), clause),)
        found.append(Decision(f"{number:08x}{place:08x}", clause, evidence, Kind.AGREE, Outcome.CARRIED, False, 0.9))
    ref = DocumentRef(f"https://tarn.example/{number}", f"{number:x}".ljust(64, "0"), len(text), "text/plain")
    document = Document(ref, text, (), authority="Tarn Council", meeting_date=date(2024, 5, number))
    return Extraction(document, tuple(found))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Save a search for parks in a database with one park."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with open_store(url) as store:
        store.save(paper(1, "to open the old park", "to close the pit"), pipeline="en_test 1.0")
    monkeypatch.setenv("MINUTES_MINER_DB", url)
    assert run("watch", "add", "parks", "park", "OR", "green").exit_code == 0
    return url


def run(*arguments: str) -> Result:
    answer = CliRunner().invoke(main, arguments)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def mine(database: str, number: int, *words: str) -> None:
    with open_store(database) as store:
        store.save(paper(number, *words), pipeline="en_test 1.0")


def mail(server: Server, *more: str) -> Result:
    sending = ("--smtp", server.place, "--smtp-security", "none", "--from", "mm@tarn.example", "--to", "a@tarn.example")
    return run("watch", "run", "--format", "email", *sending, *more)


def test_text_and_json_tell_it_once(database: str, tmp_path: Path) -> None:
    mine(database, 2, "to plant the park", "to mend the road")
    trial = run("watch", "run", "--dry-run")
    told = run("watch", "run", "parks")
    assert told.stdout == trial.stdout and told.exit_code == 0
    assert told.stdout.splitlines()[0] == "parks: 1 new, 0 changed" and "to plant the park" in told.stdout
    again = run("watch", "run")
    assert (again.stdout, again.stderr) == ("", "parks: nothing new\n")
    mine(database, 3, "to fence the park")
    run("watch", "run", "--format", "json", "--output", str(tmp_path / "told.jsonl"))
    (line,) = (tmp_path / "told.jsonl").read_text("utf-8").splitlines()
    (alert,) = json.loads(line)["alerts"]
    assert (alert["text"], alert["meeting_date"], alert["change"]) == ("to fence the park", "2024-05-03", "new")


def test_a_mail_is_sent_once_and_tried_again_where_it_failed(database: str, server: Server, inbox: Inbox) -> None:
    mine(database, 2, "to plant the park at £1,000 for Ó Dálaigh")
    inbox.is_down = True
    failed = mail(server)
    assert failed.exit_code == 1 and "451" in failed.stderr and "the next run tries again" in failed.stderr
    inbox.is_down = False
    assert mail(server).exit_code == 0
    assert mail(server).stderr == "parks: nothing new\n"
    (sent,) = inbox.mails
    assert sent["Subject"] == "parks: 1 new, 0 changed" and sent["To"] == "a@tarn.example"
    assert "to plant the park at £1,000 for Ó Dálaigh" in sent.get_content()
    assert "https://tarn.example/2" in sent.get_content()
    assert str(sent["Message-ID"]).endswith("@tarn.example>")


def test_of_recipients_one_is_refused_and_the_others_are_not_written_to_twice(
    database: str, server: Server, inbox: Inbox
) -> None:
    mine(database, 2, "to plant the park")
    inbox.refused = {"gone@tarn.example"}
    answer = mail(server, "--to", "gone@tarn.example")
    assert answer.exit_code == 1 and "refuses gone@tarn.example; the others have the mail" in answer.stderr
    assert mail(server).exit_code == 0 and len(inbox.mails) == 1


def test_a_server_that_is_not_there_costs_one_line(database: str) -> None:
    mine(database, 2, "to plant the park")
    run("watch", "add", "greens", "green", "--existing")
    place = "127.0.0.1:1"
    answer = run(
        *("watch", "run", "--format", "email", "--smtp", place, "--smtp-security", "none"),
        *("--from", "a@b.example", "--to", "c@d.example"),
    )
    assert answer.exit_code == 1 and answer.stderr.splitlines()[0] == "greens: nothing new"
    assert answer.stderr.splitlines()[1].startswith("Error: parks: 127.0.0.1:1: the mail could not be sent")
    assert "to plant the park" in run("watch", "run").stdout


def test_mail_goes_over_tls_with_a_password(
    database: str, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    controller = Server(inbox, context)
    controller.start()
    try:
        mine(database, 2, "to plant the park")
        settings = ["watch", "run", "--format", "email", "--smtp", controller.place, "--smtp-user", "clerk"]
        settings += ["--from", "mm@tarn.example", "--to", "a@tarn.example"]
        assert run(*settings).stderr.startswith("Error: the mail server's password is missing")
        monkeypatch.setenv("MINUTES_MINER_SMTP_PASSWORD", "secret")
        stranger = run(*settings)
        assert stranger.exit_code == 1 and "certificate" in stranger.stderr.lower() and not inbox.mails
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert run(*settings).exit_code == 0
        assert [sent["Subject"] for sent in inbox.mails] == ["parks: 1 new, 0 changed"]
        monkeypatch.setenv("MINUTES_MINER_SMTP_PASSWORD", "wrong")
        mine(database, 3, "to fence the park")
        wrong = run(*settings)
        assert wrong.exit_code == 1 and "535" in wrong.stderr and len(inbox.mails) == 1
    finally:
        controller.stop()


def test_a_feed_keeps_what_was_told_and_its_ids(database: str, tmp_path: Path) -> None:
    path = tmp_path / "parks.xml"
    mine(database, 2, "to plant the park \x0b & <green>")
    assert run("watch", "run", "parks", "--format", "atom", "--output", str(path)).exit_code == 0
    first = feedparser.parse(path.read_bytes())
    assert not first.bozo and first.version == "atom10" and first.feed.title == "parks"
    assert [entry.link for entry in first.entries] == ["https://tarn.example/2"]
    assert "& <green>" in first.entries[0].content[0].value
    mine(database, 3, "to fence the park")
    run("watch", "run", "--format", "atom", "--output", str(tmp_path))
    second = feedparser.parse(path.read_bytes())
    assert len(second.entries) == 2 and first.feed.id == second.feed.id
    ids = [entry.id for entry in second.entries]
    assert first.entries[0].id in ids and len(set(ids)) == 2 and all(one.startswith("urn:uuid:") for one in ids)
    before = path.read_bytes()
    run("watch", "run", "--format", "atom", "--output", str(path))
    assert path.read_bytes() == before, "nothing new: the same feed, byte for byte"


def test_the_list_and_what_is_refused(database: str) -> None:
    assert run("watch", "list").stdout.splitlines()[1].split("  ")[0] == "parks"
    assert "query: park OR green" in run("watch", "list").stdout
    assert run("watch", "add", "x", "--actions", "--kind", "note", "y").exit_code == 2
    assert run("watch", "add", "x").exit_code == 2
    assert run("watch", "run", "nobody").stderr.startswith("Error: there is no saved search called 'nobody'")
    assert run("watch", "run", "--format", "email").stderr.startswith("Error: no mail server is named")
    assert run("watch", "remove", "parks").exit_code == 0 and "No search is saved" in run("watch", "list").stderr


def watch_as(address: str, database: str, query: str = "park") -> str:
    """Save a search as a reader of the web application; give its name."""
    site = {"site": "https://a-long-name-of-a-site.tarn.example", "path": "/search?q=x"}
    wanted, title = DecisionFilter(query=query), f"Minutes: {query} \u00e9"
    with open_reader(database, max_seconds=20) as reader, closing(open_subscriptions(reader)) as subscriptions:
        return subscriptions.add(wanted, address=address, title=title, **site).name


def test_readers_are_mailed_at_their_own_address_and_can_end_it(
    database: str, server: Server, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [watch_as(address, database) for address in ("ann@tarn.example", "ben@tarn.example")]
    mine(database, 2, "to plant the park")
    monkeypatch.setenv("MINUTES_MINER_SMTP", server.place)
    assert "2 searches of readers wait" in run("watch", "run", "--dry-run").stderr
    monkeypatch.setenv("MINUTES_MINER_SMTP_SECURITY", "none")
    monkeypatch.setenv("MINUTES_MINER_MAIL_FROM", "mm@tarn.example")
    assert "would be told" in run("watch", "run", "--dry-run").stderr and not inbox.mails
    inbox.refused = {"ben@tarn.example"}
    first = run("watch", "run", "--format", "json")
    assert first.exit_code == 1 and f"Error: {names[1]}: " in first.stderr
    assert json.loads(first.stdout)["watch"] == "parks"
    inbox.refused = set()
    assert run("watch", "run").exit_code == 0
    assert [sent["To"] for sent in inbox.mails] == ["ann@tarn.example", "ben@tarn.example"]
    sent = inbox.mails[0]
    assert sent["Subject"] == "Minutes: park \u00e9: 1 new, 0 changed"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = str(sent["List-Unsubscribe"])
    assert stop.startswith("<https://a-long-name-of-a-site.tarn.example/watch/stop/") and stop.endswith(">")
    text = sent.get_content()
    assert stop.strip("<>") in text and "ben@" not in text
    assert "https://a-long-name-of-a-site.tarn.example/decisions/" in text and "https://tarn.example/2" not in text
    assert inbox.mails[0]["Message-ID"] != inbox.mails[1]["Message-ID"]
    assert "ann@tarn.example" in run("watch", "list").stdout
    assert run("watch", "remove", names[0]).exit_code == 0
    assert "ann@tarn.example" not in run("watch", "list").stdout


def test_own_searches_by_mail_need_a_recipient_and_those_of_readers_do_not(
    database: str, server: Server, inbox: Inbox
) -> None:
    watch_as("ann@tarn.example", database)
    mine(database, 2, "to plant the park")
    sending = ("--smtp", server.place, "--smtp-security", "none", "--from", "mm@tarn.example", "--format", "email")
    refused = run("watch", "run", *sending)
    assert refused.exit_code == 1 and "a mail needs a recipient" in refused.stderr and not inbox.mails
    run("watch", "remove", "parks")
    assert run("watch", "run", *sending).exit_code == 0 and [sent["To"] for sent in inbox.mails] == ["ann@tarn.example"]


def test_settings_of_a_postbox() -> None:
    about: dict[str, Any] = {"sender": "a@b.example", "recipients": ["c@d.example"], "user": None, "environment": {}}
    assert read_postbox("mail.example", security=None, **about) == Postbox(
        "mail.example", 587, "starttls", "a@b.example", ("c@d.example",)
    )
    assert read_postbox("[::1]:465", security=None, **about).security == "ssl"
    assert read_postbox("mail.example", security="none", **about).port == 25
    with pytest.raises(ConfigError, match="is no mail address"):
        read_postbox("mail.example", security=None, **{**about, "sender": "nobody"})
    with pytest.raises(ConfigError, match="a mail needs a sender"):
        read_postbox("mail.example", security=None, **{**about, "sender": None})
