"""Ask PDFium for the characters of a page in bulk, without an object of Python for each."""

from __future__ import annotations

import ctypes
import math
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from minutes_miner.parse.font import FontBook
from minutes_miner.parse.handle import INT, POINTER, Room, bind, find_address, point_to

_SIDES = 4
"""Floats of PDFium's rectangle: left, top, right, bottom."""
_SPACES = "\0\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""Characters that part words: white space, and what PDFium gives for a character without a code."""
_LAST = 0xFFFF
_IS_CONTROL = np.zeros(_LAST + 1, dtype=np.bool_)
_IS_CONTROL[[*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F]] = True
_IS_INK = np.ones(_LAST + 1, dtype=np.bool_)
_IS_INK[[ord(space) for space in _SPACES]] = False


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


class _Rooms(threading.local):
    """Hold room for PDFium's answers, which each thread has for itself and keeps from page to page."""

    def __init__(self) -> None:
        self.boxes = Room(ctypes.c_float, _SIDES)
        self.xs, self.ys = Room(ctypes.c_double, 1), Room(ctypes.c_double, 1)
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_at = ctypes.byref(self.matrix)


_ROOMS = _Rooms()


class TextLayer:
    """Read one page's text layer; indices count its characters from 0.

    Args:
        textpage: of pypdfium2; it must stay open.
        fonts: what is known of the document's fonts.
    """

    def __init__(self, textpage: Any, fonts: FontBook) -> None:
        self._handle = point_to(find_address(textpage.raw))
        self._fonts = fonts
        self.text, self._codes = self._read_text(textpage.count_chars())

    def find_words(self) -> tuple[list[int], list[int]]:
        """Find what stands between spaces: where each word begins and where it ends."""
        ink = _IS_INK.take(self._codes)
        edges = np.flatnonzero(ink[1:] != ink[:-1])
        return edges[::2].tolist(), edges[1::2].tolist()

    def has_controls(self) -> bool:
        """Tell whether control characters stand among its words."""
        return bool(_IS_CONTROL.take(self._codes).any())

    def find_boxes(self, indices: Sequence[int]) -> NDArray[np.float64]:
        """Give the boxes of characters, a row each: left, top, right and bottom in the page's own space."""
        room = _ROOMS.boxes
        deque(map(_read_box, repeat(self._handle), indices, room.clear(len(indices))), maxlen=0)
        return room.rows[: len(indices)].astype(np.float64)

    def find_scale(self, index: int) -> float:
        """Tell how many times its type size a character stands high on the page."""
        matrix = _ROOMS.matrix
        found = _read_matrix(self._handle, index, _ROOMS.matrix_at)
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
        angles = list(map(_read_angle, repeat(self._handle), indices))
        turns = map(_find_turn, angles) if any(angles) else repeat((0, True))
        bold = self._fonts.find_bold(objects)
        for size, (turn, is_straight), is_bold, origin in zip(sizes, turns, bold, self._find_origins(indices)):
            yield _STYLE((size, turn, is_straight, is_bold, origin))

    def _find_origins(self, indices: Sequence[int]) -> Iterable[tuple[float, float]]:
        xs, ys, count = _ROOMS.xs, _ROOMS.ys, len(indices)
        deque(map(_read_origin, repeat(self._handle), indices, xs.clear(count), ys.clear(count)), maxlen=0)
        return zip(xs.rows[:count, 0].tolist(), ys.rows[:count, 0].tolist(), strict=True)

    def _read_text(self, count: int) -> tuple[str, NDArray[np.uint16]]:
        """Give the page's characters, one for each index, and their codes with a space before and after them."""
        codes = np.zeros(2 * count + 2, dtype=np.uint16)
        length = max(_read_text(self._handle, 0, count, point_to(codes.ctypes.data + codes.itemsize)) - 1, 0)
        text = codes[1 : length + 1].tobytes().decode("utf-16-le", "replace")
        if len(text) == length == count:
            return text, codes[: count + 2]
        if len(text) != count:
            text = "".join(map(chr, map(_read_character, repeat(self._handle), range(count))))
        return text, np.array([0, *(min(ord(character), _LAST) for character in text), 0], dtype=np.uint16)


_STYLE = partial(tuple.__new__, Style)
"""Makes a style of its fields at a third of the time that the class takes."""


def _find_turn(angle: float) -> tuple[int, bool]:
    """Give the degrees that an angle comes to, rounded to 5, and whether it is just these."""
    degrees = math.degrees(angle)
    turn = 5 * round(degrees / 5)
    return turn % 360, abs(degrees - turn) < 0.05


_read_text = bind(pdfium.FPDFText_GetText, INT)
_read_character = bind(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_read_box = bind(pdfium.FPDFText_GetLooseCharBox, INT)
_read_origin = bind(pdfium.FPDFText_GetCharOrigin, INT)
_read_size = bind(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_read_angle = bind(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
_read_matrix = bind(pdfium.FPDFText_GetMatrix, INT)
_find_object = bind(pdfium.FPDFText_GetTextObject, POINTER)
