"""Plant payloads in every field of every record of a database, as a hostile paper or site would."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from minutes_miner.domain.record import (
    Action,
    Attendance,
    DateRange,
    Decision,
    Evidence,
    Extraction,
    Interest,
    MoneyAmount,
    NamedVote,
    Party,
    TopicScore,
    VoteEvent,
)
from minutes_miner.domain.resolution import resolve, scope_of
from minutes_miner.domain.source import Document, DocumentRef, Notice, Page
from minutes_miner.domain.vocabulary import (
    Ballot,
    Kind,
    Manner,
    Outcome,
    Precision,
    Presence,
    Status,
    SumRole,
    WarningCode,
)
from minutes_miner.store import Store, open_store
from minutes_miner.store.gathertables import authorities, occasions
from minutes_miner.store.naming import open_naming
from minutes_miner.workflow import mine

PIPELINE = "planted"
FILE_NAME = """7 "><img src=x onerror=alert(1)> {{ 1337*1337 }} %0d%0aX-Injected.txt"""
COUNCIL = "Ashvale Town Council"
"""Has a member for each payload, whose names are resolved."""

MINED = 4
"""One payload of so many stands in the paper that is mined; all are saved."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Hold what somebody plants.

    Attributes:
        kind: what it tries.
        text: its characters; of the kind ``encoded`` as they stand in an address.
    """

    kind: str
    text: str


def load_payloads() -> list[Payload]:
    """Read the corpus."""
    lines = (Path(__file__).parent / "web" / "payloads.jsonl").read_text("utf-8").splitlines()
    return [Payload(held["kind"], held["payload"]) for held in map(json.loads, lines)]


def plant(folder: Path) -> str:
    """Mine a paper of payloads, and save each payload in every field of a meeting; the database's address."""
    payloads = load_payloads()
    (folder / FILE_NAME).write_text(write_paper(payloads[::MINED]), "utf-8", "replace")
    url = f"sqlite:///{folder / 'planted.db'}"
    assert not mine([folder / FILE_NAME], url, jobs=0).failed
    with open_store(url) as store:
        found = [build_meeting(payload.text, number) for number, payload in enumerate(payloads)]
        store.save_files([[one] for one in found], pipeline=PIPELINE)
        store.save(gather_meeting(payloads), pipeline=PIPELINE)
        plant_coverage(store, payloads)
        with open_naming(store, scope_of(COUNCIL)) as naming:
            names = naming.read()
            naming.save(resolve(names.scope, names.papers, council=names.authority))
    return url


def write_paper(payloads: list[Payload]) -> str:
    """Write minutes as a clerk would who copies what people sent."""
    lines = ["Vexley Parish Council", "Minutes of the Finance Committee held on 12 March 2024", ""]
    for number, payload in enumerate(payloads, 1):
        words = " ".join(payload.text.split()) or "nothing"
        lines += [f"{number}. Letter of {words}", f"RESOLVED that £{number} be granted to {words} by 30 June 2024.", ""]
    return "\n".join(lines)


def build_meeting(words: str, number: int) -> Extraction:
    """Build a meeting whose council, body, items, people, sources and so on are all called by the same words."""
    text = f"{words}\n\nMinutes\n\n{words}\n\n{words}\n"
    there = [Evidence(start, start + len(words), words, 1) for start in _starts(words)]
    due = DateRange(there[1], date(2024, 6, 1), date(2024, 6, 1 + number % 28), Precision.DAY)
    party = Party(words, name=words, role=words)
    ids = [hashlib.sha256(f"{noun}{number}".encode()).hexdigest()[:16] for noun in ("decision", "action")]
    item = {"item_number": words[:12], "item_title": words}
    decision = Decision(
        ids[0],
        words,
        (there[1], there[2]),
        Kind.APPROVE,
        Outcome.CARRIED,
        procedural=False,
        confidence=0.9,
        decision_maker=words,
        vote=VoteEvent(Manner.NAMED, 1, 1, None, (NamedVote(words, Ballot.FOR), NamedVote("B. Quill", Ballot.AGAINST))),
        mover=party,
        seconder=party,
        reason=words,
        alternatives=words,
        call_in=words,
        portfolio_holder=words,
        owners=(party,),
        due=due,
        money=(MoneyAmount(there[1], Decimal(1_000 + number), "GBP", SumRole.GRANT),),
        topics=(TopicScore(words, 0.9),),
        **item,
    )
    action = Action(ids[1], words, (there[2],), 0.9, (party,), due, decision.id, Status.OPEN, **item)
    return Extraction(
        Document(**_document(words, text, number)),
        (decision,),
        (action,),
        interests=(Interest(words, there[0], True),),
        attendance=(Attendance(words, words, Presence.PRESENT, there[0]),),
        notices=(Notice(WarningCode.VOTE_MISMATCH, words), Notice(WarningCode.VOTE_MISMATCH, f"“{words}” is odd")),
    )


def _starts(words: str) -> tuple[int, int, int]:
    second = len(words) + len("\n\nMinutes\n\n")
    return 0, second, second + len(words) + 2


def _document(words: str, text: str, number: int) -> dict[str, Any]:
    """Give a document of a PDF that lies, as it claims, where the words say."""
    path = Path("/etc/passwd")
    is_path = words == str(path) and path.is_file()
    digest = hashlib.sha256(path.read_bytes() if is_path else f"planted {number}".encode()).hexdigest()
    ref = DocumentRef(words if number % 2 or is_path else f"{words}{number}", digest, 900, "application/pdf", url=words)
    return {
        "ref": ref,
        "text": text,
        "blocks": (),
        "pages": (Page(1, 0, len(text), 595, 842),),
        "title": words,
        "authority": words,
        "committee": words,
        "meeting_date": date(2024, 3, 1 + number % 28),
    }


def gather_meeting(payloads: list[Payload]) -> Extraction:
    """Build a meeting at which everybody is called by a payload."""
    names = [payload.text for payload in payloads]
    text = f"{COUNCIL}\n\n" + "\n\n".join(names)
    start = text.index(names[0])
    words = Evidence(start, len(text), text[start:], 1)
    ballots = list(Ballot)
    named = tuple(NamedVote(name, ballots[place % 3]) for place, name in enumerate(names))
    decision = Decision(
        "abcdef0123456789",
        words.quote,
        (words,),
        Kind.AGREE,
        Outcome.CARRIED,
        procedural=False,
        confidence=0.9,
        item_title=" ".join(names),
        vote=VoteEvent(Manner.NAMED, named=named),
        owners=tuple(Party(name) for name in names),
    )
    ref = DocumentRef("gathered.txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), 9, "text/plain")
    document = Document(ref, text, (), authority=COUNCIL, committee="Council", meeting_date=date(2024, 5, 1))
    here = Evidence(0, 7, "Ashvale")
    listed = tuple(Attendance(name, name, Presence.PRESENT, here) for name in dict.fromkeys(names))
    return Extraction(document, (decision,), attendance=listed)


def plant_coverage(store: Store, payloads: list[Payload]) -> None:
    """Note councils that were gathered, each of whose words a site gave."""
    rows = [
        {"code": payload.text, "name": payload.text, "platform": payload.text, "base_url": payload.text}
        for payload in payloads
    ]
    kept = list({str(row["code"]).replace("\0", "?"): row for row in rows if row["code"].isprintable()}.values())
    met = [
        {
            "authority": row["code"],
            "key": "1",
            "kind": "meeting",
            "committee_name": row["name"],
            "day": date(2024, 3, 1),
            "title": row["name"],
            "standing": "held",
            "url": row["name"],
            "state": "refused",
            "evidence": row["name"],
            "is_dirty": False,
        }
        for row in kept
    ]
    with store.write() as connection:
        connection.execute(insert(authorities), kept)
        connection.execute(insert(occasions), met)
