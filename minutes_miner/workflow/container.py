"""Open archives, mails and WARC files, and list what can be mined in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath

from minutes_miner.config import Limits
from minutes_miner.errors import ReadError
from minutes_miner.workflow.archive import OFFICE_SUFFIXES, SIGNATURES, Archive
from minutes_miner.workflow.files import SUFFIXES, Found, digest, read_file, read_head, tell_suffix
from minutes_miner.workflow.mail import Mail
from minutes_miner.workflow.member import SEPARATOR, Container, LimitError, Member
from minutes_miner.workflow.outcome import Failure, Skipped, Task
from minutes_miner.workflow.savedrecord import SUFFIX, SavedRecord
from minutes_miner.workflow.warcfile import WarcFile, is_warc

MAX_DEPTH = 3
"""Archives and mails that may lie in each other."""

_HARMLESS = 10_000_000
"""Bytes up to which nobody asks how well an archive was packed."""

_MANY = 5_000_000
"""Documents that a WARC file may hold, which is read one record at a time."""


def is_container(path: Path) -> bool:
    """Tell from its first bytes and its name whether a file may hold others; False if it can't be read."""
    head = read_head(path)
    return bool(head) and (is_warc(path.name, head) or _may_hold(path.name, head))


def is_collection(path: Path, limits: Limits) -> bool:
    """Tell whether a file holds documents and is none itself; of archives the directory is read, and nothing unpacked.

    Raises:
        ReadError: it is an archive whose directory is broken or lists more than the limits allow.
    """
    head = read_head(path)
    if not head or not (is_warc(path.name, head) or _may_hold(path.name, head)):
        return False
    return not head.startswith(SIGNATURES) or not Archive(path, max_members=limits.max_members).is_office


def list_members(task: Task, limits: Limits) -> list[Found] | None:
    """List what an archive, a mail or a WARC file holds, and what the archives and mails in it hold.

    Every member is unpacked once, one at a time, so that its bytes are known to be sound and its digest is told.

    Args:
        task: names the file.
        limits: what it may hold and what one member may cost.

    Returns:
        A task for each document, and what is left out or broken; None where the file is one document itself.

    Raises:
        ReadError: it can't be opened, or holds more than the limits allow.
    """
    stamp = _stamp(task.path)
    container = _open_way(task.path, stamp, (), limits)
    if isinstance(container, Archive) and container.is_office:
        return None
    if isinstance(container, WarcFile):
        limits = replace(limits, max_members=_MANY)
    found = list(_list(task, container, _Tally(limits, stamp[0])))
    if not found:
        raise ReadError("it holds no files", advice="check that this is the file you mean")
    return found


def read_content(task: Task, limits: Limits) -> bytes:
    """Read the bytes of a file, or of a member of an archive, a mail or a WARC file.

    Raises:
        ReadError: they can't be had, or are too many.
    """
    if not task.steps:
        return read_file(task.path, limits)
    return _open_way(task.path, _stamp(task.path), task.steps[:-1], limits).read(task.steps[-1], limits.max_bytes)


@dataclass(slots=True)
class _Tally:
    """Count what one file holds in all, at any depth.

    Attributes:
        limits: what it may hold.
        packed: bytes of the file.
        members, unpacked: files in it, and their bytes.
    """

    limits: Limits
    packed: int
    members: int = 0
    unpacked: int = 0

    def add(self, members: list[Member]) -> None:
        """Count members before any of them is unpacked.

        Raises:
            LimitError: there are too many, or they unpack to too much.
        """
        limits, advice = self.limits, "unpack it and mine the folder, if you trust it"
        self.members += len(members)
        self.unpacked += sum(member.size for member in members)
        if self.members > limits.max_members:
            raise LimitError(f"it holds more than {limits.max_members:,} files", advice=advice)
        if self.unpacked > limits.max_unpacked:
            raise LimitError(f"it unpacks to more than {limits.max_unpacked / 1e9:g} GB", advice=advice)
        if self.unpacked > max(limits.max_ratio * self.packed, _HARMLESS):
            raise LimitError(f"it unpacks to more than {limits.max_ratio:g} times its size", advice=advice)


def _list(task: Task, container: Container, tally: _Tally) -> Iterator[Found]:
    tally.add([member for member in container.members if not member.omission])
    for member in container.members:
        inner = replace(
            task,
            source=member.address or f"{task.source}{SEPARATOR}{member.name}",
            steps=(*task.steps, member.index),
            title=member.title or task.title,
            url=member.address or task.url,
        )
        if member.omission or member.suffix not in SUFFIXES and not (member.address or member.fault):
            yield Skipped(inner.source, member.omission or tell_suffix(member.suffix))
        elif member.fault:
            yield Failure(inner.source, member.fault, member.size)
        elif member.sha256:
            yield replace(inner, sha256=member.sha256, size=member.size)
        else:
            yield from _list_member(inner, container, member, tally)


def _list_member(task: Task, container: Container, member: Member, tally: _Tally) -> Iterator[Found]:
    """Give a member as a task, or what it holds where it is an archive or a mail itself."""
    try:
        data = container.read(member.index, tally.limits.max_bytes)
        inner = _make(data, tally.limits) if _may_hold(member.name, data) else None
    except LimitError:
        raise
    except ReadError as error:
        yield Failure(task.source, str(ReadError(error.reason, advice=error.advice)), member.size)
        return
    if inner is None or isinstance(inner, Archive) and inner.is_office:
        yield replace(task, sha256=digest(data), size=len(data))
    elif len(task.steps) >= MAX_DEPTH:
        reason = f"archives and mails lie in each other more than {MAX_DEPTH} deep; unpack it"
        yield Failure(task.source, reason, len(data), digest(data))
    else:
        del data
        yield from _list(task, inner, tally)


def _may_hold(name: str, head: bytes) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    if head.startswith(SIGNATURES):
        return suffix not in OFFICE_SUFFIXES
    return suffix == ".eml" and not head.startswith(b"%PDF-")


@lru_cache(maxsize=MAX_DEPTH)
def _open_way(path: Path, _stamp: tuple[int, int], way: tuple[int, ...], limits: Limits) -> Container:
    """Open a container in a file, by the members that lead to it; the last ones stay open, for their next member."""
    if way:
        return _make(_open_way(path, _stamp, way[:-1], limits).read(way[-1], limits.max_bytes), limits)
    head = read_head(path)
    if is_warc(path.name, head):
        return WarcFile(path, max_bytes=limits.max_bytes)
    if path.suffix.lower() == SUFFIX:
        return SavedRecord(read_file(path, limits))
    if head.startswith(SIGNATURES):
        return Archive(path, max_members=limits.max_members)
    return _make(read_file(path, limits), limits)


def _make(data: bytes, limits: Limits) -> Container:
    if data.startswith(SIGNATURES):
        return Archive(BytesIO(data), max_members=limits.max_members)
    return Mail(data, max_members=limits.max_members, readable=SUFFIXES - {""})


def _stamp(path: Path) -> tuple[int, int]:
    """Give a file's size and when it was last written, which tell that it is another one now."""
    try:
        status = path.stat()
    except OSError as error:
        raise ReadError("the file is gone", advice="check the path") from error
    return status.st_size, status.st_mtime_ns
