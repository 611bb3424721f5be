"""Tell the kind of a decision by weights learned from the corpus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_findings, set_spans
from minutes_miner.annotate.features import Features
from minutes_miner.annotate.sections import get_layout
from minutes_miner.annotate.verdicts import decision_candidates
from minutes_miner.annotate.weights import Weights, load_weights, save_weights
from minutes_miner.domain.finding import Resolution
from minutes_miner.domain.vocabulary import Kind, SpanKey

_FILE = "weights.json"


@Language.factory("minutes_kinds", default_config={"margin": 0.2})
class Kinds:
    """Set the kind of resolutions.

    Marks: nothing new; changes ``kind`` in ``doc.spans["resolutions"]`` where another kind than the rules' is more
    probable by ``margin``.
    Needs: ``minutes_resolutions``.
    Example: "RESOLVED: That the quotation of Softfall be accepted" is approve, though "accept" alone is agree.
    """

    def __init__(self, nlp: Language, name: str, margin: float) -> None:
        self.name = name
        self.margin = margin
        self.weights: dict[str, Weights] = {}

    def __call__(self, doc: Doc) -> Doc:
        found: list[Resolution] = get_findings(doc, SpanKey.RESOLUTIONS)
        if not self.weights or not found:
            return doc
        candidates = decision_candidates(found)
        features = Features(get_layout(doc), candidates)
        told = [
            replace(resolution, kind=self._choose(resolution.kind, set(features.describe(candidate))))
            for resolution, candidate in zip(found, candidates, strict=True)
        ]
        set_spans(doc, SpanKey.RESOLUTIONS, ((r.start, r.end, r.label, r) for r in told))
        return doc

    def _choose(self, kind: Kind, features: set[str]) -> Kind:
        shares = {name: weights.weigh(features) for name, weights in self.weights.items()}
        best = max(shares, key=lambda name: shares[name])
        return Kind(best) if shares[best] > shares.get(str(kind), 0.0) + self.margin else kind

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Save the weights into a folder."""
        path.mkdir(exist_ok=True)
        save_weights(self.weights, path / _FILE)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Kinds:
        """Load the weights from a folder."""
        if (path / _FILE).exists():
            self.weights = load_weights(path / _FILE)
        return self
