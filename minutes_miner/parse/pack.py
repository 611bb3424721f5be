"""Part a printed pack of minutes into its meetings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from minutes_miner.domain.outline import find_items
from minutes_miner.domain.source import Block, Document, Page
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse.header import read_header
from minutes_miner.parse.sniff import DOCX

_PARTED = ("application/pdf", DOCX, "application/vnd.oasis.opendocument.text", "application/msword", "application/rtf")
"""Media types of what is printed; a web page or a text is of one meeting."""

_TITLE = re.compile(
    r"(?:draft\s+|unapproved\s+|unconfirmed\s+|approved\s+)?minutes\s+(?:of|from)\s+(?:(?:the|a|an)\s+)?"
    r"(?!last|previous)(?:[\w'\u2019&,()-]+\s+){0,9}?"
    r"(?:meeting|committee|council|cabinet|panel|board|sub-committee|executive|forum)\b"
    r"|(?:at\s+(?:a|the)\s+)?(?:(?:annual|extraordinary|general|monthly|ordinary|special)\s+)*meeting\s+"
    r"(?:of\s+(?:[\w'\u2019&,()-]+\s+){1,9}?)?held\b",
    re.IGNORECASE,
)
"""How a title begins; "Minutes of the last meeting" is an item of business."""
_PRESENT = re.compile(
    r"\W*(?:(?:members|councillors|also|those)\s+)?(?:present|in\s+attendance|attendance|attendees|apologies)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:meeting|business|proceedings)\b[^.\n]{0,60}\b(?:closed?|concluded?|ended|finished|terminated|rose)\b"
    r"|\b(?:signed|chair(?:man|person|woman)?|provost|convener|mayor)\s*[:.]?\s*[._\u2026\u2013-]{4,}",
    re.IGNORECASE,
)
_LONGEST_TITLE = 300
_LOOK_AHEAD = 16
"""Blocks after the title within which attendance must be told."""
_LOOK_BACK = 12
"""Blocks before a title within which the meeting before must have ended."""
_HEAD = 5
"""Blocks that may stand above a title: the council's name, the committee's, the word "draft"."""
_SMALLEST = 500
"""Characters of the shortest minutes."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Say where a meeting begins among the blocks, and its day and body."""

    first: int
    names: tuple[date, str]


def split_pack(document: Document) -> tuple[Document, ...]:
    """Part a document that holds the minutes of several meetings; any other is given back as it is.

    A meeting begins with a title ("Minutes of the meeting of the Planning Committee held on 4 June 2024") at the top of
    a page, which names a body and a day and is followed by those present. The document must begin with one, and each
    next one must be of another meeting, after the end of the one before. An agenda with reports and with the minutes of
    earlier meetings is therefore one document.

    Args:
        document: as it was parsed.

    Returns:
        One document a meeting, each with text, blocks, pages and items of its own; offsets count from its own start,
        pages keep the numbers that they have in the file.
    """
    meetings = _find_meetings(document) if document.ref.media_type in _PARTED else []
    if len(meetings) < 2:
        return (document,)
    firsts = [0, *(meeting.first for meeting in meetings[1:])]
    ends = [*firsts[1:], len(document.blocks)]
    starts = [document.blocks[first].start for first in firsts]
    stops = [document.blocks[end - 1].end for end in ends]
    if any(stop - start < _SMALLEST for start, stop in zip(starts, stops, strict=True)):
        return (document,)
    return tuple(
        _cut(document, number, document.blocks[first:end], first)
        for number, (first, end) in enumerate(zip(firsts, ends, strict=True), 1)
    )


def _find_meetings(document: Document) -> list[_Meeting]:
    """Find where meetings begin; nothing where the document does not begin with one."""
    found: list[_Meeting] = []
    for index, block in enumerate(document.blocks):
        if not _is_title(document, index, block):
            continue
        meeting = _read_meeting(document, index)
        if meeting is None:
            continue
        if not found:
            if meeting.first > 0 and index > _HEAD:
                return []
            found.append(meeting)
        elif meeting.names != found[-1].names and _has_closed(document, meeting, found[-1]):
            found.append(meeting)
    return found


def _is_title(document: Document, index: int, block: Block) -> bool:
    text = document.text[block.start : block.end]
    plain = block.number is None and block.cell is None and len(text) < _LONGEST_TITLE
    return plain and bool(_TITLE.match(text)) and _begins_page(document, index)


def _begins_page(document: Document, index: int) -> bool:
    """Tell whether only a heading stands above a block on its page; formats without pages can't say."""
    first = _find_first(document, index)
    if not document.pages:
        return True
    return first == 0 or document.blocks[first].page_number != document.blocks[first - 1].page_number


def _find_first(document: Document, index: int) -> int:
    """Go back from a title over the names above it."""
    blocks, first = document.blocks, index
    while first and index - first < _HEAD and blocks[first - 1].page_number == blocks[index].page_number:
        above = blocks[first - 1]
        text = document.text[above.start : above.end]
        is_name = above.number is None and len(text) < 100 and (above.bold or above.role is BlockRole.HEADING)
        if not is_name or above.cell or _CLOSED.search(text) or text.endswith((".", ";")):
            break
        first -= 1
    return first


def _read_meeting(document: Document, index: int) -> _Meeting | None:
    """Read which meeting a title is of; None without a day, a body, or those present after it."""
    first, blocks = _find_first(document, index), document.blocks
    lines = [document.text[block.start : block.end] for block in blocks[first : index + _LOOK_AHEAD]]
    told = next((n for n, line in enumerate(lines) if n > index - first and _PRESENT.match(line)), None)
    if told is None:
        return None
    header = read_header(lines[:told])
    body = header.committee or header.authority
    return _Meeting(first, (header.meeting_date, body)) if header.meeting_date and body else None


def _has_closed(document: Document, meeting: _Meeting, last: _Meeting) -> bool:
    """Tell whether the meeting before has ended: a new page says so, and without pages its own last words."""
    before = document.blocks[max(last.first, meeting.first - _LOOK_BACK) : meeting.first]
    return bool(document.pages) or any(_CLOSED.search(document.text[block.start : block.end]) for block in before)


def _cut(document: Document, number: int, blocks: Sequence[Block], index: int) -> Document:
    """Make a document of some of the blocks."""
    start, end = blocks[0].start, blocks[-1].end
    text = document.text[start:end]
    moved = tuple(_move_blocks(blocks, start, index))
    header = read_header([text[block.start : block.end] for block in moved])
    return replace(
        document,
        ref=document.ref.part(number),
        text=text,
        blocks=moved,
        pages=tuple(_cut_pages(document.pages, start, end)),
        items=find_items(text, moved),
        title=header.title,
        authority=document.ref.authority or header.authority or document.authority,
        committee=header.committee,
        meeting_date=header.meeting_date,
    )


def _move_blocks(blocks: Sequence[Block], start: int, index: int) -> Iterator[Block]:
    """Count offsets, neighbours and tables from the part's own start."""
    tables = sorted({block.cell.table for block in blocks if block.cell})
    for block in blocks:
        cell = replace(block.cell, table=tables.index(block.cell.table)) if block.cell else None
        beside = block.beside - index if block.beside is not None and block.beside >= index else None
        place = (block.start - start, block.end - start, block.body - start)
        yield replace(block, start=place[0], end=place[1], body=place[2], cell=cell, beside=beside)


def _cut_pages(pages: Sequence[Page], start: int, end: int) -> Iterator[Page]:
    first = max(bisect_right(pages, start, key=lambda page: page.start) - 1, 0)
    for page in pages[first:]:
        if page.start < end:
            yield replace(page, start=max(page.start - start, 0), end=min(page.end, end) - start)
