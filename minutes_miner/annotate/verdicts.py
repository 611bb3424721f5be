"""Judge what the rules found by weights learned from the corpus."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_findings, set_spans
from minutes_miner.annotate.features import Candidate, Features
from minutes_miner.annotate.sections import get_layout
from minutes_miner.annotate.weights import Weights, load_weights, save_weights
from minutes_miner.domain.finding import Resolution, Task
from minutes_miner.domain.vocabulary import Label, SpanKey

_FILE = "weights.json"

Found = TypeVar("Found", Resolution, Task)


class _Verdicts:
    """Hold the weights of one component; the pipeline saves and loads them."""

    def __init__(self, nlp: Language, name: str, keep: float) -> None:
        self.name = name
        self.keep = keep
        self.weights: Weights | None = None

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Save the weights and the threshold into a folder."""
        path.mkdir(exist_ok=True)
        (path / "cfg").write_text(json.dumps({"keep": self.keep}) + "\n", "utf-8")
        if self.weights is not None:
            save_weights(self.weights, path / _FILE)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> _Verdicts:
        """Load the weights and the threshold from a folder."""
        self.keep = json.loads((path / "cfg").read_text("utf-8"))["keep"]
        if (path / _FILE).exists():
            self.weights = load_weights(path / _FILE)
        return self

    def judge(self, doc: Doc, found: list[Found], candidates: list[Candidate]) -> list[Found]:
        """Give what is probable enough, with its probability as confidence; without weights everything as it is."""
        if self.weights is None or not found:
            return found
        features = Features(get_layout(doc), candidates)
        sure = [self.weights.weigh(features.describe(candidate)) for candidate in candidates]
        return [replace(item, confidence=p) for item, p in zip(found, sure, strict=True) if p >= self.keep]


@Language.factory("minutes_decision_verdicts", default_config={"keep": 0.3})
class DecisionVerdicts(_Verdicts):
    """Judge resolutions.

    Marks: nothing new; takes out of ``doc.spans["resolutions"]`` what is less probable than ``keep`` and sets the
    confidence of the rest to their probability.
    Needs: ``minutes_resolutions``.
    Limits: it weighs words, place and neighbours, knows no grammar and finds nothing that the rules missed.
    """

    def __call__(self, doc: Doc) -> Doc:
        found: list[Resolution] = get_findings(doc, SpanKey.RESOLUTIONS)
        judged = self.judge(doc, found, decision_candidates(found))
        set_spans(doc, SpanKey.RESOLUTIONS, ((r.start, r.end, r.label, r) for r in judged))
        return doc


@Language.factory("minutes_action_verdicts", default_config={"keep": 0.3})
class ActionVerdicts(_Verdicts):
    """Judge tasks.

    Marks: nothing new; takes out of ``doc.spans["actions"]`` what is less probable than ``keep`` and sets the
    confidence of the rest to their probability.
    Needs: ``minutes_actions``.
    Limits: as those of ``minutes_decision_verdicts``.
    """

    def __call__(self, doc: Doc) -> Doc:
        found: list[Task] = get_findings(doc, SpanKey.ACTIONS)
        judged = self.judge(doc, found, task_candidates(found))
        set_spans(doc, SpanKey.ACTIONS, ((t.start, t.end, Label.ACTION, t) for t in judged))
        return doc


def decision_candidates(found: list[Resolution]) -> list[Candidate]:
    """Give the candidates that the rules' resolutions are."""
    return [Candidate(r.start, r.end, r.trigger, str(r.kind)) for r in found]


def task_candidates(found: list[Task]) -> list[Candidate]:
    """Give the candidates that the rules' tasks are."""
    return [Candidate(task.start, task.end, task.trigger) for task in found]
