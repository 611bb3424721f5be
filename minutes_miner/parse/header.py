"""Read from a document's first lines which meeting it is of: date, committee, authority and title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from minutes_miner.parse.body import find_authority, find_committee
from minutes_miner.parse.day import Day, find_days

_LINES = 40
_CHARACTERS = 4000
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?(?:\s+the)?\s*$", re.IGNORECASE)
_HELD = re.compile(r"\b(?:held|convened|took\s+place)\b[^.;]{0,140}$", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:meeting|minutes|committee|council|cabinet|panel|board|agm|assembly)\b[^;]{0,90}$", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:\bmeeting\s*:|\bdate\s+of\s+(?:the\s+)?(?:meeting|decision)s?\s*:?|\bmeeting\s+date\s*:?"
    r"|\bdecided\s+at\s+meeting\s*:[^:]{0,80}"
    r"|\bdecision\s+(?:taken|made)(?:\s+on)?\s*:?|\bdate\s*:)\s*(?:[a-z]+day,?\s*)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^[\s,]*(?:at|from|commencing|starting|@|[-\u2013])?[\s,]*(?:\d{1,2}[.:]?\d{0,2}\s*(?:[ap]\.?\s?m\b|hrs"
    r"|noon|hours|midday)"
    r"|\d{1,2}[.:]\d{2}\b)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:previous|last|next|future|earlier|forthcoming|following|preceding"
    r"|prior)\s+(?:(?!meeting)\w+\s+){0,3}?(?:meetings?|minutes)\b"
    r"(?:(?!\bmeeting\b)[^.;:]){0,60}$"
    r"|\b(?:date|time)\s+of\s+(?:the\s+)?next\b[^.;]{0,60}$|\badjourned\s+from\b[^.;]{0,40}$"
    r"|\b(?:published|publication|updated|printed|created|uploaded|posted|dated|issued|deadline|expires?|due|effective"
    r"|reply\s+by)\b[^.;]{0,30}$"
    r"|\b(?:approv\w+|confirm\w*|sign\w*|adopt\w*|receiv\w+|accept\w*|agree\w*|amend\w*|circulated"
    r"|copy)\b[^.:;]{0,40}\bminutes\b[^.;]{0,120}$"
    r"|\bdraft\s+minutes\s+(?:published|of\s+(?:the\s+)?(?:previous|last))[^.;]{0,60}$"
    r"|\bminutes\s+from\b[^.;]{0,40}$|\bmatters\s+arising\b[^.;]{0,80}$|\bpresented\s+to\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_ANOTHER_TIME = re.compile(
    "previous|last|next|future|earlier|forthcoming|following|preceding|prior|adjourned|publi|updated|printed|created"
    "|uploaded|posted|dated|issued|deadline|expire|due|effective|reply|arising|presented"
)
_ANOTHER_MINUTES = re.compile("approv|confirm|sign|adopt|receiv|accept|agree|amend|circulated|copy|draft|from")
"""Parts of words of which each way to name another meeting holds one, or one and the word "minutes"."""
_MEETING_REACH = 120
_WEEKDAY_REACH = 30
"""Characters before a date in which a word that names the meeting, or a weekday, can stand."""
_TITLE_LINE = re.compile(
    r"(?!.*\bminutes\b).*\b(?:committee|council|cabinet|panel|board|executive|forum)"
    r"(?:\s*[-\u2013]\s*[\w -]{3,30})?\s*[-\u2013,]\s*(?:\w+day,?\s*)?$",
    re.IGNORECASE,
)
_ALREADY = re.compile(
    r"^[^.;:\n]{0,40}?(?<!\bthere )(?<!\bpresent )\b(?:were|was|be|are|having\s+been|as\s+a\s+(?:true|correct))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:date(?:\s+(?:of|the)\s+(?:the\s+)?(?:decision|meeting)|\s+(?:taken|made|decided))?"
    r"|(?:meeting|decision)\s+date)\W*$",
    re.IGNORECASE,
)
"""A line that names the date on the next."""
_NUMBERED = re.compile(
    r"\s*\d{1,4}(?:[./]\d+)*[.)]?\s+(?=[A-Z][a-z]+\s)"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_EARLIER = re.compile(
    r"\W*(?:\d{1,4}\W+)?(?:(?:the|draft|approval\s+of|confirmation\s+of)\s+)*minutes\b", re.IGNORECASE
)
_ROLL = re.compile(r"^\W*(?:\w{1,3}\W+)?(?:present|apologies)\b", re.IGNORECASE | re.MULTILINE)
_TOLD = re.compile(r"\b(?:was|were|is|are|has|have|had|will|would|said)\b", re.IGNORECASE)
_TITLE_WORD = re.compile(r"\b(?:minutes|record\s+of\s+decision|decisions?|meeting|council|committee)\b", re.IGNORECASE)
_FEW_LINES = 4
_OPENING = 300
"""Lines and characters at the start of a document in which a date without further words is the meeting's."""
_PAGE_KINDS = {
    "agenda item",
    "issue - meetings",
    "issue details",
    "decision details",
    "agenda and minutes",
    "minutes",
    "meeting",
}


@dataclass(frozen=True, slots=True)
class Header:
    """Say which meeting a document is of; what it does not tell is None."""

    meeting_date: date | None = None
    committee: str | None = None
    authority: str | None = None
    title: str | None = None


def read_header(lines: Sequence[str], title: str | None = None) -> Header:
    """Read the meeting's date, committee and council from a document's first lines.

    Args:
        lines: the document's blocks or lines, in order; labels such as "Date of decision:" are sought in all of them.
        title: the title that the mark-up or front matter gives, if any.

    Returns:
        What the lines tell; the date is one that stands near words such as "held on" and does not belong to an
        earlier or a later meeting.
    """
    opening = Opening(lines, title)
    return Header(opening.meeting_date, opening.committee, opening.authority, opening.title)


class Opening:
    """Read a document's first lines, each fact when it is asked for.

    Args:
        lines: the document's blocks or lines, in order.
        title: the title that the mark-up or front matter gives, if any.
    """

    def __init__(self, lines: Sequence[str], title: str | None = None) -> None:
        self._opening = [_settle(line) for line in islice(filter(str.strip, lines), _LINES)]
        self._told = [" ".join(title.split())] if title and title.strip() else []
        self._lines = self._told + self._opening

    @cached_property
    def meeting_date(self) -> date | None:
        """The day of the meeting."""
        return find_meeting_date("\n".join(self._lines)[:_CHARACTERS])

    @cached_property
    def authority(self) -> str | None:
        """The council's own name."""
        return find_authority(self._lines)

    @cached_property
    def committee(self) -> str | None:
        """The body that met."""
        return find_committee(self._lines, self.authority)

    @cached_property
    def title(self) -> str | None:
        """The title, or the line that reads as one."""
        return _title(self._told, self._opening)


def _settle(line: str) -> str:
    """Give a line with single spaces; most have no others."""
    if line.isprintable() and "  " not in line and line[0] != " " != line[-1]:
        return line
    return " ".join(line.split())


def find_meeting_date(text: str) -> date | None:
    """Choose the day of the meeting among the dates of a document's opening, or None where none can be it."""
    best: tuple[float, date] | None = None
    for day in find_days(text):
        score = _score(text, day)
        if score > 0 and (best is None or score > best[0]):
            best = (score, day.value)
    return best[1] if best else None


def _score(text: str, day: Day) -> float:
    """Rate how likely a date is to be the meeting's: above 0 where the words around it say so.

    Plain words are sought before expressions are, as most are found nowhere near.
    """
    before = " ".join(text[max(day.start - 180, 0) : day.start].split()) + " "
    after = text[day.end : day.end + 60]
    line = text.rfind("\n", 0, day.start) + 1
    near = text[max(line, day.start - 180) : day.start]
    low = near.casefold()
    may_be_another = _ANOTHER_TIME.search(low) or ("minutes" in low and _ANOTHER_MINUTES.search(low))
    if (may_be_another and _ANOTHER.search(near)) or _ALREADY.match(after) or _is_item(text, line):
        return 0
    low = before.casefold()
    score = 0.0
    if (":" in low or "dat" in low or "decision" in low) and _NAMED.search(before):
        score += 5
    if ("held" in low or "convened" in low or "took" in low) and _HELD.search(before):
        score += 3
    if _MEETING.search(before[-_MEETING_REACH:]):
        score += 2
    if _CLOCK.match(after):
        score += 2
    if "day" in low[-_WEEKDAY_REACH:] and _WEEKDAY.search(before) and (score or day.start < 600):
        score += 2
    if _is_labelled(text, line, day):
        score += 5
    if not score and day.start < 400 and (_stands_alone(text, day) or _is_opening(text, line, day)):
        score = 1
    if not score:
        return 0
    if text.count("\n", 0, day.start) < 3:
        score += 3
    words = text[line : day.start]
    if line and _NUMBERED.match(words):
        score -= 4
    if score and ("-" in words or "\u2013" in words or "," in words) and _TITLE_LINE.match(words):
        score += 4
    return max(score - day.start / 1000, 0)


def _is_item(text: str, line: int) -> bool:
    """Tell whether a line is the item on earlier minutes: who is there has been told above it."""
    return bool(line and _EARLIER.match(text, line) and _ROLL.search(text, 0, line))


def _is_labelled(text: str, line: int, day: Day) -> bool:
    """Tell whether a date begins its line and the line above only says "Date" or "Date of decision"."""
    if day.start - line >= 14:
        return False
    above = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : max(line - 1, 0)]
    return bool(_LABEL.match(above.strip()))


def _is_opening(text: str, line: int, day: Day) -> bool:
    """Tell whether a date stands in a document's first lines, but not in an item of business."""
    early = text.count("\n", 0, day.start) < _FEW_LINES and day.start < _OPENING
    words = text[line : day.start]
    return early and not _TOLD.search(words) and (line == 0 or not _NUMBERED.match(words))


def _stands_alone(text: str, day: Day) -> bool:
    """Tell whether a date fills its line, but for a weekday and a few words."""
    start = text.rfind("\n", 0, day.start) + 1
    end = text.find("\n", day.end)
    rest = text[start : day.start] + text[day.end : end if end >= 0 else len(text)]
    return len(rest) <= 24


def _title(told: list[str], opening: list[str]) -> str | None:
    """Give the mark-up's title, or the first line that reads as one."""
    if told:
        return told[0][:300]
    kinds = [line.lower().strip(" :") in _PAGE_KINDS for line in opening]
    opening = [line for line, kind in zip(opening, kinds, strict=True) if not kind] or opening
    if kinds and kinds[0] and len(opening[0]) < 250:
        return opening[0]
    for line in opening[:4]:
        if len(line) < 250 and _TITLE_WORD.search(line):
            return line[:300]
    return opening[0][:300] if opening and len(opening[0]) <= 160 else None
