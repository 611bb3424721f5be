"""Tell pages of refusal from pages of minutes: errors, blocks, logins, and pages that hold only frames."""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes_miner.parse.webhead import PageHead

_SHORT = 1500
"""Characters; pages of refusal are shorter once their navigation is gone."""
_LONGEST = 80
"""Characters that a title or line of such a page has at most."""
_FAILED = re.compile(
    r"""(?:sorry\W+)?(?:
        (?:http\s+|server\s+)?(?:error\b[\s:-]*)?(?:40[0-9]|410|429|50[0-4])\b(?!/)
      | (?:the\s+|this\s+)?(?:requested\s+)?(?:page|file|document|resource|url)\s+(?:you\s+\w+\s+(?:\w+\s+)?)?
        (?:(?:was|is|could|can|has|does)\s*)?(?:not|n['\u2019]t|no\s+longer)\b
      | we\s+(?:can(?:no|['\u2019])t|couldn['\u2019]t|could\s+not)\s+find\b | not\s+found\b
      | access\s+(?:is\s+|has\s+been\s+|to\s+this\s+page\s+has\s+been\s+)?(?:denied|forbidden)
      | (?:403\s+)?forbidden\b | unauthori[sz]ed\b | you\s+have\s+been\s+blocked
      | (?:the\s+|your\s+)?request(?:ed\s+url)?\s+(?:is\s+|was\s+|has\s+been\s+)?(?:rejected|blocked|unsuccessful)
      | just\s+a\s+moment | attention\s+required | pardon\s+our\s+interruption | checking\s+(?:your|if\s+the\s+site)\b
      | (?:please\s+)?verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human
      | (?:please\s+|you\s+need\s+to\s+)enable\s+(?:javascript|cookies)
      | (?:the\s+)?service\s+(?:is\s+)?(?:temporarily\s+)?unavailable | bad\s+gateway | gateway\s+time-?out
      | an?\s+(?:\w+\s+)?error\s+(?:has\s+)?occurred | (?:runtime|server|internal\s+server|application)\s+error\b
      | error$ | object\s+moved | (?:your\s+)?session\s+(?:has\s+)?(?:expired|timed\s+out)
      | (?:site|website|web\s+site|scheduled|under|down\s+for)\s+maintenance)""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTS = re.compile(r"\s+[|\u2013\u2014:-]\s+")
_MINUTES = re.compile(r"\b(?:resolved|apologies|in\s+attendance|it\s+was\s+agreed)\b", re.IGNORECASE)
"""Words that minutes hold and pages of refusal do not."""


class Refusal(NamedTuple):
    """Say why a page is no document and what to do."""

    reason: str
    advice: str


def find_refusal(head: PageHead, text: str) -> Refusal | None:
    """Tell whether a page is something else than what was asked for, or None.

    Args:
        head: what the page tells outside its content.
        text: its words, without navigation.
    """
    if not text:
        frames = [address for address in head.frames if address and not address.startswith(("about:", "javascript:"))]
        if frames:
            return Refusal("the page has no words of its own, only frames", f"fetch {frames[0][:200]!r} instead")
        return Refusal("the page has no words", "fetch it again")
    if len(text) >= _SHORT or _MINUTES.search(text):
        return None
    told = [*_PARTS.split(head.title), *(head.titles.values() or text.split("\n\n", 3)[:3])]
    if any(len(words) <= _LONGEST and _FAILED.match(words.strip()) for words in told):
        return Refusal("the page is a server's error page", "fetch it again")
    if head.asks_password:
        return Refusal("the page asks for a login", "fetch it again as a user who may read it")
    return None
