"""Write what a saved search tells as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from minutes_miner.domain.alert import Alert


def title_of(alert: Alert) -> str:
    """Give one line: where it was decided, and of an alert on a change that it is one."""
    where = ", ".join(str(part) for part in (alert.authority, alert.committee, alert.meeting_date) if part)
    what = f"{alert.noun} ({alert.facts.get('kind') or alert.facts.get('status', '')})"
    return f"{'Changed' if alert.change == 'changed' else 'New'} {what}: {where or 'unknown meeting'}"


def as_text(alert: Alert) -> str:
    """Give an alert as a few lines for reading: what changed, where, the words, and where to look."""
    lines = [title_of(alert)]
    lines += [f"  {name}: {before or 'none'} -> {alert.facts.get(name, 'none')}" for name, before in _changes(alert)]
    lines += [f"  item: {alert.item_title}"] if alert.item_title else []
    lines += [f"  {' '.join(alert.text.split())}"]
    facts = (f"{name}: {alert.facts[name]}" for name in ("owners", "due", "sums") if name in alert.facts)
    about = "; ".join(facts)
    lines += [f"  {about}"] if about else []
    return "\n".join([*lines, f"  {alert.record_id} {alert.url or ''}".rstrip()])


def as_texts(name: str, alerts: Sequence[Alert]) -> str:
    """Give all that a saved search tells, under its name."""
    return "\n\n".join([f"{name}: {count_words(alerts)}", *map(as_text, alerts)]) + "\n"


def count_words(alerts: Sequence[Alert]) -> str:
    """Say how many are new and how many changed."""
    changed = sum(alert.change == "changed" for alert in alerts)
    return f"{len(alerts) - changed:,} new, {changed:,} changed"


def as_json(name: str, alerts: Sequence[Alert]) -> str:
    """Give all that a saved search tells as one line of JSON."""
    rows = []
    for alert in alerts:
        day = alert.meeting_date.isoformat() if alert.meeting_date else None
        rows.append({**asdict(alert), "meeting_date": day, "facts": dict(alert.facts), "details": dict(alert.details)})
    return json.dumps({"watch": name, "alerts": rows}, ensure_ascii=False) + "\n"


def _changes(alert: Alert) -> list[tuple[str, str]]:
    return list(alert.details.items()) if alert.change == "changed" else []
