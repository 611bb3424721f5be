"""Hold how the web application is set up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minutes_miner.export.postbox import Postbox


@dataclass(frozen=True, slots=True)
class Settings:
    """Say what is shown, to whom, and what a question may cost.

    Attributes:
        database: SQLAlchemy address of the database, which is only read but for the searches that readers watch.
        archive: folder of the raw archive, for pictures of pages; None where there is none.
        address: where the application is reached from outside, such as ``https://minutes.example.org``, for links that
            are cited; None for what the browser asked.
        title: name of the installation, shown on every page.
        token: who sends it is let in; with None and no ``password_hash`` everybody is.
        password_hash: argon2 digest of the password that lets people in.
        has_pictures: whether pages of PDFs are drawn, where the file is still there.
        page_size: results of a page.
        max_query: longest query, in characters.
        max_seconds: time that the database may take for one page.
        threads: pages that are made at the same time.
        rate: questions of programs that one client may ask a minute, feeds and files included; 0 for any number.
        max_rows: rows of a file at most.
        postbox: how mail is sent to readers who watch searches; with None they can't, and nothing is written.
        watch_key: signs their links; None for the one that this machine keeps.
        shelf: folder in which the processes of one server keep answers for each other; None for the memory of one.
    """

    database: str
    archive: Path | None = None
    address: str | None = None
    title: str = "Minutes Miner"
    token: str | None = None
    password_hash: str | None = None
    has_pictures: bool = True
    page_size: int = 20
    max_query: int = 500
    max_seconds: float = 10.0
    threads: int = 8
    rate: int = 120
    max_rows: int = 100_000
    postbox: Postbox | None = None
    watch_key: str | None = None
    shelf: Path | None = None
