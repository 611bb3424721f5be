"""Turn extractions into rows of a database, and rows into what a reader asks for.

The door of the stage: :func:`open_store` gives a :class:`Store` to write with; the functions of
:mod:`minutes_miner.store.search` read from it.
"""

from minutes_miner.store.connection import UnstorableError
from minutes_miner.store.repository import Saved, Store, StoreInfo, Told, open_store

__all__ = ["Saved", "Store", "StoreInfo", "Told", "UnstorableError", "open_store"]
