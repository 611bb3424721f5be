"""Write HTML elements; whatever is not an element already is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Markup(str):
    """Hold text that is HTML already."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str) -> Markup:
    """Give an element.

    Args:
        name: its tag.
        children: elements, which stay as they are, and text, which is escaped.
        attributes: its attributes; ``class_`` stands for ``class`` and ``aria_label`` for ``aria-label``.
    """
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{told}>{join(children)}</{name}>")


def join(children: Iterable[str]) -> Markup:
    """Give elements and text one after the other."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))


def escape(text: str) -> Markup:
    """Give text as HTML, its control signs as the sign for what can't be shown."""
    return Markup(html.escape(_UNPRINTABLE.sub("\ufffd", text)))


def make_table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Give a table: the first cell of each row is its heading, the others are figures.

    Args:
        caption: what the table is about.
        headings: one for each column.
        rows: text or elements; a share written as ``0.953`` gets a bar of that length behind it.
    """
    head = element("tr", *(element("th", heading, scope="col") for heading in headings))
    body = (element("tr", element("th", row[0], scope="row"), *map(_cell, row[1:])) for row in rows)
    table = element("table", element("caption", caption), element("thead", head), element("tbody", *body))
    return element("div", table, class_="wide", role="region", tabindex="0", aria_label=caption)


def _cell(text: str) -> Markup:
    if re.fullmatch(r"[01]\.\d{3}", text):
        return element("td", text, class_="share", style=f"--share: {text}")
    return element("td", text)
