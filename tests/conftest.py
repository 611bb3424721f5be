"""Load the pipeline once for all tests that run it, and mine once for all that look at what was mined."""

from __future__ import annotations

import pytest
from hypothesis import settings
from spacy.language import Language

from minutes_miner.annotate import load_pipeline

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def mined(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Mine a few invented minutes, hostile ones among them, for the web application; the database's address."""
    from served import mine_papers

    return mine_papers(tmp_path_factory.mktemp("mined"))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Plant payloads in every field of a database; its address."""
    from planted import plant

    return plant(tmp_path_factory.mktemp("planted"))


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as users get it."""
    return load_pipeline()
