"""Tell the kind of a decision from its operative verb."""

from __future__ import annotations

import re

from minutes_miner.annotate.phrases import Phrase, Words, load_phrases

Verb = tuple[int, bool, str]
"""Position, whether passive, and kind."""
_JOINED = re.compile(r"\w+\s*(?:,|and|&|/)?\s*(?:and\s+)?(?:\w+ly\s+)?")


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


def _main_verb(phrases: dict[str, Phrase], words: str, context: str) -> str:
    if phrases["comment"].search(words) and not re.match(r"\W*(?:that|resolved)", words, re.IGNORECASE):
        return "comment"
    if load_phrases("verbs")["NOT_TO"].search(words):
        return "refuse"
    lead = load_phrases("verbs")["LEAD"].search(words)
    if lead:
        return _after_lead(phrases, Words(words[lead.end() :]))
    found = _verbs(phrases, words)
    if not found and context:
        if phrases["comment"].search(context):
            return "comment"
        found = _verbs(phrases, context)
    if not found or load_phrases("verbs")["OWNER_TO"].match(words):
        return "agree"
    first = [item for item in found if item[0] <= 3]
    return _strongest(min(first or [item for item in found if item[1]] or found), found, words)


def _after_lead(phrases: dict[str, Phrase], words: str) -> str:
    """Give the kind of what follows "It was agreed that" or "to": its own verb if that is in the table, else agree."""
    found = _verbs(phrases, words)
    passive = [item for item in found if item[1]]
    first = [item for item in found if item[0] <= 2 or load_phrases("verbs")["OBJECT"].match(words[: item[0]])]
    if not passive and not first:
        return "agree"
    return _strongest(min(passive or first), found, words)


def _verbs(phrases: dict[str, Phrase], words: str) -> list[Verb]:
    """Give position, whether passive, and kind of each verb, in order."""
    found = []
    for kind, pattern in phrases.items():
        for match in pattern.finditer(words) if not kind.endswith("_LAST") else ():
            found.append((match.start(), bool(load_phrases("verbs")["PASSIVE"].search(words[: match.start()])), kind))
    return sorted(found)


def _strongest(first: Verb, found: list[Verb], words: str) -> str:
    """Give the kind of a verb, or of a stronger one that is joined to it: "note and agree"."""
    if first[2] != "note":
        return first[2]
    joined = (verb for verb in found if verb[0] > first[0] and _JOINED.fullmatch(words[first[0] : verb[0]]))
    return next((verb[2] for verb in joined if verb[2] in {"agree", "approve", "recommend"}), "note")


def is_procedural(words: str, context: str, kind: str) -> bool:
    """Tell whether a decision is routine: earlier minutes, the chair, adjournments, the order of business."""
    pattern = load_phrases("procedural")["PROCEDURAL"]
    return bool(pattern.search(words) or (len(words) < 80 and pattern.search(context)))
