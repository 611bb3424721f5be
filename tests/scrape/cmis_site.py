"""Pages of an invented council's CMIS site, and answers that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from minutes_miner.domain.gathering import Authority, Obstacle, Request, Response, Scope
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.cmis import Cmis

BASE = "https://democracy.netherby.example.org/cmis5"
ROOT = f"{BASE}/Meetings/tabid/70"
TODAY = date(2026, 6, 20)
AUTHORITY = Authority("NTB", "Netherby Borough Council", platform="cmis", base_url=f"{BASE}/")
PDF = b"%PDF-1.7 minutes of "
GUID = "5f0c1f1e-9d53-4a3b-8a52-0a35a2f5c0de"


def make_platform(
    since: date = date(2026, 6, 1), until: date = date(2026, 6, 30), committee: str | None = None
) -> Cmis:
    return Cmis(AUTHORITY, Scope(since, until, TODAY, committee))


def answer(
    request: Request, body: str | bytes, *, state: Coverage | None = None, reason: str = "status 404"
) -> Response:
    """Give the answer to a request; with a state it is one that could not be read."""
    data = body.encode() if isinstance(body, str) else body
    kind = "text/html" if isinstance(body, str) else "application/pdf"
    obstacle = Obstacle(state, reason) if state else None
    return Response(request, request.url, 404 if state else 200, data, kind, datetime.now(UTC), obstacle)


def site(content: str, *, head: str = "") -> str:
    """Put content into the frame of the site."""
    return f"""<!DOCTYPE html><html><head><title>Netherby Borough Council &gt; Meetings</title>{head}</head>
<body id="Body"><form method="post" action="/cmis5/Meetings/tabid/70/Default.aspx" id="Form">
<div id="menu"><a href="/cmis5/Councillors/tabid/63/Default.aspx">Councillors</a></div>
<div id="dnn_ContentPane" class="contentpane">{content}</div></form></body></html>"""


def meeting_href(meeting: int, committee: int, tab: str = "") -> str:
    way = "/cmis5/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397"
    return f"{way}/Meeting/{meeting}/Committee/{committee}/{tab}Default.aspx"


def month_page(year: int, month: int, entries: dict[int, Sequence[str]]) -> str:
    """Draw the calendar of six weeks around a month; entries are the links under a day of the month."""
    first = date(year, month, 1)
    day = first - timedelta(days=first.weekday())
    rows = []
    for _ in range(6):
        cells = ""
        for _ in range(7):
            links = "".join(f"<li>{link}</li>" for link in entries.get(day.day, ()) if day.month == month)
            cells += f"<td><div class='day'>{day:%A}, {day.day} {day:%B}</div><ul>{links}</ul></td>\n"
            day += timedelta(days=1)
        rows.append(f"<tr>{cells}</tr>")
    return site(f"<table class='calendar'>{''.join(rows)}</table>")


def entry(meeting: int, committee: int, text: str) -> str:
    return f'<a href="{meeting_href(meeting, committee)}">{text}</a>'


def document(title: str, token: str) -> str:
    return f"""<li class="DocumentListItem"><a title="Click to view '{title}'" class="TitleLink"
 href="/cmis5/Document.ashx?czJKcaeAi5tUFL1DTL2UE4zNRBcoShgo={token}%3d&amp;pwRE6AGJFLDNlh225F5QMaQWCtPHwdhUfCZ=a%2b">{title}
 </a> <span class="FileSize">(119 KB)</span></li>"""


def item(number: int, title: str, summary: str, guid: str) -> str:
    link = f"/cmis5/Meetings/tabid/70/ctl/ViewCMIS_DecisionDetails/mid/397/Id/{guid}/Default.aspx"
    return f"""<li class="AgendaItem"><h4>{number}. {title}</h4><div class="Summary">{summary}</div>
<a href="{link}">Link to this item</a></li>"""


def meeting_page(status: str = "Occurred", *, items: Sequence[str] = (), documents: Sequence[str] = ()) -> str:
    return site(
        f"""<h2>Planning Committee</h2>
<div class="holder"><div class="DNNLabel">Meeting Date:</div><div class="Value Date">8 June 2026 10:00</div></div>
<div class="holder"><div class="DNNLabel">Status:</div><div class="Value Venue">{status}</div></div>
<div class="holder"><div class="DNNLabel">Venue:</div><div class="Value Venue">The Moot Hall, Netherby</div></div>
<ol>{''.join(items)}</ol><ul>{''.join(documents)}</ul>"""
    )


def label(name: str, value: str) -> str:
    return f'<div class="holder"><div class="DNNLabel">{name}:</div><div class="Value Venue">{value}</div></div>'
