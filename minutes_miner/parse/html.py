"""Turn a web page into a document: ModernGov's meeting, item and decision pages, and any other page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from minutes_miner.config import Limits
from minutes_miner.domain.outline import find_items
from minutes_miner.domain.source import Document, DocumentRef, Notice
from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.errors import ParseError
from minutes_miner.parse.body import find_authority
from minutes_miner.parse.header import Header, Opening
from minutes_miner.parse.markup import read_markup
from minutes_miner.parse.page import find_content
from minutes_miner.parse.refusal import find_refusal
from minutes_miner.parse.walk import PageWriter
from minutes_miner.parse.webhead import PageHead, read_head, read_meeting

_OPENING = 60
"""Blocks at the start of a page that are asked for the meeting."""
_LONGEST_NAME = 80
_OF_DECISION = re.compile(r"\b(?:date\s+of\s+decision|meeting\s*:\s*\d)", re.IGNORECASE)


class HtmlParser:
    """Read web pages, with numbers of lists written out and the items that ModernGov's mark-up tells."""

    media_types = ("text/html", "application/xhtml+xml")

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read a page.

        Raises:
            ParseError: it has no words, is an error page or asks for a password, or nests its elements too deep.
        """
        page, notices = read_markup(data, ref.source)
        head = read_head(page)
        writer = PageWriter()
        content = find_content(page)
        if head.title and content.size:
            writer.write_title(head.title)
        writer.write(content)
        text, blocks = writer.draft.text, tuple(writer.draft.blocks)
        refusal = find_refusal(head, text)
        if refusal:
            raise ParseError(refusal.reason, where=ref.source, advice=refusal.advice)
        meeting = _read_meeting(head, [text[block.start : block.end] for block in blocks[:_OPENING]])
        return Document(
            ref,
            text,
            blocks,
            items=tuple(writer.draft.items) or find_items(text, blocks),
            title=meeting.title,
            authority=ref.authority or meeting.authority,
            committee=meeting.committee,
            meeting_date=meeting.meeting_date,
            notices=(*notices, *_notice_shortened(head)),
        )


def _read_meeting(head: PageHead, opening: list[str]) -> Header:
    """Say which meeting a page is of, from its head and, where that is silent, the first words of its content."""
    told = read_meeting(head)
    if not (told.authority or find_authority(opening)):
        opening = [*_short(head.headers), *opening]
    found = Opening(opening, told.title)
    return Header(
        _choose_date(told, found, opening),
        told.committee or found.committee,
        told.authority or found.authority,
        told.title or found.title,
    )


def _short(headers: Sequence[str]) -> list[str]:
    """Give the top of the page where it is no more than a name, such as the council's."""
    return [words for words in headers[:1] if words and len(words) < _LONGEST_NAME]


def _choose_date(told: Header, found: Opening, opening: Sequence[str]) -> date | None:
    """Choose the page's own date, but for pages of one decision, whose head gives the day of publication."""
    if told.meeting_date and not (any(map(_OF_DECISION.search, opening)) and found.meeting_date):
        return told.meeting_date
    return found.meeting_date


def _notice_shortened(head: PageHead) -> tuple[Notice, ...]:
    """Warn of minutes that the page only begins, with the items they belong to."""
    if not head.shortened:
        return ()
    numbers = list(dict.fromkeys(filter(None, head.shortened)))
    items = f"item{'s' * (len(numbers) > 1)} {', '.join(numbers)}" if numbers else "some items"
    message = f"the page shows only the beginning of the minutes of {items} and links to the rest"
    return (Notice(WarningCode.TRUNCATED, message),)
