"""Read the Action column: whose initials stand beside a point has to act on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.players import Players
from minutes_miner.annotate.sections import Layout
from minutes_miner.annotate.sentences import iter_sentences
from minutes_miner.domain.finding import Offsets, Resolution, Task
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole

_CONFIDENCE = 0.9
_LONGEST_NOTE = 90
_SHORTEST_TASK = 14


def read_margins(layout: Layout, players: Players, resolutions: list[Resolution], tasks: list[Task]) -> list[Task]:
    """Join margin notes to the tasks of the points they stand beside.

    A point with several tasks gives its note's owners to those that have none; one with a task, or without,
    is one task of the note's owners. A note that tells a task itself is one.

    Args:
        layout: the document.
        players: who can own a task.
        resolutions: what it decides.
        tasks: the tasks found in its sentences.

    Returns:
        All tasks, those of points with a note changed.
    """
    phrases = load_phrases("actions")
    tasks = list(tasks)
    for note, due in _iter_notes(layout):
        if note.beside is None:
            continue
        words = layout.text[note.start : note.end].strip(" .")
        if len(words) > _SHORTEST_TASK and phrases["TO_VERB"].search(words):
            owners = players.find(note.start, note.end)
            tasks.append(Task(note.start, note.end, owners, "MARGIN", _CONFIDENCE, due=due))
        elif told := _read_told(layout, note, due):
            tasks.append(told)
        elif not (len(words) > _LONGEST_NOTE or phrases["DONE"].search(words) or phrases["HEADER_ACTION"].match(words)):
            point = layout.blocks[note.beside]
            inside = [task for task in tasks if point.start <= task.start and task.end <= point.end]
            tasks = [task for task in tasks if task not in inside]
            found = _point_tasks(layout, point, players.in_note(note), inside, resolutions)
            tasks += [replace(task, due=task.due or due) for task in found]
    return tasks


def _iter_notes(layout: Layout) -> Iterator[tuple[Block, Offsets | None]]:
    """Give each margin note with the time in the note after it, where that holds nothing else."""
    phrases = load_phrases("actions")
    notes = [block for block in layout.blocks if block.role is BlockRole.MARGIN_NOTE]
    times = [bool(phrases["NOTE_TIME"].match(layout.text, note.start, note.end)) for note in notes]
    for index, note in enumerate(notes):
        if times[index] or phrases["STATUS_DONE"].match(layout.text, note.start, note.end):
            continue
        after = notes[index + 1] if index + 1 < len(notes) and times[index + 1] else None
        timed = after is not None and after.beside == note.beside
        yield note, (after.start, after.end) if after is not None and timed else None


def _read_told(layout: Layout, note: Block, due: Offsets | None) -> Task | None:
    """Read a note that tells the deed itself with its owner behind it, as in "Order the bench – DP – 3 May"."""
    told = load_phrases("actions")["NOTE_DEED"].match(layout.text, note.start, note.end)
    if told is None:
        return None
    owners: tuple[Offsets, ...] = (told.span("owner"),) if told["owner"] else ()
    return Task(*told.span("deed"), owners, "MARGIN", _CONFIDENCE, ((note.start, note.end),), due=due or _span(told))


def _span(told: regex.Match[str]) -> Offsets | None:
    return told.span("due") if told["due"] else None


def _point_tasks(
    layout: Layout, point: Block, owners: tuple[Offsets, ...], inside: list[Task], resolutions: list[Resolution]
) -> Iterator[Task]:
    if len(inside) > 1:
        for task in inside:
            yield replace(task, owners=task.owners or owners, trigger="MARGIN", confidence=_CONFIDENCE)
        return
    lead = load_phrases("actions")["POINT_TITLE"].match(layout.text, point.body, point.end)
    body = lead.end() if lead else point.body
    start, end = (inside[0].start, inside[0].end) if inside else _deed(layout, body, point.end, resolutions)
    mentions = ((body, point.end),) if (body, point.end) != (start, end) else ()
    yield Task(start, end, owners or (inside[0].owners if inside else ()), "MARGIN", _CONFIDENCE, mentions)


def _deed(layout: Layout, start: int, end: int, resolutions: list[Resolution]) -> Offsets:
    """Give the words of a point that its note is about: what was decided there, or else its last sentence."""
    decided = [resolution for resolution in resolutions if start <= resolution.start and resolution.end <= end]
    if decided:
        return decided[-1].start, decided[-1].end
    sentences = list(iter_sentences(layout.text, start, end))
    return sentences[-1] if sentences else (start, end)
