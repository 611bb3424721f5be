"""Take Markdown's marks out of a text, keeping which lines are bold or headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_miner.domain.outline import CELL_MARK

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<body>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_HASH = re.compile(r"^[ \t]{0,3}(?P<level>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*$")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_IMAGE = re.compile(r"!\[(?P<words>[^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_ADDRESS = re.compile(r"<(?P<words>https?://[^>\s]+|[\w.+-]+@[\w.-]+)>")
_LONE_LINK = re.compile(r"^\s*\[[^\]]+\]\((?:[^()\s]|\([^()]*\))*\)\s*$")
_STRONG = re.compile(r"(\*\*\*|\*\*|___|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$&'\"])")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_ALL_BOLD = re.compile(
    r"^\s*(?:[-*+]\s+|\(?\w{1,4}[.)]\s+|\d[\d./]*\s+)?(?:(?:\*\*|__)(?=\S)(?:(?!\*\*|__).)+(?:\*\*|__)[\s:.]*)+$"
)
_PAGE_NUMBER = re.compile(r"^\s*(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Hold cleaned text, and the numbers of its lines that are bold or headings (with level from 1)."""

    text: str
    bold: frozenset[int] = frozenset()
    headings: tuple[tuple[int, int], ...] = ()
    title: str | None = None


def read_markdown(text: str) -> Source:
    """Reduce Markdown to its words.

    Front matter, rules, marks and link targets go; a line that ends in two spaces ends its paragraph. A page number
    after a rule goes with it.

    Args:
        text: Markdown with ``\\n`` line ends.
    """
    title = None
    front = _FRONT.match(text)
    if front:
        field = _FIELD.search(front["body"])
        title = field["value"].strip() or None if field else None
        text = text[front.end() :]
    lines: list[str] = []
    bold: set[int] = set()
    headings: list[tuple[int, int]] = []
    after_rule = False
    for raw in text.split("\n"):
        if _RULE.match(raw) or _TABLE_RULE.match(raw) and "-" in raw:
            lines.append("\f")
            after_rule = True
            continue
        if not raw.strip() or (after_rule and _PAGE_NUMBER.match(raw)) or (not any(lines) and _LONE_LINK.match(raw)):
            lines.append("")
            continue
        after_rule = False
        line = _QUOTE.sub("", raw)
        heading = _HASH.match(line)
        if heading:
            headings.append((len(lines), len(heading["level"])))
            line = heading["words"]
        elif _ALL_BOLD.match(line):
            bold.add(len(lines))
        words = strip_marks(line)
        lines.append(words + ("\u2028" if raw.endswith("  ") or raw.endswith("\\") else ""))
    return Source("\n".join(lines), frozenset(bold), tuple(headings), title)


def strip_marks(line: str) -> str:
    """Take emphasis, links, cell bars and escapes out of one line."""
    line = _IMAGE.sub(r"\g<words>", line)
    line = _LINK.sub(r"\g<words>", line)
    line = _ADDRESS.sub(r"\g<words>", line)
    line = line.replace("\\*", "\ue000").replace("\\_", "\ue001")
    for _ in range(2):
        line = _STRONG.sub(r"\2", line)
    line = _EMPHASIS.sub(lambda match: match[1] or match[2], line)
    line = line.replace("**", "")
    if line.lstrip().startswith("|"):
        line = re.sub(r"\s*\|\s*", CELL_MARK, line.strip()[1:].rstrip().removesuffix("|").rstrip())
    line = _ESCAPE.sub(r"\1", line).replace("\ue000", "*").replace("\ue001", "_")
    return line[:-1] if line.endswith("\\") else line
