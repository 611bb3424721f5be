"""Compare extracted documents with gold annotations, field by field.

Decisions and actions match one to one where the token F1 of any two of their mentions reaches a half; sums and dates
are compared as multisets of values. What gold lists as optional counts neither way. Facts of a record (kind, outcome,
vote, owners, due) are scored over the matched records only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Object = dict[str, Any]
"""One JSON object: a gold document, an extracted one, or a record of either."""

MATCH = 0.5
"""Token F1 at which two mentions are the same."""

COUNTED = ("decisions", "actions", "owners", "money", "dates")
JUDGED = ("kind", "outcome", "vote", "due", "meeting_date")

_TOKEN = re.compile(r"[£$€]?\w+(?:[.,']\w+)*")


@dataclass
class Score:
    """Count what was found, what was found wrongly and what was missed; for facts, ``spurious`` stays 0."""

    right: int = 0
    spurious: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, or of the facts that are right; 1 where there is no gold."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_documents(pairs: Iterable[tuple[Object, Object]]) -> dict[str, Score]:
    """Score documents.

    Args:
        pairs: gold and extracted document, side by side.

    Returns:
        A score for each name of ``COUNTED`` and ``JUDGED``.
    """
    scores = {name: Score() for name in (*COUNTED, *JUDGED)}
    for gold, found in pairs:
        _score_decisions(gold, found, scores)
        _score_actions(gold, found, scores)
        _score_values(gold, found, scores["money"], label="money")
        _score_values(gold, found, scores["dates"], label="dates")
        if gold.get("meeting_date"):
            _judge(scores["meeting_date"], gold["id"], gold["meeting_date"], found.get("meeting_date"))
    return scores


def match_records(gold: list[Object], found: list[Object]) -> dict[int, int]:
    """Pair gold records with found ones, the most alike first.

    Returns:
        Index in ``found`` by index in ``gold``.
    """
    likeness = ((_likeness(f, g["quotes"]), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for alike, i, j in sorted(likeness, reverse=True):
        if alike >= MATCH and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def token_f1(one: str, other: str) -> float:
    """Give the F1 of two texts' tokens, ignoring case; 0 where either has none."""
    first, second = _tokens(one), _tokens(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if first and second else 0.0


def _score_decisions(gold: Object, found: Object, scores: dict[str, Score]) -> None:
    for want, have in _score_records(gold, found, scores["decisions"], label="decisions"):
        name = f"{gold['id']}: {want['quotes'][0][:80]}"
        _judge(scores["kind"], name, want["kind"], have.get("kind"))
        _judge(scores["outcome"], name, want["outcome"], have.get("outcome"))
        if want.get("vote"):
            _judge(scores["vote"], name, want["vote"], _stated(have.get("vote"), want["vote"]))


def _score_actions(gold: Object, found: Object, scores: dict[str, Score]) -> None:
    for want, have in _score_records(gold, found, scores["actions"], label="actions"):
        _score_owners(want, have, scores["owners"])
        if want.get("due"):
            right = _same_due(want["due"], have.get("due"))
            fault = f"{gold['id']}: {have.get('due')} for {want['due']} in {want['quotes'][0][:80]}"
            _count(scores["due"], right=right, fault=fault)


def _score_records(gold: Object, found: Object, score: Score, *, label: str) -> list[tuple[Object, Object]]:
    wanted, had = gold[label], found[label]
    optional = gold["optional"][label]
    pairs = match_records(wanted, had)
    spurious = [have for j, have in enumerate(had) if j not in pairs.values() and _likeness(have, optional) < MATCH]
    missed = [want for i, want in enumerate(wanted) if i not in pairs]
    score.right += len(pairs)
    score.spurious += len(spurious)
    score.missed += len(missed)
    score.faults += [f"{gold['id']}: missed {want['quotes'][0][:100]}" for want in missed]
    score.faults += [f"{gold['id']}: spurious {have['text'][:100]}" for have in spurious]
    return [(wanted[i], had[j]) for i, j in pairs.items()]


def _score_owners(want: Object, have: Object, score: Score) -> None:
    left = [" ".join(filter(None, (o.get("text"), o.get("name"), o.get("role")))) for o in have["owners"]]
    for owner in want["owners"]:
        best = max(left, key=lambda words: _covers(words, owner), default="")
        if _covers(best, owner) >= MATCH:
            left.remove(best)
            score.right += 1
        else:
            score.missed += 1
            score.faults.append(f"missed {owner} in {want['quotes'][0][:80]}")
    score.spurious += len(left)
    score.faults += [f"spurious {words} in {want['quotes'][0][:80]}" for words in left]


def _score_values(gold: Object, found: Object, score: Score, *, label: str) -> None:
    left = Counter(_value(want) for want in gold[label])
    optional = {tuple(_tokens(words).elements()) for words in gold["optional"][label]}
    for have in found[label]:
        if left[_value(have)] > 0:
            left[_value(have)] -= 1
            score.right += 1
        elif tuple(_tokens(have["text"]).elements()) not in optional:
            score.spurious += 1
            score.faults.append(f"{gold['id']}: spurious {have['text']} read as {_value(have)}")
    score.missed += left.total()
    score.faults += [f"{gold['id']}: missed {value}" for value in left.elements()]


def _value(mention: Object) -> tuple[object, object]:
    if "amount" in mention:
        return Decimal(str(mention["amount"])).quantize(Decimal("0.01")), mention.get("currency")
    return mention["from"], mention["to"]


def _judge(score: Score, name: str, want: object, have: object) -> None:
    _count(score, right=want == have, fault=f"{name}: {have} for {want}")


def _count(score: Score, *, right: bool, fault: str) -> None:
    score.right += right
    score.missed += not right
    if not right:
        score.faults.append(fault)


def _stated(have: Object | None, want: Object) -> Object | None:
    """Give a vote's manner and counts, leaving out the counts that gold does not state."""
    if have is None:
        return None
    return {key: have.get(key) if key == "manner" or value is not None else None for key, value in want.items()}


def _same_due(want: Object, have: Object | None) -> bool:
    if have is None:
        return False
    if want["from"]:
        return (want["from"], want["to"]) == (have.get("from"), have.get("to"))
    return token_f1(want["quote"], have.get("text") or "") >= MATCH


def _covers(have: str, want: str) -> float:
    """Give the share of the wanted tokens that stand in ``have``, or 0 where it holds much else."""
    wanted, had = set(_tokens(want)), set(_tokens(have))
    return len(wanted & had) / max(len(wanted), 1) if len(had) <= 3 * len(wanted) + 4 else 0.0


def _likeness(have: Object, quotes: list[str]) -> float:
    texts = [have["text"], *(mention["text"] for mention in have["mentions"])]
    return max((token_f1(text, quote) for text in texts for quote in quotes), default=0.0)


def _tokens(text: str) -> Counter[str]:
    return Counter(token.lower() for token in _TOKEN.findall(text.replace("’", "'")))
