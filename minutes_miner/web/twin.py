"""Turn records into JSON, each with the names that the program's own nouns have."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from minutes_miner.store.search import RecordDetail
from minutes_miner.web.originals import public_source, public_sources


def as_json(value: Any) -> Any:
    """Turn dataclasses, days and sums into what JSON holds; sums become text, which loses no penny."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def record_twin(found: RecordDetail) -> dict[str, Any]:
    """Give all that is known of a record; of files on the server only their names are told."""
    held: dict[str, Any] = as_json(found)
    held["record"]["source"] = public_source(found.record.source)
    held["document"]["sources"] = public_sources(found.document.sources)
    held["twins"] = [{"id": twin.id, "source": public_sources([twin.source])[0]} for twin in found.twins]
    return held
