"""Tell by their titles which documents are a meeting's own minutes, and by its status whether a decision is taken."""

from __future__ import annotations

import re
from datetime import date

from minutes_miner.scrape.cmis.day import find_days

_MINUTES = re.compile(r"\bminutes?\b(?!['\u2019]s)", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:last|previous|prior|preceding|earlier)\b|\b(?:approval|confirmation|signing|adoption)\s+of\b"
    r"|\bminutes\s+(?:for\s+approval|to\s+(?:be\s+)?(?:approved?|confirm(?:ed)?|sign(?:ed)?|note))\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:agendas?|reports?|pack|appendix|appendices|annex|summons|extracts?|presentation|matters\s+arising"
    r"|action\s+(?:log|tracker|sheet)|silence|supplement(?:ary)?|schedule|template"
    r"|exempt|confidential|restricted|private)\b",
    re.IGNORECASE,
)
_NOT_EXEMPT = re.compile(r"\b(?:non|not)[\s-]+(?:exempt|confidential|restricted)\b", re.IGNORECASE)
_DRAFT = re.compile(r"\b(?:draft|unconfirmed|unapproved|provisional)\b", re.IGNORECASE)
_PROPOSED = re.compile(
    r"\b(?:proposed|forthcoming|pending|awaiting\s+decision|not\s+yet\s+(?:taken|made))\b", re.IGNORECASE
)
_BODY = re.compile(
    r"\bminutes\s+(?:of|from)\s+(?:the\s+)?"
    r"(.{3,80}?\b(?:committee|cabinet|panel|board|council|forum|group|executive))\b",
    re.IGNORECASE,
)
_LITTLE = frozenset({"the", "of", "and", "a", "meeting", "committee", "sub", "panel", "board", "held", "on"})


def is_minutes(title: str, day: date | None = None, committee: str | None = None) -> bool:
    """Tell whether a title is that of the meeting's own minutes, not of earlier ones, others' ones or an agenda.

    Args:
        title: such as ``Final Planning Minutes 16042026``.
        day: of the meeting; minutes of an earlier day lie there to be approved.
        committee: name of the body that met.
    """
    words = _NOT_EXEMPT.sub(" ", " ".join(re.sub(r"[_+]|\.\w{3,4}$", " ", title).split()))
    if not _MINUTES.search(words) or _EARLIER.search(words) or _OTHER.search(words):
        return False
    days = find_days(title)
    if day and days and max(days) < day:
        return False
    body = _BODY.search(words)
    return not (body and committee) or _is_alike(body[1], committee)


def is_draft(title: str) -> bool:
    """Tell whether a title says that the body has not approved the minutes."""
    return _DRAFT.search(title) is not None


def is_proposed(words: str) -> bool:
    """Tell whether a status says that the decision is still to be taken."""
    return _PROPOSED.search(words) is not None


def _is_alike(body: str, committee: str) -> bool:
    """Tell whether two names share a word that tells bodies apart, or have none."""
    names = [set(re.findall(r"[a-z]+", name.lower())) - _LITTLE for name in (body, committee)]
    return not all(names) or bool(names[0] & names[1])
