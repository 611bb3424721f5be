"""Read the words of a Word document's paragraphs and cells, and tell what its tables are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.margin import is_action_header
from minutes_miner.parse.wordpackage import WORD
from minutes_miner.parse.wordstyle import Styles, is_on

_BOX = WORD + "txbxContent"
_SYMBOLS = {
    0xB7: "\u2022", 0xA7: "\u2022", 0xD8: "\u2022", 0xFC: "\u2713", 0xFB: "\u2717", 0xFE: "\u2611", 0xA8: "\u2610",
}  # fmt: skip
"""Signs that symbol fonts have at these places, by the lower byte: bullets, ticks, crosses and boxes to tick."""


def read_paragraph(paragraph: Any, styles: Styles) -> str:
    """Give a paragraph's words: hidden ones, codes of fields, marks of notes and text boxes left out."""
    parts: list[str] = []
    for run in _iter_runs(paragraph):
        if styles.has(run, "vanish"):
            continue
        for node in run:
            if node.tag == WORD + "t":
                parts.append(node.text or "")
            elif node.tag in {WORD + "tab", WORD + "ptab", WORD + "br", WORD + "cr"}:
                parts.append(" ")
            elif node.tag == WORD + "noBreakHyphen":
                parts.append("-")
            elif node.tag == WORD + "sym":
                parts.append(_SYMBOLS.get(_as_code(node.get(WORD + "char", "")), ""))
    return " ".join(tidy("".join(parts)).split())


def iter_boxes(paragraph: Any) -> Iterator[Any]:
    """Give the text boxes that hang on a paragraph, but not those within them."""
    for box in paragraph.iter(_BOX):
        if next(box.iterancestors(WORD + "p"), None) is paragraph:
            yield box


def is_bold(paragraph: Any, styles: Styles) -> bool:
    """Tell whether all words of a paragraph are set bold, by their runs or by their styles."""
    runs = [run for run in _iter_runs(paragraph) if "".join(t.text or "" for t in run.iter(WORD + "t")).strip()]
    return bool(runs) and all(styles.has(run, "b") for run in runs)


def is_gone(paragraph: Any) -> bool:
    """Tell whether the mark that ends a paragraph is hidden, so that an empty one shows no number."""
    mark = paragraph.find(f"{WORD}pPr/{WORD}rPr/{WORD}vanish")
    return mark is not None and is_on(mark.get(WORD + "val", "true"))


def _iter_runs(paragraph: Any) -> Iterator[Any]:
    """Give the runs of a paragraph, but not those of its text boxes."""
    for run in paragraph.iter(WORD + "r"):
        if next(run.iterancestors(WORD + "p"), None) is paragraph:
            yield run


def _as_code(value: str) -> int:
    """Give the lower byte of a character's number in hexadecimal digits, 0 where there are none."""
    try:
        return int(value, 16) & 0xFF
    except ValueError:
        return 0


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
    before = row[0].getparent().find(f"{WORD}trPr/{WORD}gridBefore") if row else None
    skipped = before.get(WORD + "val", "") if before is not None else ""
    columns = [min(int(skipped), 100) if skipped.isdecimal() else 0]
    for cell in row:
        span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
        value = span.get(WORD + "val", "") if span is not None else ""
        columns.append(columns[-1] + (min(max(int(value), 1), 100) if value.isdecimal() else 1))
    return columns[:-1]


def iter_cells(row: Any) -> Iterator[Any]:
    """Give a row's cells, also those inside content controls."""
    for child in row.iterchildren():
        if child.tag == WORD + "tc":
            yield child
        elif child.tag in {WORD + "sdt", WORD + "sdtContent", WORD + "customXml"}:
            yield from iter_cells(child)


def cell_words(cell: Any, styles: Styles) -> list[str]:
    """Give the words of each paragraph of a cell, those of tables within it too."""
    return [words for child in cell.iter(WORD + "p") if (words := read_paragraph(child, styles))]


def is_layout(rows: list[list[Any]], words: list[list[str]], styles: Styles) -> bool:
    """Tell a table that lays out running text: cells of several paragraphs, or an Action column beside long ones."""
    full = sum(max((len(cell_words(cell, styles)) for cell in row), default=0) > 2 for row in rows)
    if words[0] and is_action_header(words[0][-1]) and not any(is_action_header(head) for head in words[0][:-1]):
        longest = max((len(text) for row in words[1:] for text in row), default=0)
        return longest > 300 or full > 0.2 * len(rows)
    return full > 0.4 * len(rows)


def has_sums(words: list[list[str]]) -> bool:
    """Tell whether the last column holds figures."""
    return sum(bool(re.fullmatch(r"[\u00a3\u20ac]?\s?-?\d[\d,.]*", row[-1])) for row in words) > 0.6 * len(words)


def is_header(words: list[list[str]], rows: list[list[Any]], styles: Styles) -> bool:
    """Tell whether a table's first row names its columns: set bold or as a header, else short words without figures."""
    first = [text for text in words[0] if text]
    if len(rows) < 2 or not first or len(first) < 0.5 * len(words[0]):
        return False
    if rows[0] and rows[0][0].getparent().find(f"{WORD}trPr/{WORD}tblHeader") is not None:
        return True
    paragraphs = [child for cell in rows[0] for child in cell.iter(WORD + "p") if read_paragraph(child, styles)]
    if all(is_bold(child, styles) for child in paragraphs):
        return True
    return all(len(text.split()) <= 4 and not any(ch.isdigit() for ch in text) for text in first) and any(
        is_action_header(text) or text.lower() in {"no", "ref", "item", "payee", "detail", "details", "amount", "total"}
        for text in first
    )
