"""Turn a sample's bare text with layout signs into a DOCX whose list numbers are Word's own."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMATS = {"+": ("decimal", "%1."), "++": ("lowerLetter", "(%1)")}


def render_docx(text: str, path: Path, *, title: str) -> None:
    """Write a DOCX.

    Args:
        text: lines with signs: ``=`` title, ``#`` heading, ``+`` numbered by Word as 1. 2., ``++`` as (a) (b),
            ``|`` a row of a table; other lines are paragraphs. Each run of ``+`` lines is a list of its own.
        path: where to write.
        title: the document's title in its properties.
    """
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = datetime(2024, 1, 1)
    for sign, group in groupby((line for line in text.splitlines() if line.strip()), key=_sign):
        lines = [line[len(sign) :].strip() for line in group]
        if sign == "|":
            _add_table(document, lines)
        elif sign in _FORMATS:
            _add_list(document, lines, sign)
        else:
            for line in lines:
                _add_paragraph(document, line, sign)
    stream = BytesIO()
    document.save(stream)
    _freeze(stream, path)


def _sign(line: str) -> str:
    match = re.match(r"(\+\+?|[|#=]) ", line)
    return match[1] if match else ""


def _add_paragraph(document: Document, line: str, sign: str) -> None:
    if sign == "#":
        document.add_heading(line, level=2)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line)
    if sign == "=":
        run.bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_table(document: Document, lines: list[str]) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=False):
            cell.text = word


def _add_list(document: Document, lines: list[str], sign: str) -> None:
    """Add paragraphs that share a new numbering instance, so that Word counts from one again."""
    numbering = document.part.numbering_part.element
    number = 100 + len(numbering.findall(qn("w:num")))
    kind, pattern = _FORMATS[sign]
    definition = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, parse_xml(definition))
    instance = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    numbering.append(parse_xml(instance))
    for line in lines:
        properties = document.add_paragraph(line)._p.get_or_add_pPr()
        reference = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        properties.append(parse_xml(reference))


def _freeze(stream: BytesIO, path: Path) -> None:
    """Write the archive again without times and compression, so that its bytes never change."""
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name))
