"""WARC files, of this program and of others: which documents are found in them, and what is said of the rest."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from workflow_cases import dump, make_minutes

from minutes_miner.config import Limits
from minutes_miner.domain.gathering import Exchange
from minutes_miner.domain.record import Extraction
from minutes_miner.errors import ReadError
from minutes_miner.scrape.archive import CATALOGUE, Archive
from minutes_miner.workflow import Failure, Report, Skipped, Task, extract_files, mine
from minutes_miner.workflow.container import list_members, read_content
from minutes_miner.workflow.document import try_document

SITE = "https://elderbrook.example"
MAY, JUNE, JULY = (f"<html><body><pre>{make_minutes(number)}</pre></body></html>".encode() for number in range(3))


class Foreign:
    """Write a WARC file as another program would."""

    def __init__(self, path: Path, *, packed: bool) -> None:
        self.path, self._out = path, path.open("wb")
        self._writer = WARCWriter(self._out, gzip=packed)
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, {"software": "Quill 2"}))

    def add(self, url: str, body: bytes, day: int = 1, kind: str = "response", **headers: str) -> None:
        status = headers.pop("status", "200 OK")
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        http = StatusAndHeaders(status, named, protocol="HTTP/1.1") if kind == "response" else None
        fields = {"WARC-Date": f"2024-05-{day:02}T10:00:00Z"} | ({} if http else dict(named))
        made = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=fields
        )
        self._writer.write_record(made)

    def add_revisit(self, url: str, first: str, body: bytes) -> None:
        digest = f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        made = self._writer.create_revisit_record(url, digest, first, "2024-05-01T10:00:00Z", http_headers=http)
        self._writer.write_record(made)

    def close(self) -> Path:
        self._out.close()
        return self.path


def pack(data: bytes) -> bytes:
    """Pack, with the same bytes at any time: they name a test."""
    return gzip.compress(data, mtime=0)


def found(path: Path, limits: Limits = Limits()) -> list[Task | Skipped | Failure]:
    members = list_members(Task(path, str(path), "ELD"), limits)
    assert members
    return [item for item in members if isinstance(item, (Task, Skipped, Failure))]


def contents(path: Path) -> dict[str, bytes]:
    """Read every document that is found, by its source."""
    tasks = [item for item in found(path) if isinstance(item, Task)]
    for task in tasks:
        assert (task.path, task.authority, task.url, len(task.steps)) == (path, "ELD", task.source, 1)
    return {task.source: read_content(task, Limits()) for task in tasks}


def run(folder: Path, *paths: Path) -> Report:
    return mine(paths, f"sqlite:///{folder / 'm.db'}", jobs=0)


def answer(number: int, body: bytes, url: str | None = None, status: int = 200) -> Exchange:
    url = url or f"{SITE}/meeting?id={number}"
    moment = datetime(2024, 5, 1, number, tzinfo=UTC)
    return Exchange(url, url, status, (("Content-Type", "text/html; charset=utf-8"),), body, moment)


@pytest.mark.parametrize("packed", [True, False])
def test_the_documents_of_another_programs_file_are_found(tmp_path: Path, packed: bool) -> None:
    warc = Foreign(tmp_path / ("crawl.warc.gz" if packed else "crawl.warc"), packed=packed)
    warc.add(f"{SITE}/robots.txt", b"User-agent: *", Content_Type="text/plain")
    warc.add(f"{SITE}/may", gzip.compress(MAY), Content_Type="text/html", Content_Encoding="gzip")
    warc.add(f"{SITE}/june.HTML", JUNE, Content_Type="application/octet-stream")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(JULY), JULY)
    warc.add(f"{SITE}/july", chunked, Content_Type="text/html", Transfer_Encoding="chunked")
    warc.add(f"{SITE}/logo", b"GIF89a", Content_Type="image/gif")
    warc.add(f"{SITE}/gone", b"<p>Not found</p>", Content_Type="text/html", status="404 Not Found")
    warc.add(f"{SITE}/saved.txt", b"Minutes", kind="resource", Content_Type="text/plain")
    warc.add("dns:elderbrook.example", b"192.0.2.1", kind="resource", Content_Type="text/dns")
    path = warc.close()
    assert contents(path) == {
        f"{SITE}/may": MAY,
        f"{SITE}/june.HTML": JUNE,
        f"{SITE}/july": JULY,
        f"{SITE}/saved.txt": b"Minutes",
    }
    assert [item for item in found(path) if not isinstance(item, Task)] == [
        Skipped(f"{SITE}/logo", "answers of the type image/gif are not read")
    ]


def test_the_newest_answer_of_an_address_counts(tmp_path: Path) -> None:
    warc = Foreign(tmp_path / "crawl.warc", packed=False)
    for day, body in ((2, MAY), (9, JULY), (5, JUNE)):
        warc.add(f"{SITE}/minutes", body, day, Content_Type="text/html")
    warc.add(f"{SITE}/minutes", b"", 20, Content_Type="text/html", status="304 Not Modified")
    assert contents(warc.close()) == {f"{SITE}/minutes": JULY}


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_a_body_that_another_program_kept_once_is_found(tmp_path: Path, coding: str | None) -> None:
    body = gzip.compress(MAY) if coding else MAY
    headers = {"Content_Type": "text/html"} | ({"Content_Encoding": coding} if coding else {})
    warc = Foreign(tmp_path / "crawl.warc.gz", packed=True)
    warc.add(f"{SITE}/may", body, **headers)
    warc.add_revisit(f"{SITE}/copy", f"{SITE}/may", body)
    warc.add_revisit(f"{SITE}/lost", f"{SITE}/gone", b"never kept")
    path = warc.close()
    tasks = [item for item in found(path) if isinstance(item, Task)]
    assert {task.source: read_content(task, Limits()) for task in tasks} == {f"{SITE}/may": MAY, f"{SITE}/copy": MAY}
    (failure,) = [item for item in found(path) if isinstance(item, Failure)]
    assert (failure.source, "the record that holds the same body is gone" in failure.reason) == (f"{SITE}/lost", True)


def test_what_an_archive_holds_is_mined_once(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        places = [archive.keep(answer(number, body)) for number, body in enumerate((MAY[:300], MAY[300:], JULY))]
        archive.keep_conversion(f"{SITE}/paper", MAY, media_type="text/html", made_from=places[:2])
        archive.keep(answer(7, JULY, f"{SITE}/copy"))
        archive.keep(answer(8, b"<p>Sorry</p>", status=503))
    path = tmp_path / "archive" / archive.files()[0]
    assert contents(path) == {f"{SITE}/meeting?id=2": JULY, f"{SITE}/paper": MAY, f"{SITE}/copy": JULY}
    report = run(tmp_path, tmp_path / "archive")
    assert (report.mined, report.copied, report.failed) == (2, 1, [])
    sources = {row[0]: row for row in dump(tmp_path / "m.db")["sources"]}
    assert f"{SITE}/paper" in sources and sources[f"{SITE}/paper"].count(f"{SITE}/paper") == 2
    again = run(tmp_path, tmp_path / "archive")
    assert (again.mined, again.unchanged) == (0, 3)


def test_a_pack_of_files_in_an_answer_is_opened(tmp_path: Path) -> None:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("may.txt", make_minutes(0))
    warc = Foreign(tmp_path / "crawl.warc.gz", packed=True)
    warc.add(f"{SITE}/2024.zip", packed.getvalue(), Content_Type="application/zip")
    (task,) = found(warc.close())
    assert isinstance(task, Task)
    assert (task.source, task.url) == (f"{SITE}/2024.zip!/may.txt", f"{SITE}/2024.zip")
    assert read_content(task, Limits()).decode() == make_minutes(0)


def test_one_record_is_read_without_the_rest(tmp_path: Path) -> None:
    """Everything else in the file may be damaged, and the list of records be gone."""
    with Archive(tmp_path) as archive:
        for number in range(40):
            archive.keep(answer(1, random.Random(number).randbytes(3_000)))
        place, copy = archive.keep(answer(2, MAY)), archive.keep(answer(3, MAY, f"{SITE}/copy"))
    path = tmp_path / place.file
    data = path.read_bytes()
    noise = random.Random(1).randbytes(place.offset)
    path.write_bytes(noise + data[place.offset :])
    (tmp_path / CATALOGUE).unlink()
    for one in (place, copy):
        task = Task(path, f"{SITE}/x", steps=(one.offset,), committee="Lido Panel", meeting_date=date(2023, 1, 2))
        assert read_content(task, Limits()) == MAY
    results = try_document(replace(task, url=f"{SITE}/copy", is_whole=True), Limits()).outcome
    assert not isinstance(results, Failure)
    (document,) = [one.document for one in results]
    assert (document.committee, document.meeting_date, document.ref.url) == (
        "Lido Panel", date(2023, 1, 2), f"{SITE}/copy",
    )  # fmt: skip
    with pytest.raises(ReadError, match="no record begins here"):
        read_content(replace(task, steps=(place.offset + 1,)), Limits())


def test_damage_is_told_and_passed_over(tmp_path: Path) -> None:
    warc = Foreign(tmp_path / "crawl.warc.gz", packed=True)
    for number, body in enumerate((MAY, JUNE, JULY)):
        warc.add(f"{SITE}/{number}", body, Content_Type="text/html")
    path = warc.close()
    offsets = [item.steps[0] for item in found(path) if isinstance(item, Task)]
    data = bytearray(path.read_bytes())
    data[(offsets[1] + offsets[2]) // 2] ^= 0xFF
    path.write_bytes(data[:-100])
    assert sorted(contents(path)) == [f"{SITE}/0"]
    failed = {item.source: item.reason for item in found(path) if isinstance(item, Failure)}
    assert list(failed) == [f"{path}!/byte-{offsets[1]}"]
    assert "the record's packing is broken" in failed[f"{path}!/byte-{offsets[1]}"]


def test_a_wrong_digest_is_a_failure(tmp_path: Path) -> None:
    warc = Foreign(tmp_path / "crawl.warc", packed=False)
    warc.add(f"{SITE}/may", MAY, Content_Type="text/html")
    warc.add(f"{SITE}/june", JUNE, Content_Type="text/html")
    path = warc.close()
    path.write_bytes(path.read_bytes().replace(b"1000.00", b"9000.00", 1))
    assert sorted(contents(path)) == [f"{SITE}/june"]
    (failure,) = [item for item in found(path) if isinstance(item, Failure)]
    assert (failure.source, failure.reason) == (f"{SITE}/may", "the digest of its bytes is another one")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.warc", b"WARC/1.0\r\n\r\n", "the record does not say how long it is"),
        ("a.warc.gz", pack(b"no record"), "it holds no record of a WARC file"),
        ("a.warc.gz", pack(b"WARC/1.0\r\nContent-Length: 50\r\n\r\nx"), "the record is shorter than it says"),
    ],
)
def test_a_file_without_records_is_a_failure(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    report = run(tmp_path, tmp_path / name)
    assert len(report.failed) == 1
    assert reason in report.failed[0].reason


def test_a_file_packed_as_one_piece_is_told_apart(tmp_path: Path) -> None:
    warc = Foreign(tmp_path / "plain.warc", packed=False)
    warc.add(f"{SITE}/may", MAY, Content_Type="text/html")
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(warc.close().read_bytes()))
    (failure,) = run(tmp_path, tmp_path / "whole.warc.gz").failed
    assert "the file is packed as one piece, not record by record" in failure.reason


def test_a_bomb_harms_nobody(tmp_path: Path) -> None:
    warc = Foreign(tmp_path / "crawl.warc.gz", packed=True)
    warc.add(f"{SITE}/bomb", bytes(30_000_000), Content_Type="text/plain")
    twice = gzip.compress(bytes(30_000_000))
    warc.add(f"{SITE}/inner", twice, Content_Type="text/plain", Content_Encoding="gzip")
    warc.add(f"{SITE}/may", MAY, Content_Type="text/html")
    items = found(warc.close(), Limits(max_bytes=2_000_000))
    assert [item.source for item in items if isinstance(item, Task)] == [f"{SITE}/may"]
    assert ["unpacks to more than" in item.reason for item in items if isinstance(item, Failure)] == [True, True]


def test_a_file_can_be_extracted_without_a_database(tmp_path: Path) -> None:
    warc = Foreign(tmp_path / "crawl.warc.gz", packed=True)
    warc.add(f"{SITE}/may", MAY, Content_Type="text/html")
    results = list(extract_files([warc.close()], jobs=0))
    assert [one.document.ref.url for one in results if isinstance(one, Extraction)] == [f"{SITE}/may"]
    assert [len(one.decisions) for one in results if isinstance(one, Extraction)] == [2]
