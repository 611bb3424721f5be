"""Bodies as they were sent: unpacked in every way that servers pack, within limits, and refused where broken."""

from __future__ import annotations

import gzip
import zlib

import pytest

from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.coding import decode_body

WORDS = b"RESOLVED: that the lido be heated from May to September.\n" * 40
BARE = zlib.compressobj(wbits=-15)
RAW = BARE.compress(WORDS) + BARE.flush()


def decode(body: bytes, *, limit: int = 10_000, **headers: str) -> bytes:
    return decode_body(body, [(name.replace("_", "-"), value) for name, value in headers.items()], limit)


def chunk(body: bytes, size: int = 100) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (WORDS, {}),
        (WORDS, {"Content_Encoding": "identity"}),
        (gzip.compress(WORDS, mtime=0), {"Content_Encoding": "gzip"}),
        (gzip.compress(WORDS, mtime=0), {"content_encoding": " X-GZip "}),
        (zlib.compress(WORDS), {"Content_Encoding": "deflate"}),
        (RAW, {"Content_Encoding": "deflate"}),
        (gzip.compress(zlib.compress(WORDS), mtime=0), {"Content_Encoding": "deflate, gzip"}),
        (chunk(WORDS), {"Transfer_Encoding": "chunked"}),
        (chunk(gzip.compress(WORDS, mtime=0)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (WORDS, {"Content_Encoding": "gzip"}),  # a server that says so and does not
        (WORDS, {"Transfer_Encoding": "chunked"}),
    ],
)
def test_a_body_is_unpacked_as_it_was_packed(body: bytes, headers: dict[str, str]) -> None:
    assert decode(body, **headers) == WORDS


@pytest.mark.parametrize(
    ("body", "coding", "reason"),
    [
        (gzip.compress(WORDS, mtime=0)[:-20], "gzip", "the answer's packed body is cut short"),
        (gzip.compress(WORDS, mtime=0)[:-8] + bytes(8), "gzip", "the answer's packed body is broken"),
        (gzip.compress(bytes(20_000), mtime=0), "gzip", "the answer unpacks to more than 0.01 MB"),
        (WORDS, "zstd", "the answer is packed as 'zstd', which is not read here"),
    ],
    ids=["short", "broken", "bomb", "unknown"],
)
def test_what_can_not_be_unpacked_is_refused(body: bytes, coding: str, reason: str) -> None:
    with pytest.raises(ScrapeError, match=reason):
        decode(body, Content_Encoding=coding)


def test_brotli_is_unpacked_where_its_package_is_there() -> None:
    try:
        import brotli
    except ImportError:
        with pytest.raises(ScrapeError, match="install the package brotli"):
            decode(WORDS, Content_Encoding="br")
        return
    assert decode(brotli.compress(WORDS), Content_Encoding="br") == WORDS
    with pytest.raises(ScrapeError, match="unpacks to more than"):
        decode(brotli.compress(bytes(20_000)), Content_Encoding="br")
    with pytest.raises(ScrapeError, match="broken"):
        decode(b"\xff" * 50, Content_Encoding="br")
