"""Read the counts and the manner of a vote from one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from minutes_miner.annotate.choices import load_choice
from minutes_miner.annotate.phrases import load_phrases, read_clues
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Manner, Outcome

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())} | {"no": 0, "nil": 0, "none": 0}
_TENS = {
    word: number
    for number, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_WORDED = {"NEM_CON": Manner.NEM_CON, "UNANIMOUS": Manner.UNANIMOUS, "ASSENT": Manner.ASSENT}
_UNSIDED = ("RIVAL", "ELECTION", "SCORE", "EACH")
_SIDES = ("FOR", "AGAINST", "ABSTAIN")
_BY_NAME = {"ABSTAINER": "ABSTAIN", "OPPOSER": "AGAINST"}
"""Labels of members who are named, each with their side."""
_TELLING = (*_UNSIDED, *_SIDES, *_BY_NAME, "CASTING", "NO_AGAINST", *_WORDED)
"""All labels that tell something of a vote."""
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*")
_MOST_OTHER_WORDS = 2
"""Words beside those that tell a vote, and names, that a sentence can hold and still decide nothing of its own."""


@dataclass(slots=True)
class Tally:
    """Hold what a sentence tells of a vote.

    Attributes:
        counts: side to number.
        manner: how it was taken, where words tell.
        unsided: whether the figures are the two sides' and do not tell which was for.
        spots: where in the sentence each part stands.
    """

    counts: dict[str, int] = field(default_factory=dict)
    manner: Manner | None = None
    unsided: bool = False
    spots: list[tuple[int, int]] = field(default_factory=list)

    def add(self, match: regex.Match[str], **counts: str) -> None:
        """Take in a match and the counts that its words tell."""
        self.spots.append(match.span())
        self.counts |= {side: read_count(word) for side, word in counts.items()}


def read_vote(words: str, offset: int = 0) -> Vote | None:
    """Read a vote.

    Args:
        words: one sentence.
        offset: where it begins in its document.

    Returns:
        The vote with the counts that the sentence states, or None where it tells none.
    """
    tally = read_tally(words)
    return make_vote(tally, words, offset) if tells_vote(tally) else None


def tells_vote(tally: Tally) -> bool:
    """Tell whether what a sentence tells is enough for a vote: votes for, or no abstentions, are not."""
    return bool(tally.manner) or bool(tally.counts.keys() - {"FOR"}) and tally.counts != {"ABSTAIN": 0}


def read_tally(words: str) -> Tally:
    """Read what a sentence tells of a vote; it can be one side's count alone, which the next sentences go on with."""
    tally = Tally()
    possible = load_choice("votes", _TELLING).find(read_clues(words))
    if possible:
        _read_counts(tally, words, possible)
        _read_manner(tally, words, possible)
    if not tally.spots or _is_no_vote(tally, words):
        return Tally()
    return tally


def make_vote(tally: Tally, words: str, offset: int) -> Vote:
    """Make a vote of what a sentence tells."""
    counts = tally.counts
    return Vote(
        offset,
        offset + len(words),
        tally.manner or Manner.COUNTED,
        counts.get("FOR"),
        counts.get("AGAINST"),
        counts.get("ABSTAIN"),
        outcome=_read_outcome(tally, words),
        at=offset + min(start for start, _ in tally.spots),
        bare=is_bare(words),
        unsided=tally.unsided,
        amends=bool(load_phrases("votes")["AMENDMENT"].search(words)),
    )


def _read_outcome(tally: Tally, words: str) -> Outcome | None:
    """Give the outcome of a vote that failed, in so many words or by a casting vote against."""
    phrases = load_phrases("votes")
    if phrases["LOST_BY"].search(words):
        return Outcome.LOST
    return Outcome.LOST if tally.manner is Manner.CASTING_VOTE and phrases["CAST_AGAINST"].search(words) else None


def _read_counts(tally: Tally, words: str, possible: Sequence[str]) -> None:
    phrases = load_phrases("votes")
    for name in filter(possible.__contains__, _UNSIDED):
        match = phrases[name].search(words)
        if match:
            both = (match["n"], match["n"]) if name == "EACH" else (match["for"], match["against"])
            tally.add(match, FOR=both[0], AGAINST=both[1])
            tally.unsided = True
            if name == "SCORE" and match["abstain"]:
                tally.add(match, ABSTAIN=match["abstain"])
            break
    for side in filter(possible.__contains__, _SIDES):
        match = phrases[side].search(words)
        if match and side not in tally.counts and not (tally.unsided and side != "ABSTAIN"):
            tally.add(match, **{side: match["n"]})
    for name, side in _BY_NAME.items():
        if side not in tally.counts and not (tally.unsided and side == "AGAINST"):
            if match := phrases[name].search(words):
                tally.spots.append(match.span())
                tally.counts[side] = len(re.split(r",\s*|\s+and\s+|\s*&\s*", match["who"]))


def _read_manner(tally: Tally, words: str, possible: Sequence[str]) -> None:
    phrases = load_phrases("votes")
    casting = phrases["CASTING"].search(words) if "CASTING" in possible else None
    if casting and not phrases["NO_CASTING"].search(words):
        tally.manner = Manner.CASTING_VOTE
        tally.spots.append(casting.span())
        return
    if match := phrases["NO_AGAINST"].search(words):
        tally.spots.append(match.span())
        if "FOR" in tally.counts:
            tally.counts["AGAINST"] = 0
        else:
            tally.counts.pop("AGAINST", None)
            tally.manner = Manner.NEM_CON
    for name in filter(possible.__contains__, _WORDED):
        match = phrases[name].search(words)
        if match and not tally.counts.get("AGAINST") and tally.manner is None:
            tally.manner = _WORDED[name]
            tally.spots.append(match.span())


def _is_no_vote(tally: Tally, words: str) -> bool:
    """Tell whether figures or words that look like a vote's are a survey's, a score or a comparison."""
    phrases = load_phrases("votes")
    if phrases["VOTED_NOT"].search(words):
        return True
    if tally.manner is not None or "FOR" in tally.counts and not tally.unsided:
        return False
    return not phrases["VERDICT"].search(words) and bool(_other_words(words))


def is_bare(words: str) -> bool:
    """Tell whether a sentence says nothing but how a vote went, who took part and with what result."""
    return len(_other_words(words)) <= _MOST_OTHER_WORDS and not load_phrases("votes")["DECIDES"].search(words)


def _other_words(words: str) -> list[str]:
    """Give the words of a sentence, beside names, that do not tell of voting."""
    tells = load_phrases("votes")["TALLY_WORDS"]
    return [token for token in _TOKEN.findall(words) if token[0].islower() and not tells.match(token)]


def read_count(word: str) -> int:
    """Read a number in figures or words, up to ninety-nine in words."""
    if word.isdigit():
        return int(word)
    tens, _, units = word.lower().replace(" ", "-").partition("-")
    return _TENS[tens] + (_NUMBERS[units] if units else 0) if tens in _TENS else _NUMBERS[tens]
