"""Keep patterns that were read and compiled for the next run, as Python keeps its modules.

It takes seconds to read and compile all patterns, and a tenth of one to read the file. The file is no more than a short
cut: where it can't be written or read, patterns are compiled as texts need them.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import regex

from minutes_miner.annotate.needs import Branch
from minutes_miner.config import cache_folder
from minutes_miner.domain.wholefile import whole_file

_OLD_DAYS = 60
_NOWHERE = (OSError, RuntimeError)
"""What is raised where there is no such file or folder, and where the user has no home."""


class Kept(NamedTuple):
    """Hold what is kept.

    Attributes:
        branches: file and label to the alternatives of their patterns, in the files' order.
        expressions: expressions to what they were compiled to, ignoring case.
    """

    branches: dict[str, dict[str, list[Branch]]]
    expressions: dict[str, regex.Pattern[str]]


def load_kept(key: str) -> Kept | None:
    """Read what was kept; None where there is nothing, or something broken or of another user.

    Args:
        key: hexadecimal digits that change with all that matters.
    """
    try:
        with _find_path(key).open("rb") as source:
            if hasattr(os, "getuid") and os.fstat(source.fileno()).st_uid != os.getuid():
                return None
            digest, content = source.read(32), source.read()
        if sha256(content).digest() != digest:
            return None
        return Kept(*pickle.loads(content))
    except _NOWHERE:
        return None


def save_kept(key: str, kept: Kept) -> None:
    """Write what a later run may read, in one go; do nothing where that can't be done."""
    content = pickle.dumps(tuple(kept), protocol=5)
    with suppress(*_NOWHERE):
        path = _find_path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(path) as beside:
            beside.write_bytes(sha256(content).digest() + content)
        for other in path.parent.glob("patterns-*"):
            if time.time() - other.stat().st_mtime > _OLD_DAYS * 86_400:
                other.unlink()


def _find_path(key: str) -> Path:
    """Name the file: another version of Python or of what compiles the patterns has its own."""
    made_by = f"{key}{regex.__version__}{sys.implementation.cache_tag}"
    return cache_folder() / f"patterns-{sha256(made_by.encode()).hexdigest()[:16]}.pickle"
