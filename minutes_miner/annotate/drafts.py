"""Hold decisions and motions while their item is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_miner.annotate.sections import Layout
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.vocabulary import Label, Outcome


@dataclass(slots=True)
class Draft:
    """Hold a decision or motion until its outcome is known.

    Attributes:
        start, end: its words.
        trigger: name of the pattern that found it.
        item: index of its agenda item.
        block: index of its block.
        group: the same for all clauses of one lead-in.
        label: MOTION until a sentence settles it.
        focus: where in its words the deciding verb stands.
        name: "motion" or "amendment".
        titled: whether a line above it says which, as Scottish councils print a motion and what is put against it.
        recommends: whether its lead-in says that it only recommends.
    """

    start: int
    end: int
    trigger: str
    item: int
    block: int
    group: int
    label: Label = Label.DECISION
    outcome: Outcome = Outcome.CARRIED
    focus: int = 0
    name: str | None = None
    titled: bool = False
    recommends: bool = False
    mentions: list[Offsets] = field(default_factory=list)

    def settle(self, outcome: Outcome, *mentions: Offsets | None) -> None:
        """Make a motion a decision, told in further places."""
        self.label, self.outcome = Label.DECISION, outcome
        self.mentions += [spot for spot in mentions if spot]

    def settle_if(self, outcome: Outcome | None) -> None:
        """Make a motion a decision where its own words tell the outcome."""
        if outcome:
            self.settle(outcome)


class Drafts:
    """Keep the drafts of a document in order."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._all: list[Draft] = []
        self._group = 0

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._all)

    @property
    def last(self) -> Draft | None:
        """Give the newest draft."""
        return self._all[-1] if self._all else None

    def add(self, start: int, end: int, trigger: str, block: int, *, same_group: bool = False) -> Draft:
        """Add a draft; ``same_group`` where it shares its lead-in with the one before."""
        self._group += not same_group
        draft = Draft(start, end, trigger, self._layout.find_item(start), block, self._group)
        self._all.append(draft)
        return draft

    def remove(self, draft: Draft) -> None:
        """Forget a draft."""
        self._all.remove(draft)

    def waiting(self, item: int) -> list[Draft]:
        """Give the motions of an agenda item whose outcome is not known."""
        return [draft for draft in self._all if draft.label is Label.MOTION and draft.item == item]
