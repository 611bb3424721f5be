"""Read what was found in documents: objects of the extraction contract, from the program itself or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from minutes_miner.evaluate.annotation import STERLING, Annotation, Answer, Due, Mention, Record, Span, Value, Vote
from minutes_miner.evaluate.field import Fields, iter_lines
from minutes_miner.evaluate.likeness import count_tokens, normalise_amount


def read_answers(path: Path) -> list[Answer]:
    """Read a file of JSON Lines, one object of the extraction contract a document.

    Raises:
        ReadError: the file can't be read.
        EvaluateError: a line is no JSON object or holds values of the wrong kind.
    """
    return [_read(fields) for fields, _where in iter_lines(path)]


def read_answer(found: Mapping[str, object], where: str) -> Answer:
    """Read one object of the extraction contract; what it leaves out was not found.

    Args:
        found: the object; one with the key ``error`` stands for a document that could not be read.
        where: what it is of, for messages.

    Raises:
        EvaluateError: it holds values of the wrong kind.
    """
    return _read(Fields(dict(found), where))


def _read(fields: Fields) -> Answer:
    document = fields.find_object("document")
    return Answer(
        found=Annotation(
            decisions=tuple(_read_record(record) for record in fields.find_objects("decisions")),
            actions=tuple(_read_record(record) for record in fields.find_objects("actions")),
            money=tuple(_read_sum(money) for money in fields.find_objects("money")),
            dates=tuple(_read_date(found) for found in fields.find_objects("dates")),
            meeting_date=fields.find_text("meeting_date"),
        ),
        media_type=document.find_text("media_type") if document else None,
        error=fields.find_text("error"),
    )


def _read_record(fields: Fields) -> Record:
    mentions = tuple(_read_mention(mention) for mention in fields.find_objects("mentions"))
    text = fields.find_text("text") or ""
    alone = () if any(mention.text == text for mention in mentions) else (Mention(text),)
    vote, due = fields.find_object("vote"), fields.find_object("due")
    return Record(
        mentions=alone + mentions,
        kind=fields.find_text("kind"),
        outcome=fields.find_text("outcome"),
        vote=_read_vote(vote) if vote else None,
        owners=tuple(_read_owner(owner) for owner in fields.find_objects("owners")),
        due=_read_due(due) if due else None,
        confidence=fields.find_share("confidence"),
    )


def _read_mention(fields: Fields) -> Mention:
    start, end = fields.find_count("start"), fields.find_count("end")
    span: Span | None = None if start is None or end is None else (start, end)
    return Mention(fields.find_text("text") or "", span)


def _read_vote(fields: Fields) -> Vote:
    counts = (fields.find_count(key) for key in ("for", "against", "abstain"))
    return Vote(fields.find_text("manner"), *counts)


def _read_owner(fields: Fields) -> str:
    """Give an owner as written, with those words of the name and the post that do not stand in it."""
    owner = ""
    for part in filter(None, (fields.find_text(key) for key in ("text", "name", "role"))):
        if set(count_tokens(part)) - set(count_tokens(owner)):
            owner = f"{owner} {part}".strip()
    return owner


def _read_due(fields: Fields) -> Due:
    return Due(fields.find_text("text") or "", fields.find_text("from"), fields.find_text("to"))


def _read_sum(fields: Fields) -> Value:
    figure = fields.find_figure("amount")
    amount = normalise_amount(figure) if figure is not None else None
    return Value((amount, fields.find_text("currency") or STERLING), _read_mention(fields))


def _read_date(fields: Fields) -> Value:
    return Value((fields.find_text("from"), fields.find_text("to")), _read_mention(fields))
