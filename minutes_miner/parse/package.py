"""Open the archive of an office document, and read the XML of its members, within limits."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from minutes_miner.config import Limits
from minutes_miner.domain.source import DocumentRef
from minutes_miner.errors import ParseError

_MAX_UNPACKED = 400_000_000
"""Bytes that an archive may unpack to; real minutes stay far below it."""
_MAX_XML = 60_000_000
"""Bytes of one member of XML; its tree takes ten times as much memory."""
_MAX_MEMBERS = 10_000
_SMALL = 5_000_000
"""Bytes that an archive may unpack to whatever its size."""
_DISTRUST = "do not trust this file; open it with care and save it anew"
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Package:
    """Give the members of an archive that was opened.

    Attributes:
        archive: the archive.
        name: what kind of document it is, such as "Word document", for messages.
        source: where it came from, for messages.
    """

    archive: zipfile.ZipFile
    name: str
    source: str

    def read(self, member: str) -> bytes | None:
        """Give a member's bytes, or None where there is none of that name.

        Raises:
            ParseError: it is broken or too large.
        """
        try:
            entry = self.archive.getinfo(member)
        except KeyError:
            return None
        if entry.file_size > _MAX_XML:
            raise ParseError(
                f"{member} in the {self.name} has {entry.file_size:,} bytes", where=self.source, advice="split it"
            )
        try:
            return self.archive.read(entry)
        except _BROKEN as error:
            raise broken(self.name, self.source) from error

    def read_xml(self, member: str, *, spaces: dict[bytes, bytes] | None = None) -> Any:
        """Give the root element of a member, or None where there is none of that name.

        Args:
            member: its name in the archive.
            spaces: namespaces to be taken for others.

        Raises:
            ParseError: it is broken, too large or too deep, or it declares entities.
        """
        data = self.read(member)
        if data is None:
            return None
        if _DECLARED.search(data[:4096].replace(b"\0", b"")):
            raise ParseError(
                f"{member} in the {self.name} declares XML entities, which office programs never do",
                where=self.source,
                advice=_DISTRUST,
            )
        for old, new in (spaces or {}).items():
            data = data.replace(old, new)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise broken(self.name, self.source) from error


@contextmanager
def open_package(data: bytes, ref: DocumentRef, limits: Limits, name: str) -> Iterator[Package]:
    """Open an archive once it is known to be bearable.

    Args:
        data: the file's bytes.
        ref: where they came from.
        limits: what the document may cost.
        name: what kind of document it is, for messages.

    Raises:
        ParseError: the archive is broken, encrypted or a bomb.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise broken(name, ref.source) from error
    with archive:
        entries = archive.infolist()
        size = sum(entry.file_size for entry in entries)
        if size > min(_MAX_UNPACKED, max(limits.max_bytes * 4, 1_000_000)):
            reason = f"the document unpacks to {size:,} bytes"
            raise ParseError(reason, where=ref.source, advice="save it anew without pictures")
        if len(entries) > _MAX_MEMBERS or size > max(_SMALL, limits.max_ratio * len(data)):
            reason = f"the document is packed {size / max(len(data), 1):,.0f} times, in {len(entries):,} parts"
            raise ParseError(reason, where=ref.source, advice=_DISTRUST)
        if any(entry.flag_bits & 1 for entry in entries):
            raise ParseError(f"the {name} is encrypted", where=ref.source, advice="save it without a password")
        yield Package(archive, name, ref.source)


def broken(name: str, source: str) -> ParseError:
    """Give the error of a document that can't be read."""
    return ParseError(f"the {name} is broken", where=source, advice="save it anew or fetch it again")
