"""Find the stretches of a text in which a time can stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from minutes_miner.annotate.phrases import read_clues

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_WEEKDAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WORD = (
    rf"(?:\w*\d\w*|{_MONTH}\w*|(?:to|until)?{_WEEKDAY}|the|of|day|to|until|and|last|next|this|year|quarter|financial"
    r"|first|second|third|fourth|final|end|month|new|weds|spring|summer|autumn|winter|q|st|nd|rd|t|h|th)"
)
_HEAD = regex.compile(rf"\d|\b(?:{_MONTH}|(?:spring|summer|autumn|winter|quarter|month)\b)", regex.IGNORECASE)
_BEFORE = regex.compile(rf"(?r)(?:(?<!\w){_WORD}\W+)*\w*", regex.IGNORECASE)
_AFTER = regex.compile(rf"(?P<run>\w*(?:\W+{_WORD}(?!\w))*)(?:\W+\w+\W?)?", regex.IGNORECASE)


class Run(NamedTuple):
    """Hold the offsets of a run, with the word after it so that a rule sees what follows, and its clues."""

    start: int
    end: int
    clues: int


def find_runs(text: str) -> Iterator[Run]:
    """Find runs of the words that times are made of, around figures and names of months.

    Every rule of ``patterns/times.jsonl`` matches inside a run: the words that a new rule brings stand in ``_WORD``.

    Args:
        text: any text.

    Yields:
        Runs in order.
    """
    reached = 0
    for head in _HEAD.finditer(text):
        if head.start() < reached:
            continue
        before, after = _BEFORE.match(text, reached, head.start()), _AFTER.match(text, head.start())
        start, end = before.start() if before else head.start(), after.end() if after else head.end()
        reached = after.end("run") if after else head.end()
        yield Run(start, end, read_clues(text[start:end]))
