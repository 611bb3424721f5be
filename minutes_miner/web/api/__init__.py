"""Answer programs: version 1 of the interface, one module a kind of record; a new one is added to ROUTERS."""

from minutes_miner.web.api import actions, counts, decisions, description, files, meetings, parties

ROUTERS = (
    decisions.router,
    actions.router,
    counts.router,
    parties.router,
    meetings.router,
    files.router,
    description.router,
)
"""Every kind of answer, in the order of the reference page."""
