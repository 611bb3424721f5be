"""Turn a marked sample source into its bare text and its gold annotation.

A mark is ``⟦TAG ATTRIBUTES|words⟧``; marks nest. The tags are described in ``corpus/README.md``.
"""

from __future__ import annotations

import calendar
import html
import re
from dataclasses import dataclass
from itertools import takewhile

from minutes_miner.domain.vocabulary import Kind, Manner

Gold = dict[str, object]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_RECORD = re.compile(r"([daosm]|due)(\d*)$")
_BREAK = re.compile(
    r"[.!?]\s+(?=[A-Z£(\d])|\n\s*\n|\n(?=\s*(?:[-*•|#>~=]|\(?\w{1,3}[.)])\s)"
    r"|<(?!/?(?:b|i|em|strong|span|u|a)\b)[^>]*>|\s\|\|?\s"
)
"""Where a sentence ends: a full stop, an empty line, a list's next point, a tag of a block, a cell's edge."""
_NUMBER = re.compile(r"\s*(?:[-*•]|\(?\w{1,3}[.)])\s+")
"""What counts or bullets a point, at its beginning."""
_LONGEST_SENTENCE = 60
_OPTIONAL = {"?d": "decisions", "?a": "actions", "?£": "money", "?@": "dates"}
_CURRENCY = {"£": "GBP", "€": "EUR"}
_LAYOUT_SIGN = re.compile(r"(?m)^(?:[#=>~]|\++|\|\|?)\s|\s\|\|?(?=\s|$)")


@dataclass(frozen=True)
class Mark:
    """Hold one mark: its tag, attributes, words, and the marks it stands in, innermost last."""

    tag: str
    attributes: str
    start: int
    end: int
    inside: tuple[str, ...]


def read_marked(source: str) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of a source.

    Returns:
        The bare text and the marks in the order of their beginnings; offsets are into the bare text.

    Raises:
        ValueError: a mark is not closed, or closes nothing, or has no ``|``.
    """
    text: list[str] = []
    length = 0
    open_marks: list[tuple[str, str, int, tuple[str, ...]]] = []
    marks: list[Mark] = []
    for piece in re.split(r"(⟦[^|⟦⟧]*\||⟧)", source):
        if piece == "⟧":
            if not open_marks:
                raise ValueError(f"a mark is closed that was not opened, after {''.join(text)[-60:]!r}")
            tag, attributes, start, inside = open_marks.pop()
            marks.append(Mark(tag, attributes, start, length, inside))
        elif piece.startswith("⟦") and piece.endswith("|"):
            tag, _, attributes = piece[1:-1].partition(" ")
            open_marks.append((tag, attributes, length, tuple(name for name, *_ in open_marks)))
        else:
            if "⟦" in piece:
                raise ValueError(f"a mark has no '|': {piece[-60:]!r}")
            text.append(piece)
            length += len(piece)
    if open_marks:
        raise ValueError(f"a mark is not closed: {open_marks[-1][0]}")
    return "".join(text), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def read_header(source: str) -> tuple[dict[str, str | None], str]:
    """Split the lines ``%key: value`` at the top of a source from the rest; an empty value is None."""
    header: dict[str, str | None] = {}
    while source.startswith("%"):
        line, _, source = source.partition("\n")
        key, _, value = line[1:].partition(":")
        header[key.strip()] = value.strip() or None
    return header, source


def build_gold(text: str, marks: tuple[Mark, ...]) -> Gold:
    """Make the gold records of one document from its marks.

    Args:
        text: the bare text.
        marks: the marks found in it.

    Raises:
        ValueError: a tag is unknown, or a decision has no kind.
    """
    gold: dict[str, list[Gold]] = {"decisions": [], "actions": [], "money": [], "dates": []}
    optional: dict[str, list[str]] = {name: [] for name in gold}
    records: dict[str, Gold] = {}
    for mark in sorted(marks, key=lambda mark: not re.match(r"[da]\d", mark.tag)):
        words = _clean(text[mark.start : mark.end])
        record = _RECORD.match(mark.tag)
        if mark.tag in _OPTIONAL:
            optional[_OPTIONAL[mark.tag]].append(words)
        elif mark.tag[:1] in _CURRENCY:
            if not _AMOUNT.fullmatch(mark.tag[1:]):
                raise ValueError(f"not an amount: {mark.tag!r}")
            gold["money"].append({"quote": words, "amount": mark.tag[1:], "currency": _CURRENCY[mark.tag[0]]})
        elif record:
            _add_to_record(records, mark, words, gold)
            if record[1] in ("d", "a"):
                _add_sentence(_list(records[record[0]], "quotes"), text, mark)
        else:
            first, last = _range(mark.tag)
            gold["dates"].append({"quote": words, "from": first, "to": last})
    return {**gold, "optional": optional}


def _add_to_record(records: dict[str, Gold], mark: Mark, words: str, gold: dict[str, list[Gold]]) -> None:
    """Add a mention, mover, seconder, owner or due to the record whose number the mark carries or stands in."""
    match = _RECORD.match(mark.tag)
    assert match is not None
    part, number = match.groups()
    letter = "d" if part in ("d", "m", "s") else "a"
    inside = next((tag for tag in reversed(mark.inside) if re.match(rf"{letter}\d", tag)), None)
    key = letter + number if number else inside
    if key is None or part not in ("d", "a") and key not in records:
        raise ValueError(f"the mark {mark.tag} belongs to no record: {words!r}")
    if part in ("d", "a"):
        if key not in records:
            records[key] = _decision(mark.attributes) if part == "d" else {"quotes": [], "owners": [], "due": None}
            gold["decisions" if part == "d" else "actions"].append(records[key])
        _list(records[key], "quotes").append(words)
    elif part == "o":
        _list(records[key], "owners").append(words)
    elif part == "due":
        first, last = (None, None) if mark.attributes == "?" else _range(mark.attributes)
        records[key]["due"] = {"quote": words, "from": first, "to": last}
    else:
        records[key]["mover" if part == "m" else "seconder"] = words


def _add_sentence(quotes: list[object], text: str, mark: Mark) -> None:
    """Let the whole sentence stand for words inside it: "The list was read and accepted." for "accepted"."""
    breaks = takewhile(lambda found: found.end() <= mark.start, _BREAK.finditer(text, max(0, mark.start - 700)))
    start = max((found.end() for found in breaks), default=0)
    number = _NUMBER.match(text, start, mark.start)
    start = number.end() if number else start
    stop = _BREAK.search(text, max(mark.start, mark.end - 1))
    after = stop.start() + (text[stop.start() : stop.start() + 1] in (".", "!", "?")) if stop else len(text)
    sentence = _clean(text[start : max(after, mark.end)])
    known = {str(quote).strip(" .;") for quote in quotes}
    if len(sentence.split()) <= _LONGEST_SENTENCE and sentence.strip(" .;") not in known:
        quotes.append(sentence)


def _list(record: Gold, key: str) -> list[object]:
    value = record[key]
    assert isinstance(value, list)
    return value


def _decision(attributes: str) -> Gold:
    """Read ``kind [proc] [lost|withdrawn] [vote=manner[:for,against,abstain]]``."""
    kind, *flags = attributes.split() or [""]
    vote = next((flag[5:] for flag in flags if flag.startswith("vote=")), None)
    strange = [flag for flag in flags if flag not in ("proc", "lost", "withdrawn") and not flag.startswith("vote=")]
    if kind not in list(Kind) or strange:
        raise ValueError(f"a decision has the kind {kind!r} and the attributes {strange}")
    record: Gold = {
        "quotes": [],
        "kind": kind,
        "outcome": next((flag for flag in flags if flag in ("lost", "withdrawn")), "carried"),
        "procedural": "proc" in flags,
    }
    if vote:
        manner, _, counts = vote.partition(":")
        if manner not in list(Manner):
            raise ValueError(f"an unknown manner of voting: {manner!r}")
        numbers = [int(count) if count != "_" else None for count in (counts or "_,_,_").split(",")]
        record["vote"] = {"manner": manner, **dict(zip(("for", "against", "abstain"), numbers, strict=True))}
    return record


def _range(tag: str) -> tuple[str, str]:
    """Read ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or two of them joined by ``..`` as an inclusive range."""
    first, _, last = tag.partition("..")
    return _day(first, end=False), _day(last or first, end=True)


def _day(value: str, *, end: bool) -> str:
    match = _DATE.match(value)
    if match is None:
        raise ValueError(f"an unknown tag: {value!r}")
    year, month, day = match.groups()
    month = month or ("12" if end else "01")
    day = day or (f"{calendar.monthrange(int(year), int(month))[1]:02}" if end else "01")
    return f"{year}-{month}-{day}"


def _clean(words: str) -> str:
    """Take mark-up, entities and layout signs out of a quote, and collapse its white space."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", words))
    return " ".join(_LAYOUT_SIGN.sub(" ", words).replace("**", "").split())
