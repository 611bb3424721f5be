"""Tell what decisions are about, by weights learned from texts that were written for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from math import log1p
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minutes_miner.domain.record import TopicScore
from minutes_miner.extract.topicwords import Term, Wording, read_wording, topics_of

FILE = "topics.npz"
"""Name of the weights, beside this module; ``scripts/train_topics.py`` writes them."""

MOST = 3
"""The most topics that a decision is given: more were a list of all that it touches."""


@dataclass(frozen=True)
class TopicModel:
    """Hold weights in two layers.

    The first weighs words, for each topic apart (a logistic regression each), and tells of each term how far it is to
    be trusted. The second, one for all topics, weighs what the first says of a topic against what it says of the
    others: see :meth:`clues`.

    Attributes:
        codes: the topics.
        features: the row of each word or pair of words.
        weights: a row a feature, a column a topic, whole numbers.
        scale: by which each column's weights are multiplied.
        bias: what is added to each column's sum.
        trust: log-odds that a decision with a term is about the term's topic, by term and topic.
        judge: weights of the second layer, a clue each, the last one added always.
        threshold: probability from which a topic is told.
    """

    codes: tuple[str, ...]
    features: Mapping[str, int] = field(repr=False)
    weights: NDArray[Any] = field(repr=False)
    scale: NDArray[Any] = field(repr=False)
    bias: NDArray[Any] = field(repr=False)
    trust: Mapping[tuple[Term, str], float] = field(repr=False)
    judge: NDArray[Any]
    threshold: float

    def clues(self, wording: Wording) -> NDArray[Any]:
        """Give what speaks for each topic: a row a topic.

        The columns: the sum of the words' weights; how far it is above that of the best other topic; and for title,
        text and committee each, the trust in the best term of the topic, the number of its terms, and their share of
        all terms there.
        """
        clues = np.zeros((len(self.codes), len(self.judge) - 1))
        sums = self._add_words(wording)
        best = sums.argmax()
        first, sums[best] = sums[best], -np.inf
        clues[:, 1], clues[best, 1] = sums - first, first - sums.max()
        sums[best] = first
        clues[:, 0] = sums
        clues.clip(-8, 8, out=clues)
        for place, terms in enumerate(wording.terms):
            for row, (trust, count) in self._weigh_terms(terms).items():
                clues[row, 2 + 3 * place : 5 + 3 * place] = trust, log1p(count), count / len(terms)
        return clues

    def weigh(self, wording: Wording) -> NDArray[Any]:
        """Give the probability of each topic."""
        clues = self.clues(wording)
        return np.asarray(1 / (1 + np.exp(-(clues @ self.judge[:-1] + self.judge[-1]))))

    def find(self, title: str | None, text: str, committee: str | None) -> tuple[TopicScore, ...]:
        """Give the topics that are sure enough, the surest first."""
        sure = self.weigh(read_wording(title, text, committee)).tolist()
        told = sorted((-score, row) for row, score in enumerate(sure) if score >= self.threshold)
        return tuple(TopicScore(self.codes[row], round(-score, 2)) for score, row in told[:MOST])

    def _add_words(self, wording: Wording) -> NDArray[Any]:
        known = [self.features[name] for name in self.features.keys() & wording.features]
        return np.asarray(self._wide[known].sum(axis=0) * self.scale + self.bias)

    def _weigh_terms(self, terms: frozenset[Term]) -> dict[int, tuple[float, int]]:
        """Give the trust in the best term, and the number of terms, of each topic that has any."""
        found: dict[int, tuple[float, int]] = {}
        for term in terms:
            for code in topics_of(term):
                row, trust = self._rows[code], self.trust[term, code]
                best, count = found.get(row, (trust, 0))
                found[row] = max(best, trust), count + 1
        return found

    @cached_property
    def _wide(self) -> NDArray[Any]:
        """Hold the weights as numbers that are quick to add; whole ones still, whose order can't change the sum."""
        return self.weights.astype(np.float64)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {code: row for row, code in enumerate(self.codes)}


def load_model(path: Path | None = None) -> TopicModel:
    """Read weights.

    Args:
        path: another file than the product's own.
    """
    data = path.read_bytes() if path else (files(__package__) / FILE).read_bytes()
    with np.load(BytesIO(data)) as held:
        names = json.loads(bytes(held["names"]))
        arrays = {name: held[name] for name in ("weights", "scale", "bias", "judge")}
    features = {name: row for row, name in enumerate(names["features"])}
    trust = {(tuple(term.split()), code): value for term, code, value in names["trust"]}
    return TopicModel(tuple(names["codes"]), features, trust=trust, threshold=names["threshold"], **arrays)


def save_model(model: TopicModel, path: Path) -> None:
    """Write weights: the same ones give the same bytes."""
    names = {
        "codes": model.codes,
        "features": list(model.features),
        "trust": [(" ".join(term), code, value) for (term, code), value in model.trust.items()],
        "threshold": model.threshold,
    }
    written = np.frombuffer(json.dumps(names, ensure_ascii=False).encode(), dtype=np.uint8)
    np.savez_compressed(
        path, names=written, weights=model.weights, scale=model.scale, bias=model.bias, judge=model.judge
    )


def find_topics(title: str | None, text: str, committee: str | None) -> tuple[TopicScore, ...]:
    """Tell what a decision is about, the surest topic first; nothing where nothing is sure enough.

    Args:
        title: of its item.
        text: its clause.
        committee: the body that met.
    """
    return _own_model().find(title, text, committee)


def weights_digest() -> str:
    """Give a short digest of the weights, which hold the terms too, by which a change of them shows."""
    return sha256((files(__package__) / FILE).read_bytes()).hexdigest()[:8]


@lru_cache(maxsize=1)
def _own_model() -> TopicModel:
    return load_model()
