"""Turn a mark of a chart of money into the search that finds the decisions behind it, and no others."""

from __future__ import annotations

from dataclasses import replace

from minutes_miner.domain.vocabulary import Outcome
from minutes_miner.store.fields import SPENT, drop_field, split_query
from minutes_miner.store.search import Grouping
from minutes_miner.store.totals import UNKNOWN, UNSETTLED
from minutes_miner.web.asking import Asking

_WHOLE = (Grouping.AUTHORITY, Grouping.COMMITTEE)


def drill(asking: Asking, by: Grouping | None, group: str | None, currency: str | None = None) -> Asking | None:
    """Give the search for the decisions whose sums make a total.

    Args:
        asking: what was added up.
        by: what the totals were parted by; None for all of them.
        group: which of them.
        currency: of the total, where there are several.

    Returns:
        The search; None where no condition says what is behind the total, as for what has no date.
    """
    _, conditions = split_query(asking.text)
    words, found = asking.text, asking
    if by and group and by is not Grouping.ROLE:
        if group == UNKNOWN or not _can_narrow(asking, by, group):
            return None
        value = f"={group}" if by in _WHOLE else group
        words, found = drop_field(words, by.value), replace(asking, facets={**asking.facets, by.value: (value,)})
    if by is Grouping.ROLE and conditions.roles and conditions.roles != (group,):
        return None
    if currency and conditions.currencies and conditions.currencies != (currency,):
        return None
    asked = [words, f"role:{group if by is Grouping.ROLE and group else SPENT}"]
    if currency:
        asked.append(f"currency:{currency}")
    if "kind" not in found.facets and "kind" not in conditions.wanted:
        asked += [f"-kind:{kind.value}" for kind in UNSETTLED]
    if "outcome" not in found.facets and "outcome" not in conditions.wanted:
        found = found.having("outcome", Outcome.CARRIED.value)
    return replace(found, text=" ".join(filter(None, asked)), after="")


def _can_narrow(asking: Asking, by: Grouping, group: str) -> bool:
    """Tell whether a condition on what is parted can take the place of those that are there.

    A decision has one council, one year and so on, but several topics: who asks for one topic and looks at another
    would have to ask for both.
    """
    if by is not Grouping.TOPIC:
        return True
    wanted = {*asking.facets.get(by.value, ()), *split_query(asking.text)[1].wanted.get(by.value, ())}
    return wanted <= {group}
