"""Write how a record is cited: as a sentence, for BibTeX, and as CSL-JSON."""

from __future__ import annotations

import re
from typing import Any

from minutes_miner.store.search import ActionRow, DecisionRow

_SPECIAL = {sign: f"\\{sign}" for sign in "#$%&_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
_SPECIAL["^"] = r"\textasciicircum{}"
LONGEST = 160
"""Characters of a record's words that stand in for a title."""


def cite(row: DecisionRow | ActionRow, address: str) -> str:
    """Write a citation for reading."""
    day = f"{row.meeting_date.day} {row.meeting_date:%B %Y}" if row.meeting_date else "undated"
    item = " ".join(part for part in ("item", row.item_number or "", row.item_title or "") if part)
    where = [row.authority or "Council not named", row.committee, f"minutes of {day}", item if len(item) > 4 else None]
    return f"{', '.join(part for part in where if part)}: “{_title(row)}” {address} (record {row.id})"


def cite_bibtex(row: DecisionRow | ActionRow, address: str) -> str:
    """Write an entry for BibTeX."""
    day = row.meeting_date
    fields = {
        "author": "{" + _escape(row.authority or "Council not named") + "}",
        "title": _escape(_title(row)),
        "howpublished": _escape(f"Minutes{' of ' + row.committee if row.committee else ''}"),
        "year": str(day.year) if day else None,
        "month": f"{day:%b}".lower() if day else None,
        "day": str(day.day) if day else None,
        "url": address,
        "note": f"record {row.id}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{minutes-{row.id},", *lines, "}"))


def cite_csl(row: DecisionRow | ActionRow, address: str) -> list[dict[str, Any]]:
    """Give an entry of CSL-JSON, as reference managers import it."""
    day = row.meeting_date
    entry: dict[str, Any] = {
        "id": f"minutes-{row.id}",
        "type": "report",
        "genre": "Minutes",
        "title": _title(row),
        "author": [{"literal": row.authority or "Council not named"}],
        "URL": address,
        "number": row.id,
    }
    if row.committee:
        entry["container-title"] = row.committee
    if day:
        entry["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return [entry]


def _title(row: DecisionRow | ActionRow) -> str:
    words = " ".join(row.text.split())
    return words if len(words) <= LONGEST else words[: words.rfind(" ", 0, LONGEST)] + " …"


def _escape(text: str) -> str:
    return re.sub(r"[#$%&_{}\\~^]", lambda match: _SPECIAL[match.group()], text)
