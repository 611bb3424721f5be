"""Merge statements of one decision or task that a document makes more than once."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from minutes_miner.domain.finding import Offsets, Resolution, Task
from minutes_miner.domain.vocabulary import Kind
from minutes_miner.domain.wording import SAME_MEETING, differ, find_words
from minutes_miner.extract.restated import pair_lists, recaps

Found = TypeVar("Found", Resolution, Task)

_OFFICE = re.compile(
    r"(?:\b(?:vice|deputy|minutes?|assistant|membership)[\s-]+)?\b"
    r"(?:chair|mayor|provost|convener|president|treasurer|secretary|clerk)"
)
_MEETING = re.compile(r"^\s*Meeting:? +\d\d?/\d\d?/\d{4}\b", re.MULTILINE)
"""A line that begins another meeting's part on the page of an issue: each meeting approves minutes of its own."""
_ELSEWHERE = 0.85
_CONTAINED = 0.8
"""Token F1 from which two statements in different parts of a document are one,
and the share of the shorter one's words that a longer one in the same item must hold."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[Found]):
    """Hold the findings that state one thing; ``main`` is the most formal of them."""

    main: Found
    statements: tuple[Found, ...]

    @property
    def spots(self) -> tuple[Offsets, ...]:
        """Give every place that states it, the main one first."""
        return _places((self.main, *self.statements))

    @property
    def region(self) -> Offsets:
        """Give the range from the first word of its statements to the last."""
        return min(start for start, _ in self.spots), max(end for _, end in self.spots)


def _places(statements: Sequence[Resolution | Task]) -> tuple[Offsets, ...]:
    spots = [spot for found in statements for spot in ((found.start, found.end), *found.mentions)]
    return tuple(dict.fromkeys(spots))


def merge_statements(findings: Sequence[Found], text: str, find_item: Callable[[int], int]) -> list[Merged[Found]]:
    """Merge findings whose words say the same.

    Statements that each hold names or figures of their own are kept apart however alike they are, and so are clauses
    of one list.

    Args:
        findings: in the order of the text.
        text: the text they stand in.
        find_item: gives the agenda item of an offset.

    Returns:
        Groups in the order of their first statement.
    """
    groups: list[list[Found]] = []
    words = {id(found): find_words(text[found.start : found.end]) for found in findings}
    twins = pair_lists(findings, words, find_item)
    meetings = [line.start() for line in _MEETING.finditer(text)]
    for found in findings:
        meeting = bisect(meetings, found.start)
        for group in groups:
            if meetings and bisect(meetings, group[0].start) != meeting:
                continue
            if id(group[0]) == twins.get(id(found)) or recaps(found, group[0], words, text) or (
                _is_same(found, group[0], words, text, find_item) and not _is_beside(found, group)
            ):
                group.append(found)
                break
        else:
            groups.append([found])
    return [Merged(_main(group), tuple(group)) for group in groups]


def _is_beside(found: Found, group: list[Found]) -> bool:
    """Tell whether a finding is a clause of a list of which another clause is in a group already."""
    if not isinstance(found, Resolution):
        return False
    return any(isinstance(other, Resolution) and other.group == found.group for other in group)


def _main(group: list[Found]) -> Found:
    return max(group, key=lambda found: (found.confidence, -found.start))


def _is_same(
    found: Found, other: Found, words: dict[int, list[str]], text: str, find_item: Callable[[int], int]
) -> bool:
    if isinstance(found, Resolution) and isinstance(other, Resolution):
        if found.outcome != other.outcome:
            return False
        if found.kind == other.kind == Kind.APPOINT and _fill_others(text, found, other):
            return False
        if "MOTION" in {found.trigger, other.trigger} and not 0.5 < _length(found) / _length(other) < 2:
            return False
    first, second = words[id(found)], words[id(other)]
    if "TABLE" in {found.trigger, other.trigger} and found.trigger != other.trigger:
        common = len(set(first) & set(second))
        return common >= 3 and common / min(len(set(first)), len(set(second))) >= _CONTAINED
    limit = SAME_MEETING if find_item(found.start) == find_item(other.start) else _ELSEWHERE
    if min(len(first), len(second)) < (4 if limit == SAME_MEETING else 9):
        return False
    common = len(set(first) & set(second))
    score = 2 * common / (len(set(first)) + len(set(second)))
    inside = limit == SAME_MEETING and common >= 5 and common / min(len(set(first)), len(set(second))) >= _CONTAINED
    if not (score >= limit or inside):
        return False
    exact = isinstance(found, Resolution)
    return not differ(text[found.start : found.end], text[other.start : other.end], exact=exact)


def _fill_others(text: str, found: Resolution, other: Resolution) -> bool:
    """Tell whether two elections are to different offices, such as Chair and Vice-Chair."""
    offices = [set(_OFFICE.findall(text[one.start : one.end].lower())) for one in (found, other)]
    return bool(offices[0] and offices[1]) and not offices[0] & offices[1]


def _length(found: Resolution | Task) -> int:
    return max(1, found.end - found.start)
