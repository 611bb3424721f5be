"""Read what a character, escape or class of an expression can match."""

from __future__ import annotations

import regex

from minutes_miner.annotate.pieces import Clause, Strings

MOST_CHARACTERS = 6
"""Characters of a class that are listed."""
GAP: Strings = frozenset([" "])
EMPTY: Strings = frozenset([""])
_COMMON_SIGNS = frozenset(".,_")
"""Signs that nearly every text has; the last counts as a letter."""
_CLASS_ITEM = regex.compile(r"\\u(?P<code>[0-9a-f]{4})|\\(?P<escape>.)|(?P<first>.)-(?P<last>[^\]])|(?P<plain>.)")
_WORD_CHARACTER = regex.compile(r"\w")


def read_signs(token: regex.Match[str]) -> tuple[Clause, ...]:
    """Give the signs that a character, escape or class can match, where they are few and seldom stand in a text."""
    items = token["class"] if token["class"] is not None else token.group()
    if token["letters"] or items.startswith("^") or items in (".", "$"):
        return ()
    found: set[str] = set()
    for item in _CLASS_ITEM.finditer(items):
        character = chr(int(item["code"], 16)) if item["code"] else item["escape"] or item["plain"] or "."
        if character.isalnum() or character.isspace() or character in _COMMON_SIGNS:
            return ()
        found.add(character)
    return (frozenset(found),) if len(found) <= MOST_CHARACTERS else ()


def read_characters(token: regex.Match[str]) -> Strings | None:
    """Give what a character, escape or class can match, or None for what is too much to list."""
    if token["letters"]:
        return frozenset([token["letters"].lower()])
    if token["class"] is not None:
        return _read_class(token["class"])
    if token["escape"]:
        return _read_escape(token["escape"])
    if token["plain"] == ".":
        return None
    return _fold(chr(int(token["code"], 16)) if token["code"] else token["plain"])


def _read_class(items: str) -> Strings | None:
    if items.startswith("^"):
        return GAP if r"\w" in items else None
    found: set[str] = set()
    for item in _CLASS_ITEM.finditer(items):
        if item["first"]:
            characters = [chr(code) for code in range(ord(item["first"]), ord(item["last"]) + 1)]
            strings: Strings | None = frozenset().union(*(_fold(character) for character in characters))
        else:
            code = item["code"]
            strings = _read_escape(item["escape"]) if item["escape"] else _fold(chr(int(code, 16)) if code else item[0])
        if strings is None:
            return None
        found |= strings
    return frozenset(found) if len(found) <= MOST_CHARACTERS else None


def _read_escape(character: str) -> Strings | None:
    if character in "wSDB":
        return None if character != "B" else EMPTY
    if character in "bAZsWntrfv":
        return GAP
    return frozenset(["0"]) if character == "d" else _fold(character)


def _fold(character: str) -> Strings:
    """Give a character as ``Strings`` write it; ``^`` and ``$`` are edges of words as well."""
    if not _WORD_CHARACTER.match(character):
        return GAP
    return frozenset(["0" if character.isdecimal() else character.lower()])
