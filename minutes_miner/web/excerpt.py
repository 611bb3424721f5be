"""Cut from a document's text what stands around a record, its words marked."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from minutes_miner.store import Store
from minutes_miner.store.search import Passage, RecordDetail, read_text
from minutes_miner.web.marking import mark

AROUND = 1_500
"""Characters on either side of the words."""

APART = 3_000
"""Mentions that lie further apart than this are shown in excerpts of their own."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Hold part of a text with words marked; ``page_number`` is theirs, where there are pages."""

    html: Markup
    page_number: int | None


def cut_excerpts(store: Store, found: RecordDetail) -> list[Excerpt]:
    """Cut out the source around each mention; those that lie close together share an excerpt.

    Raises:
        StoreError: the database can't be read.
    """
    groups: list[list[Passage]] = []
    for passage in sorted(found.passages, key=lambda passage: passage.evidence.start):
        if groups and passage.evidence.start - groups[-1][-1].evidence.end < APART:
            groups[-1].append(passage)
        else:
            groups.append([passage])
    return [_cut(store, found.document.id, group) for group in groups]


def _cut(store: Store, document_id: str, group: list[Passage]) -> Excerpt:
    first = max(0, group[0].evidence.start - AROUND)
    last = max(passage.evidence.end for passage in group) + AROUND
    text = read_text(store, document_id, first, last)
    has_more = len(text) == last - first
    start, end = _at_lines(text, group[0].evidence.start - first, group[-1].evidence.end - first, first > 0, has_more)
    places = [(one.evidence.start - first - start, one.evidence.end - first - start) for one in group]
    shown = mark(text[start:end], places)
    before, after = Markup("… ") if start or first else "", Markup(" …") if end < len(text) or has_more else ""
    return Excerpt(Markup("") + before + shown + after, group[0].evidence.page_number)


def _at_lines(text: str, first: int, last: int, is_cut: bool, has_more: bool) -> tuple[int, int]:
    """Move the cuts to ends of lines where there are some on the way."""
    start = text.find("\n", 0, first) + 1 if is_cut else 0
    end = text.rfind("\n", last) if has_more else len(text)
    return start, end if end > last else len(text)
