"""State what a plugin must offer; each protocol has at least two implementations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Protocol

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.domain.source import Document, DocumentRef


class Parser(Protocol):
    """Turn bytes of one family of media types into a document; registered under ``minutes_miner.parsers``."""

    media_types: tuple[str, ...]

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits) -> Document:
        """Read bytes.

        Args:
            data: the whole file.
            ref: where it came from.
            limits: what one document may cost.

        Raises:
            ParseError: the bytes can't be read; the message tells why.
        """
        ...


class Writer(Protocol):
    """Write extractions in one format; registered under ``minutes_miner.writers``."""

    name: str

    def write(self, extractions: Iterable[Extraction], stream: IO[str]) -> None:
        """Write every extraction to the stream, one at a time."""
        ...
