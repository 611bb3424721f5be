"""Name what archives, mails and WARC files hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from minutes_miner.errors import ReadError

SEPARATOR = "!/"
"""Stands between a container's own name and the name of what it holds: ``archive.zip!/minutes/jan.pdf``."""

_LONGEST_NAME = 250
"""Characters of a member's name that are kept: databases index it, and no real one is longer."""


@dataclass(frozen=True, slots=True)
class Member:
    """Describe a file inside an archive or a mail.

    Attributes:
        index: its place in the container, by which it is read.
        name: its path as text, ``/`` between folders, no two alike in one container.
        size: bytes that it unpacks to, as the container says.
        omission: why it is left out, if it is.
        fault: why it can't be read, if that is known without reading.
        title: what to call the document where it does not say itself.
        address: where it was published, which then is its source.
        sha256: digest of its bytes, where they were read to describe it; it then holds no other files.
    """

    index: int
    name: str
    size: int
    omission: str | None = None
    fault: str | None = None
    title: str | None = None
    address: str | None = None
    sha256: str | None = None

    @property
    def suffix(self) -> str:
        """The name's suffix in lower case."""
        return PurePosixPath(self.name).suffix.lower()


class Container(Protocol):
    """Hold files inside a file."""

    @property
    def members(self) -> tuple[Member, ...]:
        """What it holds."""
        ...

    def read(self, index: int, limit: int) -> bytes:
        """Unpack one member into memory.

        Args:
            index: as its ``Member`` says.
            limit: the most bytes to unpack.

        Raises:
            ReadError: it is broken, encrypted, packed in an unknown way, or larger than the limit.
        """
        ...


class LimitError(ReadError):
    """An archive or a mail that holds more than one file may."""


def tidy_name(name: str) -> str:
    """Make a member's name one that any database and terminal can take; what only moves about in folders goes."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in "/".join(parts))
    if len(plain) > _LONGEST_NAME:
        plain = f"{plain[: _LONGEST_NAME // 2]}\u2026{plain[-_LONGEST_NAME // 2 :]}"
    return plain or "unnamed"


def tell_apart(names: Iterable[str]) -> list[str]:
    """Number the names that came before: ``jan.pdf``, ``jan (2).pdf``."""
    seen: dict[str, int] = {}
    apart: list[str] = []
    for name in names:
        path, unique = PurePosixPath(name), name
        while unique in seen:
            seen[name] += 1
            unique = str(path.with_name(f"{path.stem} ({seen[name]}){path.suffix}"))
        seen[unique] = 1
        apart.append(unique)
    return apart
