"""Read the page of one meeting or one decision: labels, agenda items and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from minutes_miner.scrape.cmis.address import read_parts, resolve
from minutes_miner.scrape.cmis.day import find_days

_QUOTES = "'\"\u2018\u2019\u201c\u201d"
_TOOLTIP = re.compile(rf"click\s+to\s+(?:view|open|download)\s+[{_QUOTES}](.+)[{_QUOTES}]", re.IGNORECASE)
_SIZE = re.compile(r"\s*\(?\b\d[\d.,]*\s*(?:[kmg]b|bytes)\b\)?\s*$", re.IGNORECASE)
_LABEL = re.compile(r"DNNLabel", re.IGNORECASE)
_VALUE = re.compile(r"(?:^|\s)Value(?:\s|$)", re.IGNORECASE)
_PERMALINK = re.compile(r"ViewCMIS_DecisionDetails", re.IGNORECASE)
_DECIDED = re.compile(
    r"\bresolved\b|\bagreed\s+(?:that|to)\b|\b(?:decision|resolution)\s*:\s*\w"
    r"|\b(?:was|were|be|is|are|committee|cabinet|council|panel|board|members)\s+(?:unanimously\s+)?"
    r"(?:agreed|approved|adopted|refused|deferred|noted|granted|carried)\b",
    re.IGNORECASE,
)
_NOISE = "script, style, noscript, input, select, button, nav, .FileSize, .DocumentListItem, .dnnFormHelpContent"
_DAY_LABELS = (
    re.compile(r"date\s+of\s+(?:decision|meeting)|(?:decision|meeting)\s+date|date\s+(?:decided|taken|made)"),
    re.compile(r"date"),
)
_KIND = re.compile(r"(?:meeting|committee|decision|issue|agenda)s?(?:\s+(?:details?|summary))?", re.IGNORECASE)
_PERMANENT = re.compile(r"^(?:permalink|link|view|details?|more)\b.*$", re.IGNORECASE)


class DocumentLink(NamedTuple):
    """Name a document and its address."""

    title: str
    url: str


class Item(NamedTuple):
    """Hold an agenda item: its title, and the element that holds all of it."""

    title: str
    element: Tag

    @property
    def summary(self) -> str:
        """Give the item's words without its title."""
        return words_of(self.element).replace(self.title, "", 1).strip()

    @property
    def is_decided(self) -> bool:
        """Tell whether the item's words tell of a decision."""
        return _DECIDED.search(self.summary) is not None


def find_pane(page: BeautifulSoup) -> Tag:
    """Give the part of a page that is its own, without the frame of the site."""
    found = page.find(id=re.compile(r"^dnn_ContentPane$", re.IGNORECASE))
    return found if isinstance(found, Tag) else page.body or page


def read_labels(pane: Tag) -> dict[str, str]:
    """Give the labelled values of a page, labels in lower case; the values' class names tell nothing."""
    return {name.lower(): words_of(value) for name, value in iter_labels(pane)}


def iter_labels(pane: Tag) -> Iterator[tuple[str, Tag]]:
    """Give each label of a page as it is written, without its colon, and the element that holds its value."""
    for label in pane.find_all(class_=_LABEL):
        name = words_of(label).partition(":")[0].strip()
        value = label.find_next_sibling(class_=_VALUE) or label.find_next_sibling(True)
        if name and isinstance(value, Tag) and not _LABEL.search(" ".join(value.get("class") or [])):
            yield name, value


def find_documents(page: BeautifulSoup, url: str) -> list[DocumentLink]:
    """Give the documents that a page offers, in its order, each address once."""
    links = page.select("li.DocumentListItem a.TitleLink[href]") or page.find_all("a", href=_is_document)
    found: dict[str, DocumentLink] = {}
    for link in links:
        target = resolve(url, str(link["href"]))
        if target and target not in found:
            found[target] = DocumentLink(_document_title(link), target)
    return list(found.values())


def find_items(pane: Tag, url: str) -> list[Item]:
    """Give the agenda items of a meeting's page, by the permalinks that they carry."""
    found: dict[str, Item] = {}
    for link in pane.find_all("a", href=_PERMALINK):
        key = _item_key(link, url)
        if key and key not in found:
            element = _widest(link, key, url)
            found[key] = Item(_item_title(element, link), element)
    return list(found.values())


def find_title(pane: Tag) -> str | None:
    """Give the first heading of a page's own part that says more than what kind of page it is."""
    headings = (words_of(tag) for tag in pane.find_all(("h1", "h2", "h3")))
    return next((words for words in headings if words and not _KIND.fullmatch(words)), None)


def find_day(labels: dict[str, str], *texts: str | None) -> date | None:
    """Give the day of the meeting or decision: by its label, else the first in some texts."""
    for pattern in _DAY_LABELS:
        for name, value in labels.items():
            if pattern.match(name) and (days := find_days(value)):
                return days[0]
    return next((day for text in texts if text for day in find_days(text)), None)


def words_of(tag: Tag) -> str:
    """Give the words of an element."""
    return " ".join(tag.get_text(" ").split())


def clear(element: Tag) -> Tag:
    """Take scripts, controls and lists of documents out of a copy of an element."""
    copy = BeautifulSoup(str(element), "lxml")
    for noise in copy.select(_NOISE):
        noise.decompose()
    return copy.body or copy


def _is_document(href: str | None) -> bool:
    return href is not None and "document.ashx" in href.lower()


def _document_title(link: Tag) -> str:
    """Give the title of a document, without its size; some links say it in their tooltip only."""
    shown = _SIZE.sub("", words_of(link))
    tooltip = _TOOLTIP.search(" ".join(str(link.get("title") or "").split()))
    is_bare = shown.lower() in ("", "view", "download", "open", "pdf", "document")
    return tooltip[1].strip() if tooltip and is_bare else shown


def _item_key(link: Tag, url: str) -> str | None:
    target = resolve(url, str(link.get("href") or ""))
    return read_parts(target).get("id", "").lower() or None if target else None


def _widest(link: Tag, key: str, url: str) -> Tag:
    """Give the widest element around an item's permalink that holds no other item and none of the page's labels."""
    widest = link
    for around in link.parents:
        others = {_item_key(other, url) for other in around.find_all("a", href=_PERMALINK)} - {key}
        is_frame = around.name in ("body", "form") or around.get("id") == "dnn_ContentPane"
        if others or is_frame or around.find(class_=_LABEL):
            break
        widest = around
    return widest


def _item_title(element: Tag, link: Tag) -> str:
    """Give an item's title: its heading, the words of its link, or what stands first."""
    heading = element.find(("h1", "h2", "h3", "h4", "h5")) or element.find(class_=re.compile("title", re.IGNORECASE))
    shown = words_of(heading) if isinstance(heading, Tag) else ""
    linked = _PERMANENT.sub("", words_of(link))
    return shown or linked or next((" ".join(text.split()) for text in element.stripped_strings), "")
