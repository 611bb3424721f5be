"""Find and fetch files by any address that fsspec knows, such as ``s3://``, ``gs://`` or ``https://``."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path, PurePosixPath
from typing import Any

from minutes_miner.config import Limits
from minutes_miner.errors import ReadError
from minutes_miner.workflow.container import read_content
from minutes_miner.workflow.outcome import Task

_PIECE = 1 << 20
"""Bytes of an archive that are fetched at a time."""

_INSTALL = "install it with: pip install 'minutes-miner[remote]', and what fsspec needs for this kind of address"


def is_address(text: str) -> bool:
    """Tell an address from a path."""
    return "://" in text


def find_remote(address: str, suffixes: frozenset[str], *, authority: str | None = None) -> Iterator[Task]:
    """Find the files of an address: itself, or what lies in the folder that it names, in the order of their names.

    Args:
        address: of a file or a folder.
        suffixes: of the files that are taken from a folder.
        authority: code or name of the authority that the documents are of.

    Raises:
        ReadError: it can't be reached, or nothing is there.
    """
    system, root = _open(address)
    with _explained(address):
        if not system.isdir(root) or PurePosixPath(root).suffix:
            yield _task(address, authority)
            return
        for name in sorted(system.find(root)):
            place = PurePosixPath(name)
            inner = place.relative_to(root) if place.is_relative_to(root) else place
            if place.suffix.lower() in suffixes and not any(part.startswith(".") for part in inner.parts):
                yield _task(system.unstrip_protocol(name), authority)


def may_hold_others(address: str) -> bool:
    """Tell from its name whether an address is of an archive, a mail or a WARC file."""
    return address.lower().split("?")[0].endswith((".zip", ".eml", ".warc", ".warc.gz"))


def read_bytes(task: Task, limits: Limits) -> bytes:
    """Read the bytes of a file, or of a member of an archive or a mail, wherever it is.

    Raises:
        ReadError: they can't be had, or are too many.
    """
    if task.address is None or task.steps:
        return read_content(localise(task, limits), limits)
    system, root = _open(task.address)
    with _explained(task.address), system.open(root, "rb") as remote:
        data = bytes(remote.read(limits.max_bytes + 1))
    if len(data) > limits.max_bytes:
        raise _too_large(limits)
    return data


def localise(task: Task, limits: Limits) -> Task:
    """Give a task whose file is on this machine: it is fetched where it is not.

    Raises:
        ReadError: it can't be fetched, or is too large.
    """
    if task.address is None:
        return task
    return replace(task, path=_fetch(task.address, limits))


def _fetch(address: str, limits: Limits) -> Path:
    """Give the copy of an archive, and remove the one before it: its members are read one after the other."""
    name = hashlib.sha256(address.encode()).hexdigest()[:16]
    path = Path(_folder()) / f"{name}{PurePosixPath(address.split('?')[0]).suffix}"
    if path.exists():
        return path
    for other in path.parent.iterdir():
        other.unlink()
    system, root = _open(address)
    partly = path.with_suffix(".part")
    with _explained(address), system.open(root, "rb") as remote, partly.open("wb") as local:
        while piece := remote.read(_PIECE):
            local.write(piece)
            if local.tell() > limits.max_unpacked:
                raise _too_large(limits)
    return partly.rename(path)


@cache
def _folder() -> str:
    """Make a folder that goes when this process ends well."""
    folder = tempfile.mkdtemp(prefix="minutes-miner-")
    Finalize(None, shutil.rmtree, args=(folder, True), exitpriority=1)
    return folder


def _open(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise ReadError("this needs fsspec", where=address, advice=_INSTALL) from None
    try:
        system, root = url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise ReadError(f"the address can't be used ({_first_line(error)})", where=address, advice=_INSTALL) from error
    return system, str(root)


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """Turn what the network complains of into one line.

    Raises:
        ReadError: always where anything goes wrong.
    """
    troubles: tuple[type[Exception], ...] = (OSError, ValueError)
    if "aiohttp" in sys.modules:
        troubles = (*troubles, sys.modules["aiohttp"].ClientError)
    try:
        yield
    except FileNotFoundError:
        raise ReadError("there is no such file", where=address, advice="check the address") from None
    except troubles as error:
        raise ReadError(f"it can't be fetched ({_first_line(error)})", where=address) from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _too_large(limits: Limits) -> ReadError:
    return ReadError(f"the file is larger than {limits.max_bytes / 1e6:g} MB", advice="split it or give its text alone")


def _task(address: str, authority: str | None) -> Task:
    return Task(Path(PurePosixPath(address.split("?")[0]).name), address, authority, url=_url(address), address=address)


def _url(address: str) -> str | None:
    return address if address.startswith(("http://", "https://")) else None
