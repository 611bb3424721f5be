"""Decide when an address is to be asked for again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from minutes_miner.domain.gathering import Obstacle, Request
from minutes_miner.domain.vocabulary import Coverage

SETTLED = timedelta(days=92)
"""A meeting's pages are taken for final so long after it: by then most bodies have approved their minutes."""

RELISTED = timedelta(days=30)
"""Lists of times that are settled are asked for again after so long: papers are published late and withdrawn."""

_UNSETTLED = timedelta(days=1)
_AGAIN = {
    Coverage.FAILED: timedelta(hours=1),
    Coverage.BLOCKED: timedelta(days=1),
    Coverage.REFUSED: timedelta(days=7),
}


def next_visit(request: Request, obstacle: Obstacle | None, now: datetime) -> datetime | None:
    """Give the moment from which a run asks for an address again.

    Args:
        request: what was asked for.
        obstacle: why it could not be read, if so.
        now: when it was answered.

    Returns:
        ``now`` itself where the next run is to ask; None for never.
    """
    if obstacle is not None:
        return now if request.is_list else now + _AGAIN[obstacle.state]
    is_settled = request.day is not None and _is_past(request.day, now.date())
    if request.is_list:
        return now + RELISTED if is_settled else now
    return None if is_settled or request.day is None else now + _UNSETTLED


def _is_past(day: date, today: date) -> bool:
    return day + SETTLED < today
