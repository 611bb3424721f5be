"""Make records of WARC files from what came (WARC 1.1, one gzip member a record)."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote, urlsplit

from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from minutes_miner.domain.gathering import Exchange
from minutes_miner.scrape.record import Fields

ASKED = "Minutes-Miner-Asked"
"""Field of a response: the address first asked for, where a redirect led on from it."""
ORIGIN = "Minutes-Miner-Origin"
"""Field of a revisit: file, offset and length of the record that holds its body."""
MADE_FROM = "Minutes-Miner-Made-From"
"""Field of a conversion: the ids of all records that it was made from; ``WARC-Refers-To`` can name only one."""

_LEVEL = 4
"""Of gzip: 6 takes more than twice as long to make a page a tenth smaller."""
_SMALL = 2_000
_NOTHING = f"sha256:{base64.b32encode(hashlib.sha256().digest()).decode()}"
_HIDDEN = "X-Archive-Orig-"
"""Stands before headers that tell how a body was sent: it is kept unpacked, and readers would unpack it again."""
_SENT_AS = re.compile(r"content-encoding|transfer-encoding|content-length", re.IGNORECASE)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def pack_information(info: Mapping[str, str], *, name: str, at: datetime) -> tuple[bytes, str]:
    """Make the record that a file begins with, and give it with its id."""
    block = "".join(f"{key}: {_line(value)}\r\n" for key, value in info.items()).encode()
    fields = {"WARC-Date": format_date(at), "WARC-Filename": name}
    return _pack("warcinfo", fields, "application/warc-fields", block)


def pack_response(
    exchange: Exchange, *, digest: str, info: str, origin: Mapping[str, str] | None = None
) -> tuple[bytes, str]:
    """Make the record of an answer, and give it with its id.

    Args:
        exchange: what came.
        digest: of its body, as ``digest_of`` gives it.
        info: id of the file's first record.
        origin: the fields that name the record that holds the same body already, if one does.
    """
    fields = {
        "WARC-Target-URI": tidy_url(exchange.url),
        "WARC-Date": format_date(exchange.fetched_at),
        "WARC-Warcinfo-ID": info,
        "WARC-Payload-Digest": digest,
    }
    if exchange.asked != exchange.url:
        fields[ASKED] = tidy_url(exchange.asked)
    head = _format_message(f"HTTP/1.1 {exchange.status} {_phrase(exchange.status)}", _hide(exchange))
    if origin is None:
        return _pack("response", fields, "application/http; msgtype=response", head + exchange.body)
    fields |= {"WARC-Profile": RecordBuilder.REVISIT_PROFILE_1_1, **origin}
    return _pack("revisit", fields, "application/http; msgtype=response", head)


def pack_request(exchange: Exchange, *, response: str, info: str) -> bytes:
    """Make the record of what was sent.

    Args:
        exchange: what came of it.
        response: id of the answer's record.
        info: id of the file's first record.
    """
    fields = {
        "WARC-Target-URI": tidy_url(exchange.url),
        "WARC-Date": format_date(exchange.fetched_at),
        "WARC-Warcinfo-ID": info,
        "WARC-Payload-Digest": _NOTHING,
        "WARC-Concurrent-To": response,
    }
    parts = urlsplit(tidy_url(exchange.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    block = _format_message(f"GET {target} HTTP/1.1", exchange.sent)
    return _pack("request", fields, "application/http; msgtype=request", block)[0]


def pack_conversion(
    url: str, body: bytes, media_type: str, *, made_from: Iterable[str], info: str, at: datetime
) -> tuple[bytes, str]:
    """Make the record of a document composed from answers, and give it with its id.

    Args:
        url: its address.
        body: its bytes.
        media_type: their type.
        made_from: ids of the answers' records.
        info: id of the file's first record.
        at: when it was made.
    """
    sources = list(made_from)
    fields = {
        "WARC-Target-URI": tidy_url(url),
        "WARC-Date": format_date(at),
        "WARC-Warcinfo-ID": info,
        "WARC-Payload-Digest": digest_of(body),
    }
    if sources:
        fields |= {"WARC-Refers-To": sources[0], MADE_FROM: " ".join(sources)}
    return _pack("conversion", fields, _line(media_type) or "application/octet-stream", body)


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of bytes as WARC files have it, in base 32."""
    return f"sha256:{base64.b32encode(hashlib.sha256(data).digest()).decode()}"


def format_date(moment: datetime) -> str:
    """Give a moment as WARC 1.1 has it, in UTC to the microsecond; a moment without a zone is taken as UTC."""
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def tidy_url(url: str) -> str:
    """Percent-encode what would break a line."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]", lambda match: quote(match.group()), url)


def show_headers(headers: Fields) -> Fields:
    """Give the headers as they were sent, from those that a record holds."""
    return tuple(
        (name[len(_HIDDEN) :], value)
        if name.startswith(_HIDDEN) and _SENT_AS.fullmatch(name, len(_HIDDEN))
        else (name, value)
        for name, value in headers
    )


def _hide(exchange: Exchange) -> Fields:
    """Rename the headers that are true no longer once a body is decoded; a length may still be."""
    true = ("content-length", str(len(exchange.body)))
    return tuple(
        (f"{_HIDDEN}{name}" if _SENT_AS.fullmatch(name) and (name.lower(), value.strip()) != true else name, value)
        for name, value in exchange.headers
    )


def _format_message(start: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [start, *(f"{_line(name)}: {_line(value)}" for name, value in headers if _line(name))]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _pack(kind: str, fields: Mapping[str, str], media_type: str, block: bytes) -> tuple[bytes, str]:
    name = f"<{uuid.uuid4().urn}>"
    fields = {"WARC-Type": kind, "WARC-Record-ID": name, **fields, "WARC-Block-Digest": digest_of(block)}
    headers = StatusAndHeaders("", fields, protocol=RecordBuilder.WARC_1_1)
    plain = BytesIO()
    # Of a "warcinfo" the block is written as it is; a revisit's would be left out, and other headers encoded anew.
    record = ArcWarcRecord("warc", "warcinfo", headers, BytesIO(block), None, media_type, len(block))
    WARCWriter(plain, gzip=False).write_record(record)
    # Little records take a little window, which is quicker to make than they are to pack.
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, *((31,) if len(block) > _SMALL else (27, 4)))
    return packer.compress(plain.getbuffer()) + packer.flush(), name


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
