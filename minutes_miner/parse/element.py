"""Hold a web page as elements and words, light enough to walk through many times."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Union

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
NESTED = LISTS | {"table"}
BLOCKS = frozenset(
    "p div table tbody thead tfoot tr td th section article main body blockquote dl dt dd li header aside caption form"
    " fieldset figure pre address center details summary html hr figcaption legend hgroup search footer nav".split()
    + [*HEADINGS, *LISTS]
)
"""Elements that begin a line of their own."""


LONGEST = 500
"""Characters of an attribute that are looked at; longer ones are broken and must not be kept."""
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def split_names(names: str) -> frozenset[str]:
    """Give the names in an attribute such as ``class``; pages repeat few values many times."""
    return frozenset(names.split())


class Element:
    """Hold an element: its name, attributes, the element around it, and its words and elements in order.

    Attributes:
        name: in lower case.
        attributes: names in lower case; an attribute without a value has an empty one.
        parent: None for the page itself.
        children: text as it stands in the page, and elements.
        size: characters of text in it, white space around each piece left out.
        holds: whether an element that begins a line stands in it.
        nests: whether a list or table stands in it.
        stands: whether it begins a line, or holds an element that does.
    """

    __slots__ = ("name", "attributes", "parent", "children", "size", "holds", "nests", "stands")

    def __init__(self, name: str, attributes: Mapping[str, str], parent: Element | None = None) -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node] = []
        self.size = 0
        self.holds = self.nests = False
        self.stands = name in BLOCKS

    def get(self, name: str) -> str:
        """Give an attribute's value, or an empty text."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> frozenset[str]:
        """Give the classes."""
        return split_names(self.attributes["class"][:LONGEST]) if "class" in self.attributes else _NONE

    def elements(self) -> list[Element]:
        """Give the elements directly inside."""
        return [child for child in self.children if not isinstance(child, str)]

    def iter(self) -> Iterator[Element]:
        """Give the element and all inside it, in the page's order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.elements()))

    def iter_text(self) -> Iterator[str]:
        """Give the text inside in the page's order, with a line break for each ``br``."""
        stack: list[Node] = [*reversed(self.children)]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
            elif node.name == "br":
                yield "\n"
            else:
                stack.extend(reversed(node.children))

    def find(self, names: Collection[str]) -> Element | None:
        """Give the first element inside that has one of some names."""
        return next((one for one in self.iter() if one is not self and one.name in names), None)

    def iter_parents(self) -> Iterator[Element]:
        """Give the elements around this one, the nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def add(self, child: Element) -> None:
        """Count an element that stands directly inside, all of which is counted already."""
        self.size += child.size
        if child.stands:
            self.holds = self.stands = True
            if child.nests or child.name in NESTED:
                self.nests = True

    def measure(self) -> None:
        """Count again what stands directly inside, after some was taken away."""
        self.size, self.holds, self.nests = 0, False, False
        self.stands = self.name in BLOCKS
        for child in self.children:
            if isinstance(child, str):
                self.size += len(child.strip())
            else:
                self.add(child)


Node = Union[str, Element]
"""Text, or an element."""


class Page(NamedTuple):
    """Hold a page: one element without a name around all, and all elements in order."""

    root: Element
    elements: list[Element]
