"""Follow motions and amendments to the sentence that tells their outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes_miner.annotate.drafts import Draft, Drafts
from minutes_miner.annotate.outcomes import find_winner, read_outcome
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.vocabulary import Label, Outcome

_NEAR = 1200
"""Characters between a motion and a sentence such as "Lost, 3 to 4." that tells its outcome without naming it."""
_NEXT = 120
"""Characters between a motion and a sentence that calls it an amendment and can mean no other."""
_AGAIN = 40
"""Characters between the figures of a vote and the sentence that only declares the result."""


class Proposals:
    """Apply the sentences of one document that tell outcomes, in order, to the motions that wait for them."""

    def __init__(self, layout: Layout, drafts: Drafts) -> None:
        self._layout = layout
        self._text = layout.text
        self._drafts = drafts
        self._phrases = load_phrases("resolutions")
        self._put: Offsets | None = None

    def settle(self, unit: Unit, words: str, *, decides: bool) -> bool:
        """Apply a sentence that tells an outcome to the proposal it is about; tell whether it did.

        Args:
            unit: the sentence.
            words: its words.
            decides: whether it holds a decision of its own.
        """
        if not decides and self._phrases["PUT"].search(words):
            self._put = (unit.start, unit.end)
        if self._phrases["NO_SECONDER"].search(words):
            self._drop(unit)
            return True
        waiting = self._drafts.waiting(self._layout.find_item(unit.start))
        winner = find_winner(unit.words) if waiting else None
        if winner and {draft.name for draft in waiting} == {"motion", "amendment"}:
            self._divide(waiting, winner, unit)
            return not decides
        outcome = read_outcome(unit.words, waiting=bool(waiting) and self._is_near(waiting[-1], unit) and not decides)
        draft = self._find(unit, waiting) if outcome else None
        if outcome is None:
            return False
        if draft is None:
            return outcome is not Outcome.CARRIED and self._add_lost(unit, words, outcome)
        if draft.titled and outcome is Outcome.CARRIED:
            self._divide([other for other in waiting if other.titled], draft.name or "", unit)
        for clause in waiting:
            if clause.group == draft.group and clause.label is Label.MOTION:
                clause.settle(outcome, self._put, (unit.start, unit.end))
        if draft.name == "motion" and outcome is Outcome.CARRIED:
            self._let_fall(other for other in waiting if other.start > draft.start)
        self._put = None
        return True

    def _divide(self, waiting: list[Draft], winner: str, unit: Unit) -> None:
        """Settle motion and amendment by a division between them."""
        for draft in waiting:
            outcome = Outcome.CARRIED if draft.name == winner else Outcome.LOST
            draft.settle(outcome, self._put, (unit.start, unit.end))
        self._put = None

    def _let_fall(self, later: Iterable[Draft]) -> None:
        """Settle the amendments to a motion that was carried without them."""
        for draft in later:
            if draft.name == "amendment" and draft.label is Label.MOTION:
                draft.settle(Outcome.LOST)

    def settle_unopposed(self) -> None:
        """Settle the motions of which a parish's minutes say only who proposed and seconded them: they were carried.

        That holds where nothing else is proposed or decided right after them, and no word there tells of a vote or a
        doubt.
        """
        for draft in [draft for draft in self._drafts if draft.label is Label.MOTION and draft.name == "motion"]:
            end = self._find_end(draft)
            words = self._text[draft.start : end]
            if any(draft.start < other.start < end for other in self._drafts):
                continue
            if self._phrases["SECONDED"].search(words) and not self._phrases["CONTESTED"].search(words):
                draft.settle(Outcome.CARRIED)

    def _find_end(self, draft: Draft) -> int:
        """Give the end of what can tell of a draft's outcome: its paragraph and the next one of its item."""
        blocks = self._layout.blocks[draft.block : draft.block + 2]
        return max(block.end for block in blocks if self._layout.find_item(block.start) == draft.item)

    def _is_near(self, draft: Draft, unit: Unit) -> bool:
        """Tell whether a sentence stands close enough to a motion to tell its outcome without naming it."""
        return unit.start - draft.end < _NEAR and unit.start >= draft.end

    def settle_last(self, unit: Unit, words: str) -> bool:
        """Tell whether "All in favour." only says how the decision before it was carried; settle it if a motion."""
        draft = self._drafts.last
        if draft is None or draft.item != self._layout.find_item(unit.start):
            return False
        is_movers = bool(self._phrases["MOVERS_ONLY"].match(words))
        if unit.block - draft.block > (40 if is_movers else 1):
            return False
        if not is_movers and unit.block != draft.block and not unit.first:
            return False
        if draft.label is Label.MOTION and not (is_movers and read_vote(words) is None):
            draft.settle(Outcome.CARRIED, (draft.start, unit.end))
            return True
        between = self._text[max(draft.end, 0) : unit.start].strip(" \n.;,")
        return is_movers or not between or bool(self._phrases["VOTE_WORDS"].search(words))

    def _drop(self, unit: Unit) -> None:
        """Forget a proposal that found no seconder: it was never put."""
        waiting = self._drafts.waiting(self._layout.find_item(unit.start))
        draft = waiting[-1] if waiting and unit.start - waiting[-1].end < _NEXT else self._find(unit, waiting)
        for clause in [other for other in waiting if draft and other.group == draft.group]:
            self._drafts.remove(clause)

    def _add_lost(self, unit: Unit, words: str, outcome: Outcome) -> bool:
        """Keep a defeat whose proposal was not recognised, where the sentence says enough to stand alone."""
        if len(words.split()) < 6:
            return False
        for draft in self._drafts:
            if draft.outcome is outcome and draft.mentions and 0 <= unit.start - draft.mentions[-1][1] < _AGAIN:
                draft.mentions.append((unit.start, unit.end))
                return True
        self._drafts.add(unit.start, unit.end, "MOTION", unit.block).outcome = outcome
        return True

    def _find(self, unit: Unit, waiting: list[Draft]) -> Draft | None:
        """Give the proposal that a sentence is about: by its name, by the words put to the vote, or the latest."""
        named = self._phrases["MOTION_NAMED"].search(unit.words)
        titled = [draft for draft in waiting if named and draft.name == named["name"].lower()]
        if len(titled) == 1 or not waiting:
            return titled[-1] if titled else None
        if not titled and named and named["name"].lower() == "amendment" and waiting[-1].name:
            moves = self._phrases["SECONDED"].search(unit.words)
            return waiting[0] if len(waiting) == 1 and unit.start - waiting[0].end < _NEXT and not moves else None
        among = titled or waiting
        if self._put is None or len(among) == 1:
            return among[-1]
        put = _content(self._text[slice(*self._put)])
        return max(among, key=lambda draft: (len(put & _content(self._text[draft.start : draft.end])), draft.start))


def _content(words: str) -> set[str]:
    found = {word for word in re.findall(r"\w+", words.lower()) if len(word) > 3 or word.isdigit()}
    return found - {"motion", "amendment", "notice", "vote"}
