"""Compare what was written of a PDF's pages with the letters that PDFium sees on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minutes_miner.domain.source import Notice
from minutes_miner.domain.vocabulary import WarningCode

_SHARE = 0.02
_FEW = 30
"""Letters, about six words, that a page may lose however short it is: the header of an Action column, a stray mark."""
_OTHER = bytes(code for code in range(128) if not chr(code).isalnum())
_SHOWN = 10


def count_letters(text: str) -> int:
    """Count the Latin letters and the figures of a text, accents and other scripts left out.

    These are what hyphens, spaces, bullets and ligatures leave alone, so that they can be compared before and after.
    """
    return len(text.encode("ascii", "ignore").translate(None, _OTHER))


def find_losses(seen: Iterable[tuple[int, int]], read: Mapping[int, int]) -> dict[int, float]:
    """Find the pages that lost more than 2 % of their letters.

    Args:
        seen: each page's number and the letters that stand on it.
        read: letters that were read or left out on purpose, by page number.

    Returns:
        The share of the letters that was lost, by page number.
    """
    return {
        number: (letters - read.get(number, 0)) / letters
        for number, letters in seen
        if letters - read.get(number, 0) > max(_SHARE * letters, _FEW)
    }


def note_losses(losses: Mapping[int, float], total: int) -> tuple[Notice, ...]:
    """Tell which of a document's pages lost words.

    Args:
        losses: the share that each of them lost, by page number.
        total: number of pages of the document.
    """
    if not losses:
        return ()
    shown = ", ".join(f"page {number} ({share:.0%})" for number, share in list(losses.items())[:_SHOWN])
    more = ", \u2026" if len(losses) > _SHOWN else ""
    message = f"{len(losses)} of {total} pages lost more than {_SHARE:.0%} of their words: {shown}{more}"
    return (Notice(WarningCode.WORDS_LOST, message),)
