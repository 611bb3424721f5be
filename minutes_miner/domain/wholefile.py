"""Write files so that whoever reads one sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Lend a path beside a file; what is written there takes the file's place at the end.

    After an error the file is as it was, and nothing is left beside it.

    Args:
        path: the file that is wanted; its folder is there.

    Raises:
        OSError: it can't be put into place.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
