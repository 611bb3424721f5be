"""Visit a replica as a browser would, for its own tests."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from urllib.parse import quote, urljoin

import pypdfium2 as pdfium
from lxml import html


@dataclass(frozen=True)
class Visit:
    """Hold an answer, after redirects."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @property
    def words(self) -> str:
        """The words that a reader of the page, the XML or the PDF sees, in one line."""
        if self.body.startswith(b"%PDF"):
            return read_pdf(self.body)
        if self.text.startswith("<?xml"):
            return flatten(unescape(unescape(self.text)))
        return flatten(self.text)

    def links(self, pattern: str) -> list[str]:
        """Give the absolute addresses of the links that hold a pattern, each once, in their order."""
        hrefs = [anchor.get("href", "") for anchor in html.fromstring(self.body).iter("a")]
        found = [join(self.url, href) for href in hrefs if re.search(pattern, href, re.IGNORECASE)]
        return list(dict.fromkeys(found))


def join(base: str, href: str) -> str:
    """Make a link absolute as browsers do: line breaks fall away, spaces are encoded."""
    href = re.sub(r"[\r\n\t]", "", href)
    return urljoin(base, quote(href, safe=";/?:@&=+$,%#'()!*~-._"))


def flatten(text: str) -> str:
    """Take the tags off and make white space single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def read_pdf(body: bytes) -> str:
    """Read the words of a PDF in one line."""
    document = pdfium.PdfDocument(BytesIO(body))
    pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    document.close()
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def visit(url: str, **headers: str) -> Visit:
    """Ask for an address; any status is an answer."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return Visit(reply.url, reply.status, _lowered(reply.headers.items()), reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return Visit(url, error.code, _lowered(error.headers.items()), error.read())


def _lowered(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in pairs}
