"""Load phrases: the package's patterns are data, one JSON object a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

_REFERENCE = regex.compile(r"\{\{(\w+)\}\}")


@cache
def load_phrases(name: str) -> dict[str, regex.Pattern[str]]:
    """Compile the patterns of ``patterns/<name>.jsonl``, one expression a label.

    A line ``{"label": L, "pattern": P}`` adds an alternative to label L; ``{"define": D, "pattern": P}`` names a
    part that later patterns write as ``{{D}}``. Several lines of one name are alternatives. Patterns ignore case unless
    they switch that off with ``(?-i:…)``.

    Args:
        name: file name without its suffix.

    Returns:
        Label to compiled expression, in the file's order.
    """
    defined: dict[str, list[str]] = {}
    labels: dict[str, list[str]] = {}
    for file in ("shared", name):
        for line in (files(__package__) / "patterns" / f"{file}.jsonl").read_text("utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                pattern = _REFERENCE.sub(lambda m: f"(?:{'|'.join(defined[m[1]])})", entry["pattern"])
                target = defined if "define" in entry else labels
                target.setdefault(entry.get("define") or entry["label"], []).append(pattern)
    return {label: regex.compile("|".join(parts), regex.IGNORECASE) for label, parts in labels.items()}


@cache
def patterns_digest() -> str:
    """Give eight hexadecimal digits that change when any pattern changes."""
    folder = files(__package__) / "patterns"
    texts = [
        entry.read_bytes()
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".jsonl")
    ]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:8]


def match_label(phrases: dict[str, regex.Pattern[str]], text: str) -> str | None:
    """Give the first label whose expression matches at the start of a text, or None."""
    return next((label for label, pattern in phrases.items() if pattern.match(text)), None)


def search(phrases: dict[str, regex.Pattern[str]], label: str, text: str) -> Iterator[regex.Match[str]]:
    """Give the places where a label's expression matches.

    A label ``<L>_GATE`` holds a cheap expression that every match of L contains: without it the dear one is not tried.
    """
    gate = phrases.get(f"{label}_GATE")
    if gate is None or gate.search(text):
        yield from phrases[label].finditer(text)
