"""Ask PDFium for the characters of a page in bulk, without an object of Python for each."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from minutes_miner.parse.font import FontBook

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_SIDES = 4
"""Floats of PDFium's rectangle: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Style:
    """Say how a text object is set.

    Attributes:
        size: the type size in points as it is asked for, before the page scales it.
        turn: degrees that the text runs at, rounded to 5.
        is_straight: whether the text runs at just this angle.
        bold: whether its font is bold.
        origin: where its first character stands, in the page's own space.
    """

    size: float
    turn: int
    is_straight: bool
    bold: bool
    origin: tuple[float, float]


class TextLayer:
    """Read one page's text layer; indices count its characters from 0.

    Args:
        textpage: of pypdfium2; it must stay open.
        fonts: what is known of the document's fonts.
    """

    def __init__(self, textpage: Any, fonts: FontBook) -> None:
        self._raw = textpage.raw
        self._handle = find_address(textpage.raw)
        self._fonts = fonts
        self.text = self._get_text(textpage.count_chars())

    def find_boxes(self, indices: Sequence[int]) -> list[float]:
        """Give the boxes of characters, four numbers each: left, top, right and bottom in the page's own space."""
        room = (ctypes.c_float * (_SIDES * len(indices)))()
        start, size = ctypes.addressof(room), _SIDES * ctypes.sizeof(ctypes.c_float)
        places = range(start, start + size * len(indices), size)
        deque(map(_read_box, repeat(self._handle), indices, places), maxlen=0)
        return list(room)

    def find_objects(self, indices: Iterable[int]) -> list[int | None]:
        """Give the address of each character's text object, or None where PDFium made the character up."""
        return list(map(_find_object, repeat(self._handle), indices))

    def get_style(self, index: int) -> Style:
        """Tell how a character's text object is set."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._raw, index, x, y)
        angle = math.degrees(pdfium.FPDFText_GetCharAngle(self._raw, index))
        turn = round(angle / 5) * 5
        return Style(
            pdfium.FPDFText_GetFontSize(self._raw, index),
            turn % 360,
            abs(angle - turn) < 0.05,
            self._fonts.is_bold(pdfium.FPDFText_GetTextObject(self._raw, index)),
            (x.value, y.value),
        )

    def _get_text(self, count: int) -> str:
        """Give the page's characters, one for each index."""
        room = (ctypes.c_uint16 * (2 * count + 1))()
        length = max(_read_text(self._handle, 0, count, ctypes.addressof(room)) - 1, 0)
        text = bytes(room)[: 2 * length].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return "".join(map(chr, map(_read_character, repeat(self._handle), range(count))))


def find_address(value: Any) -> int:
    """Give the address of a function or a handle of pypdfium2's raw interface, 0 for a null pointer."""
    return ctypes.cast(value, ctypes.c_void_p).value or 0


def bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Bind a function of PDFium so that it takes and gives plain numbers for pointers; a call costs half as much."""
    call: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(find_address(function))
    return call


_read_text = bind(pdfium.FPDFText_GetText, _INT, _POINTER, _INT, _INT, _POINTER)
_read_character = bind(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_read_box = bind(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_find_object = bind(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
