"""Pair what is to be found in a document with what was found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_miner.evaluate.annotation import Answer, GoldDocument, Record, Value
from minutes_miner.evaluate.likeness import MATCH, find_cover, find_likeness, fold_words


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a gold record and the found one that is taken for it."""

    wanted: Record
    found: Record


@dataclass(frozen=True, slots=True)
class RecordMatch:
    """Hold what became of a document's decisions or actions; ``ignored`` ones are optional and count neither way."""

    pairs: tuple[Pair, ...]
    missed: tuple[Record, ...]
    spurious: tuple[Record, ...]
    ignored: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class ValueMatch:
    """Hold what became of a document's sums or dates; ``ignored`` ones are optional and count neither way."""

    right: int
    missed: tuple[Value, ...]
    spurious: tuple[Value, ...]
    ignored: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class OwnerMatch:
    """Hold what became of the owners of one action."""

    right: int
    missed: tuple[str, ...]
    spurious: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold a document's gold, its answer, and how they go together."""

    gold: GoldDocument
    answer: Answer
    decisions: RecordMatch
    actions: RecordMatch
    money: ValueMatch
    dates: ValueMatch


def compare(gold: GoldDocument, answer: Answer) -> Comparison:
    """Compare the answer for one document with its gold."""
    wanted, found, optional = gold.wanted, answer.found, gold.optional
    return Comparison(
        gold,
        answer,
        decisions=match_records(wanted.decisions, found.decisions, optional=optional.decisions),
        actions=match_records(wanted.actions, found.actions, optional=optional.actions),
        money=match_values(wanted.money, found.money, optional=optional.money),
        dates=match_values(wanted.dates, found.dates, optional=optional.dates),
    )


def match_records(wanted: Sequence[Record], found: Sequence[Record], *, optional: Sequence[str] = ()) -> RecordMatch:
    """Pair records one to one, the most alike first; of equals the later ones first.

    A second finding of a record that has its pair is spurious, unless it is optional.

    Args:
        wanted: gold records.
        found: what the program found.
        optional: words that count neither for nor against.
    """
    scores = sorted(
        (
            (find_likeness(have.texts, want.texts), i, j)
            for i, want in enumerate(wanted)
            for j, have in enumerate(found)
        ),
        reverse=True,
    )
    partners: dict[int, int] = {}
    used: set[int] = set()
    for likeness, i, j in scores:
        if likeness >= MATCH and i not in partners and j not in used:
            partners[i] = j
            used.add(j)
    left = [have for j, have in enumerate(found) if j not in used]
    is_optional = [find_likeness(have.texts, optional) >= MATCH for have in left]
    return RecordMatch(
        pairs=tuple(Pair(wanted[i], found[j]) for i, j in sorted(partners.items())),
        missed=tuple(want for i, want in enumerate(wanted) if i not in partners),
        spurious=tuple(have for have, allowed in zip(left, is_optional, strict=True) if not allowed),
        ignored=tuple(have for have, allowed in zip(left, is_optional, strict=True) if allowed),
    )


def match_values(wanted: Sequence[Value], found: Sequence[Value], *, optional: Sequence[str] = ()) -> ValueMatch:
    """Pair mentions by their values, each as often as it occurs.

    Args:
        wanted: gold mentions.
        found: what the program found.
        optional: words that count neither for nor against where their value is not wanted.
    """
    left = Counter(value.key for value in wanted)
    allowed = {fold_words(words) for words in optional}
    spurious: list[Value] = []
    ignored: list[Value] = []
    for value in found:
        if left[value.key] > 0:
            left[value.key] -= 1
        else:
            (ignored if fold_words(value.words) in allowed else spurious).append(value)
    missed = []
    for value in reversed(wanted):
        if left[value.key] > 0:
            left[value.key] -= 1
            missed.append(value)
    return ValueMatch(len(wanted) - len(missed), tuple(reversed(missed)), tuple(spurious), tuple(ignored))


def match_owners(wanted: Sequence[str], found: Sequence[str]) -> OwnerMatch:
    """Pair owners: each gold one with the found one that holds most of its words, if at least half of them."""
    left, missed = list(found), []
    for owner in wanted:
        best = max(left, key=lambda words: find_cover(owner, words), default=None)
        if best is not None and find_cover(owner, best) >= MATCH:
            left.remove(best)
        else:
            missed.append(owner)
    return OwnerMatch(len(wanted) - len(missed), tuple(missed), tuple(left))
