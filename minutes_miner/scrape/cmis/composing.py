"""Make the papers of a CMIS meeting or decision, and say what they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from html import escape

from bs4 import Tag

from minutes_miner.domain.gathering import Composition, Occasion, Paper, Response, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.cmis.detail import (
    Item,
    clear,
    find_documents,
    find_items,
    find_pane,
    find_title,
    iter_labels,
    words_of,
)
from minutes_miner.scrape.cmis.entry import read_soup
from minutes_miner.scrape.cmis.occasions import find_fault
from minutes_miner.scrape.cmis.title import is_draft, is_proposed

_SECTIONS = ("decision", "resolution", "recommendation", "reason", "purpose", "summary", "alternative", "option")
_FACTS = ("date", "status", "maker", "taker", "type", "number", "level", "reference", "by")


def compose_meeting(occasion: Occasion, responses: Sequence[Response], today: date) -> Composition:
    """Compose a meeting: its minutes, else its page where decisions stand on it."""
    faults = [(response, fault) for response in responses if (fault := find_fault(response))]
    bad = {id(response) for response, _ in faults}
    good = [response for response in responses if id(response) not in bad]
    minutes = _choose([response for response in good if response.request.page == "document"])
    pages = [response for response in good if response.request.page == "meeting"]
    items = [item for page in pages[:1] for item in find_items(find_pane(read_soup(page.body)), page.url)]
    listed = {link for page in good if page.request.page != "document" for link in _documents(page)}
    decided = [item for item in items if item.is_decided]
    seen = f"{len(items)} items, {len(decided)} with a decision; {len(listed)} documents, {len(minutes)} minutes"
    told = "; ".join([seen, *(f"{response.request.page}: {fault.reason}" for response, fault in faults)])
    if minutes:
        papers = tuple(_paper(response) for response in minutes)
        state = Coverage.DRAFT if all(is_draft(paper.title or "") for paper in papers) else Coverage.APPROVED
        return Composition(papers, state, f"{told}: {', '.join(paper.title or '' for paper in papers)}")
    if decided and not _is_coming(occasion, today):
        paper = _page_of_items(occasion, pages[0], items)
        return Composition((paper,), Coverage.DRAFT, f"decisions on the page: {told}")
    if faults:
        return Composition((), faults[0][1].state, told)
    return Composition((), Coverage.AGENDA_ONLY if items or listed else Coverage.EMPTY, told)


def compose_notice(occasion: Occasion, responses: Sequence[Response]) -> Composition:
    """Compose the notice of a decision, unless it is only proposed."""
    if not responses:
        return Composition((), Coverage.EMPTY, "listed, its page not asked for")
    response = responses[-1]
    if fault := find_fault(response):
        return Composition((), fault.state, f"decision: {fault.reason}")
    page = read_soup(response.body)
    labels = list(iter_labels(find_pane(page)))
    status = next((words_of(value) for name, value in labels if name.lower().endswith("status")), "")
    if is_proposed(status):
        return Composition((), Coverage.AGENDA_ONLY, f"decision page: status {status}")
    paper = _page_of_labels(occasion, response, find_title(find_pane(page)), labels)
    told = f"decision page: {len(labels)} facts" + (f", status {status}" if status else "")
    return Composition((paper,), Coverage.APPROVED, told)


def _choose(documents: Iterable[Response]) -> list[Response]:
    """Give each document once, whatever addresses lead to it; drafts only where there is nothing better."""
    by_bytes: dict[str, Response] = {}
    for response in documents:
        known = by_bytes.setdefault(sha256(response.body).hexdigest(), response)
        if is_draft(known.request.fact("title") or "") and not is_draft(response.request.fact("title") or ""):
            by_bytes[sha256(response.body).hexdigest()] = response
    every = list(by_bytes.values())
    return [response for response in every if not is_draft(response.request.fact("title") or "")] or every


def _documents(response: Response) -> list[str]:
    return [link.url for link in find_documents(read_soup(response.body), response.url)]


def _paper(response: Response) -> Paper:
    url = response.request.url
    return Paper(url, (url,), media_type=response.media_type or "application/pdf", title=response.request.fact("title"))


def _is_coming(occasion: Occasion, today: date) -> bool:
    """Tell whether a meeting is not held: what stands on its page is then only recommended."""
    is_early = occasion.day is not None and occasion.day > today
    return is_early or occasion.standing is Standing.CANCELLED


def _page_of_items(occasion: Occasion, response: Response, items: Sequence[Item]) -> Paper:
    parts = [f"<h3>{escape(item.title)}</h3>\n{_inner(item.element, item.title)}" for item in items]
    return _page(occasion, response, occasion.committee_name or "Meeting", parts)


def _page_of_labels(
    occasion: Occasion, response: Response, title: str | None, labels: Sequence[tuple[str, Tag]]
) -> Paper:
    parts = []
    for name, value in labels:
        word = name.lower()
        if word.startswith(_SECTIONS) and not word.endswith(_FACTS) and "date" not in word:
            parts.append(f"<h3>{escape(name)}:</h3>\n{_inner(value)}")
        else:
            parts.append(f"<p>{escape(name)}: {escape(words_of(value))}</p>")
    return _page(occasion, response, title or occasion.title or "Decision", parts)


def _inner(element: Tag, title: str = "") -> str:
    """Give the mark-up inside an element; the first piece of it that only repeats the title is left out."""
    copy = clear(element)
    for inner in copy.find_all(True) if title else ():
        if words_of(inner) == title:
            inner.decompose()
            break
    html = copy.decode_contents()
    return html if copy.find(("p", "div", "li", "table")) else f"<p>{html}</p>"


def _page(occasion: Occasion, response: Response, title: str, parts: Sequence[str]) -> Paper:
    day = occasion.day
    date_line = f"{day.day} {day:%B %Y}" if day else ""
    head = f'<meta charset="utf-8">\n<title>{escape(title)}{f" - {date_line}" if day else ""}</title>'
    if day:
        head += f'\n<meta name="DC.date" scheme="W3CDTF" content="{day}">'
    top = f"<h1>{escape(title)}</h1>" + (f"\n<p>{date_line}</p>" if day else "")
    html = "\n".join(["<!DOCTYPE html>", f"<html><head>{head}</head>", '<body><div id="dnn_ContentPane">', top, *parts])
    return Paper(response.url, (response.request.url,), f"{html}\n</div></body></html>\n".encode(), title=title)
