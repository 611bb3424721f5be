"""Read from a sentence what came of the motions put before it."""

from __future__ import annotations

from minutes_miner.annotate.phrases import Phrase, Words, load_phrases
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Manner, Outcome

_TOLD = {"WITHDRAWN": Outcome.WITHDRAWN, "LOST": Outcome.LOST, "CARRIED": Outcome.CARRIED}
_LONGEST_RESULT = 320


def read_outcome(words: Words, *, waiting: bool) -> Outcome | None:
    """Give the outcome that a sentence tells.

    Args:
        words: the sentence.
        waiting: whether a motion waits for its outcome, so that "Lost, 3 to 4." or "2 for, 5 against." tells it.

    Returns:
        The outcome, or None where the sentence tells none, or that of an earlier meeting.
    """
    phrases = load_phrases("resolutions")
    if len(words) > _LONGEST_RESULT or phrases["EARLIER"].search(words):
        return None
    told = next((made for name, made in _TOLD.items() if phrases[name].search(words)), None)
    if told or not waiting:
        return told
    told = next((made for name, made in _TOLD.items() if _is_told(phrases, f"{name}_IT", words)), None)
    vote = None if told or load_phrases("votes")["ELECTION"].search(words) else read_vote(words)
    return told or (_read_figures(vote, words) if vote and vote.bare else None)


def _is_told(phrases: dict[str, Phrase], name: str, words: Words) -> bool:
    """Tell whether a sentence tells an outcome itself, and not what somebody said; who withdraws may say so."""
    match = phrases[name].search(words)
    if match is None:
        return False
    return name == "WITHDRAWN_IT" or not phrases["REPORTED"].search(words[: match.start()])


def read_settled(words: Words) -> Outcome | None:
    """Give the outcome that the sentence of a motion tells itself: "X moved and Y seconded it (4 for, 1 against)."."""
    phrases = load_phrases("resolutions")
    for name, made in (("WITHDRAWN_HERE", Outcome.WITHDRAWN), ("LOST_HERE", Outcome.LOST)):
        if phrases[name].search(words):
            return made
    vote = read_vote(words)
    if vote is None:
        return None
    fell = vote.outcome or (not vote.unsided and (vote.votes_for or 0) < (vote.votes_against or 0))
    return Outcome.LOST if fell else Outcome.CARRIED


def _read_figures(vote: Vote, words: str) -> Outcome | None:
    """Give the outcome that a vote's figures tell; a tie tells none."""
    if vote.outcome:
        return vote.outcome
    if vote.manner is Manner.CASTING_VOTE:
        return Outcome.CARRIED if load_phrases("votes")["CAST_FOR"].search(words) else None
    if vote.manner is not Manner.COUNTED:
        return None
    against = 0 if vote.votes_against is None and vote.abstentions else vote.votes_against
    if vote.votes_for is None or against is None or vote.votes_for == against:
        return None
    return Outcome.CARRIED if vote.unsided or vote.votes_for > against else Outcome.LOST


def find_winner(words: Words) -> str | None:
    """Give "motion" or "amendment", whichever a division between the two carried; None where it tells none."""
    match = load_phrases("votes")["RIVAL"].search(words)
    vote = read_vote(words) if match else None
    if match is None or vote is None or vote.votes_for is None or vote.votes_against is None:
        return None
    said = match.group().lower()
    if vote.votes_for == vote.votes_against or not ("motion" in said and "amendment" in said):
        return None
    first, second = ("motion", "amendment") if said.find("motion") < said.find("amendment") else ("amendment", "motion")
    return first if vote.votes_for > vote.votes_against else second
