"""State what a plugin must offer; each protocol has at least two implementations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Protocol

from minutes_miner.config import Limits
from minutes_miner.domain.dataset import Dataset
from minutes_miner.domain.gathering import Authority, Composition, Findings, Occasion, Request, Response, Scope
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


class Exporter(Protocol):
    """Write whole tables in one format; registered under ``minutes_miner.exporters``.

    Attributes:
        tables: names of the record types that it can write.
        suffix: of the one file that it writes, or can write of one table.
        needs_file: whether it writes one file in any case, and never a folder.
    """

    name: str
    tables: tuple[str, ...]
    suffix: str
    needs_file: bool

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write a dataset, holding a few rows at a time.

        Args:
            dataset: what to write.
            target: a file or folder that is not there yet; a name that ends in ``suffix`` is a file's.

        Raises:
            ExportError: the data do not fit the format, or a package that writes it is not installed.
        """
        ...


class Platform(Protocol):
    """Read one kind of council site, for one authority; registered under ``minutes_miner.platforms``.

    It does no input and output and keeps no state between calls: the same answer is read alike in any order, and after
    any interruption.
    """

    def __init__(self, authority: Authority, scope: Scope) -> None:
        """Take the authority, whose ``base_url`` is known, and how much of its record is wanted."""
        ...

    def start(self) -> Iterable[Request]:
        """Give the requests that everything else is found from; asked again in every run."""
        ...

    def read(self, response: Response) -> Findings:
        """Read one answer, good or bad: an obstacle may call for another way in.

        Args:
            response: to a request of this platform's.
        """
        ...

    def compose(self, occasion: Occasion, responses: Sequence[Response]) -> Composition:
        """Make the papers of a meeting or notice when everything that was asked for it has been answered.

        Args:
            occasion: as it is known by now.
            responses: the newest to each request with the occasion's key, in the order in which they were asked for.
        """
        ...
