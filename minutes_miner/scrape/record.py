"""Read single records of WARC files, packed or not (ISO 28500:2017)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.coding import decode_body

Fields = tuple[tuple[str, str], ...]

PACKED = b"\x1f\x8b\x08"
"""How a packed record begins: a member of gzip, deflated."""
PLAIN = b"WARC/"
"""How a record begins that is not packed, or no longer."""

_PIECE = 1 << 16
_HEADROOM = 1 << 20
"""Bytes that a record's headers may take beside its payload."""
_HTTP = ("response", "revisit", "request")


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one record of a WARC file.

    Attributes:
        offset: where it begins in the file, in bytes.
        length: bytes that it takes in the file.
        fields: the record's own named fields, in their order.
        status: the HTTP status; 0 where it holds no HTTP answer.
        headers: of the HTTP message, in their order.
        payload: the body, as it stands in the record.
        problem: what is wrong with its digests or length, if anything.
    """

    offset: int
    length: int
    fields: Fields
    status: int = 0
    headers: Fields = ()
    payload: bytes = b""
    problem: str | None = None

    def field(self, name: str) -> str | None:
        """Give one of the record's own fields, or None."""
        return _find(self.fields, name)

    def header(self, name: str) -> str | None:
        """Give a header of the HTTP message, or None."""
        return _find(self.headers, name)

    @property
    def kind(self) -> str:
        """The WARC type, such as ``response``; empty where it says none."""
        return (self.field("WARC-Type") or "").lower()

    @property
    def url(self) -> str:
        """The address that it is of; empty where it says none."""
        return self.field("WARC-Target-URI") or ""

    @property
    def date(self) -> datetime | None:
        """When it was taken, in UTC; None where that can't be read."""
        try:
            day = datetime.fromisoformat(self.field("WARC-Date") or "")
        except ValueError:
            return None
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)

    @property
    def media_type(self) -> str:
        """The payload's type in lower case without parameters; empty where it says none."""
        said = self.header("content-type") if self.kind in _HTTP else self.field("content-type")
        return (said or "").split(";")[0].strip().lower()

    def body(self, limit: int) -> bytes:
        """Give the payload decoded of how it was sent.

        Raises:
            ScrapeError: it can't be unpacked, or unpacks to more bytes than the limit.
        """
        return decode_body(self.payload, self.headers, limit)


def read_record(stream: IO[bytes], offset: int, *, limit: int) -> Record:
    """Read the record that begins at an offset.

    Args:
        stream: of the file.
        offset: in bytes.
        limit: the most bytes that its payload may have.

    Raises:
        ScrapeError: no whole record begins there, or it is larger.
    """
    stream.seek(offset)
    head = stream.read(len(PLAIN))
    stream.seek(offset)
    if head.startswith(PACKED):
        data, length = _unpack(stream, limit + _HEADROOM)
    elif head == PLAIN:
        data, length = _read_plain(stream, limit + _HEADROOM)
    else:
        raise ScrapeError("no record begins here")
    return _parse(data, offset, length)


def _unpack(stream: IO[bytes], limit: int) -> tuple[bytes, int]:
    """Unpack one member of a gzip file; give its bytes, and how many it took in the file."""
    unpacker, plain, taken = zlib.decompressobj(31), bytearray(), 0
    try:
        while not unpacker.eof:
            piece = unpacker.unconsumed_tail or stream.read(_PIECE)
            if not piece:
                raise ScrapeError("the record is cut short")
            taken += 0 if unpacker.unconsumed_tail else len(piece)
            plain += unpacker.decompress(piece, _PIECE * 16)
            if len(plain) > limit:
                raise ScrapeError(f"the record unpacks to more than {limit / 1e6:g} MB")
    except zlib.error:
        raise ScrapeError("the record's packing is broken") from None
    return bytes(plain), taken - len(unpacker.unused_data)


def _read_plain(stream: IO[bytes], limit: int) -> tuple[bytes, int]:
    head, size = bytearray(), None
    while line := stream.readline(_HEADROOM):
        head += line
        if not line.strip():
            break
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            size = int(value)
    if size is None:
        raise ScrapeError("the record does not say how long it is")
    if size > limit:
        raise ScrapeError(f"the record has more than {limit / 1e6:g} MB")
    block = stream.read(size)
    if len(block) < size:
        raise ScrapeError("the record is cut short")
    return bytes(head) + block, len(head) + size


def _parse(data: bytes, offset: int, length: int) -> Record:
    """Part a record into its fields, its HTTP headers and its payload."""
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    stream = BytesIO(data)
    try:
        bare = loader.parse_record_stream(stream, known_format="warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError):
        raise ScrapeError("it holds no record of a WARC file") from None
    size = bare.length
    block = bare.raw_stream.read() if size is not None else b""
    if size is None or len(block) < size:
        raise ScrapeError("the record is shorter than it says")
    if data.startswith(PACKED, stream.tell()) or data[stream.tell() :].lstrip().startswith(PLAIN):
        advice = "unpack the file with gunzip"
        raise ScrapeError("the file is packed as one piece, not record by record", advice=advice)
    fields = tuple(bare.rec_headers.headers)
    status, headers, payload = _part_http(loader, _find(fields, "WARC-Type") or "", block)
    return Record(offset, length, fields, status, headers, payload, _check(fields, block, payload))


def _part_http(loader: ArcWarcRecordLoader, kind: str, block: bytes) -> tuple[int, Fields, bytes]:
    stream = BytesIO(block)
    if kind not in _HTTP or not block[:20].split(b" ")[0].upper().startswith((b"HTTP/", b"GET")):
        return 0, (), block
    parser = loader.http_req_parser if kind == "request" else loader.http_parser
    try:
        message = parser.parse(stream)
    except (EOFError, StatusAndHeadersParserException):
        return 0, (), block
    code = message.get_statuscode()
    return int(code) if code.isdigit() and len(code) == 3 else 0, tuple(message.headers), stream.read()


def _check(fields: Fields, block: bytes, payload: bytes) -> str | None:
    """Compare a record's digests with its bytes.

    A block that is sound excuses the payload's digest, which programs reckon before or after unpacking.
    """
    said = _find(fields, "WARC-Block-Digest")
    if said and (fits := has_digest(said, block)) is not None:
        return None if fits else "the digest of its bytes is another one"
    said = _find(fields, "WARC-Payload-Digest")
    if said and _find(fields, "WARC-Type") not in {"revisit", None} and has_digest(said, payload) is False:
        return "the digest of its payload is another one"
    return None


def has_digest(said: str, data: bytes) -> bool | None:
    """Tell whether bytes have a digest; None where it is of a kind that can't be reckoned.

    Args:
        said: name and value as WARC files have them, in base 32, 16 or 64.
        data: the bytes.
    """
    name, _, value = said.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in {"md5", "sha1", "sha256", "sha512"}:
        return None
    mine = hashlib.new(name, data, usedforsecurity=False).digest()
    written = {base64.b32encode(mine).rstrip(b"="), base64.b64encode(mine).rstrip(b"="), binascii.hexlify(mine)}
    given = value.rstrip("=").encode()
    return bool({given, given.upper(), given.lower()} & written)


def _find(fields: Fields, name: str) -> str | None:
    return next((value for key, value in fields if key.lower() == name.lower()), None)
