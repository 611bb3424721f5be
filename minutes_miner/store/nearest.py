"""Keep the vectors of a store's decisions in a file beside it, and go through them from the nearest on.

Of each vector the file keeps 256 bits, on which side of the mean each of its values lies: the decisions whose bits
differ least are read from the store and compared exactly (see :mod:`minutes_miner.store.similar`). So the file never
decides what is shown, and one that is behind costs answers, but gives no wrong one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import make_url

from minutes_miner.config import cache_folder
from minutes_miner.domain.wholefile import whole_file
from minutes_miner.store.embedding import DIMENSIONS, Vectors, load_centre

VERSION = 3
"""Of the file and of the vectors that come with the package; another one's file is made anew."""

_WORDS = DIMENSIONS // 64
_CHUNK = 32_768

Numbers = NDArray[np.int64]
Signs = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Hold the bits of many vectors.

    Attributes:
        numbers: of the decisions, each once, rising.
        signs: a column of 256 bits for each, as four numbers.
        documents: how many documents the store had when they were made.
        latest: the latest ``mined_at`` of those documents; blank where there were none.
        corrected: the number of the latest correction, and when one was last undone; see vectors.
    """

    numbers: Numbers
    signs: Signs
    documents: int = 0
    latest: str = ""
    corrected: tuple[int, str] = (0, "")

    def walk(self, vector: Vectors, *, first: int) -> Iterator[list[int]]:
        """Give the decisions' numbers from the nearest on, in parts of which each is four times the one before.

        Args:
            vector: of the question, one row.
            first: numbers in the first part.
        """
        distances = self._distances(sign_bits(vector)[:, 0])
        within = np.cumsum(np.bincount(distances, minlength=1))
        begun, count = 0, first
        while begun < len(distances):
            end = min(begun + count, len(distances))
            # only those within the distance are put in order
            nearest = np.flatnonzero(distances <= np.searchsorted(within, end))
            ordered = nearest[np.lexsort((-self.numbers[nearest], distances[nearest]))]
            yield [int(number) for number in self.numbers[ordered[begun:end]]]
            begun, count = end, count * 4

    def among(self, numbers: list[int]) -> Nearest:
        """Give the part that holds some decisions only."""
        kept = np.isin(self.numbers, np.array(numbers, dtype=np.int64))
        return Nearest(self.numbers[kept], self.signs[:, kept])

    def replaced(self, numbers: Numbers, signs: Signs) -> Nearest:
        """Give one in which some decisions are new, or have other signs than before."""
        kept = ~np.isin(self.numbers, numbers)
        both = np.concatenate((self.numbers[kept], numbers))
        order = np.argsort(both)
        joined = np.concatenate((self.signs[:, kept], signs), axis=1)
        return replace(self, numbers=both[order], signs=np.ascontiguousarray(joined[:, order]))

    def _distances(self, wanted: Signs) -> NDArray[np.int16]:
        """Count the bits in which each vector differs: column by column, in parts that fit the processor's cache."""
        found = np.zeros(len(self.numbers), dtype=np.int16)
        for begun in range(0, len(found), _CHUNK):
            part = found[begun : begun + _CHUNK]
            for column, bits in zip(self.signs, wanted, strict=True):
                part += np.bitwise_count(column[begun : begun + _CHUNK] ^ bits)
        return found


def empty() -> Nearest:
    """Give one without any decision."""
    return Nearest(np.empty(0, dtype=np.int64), np.empty((_WORDS, 0), dtype=np.uint64))


def sign_bits(vectors: Vectors) -> Signs:
    """Give the bits of vectors, a column each."""
    return np.ascontiguousarray(np.packbits(vectors > load_centre(), axis=1).view(np.uint64).T)


def find_path(url: str) -> Path:
    """Name the file of a store: beside an SQLite file, and in the user's cache for a server."""
    address = make_url(url)
    name = address.database or ""
    if address.get_backend_name() == "sqlite" and name and name != ":memory:" and not name.startswith("file:"):
        return Path(f"{name}-similar.npz")
    digest = sha256(address.render_as_string(hide_password=True).encode()).hexdigest()[:16]
    return cache_folder() / f"{digest}-similar.npz"


def load_nearest(path: Path) -> Nearest | None:
    """Read the file; None where there is none, or one that another version of the program made, or a broken one."""
    try:
        with np.load(path, allow_pickle=False) as held:
            state = json.loads(str(held["state"]))
            if state["version"] != VERSION:
                return None
            number, undone = state["corrected"]
            return Nearest(held["numbers"], held["signs"], state["documents"], state["latest"], (number, undone))
    except (FileNotFoundError, BadZipFile, EOFError, KeyError, ValueError):
        return None


def load_state(path: Path) -> tuple[int, str, tuple[int, str]] | None:
    """Read what the store held when the file was made: see ``documents``, ``latest`` and ``corrected``; or None."""
    try:
        with np.load(path, allow_pickle=False) as held:
            state = json.loads(str(held["state"]))
            number, undone = state["corrected"]
            return state["documents"], state["latest"], (number, undone)
    except (FileNotFoundError, BadZipFile, EOFError, KeyError, ValueError):
        return None


def save_nearest(path: Path, nearest: Nearest) -> None:
    """Write the file in one go, so that a reader sees the old one or the new one.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {name: getattr(nearest, name) for name in ("documents", "latest", "corrected")}
    state = json.dumps({"version": VERSION, **told})
    with whole_file(path) as beside, beside.open("wb") as target:
        np.savez(target, numbers=nearest.numbers, signs=nearest.signs, state=np.array(state))
