"""Give councils and their bodies addresses: readable, lasting, and never the same for two."""

from __future__ import annotations

import re
from hashlib import sha256

from minutes_miner.domain.resolution import scope_of

NO_BODY = "~none"
"""Stands in an address for meetings whose papers tell no body."""

_LONGEST = 80
_OTHER = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Turn a name into the part of an address.

    The address depends on the name alone, so that it stays when other names come. A name of plain words gives them,
    parted by hyphens. What other names lose, such as an apostrophe, would make two names one: a digest stands for it,
    behind a tilde, which no name of plain words gives.

    Example:
        ``Ashcombe Town Council`` gives ``ashcombe-town-council``; ``St. Orme's`` gives ``st-orme-s~7c2d90aa``.
    """
    key = scope_of(name)
    words = _OTHER.sub("-", key).strip("-")
    if words and words.replace("-", " ") == key and len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].strip('-')}~{sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}"


def council_path(name: str) -> str:
    """Give the path of a council's page."""
    return f"/councils/{slug_of(name)}"


def body_path(council: str, body: str | None) -> str:
    """Give the path of the page of one of a council's bodies."""
    return f"{council_path(council)}/{slug_of(body) if body and scope_of(body) else NO_BODY}"
