"""Read the pattern files: definitions put into patterns, and what each alternative of a pattern needs."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

import regex

from minutes_miner.annotate.needs import Branch, NeedReader

_WORD_LIST = regex.compile(r"\(\?:(?:[a-z]+(?:-\??[a-z]+)*\|){20,}[a-z]+\)")
_SHARED = "shared"
"""The file whose definitions hold in every file."""
_REFERENCE = regex.compile(r"\{\{(\w+)\}\}")

_READING = ("characters", "needs", "patternfiles", "pieces")
"""The modules that what is read from the files depends on."""

Defined = dict[str, list[str]]
"""The alternatives of each name."""


def read_branches() -> dict[str, dict[str, list[Branch]]]:
    """Read every file: the alternatives of each label's patterns, definitions put in, with what they need."""
    shared = NeedReader(_read(_SHARED)[0])
    found: dict[str, dict[str, list[Branch]]] = {}
    for name in list_files():
        raw, whole, labels = _read(name)
        reader = NeedReader(raw, shared)
        found[name] = {
            label: [
                Branch(_expand(branch.pattern, whole), branch.clauses, _expand(branch.tail, whole))
                for pattern in patterns
                for branch in reader.read(pattern)
            ]
            for label, patterns in labels.items()
        }
    return found


def load_definitions(name: str) -> dict[str, str]:
    """Give the parts that ``patterns/<name>.jsonl`` defines, as expressions, in the file's order."""
    own, whole, _ = _read(name)
    return {define: "|".join(whole[define]) for define in own}


@cache
def _read(name: str) -> tuple[Defined, Defined, Defined]:
    """Give a file's definitions as written, all definitions that hold in it with their parts put in, and its labels."""
    raw: Defined = {}
    shared = _read(_SHARED)[1] if name != _SHARED else {}
    whole = {define: list(patterns) for define, patterns in shared.items()}
    labels: Defined = {}
    for line in (files(__package__) / "patterns" / f"{name}.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            entry = json.loads(line)
            if "define" in entry:
                raw.setdefault(entry["define"], []).append(entry["pattern"])
                whole.setdefault(entry["define"], []).append(_expand(_group_by_letter(entry["pattern"]), whole))
            else:
                labels.setdefault(entry["label"], []).append(entry["pattern"])
    return raw, whole, labels


def _expand(pattern: str, defined: Defined) -> str:
    return _REFERENCE.sub(lambda match: f"(?:{'|'.join(defined[match[1]])})", pattern)


def _group_by_letter(pattern: str) -> str:
    """Write a long list of words by their first letters, four times as fast to search for.

    The order of those with the same letter stays, and of the others only one can match at a place.
    """
    if not _WORD_LIST.fullmatch(pattern):
        return pattern
    rests: dict[str, list[str]] = {}
    for word in pattern[3:-1].split("|"):
        rests.setdefault(word[0], []).append(word[1:])
    return "(?:" + "|".join(f"{letter}(?:{'|'.join(words)})" for letter, words in rests.items()) + ")"


def list_files() -> list[str]:
    """Name the files, without their suffix."""
    names = (entry.name for entry in (files(__package__) / "patterns").iterdir())
    return sorted(name.removesuffix(".jsonl") for name in names if name.endswith(".jsonl"))


def patterns_digest() -> str:
    """Give eight hexadecimal digits that change when any pattern changes."""
    return _find_digest()[:8]


def find_key() -> str:
    """Give hexadecimal digits that change with the patterns and with the code that reads them."""
    code = b"".join((files(__package__) / f"{name}.py").read_bytes() for name in _READING)
    return _find_digest() + hashlib.sha256(code).hexdigest()


@cache
def _find_digest() -> str:
    folder = files(__package__) / "patterns"
    texts = [(folder / f"{name}.jsonl").read_bytes() for name in list_files()]
    return hashlib.sha256(b"".join(texts)).hexdigest()
