"""Fit the weights of the trained components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from candidates import Example
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from minutes_miner.annotate.weights import Weights

COUNCILS = 2
"""In how many councils a feature must occur to count: what one council alone writes is no rule of wording."""
STRENGTH = 0.1
"""Inverse of the penalty on the squares of the weights (scikit-learn's ``C``)."""
LEAST = 0.01
"""Weights nearer to 0 than this are left out: together they change no verdict, and the file is a third as long."""
KEEP = 0.1
"""Least probability that leaves in what a rule found: only what is very improbable goes, for rules err seldom."""


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


def calibrate(weights: Weights, examples: Sequence[Example]) -> Weights:
    """Stretch and shift weights so that the probabilities they give are the shares that are right (Platt 1999).

    Args:
        weights: as they were fitted.
        examples: of councils that they were not fitted on.
    """
    sums = [[weights.add(example.features)] for example in examples]
    model = LogisticRegression(C=1e6, random_state=0).fit(sums, [example.is_right for example in examples])
    stretch, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    return Weights(weights.bias * stretch + shift, {name: w * stretch for name, w in weights.table.items()})


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
