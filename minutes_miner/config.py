"""Hold the settings of a run, with their defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATABASE = "sqlite:///minutes.db"
"""SQLAlchemy address used where neither ``--db`` nor ``MINUTES_MINER_DB`` names one."""

DEFAULT_ARCHIVE = "minutes-archive"
"""Folder of the raw archive where neither ``--archive`` nor ``MINUTES_MINER_ARCHIVE`` names one."""

PIPELINE_NAME = "en_council_minutes"
"""Name of the spaCy pipeline, as a package and as a folder of ``models/``."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what one document may cost, and what one archive or mail may hold.

    Attributes:
        max_bytes: larger files are refused.
        max_characters: longer texts are refused.
        max_pages: PDFs with more pages are refused.
        max_seconds: a worker that takes longer over one document is ended.
        max_memory: bytes of address space that a worker may take.
        max_members: archives and mails that hold more files are refused.
        max_unpacked: archives that unpack to more bytes are refused.
        max_ratio: archives that unpack to more than so many times their size are refused.
        ocr: whether scanned pages are read by OCR, where the program for it is installed.
    """

    max_bytes: int = 100_000_000
    max_characters: int = 20_000_000
    max_pages: int = 5_000
    max_seconds: float = 300.0
    max_memory: int = 4_000_000_000
    max_members: int = 10_000
    max_unpacked: int = 10_000_000_000
    max_ratio: float = 200.0
    ocr: bool = True


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Say how gently other people's servers are asked.

    Attributes:
        contact: an address, mail or web, at which the person who gathers can be reached; it stands in the User-Agent.
        rate: requests a second to one host, at most; a longer ``Crawl-delay`` in its robots.txt is kept.
        hosts: hosts that are asked at the same time.
        tries: times that one address is asked for before it is recorded as failed.
        patience: failures in a row after which a host is left alone for the rest of the run.
        max_seconds: for one answer, from the first byte sent to the last received.
        max_bytes: larger answers are refused.
        max_wait: longest ``Retry-After``, in seconds, that is waited for within a run.
        allow_loopback: whether addresses of this machine and of private networks may be asked: for tests.
    """

    contact: str | None = None
    rate: float = 1.0
    hosts: int = 64
    tries: int = 4
    patience: int = 5
    max_seconds: float = 120.0
    max_bytes: int = 100_000_000
    max_wait: float = 120.0
    allow_loopback: bool = False


def database_url(value: str | None) -> str:
    """Give the SQLAlchemy address of a database.

    Args:
        value: an address, a path to a SQLite file, or None for ``MINUTES_MINER_DB`` or the default.
    """
    value = value or os.environ.get("MINUTES_MINER_DB") or DEFAULT_DATABASE
    if "://" in value:
        return value
    # SQLAlchemy decodes the path; only these two signs would be misread.
    return f"sqlite:///{Path(value)}".replace("%", "%25").replace("?", "%3F")


def cache_folder() -> Path:
    """Give the user's folder for what can be made again at any time; it may not be there yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "minutes-miner"
