"""Keep the frontier of a crawl: what to ask for next, and what each answer told; one transaction a batch of answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, Select, and_, func, or_, select, tuple_, update

from minutes_miner.domain.gathering import (
    Authority,
    Findings,
    Obstacle,
    Occasion,
    OccasionKind,
    Place,
    Request,
    Response,
    Scope,
    Standing,
)
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.store.gathertables import authorities, occasions, place_columns, requests
from minutes_miner.store.listed import put_committees, put_occasions, put_window
from minutes_miner.store.repository import Store
from minutes_miner.store.saving import insert_for, insert_into

WAITING = "waiting"
ANSWERED = "answered"

RESUMED = timedelta(hours=24)
"""A run that was cut off so long ago, or less, is gone on with: what it asked for is not asked for again."""


@dataclass(frozen=True, slots=True)
class Job:
    """Hold a request that is to be made.

    Attributes:
        number: of its row.
        authority: code.
        request: what to ask for.
        etag, last_modified: validators of the last good answer, where there is one.
        place: where the archive holds that answer.
        media_type: of that answer.
    """

    number: int
    authority: str
    request: Request
    etag: str | None = None
    last_modified: str | None = None
    place: Place | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what became of a job, and when to ask again (never where ``due`` is None)."""

    job: Job
    response: Response
    findings: Findings
    due: datetime | None

    @property
    def obstacle(self) -> Obstacle | None:
        """Why it could not be read, as the client or the platform tells."""
        return self.response.obstacle or self.findings.obstacle


class Frontier:
    """Keep what one run over some authorities has to ask for.

    Args:
        store: where.
        scope: which days are wanted; what lies outside stays where it is.
        most: meetings of an authority that are looked into at most, the newest held first; None for all, and notices.
    """

    def __init__(self, store: Store, scope: Scope, *, most: int | None = None) -> None:
        self._store = store
        self._scope = scope
        self._most = most
        self._codes: list[str] = []
        self.began: datetime | None = None
        """When the earliest of the runs that are gone on with began."""

    def begin(self, authority: Authority, firsts: Iterable[Request], now: datetime) -> None:
        """Take an authority into the run: its first requests and all that is due are to be asked for.

        Where its last run was cut off less than a day ago, that run is gone on with.
        """
        moment = stamp(now)
        with self._store.write() as connection:
            row = connection.execute(select(authorities).where(authorities.c.code == authority.code)).one_or_none()
            is_cut_off = row is not None and row.began_at and row.ended_at is None
            resumes = is_cut_off and row is not None and datetime.fromisoformat(row.began_at) > now - RESUMED
            began = row.began_at if resumes and row is not None else moment
            facts = {name: value for name, value in asdict(authority).items() if name in authorities.c}
            facts |= {"began_at": began, "ended_at": None}
            statement = insert_into(connection, authorities).values(facts)
            connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=facts))
            put_requests(connection, authority.code, firsts)
            is_due = and_(requests.c.due <= moment, requests.c.fetched_at < began)
            wakening = update(requests).where(requests.c.authority == authority.code, is_due, self._in_scope())
            connection.execute(wakening.values(state=WAITING))
        self._codes.append(authority.code)
        started = datetime.fromisoformat(began)
        self.began = min(self.began or started, started)

    def end(self, now: datetime) -> None:
        """Note that the run has come to its end for all its authorities."""
        with self._store.write() as connection:
            chosen = update(authorities).where(authorities.c.code.in_(self._codes))
            connection.execute(chosen.values(ended_at=stamp(now)))

    def count_waiting(self) -> dict[str, int]:
        """Count what is to be asked for, by host."""
        statement = self._waiting(select(requests.c.host, func.count())).group_by(requests.c.host)
        with self._store.read() as connection:
            return {host: count for host, count in connection.execute(statement)}

    def find_jobs(self, host: str, limit: int) -> list[Job]:
        """Give the next requests to a host: lists before what they list."""
        statement = self._waiting(select(requests)).where(requests.c.host == host)
        statement = statement.order_by(requests.c.occasion.is_not(None), requests.c.number).limit(limit)
        with self._store.read() as connection:
            jobs = [_job(row) for row in connection.execute(statement)]
            if self._most is None or not jobs or jobs[0].request.occasion is None:
                return [job for job in jobs if self._most is None or job.request.occasion is None]
            newest = self._newest(connection)
            wanted = or_(*(_names(requests.c, code, keys) for code, keys in newest.items()))
            return [_job(row) for row in connection.execute(statement.where(wanted))]

    def foresee(self, code: str, now: datetime) -> tuple[int, int]:
        """Count the lists and the pages of an authority that a run would ask for by what is known now."""
        is_due = or_(requests.c.state == WAITING, requests.c.due <= stamp(now))
        counts = select(requests.c.is_list, func.count()).where(requests.c.authority == code, is_due, self._in_scope())
        with self._store.read() as connection:
            found = {is_list: count for is_list, count in connection.execute(counts.group_by(requests.c.is_list))}
        return found.get(True, 0), found.get(False, 0)

    def settle(self, answers: Sequence[Answer]) -> None:
        """Note answers, and what they told: one transaction."""
        with self._store.write() as connection:
            for answer in answers:
                # An answer may be the first to name its own occasion.
                put_occasions(connection, answer.job.authority, answer.findings.occasions)
                _put_answer(connection, answer)
                put_requests(connection, answer.job.authority, answer.findings.requests)
                put_committees(connection, answer.job.authority, answer.findings.committees)
                if answer.findings.window and not answer.obstacle:
                    listed = [occasion.key for occasion in answer.findings.occasions]
                    put_window(connection, answer.job.authority, answer.findings.window, listed)

    def find_ready(
        self, touched: Sequence[tuple[str, str]] | None = None, *, partly: bool = False
    ) -> list[tuple[str, Occasion]]:
        """Give occasions that have something new and nothing to wait for, each with its authority's code.

        Args:
            touched: codes and keys to look at; None for all of the run's authorities.
            partly: also those that wait for more where something of them was read.
        """
        same = and_(requests.c.authority == occasions.c.authority, requests.c.occasion == occasions.c.key)
        waits = select(requests.c.number).where(same, requests.c.state == WAITING).exists()
        asked = select(requests.c.number).where(same).exists()
        was_read = select(requests.c.number).where(same, requests.c.file.is_not(None)).exists()
        statement = select(occasions).where(
            occasions.c.authority.in_(self._codes),
            occasions.c.is_dirty,
            or_(~waits, was_read) if partly else ~waits,
            or_(asked, occasions.c.standing == Standing.CANCELLED.value),
        )
        if touched is not None:
            statement = statement.where(tuple_(occasions.c.authority, occasions.c.key).in_(list(touched)))
        with self._store.read() as connection:
            return [(row.authority, read_occasion(row)) for row in connection.execute(statement)]

    def load_answers(self, code: str, occasion: str) -> list[Response]:
        """Give the newest answer to each request of an occasion, without the bodies, in the order of asking."""
        chosen = select(requests).where(requests.c.authority == code, requests.c.occasion == occasion)
        with self._store.read() as connection:
            return [_response(row) for row in connection.execute(chosen.order_by(requests.c.number))]

    def find_ends(self) -> dict[str, int]:
        """Tell up to which byte each file of the archive is noted down."""
        end = func.max(requests.c.start + requests.c.length)
        statement = select(requests.c.file, end).where(requests.c.file.is_not(None)).group_by(requests.c.file)
        with self._store.read() as connection:
            return {file: last for file, last in connection.execute(statement)}

    def find_job(self, url: str, since: datetime) -> Job | None:
        """Give the request for an address that was waiting at a moment of the run, and still is; or None."""
        began = select(authorities.c.code).where(authorities.c.began_at <= stamp(since))
        statement = self._waiting(select(requests)).where(requests.c.url == url, requests.c.authority.in_(began))
        with self._store.read() as connection:
            row = connection.execute(statement).first()
        return None if row is None else _job(row)

    def _waiting(self, statement: Select[Any]) -> Select[Any]:
        chosen = (requests.c.authority.in_(self._codes), requests.c.state == WAITING, self._in_scope())
        return statement.where(*chosen)

    def _in_scope(self) -> Any:
        since, until = self._scope.since, self._scope.until
        within = or_(requests.c.day.is_(None), requests.c.day.between(since, until))
        if self._scope.committee:
            same = (occasions.c.authority == requests.c.authority, occasions.c.key == requests.c.occasion)
            named = func.lower(occasions.c.committee_name).contains(self._scope.committee.lower(), autoescape=True)
            within = and_(within, select(occasions.c.key).where(*same, named).exists())
        return or_(requests.c.is_list, within)

    def _newest(self, connection: Connection) -> dict[str, list[str]]:
        newest = {}
        last = min(self._scope.until, self._scope.today)
        same = and_(requests.c.authority == occasions.c.authority, requests.c.occasion == occasions.c.key)
        for code in self._codes:
            chosen = select(occasions.c.key).where(
                occasions.c.authority == code,
                occasions.c.day.between(self._scope.since, last),
                occasions.c.kind == OccasionKind.MEETING.value,
                select(requests.c.number).where(same).exists(),
            )
            latest = chosen.order_by(occasions.c.day.desc(), occasions.c.key).limit(self._most)
            newest[code] = list(connection.scalars(latest))
        return newest


def stamp(moment: datetime) -> str:
    """Give a moment as the tables hold it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def put_requests(connection: Connection, code: str, wanted: Iterable[Request]) -> None:
    """Note requests; those that are known keep their answers and get the newer facts."""
    rows = [
        {
            "authority": code,
            "url": request.url,
            "host": urlsplit(request.url).netloc.lower(),
            "page": request.page,
            "occasion": request.occasion,
            "day": request.day,
            "is_list": request.is_list,
            "facts": json.dumps(dict(request.facts), ensure_ascii=False),
            "state": WAITING,
        }
        for request in wanted
    ]
    if rows:
        connection.execute(_request_upsert(connection.dialect.name), rows)


@cache
def _request_upsert(dialect: str) -> Any:
    inserting = insert_for(dialect, requests)
    newer = {name: inserting.excluded[name] for name in ("page", "is_list", "facts")}
    for name in ("occasion", "day"):
        newer[name] = func.coalesce(inserting.excluded[name], requests.c[name])
    return inserting.on_conflict_do_update(index_elements=["authority", "url"], set_=newer)


def read_occasion(row: Row[Any]) -> Occasion:
    """Make an occasion of its row."""
    return Occasion(
        key=row.key,
        kind=OccasionKind(row.kind),
        committee=row.committee,
        committee_name=row.committee_name,
        day=row.day,
        title=row.title,
        standing=Standing(row.standing),
        url=row.url,
        within=row.within,
    )


def _put_answer(connection: Connection, answer: Answer) -> None:
    """Note an answer; one that can't be read leaves the last good one in its place."""
    response, obstacle = answer.response, answer.obstacle
    facts: dict[str, Any] = {
        "state": obstacle.state.value if obstacle else ANSWERED,
        "reason": obstacle.reason if obstacle else None,
        "due": stamp(answer.due) if answer.due else None,
        "fetched_at": stamp(response.fetched_at),
        "status": response.status,
        "answered_by": response.url,
    }
    sha256 = hashlib.sha256(response.body).hexdigest()
    if not obstacle and not response.is_unchanged and response.place:
        facts |= {
            "media_type": response.media_type,
            "etag": response.etag,
            "last_modified": response.last_modified,
            "sha256": sha256,
            "size": len(response.body),
            **place_columns(response.place),
        }
    row = requests.c.number == answer.job.number
    occasion = answer.job.request.occasion
    if occasion is not None:
        held = connection.execute(select(requests.c.sha256).where(row)).scalar()
        if held is None or obstacle is None and held != sha256:
            same = and_(occasions.c.authority == answer.job.authority, occasions.c.key == occasion)
            connection.execute(update(occasions).where(same).values(is_dirty=True))
    connection.execute(update(requests).where(row).values(facts))


def _job(row: Row[Any]) -> Job:
    return Job(row.number, row.authority, _request(row), row.etag, row.last_modified, _place(row), row.media_type or "")


def _request(row: Row[Any]) -> Request:
    facts = tuple(json.loads(row.facts).items())
    return Request(row.url, row.page, row.occasion, row.day, row.is_list, facts)


def _place(row: Row[Any]) -> Place | None:
    return None if row.file is None else Place(row.file, row.start, row.length)


def _response(row: Row[Any]) -> Response:
    place = _place(row)
    obstacle = None
    if place is None:
        state = Coverage.NOT_TRIED if row.state == WAITING else Coverage(row.state if row.reason else "failed")
        obstacle = Obstacle(state, row.reason or "not asked for yet")
    return Response(
        request=_request(row),
        url=row.answered_by or row.url,
        status=row.status or 0,
        body=b"",
        media_type=row.media_type or "",
        fetched_at=datetime.fromisoformat(row.fetched_at) if row.fetched_at else datetime.min.replace(tzinfo=UTC),
        obstacle=obstacle,
        place=place,
        etag=row.etag,
        last_modified=row.last_modified,
    )


def _names(columns: Any, code: str, keys: Sequence[str]) -> Any:
    return and_(columns.authority == code, columns.occasion.in_(keys))
