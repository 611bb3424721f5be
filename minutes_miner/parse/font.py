"""Tell bold type from plain type in a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from minutes_miner.parse.handle import INT, POINTER, Handle, Pointer, bind, point_to

_read_mode = bind(pdfium.FPDFTextObj_GetTextRenderMode, INT)
_find_font = bind(pdfium.FPDFTextObj_GetFont, POINTER)
_read_name = bind(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t)
_read_family = bind(pdfium.FPDFFont_GetFamilyName, ctypes.c_size_t)
_read_data = bind(pdfium.FPDFFont_GetFontData, INT)

_FILL_AND_STROKE = int(pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_MAX_FONT = 5_000_000
"""Bytes of an embedded font beyond which it is not looked into."""
_Name = ctypes.c_char * 200
"""Room for a font's name; a longer one counts as none."""


class FontBook:
    """Remember which of a document's fonts are bold.

    PDFium may free a page's fonts with the page, so addresses hold for one page; name and length hold for all.
    """

    def __init__(self) -> None:
        self._at: dict[int | None, bool] = {}
        self._named: dict[tuple[bytes, bytes, int], bool] = {}

    def turn_page(self) -> None:
        """Forget where the fonts of the last page lie."""
        self._at = {None: False}

    def find_bold(self, text_objects: Iterable[int | None]) -> list[bool]:
        """Tell of each text object whether it is bold, by its font or by being filled and stroked.

        Args:
            text_objects: their addresses, None for what belongs to no text object.
        """
        handles = list(map(Handle, text_objects))
        fonts = list(map(_find_font, handles))
        for font in set(fonts).difference(self._at):
            self._at[font] = self._is_bold_font(point_to(font))
        modes = map(_read_mode, handles)
        return [mode == _FILL_AND_STROKE or self._at[font] for mode, font in zip(modes, fonts, strict=True)]

    def _is_bold_font(self, font: Pointer) -> bool:
        name, family, length = _ask_name(_read_name, font), _ask_name(_read_family, font), ctypes.c_size_t()
        _read_data(font, None, length, ctypes.byref(length))
        key = (name, family, length.value)
        if key not in self._named:
            known = (name + b" " + family).decode("latin-1").lower()
            self._named[key] = any(mark in known for mark in _BOLD) or _is_bold_data(font, length.value)
        return self._named[key]


def _ask_name(read: Callable[..., Any], font: Pointer) -> bytes:
    name = _Name()
    read(font, name, ctypes.c_size_t(ctypes.sizeof(name)))
    return name.value


def _is_bold_data(font: Pointer, length: int) -> bool:
    """Tell from the embedded font's own style flags whether it is bold, where its name hides it."""
    if not 12 < length < _MAX_FONT:
        return False
    room = np.empty(length, dtype=np.uint8)
    if not _read_data(font, point_to(room.ctypes.data), ctypes.c_size_t(length), ctypes.byref(ctypes.c_size_t())):
        return False
    data = room.data
    kind = bytes(data[:4])
    if kind not in {b"\0\1\0\0", b"true", b"OTTO"}:
        return b"Bold" in bytes(data[:400])
    for entry in range(12, min(12 + 16 * int.from_bytes(data[4:6], "big"), length - 16), 16):
        tag, start = bytes(data[entry : entry + 4]), int.from_bytes(data[entry + 8 : entry + 12], "big")
        if tag == b"head" and length >= start + 46:
            return bool(data[start + 45] & 1)
    return False
