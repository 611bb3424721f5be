"""Tell the kind of a decision from its operative verb."""

from __future__ import annotations

import re

from minutes_miner.annotate.phrases import Phrase, Words, load_phrases

Verb = tuple[int, bool, str]
"""Position, whether passive, and kind."""
_LAST = ("comment", "approve", "appoint", "request", "defer", "recommend")
_BROKEN = re.compile(r"(?<=[a-z])-\s+(?=[a-z])")
_LATER = re.compile(r"[^.;]{0,120}\band\s+(?:also\s+|to\s+|\w+ly\s+)?")
_SIGNS = " \n\"'“”‘’–—-:,.*()"
_STRONG = {"agree", "approve", "recommend"}
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
    words, context = _mend(words), _mend(context)
    kind = _main_verb(phrases, words, context)
    if kind == "agree":
        kind = next((last for last in _LAST if phrases[f"{last}_LAST"].search(words)), kind)
    if kind == "agree" and load_phrases("verbs")["BARE"].match(words):
        return _kind_of_motion(phrases, context)
    return kind


def _kind_of_motion(phrases: dict[str, Phrase], context: str) -> str:
    """Give the kind of what a bare "Agreed." agrees to: payments are approved, a motion is what it would do."""
    if phrases["approve_BARE"].search(context):
        return "approve"
    moved = load_phrases("verbs")["MOVED"].search(context)
    return _after_lead(phrases, Words(context[moved.end() :]), clause=True) if moved else "agree"


def _mend(words: str) -> str:
    """Join words that the end of a line broke: "appro- ved"."""
    return Words(_BROKEN.sub("", words)) if "-" in words else words


def _main_verb(phrases: dict[str, Phrase], words: str, context: str) -> str:
    verbs = load_phrases("verbs")
    lead = verbs["LEAD"].search(words)
    body = Words(words[lead.end() :]) if lead else words
    if _is_answer(phrases, words, body, context):
        return "comment"
    if phrases["defer_FIRST"].match(body):
        return "defer"
    if verbs["NOT_TO"].search(words) or verbs["NOT"].match(body):
        return "refuse"
    if lead:
        return _after_lead(phrases, body, clause=words[: lead.end()].rstrip().lower().endswith(("that", "to")))
    found = _verbs(phrases, words)
    if not found and context and context != words:
        return _main_verb(phrases, context, "")
    if not found or verbs["OWNER_TO"].match(words):
        return "agree"
    first = [item for item in found if item[0] <= 3 or verbs["OBJECT"].match(words[: item[0]])]
    return _strongest(min(first or [item for item in found if item[1]] or found), found, words)


def _is_answer(phrases: dict[str, Phrase], words: str, body: str, context: str) -> bool:
    """Tell whether a body that is consulted answers: "No objection", "to support 24/00112/FUL"."""
    if phrases["comment_FIRST"].match(body):
        return True
    if load_phrases("verbs")["ORDERS"].match(body):
        return False
    if phrases["comment_SUPPORT"].match(body) and phrases["comment_REF"].search(context or words):
        return True
    return bool(phrases["comment"].search(words)) and not re.match(r"\W*(?:that|resolved)", words, re.IGNORECASE)


def _after_lead(phrases: dict[str, Phrase], words: str, *, clause: bool) -> str:
    """Give the kind of what follows a lead-in: its own verb if that is in the table, else agree.

    Args:
        phrases: of kinds.
        words: what follows.
        clause: whether it is a clause, after "It was agreed that" or "to", and not words such as "Minutes approved".
    """
    if load_phrases("verbs")["OWNER_TO"].match(words):
        return "agree"
    found = _verbs(phrases, words)
    passive = [item for item in found if item[1]]
    subject = load_phrases("verbs")["OBJECT"]
    first = [item for item in found if not words[: item[0]].strip(_SIGNS) or subject.match(words[: item[0]])]
    told = first or passive or ([] if clause else found)
    return _strongest(min(told), found, words) if told else "agree"


def _verbs(phrases: dict[str, Phrase], words: str) -> list[Verb]:
    """Give position, whether passive, and kind of each verb, in order."""
    found = []
    was = load_phrases("verbs")["PASSIVE"]
    for kind, pattern in phrases.items():
        for match in pattern.finditer(words) if "_" not in kind else ():
            passive = " be " in match.group() or bool(was.search(words[: match.start()]))
            found.append((match.start(), passive, kind))
    return sorted(found)


def _strongest(first: Verb, found: list[Verb], words: str) -> str:
    """Give the kind of a verb, or of a stronger one that is joined to it: "note and agree"."""
    if first[2] != "note":
        return first[2]
    for position, _, kind in found:
        between = words[first[0] : position]
        if position <= first[0] or kind not in _STRONG:
            continue
        named = kind != "agree" or words[position : position + 5].lower() == "agree"
        if _JOINED.fullmatch(between) or (named and not first[1] and _LATER.fullmatch(between)):
            return kind
    return "note"


def is_procedural(words: str, context: str, kind: str) -> bool:
    """Tell whether a decision is routine: earlier minutes, the chair, adjournments, the order of business."""
    pattern = load_phrases("procedural")["PROCEDURAL"]
    return bool(pattern.search(words) or (len(words) < 80 and pattern.search(context)))
