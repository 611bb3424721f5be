"""Write records that a search found as an Atom feed, after RFC 4287."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as Tree

from minutes_miner.domain.alert import Alert
from minutes_miner.export.notice import as_text, title_of

MOST = 100
"""Entries of a feed: what is older drops out, as readers expect."""

_SPACE = "http://www.w3.org/2005/Atom"
_NAMES = uuid.UUID("6c1d6ef2-7a0b-5c55-9d53-0f6a5bb0c0de")
"""Makes ids of names: the same on every machine."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_feed(
    name: str, alerts: Sequence[Alert], *, updated: str, address: str | None = None, page: str | None = None
) -> bytes:
    """Give a feed.

    Ids are made of the saved search's name and of what a record states: an entry that changed keeps its own, and is
    newer. Entries link to the address of their paper, where one is known. A feed that has an address of its own takes
    its id from it, and an entry's from its key alone, so that it has the same one in every such feed.

    Args:
        name: of the saved search.
        alerts: the newest first; only MOST of them are written.
        updated: the moment of the feed, in UTC, where no entry is newer.
        address: where the feed is.
        page: address of the page that shows the same.
    """
    shown = alerts[:MOST]
    feed = Tree.Element("feed", xmlns=_SPACE)
    _add(feed, "id", _id(address or name))
    _add(feed, "title", name)
    _add(feed, "updated", max([updated, *(alert.told_at or "" for alert in shown)]))
    _add(Tree.SubElement(feed, "author"), "name", "minutes-miner")
    _add(feed, "generator", "minutes-miner")
    for relation, href in (("self", address), ("alternate", page)):
        if href:
            Tree.SubElement(feed, "link", rel=relation, href=_clean(href))
    for alert in shown:
        identity = _id(alert.key) if address else _id(name, alert.key)
        _add_entry(Tree.SubElement(feed, "entry"), identity, alert, updated)
    Tree.indent(feed)
    written: bytes = Tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_entry(entry: Tree.Element, identity: str, alert: Alert, updated: str) -> None:
    _add(entry, "id", identity)
    _add(entry, "title", title_of(alert))
    _add(entry, "updated", alert.told_at or updated)
    if alert.url:
        Tree.SubElement(entry, "link", rel="alternate", href=_clean(alert.url))
    if kind := alert.facts.get("kind"):
        Tree.SubElement(entry, "category", term=_clean(kind))
    _add(entry, "content", as_text(alert)).set("type", "text")


def _add(parent: Tree.Element, tag: str, text: str) -> Tree.Element:
    element = Tree.SubElement(parent, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Replace what XML can't hold."""
    return _NO_XML.sub("\ufffd", text)


def _id(*names: str) -> str:
    return uuid.uuid5(_NAMES, "\n".join(names)).urn
