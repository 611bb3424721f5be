"""Find the part of a web page that holds its words, and clear it of navigation, scripts and notes of file sizes."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag

_DROPPED = (
    "script", "style", "noscript", "template", "nav", "footer", "form", "button", "select", "iframe", "svg", "object",
    "input", "label", "dialog", "video", "audio", "canvas", "map",
)  # fmt: skip
_HIDDEN_CLASS = {"mgFileSize", "mgHide", "sr-only", "visually-hidden", "screen-reader-text", "mgActionList", "mgLinks"}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|breadcrumbs?|skip(?:-?link|nav)?|navbar|navigation|side-?nav|menu|sidebar|share"
    r"|social|footer|masthead|"
    r"pagination|feedback|banner|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"}
_MAIN = (
    "#modgov",
    "[role=main]",
    "main",
    "article",
    "#mgContent",
    "#dnn_ContentPane",
    "#content",
    "#main-content",
    "#main",
    ".content",
)
_ENOUGH = 0.35
"""A container is taken as the main one when it holds this share of the page's words."""
_SOME = 0.05
"""Other containers of its kind are taken with it when they hold this share of the page's words."""


def make_soup(markup: str) -> BeautifulSoup:
    """Parse HTML with lxml."""
    return BeautifulSoup(markup, "lxml")


def measure_nesting(soup: BeautifulSoup) -> tuple[int, int]:
    """Count how deep elements stand in each other at most, and how deep lists and tables do."""
    depths = {id(soup): (0, 0)}
    for tag in soup.find_all(True):
        depth, lists = depths[id(tag.parent)]
        depths[id(tag)] = (depth + 1, lists + (tag.name in {"ul", "ol", "table"}))
    return max(depth for depth, _ in depths.values()), max(lists for _, lists in depths.values())


def find_content(soup: BeautifulSoup) -> Tag:
    """Clear a page of what is not its own words and give the container that holds them.

    Args:
        soup: the page; it is changed.

    Returns:
        The main container, or the body where none stands out.
    """
    body = soup.body or soup
    for comment in body.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    total = _count(body)
    for tag in body.find_all(_DROPPED):
        if tag.name != "form" or _count(tag) < 0.3 * total:
            tag.decompose()
        else:
            tag.unwrap()
    for tag in body.find_all(True):
        if not tag.decomposed and tag.attrs and _is_furniture(tag, total):
            tag.decompose()
    return _choose(body)


def classes(tag: Tag) -> list[str]:
    """Give a tag's classes."""
    value = tag.get("class")
    return list(value) if isinstance(value, list) else str(value or "").split()


def _is_furniture(tag: Tag, total: int) -> bool:
    """Tell whether an element is navigation, a banner or hidden; never one that holds much of the page."""
    names = classes(tag)
    if _HIDDEN_CLASS.intersection(names):
        return True
    style = str(tag.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or tag.has_attr("hidden"):
        return True
    if (
        str(tag.get("role") or "").lower() in _ROLES
        or tag.name in {"header", "aside"}
        and tag.find_parent(["main", "article"]) is None
    ):
        return _count(tag) < 0.3 * total
    marks = " ".join([*names, str(tag.get("id") or "")])
    return (
        bool(_FURNITURE.search(marks))
        and tag.name not in {"body", "html", "main", "article"}
        and _count(tag) < 0.3 * total
    )


def _choose(body: Tag) -> Tag:
    """Choose the container of most of the words; where several of one kind share them, what holds them all."""
    total = max(_count(body), 1)
    for selector in _MAIN:
        found = [(tag, count) for tag in body.select(selector) if (count := _count(tag)) >= _SOME * total]
        if any(count >= _ENOUGH * total for _, count in found):
            return _find_common([tag for tag, _ in found])
    return body


def _find_common(tags: list[Tag]) -> Tag:
    """Give the innermost element that is, or holds, each of some elements."""
    common = tags[0]
    for tag in tags[1:]:
        around = {id(above) for above in (tag, *tag.parents)}
        common = next(above for above in (common, *common.parents) if id(above) in around)
    return common


def _count(tag: Tag) -> int:
    return len(tag.get_text())
