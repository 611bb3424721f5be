"""Find the words that settle something in a sentence."""

from __future__ import annotations

from typing import NamedTuple

import regex

from minutes_miner.annotate.choices import load_choice
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.domain.vocabulary import BlockRole

MUTED = frozenset(
    "RECOMMENDATION OPTIONS REASON THIRD_PARTY CARRIED_ACTIONS ACTION_LIST".split()
)
"""Topics of sections in which only the plainest words decide."""
STRONG = ("FORMAL", "AGREED_IT")
_ORDER = (
    *STRONG,
    *"EARLIER_MINUTES PROPOSED_AGREED CHECKED PAYMENT APPOINTED AGREED_BODY WISHED ANSWER RULING VERB_FIRST".split(),
    *"THAT_BE DEFERRED SUSPENDED AUTHORISED COMMENT_TAIL SUPPORT RELATIVE ALL_FOR DECLINED STUB TAIL CAPITALS".split(),
    *"SHORT AGREED_PASSIVE RESULT FELL UNDER_DECISION".split(),
)
_IN_HEADINGS = frozenset(
    (*STRONG, "COMMENT_TAIL", "DEFERRED", "PAYMENT", "CAPITALS", "PROPOSED_AGREED", "EARLIER_MINUTES", "TAIL")
)
_ENDS_IN_VERB = {"PAYMENT", "AGREED_PASSIVE", "DEFERRED", "RESULT"}
_CAN_BE_REPORTED = {"AGREED_PASSIVE", "CHECKED", "AGREED_BODY", "RESULT", "RELATIVE"}
_IN_ENTRIES = {"ANSWER", "RULING"}
_OF_LISTS = {"AGREED_BODY", "AGREED_PASSIVE", "SHORT", "RESULT"}
_UNASKED = {*STRONG, "UNDER_DECISION", "TAIL"}
_TALKED = {"AGREED_BODY", "AGREED_PASSIVE", "SHORT", "ALL_FOR", "RESULT", "STUB"}
_NAMES_A_BODY = {"AGREED_BODY", "SUPPORT"}
_FOCUSED = {"AGREED_BODY", "AUTHORISED", "SUSPENDED", "WISHED", "SUPPORT", "RELATIVE"}
_AFTER_DASH = regex.compile(r"[-–—:]")
"""What parts an outcome from the title before it: "Minutes of 6 August – Agreed", but not "Complaints Received"."""
_ELECTS = {"APPOINTED", "AGREED_PASSIVE", "RESULT"}
_WEAK_VERBS = {"received", "requested", "instructed"}
_SAID = {"FORMAL", "EARLIER_MINUTES", "CHECKED", "SUPPORT", "ANSWER", "COMMENT_TAIL"}
_SETTLES = frozenset(
    "approved adopted received refused rejected deferred granted appointed elected authorised authorized delegated"
    " endorsed ratified confirmed".split()
)
"""Verbs that tell no opinion, whatever follows them."""
_LONGEST_STUB = 140


class Trigger(NamedTuple):
    """Name the pattern that decides, where its verb's clause begins in the sentence, and where the match does."""

    name: str
    focus: int
    at: int = 0


class Triggers:
    """Find triggers in the sentences of one document.

    Args:
        layout: the document.
        own_names: names of the body whose minutes these are; another body's decisions do not count.
    """

    def __init__(self, layout: Layout, own_names: str) -> None:
        self._layout = layout
        self._phrases = load_phrases("resolutions")
        self._own_names = own_names.lower()

    def find(self, unit: Unit, words: Words) -> Trigger | None:
        """Give the first trigger whose sentence really decides, or None."""
        in_heading = self._layout.blocks[unit.block].role is BlockRole.HEADING
        if self._phrases["FORM_LINE"].match(words):
            return None
        for name in load_choice("resolutions", _ORDER).find(words.clues):
            if (in_heading and name not in _IN_HEADINGS) or (unit.topic in MUTED and not self._speaks(name, unit)):
                continue
            if name == "UNDER_DECISION" and not (unit.topic == "DECISION" and self._is_told_whole(unit)):
                continue
            if name in _IN_ENTRIES and not self._is_entry(unit):
                continue
            for match in self._phrases[name].finditer(words):
                if in_heading and name == "TAIL" and not _AFTER_DASH.match(match.group()):
                    continue
                if self._decides(name, match, words) and not self._is_planners(name, match, unit):
                    return Trigger(name, match.start() if name in _FOCUSED else 0, match.start())
        return None

    def _is_told_whole(self, unit: Unit) -> bool:
        """Tell whether words under the title "Decision" are no title of an item, such as "To confirm the minutes"."""
        is_point = self._layout.blocks[unit.block].number is not None
        return is_point or unit.words.rstrip()[-1:] in ".;:," or not unit.words.startswith("To ")

    def _decides(self, name: str, match: regex.Match[str], words: str) -> bool:
        """Tell whether a match is a decision, and no plan, opinion, report or decision of another time or body."""
        before, after = words[: match.start()], words[match.end() :]
        if self._is_no_decision(name, match, words):
            return False
        if name not in _SAID and self._is_opinion(match.group(), after):
            return False
        if name == "STUB" and len(words) >= _LONGEST_STUB:
            return False
        if name == "DEFERRED" and self._phrases["MOVES"].search(before):
            return False
        if name in _ELECTS and self._phrases["ONLY_NAMED"].search(words):
            return False
        if name in _CAN_BE_REPORTED and self._phrases["REPORTED"].search(words[: match.end()]):
            return False
        if name in _TALKED and self._phrases["TALK"].match(words):
            return False
        if name in {"AGREED_BODY", "AGREED_PASSIVE", "SUPPORT", "RESULT"}:
            return self._is_own(name, match, words) and not self._phrases["NOT_BODY"].search(before)
        if name == "COMMENT_TAIL" and (other := self._phrases["OTHER_SPEAKS"].match(words)):
            return not self._is_third_party(other["who"])
        return True

    def _speaks(self, name: str, unit: Unit) -> bool:
        """Tell whether a trigger is heard in a muted part: the plainest are, and what is said of a list as a whole."""
        if name in STRONG:
            return True
        in_list = unit.topic in {"ACTION_LIST", "CARRIED_ACTIONS", "THIRD_PARTY"}
        return in_list and name in _OF_LISTS and bool(self._phrases["LIST_NOTED"].match(unit.words))

    def _is_opinion(self, said: str, after: str) -> bool:
        """Tell whether a verb such as "agreed" tells what somebody thought: "it was agreed how lucky that was"."""
        verb = said.rpartition(" ")[2]
        if (verb.isupper() and not after.startswith(" with ")) or verb.lower() in _SETTLES:
            return False
        return bool(self._phrases["OPINION"].match(after)) and not self._phrases["DESPITE"].match(after)

    def _is_entry(self, unit: Unit) -> bool:
        """Tell whether a sentence stands in the entry of an application, after its reference."""
        return self._layout.find_reference(unit) is not None

    def _is_planners(self, name: str, match: regex.Match[str], unit: Unit) -> bool:
        """Tell whether an application's entry says what the planning authority ruled: a parish only answers."""
        if name in {*STRONG, *_SAID} or not (self._is_entry(unit) or self._phrases["ENTRY"].match(unit.words)):
            return False
        answers_only = self._phrases["LOWER_TIER"].search(self._own_names)
        return bool(answers_only and self._phrases["RULED"].search(match.group()))

    def _is_no_decision(self, name: str, match: regex.Match[str], words: str) -> bool:
        """Tell whether the words around a match say that it is still to come, was earlier, or is only asked."""
        before = words[: match.start()]
        verb_at = match.start() + match.group().rstrip().rfind(" ") + 1
        if name in _ENDS_IN_VERB and (self._phrases["NOT"].search(words[:verb_at]) or words.startswith("No ")):
            return True
        if self._phrases["NOT"].search(before):
            return True
        if name != "TAIL" and self._phrases["ELSEWHERE"].search(before):
            return True
        if name != "FORMAL" and self._phrases["EARLIER"].search(words):
            return True
        return name not in _UNASKED and bool(self._phrases["ASKED"].search(before + match.group()))

    def _is_own(self, name: str, match: regex.Match[str], words: str) -> bool:
        """Tell whether a body's verb is a decision of the body whose minutes these are."""
        after = words[match.end() :]
        verb = match.group().split()[-1].lower()
        if name == "AGREED_BODY" and verb in _WEAK_VERBS:
            return False
        if name == "AGREED_BODY" and (told := self._phrases["RECOMMENDS"].search(match.group())):
            own = told["body"].lower() in self._own_names or told["body"].lower() in {"members", "councillors"}
            return own and bool(verb == "that" or self._phrases["RECOMMENDED_THAT"].match(after))
        if self._phrases["REMARK"].search(match.group() + after[:8]) or words.rstrip().endswith("?"):
            return False
        if name in _NAMES_A_BODY:
            return not self._is_third_party(match.group().replace(match.group().split()[-1], ""))
        agent = self._phrases["BY_NAME"].match(after)
        return agent is None or not self._is_third_party(agent["who"])

    def _is_third_party(self, words: str) -> bool:
        """Tell whether the body named is another than the one whose minutes these are."""
        names = regex.findall(r"\b[A-Z][\w’'-]+", words)
        return not all(self._is_own_name(name) for name in names)

    def _is_own_name(self, name: str) -> bool:
        """Tell whether a word can stand in the body's own name; "TCC" can where its T begins a word of it."""
        if self._phrases["GENERIC"].match(name) or name.lower() in self._own_names:
            return True
        if not name.isupper():
            return False
        return not self._own_names.strip() or bool(regex.search(rf"\b{name[0].lower()}", self._own_names[:120]))
