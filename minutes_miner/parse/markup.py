"""Turn the bytes of a web page into elements."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import lru_cache
from threading import get_ident
from typing import Any, NoReturn, cast

from lxml import etree

from minutes_miner.domain.source import Notice
from minutes_miner.errors import ParseError
from minutes_miner.parse.element import LONGEST, NESTED, Element, Page, split_names
from minutes_miner.parse.encoding import decode
from minutes_miner.parse.sniff import find_mark

_CHARSET = re.compile(
    rb"(?:<meta[^>]{0,200}charset\s*=|<\?xml[^>]{0,100}encoding\s*=)\s*[\"']?\s*(?P<name>[\w-]+)", re.IGNORECASE
)
_LATIN = re.compile(r"(?:ascii|iso8859-1|latin_1)$")
_WEB = re.compile(r"(?:cp125\d|cp874|iso8859-\d+|mac-\w+|koi8-\w|gb\w+|big5\w*|euc_\w+|shift_jis)$")
"""Names of Python for the character sets that web pages may declare, but for Unicode's own."""
_SILENT = frozenset(
    "script style noscript noframes template svg math iframe object video audio canvas map select input textarea"
    " datalist nav dialog label img link base source wbr".split()
)
"""Elements without words of the page: programs, fields, navigation."""
_TOLD = frozenset({"iframe", "input"})
"""Those of them that tell something of the page by themselves."""
_HIDDEN_CLASSES = frozenset(
    "mgFileSize mgHide mgActionList mgLinks FileSize sr-only visually-hidden govuk-visually-hidden screen-reader-text"
    " element-invisible show-for-sr".split()
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_FOLDED = re.compile(r"accordion|tab-?pan|collaps|expand|panel|toggle", re.IGNORECASE)
"""Parts that a reader opens: their words are the page's own, though hidden at first."""
_NOTHING: Mapping[str, str] = {}
_MAX_NESTING = 3000
"""Elements inside each other that are still read: pages that never close ``font`` nest one in each paragraph."""
_MAX_ELEMENTS = 1_000_000
_MAX_LISTS = 60
"""Lists and tables inside each other that are still read; real pages have fewer than ten."""


def read_markup(data: bytes, source: str) -> tuple[Page, tuple[Notice, ...]]:
    """Read a page into elements, the way browsers mend broken ones: libxml2 closes what was left open.

    Args:
        data: the whole page.
        source: its path or address, for the error.

    Returns:
        The page without what it does not show, and a notice where some bytes had to be replaced.

    Raises:
        ParseError: its elements are too many or nest too deep.
    """
    markup, notices = _decode(data)
    try:
        page = _get_reader(get_ident()).read(markup.replace("\0", "").encode("utf-8", "replace"))
    except _Unending as error:
        advice = "save its text as a new file: the page's mark-up is broken"
        raise ParseError(str(error), where=source, advice=advice) from None
    except etree.LxmlError as error:
        raise ParseError(f"the page can't be read: {error}", where=source, advice="fetch it again") from error
    return page, notices


def _decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Decode a page by its byte order mark, as UTF-8 where it is that, by its declared character set, or as any text.

    Bytes above 127 that are valid UTF-8 are UTF-8, whatever the page declares: servers override the declaration.
    """
    match = _CHARSET.search(data[:4096])
    if match is None or find_mark(data):
        return decode(data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        name = codecs.lookup(match["name"].decode("ascii")).name
        if _LATIN.match(name):
            return data.decode("cp1252"), ()
        if _WEB.match(name):
            return data.decode(name), ()
    except (LookupError, UnicodeError):
        pass
    return decode(data)


class _Unending(Exception):
    """Elements without end, in number or in each other."""


class _Reader:
    """Read pages with one parser of lxml's, which takes longer to make than a short page to read."""

    def __init__(self) -> None:
        self._builder = _Builder()
        # lxml gives text and never bytes, though its stubs allow for both.
        self._parser = etree.HTMLParser(encoding="utf-8", target=cast(Any, self._builder), huge_tree=True)

    def read(self, markup: bytes) -> Page:
        """Read a page of UTF-8.

        Raises:
            _Unending: its elements are too many or nest too deep.
            LxmlError: it is none.
        """
        self._builder.begin()
        try:
            etree.fromstring(markup, self._parser)
            return self._builder.close()
        finally:
            self._builder.begin()


@lru_cache(maxsize=8)
def _get_reader(_thread: int) -> _Reader:
    """Give the reader of a thread."""
    return _Reader()


class _Builder:
    """Build elements from what lxml reads; those that are not shown are left out."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin a page, and forget the last one."""
        self._root = self._open = Element("", {})
        self._elements: list[Element] = []
        self._depth = self._lists = self._unseen = 0

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """Open an element."""
        if self._unseen or tag in _SILENT or (attrib and _is_hidden(attrib)):
            self._unseen += 1
            if self._unseen == 1 and tag in _TOLD:
                self._elements.append(Element(tag, attrib))
            return
        parent = self._open
        element = self._open = Element(tag, attrib or _NOTHING, parent)
        parent.children.append(element)
        self._elements.append(element)
        self._depth += 1
        if tag in NESTED:
            self._lists += 1
        if self._depth > _MAX_NESTING or self._lists > _MAX_LISTS or len(self._elements) > _MAX_ELEMENTS:
            self._refuse()

    def _refuse(self) -> NoReturn:
        if self._lists > _MAX_LISTS:
            raise _Unending(f"the page nests lists and tables more than {_MAX_LISTS} deep")
        if self._depth > _MAX_NESTING:
            raise _Unending(f"the page nests its elements more than {_MAX_NESTING:,} deep")
        raise _Unending(f"the page has more than {_MAX_ELEMENTS:,} elements")

    def end(self, tag: str) -> None:
        """Close the innermost element."""
        if self._unseen:
            self._unseen -= 1
            return
        closed = self._open
        parent = closed.parent
        if parent is not None:
            parent.add(closed)
            self._open = parent
            self._depth -= 1
            if tag in NESTED:
                self._lists -= 1

    def data(self, data: str) -> None:
        """Write text."""
        if not self._unseen:
            element = self._open
            element.children.append(data)
            element.size += len(data.strip())

    def close(self) -> Page:
        """Give the page."""
        self._unseen = 0
        while self._open.parent is not None:
            self.end(self._open.name)
        return Page(self._root, self._elements)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Tell whether attributes hide an element; parts that a reader may open are not hidden."""
    if "class" in attributes and not _HIDDEN_CLASSES.isdisjoint(split_names(attributes["class"][:LONGEST])):
        return True
    if "hidden" in attributes:
        unseen = attributes["hidden"].lower() != "until-found"
    else:
        unseen = "style" in attributes and _is_unseen(attributes["style"][:LONGEST])
    return unseen and not any(_FOLDED.search(attributes.get(name, "")) for name in ("class", "id", "role"))


@lru_cache(maxsize=1024)
def _is_unseen(style: str) -> bool:
    return _UNSEEN.search(style) is not None
