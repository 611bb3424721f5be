"""Answer what a CMIS installation is asked for: calendar, committees, meetings, documents, decisions."""

from __future__ import annotations

from .site import Answer, Query, State, refusal


def answer_cmis(state: State, path: str, query: Query, raw: str) -> Answer:
    """Answer one address below the installation."""
    return refusal(404)
