"""Read the tasks that decisions set: "that a report be brought back in six months"."""

from __future__ import annotations

from dataclasses import replace

import regex

from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.players import Players
from minutes_miner.annotate.sections import Layout
from minutes_miner.domain.finding import Resolution, Task
from minutes_miner.domain.vocabulary import Kind, Outcome

_CONFIDENCE = 0.75
_DOING = {Kind.AGREE, Kind.REQUEST, Kind.AUTHORISE, Kind.DEFER, Kind.OTHER}
"""Kinds of decision that set a task even where they name nobody to do it."""


def read_decided(layout: Layout, players: Players, resolutions: list[Resolution], tasks: list[Task]) -> list[Task]:
    """Add the tasks that decisions set to those found in the sentences.

    A decision that only agrees to what was asked for right before is another mention of that task.

    Args:
        layout: the document.
        players: who can own a task.
        resolutions: what it decides.
        tasks: the tasks found in its sentences.

    Returns:
        All tasks.
    """
    phrases = load_phrases("actions")
    known = list(tasks)
    added = []
    for resolution in resolutions:
        words = Words(layout.text[resolution.start : resolution.end])
        asked = next((task for task in known if 0 <= resolution.start - task.end < 3), None)
        if asked and phrases["REFERS_BACK"].search(words):
            known.remove(asked)
            added.append(replace(asked, mentions=(*asked.mentions, (resolution.start, resolution.end))))
        elif _can_set(resolution) and not any(_overlaps(task, resolution) for task in known):
            hit = _find_order(words, resolution.kind, players)
            if hit:
                owners = players.spots(hit, resolution.start) or players.find_agent(words, resolution.start)
                added.append(Task(resolution.start, resolution.end, owners, "DECISION", _CONFIDENCE))
    return known + added


def _can_set(resolution: Resolution) -> bool:
    return (
        resolution.outcome == Outcome.CARRIED and not resolution.procedural and resolution.kind != Kind.RECOMMEND
    )


def _find_order(words: Words, kind: Kind, players: Players) -> regex.Match[str] | None:
    """Give where a decision sets a task: somebody's, whatever its kind, or nobody's in decisions to do something."""
    phrases = load_phrases("actions")
    unnamed = None
    for hit in phrases["SETS_TASK"].finditer(words):
        owner = hit.groupdict().get("owner")
        if owner and players.is_known(owner, "SETS_TASK", hit.group()):
            return hit
        unnamed = unnamed or (None if owner else hit)
    if unnamed:
        return unnamed
    if kind not in _DOING:
        return None
    return phrases["IN_DECISION"].search(words) or phrases["DECIDED_DOING"].search(words)


def _overlaps(task: Task, resolution: Resolution) -> bool:
    return task.start < resolution.end and resolution.start < task.end
