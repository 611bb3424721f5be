"""Build ModernGov's addresses, and read those that its pages link to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit

_FILE = re.compile(
    r"(?P<base>https?://[^/?#]+(?:/[^?#]*?)?)/(?:mgWebService\.asmx|\w+\.aspx)(?:[/?#]|$)", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")
_SAFE = "%/:=&?~+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Site:
    """Know where an installation stands.

    Attributes:
        base: the address above its pages, without a slash at the end; it may hold a path.
    """

    base: str

    def page(self, name: str, **query: str) -> str:
        """Give the address of a page, such as ``ieListDocuments.aspx``."""
        return f"{self.base}/{name}?{urlencode(query)}" if query else f"{self.base}/{name}"

    def service(self, operation: str, **query: str) -> str:
        """Give the address of an operation of the web service."""
        return self.page(f"mgWebService.asmx/{operation}", **query)

    def follow(self, url: str) -> Site:
        """Give the site that answered where it moved to, such as from http to https."""
        found = _FILE.match(url)
        return Site(found["base"]) if found else self


def resolve(href: str, page: str) -> str:
    """Make a link of a page absolute and percent-encoded: links hold spaces, and line breaks within names.

    Returns:
        The address without its fragment; an empty text where the link is none.
    """
    cleaned = _CONTROLS.sub(" ", href).strip()
    try:
        return urljoin(page, quote(cleaned.split("#")[0].strip(), safe=_SAFE))
    except ValueError:  # such as half an address of IPv6
        return ""


def read_name(url: str) -> str:
    """Give the name of the page that an address leads to, in lower case."""
    return _split(url).path.rpartition("/")[2].lower()


def read_query(url: str) -> dict[str, str]:
    """Give the query of an address by key; keys in lower case, as installations write ``MId``, ``MID`` and ``Mid``."""
    return {key.lower(): value.strip() for key, value in parse_qsl(_split(url).query)}


def _split(url: str) -> SplitResult:
    """Part an address; one that is none has no parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
