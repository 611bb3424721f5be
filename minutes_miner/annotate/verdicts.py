"""Judge what the rules found, and find tasks that they missed, by weights learned from the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_findings, set_spans
from minutes_miner.annotate.features import Candidate, Features
from minutes_miner.annotate.papers import is_paper
from minutes_miner.annotate.players import Players
from minutes_miner.annotate.sections import Layout, get_layout
from minutes_miner.annotate.weights import Weights, load_weights, save_weights
from minutes_miner.domain.finding import Resolution, Task
from minutes_miner.domain.vocabulary import Label, SpanKey

LEARNED = "LEARNED"
"""Trigger of what no rule found."""
_FILE = "weights.json"


class _Verdicts:
    """Hold the weights of one component; the pipeline saves and loads them."""

    label: Label

    def __init__(self, nlp: Language, name: str, keep: float, find: float) -> None:
        self.name = name
        self.keep = keep
        self.find = find
        self.weights: Weights | None = None

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Save the weights and thresholds into a folder."""
        path.mkdir(exist_ok=True)
        (path / "cfg").write_text(json.dumps({"keep": self.keep, "find": self.find}) + "\n", "utf-8")
        if self.weights is not None:
            save_weights({str(self.label): self.weights}, path / _FILE)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> _Verdicts:
        """Load the weights and thresholds from a folder."""
        settings = json.loads((path / "cfg").read_text("utf-8"))
        self.keep, self.find = settings["keep"], settings["find"]
        if (path / _FILE).exists():
            self.weights = load_weights(path / _FILE)[str(self.label)]
        return self


@Language.factory("minutes_decision_verdicts", default_config={"keep": 0.3, "find": 1.0})
class DecisionVerdicts(_Verdicts):
    """Judge resolutions.

    Marks: nothing new; takes out of ``doc.spans["resolutions"]`` what is less probable than ``keep`` and sets the
    confidence of the rest to their probability.
    Needs: ``minutes_resolutions``.
    Limits: it weighs words, place and neighbours, and knows no grammar. It finds nothing: sentences that no rule found
    were added wrongly as often as rightly on real minutes.
    """

    label = Label.DECISION

    def __call__(self, doc: Doc) -> Doc:
        found: list[Resolution] = get_findings(doc, SpanKey.RESOLUTIONS)
        if self.weights is None or not found:
            return doc
        candidates = decision_candidates(found)
        features = Features(get_layout(doc), candidates)
        sure = [self.weights.weigh(features.describe(candidate)) for candidate in candidates]
        judged = [replace(r, confidence=p) for r, p in zip(found, sure, strict=True) if p >= self.keep]
        set_spans(doc, SpanKey.RESOLUTIONS, ((r.start, r.end, r.label, r) for r in judged))
        return doc


@Language.factory("minutes_action_verdicts", default_config={"keep": 0.3, "find": 0.6})
class ActionVerdicts(_Verdicts):
    """Judge tasks, and find those that no rule found.

    Marks: takes out of ``doc.spans["actions"]`` what is less probable than ``keep``, adds sentences that are more
    probable than ``find``, and sets the confidence of all to their probability.
    Needs: ``minutes_actions``.
    Example: "Grace thought she might put something together for the spring." may be added though no pattern has it.
    Limits: the owner of a task that no rule found is told only where a rule for owners finds one.
    """

    label = Label.ACTION

    def __call__(self, doc: Doc) -> Doc:
        layout = get_layout(doc)
        if self.weights is None or is_paper(layout):
            return doc
        found: list[Task] = get_findings(doc, SpanKey.ACTIONS)
        features = Features(layout, task_candidates(found))
        judged = [*self._judge(found, features), *self._find(layout, features)]
        judged.sort(key=lambda task: (task.start, task.end))
        set_spans(doc, SpanKey.ACTIONS, ((t.start, t.end, Label.ACTION, t) for t in judged))
        return doc

    def _judge(self, found: list[Task], features: Features) -> Iterator[Task]:
        assert self.weights is not None
        for task, candidate in zip(found, task_candidates(found), strict=True):
            probability = self.weights.weigh(features.describe(candidate))
            if probability >= self.keep:
                yield replace(task, confidence=probability)

    def _find(self, layout: Layout, features: Features) -> Iterator[Task]:
        assert self.weights is not None
        players = Players(layout)
        for unit in features.iter_sentences():
            probability = self.weights.weigh(features.describe(Candidate(unit.start, unit.end)))
            if probability >= self.find:
                owners = players.find(unit.start, unit.end)
                yield Task(unit.start, unit.end, owners, LEARNED, probability)


def decision_candidates(found: list[Resolution]) -> list[Candidate]:
    """Give the candidates that the rules' resolutions are."""
    return [Candidate(r.start, r.end, r.trigger, str(r.kind)) for r in found]


def task_candidates(found: list[Task]) -> list[Candidate]:
    """Give the candidates that the rules' tasks are."""
    return [Candidate(task.start, task.end, task.trigger) for task in found]
