"""Turn questions of a browser into pages, from what the store holds.

The door of the layer: :func:`create_app` makes the application, :class:`Settings` says how. A page kind is a module of
:mod:`minutes_miner.web.pages`; nothing here writes to the database but what readers want to watch, see
:mod:`minutes_miner.web.watching`.
"""

from minutes_miner.web.application import create_app
from minutes_miner.web.settings import Settings

__all__ = ["Settings", "create_app"]
