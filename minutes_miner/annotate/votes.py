"""Mark votes: counts, names, unanimity, casting votes, movers and seconders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import set_spans
from minutes_miner.annotate.ballots import find_ballots
from minutes_miner.annotate.calls import find_calls
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.rollcalls import find_rollcalls
from minutes_miner.annotate.sections import Layout, Unit, get_layout
from minutes_miner.annotate.tally import Tally, is_bare, make_vote, read_tally, read_vote, tells_vote
from minutes_miner.domain.clausenumbers import find_named_clauses
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Label, Manner, Outcome, SpanKey

_NEXT = 12
"""Characters that can stand between the sentences that tell one side of a vote each."""
_CASTING = 200
"""Characters that can stand between a tie and the casting vote."""


def find_votes(layout: Layout) -> list[Vote]:
    """Find every vote that a text states.

    Args:
        layout: the text with its blocks and sections.

    Returns:
        Votes in order: recorded votes with the names as written, then sentences with counts or words of unanimity.
    """
    called = list(find_rollcalls(layout))
    written = [*find_ballots(layout.text), *find_calls(layout.text)]
    listed = [vote for vote in written if not any(_overlap(vote, other) for other in called)]
    recorded = [*called, *listed]
    told = [
        unit
        for unit in layout.iter_units()
        if not any(vote.start < unit.end and unit.start < vote.end for vote in recorded)
    ]
    found = [*recorded, *_told_votes(told), *_table_votes(layout)]
    return _join_casting(sorted(found, key=lambda vote: vote.start), layout)


def _overlap(one: Vote, other: Vote) -> bool:
    return one.start < other.end and other.start < one.end


def _told_votes(units: Sequence[Unit]) -> Iterator[Vote]:
    """Find votes that sentences tell; "For: 4. Against: 2." is one."""
    begun: tuple[int, int, Tally] | None = None
    for unit in units:
        tally = read_tally(unit.words)
        parts = list(_read_parts(unit)) if tally.spots else []
        if parts:
            yield from _finish(begun)
            yield from parts
            begun = None
            continue
        bare = bool(tally.counts) and is_bare(unit.words)
        if begun and bare and unit.start - begun[1] < _NEXT and _is_other_side(begun[2], tally):
            begun[2].counts |= tally.counts
            begun = (begun[0], unit.end, begun[2])
            continue
        yield from _finish(begun)
        begun = (unit.start, unit.end, tally) if bare and tally.counts.keys() == {"FOR"} else None
        if begun is None and tells_vote(tally):
            yield make_vote(tally, unit.words, unit.start)
    yield from _finish(begun)


def _read_parts(unit: Unit) -> Iterator[Vote]:
    """Read "Resolutions 1 and 3: unanimous; 2: 8 for, 1 against": a vote for the clauses that each part names."""
    named = list(find_named_clauses(unit.words))
    ends = [*(after.start for after in named[1:]), len(unit.words)][: len(named)]
    for part, end in zip(named, ends, strict=True):
        vote = read_vote(unit.words[part.end : end], unit.start + part.end)
        if vote:
            yield replace(vote, start=unit.start + part.start, clauses=part.numbers)


def _is_other_side(begun: Tally, tally: Tally) -> bool:
    return tally.manner is None and not tally.unsided and not begun.counts.keys() & tally.counts.keys()


def _finish(begun: tuple[int, int, Tally] | None) -> Iterator[Vote]:
    """Give the vote whose sides sentences have told one by one."""
    if begun and tells_vote(begun[2]):
        yield replace(make_vote(begun[2], "", begun[0]), end=begun[1], at=begun[0], bare=True)


def _join_casting(votes: list[Vote], layout: Layout) -> list[Vote]:
    """Join a tie and the casting vote told after it, and give the tie its outcome."""
    joined: list[Vote] = []
    for vote in votes:
        tie = joined[-1] if joined else None
        if vote.manner is Manner.CASTING_VOTE and vote.votes_for is None and tie and _is_tie(tie):
            if vote.start - tie.end < _CASTING and layout.find_item(tie.start) == layout.find_item(vote.start):
                joined[-1] = replace(tie, manner=vote.manner, end=vote.end, outcome=vote.outcome, bare=vote.bare)
                continue
        joined.append(vote)
    return joined


def _is_tie(vote: Vote) -> bool:
    return vote.votes_for is not None and vote.votes_for == vote.votes_against


def _table_votes(layout: Layout) -> Iterator[Vote]:
    """Find votes in the rows of tables that also tell the result, as ModernGov's recorded votes do."""
    phrases = load_phrases("votes")
    cells = [block for block in layout.blocks if block.cell]
    for _, row in groupby(cells, key=lambda block: (block.cell.table, block.cell.row) if block.cell else None):
        parts = list(row)
        whole = " ".join(layout.text[part.start : part.end] for part in parts)
        lost = bool(phrases["RESULT_LOST"].search(whole))
        if not lost and not phrases["RESULT_CARRIED"].search(whole):
            continue
        for part in parts:
            vote = read_vote(layout.text[part.start : part.end], part.start)
            if vote:
                yield replace(vote, outcome=Outcome.LOST if lost else Outcome.CARRIED, in_table=True)


@Language.factory("minutes_votes")
class Votes:
    """Mark how proposals were voted on, and who moved and seconded them.

    Marks: ``doc.spans["votes"]``, labels VOTE (``span._.vote`` is a ``Vote``), MOVER, SECONDER.
    Needs: ``minutes_sections``.
    Example: "(4 in favour, 1 against, 1 abstained)" is counted: 4, 1, 1.
    Limits: a tally is kept as stated, even where the names do not add up; ``extract`` warns of that.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        layout = get_layout(doc)
        found: list[tuple[int, int, str, object]] = [(v.start, v.end, Label.VOTE, v) for v in find_votes(layout)]
        for label, key, group in ((Label.MOVER, "PROPOSER", "mover"), (Label.SECONDER, "SECONDER", "seconder")):
            for match in layout.iter_matches(load_phrases("votes")[key]):
                found.append((match.start(group), match.end(group), label, match[group]))
        set_spans(doc, SpanKey.VOTES, sorted(found, key=lambda item: item[:2]))
        return doc
