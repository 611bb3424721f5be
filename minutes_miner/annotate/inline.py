"""Cut a sentence that holds several decisions into their clauses."""

from __future__ import annotations

import re

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.annotate.sentences import iter_sentences
from minutes_miner.annotate.triggers import STRONG
from minutes_miner.domain.finding import Offsets

_LONGEST_LEAD = 160
"""Characters between the words that decide and the mark of the first clause in a sentence."""
_FIRST_NUMBER = re.compile(r"\W*[1aA]\W*$")
_SETTLED = re.compile(r"\b(?:resolved|agreed)\b", re.IGNORECASE)


def split_sentence(layout: Layout, unit: Unit, trigger: str) -> list[Offsets]:
    """Cut a sentence that decides into its clauses; those of a formal resolution can be sentences of their own.

    Args:
        layout: the document.
        unit: the sentence.
        trigger: name of the pattern that decides.

    Returns:
        Offsets of each clause; empty where the sentence is one decision.
    """
    block = layout.blocks[unit.block]
    if trigger in STRONG:
        return split_inline(layout.text, unit.start, block.end, first_before=unit.end) or _split_twice(unit)
    if unit.first and block.number and _FIRST_NUMBER.match(block.number) and unit.topic == "DECISION":
        return split_inline(layout.text, unit.start, block.end, opened=True)
    return split_inline(layout.text, unit.start, unit.end) if trigger == "AGREED_BODY" else []


def _split_twice(unit: Unit) -> list[Offsets]:
    """Cut a sentence that resolves twice: "RESOLVED that … and RESOLVED that …"."""
    first = _SETTLED.search(unit.words)
    marks = load_phrases("resolutions")["AGAIN"].finditer(unit.words, first.end()) if first else ()
    again = [unit.start + match.start("again") for match in marks]
    starts, ends = [unit.start, *again], [*(start - 1 for start in again), unit.end]
    return list(zip(starts, ends, strict=True)) if again else []


def split_inline(
    text: str, start: int, end: int, *, opened: bool = False, first_before: int | None = None
) -> list[Offsets]:
    """Cut a sentence such as "RESOLVED that (a) the report be noted; and (b) officers report back." into its clauses.

    Args:
        text: the whole text.
        start: where the sentence begins.
        end: where its block ends.
        opened: whether the number of its block, "1." or "A.", opens the series.
        first_before: where the sentence ends, if its block goes on: what begins to be counted later is another matter.

    Returns:
        Offsets of each clause; empty where fewer than two follow each other from the first of a series.
    """
    values: list[str] = ["1"] if opened else []
    spots: list[Offsets] = [(start, start)] if opened else []
    stops = opened
    for mark in load_phrases("clauses")["INLINE"].finditer(text, start, end):
        value = (mark["a"] or mark["b"] or mark["stop"]).lower()
        if not values:
            if value not in {"a", "i", "1"} or mark.start() - start > _LONGEST_LEAD:
                return []
            if first_before is not None and text[first_before : mark.start()].strip():
                return []
            if load_phrases("clauses")["LISTS_THINGS"].search(text, start, mark.start()):
                return []
            stops = bool(mark["stop"])
        elif stops != bool(mark["stop"]) or value not in _next_values(values):
            continue
        values.append(value)
        spots.append(mark.span())
    if len(spots) < 2:
        return []
    if opened and not all(load_phrases("resolutions")["UNDER_DECISION"].match(text, stop, end) for _, stop in spots):
        return []
    starts, ends = [spot[1] for spot in spots], [spot[0] for spot in spots[1:]]
    ends.append(end)
    earlier = zip(starts[:-1], ends[:-1], strict=True)
    if stops or all(_find_sentence_end(text, *clause) >= clause[1] - 2 for clause in earlier):
        ends[-1] = _find_sentence_end(text, starts[-1], end)
    return [(start, _rstrip(text, start, stop)) for start, stop in zip(starts, ends, strict=True)]


def _find_sentence_end(text: str, start: int, end: int) -> int:
    return next((stop for _, stop in iter_sentences(text, start, end)), end)


def _next_values(values: list[str]) -> set[str]:
    """Give what the next mark can be; a first one that is the block's number may be a letter as well."""
    return {_next_value(values[-1]), "b"} if len(values) == 1 else {_next_value(values[-1])}


def _next_value(value: str) -> str:
    romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    if value.isdigit():
        return str(int(value) + 1)
    if value in romans[:-1] and value != "v":
        return romans[romans.index(value) + 1]
    return chr(ord(value[-1]) + 1)


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
