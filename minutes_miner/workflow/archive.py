"""Read the members of ZIP archives one at a time, in memory only."""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from minutes_miner.errors import ReadError
from minutes_miner.workflow.member import LimitError, Member, tell_apart, tidy_name

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")
"""How archives begin: with a member, empty, and as one part of what once were several."""

OFFICE_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".odt", ".ott", ".xlsx", ".ods", ".pptx", ".odp", ".epub"})
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "word/document.xml", "mimetype"})
"""Members that tell a document of an office program, which is one document and not an archive of some."""

_UTF8 = 0x800
_ENCRYPTED = 0x1
_GENTLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing in which a reader can stop after so many bytes."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    ValueError,
)


class Archive:
    """Hold an open ZIP archive.

    Args:
        file: the archive's path, or a stream of its bytes.
        max_members: the most entries it may list.

    Attributes:
        members: every file in the archive's order; folders and what systems hide are left out.

    Raises:
        LimitError: it lists more entries than that.
        ReadError: its directory is broken.
    """

    def __init__(self, file: Path | IO[bytes], *, max_members: int) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (*_BROKEN, NotImplementedError):
            raise ReadError("the archive is broken or cut short", advice="fetch it again or pack it anew") from None
        self._entries = self._zip.infolist()
        if len(self._entries) > max_members:
            reason = f"the archive has {len(self._entries):,} entries, more than the limit of {max_members:,}"
            raise LimitError(reason, advice="unpack it and mine the folder")
        self.members = tuple(_describe(self._entries))

    @property
    def is_office(self) -> bool:
        """Whether this is one document of an office program, which are ZIP archives too."""
        return any(entry.filename in _OFFICE_PARTS for entry in self._entries)

    def read(self, index: int, limit: int) -> bytes:
        """Unpack one member into memory.

        Raises:
            ReadError: it is broken, encrypted, packed in an unknown way, or larger than the limit.
        """
        entry = self._entries[index]
        if entry.file_size > limit:
            reason = f"the file is larger than {limit / 1_000_000:g} MB"
            raise ReadError(reason, advice="split it or give its text alone")
        try:
            with self._zip.open(entry) as stream:
                return _read(stream, 1 << 20 if entry.compress_type in _GENTLE else 1 << 12)
        except NotImplementedError:
            raise ReadError("it is packed in a way that is not read here", advice="unpack the archive") from None
        except RuntimeError:
            raise ReadError("it is encrypted", advice="unpack the archive with its password") from None
        except _BROKEN:
            raise ReadError("it is broken in the archive", advice="fetch the archive again") from None


def _read(stream: IO[bytes], size: int) -> bytes:
    """Read to the end in pieces; the archive's directory bounds how much that is."""
    pieces = []
    while piece := stream.read(size):
        pieces.append(piece)
    return b"".join(pieces)


def _describe(entries: Sequence[zipfile.ZipInfo]) -> list[Member]:
    shown = [(index, entry, name) for index, entry in enumerate(entries) if not _is_hidden(entry, name := _name(entry))]
    names = tell_apart(name for _, _, name in shown)
    return [
        Member(
            index,
            name,
            entry.file_size,
            omission="a link inside an archive" if stat.S_ISLNK(entry.external_attr >> 16) else None,
            fault="it is encrypted; unpack the archive with its password" if entry.flag_bits & _ENCRYPTED else None,
        )
        for (index, entry, _), name in zip(shown, names, strict=True)
    ]


def _is_hidden(entry: zipfile.ZipInfo, name: str) -> bool:
    """Tell folders, hidden files and the shadow files of macOS from what somebody meant to pack."""
    parts = name.split("/")
    is_folder = entry.filename.endswith("/")  # is_dir() trips over a file without a name
    return is_folder or "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)


def _name(entry: zipfile.ZipInfo) -> str:
    """Give an entry's path; the marker of UTF-8 is often forgotten, and cp437 is what a missing one means."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return tidy_name(name)
