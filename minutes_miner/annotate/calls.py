"""Read roll-calls in running text: each name with its side, as in "Ash – for; Birch – against; Coyle – for"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from minutes_miner.annotate.ballots import split_names
from minutes_miner.annotate.rollcalls import BALLOTS
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.rollcall import read_side
from minutes_miner.domain.vocabulary import Ballot, Manner

_MARK = r"(?i:for|against|abst\w*|yes|no|aye)\b"
_NAME = r"[A-ZÀ-Þ][^\n;,.:–()]{1,50}?|the [A-Z][a-z]+"
_ONE = re.compile(rf"(?P<name>{_NAME})\s*[-–:]\s*(?P<side>{_MARK})")
_CALL = re.compile(rf"(?<![^\W_])(?:(?:{_NAME})\s*[-–:]\s*{_MARK}[;,.\s]*(?:and\s+)?){{3,}}")
_SIDE = re.compile(rf"[-–:]\s*{_MARK}(?=\s*(?:[;,.\n]|and\b|$))")
_FEWEST = 3
_LONGEST_NAME = 60


def find_calls(text: str) -> Iterator[Vote]:
    """Find roll-calls of three names or more, each with a side.

    Args:
        text: any text.

    Yields:
        One recorded vote each, with the names as written and the count of each side.
    """
    sides = list(_SIDE.finditer(text))
    if len(sides) < _FEWEST:
        return
    for call in _CALL.finditer(text, max(0, sides[0].start() - _LONGEST_NAME), sides[-1].end() + 1):
        named = [
            (name, BALLOTS.get(read_side(one["side"]) or "", Ballot.ABSTAIN))
            for one in _ONE.finditer(call.group())
            for name in list(split_names(one["name"], None))[:1]
        ]
        counts = Counter(side for _, side in named)
        if len(named) >= _FEWEST and len(counts) > 1:
            yield Vote(
                call.start(),
                call.end(),
                Manner.NAMED,
                counts[Ballot.FOR],
                counts[Ballot.AGAINST],
                counts.get(Ballot.ABSTAIN),
                tuple(named),
                at=call.start(),
                bare=True,
            )
