"""Cut text into sentences."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_miner.annotate.phrases import load_phrases

_BULLETS = "•●▪\uf0b7"
_MARGIN = f" \t\n\r\f\u00a0{_BULLETS}"
_LONGEST_ABBREVIATION = 12
_LONGEST_SENTENCE = 3000
"""Characters; what goes on longer is no sentence but a list or a broken document, and is cut."""


def iter_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut part of a text into sentences.

    Full stops after titles, initials, months and numbering do not end a sentence; bullets inside a line begin one.

    Args:
        text: the whole text.
        start: offset to begin at.
        end: offset to end at.

    Yields:
        Offsets of each sentence without white space around it.
    """
    phrases = load_phrases("sentences")
    # Most text has no bullets and no wide gaps; then STOP, which has to try every space, finds no more than MARK does.
    stops = phrases["STOP" if _has_gaps(text[start:end]) else "MARK"]
    begin = start
    for stop in stops.finditer(text, start, end):
        if stop.group()[0] == "." and _is_abbreviated(text, begin, stop.start(), stop.end()):
            continue
        yield from _cut(text, begin, stop.end())
        begin = stop.end()
    yield from _cut(text, begin, end)


def _has_gaps(piece: str) -> bool:
    """Tell whether there may be four spaces in a row, or a bullet."""
    if len(piece) - len(" ".join(piece.split())) > 2:
        return True
    return not piece.isascii() and any(bullet in piece for bullet in _BULLETS)


def _is_abbreviated(text: str, begin: int, stop: int, after: int) -> bool:
    """Tell whether a full stop belongs to an abbreviation; "no." can end a sentence all the same."""
    phrases = load_phrases("sentences")
    start = max(begin, stop - _LONGEST_ABBREVIATION)
    head = text[start:stop] if start == begin else f"x{text[start:stop]}"
    if not phrases["ABBREVIATION"].search(head):
        return False
    return not (phrases["A_WORD_TOO"].search(head) and phrases["NEW_SENTENCE"].match(text, after))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a sentence, in pieces where it is longer than any sentence."""
    while end - start > _LONGEST_SENTENCE:
        middle = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        middle = middle if middle > 0 else start + _LONGEST_SENTENCE
        yield from _trim(text, start, middle)
        start = middle
    yield from _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(_MARGIN))
    right = len(piece.rstrip(_MARGIN))
    if right > left:
        yield start + left, start + right
