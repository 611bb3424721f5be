"""Gold documents and answers, built by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from minutes_miner.evaluate import Comparison, Scores, compare, read_answer, read_gold, score

Object = dict[str, Any]
"""One JSON object."""


def gold_line(**parts: Any) -> Object:
    """Give a document of a gold file in which nothing is to be found but what is told."""
    return {"id": "may", "file": "may.txt", "decisions": [], "actions": [], "money": [], "dates": [], **parts}


def write_gold(folder: Path, *documents: Object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), "utf-8")
    return path


def decision(quote: str, kind: str = "agree", **facts: Any) -> Object:
    return {"quotes": [quote], "kind": kind, "outcome": "carried", **facts}


def action(quote: str, **facts: Any) -> Object:
    return {"quotes": [quote], **facts}


def record(text: str, **facts: Any) -> Object:
    """Give a found decision or action."""
    return {"text": text, "mentions": [], "kind": "agree", "outcome": "carried", "confidence": 0.9, **facts}


def sum_of(amount: str, quote: str = "") -> Object:
    """Give a sum as gold and as answers have it."""
    words = quote or f"£{amount}"
    return {"quote": words, "text": words, "amount": amount, "currency": "GBP"}


def day(iso: str, quote: str = "") -> Object:
    """Give a date of one day as gold and as answers have it."""
    return {"quote": quote or iso, "text": quote or iso, "from": iso, "to": iso}


def compared(folder: Path, gold: Object, found: Object) -> Comparison:
    """Compare one document, through the readers that files go through."""
    return compare(read_gold(write_gold(folder, gold))[0], read_answer(found, "found"))


def scored(folder: Path, gold: Object, found: Object) -> Scores:
    return score([compared(folder, gold, found)])
