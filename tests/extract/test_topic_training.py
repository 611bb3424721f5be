"""What the weights of topics are trained on, and that the same texts give the same weights."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from minutes_miner.domain.topic import load_topics
from minutes_miner.extract.topics import save_model

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "corpus" / "topics"


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """Give the script as a module."""
    pytest.importorskip("sklearn")
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import make_corpus  # noqa: F401 - found later, when the path is as it was
        import train_topics
    finally:
        sys.path.pop(0)
    return train_topics


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (TEXTS / name).read_text("utf-8").splitlines()]


def test_each_topic_has_texts_to_learn_from() -> None:
    labels = [row for row in rows("labels.jsonl") if row["split"] == "train"]
    counts: Counter[str] = Counter()
    for row in (*rows("written.jsonl"), *labels):
        counts.update(row["topics"])  # type: ignore[arg-type]
    assert set(counts) == set(load_topics())
    assert min(counts.values()) >= 20


def test_no_council_is_both_trained_on_and_scored() -> None:
    labels = rows("labels.jsonl")
    councils = {split: {row["council"] for row in labels if row["split"] == split} for split in ("train", "dev")}
    assert len(councils["train"]) > 30 and len(councils["dev"]) > 8
    assert not councils["train"] & councils["dev"]


def test_every_label_is_of_a_document_of_its_split(training: ModuleType) -> None:
    from make_corpus import find_split

    for row in rows("labels.jsonl"):
        assert row["split"] == find_split(str(row["council"]))
        assert (ROOT / "corpus" / "councils" / str(row["council"])).is_dir()


def test_training_twice_gives_the_same_bytes(training: ModuleType, tmp_path: Path) -> None:
    some = training.read_examples("train")[::6]
    for name in ("one.npz", "two.npz"):
        save_model(training.fit_words(some), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_shipped_weights_beat_a_list_of_keywords(training: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    training.evaluate(training.load_model())
    printed = capsys.readouterr().out
    scores = {
        name: [float(cell.strip("* ")) for cell in line.split("|")[3:7]]
        for line in printed.splitlines()
        for name in ("any keyword, anywhere", "any keyword of the title", "classifier")
        if line.startswith(f"| {name} |")
    }
    precision, _, f1, _ = scores["classifier"]
    assert precision > 0.8
    assert all(f1 > scores[name][2] + 0.1 for name in scores if name != "classifier")
    assert len(scores) == 3 and len(re.findall(r"^\| `", printed, re.MULTILINE)) == len(load_topics())
