"""Compose what is mined of a meeting or a notice, and judge how far it could be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bs4 import BeautifulSoup

from minutes_miner.domain.gathering import Composition, Obstacle, Occasion, Paper, Response, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.moderngov.answer import open_file, open_html, open_xml
from minutes_miner.scrape.moderngov.asking import DECISION, ITEM_PAGE, MEETING, MEETING_PAGE, PRINTED, VOTES, Asking
from minutes_miner.scrape.moderngov.joining import join_texts, join_votes
from minutes_miner.scrape.moderngov.matching import ItemWords, list_items, match_votes
from minutes_miner.scrape.moderngov.meetingpage import MeetingPage
from minutes_miner.scrape.moderngov.pagecalls import open_meeting_page
from minutes_miner.scrape.moderngov.paper import write_minutes
from minutes_miner.scrape.moderngov.record import MeetingRecord, read_record
from minutes_miner.scrape.moderngov.register import drop_status
from minutes_miner.scrape.moderngov.registercalls import open_decision
from minutes_miner.scrape.moderngov.votes import RecordedVote, read_votes

_NAMES = {
    MEETING: "GetMeeting", MEETING_PAGE: "meeting page", ITEM_PAGE: "item page", VOTES: "recorded votes",
    PRINTED: "printed document", DECISION: "decision page",
}  # fmt: skip
_NOTICE_RANK = 2


class Gathered(NamedTuple):
    """Hold what could be read of a meeting's answers, with the obstacles that stood before the others."""

    record: tuple[Response, MeetingRecord] | None
    page: tuple[Response, BeautifulSoup, MeetingPage] | None
    printed: list[Response]
    items: list[tuple[Response, BeautifulSoup]]
    votes: list[tuple[Response, BeautifulSoup]]
    obstacles: list[tuple[Response, Obstacle]]


def compose_meeting(occasion: Occasion, responses: Sequence[Response], asking: Asking) -> Composition:
    """Make the paper of a meeting: from the service's record, or its page, or its printed minutes."""
    got = _gather(responses)
    if got.record and got.record[1].told:
        return _compose_record(occasion, got, asking)
    if got.page and got.page[2].told:
        return _compose_page(occasion, got)
    if got.printed:
        return _finish(occasion, None, got, "", is_draft=bool(got.page and got.page[2].is_draft))
    return _tell_nothing(occasion, got)


def compose_notice(occasion: Occasion, responses: Sequence[Response]) -> Composition:
    """Take the page of a decision, without the register's note on its state."""
    for response in responses:
        if response.request.page == DECISION:
            opened = open_decision(response)
            if isinstance(opened, Obstacle):
                return Composition(coverage=opened.state, evidence=f"decision page: {opened.reason}")
            page, told = opened
            if not told.is_taken:
                return Composition(coverage=Coverage.AGENDA_ONLY, evidence="decision page: announced, not taken")
            url, body = response.request.url, page.encode("utf-8") if drop_status(page) else None
            paper = Paper(url, (url,), body, rank=_NOTICE_RANK, title=told.title or None)
            return Composition((paper,), Coverage.APPROVED, "decision page: taken")
    return Composition(evidence="listed, its page not asked for")


def _gather(responses: Sequence[Response]) -> Gathered:
    got = Gathered(None, None, [], [], [], [])
    for response in responses:
        kind = response.request.page
        opened = _OPENERS[kind](response) if kind in _OPENERS else None
        if isinstance(opened, Obstacle):
            got.obstacles.append((response, opened))
        elif isinstance(opened, MeetingRecord):
            got = got._replace(record=(response, opened))
        elif isinstance(opened, tuple):
            got = got._replace(page=(response, *opened))
        elif isinstance(opened, BeautifulSoup):
            {ITEM_PAGE: got.items, VOTES: got.votes}[kind].append((response, opened))
        elif kind == PRINTED:
            got.printed.append(response)
    return got


def _compose_record(occasion: Occasion, got: Gathered, asking: Asking) -> Composition:
    assert got.record is not None
    response, record = got.record
    committee, day = occasion.committee_name or record.committee, record.day or occasion.day
    items = [ItemWords(item.key, item.title, item.decision + item.minutes) for item in record.items]
    votes = match_votes(_read_ballots(got), committee, items)
    is_draft = (
        record.has_minutes is False or "draft" in record.status.lower() or bool(got.page and got.page[2].is_draft)
    )
    title = _choose_title(record, is_draft=is_draft)
    body = write_minutes(record, committee, day, title=title, votes=votes)
    made_from = (response.request.url, *(answer.request.url for answer, _ in got.votes if votes))
    url = occasion.url or asking.meeting_url(record.key, occasion.committee or "")
    evidence = f"GetMeeting: {len(record.items)} items, {len(record.told)} with minutes"
    return _finish(occasion, Paper(url, made_from, body), got, evidence, is_draft=is_draft)


def _compose_page(occasion: Occasion, got: Gathered) -> Composition:
    """Take a page as it came, or with whole texts and votes put in."""
    assert got.page is not None
    response, page, told = got.page
    wholes = {answer.request.fact("item") or "": whole for answer, whole in got.items}
    left = join_texts(page, wholes)
    votes = match_votes(_read_ballots(got), occasion.committee_name or "", list_items(page))
    join_votes(page, votes)
    evidence = f"meeting page: {told.items} items, {told.told} parts of minutes"
    evidence += f", {len(left)} shortened" if left else ""
    url = response.request.url
    changed = bool(votes) or len(left) < len(told.shortened)
    made_from = (url, *(answer.request.url for answer, _ in (*got.items, *got.votes))) if changed else (url,)
    paper = Paper(url, made_from, page.encode("utf-8") if changed else None)
    return _finish(occasion, paper, got, evidence, is_draft=told.is_draft)


def _finish(occasion: Occasion, paper: Paper | None, got: Gathered, evidence: str, *, is_draft: bool) -> Composition:
    """Put what is printed behind the paper, where there is one, and tell what could not be read."""
    papers = [paper] if paper else []
    for response in got.printed:
        kind = response.request.fact("kind") or "minutes"
        title = " - ".join(filter(None, (f"Printed {kind}", occasion.committee_name)))
        rank = len(papers) + (kind != "minutes")
        papers.append(Paper(response.request.url, (response.request.url,), rank=rank, title=title))
        is_draft = is_draft or bool(response.request.fact("draft"))
    told = [evidence, *(f"printed {one.request.fact('kind')}: {len(one.body)} bytes" for one in got.printed)]
    told += [_tell(response, obstacle) for response, obstacle in got.obstacles]
    coverage = Coverage.DRAFT if is_draft else Coverage.APPROVED
    return Composition(tuple(papers), coverage, "; ".join(filter(None, told)))


def _tell_nothing(occasion: Occasion, got: Gathered) -> Composition:
    """Say why there is nothing to mine: nothing there yet, or nothing that could be read."""
    troubles = "; ".join(_tell(response, obstacle) for response, obstacle in got.obstacles)
    record, page = got.record[1] if got.record else None, got.page[2] if got.page else None
    if occasion.standing is Standing.CANCELLED:
        return Composition(coverage=Coverage.EMPTY, evidence="; ".join(filter(None, ("cancelled", troubles))))
    promised = bool(record and (record.has_minutes or record.has_decisions)) or bool(page and page.printed)
    if promised or (got.obstacles and not (record or page)):
        state = got.obstacles[-1][1].state if got.obstacles else Coverage.FAILED
        return Composition(coverage=state, evidence=troubles or "minutes are said to be published, and are nowhere")
    items = len(record.items) if record else page.items if page else 0
    if items or (record and record.has_agenda):
        name = _NAMES[MEETING if record else MEETING_PAGE]
        return Composition(coverage=Coverage.AGENDA_ONLY, evidence=f"{name}: {items} items, none with minutes")
    return Composition(evidence="no agenda and no minutes" if record or page else "listed, nothing asked for")


def _choose_title(record: MeetingRecord, *, is_draft: bool) -> str:
    if not any(item.minutes for item in record.items):
        return "Decisions"
    return "Draft minutes" if is_draft else "Minutes"


def _read_ballots(got: Gathered) -> list[tuple[str | None, RecordedVote]]:
    """Give the votes that were read, each with the item that its page was asked for."""
    return [(answer.request.fact("item"), vote) for answer, page in got.votes for vote in read_votes(page)]


def _open_record(response: Response) -> MeetingRecord | Obstacle:
    root = open_xml(response)
    if isinstance(root, Obstacle):
        return root
    record = read_record(root)
    if record is None or record.key != response.request.fact("meeting"):
        return Obstacle(Coverage.FAILED, "the record of another meeting, or none")
    return record


def _tell(response: Response, obstacle: Obstacle) -> str:
    return f"{_NAMES.get(response.request.page, response.request.page)}: {obstacle.reason}"


_OPENERS = {
    MEETING: _open_record, MEETING_PAGE: open_meeting_page, PRINTED: open_file, ITEM_PAGE: open_html, VOTES: open_html,
}  # fmt: skip
