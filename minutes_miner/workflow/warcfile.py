"""Read the documents that a WARC file holds, one record at a time."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from minutes_miner.domain.gathering import Place
from minutes_miner.errors import ReadError, ScrapeError
from minutes_miner.scrape.packing import MADE_FROM, ORIGIN
from minutes_miner.scrape.reading import follow
from minutes_miner.scrape.record import PLAIN, Record, read_record
from minutes_miner.scrape.walk import Damage, iter_records
from minutes_miner.workflow.member import Member

SUFFIX = ".warc"
PACKED_SUFFIX = ".warc.gz"

_DOCUMENTS = frozenset(
    {
        "application/msword",
        "application/pdf",
        "application/rtf",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-pdf",
        "application/xhtml+xml",
        "application/x-zip-compressed",
        "application/zip",
        "text/html",
        "text/markdown",
        "text/plain",
        "text/rtf",
    }
)
_VAGUE = frozenset({"", "application/download", "application/force-download", "application/octet-stream"})
"""Types that tell nothing, for which the address's suffix is asked."""

_SUFFIXES = frozenset({".pdf", ".docx", ".docm", ".doc", ".odt", ".rtf", ".html", ".htm", ".txt", ".md", ".zip"})
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")


def is_warc(name: str, head: bytes) -> bool:
    """Tell from a file's name and first bytes whether it is a WARC file."""
    return head.startswith(PLAIN) or name.lower().endswith((SUFFIX, PACKED_SUFFIX))


class WarcFile:
    """Hold a WARC file; it is gone through only when its members are asked for.

    Args:
        path: of the file.
        max_bytes: the most bytes that one document may have.
    """

    def __init__(self, path: Path, *, max_bytes: int) -> None:
        self._path, self._max_bytes = path, max_bytes

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The newest document of each address, in the order of the records; what can't be read has a fault.

        An answer from which a document was composed is none of its own.

        Raises:
            ReadError: there is no record at all, or the file can't be read.
        """
        newest: dict[str, tuple[str, Member]] = {}
        ids: dict[str, str] = {}
        parts: set[str] = set()
        damages: list[Member] = []
        count = 0
        for item in self._iter_items():
            if isinstance(item, Damage):
                fault = f"{item.reason} ({item.length} bytes)"
                damages.append(Member(item.offset, f"byte-{item.offset}", 0, fault=fault))
                continue
            count += 1
            parts.update((item.field(MADE_FROM) or "").split())
            if item.kind == "conversion":
                parts.add(item.field("WARC-Refers-To") or "")
            member, said = _describe(item, self._max_bytes), item.field("WARC-Date") or ""
            if member and said >= newest.get(item.url, ("",))[0]:
                newest[item.url] = said, member
                ids[item.url] = item.field("WARC-Record-ID") or item.url
        if not count:
            raise ReadError(damages[0].fault or "" if damages else "it holds no record", advice="fetch the file again")
        kept = [member for url, (_, member) in newest.items() if ids[url] not in parts]
        return tuple(sorted([*kept, *damages], key=lambda member: member.index))

    def read(self, index: int, limit: int) -> bytes:
        """Read the document that begins at an offset.

        Raises:
            ReadError: there is none, it is damaged, or larger than the limit.
        """
        try:
            with self._path.open("rb") as stream:
                record = read_record(stream, index, limit=limit)
            if record.problem:
                raise ScrapeError(record.problem)
            return follow(self._path.parent, record, self._find_body, limit=limit)
        except ScrapeError as error:
            raise ReadError(error.reason, advice=error.advice or "gather it again") from None
        except OSError as error:
            raise ReadError(f"the file can't be read: {error.strerror}") from None

    def _iter_items(self) -> Iterator[Record | Damage]:
        try:
            with self._path.open("rb") as stream:
                yield from iter_records(stream, limit=self._max_bytes)
        except OSError as error:
            raise ReadError(f"the file can't be read: {error.strerror}") from None

    def _find_body(self, digest: str) -> Place | None:
        offset = self._bodies.get(digest)
        return None if offset is None else Place(self._path.name, offset, 0)

    @cached_property
    def _bodies(self) -> dict[str, int]:
        """Where the file's bodies are, by their digests: needed only for what other programs wrote."""
        return {
            item.field("WARC-Payload-Digest") or "": item.offset
            for item in self._iter_items()
            if isinstance(item, Record) and item.kind == "response"
        }


def _describe(record: Record, limit: int) -> Member | None:
    """Describe a record as a document; None where it is none, such as a request or an error page."""
    is_answer = record.kind in {"response", "revisit"} and record.status == 200
    is_web = record.url.lower().startswith(("http://", "https://"))
    if not (is_answer or record.kind in {"conversion", "resource"}) or not is_web or _is_for_robots(record.url):
        return None
    member = Member(record.offset, record.url, len(record.payload), address=record.url)
    if not _is_document(record):
        return replace(member, omission=f"answers of the type {record.media_type or 'unknown'} are not read")
    if record.kind == "revisit":
        return replace(member, sha256=_read_digest(record))
    try:
        body = record.body(limit)
    except ScrapeError as error:
        return replace(member, fault=error.reason)
    if record.problem or not body:
        return replace(member, fault=record.problem or "the answer is empty")
    # What may hold other files is looked into by reading it.
    sha256 = None if body.startswith(_ZIPS) else hashlib.sha256(body).hexdigest()
    return replace(member, size=len(body), sha256=sha256)


def _is_document(record: Record) -> bool:
    if record.media_type in _VAGUE:
        return PurePosixPath(urlsplit(record.url).path).suffix.lower() in _SUFFIXES
    return record.media_type in _DOCUMENTS


def _is_for_robots(url: str) -> bool:
    return urlsplit(url).path == "/robots.txt"


def _read_digest(record: Record) -> str | None:
    """Give the digest of a body that another record holds, in hexadecimal digits, where it is of the right kind."""
    kind, _, value = (record.field("WARC-Payload-Digest") or "").partition(":")
    try:
        digest = base64.b32decode(value) if kind.lower() == "sha256" else b""
    except binascii.Error:
        return None
    return digest.hex() if len(digest) == 32 and record.field(ORIGIN) else None
