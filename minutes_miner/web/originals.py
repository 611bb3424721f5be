"""Tell of a document's sources what the public may know: addresses whole, files by their name."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def public_sources(sources: Iterable[str]) -> list[str]:
    """Give each source as it may be shown: the folders of the server are nobody's business."""
    return [source if _ADDRESS.match(source) else _file_name(source) for source in sources]


def public_source(source: str | None) -> str:
    """Give a source as it may be shown; blank where none is known."""
    return public_sources([source or ""])[0]


def _file_name(source: str) -> str:
    """Give a file's name; of a file within an archive or mail, with the archive's name before it."""
    parts = source.split("!/")
    return "!/".join((parts[0].replace("\\", "/").rsplit("/", 1)[-1], *parts[1:]))
