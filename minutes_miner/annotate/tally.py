"""Read the counts and the manner of a vote from one sentence."""

from __future__ import annotations

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Manner

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
_SIMPLE = {
    "CASTING": Manner.CASTING_VOTE,
    "NEM_CON": Manner.NEM_CON,
    "UNANIMOUS": Manner.UNANIMOUS,
    "ASSENT": Manner.ASSENT,
}


def read_vote(words: str, offset: int = 0) -> Vote | None:
    """Read a vote.

    Args:
        words: one sentence.
        offset: where it begins in its document.

    Returns:
        The vote with the counts that the sentence states, or None where it tells none.
    """
    phrases = load_phrases("votes")
    counts = {
        side: read_count(match["n"]) for side in ("FOR", "AGAINST", "ABSTAIN") if (match := phrases[side].search(words))
    }
    by = phrases["BY"].search(words)
    if by and not counts:
        counts = {"FOR": read_count(by["for"]), "AGAINST": read_count(by["against"])}
    manner = next((made for label, made in _SIMPLE.items() if phrases[label].search(words)), None)
    if manner is None and not (len(counts) > 1 or "AGAINST" in counts):
        return None
    if phrases["VOTED_NOT"].search(words):
        return None
    end = offset + len(words)
    return Vote(offset, end, manner or Manner.COUNTED, counts.get("FOR"), counts.get("AGAINST"), counts.get("ABSTAIN"))


def read_count(word: str) -> int:
    """Read a number in figures or words, up to ninety-nine in words."""
    if word.isdigit():
        return int(word)
    tens, _, units = word.lower().replace(" ", "-").partition("-")
    return _TENS[tens] + (_NUMBERS[units] if units else 0) if tens in _TENS else _NUMBERS[tens]
