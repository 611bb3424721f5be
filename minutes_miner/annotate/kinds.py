"""Tell the kind of a decision from its operative verb."""

from __future__ import annotations

import re

import regex

from minutes_miner.annotate.phrases import load_phrases

_PASSIVE = re.compile(r"\b(?:be|is hereby|are hereby|was|were|be and is hereby|is|are)\s+(?:\w+ly\s+)?(?:not\s+)?$", re.IGNORECASE)
_LEAD = re.compile(
    r"^\W*(?:(?:it was|and|upon|that|the|on the proposal of [^.]{3,80}?)\s+)*(?:unanimously\s+)?(?:also\s+)?(?:further\s+)?"
    r"(?:resolved|agreed|decided)\b(?:\s+(?:unanimously|accordingly|[\d/.]+))*[\s:–—,-]*(?:that|to)?\b",
    re.IGNORECASE,
)


def classify_kind(words: str, context: str = "") -> str:
    """Give the kind of a clause.

    The verb that follows the lead-in counts; in "That the report be noted" the passive one. Where two verbs are joined
    ("note and agree") the stronger wins. A clause without any known verb takes its kind from the context, then "agree".

    Args:
        words: the clause.
        context: the words that a bare answer such as "No objection." answers.

    Returns:
        A value of ``vocabulary.Kind``.
    """
    phrases = load_phrases("kinds")
    if phrases["comment"].search(words) and not re.match(r"\W*(?:that|resolved)", words, re.IGNORECASE):
        return "comment"
    lead = _LEAD.match(words)
    found = _verbs(phrases, words[lead.end() :] if lead else words)
    if not found and context and context != words:
        if phrases["comment"].search(context):
            return "comment"
        found = _verbs(phrases, context)
    if not found:
        return "agree" if lead or not context else "agree"
    if lead and not _leads(found, words[lead.end() :]):
        return "agree"
    return _strongest(found)


def _verbs(phrases: dict[str, regex.Pattern[str]], words: str) -> list[tuple[int, bool, str]]:
    """Give position, whether passive, and kind of each verb, in order."""
    found = []
    for kind, pattern in phrases.items():
        for match in pattern.finditer(words):
            found.append((match.start(), bool(_PASSIVE.search(words[: match.start()])), kind))
    return sorted(found)


def _leads(found: list[tuple[int, bool, str]], words: str) -> bool:
    """Tell whether a verb of the table is the main one after "It was agreed that"."""
    return any(passive for _, passive, _ in found) or found[0][0] < 45


def _strongest(found: list[tuple[int, bool, str]]) -> str:
    passive = [item for item in found if item[1]]
    first = min(passive or found)
    joined = [kind for position, _, kind in found if 0 <= position - first[0] <= 22]
    if first[2] == "note":
        return next((kind for kind in joined if kind in {"agree", "approve", "endorse", "recommend"}), "note")
    return first[2]


def is_procedural(words: str, context: str, kind: str) -> bool:
    """Tell whether a decision is routine: earlier minutes, the chair, adjournments, the order of business."""
    pattern = load_phrases("procedural")["PROCEDURAL"]
    return bool(pattern.search(words) or (len(words) < 80 and pattern.search(context)))
