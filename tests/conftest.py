"""Load the pipeline once for all tests that run it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from minutes_miner.annotate import load_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as users get it."""
    return load_pipeline()
