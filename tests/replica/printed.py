"""Print agendas, decisions, minutes and packs as PDF files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from .council import Council
from .item import Item
from .model import Meeting
from .wording import long_date

STYLES = getSampleStyleSheet()
INDENTED = ParagraphStyle("indented", parent=STYLES["BodyText"], leftIndent=24)

Lines = Sequence[tuple[str, str]]
"""Pairs of a style (``Title``, ``Heading2``, ``BodyText``, ``indented``) and a text."""


def _pdf(title: str, lines: Lines) -> bytes:
    stream = BytesIO()
    story: list[object] = []
    for style, text in lines:
        chosen = INDENTED if style == "indented" else STYLES[style]
        story += [Paragraph(escape(text, quote=False), chosen), Spacer(1, 4)]
    SimpleDocTemplate(stream, pagesize=A4, title=title, invariant=1).build(story)
    return stream.getvalue()


def _head(council: Council, meeting: Meeting, kind: str) -> list[tuple[str, str]]:
    hour = meeting.time.replace(".", ":")
    return [
        ("Title", council.name),
        ("Heading2", f"{kind} of the meeting of the {meeting.committee.name}"),
        ("BodyText", f"held on {meeting.day:%A} {long_date(meeting.day)} at {hour} in the {meeting.venue}"),
    ]


def _body(lines: Sequence[str]) -> list[tuple[str, str]]:
    return [("indented" if line[0] == "(" or line[0].isdigit() else "BodyText", line) for line in lines]


def _minutes(council: Council, meeting: Meeting) -> list[tuple[str, str]]:
    members = council.committee_members(meeting.committee)
    people = ", ".join(f"Councillor {member.name}{' (Chair)' * (at == 0)}" for at, member in enumerate(members))
    lines = [*_head(council, meeting, "Minutes"), ("BodyText", f"Present: {people}")]
    for item in council.items(meeting):
        if item.number:
            lines += [("Heading2", f"{item.minute}. {item.title}"), *_body(item.minutes_lines(is_printed=True))]
    return lines


@lru_cache(maxsize=400)
def print_minutes(council: Council, meeting: Meeting, is_draft: bool) -> bytes:
    """Print the minutes; a draft says so above them."""
    lines = _minutes(council, meeting)
    return _pdf("Minutes", [("BodyText", "DRAFT MINUTES"), *lines] if is_draft else lines)


@lru_cache(maxsize=100)
def print_decisions(council: Council, meeting: Meeting) -> bytes:
    """Print what the Decision blocks state."""
    lines = _head(council, meeting, "Decisions")
    for item in council.items(meeting):
        if item.decision_lines():
            lines += [("Heading2", f"{item.minute}. {item.title}"), *_body(item.decision_lines())]
    return _pdf("Decisions", lines)


@lru_cache(maxsize=100)
def print_agenda(council: Council, meeting: Meeting, with_reports: bool, with_minutes: bool = False) -> bytes:
    """Print the agenda, with the reports where asked, and with the minutes once more where a pack repeats them."""
    lines = _head(council, meeting, "Agenda")
    items = [item for item in council.items(meeting) if item.number]
    for item in items:
        lines += [("Heading2", f"{item.number}. {item.title}"), *_body([item.summary] if item.summary else [])]
    for item in items if with_reports else ():
        for document in item.documents:
            lines += _report(item, document.title)
    if with_minutes:
        lines += _minutes(council, meeting)
    return _pdf("Agenda", lines)


@lru_cache(maxsize=100)
def print_report(item: Item, title: str) -> bytes:
    """Print a report or appendix under an item."""
    return _pdf(title, _report(item, title))


def _report(item: Item, title: str) -> list[tuple[str, str]]:
    return [
        ("Title", title),
        ("Heading2", "1. Purpose of the report"),
        ("BodyText", f"This report gives the background to item {item.number} of the agenda, {item.title}."),
        ("Heading2", "2. Background"),
        ("BodyText", "The figures in the tables were gathered in the spring and checked against the accounts."),
    ]
