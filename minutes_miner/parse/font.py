"""Tell bold type from plain type in a PDF."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from minutes_miner.parse.handle import INT, POINTER, bind, point_to

_read_mode = bind(pdfium.FPDFTextObj_GetTextRenderMode, INT)
_find_font = bind(pdfium.FPDFTextObj_GetFont, POINTER)

_FILL_AND_STROKE = int(pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_MAX_FONT = 5_000_000
"""Bytes of an embedded font beyond which it is not looked into."""


class FontBook:
    """Remember which of a document's fonts are bold.

    PDFium may free a page's fonts with the page, so addresses hold for one page; name and length hold for all.
    """

    def __init__(self) -> None:
        self._at: dict[int | None, bool] = {}
        self._named: dict[tuple[bytes, bytes, int], bool] = {}

    def turn_page(self) -> None:
        """Forget where the fonts of the last page lie."""
        self._at.clear()

    def is_bold(self, text_object: int | None) -> bool:
        """Tell whether a text object is bold, by its font or by being filled and stroked.

        Args:
            text_object: its address, if any.
        """
        if not text_object:
            return False
        handle = point_to(text_object)
        if _read_mode(handle) == _FILL_AND_STROKE:
            return True
        place = _find_font(handle)
        bold = self._at.get(place)
        if bold is None:
            bold = self._at[place] = self._is_bold_font(ctypes.cast(place, pdfium.FPDF_FONT))
        return bold

    def _is_bold_font(self, font: Any) -> bool:
        name, family = ctypes.create_string_buffer(200), ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        pdfium.FPDFFont_GetFamilyName(font, family, 200)
        length = ctypes.c_size_t()
        pdfium.FPDFFont_GetFontData(font, None, 0, length)
        key = (name.value, family.value, length.value)
        if key not in self._named:
            known = (name.value + b" " + family.value).decode("latin-1").lower()
            self._named[key] = any(mark in known for mark in _BOLD) or _is_bold_data(font, length.value)
        return self._named[key]


def _is_bold_data(font: Any, length: int) -> bool:
    """Tell from the embedded font's own style flags whether it is bold, where its name hides it."""
    if not 12 < length < _MAX_FONT:
        return False
    buffer = (ctypes.c_uint8 * length)()
    if not pdfium.FPDFFont_GetFontData(font, buffer, length, ctypes.c_size_t()):
        return False
    data = bytes(buffer)
    if data[:4] not in {b"\0\1\0\0", b"true", b"OTTO"}:
        return b"Bold" in data[:400]
    for entry in range(12, min(12 + 16 * int.from_bytes(data[4:6], "big"), len(data) - 16), 16):
        tag, start = data[entry : entry + 4], int.from_bytes(data[entry + 8 : entry + 12], "big")
        if tag == b"head" and len(data) >= start + 46:
            return bool(data[start + 45] & 1)
    return False
