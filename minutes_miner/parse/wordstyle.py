"""Answer what the styles of a Word document say of its paragraphs: headings, bold, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_miner.parse.wordpackage import WORD

_VALUE = WORD + "val"
_HEADING = re.compile(r"(?:heading (\d)|(title))")
_MOST = 20
"""Styles that may be based on each other in a row."""


class Styles:
    """Look up styles and those they are based on.

    Args:
        root: the styles' part of a document, or None.
    """

    def __init__(self, root: Any) -> None:
        found = () if root is None else root.iter(WORD + "style")
        self._styles = {style.get(WORD + "styleId"): style for style in found}
        self._default = next(
            (
                style.get(WORD + "styleId")
                for style in self._styles.values()
                if style.get(WORD + "type") == "paragraph" and is_on(style.get(WORD + "default"))
            ),
            None,
        )

    def find_of(self, paragraph: Any) -> Iterator[Any]:
        """Give a paragraph's style, the one that it is based on, and so on."""
        named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        return self._chain(named.get(_VALUE) if named is not None else self._default)

    def find_named(self, style_id: str) -> Iterator[Any]:
        """Give the style of a name, the one that it is based on, and so on."""
        return self._chain(style_id)

    def heading_level(self, paragraph: Any) -> int | None:
        """Give the level of a heading, from 0 for a title, or None for other paragraphs."""
        own = paragraph.find(f"{WORD}pPr/{WORD}outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self.find_of(paragraph):
            name = style.find(WORD + "name")
            match = _HEADING.fullmatch(str(name.get(_VALUE) if name is not None else "").lower())
            if match:
                return int(match[1] or 0)
            outline = style.find(f"{WORD}pPr/{WORD}outlineLvl")
            if outline is not None:
                return _outline(outline)
        return None

    def has(self, run: Any, tag: str) -> bool:
        """Tell whether a run is set so: by itself, by its own style or by its paragraph's.

        Args:
            run: of a paragraph.
            tag: ``b`` for bold, ``vanish`` for hidden.
        """
        own = run.find(f"{WORD}rPr/{WORD}{tag}")
        if own is not None:
            return is_on(own.get(_VALUE, "true"))
        named = run.find(f"{WORD}rPr/{WORD}rStyle")
        if named is not None:
            told = _ask(self._chain(named.get(_VALUE)), tag)
            if told is not None:
                return told
        paragraph = next(run.iterancestors(WORD + "p"), None)
        return bool(paragraph is not None and _ask(self.find_of(paragraph), tag))

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        for _ in range(_MOST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            based = style.find(WORD + "basedOn")
            style_id = based.get(_VALUE) if based is not None else None


def is_on(value: str | None) -> bool:
    """Tell whether a property's value switches it on."""
    return value is not None and value not in {"0", "false", "off", "none"}


def _ask(styles: Iterator[Any], tag: str) -> bool | None:
    """Give what the first style that says something of a property says of it."""
    for style in styles:
        found = style.find(f"{WORD}rPr/{WORD}{tag}")
        if found is not None:
            return is_on(found.get(_VALUE, "true"))
    return None


def _outline(element: Any) -> int | None:
    """Give the heading level of an outline level, which counts from 0 and has 9 for running text."""
    value = element.get(_VALUE, "9")
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else None
