"""Show the page of one ModernGov meeting."""

from __future__ import annotations

from html import escape

from .chrome import head, label, page
from .item import Item, LinkedDocument
from .markup import entities, tooltip, word_html
from .model import Meeting, Stage
from .site import Answer, Query, State, redirect
from .wording import long_date

ICON = '<img height="12" src="mgimages/logo-pdf-1.gif" width="12" alt="pdf icon" />'


def missing() -> Answer:
    """Send the client to the error page, as for ids that nothing has."""
    return redirect("mgError.aspx")


def when(meeting: Meeting) -> str:
    """Write the day and hour as in a page's title: ``Thursday 4 December 2025 7:30 pm, CANCELLED``."""
    end = ", CANCELLED" if meeting.is_cancelled else ""
    return f"{meeting.day:%A} {long_date(meeting.day)} {meeting.time.replace('.', ':')}{end}"


def file_name(meeting: Meeting, kind: str) -> str:
    """Name a printed file: ``Printed minutes Thursday 15-Jan-2026 19.30 Cabinet.pdf``."""
    minute = 30 if meeting.hour > 16 else 0
    return f"{kind} {meeting.day:%A %d-%b-%Y} {meeting.hour:02}.{minute:02} {meeting.committee.name}.pdf"


def file_link(state: State, folder: str, name: str, end: str = "") -> str:
    """Give the address of a file; it holds spaces, and line breaks where the site is so."""
    if state.quirks.breaks_in_links:
        name = name.replace(" ", "\r\n ", 1)
    return f"documents/{folder}/{escape(name)}{end}"


def _action(href: str, text: str, size: int, tip: str) -> str:
    mark = '<img src="mgimages/logo-pdf-1.gif" alt="" />'
    return (
        f'\t\t\t<li><a  href="{href}"   title="Link&#32;to&#32;{tooltip(tip)}">{text}\n'
        f'\t\t\t<span  class="mgFileSize" >{mark} PDF {size} KB</span> </a>\n\t\t\t</li>'
    )


def _actions(state: State, meeting: Meeting, items: tuple[Item, ...]) -> str:
    stage = state.stage(meeting)
    rows = [f'\t\t<li><a  href="mgMeetingAttendance.aspx?ID={meeting.id}"  >Attendance details</a></li>']
    folder = f"g{meeting.agenda}"
    if stage is not Stage.NOTHING:
        href = file_link(state, folder, file_name(meeting, "Agenda frontsheet"), "?T=0")
        rows.append(_action(href, "Agenda frontsheet", 198, "agenda frontsheet pdf file"))
        if state.quirks.packs_repeat_minutes:
            href = file_link(state, folder, file_name(meeting, "Public reports pack"), "?T=10")
            rows.append(_action(href, "Public reports pack", 3140, "public reports pack pdf file"))
        else:
            href = f"mgChooseDocPack.aspx?ID={meeting.agenda}"
            rows.append(f'\t\t\t\t<li><a  href="{href}"  >Agenda reports pack</a></li>')
    if state.has_minutes(meeting):
        if any(item.decision_lines() for item in items):
            href = file_link(state, folder, file_name(meeting, "Decisions"), "?T=2")
            rows.append(_action(href, "Printed decisions", 117, "printed decisions pdf file"))
        kind = "draft minutes" if stage is Stage.DRAFT else "minutes"
        href = file_link(state, folder, file_name(meeting, "Printed minutes"), "?T=1")
        rows.append(_action(href, f"Printed {kind}", 111, f"printed {kind} pdf file"))
    listed = "\n".join(rows)
    return f'\t<div class="mgLinks" >\n\n\n<ul  class="mgActionList" >\n\n{listed}\n\n</ul>\n</div>'


def _heading(state: State, meeting: Meeting, items: tuple[Item, ...]) -> str:
    stage = state.stage(meeting)
    if stage is Stage.NOTHING:
        return "Meeting"
    if not state.has_minutes(meeting):
        return "Agenda"
    decisions = ", decisions" if any(item.decision_lines() for item in items) else ""
    return f"Agenda{decisions} and {'draft ' if stage is Stage.DRAFT else ''}minutes"


def meeting_page(state: State, query: Query) -> Answer:
    """Show a meeting with its items; ``CId`` and ``Ver`` do not matter."""
    meeting = state.find_meeting(query.get("mid"))
    if meeting is None:
        return missing()
    items = state.edition(meeting).items(meeting) if state.stage(meeting) is not Stage.NOTHING else ()
    place = "Proposed venue" if meeting.day > state.today or meeting.is_cancelled else "Venue"
    rows = "\n".join(_row(state, meeting, item) for item in items)
    table = (
        '\t\t<table class="mgItemTable"  summary="Table of agenda items" id="mgItemTable">\n'
        '\t\t<caption  class="mgSectionTitle" >Items</caption>\n\n     <tr>\n\n'
        '            <th class="mgHide" abbr="No" scope="col">No.</th>\n'
        f'            <th class="mgHide" abbr="Item" scope="col">Item</th>\n    </tr>\n\n{rows}\n\n\t\t</table>'
    )
    parts = [
        head(_heading(state, meeting, items), f"{meeting.committee.name} - {when(meeting)}", committee_href(meeting)),
        _actions(state, meeting, items),
        '<div class="mgContent" >',
        "" if items else "\t\t\t\t\t\t    <p>No documents are available for this meeting</p>",
        label(place, f"{escape(meeting.venue)}. <a  href=\"mgLocationDetails.aspx?RID=1\"> View directions</a>"),
        label("Contact", "Democratic Services&nbsp; \n\t\tEmail:&nbsp;<a href=\"mailto:committees@example.org\">"
              "committees@example.org</a>"),
        table if items else "",
        "</div>",
    ]
    return page(state.council.name, _title(meeting), "\n".join(parts), meta(meeting))


def committee_href(meeting: Meeting) -> str:
    """Give the address of the meeting's committee."""
    return f"mgCommitteeDetails.aspx?ID={meeting.committee.id}"


def _title(meeting: Meeting) -> str:
    hour = meeting.time.replace(".", ":")
    return f"Agenda for {meeting.committee.name} on {meeting.day:%A} {long_date(meeting.day)}, {hour}"


def meta(meeting: Meeting) -> str:
    """Give the elements of the head that tell what the page is of."""
    title = escape(_title(meeting))
    return (
        f'<meta name="DC.title"  content="{title}"/>\n'
        f'<meta name="DC.description"  content="All published information, including reports, for {title}"/>\n'
        f'<meta name="DC.date" scheme="W3CDTF"  content="{meeting.day.isoformat()}"/>\n'
        '<meta name="DC.subject" scheme="eGMS.IPSV"  content="Council meetings"/>'
    )


def _row(state: State, meeting: Meeting, item: Item) -> str:
    shown = state.has_minutes(meeting)
    number = f"{item.minute if shown else item.number}." if item.number else ""
    return (
        f'\t\t<tr>\n\n\t\t\t<td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" >'
        f'<a name="AI{item.id}" aria-disabled="true"></a>{number}</p></td>\n\t\t\t\t\n\t\t<td >\t\t\t\n\n'
        f"{_item_title(state, item)}\n{item_blocks(state, meeting, item, state.quirks.truncate_at)}\n\t\t\t\t\t\n"
        "        </td>\n\t\t</tr>\n\t\t"
    )


def _document_link(state: State, document: LinkedDocument) -> str:
    name = "".join(sign for sign in document.title if sign not in '/:?"<>|*\\') + ".pdf"
    return file_link(state, f"s{document.id}", name)


def _item_title(state: State, item: Item) -> str:
    if not item.documents:
        return f'\t\t\t\t\t<p  class="mgAiTitleTxt" >{escape(item.title)}</p>'
    tip = tooltip(f"document '{item.documents[0].title}' pdf file")
    href = _document_link(state, item.documents[0])
    return (
        f'\t\t\t\t\t<p  class="mgAiTitleTxt" ><a  class="mgAiTitleLnk"   href="{href}"    \n'
        f'\t\t\t\t\ttitle="Link&#32;to&#32;{tip}">{escape(item.title)} '
        f'<span  class="mgFileSize" >{ICON} PDF 161 KB</span> </a></p>'
    )


def _block(name: str, lines: list[str], cut: str = "") -> str:
    body = word_html(lines)
    if cut:
        body = body.replace("</p>\n</div>\n", f"{cut}</p>\n</div>\n")
    return f'<p class="mgSubItemTitleTxt">{name}:</p>\n<div class="mgWordPara">{body}</div> ' if lines else ""


def item_blocks(state: State, meeting: Meeting, item: Item, limit: int | None) -> str:
    """Give what stands under an item's title; the minutes cut at ``limit`` characters."""
    summary = word_html([item.summary] if item.summary else [])
    parts = [f'<div class="mgWordPara">{summary}</div> ' if summary else "", _additional(state, meeting, item)]
    if state.has_minutes(meeting) and not state.quirks.printed_only:
        parts.append(_block("Decision", item.decision_lines()))
        parts.append(_minutes_block(item, limit))
        parts.append(_votes(meeting, item))
    return "\n".join(part for part in parts if part)


def _minutes_block(item: Item, limit: int | None) -> str:
    lines = item.minutes_lines()
    if limit is None or sum(map(len, lines)) <= limit:
        return _block("Minutes", lines)
    kept: list[str] = []
    for line in lines:
        room = limit - sum(map(len, kept))
        if len(line) >= room:
            kept.append(line[:room].rsplit(" ", 1)[0])
            break
        kept.append(line)
    tip = escape(f"Link to view the full item text for item {item.minute}., {item.title}")
    text = f"view the full minutes text for item {item.minute}."
    cut = f' &nbsp;...&nbsp; <a href=\n"mgAi.aspx?ID={item.id}" title=\n"{tip}">\n{text}</a>'
    return _block("Minutes", kept, cut)


def _additional(state: State, meeting: Meeting, item: Item) -> str:
    if len(item.documents) < 2:
        return ""
    number = item.minute if state.has_minutes(meeting) else item.number
    rows = "\n".join(
        f'\t\t\t\t\t\t    <li>\n\t\t\t\t\t\t    <a  href="{_document_link(state, one)}"   title="Link to document'
        f' &#39;{escape(one.title)}&#39; pdf file">{escape(one.title)} <span  class="mgHide" >, item {number}.</span>\n'
        f'\t\t\t\t\t\t    <span  class="mgFileSize" >{ICON} PDF 601 KB</span> </a>  </li>'
        for one in item.documents[1:]
    )
    title = '<p class="mgSubItemTitleTxt">Additional documents:</p>'
    return f'{title}\n\n<ul  class="mgBulletList" >\n{rows}\n\n</ul>'


def _votes(meeting: Meeting, item: Item) -> str:
    if item.vote is None or not item.vote.is_named:
        return ""
    many = len(item.decisions) > 1
    rows = "".join(
        f"\n\t\t\t\t\t\t<tr>\n\t\t\t\t\t\t\t<td>{entities(item.title)}{f'&#58; Resolution {at}' if many else ''}</td>\n"
        "\t\t\t\t\t\t\t<td>Resolution</td>\n\t\t\t\t\t\t\t<td>\n\t\t\t\t\t\t\t\n\t\t\t\t\t\t\t</td>\n"
        "\t\t\t\t\t\t\t<td>\n"
        "\t\t\t\t\t\t\t<img alt='' src='mgImages/motions/MotionPositive.png' />Carried\n\t\t\t\t\t\t\t</td>\n"
        "\t\t\t\t\t\t</tr>\t"
        for at in range(1, len(item.decisions) + 1)
    )
    return (
        '\n\t\t\t\t\t<table  class="mgTableNoBorderFullWidth" >\n\t\t\t\t\t\t\n'
        '\t\t\t\t\t\t<caption  class="mgSectionTitle" >Recorded Vote</caption>\n\t\t\t\t\t\t<thead>\n\t\t\t\t\t\t\n'
        '\t\t\t\t\t\t<th scope="col">Title</th><th scope="col">Type</th><th scope="col">Recorded Vote text</th>'
        f'<th scope="col">Result</th>\n\t\t\t\t\t\t</th>{rows}\n\n\t\t\t\t\t</table>\n\t\t\t\t\t\n'
        f'\t\t\t\t\t<li><a  href="mgListRecordedVotesShort.aspx?AIID={item.id}&amp;MID={meeting.id}"'
        '  title="Link&#32;to&#32;recorded&#32;votes&#32;for&#32;this&#32;item">View Recorded Vote for this item</a>'
        "</li>  <!-- FB9901-->"
    )
