"""Load the spaCy pipeline ``en_council_minutes``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path


def load(**overrides: Any) -> Language:
    """Load the pipeline from this package; ``spacy.load("en_council_minutes")`` calls this."""
    return load_model_from_path(Path(__file__).parent, **overrides)
