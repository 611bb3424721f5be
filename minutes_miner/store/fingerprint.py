"""Tell in a line a record what was found, without its words: enough to see later what another run changed.

A line holds the noun (``d`` or ``a``), the id, the first mention's start and end in the document's text, kind and
outcome (of an action its status and ``-``), and four hexadecimal digits for each group of ``GROUPS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from minutes_miner.domain.record import Action, DateRange, Decision, Extraction, Party

_Record = Decision | Action
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hold what is kept of a record.

    Attributes:
        noun: ``decision`` or ``action``.
        id: the record's.
        start, end: where the document's text first states it.
        kind, outcome: of a decision; of an action its status and nothing.
        digests: hexadecimal digits, four for each of ``GROUPS``.
    """

    noun: str
    id: str
    start: int
    end: int
    kind: str
    outcome: str
    digests: str

    def compare(self, other: Fingerprint) -> tuple[str, ...]:
        """Name what differs in a later fingerprint of the same record."""
        told = [
            f"{name}: {old} → {new}"
            for name, old, new in (
                ("kind" if self.noun == "decision" else "status", self.kind, other.kind),
                ("outcome", self.outcome, other.outcome),
            )
            if old != new
        ]
        pairs = zip(GROUPS, _cut(self.digests), _cut(other.digests), strict=True)
        return (*told, *(name for name, old, new in pairs if old != new))


def fingerprints(extraction: Extraction) -> str:
    """Give a line for each decision and action."""
    return "\n".join(
        " ".join((noun, one.id, str(one.mentions[0].start), str(one.mentions[0].end), *_state(one), _digests(one)))
        for noun, one in _records(extraction)
    )


def read_fingerprints(lines: str) -> Iterator[Fingerprint]:
    """Read what :func:`fingerprints` gave."""
    for line in lines.splitlines():
        noun, name, start, end, kind, outcome, digests = line.split(" ")
        yield Fingerprint(
            "decision" if noun == "d" else "action", name, int(start), int(end), kind, outcome.strip("-"), digests
        )


def _records(extraction: Extraction) -> Iterator[tuple[str, _Record]]:
    yield from (("d", one) for one in extraction.decisions)
    yield from (("a", one) for one in extraction.actions)


def _state(record: _Record) -> tuple[str, str]:
    if isinstance(record, Decision):
        return record.kind.value.replace(" ", "_"), record.outcome.value.replace(" ", "_")
    return record.status.value.replace(" ", "_"), "-"


def _digests(record: _Record) -> str:
    return "".join(hashlib.sha256(repr(facts(record)).encode()).hexdigest()[:_DIGITS] for facts in GROUPS.values())


def _cut(digests: str) -> list[str]:
    return [digests[place : place + _DIGITS] for place in range(0, len(digests), _DIGITS)]


def _due(due: DateRange | None) -> object:
    return due and (due.evidence.quote, due.first, due.last)


def _owners(owners: tuple[Party, ...]) -> object:
    return [(party.text, party.name, party.role) for party in owners]


def _people(record: _Record) -> object:
    if isinstance(record, Action):
        return None
    parties = [party.text if party else None for party in (record.mover, record.seconder)]
    return record.decision_maker, record.portfolio_holder, parties


def _vote(record: _Record) -> object:
    vote = record.vote if isinstance(record, Decision) else None
    named = [(one.person, one.ballot.value) for one in vote.named] if vote else []
    return vote and (vote.manner.value, vote.votes_for, vote.votes_against, vote.abstentions, named)


def _sums(record: _Record) -> object:
    return [(f"{one.amount:f}", one.currency) for one in record.money] if isinstance(record, Decision) else None


def _words(record: _Record) -> object:
    if isinstance(record, Action):
        return record.text
    return record.text, record.reason, record.alternatives, record.call_in


def _links(record: _Record) -> object:
    return record.decision_id if isinstance(record, Action) else record.procedural


GROUPS: Mapping[str, Callable[[_Record], object]] = {
    "item": lambda record: (record.item_number, record.item_title),
    "people": _people,
    "vote": _vote,
    "owners": lambda record: _owners(record.owners),
    "due": lambda record: _due(record.due),
    "sums": _sums,
    "words": _words,
    "standing": _links,
}
"""What of a record is compared; confidence is not, which every training moves a little."""
