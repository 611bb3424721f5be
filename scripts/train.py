"""Train the pipeline ``en_council_minutes`` from the corpus and write it to ``models/``.

usage: python scripts/train.py [--out FOLDER]   (about a minute on one core; the same corpus gives the same weights)
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import spacy
from candidates import iter_examples, judge_records
from learning import KEEP, calibrate, fit
from make_corpus import CORPUS, ROOT, make_splits
from spacy.language import Language

from minutes_miner import __version__
from minutes_miner.config import PIPELINE_NAME
from minutes_miner.domain.vocabulary import Label

COMPONENTS = (
    *("sections", "money", "dates", "resolutions", "decision_verdicts"),
    *("actions", "action_verdicts", "owners", "votes"),
)


def make_pipeline() -> Language:
    """Build the pipeline; until it is trained, its rules alone decide."""
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(f"minutes_{name}", name=name)
    nlp.meta["name"] = PIPELINE_NAME.removeprefix("en_")
    nlp.meta["version"] = __version__
    nlp.meta["description"] = "Decisions, actions, owners, dates, sums and votes in the minutes of UK councils"
    nlp.meta["license"] = "MIT"
    nlp.meta["author"] = "The minutes_miner contributors"
    return nlp


def train(nlp: Language, splits: Path) -> None:
    """Fit the trained components of a pipeline on the split "train", calibrate them on "dev".

    Args:
        nlp: the pipeline with its rules.
        splits: folder with the splits of the corpus.
    """
    examples = list(iter_examples(splits / "train" / "gold.jsonl", nlp))
    pipes = {Label.DECISION: nlp.get_pipe("decision_verdicts"), Label.ACTION: nlp.get_pipe("action_verdicts")}
    for label, pipe in pipes.items():
        chosen = [example for example in examples if example.label is label]
        weights = fit(chosen)
        pipe.weights, pipe.keep = weights, 0.0  # type: ignore[attr-defined]
        print(f"{label.lower()}s: {len(weights.table):,} weights from {len(chosen):,} candidates")
    judged = judge_records(splits / "dev" / "gold.jsonl", nlp)
    for label, pipe in pipes.items():
        pipe.weights, pipe.keep = calibrate(pipe.weights, judged[label]), KEEP  # type: ignore[attr-defined]


def save(nlp: Language, folder: Path) -> None:
    """Write a pipeline as a package that pip installs, keeping the files that stand in its folder already."""
    nlp.to_disk(folder)
    weights = b"".join(path.read_bytes() for path in sorted(folder.glob("*/weights.json")))
    meta = folder / "meta.json"
    facts = {**json.loads(meta.read_text("utf-8")), "weights": hashlib.sha256(weights).hexdigest()[:8]}
    meta.write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "models" / PIPELINE_NAME, help="folder to write into")
    options = parser.parse_args()
    nlp = make_pipeline()
    with tempfile.TemporaryDirectory() as folder:
        make_splits(CORPUS / "councils", Path(folder))
        train(nlp, Path(folder))
    save(nlp, options.out)


if __name__ == "__main__":
    main()
