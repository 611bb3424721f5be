"""Tell in which part of the United Kingdom an authority lies, by its code or name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from minutes_miner.domain.vocabulary import Territory
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.authorities import load_authorities, load_own_authorities

_PLAIN = frozenset("the of and council".split())
_KINDS = frozenset("borough city county district london metropolitan royal".split())
_WELSH = re.compile(r"cyngor\b")
"""Every council whose name begins in Welsh lies in Wales."""


def find_territory(name: str | None) -> str | None:
    """Give the code of an authority's territory, or None where the register does not tell it.

    Names are compared without capitals, accents, "the" and "council", and, where only one place can be meant, without
    the kind of council: "Leeds Council" is Leeds City Council. Parishes and towns are in no register.

    Args:
        name: code or name of the authority.
    """
    if not name or not name.strip():
        return None
    folded = _fold(name)
    known = _territories()
    for key in (folded.strip(), _words(folded, _PLAIN), "~" + _words(folded, _PLAIN | _KINDS)):
        if (found := known.get(key)) is not None:
            return found or None
    return Territory.WALES.value if _WELSH.match(folded) else None


@lru_cache(maxsize=1)
def _territories() -> Mapping[str, str]:
    """Give each authority's territory by its code and its names; empty where two disagree.

    A fault in the user's register is told where that is read for gathering; mining goes on with the product's own.
    """
    try:
        every = load_authorities()
    except ScrapeError:
        every = load_own_authorities()
    found: dict[str, str] = {}
    for authority in every:
        folded = _fold(authority.name)
        short = "~" + _words(folded, _PLAIN | _KINDS)
        for key in {authority.code.casefold(), _words(folded, _PLAIN), short}:
            place = authority.territory or ""
            found[key] = place if found.get(key, place) == place else ""
    return found


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.casefold().replace("&", " and ")


def _words(folded: str, left_out: frozenset[str]) -> str:
    return " ".join(word for word in re.findall(r"[a-z0-9]+", folded) if word not in left_out)
