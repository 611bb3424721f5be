"""Take one document through parse, annotate and extract.

The stages are imported inside the functions: the process that conducts a run needs none of them.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.domain.source import Document, part_digest
from minutes_miner.errors import MinutesMinerError, ReadError
from minutes_miner.workflow.container import is_collection, list_members
from minutes_miner.workflow.files import Found, digest, name_of, read_file
from minutes_miner.workflow.outcome import Answered, Failure, Task, Unchanged
from minutes_miner.workflow.remote import localise, read_bytes
from minutes_miner.workflow.stopwatch import Stopwatch

if TYPE_CHECKING:
    from spacy.language import Language

_Result = TypeVar("_Result")


def extract_file(
    path: Path, *, nlp: Language | None = None, authority: str | None = None, limits: Limits = Limits()
) -> Extraction:
    """Find everything in one file.

    Args:
        path: a PDF, DOCX, HTML, Markdown or text file; no archive and no mail.
        nlp: the pipeline; the product's own by default, loaded once a process.
        authority: code or name of the authority, where known.
        limits: what the document may cost.

    Raises:
        ReadError: the file can't be read, or holds other files.
        ParseError: its bytes are no document.
        AnnotateError: the pipeline can't be loaded or can't process the text.
        ExtractError: what was marked can't be made into records.
    """
    source = name_of(path)
    if is_collection(path, limits):
        reason = "an archive or a mail holds documents and is none itself"
        raise ReadError(reason, where=source, advice="read it with extract_files")
    return extract_bytes(read_file(path, limits), source, nlp=nlp, authority=authority, limits=limits)


def extract_bytes(
    data: bytes,
    source: str,
    *,
    nlp: Language | None = None,
    authority: str | None = None,
    limits: Limits = Limits(),
) -> Extraction:
    """Find everything in the bytes of one document; a pack of minutes is not parted here.

    Args:
        data: the file's bytes.
        source: the path or address they came from.
        nlp: the pipeline; the product's own by default, loaded once a process.
        authority: code or name of the authority, where known.
        limits: what the document may cost.

    Raises:
        ParseError: the bytes are no document.
        AnnotateError: the pipeline can't be loaded or can't process the text.
        ExtractError: what was marked can't be made into records.
    """
    from minutes_miner.annotate import annotate
    from minutes_miner.extract import extract
    from minutes_miner.parse import identify, parse

    document = parse(data, identify(data, source, authority=authority), limits=limits)
    return extract(document, annotate(nlp or load_once(), document))


def extract_parts(data: bytes, task: Task, limits: Limits, clock: Stopwatch | None = None) -> list[Extraction]:
    """Find everything in the bytes of one file, a pack of minutes meeting by meeting.

    Args:
        data: the file's bytes.
        task: names it.
        limits: what one document may cost.
        clock: is told what each stage takes.

    Raises:
        ParseError: the bytes are no document.
        AnnotateError: the pipeline can't be loaded or can't process the text.
        ExtractError: what was marked can't be made into records.
    """
    from minutes_miner.annotate import annotate
    from minutes_miner.extract import extract
    from minutes_miner.parse import identify, parse
    from minutes_miner.parse.pack import split_pack

    clock = clock or Stopwatch()
    with clock("parse"):
        ref = replace(identify(data, task.source, authority=task.authority), url=task.url)
        whole = parse(data, ref, limits=limits)
        if task.title and not whole.title:
            whole = replace(whole, title=task.title)
        documents = (whole,) if task.is_whole else split_pack(whole)
    if len(documents) == 1:
        documents = (_add_facts(documents[0], task),)
    documents = tuple(map(_add_territory, documents))
    found = []
    for document in documents:
        with clock("annotate"):
            doc = annotate(load_once(), document)
        with clock("extract"):
            found.append(extract(document, doc))
    return found


def _add_facts(document: Document, task: Task) -> Document:
    """Put what was told of a document in the place of what was read in it."""
    return replace(
        document,
        committee=task.committee or document.committee,
        meeting_date=task.meeting_date or document.meeting_date,
    )


def _add_territory(document: Document) -> Document:
    """Add where in the United Kingdom the authority lies; the register of those that can be gathered tells it."""
    from minutes_miner.scrape.territories import find_territory

    authority = document.authority or document.ref.authority
    return replace(document, territory=document.territory or find_territory(authority))


def find_version() -> str:
    """Give the version of the product's own pipeline, with that of the topics' weights.

    Raises:
        AnnotateError: it can't be loaded.
    """
    from minutes_miner.annotate import pipeline_version
    from minutes_miner.extract.topics import weights_digest

    return f"{pipeline_version(load_once())} / topics {weights_digest()}"


def try_batch(tasks: Sequence[Task], limits: Limits) -> list[Answered]:
    """Find everything in some files, each by itself: the work that a worker is given, wherever it is."""
    return [try_document(task, limits) for task in tasks]


def try_document(task: Task, limits: Limits) -> Answered:
    """Find everything in one file, meeting by meeting, or tell why that can't be; nothing where it has not changed."""
    clock = Stopwatch()
    with clock("read"):
        data = attempt(lambda: read_bytes(task, limits), task, limits)
    if isinstance(data, Failure):
        return Answered(data, clock.spent)
    sha256 = digest(data)
    if task.held and sha256 == task.held or task.held_part and part_digest(sha256, 1) == task.held_part:
        return Answered(Unchanged(task.source), clock.spent)
    known = replace(task, size=len(data), sha256=sha256)
    return Answered(attempt(lambda: extract_parts(data, known, limits, clock), known, limits), clock.spent)


def try_listing(task: Task, limits: Limits) -> list[Found] | Failure | None:
    """List what an archive or a mail holds, or tell why that can't be; None where it is one document itself."""
    return attempt(lambda: list_members(localise(task, limits), limits), task, limits)


def attempt(work: Callable[[], _Result], task: Task, limits: Limits) -> _Result | Failure:
    """Do something with one file, or tell why that can't be: the boundary that no document's fault crosses."""
    size, sha256 = task.size, task.sha256
    try:
        return work()
    except MinutesMinerError as error:
        return Failure(task.source, _without_source(error, task), size, sha256)
    except MemoryError:
        reason = f"the document needs more than {limits.max_memory / 1e9:g} GB of memory; split it"
        return Failure(task.source, reason, size, sha256)
    except Exception as error:  # noqa: B902 - the one boundary: a document's fault must not end the run
        reason = f"unexpected {type(error).__name__}: {' '.join(str(error).split())[:200]}; please report it"
        return Failure(task.source, reason, size, sha256, traceback.format_exc())


def _without_source(error: MinutesMinerError, task: Task) -> str:
    where = None if error.where in (None, task.source, name_of(task.path)) else error.where
    return str(type(error)(error.reason, where=where, advice=error.advice))


@cache
def load_once() -> Language:
    """Load the product's own pipeline, once a process.

    Raises:
        AnnotateError: it can't be loaded.
    """
    from minutes_miner.annotate import load_pipeline

    return load_pipeline()
