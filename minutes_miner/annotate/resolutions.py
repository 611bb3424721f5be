"""Mark the operative clauses of decisions, motions and amendments."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_text, set_spans
from minutes_miner.annotate.kinds import classify_kind, is_procedural
from minutes_miner.annotate.phrases import Words
from minutes_miner.annotate.reader import Reader
from minutes_miner.annotate.sections import Layout, get_layout
from minutes_miner.domain.finding import Resolution
from minutes_miner.domain.vocabulary import Kind, SpanKey

_CONFIDENCE = {
    "FORMAL": 0.97,
    "CLAUSE": 0.96,
    "CHECKED": 0.95,
    "CELL": 0.9,
    "AGREED_IT": 0.93,
    "PAYMENT": 0.92,
    "SUSPENDED": 0.9,
    "THAT_BE": 0.88,
    "VERB_FIRST": 0.85,
    "AGREED_BODY": 0.85,
    "MOTION": 0.85,
    "APPOINTED": 0.8,
    "STUB": 0.75,
    "AGREED_PASSIVE": 0.75,
}
_OTHER_CONFIDENCE = 0.7
"""How sure each trigger is, by judgement: the order is meant, the figures are not measured."""
_KINDS = {"COMMENT_TAIL": "comment", "ANSWER": "comment", "APPOINTED": "appoint"}


def find_resolutions(layout: Layout, own_names: str = "") -> Iterator[Resolution]:
    """Find what a document decides.

    Args:
        layout: its text, blocks and sections.
        own_names: names of the body whose minutes these are; another body's decisions are left out.

    Yields:
        Resolutions in the order of the text, each with kind, outcome and the places that state it.
    """
    for draft in Reader(layout, own_names).read():
        words = Words(layout.text[draft.start : draft.end])
        context = Words(layout.text[draft.mentions[0][0] : draft.end]) if draft.mentions else words
        fixed = "recommend" if draft.recommends else _KINDS.get(draft.trigger)
        kind = Kind(fixed or classify_kind(Words(words[draft.focus :]) if draft.focus else words, context))
        yield Resolution(
            draft.start,
            draft.end,
            draft.label,
            kind,
            draft.outcome,
            is_procedural(words, context, kind),
            draft.trigger,
            _CONFIDENCE.get(draft.trigger, _OTHER_CONFIDENCE),
            group=draft.group,
            mentions=tuple(draft.mentions),
        )


@Language.factory("minutes_resolutions")
class Resolutions:
    """Mark what a meeting decides.

    Marks: ``doc.spans["resolutions"]``, label DECISION; ``span._.resolution`` is a ``Resolution``.
    Needs: ``minutes_sections``; ``doc._.committee`` tells the meeting's own decisions from another body's.
    Example: "RESOLVED – (a) That the report be noted." gives one span, kind note.
    Limits: decisions told without a verb of deciding are missed.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        layout = get_layout(doc)
        found = find_resolutions(layout, f"{doc._.committee or ''} {get_text(doc)[:600]}")
        set_spans(doc, SpanKey.RESOLUTIONS, ((r.start, r.end, r.label, r) for r in found))
        return doc
