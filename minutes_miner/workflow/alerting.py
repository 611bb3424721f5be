"""Run saved searches: find what is new, deliver it, and only then remember that it was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from minutes_miner.domain.alert import Alert
from minutes_miner.export.atom import MOST, as_feed
from minutes_miner.export.postbox import PartialMailError

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.watches import Watch

Deliver = Callable[[str, Sequence[Alert]], None]
"""Delivers what a saved search of a name tells; raises where it can't. It is called where there is nothing, too."""


def run_watch(store: Store, watch: Watch, deliver: Deliver, *, is_trial: bool = False) -> list[Alert]:
    """Tell what a saved search finds that it has not told.

    Where delivery fails nothing is remembered, so that the next run tells it again. Where some recipients have a mail
    already, it counts as told, lest they get it again and again.

    Args:
        store: an open store.
        watch: the saved search.
        deliver: gets what is new or changed.
        is_trial: whether to remember nothing.

    Returns:
        What was told.

    Raises:
        StoreError: the database can't be read or written, or another run is telling it.
        MinutesMinerError: whatever deliver raises.
    """
    from minutes_miner.store.watches import claiming, find_news, mark_told

    with claiming(store, watch):
        found = find_news(store, watch)
        alerts = [alert for alert in found if alert.change != "known"]
        try:
            deliver(watch.name, alerts)
        except PartialMailError:
            if not is_trial:
                mark_told(store, watch, found)
            raise
        if not is_trial:
            mark_told(store, watch, found)
    return alerts


def make_feed(store: Store, watch: Watch, alerts: Sequence[Alert]) -> bytes:
    """Give a saved search's feed: what it tells now, and what it told before, as the records are now."""
    from minutes_miner.store.watches import find_told

    fresh = {alert.key for alert in alerts}
    before = [alert for alert in find_told(store, watch, limit=MOST) if alert.key not in fresh]
    ordered = sorted([*alerts, *before], key=lambda alert: alert.key)
    ordered.sort(key=lambda alert: alert.told_at or "", reverse=True)
    return as_feed(watch.name, ordered, updated=watch.made_at)
