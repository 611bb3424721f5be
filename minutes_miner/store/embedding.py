"""Turn texts into vectors whose angle tells how alike their matters are, without any network or large library.

Each piece of a word has a vector (``meaning/vectors.npy``, see ``meaning/NOTICE``); a text's is their sum,
brought to the length one.
What stands in most decisions ("resolved that the … be") was weighed down when the vectors were made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minutes_miner.store.query import fold

Vectors = NDArray[np.float32]
"""One row a text; each row has the length one, or zero where no piece of the text is known."""

Encoder = Callable[[Sequence[str]], Vectors]
"""Turns texts into vectors."""

DIMENSIONS = 256

_FOLDER = files("minutes_miner.store") / "meaning"
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40
_KNOWN_WORDS = 200_000


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """Load the vectors that come with the package, once a process: it takes a fifth of a second."""
    names = (_FOLDER / "pieces.txt").read_text(encoding="utf-8").split()
    numbers = {name: number for number, name in enumerate(names)}
    table = _load("vectors.npy").astype(np.float32) * _load("scales.npy")[:, None]

    @lru_cache(maxsize=_KNOWN_WORDS)
    def part(word: str) -> tuple[int, ...]:
        return _part(fold(word), numbers)

    def encode(texts: Sequence[str]) -> Vectors:
        return _sum([[number for word in _WORD.findall(text) for number in part(word)] for text in texts], table)

    return encode


@lru_cache(maxsize=1)
def load_centre() -> Vectors:
    """Load the mean vector of decisions: on which side of it a vector lies tells more than its signs."""
    return np.asarray(_load("centre.npy"), dtype=np.float32)


def describe(title: str | None, text: str) -> str:
    """Give the words of a decision that tell its matter: the item's title counts as its first sentence."""
    return f"{title}. {text}" if title else text


def _load(name: str) -> NDArray[Any]:
    return np.asarray(np.load(BytesIO((_FOLDER / name).read_bytes())))


def _part(word: str, numbers: dict[str, int]) -> tuple[int, ...]:
    """Part a word into the longest pieces that are known, from the left; into nothing where one is not."""
    if len(word) > _LONGEST:
        return ()
    found: list[int] = []
    start = 0
    while start < len(word):
        sign = "##" if start else ""
        ends = (end for end in range(len(word), start, -1) if sign + word[start:end] in numbers)
        end = next(ends, None)
        if end is None:
            return ()
        found.append(numbers[sign + word[start:end]])
        start = end
    return tuple(found)


def _sum(pieces: Iterable[Sequence[int]], table: Vectors) -> Vectors:
    """Add the vectors of each text's pieces up, and bring the sums to the length one."""
    rows = list(pieces)
    summed = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
    for place, row in enumerate(rows):
        if row:
            table[row].sum(axis=0, out=summed[place])  # many times faster here than np.add.reduceat over all rows
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return (summed / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
