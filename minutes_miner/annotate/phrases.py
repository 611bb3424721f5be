"""Load phrases: the package's patterns are data, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, reduce
from operator import or_
from typing import NamedTuple

import regex

from minutes_miner.annotate.clues import Clues
from minutes_miner.annotate.kept import Kept, load_kept, save_kept
from minutes_miner.annotate.patternfiles import find_key, list_files, read_branches

Match = regex.Match[str]
_LONGEST_HEAD = 300
"""Characters that the names before a tail can have."""
_FEW_LINES = 3
_MOST_KNOWN = 200
"""Sets of clues for which a phrase remembers its lines."""
_SOON_TRIED = ("^", r"\(")
"""Beginnings that are sooner searched for than a tail."""
_SHORT = 1000
"""Characters of a text whose clues are remembered: sentences are also blocks, titles, runs of a date and records."""
_REMEMBERED = 1000
_GREEDY = regex.compile(r"(?<=(?<!\\)[*+?}])\+|(?<=\(\?)>")
"""What gives nothing back, and so matches otherwise backwards."""
_SIGN = r"\\.|\[(?:\\.|[^\]\\])*\]|[^()\[\\]"
_NOT = regex.compile(rf"\(\?<?!(?:{_SIGN}|(?P<group>\((?:{_SIGN}|(?&group))*\)))*\)")
"""A part that must not match."""


def read_clues(text: str) -> int:
    """Give the clues of a text: which parts of which patterns its words can be; ``Words`` have them already."""
    if type(text) is Words:
        return text.clues
    return _read_again(text) if len(text) < _SHORT else _load_all().clues.read(text)


@lru_cache(_REMEMBERED)
def _read_again(text: str) -> int:
    return _load_all().clues.read(text)


class Words(str):
    """Hold the words of a sentence, with clues to the patterns that can match in them.

    Phrases find the same in it as in a plain string, only sooner, since what can't match is not tried.
    """

    clues: int

    def __new__(cls, text: str) -> Words:
        """Read a text's clues."""
        words = super().__new__(cls, text)
        words.clues = read_clues(text)
        return words


class _Line:
    """Hold one line of a label; its expressions are compiled when the first text may hold a match.

    Args:
        need: clues that a text must have to hold a match.
        head: a pattern's beginning, up to a name that can be many things.
        tail: what follows it; empty where the whole is as soon searched for.
        pattern: the whole expression.
    """

    def __init__(self, need: int, head: str, tail: str, pattern: str) -> None:
        self.need = need
        self.written = pattern
        self.has_tail = bool(tail) and not head.startswith(_SOON_TRIED)
        self._at_start = head.startswith("^")
        self._tail = tail
        self._head = _loosen(head) if self.has_tail else ""

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """Match the whole."""
        return _compile(self.written)

    @cached_property
    def _tail_ahead(self) -> regex.Pattern[str]:
        """Match the tail."""
        return _compile(self._tail)

    @cached_property
    def _head_before(self) -> regex.Pattern[str]:
        """Match, with no width, where a head has ended."""
        return _compile(f"(?<={self._head})")

    def compile(self) -> None:
        """Compile what searches can need."""
        self.pattern.search("")
        if self.has_tail:
            self._tail_ahead.search("")
            if self._head:
                self._head_before.search("")

    def search(self, text: str, start: int, end: int | None) -> Match | None:
        """Give the first match."""
        if self._at_start:
            return None if start else self.pattern.match(text, 0, end)
        if not self.has_tail:
            return self.pattern.search(text, start, end)
        for tail in self._tail_ahead.finditer(text, start, end, overlapped=True):
            if not self._head or self._head_before.match(text, tail.start(), end):
                return self.pattern.search(text, max(start, tail.start() - _LONGEST_HEAD), end)
        return None


def _loosen(head: str) -> str:
    """Give an expression that matches backwards, and wherever a head does; empty where there is none."""
    if "(?P=" in head or any(_GREEDY.search(part.group()) for part in _NOT.finditer(head)):
        return ""
    return _GREEDY.sub(lambda sign: ":" if sign.group() == ">" else "", head)


class Phrase:
    """Match the lines of one label as alternatives: the earliest match, and at one place the first line's, wins.

    Args:
        lines: the label's lines in the file's order.

    Attributes:
        some: a text whose clues have none of these bits holds no match; all bits where a line needs nothing.
    """

    def __init__(self, lines: Iterable[_Line]) -> None:
        self._lines = tuple(lines)
        needs = {line.need for line in self._lines}
        # Most texts lack the highest bit of every need, and are told so by one operation, asked thousands of times.
        self.some = sum({1 << need.bit_length() - 1 for need in needs}) if all(needs) else -1
        self._all = reduce(or_, needs, 0)
        self._known: dict[int, tuple[_Line, ...]] = {}

    def compile(self) -> None:
        """Compile all lines, and what stands for all of them."""
        for line in (*self._lines, *self._plain):
            line.compile()

    def can_match(self, clues: int) -> bool:
        """Tell whether a text with these clues can hold a match."""
        return bool(clues & self.some and self._find_lines(clues))

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """Give the first match between two offsets, or None."""
        if type(text) is Words and end is None and not text.clues & self.some:
            return None
        found: Match | None = None
        for line in self._choose(text, start, end):
            match = line.search(text, start, end)
            if match and (found is None or match.start() < found.start()):
                found = match
        return found

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """Give the match that begins at an offset, or None."""
        if type(text) is Words and end is None and not text.clues & self.some:
            return None
        for line in self._choose(text, start, end):
            match = line.pattern.match(text, start, end)
            if match:
                return match
        return None

    def finditer(
        self, text: str, start: int = 0, end: int | None = None, *, clues: int | None = None
    ) -> Iterator[Match]:
        """Give the matches between two offsets, none overlapping another.

        Args:
            text: what is searched.
            start, end: the offsets.
            clues: those of what stands between the offsets, where they are known.
        """
        if type(text) is Words and end is None and not text.clues & self.some:
            return iter(())
        lines = self._choose(text, start, end) if clues is None else self._find_lines(clues)
        ahead = [(line, match) for line in lines if (match := line.search(text, start, end))]
        return _merge(ahead, text, end) if ahead else iter(())

    def _choose(self, text: str, start: int, end: int | None) -> Sequence[_Line]:
        """Give the lines that can match, as far as the text's clues tell."""
        if type(text) is Words and end is None:
            return self._find_lines(text.clues)
        if end is not None and len(self._lines) > _FEW_LINES:
            return self._find_lines(read_clues(text[start:end]))
        return self._plain

    def _find_lines(self, clues: int) -> Sequence[_Line]:
        """Give the lines that can match with these clues; few of their sets are seen often, and remembered."""
        told = clues & self._all
        lines = self._known.get(told)
        if lines is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            lines = self._known[told] = tuple(line for line in self._lines if told & line.need == line.need)
        return lines

    @cached_property
    def _plain(self) -> Sequence[_Line]:
        """Give the lines for a text without clues: joined, since one search is then sooner done than several."""
        if any(line.has_tail for line in self._lines) or len(self._lines) == 1:
            return self._lines
        return (_Line(0, "", "", "|".join(line.written for line in self._lines)),)


def _merge(ahead: list[tuple[_Line, Match]], text: str, end: int | None) -> Iterator[Match]:
    """Give the matches of several lines, each beginning where the one before has ended.

    Args:
        ahead: each line that matches, with its first match.
        text: what is searched.
        end: where the search ends.
    """
    while ahead:
        found = min((match for _, match in ahead), key=lambda match: match.start())
        yield found
        start = max(found.end(), found.start() + 1)
        if start > (len(text) if end is None else end):
            return
        nexts = ((line, match if match.start() >= start else line.search(text, start, end)) for line, match in ahead)
        ahead = [(line, match) for line, match in nexts if match]


class _Patterns(NamedTuple):
    """Hold the clues of all files, each label's lines (what they need, their tail and the whole of them), and the rest.

    Attributes:
        kept: what the lines were made of, with what was compiled so far.
        is_new: whether it was not there when the program began.
    """

    clues: Clues
    files: dict[str, dict[str, list[tuple[int, str, str]]]]
    kept: Kept
    is_new: bool


@cache
def load_phrases(name: str) -> dict[str, Phrase]:
    """Compile the patterns of ``patterns/<name>.jsonl``, one phrase a label.

    A line ``{"label": L, "pattern": P}`` adds an alternative to label L; ``{"define": D, "pattern": P}`` names a
    part that later patterns write as ``{{D}}``. Several lines of one name are alternatives. Patterns ignore case unless
    they switch that off with ``(?-i:…)``.

    Args:
        name: file name without its suffix.

    Returns:
        Label to phrase, in the file's order.
    """
    phrases = {}
    for label, lines in _load_all().files[name].items():
        groups = dict.fromkeys(regex.findall(r"\?P<(\w+)>", " ".join(pattern for *_, pattern in lines)))
        phrases[label] = Phrase(_make_line(need, tail, pattern, groups) for need, tail, pattern in lines)
    return phrases


def compile_phrases() -> None:
    """Compile all patterns of all files, which otherwise happens as texts need them, and keep them for later runs."""
    for name in list_files():
        for phrase in load_phrases(name).values():
            phrase.compile()
    patterns = _load_all()
    if patterns.is_new:
        save_kept(find_key(), patterns.kept)


def _compile(expression: str) -> regex.Pattern[str]:
    known = _load_all().kept.expressions
    if expression not in known:
        known[expression] = regex.compile(expression, regex.IGNORECASE)
    return known[expression]


def _make_line(need: int, tail: str, pattern: str, groups: Iterable[str]) -> _Line:
    """Make one line; it gets the groups that only other lines of its label have, as alternatives without a match."""
    missing = "".join(f"|(?P<{group}>(?!))" for group in groups if f"(?P<{group}>" not in pattern)
    return _Line(need, pattern.removesuffix(tail), tail, pattern + missing)


@cache
def _load_all() -> _Patterns:
    """Give the lines of every file: words have the same clues whichever file asks."""
    kept = load_kept(find_key())
    found = kept or Kept(read_branches(), {})
    clues = Clues()
    lines = {
        name: {
            label: [(clues.add(branch.clauses), branch.tail, branch.pattern) for branch in branches]
            for label, branches in labels.items()
        }
        for name, labels in found.branches.items()
    }
    return _Patterns(clues, lines, found, kept is None)
