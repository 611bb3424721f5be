"""Turn the page that a record stands on into a picture, where the file it was read from is still there."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from threading import Lock, Semaphore

from minutes_miner.domain.gathering import Place
from minutes_miner.domain.record import Evidence
from minutes_miner.domain.source import part_digest
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.archive import Archive
from minutes_miner.store import Store
from minutes_miner.store.search import DocumentFacts, find_kept

PDF = "application/pdf"
WIDTH = 1_000
"""Pixels across a page."""

_PROGRAM = Path(__file__).with_name("drawing.py")
_MOST_PARTS = 60
"""Documents of one file whose digests are tried."""

_MOST_BYTES = 100_000_000
_MEMORY = 2_000_000_000
_SECONDS = 20


class Pictures:
    """Draw pages, two at a time, and keep the last ones in memory.

    Args:
        archive: folder of the raw archive; None where there is none.
        kept: bytes of pictures that are kept.
    """

    def __init__(self, archive: Path | None, *, kept: int = 32_000_000) -> None:
        self._archive, self._kept = archive, kept
        self._pictures: OrderedDict[tuple[str, int, str], bytes] = OrderedDict()
        self._lock, self._turn = Lock(), Semaphore(2)

    def find(self, store: Store, document: DocumentFacts, evidence: Evidence) -> bytes | None:
        """Give the page of some words as PNG, the words marked.

        Returns:
            None where the document is no PDF, where no file has its very bytes, or where it can't be drawn.

        Raises:
            StoreError: the database can't be read.
        """
        if document.media_type != PDF or evidence.page_number is None:
            return None
        key = (document.sha256, evidence.page_number, evidence.quote)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        with self._turn:
            data = self._read(store, document)
            picture = draw_page(data, evidence.page_number, evidence.quote) if data else None
        if picture:
            self._keep(key, picture)
        return picture

    def may_find(self, store: Store, document: DocumentFacts) -> bool:
        """Tell cheaply whether there may be a picture: a file of the right size, or a record of the archive."""
        if document.media_type != PDF:
            return False
        kept = find_kept(store, document.id)
        has_place = bool(self._archive and kept.places)
        return has_place or any(_size(path) for path in _paths(kept.sources))

    def _read(self, store: Store, document: DocumentFacts) -> bytes | None:
        """Give the document's own bytes: only those whose digest is right."""
        kept = find_kept(store, document.id)
        for data in self._candidates(kept.sources, kept.places):
            digest = hashlib.sha256(data).hexdigest()
            parts = (part_digest(digest, number) for number in range(1, _MOST_PARTS + 1))
            if digest == document.sha256 or document.sha256 in parts:
                return data
        return None

    def _candidates(self, sources: tuple[str, ...], places: tuple[Place, ...]) -> Iterator[bytes]:
        for path in _paths(sources):
            if 0 < _size(path) <= _MOST_BYTES:
                try:
                    yield path.read_bytes()
                except OSError:
                    continue
        if self._archive and places:
            try:
                with Archive(self._archive, writable=False) as archive:
                    yield from (archive.read(place) for place in places)
            except ScrapeError:
                return

    def _keep(self, key: tuple[str, int, str], picture: bytes) -> None:
        with self._lock:
            self._pictures[key] = picture
            while sum(map(len, self._pictures.values())) > self._kept and len(self._pictures) > 1:
                self._pictures.popitem(last=False)


def draw_page(data: bytes, page_number: int, quote: str) -> bytes | None:
    """Draw a page in a process of its own that may take so much memory and time and no more; None where it fails."""
    wanted = json.dumps({"page": page_number, "width": WIDTH, "quote": quote}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM)],
            input=wanted + b"\n" + data,
            capture_output=True,
            timeout=_SECONDS,
            preexec_fn=_limit,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _paths(sources: tuple[str, ...]) -> Iterator[Path]:
    """Give the sources that are paths of files; a part of a file is called by the file's name and its own."""
    for source in sources:
        name = source.partition("!/meeting-")[0]
        if "://" not in name and "!/" not in name:
            yield Path(name)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return 0
