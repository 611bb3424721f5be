"""The command that serves: real processes, asked over a real port."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
from click.testing import CliRunner

from minutes_miner.cli import main


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[str]) -> httpx2.Response:
    until = monotonic() + 60
    while monotonic() < until and server.poll() is None:
        try:
            return httpx2.get(address, timeout=30)
        except httpx2.TransportError:
            sleep(0.1)
    server.kill()
    raise AssertionError(server.communicate()[1])


@pytest.mark.parametrize(("workers", "end"), [(1, signal.SIGINT), (2, signal.SIGINT), (2, signal.SIGTERM)])
def test_a_database_is_served_until_it_is_ended(mined: str, tmp_path: Path, workers: int, end: signal.Signals) -> None:
    port = free_port()
    command = [sys.executable, "-m", "minutes_miner", "serve", "--db", mined, "--port", str(port)]
    command += ["--workers", str(workers), "--title", "Rutmoor decides", "--token", "abc"]
    here = {**os.environ, "TMPDIR": str(tmp_path)}
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=here)
    try:
        assert wait_for(f"http://127.0.0.1:{port}/healthz", server).json() == {"status": "ok"}
        asked = {"Authorization": "Bearer abc"}
        answers = [httpx2.get(f"http://127.0.0.1:{port}/", headers=asked, timeout=60) for _ in range(4)]
        assert {answer.status_code for answer in answers} == {200}
        assert all("Rutmoor decides" in answer.text for answer in answers)
        assert "server" not in answers[0].headers
    finally:
        server.send_signal(end)
        told = server.communicate(timeout=60)[1]
    assert not list(tmp_path.iterdir()), "what workers kept for each other is gone"
    assert f"http://127.0.0.1:{port}/" in told
    assert "Traceback" not in told


def test_watches_are_taken_by_every_worker(mined: str, tmp_path: Path) -> None:
    database, port = tmp_path / "minutes.db", free_port()
    shutil.copy(mined.removeprefix("sqlite:///"), database)
    command = [sys.executable, "-m", "minutes_miner", "serve", "--db", str(database), "--port", str(port)]
    command += ["--workers", "2", "--watches", "--address", "https://minutes.tarn.example"]
    mail = {"MINUTES_MINER_SMTP": "127.0.0.1:1", "MINUTES_MINER_MAIL_FROM": "it@tarn.example"}
    settings = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **mail, **settings})
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        pages = [httpx2.get(f"http://127.0.0.1:{port}/search?q=grant", timeout=60).text for _ in range(4)]
        assert all('action="/watch"' in page for page in pages)
        token = re.findall(r'name="token" value="([^"]+)"', pages[0])[0]
        form = {"q": "grant", "email": "ann@tarn.example", "token": token}
        answers = [httpx2.post(f"http://127.0.0.1:{port}/watch", data=form, timeout=60) for _ in range(4)]
        assert {answer.status_code for answer in answers} == {200}, "one key signs for all"
    finally:
        server.send_signal(signal.SIGINT)
        told = server.communicate(timeout=60)[1]
    assert "was not sent: 127.0.0.1:1: " in told and "ann@" not in told and "Traceback" not in told


def test_what_can_not_be_served_is_one_line(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["serve", "--db", str(tmp_path / "none.db")])
    assert answer.exit_code == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "there is no such database" in answer.stderr
    assert not os.path.exists(tmp_path / "none.db"), "a reader makes no database"


def test_a_password_becomes_a_digest_that_can_be_used() -> None:
    answer = CliRunner().invoke(main, ["serve", "--hash-password"], input="sesame\nsesame\n")
    assert answer.exit_code == 0
    digest = answer.stdout.strip()
    assert digest.startswith("$argon2id$")
    assert "sesame" not in digest
