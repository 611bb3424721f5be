"""Tell what a sum of money is to a council, as far as the words around it say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

import regex

from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.rolewords import find_right_before, iter_telling
from minutes_miner.domain.finding import Offsets, Sum
from minutes_miner.domain.vocabulary import SumRole

_BEFORE = 200
"""Characters before a sum that may tell what it is."""
_AFTER = 110
_LATER = 15
"""So many characters nearer must a word after a sum be than one before it."""
_FAR = 90
_PENNY = Decimal("0.01")
_SENTENCE = regex.compile(r"(?r)(?:[.!?;]\s+(?=[A-Z(“\"'])|\n\s*\n)")
_CLAUSE_END = regex.compile(r"[.;]\s|,\s(?!\d)|\)\s|\band\b|\bbut\b")
_JOINED = regex.compile(
    r"\s*(?:,|;|and|or|to|-|–|—|/|then|, and|plus|\(|\(from|from|rather than|out of)?\s*"
    r"(?:(?:a further|another|about|some|of|and)\s)?"
)
_LISTED_ON = regex.compile(r"[\s,;•)–-]*(?:\([^()]{0,20}\))?[\s,;•–-]*[^.;:]{0,45}")
"""What stands between two sums of a list, such as ", wreath"."""
_AND_SOURCE = regex.compile(
    r",?\s(?:and\s)?(?:an?\s|the\s)?(?:\w+\s){0,2}(?:grants?|reserves?|borrowing|receipts?)\sof\s"
)
_DASHES = frozenset({"-", "–", "—", "to"})
_PLAIN = frozenset({None, SumRole.COST, SumRole.APPROVED})
"""What the words may tell beside the contract that they award."""
_APPROVED_AS = frozenset(
    {SumRole.CONTRACT, SumRole.GRANT, SumRole.BUDGET, SumRole.SAVING, SumRole.INCOME, SumRole.CHARGE}
)
"""What is rather told of a sum than that it is approved."""
_LISTED = frozenset({SumRole.PAYMENT, SumRole.TOTAL})


def name_roles(
    text: str, sums: Sequence[Sum], payments: Sequence[Offsets], title_of: Callable[[int], str | None]
) -> list[Sum]:
    """Give sums with their roles.

    The words right before a sum or right after it come first, then the nearest word that tells, then the sum that it
    is listed with, then the list of payments or the heading that it stands under.

    Args:
        text: the document's text.
        sums: in their order.
        payments: where lists of payments stand.
        title_of: gives the title of the item that an offset stands in.

    Returns:
        The same sums; a role is None where the words do not tell.
    """
    told: list[Sum] = []
    listed = _Listed(payments)
    for item, following in zip_longest(sums, sums[1:]):
        window = _Window(text, told[-1] if told else None, item, following)
        role = window.find_role(in_list=listed.holds(item.start)) or _of_title(title_of(item.start))
        told.append(replace(item, role=role))
    return list(_add_up(text, _close_ranges(text, told)))


def _of_title(title: str | None) -> SumRole | None:
    """Give what the title of an item tells of the sums in it."""
    match = load_phrases("money_roles")["TITLE"].search(Words(title)) if title else None
    return _role(match)


class _Listed:
    """Tell of one offset after another whether it stands in a list of payments."""

    def __init__(self, spans: Sequence[Offsets]) -> None:
        self._spans = iter(spans)
        self._span = next(self._spans, None)

    def holds(self, offset: int) -> bool:
        """Tell; offsets must not go back."""
        while self._span is not None and self._span[1] <= offset:
            self._span = next(self._spans, None)
        return self._span is not None and self._span[0] <= offset


class _Window:
    """Hold what stands around a sum: up to the sums beside it, and no further than its sentence begins."""

    def __init__(self, text: str, last: Sum | None, item: Sum, following: Sum | None) -> None:
        self._last = last
        start = max(0, item.start - _BEFORE)
        cut = _SENTENCE.search(text, start, item.start)
        begin = max(cut.end() if cut else start, last.end if last else 0)
        self._before = " ".join(text[begin : item.start].split()) + " "
        self._between = text[last.end : item.start] if last and last.end >= start else None
        after = text[item.end : min(len(text), item.end + _AFTER, following.start if following else len(text))]
        self._after = (" " if after[:1].isspace() else "") + " ".join(after.split())

    def find_role(self, *, in_list: bool) -> SumRole | None:
        """Give what the words tell.

        Args:
            in_list: whether the sum stands in a list of payments.
        """
        phrases = load_phrases("money_roles")
        if in_list and phrases["TOTAL"].search(self._before):
            return SumRole.TOTAL
        after = _role(phrases["AFTER"].match(self._after))
        before = find_right_before(self._before)
        if after is SumRole.RATE or (after is SumRole.APPROVED and before is SumRole.COST):
            return after
        if self._goes_on_with_part():
            return SumRole.PART
        if before in _PLAIN and phrases["AWARD"].search(self._before):
            return SumRole.CONTRACT
        if before is None and after is SumRole.APPROVED:
            near = _role(self._find_before())
            return near if near in _APPROVED_AS else after
        if before is None and self._last and self._between is not None and _JOINED.fullmatch(self._between):
            return self._last.role
        return before or after or (SumRole.PAYMENT if in_list else self._find_near())

    def _goes_on_with_part(self) -> bool:
        """Tell whether the sum is another source, as in "met from borrowing of £1.2m and a grant of £600k"."""
        is_part = self._last is not None and self._last.role is SumRole.PART
        return is_part and self._between is not None and _AND_SOURCE.fullmatch(self._between) is not None

    def _find_before(self) -> regex.Match[str] | None:
        """Give the last word before the sum that tells something."""
        return max(iter_telling(self._before), key=lambda match: match.end(), default=None)

    def _find_near(self) -> SumRole | None:
        """Give what the nearest word tells, or else the sum before, if this one goes on with its list."""
        last = self._find_before()
        found = [(len(self._before) - last.end(), last)] if last else []
        cut = _CLAUSE_END.search(self._after)
        following = next(iter_telling(self._after[: cut.start()] if cut else self._after), None)
        if following and following.lastgroup != SumRole.APPROVED:
            found.append((following.start() + _LATER, following))
        distance, match = min(found, key=lambda pair: pair[0], default=(_FAR, None))
        if match is not None and distance < (_FAR / 2 if match.lastgroup == SumRole.APPROVED else _FAR):
            return _role(match)
        goes_on = self._last is not None and self._between is not None and _LISTED_ON.fullmatch(self._between)
        return self._last.role if goes_on and self._last else None


def _role(match: regex.Match[str] | None) -> SumRole | None:
    return SumRole(match.lastgroup) if match and match.lastgroup else None


def _close_ranges(text: str, sums: Sequence[Sum]) -> Iterator[Sum]:
    """Mark the lower ends of ranges, which their upper ends stand for, and give two prices of one thing one role."""
    for item, following in zip_longest(sums, sums[1:]):
        between = text[item.end : following.start].strip() if following else ""
        if following is None or len(between) > 4 or following.currency != item.currency:
            yield item
            continue
        lead = text[max(0, item.start - 9) : item.start].rstrip().lower()
        is_range = between in _DASHES and not lead.endswith("from") or (lead.endswith("between") and between == "and")
        if is_range and item.amount < following.amount:
            yield replace(item, role=SumRole.PART)
        elif following.role is SumRole.RATE and between in {"to", "or", "and"}:
            yield replace(item, role=SumRole.RATE)
        else:
            yield item


def _add_up(text: str, sums: Iterable[Sum]) -> Iterator[Sum]:
    """Mark what other sums of a list hold already: net and VAT beside the gross sum, and totals."""
    for run in _runs(sums):
        roles = {place: item.role for place, item in enumerate(run)}
        for place in range(2, len(run)):
            first, second, third = run[place - 2 : place + 1]
            if first.amount + second.amount == third.amount and "\n" not in text[first.end : third.start].strip():
                roles[place - 2] = roles[place - 1] = SumRole.PART
        for place in range(1, len(run)):
            if roles[place] is SumRole.PAYMENT and _is_tax(text, run[place - 1], run[place]):
                roles[place] = SumRole.PART
        own = [item.amount for place, item in enumerate(run) if roles[place] is SumRole.PAYMENT]
        if len(own) > 2 and roles[len(run) - 1] is SumRole.PAYMENT and sum(own[:-1], Decimal(0)) == own[-1]:
            roles[len(run) - 1] = SumRole.TOTAL
        for place, item in enumerate(run):
            yield replace(item, role=roles[place])


def _is_tax(text: str, amount: Sum, tax: Sum) -> bool:
    """Tell whether a figure beside another is its VAT: a fifth of the net sum, a sixth of the gross one, or nothing."""
    if text[amount.end : tax.start].strip(" \t\n|£"):
        return False
    return any(abs(tax.amount - amount.amount / share) <= _PENNY for share in (5, 6)) or not tax.amount


def _runs(sums: Iterable[Sum]) -> Iterator[list[Sum]]:
    """Part the sums into runs of payments that stand close together, and single others."""
    run: list[Sum] = []
    for item in sums:
        goes_on = run and item.role in _LISTED and run[-1].role in _LISTED and item.start - run[-1].end < 200
        if run and not goes_on:
            yield run
            run = []
        run.append(item)
    if run:
        yield run
