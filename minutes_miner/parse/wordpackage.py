"""Read the parts of a Word document: its text, styles, lists and notes, and what runs at the edges of its pages."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any

from minutes_miner.parse.package import Package, broken
from minutes_miner.parse.wordchange import settle

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of Word's elements, as lxml writes it."""

_SPACES = {b"http://purl.oclc.org/ooxml/wordprocessingml/main": WORD[1:-1].encode()}
"""The namespace of "strict" documents, and the one that all others use for the same elements."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold the parts of a Word document as elements; those it does not have are None.

    Attributes:
        body: paragraphs and tables, changes accepted.
        styles: the styles' part.
        numbering: the lists' part.
        notes: footnotes and endnotes, those that part the page from its notes left out.
        edges: headers and footers.
        title: as the document's properties give it.
    """

    body: Any
    styles: Any = None
    numbering: Any = None
    notes: list[Any] = field(default_factory=list)
    edges: list[Any] = field(default_factory=list)
    title: str | None = None


def read_parts(package: Package) -> Parts:
    """Read the parts.

    Raises:
        ParseError: the main part is missing, or one of those read is broken.
    """
    main = find_main(package)
    root = package.read_xml(main, spaces=_SPACES)
    body = root.find(WORD + "body") if root is not None else None
    if body is None:
        raise broken(package.name, package.source)
    settle(body)
    parts = Parts(body, title=_read_title(package))
    notes, edges = [], []
    single: dict[str, Any] = {}
    for kind, member in _relations(package, main):
        if kind not in {"styles", "numbering", "footnotes", "endnotes", "header", "footer"}:
            continue
        part = package.read_xml(member, spaces=_SPACES)
        if part is None:
            continue
        settle(part)
        if kind in {"header", "footer"}:
            edges.append(part)
        elif kind in {"footnotes", "endnotes"}:
            notes += [note for note in part if note.get(WORD + "type", "normal") == "normal"]
        else:
            single[kind] = part
    return Parts(parts.body, single.get("styles"), single.get("numbering"), notes, edges, parts.title)


def find_main(package: Package) -> str:
    """Give the name of the member that holds the document's text."""
    return next((member for kind, member in _relations(package, "") if kind == "officeDocument"), _MAIN)


def _relations(package: Package, member: str) -> list[tuple[str, str]]:
    """Give kind and member of each part that a member names; nothing where it names none."""
    folder, name = posixpath.split(member)
    root = package.read_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for relation in root.iter(_RELATION) if root is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((relation.get("Type", "").rsplit("/", 1)[-1], path))
    return found


def _read_title(package: Package) -> str | None:
    root = package.read_xml("docProps/core.xml")
    title = root.find("{http://purl.org/dc/elements/1.1/}title") if root is not None else None
    return title.text if title is not None else None
