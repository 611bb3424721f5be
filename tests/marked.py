"""Read sentences in which what is to be found is marked: ``[Application refused](DECISION kind=refuse)``.

A mark is words in square brackets, followed by a label of ``vocabulary.Label`` and its attributes in round ones; marks
nest. A square bracket of the text itself is written ``\\[`` or ``\\]``. The reader is strict: a mark that it can't
read raises, and so does a text without marks that does not say that it has none. So no test passes because nothing
was read.

A file of cases holds texts, each begun by ``--- name of the phenomenon``. Lines that begin with ``# `` at the top or
the end of a case tell about it: ``# meeting: 2024-03-14``, ``# council: Larkhill Parish Council``, ``# none`` where
nothing is to be found, ``# known: reason`` where the program is known to fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from minutes_miner.domain.vocabulary import Kind, Label, Manner, Outcome, SumRole

Value = str | bool | int | date | Decimal | tuple[str, ...]

_TOKEN = re.compile(
    r"\\(?P<plain>[\[\]])|(?P<open>\[)" r'|(?P<close>\])(?:\((?P<label>[^()\s]*)(?P<attributes>(?:[^()"]|"[^"]*")*)\))?'
)
_ATTRIBUTE = re.compile(r"\s+(?P<name>[a-z_]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<value>[^\s\"]+))")
_SEPARATOR = re.compile(r"(?m)^---[ \t]*(?P<name>.*)$")
_DIRECTIVE = re.compile(r"# (?P<name>\w+)(?:: (?P<value>.+))?$")


class MarkError(ValueError):
    """A marked text that can't be read: what is wrong, and near which words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one mark: its label, the words' offsets in the bare text, and what is expected of them."""

    label: Label
    start: int
    end: int
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold a text without its marks, and the marks in the order of their beginnings."""

    text: str
    marks: tuple[Mark, ...]

    def find_marks(self, label: Label) -> tuple[Mark, ...]:
        """Give the marks of a label."""
        return tuple(mark for mark in self.marks if mark.label is label)


@dataclass(frozen=True, slots=True)
class Case:
    """Hold a marked text with its name and what the file tells of it."""

    name: str
    marked: Marked
    meeting: date | None = None
    council: str | None = None
    known: str | None = None


def _flag(value: str) -> bool:
    return {"yes": True, "no": False}[value]


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError(value)
    return value


def _role(value: str) -> str:
    return "" if value == "untold" else SumRole(value)


def _owners(value: str) -> tuple[str, ...]:
    owners = tuple(part.strip() for part in value.split(";")) if value else ()
    if not all(owners):
        raise ValueError(value)
    return owners


_READERS: dict[str, Callable[[str], Value]] = {
    "kind": Kind,
    "outcome": Outcome,
    "procedural": _flag,
    "owner": _owners,
    "due_from": date.fromisoformat,
    "due_to": date.fromisoformat,
    "amount": Decimal,
    "currency": _currency,
    "role": _role,
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "manner": Manner,
    "for": int,
    "against": int,
    "abstain": int,
}
_ALLOWED: dict[Label, tuple[set[str], set[str]]] = {
    Label.DECISION: ({"kind"}, {"outcome", "procedural"}),
    Label.ACTION: (set(), {"owner", "due_from", "due_to"}),
    Label.MONEY: ({"amount"}, {"currency", "role"}),
    Label.DATE: ({"first"}, {"last"}),
    Label.DUE: (set(), {"first", "last"}),
    Label.VOTE: ({"manner"}, {"for", "against", "abstain"}),
    Label.MOVER: (set(), set()),
    Label.SECONDER: (set(), set()),
    Label.OWNER: (set(), set()),
}
"""For each label the attributes it must and may have."""


def read_marked(source: str, *, has_marks: bool = True) -> Marked:
    """Take the marks out of a text.

    Args:
        source: the marked text.
        has_marks: whether there must be marks; a text that is said to have none must have none.

    Raises:
        MarkError: a mark is not closed or closes nothing, has no label or an unknown one, lacks an attribute or has one
            that can't be read; or there are no marks where there must be some, or the other way round.
    """
    pieces: list[str] = []
    length = at = 0
    open_marks: list[int] = []
    marks: list[Mark] = []
    for token in _TOKEN.finditer(source):
        pieces.append(source[at : token.start()] + (token["plain"] or ""))
        length += len(pieces[-1])
        at = token.end()
        if token["open"]:
            open_marks.append(length)
        elif token["close"]:
            if not open_marks:
                raise MarkError(f"a mark is closed that was not opened: {_near(source, token.start())}")
            marks.append(_read_mark(token, open_marks.pop(), length, source))
    if open_marks:
        raise MarkError(f"a mark is not closed: {_near(source, len(source))}")
    if has_marks != bool(marks):
        raise MarkError(f"{'no marks' if has_marks else 'marks, where there should be none'}: {_near(source, 80)}")
    pieces.append(source[at:])
    return Marked("".join(pieces), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))


def _near(source: str, offset: int) -> str:
    return repr(source[max(0, offset - 80) : offset + 20])


def _read_mark(token: re.Match[str], start: int, end: int, source: str) -> Mark:
    near = _near(source, token.start())
    if not token["label"]:
        raise MarkError(f"a mark has no label: {near}")
    if token["label"] not in set(Label) or Label(token["label"]) not in _ALLOWED:
        raise MarkError(f"an unknown label {token['label']!r}: {near}")
    if start == end:
        raise MarkError(f"a mark has no words: {near}")
    label = Label(token["label"])
    attributes = _read_attributes(token["attributes"], near)
    needed, allowed = _ALLOWED[label]
    for name in sorted(needed - set(attributes)):
        raise MarkError(f"{label} lacks {name}: {near}")
    for name in sorted(set(attributes) - needed - allowed):
        raise MarkError(f"{label} can't have {name}: {near}")
    return Mark(label, start, end, attributes)


def _read_attributes(words: str, near: str) -> dict[str, Value]:
    attributes: dict[str, Value] = {}
    at = 0
    for match in _ATTRIBUTE.finditer(words):
        name = match["name"]
        if match.start() != at or name not in _READERS or name in attributes:
            raise MarkError(f"an attribute that can't be read in {words!r}: {near}")
        try:
            attributes[name] = _READERS[name](match["quoted"] if match["value"] is None else match["value"])
        except (ValueError, KeyError, InvalidOperation):
            raise MarkError(f"a value that can't be read in {match.group()!r}: {near}") from None
        at = match.end()
    if words[at:].strip():
        raise MarkError(f"an attribute that can't be read in {words!r}: {near}")
    return attributes


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases.

    Raises:
        MarkError: there are none, one has no name or the name of another, or one can't be read.
    """
    source = path.read_text("utf-8")
    heads = list(_SEPARATOR.finditer(source))
    ends = [head.start() for head in heads[1:]] + [len(source)]
    if not heads or source[: heads[0].start()].strip():
        raise MarkError(f"{path.name} does not begin with a case")
    cases = [
        _read_case(f"{path.name}, {head['name']}", head["name"].strip(), source[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]
    names = [case.name for case in cases]
    for name in names:
        if not name or names.count(name) > 1:
            raise MarkError(f"{path.name}: a case without a name of its own: {name!r}")
    return cases


def _read_case(place: str, name: str, source: str) -> Case:
    lines = source.strip("\n").split("\n")
    facts: dict[str, str] = {}
    for index in (0, -1):
        while lines and lines[index].startswith("# "):
            match = _DIRECTIVE.fullmatch(lines.pop(index).rstrip())
            if match is None or match["name"] not in {"meeting", "council", "none", "known"}:
                raise MarkError(f"{place}: a line that can't be read")
            facts[match["name"]] = match["value"] or ""
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise MarkError(f"{place}: no text")
    try:
        marked = read_marked(text, has_marks="none" not in facts)
        meeting = date.fromisoformat(facts["meeting"]) if "meeting" in facts else None
    except ValueError as error:
        raise MarkError(f"{place}: {error}") from None
    return Case(name, marked, meeting, facts.get("council"), facts.get("known"))
