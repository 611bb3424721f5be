"""Tell which clauses and tasks a document states again in other words, by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minutes_miner.domain.finding import Resolution, Task

_IN_TURN = 0.4
"""Mean share of words in common from which the clauses of two lists are the same in turn."""
_LISTED = frozenset(("LIST", "TABLE"))
_OWN_WORDS, _OTHERS_WORDS = 0.3, 0.6
"""Share of the shorter task's words in common from which two tasks of one owner, or of several, are one."""


def recaps(
    found: Resolution | Task, other: Resolution | Task, words: dict[int, list[str]], text: str
) -> bool:
    """Tell whether an entry of a list or table of actions sums up a task that the text before it sets at length.

    Args:
        found: the entry.
        other: what stands before it.
        words: the words that carry meaning of each finding, by its ``id``.
        text: the text they stand in.
    """
    if not (isinstance(found, Task) and isinstance(other, Task)):
        return False
    if found.trigger not in _LISTED or other.trigger in _LISTED or other.end > found.start:
        return False
    owners = [{name for span in task.owners for name in _short_names(text[slice(*span)])} for task in (found, other)]
    first, second = (set(words[id(task)]) - names for task, names in zip((found, other), owners, strict=True))
    common, shorter = len(first & second), max(1, min(len(first), len(second)))
    if owners[0] & owners[1]:
        return common >= 2 or common / shorter > _OWN_WORDS
    return common >= 3 and common / shorter >= _OTHERS_WORDS


def _short_names(owner: str) -> set[str]:
    """Give what an owner is called in short: the last word and, of a name of several, the initials."""
    parts = owner.split()
    initials = "".join(part[0] for part in parts if part[0].isupper())
    return {parts[-1].lower(), *([initials.lower()] if len(initials) > 1 else [])} if parts else set()


def pair_lists(
    findings: Sequence[Resolution | Task], words: dict[int, list[str]], find_item: Callable[[int], int]
) -> dict[int, int]:
    """Pair the clauses of two lists of one item that tell the same in turn, as a summary of decisions and minutes do.

    Args:
        findings: in the order of the text.
        words: the words that carry meaning of each finding, by its ``id``.
        find_item: gives the agenda item of an offset.

    Returns:
        Each clause of the later list by ``id``, with that of its twin.
    """
    lists: dict[tuple[int, int], list[Resolution]] = {}
    for found in findings:
        if isinstance(found, Resolution) and found.trigger == "CLAUSE":
            lists.setdefault((find_item(found.start), found.group), []).append(found)
    twins: dict[int, int] = {}
    for (item, _), clauses in lists.items():
        for (other_item, _), others in lists.items():
            if item == other_item and len(clauses) == len(others) > 1 and others[-1].end <= clauses[0].start:
                pairs = [(id(one), id(other)) for one, other in zip(clauses, others, strict=True)]
                shares = [_share(words[one], words[other]) for one, other in pairs]
                if min(shares) > 0 and sum(shares) / len(shares) >= _IN_TURN:
                    twins |= dict(pairs)
    return twins


def _share(first: list[str], second: list[str]) -> float:
    """Give the share of the shorter statement's words that the other one holds."""
    return len(set(first) & set(second)) / max(1, min(len(set(first)), len(set(second))))
