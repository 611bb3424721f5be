"""List the decisions of a CMIS installation: officers' decisions, and what meetings are about to decide."""

from __future__ import annotations

from functools import partial
from html import escape

from .cmismeeting import decision_address
from .dnn import DECISIONS, dnn_page
from .model import Stage
from .site import Answer, State


def decisions_page(state: State) -> Answer:
    """List all rows at once, with the filters that only a postback applies."""
    link = partial(decision_address, state, module=DECISIONS)
    rows = [
        _row(link(one.id), one.title, one.maker, "Decision Made", f"{one.decided:%d/%m/%Y}")
        for one in reversed(state.council.notices())
        if one.is_officer and one.published <= state.today
    ]
    for meeting in state.meetings:
        if state.stage(meeting) is Stage.AGENDA and meeting.committee.kind == "executive":
            for item in state.edition(meeting).items(meeting):
                if item.decisions and not item.decisions[0].procedural:
                    day = f"{meeting.day:%d/%m/%Y}"
                    rows.insert(0, _row(link(item.id), item.title, meeting.committee.name, "Decision Proposed", day))
    filters = "".join(
        f'<label>{name}</label><select name="dnn$ctr475$Decisions$ddl{name.replace(" ", "")}"><option>Any</option>'
        "</select>"
        for name in ("Ward", "Key Decision", "Is Exempt", "Status")
    )
    table = (
        '<table class="rgMasterTable"><thead><tr><th>Title</th><th>Decision Maker</th><th>Status</th><th>Date</th></tr>'
        f'</thead><tbody>\n{chr(10).join(rows)}\n</tbody></table>'
    )
    return dnn_page(state, "Decisions", f'<h1>Decisions</h1>\n<div class="Filters">{filters}</div>\n{table}')


def _row(href: str, title: str, maker: str, status: str, day: str) -> str:
    link = f'<a href="{href}">{escape(title)}</a>'
    return f'<tr class="rgRow"><td>{link}</td><td>{escape(maker)}</td><td>{status}</td><td>{day}</td></tr>'
