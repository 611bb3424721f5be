"""Hold what the pages of an application share."""

from __future__ import annotations

from asyncio import Semaphore
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment

from minutes_miner.store import Store
from minutes_miner.store.search import Facets
from minutes_miner.web.memo import Memo
from minutes_miner.web.metrics import Metrics
from minutes_miner.web.pictures import Pictures
from minutes_miner.web.settings import Settings
from minutes_miner.web.shelf import Shelf
from minutes_miner.web.watching import Watching


@dataclass(frozen=True, slots=True)
class Site:
    """Hold the settings, the open database, the templates, the pictures, the kept answers and the counts of a server.

    ``watching`` takes what readers want to be mailed; None where no mail is set up. Facets of searches, and what is
    reckoned from all of the database, are kept for a while. Who holds ``printing`` may set a report: one at a time, so
    that pages need not wait for many.
    """

    settings: Settings
    store: Store
    templates: Environment
    pictures: Pictures
    shelf: Shelf
    watching: Watching | None = None
    metrics: Metrics = field(default_factory=Metrics)
    facets: Memo[Facets] = field(default_factory=lambda: Memo(seconds=60, most=300))
    reckoned: Memo[Any] = field(default_factory=lambda: Memo(seconds=300, most=300))
    printing: Semaphore = field(default_factory=lambda: Semaphore(1))

    def close(self) -> None:
        """End what holds files and connections."""
        if self.watching:
            self.watching.close()
        self.shelf.close()
        self.store.close()
