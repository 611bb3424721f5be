"""Find minutes and decisions in the folders that the scrapers of LGSF save (Democracy Club's framework).

For each council there is a folder named for its code, such as ``RUT`` or ``RUT-rutmoor``. In it, or in a folder in it
for each kind of record, ``json`` holds one file a record and ``raw`` what it was read from; ``documents`` holds the
files that meetings and decisions link. Old trees hold councillors only, of which there is nothing to mine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from itertools import islice
from pathlib import Path, PurePosixPath

from minutes_miner.errors import ConfigError, ReadError
from minutes_miner.scrape.authorities import get_authority

_RECORDS = "json"
_SOURCES = "raw"
_DOCUMENTS = "documents"
_KINDS = frozenset({"councillors", "decisions", "interests", "metadata", "minutes", "polling_stations"})
"""Folders of a council that hold records of one kind, with capitals or without."""

_MAX_BYTES = 20_000_000
_OTHER_MEETING = re.compile(r"\b(?:previous|last|former|prior)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """Name a saved document, or what is left out.

    Attributes:
        path: of the file.
        authority: the council's name, or its code where the register does not know it.
        source: what to call it where the file itself is not what is meant.
        committee: the body that met.
        day: of the meeting.
        url: where it was published.
        title: of the document.
        is_record: whether the document is made of a record itself, see ``write_decision``.
        omission: why it is left out, if it is.
        fault: why it can't be read, if so.
    """

    path: Path
    authority: str
    source: str | None = None
    committee: str | None = None
    day: date | None = None
    url: str | None = None
    title: str | None = None
    is_record: bool = False
    omission: str | None = None
    fault: str | None = None


def is_council(folder: Path) -> bool:
    """Tell whether a folder is one that LGSF keeps of a council."""
    return any(_has_records(part) for part in _parts(folder))


def find_saved(folder: Path) -> Iterator[Saved]:
    """Find what a council's folder holds, and tell of each record why it is not read, where it is not.

    Args:
        folder: of one council.
    """
    code = folder.name.partition("-")[0].upper()
    try:
        name = get_authority(code).name
    except ConfigError:
        name = code
    for part in _parts(folder):
        if _has_records(part):
            for path in sorted((part / _RECORDS).glob("*.json")):
                if not path.name.startswith(("_", ".")):
                    yield from _read(Saved(path, name), folder)


def write_decision(data: bytes) -> bytes:
    """Write the record of a decision as a web page, as registers of decisions do.

    Args:
        data: the record's JSON.

    Raises:
        ReadError: it is no such record.
    """
    record = _load(data)
    words = {name: _text(record, name) for name in ("raw_title", "raw_decision_maker", "raw_date", "status", "purpose")}
    labels = {
        "Decision Maker": words["raw_decision_maker"],
        "Decision status": words["status"],
        "Date of decision": words["raw_date"],
    }
    told = "\n".join(
        f'<p><span class="mgLabel">{label}: </span>{escape(value)}</p>' for label, value in labels.items() if value
    )
    sections = {"Purpose": words["purpose"], "Decision": str(record.get("text") or "")}
    bodies = "\n".join(
        f'<h3 class="mgSubSubTitleTxt">{title}:</h3>\n<div class="mgWordPara">{_paragraphs(text)}</div>'
        for title, text in sections.items()
        if text.strip()
    )
    title = escape(words["raw_title"])
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Decision details - {title}</title></head><body><div id="modgov">
<h1 class="mgMainTitleTxt">Decision details</h1>
<h2 class="mgSubTitleTxt">{title}</h2>
{told}
{bodies}
</div></body></html>
""".encode()


def _parts(folder: Path) -> list[Path]:
    children = sorted(child for child in folder.iterdir() if child.name.lower() in _KINDS and child.is_dir())
    return [folder, *children]


def _has_records(folder: Path) -> bool:
    """Look at a few records: other folders are called json, too."""
    if not (folder / _RECORDS).is_dir():
        return False
    for path in islice((folder / _RECORDS).glob("[!_.]*.json"), 3):
        try:
            record = _load(path.read_bytes() if path.stat().st_size < _MAX_BYTES else b"")
        except (OSError, ReadError):
            continue
        if "raw_identifier" in record and "url" in record:
            return True
    return False


def _read(saved: Saved, folder: Path) -> Iterator[Saved]:
    try:
        record = _load(saved.path.read_bytes())
    except (OSError, ReadError) as error:
        yield replace(saved, fault=error.reason if isinstance(error, ReadError) else "it can't be read")
        return
    saved = replace(saved, url=_text(record, "url") or None, day=_day(_text(record, "raw_date")))
    if "raw_committee" in record:
        saved = replace(saved, committee=_text(record, "raw_committee") or None, title=_text(record, "raw_title"))
        yield from _read_meeting(saved, record, folder)
    elif "raw_decision_maker" in record or "text" in record:
        is_told = bool(_text(record, "text"))
        body = replace(saved, committee=_text(record, "raw_decision_maker") or None, title=_text(record, "raw_title"))
        yield replace(body, is_record=True) if is_told else replace(saved, omission="a decision without its words")
    else:
        kind = "a councillor" if "raw_name" in record else "a record of another kind"
        yield replace(saved, omission=f"{kind}, no minutes")


def _read_meeting(saved: Saved, record: Mapping[str, object], folder: Path) -> Iterator[Saved]:
    """Give a meeting's minutes: as its pages have them, else the documents that are called so."""
    page = saved.path.parent.parent / _SOURCES / f"{saved.path.stem}-minutes.html"
    if page.is_file():
        yield replace(saved, path=page)
    found = page.is_file()
    listed = record.get("documents")
    for document in listed if isinstance(listed, list) else ():
        if not isinstance(document, dict):
            continue
        one = _read_document(saved, document, folder)
        if page.is_file() and not one.omission:
            one = replace(one, omission="the meeting's page holds its minutes", fault=None)
        found = found or not one.omission
        yield one
    if not found:
        yield replace(saved, omission="a meeting without minutes")


def _read_document(saved: Saved, document: Mapping[str, object], folder: Path) -> Saved:
    title, url, key = (_text(document, name) for name in ("title", "url", "storage_key"))
    path = PurePosixPath(key)
    one = replace(saved, source=url or None, url=url or None, title=title or saved.title)
    if _text(document, "category") != "minutes":
        return replace(one, omission="an agenda or a report, no minutes")
    if not key or path.is_absolute() or ".." in path.parts:
        return replace(one, omission="its file was not saved")
    if _OTHER_MEETING.search(title):
        one = replace(one, day=None)
    one = replace(one, path=folder / _DOCUMENTS / path, source=None)
    return one if one.path.is_file() else replace(one, fault="there is no such file; a record names it")


def _load(data: bytes) -> dict[str, object]:
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        raise ReadError("it is no JSON") from None
    if not isinstance(record, dict):
        raise ReadError("it is no record as LGSF writes them")
    return record


def _text(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    return " ".join(str(value).split()) if isinstance(value, (str, int)) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _paragraphs(text: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)
