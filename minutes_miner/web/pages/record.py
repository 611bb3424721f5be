"""Gather what the pages of a decision and of an action have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from minutes_miner.domain.source import Notice
from minutes_miner.domain.vocabulary import Part
from minutes_miner.store.appearing import find_named
from minutes_miner.store.corrections import find_in_force
from minutes_miner.store.search import (
    DecisionRow,
    History,
    RecordDetail,
    check_shown,
    find_history,
    get_record,
)
from minutes_miner.web.citation import cite, cite_bibtex, cite_csl
from minutes_miner.web.excerpt import cut_excerpts
from minutes_miner.web.marking import part_of
from minutes_miner.web.originals import public_sources
from minutes_miner.web.rendering import address_of, site_of
from minutes_miner.web.twin import as_json, record_twin

_ID = re.compile(r"[0-9a-f]{16}")
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}


def read_record(request: Request, record_id: str, *, is_decision: bool) -> RecordDetail:
    """Give a record by its whole id.

    Raises:
        HTTPException: the id is none, or of the other kind of record.
        UnknownRecordError: there is none of that id, or it has been withdrawn.
    """
    check_id(record_id)
    store = site_of(request).store
    check_shown(store, record_id)
    found = get_record(store, record_id)
    if isinstance(found.record, DecisionRow) is not is_decision:
        raise HTTPException(404, f"no {'decision' if is_decision else 'action'} has this id")
    return found


def add_twins(router: APIRouter, folder: str, *, is_decision: bool) -> None:
    """Serve what goes with a record's page: its JSON twin, its citations, and the page it stands on as a picture.

    Args:
        router: of the page; call this before the page's own address, which would take ``ID.json`` for an id.
        folder: decisions or actions.
        is_decision: which of the two the records are.
    """
    for suffix, answer in _TWINS.items():
        router.add_api_route(f"/{folder}/{{record_id}}{suffix}", _of_record(answer, is_decision=is_decision))


def _of_record(answer: Answer, *, is_decision: bool) -> Callable[[Request, str], Response]:
    def show(request: Request, record_id: str) -> Response:
        return answer(request, read_record(request, record_id, is_decision=is_decision))

    return show


def check_id(given: str) -> None:
    """Let nothing pass but an id.

    Raises:
        HTTPException: it is none.
    """
    if not _ID.fullmatch(given):
        raise HTTPException(404, "an id has 16 digits and letters from a to f")


def describe(request: Request, found: RecordDetail) -> dict[str, Any]:
    """Give what both pages show of a record's source, warnings, versions and citation."""
    site = site_of(request)
    row = found.record
    history = find_history(site.store, row.document_id)
    address = address_of(request, path_of(found))
    has_page = bool(found.passages and found.passages[0].evidence.page_number)
    return {
        "row": row,
        "found": found,
        "history": history,
        "sources": public_sources(found.document.sources),
        "excerpts": cut_excerpts(site.store, found),
        "excerpt_part": part_of(found.passages[0].evidence.start) if found.passages else 1,
        "notices": own_notices(history, row.text),
        "corrections": find_in_force(site.store, row),
        "named": {(one.part, one.text): one.party_id for one in find_named(site.store, row.document_id, row.id)},
        "parts": Part,
        "earlier": [one for one in history.versions if one.document_id != row.document_id],
        "has_picture": has_page and site.settings.has_pictures and site.pictures.may_find(site.store, found.document),
        "address": address,
        "path_of_record": path_of(found),
        "citation": cite(row, address),
        "bibtex": cite_bibtex(row, address),
    }


def path_of(found: RecordDetail) -> str:
    """Give the path of a record's page."""
    return f"/{'decisions' if isinstance(found.record, DecisionRow) else 'actions'}/{found.record.id}"


def own_notices(history: History, words: str) -> list[Notice]:
    """Give the warnings of a document that are about all of it, or about a record with these words."""
    told = []
    for notice in history.notices:
        about = notice.message[1:].partition("”")[0] if notice.message.startswith("“") else None
        if about is None or words.startswith(about):
            told.append(notice)
    return told


def _answer_twin(request: Request, found: RecordDetail) -> Response:
    """Answer with the record as JSON, with what was corrected of it and the parties that it names."""
    store, row = site_of(request).store, found.record
    told = record_twin(found)
    told["corrections"] = as_json(find_in_force(store, row))
    told["parties"] = as_json(find_named(store, row.document_id, row.id))
    return JSONResponse(told)


def _answer_bibtex(request: Request, found: RecordDetail) -> Response:
    """Answer with the citation for BibTeX."""
    named = {"Content-Disposition": f'attachment; filename="{found.record.id}.bib"'}
    text = cite_bibtex(found.record, address_of(request, path_of(found)))
    return PlainTextResponse(text, headers=named, media_type="application/x-bibtex")


def _answer_csl(request: Request, found: RecordDetail) -> Response:
    """Answer with the citation as CSL-JSON."""
    named = {"Content-Disposition": f'attachment; filename="{found.record.id}.csl.json"'}
    entries = cite_csl(found.record, address_of(request, path_of(found)))
    return JSONResponse(entries, headers=named, media_type="application/vnd.citationstyles.csl+json")


def _answer_picture(request: Request, found: RecordDetail) -> Response:
    """Answer with the page of the record's first mention as PNG.

    Raises:
        HTTPException: there is none.
    """
    site = site_of(request)
    picture = None
    if site.settings.has_pictures and found.passages:
        picture = site.pictures.find(site.store, found.document, found.passages[0].evidence)
    if picture is None:
        raise HTTPException(404, "the page can’t be drawn here")
    return Response(picture, media_type="image/png", headers=_FOR_A_DAY)


Answer = Callable[[Request, RecordDetail], Response]

_TWINS: dict[str, Answer] = {
    ".csl.json": _answer_csl,
    ".json": _answer_twin,
    ".bib": _answer_bibtex,
    "/page.png": _answer_picture,
}
"""Endings of the addresses of what goes with a record's page; a longer ending stands before the one it ends in."""
