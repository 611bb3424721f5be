"""Sum figures up as one object of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutes_miner.evaluate.compare import Comparison
from minutes_miner.evaluate.group import Grouping, group_scores, score_kinds
from minutes_miner.evaluate.reliability import Bin, measure_reliability
from minutes_miner.evaluate.score import score


def summarise(comparisons: Sequence[Comparison], groupings: Iterable[str] = ()) -> dict[str, object]:
    """Give every figure as JSON holds it, shares rounded to four decimals.

    Args:
        comparisons: one a document.
        groupings: values of ``Grouping`` by which to score as well.

    Returns:
        ``documents``, ``failed``, ``scores`` by field, ``by`` grouping and group, and ``reliability``.
    """
    return {
        "documents": len(comparisons),
        "failed": [{"id": one.gold.id, "reason": one.answer.error} for one in comparisons if one.answer.error],
        "scores": score(comparisons).as_rows(),
        "by": {grouping: _group(comparisons, Grouping(grouping)) for grouping in groupings},
        "reliability": {
            label: [_describe(found) for found in bins] for label, bins in measure_reliability(comparisons).items()
        },
    }


def _group(comparisons: Sequence[Comparison], grouping: Grouping) -> dict[str, object]:
    if grouping is Grouping.KIND:
        kinds = score_kinds(comparisons)
        return {kind: {**found.tally.as_row(), "kind": found.accuracy.as_row()} for kind, found in kinds.items()}
    groups = group_scores(comparisons, grouping)
    return {name: {"documents": found.documents, "scores": found.as_rows()} for name, found in groups.items()}


def _describe(found: Bin) -> dict[str, object]:
    share, confidence = (None if value is None else round(value, 4) for value in (found.share, found.confidence))
    ends = {"from": found.low, "to": found.high}
    return {**ends, "records": found.records, "right": found.right, "share": share, "confidence": confidence}
