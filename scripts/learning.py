"""Fit the weights of the trained components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from candidates import Example
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from minutes_miner.annotate.weights import Weights

COUNCILS = 2
"""In how many councils a feature must occur to count: what one council alone writes is no rule of wording."""
STRENGTH = 0.1
"""Inverse of the penalty on the squares of the weights (scikit-learn's ``C``)."""
LEAST = 0.01
"""Weights nearer to 0 than this are left out: together they change no verdict, and the file is a third as long."""
KEEP = 0.35
"""Least probability that leaves in what a rule found; chosen on the split "dev" among 0.1 to 0.6."""


def fit(examples: Sequence[Example]) -> Weights:
    """Fit a logistic regression.

    Args:
        examples: candidates with their features.
    """
    table = _count_features(examples)
    matrix = _to_matrix(examples, table)
    model = LogisticRegression(solver="liblinear", C=STRENGTH, random_state=0, max_iter=300)
    model.fit(matrix, [example.is_right for example in examples])
    found = {name: float(model.coef_[0][index]) for name, index in table.items()}
    return Weights(float(model.intercept_[0]), {name: w for name, w in found.items() if abs(w) >= LEAST})


def calibrate(weights: Weights, judged: Sequence[tuple[float, bool]]) -> Weights:
    """Stretch, shift and cap weights so that the probabilities they give are the shares of records that are right.

    That is Platt's scaling (1999) times a ceiling, since of the likeliest records some are wrong, too: a second
    statement of what was found already, or half a task. All three are fitted by the likelihood of what was judged.

    Args:
        weights: as they were fitted.
        judged: the confidence that records got by these weights, of councils that they were not fitted on, and whether
            the records are right.
    """
    given, right = np.array([pair[0] for pair in judged]), np.array([pair[1] for pair in judged])
    sums = logit(np.clip(given, 1e-6, 1 - 1e-6))

    def surprise(values: NDArray[np.float64]) -> float:
        stretch, shift, top = values
        made = np.clip(expit(top) * expit(stretch * sums + shift), 1e-9, 1 - 1e-9)
        return float(-np.where(right, np.log(made), np.log1p(-made)).sum())

    stretch, shift, top = map(float, minimize(surprise, np.array([1.0, 0.0, 3.0]), method="Nelder-Mead").x)
    return Weights(
        weights.bias * stretch + shift, {name: w * stretch for name, w in weights.table.items()}, float(expit(top))
    )


def _count_features(examples: Sequence[Example]) -> dict[str, int]:
    councils: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for feature in example.features:
            councils[feature].add(example.council)
    return {name: i for i, name in enumerate(sorted(name for name, seen in councils.items() if len(seen) >= COUNCILS))}


def _to_matrix(examples: Sequence[Example], table: dict[str, int]) -> csr_matrix:
    ends, columns = [0], []
    for example in examples:
        columns += sorted(table[feature] for feature in example.features if feature in table)
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(examples), len(table)))
