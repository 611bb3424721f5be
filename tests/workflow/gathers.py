"""Gather invented councils from the replica into a database, and compare with what they decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from replica.council import Council
from replica.server import Replica
from sqlalchemy import text

from minutes_miner.config import Courtesy
from minutes_miner.domain.gathering import Authority, Scope
from minutes_miner.registry import get_platform
from minutes_miner.scrape.archive import Archive
from minutes_miner.store import open_store
from minutes_miner.workflow.gathering import Gathered, Plan, gather
from minutes_miner.workflow.harvest import mine_gathered

DECIDED = """
    SELECT papers.authority, papers.occasion, decisions.text, decisions.vote_manner
    FROM decisions JOIN documents ON documents.id = decisions.document_id
        JOIN sources ON sources.document_id = documents.id JOIN papers ON papers.source = sources.source
    WHERE documents.is_current AND decisions.same_as IS NULL
"""
LEAD = re.compile(r"\bresolved\W*(?:that\b)?\W*|^that\b\W*")
TAIL = re.compile(r"\W*(?:\b(?:and|or))?\W*$")
RATE = 1000.0
"""Requests a second: politeness is measured where it is the question, and waited for nowhere else."""


@dataclass(frozen=True)
class Run:
    """Hold a folder to gather into, and what is gathered."""

    folder: Path
    councils: Sequence[Council]
    replica: Replica
    rate: float = RATE
    since: date | None = None

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.folder / 'minutes.db'}"

    @property
    def today(self) -> date:
        """The day that the sites are served on, at first."""
        return self.councils[0].today

    def plan(self, today: date | None = None, most: int | None = None, committee: str | None = None) -> Plan:
        """Plan to gather everything of every council."""
        today = today or self.today
        days = [meeting.day for council in self.councils for meeting in council.meetings]
        earliest = min(days + [notice.decided for council in self.councils for notice in council.notices()])
        scope = Scope(self.since or earliest, today + timedelta(days=183), today, committee)
        authorities = [
            Authority(one.code, one.name, platform=one.platform, base_url=self.replica.urls[one.code])
            for one in self.councils
        ]
        platforms = {one: get_platform(one.platform or "")(one, scope) for one in authorities}
        courtesy = Courtesy(contact="tests@ashcombe.example", rate=self.rate, allow_loopback=True)
        return Plan(platforms, scope, most, courtesy)

    def gather(self, plan: Plan | None = None, *, days: int = 0) -> Gathered:
        """Gather, as if so many days had gone by."""
        clock: Callable[[], datetime] = lambda: datetime.now(UTC) + timedelta(days=days)
        plan = plan or self.plan(self.today + timedelta(days=days))
        with open_store(self.url) as store, Archive(self.folder / "archive") as archive:
            return gather(plan, store, archive, clock=clock)

    def mine(self, jobs: int | None = 0) -> None:
        """Mine what was gathered."""
        codes = [council.code for council in self.councils]
        with open_store(self.url) as store:
            report = mine_gathered(store, self.url, self.folder / "archive", codes, jobs=jobs)
        assert not report.failed, report.failed[0].reason

    def decided(self) -> Counter[tuple[str, str, str]]:
        """Count what the database holds as decided: council, meeting or notice, words."""
        with open_store(self.url) as store, store.read() as connection:
            rows = connection.execute(text(DECIDED)).all()
        return Counter((row.authority, row.occasion, plain(row.text)) for row in rows)

    def truth(self, days: int = 0) -> Counter[tuple[str, str, str]]:
        """Count what the councils have decided and published after so many days."""
        today = self.today + timedelta(days=days)
        pairs = [(council.code, truth) for council in self.councils for truth in council.truth(today)]
        return Counter((code, truth.occasion, plain(truth.text)) for code, truth in pairs)


def plain(words: str) -> str:
    """Give a decision's words without what leads up to them, capitals, line breaks and the stops around them."""
    found = LEAD.split(" ".join(words.lower().split()))[-1]
    return TAIL.sub("", found)
