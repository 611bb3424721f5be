"""Tell which of several labels a text can match, sooner than by asking the phrase of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from minutes_miner.annotate.phrases import Words, load_phrases


class Choice:
    """Choose among the labels of one file.

    Most texts lack what most labels need. Asking a phrase costs a call, and there are thirty of them a sentence; here
    it costs one operation on two numbers.

    Args:
        name: the file's name, as ``load_phrases`` takes it.
        labels: those to choose among, in the order in which they are to be given; all of the file where None.
    """

    def __init__(self, name: str, labels: Iterable[str] | None = None) -> None:
        self._phrases = load_phrases(name)
        self._some = tuple((label, self._phrases[label].some) for label in labels or self._phrases)

    def find(self, clues: int) -> list[str]:
        """Give the labels that a text with these clues may match; any other has no match in it."""
        return [label for label, some in self._some if clues & some]

    def match(self, text: str) -> str | None:
        """Give the first label whose phrase matches at the start of a text, or None."""
        words = Words(text)
        return next((label for label in self.find(words.clues) if self._phrases[label].match(words)), None)


@cache
def load_choice(name: str, labels: tuple[str, ...] | None = None) -> Choice:
    """Give the choice among labels of a file, made once."""
    return Choice(name, labels)
