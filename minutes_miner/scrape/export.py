"""Write what an archive holds to files of their own, with a list of what each is."""

from __future__ import annotations

import csv
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.archive import Archive
from minutes_miner.scrape.catalogue import Entry
from minutes_miner.scrape.manifest import NAME

COLUMNS = ("path", "url", "media_type", "status", "fetched_at", "kind")
"""Columns of the list."""

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/xml": ".xml",
}
_LONGEST = 60
_OUTSIDE = re.compile(r"[^A-Za-z0-9._-]+")


def choose_records(archive: Archive, addresses: Iterable[str]) -> list[Entry]:
    """Choose the newest record of each address: what was composed for it, or a good answer, or any.

    Args:
        archive: holds them.
        addresses: as they were asked for, or as they answered.

    Raises:
        ScrapeError: the archive has nothing of an address.
    """
    chosen = []
    for address in addresses:
        found = archive.find(address)
        if not found:
            advice = "`minutes-miner archive list --url` finds addresses by a part of them"
            raise ScrapeError("the archive holds nothing of this address", where=address, advice=advice)
        chosen.append(max(found, key=lambda entry: (_is_good(entry), entry.date)))
    return list(dict.fromkeys(chosen))


def choose_all(archive: Archive) -> list[Entry]:
    """Choose the newest good answer of each address, and the newest document composed for it."""
    newest: dict[tuple[str, bool], Entry] = {}
    for entry in archive.iter_records():
        key = entry.url, entry.kind == "conversion"
        if _is_good(entry) and (key not in newest or entry.date >= newest[key].date):
            newest[key] = entry
    return list(newest.values())


def export_records(archive: Archive, entries: Iterable[Entry], folder: Path) -> Iterator[Path]:
    """Write records to files, a folder for each host, and then the list of them.

    Args:
        archive: holds the records.
        entries: the records.
        folder: it must be empty, or not be there yet.

    Yields:
        The path of each file as it is written.

    Raises:
        ScrapeError: the folder holds files, or a record is damaged.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScrapeError("there is something already", where=str(folder), advice="name an empty or a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for entry in entries:
        body = archive.read(entry.place)
        path = folder / _name(entry)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
        told = (entry.url, entry.media_type, str(entry.status or ""), entry.date, entry.kind)
        rows.append((path.relative_to(folder).as_posix(), *told))
        yield path
    with (folder / NAME).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])


def _is_good(entry: Entry) -> bool:
    return entry.kind == "conversion" or entry.status == 200


def _name(entry: Entry) -> str:
    """Name a file for its address, told apart by a digest of address and kind."""
    parts = urlsplit(entry.url)
    last = PurePosixPath(unquote(parts.path)).name
    suffix = _suffix(entry, last)
    words = f"{last.removesuffix(suffix)}-{unquote(parts.query)}"
    plain = _OUTSIDE.sub("-", words).strip("-.")[:_LONGEST] or "index"
    digest = hashlib.sha256(f"{entry.kind == 'conversion'} {entry.url}".encode()).hexdigest()[:10]
    return f"{_OUTSIDE.sub('-', parts.netloc).strip('.-') or 'unknown'}/{plain}-{digest}{suffix}"


def _suffix(entry: Entry, name: str) -> str:
    known = _SUFFIXES.get(entry.media_type) or mimetypes.guess_extension(entry.media_type)
    told = PurePosixPath(name).suffix
    return known or (told if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", told) else ".bin")
