"""Recognise decisions and actions that several papers of one meeting state, so that each counts once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from minutes_miner.domain.wording import find_twin

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.papers import Statement


def reconcile(store: Store, code: str) -> int:
    """Tell for each record of an authority's gathered papers which other paper's record says the same.

    A record of a paper of lower rank is the same as one of a paper of higher rank where their words agree as those of
    two statements in one document do; each record has one twin in a paper at most.

    Args:
        store: holds the papers, mined.
        code: of the authority.

    Returns:
        How many records say the same as another one.
    """
    from minutes_miner.store.papers import find_shared_occasions, find_statements, save_sameness

    total = 0
    for sources in find_shared_occasions(store, code):
        same = []
        for _, records in groupby(find_statements(store, sources), key=lambda statement: statement.table):
            same += compare(list(records))
        save_sameness(store, same)
        total += sum(other is not None for _, other in same)
    return total


def compare(statements: Sequence[Statement]) -> list[tuple[Statement, str | None]]:
    """Give each statement with the id of the one that says the same in a paper before its own, or None.

    Args:
        statements: of one kind, paper by paper in the order of their rank.
    """
    mains: list[Statement] = []
    same: list[tuple[Statement, str | None]] = []
    for _, records in groupby(statements, key=lambda statement: statement.source):
        free, fresh = list(mains), []
        for statement in records:
            if any(main.id == statement.id for main in mains):  # two addresses gave the very same paper
                continue
            rivals = [main for main in free if main.outcome == statement.outcome]
            twin = find_twin(statement.text, [main.text for main in rivals])
            if twin is None:
                fresh.append(statement)
            else:
                free.remove(rivals[twin])
            same.append((statement, None if twin is None else rivals[twin].id))
        mains += fresh
    return same
