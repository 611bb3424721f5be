"""Write the styles and lists of an OpenDocument text in Word's mark-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from minutes_miner.parse.wordpackage import WORD

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NUMBERS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
OUTLINE = "the outline of headings"
"""Name under which the list of all headings is kept."""


def make(tag: str, *children: Any, **values: str) -> Any:
    """Make an element of Word's, its attributes of Word's too.

    Args:
        tag: without its namespace.
        children: elements within it.
        values: attributes without their namespace.
    """
    element = etree.Element(WORD + tag, {WORD + name: value for name, value in values.items()})
    element.extend(children)
    return element


def write_styles(*roots: Any) -> Any:
    """Give the styles' part of a Word document: what is based on what, bold, hidden, and of which list.

    Args:
        roots: ``styles.xml`` and ``content.xml`` of an OpenDocument text, or None.
    """
    styles = make("styles")
    for style in (style for root in roots if root is not None for style in root.iter(STYLE + "style")):
        made = make("style", styleId=style.get(STYLE + "name", ""), type=style.get(STYLE + "family", ""))
        if style.get(STYLE + "parent-style-name"):
            made.append(make("basedOn", val=style.get(STYLE + "parent-style-name")))
        level = style.get(STYLE + "default-outline-level", "")
        if level.isdecimal() and style.get(STYLE + "family") == "paragraph":
            made.append(make("pPr", make("outlineLvl", val=str(int(level) - 1))))
        made.append(make("rPr", *_read_look(style.find(STYLE + "text-properties"))))
        styles.append(made)
    return styles


def write_lists(*roots: Any) -> dict[str, Any]:
    """Give each style of lists as a definition of Word's, by its name.

    Args:
        roots: ``styles.xml`` and ``content.xml`` of an OpenDocument text, or None.
    """
    found: dict[str, Any] = {}
    for root in (root for root in roots if root is not None):
        for style in root.iter(TEXT + "list-style", TEXT + "outline-style"):
            name = OUTLINE if style.tag == TEXT + "outline-style" else style.get(STYLE + "name", "")
            found[name] = make("abstractNum", *(_write_level(level) for level in style), abstractNumId=name)
    return found


def _read_look(properties: Any) -> Iterator[Any]:
    if properties is None:
        return
    weight = properties.get(_FORMAT + "font-weight")
    if weight:
        yield make("b", val="1" if weight == "bold" or weight.isdecimal() and int(weight) >= 600 else "0")
    if properties.get(TEXT + "display"):
        yield make("vanish", val="1" if properties.get(TEXT + "display") == "none" else "0")


def _write_level(level: Any) -> Any:
    """Write a level of a list: its format and the text around its number."""
    index = int(level.get(TEXT + "level", "1")) if level.get(TEXT + "level", "1").isdecimal() else 1
    if level.tag not in {TEXT + "list-level-style-number", TEXT + "outline-level-style"}:
        return make("lvl", make("numFmt", val="bullet"), make("lvlText", val="\u2022"), ilvl=str(index - 1))
    shown = level.get(TEXT + "display-levels", "1")
    first = max(index - int(shown) + 1, 1) if shown.isdecimal() else index
    number = ".".join(f"%{at}" for at in range(first, index + 1))
    name = _NUMBERS.get(level.get(STYLE + "num-format", ""), "decimal")
    prefix, suffix = level.get(STYLE + "num-prefix", ""), level.get(STYLE + "num-suffix", "")
    return make(
        "lvl",
        make("start", val=level.get(TEXT + "start-value", "1")),
        make("numFmt", val=name),
        make("lvlText", val=f"{prefix}{number}{suffix}" if name != "none" else ""),
        ilvl=str(index - 1),
    )
