"""Note the bodies, meetings and notices that a site lists, and which of them it lists no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, update

from minutes_miner.domain.gathering import Committee, Occasion, Standing, Window
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.store.gathertables import committees, occasions
from minutes_miner.store.saving import insert_for

_TOLD = ("committee", "committee_name", "day", "title", "url", "within")


def put_committees(connection: Connection, code: str, found: Iterable[Committee]) -> None:
    """Note bodies by their keys; a newer name takes the place of the older one."""
    rows = [{"authority": code, "key": body.key, "name": body.name, "url": body.url} for body in found]
    if rows:
        connection.execute(_committee_upsert(connection.dialect.name), rows)


def put_occasions(connection: Connection, code: str, found: Iterable[Occasion]) -> None:
    """Note meetings and notices by their keys; what a page does not tell stays as it is known."""
    for occasion in found:
        told = occasion.standing
        row = {name: getattr(occasion, name) for name in _TOLD}
        row |= {"authority": code, "key": occasion.key, "kind": occasion.kind.value}
        row |= {"state": Coverage.NOT_TRIED.value, "standing": (told or Standing.HELD).value}
        row["is_dirty"] = told is Standing.CANCELLED
        connection.execute(_occasion_upsert(connection.dialect.name, told), row)


@cache
def _committee_upsert(dialect: str) -> Any:
    inserting = insert_for(dialect, committees)
    newer = {"name": inserting.excluded.name, "url": func.coalesce(inserting.excluded.url, committees.c.url)}
    return inserting.on_conflict_do_update(index_elements=["authority", "key"], set_=newer)


@cache
def _occasion_upsert(dialect: str, told: Standing | None) -> Any:
    inserting = insert_for(dialect, occasions)
    newer: dict[str, Any] = {name: func.coalesce(inserting.excluded[name], occasions.c[name]) for name in _TOLD}
    if told is not None:
        newer["standing"] = inserting.excluded.standing
        newer["is_dirty"] = or_(occasions.c.is_dirty, occasions.c.standing != told.value)
    return inserting.on_conflict_do_update(index_elements=["authority", "key"], set_=newer)


def put_window(connection: Connection, code: str, window: Window, listed: Sequence[str]) -> None:
    """Mark as vanished what a complete list lacks."""
    chosen: tuple[ColumnElement[bool], ...] = (
        occasions.c.authority == code,
        occasions.c.kind == window.kind.value,
        occasions.c.day.between(window.first, window.last),
        occasions.c.standing != Standing.VANISHED.value,
    )
    if window.committee is not None:
        chosen = (*chosen, occasions.c.committee == window.committee)
    missing = update(occasions).where(*chosen, occasions.c.key.not_in(listed))
    connection.execute(missing.values(standing=Standing.VANISHED.value))
