"""Tell whom "he" or "she" means, where only one person can be meant."""

from __future__ import annotations

import re

PRONOUN = re.compile(r"(?:he|she)$", re.IGNORECASE)
_REACH = 400
"""Characters before a pronoun in which the person it stands for is looked for."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n")
_NAME = r"[A-ZÀ-Þ][\w’'-]+"
_PERSON = re.compile(
    rf"\b(?:(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Ald|Alderman|Bailie|Inspector|Sgt|PC)\.?\s+(?:{_NAME}\s?){{1,3}}"
    rf"|(?:[Tt]he\s+)?(?:{_NAME}\s+(?:(?:of|for|and)\s+)?){{0,4}}"
    r"(?:Clerk|Director|Manager|Officer|Head"
    r"|Chair(?:man|woman)?|Convener|Secretary|Treasurer|Solicitor|Engineer|Mayor|Leader)\b"
    rf"(?:\s+(?:of|for)\s+(?:{_NAME}\s?){{1,3}})?"
    rf"|{_NAME}\s{_NAME}(?=\s+(?:said|advised|reported|agreed|explained|has|had|undertook|offered|confirmed|asked))"
    r"|[A-Z]{2,3}(?=\s+(?:said|advised|reported|agreed|explained|has|had|undertook|offered|confirmed|asked|stated|is)))"
)


def find_antecedent(text: str, start: int) -> str | None:
    """Give the person named before a pronoun: the only one in its sentence, or else in the sentence before.

    Args:
        text: the document's text.
        start: where the pronoun begins.

    Returns:
        The person's words, or None where nobody is named or several are.
    """
    before = text[max(0, start - _REACH) : start]
    sentences = _SENTENCE.split(before)
    for sentence in reversed(sentences[-2:]):
        people = {" ".join(match.group().split()) for match in _PERSON.finditer(sentence)}
        if people:
            return people.pop() if len(people) == 1 else None
    return None
