"""Compute the list numbers of a Word document from its numbering definitions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from minutes_miner.parse.numbering import count

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of Word's elements, as lxml writes it."""

_VALUE = WORD + "val"


@dataclass(frozen=True, slots=True)
class Place:
    """Say which list a paragraph belongs to, and at what level, from 0."""

    list_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Level:
    """Say how a level is numbered: Word's name of the numbering, the text around it, and where it starts."""

    name: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Count the paragraphs of each list as they come."""

    package: Any
    base_level: int = 1
    _levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, Counter[int]] = field(default_factory=dict)
    _styles: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._styles = {
            style.get(WORD + "styleId"): style for style in self.package.styles.element.iter(WORD + "style")
        }
        self._read_definitions()
        self.base_level = self._find_base()

    def find_place(self, paragraph: Any) -> Place | None:
        """Tell a paragraph's list and level, from itself or from its style; None outside lists."""
        found = paragraph.find(f"{WORD}pPr/{WORD}numPr")
        style: Any = self._style_of(paragraph)
        for _ in range(10):
            if found is not None or style is None:
                break
            found = style.find(f"{WORD}pPr/{WORD}numPr")
            style = self._parent(style)
        if found is None:
            return None
        list_id, level = found.find(WORD + "numId"), found.find(WORD + "ilvl")
        if list_id is None or list_id.get(_VALUE) == "0":
            return None
        return Place(list_id.get(_VALUE), int(level.get(_VALUE)) if level is not None else 0)

    def count(self, place: Place) -> str | None:
        """Count one paragraph and give its number as Word shows it; None where the list shows none."""
        level = self._levels.get((place.list_id, place.level), Level())
        counts = self._counts.setdefault(self._abstract.get(place.list_id, place.list_id), Counter())
        counts[place.level] = counts[place.level] + 1 if place.level in counts else level.start
        for deeper in [key for key in counts if key > place.level]:
            del counts[deeper]
        if level.name == "bullet":
            return "\u2022"
        if level.name == "none" or not level.text:
            return None
        return re.sub(r"%(\d)", lambda match: self._shown(place, int(match[1]) - 1, counts), level.text).strip() or None

    def heading_level(self, paragraph: Any) -> int | None:
        """Give the level of a heading style, from 0 for a title, or None for other paragraphs."""
        style = self._style_of(paragraph)
        for _ in range(10):
            if style is None:
                return None
            name = style.find(WORD + "name")
            match = re.fullmatch(r"(?:heading (\d)|(title))", str(name.get(_VALUE) if name is not None else "").lower())
            if match:
                return int(match[1] or 0)
            style = self._parent(style)
        return None

    def _shown(self, place: Place, level: int, counts: Counter[int]) -> str:
        shape = self._levels.get((place.list_id, level), Level())
        return count(counts.get(level, shape.start), shape.name)

    def _style_of(self, paragraph: Any) -> Any:
        named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        return self._styles.get(named.get(_VALUE)) if named is not None else None

    def _parent(self, style: Any) -> Any:
        based = style.find(WORD + "basedOn")
        return self._styles.get(based.get(_VALUE)) if based is not None else None

    def _read_definitions(self) -> None:
        """Read ``numbering.xml``: abstract lists, lists, and the levels that a list overrides."""
        try:
            root = self.package.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {item.get(WORD + "abstractNumId"): item for item in root.iter(WORD + "abstractNum")}
        for item in root.iter(WORD + "num"):
            list_id = item.get(WORD + "numId")
            link = item.find(WORD + "abstractNumId")
            base = link.get(_VALUE) if link is not None else ""
            self._abstract[list_id] = base
            for level in abstract[base].iter(WORD + "lvl") if base in abstract else ():
                self._levels[(list_id, int(level.get(WORD + "ilvl")))] = _read_level(level)
            for override in item.iter(WORD + "lvlOverride"):
                self._override(list_id, override)

    def _override(self, list_id: str, override: Any) -> None:
        """Take a list's own start or level; such a list counts by itself."""
        key = (list_id, int(override.get(WORD + "ilvl")))
        level, start = override.find(WORD + "lvl"), override.find(WORD + "startOverride")
        if level is not None:
            self._levels[key] = _read_level(level)
        if start is not None:
            known = self._levels.get(key, Level())
            self._levels[key] = Level(known.name, known.text, int(start.get(_VALUE)))
            self._abstract[list_id] = f"own {list_id}"

    def _find_base(self) -> int:
        """Give the heading level of agenda items: the highest used more than once."""
        levels = [
            level for p in self.package.element.body.iter(WORD + "p") if (level := self.heading_level(p)) is not None
        ]
        often = [level for level, times in Counter(levels).items() if times > 1]
        return min(often or levels, default=1)


def _read_level(level: Any) -> Level:
    name, text, start = (level.find(WORD + tag) for tag in ("numFmt", "lvlText", "start"))
    return Level(
        name.get(_VALUE) if name is not None else "decimal",
        text.get(_VALUE, "") if text is not None else "",
        int(start.get(_VALUE)) if start is not None else 1,
    )
