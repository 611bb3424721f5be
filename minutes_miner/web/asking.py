"""Hold what a reader asks for, between the address of a page and the store's filter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Protocol, Self
from urllib.parse import urlencode

from minutes_miner.errors import StoreError
from minutes_miner.store.search import DecisionFilter, Sort
from minutes_miner.store.tags import FACETS as STORE_FACETS

FACETS = tuple(facet.field for facet in STORE_FACETS)
"""What stands in the address for the facets of the store."""

SORTS = {
    Sort.RELEVANCE: "Best match",
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
    Sort.AMOUNT: "Largest sum first",
}
_SUM = re.compile(r"\s*£?\s*(\d{1,15}(?:\.\d{1,2})?)\s*(k|m|bn)?\s*", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "m": 6, "bn": 9}


class Params(Protocol):
    """Give the values of an address, as Starlette's query parameters do."""

    def get(self, key: str) -> str | None:
        """Give the last value of a name."""

    def getlist(self, key: str) -> Sequence[str]:
        """Give every value of a name."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Hold a search as its address tells it.

    Attributes:
        text: what was typed.
        facets: chosen values by facet; several of one mean either.
        since, until: days, as typed or chosen.
        least: smallest sum, as typed.
        routine: whether routine business is wanted too.
        sort: the order.
        after: token of the page before.
    """

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    least: str = ""
    routine: bool = False
    sort: Sort = Sort.RELEVANCE
    after: str = ""

    @classmethod
    def read(cls, params: Params) -> Self:
        """Read an address's parameters; an order that there is not is the usual one."""
        facets = {name: tuple(dict.fromkeys(filter(None, params.getlist(name)))) for name in FACETS}
        sort = params.get("sort") or ""
        return cls(
            text=(params.get("q") or "").strip(),
            facets={name: values for name, values in facets.items() if values},
            since=(params.get("since") or "").strip(),
            until=(params.get("until") or "").strip(),
            least=(params.get("least") or "").strip(),
            routine=bool(params.get("routine")),
            sort=Sort(sort) if sort in SORTS else Sort.RELEVANCE,
            after=params.get("after") or "",
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is asked for."""
        return self == Asking()

    def pairs(self) -> list[tuple[str, str]]:
        """Give the names and values of the address, without those that say nothing."""
        found = [("q", self.text)]
        found += [(name, value) for name in FACETS for value in self.facets.get(name, ())]
        found += [("since", self.since), ("until", self.until), ("least", self.least)]
        found += [("routine", "1" if self.routine else "")]
        found += [("sort", "" if self.sort == Sort.RELEVANCE else self.sort.value), ("after", self.after)]
        return [(name, value) for name, value in found if value]

    def address(self, path: str = "/search") -> str:
        """Give the address of this search."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def having(self, name: str, value: str) -> Asking:
        """Give the search with one more value of a facet, from its first page."""
        values = tuple(dict.fromkeys((*self.facets.get(name, ()), value)))
        return replace(self, facets={**self.facets, name: values}, after="")

    def lacking(self, name: str, value: str = "") -> Asking:
        """Give the search without a value of a facet, or without what else is called so, from its first page."""
        if name in FACETS:
            values = tuple(one for one in self.facets.get(name, ()) if one != value)
            facets = {key: held for key, held in {**self.facets, name: values}.items() if held}
            return replace(self, facets=facets, after="")
        changed = replace(self, after="")
        match name:
            case "since":
                return replace(changed, since="")
            case "until":
                return replace(changed, until="")
            case "least":
                return replace(changed, least="")
            case "routine":
                return replace(changed, routine=False)
        return changed

    def with_routine(self) -> Asking:
        """Give the search that finds routine business too, from its first page."""
        return replace(self, routine=True, after="")

    def then(self, token: str) -> Asking:
        """Give the search's next page."""
        return replace(self, after=token)

    def filter(self, limit: int) -> DecisionFilter:
        """Give what to ask the store for.

        Args:
            limit: results of a page.

        Raises:
            StoreError: a day or sum can't be understood.
        """
        conditions = [f'{name}:"{_bare(value)}"' for name in FACETS for value in self.facets.get(name, ())]
        return DecisionFilter(
            query=" ".join((*conditions, self.text)).strip() or None,
            since=read_day(self.since, "the first day"),
            until=read_day(self.until, "the last day"),
            min_amount=_read_sum(self.least),
            include_procedural=self.routine,
            limit=limit,
            sort=self.sort,
        )


def _bare(value: str) -> str:
    """Take away the signs that would end a value in quotes."""
    return re.sub(r'["\u201c\u201d\u201e\u00ab\u00bb]', " ", value).strip()


def read_day(text: str, which: str) -> date | None:
    """Read a day as people or browsers write it; None where nothing is written.

    Raises:
        StoreError: it is none.
    """
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if match and match[1]:
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match:
            return date(int(match[6]), int(match[5]), int(match[4]))
    except ValueError:
        pass
    raise StoreError(f"{which} can’t be {text[:40]!r}", advice="write 31/03/2024 or 2024-03-31")


def _read_sum(text: str) -> Decimal | None:
    if not text:
        return None
    match = _SUM.fullmatch(text.replace(",", ""))
    if match is None:
        raise StoreError(f"a sum can’t be {text[:40]!r}", advice="write 500000, 500k or £1.5m")
    return Decimal(match[1]).scaleb(_POWERS[(match[2] or "").lower()])
