"""Run the application on an address, in this process or in several that share it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from minutes_miner.export.postbox import Postbox
from minutes_miner.web.application import create_app
from minutes_miner.web.settings import Settings

_HANDED_ON = "MINUTES_MINER_SERVE"
"""Environment variable by which the settings reach the other processes."""


def run(settings: Settings, *, host: str, port: int, workers: int, on_start: Callable[[], None]) -> None:
    """Serve until the process is ended.

    Args:
        settings: of the application.
        host, port: where to listen.
        workers: processes that answer; each opens the database for itself.
        on_start: called when the settings have been found to be good, just before the first answer.

    Raises:
        StoreError: the database can't be opened, or is of another version.
        ConfigError: a setting can't be used.
    """
    app = create_app(settings)  # also where others will answer: what is wrong is told before they are started
    on_start()
    if workers == 1:
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
        return
    app.state.site.close()
    target = f"{__name__}:make_handed_on"
    with tempfile.TemporaryDirectory(prefix="minutes-miner-") as folder:
        os.environ[_HANDED_ON] = json.dumps(asdict(replace(settings, shelf=Path(folder))), default=str)
        uvicorn.run(
            target, factory=True, host=host, port=port, workers=workers, log_level="warning", server_header=False
        )


def make_handed_on() -> FastAPI:
    """Make the application in one of several processes."""
    held = json.loads(os.environ[_HANDED_ON])
    for name in ("archive", "shelf"):
        held[name] = Path(held[name]) if held[name] else None
    if held["postbox"]:
        held["postbox"] = Postbox(**{**held["postbox"], "recipients": ()})
    return create_app(Settings(**held))
