"""Mark dates, months, quarters, seasons and years, and the words that say when a task is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_blocks, get_meeting_date, get_text, set_spans
from minutes_miner.annotate.anchor import Anchor
from minutes_miner.annotate.deadlines import read_deadline
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout, get_layout
from minutes_miner.annotate.times import find_times
from minutes_miner.domain.finding import Time
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import Label, Precision, SpanKey

_LEAD = 30
"""Characters before a date in which words such as "no later than" or "week commencing" lead to it."""
_WEEK = timedelta(days=6)
"""From a day to the last of the week that it begins."""


def drop_minute_numbers(times: list[Time], blocks: tuple[Block, ...]) -> list[Time]:
    """Drop what reads as a date but is the number of a minute, such as 07.11.22 at the start of an item."""
    numbers = [(block.start, block.body) for block in blocks if block.number]
    return [time for time in times if not any(start <= time.start < body for start, body in numbers)]


def find_due(layout: Layout, dates: list[Time], anchor: Anchor) -> Iterator[Time]:
    """Find words that say when something must be done, such as "by the end of May" or "before the next meeting".

    Args:
        layout: a document.
        dates: the times found in it.
        anchor: the day of the meeting.

    Yields:
        Times labelled DUE, resolved where they hold a date, name the next meeting and the text tells when that is, or
        name the end of the year.
    """
    phrases = load_phrases("due")
    text = layout.text
    following = _next_meeting(text, dates, anchor)
    for match in layout.iter_matches(phrases["DUE"]):
        inside = [time for time in dates if match.start() <= time.start < match.end()]
        first = inside[0].first if inside else None
        last = inside[-1].last if inside else None
        precision = inside[0].precision if inside else Precision.DAY
        end = max([match.end(), *(time.end for time in inside)])
        if not inside and following and phrases["NEXT_MEETING"].search(match.group()):
            first = last = following
        elif not inside:
            first, last = read_deadline(match.group(), anchor) or (None, None)
        elif following and first and last and first <= following <= last and phrases["A_MEETING"].search(match.group()):
            first = last = following
        yield Time(match.start(), end, first, last, precision, Label.DUE)
    for time in dates:
        before = max(0, time.start - _LEAD)
        if lead := phrases["DUE_LEAD"].search(text, before, time.start):
            yield Time(lead.start(), time.end, time.first, time.last, time.precision, Label.DUE)
        elif time.first and (lead := phrases["WEEK_LEAD"].search(text, before, time.start)):
            yield Time(lead.start(), time.end, time.first, time.first + _WEEK, Precision.DAY, Label.DUE)


def _next_meeting(text: str, dates: list[Time], anchor: Anchor) -> date | None:
    """Give the day of the next meeting, where the text tells it."""
    if not anchor.is_meeting or anchor.day is None:
        return None
    for match in reversed(list(load_phrases("due")["NEXT_MEETING_TOLD"].finditer(text))):
        for time in dates:
            if match.end() <= time.start < match.end() + 250 and time.precision is Precision.DAY and time.first:
                if time.first > anchor.day:
                    return time.first
    return None


@Language.factory("minutes_dates")
class Dates:
    """Mark expressions that name a time.

    Marks: ``doc.spans["dates"]``, label DATE; ``span._.date_range`` is a ``Time`` with its first and last day.
    Needs: ``doc._.meeting_date`` to resolve "12 March" or "September"; without it, the days that the text names.
    Example: "2023/24" is 2023-04-01 to 2024-03-31, "spring of 2025" is 2025-03-01 to 2025-05-31.
    Limits: "next year", "last week" and feasts are not marked; years of Acts are left out.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        anchor = Anchor(get_meeting_date(doc), get_text(doc))
        dates = drop_minute_numbers(find_times(get_text(doc), anchor), get_blocks(doc))
        found = sorted([*dates, *find_due(get_layout(doc), dates, anchor)], key=lambda time: (time.start, -time.end))
        set_spans(doc, SpanKey.DATES, ((t.start, t.end, t.label, t) for t in found))
        return doc
