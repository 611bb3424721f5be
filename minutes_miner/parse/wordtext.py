"""Read the words of a Word document's paragraphs and cells, and tell what its tables are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.margin import is_action_header
from minutes_miner.parse.wordlist import WORD

_UNREAD = {WORD + "del", WORD + "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""Elements whose words are not the document's, or are there a second time for older programs."""


def read_paragraph(paragraph: Any) -> str:
    """Give a paragraph's words: insertions kept; deletions, hidden words, field codes and footnote marks left out."""
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == WORD + "t" and not _inside(node, paragraph, _UNREAD) and not _is_hidden(node):
            parts.append(node.text or "")
        elif node.tag in {WORD + "tab", WORD + "br", WORD + "cr"} and node.getparent().tag == WORD + "r":
            parts.append(" ")
        elif node.tag == WORD + "noBreakHyphen":
            parts.append("-")
    return " ".join(tidy("".join(parts)).split())


def is_bold(paragraph: Any) -> bool:
    """Tell whether all words of a paragraph are set bold by their runs."""
    runs = [run for run in paragraph.iter(WORD + "r") if "".join(t.text or "" for t in run.iter(WORD + "t")).strip()]
    return bool(runs) and all(_flag(run.find(f"{WORD}rPr/{WORD}b")) for run in runs)


def _flag(element: Any) -> bool:
    return element is not None and element.get(WORD + "val", "true") not in {"0", "false", "off"}


def _is_hidden(text: Any) -> bool:
    return _flag(text.getparent().find(f"{WORD}rPr/{WORD}vanish"))


def _inside(node: Any, top: Any, tags: set[str]) -> bool:
    while node is not None and node is not top:
        if node.tag in tags:
            return True
        node = node.getparent()
    return False


def iter_content(parent: Any) -> Iterator[Any]:
    """Give paragraphs and tables in order, also those inside content controls and insertions."""
    for child in parent.iterchildren():
        if child.tag in {WORD + "p", WORD + "tbl"}:
            yield child
        elif child.tag in {WORD + "sdt", WORD + "sdtContent", WORD + "ins", WORD + "moveTo", WORD + "customXml"}:
            yield from iter_content(child)


def iter_rows(table: Any) -> Iterator[Any]:
    """Give a table's rows that have cells, also those inside content controls and insertions."""
    for child in table.iterchildren():
        if child.tag == WORD + "tr" and next(iter_cells(child), None) is not None:
            yield child
        elif child.tag in {WORD + "sdt", WORD + "sdtContent", WORD + "ins", WORD + "customXml"}:
            yield from iter_rows(child)


def find_columns(row: list[Any]) -> list[int]:
    """Give the column that each cell of a row begins in, from 0; cells may span several."""
    columns = [0]
    for cell in row:
        span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
        value = span.get(WORD + "val", "") if span is not None else ""
        columns.append(columns[-1] + (min(max(int(value), 1), 100) if value.isdecimal() else 1))
    return columns[:-1]


def iter_cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == WORD + "tc":
            yield child
        elif child.tag in {WORD + "sdt", WORD + "sdtContent"}:
            yield from iter_cells(child)


def cell_words(cell: Any) -> list[str]:
    return [words for child in cell.iter(WORD + "p") if (words := read_paragraph(child))]


def is_layout(rows: list[list[Any]], words: list[list[str]]) -> bool:
    """Tell a table that lays out running text: cells of several paragraphs, or an Action column beside long ones."""
    full = sum(max((len(cell_words(cell)) for cell in row), default=0) > 2 for row in rows)
    if words[0] and is_action_header(words[0][-1]) and not any(is_action_header(head) for head in words[0][:-1]):
        longest = max((len(text) for row in words[1:] for text in row), default=0)
        return longest > 300 or full > 0.2 * len(rows)
    return full > 0.4 * len(rows)


def has_sums(words: list[list[str]]) -> bool:
    """Tell whether the last column holds figures."""
    return sum(bool(re.fullmatch(r"[\u00a3\u20ac]?\s?-?\d[\d,.]*", row[-1])) for row in words) > 0.6 * len(words)


def is_header(words: list[list[str]], rows: list[list[Any]]) -> bool:
    """Tell whether a table's first row names its columns: set bold or as a header, else short words without figures."""
    first = [text for text in words[0] if text]
    if len(rows) < 2 or not first or len(first) < 0.5 * len(words[0]):
        return False
    if rows[0] and rows[0][0].getparent().find(f"{WORD}trPr/{WORD}tblHeader") is not None:
        return True
    if all(is_bold(child) for cell in rows[0] for child in cell.iter(WORD + "p") if read_paragraph(child)):
        return True
    return all(len(text.split()) <= 4 and not any(ch.isdigit() for ch in text) for text in first) and any(
        is_action_header(text) or text.lower() in {"no", "ref", "item", "payee", "detail", "details", "amount", "total"}
        for text in first
    )
