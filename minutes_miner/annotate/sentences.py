"""Cut text into sentences."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_miner.annotate.phrases import load_phrases

_MARGIN = " \t\n\r\f\u00a0•●▪\uf0b7"
_LONGEST_ABBREVIATION = 12


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
    begin = start
    for stop in load_phrases("sentences")["STOP"].finditer(text, start, end):
        if stop.group()[0] == "." and _is_abbreviated(text[begin : stop.start()], text[stop.end() : stop.end() + 20]):
            continue
        yield from _trim(text, begin, stop.end())
        begin = stop.end()
    yield from _trim(text, begin, end)


def _is_abbreviated(before: str, after: str) -> bool:
    """Tell whether a full stop belongs to an abbreviation; "no." can end a sentence all the same."""
    phrases = load_phrases("sentences")
    head = before if len(before) <= _LONGEST_ABBREVIATION else before[-_LONGEST_ABBREVIATION:]
    if not phrases["ABBREVIATION"].search(head) or not phrases["ABBREVIATION"].search(before):
        return False
    return not (phrases["A_WORD_TOO"].search(head) and phrases["NEW_SENTENCE"].match(after))


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(_MARGIN))
    right = len(piece.rstrip(_MARGIN))
    if right > left:
        yield start + left, start + right
