"""Unpack an answer piece by piece, so that a small one can't grow without bounds."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Iterator

from minutes_miner.scrape.trouble import Trouble

ACCEPTED = "gzip, deflate"
"""What the ``Accept-Encoding`` header names."""

_PIECE = 1 << 18


async def read_body(pieces: AsyncIterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """Join the pieces of an answer, unpacked.

    Args:
        pieces: as they come from the connection.
        encoding: the ``Content-Encoding`` header; empty where there is none.
        max_bytes: of the unpacked answer.

    Raises:
        Trouble: it is larger, or packed in a way that can't be unpacked.
    """
    unpacker = _unpacker(encoding)
    body = bytearray()
    async for piece in pieces:
        for part in [piece] if unpacker is None else unpacker.unpack(piece):
            body += part
            if len(body) > max_bytes:
                raise Trouble(f"the answer is larger than {max_bytes:,} bytes")
    if unpacker is not None:
        unpacker.close()
    return bytes(body)


def _unpacker(encoding: str) -> _Unpacker | None:
    # One packing alone: packed several times over, a few bytes unpack to more than any piece can be bounded to.
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Unpacker(encoding)
    raise Trouble(f"the answer is packed in a way that was not asked for ({encoding[:40]})")


class _Unpacker:
    def __init__(self, encoding: str) -> None:
        self._is_deflate = encoding == "deflate"
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | (0 if self._is_deflate else 16))
        self._has_started = False

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Give what the next bytes unpack to, in pieces of bounded size; nothing that follows the stream's end."""
        if self._is_deflate and not self._has_started and data and data[0] & 0x0F != 8:
            # Some servers send a bare stream for "deflate", without zlib's two bytes before it.
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        self._has_started = self._has_started or bool(data)
        is_full = False
        while (data or is_full) and not self._stream.eof:
            try:
                part = self._stream.decompress(data, _PIECE)
            except zlib.error as error:
                raise Trouble("the answer can't be unpacked", is_passing=True) from error
            data, is_full = self._stream.unconsumed_tail, len(part) == _PIECE
            yield part

    def close(self) -> None:
        """Check that the stream was whole."""
        if self._has_started and not self._stream.eof:
            raise Trouble("the answer ends before it is whole", is_passing=True)
