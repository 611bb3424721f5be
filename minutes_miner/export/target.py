"""Put what is written in its place only when it is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minutes_miner.errors import ExportError

PROVENANCE = "provenance.json"
"""Stands in every folder that an export makes, and so tells which folders may be replaced."""

PROGRAM = "minutes-miner"


@contextmanager
def replacing(target: Path, *, force: bool) -> Iterator[Path]:
    """Lend a path beside the target, of the same suffix; what stands there is moved into place at the end.

    After an error, or Ctrl-C, the target is as it was and nothing is left beside it.

    Args:
        target: the file or folder that is wanted.
        force: whether to replace a file, an empty folder, or the folder of an earlier export.

    Raises:
        ExportError: the target is there and can't or may not be replaced, or its folder is missing.
    """
    _check(target, force)
    beside = target.with_name(f".{target.stem}.{os.getpid()}.part{target.suffix}")
    former = target.with_name(f".{target.name}.{os.getpid()}.old")
    try:
        yield beside
        if target.is_dir() or target.exists() and beside.is_dir():  # only a file can be replaced by a file at once
            target.rename(former)
        beside.replace(target)
    finally:
        if former.exists() and not target.exists():
            former.rename(target)
        _remove(beside)
        _remove(former)


def _check(target: Path, force: bool) -> None:
    if not target.parent.is_dir():
        raise ExportError("its folder is not there", where=str(target), advice="make the folder, or name another one")
    if not os.path.lexists(target):
        return
    if not force:
        raise ExportError("is there already", where=str(target), advice="name another place, or add --force")
    if target.is_dir() and not _is_replaceable(target):
        raise ExportError(
            "the folder holds something else than an export", where=str(target), advice="name another folder"
        )


def _is_replaceable(folder: Path) -> bool:
    """Tell whether a folder is empty, or holds nothing but what an export put there."""
    if not any(folder.iterdir()):
        return True
    try:
        made = json.loads((folder / PROVENANCE).read_text("utf-8"))
        known = {folder / PROVENANCE, *(folder / name for name in made["also"])}
        known |= {folder / file["path"] for file in made["files"]}
        return made["program"]["name"] == PROGRAM and known >= {path for path in folder.rglob("*") if path.is_file()}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
