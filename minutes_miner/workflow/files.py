"""Find the files of a run, and read them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from minutes_miner.config import Limits
from minutes_miner.errors import ReadError
from minutes_miner.scrape.lgsf import Saved, find_saved, is_council
from minutes_miner.scrape.manifest import NAME, Facts, load_manifest
from minutes_miner.workflow.outcome import Failure, Skipped, Task

SUFFIXES = frozenset(
    {"", ".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".docm", ".odt", ".rtf", ".doc", ".zip", ".eml"}
)
"""Suffixes of the files that are read in folders, archives and mails; a file named itself is always read."""

_WARC = (".warc", ".warc.gz")
"""Suffixes of files that are read in folders, too."""

Found = Task | Skipped | Failure

_HEAD = 16


def find_files(paths: Sequence[Path | str], *, authority: str | None = None) -> Iterator[Found]:
    """Find files in the order of the paths, folders sorted by name, each file once.

    Hidden files and folders are left out silently; links to folders are followed once. What the ``manifest.csv`` of a
    folder tells of its files goes with them. Of a council's folder as LGSF saves it, minutes and decisions are taken.

    Args:
        paths: files and folders, and addresses that fsspec knows.
        authority: code or name of the authority that the documents are of, where no manifest names another.

    Raises:
        ReadError: a manifest breaks a rule.
    """
    seen: set[int] = set()
    for path in paths:
        for item in _find(path, authority):
            if len(paths) == 1:  # a walk gives each file once
                yield item
            elif (mark := hash(item.source)) not in seen:
                seen.add(mark)
                yield item


def _find(path: Path | str, authority: str | None) -> Iterable[Found]:
    if isinstance(path, str) and "://" in path:
        from minutes_miner.workflow.remote import find_remote

        return find_remote(path, SUFFIXES - {""}, authority=authority)
    path = Path(path)
    return _walk(path, authority) if os.path.isdir(path) else [Task(path, source_of(path), authority)]


def read_file(path: Path, limits: Limits) -> bytes:
    """Read a file's bytes.

    Raises:
        ReadError: there is no such file, it is no regular file, it may not be read, or it is too large.
    """
    source = name_of(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("not a regular file", where=source, advice="name a file or a folder of files")
        if status.st_size > limits.max_bytes:
            raise _too_large(source, limits)
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except FileNotFoundError:
        reason = "the link leads to nothing" if path.is_symlink() else "there is no such file"
        raise ReadError(reason, where=source, advice="check the path") from None
    except (OSError, ValueError) as error:
        raise ReadError(_reason(error), where=source) from None
    if len(data) > limits.max_bytes:
        raise _too_large(source, limits)
    return data


def read_head(path: Path) -> bytes:
    """Read a file's first bytes, enough to tell its kind; nothing where it can't be read."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return b""
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except (OSError, ValueError):
        return b""


def tell_suffix(suffix: str) -> str:
    """Say that files are left out for their suffix."""
    return f"files that end in {suffix} are not read"


def digest(data: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal digits: a document's identity."""
    return hashlib.sha256(data).hexdigest()


def source_of(path: Path) -> str:
    """Give the absolute path as text, which tells files of one name in different folders apart; links stay."""
    return name_of(Path(os.path.abspath(path)))


def name_of(path: Path) -> str:
    r"""Give a path as text, as it was named; bytes that are no UTF-8 become ``\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(root: Path, authority: str | None) -> Iterator[Found]:
    visited: set[tuple[int, int]] = set()
    told: dict[Path, Facts] = {}
    stack = [root]
    while stack:
        path = stack.pop()
        try:
            if not path.is_dir():
                yield _judge(path, authority, told.get(path))
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) not in visited:
                visited.add((status.st_dev, status.st_ino))
                if is_council(path):
                    yield from (_take(saved, authority) for saved in find_saved(path))
                    continue
                children = [child for child in path.iterdir() if not child.name.startswith(".")]
                if path / NAME in children:
                    children.remove(path / NAME)
                    facts = load_manifest(path / NAME)
                    told |= {fact.path: fact for fact in facts}
                    yield from _find_missing(path / NAME, facts)
                stack.extend(sorted(children, reverse=True))
        except OSError as error:
            yield Failure(source_of(path), _reason(error))


def _judge(path: Path, authority: str | None, facts: Facts | None) -> Found:
    source = source_of(path)
    if not facts and path.suffix.lower() not in SUFFIXES and not path.name.lower().endswith(_WARC):
        return Skipped(source, tell_suffix(path.suffix))
    if path.exists() and not path.is_file():
        return Skipped(source, "not a regular file")
    task = Task(path, source, authority)
    return _add_facts(task, facts) if facts else task


def _add_facts(task: Task, facts: Facts) -> Task:
    return replace(
        task,
        authority=facts.authority or task.authority,
        committee=facts.committee,
        meeting_date=facts.day,
        url=facts.url,
        title=facts.title,
    )


def _take(saved: Saved, authority: str | None) -> Found:
    source = saved.source or source_of(saved.path)
    if saved.omission:
        return Skipped(source, saved.omission)
    if saved.fault:
        return Failure(source, saved.fault)
    return Task(
        saved.path,
        source,
        authority or saved.authority,
        steps=(0,) if saved.is_record else (),
        title=saved.title,
        committee=saved.committee,
        meeting_date=saved.day,
        url=saved.url,
    )


def _find_missing(manifest: Path, facts: Iterable[Facts]) -> Iterator[Failure]:
    for fact in facts:
        if not fact.path.is_file():
            yield Failure(source_of(fact.path), f"there is no such file; line {fact.line} of {manifest.name} names it")


def _too_large(source: str, limits: Limits) -> ReadError:
    size = f"{limits.max_bytes / 1_000_000:g} MB"
    return ReadError(f"the file is larger than {size}", where=source, advice="split it or give its text alone")


def _reason(error: OSError | ValueError) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
