"""Mine invented minutes into a database and serve it on loopback, for the tests of the web application."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import uvicorn

from minutes_miner.web import Settings, create_app
from minutes_miner.workflow import mine

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
CHOSEN = ("kestrelford-area-committee.html", "lindenshire-county-council.pdf", "thornbeck-parish-council.pdf")
"""Samples with votes, names, sums, deadlines and pages."""

HOSTILE = """Vexley Parish Council
Minutes of the Finance Committee held on 12 March 2024

Present: Councillor A. <script>alert(1)</script> (Chair), Councillor B. Quill

7. Grants <img src=x onerror=alert(2)>
RESOLVED that a grant of £4,321 be awarded to the "><svg onload=alert(3)> Society & Friends' club by 30 June 2024.

8. Fence {{ 7*7 }} ${7*7} javascript:alert(4)
RESOLVED, by 4 votes to 2 with 1 abstention, that the '"--></style></script><script>alert(5)</script> fence be \
repaired at a cost of £1,250.

It was agreed that the Clerk would write to <iframe src="javascript:alert(6)"></iframe> Mr Oddie by 30 June 2024.
"""
"""Minutes that hold what an attacker would plant."""


def mine_papers(folder: Path) -> str:
    """Mine a few samples and hostile minutes.

    Args:
        folder: gets the papers and the database.

    Returns:
        The database's address.
    """
    papers = folder / "papers"
    papers.mkdir()
    for name in CHOSEN:
        shutil.copy(SAMPLES / name, papers / name)
    (papers / "vexley-finance.txt").write_text(HOSTILE, "utf-8")
    url = f"sqlite:///{folder / 'minutes.db'}"
    report = mine([papers], url, jobs=0)
    assert not report.failed, report.failed
    return url


@contextmanager
def serve(database: str, **settings: Any) -> Iterator[str]:
    """Serve a database by uvicorn in a thread; give the address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    app = create_app(Settings(database, **settings))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
