"""Hold what a saved search tells: records that are new, or of which something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Alert:
    """Hold one record that a saved search found.

    Attributes:
        key: the same for the record in every version of its document.
        change: ``new``, ``changed``, or ``known`` where there is nothing to tell.
        noun: decision or action.
        record_id: of the record now.
        document_id: of its document.
        text: its words.
        authority, committee, meeting_date, item_title: where it was decided.
        facts: what may change, by name: kind, outcome, vote, sums, owners, due, status, and
            standing (draft or approved).
        details: the facts before, of those that changed.
        url: an address to open, where one is known.
        told_at: when it was last told, or is told now.
    """

    key: str
    change: str
    noun: str
    record_id: str
    document_id: str
    text: str
    authority: str | None
    committee: str | None
    meeting_date: date | None
    item_title: str | None
    facts: Mapping[str, str]
    details: Mapping[str, str]
    url: str | None = None
    told_at: str | None = None
