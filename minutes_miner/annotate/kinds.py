"""Tell the kind of a decision from its operative verb."""

from __future__ import annotations

import re

import regex

from minutes_miner.annotate.phrases import load_phrases

_PASSIVE = re.compile(
    r"\b(?:be|stand|stands|is hereby|are hereby|was|were|be and is hereby|is|are)\s+(?:\w+ly\s+)?(?:not\s+)?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\bit\s+was\s+(?:\w+ly\s+|also\s+|further\s+|proposed\s+and\s+|then\s+)*(?:resolved|agreed|decided)|^\W*(?:and\s+)?(?:resolved|agreed)|^\W*(?:the\s+)?(?:[\w'’-]+\s+){0,6}?(?:agreed|resolved|decided|voted)(?=\s+(?:that|to)\b)|\b(?:will\s+move|moved|proposed|proposing)\b(?:\s+an?\s+amendment)?(?:\s+at\s+the\s+next\s+meeting)?(?=,?\s+(?:that|to)\b))\b"
    r"(?:\s+(?:unanimously|accordingly|[\d/.]+))*[\s:–—,-]*(?:it\s+was\s+agreed\s+)?(?:that\b|to\b)?(?:\s+it\s+be\s+(?=agreed|noted|recommended))?\s*",
    re.IGNORECASE,
)
_OWNER_TO = re.compile(r"\W*(?:the\s+)?(?!\w+ed\s)(?:[A-Z][\w.]*\s+){1,4}to\s+[a-z]")
_NOT_TO = re.compile(r"\b(?:agreed|resolved|decided|voted)\s+(?:unanimously\s+)?not\s+to\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\W*(?:to\s+|take\s+an?\s+(?:[\w-]+\s+){0,2}|offer\s+|the\s+plan\s+to\s+|go\s+with\s+the\s+plan\s+to\s+|be\s+|(?:the\s+)?(?:council|cabinet|committee|panel|board|members?|executive)\s+|formally\s+|unanimously\s+|not\s+to\s+|also\s+)+$",
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
    kind = _main_verb(phrases, words, context)
    if kind == "agree":
        return next((last for last in ("comment", "approve") if phrases[f"{last}_LAST"].search(words)), kind)
    return kind


def _main_verb(phrases: dict[str, regex.Pattern[str]], words: str, context: str) -> str:
    if phrases["comment"].search(words) and not re.match(r"\W*(?:that|resolved)", words, re.IGNORECASE):
        return "comment"
    if _NOT_TO.search(words):
        return "refuse"
    lead = _LEAD.search(words)
    if lead:
        return _after_lead(phrases, words[lead.end() :])
    found = _verbs(phrases, words)
    if not found and context:
        if phrases["comment"].search(context):
            return "comment"
        found = _verbs(phrases, context)
    if not found or _OWNER_TO.match(words):
        return "agree"
    first = [item for item in found if item[0] <= 3]
    return _strongest(min(first or [item for item in found if item[1]] or found), found)


def _after_lead(phrases: dict[str, regex.Pattern[str]], words: str) -> str:
    """Give the kind of what follows "It was agreed that" or "to": its own verb if that is in the table, else agree."""
    found = _verbs(phrases, words)
    passive = [item for item in found if item[1]]
    first = [item for item in found if item[0] <= 2 or _OBJECT.match(words[: item[0]])]
    if not passive and not first:
        return "agree"
    return _strongest(min(passive or first), found)


def _verbs(phrases: dict[str, regex.Pattern[str]], words: str) -> list[tuple[int, bool, str]]:
    """Give position, whether passive, and kind of each verb, in order."""
    found = []
    for kind, pattern in phrases.items():
        for match in pattern.finditer(words) if not kind.endswith("_LAST") else ():
            found.append((match.start(), bool(_PASSIVE.search(words[: match.start()])), kind))
    return sorted(found)


def _leads(found: list[tuple[int, bool, str]], words: str) -> bool:
    """Tell whether a verb of the table is the main one after "It was agreed that"."""
    return any(passive for _, passive, _ in found) or found[0][0] < 45


def _strongest(first: tuple[int, bool, str], found: list[tuple[int, bool, str]]) -> str:
    joined = [kind for position, _, kind in found if 0 <= position - first[0] <= 22]
    if first[2] == "note":
        return next((kind for kind in joined if kind in {"agree", "approve", "endorse", "recommend"}), "note")
    return first[2]


def is_procedural(words: str, context: str, kind: str) -> bool:
    """Tell whether a decision is routine: earlier minutes, the chair, adjournments, the order of business."""
    pattern = load_phrases("procedural")["PROCEDURAL"]
    return bool(pattern.search(words) or (len(words) < 80 and pattern.search(context)))
