"""Show a document: its whole text with every record marked, its warnings and its versions."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup, escape

from minutes_miner.store.search import Mention, find_contents, find_mentions, get_document
from minutes_miner.web.marking import PART
from minutes_miner.web.originals import public_sources
from minutes_miner.web.page import Page
from minutes_miner.web.pages.record import check_id
from minutes_miner.web.rendering import render, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)


@dataclass(frozen=True, slots=True)
class Part:
    """Name a part of a long text, counted from 1."""

    number: int
    count: int
    start: int
    end: int


@router.get("/documents/{document_id}")
def show_document(request: Request, document_id: str, part: int = 1) -> Response:
    """Show a document's text, or a part of it."""
    check_id(document_id)
    store = site_of(request).store
    document = get_document(store, document_id)
    shown = find_part(document.text, part)
    return render(
        request,
        "document.html",
        document=document,
        contents=find_contents(store, document_id),
        sources=public_sources(document.facts.sources),
        text=mark_records(document.text, find_mentions(store, document_id), shown),
        part=shown,
    )


def find_part(text: str, number: int) -> Part:
    """Find a part of a text; numbers that there are not give the nearest one."""
    count = max(1, -(-len(text) // PART))
    number = min(max(1, number), count)
    start, end = (number - 1) * PART, min(number * PART, len(text))
    return Part(number, count, start, end)


def mark_records(text: str, mentions: list[Mention], part: Part) -> Markup:
    """Escape part of a text; each record in it is marked and leads to its page.

    Records that overlap an earlier one are left out: they are listed beside the text all the same.
    """
    pieces, done = [], part.start
    named: set[str] = set()
    for mention in sorted(mentions, key=lambda one: (one.evidence.start, -one.evidence.end)):
        start, end = max(mention.evidence.start, part.start), min(mention.evidence.end, part.end)
        if start < done or end <= start:
            continue
        is_first = mention.record_id not in named
        pieces += [escape(text[done:start]), _link(mention, escape(text[start:end]), is_first=is_first)]
        named.add(mention.record_id)
        done = end
    return Markup("").join((*pieces, escape(text[done : part.end])))


def _link(mention: Mention, words: Markup, *, is_first: bool) -> Markup:
    noun = "decisions" if mention.is_decision else "actions"
    anchor = Markup(' id="r-{}"').format(mention.record_id) if is_first else Markup("")
    return Markup('<mark class="of-{}"{}><a href="/{}/{}">{}</a></mark>').format(
        noun, anchor, noun, mention.record_id, words
    )
