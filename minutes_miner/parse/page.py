"""Find the part of a web page that holds its words, and clear it of navigation, banners and hidden notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from minutes_miner.parse.element import HEADINGS, LISTS, LONGEST, Element, Page

_DROPPED = frozenset({"head", "footer"})
_TOPS = frozenset({"header", "aside"})
"""Elements that are furniture of the page, unless they stand in its main part or hold its title."""
_SPECIAL = _DROPPED | _TOPS | {"button", "caption", "form"}
_LINKS = LISTS | {"div", "p"}
_NEVER = frozenset({"body", "html", "main", "article"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?<!\bno-)(?<!with-)(?<!has-)(?:cookies?|ccc|onetrust|gdpr|breadcrumbs?|skip(?:-?link|nav)?|navbar"
    r"|navigation|side-?nav|sub-?nav|menu|sidebar|share|sharing|sharethis|addtoany|social|related(?:-(?:links|pages"
    r"|content|items|information))?|footer|masthead|pagination|pager|page-?tools|back-?to-?top|feedback|banner"
    r"|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alertdialog"}
_ASIDE = re.compile(
    r"(?:related\s+(?:links|pages|content|information|documents\s+and\s+links)|(?:also\s+)?in\s+this\s+section"
    r"|(?:quick|useful|social\s+media)\s+links|share\s+this(?:\s+page)?(?:\s+on)?|you\s+may\s+also\s+(?:like|be"
    r"\s+interested\s+in)|follow\s+us(?:\s+on)?|(?:was|is)\s+this\s+page\s+(?:helpful|useful)\??)\W*$",
    re.IGNORECASE,
)
_MAIN = (
    ("id", "modgov"), ("role", "main"), ("name", "main"), ("name", "article"), ("id", "mgContent"),
    ("id", "dnn_ContentPane"), ("id", "content"), ("id", "main-content"), ("id", "main"), ("class", "entry-content"),
    ("class", "content"),
)  # fmt: skip
_ENOUGH = 0.35
"""A container is taken as the main one when it holds this share of the page's words."""
_SOME = 0.05
"""Other containers of its kind are taken with it when they hold this share of the page's words."""
_MUCH = 0.3
"""What holds this share of a page's words is no furniture, whatever it is called."""


def find_content(page: Page) -> Element:
    """Clear a page of what is not its own words and give the container that holds them.

    Args:
        page: as ``read_markup`` gives it; it is changed.

    Returns:
        The main container, or the whole page where none stands out.
    """
    dropped = _clear(page, page.root.size)
    return _choose(page, dropped)


def _clear(page: Page, total: int) -> set[Element]:
    """Drop furniture, and lists of links that stand under a title such as "Related links"; give what was dropped."""
    dropped = {element for element in page.elements if _is_furniture(element, total)}
    titled = _find_parents([element for element in page.elements if element.name == "h1"])
    dropped -= {element for element in titled if element.name in _TOPS and not _is_marked(element)}
    asides = {element for element in page.elements if element.name in HEADINGS and _is_aside(element)}
    around = {element.parent for element in dropped | asides if element.parent is not None}
    linked = _count_linked(page) if asides else {}
    for parent in {element.parent for element in asides if element.parent is not None}:
        dropped.update(_find_asides(parent, asides, linked))
    for parent in around:
        parent.children = [child for child in parent.children if isinstance(child, str) or child not in dropped]
    changed = around | _find_parents(around)
    for element in [*reversed(page.elements), page.root]:
        if element in changed:
            element.measure()
    return dropped


def _find_parents(elements: Iterable[Element]) -> set[Element]:
    """Give all elements around some."""
    found: set[Element] = set()
    for element in elements:
        for above in element.iter_parents():
            if above in found:
                break
            found.add(above)
    return found


def _is_aside(element: Element) -> bool:
    return element.size < 60 and _ASIDE.match(" ".join("".join(element.iter_text()).split())) is not None


def _find_asides(parent: Element, asides: set[Element], linked: dict[Element, int]) -> list[Element]:
    """Give the titles of lists of links, and the lists under them."""
    found: list[Element] = []
    under = False
    for child in parent.elements():
        links = under and child.name in _LINKS and 0 < 0.9 * child.size <= linked.get(child, 0)
        if links or child in asides:
            found.append(child)
        under = child in asides
    return found


def _count_linked(page: Page) -> dict[Element, int]:
    """Count the characters of each element that stand in links."""
    linked: dict[Element, int] = {}
    for element in reversed(page.elements):
        count = element.size if element.name == "a" else linked.get(element, 0)
        if count and element.parent is not None:
            linked[element.parent] = linked.get(element.parent, 0) + count
    return linked


def _is_furniture(element: Element, total: int) -> bool:
    """Tell whether an element is navigation, a banner or hidden; never one that holds much of the page."""
    if element.name in _SPECIAL:
        return _is_special(element, total)
    return bool(element.attributes) and element.size < _MUCH * total and _is_marked(element)


def _is_special(element: Element, total: int) -> bool:
    """Tell whether an element is furniture by its name."""
    name = element.name
    if name == "button":
        return element.parent is None or element.parent.name not in HEADINGS | {"summary"}
    if name == "caption":
        return "mgSectionTitle" in element.classes and _is_item_table(element.parent)
    if name in _DROPPED:
        return True
    if element.size >= _MUCH * total:
        return False
    outside = name == "form" or not any(above.name in {"main", "article"} for above in element.iter_parents())
    return outside or _is_marked(element)


def _is_item_table(element: Element | None) -> bool:
    return element is not None and "mgItemTable" in element.classes


def _is_marked(element: Element) -> bool:
    """Tell whether an element's attributes say that it is furniture."""
    attributes = element.attributes
    if "role" in attributes and attributes["role"].lower() in _ROLES:
        return True
    if element.name in _NEVER:
        return False
    named = "class" in attributes and _is_name_of_furniture(attributes["class"][:LONGEST])
    return named or ("id" in attributes and _is_name_of_furniture(attributes["id"][:LONGEST]))


@lru_cache(maxsize=4096)
def _is_name_of_furniture(name: str) -> bool:
    return _FURNITURE.search(name) is not None


def _choose(page: Page, dropped: set[Element]) -> Element:
    """Choose the container of most of the words; where several of one kind share them, what holds them all."""
    total = max(page.root.size, 1)
    called = _find_called(element for element in page.elements if element.size >= _SOME * total)
    for call in _MAIN:
        found = [e for e in called.get(call, ()) if dropped.isdisjoint((e, *e.iter_parents()))]
        if any(element.size >= _ENOUGH * total for element in found):
            return _find_common(found)
    return page.root


def _find_called(elements: Iterable[Element]) -> dict[tuple[str, str], list[Element]]:
    """Sort elements by what the container of most of the words may be called."""
    called: dict[tuple[str, str], list[Element]] = {}
    for element in elements:
        calls = [("name", element.name)]
        if element.attributes:
            calls += [(kind, element.attributes[kind]) for kind in ("id", "role") if kind in element.attributes]
            calls += [("class", name) for name in element.classes]
        for call in calls:
            if call in _MAIN:
                called.setdefault(call, []).append(element)
    return called


def _find_common(elements: list[Element]) -> Element:
    """Give the innermost element that is, or holds, each of some elements."""
    common = elements[0]
    for element in elements[1:]:
        around = {id(above) for above in (element, *element.iter_parents())}
        common = next(above for above in (common, *common.iter_parents()) if id(above) in around)
    return common
