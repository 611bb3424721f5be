"""Read the pages of a PDF that have no usable text layer: tell them from others, and have them read by OCR."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium

from minutes_miner.config import Limits
from minutes_miner.domain.source import Notice
from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.errors import ParseError
from minutes_miner.parse.glyph import Sheet, Word
from minutes_miner.parse.ocr import INSTALL, find_tesseract, read_picture, render

_FEW = 25
"""Characters that a stamp, such as a page number, may lay over a scan."""
_SOME = 200
"""Characters that running heads may lay over a scan which fills its page."""
_PART, _FULL = 0.5, 0.85
"""Shares of the page that pictures cover."""
_SPOT = 0.02
_DRAWN = 50
"""Paths from which a page without any letter may be one whose letters are drawn."""
_VOWELS = 0.2
"""Share of vowels among Latin letters that no language stays under, unless its letters are not what they claim."""
_LETTERS = 100
_GAIN = 1.5
"""Times the letters of the text layer that OCR must find for its words to be taken."""
_SHARE = 0.8
"""Share of the document's time that OCR may take."""
_PAGE_SECONDS = 60.0
_MAX_PIXELS = 200_000_000
"""Pixels of one picture beyond which it is not unpacked."""

MISSING = "the program tesseract is not installed"
OFF = "OCR is switched off"
_LARGE = "their pictures are too large"
_SLOW = "the time for OCR was over"
_FAILED = "tesseract can't read English here"
_ADVICE = {
    MISSING: f"install tesseract ({INSTALL}) and mine it again",
    OFF: "leave out --no-ocr",
    _LARGE: "scan it anew at 200 dots per inch",
    _SLOW: "split the document",
    _FAILED: "see that eng is among the answers of tesseract --list-langs, and mine it again",
}


@dataclass(slots=True)
class ScanReader:
    """Read a document's scanned pages as they come, and remember what became of them.

    Attributes:
        limits: what the document may cost.
        confidence: mean confidence of the words of each page that was read, between 0 and 1, by page number.
        unread: why each other scanned page was not read.
    """

    limits: Limits
    confidence: dict[int, float] = field(default_factory=dict)
    unread: dict[int, str] = field(default_factory=dict)
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + _SHARE * self.limits.max_seconds

    def read(self, page: Any, sheet: Sheet) -> Sheet:
        """Give a page's words as OCR reads them where it is a scan, else the page as it is.

        Args:
            page: a page of pypdfium2.
            sheet: what its text layer holds.
        """
        if not is_scan(page, sheet):
            return sheet
        try:
            found, confidence = self._read(page, sheet.number)
        except _Unread as reason:
            self.unread[sheet.number] = str(reason)
            return sheet
        if _count_letters(found.words) <= _GAIN * _count_letters(sheet.words) and not is_garbled(sheet.words):
            return sheet
        self.confidence[sheet.number] = confidence
        return found

    def check(self, sheets: Sequence[Sheet], source: str) -> None:
        """See that something can be read.

        Raises:
            ParseError: no page has words but those laid over a scan that was not read.
        """
        if any(sheet.words and sheet.number not in self.unread for sheet in sheets):
            return
        if not self.unread:
            reason = "the PDF has no words"
            raise ParseError(reason, where=source, advice="look at its pages: they may be empty or mere pictures")
        why = next(iter(self.unread.values()))
        reason = "scan: needs OCR" if why in {MISSING, OFF, _FAILED} else f"scan: {why}"
        raise ParseError(reason, where=source, advice=_ADVICE[why])

    def notices(self, total: int) -> tuple[Notice, ...]:
        """Tell which of a document's pages were read by OCR and which were not read.

        Args:
            total: number of pages of the document.
        """
        told = []
        if self.confidence:
            mean = sum(self.confidence.values()) / len(self.confidence)
            message = f"{_say(self.confidence, total)} read by OCR with a mean confidence of {mean:.2f}"
            told.append(Notice(WarningCode.OCR, message))
        for why in dict.fromkeys(self.unread.values()):
            pages = [number for number, reason in self.unread.items() if reason == why]
            message = f"{_say(pages, total)} a scan and not read, because {why}; {_ADVICE[why]}"
            told.append(Notice(WarningCode.NO_TEXT, message))
        return tuple(told)

    def _read(self, page: Any, number: int) -> tuple[Sheet, float]:
        program = find_tesseract()
        if not self.limits.ocr or program is None:
            raise _Unread(MISSING if self.limits.ocr else OFF)
        left = self._until - time.monotonic()
        if left <= 0:
            raise _Unread(_SLOW)
        picture = render(page) if _may_unpack(page) else None
        if picture is None:
            raise _Unread(_LARGE)
        try:
            return read_picture(program, picture, number, seconds=min(left, _PAGE_SECONDS))
        except TimeoutError:
            raise _Unread(_SLOW) from None
        except OSError:
            raise _Unread(_FAILED) from None


class _Unread(Exception):
    """A page that OCR can't read, with the reason."""


def is_scan(page: Any, sheet: Sheet) -> bool:
    """Tell whether a page must be read by OCR: pictures cover it and few letters do, or its letters are garbled.

    Args:
        page: a page of pypdfium2.
        sheet: what its text layer holds.
    """
    characters = _SOME if len(sheet.words) >= _SOME else sum([len(word.text) for word in sheet.words])
    if characters >= _SOME:
        return is_garbled(sheet.words)
    cover, paths = _measure_drawings(page)
    if characters >= _FEW:
        return cover >= _FULL
    if cover >= _PART:
        return True
    return not characters and (cover >= _SPOT or paths >= _DRAWN or _count_codes(page) >= _LETTERS)


def is_garbled(words: Sequence[Word]) -> bool:
    """Tell whether a text layer's letters are not those on the page: private or unknown characters, or no vowels."""
    text = "".join([word.text for word in words])
    plain = text.encode("ascii", "ignore")
    if len(text) - len(plain) > 0.3 * len(text) and len(_STRANGE.findall(text)) > 0.3 * len(text):
        return True
    latin = plain.translate(None, _NO_LETTERS)
    if len(latin.translate(None, _VOWEL_LETTERS)) <= (1 - _VOWELS) * len(latin):
        return False
    return sum(len(word.text) for word in words if word.text.isalpha() and len(word.text) > 2) >= _LETTERS


_STRANGE = re.compile("[\ue000-\uf8ff\ufffd]")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_VOWEL_LETTERS = b"aeiouAEIOU"


def _measure_drawings(page: Any) -> tuple[float, int]:
    """Give the share of a page that pictures cover, and how many paths are drawn on it."""
    left, low, right, high = page.get_bbox()
    area, paths = 0.0, 0
    kinds = [pdfium.raw.FPDF_PAGEOBJ_IMAGE, pdfium.raw.FPDF_PAGEOBJ_PATH, pdfium.raw.FPDF_PAGEOBJ_FORM]
    for item in page.get_objects(filter=kinds, max_depth=1):
        if item.type == pdfium.raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            continue
        if item.type == pdfium.raw.FPDF_PAGEOBJ_FORM and not _holds_picture(page, item):
            continue
        a, b, c, d = item.get_bounds()
        area += max(min(c, right) - max(a, left), 0) * max(min(d, high) - max(b, low), 0)
    return min(area / max((right - left) * (high - low), 1.0), 1.0), paths


def _holds_picture(page: Any, form: Any) -> bool:
    kinds = [pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    return next(page.get_objects(filter=kinds, max_depth=4, form=form, level=1), None) is not None


def _may_unpack(page: Any) -> bool:
    """Tell whether every picture of a page is small enough to be unpacked in the memory of a worker."""
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        width, height = item.get_px_size()
        if width * height > _MAX_PIXELS:
            return False
    return True


def _count_codes(page: Any) -> int:
    """Count the characters of a text layer, also those that have no letter."""
    textpage = page.get_textpage()
    try:
        return int(textpage.count_chars())
    finally:
        textpage.close()


def _count_letters(words: Sequence[Word]) -> int:
    return sum(ch.isalnum() for word in words for ch in word.text)


def _say(pages: Sequence[int] | dict[int, float], total: int) -> str:
    """Say "page 3 is", "pages 2, 5 and 7 of 9 were" and the like."""
    numbers = sorted(pages)
    shown = ", ".join(str(number) for number in numbers[:10]) + (", \u2026" if len(numbers) > 10 else "")
    return f"{len(numbers)} of {total} pages ({shown}) {'was' if len(numbers) == 1 else 'were'}"
