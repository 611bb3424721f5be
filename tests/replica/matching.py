"""Compare decisions found with those of the model, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .model import Truth


@dataclass(frozen=True)
class Comparison:
    """Hold what was not found, and what was found besides, such as a decision found twice."""

    found: tuple[tuple[Truth, str], ...]
    missing: tuple[Truth, ...]
    besides: tuple[tuple[str, str], ...]


def plain(text: str) -> str:
    """Give a text's words and figures alone, in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def compare(truths: Iterable[Truth], found: Iterable[tuple[str, str]]) -> Comparison:
    """Pair the decisions of the model with those found.

    Args:
        truths: of the model.
        found: pairs of the occasion's key and the decision's text; the text may have more words before and after the
            clause, such as who proposed it.
    """
    groups: dict[str, list[str]] = {}
    for key, text in found:
        groups.setdefault(key, []).append(text)
    pairs, missing = [], []
    for truth in truths:
        texts = groups.get(truth.occasion, [])
        at = next((at for at, text in enumerate(texts) if plain(truth.text) in plain(text)), None)
        if at is None:
            missing.append(truth)
        else:
            pairs.append((truth, texts.pop(at)))
    besides = [(key, text) for key, texts in groups.items() for text in texts]
    return Comparison(tuple(pairs), tuple(missing), tuple(besides))
