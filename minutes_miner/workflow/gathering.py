"""Conduct the gathering of what authorities publish: ask, keep, read, compose, one host after its own pace."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from minutes_miner.config import Courtesy, Limits
from minutes_miner.domain.gathering import (
    Authority,
    Composition,
    Findings,
    Obstacle,
    Occasion,
    Paper,
    Place,
    Response,
    Scope,
)
from minutes_miner.domain.protocols import Platform
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.errors import MinutesMinerError, ScrapeError, StoreError
from minutes_miner.workflow.document import attempt
from minutes_miner.workflow.outcome import Failure, Task
from minutes_miner.workflow.revisit import next_visit

if TYPE_CHECKING:
    from minutes_miner.scrape.archive import Archive
    from minutes_miner.scrape.client import Client
    from minutes_miner.store import Store
    from minutes_miner.store.frontier import Answer, Job
    from minutes_miner.store.papers import KeptPaper

_Result = TypeVar("_Result")

BATCH = 50
"""Requests of a host that are looked up at a time, and answers that are noted down in one transaction."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Say what is to be gathered.

    Attributes:
        platforms: how each authority's site is read, by the authority.
        scope: which days and committees.
        most: meetings of an authority that are looked into at most, the newest held first; None for all, and notices.
        courtesy: how gently servers are asked.
    """

    platforms: Mapping[Authority, Platform]
    scope: Scope
    most: int | None = None
    courtesy: Courtesy = Courtesy()

    @property
    def codes(self) -> list[str]:
        """The authorities' codes."""
        return [authority.code for authority in self.platforms]


@dataclass(slots=True)
class Gathered:
    """Sum up a run of gathering while it goes on.

    Attributes:
        asked: addresses asked for.
        unchanged: of these, such as had not changed.
        obstacles: of these, such as could not be read, by state.
        waiting: addresses that are still to be asked for.
        occasions: meetings and notices that were looked into, by what came of it.
        bytes: that came.
        left: hosts that were left alone after many failures, each with the number of addresses that still wait.
    """

    asked: int = 0
    unchanged: int = 0
    obstacles: Counter[Coverage] = field(default_factory=Counter)
    waiting: int = 0
    occasions: Counter[Coverage] = field(default_factory=Counter)
    bytes: int = 0
    left: dict[str, int] = field(default_factory=dict)


def gather(
    plan: Plan,
    store: Store,
    archive: Archive,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_progress: Callable[[Gathered], None] | None = None,
) -> Gathered:
    """Gather what authorities publish into the archive, and note in the store what it is good for.

    A run that is stopped anywhere is gone on with by the next one: no answer that was kept is asked for again.

    Args:
        plan: what to gather.
        store: holds the frontier; the papers to be mined are found by ``store.papers.find_papers``.
        archive: every answer is kept there.
        clock: tells the time, in UTC.
        on_progress: told after each batch of answers.

    Raises:
        StoreError: the database can't be written; what was noted stays.
        ScrapeError: the archive can't be written.
    """
    conductor = _Conductor(plan, store, archive, clock, on_progress)
    return asyncio.run(conductor.run())


def foresee(plan: Plan, store_url: str, now: datetime) -> Iterator[tuple[Authority, int, int]]:
    """Tell what a run would ask for by what is known now, asking for nothing and writing nothing.

    Yields:
        Each authority with the number of lists, and of other pages.
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.frontier import Frontier

    try:
        store = open_store(store_url, create=False)
    except StoreError:  # the run would make the database
        for authority, platform in plan.platforms.items():
            yield authority, len(list(platform.start())), 0
        return
    with store:
        frontier = Frontier(store, plan.scope)
        for authority, platform in plan.platforms.items():
            lists, pages = frontier.foresee(authority.code, now)
            yield authority, max(lists, len(list(platform.start()))), pages


class _Conductor:
    """Ask each host in its own task, and note all answers in one place."""

    def __init__(
        self,
        plan: Plan,
        store: Store,
        archive: Archive,
        clock: Callable[[], datetime],
        on_progress: Callable[[Gathered], None] | None,
    ) -> None:
        from minutes_miner.store.frontier import Frontier

        self._plan, self._store, self._archive = plan, store, archive
        self._clock, self._on_progress = clock, on_progress
        self._platforms = {authority.code: platform for authority, platform in plan.platforms.items()}
        self._frontier = Frontier(store, plan.scope, most=plan.most)
        self._answers: asyncio.Queue[tuple[Job, Response, asyncio.Future[None]]] = asyncio.Queue(4 * BATCH)
        self._report = Gathered()
        self._round = 0

    async def run(self) -> Gathered:
        """Ask for everything that is to be asked for."""
        from minutes_miner.scrape.client import Client

        for authority, platform in self._plan.platforms.items():
            self._frontier.begin(authority, platform.start(), self._clock())
        self._recover()
        self._compose_all(self._frontier.find_ready())
        noting = asyncio.create_task(self._note_answers())
        try:
            async with Client(self._plan.courtesy, self._archive) as client:
                await self._ask_hosts(client)
        finally:
            noting.cancel()
            with suppress(asyncio.CancelledError):
                await noting
        if self._report.left:  # their pages may wait for days; what was read of a meeting is good now
            self._compose_all(self._frontier.find_ready(partly=True))
        self._frontier.end(self._clock())
        return self._report

    async def _ask_hosts(self, client: Client) -> None:
        active: dict[asyncio.Task[None], str] = {}
        rested: dict[str, int] = {}  # the round in which a host had nothing more to be asked
        try:
            while True:
                waiting = self._frontier.count_waiting()
                self._report.waiting = sum(waiting.values())
                for host in waiting.keys() - set(active.values()) - self._report.left.keys():
                    if rested.get(host) != self._round:
                        active[asyncio.create_task(self._ask_host(client, host))] = host
                if not active:
                    return
                done, _ = await asyncio.wait(active, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    rested[active.pop(task)] = self._round
                    task.result()
        finally:
            for task in active:
                task.cancel()
            await asyncio.gather(*active, return_exceptions=True)

    async def _ask_host(self, client: Client, host: str) -> None:
        """Ask one host for all that is wanted of it, in order, until nothing is left or it is given up."""
        from minutes_miner.scrape.client import Known

        while jobs := self._frontier.find_jobs(host, BATCH):
            noted: asyncio.Future[None] | None = None
            for job in jobs:
                if client.has_given_up(job.request.url):
                    self._report.left[host] = self._frontier.count_waiting().get(host, 0)
                    return
                known = Known(job.etag, job.last_modified, job.place, job.media_type) if job.place else None
                response = await client.fetch(job.request, known=known)
                noted = asyncio.get_running_loop().create_future()
                await self._answers.put((job, response, noted))
            if noted is not None:
                await noted

    async def _note_answers(self) -> None:
        """Note answers as they come, as many at a time as there are."""
        while True:
            batch = [await self._answers.get()]
            while len(batch) < BATCH and not self._answers.empty():
                batch.append(self._answers.get_nowait())
            error: Exception | None = None
            try:
                self._note([(job, response) for job, response, _ in batch])
            except (MinutesMinerError, OSError) as trouble:
                error = trouble
            for _, _, noted in batch:
                if error is None:
                    noted.set_result(None)
                else:
                    noted.set_exception(error)

    def _note(self, batch: Sequence[tuple[Job, Response]]) -> None:
        answers = [self._read(job, response) for job, response in batch]
        self._frontier.settle(answers)
        self._round += 1
        touched = {(answer.job.authority, key) for answer in answers if (key := answer.job.request.occasion)}
        touched |= {(answer.job.authority, one.key) for answer in answers for one in answer.findings.occasions}
        self._compose_all(self._frontier.find_ready(sorted(touched)))
        for answer in answers:
            self._count(answer)
        if self._on_progress:
            self._report.waiting = sum(self._frontier.count_waiting().values())
            self._on_progress(self._report)

    def _read(self, job: Job, response: Response) -> Answer:
        from minutes_miner.store.frontier import Answer

        platform = self._platforms[job.authority]
        findings = _try(lambda: platform.read(response), response.request.url)
        if isinstance(findings, Failure):
            findings = Findings(obstacle=Obstacle(Coverage.FAILED, findings.reason))
        due = next_visit(job.request, response.obstacle or findings.obstacle, self._clock())
        return Answer(job, response, findings, due)

    def _compose_all(self, ready: Sequence[tuple[str, Occasion]]) -> None:
        for code, occasion in ready:
            composition = self._compose(code, occasion)
            self._report.occasions[composition.coverage] += 1

    def _compose(self, code: str, occasion: Occasion) -> Composition:
        from minutes_miner.store.papers import save_composition

        responses = [self._fill(response) for response in self._frontier.load_answers(code, occasion.key)]
        platform = self._platforms[code]
        made = _try(lambda: platform.compose(occasion, responses), occasion.url or occasion.key)
        if isinstance(made, Failure):
            made = Composition(coverage=Coverage.FAILED, evidence=made.reason)
        by_url = {response.request.url: response for response in responses}
        kept = [self._keep(paper, by_url) for paper in made.papers]
        save_composition(self._store, code, occasion.key, made.coverage, made.evidence, kept)
        return made

    def _fill(self, response: Response) -> Response:
        if response.place is None:
            return response
        try:
            return replace(response, body=self._archive.read(response.place))
        except ScrapeError as error:
            return replace(response, obstacle=Obstacle(Coverage.FAILED, error.reason))

    def _keep(self, paper: Paper, responses: Mapping[str, Response]) -> KeptPaper:
        from minutes_miner.store.papers import KeptPaper

        sources = [responses[url] for url in paper.made_from]
        if paper.body is None:
            body, place = sources[0].body, sources[0].place
        else:
            places = [response.place for response in sources if response.place]
            body = paper.body
            place = self._archive.keep_conversion(paper.url, body, media_type=paper.media_type, made_from=places)
        assert place is not None
        digest = hashlib.sha256(body).hexdigest()
        return KeptPaper(paper.url, paper.rank, paper.title, digest, len(body), place)

    def _recover(self) -> None:
        """Note the answers that were kept, and not noted, when an earlier run was cut off."""
        from minutes_miner.scrape.client import answer_to

        last: dict[str, Place] = {}  # tries that failed were kept, too
        for exchange, place in self._archive.recover(self._frontier.find_ends(), self._frontier.began):
            if not 300 <= exchange.status < 400 and self._frontier.find_job(exchange.asked, exchange.fetched_at):
                last[exchange.asked] = place
        for url, place in last.items():
            exchange = self._archive.read_exchange(place)
            if job := self._frontier.find_job(url, exchange.fetched_at):
                self._note([(job, answer_to(job.request, exchange, place))])

    def _count(self, answer: Answer) -> None:
        report, obstacle = self._report, answer.obstacle
        report.asked += 1
        report.bytes += 0 if answer.response.is_unchanged else len(answer.response.body)
        report.unchanged += answer.response.is_unchanged
        if obstacle is not None:
            report.obstacles[obstacle.state] += 1


def _try(work: Callable[[], _Result], where: str) -> _Result | Failure:
    """Let a platform read something; what it trips over costs that page only."""
    return attempt(work, Task(Path(), where), Limits())
