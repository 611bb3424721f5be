"""Ask PDFium for the characters of a page in bulk, without an object of Python for each."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from minutes_miner.parse.font import FontBook
from minutes_miner.parse.handle import INT, POINTER, bind, find_address

_SIDES = 4
"""Floats of PDFium's rectangle: left, top, right, bottom."""


class Style(NamedTuple):
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
        self._handle = find_address(textpage.raw)
        self._fonts = fonts
        self.text = self._get_text(textpage.count_chars())

    def find_boxes(self, indices: Sequence[int]) -> list[float]:
        """Give the boxes of characters, four numbers each: left, top, right and bottom in the page's own space."""
        room = (ctypes.c_float * (_SIDES * len(indices)))()
        start, size = ctypes.addressof(room), _SIDES * ctypes.sizeof(ctypes.c_float)
        places = range(start, start + size * len(indices), size)
        deque(map(_read_box, repeat(self._handle), indices, places), maxlen=0)
        return room[:]

    def find_scale(self, index: int) -> float:
        """Tell how many times its type size a character stands high on the page."""
        matrix = pdfium.FS_MATRIX()
        found = _read_matrix(self._handle, index, ctypes.addressof(matrix))
        return math.hypot(matrix.c, matrix.d) if found else 1.0

    def find_objects(self, indices: Iterable[int]) -> list[int | None]:
        """Give the text object of each character: its address, or None where PDFium made the character up."""
        return list(map(_find_object, repeat(self._handle), indices))

    def find_styles(self, indices: Sequence[int], objects: Iterable[int | None]) -> Iterator[Style]:
        """Tell how text objects are set.

        Args:
            indices: a character of each.
            objects: their addresses.
        """
        sizes = map(_read_size, repeat(self._handle), indices)
        angles = map(math.degrees, map(_read_angle, repeat(self._handle), indices))
        for size, angle, bold, origin in zip(
            sizes, angles, map(self._fonts.is_bold, objects), self._find_origins(indices), strict=True
        ):
            turn = 5 * round(angle / 5) if angle else 0
            yield Style(size, turn % 360, abs(angle - turn) < 0.05, bold, origin)

    def _find_origins(self, indices: Sequence[int]) -> Iterator[tuple[float, float]]:
        room = (ctypes.c_double * (2 * len(indices)))()
        start, size = ctypes.addressof(room), ctypes.sizeof(ctypes.c_double)
        places = range(start, start + 2 * size * len(indices), 2 * size)
        deque(map(_read_origin, repeat(self._handle), indices, places, (at + size for at in places)), maxlen=0)
        values = iter(room[:])
        return zip(values, values, strict=True)

    def _get_text(self, count: int) -> str:
        """Give the page's characters, one for each index."""
        room = (ctypes.c_uint16 * (2 * count + 1))()
        length = max(_read_text(self._handle, 0, count, ctypes.addressof(room)) - 1, 0)
        text = bytes(room)[: 2 * length].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return "".join(map(chr, map(_read_character, repeat(self._handle), range(count))))


_read_text = bind(pdfium.FPDFText_GetText, INT, POINTER, INT, INT, POINTER)
_read_character = bind(pdfium.FPDFText_GetUnicode, ctypes.c_uint, POINTER, INT)
_read_box = bind(pdfium.FPDFText_GetLooseCharBox, INT, POINTER, INT, POINTER)
_read_origin = bind(pdfium.FPDFText_GetCharOrigin, INT, POINTER, INT, POINTER, POINTER)
_read_size = bind(pdfium.FPDFText_GetFontSize, ctypes.c_double, POINTER, INT)
_read_angle = bind(pdfium.FPDFText_GetCharAngle, ctypes.c_float, POINTER, INT)
_read_matrix = bind(pdfium.FPDFText_GetMatrix, INT, POINTER, INT, POINTER)
_find_object = bind(pdfium.FPDFText_GetTextObject, POINTER, POINTER, INT)
