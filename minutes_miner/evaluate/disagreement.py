"""List where gold and program disagree, each with the words of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutes_miner.evaluate.annotation import Item, Record, Value
from minutes_miner.evaluate.compare import Comparison, RecordMatch, ValueMatch, match_owners
from minutes_miner.evaluate.judge import judge

NOUNS = {"decisions": "decision", "actions": "action", "money": "sum", "dates": "date"}
"""What one of each label is called."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Name one disagreement.

    Attributes:
        label: what it is about: a key of ``NOUNS``, or ``meeting_date``.
        what: what is wrong, such as ``missed decision`` or ``vote``.
        detail: both sides' values where both have one, else what one side says of it.
        wanted: gold's record or value, if gold has it.
        found: the program's, if it found one.
    """

    label: str
    what: str
    detail: str = ""
    wanted: Item | None = None
    found: Item | None = None

    @property
    def words(self) -> str:
        """Give the words it is about: gold's where there are some."""
        item = self.wanted or self.found
        return " ".join(item.words.split()) if item else ""


def find_disagreements(comparison: Comparison) -> list[Disagreement]:
    """List all disagreements on one document: records, their facts, sums, dates, the day of the meeting."""
    return [
        *_find_records("decisions", comparison.decisions),
        *_find_records("actions", comparison.actions),
        *_find_facts(comparison),
        *_find_owners(comparison),
        *_find_values("money", comparison.money, between=" "),
        *_find_values("dates", comparison.dates, between=" to "),
    ]


def _find_records(label: str, match: RecordMatch) -> Iterator[Disagreement]:
    for wanted in match.missed:
        yield Disagreement(label, f"missed {NOUNS[label]}", _describe(wanted), wanted=wanted)
    for found in match.spurious:
        yield Disagreement(label, f"spurious {NOUNS[label]}", _describe(found), found=found)


def _find_facts(comparison: Comparison) -> Iterator[Disagreement]:
    for judgement in judge(comparison):
        if not judgement.right:
            fact, pair = judgement.fact, judgement.pair
            label = fact if pair is None else "actions" if fact == "due" else "decisions"
            detail = f"{judgement.found} found, {judgement.wanted} in gold"
            wanted, found = (pair.wanted, pair.found) if pair else (None, None)
            yield Disagreement(label, fact.replace("_", " "), detail, wanted, found)


def _find_owners(comparison: Comparison) -> Iterator[Disagreement]:
    for pair in comparison.actions.pairs:
        match = match_owners(pair.wanted.owners, pair.found.owners)
        if match.missed or match.spurious:
            found, wanted = ("; ".join(owners) or "none" for owners in (pair.found.owners, pair.wanted.owners))
            yield Disagreement("actions", "owner", f"{found} found, {wanted} in gold", pair.wanted, pair.found)


def _find_values(label: str, match: ValueMatch, *, between: str) -> Iterator[Disagreement]:
    for wanted in match.missed:
        yield Disagreement(label, f"missed {NOUNS[label]}", _describe_value(wanted, between), wanted=wanted)
    for found in match.spurious:
        yield Disagreement(label, f"spurious {NOUNS[label]}", _describe_value(found, between), found=found)


def _describe_value(value: Value, between: str) -> str:
    """Give a value as words, such as ``1250.00 GBP`` or ``2024-03-01 to 2024-03-31``."""
    return between.join(dict.fromkeys(part or "unknown" for part in value.key))


def _describe(record: Record) -> str:
    facts = [record.kind, record.outcome if record.outcome != "carried" else None]
    confidence = None if record.confidence is None else f"confidence {record.confidence:.2f}"
    return ", ".join(fact for fact in (*facts, confidence) if fact)
