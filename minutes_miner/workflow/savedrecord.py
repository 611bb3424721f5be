"""Read the record of a decision, saved as JSON, as the page that it came from."""

from __future__ import annotations

from minutes_miner.errors import ReadError
from minutes_miner.scrape.lgsf import write_decision
from minutes_miner.workflow.member import Member

SUFFIX = ".json"


class SavedRecord:
    """Hold the one document that a record is.

    Args:
        data: the record.
    """

    members = (Member(0, "decision.html", 0),)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, index: int, limit: int) -> bytes:
        """Write the page.

        Raises:
            ReadError: the record is none, or the page larger than the limit.
        """
        page = write_decision(self._data)
        if len(page) > limit:
            raise ReadError(f"the decision has more than {limit / 1e6:g} MB")
        return page
