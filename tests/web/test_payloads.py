"""A corpus of payloads, in every field of a store and every parameter of every route: nothing breaks, leaks or runs."""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pyarrow.parquet
import pytest
from bs4 import BeautifulSoup
from fastapi.routing import APIRoute
from icalendar import Calendar
from lxml import etree
from planted import COUNCIL, Payload, load_payloads
from replica_of import copy_database
from served import serve
from sqlalchemy import create_engine, select

from minutes_miner.export.postbox import Postbox
from minutes_miner.store.gathertables import authorities
from minutes_miner.store.partytables import parties
from minutes_miner.store.tables import actions, decisions, documents
from minutes_miner.web import Settings, create_app
from minutes_miner.web.api import ROUTERS
from minutes_miner.web.pages import PAGES
from minutes_miner.web.places import body_path, council_path

PAYLOADS = load_payloads()
ROUTES = [
    route
    for router in (*(page.router for page in PAGES), *ROUTERS)
    for route in router.routes
    if isinstance(route, APIRoute) and not route.path.startswith("/watch")
]
PATHS = [route.path for route in ROUTES]
OF_PLANTED = 4
"""Records of each kind that each route shows; the page of a decision shows more."""

OF_PARAMETER = 1
"""Payloads that each parameter of each route gets, the next one each time."""

COMMON = {"q", "after", "page", "part", "sort", "limit", "by", "on", "from", "to", "show"}
LEAKS = (
    "root:x:0:0",
    "1787569",  # what 1337*1337 comes to, where somebody reckons
    "Traceback (most recent",
    "site-packages",
    "sqlalchemy",
    "sqlite3.",
    "OperationalError",
    "/planted.db",
    "pytest-of",
)
TAGS = set(
    "iframe object embed base style template portal math video audio marquee dialog animate set use foreignobject "
    "image frame frameset applet textarea plaintext xmp noscript".split()
)
ATTRIBUTES = {"style", "srcdoc", "formaction", "ping", "background", "popover"}


@pytest.fixture(scope="module")
def hostile(planted: str) -> Iterator[httpx2.Client]:
    """Ask a server of the planted database."""
    with serve(planted, rate=0, page_size=100) as address, httpx2.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def brief(planted: str) -> Iterator[httpx2.Client]:
    """Ask a server of it whose pages are short, where what is asked is planted and not what is shown."""
    with serve(planted, rate=0, page_size=5) as address, httpx2.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def mailing(planted: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Ask a server of a copy of it that mails readers, though nobody takes the mail."""
    copy = copy_database(planted, tmp_path_factory.mktemp("mailing"))
    postbox = Postbox("127.0.0.1", 9, "none", "minutes@tarn.example", ())
    told = {"postbox": postbox, "watch_key": "a-key-of-invented-minutes", "address": "https://minutes.tarn.example"}
    with serve(copy, rate=0, **told) as address, httpx2.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def values(planted: str) -> dict[str, list[str]]:
    """Find what stands for each parameter of a path."""
    with create_engine(planted).connect() as connection:

        def read(column: Any) -> list[str]:
            return [str(value) for value in connection.scalars(select(column).order_by(column))]

        found = {
            "decisions": read(decisions.c.id),
            "actions": read(actions.c.id),
            "document_id": read(documents.c.id),
            "party_id": read(parties.c.id),
            "code": [quote(code, safe="") for code in read(authorities.c.code)],
        }
        councils = {council_path(name): body_path(name, name) for name in read(documents.c.authority)}
    bodies = [path.split("/")[2:] for path in councils.values()]
    return found | {
        "slug": [slug for slug, _ in bodies],
        "body_slug": [body for _, body in bodies],
        "name": ["decisions-1", "pages"],
    }


def addresses(path: str, values: dict[str, list[str]], most: int) -> Iterator[str]:
    """Fill the parameters of a path with what there is."""
    names = re.findall(r"{(\w+)(?::\w+)?}", path)
    if not names:
        yield path
        return
    noun = "decisions" if "/decisions/" in path else "actions"
    columns = [values[noun if name == "record_id" else name] for name in names]
    rows = list(zip(*columns, strict=True))
    step = max(1, len(rows) // most)
    for row in rows[::step]:
        address = path
        for name, value in zip(names, row, strict=True):
            address = re.sub(rf"{{{name}(:\w+)?}}", lambda _, value=value: value, address)
        yield address


def written(payload: Payload) -> str:
    """Write a payload for an address."""
    return payload.text if payload.kind == "encoded" else quote(payload.text.encode("utf-8", "surrogatepass"), safe="")


def check(answer: httpx2.Response) -> None:
    """See that an answer is harmless, whatever was asked or is shown."""
    asked = str(answer.request.url)
    assert answer.status_code < 500, asked
    assert not {"x-injected", "set-cookie"} & set(answer.headers), asked
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    own = str(answer.request.url.copy_with(raw_path=b"/")).rstrip("/")
    assert re.match(r"/(?![/\\])", answer.headers.get("location", "/").removeprefix(own)), asked
    assert "evil" not in answer.headers.get("content-disposition", ""), asked
    assert not [leak for leak in LEAKS if leak in answer.text], asked
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html":
        check_page(answer.text, asked)
    elif kind.endswith("json"):
        json.loads(answer.text)
    elif kind.endswith("xml"):
        etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))


def check_page(html: str, asked: str) -> None:
    """See that nothing that was planted became mark-up."""
    if not html.strip():  # nothing to suggest
        return
    for element in etree.HTML(html).iter(etree.Element):
        tag = element.tag
        assert tag not in TAGS and not ATTRIBUTES & set(element.attrib), (asked, show(element))
        active = [name for name in element.attrib if name.startswith(("on", "hx-on", "xlink"))]
        assert not active, (asked, show(element))
        assert tag != "meta" or "http-equiv" not in element.attrib, (asked, show(element))
        assert tag != "img" or element.get("src", "").startswith("/"), (asked, show(element))
        if tag == "script":
            is_data = element.get("type") == "application/ld+json"
            assert is_data or (element.get("src").startswith("/static/") and not element.text), (asked, show(element))
            assert not is_data or json.loads(element.text), (asked, show(element))
        for name in ("href", "src", "action", "hx-get"):
            target, rel = element.get(name) or "/", element.get("rel")
            is_external = rel in ("external noopener", "canonical") or (tag == "link" and not rel)
            is_own = re.match(r"/(?![/\\])|#", target)
            assert is_own or (is_external and re.match("https?://", target)), (asked, show(element))


def show(element: etree._Element) -> str:
    """Give the beginning of an element, for whom a check fails."""
    return str(etree.tostring(element, encoding="unicode")[:300])


def test_the_corpus_is_large_and_of_many_kinds() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 200
    kinds = Counter(payload.kind for payload in PAYLOADS)
    assert len(kinds) >= 15 and min(kinds.values()) >= 8


def test_every_route_is_walked(planted: str) -> None:
    mounted = create_app(Settings(planted)).routes
    assert len(mounted) == len(PAGES) + len(ROUTERS) + 1  # and the static files
    assert len(ROUTES) > 50


@pytest.mark.parametrize("path", PATHS)
def test_what_is_planted_is_shown_as_it_stands(
    hostile: httpx2.Client, values: dict[str, list[str]], path: str
) -> None:
    most = 100 if path == "/decisions/{record_id}" else OF_PLANTED
    answers = [hostile.get(address, follow_redirects=True) for address in addresses(path, values, most)]
    for answer in answers:
        check(answer)
    assert any(answer.status_code == 200 for answer in answers) or path.endswith(("page.png", "similar"))


@pytest.mark.parametrize("path", [path for path in PATHS if "{" in path])
def test_no_part_of_a_path_leads_astray(brief: httpx2.Client, values: dict[str, list[str]], path: str) -> None:
    real = next(addresses(path, values, 1))
    step = 12
    for payload in PAYLOADS[PATHS.index(path) % step :: step]:
        for name in re.findall(r"{\w+(?::\w+)?}", path):
            address = path.replace(name, written(payload))
            answer = brief.get(re.sub(r"{\w+(?::\w+)?}", real.split("/")[2], address))
            check(answer)


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if one.kind in {"path", "encoded"}])
def test_no_file_is_given_but_the_own_ones(hostile: httpx2.Client, payload: Payload) -> None:
    for given in (payload.text, written(payload)):
        path = quote(given, safe="/%.\\")
        answer = hostile.get(f"/static/{path}")
        check(answer)
        # Where a client takes ".." out of the address itself, another page is asked for.
        assert answer.status_code in {307, 404, 405} or not answer.request.url.path.startswith("/static/")
        check(hostile.get(f"/{path}"))


@pytest.mark.parametrize("payload", PAYLOADS[::4])
def test_what_readers_watch_does_no_harm(mailing: httpx2.Client, payload: Payload) -> None:
    text = written(payload)
    form = mailing.get(f"/watch?q=grant&authority={text}")
    assert form.status_code in {200, 400, 404, 414}
    for answer in (form, mailing.get(f"/search?q={text}"), mailing.get(f"/watch/confirm?t={text}")):
        check(answer)
    check(mailing.get(f"/watch/stop/{text}"))
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/watch", "/watch/confirm", "/watch/stop/x"):
        check(mailing.post(path, content=f"q=grant&email={text}&token={text}&t={text}", headers=form_type))


def test_the_form_to_watch_a_search_is_there(mailing: httpx2.Client) -> None:
    assert mailing.get("/watch?q=grant").status_code == 200
    assert 'name="email"' in mailing.get("/watch?q=grant").text


def test_every_parameter_takes_any_payload(brief: httpx2.Client, values: dict[str, list[str]]) -> None:
    turn, used, asked = cycle(PAYLOADS), Counter[Payload](), 0
    for route, names in find_parameters(brief, values):
        address = next(addresses(route.path, values, 1))
        for name in sorted(names):
            for payload in islice(turn, OF_PARAMETER):
                check(brief.get(f"{address}?{name}={written(payload)}"))
                used[payload] += 1
                asked += 1
    assert asked > 300
    assert set(used) == set(PAYLOADS)


def find_parameters(client: httpx2.Client, values: dict[str, list[str]]) -> list[tuple[APIRoute, set[str]]]:
    """Find each route's parameters: those that it declares, and those that forms and links of the pages use."""
    known: dict[str, set[str]] = defaultdict(set)
    for route in ROUTES:
        answer = client.get(next(addresses(route.path, values, 1)), follow_redirects=True)
        if "html" in answer.headers.get("content-type", ""):
            page = BeautifulSoup(answer.text, "lxml")
            for form in page.select("form[action]"):
                owned = f"[form={form.get('id')}]"
                controls = [*form.select("[name]"), *page.select(f"{owned}[name]")]
                known[form["action"]] |= {control["name"] for control in controls}
            for link in page.select("a[href^='/'], link[href^='/']"):
                parts = urlsplit(link["href"])
                known[parts.path] |= set(re.findall(r"(?:^|&)(\w+)=", parts.query))
    found = []
    for route in ROUTES:
        names = {
            field.alias or name
            for parameter in route.dependant.query_params
            for name, field in declared(parameter).items()
        }
        own = known[route.path] | known[re.sub(r"\.\w+$", "", route.path)]
        found.append((route, names or own | (COMMON if "{" not in route.path else {"page", "part"})))
    assert sum(len(names) for _, names in found) > 300
    return found


def declared(parameter: Any) -> dict[str, Any]:
    """Give the fields that a parameter stands for: its model's, or itself."""
    fields: dict[str, Any] = getattr(parameter.field_info.annotation, "model_fields", {parameter.name: parameter})
    return fields


@pytest.mark.parametrize("path", [path for path in PATHS if "{" not in path])
def test_every_payload_can_be_searched_for(brief: httpx2.Client, path: str) -> None:
    step = 2 if path == "/search" else 12
    for payload in PAYLOADS[PATHS.index(path) % step :: step]:
        check(brief.get(f"{path}?q={written(payload)}"))


def test_several_parameters_at_once_do_no_harm(brief: httpx2.Client) -> None:
    for number in range(0, len(PAYLOADS), 12):
        several = [written(payload) for payload in islice(cycle(PAYLOADS), number, number + 12, 2)]
        names = ("authority", "committee", "owner", "topic", "kind", "mover")
        query = "&".join(f"{name}={value}" for name, value in zip(names, several, strict=True))
        for path in ("/search", "/money", "/feed.atom"):
            check(brief.get(f"{path}?{query}"))


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "If-None-Match"])
@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "evil.invalid", "[", "[::1", "a b", "a:b:c", "%00"])
def test_headers_of_a_question_do_no_harm(hostile: httpx2.Client, name: str, value: str) -> None:
    parts = urlsplit(str(hostile.base_url))
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    for path in ("/", "/feed.atom", "/api/v1/decisions?limit=1", "/search?q=&kind=approve"):
        connection.putrequest("GET", path, skip_host=name == "Host")
        connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        assert answer.status < 500, path
        is_data = "json" in (answer.getheader("Content-Type") or "")  # which holds what was planted, as it stands
        assert is_data or "<script>alert" not in body
        assert not [leak for leak in LEAKS if leak in body]
        assert re.match(r"/(?![/\\])", answer.getheader("Location") or "/")
    connection.close()


def test_a_spreadsheet_reckons_nothing(hostile: httpx2.Client) -> None:
    for noun in ("decisions", "actions"):
        rows = list(csv.reader(io.StringIO(hostile.get(f"/api/v1/{noun}.csv").text, newline="")))
        assert len(rows) > len(PAYLOADS)
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r") and not is_number(cell)]


def is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", cell))


def test_files_of_lines_hold_a_record_each(hostile: httpx2.Client) -> None:
    for noun in ("decisions", "actions"):
        lines = hostile.get(f"/api/v1/{noun}.jsonl").content.splitlines()
        whole = pyarrow.parquet.read_table(io.BytesIO(hostile.get(f"/api/v1/{noun}.parquet").content))
        assert {json.loads(line)["id"] for line in lines} == set(whole["id"].to_pylist())
        assert len(lines) == len(whole) >= len(PAYLOADS)


def test_a_calendar_holds_its_own_lines_alone(hostile: httpx2.Client) -> None:
    text = hostile.get("/actions.ics?due_after=2024-01-01").content.decode()
    assert not [line for line in text.split("\r\n") if len(line.encode()) > 75 or "\r" in line or "\n" in line]
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert {re.match("[A-Z-]*", line)[0] for line in lines} == {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "UID", "DTSTAMP"),
        *("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "TRANSP"),
    }
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len(events) == lines.count("BEGIN:VEVENT") >= len(PAYLOADS)
    assert all(str(event["URL"]).startswith("http://127.0.0.1:") for event in events)


def test_a_feed_has_its_own_elements_alone(hostile: httpx2.Client) -> None:
    answers = [hostile.get(f"/feed.atom?q={written(payload)}") for payload in PAYLOADS[::12]]
    understood = [answer.content for answer in (*answers, hostile.get("/feed.atom")) if answer.status_code == 200]
    assert len(understood) > 5
    for content in understood:
        feed = etree.fromstring(content)
        assert {etree.QName(one).localname for one in feed.iter(etree.Element)} <= {
            *("feed", "id", "title", "updated", "author", "name", "generator", "link", "entry", "category", "content"),
        }
        assert all(link.get("href").startswith("http://127.0.0.1:") for link in feed.iter("{*}link"))
        assert all(content.get("type") == "text" for content in feed.iter("{*}content"))
    held = hostile.get("/feed.json").json()
    assert len(held["items"]) == 100 and not [item for item in held["items"] if "content_html" in item]


def test_a_citation_stays_one_entry(hostile: httpx2.Client, values: dict[str, list[str]]) -> None:
    for record_id in values["decisions"][::6]:
        entry = hostile.get(f"/decisions/{record_id}.bib").text
        bare = re.sub(r"\\textbackslash\{\}|\\text\w+\{\}|\\.", "", entry)
        assert depth_stays(bare), record_id
        assert not re.search(r"\\(input|write)", bare)


def depth_stays(entry: str) -> bool:
    """Tell whether the entry's own brace closes at its very end."""
    depth = 0
    for place, sign in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            return place == len(entry.rstrip()) - 1
    return False


def test_everything_is_still_there(hostile: httpx2.Client) -> None:
    found = hostile.get("/api/v1/decisions", params={"limit": 1, "routine": "true"}).json()
    assert found["total"]["count"] > len(PAYLOADS)
    assert hostile.get(council_path(COUNCIL)).status_code == 200
