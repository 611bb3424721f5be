"""Tell from the words around a date whether it lies behind the meeting or before it."""

from __future__ import annotations

from enum import Enum

from minutes_miner.annotate.phrases import load_phrases

_BEFORE = 120
_AFTER = 60
"""Characters of a sentence that are read before and after a date."""


class Tense(Enum):
    """Hold where a day or month without a year lies, seen from the meeting."""

    PAST = "past"
    """Not after the meeting: "since March", "had met in May"."""
    BACK = "back"
    """Rather before the meeting: "came in March"."""
    OPEN = "open"
    """No word tells."""
    AHEAD = "ahead"
    """Rather after the meeting: "would open in May"."""
    FUTURE = "future"
    """Not before the meeting: "date of next meeting"."""


_CUES = {"far": Tense.PAST, "ahead": Tense.AHEAD, "back": Tense.BACK, "reset": Tense.OPEN}


def read_tense(text: str, start: int, end: int) -> Tense:
    """Read the tense of the sentence that a date stands in.

    The cue nearest before the date counts; a date that begins its sentence takes the first cue after it.

    Args:
        text: any text.
        start, end: offsets of the date.
    """
    phrases = load_phrases("dates")
    if phrases["LAST"].match(text, end):
        return Tense.PAST
    before = text[max(0, start - _BEFORE) : start]
    breaks = [match.end() for match in phrases["BREAK"].finditer(before)]
    before = before[breaks[-1] :] if breaks else before
    found = [match.lastgroup or "" for match in phrases["TENSE"].finditer(before)]
    if found:
        return _nearest(found)
    if len(before.split()) > 3:
        return Tense.OPEN
    after = text[end : end + _AFTER]
    stop = phrases["BREAK"].search(after)
    cue = phrases["TENSE"].search(after[: stop.start()] if stop else after)
    return _CUES[cue.lastgroup or ""] if cue else Tense.OPEN


def _nearest(cues: list[str]) -> Tense:
    """Give the tense of the last cue; a participle after "had" or "since" belongs to that: "had been painted"."""
    while cues[-1] == "back" and len(cues) > 1 and cues[-2] in {"back", "far"}:
        cues = cues[:-1]
    return _CUES[cues[-1]]
