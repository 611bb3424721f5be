"""Read gold files strictly: a line that lacks something is an error, never an empty document."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from minutes_miner.domain.vocabulary import Kind, Manner, Outcome
from minutes_miner.errors import EvaluateError
from minutes_miner.evaluate.annotation import (
    STERLING,
    Annotation,
    Due,
    GoldDocument,
    Mention,
    Optional,
    Record,
    Value,
    Vote,
)
from minutes_miner.evaluate.field import Fields, iter_lines
from minutes_miner.evaluate.likeness import normalise_amount


def read_gold(path: Path) -> list[GoldDocument]:
    """Read a gold file: JSON Lines, one document a line.

    Args:
        path: the file; the documents it names are looked for beside it.

    Raises:
        ReadError: the file can't be read.
        EvaluateError: it names no document, one twice, or a line lacks something; the message tells line and place.
    """
    documents: list[GoldDocument] = []
    lines: dict[str, str] = {}
    for fields, where in iter_lines(path):
        document = _read_document(fields, path.parent)
        if document.id in lines:
            raise EvaluateError(f"the id {document.id!r} stands already in {lines[document.id]}", where=where)
        lines[document.id] = where
        documents.append(document)
    if not documents:
        raise EvaluateError("the file names no document", where=str(path), advice="write one JSON object a line")
    return documents


def _read_document(fields: Fields, folder: Path) -> GoldDocument:
    optional = fields.find_object("optional")
    return GoldDocument(
        id=fields.get_text("id"),
        path=folder / fields.get_text("file"),
        wanted=Annotation(
            decisions=tuple(_read_decision(decision) for decision in fields.get_objects("decisions")),
            actions=tuple(_read_action(action) for action in fields.get_objects("actions")),
            money=tuple(_read_sum(money) for money in fields.get_objects("money")),
            dates=tuple(_read_date(found) for found in fields.get_objects("dates")),
            meeting_date=fields.find_day("meeting_date"),
        ),
        optional=_read_optional(optional) if optional else Optional(),
        authority=fields.find_text("authority"),
        committee=fields.find_text("committee"),
        layout=fields.find_text("layout"),
    )


def _read_optional(fields: Fields) -> Optional:
    return Optional(
        decisions=fields.find_texts("decisions"),
        actions=fields.find_texts("actions"),
        money=fields.find_texts("money"),
        dates=fields.find_texts("dates"),
    )


def _read_decision(fields: Fields) -> Record:
    vote = fields.find_object("vote")
    return Record(
        mentions=_read_quotes(fields),
        kind=fields.get_term("kind", Kind),
        outcome=fields.get_term("outcome", Outcome),
        vote=_read_vote(vote) if vote else None,
    )


def _read_vote(fields: Fields) -> Vote:
    counts = (fields.find_count(key) for key in ("for", "against", "abstain"))
    return Vote(fields.find_term("manner", Manner), *counts)


def _read_action(fields: Fields) -> Record:
    due = fields.find_object("due")
    return Record(
        mentions=_read_quotes(fields),
        owners=fields.find_texts("owners"),
        due=_read_due(due) if due else None,
    )


def _read_due(fields: Fields) -> Due:
    return Due(fields.get_text("quote"), fields.find_day("from"), fields.find_day("to"))


def _read_sum(fields: Fields) -> Value:
    figure = fields.find_figure("amount")
    amount = normalise_amount(figure) if figure is not None else None
    if amount is None or not Decimal(amount).is_finite():
        fields.fail("amount", "a number such as 1250.00")
    return Value((amount, fields.find_text("currency") or STERLING), Mention(fields.get_text("quote")))


def _read_date(fields: Fields) -> Value:
    return Value((fields.get_day("from"), fields.get_day("to")), Mention(fields.get_text("quote")))


def _read_quotes(fields: Fields) -> tuple[Mention, ...]:
    return tuple(Mention(quote) for quote in fields.get_texts("quotes"))
