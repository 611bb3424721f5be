"""Write records as a JSON Feed, version 1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence

from minutes_miner.domain.alert import Alert
from minutes_miner.export.atom import MOST
from minutes_miner.export.notice import as_text, title_of

VERSION = "https://jsonfeed.org/version/1.1"


def as_json_feed(name: str, alerts: Sequence[Alert], *, page: str, address: str) -> bytes:
    """Give a feed.

    Args:
        name: its title.
        alerts: the newest first; only MOST of them are written.
        page: address of the page that shows the same.
        address: of the feed itself.
    """
    items = [_item(alert) for alert in alerts[:MOST]]
    feed = {"version": VERSION, "title": name, "home_page_url": page, "feed_url": address, "language": "en-GB"}
    return json.dumps(feed | {"items": items}, ensure_ascii=False).encode("utf-8", "replace")


def _item(alert: Alert) -> dict[str, object]:
    told: dict[str, object] = {"id": alert.url or alert.record_id, "title": title_of(alert)}
    told |= {"url": alert.url} if alert.url else {}
    told |= {"content_text": as_text(alert)}
    told |= {"date_modified": alert.told_at} if alert.told_at else {}
    tags = [alert.facts[name] for name in ("kind", "outcome", "status") if name in alert.facts]
    return told | ({"tags": tags} if tags else {})
