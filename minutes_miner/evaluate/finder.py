"""Find quoted words in a text, whatever white space, signs and line breaks stand between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_miner.evaluate.annotation import Span

CURRENCIES = "£$€"
HEADS = (80, 40, 20)
"""Letters of a quote's beginning that are looked for where the whole of it does not stand in the text."""


class Finder:
    """Find words in one text.

    Args:
        text: the document's text; offsets are into it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._offsets = _fold(text)

    def find_all(self, words: str) -> list[Span]:
        """Give every place where the words stand as whole words, in order."""
        return [span for span in self._iter_spans(_fold(words)[0]) if self._is_whole(span)]

    def find_nearly(self, words: str) -> Span | None:
        """Give the first place where the words begin, up to where they end if something stands between; or None."""
        folded = _fold(words)[0]
        for length in HEADS:
            if len(folded) <= length:
                continue
            head = next(self._iter_spans(folded[:length]), None)
            if head is None:
                continue
            reach = head[0] + 3 * len(words) + 400
            tails = self._iter_spans(folded[-length:])
            end = next((tail[1] for tail in tails if head[0] < tail[0] and tail[1] <= reach), head[1])
            return head[0], end
        return None

    def _iter_spans(self, folded: str) -> Iterator[Span]:
        at = self._folded.find(folded) if folded else -1
        while at >= 0:
            yield self._offsets[at], self._offsets[at + len(folded) - 1] + 1
            at = self._folded.find(folded, at + 1)

    def _is_whole(self, span: Span) -> bool:
        before, after = self._text[span[0] - 1 : span[0]], self._text[span[1] : span[1] + 1]
        first, last = self._text[span[0]], self._text[span[1] - 1]
        return not (before.isalnum() and first.isalnum()) and not (after.isalnum() and last.isalnum())


def find_overlap(span: Span, others: Iterable[Span]) -> Span | None:
    """Give the first of the spans that shares a character with a span, or None."""
    return next((other for other in others if span[0] < other[1] and other[0] < span[1]), None)


def _fold(text: str) -> tuple[str, list[int]]:
    """Give letters, figures, signs of currency and of decimals alone, small, and the offset of each."""
    folded, offsets = [], []
    for offset, sign in enumerate(text):
        if sign.isalnum() or sign in CURRENCIES or (sign in ".," and _stands_in_figure(text, offset)):
            small = sign.lower()
            folded.append(small if len(small) == 1 else sign)
            offsets.append(offset)
    return "".join(folded), offsets


def _stands_in_figure(text: str, offset: int) -> bool:
    return text[max(offset - 1, 0) : offset].isdigit() and text[offset + 1 : offset + 2].isdigit()
