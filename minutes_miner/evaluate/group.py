"""Score documents by their authority or layout, and decisions by their kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from minutes_miner.domain.vocabulary import Kind
from minutes_miner.evaluate.compare import Comparison
from minutes_miner.evaluate.score import Accuracy, Scores, Tally, score

NAMELESS = "not told"
"""The group of what names none."""

FORMATS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "text/plain": "txt",
    "text/markdown": "md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""Names of layouts by media type."""


class Grouping(StrEnum):
    """What documents or decisions are put together by."""

    AUTHORITY = "authority"
    LAYOUT = "layout"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class KindScore:
    """Hold how decisions of one kind were found, and how often their kind was told rightly then."""

    tally: Tally
    accuracy: Accuracy


def group_scores(comparisons: Iterable[Comparison], grouping: Grouping) -> dict[str, Scores]:
    """Score the documents of each authority or layout, by name in order of the alphabet.

    Args:
        comparisons: any number of documents.
        grouping: AUTHORITY or LAYOUT.
    """
    find_name = find_layout if grouping is Grouping.LAYOUT else find_authority
    groups: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        groups.setdefault(find_name(comparison), []).append(comparison)
    return {name: score(groups[name]) for name in sorted(groups)}


def score_kinds(comparisons: Iterable[Comparison]) -> dict[str, KindScore]:
    """Score decisions by kind: gold's kind for those found or missed, the program's for spurious ones.

    Returns:
        A score for each kind that occurs, in the order of the vocabulary.
    """
    matches = [comparison.decisions for comparison in comparisons]
    pairs = [pair for match in matches for pair in match.pairs]
    missed = [want.kind for match in matches for want in match.missed]
    spurious = [have.kind for match in matches for have in match.spurious]
    scores: dict[str, KindScore] = {}
    for kind in (*Kind, *sorted({*spurious} - {*Kind}, key=str)):
        told = [pair.found.kind == kind for pair in pairs if pair.wanted.kind == kind]
        tally = Tally(len(told), spurious.count(kind), missed.count(kind))
        if tally != Tally():
            scores[str(kind or NAMELESS)] = KindScore(tally, Accuracy(sum(told), len(told)))
    return scores


def find_authority(comparison: Comparison) -> str:
    """Give the council that gold names, or ``not told``."""
    return comparison.gold.authority or NAMELESS


def find_layout(comparison: Comparison) -> str:
    """Give a document's layout: gold's word, else its format as read, else as its suffix has it."""
    told = comparison.gold.layout or FORMATS.get(comparison.answer.media_type or "")
    suffix = comparison.gold.path.suffix.lower().removeprefix(".")
    return told or {"htm": "html", "markdown": "md", "": NAMELESS}.get(suffix, suffix)
