"""Follow motions and amendments to the sentence that tells their outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes_miner.annotate.ballots import find_ballots
from minutes_miner.annotate.clauses import iter_clauses
from minutes_miner.annotate.drafts import Draft, Drafts
from minutes_miner.annotate.outcomes import find_winner, read_outcome, read_settled
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.rollcalls import find_rollcalls
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.finding import Offsets, Vote
from minutes_miner.domain.vocabulary import BlockRole, Label, Outcome

_QUOTES = {"“": "”", '"': '"', "‘": "’\n"}
_RIVALS = ("motion", "amendment")
_SIDE = 40
"""Characters at the start of a recorded vote that name its first side."""
_BESIDE = 200
"""Characters between a recorded vote and the words of the decision that it settled."""
_LONGEST_OPENING = 6
"""Characters after a sentence within which a quotation can open."""
_LONGEST_LEAD = 160
_LONGEST_QUOTE = 8000
_NEAR_HEAD = 400
_SHORTEST = 15
_NEAR = 1200
"""Characters between a motion and a sentence such as "Lost, 3 to 4." that tells its outcome without naming it."""
_NEXT = 120
"""Characters between a motion and a sentence that calls it an amendment and can mean no other."""
_AGAIN = 40
"""Characters between the figures of a vote and the sentence that only declares the result."""


class Proposals:
    """Read proposals and their outcomes in the sentences of one document, in order."""

    def __init__(self, layout: Layout, drafts: Drafts) -> None:
        self._layout = layout
        self._text = layout.text
        self._drafts = drafts
        self._phrases = load_phrases("resolutions")
        self._put: Offsets | None = None
        self._title: str | None = None

    def read_titled(self, unit: Unit, words: str) -> int | None:
        """Read the words under a line that only says "Motion" or "Amendment", as Scottish councils print them.

        Returns:
            The offset up to which the text is read, or None where the sentence is neither.
        """
        title = self._phrases["MOTION_TITLE"].match(words)
        if title and not self._layout.blocks[unit.block].number:
            self._title = title["name"].lower()
            return unit.end
        name, self._title = self._title, None
        if name is None or len(words) < 20 or self._phrases["MOVERS_ONLY"].match(words):
            return None
        end = self._layout.blocks[unit.block].end
        if self._phrases["NO_SECONDER"].search(self._text, unit.start, end):
            return end
        if self._find_clauses(unit, words):
            return self.read_motion(unit, words)
        draft = self._drafts.add(unit.start, end, "MOTION", unit.block)
        draft.label, draft.name, draft.titled = Label.MOTION, name, True
        draft.mentions.append((unit.start, end))
        return end

    def read_motion(self, unit: Unit, words: str) -> int | None:
        """Read a sentence that proposes something, with the quotation or list that holds the motion's words.

        Returns:
            The offset up to which the text is read, or None where the sentence proposes nothing.
        """
        phrases = self._phrases
        in_heading = self._layout.blocks[unit.block].role is BlockRole.HEADING
        if in_heading and phrases["ONLY_NOTICE"].match(words):
            return None
        if len(words) < _SHORTEST or not phrases["PROPOSED"].search(words) or phrases["PUT"].search(words):
            return None
        clauses = self._find_clauses(unit, words)
        if len(words) < 110 and phrases["ONLY_MOVERS"].match(words) and not clauses:
            return None
        if phrases["NO_SECONDER"].search(words):
            return unit.end
        name = "amendment" if phrases["AMENDS"].search(words) else "motion"
        end = clauses[-1][1] if clauses else unit.end
        if not clauses and (words.rstrip().endswith((":", "that", "motion", "–", "-")) or self._opening(unit)):
            end = self._quote_end(unit)
        for index, (start, stop) in enumerate(clauses or [(unit.start, end)]):
            draft = self._drafts.add(start, stop, "MOTION", unit.block, same_group=index > 0)
            draft.label, draft.name = Label.MOTION, name
            if clauses:
                draft.settle_if(read_settled(Words(self._text[start:stop])))
            else:
                draft.mentions.append((unit.start, unit.end))
                self._settle_at_once(draft, unit)
        return max(end, self._find_close(unit) or end)

    def read_moved(self, unit: Unit, words: str, previous: Unit | None) -> bool:
        """Read "Moved by Cllr Denny, seconded by Cllr Pryce." after the motion's words in quotation marks."""
        if previous is None or not self._phrases["QUOTED_MOTION"].match(previous.words) or read_vote(words):
            return False
        draft = self._drafts.add(previous.start, previous.end, "MOTION", previous.block)
        draft.label, draft.name = Label.MOTION, "motion"
        draft.mentions.append((previous.start, unit.end))
        return True

    def _find_clauses(self, unit: Unit, words: str) -> list[Offsets]:
        """Give the clauses of a motion that stands as a list under its movers, each to be decided.

        What it notes and believes before it resolves is none; a list with one lead-in after another is read to the
        closing quotation mark.
        """
        if not words.rstrip(" \"“‘”’").endswith((":", ",", "-", "–")) or unit.end < self._layout.blocks[unit.block].end - 2:
            return []
        stop = self._find_close(unit)
        found: list[Offsets] = []
        at, lead = unit.block + 1, words
        while at < len(self._layout.blocks):
            block = self._layout.blocks[at]
            own = self._text[block.start : block.end]
            if block.number is None and not (own.rstrip().endswith(":") and len(own) < _LONGEST_LEAD):
                break
            if stop and block.start >= stop:
                break
            if block.number is None:
                lead, at = own, at + 1
                continue
            clauses = list(iter_clauses(self._layout, at, any_paragraph=False))
            if not clauses:
                break
            if not self._phrases["PREAMBLE"].search(lead):
                found += [(clause.start, min(clause.end, stop or clause.end)) for clause in clauses]
            at = max(at, clauses[-1].block) + 1
            while at < len(self._layout.blocks) and self._layout.blocks[at].end <= clauses[-1].end:
                at += 1
            if not stop:
                break
        return found if len(found) > 1 else []

    def _find_close(self, unit: Unit) -> int | None:
        """Give where the motion's closing quotation mark stands, if one opens in or right after a sentence."""
        opened = self._phrases["OPENED"].search(self._text, unit.start, unit.end + _LONGEST_OPENING)
        close = self._text.find(_QUOTES[opened["mark"]], opened.end(), opened.end() + _LONGEST_QUOTE) if opened else -1
        return close + 1 if close > 0 else None

    def _settle_at_once(self, draft: Draft, unit: Unit) -> None:
        """Settle a proposal whose own sentence tells the vote: "X proposed and Y seconded it (4 for, 1 against)."."""
        outcome = read_settled(unit.words)
        if outcome is None:
            return
        body = self._layout.blocks[unit.block].body
        draft.settle(outcome, (body, unit.end) if unit.start - body < _NEAR_HEAD else None)

    def _opening(self, unit: Unit) -> str | None:
        """Give the quotation mark that opens right after a sentence."""
        mark = self._text[unit.end : unit.end + 6].strip()[:1]
        return mark if mark in _QUOTES else None

    def _quote_end(self, unit: Unit) -> int:
        """Give the end of the motion's own words: its closing quotation mark, or the list that follows."""
        opening = self._opening(unit)
        if opening:
            close = self._text.find(_QUOTES[opening], unit.end + 3, unit.end + _LONGEST_QUOTE)
            if close > 0:
                return close + 1
        clauses = list(iter_clauses(self._layout, unit.block + 1, any_paragraph=True))
        return clauses[-1].end if clauses else unit.end

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

    def settle_recorded(self) -> None:
        """Settle by recorded votes the proposals whose outcome no sentence tells."""
        if not any(draft.label is Label.MOTION for draft in self._drafts):
            return
        for vote in sorted([*find_rollcalls(self._layout), *find_ballots(self._text)], key=lambda vote: vote.start):
            item = self._layout.find_item(vote.start)
            waiting = [draft for draft in self._drafts.waiting(item) if draft.end <= vote.start]
            outcomes = self._read_recorded(vote, waiting)
            settled = [draft for draft in self._drafts if draft.label is Label.DECISION and draft.item == item]
            told = bool(settled)
            if any(_is_told_of(vote, draft) for draft in settled):
                continue
            for draft in waiting:
                outcome = outcomes.get(draft.name)
                # Where the item has a resolution, that is what was carried, and the motion would be told twice.
                if outcome and not (told and outcome is Outcome.CARRIED):
                    draft.settle(outcome)

    def drop_repeats(self) -> None:
        """Forget the clauses of a lost amendment that the resolution has as well: it fell for what else it said."""
        carried = {
            (draft.item, self._plain(draft))
            for draft in self._drafts
            if draft.label is Label.DECISION and draft.outcome is Outcome.CARRIED
        }
        for draft in list(self._drafts):
            lost = draft.label is Label.DECISION and draft.outcome is not Outcome.CARRIED
            if lost and draft.name == "amendment" and (draft.item, self._plain(draft)) in carried:
                self._drafts.remove(draft)

    def _plain(self, draft: Draft) -> str:
        return " ".join(re.findall(r"\w+", self._text[draft.start : draft.end].lower()))

    def _read_recorded(self, vote: Vote, waiting: list[Draft]) -> dict[str | None, Outcome]:
        """Give the outcome that a recorded vote tells of the motion, of the amendment, or of both; nothing of a tie."""
        if not waiting or not vote.votes_for or not vote.votes_against or vote.votes_for == vote.votes_against:
            return {}
        is_first = vote.votes_for > vote.votes_against
        if vote.unsided:
            rivals = _RIVALS if "motion" in self._text[vote.start : vote.start + _SIDE].lower() else _RIVALS[::-1]
            won, fell = rivals if is_first else rivals[::-1]
            return {won: Outcome.CARRIED, fell: Outcome.LOST} if len({draft.name for draft in waiting}) == 2 else {}
        last = waiting[-1]
        waiting[:] = [draft for draft in waiting if draft.group == last.group]
        between = self._text[last.end : vote.start].lower()
        if last.name != "amendment" and "amend" in between:
            return {}
        return {last.name: Outcome.CARRIED if is_first else Outcome.LOST}

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
            return waiting[0] if len(waiting) == 1 and unit.start - waiting[0].end < _NEXT else None
        among = titled or waiting
        if self._put is None or len(among) == 1:
            return among[-1]
        put = _content(self._text[slice(*self._put)])
        return max(among, key=lambda draft: (len(put & _content(self._text[draft.start : draft.end])), draft.start))


def _is_told_of(vote: Vote, draft: Draft) -> bool:
    """Tell whether a recorded vote stands beside what a decision is already told in, so that it is that decision's."""
    spots = [(draft.start, draft.end), *draft.mentions]
    return any(vote.start - _BESIDE < end and start < vote.end + _BESIDE for start, end in spots)


def _content(words: str) -> set[str]:
    found = {word for word in re.findall(r"\w+", words.lower()) if len(word) > 3 or word.isdigit()}
    return found - {"motion", "amendment", "notice", "vote"}
