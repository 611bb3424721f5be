"""Show disagreements in the paragraphs they are about, the words of both sides marked."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_miner.domain.source import Document
from minutes_miner.evaluate.annotation import Span
from minutes_miner.evaluate.compare import Comparison
from minutes_miner.evaluate.disagreement import Disagreement, find_disagreements
from minutes_miner.evaluate.finder import find_overlap
from minutes_miner.evaluate.group import find_layout
from minutes_miner.evaluate.markup import Markup, element, join
from minutes_miner.evaluate.placing import Passage, find_passages

LONGEST = 1600
"""Characters of a paragraph that are shown; of a longer one the part around the marks is."""

AROUND = 500
"""Characters shown before the first and after the last mark of a long paragraph."""

CUT = element("span", "[…]", class_="cut")

LEGEND = element(
    "p",
    "Marked are ",
    element("mark", "words of the gold alone", class_="gold"),
    ", ",
    element("mark", "words found alone", class_="found"),
    " and ",
    element("mark", "words of both", class_="both"),
    ", of all records of the sort that the disagreement is about.",
    class_="legend",
)


def show_document(comparison: Comparison, document: Document | None, anchor: str) -> Markup:
    """Give a section on one document: what it is, and every disagreement in its paragraph.

    Args:
        comparison: the document's gold and answer.
        document: its text; None where it could not be read.
        anchor: the section's id.
    """
    gold = comparison.gold
    about = (gold.authority, gold.committee, gold.wanted.meeting_date, gold.path.name, find_layout(comparison))
    parts = [element("h3", gold.id), element("p", ", ".join(part for part in about if part), class_="about")]
    if comparison.answer.error:
        parts.append(element("p", f"Nothing could be found: {comparison.answer.error}", class_="failure"))
    homeless = find_disagreements(comparison)
    if document:
        passages, homeless = find_passages(comparison, document)
        parts += [_show_passage(passage, document) for passage in passages]
    if homeless:
        parts.append(_show_homeless(homeless))
    return element("section", *parts, id=anchor, class_="document")


def _show_passage(passage: Passage, document: Document) -> Markup:
    page = [element("p", f"page {passage.page_number}", class_="page")] if passage.page_number else []
    words = element("blockquote", _mark(passage, document.text))
    return element("article", *page, _list(passage.disagreements), words)


def _show_homeless(disagreements: Iterable[Disagreement]) -> Markup:
    told = list(disagreements)
    note = [element("p", "These words do not stand in the text as it was read, or there is none.", class_="page")]
    if all(not disagreement.words for disagreement in told):
        note = []
    return element("article", *note, _list(told))


def _list(disagreements: Iterable[Disagreement]) -> Markup:
    return element("ul", *(element("li", *_name(disagreement)) for disagreement in disagreements))


def _name(disagreement: Disagreement) -> Iterable[str]:
    yield element("strong", disagreement.what)
    if disagreement.detail:
        yield f": {disagreement.detail}"
    if disagreement.words:
        yield element("q", shorten(disagreement.words, 120))


def shorten(words: str, length: int) -> str:
    """Give words with no more than so many characters, the end of longer ones left out."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def _mark(passage: Passage, text: str) -> Markup:
    """Give the words of a passage, with every stretch that one side or both have marked."""
    start, end = _clip(passage, text)
    edges = {edge for span in passage.wanted + passage.found for edge in span if start < edge < end}
    cuts = [start, *sorted(edges), end]
    pieces: list[str] = [] if start == passage.span[0] else [CUT]
    for first, last in zip(cuts, cuts[1:], strict=False):
        sides = [bool(find_overlap((first, last), spans)) for spans in (passage.wanted, passage.found)]
        name = {(True, True): "both", (True, False): "gold", (False, True): "found"}.get((sides[0], sides[1]))
        words = text[first:last]
        pieces.append(element("mark", words, class_=name) if name and any(map(str.isalnum, words)) else words)
    return join(pieces if end == passage.span[1] else [*pieces, CUT])


def _clip(passage: Passage, text: str) -> Span:
    """Give the part of a passage to show: all of a short one, what stands around the marks of a long one."""
    start, end = passage.span
    if end - start <= LONGEST:
        return start, end
    marks = [*passage.wanted, *passage.found]
    first = max(start, min(mark[0] for mark in marks) - AROUND)
    last = min(end, max(mark[1] for mark in marks) + AROUND)
    gap = text.find(" ", first, first + 30)
    return (gap + 1 if first > start and gap >= 0 else first), last
