"""Clean the HTML that Word wrote into minutes, so that it can stand in a page."""

from __future__ import annotations

from html import escape

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag

from minutes_miner.scrape.moderngov.answer import make_soup

_DROPPED = (
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "title",
    "meta",
    "link",
    "xml",
    "img",
)
_KEPT = frozenset(
    "p div br span b strong i em u sup sub ul ol li table thead tbody tfoot tr th td caption blockquote pre font"
    " h1 h2 h3 h4 h5 h6 dl dt dd center".split()
)
_ATTRIBUTES = frozenset({"style", "start", "value", "type", "reversed", "colspan", "rowspan"})


def clean_html(text: str) -> str:
    """Give well-formed HTML of a fragment: its words, paragraphs, lists and tables, without anything that acts.

    Args:
        text: HTML as Word writes it, or plain text, whose lines become paragraphs.
    """
    if "<" not in text:
        return "".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip())
    soup = make_soup(text)
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for note in soup.find_all(string=lambda words: isinstance(words, Comment)):
        note.extract()
    for tag in soup.find_all(True):
        _settle(tag)
    return _inside(soup)


def _settle(tag: Tag) -> None:
    """Keep an element with the attributes that tell of lists and tables, or only what stands in it."""
    if tag.name in {"html", "body"}:
        return
    if tag.name not in _KEPT:
        tag.unwrap()
        return
    tag.attrs = {key: value for key, value in tag.attrs.items() if key in _ATTRIBUTES}


def _inside(soup: BeautifulSoup) -> str:
    body = soup.body
    return body.decode_contents(formatter="minimal").strip() if body else ""
