"""Tell from a text's words which patterns can't match in it: words → clues → patterns left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from minutes_miner.annotate.pieces import Clause

_WORD = regex.compile(r"\w+")
_DIGITS = str.maketrans("123456789", "000000000")
_FOLDED = str.maketrans("İſ", "is")
"""Letters that an expression without case takes for others, and that ``lower`` leaves or splits."""
_PLAIN = bytes(
    ord("0") if chr(code).isdigit() else ord(chr(code).lower()) if chr(code).isalpha() or code == ord("_") else 32
    for code in range(128)
).ljust(256)
"""For each ASCII character what clues see of it: small letters, 0 for a figure, a space between words."""
_FOREIGN = regex.compile(r"[^\x00-\x7f‘’“”–—…•£€\u00a0]")
_KNOWN_WORDS = 50_000


class Clues:
    """Number the clauses of all patterns, and tell which of them a text meets.

    A number's bits are clauses. Each distinct word is compared with the pieces once and remembered, up to a limit:
    what a word tells depends on nothing but the patterns.
    """

    def __init__(self) -> None:
        self._numbers: dict[Clause, int] = {}
        self._alone, self._before, self._after = _Pieces(), _Pieces(), _Pieces()
        self._signs: dict[str, int] = {}
        self._known = _Known(self._compare)

    def add(self, clauses: Sequence[Clause]) -> int:
        """Give the bits that a text must have to meet clauses."""
        bits = 0
        for clause in clauses:
            if clause not in self._numbers:
                self._numbers[clause] = 1 << len(self._numbers)
                for piece in _thin(clause):
                    self._add_piece(piece, self._numbers[clause])
            bits |= self._numbers[clause]
        return bits

    def read(self, text: str) -> int:
        """Give the bits of the clauses that a text's words meet, alone or by the word that stands before them."""
        bits, before = 0, self._known["^"][1]
        for alone, as_first, as_second in map(self._known.__getitem__, _cut_words(text)):
            bits |= alone | before & as_second
            before = as_first
        bits |= before & self._known["$"][2]
        for sign, bit in self._signs.items():
            if sign in text:
                bits |= bit
        return bits

    def _add_piece(self, piece: str, bit: int) -> None:
        """Take in a piece; of two words, those that can be the first and the second are kept apart."""
        first, gap, second = piece.strip().partition(" ")
        if len(piece) == 1 and not piece.isalnum():
            self._signs[piece] = self._signs.get(piece, 0) | bit
        elif gap:
            self._before.add(f"{' ' if piece.startswith(' ') else ''}{first} ", bit)
            self._after.add(f" {second}{' ' if piece.endswith(' ') else ''}", bit)
        else:
            self._alone.add(piece, bit)

    def _compare(self, word: str) -> tuple[int, int, int]:
        """Give the clauses that a word meets alone, as the first of two and as the second of two."""
        if not word.isascii():
            word = "".join("0" if character.isdecimal() else character for character in word)
        return self._alone.compare(word), self._before.compare(word), self._after.compare(word)


class _Known(dict[str, tuple[int, int, int]]):
    """Remember what words tell, up to a limit; a dictionary is asked twice as fast as a cached function.

    Args:
        compare: tells it of a word.
    """

    def __init__(self, compare: Callable[[str], tuple[int, int, int]]) -> None:
        super().__init__()
        self._compare = compare

    def __missing__(self, word: str) -> tuple[int, int, int]:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        self[word] = told = self._compare(word)
        return told


class _Pieces:
    """Hold pieces of words by where they stand in a word, so that few are compared."""

    def __init__(self) -> None:
        self._whole: dict[str, int] = {}
        self._heads: dict[str, dict[str, int]] = {}
        self._tails: dict[str, dict[str, int]] = {}
        self._inner: dict[str, int] = {}

    def add(self, piece: str, bit: int) -> None:
        """Take in a piece of a clause; a space is the edge of a word."""
        core = piece.strip()
        begins, ends = piece.startswith(" "), piece.endswith(" ")
        if begins and ends:
            table, key = self._whole, core
        elif begins and len(core) > 1:
            table, key = self._heads.setdefault(core[:2], {}), piece
        elif ends and len(core) > 1:
            table, key = self._tails.setdefault(core[-2:], {}), piece
        else:
            table, key = self._inner, piece
        table[key] = table.get(key, 0) | bit

    def compare(self, word: str) -> int:
        """Give the bits of the clauses that have a piece which a word holds."""
        marked = f" {word} "
        bits = self._whole.get(word, 0)
        for table in (self._heads.get(word[:2], {}), self._tails.get(word[-2:], {}), self._inner):
            for piece, bit in table.items():
                if piece in marked:
                    bits |= bit
        return bits


def _cut_words(text: str) -> list[str]:
    """Give the words in small letters and with 0 for figures; the usual characters are translated at once."""
    if text.isascii() or not _FOREIGN.search(text):
        return text.encode("ascii", "replace").translate(_PLAIN).decode("ascii").split()
    return _WORD.findall(text.translate(_FOLDED).lower().translate(_DIGITS))


def _thin(clause: Clause) -> list[str]:
    """Leave out the pieces that hold another one."""
    kept: list[str] = []
    for piece in sorted(clause, key=len):
        if not any(other in piece for other in kept):
            kept.append(piece)
    return kept
