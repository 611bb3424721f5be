"""Turn what a reader types into a search box into a full-text query.

The language: words must all occur; ``"a phrase"`` must occur as it stands; ``-word`` and ``-"a phrase"`` must not;
``OR`` between two such groups means either; ``hous*`` is any word that begins so. Any other sign only parts words, so
no input is an error. Capitals, accents and English endings make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from minutes_miner.errors import StoreError

MAX_TERMS = 100
"""More words than this are refused: databases limit how deep a query may nest."""

_TOKEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_MAYBE_ACCENT = re.compile("[\u0300-\U0010ffff]")
QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"'})


@dataclass(frozen=True, slots=True)
class Term:
    """Hold words that must stand side by side; with ``is_prefix`` the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Hold terms that must all occur, and terms of which none may."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()


Query = tuple[Group, ...]
"""Groups of which one must hold."""


def fold(text: str) -> str:
    """Give text without capitals and accents, for comparing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    if not _MAYBE_ACCENT.search(decomposed):
        return decomposed
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def parse_query(text: str) -> Query:
    """Read a query.

    Args:
        text: what the reader typed.

    Returns:
        Its groups; none where it holds no letter or digit.

    Raises:
        StoreError: it has more than MAX_TERMS words and phrases.
    """
    groups: list[Group] = [Group()]
    for match in _TOKEN.finditer(text.translate(QUOTES)):
        if match["word"] == "OR" and not match["minus"]:
            groups.append(Group())
        elif match["word"] != "AND":
            groups[-1] = _add(groups[-1], match)
    if sum(len(group.wanted) + len(group.unwanted) for group in groups) > MAX_TERMS:
        raise StoreError(f"the query has more than {MAX_TERMS} words", advice="search for fewer")
    return tuple(group for group in groups if group.wanted or group.unwanted)


def _add(group: Group, match: re.Match[str]) -> Group:
    written = match["word"] if match["phrase"] is None else match["phrase"]
    words = tuple("".join(sign if sign.isalnum() else " " for sign in fold(written)).split())
    if not words:
        return group
    term = Term(words, is_prefix=written.endswith("*"))
    if match["minus"]:
        return Group(group.wanted, (*group.unwanted, term))
    return Group((*group.wanted, term), group.unwanted)


def fts5_query(query: Query) -> str | None:
    """Write the groups that want something for SQLite's FTS5; None where there are none."""
    parts = []
    for group in query:
        if group.wanted:
            wanted = "(" + " AND ".join(map(_fts5_term, group.wanted)) + ")"
            unwanted = f" NOT {fts5_any(group.unwanted)}" if group.unwanted else ""
            parts.append(f"({wanted}{unwanted})")
    return " OR ".join(parts) or None


def fts5_any(terms: tuple[Term, ...]) -> str:
    """Write for FTS5 that any of some terms occurs."""
    return "(" + " OR ".join(map(_fts5_term, terms)) + ")"


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.is_prefix else "")


def tsquery(query: Query) -> str:
    """Write the whole query for PostgreSQL's ``to_tsquery``."""
    return " | ".join(
        " & ".join((*map(_tsquery_term, group.wanted), *("!" + _tsquery_term(term) for term in group.unwanted)))
        for group in query
    )


def _tsquery_term(term: Term) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*)" if term.is_prefix else ")")
