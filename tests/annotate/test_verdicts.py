"""Trained weights judge what the rules found; the same text always gets the same verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from minutes_miner.annotate.features import Candidate, Features
from minutes_miner.annotate.sections import get_layout
from minutes_miner.annotate.weights import Weights, load_weights, save_weights

TEXT = (
    "4. Boathouse\n\nRESOLVED – That the boathouse be leased for £1,250.\n\nClerk to write to Cllr Howson.\n\n"
    "The roof was thought to be sound."
)


@pytest.fixture
def rules() -> Language:
    """Give a pipeline whose verdicts have no weights yet."""
    nlp = spacy.blank("en")
    for name in ("sections", "resolutions", "decision_verdicts", "actions", "action_verdicts"):
        nlp.add_pipe(f"minutes_{name}", name=name)
    return nlp


def test_without_weights_the_rules_alone_decide(rules: Language) -> None:
    doc = rules(TEXT)
    assert len(doc.spans["resolutions"]) == 1 and len(doc.spans["actions"]) == 1


@pytest.mark.parametrize(("bias", "kept"), [(-9.0, 0), (2.0, 1)])
def test_what_is_improbable_goes(rules: Language, bias: float, kept: int) -> None:
    for name in ("decision_verdicts", "action_verdicts"):
        pipe = rules.get_pipe(name)
        pipe.weights, pipe.keep = Weights(bias, {}), 0.1  # type: ignore[attr-defined]
    doc = rules(TEXT)
    assert len(doc.spans["resolutions"]) == len(doc.spans["actions"]) == kept
    assert all(span._.resolution.confidence > 0.8 for span in doc.spans["resolutions"])
    assert all(span._.task.confidence > 0.8 for span in doc.spans["actions"])


def test_confidence_is_the_probability_that_the_weights_give(rules: Language) -> None:
    pipe = rules.get_pipe("decision_verdicts")
    pipe.weights = Weights(0.0, {"trigger=FORMAL": 1.0, "w:leased": 1.0})  # type: ignore[attr-defined]
    doc = rules(TEXT)
    [span] = doc.spans["resolutions"]
    assert span._.resolution.confidence == pytest.approx(0.8808, abs=1e-4)


def test_names_posts_and_figures_are_not_learned(rules: Language) -> None:
    doc = rules(TEXT)
    start = TEXT.index("Clerk")
    found = set(Features(get_layout(doc), []).describe(Candidate(start, start + 29, "TO_VERB")))
    assert {"w:rolex", "w:personx", "w:write"} <= found
    assert not any("howson" in feature or "1,250" in feature for feature in found)


def test_the_order_of_features_changes_nothing() -> None:
    table = {f"f{number}": 0.1 / (number + 1) for number in range(50)}
    weights = Weights(0.3, table)
    assert weights.weigh(table) == weights.weigh(reversed(list(table))) == weights.weigh([*table, *table])


def test_weights_are_the_same_after_saving(tmp_path: Path) -> None:
    weights = Weights(-1.25, {"w:write": 0.5, "begins:V": -0.75})
    save_weights(weights, tmp_path / "weights.json")
    assert load_weights(tmp_path / "weights.json") == weights
