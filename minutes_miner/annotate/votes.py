"""Mark votes: counts, names, unanimity, casting votes, movers and seconders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import regex
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_text, set_spans
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout, get_layout
from minutes_miner.annotate.tally import read_count, read_vote
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Ballot, Label, Manner, Outcome, SpanKey

_TITLE = re.compile(
    r"^(?:the\s+)?(?:councillors?|cllrs?|cmhlr|members?|mr|mrs|ms|miss|dr|sir|alderman)\b\.?\s*", re.IGNORECASE
)


def find_votes(layout: Layout) -> list[Vote]:
    """Find every vote that a text states.

    Args:
        layout: the text with its blocks and sections.

    Returns:
        Votes in order: recorded votes with the names as written, then sentences with counts or words of unanimity.
    """
    recorded = list(_recorded(layout.text))
    found = list(recorded)
    for unit in layout.iter_units():
        if not any(vote.start <= unit.start < vote.end for vote in recorded):
            vote = read_vote(unit.words, unit.start)
            if vote:
                found.append(vote)
    return sorted([*found, *_table_votes(layout)], key=lambda vote: vote.start)


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


def _recorded(text: str) -> Iterator[Vote]:
    """Find recorded votes: a side, its names, and the same for the other sides."""
    sides = list(load_phrases("votes")["SIDE"].finditer(text))
    index = 0
    while index < len(sides):
        group = [sides[index]]
        while (
            index + 1 < len(sides)
            and sides[index + 1].start() - group[-1].end() < 4000
            and (_ballot(sides[index + 1]["side"]) not in {_ballot(match["side"]) for match in group})
        ):
            index += 1
            group.append(sides[index])
        index += 1
        if len(group) > 1:
            yield from _read_sides(text, group)


def _read_sides(text: str, group: list[regex.Match[str]]) -> Iterator[Vote]:
    phrases = load_phrases("votes")
    stops = [match.start() for match in group[1:]] + [min(len(text), group[-1].end() + 3000)]
    counts: dict[Ballot, int | None] = {}
    named: list[tuple[str, str]] = []
    end = group[-1].end()
    for match, stop in zip(group, stops, strict=True):
        side = _ballot(match["side"])
        close = phrases["SIDE_END"].search(text, match.end(), stop)
        end = close.end() if close else stop if match is not group[-1] else _paragraph_end(text, match.end())
        body = text[match.end() : close.start() if close else end]
        figure = re.match(r"\W*(\d{1,3})\b", body)
        count = (
            match["count"]
            or (close["count"] if close and close.groupdict().get("count") else None)
            or (figure[1] if figure else None)
        )
        names = [] if figure else list(_names(body))
        counts[side] = (
            int(count) if count else (len(names) or (0 if re.match(r"\W*(?:none|nil|no)\b", body, re.I) else None))
        )
        named += [(name, side) for name in names]
    if any(value is not None for value in counts.values()):
        after = phrases["ABSTAIN"].search(text, end, end + 60)
        if Ballot.ABSTAIN not in counts and (after or re.match(r"\s*There were no abstentions", text[end : end + 60])):
            counts[Ballot.ABSTAIN] = read_count(after["n"]) if after else 0
        manner = Manner.NAMED if named else Manner.COUNTED
        yield Vote(
            group[0].start(),
            end,
            manner,
            counts.get(Ballot.FOR),
            counts.get(Ballot.AGAINST),
            counts.get(Ballot.ABSTAIN),
            tuple(named),
            at=group[0].start(),
            bare=True,
        )


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start + 2)
    return end if end > 0 else len(text)


def _ballot(side: str) -> Ballot:
    side = side.lower()
    if "against" in side:
        return Ballot.AGAINST
    return Ballot.ABSTAIN if side.startswith(("abst", "did not", "not ")) else Ballot.FOR


def _names(body: str) -> Iterator[str]:
    """Split a list of voters into names, joining what ", MBE" or "(J)" cut off."""
    body = re.sub(r",\s*(?=(?:MBE|OBE|CBE|JP|QC|KC)\b)", " ", body.replace("\n", " "))
    for part in re.split(r",|;|\band\b|&", body):
        name = _TITLE.sub("", " ".join(part.split()).strip(" .:*-")).strip()
        if re.match(r"(?:[A-ZÀ-Þ]|de |van )", name) and len(name) < 60 and len(name.split()) <= 6:
            yield name


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
        text = get_text(doc)
        found: list[tuple[int, int, str, object]] = [
            (v.start, v.end, Label.VOTE, v) for v in find_votes(get_layout(doc))
        ]
        for label, key, group in ((Label.MOVER, "PROPOSER", "mover"), (Label.SECONDER, "SECONDER", "seconder")):
            for match in load_phrases("votes")[key].finditer(text):
                found.append((match.start(group), match.end(group), label, match[group]))
        set_spans(doc, SpanKey.VOTES, sorted(found, key=lambda item: item[:2]))
        return doc
