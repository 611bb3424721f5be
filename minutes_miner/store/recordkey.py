"""Know a record again in another version of its document, or in another paper of its meeting."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from minutes_miner.store.query import fold

_WORD = re.compile(r"[^\W_]+")


def record_keys(noun: str, document: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give the key of each record of a document, by its id.

    Two records have the same key where the same council's papers of one day state the same words under the same
    item's title, the first, second or further time.

    Args:
        noun: decision or action.
        document: its authority and meeting_date, as the document itself says.
        rows: all its records of that noun, with id, text and item_title, in their order.
    """
    about = f"{noun}\n{fold(document['authority'] or '')}\n{document['meeting_date'] or ''}"
    seen: Counter[str] = Counter()
    keys = {}
    for row in rows:
        stated = f"{about}\n{bare_words(row['item_title'] or '')}\n{bare_words(row['text'])}"
        keys[row["id"]] = hashlib.sha256(f"{stated}\n{seen[stated]}".encode("utf-8", "replace")).hexdigest()[:16]
        seen[stated] += 1
    return keys


def bare_words(text: str) -> str:
    """Give a text's words without capitals, accents and signs."""
    return " ".join(_WORD.findall(fold(text)))
