"""Mark who has to carry out a task."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_findings, get_text, set_spans
from minutes_miner.domain.vocabulary import Label, SpanKey


@Language.factory("minutes_owners")
class Owners:
    """Mark the owners of tasks.

    Marks: ``doc.spans["owners"]``, label OWNER; ``span._.owner`` is the words as written.
    Needs: ``minutes_actions``.
    Example: in "Clerk to write to Highways." the owner is "Clerk".
    Limits: an owner told only in the sentence before is not found.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        spots = sorted({spot for task in get_findings(doc, SpanKey.ACTIONS) for spot in task.owners})
        set_spans(doc, SpanKey.OWNERS, ((start, end, Label.OWNER, get_text(doc)[start:end]) for start, end in spots))
        return doc
