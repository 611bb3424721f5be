"""Measure how well names are told apart, against the judged names in corpus/parties.

usage: python scripts/evaluate_parties.py [--errors] [FILE]...

Of every two mentions in one authority's papers it is asked whether they are of one party. Precision is the share of the
pairs that the program ties together which belong together; recall is the share of those that belong together which it
ties. A mention that nobody can place, or that is of no party, belongs together with none. What the program marks as
unresolved it ties to none. "not made parties" counts the private persons, staff and stray words that became none.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.table import Table

from minutes_miner.domain.party import Mention, NamedPaper, Resolution
from minutes_miner.domain.resolution import resolve, scope_of
from minutes_miner.domain.vocabulary import Part

FOLDER = Path(__file__).parents[1] / "corpus" / "parties"
LISTS = {"present": "present", "apologies": "apologies", "absent": "absent"}
BALLOTS = {"for": "for", "against": "against", "abstain": "abstain"}
PARTS = {"moved": Part.MOVED, "seconded": Part.SECONDED, "portfolio": Part.PORTFOLIO, "decided": Part.DECIDED}
NOBODY = "-"
ANYBODY = ("?", "=?")

Place = tuple[str, int]
"""A paper, and a mention's place in it."""


@dataclass
class Judged:
    """Hold an authority's papers, and who is meant by each mention."""

    name: str
    papers: list[NamedPaper] = field(default_factory=list)
    meant: dict[Place, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Score:
    """Count pairs of mentions, and mentions of nobody."""

    tied: int = 0
    meant: int = 0
    right: int = 0
    nobody: int = 0
    made: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of another."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self, name: str) -> list[str]:
        """Write precision, recall and how many of nobody were left alone."""
        precision, recall = self.right / max(self.tied, 1), self.right / max(self.meant, 1)
        left = f"{self.nobody - self.made} of {self.nobody}"
        return [name, f"{self.tied:,}", f"{self.meant:,}", f"{precision:.3f}", f"{recall:.3f}", left]


def read_judged(path: Path) -> Judged:
    """Read a file of judged names.

    Raises:
        ValueError: a line is malformed; the message tells which.
    """
    judged, lines = Judged(path.stem), path.read_text("utf-8").splitlines()
    meeting: list[tuple[Mention, str]] = []
    body: str | None = None
    for number, line in enumerate([*lines, "== end"], start=1):
        if line.startswith("# "):
            judged.name = judged.name if judged.papers or judged.name != path.stem else line[2:]
        elif line.startswith("== "):
            _close(judged, body, meeting)
            body, meeting = (None if line[3:] == "-" else line[3:]), []
        elif line.strip():
            try:
                meeting += _read_line(line, len(meeting))
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
    return judged


def _close(judged: Judged, body: str | None, meeting: list[tuple[Mention, str]]) -> None:
    if not meeting:
        return
    paper = f"{len(judged.papers):04}"
    judged.papers.append(NamedPaper(paper, body, tuple(mention for mention, _ in meeting)))
    judged.meant |= {(paper, place): tuple(who.split("+")) for place, (_, who) in enumerate(meeting)}


def _read_line(line: str, place: int) -> Iterator[tuple[Mention, str]]:
    label, colon, rest = line.partition(": ")
    if not colon or label not in {*LISTS, *BALLOTS, *PARTS, "owns"}:
        raise ValueError(f"{label!r} is no label")
    start = place * 1000
    for entry in rest.split("; "):
        found = re.fullmatch(r"(?P<text>[^@|]+?)(?: \| (?P<role>[^@]+?))? @(?P<who>\S+)", entry)
        if found is None:
            raise ValueError(f"{entry!r} is no name with its mark")
        end = start + len(found["text"])
        status = LISTS.get(label)
        part = Part.ATTENDED if status else Part.VOTED if label in BALLOTS else PARTS.get(label, Part.OWNS)
        facts = {"status": status, "ballot": BALLOTS.get(label), "role": found["role"]}
        yield Mention(part, found["text"], decision_id=None if status else "0", start=start, end=end, **facts), found[
            "who"
        ]
        start = end + 2


def score(judged: Judged, *, show: Console | None = None) -> Score:
    """Resolve an authority's names and compare them with what is meant."""
    found = resolve(scope_of(judged.name), judged.papers, council=judged.name)
    tied = _ties(judged, found)
    counted = Score(nobody=sum(who == (NOBODY,) for who in judged.meant.values()))
    counted.made = sum(bool(tied[place]) for place, who in judged.meant.items() if who == (NOBODY,))
    for one, other in combinations(judged.meant, 2):
        meant = bool({*judged.meant[one]} & {*judged.meant[other]} - {NOBODY, *ANYBODY})
        is_tied = bool(tied[one] & tied[other])
        counted.meant += meant
        counted.tied += is_tied
        counted.right += meant and is_tied
        if show and meant != is_tied:
            told = "apart, but one" if meant else "tied, but not one"
            show.print(f"{judged.name}: {told}: {_tell(judged, one)} | {_tell(judged, other)}", highlight=False)
    return counted


def _ties(judged: Judged, found: Resolution) -> dict[Place, set[str]]:
    """Give the parties that each mention was resolved into; none where that is uncertain."""
    certain = {party.id for party in found.parties if party.is_resolved}
    places = {id(mention): (paper.id, n) for paper in judged.papers for n, mention in enumerate(paper.mentions)}
    tied: dict[Place, set[str]] = defaultdict(set)
    for appearance in found.appearances:
        place = places.get(id(appearance.mention))
        if place and appearance.party_id in certain:
            tied[place].add(appearance.party_id)
    return tied


def _tell(judged: Judged, place: Place) -> str:
    paper = next(paper for paper in judged.papers if paper.id == place[0])
    mention = paper.mentions[place[1]]
    return f"{mention.part.value} {mention.text!r} in {place[0]} @{'+'.join(judged.meant[place])}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files to read (all of corpus/parties)")
    parser.add_argument("--errors", action="store_true", help="print each pair that is wrong")
    options = parser.parse_args()
    console = Console()
    table = Table("authority", "pairs tied", "pairs meant", "precision", "recall", "not made parties")
    every, meetings = Score(), 0
    for path in options.files or sorted(FOLDER.glob("*.txt")):
        judged = read_judged(path)
        counted = score(judged, show=console if options.errors else None)
        table.add_row(*counted.row(judged.name))
        every.add(counted)
        meetings += len(judged.papers)
    table.add_row(*every.row(f"all, {meetings} meetings"))
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
