"""Weigh features with what was learned from the corpus."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Weights:
    """Hold a logistic regression over features that are present or absent.

    Attributes:
        bias: what is added to every sum.
        table: weight by feature; features without one do not count.
        ceiling: the greatest probability given, below 1 where the likeliest candidates are sometimes wrong.
    """

    bias: float
    table: dict[str, float] = field(repr=False)
    ceiling: float = 1.0

    def add(self, features: Iterable[str]) -> float:
        """Give the sum of the weights of features, each counted once; exact, so that their order can't change it."""
        return self.bias + math.fsum(map(self.table.__getitem__, self.table.keys() & features))

    def weigh(self, features: Iterable[str]) -> float:
        """Give the probability that a candidate with these features is what was learned."""
        return self.ceiling / (1 + math.exp(-max(-30.0, min(30.0, self.add(features)))))


def load_weights(path: Path) -> Weights:
    """Read a file of weights.

    Args:
        path: JSON: ``{"bias": 0.1, "ceiling": 0.98, "table": {"feature": 1.2}}``.
    """
    model = json.loads(path.read_text("utf-8"))
    return Weights(model["bias"], model["table"], model["ceiling"])


def save_weights(weights: Weights, path: Path) -> None:
    """Write a file of weights: rounded, sorted, one feature a line, so that two trainings can be compared."""
    table = {feature: round(weights.table[feature], 4) for feature in sorted(weights.table)}
    content = {"bias": round(weights.bias, 4), "ceiling": round(weights.ceiling, 4), "table": table}
    path.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", "utf-8")
