"""Read roll-calls in running text: each name with its side, as in "Ash – for; Birch – against; Coyle – for"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from minutes_miner.annotate.ballots import split_names
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Ballot, Manner

_SIDES = {"for": Ballot.FOR, "yes": Ballot.FOR, "aye": Ballot.FOR, "against": Ballot.AGAINST, "no": Ballot.AGAINST}
_CALLED = (
    r"(?P<name>[A-ZÀ-Þ][^\n;,.:–()]{1,50}?|the [A-Z][a-z]+)\s*(?:[-–:]|\s-)\s*"
    r"(?P<side>for|against|abst\w*|yes|no|aye)\b"
)
_ONE = re.compile(_CALLED, re.IGNORECASE)
_CALL = re.compile(rf"(?<![^\W_])(?:{re.sub('[?]P<[a-z]+>', '?:', _CALLED)}[;,.\s]*(?:and\s+)?){{3,}}", re.IGNORECASE)
_MARK = re.compile(r"[-–:]\s*(?:against|abst|no\b)", re.IGNORECASE)
"""What a roll-call holds that is worth recording: somebody who was not for it."""


def find_calls(text: str) -> Iterator[Vote]:
    """Find roll-calls of three names or more, each with a side.

    Args:
        text: any text.

    Yields:
        One recorded vote each, with the names as written and the count of each side.
    """
    if not _MARK.search(text):
        return
    for call in _CALL.finditer(text):
        named = [
            (name, _SIDES.get(one["side"].lower(), Ballot.ABSTAIN))
            for one in _ONE.finditer(call.group())
            for name in list(split_names(one["name"], None))[:1]
        ]
        counts = Counter(side for _, side in named)
        if len(named) > 2 and len(counts) > 1:
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
