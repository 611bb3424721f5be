"""Tell what the database holds of many sources at once, so that a run can leave alone what has not changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from minutes_miner.store.repository import Store, Told
from minutes_miner.store.tables import documents, sources


@dataclass(frozen=True, slots=True)
class Holding:
    """Hold what a source was when it was last mined.

    Attributes:
        authority_given: what the user said the authority is.
        sha256: digest of its document; None where it was never mined, or failed since.
        pipeline: what mined it.
        committee, meeting_date, url: of the document.
        holders: how many sources hold the document.
    """

    authority_given: str | None
    sha256: str | None
    pipeline: str | None
    committee: str | None
    meeting_date: date | None
    url: str | None
    holders: int

    def digest_if_current(self, pipeline: str, authority: str | None, told: Told) -> str | None:
        """Give the digest of the bytes that need not be mined again, or None where any must."""
        if self.pipeline != pipeline or authority not in {None, self.authority_given}:
            return None
        is_told = self.holders > 1 or told.agrees(self.committee, self.meeting_date, self.url)
        return self.sha256 if is_told else None


def find_holdings(store: Store, names: Sequence[str]) -> dict[str, Holding]:
    """Find what is known of sources; those that the database has never seen are left out.

    Args:
        store: where to look.
        names: of at most a few hundred sources.
    """
    others = sources.alias("others")
    holders = select(func.count()).where(others.c.document_id == documents.c.id).correlate(documents)
    joined = sources.join(
        documents, and_(sources.c.document_id == documents.c.id, sources.c.state == "mined"), isouter=True
    )
    about = (documents.c.sha256, documents.c.pipeline, documents.c.committee, documents.c.meeting_date)
    statement = (
        select(sources.c.source, sources.c.authority_given, *about, sources.c.url, holders.scalar_subquery())
        .select_from(joined)
        .where(sources.c.source.in_(names))
    )
    with store.read() as connection:
        return {row[0]: Holding(*row[1:]) for row in connection.execute(statement)}


def has_given_authorities(store: Store) -> bool:
    """Tell whether a user named the authority of any source."""
    with store.read() as connection:
        given = select(sources.c.source).where(sources.c.authority_given.is_not(None)).limit(1)
        return connection.scalar(given) is not None
