"""Describe sentences by the features that the trained components weigh."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from minutes_miner.annotate.patternfiles import load_definitions
from minutes_miner.annotate.sections import Layout, Unit

_REMEMBERED = 1000
"""Sentences whose tokens are remembered: a document's decisions and tasks have the same neighbours and titles."""
_LONGEST = 60
"""Words of a candidate that count; what stands further on seldom tells what it is."""
_TOKEN = re.compile(r"[a-zà-ÿ]+(?:[’'][a-z]+)?|\d+|[£€:;?()/–-]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold words that may be a record.

    Attributes:
        start, end: the words.
        trigger: name of the rule that found them.
        kind: what the rules take its kind to be, or "".
    """

    start: int
    end: int
    trigger: str
    kind: str = ""


class Features:
    """Describe candidates of one document.

    Args:
        layout: the document.
        found: what the rules found: it tells how this document words its decisions.
    """

    def __init__(self, layout: Layout, found: list[Candidate]) -> None:
        self._layout = layout
        self._units = list(layout.iter_units())
        self._starts = [unit.start for unit in self._units]
        self._found = sorted((candidate.start, candidate.end, candidate.trigger) for candidate in found)
        self._found_starts = [start for start, _, _ in self._found]
        self._habit = self._find_habit()

    def describe(self, candidate: Candidate) -> Iterator[str]:
        """Give the features of a candidate, each once or more."""
        index = bisect_right(self._starts, candidate.start) - 1
        after = bisect_left(self._starts, candidate.end)
        tokens = self._words(candidate.start, candidate.end)
        yield from _describe_words(tokens)
        yield from self._describe_place(candidate, max(index, 0), tokens)
        here = self._units[index] if index >= 0 else None
        yield from self._describe_neighbour("p", self._units[index - 1] if index > 0 else None, here)
        yield from self._describe_neighbour("n", self._units[after] if after < len(self._units) else None, here)

    def _describe_place(self, candidate: Candidate, index: int, tokens: tuple[str, ...]) -> Iterator[str]:
        layout = self._layout
        unit = self._units[index] if self._units else None
        block = layout.blocks[unit.block] if unit else None
        topic = unit.topic if unit else None
        trigger, kind = candidate.trigger, candidate.kind
        yield f"trigger={trigger}"
        yield f"trigger={trigger} topic={topic}"
        yield f"trigger={trigger} habit={self._habit}"
        yield f"trigger={trigger} kind={kind}"
        yield f"topic={topic}"
        yield f"habit={self._habit}"
        length = min(7, len(tokens).bit_length())
        yield f"length={length}"
        yield f"trigger={trigger} length={length}"
        last = layout.text[candidate.end - 1 : candidate.end]
        yield f"last={last if not last.isalnum() else 'a'}"
        if block is not None and unit is not None:
            whole = candidate.start <= block.body + 1 and candidate.end >= block.end - 2
            place = "whole" if whole else "first" if unit.first else "last" if candidate.end >= block.end - 2 else "mid"
            yield f"role={block.role}"
            yield f"place={place}"
            yield f"place={place} trigger={trigger}"
            yield f"number={_shape(block.number)}"
            section = layout.sections[unit.section] if unit.section >= 0 else None
            if section is not None:
                yield "in section" if section.parent is not None else "in item"
                yield f"ends item={candidate.end >= section.end - 3}"
                for word in _tokenise(section.title)[:8]:
                    yield f"title:{word}"

    def _describe_neighbour(self, side: str, unit: Unit | None, here: Unit | None) -> Iterator[str]:
        find_item = self._layout.find_item
        if unit is None or here is None or find_item(unit.start) != find_item(here.start):
            yield f"{side}:none"
            return
        tokens = self._words(unit.start, unit.end)
        yield f"{side}:same={unit.block == here.block}"
        yield f"{side}:trigger={self._trigger_in(unit)}"
        for word in tokens[:3]:
            yield f"{side}<{word}"
        for word in tokens[-2:]:
            yield f"{side}>{word}"

    def _words(self, start: int, end: int) -> tuple[str, ...]:
        return _tokenise(self._layout.text[start:end])[:_LONGEST]

    def _trigger_in(self, unit: Unit) -> str:
        spots = self._overlapping(unit.start, unit.end)
        return spots[0][2] if spots else ""

    def _overlapping(self, start: int, end: int) -> list[tuple[int, int, str]]:
        last = bisect_left(self._found_starts, end)
        return [spot for spot in self._found[max(0, last - 3) : last] if spot[1] > start]

    def _find_habit(self) -> str:
        """Tell how a document words what it decides: by "RESOLVED", plainly, or hardly at all."""
        formal = sum(trigger in {"FORMAL", "CLAUSE"} for _, _, trigger in self._found)
        share = formal / len(self._found) if self._found else 0
        return "none" if not self._found else "formal" if share > 0.6 else "mixed" if share > 0.15 else "plain"


def _describe_words(tokens: tuple[str, ...]) -> Iterator[str]:
    for word in tokens:
        yield f"w:{word}"
    for pair in zip(tokens, tokens[1:], strict=False):
        yield f"w:{pair[0]} {pair[1]}"
    plain = [_plain(token) for token in (*tokens[:4], *tokens[-2:])]
    for length in (1, 2, 3, 4):
        yield f"begins:{' '.join(plain[: min(length, len(tokens))])}"
    yield f"ends:{' '.join(plain[-2:])}"


@lru_cache(_REMEMBERED)
def _tokenise(words: str) -> tuple[str, ...]:
    """Cut words into tokens in small letters; names, posts and bodies become stand-ins, figures 0."""
    words = _load_stand_ins()[0].sub(lambda match: f" {match.lastgroup} ", words)
    return tuple("0" if token.isdigit() else token for token in _TOKEN.findall(words.lower()))


@cache
def _plain(token: str) -> str:
    """Give "V" for a verb by which tasks are set, any other token itself."""
    return "V" if _load_stand_ins()[1].fullmatch(token) else token


@cache
def _load_stand_ins() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what stands for names, posts and bodies, and for the verbs of tasks."""
    parts = load_definitions("standins")
    verbs = parts.pop("V")
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items())), re.compile(verbs)


def _shape(number: str | None) -> str:
    """Give the style of a block's number: "(a)" for "(c)", "1." for "37."."""
    if not number:
        return ""
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "1", re.sub(r"[A-Z]+", "A", number)))[:6]
