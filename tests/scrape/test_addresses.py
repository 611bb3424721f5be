"""Lists of addresses: how they are read, what is asked for, and what becomes of the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from loopback import QUICK, Answer, serve

from minutes_miner.domain.gathering import Authority, Response, Scope
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.errors import ReadError
from minutes_miner.registry import get_platform
from minutes_miner.scrape.addresses import Addresses, Listed, load_addresses, read_addresses
from minutes_miner.scrape.archive import Archive
from minutes_miner.store import open_store
from minutes_miner.store.papers import find_papers
from minutes_miner.workflow.gathering import Plan, gather

A, B = "https://marlowe-vale.example/may.pdf", "https://lido.example/minutes?id=7&x=%20"
SCOPE = Scope(date(2024, 1, 1), date(2024, 12, 31), date(2024, 6, 1))


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "list.urls"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_line_is_an_address(tmp_path: Path) -> None:
    path = write(tmp_path, f"\ufeff# minutes\n{A}\r\n\n  {B}  \n{A}\n{A}#page=2\n")
    assert load_addresses(path) == [Listed(A), Listed(B)]


def test_a_list_with_columns_tells_more(tmp_path: Path) -> None:
    row = f'RUT,{A},14/05/2024,Lido Panel,"Minutes, May"'
    path = write(tmp_path, f"authority,URL,date,committee,title\n{row}\n,{B}\n")
    assert load_addresses(path) == [Listed(A, "RUT", "Lido Panel", date(2024, 5, 14), "Minutes, May"), Listed(B)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{A}\nwww.lido.example\n", "line 2, column url: 'www.lido.example' is no web address; write it with http"),
        (f"{A}\nfile:///etc/passwd\n", "line 2, column url: 'file:///etc/passwd' is no web address"),
        (f"url,date\n{A},May\n", "line 2, column date: 'May' is no date; write 2024-03-31 or 31/03/2024"),
        (f"url,day\n{A},2024-05-01\n", "line 1: there is no column called 'day'"),
        ("# nothing\n", "it names no addresses; write one a line"),
        ("url\n", "it names no addresses"),
        (b"caf\xe9", "it is not in UTF-8"),
    ],
)
def test_what_breaks_a_rule_is_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ReadError, match=re.escape(f"{path}: {message}")):
        load_addresses(path)
    with pytest.raises(ReadError, match="check the path"):
        load_addresses(tmp_path / "none.urls")


def test_addresses_are_gathered_by_their_authority(tmp_path: Path) -> None:
    path = write(tmp_path, f"url,authority\n{A},RUT\n{B},Marlowe Vale Council\nhttps://a.example/,\n")
    found = read_addresses(path, SCOPE)
    assert [(one.code, one.platform) for one in found] == [
        ("URLS-RUT", "addresses"), ("URLS-Marlowe Vale Council", "addresses"), ("URLS", "addresses"),
    ]  # fmt: skip
    assert "Rutland" in next(iter(found)).name
    assert [one.name for one in found][1:] == ["Marlowe Vale Council", ""]
    for authority, platform in found.items():
        assert isinstance(platform, Addresses)
        registered = get_platform("addresses")(authority, SCOPE)
        assert list(registered.start()) == list(platform.start())
        assert len(list(platform.start())) == 1


def test_each_address_is_asked_for_once_whatever_its_day(tmp_path: Path) -> None:
    path = write(tmp_path, f"url,date\n{A},2024-05-14\n{B},1999-05-14\n")
    platform = next(iter(read_addresses(path, SCOPE).values()))
    first, second = platform.start()
    assert (first.url, first.day, first.is_list) == (A, date(2024, 5, 14), False)
    assert (second.url, second.day, second.fact("day")) == (B, None, "1999-05-14")
    assert first.occasion != second.occasion


def gather_all(path: Path, scope: Scope, folder: Path) -> Mapping[Coverage, int]:
    platforms: Mapping[Authority, Addresses] = read_addresses(path, scope)
    with open_store(f"sqlite:///{folder / 'm.db'}") as store, Archive(folder / "archive") as archive:
        gathered = gather(Plan(platforms, scope, courtesy=QUICK), store, archive)
        papers = find_papers(store, [authority.code for authority in platforms])
        for one in papers:
            assert archive.read(one.paper.place).startswith(b"%PDF" if "pdf" in one.paper.source else b"<!DOCTYPE")
    assert [(one.authority, one.committee, one.day, one.paper.title) for one in papers] == [
        ("Marlowe Vale Council", None, None, None),
        ("Marlowe Vale Council", "Lido Panel", date(2020, 5, 14), "Draft minutes"),
    ]
    return gathered.occasions | {Coverage.NOT_TRIED: gathered.asked}


def test_documents_come_as_they_are_and_the_rest_is_told(tmp_path: Path) -> None:
    routes = {
        "/may.pdf": Answer(b"%PDF-1.4 of May", headers={"Content-Type": "application/pdf"}),
        "/page": Answer(),
        "/logo": Answer(b"\x89PNG", headers={"Content-Type": "image/png"}),
        "/closed": Answer(b"<p>Forbidden</p>", 403),
        "/gone": Answer(b"<p>Not found</p>", 404),
    }
    with serve(routes) as site:
        rows = {"may.pdf": ",Lido Panel,2020-05-14,Draft minutes", "page": "", "logo": "", "closed": "", "gone": ""}
        lines = [f"{site.base}/{name},Marlowe Vale Council{told}" for name, told in rows.items()]
        path = write(tmp_path, "\n".join(["url,authority,committee,date,title", *lines]))
        first = gather_all(path, SCOPE, tmp_path)
        assert first == {
            Coverage.DRAFT: 1, Coverage.APPROVED: 1, Coverage.FAILED: 2, Coverage.REFUSED: 1, Coverage.NOT_TRIED: 5,
        }  # fmt: skip
        before = len(site.visits)
        again = gather_all(path, SCOPE, tmp_path)
        assert again[Coverage.NOT_TRIED] == 0
        assert [visit.path for visit in site.visits[before:] if visit.path != "/robots.txt"] == []


def test_an_answer_that_is_no_document_is_not_taken_for_one(tmp_path: Path) -> None:
    platform = next(iter(read_addresses(write(tmp_path, A), SCOPE).values()))
    (request,) = platform.start()
    answer = Response(request, A, 200, b"\x89PNG", "image/png", datetime(2024, 5, 1, tzinfo=UTC))
    found = platform.read(answer)
    assert found.obstacle is not None and found.obstacle.state is Coverage.FAILED
    made = platform.compose(found.occasions[0], [answer])
    assert (made.papers, made.coverage) == ((), Coverage.FAILED)
    assert made.evidence == "answers of the type image/png are not read"
