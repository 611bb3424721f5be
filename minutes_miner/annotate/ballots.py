"""Read recorded votes: each side's figure and the names of those who voted on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.tally import read_count
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Ballot, Manner

_LONGEST_SIDE = 4000
_LONGEST_LAST = 3000
_TITLE = re.compile(
    r"^(?:the\s+)?(?:councillors?|cllrs?|cmhlr|members?|mr|mrs|ms|miss|dr|sir|alderman|aldermen)\b\.?\s*", re.IGNORECASE
)
_FIGURE = re.compile(r"\W*(\d{1,3})\b")
_FIGURE_LAST = re.compile(r"(?:\(\s*|–\s*|-\s*|\s)(\d{1,3})\s*\)?[\s.;,]*$")
_OTHER_SIDE = re.compile(r"against|abst|not\s+vot|declined\s+to|amendment", re.IGNORECASE)
"""What every recorded vote holds: a side that is not for it, or two sides for rivals."""
_NOBODY = re.compile(r"\W*(?:none|nil|no|nobody)\b", re.IGNORECASE)
_LOWER_WORDS = re.compile(
    r"\b(?!and\b|the\b|van\b|de\b|ap\b|ab\b|ferch\b|chair\w*\b|convener\b|provost\b|mayor\b)[a-z]{2,}\b"
)


def find_ballots(text: str) -> Iterator[Vote]:
    """Find recorded votes: a side, its names or figure, and the same for the other sides."""
    if not _OTHER_SIDE.search(text):
        return
    sides = list(load_phrases("votes")["SIDE"].finditer(text))
    index = 0
    while index < len(sides):
        group = [sides[index]]
        while index + 1 < len(sides) and _goes_on(group, sides[index + 1]):
            index += 1
            group.append(sides[index])
        index += 1
        if len(group) > 1:
            yield from _read_sides(text, group)


def _goes_on(group: list[regex.Match[str]], side: regex.Match[str]) -> bool:
    """Tell whether a side is another one of the same vote."""
    if side.start() - group[-1].end() >= _LONGEST_SIDE:
        return False
    return _ballot(side, group[0]) not in {_ballot(match, group[0]) for match in group}


def _ballot(side: regex.Match[str], first: regex.Match[str]) -> Ballot:
    """Give the ballot of a side; where one is for the motion and the other for the amendment, the second is against."""
    words, opening = side["side"].lower(), first["side"].lower()
    if words.startswith(("abst", "did not", "not ", "declin")):
        return Ballot.ABSTAIN
    if "against" in words:
        return Ballot.AGAINST
    rivals = {"motion", "amendment"} & set(words.split()) and {"motion", "amendment"} & set(opening.split())
    return Ballot.AGAINST if rivals and words.split()[-1] != opening.split()[-1] else Ballot.FOR


def _read_sides(text: str, group: list[regex.Match[str]]) -> Iterator[Vote]:
    stops = [match.start() for match in group[1:]] + [min(len(text), group[-1].end() + _LONGEST_LAST)]
    counts: dict[Ballot, int | None] = {}
    named: list[tuple[str, str]] = []
    end = group[-1].end()
    for match, stop in zip(group, stops, strict=True):
        side = _ballot(match, group[0])
        body, end, count = _read_body(text, match, stop, last=match is group[-1])
        if not text[: match.start()].endswith("\n") and match.start() and _is_prose(body):
            return
        names = [] if _FIGURE.match(body) else list(split_names(body, count))
        counts[side] = count if count is not None else (len(names) or (0 if _NOBODY.match(body) else None))
        named += [(name, side) for name in names]
    if all(value is None for value in counts.values()):
        return
    if Ballot.ABSTAIN not in counts:
        counts |= _read_abstentions(text[group[-1].end() : end + 60])
    unsided = "against" not in " ".join(match["side"].lower() for match in group) and Ballot.AGAINST in counts
    yield Vote(
        group[0].start(),
        end,
        Manner.NAMED if named else Manner.COUNTED,
        counts.get(Ballot.FOR),
        counts.get(Ballot.AGAINST),
        counts.get(Ballot.ABSTAIN),
        tuple(named),
        at=group[0].start(),
        bare=True,
        unsided=unsided,
    )


def _read_body(text: str, match: regex.Match[str], stop: int, *, last: bool) -> tuple[str, int, int | None]:
    """Give the words of a side, where they end, and the side's figure before, among or after them."""
    phrases = load_phrases("votes")
    blank = text.find("\n\n", match.end(), stop)
    if last and blank > 0 and _FIGURE_LAST.search(text[match.end() : blank]):
        stop = blank
    close = phrases["SIDE_END"].search(text, match.end(), stop)
    end = close.end() if close else stop
    if last and not close:
        end = _paragraph_end(text, match.end())
    if last and (full := phrases["NAMES_END"].search(text, match.end(), end)):
        close, end = None, full.start() + 1
    body = text[match.end() : close.start() if close else end]
    after = close["count"] if close and close.groupdict().get("count") else None
    figure = _FIGURE.match(body) or _FIGURE_LAST.search(body)
    count = match["count"] or after or (figure[1] if figure else None)
    if match["count"] and int(match["count"]) == 0:  # what follows is the next thing and no name
        return "", match.end(), 0
    return body, end, int(count) if count else None


def _is_prose(body: str) -> bool:
    """Tell whether the words after a side are a sentence and no list of names."""
    return len(_LOWER_WORDS.findall(_NOBODY.sub("", body))) > 2


def _read_abstentions(after: str) -> dict[Ballot, int | None]:
    """Read the abstentions that the next words tell, or that there were none."""
    match = load_phrases("votes")["ABSTAIN"].search(Words(after))
    if match:
        return {Ballot.ABSTAIN: read_count(match["n"])}
    return {Ballot.ABSTAIN: 0} if re.search(r"\bThere were no abstentions", after) else {}


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start + 2)
    return end if end > 0 else len(text)


def split_names(body: str, count: int | None) -> Iterator[str]:
    """Split a list of voters into names, joining what ", MBE" or "(J)" cut off.

    Args:
        body: the list as written.
        count: how many it says that it holds, where it does.
    """
    body = re.sub(r",\s*(?=(?:MBE|OBE|CBE|JP|QC|KC)\b)", " ", body.replace("\n", " "))
    body = _FIGURE_LAST.sub("", body)
    parts = re.split(r",|;|\band\b|&", body)
    if len(parts) == 1 and count and len(body.split()) == count:
        parts = body.split()
    for part in parts:
        name = _TITLE.sub("", " ".join(part.split()).strip(" .:*-–")).strip()
        begins = re.match(r"(?:[A-ZÀ-Þ]|de |van |[Tt]he [A-Z])", name) and not _NOBODY.fullmatch(name)
        if begins and len(name) < 60 and len(name.split()) <= 6:
            yield name
