"""Answer what stands around a span: its item, page, sums, dates, proposers and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from spacy.tokens import Doc

from minutes_miner.domain.finding import Offsets, Resolution, Section, SectionIndex, Sum, Task, Time, Vote
from minutes_miner.domain.record import DateRange, Evidence, MoneyAmount, Party
from minutes_miner.domain.source import Document
from minutes_miner.domain.vocabulary import Label, SpanKey
from minutes_miner.extract.names import read_party
from minutes_miner.extract.pronouns import PRONOUN, find_antecedent
from minutes_miner.extract.roster import Roster

_MAKER = re.compile(
    r"\b(?P<maker>(?:[Tt]he\s+)?(?:[A-Z][\w’'&-]+\s+(?:(?:and|of|for|the)\s+)?){0,6}"
    r"(?:Cabinet|Council|Committee|Sub-Committee|Panel|Board|Executive|Forum))"
    r"\s+(?:approve|agree|note|endorse|recommend|adopt|resolve|refuse|defer)",
)
_IMPOSSIBLE = re.compile(
    r"(?P<d>29|30|31)(?<!\w\d\d)\s?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>February|April|June|September|November)"
    r"\s*,?\s*(?P<y>(?:19|20)\d\d)?",
    re.I,
)
"""The figures stand first and the edge of their word after them: they are the sooner found."""


class Context:
    """Hold a document and its spans, and look up what belongs to a record."""

    def __init__(self, document: Document, doc: Doc) -> None:
        self.document = document
        self.text = document.text
        self.sections: list[Section] = _values(doc, SpanKey.SECTIONS, "section")
        self.resolutions: list[Resolution] = _values(doc, SpanKey.RESOLUTIONS, "resolution")
        self.tasks: list[Task] = _values(doc, SpanKey.ACTIONS, "task")
        self.sums: list[Sum] = _values(doc, SpanKey.MONEY, "money")
        self.times: list[Time] = _values(doc, SpanKey.DATES, "date_range")
        self.votes: list[Vote] = [v for v in _values(doc, SpanKey.VOTES, "vote") if isinstance(v, Vote)]
        self.proposers = [
            (s.start_char, s.end_char, s.label_)
            for s in doc.spans.get(str(SpanKey.VOTES), [])
            if s.label_ != Label.VOTE
        ]
        self.roster = Roster(())
        self.find_item = SectionIndex(self.sections).find_item

    def item_of(self, offset: int) -> Section | None:
        """Give the agenda item that an offset stands in."""
        index = self.find_item(offset)
        return self.sections[index] if index >= 0 else None

    def evidence(self, start: int, end: int) -> Evidence:
        """Quote the document."""
        return Evidence(start, end, self.text[start:end], self.document.find_page(start))

    def legibility(self, mentions: Iterable[Evidence]) -> float:
        """Give by what a record's confidence is multiplied: 1, or less where OCR read the page of each mention.

        A record is as legible as the page of its most legible mention, and a page as its words are on average, by the
        confidence that the OCR program itself gives them.
        """
        read = {page.number: page.confidence for page in self.document.pages if page.confidence is not None}
        if not read:
            return 1.0
        return max((read.get(found.page_number or 0, 1.0) for found in mentions), default=1.0)

    def money(self, item: Sum) -> MoneyAmount:
        """Make a record of a sum."""
        return MoneyAmount(self.evidence(item.start, item.end), item.amount, item.currency, item.role)

    def date_range(self, item: Time) -> DateRange:
        """Make a record of a time."""
        return DateRange(self.evidence(item.start, item.end), item.first, item.last, item.precision)

    def due_at(self, spot: Offsets) -> DateRange:
        """Make a record of the words of a "due" column."""
        within = [time for time in self.times if spot[0] <= time.start and time.end <= spot[1]]
        inside = [time for time in within if time.label is Label.DATE] or [time for time in within if time.first]
        first, last = (inside[0].first, inside[-1].last) if inside else (None, None)
        return DateRange(self.evidence(*spot), first, last)

    def party(self, spot: Offsets) -> Party:
        """Name the party that stands in the text, and whom it means where the document's own lists tell."""
        words = self.text[slice(*spot)]
        named = find_antecedent(self.text, spot[0]) if PRONOUN.match(words) else None
        if named is None:
            return self.roster.resolve(read_party(words))
        return replace(self.roster.resolve(read_party(named)), text=words)

    def owners_within(self, spots: tuple[Offsets, ...]) -> list[Offsets]:
        """Give the owners of the tasks that stand inside the statements of a decision."""
        return list(
            dict.fromkeys(
                owner
                for task in self.tasks
                for owner in task.owners
                if any(start <= task.start and task.end <= end for start, end in spots)
            )
        )

    def find_maker(self, words: str) -> str | None:
        """Give who decided: as the clause says, or the committee that met."""
        match = _MAKER.search(" ".join(words.split()))
        return re.sub(r"^[Tt]he ", "", match["maker"]) if match else self.document.committee or self.document.authority

    def find_proposers(self, main: Resolution, region: Offsets) -> tuple[Party | None, Party | None]:
        """Give mover and seconder: inside the statement, or else in the words next to its clauses."""
        clauses = [r for r in self.resolutions if r.group == main.group]
        start = min([region[0], *(c.start for c in clauses)]) if clauses else region[0]
        end = max([main.end, *(c.end for c in clauses)])
        found: dict[str, Party] = {}
        for label in (Label.MOVER, Label.SECONDER):
            near = [
                (not main.start <= begin < main.end, max(0, begin - end, start - stop), begin, stop)
                for begin, stop, name in self.proposers
                if name == label
                and start - 220 < begin < end + 160
                and self.find_item(begin) == self.find_item(main.start)
                and not self._decided_between(begin, start, end, main)
            ]
            if near:
                *_, begin, stop = min(near)
                found[label] = self.party((begin, stop))
        return found.get(Label.MOVER), found.get(Label.SECONDER)

    def _decided_between(self, begin: int, start: int, end: int, main: Resolution) -> bool:
        """Tell whether another decision stands between a name and this one, or the name in that one's words."""
        others = [r for r in self.resolutions if r.group != main.group]
        if begin > end:
            return any(end <= r.start < begin for r in others)
        return any(begin < r.end <= main.start or begin <= r.start < start for r in others)

    def names_proposer(self, vote: Vote) -> bool:
        """Tell whether the sentence of a vote names who seconded."""
        return any(vote.start <= start < vote.end for start, _, label in self.proposers if label == Label.SECONDER)

    def impossible_dates(self) -> list[str]:
        """Give the dates that are in no calendar, such as 31st April."""
        found = []
        for match in _IMPOSSIBLE.finditer(self.text):
            day, month = int(match["d"]), match["m"].title()
            leap = month == "February" and day == 29 and (not match["y"] or _is_leap(int(match["y"])))
            if not (day <= 30 and month != "February") and not leap:
                found.append(" ".join(match.group().split()))
        return found


def _is_leap(year: int) -> bool:
    try:
        return bool(date(year, 2, 29))
    except ValueError:
        return False


def _values(doc: Doc, key: SpanKey, name: str) -> list[Any]:
    return [span._.get(name) for span in doc.spans.get(str(key), [])]
