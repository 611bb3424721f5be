"""Read labels that name who has to act: "ACTION: Head of Finance", or the initials at the end of a point."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import regex

from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.players import Players
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.domain.finding import Offsets, Task
from minutes_miner.domain.vocabulary import BlockRole

LABELLED, TRAILING = 0.95, 0.85
"""How sure a task is whose owner a label names, and one whose owner the initials at its end name."""
_FEWEST_WORDS = 2
"""Words of a point before the initials at its end."""
_CAN_TRAIL = re.compile(r"[A-Z][\s.)]*\Z")
"""How a point ends whose last words are initials; most do not, and need no further look."""
_STOPS = ".:;,–—-!?"


class Labels:
    """Read the labels of one document.

    Args:
        layout: the document.
        players: who can own a task.
    """

    def __init__(self, layout: Layout, players: Players) -> None:
        self._layout = layout
        self._text = layout.text
        self._players = players
        self._phrases = load_phrases("actions")

    def read(self, unit: Unit, match: regex.Match[str], previous: Unit | None) -> list[Task]:
        """Read "ACTION: Head of Finance" and "Action – NO to arrange replacement"."""
        rest_start = unit.start + match.start("rest")
        rest = match["rest"]
        owner = self._phrases["OWNER_ONLY"].match(rest)
        if owner is None and len(rest) > 8:
            start = unit.start if match.start() > 12 else rest_start
            return [_label(start, unit.end, self._players.find(rest_start, unit.end))]
        if owner is None:
            return []
        owners = self._players.spots(owner, rest_start)
        if match.start() > 12:
            return [_label(unit.start, unit.start + match.start(), owners)]
        if previous is None or self._layout.find_item(previous.start) != self._layout.find_item(unit.start):
            return []
        return [_label(previous.start, previous.end, owners)]

    def read_trailing(self, unit: Unit, previous: Unit | None, names_owner: Callable[[str], bool]) -> list[Task]:
        """Read a point that ends with the initials of somebody present: he has to act on it.

        Args:
            unit: a sentence.
            previous: the one before it.
            names_owner: tells whether words name an owner themselves.
        """
        block = self._layout.blocks[unit.block]
        if block.role is BlockRole.HEADING or unit.end < block.end - 2:
            return []
        words = self._text[block.body : block.end]
        match = self._phrases["TRAILING"].search(Words(words)) if _CAN_TRAIL.search(words) else None
        if match is None or not self._players.knows(match["owner"]):
            return []
        before, owners = match.string[: match.start("owner")], self._players.spots(match, block.body)
        told = len(before.split()) >= _FEWEST_WORDS and not before.isupper()
        if not told or self._phrases["NO_OWNER_BEFORE"].search(before):
            return []
        is_apart = before.rstrip()[-1:] in _STOPS
        if not is_apart and names_owner(unit.words):
            return []
        if previous and previous.block == unit.block and block.body + match.start("owner") <= unit.start:
            return [_label(previous.start, previous.end, owners)]
        return [Task(block.body, block.body + len(before.rstrip()), owners, "INITIALS_END", TRAILING)]

    def give_owners(
        self, tasks: list[Task], labelled: Task, block: int, end: int
    ) -> tuple[list[Task], list[Task]]:
        """Give the owners that a label names to the tasks of the sentence before it: what it names goes before "he".

        Where that sentence sets none, the last task of its paragraph is meant.

        Returns:
            The other tasks, and those of the sentence, or the sentence itself as a task.
        """
        start = self._layout.blocks[block].start
        inside = [task for task in tasks if labelled.start <= task.start and task.end <= labelled.end]
        inside = inside or [task for task in tasks if start <= task.start and task.end <= labelled.start][-1:]
        whole = ((labelled.start, end),)
        found = [
            replace(task, owners=labelled.owners, trigger="LABELLED", mentions=(*task.mentions, *whole))
            if self._is_vague(task) or (len(inside) == 1 and task.start >= labelled.start)
            else task
            for task in inside
        ]
        rest = [task for task in tasks if task not in inside]
        return rest, found or [replace(labelled, mentions=(*labelled.mentions, *whole))]

    def _is_vague(self, task: Task) -> bool:
        """Tell whether nobody is named as a task's owner: there is none, or a pronoun."""
        return all(self._phrases["PRONOUN"].match(self._text[start:stop].lower()) for start, stop in task.owners)


def _label(start: int, end: int, owners: tuple[Offsets, ...]) -> Task:
    return Task(start, end, owners, "LABELLED", LABELLED)
