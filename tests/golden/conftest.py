"""Let the tests import the scripts, and run the pipeline over the samples once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from minutes_miner.domain.record import Extraction

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples"

sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture(scope="session")
def extractions() -> dict[str, Extraction]:
    """Everything found in each sample, by the document's name without its suffix."""
    from minutes_miner.annotate import load_pipeline
    from minutes_miner.evaluate import read_gold
    from minutes_miner.workflow import extract_file

    nlp = load_pipeline()
    return {gold.id: extract_file(gold.path, nlp=nlp) for gold in read_gold(SAMPLES / "gold.jsonl")}
