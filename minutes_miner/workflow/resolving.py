"""Resolve the names in papers that changed into people, posts and bodies, an authority at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minutes_miner.domain.resolution import resolve

if TYPE_CHECKING:
    from minutes_miner.store import Store


def resolve_parties(store: Store) -> int:
    """Resolve the names of every authority whose papers changed since the last time.

    What comes of it depends on what the store holds alone: not on the order in which papers came, nor on how many runs
    they came in. Each authority is one transaction; a run that is stopped is gone on with by the next one.

    Args:
        store: holds the papers' names.

    Returns:
        The number of authorities.

    Raises:
        StoreError: the database can't be written; what was resolved before stays.
    """
    from minutes_miner.store.naming import find_queue, open_naming

    scopes = find_queue(store)
    for scope in scopes:
        with open_naming(store, scope) as naming:
            names = naming.read()
            naming.save(resolve(names.scope, names.papers, council=names.authority))
    return len(scopes)
