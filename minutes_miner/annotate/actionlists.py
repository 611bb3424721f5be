"""Read lists of tasks, such as the one under "Actions arising" at the end of minutes."""

from __future__ import annotations

import regex

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.players import Players
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.domain.finding import Offsets, Task
from minutes_miner.domain.vocabulary import BlockRole

LISTED = 0.9
_SHORTEST = 12
"""Characters from which an entry that names nobody is a task."""
_LONGEST_LINE = 100
"""Characters of a line that goes on with what somebody named before has to do; longer ones and sentences are prose."""
_ENTRY = regex.compile(r"[^;]+")
_WHOLE = regex.compile(r"(?s).+")


class ActionLists:
    """Read the entries under titles with the topic ACTION_LIST.

    A line that holds a name alone, or begins with one, names who does what stands in it and in the lines after it.

    Args:
        layout: the document.
        players: who can own a task.
    """

    def __init__(self, layout: Layout, players: Players) -> None:
        self._layout = layout
        self._text = layout.text
        self._players = players
        self._phrases = load_phrases("actions")
        self._section = -1
        self._owners: tuple[Offsets, ...] = ()

    def read(self, unit: Unit) -> list[Task]:
        """Give the tasks of a line of a list; none where it only names somebody, or is no entry."""
        if unit.section != self._section:
            self._section, self._owners = unit.section, ()
        block = self._layout.blocks[unit.block]
        if self._section >= 0 and block.start == self._layout.sections[self._section].start:
            return []
        start, is_named = self._read_owner(unit)
        is_item = block.role is BlockRole.LIST_ITEM
        is_line = len(unit.words) < _LONGEST_LINE and not unit.words.rstrip().endswith((".", "?", "!"))
        if start >= unit.end or not (is_item or is_named or (self._owners and is_line)):
            return []
        shortest = _SHORTEST if not self._owners else 1
        return [
            self._task(*entry.span())
            for entry in (_ENTRY if is_named else _WHOLE).finditer(self._text, start, unit.end)
            if len(entry.group().strip()) > shortest and not self._phrases["ENTRY_DONE"].search(entry.group())
        ]

    def _read_owner(self, unit: Unit) -> tuple[int, bool]:
        """Keep who a line names, alone or before a colon or dash; give where the rest begins, and whether it does."""
        block = self._layout.blocks[unit.block]
        for begin in (block.body, unit.start) if unit.first else (unit.start,):
            match = self._phrases["ENTRY_OWNER"].match(self._text, begin, unit.end)
            if match and self._players.is_known(match["owner"], "WOULD", match.group()):
                self._owners = self._players.spots(match, 0)
                return int(match.end()), True
        return unit.start, False

    def _task(self, start: int, end: int) -> Task:
        words = self._text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
        return Task(start, end, self._players.find(start, end) or self._owners, "LIST", LISTED)
