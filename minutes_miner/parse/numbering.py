"""Count list items the way browsers and Word do: 1, (a), iv, B and bullets."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_miner.parse.element import Element

_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Style:
    """Name a way of numbering after Word: ``decimal``, ``lowerLetter``, ``lowerRoman``, ``bullet``, … and its frame."""

    name: str
    frame: str = "%s."


def read_style(tag: Element) -> Style:
    """Read how a list of a web page is numbered: by its ``type``, or by ``list-style-type``."""
    if tag.name != "ol":
        return Style("bullet", "%s")
    css = tag.get("style").lower()
    named = next((name for key, name in _STYLES.items() if f"list-style-type:{key}" in css.replace(" ", "")), None)
    name = named or _TYPES.get(tag.get("type") or "1", "decimal")
    return Style(name, "(%s)" if name.startswith("lower") else "%s.")


def number_text(value: int, style: Style) -> str:
    """Write a list number, such as ``"3."`` or ``"(c)"``; bullets are ``"•"``."""
    if style.name == "bullet":
        return "\u2022"
    return style.frame.replace("%s", count(value, style.name))


def count(value: int, name: str) -> str:
    """Write a count in a numbering of Word's: decimal, letters or roman numerals.

    Args:
        value: from 1; lower values and unknown numberings give decimal figures.
        name: such as ``"lowerLetter"``.
    """
    if value > 0 and name.endswith("Letter"):
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if name.startswith("lower") else letters.upper()
    if 0 < value < 4000 and name.endswith("Roman"):
        roman = ""
        for size, letters in _ROMAN:
            while value >= size:
                roman += letters
                value -= size
        return roman if name.startswith("lower") else roman.upper()
    return f"{value:02d}" if name == "decimalZero" else str(value)
