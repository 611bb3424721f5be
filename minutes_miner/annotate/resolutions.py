"""Mark the operative clauses of decisions, motions and amendments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_text, set_spans
from minutes_miner.annotate.clauses import Clause, iter_clauses, split_inline
from minutes_miner.annotate.kinds import classify_kind, is_procedural
from minutes_miner.annotate.phrases import load_phrases, search
from minutes_miner.annotate.sections import Layout, Unit, get_layout
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.finding import Offsets, Resolution
from minutes_miner.domain.vocabulary import BlockRole, Kind, Label, Outcome, SpanKey

_MUTED = {
    "RECOMMENDATION",
    "OPTIONS",
    "REASON",
    "THIRD_PARTY",
    "ATTENDANCE",
    "CARRIED_ACTIONS",
    "ACTION_LIST",
    "APOLOGIES",
    "INTERESTS",
}
_STRONG = ("FORMAL", "AGREED_IT")
_CONFIDENCE = {
    "FORMAL": 0.97, "CLAUSE": 0.96, "CHECKED": 0.95, "AGREED_IT": 0.93, "PAYMENT": 0.92, "VERB_FIRST": 0.85, "THAT_BE": 0.88,
    "AGREED_BODY": 0.85, "APPOINTED": 0.8, "SUSPENDED": 0.9, "STUB": 0.75, "AGREED_PASSIVE": 0.75, "MOTION": 0.85,
}  # fmt: skip
"""Share of a trigger's findings expected to be right, read off the development set and rounded; 0.7 for the rest."""


@dataclass(slots=True)
class Draft:
    """Hold a decision or motion while the rest of its item is read."""

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
    mentions: list[Offsets] = field(default_factory=list)


class Reader:
    """Read a document from top to bottom and keep what its sentences decide.

    A sentence with a trigger makes a draft; a lead-in such as "RESOLVED –" makes one of each clause of the list after it; a proposal
    waits for the sentence that tells its outcome.
    """

    def __init__(self, layout: Layout, own_names: str) -> None:
        self.layout = layout
        self.text = layout.text
        self.phrases = load_phrases("resolutions")
        self.own_names = own_names.lower()
        self.is_paper = is_paper(layout)
        self.drafts: list[Draft] = []
        self._group = 0
        self._skip_until = 0
        self._put: Offsets | None = None
        self._focus = 0
        self._title: str | None = None

    def read(self) -> list[Draft]:
        """Give the settled drafts in order."""
        if self.is_paper:
            return []
        previous: Unit | None = None
        for unit in self.layout.iter_units():
            if unit.start < self._skip_until:
                previous = unit
                continue
            self._read_unit(unit, previous)
            previous = unit
        return [draft for draft in self.drafts if draft.label is Label.DECISION]

    def _read_unit(self, unit: Unit, previous: Unit | None) -> None:
        words = self.text[unit.start : unit.end]
        trigger = self._find_trigger(unit, words)
        if self._read_titled_motion(unit, words):
            return
        if self._read_lead(unit, words) or self._is_motion(unit, words, trigger) or self._settle(unit, words, trigger):
            return
        if self.phrases["MOVERS_ONLY"].match(words) and trigger not in _STRONG:
            trigger = "MOVERS"
        if trigger is None:
            return
        if trigger in {"STUB", "ALL_FOR", "MOVERS"} and self._is_vote_of_last(unit, words):
            return
        if trigger == "MOVERS" and read_vote(words) is None:
            return
        self._add_sentence(unit, words, trigger, previous)

    # Proposals and their outcomes

    def _read_titled_motion(self, unit: Unit, words: str) -> bool:
        """Read the words under a line that only says "Motion" or "Amendment", as Scottish councils print them."""
        title = self.phrases["MOTION_TITLE"].match(words)
        if title:
            self._title = title["name"].lower()
            return True
        name, self._title = self._title, None
        if name is None or len(words) < 20 or self.phrases["MOVERS_ONLY"].match(words):
            return False
        self._group += 1
        block = self.layout.blocks[unit.block]
        item = self.layout.find_item(unit.start)
        draft = Draft(unit.start, block.end, "MOTION", item, unit.block, self._group, Label.MOTION, name=name)
        draft.mentions.append((unit.start, block.end))
        self.drafts.append(draft)
        self._skip_until = block.end
        return True

    def _is_motion(self, unit: Unit, words: str, trigger: str | None) -> bool:
        match = self.phrases["PROPOSED"].search(words)
        if match is None or len(words) < 30 or trigger or self.phrases["PUT"].search(words):
            return False
        if re.match(r"\W*(?:proposed|moved|seconded)\b.{0,40}\b(?:second|2nd)", words, re.I) and len(words) < 110:
            return False
        end = unit.end
        if words.rstrip().endswith((":", "that", "motion", "–", "-")) or self._next_opens_quote(unit):
            end = self._quote_end(unit)
            self._skip_until = end
        self._group += 1
        draft = Draft(
            unit.start, end, "MOTION", self.layout.find_item(unit.start), unit.block, self._group, Label.MOTION
        )
        draft.mentions.append((unit.start, unit.end))
        self._settle_at_once(draft, unit, words)
        self.drafts.append(draft)
        return True

    def _settle_at_once(self, draft: Draft, unit: Unit, words: str) -> None:
        """Settle a proposal whose own sentence tells the vote: "X proposed and Y seconded approval (4 for, 1 against)."."""
        vote = read_vote(words)
        if vote is None:
            return
        lost = (vote.votes_for or 0) < (vote.votes_against or 0)
        draft.label, draft.outcome = Label.DECISION, Outcome.LOST if lost else Outcome.CARRIED
        block = self.layout.blocks[unit.block]
        if unit.start - block.body < 400:
            draft.mentions.append((block.body, unit.end))

    def _next_opens_quote(self, unit: Unit) -> bool:
        after = self.text[unit.end : unit.end + 4].strip()
        return after[:1] in {"“", '"', "‘"}

    def _quote_end(self, unit: Unit) -> int:
        """Give the end of the motion's own words: its closing quotation mark, or the list that follows."""
        opening = self.text[unit.end : unit.end + 6].strip()[:1]
        closing = {"“": "”", '"': '"', "‘": "’\n"}.get(opening)
        if closing:
            close = self.text.find(closing, unit.end + 3, unit.end + 8000)
            if close > 0:
                return close + 1
        end = unit.end
        for clause in iter_clauses(self.layout, unit.block + 1, any_paragraph=True):
            end = clause.end
        return end

    def _settle(self, unit: Unit, words: str, trigger: str | None) -> bool:
        """Apply a sentence that tells an outcome to the proposal it is about."""
        if self.phrases["PUT"].search(words) and not trigger:
            self._put = (unit.start, unit.end)
        outcome = next((made for label, made in _OUTCOMES.items() if self.phrases[label].search(words)), None)
        if self.phrases["NO_SECONDER"].search(words):
            self._drop_motion(unit)
            return True
        if outcome is None or len(words) > 320 or self._is_negated(words):
            return False
        draft = self._find_motion(unit)
        if draft is None:
            return outcome is not Outcome.CARRIED and self._add_lost(unit, words, outcome)
        if draft.name and outcome is Outcome.CARRIED:
            self._lose_others(draft, unit)
        draft.label, draft.outcome = Label.DECISION, outcome
        draft.mentions += [spot for spot in (self._put, (unit.start, unit.end)) if spot]
        self._put = None
        return True

    def _lose_others(self, carried: Draft, unit: Unit) -> None:
        """Settle the proposals that one was voted against: where the motion is carried its amendments are lost."""
        for other in self.drafts:
            if other.label is Label.MOTION and other.item == carried.item and other.name and other is not carried:
                other.label, other.outcome = Label.DECISION, Outcome.LOST
                other.mentions.append((unit.start, unit.end))

    def _drop_motion(self, unit: Unit) -> None:
        """Forget a proposal that found no seconder: it was never put."""
        draft = self._find_motion(unit)
        if draft is not None:
            self.drafts.remove(draft)

    def _is_negated(self, words: str) -> bool:
        return bool(self.phrases["EARLIER"].search(words))

    def _add_lost(self, unit: Unit, words: str, outcome: Outcome) -> bool:
        if len(words.split()) < 6:
            return False
        self._group += 1
        item = self.layout.find_item(unit.start)
        self.drafts.append(
            Draft(unit.start, unit.end, "MOTION", item, unit.block, self._group, Label.DECISION, outcome)
        )
        return True

    def _find_motion(self, unit: Unit) -> Draft | None:
        item = self.layout.find_item(unit.start)
        waiting = [draft for draft in self.drafts if draft.label is Label.MOTION and draft.item == item]
        if not waiting:
            return None
        named = self.phrases["MOTION_NAMED"].search(self.text[unit.start : unit.end])
        titled = [draft for draft in waiting if named and draft.name == named["name"].lower()]
        if titled:
            return titled[-1]
        if self._put is None or len(waiting) == 1:
            return waiting[-1]
        put = _content(self.text[slice(*self._put)])
        return max(
            waiting, key=lambda draft: (_overlap(put, _content(self.text[draft.start : draft.end])), draft.start)
        )

    # Lead-ins and their lists

    def _read_lead(self, unit: Unit, words: str) -> bool:
        asked = self.phrases["ASKED"].search(words) and words.rstrip(" -–").endswith((":", "to", "that"))
        lead = self.phrases["LEAD"].search(words)
        last_of_block = unit.end >= self.layout.blocks[unit.block].end - 2
        if not last_of_block or not (asked or lead):
            return False
        clauses = list(iter_clauses(self.layout, unit.block + 1, any_paragraph=not asked))
        if asked or (unit.topic in _MUTED and not self.phrases["FORMAL"].search(words)):
            self._skip_until = clauses[-1].end if clauses else unit.end
            return True
        if lead and (
            self.phrases["NOT"].search(words[: lead.start()]) or self.phrases["NOT_LEAD"].match(words.strip())
        ):
            return False
        if not clauses:
            return False
        if self.phrases["THINGS"].search(words) or load_phrases("clauses")["HOLDS_LIST"].search(words):
            self._add_whole(unit, clauses[-1].end)
            return True
        self._add_clauses(unit, clauses)
        return True

    def _add_clauses(self, unit: Unit, clauses: list[Clause]) -> None:
        self._group += 1
        item = self.layout.find_item(unit.start)
        for clause in clauses:
            if clause.end - clause.start > 3:
                self.drafts.append(Draft(clause.start, clause.end, "CLAUSE", item, clause.block, self._group))
        self._skip_until = clauses[-1].end

    def _add_whole(self, unit: Unit, end: int) -> None:
        """Add a lead-in as one decision whose list only tells its objects: "the following payments were approved:"."""
        self._group += 1
        item = self.layout.find_item(unit.start)
        draft = Draft(unit.start, unit.end, "FORMAL", item, unit.block, self._group, mentions=[(unit.start, end)])
        self.drafts.append(draft)
        self._skip_until = end

    # Sentences

    def _find_trigger(self, unit: Unit, words: str) -> str | None:
        """Give the name of the first trigger whose sentence really decides."""
        self._focus = 0
        for label in _TRIGGERS:
            if label not in _IN_HEADINGS and self.layout.blocks[unit.block].role is BlockRole.HEADING:
                continue
            if (unit.topic in _MUTED and label not in _STRONG) or (
                label == "UNDER_DECISION" and unit.topic != "DECISION"
            ):
                continue
            for match in search(self.phrases, label, words):
                if self._decides(label, match, words):
                    self._focus = match.start() if label in _FOCUSED else 0
                    return label
        return None

    def _decides(self, label: str, match: regex.Match[str], words: str) -> bool:
        before, after = words[: match.start()], words[match.end() :]
        verb_at = match.start() + match.group().rstrip().rfind(" ") + 1
        if label in _ENDS_IN_VERB and (self.phrases["NOT"].search(words[:verb_at]) or words.startswith("No ")):
            return False
        if self.phrases["NOT"].search(before) or self.phrases["OPINION"].match(after):
            return False
        if label in {"AGREED_PASSIVE", "CHECKED", "AGREED_BODY"} and self.phrases["REPORTED"].search(
            words[: match.end()]
        ):
            return False
        if label not in _STRONG and (
            self.phrases["EARLIER"].search(words) or self.phrases["ASKED"].search(before + match.group())
        ):
            return False
        if label in {"AGREED_BODY", "AGREED_PASSIVE", "SUPPORT"}:
            verb = match.group().split()[-1].lower()
            if verb in {"received", "requested", "instructed", "recommended"} and label == "AGREED_BODY":
                return verb == "recommended" and bool(
                    re.match(r"\s+(?:to\s+[\w ]{3,50}?\s+)?(?:that\b|approval)", after)
                )
            if self.phrases["REMARK"].search(match.group() + after[:8]) or words.rstrip().endswith("?"):
                return False
            if label == "AGREED_PASSIVE":
                agent = re.match(r"\s+by\s+(?:the\s+)?((?:[A-Z][\w’'-]+\s?)+)", after)
                return not self.phrases["NOT_BODY"].search(before) and not (agent and self._is_third_party(agent[1]))
            return not self.phrases["NOT_BODY"].search(before) and not self._is_third_party(match.group())
        if label == "COMMENT_TAIL" and (other := self.phrases["OTHER_SPEAKS"].match(words)):
            return not self._is_third_party(other["who"])
        if label == "AGREED_IT" and self.phrases["EARLIER"].search(words):
            return False
        return label != "STUB" or len(words) < 140

    def _is_third_party(self, words: str) -> bool:
        """Tell whether the body named is another than the one whose minutes these are."""
        names = re.findall(r"\b[A-Z][\w’'-]+", words)
        return any(
            name.lower() not in _GENERIC and name.lower() not in self.own_names and not self._is_own_acronym(name)
            for name in names
        )

    def _is_own_acronym(self, name: str) -> bool:
        """Tell whether "TCC" stands for the body: its first letter begins a word of the body's name, or that is not known."""
        return name.isupper() and (
            not self.own_names.strip() or bool(re.search(rf"\b{name[0].lower()}", self.own_names[:120]))
        )

    def _is_vote_of_last(self, unit: Unit, words: str) -> bool:
        """Tell whether "All in favour." only says how the decision just before it was carried."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or draft.item != self.layout.find_item(unit.start):
            return False
        is_movers = bool(self.phrases["MOVERS_ONLY"].match(words))
        if unit.block - draft.block > (40 if is_movers else 1):
            return False
        if draft.label is Label.MOTION and is_movers and read_vote(words) is None:
            return True
        if draft.label is Label.MOTION:
            draft.label = Label.DECISION
            draft.mentions.append((draft.start, unit.end))
            return True
        if is_movers:
            return True
        return not self.text[max(draft.end, 0) : unit.start].strip(" \n.;,") or bool(
            re.search(r"favour|unanimous|all agreed|^\W*(?:agreed|carried)\W*$|this was agreed", words, re.I)
        )

    def _add_sentence(self, unit: Unit, words: str, trigger: str, previous: Unit | None) -> None:
        self._group += 1
        item = self.layout.find_item(unit.start)
        block = self.layout.blocks[unit.block]
        pieces = split_inline(self.text, unit.start, block.end) if trigger in {"FORMAL", "AGREED_IT"} else []
        if pieces:
            for start, end in pieces:
                self.drafts.append(Draft(start, end, "CLAUSE", item, unit.block, self._group))
            self._skip_until = pieces[-1][1]
            return
        draft = Draft(unit.start, unit.end, trigger, item, unit.block, self._group, focus=self._focus)
        start = self._context_start(unit, words, trigger, previous)
        if start < unit.start:
            draft.mentions.append((start, unit.end))
        self.drafts.append(draft)

    def _context_start(self, unit: Unit, words: str, trigger: str, previous: Unit | None) -> int:
        """Give where the words begin that a bare answer such as "No objection." answers."""
        if trigger == "PAYMENT" or (unit.topic == "PAYMENTS" and trigger == "STUB"):
            item = (
                self.layout.sections[self.layout.find_section(unit.start)].start
                if self.layout.find_section(unit.start) >= 0
                else 0
            )
            return item if unit.end - item < 2500 else unit.start
        if trigger not in {"STUB", "COMMENT_TAIL", "ALL_FOR", "CHECKED", "DEFERRED", "MOVERS"} and len(words) > 60:
            return unit.start
        block = self.layout.blocks[unit.block]
        if not unit.first and previous is not None and previous.block == unit.block:
            is_short = unit.end - block.body < (350 if trigger == "STUB" else 700)
            return block.body if is_short else previous.start
        if unit.first and len(words) < 40:
            return self._lead_block(unit)
        return unit.start

    def _lead_block(self, unit: Unit) -> int:
        """Give the start of the block that a one-line answer stands under, in the same item."""
        start = unit.start
        for block in reversed(self.layout.blocks[max(0, unit.block - 12) : unit.block]):
            if self.layout.find_item(block.start) != self.layout.find_item(unit.start) or start - block.start > 900:
                break
            start = block.body
            if len(self.text[block.body : block.end]) > 60 and not block.cell:
                break
        return start


_TRIGGERS = (
    "FORMAL", "AGREED_IT", "PROPOSED_AGREED", "CHECKED", "PAYMENT", "APPOINTED", "AGREED_BODY", "WISHED", "VERB_FIRST", "THAT_BE", "DEFERRED", "SUSPENDED",
    "AUTHORISED", "COMMENT_TAIL", "SUPPORT", "ALL_FOR", "DECLINED", "STUB", "TAIL", "AGREED_PASSIVE", "UNDER_DECISION",
)  # fmt: skip
_IN_HEADINGS = {"FORMAL", "AGREED_IT", "COMMENT_TAIL", "DEFERRED", "PAYMENT", "PROPOSED_AGREED"}
_ENDS_IN_VERB = {"PAYMENT", "AGREED_PASSIVE", "DEFERRED"}
_KINDS = {"COMMENT_TAIL": "comment", "APPOINTED": "appoint"}
_FOCUSED = {"AGREED_BODY", "AUTHORISED", "SUSPENDED", "WISHED", "SUPPORT"}
_OUTCOMES = {"WITHDRAWN": Outcome.WITHDRAWN, "LOST": Outcome.LOST, "CARRIED": Outcome.CARRIED}
_GENERIC = set(
    """the this that all full both council committee sub-committee subcommittee cabinet panel board forum executive members member councillors
    cllrs meeting authority trustees governors commission commissioners partnership working group parish town community county city
    borough district metropolitan joint scrutiny planning overview select licensing audit finance cc pc tc lead lead-members and schools
    governance health wellbeing pension pensions strategy strategic policy resources environment highways development services education
    people place children adults corporate local area combined transport economy regeneration culture standards employment general
    purposes motion motions amendment amendments minutes minute report reports recommendation recommendations accounts payment payments
    budget precept proposal proposals policy policies following""".split()
)


def is_paper(layout: Layout) -> bool:
    """Tell whether a document only proposes: an agenda, an amendment paper, a record of a decision yet to be taken."""
    phrases = load_phrases("resolutions")
    if phrases["PROPOSED_PAPER"].search(layout.text[:1500]):
        return True
    told = any(section.topic in {"MINUTES", "DECISION"} for section in layout.sections)
    return (
        not told
        and bool(phrases["AGENDA"].search(layout.text[:600]))
        and not phrases["MINUTES_TITLE"].search(layout.text[:2000])
    )


def _content(words: str) -> set[str]:
    return {word for word in re.findall(r"\w+", words.lower()) if len(word) > 3 or word.isdigit()}


def _overlap(first: set[str], second: set[str]) -> float:
    return len(first & second) / (len(first) or 1)


def find_resolutions(layout: Layout, own_names: str = "") -> Iterator[Resolution]:
    """Find what a document decides.

    Args:
        layout: its text, blocks and sections.
        own_names: names of the body whose minutes these are; another body's decisions are left out.

    Yields:
        Resolutions in the order of the text, each with kind, outcome and the places that state it.
    """
    for draft in Reader(layout, own_names).read():
        words = layout.text[draft.start : draft.end]
        context = layout.text[draft.mentions[0][0] : draft.end] if draft.mentions else words
        fixed = _KINDS.get(draft.trigger)
        kind = Kind(fixed or classify_kind(words[draft.focus :], context))
        yield Resolution(
            draft.start,
            draft.end,
            draft.label,
            kind,
            draft.outcome,
            is_procedural(words, context, kind),
            draft.trigger,
            _CONFIDENCE.get(draft.trigger, 0.7),
            group=draft.group,
            mentions=tuple(draft.mentions),
        )


@Language.factory("minutes_resolutions")
class Resolutions:
    """Mark what a meeting decides.

    Marks: ``doc.spans["resolutions"]``, label DECISION; ``span._.resolution`` is a ``Resolution`` with kind and outcome.
    Needs: ``minutes_sections``; ``doc._.committee`` tells the meeting's own decisions from another body's.
    Example: "RESOLVED – (a) That the report be noted." gives one span, kind note.
    Limits: decisions told without a verb of deciding are missed.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        layout = get_layout(doc)
        found = find_resolutions(layout, f"{doc._.committee or ''} {get_text(doc)[:600]}")
        set_spans(doc, SpanKey.RESOLUTIONS, ((r.start, r.end, r.label, r) for r in found))
        return doc
