"""Wrap the pages of a CMIS installation in its furniture, and make its addresses."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote

from .council import Council
from .site import Answer, State

MEETINGS = (70, 397)
"""Tab and module of the meetings."""
DECISIONS = (132, 475)
"""Tab and module of the decisions."""


def committees_module(council: Council) -> tuple[int, int]:
    """Give tab and module of the committees, which differ from install to install."""
    return (140, 529) if council.seed % 2 else (62, 381)


@dataclass(frozen=True)
class Address:
    """Hold a DNN path: the page's name, and the pairs after it, keys in lower case."""

    name: str
    pairs: dict[str, str]


def read_path(path: str) -> Address:
    """Read ``Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/12/Default.aspx``."""
    steps = [step for step in path.split("/") if step]
    lowered = [step.lower() for step in steps]
    if "tabid" not in lowered:
        return Address(steps[-1].lower() if steps else "", {})
    at = lowered.index("tabid")
    rest = steps[at:-1] if lowered[-1] == "default.aspx" else steps[at:]
    pairs = {key.lower(): value for key, value in zip(rest[::2], rest[1::2], strict=False)}
    return Address(lowered[at - 1] if at else "", pairs)


def address(state: State, page: str, module: tuple[int, int], control: str, *pairs: object) -> str:
    """Make the absolute address of a control in DNN's path form."""
    tail = "".join(f"/{pair}" for pair in pairs)
    return f"{state.base_url}/{page}/tabid/{module[0]}/ctl/{control}/mid/{module[1]}{tail}/Default.aspx"


def meetings_page(state: State) -> str:
    """Give the name of the page of meetings, as addresses of its controls hold it."""
    return state.quirks.meetings_page.removesuffix(".aspx")


def dnn_page(state: State, title: str, content: str, is_indexed: bool = True) -> Answer:
    """Give a whole page; ``content`` stands in ``#dnn_ContentPane``."""
    base, name = state.base_url, escape(state.council.name)
    view = base64.b64encode(hashlib.sha512(content.encode()).digest() * 6).decode()
    meta = "" if is_indexed else '<meta name="robots" content="noindex,nofollow" />'
    meetings = state.quirks.meetings_page
    links = ((meetings, "Meetings"), ("Committees.aspx", "Committees"), ("Decisions.aspx", "Decisions"))
    menu = "".join(f'<li><a href="{base}/{page}"><span>{text}</span></a></li>' for page, text in links)
    return Answer(
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB">
<head id="Head"><meta content="text/html; charset=UTF-8" http-equiv="Content-Type" />{meta}
<title>
\t{name} > {escape(title)}
</title></head>
<body id="Body">
<form method="post" action="{base}/Default.aspx" id="Form" enctype="multipart/form-data">
<div class="aspNetHidden">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{view}" />
</div>
<div id="dnn_menu"><ul>{menu}</ul></div>
<div id="dnn_ContentPane">
<div class="DNNModuleContent ModCMISMeetingsC">
{content}
</div>
</div>
<div id="footer"><span class="copyright">Copyright {name}</span></div>
</form>
</body>
</html>
""".encode()
    )


def holder(label: str, value: str, style: str = "Venue") -> str:
    """Give a labelled value; the style says ``Venue`` for most of them, whatever they are."""
    return (
        f'  <div class="holder">\n    <div class="DNNLabel {style}Label">'
        f'<div class="dnnLabel"><label><span>{label}:</span></label></div></div>\n'
        f'    <div class="Value {style}">{value}</div>\n  </div>'
    )


def _sealed(council: Council, data: bytes) -> bytes:
    stream = b"".join(hashlib.sha512(f"{council.root}/{at}".encode()).digest() for at in range(2))
    return bytes(one ^ other for one, other in zip(data, stream, strict=False))


def document_address(state: State, key: str) -> str:
    """Make the address of a file, in which nobody but the server can read what it is."""
    council = state.council
    token = base64.b64encode(_sealed(council, key.ljust(48).encode())).decode()
    pairs = []
    for at in range(9):
        noise = hashlib.sha512(f"{council.root}/{at}/{key if at < 2 else ''}".encode()).digest()
        pairs.append(f"{base64.b64encode(noise[:24]).decode()[:32]}={quote(base64.b64encode(noise[24:40]).decode())}")
    return f"{state.base_url}/Document.ashx?czJKcaeAi5tUFL1DTL2UE4zNRBcoShgo={quote(token, safe='')}&{'&'.join(pairs)}"


def read_token(council: Council, query: str) -> str | None:
    """Read what a file's address stands for; None where it was not made here."""
    token = unquote(query.partition("=")[2].partition("&")[0])
    try:
        return _sealed(council, base64.b64decode(token, validate=True)).decode("ascii").strip()
    except ValueError:
        return None
