"""Settle a Word document's tree: accept tracked changes, and take out what is there twice or was never filled in."""

from __future__ import annotations

from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {_WORD + "del", _WORD + "moveFrom"}


def settle(root: Any) -> None:
    """Change a tree to what a reader sees once all tracked changes are accepted.

    Deleted and moved-away words, rows, cells and ends of paragraphs go; inserted ones stay. Of alternatives for older
    programs the newer one stays; prompts of forms that nobody filled in go.

    Args:
        root: any element of a Word document; it is changed.
    """
    _choose(root)
    for control in list(root.iter(_WORD + "sdt")):
        if control.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is not None:
            _remove(control)
    for row in list(root.iter(_WORD + "tr")):
        if row.find(f"{_WORD}trPr/{_WORD}del") is not None:
            _remove(row)
    for cell in list(root.iter(_WORD + "tc")):
        if cell.find(f"{_WORD}tcPr/{_WORD}cellDel") is not None:
            _remove(cell)
    joined = [p for p in root.iter(_WORD + "p") if _has_lost_its_end(p)]
    for change in [element for element in root.iter(*_GONE) if element.getparent() is not None]:
        if change.getparent().tag != _WORD + "rPr":
            _remove(change)
    for paragraph in joined:
        _join(paragraph)


def _choose(root: Any) -> None:
    for alternative in list(root.iter(_COMPATIBLE + "AlternateContent")):
        choices = alternative.findall(_COMPATIBLE + "Choice")
        for spare in [*choices[1:], *(alternative.findall(_COMPATIBLE + "Fallback") if choices else ())]:
            _remove(spare)


def _has_lost_its_end(paragraph: Any) -> bool:
    """Tell whether the mark that ends a paragraph was deleted or moved away."""
    properties = paragraph.find(f"{_WORD}pPr/{_WORD}rPr")
    return properties is not None and any(child.tag in _GONE for child in properties)


def _join(paragraph: Any) -> None:
    """Put a paragraph's words before those of the next, whose properties hold for both."""
    following = paragraph.getnext()
    while following is not None and following.tag not in {_WORD + "p", _WORD + "tbl", _WORD + "sdt"}:
        following = following.getnext()
    words = [child for child in paragraph if child.tag != _WORD + "pPr"]
    if following is None or following.tag != _WORD + "p":
        if not words:
            _remove(paragraph)
        return
    at = 1 if len(following) and following[0].tag == _WORD + "pPr" else 0
    for child in reversed(words):
        following.insert(at, child)
    _remove(paragraph)


def _remove(element: Any) -> None:
    """Take an element out, but not the text that follows it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
