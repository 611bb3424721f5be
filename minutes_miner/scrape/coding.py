"""Undo the transfer and content encodings that a body was sent in."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Sequence
from io import BytesIO

from warcio.bufferedreaders import ChunkedDataReader

from minutes_miner.errors import ScrapeError

_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""Window sizes that zlib is told, by the coding; "deflate" is sent with and without its header."""
_PIECE = 1 << 16


def decode_body(body: bytes, headers: Sequence[tuple[str, str]], limit: int) -> bytes:
    """Give a body as its author wrote it.

    Args:
        body: as it came.
        headers: of the answer.
        limit: the most bytes to unpack.

    Raises:
        ScrapeError: it can't be unpacked, or unpacks to more.
    """
    if "chunked" in _codings(headers, "transfer-encoding"):
        body = ChunkedDataReader(BytesIO(body)).read()
    for coding in reversed(_codings(headers, "content-encoding")):
        body = _decode(body, coding, limit)
    return body


def _codings(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    values = ",".join(value for key, value in headers if key.lower() == name)
    return [value for part in values.split(",") if (value := part.strip().lower()) not in {"", "identity"}]


def _decode(body: bytes, coding: str, limit: int) -> bytes:
    """Undo one coding; a body that says it is packed and is not is given as it is, as browsers do."""
    if coding == "br":
        return _decode_brotli(body, limit)
    if coding not in _WINDOWS:
        raise ScrapeError(f"the answer is packed as {coding[:20]!r}, which is not read here")
    for window in _WINDOWS[coding]:
        unpacker = zlib.decompressobj(window)
        try:
            plain = unpacker.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(plain) > limit:
            raise ScrapeError(f"the answer unpacks to more than {limit / 1e6:g} MB")
        if not unpacker.eof:
            raise ScrapeError("the answer's packed body is cut short")
        return plain
    if body.startswith(b"\x1f\x8b"):
        raise ScrapeError("the answer's packed body is broken")
    return body


def _decode_brotli(body: bytes, limit: int) -> bytes:
    try:
        brotli = importlib.import_module("brotli")
    except ImportError:
        advice = "install the package brotli"
        raise ScrapeError("the answer is packed as 'br', which needs a package more", advice=advice) from None
    unpacker, plain = brotli.Decompressor(), bytearray()
    try:
        for start in range(0, len(body), _PIECE):
            plain += unpacker.process(body[start : start + _PIECE])
            if len(plain) > limit:
                raise ScrapeError(f"the answer unpacks to more than {limit / 1e6:g} MB")
    except brotli.error:
        raise ScrapeError("the answer's packed body is broken") from None
    return bytes(plain)
