"""A gathering that is killed again and again comes to the same end, and asks for no page twice."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from gathers import Run
from replica.council import Council
from replica.server import Replica, Site, start
from sqlalchemy import text

from minutes_miner.store import open_store

KILLS = int(os.environ.get("GATHERING_KILLS", "2"))
COUNCILS, COMMITTEES, YEARS = map(int, os.environ.get("GATHERING_SIZE", "1,2,1").split(","))
"""What is gathered: "5,10,6" are five councils of ten committees and six years, 2,500 meetings."""
LASTING = {
    "requests": "authority, url, page, occasion, day, is_list, facts, state, reason, status, sha256, size",
    "occasions": "authority, key, kind, committee, committee_name, day, title, standing, within, state, evidence",
    "papers": "authority, source, occasion, rank, title, sha256, size",
    "decisions": "id, text, kind, outcome, vote_manner, same_as",
    "actions": "id, text, owners, due_text, same_as",
}
"""Columns that do not depend on the moment or on where the archive keeps a record."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.2", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(councils: Sequence[Council], log: Path, port: int) -> Iterator[Replica]:
    """Serve councils on ports from one that is told, so that two runs see the same addresses."""
    replica = start([Site(council) for council in councils], log, port)
    try:
        yield replica
    finally:
        replica.stop()


def command(run: Run, register: Path) -> subprocess.Popen[bytes]:
    """Start ``minutes-miner gather`` for all councils."""
    columns = "code,name,slug,kind,territory,start,end,platform,base_url,notes"
    rows = [f"{one.code},{one.name},,UA,ENG,,,{one.platform},{run.replica.urls[one.code]}," for one in run.councils]
    register.write_text("\n".join([columns, *rows]) + "\n", "utf-8")
    settings = {
        "MINUTES_MINER_AUTHORITIES": str(register),
        "MINUTES_MINER_RATE": "1000",
        "MINUTES_MINER_ALLOW_LOOPBACK": "1",
        "MINUTES_MINER_CONTACT": "tests@ashcombe.example",
        "MINUTES_MINER_ARCHIVE": str(run.folder / "archive"),
        "MINUTES_MINER_DB": run.url,
    }
    program = [sys.executable, "-m", "minutes_miner", "gather", *(one.code for one in run.councils), "--jobs", "1"]
    return subprocess.Popen(
        program, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, process_group=0
    )


def count_done(run: Run) -> int:
    """Count what a run has got done: requests answered, and papers mined."""
    answered = sum(one.completed for one in run.replica.requests()) if run.replica.log_path.exists() else 0
    try:
        with open_store(run.url, create=False) as store, store.read() as connection:
            return answered + int(connection.execute(text("SELECT count(*) FROM sources")).scalar_one())
    except Exception:  # the tables are just being made
        return answered


def dump(run: Run) -> dict[str, Counter[tuple[object, ...]]]:
    with open_store(run.url) as store, store.read() as connection:
        return {
            table: Counter(tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table}")))
            for table, columns in LASTING.items()
        }


def finish(run: Run, register: Path) -> None:
    process = command(run, register)
    _, said = process.communicate(timeout=1800)
    assert process.returncode == 0, said.decode()


def kill_at(run: Run, register: Path, done: int) -> bool:
    """Start a run and kill all its processes when so much is done; False where it came to its end before."""
    process = command(run, register)
    while process.poll() is None:
        began = time.monotonic()
        if count_done(run) >= done:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        time.sleep(max(0.02, time.monotonic() - began))
    process.communicate()
    return False


def asked_twice(replica: Replica) -> list[str]:
    """List the pages that were answered whole more than once, lists and robots.txt left out."""
    lists = ("robots.txt", "GetCommittees", "GetMeetings?", "mgDelegatedDecisions")
    answered = [one for one in replica.requests() if one.completed and one.status == 200]
    targets = Counter((one.site, one.target) for one in answered)
    return [target for (_, target), count in targets.items() if count > 1 and not any(name in target for name in lists)]


@pytest.mark.slow
def test_a_run_that_is_killed_comes_to_the_same_end(tmp_path: Path) -> None:
    sized = partial(Council, committees=COMMITTEES, years=YEARS, today=date.today(), officer_decisions=4)
    councils = [sized(f"AS{n}", f"Ashmoor Council {n}", seed=9 + n) for n in range(COUNCILS)]
    calm, disturbed = tmp_path / "calm", tmp_path / "disturbed"
    for folder in (calm, disturbed):
        folder.mkdir()
    port = free_port()
    with serving(councils, calm / "requests.jsonl", port) as replica:
        undisturbed = Run(calm, councils, replica)
        finish(undisturbed, calm / "register.csv")
        total = count_done(undisturbed)
    moments = sorted(random.Random(20261122).sample(range(3, total - 1), KILLS))
    with serving(councils, disturbed / "requests.jsonl", port) as replica:
        run = Run(disturbed, councils, replica)
        killed = sum(kill_at(run, disturbed / "register.csv", done) for done in moments)
        finish(run, disturbed / "register.csv")
        assert killed > KILLS // 2
        assert len(asked_twice(replica)) <= killed * COUNCILS  # one a host was on its way when the program was killed
    assert undisturbed.decided().total() > 20
    assert dump(run) == dump(undisturbed)
    with open_store(run.url) as store:
        assert store.check() == []
