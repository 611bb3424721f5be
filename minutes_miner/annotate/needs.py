"""Read from an expression what words every match of it holds, so that most texts need not be searched with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import NamedTuple

import regex

from minutes_miner.annotate.characters import EMPTY, GAP, MOST_CHARACTERS, read_characters, read_signs
from minutes_miner.annotate.pieces import Clause, Strings, make_clause, rate

_MOST_STRINGS = 600
_MOST_JOINED = 16
_TOKEN = regex.compile(
    r"\{\{(?P<define>\w+)\}\}"
    r"|(?P<flags>\(\?[a-z]+\))|(?P<back>\(\?P=\w+\))|(?P<look>\(\?<?[=!])|(?P<group>\((?:\?(?:P<\w+>|[a-z-]*:))?)"
    r"|\[(?P<class>(?:\\.|[^\]\\])*)\]|\\u(?P<code>[0-9a-f]{4})|\\(?P<escape>.)"
    r"|(?P<letters>[A-Za-z]+(?![*+?{]))|(?P<plain>.)",
    regex.DOTALL,
)
_NO_WORD = regex.compile(r"\(\?<?!(?:\\w|\[\\w(?:\\.|[^\]\\])*\])\)")
_FLAGS = regex.compile(r"\(\?[a-z]+\)")
_REPEAT = regex.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})[?+]?")
_SIGNS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_NONE: Strings = frozenset()


class Branch(NamedTuple):
    """Hold one alternative of an expression.

    Attributes:
        pattern: as written.
        clauses: a text must hold a piece of each to hold a match.
        tail: what follows the first part with a ``{{NAME}}`` that is too much to list, such as a person's name: every
            match ends with a match of it. Empty where there is none, or where it needs nothing.
    """

    pattern: str
    clauses: tuple[Clause, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold what a part of an expression can match, or else None and clauses that every match meets.

    A part that only looks ahead matches nothing, and has clauses too. ``closed`` tells whether the edge of a word
    stands after the part wherever one stands before it. ``signs`` are further clauses, of signs alone.
    """

    strings: Strings | None
    clauses: tuple[Clause, ...] = ()
    closed: bool = False
    signs: tuple[Clause, ...] = ()

    def get_clauses(self) -> tuple[Clause, ...]:
        """Give what every match holds."""
        return self.clauses if self.strings is None else make_clause(self.strings)


class NeedReader:
    """Read what expressions need.

    Args:
        defined: the alternatives of each ``{{NAME}}`` that they use.
        shared: a reader whose own definitions hold here too.
    """

    def __init__(self, defined: dict[str, list[str]], shared: NeedReader | None = None) -> None:
        self._defined = defined
        self._shared = shared
        self._known: dict[tuple[str, bool, bool], _Part] = {}

    def read(self, pattern: str) -> list[Branch]:
        """Cut an expression at its outermost alternatives and read what each of them needs."""
        return _Parser(pattern, self._get_define).read_outermost()

    def _get_define(self, name: str, closed: bool, by_line: bool) -> _Part:
        if self._shared and name not in self._defined:
            return self._shared._get_define(name, closed, by_line)
        key = name, closed, by_line
        if key not in self._known:
            parser = _Parser("|".join(self._defined[name]), self._get_define, by_line=by_line)
            self._known[key] = _join_branches(parser.read_branches(closed=closed))
        return self._known[key]


class _Parser:
    """Read one expression from left to right; it knows the notation that the package's patterns use.

    Args:
        pattern: the expression.
        get_define: gives what a name stands for; see ``NeedReader``.
        by_line: whether ``^`` and ``$`` stand at the edges of lines, and not of the text alone.
    """

    def __init__(self, pattern: str, get_define: Callable[[str, bool, bool], _Part], *, by_line: bool = False) -> None:
        self._pattern = pattern
        self._get_define = get_define
        self._by_line = by_line
        self._at = 0
        self._cut = 0

    def read_branches(self, *, closed: bool) -> list[_Part]:
        """Read alternatives up to the end of their group; ``closed`` where the edge of a word stands before them."""
        branches = [self._read_sequence(closed)]
        while self._pattern.startswith("|", self._at):
            self._at += 1
            branches.append(self._read_sequence(closed))
        return branches

    def read_outermost(self) -> list[Branch]:
        """Read the alternatives of the whole expression; flags at its front hold for all of them."""
        front = _FLAGS.match(self._pattern)
        flags = front.group() if front else ""
        self._by_line = "m" in flags
        found: list[Branch] = []
        while self._at < len(self._pattern) or not found:
            start = self._at
            part = self._read_sequence(closed=False)
            written = (flags if found else "") + self._pattern[start : self._at]
            tail = self._pattern[self._cut : self._at] if self._cut else ""
            found.append(Branch(written, part.get_clauses() + part.signs, tail if "(?P=" not in tail else ""))
            self._at += 1
        return found

    def _read_sequence(self, closed: bool) -> _Part:
        run = GAP if closed else EMPTY
        clauses: list[Clause] = []
        signs: tuple[Clause, ...] = ()
        is_whole = True
        cut, before_cut = 0, 0
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            start = self._at
            part = self._read_repeated(_is_closed(run))
            clauses += part.clauses
            signs += part.signs
            if part.strings is not None and len(run) * len(part.strings) <= _MOST_STRINGS:
                run = frozenset(first + second for first, second in product(run, part.strings))
                continue
            is_whole = False
            clauses += make_clause(run)
            run = part.strings or (GAP if part.closed and _is_closed(run) else EMPTY)
            if not cut and part.strings is None and "{{" in self._pattern[start : self._at]:
                cut, before_cut = self._at, len(clauses)
        self._cut = 0
        if is_whole and not clauses:
            return _Part(run, closed=_is_closed(run), signs=signs)
        clauses += make_clause(run)
        self._cut = cut if len(clauses) > before_cut else 0
        return _Part(None, tuple(clauses), _is_closed(run), signs)

    def _read_repeated(self, closed: bool) -> _Part:
        part = self._read_one(closed)
        match = _REPEAT.match(self._pattern, self._at)
        if match is None:
            return part
        self._at = match.end()
        if match["sign"]:
            least, most = _SIGNS[match["sign"]]
        else:
            least = int(match["least"] or 0)
            most = (int(match["most"]) if match["most"] else None) if match["comma"] else least
        return replace(_repeat(part, least, most), signs=part.signs if least else ())

    def _read_one(self, closed: bool) -> _Part:
        edge = _NO_WORD.match(self._pattern, self._at)
        if edge:
            self._at = edge.end()
            return _Part(GAP)
        token = _TOKEN.match(self._pattern, self._at)
        assert token is not None, "the last alternative takes any character"
        self._at = token.end()
        if token["define"]:
            return self._get_define(token["define"], closed, self._by_line)
        if token["group"] or token["look"]:
            part = _join_branches(self.read_branches(closed=closed))
            self._at += 1
            if not token["look"]:
                return part
            # What must follow stands in the text that is searched; what stands before, or must not, need not be there.
            is_ahead = token["look"] == "(?="
            return _Part(EMPTY, part.get_clauses() if is_ahead else (), signs=part.signs if is_ahead else ())
        if token["back"]:
            return _Part(None)
        if token["plain"] in ("^", "$") and not self._by_line:
            return _Part(frozenset([f" {token['plain']} "]))
        return _Part(EMPTY) if token["flags"] else _Part(read_characters(token), signs=read_signs(token))


def _repeat(part: _Part, least: int, most: int | None) -> _Part:
    strings = part.strings
    if strings is None or (most == 1 and least == 1):
        return part if least else _Part(None, closed=part.closed)
    if strings <= {"", " "}:
        return _Part(strings if least else strings | EMPTY)
    if most == 1:
        return _Part(strings | EMPTY)
    if least == most and len(strings) ** least <= MOST_CHARACTERS:
        return _Part(frozenset("".join(parts) for parts in product(strings, repeat=least)))
    return _Part(None, make_clause(strings) if least else (), _is_closed(strings))


def _join_branches(branches: list[_Part]) -> _Part:
    """Join alternatives: what they match taken together, or one clause that is met whichever matches."""
    if len(branches) == 1:
        return branches[0]
    strings: set[str] = set()
    for branch in branches:
        strings |= branch.strings or _NONE
    signs: tuple[Clause, ...] = ()
    if all(branch.signs for branch in branches):
        signs = (frozenset().union(*(min(branch.signs, key=len) for branch in branches)),)
    if all(branch.strings is not None for branch in branches) and len(strings) <= _MOST_STRINGS:
        return _Part(frozenset(strings), signs=signs)
    # One clause of each branch taken together is met whichever branch matches; two of each where that makes few.
    choices = [sorted(branch.get_clauses(), key=rate)[:2] for branch in branches]
    if prod(map(len, choices)) > _MOST_JOINED:
        choices = [choice[:1] for choice in choices]
    joined = tuple(frozenset().union(*choice) for choice in product(*choices))
    return _Part(None, joined, all(branch.closed for branch in branches), signs)


def _is_closed(strings: Strings) -> bool:
    return all(string.endswith(" ") for string in strings)
