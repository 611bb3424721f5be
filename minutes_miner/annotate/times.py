"""Find expressions that name a time: one rule of ``patterns/times.jsonl`` a form."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_miner.annotate.anchor import MONTHS, Anchor
from minutes_miner.annotate.bare_times import BARE_READERS
from minutes_miner.annotate.choices import load_choice
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.readings import READERS, Match
from minutes_miner.annotate.runs import Run, find_runs
from minutes_miner.annotate.years import settle_years
from minutes_miner.domain.finding import Time

_READERS = READERS | BARE_READERS
_WITHOUT_YEAR = {"LISTED_BARE", "BARE_DAY", "BARE_DAY_LAST", "BARE_MONTH"}


def find_times(text: str, anchor: Anchor) -> list[Time]:
    """Find every expression that names a time, each mention, in order.

    Day and month without a year are those nearest to the anchor; what can't be resolved is left out.

    Args:
        text: any text.
        anchor: what relative expressions rest on.

    Returns:
        Times that do not overlap; the rule that stands first in the grammar wins.
    """
    found: list[tuple[Time, bool]] = []
    taken = bytearray(len(text))
    for run in find_runs(text):
        for rule, match in _iter_matches(text, run):
            start, end = match.span()
            if any(taken[start:end]) or _is_excluded(text, match):
                continue
            reading = _READERS[rule](match, anchor)
            if reading:
                taken[start:end] = b"\x01" * (end - start)
                end -= match.group().endswith(".")
                found.append((Time(start, end, *reading), rule in _WITHOUT_YEAR))
    return settle_years(text, sorted(found, key=lambda item: item[0].start), anchor)


def _iter_matches(text: str, run: Run) -> Iterator[tuple[str, Match]]:
    """Give what each rule matches in a run, the rules in the grammar's order."""
    phrases = load_phrases("times")
    for rule in load_choice("times").find(run.clues):
        for match in phrases[rule].finditer(text, run.start, run.end, clues=run.clues):
            yield rule, match


def _is_excluded(text: str, match: Match) -> bool:
    """Tell whether what reads as a time is none: a year of an Act, the verb "may", a street's name."""
    phrases = load_phrases("dates")
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 30]
    words = match.group().rstrip(".")
    parts = match.groupdict()
    if words.lower() in {"jan", "april", "may", "june"} and phrases["A_PERSON_BEFORE"].search(before):
        return True
    if words.lower() in {"jan", "april", "may", "june"} and phrases["A_PERSON_AFTER"].match(after):
        return not phrases["OF_A_MONTH_BEFORE"].search(before)
    if parts.get("m") and not parts.get("d") and phrases["AFTER_A_DAY"].search(before):
        return True
    if words.isdigit() and len(words) == 4:
        return bool(phrases["NOT_A_YEAR_BEFORE"].search(before) or phrases["NOT_A_YEAR_AFTER"].match(after))
    if words.lower() in {"may", "march", "jan"}:
        return not (phrases["MONTH_BEFORE"].search(before) or phrases["MONTH_AFTER"].match(after))
    if words.lower() in MONTHS and phrases["A_NAME_AFTER"].match(after):
        return True
    if not (words[0].isdigit() and "." in words):
        return False
    return bool(phrases["NOT_A_DATE_AFTER"].match(after) or phrases["NOT_A_DATE_BEFORE"].search(before))
