"""Hold what a run is to do."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_miner.config import Limits


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold the settings of a run.

    Attributes:
        jobs: number of worker processes; None for one a core, 0 for none.
        force: whether documents are mined again that are kept already.
        limits: what one document may cost.
        cluster: address of a Dask scheduler, or ``local:N`` for one with N workers on this machine.
        sample: share of the files that are taken, of 1.
        limit: the most files that are taken.
    """

    jobs: int | None = None
    force: bool = False
    limits: Limits = Limits()
    cluster: str | None = None
    sample: float = 1.0
    limit: int | None = None

    def describe(self) -> dict[str, object]:
        """Give what is other than usual, as plain values."""
        told: dict[str, object] = {"jobs": self.jobs, "force": self.force, "cluster": self.cluster, "limit": self.limit}
        told["sample"] = self.sample if self.sample < 1 else None
        return {name: value for name, value in told.items() if value not in (None, False)}
