"""Compute the list numbers of a Word document from its numbering definitions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from minutes_miner.parse.numbering import count
from minutes_miner.parse.wordpackage import WORD
from minutes_miner.parse.wordstyle import Styles, is_on

_VALUE = WORD + "val"
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Place:
    """Say which list a paragraph belongs to, and at what level, from 0."""

    list_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Level:
    """Say how a level is numbered.

    Attributes:
        name: Word's name of the numbering.
        text: the text around it, with "%1" for the number of the first level.
        start: where it starts.
        restart: it starts again after a paragraph of this level or a higher one, counted from 1; 0 for never.
        legal: whether the numbers of all levels are shown as figures.
    """

    name: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None
    legal: bool = False


class Numbering:
    """Count the paragraphs of each list as they come.

    Lists that are made from one definition count on from each other, but where a list says that it starts anew: there
    its first paragraph does.

    Args:
        root: the lists' part of a document, or None.
        styles: its styles.
    """

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[tuple[str, int], Level] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, Counter[int]] = {}
        if root is not None:
            self._read_definitions(root)

    def find_place(self, paragraph: Any) -> Place | None:
        """Tell a paragraph's list and level, from itself or from its style; None outside lists."""
        own = paragraph.find(f"{WORD}pPr/{WORD}numPr")
        list_id, level = _read_place(own)
        if list_id is None:
            for style in self._styles.find_of(paragraph):
                list_id, told = _read_place(style.find(f"{WORD}pPr/{WORD}numPr"))
                if list_id is not None:
                    named = self._by_style.get((list_id, style.get(WORD + "styleId")), told)
                    level = named if level is None else level
                    break
        if list_id is None or list_id not in self._abstract:
            return None
        return Place(list_id, level or 0)

    def count(self, place: Place) -> str | None:
        """Count one paragraph and give its number as Word shows it; None where the list shows none."""
        level = self._level(place.list_id, place.level)
        counts = self._counts.setdefault(self._abstract[place.list_id], Counter())
        self._begin(place, counts)
        counts[place.level] = counts[place.level] + 1 if place.level in counts else level.start
        for deeper in [key for key in counts if key > place.level]:
            restart = self._level(place.list_id, deeper).restart
            if restart is None or place.level < restart:
                del counts[deeper]
        if level.name == "bullet":
            return "\u2022"
        shown = re.sub(r"%(\d)", lambda match: self._shown(place, int(match[1]) - 1, counts), level.text)
        return " ".join(shown.split()) or None

    def _begin(self, place: Place, counts: Counter[int]) -> None:
        """Start a list anew, where it says so and this is its first paragraph at this level or a deeper one."""
        for level in range(place.level + 1):
            start = self._starts.pop((place.list_id, level), None)
            if start is None:
                continue
            if level == place.level:
                counts[level] = start - 1
            else:
                counts[level] = start

    def _level(self, list_id: str, level: int) -> Level:
        return self._levels.get((list_id, level), Level(text=f"%{level + 1}."))

    def _shown(self, place: Place, level: int, counts: Counter[int]) -> str:
        shape = self._level(place.list_id, level)
        value = counts[level] if level in counts else shape.start
        if self._level(place.list_id, place.level).legal or shape.name == "bullet":
            return str(value)
        if shape.name == "ordinal":
            return f"{value}{'th' if value % 100 in {11, 12, 13} else _ORDINALS.get(value % 10, 'th')}"
        return "" if shape.name == "none" else count(value, shape.name)

    def _read_definitions(self, root: Any) -> None:
        """Read definitions, lists, and the levels that a list overrides."""
        definitions = {item.get(WORD + "abstractNumId"): item for item in root.iter(WORD + "abstractNum")}
        lists = {item.get(WORD + "numId"): item for item in root.iter(WORD + "num")}
        for list_id, item in lists.items():
            base = self._follow(_get(item, "abstractNumId") or "", definitions, lists)
            self._abstract[list_id] = base
            for level in definitions[base].iter(WORD + "lvl") if base in definitions else ():
                self._add(list_id, level)
            for override in item.iter(WORD + "lvlOverride"):
                self._override(list_id, override)

    def _follow(self, base: str, definitions: dict[str, Any], lists: dict[str, Any]) -> str:
        """Give the definition that another stands for, by the name of a style of lists."""
        for _ in range(5):
            named = _get(definitions[base], "numStyleLink") if base in definitions else None
            style = next(self._styles.find_named(named), None) if named else None
            list_id, _ = _read_place(style.find(f"{WORD}pPr/{WORD}numPr") if style is not None else None)
            if list_id not in lists:
                break
            base = _get(lists[list_id], "abstractNumId") or base
        return base

    def _add(self, list_id: str, level: Any) -> None:
        index = _as_number(level.get(WORD + "ilvl"), 0)
        self._levels[(list_id, index)] = _read_level(level, index)
        named = _get(level, "pStyle")
        if named:
            self._by_style[(list_id, named)] = index

    def _override(self, list_id: str, override: Any) -> None:
        """Take a list's own level or start."""
        index = _as_number(override.get(WORD + "ilvl"), 0)
        level, start = override.find(WORD + "lvl"), _get(override, "startOverride")
        if level is not None:
            self._levels[(list_id, index)] = _read_level(level, index)
        if start is not None:
            first = _as_number(start, 1)
            self._levels[(list_id, index)] = replace(self._level(list_id, index), start=first)
            self._starts[(list_id, index)] = first


def _read_place(element: Any) -> tuple[str | None, int | None]:
    """Give list and level that an element names, either of them None where it does not."""
    if element is None:
        return None, None
    level = _get(element, "ilvl")
    return _get(element, "numId"), _as_number(level, 0) if level is not None else None


def _read_level(level: Any, index: int) -> Level:
    return Level(
        _get(level, "numFmt") or "decimal",
        _get(level, "lvlText") or "",
        _as_number(_get(level, "start"), 1),
        _as_number(_get(level, "lvlRestart"), index) if level.find(WORD + "lvlRestart") is not None else None,
        level.find(WORD + "isLgl") is not None and is_on(_get(level, "isLgl") or "true"),
    )


def _get(element: Any, tag: str) -> str | None:
    found = element.find(WORD + tag)
    return None if found is None else str(found.get(_VALUE, ""))


def _as_number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 6 else otherwise
