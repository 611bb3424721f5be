"""Go through an archive's files: list what is in them, cut off what was not finished, find what is damaged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.catalogue import Catalogue, Entry
from minutes_miner.scrape.packing import ASKED, MADE_FROM
from minutes_miner.scrape.reading import MAX_PAYLOAD, FindBody, follow
from minutes_miner.scrape.record import Record
from minutes_miner.scrape.volume import PATTERN
from minutes_miner.scrape.walk import Damage, iter_records


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong in an archive: file, offset in bytes, and one line."""

    file: str
    offset: int
    reason: str


def catch_up(folder: Path, lists: tuple[Catalogue, ...], *, cut: bool = False) -> tuple[Catalogue, ...]:
    """List the records that are in the files and not in the lists yet; the last list takes them.

    Args:
        folder: of the files.
        lists: of its records; the last one can be written.
        cut: whether what was not finished at the end of a file is cut off.

    Returns:
        The lists that hold good: where the first one tells of files that are others now, the last one alone.
    """
    paths = {path.name: path for path in sorted(folder.glob(PATTERN))}
    sizes = {name: path.stat().st_size for name, path in paths.items()}
    for catalogue in lists:
        void = [name for name in catalogue.files() if catalogue.reach(name) > sizes.get(name, 0)]
        if void and catalogue is not lists[-1]:
            catalogue.close()
            return catch_up(folder, lists[-1:])
        for name in void:
            catalogue.forget(name)
    for name, path in paths.items():
        start = max(catalogue.reach(name) for catalogue in lists)
        if start < sizes[name]:
            _list_file(path, start, lists, cut=cut)
    return lists


def find_problems(
    folder: Path, files: Sequence[str], is_named: Callable[[str], bool], find_body: FindBody
) -> Iterator[Problem]:
    """Read every record of an archive, and tell what is damaged or missing.

    Args:
        folder: of the files.
        files: their names.
        is_named: tells whether the archive has a record of an id.
        find_body: finds the record that holds a body, by the body's digest.
    """
    for name in files:
        with (folder / name).open("rb") as stream:
            for item in iter_records(stream, limit=MAX_PAYLOAD):
                if isinstance(item, Damage):
                    yield Problem(name, item.offset, f"{item.length} bytes can't be read: {item.reason}")
                else:
                    for reason in _judge(folder, item, is_named, find_body):
                        yield Problem(name, item.offset, reason)


def _list_file(path: Path, start: int, lists: tuple[Catalogue, ...], *, cut: bool) -> None:
    with path.open("rb") as stream:
        end = stream.seek(0, os.SEEK_END)
        for item in iter_records(stream, start, limit=MAX_PAYLOAD):
            if isinstance(item, Record):
                lists[-1].add(_describe(item, path.name, lists), path.name, item.offset + item.length)
            elif item.offset + item.length == end and cut:
                os.truncate(path, item.offset)
    if cut and not path.stat().st_size:
        path.unlink()


def _describe(record: Record, file: str, lists: tuple[Catalogue, ...]) -> Entry | None:
    if record.kind not in {"response", "revisit", "conversion"}:
        return None
    digest, size = record.field("WARC-Payload-Digest") or "", len(record.payload)
    if record.kind == "revisit":
        origins = (catalogue.body(digest) for catalogue in lists)
        size = next((origin.size for origin in origins if origin), 0)
    return Entry(
        file=file,
        start=record.offset,
        length=record.length,
        kind=record.kind,
        name=record.field("WARC-Record-ID") or "",
        url=record.url,
        asked=record.field(ASKED) or record.url,
        date=record.field("WARC-Date") or "",
        status=record.status,
        media_type=record.media_type,
        digest=digest,
        size=size,
    )


def _judge(folder: Path, record: Record, is_named: Callable[[str], bool], find_body: FindBody) -> Iterator[str]:
    if record.problem:
        yield record.problem
    for field in ("WARC-Type", "WARC-Record-ID", "WARC-Date"):
        if not record.field(field):
            yield f"the record lacks {field}"
    if record.kind == "revisit":
        try:
            follow(folder, record, find_body)
        except ScrapeError as error:
            yield error.reason
    for name in (record.field(MADE_FROM) or "").split():
        if not is_named(name):
            yield f"it was made from {name}, which is not in the archive"
