"""Name the fonts that papers are printed in."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

NAMES = {
    "serif": ("Times-Roman", "Times-Bold"),
    "sans": ("Helvetica", "Helvetica-Bold"),
    "open": ("Vera", "VeraBd"),
}
"""Plain and bold fonts of reportlab; the last comes with it as TrueType files."""


@cache
def load_fonts() -> None:
    """Make the TrueType fonts known to reportlab."""
    for name in NAMES["open"]:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")
