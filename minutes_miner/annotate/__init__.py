"""Mark what a document says with a spaCy pipeline: Document → Doc with span groups."""

from __future__ import annotations

import re
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner import __version__
from minutes_miner.annotate.alignment import set_layout
from minutes_miner.annotate.patternfiles import patterns_digest
from minutes_miner.config import PIPELINE_NAME
from minutes_miner.domain.source import Document
from minutes_miner.errors import AnnotateError

__all__ = ["annotate", "load_pipeline", "pipeline_version"]

_LONG_RUN = re.compile(r"\S{2000}")
_PLAIN_TOKEN = re.compile(r"(\w+|[^\w\s]|\s)( ?)")
_KNOWN_WORDS = 50_000
"""Words with their punctuation whose tokens the tokeniser remembers; its own limit is filled by thirty documents."""
_CHECKOUT = Path(__file__).parents[2] / "models" / PIPELINE_NAME


def load_pipeline(path: Path | None = None) -> Language:
    """Load the pipeline: from a folder, or the installed one, or that of a checkout.

    Args:
        path: folder of another pipeline.

    Raises:
        AnnotateError: there is no pipeline, or it can't be loaded.
    """
    place: str | Path = path or (PIPELINE_NAME if spacy.util.is_package(PIPELINE_NAME) else _CHECKOUT)
    try:
        nlp = spacy.load(place)
    except (OSError, ValueError) as error:
        reason = f"the pipeline can't be loaded ({' '.join(str(error).split())[:120]})"
        raise AnnotateError(reason, where=str(place), advice=f"install {PIPELINE_NAME} beside minutes-miner") from None
    nlp.max_length = 50_000_000
    if hasattr(nlp.tokenizer, "max_cache_size"):
        nlp.tokenizer.max_cache_size = _KNOWN_WORDS
    return nlp


def pipeline_version(nlp: Language) -> str:
    """Name the pipeline, the code that ran it, its patterns and weights, so that records can tell what made them."""
    name = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    weights = f" / weights {nlp.meta['weights']}" if "weights" in nlp.meta else ""
    return f"{name} / minutes_miner {__version__} / patterns {patterns_digest()}{weights}"


def annotate(nlp: Language, document: Document) -> Doc:
    """Run the pipeline over a document, with the layout that its parser read.

    Args:
        nlp: the pipeline.
        document: what was parsed.

    Returns:
        A ``Doc`` whose text is ``document.text`` and whose ``spans`` hold the groups of ``vocabulary.SpanKey``.
    """
    doc = _make_doc(nlp, document.text)
    set_layout(doc, document)
    return nlp(doc)


def _make_doc(nlp: Language, text: str) -> Doc:
    """Cut a text into tokens; long runs without white space, minutes for spaCy's tokeniser, get plain ones."""
    if not _LONG_RUN.search(text):
        return nlp.make_doc(text)
    parts = [(match[1], bool(match[2])) for match in _PLAIN_TOKEN.finditer(text)]
    return Doc(nlp.vocab, words=[word for word, _ in parts], spaces=[space for _, space in parts])
