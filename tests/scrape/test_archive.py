"""What is kept comes back as it was, and other programs can read it."""

from __future__ import annotations

import string
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchanging import SITE, exchange, page
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from minutes_miner import __version__
from minutes_miner.domain.gathering import Exchange, Place
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.archive import CATALOGUE, Archive
from minutes_miner.scrape.stocktaking import Problem


def records(folder: Path) -> list[tuple[str, str | None, bytes]]:
    """Read kind, address and content of every record, with another program's eyes."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                url = record.rec_headers.get_header("WARC-Target-URI")
                found.append((record.rec_type, url, record.content_stream().read()))
    return found


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    files = [str(path) for path in sorted(folder.glob("*.warc.gz"))]
    assert files
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_answer_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    first, second = exchange(1), exchange(2)
    with Archive(tmp_path) as archive:
        places = [archive.keep(first), archive.keep(second)]
        assert [archive.read(place) for place in places] == [first.body, second.body]
        assert [archive.read_exchange(place) for place in places] == [first, second]
    with Archive(tmp_path, writable=False) as archive:
        assert [archive.read_exchange(place) for place in places] == [first, second]
        assert [entry.place for entry in archive.iter_records()] == places
        assert list(archive.verify()) == []


names = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=12)
values = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=30)
tricky = st.sampled_from([b"", b"<p>agreed</p>", b"WARC/1.1\r\n\r\n", b"\x1f\x8b\x08\x00"])
exchanges = st.builds(
    Exchange,
    asked=st.sampled_from([f"{SITE}/a", f"{SITE}/b?id=%20"]),
    url=st.sampled_from([f"{SITE}/a", "http://other.example", f"{SITE}/caf%C3%A9?q=1&r=2"]),
    status=st.sampled_from([200, 204, 301, 304, 404, 429, 500, 599]),
    headers=st.lists(st.tuples(names | st.sampled_from(["Content-Encoding", "content-length"]), values)).map(tuple),
    body=st.binary(max_size=300) | tricky,
    fetched_at=st.datetimes(datetime(1995, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    sent=st.lists(st.tuples(names, values), max_size=4).map(tuple),
)


@example([replace(exchange(1, body=b""), headers=(("Content-Encoding", "0"), ("Content-Length", "0")))])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(exchanges, min_size=1, max_size=6))
def test_whatever_is_kept_is_read_back(tmp_path_factory: pytest.TempPathFactory, kept: list[Exchange]) -> None:
    folder = tmp_path_factory.mktemp("archive")
    with Archive(folder, max_bytes=700) as archive:
        places = [archive.keep(one) for one in kept]
        assert [archive.read_exchange(place) for place in places] == kept
    (folder / CATALOGUE).unlink()
    with Archive(folder, writable=False) as archive:
        assert list(archive.recover({})) == list(zip(kept, places, strict=True))
        assert list(archive.verify()) == []
    bare = [content for kind, _, content in records(folder) if kind == "response"]
    assert set(bare) == {one.body for one in kept}


def test_another_programs_check_finds_nothing_wrong(tmp_path: Path) -> None:
    packed = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "12"))
    with Archive(tmp_path) as archive:
        place = archive.keep(replace(exchange(1), headers=packed))
        archive.keep(exchange(2, body=page(1)))
        archive.keep(exchange(3, body=b"", status=304))
        archive.keep_conversion(f"{SITE}/paper", b"<p>Agreed.</p>", media_type="text/html", made_from=[place])
        assert archive.read_exchange(place).headers == packed
    done = check(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("digest pass") == 1 + 2 * 3
    assert [(kind, content) for kind, url, content in records(tmp_path) if url == f"{SITE}/meeting?id=1"] == [
        ("response", page(1)),
        ("request", b""),
    ]


def test_a_file_begins_with_who_made_it(tmp_path: Path) -> None:
    with Archive(tmp_path, contact="clerk@marlowe-vale.example") as archive:
        archive.keep(exchange(1))
    kind, _, content = records(tmp_path)[0]
    assert kind == "warcinfo"
    assert f"software: minutes-miner/{__version__}\r\n" in content.decode()
    assert "operator: clerk@marlowe-vale.example\r\n" in content.decode()


def test_a_body_is_kept_once(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        first, again = archive.keep(exchange(1)), archive.keep(exchange(2, body=page(1)))
        assert again.length < first.length / 2
        assert archive.read(again) == page(1)
        assert archive.read_exchange(again) == exchange(2, body=page(1))
        assert [(entry.kind, entry.size) for entry in archive.iter_records()] == [
            ("response", len(page(1))),
            ("revisit", len(page(1))),
        ]
    assert [kind for kind, _, _ in records(tmp_path)] == ["warcinfo", "response", "request", "revisit", "request"]


def test_a_body_is_kept_once_in_all_runs(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep(exchange(1))
    with Archive(tmp_path) as archive:
        place = archive.keep(exchange(2, body=page(1)))
        assert len(archive.files()) == 2
    with Archive(tmp_path, writable=False) as archive:
        assert archive.read(place) == page(1)


def test_answers_without_a_body_are_no_copies_of_each_other(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        for number in (1, 2):
            archive.keep(exchange(number, body=b"", status=304))
        assert [(entry.kind, entry.status) for entry in archive.iter_records()] == [("response", 304)] * 2


def test_the_address_first_asked_for_is_kept(tmp_path: Path) -> None:
    moved = replace(exchange(1), asked=f"{SITE}/old address")
    with Archive(tmp_path) as archive:
        place = archive.keep(moved)
        assert archive.read_exchange(place).asked == f"{SITE}/old%20address"
        assert [entry.place for entry in archive.find(f"{SITE}/old address")] == [place]
        assert [entry.place for entry in archive.find(moved.url)] == [place]
        assert archive.find(f"{SITE}/elsewhere") == []


def test_a_header_can_not_smuggle_in_a_record(tmp_path: Path) -> None:
    evil = "x\r\n\r\nWARC/1.1\r\nWARC-Type: response"
    with Archive(tmp_path) as archive:
        place = archive.keep(replace(exchange(1), url=f"{SITE}/{evil}", headers=(("X-Evil", evil), (evil, "y"))))
        assert archive.read(place) == page(1)
    assert check(tmp_path).returncode == 0
    assert [kind for kind, _, _ in records(tmp_path)] == ["warcinfo", "response", "request"]


def test_a_paper_is_kept_once_an_address(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        sources = [archive.keep(exchange(number)) for number in (1, 2)]

        def keep(url: str, body: bytes) -> Place:
            return archive.keep_conversion(url, body, media_type="text/html", made_from=sources)

        first = keep(f"{SITE}/paper", b"<p>Agreed.</p>")
        assert keep(f"{SITE}/paper", b"<p>Agreed.</p>") == first
        changed, other = keep(f"{SITE}/paper", b"<p>Refused.</p>"), keep(f"{SITE}/other", b"<p>Agreed.</p>")
        assert len({first, changed, other}) == 3
        assert archive.read(changed) == b"<p>Refused.</p>"
        with pytest.raises(ScrapeError, match="no record begins at byte 5"):
            archive.keep_conversion(SITE, b"x", media_type="text/html", made_from=[first._replace(offset=5)])
        with pytest.raises(ScrapeError, match="this record holds no answer"):
            archive.read_exchange(first)
    with Archive(tmp_path) as archive:
        assert keep(f"{SITE}/paper", b"<p>Agreed.</p>") == first
        assert [entry.kind for entry in archive.find(f"{SITE}/paper")] == ["conversion"] * 2


def test_a_conversion_names_what_it_was_made_from(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        places = [archive.keep(exchange(number)) for number in (1, 2)]
        archive.keep_conversion(f"{SITE}/paper", b"<p>Agreed.</p>", media_type="text/html", made_from=places)
        ids = [entry.name for entry in archive.iter_records() if entry.kind == "response"]
    with next(tmp_path.glob("*.warc.gz")).open("rb") as stream:
        made = [record.rec_headers for record in ArchiveIterator(stream) if record.rec_type == "conversion"]
    assert [headers.get_header("WARC-Refers-To") for headers in made] == ids[:1]
    assert [headers.get_header("Minutes-Miner-Made-From") for headers in made] == [" ".join(ids)]


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    now = datetime(2024, 5, 1, 18, 30, tzinfo=UTC)
    with Archive(tmp_path, max_bytes=5_000, clock=lambda: now) as archive:
        places = [archive.keep(exchange(number)) for number in range(10)]
        assert len(archive.files()) > 2
        assert archive.files()[:2] == ["gather-20240501T183000Z-00001.warc.gz", "gather-20240501T183000Z-00002.warc.gz"]
        assert [entry.place for entry in archive.iter_records()] == places
    assert check(tmp_path).returncode == 0
    with Archive(tmp_path, clock=lambda: now) as archive:
        assert archive.keep(exchange(11)).file > places[-1].file


def test_nothing_kept_leaves_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "new") as archive:
        assert (archive.files(), list(archive.iter_records()), list(archive.verify())) == ([], [], [])


def test_only_what_was_not_noted_down_is_recovered(tmp_path: Path) -> None:
    with Archive(tmp_path, max_bytes=5_000) as archive:
        places = [archive.keep(exchange(number)) for number in range(8)]
        noted = places[4]
        archive.keep_conversion(f"{SITE}/paper", b"x", media_type="text/html", made_from=places[:1])
    known = {place.file: place.offset + place.length for place in places[: places.index(noted) + 1]}
    with Archive(tmp_path) as archive:
        assert list(archive.recover(known)) == [(exchange(number), places[number]) for number in range(5, 8)]


def test_one_program_writes_at_a_time_and_others_read(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        place = archive.keep(exchange(1))
        with pytest.raises(ScrapeError, match="another program writes to this archive; wait until it is done"):
            Archive(tmp_path)
        with Archive(tmp_path, writable=False) as reader:
            assert reader.read(place) == page(1)
            assert [entry.place for entry in reader.iter_records()] == [place]
            with pytest.raises(ScrapeError, match="not open for writing"):
                reader.keep(exchange(2))
    with Archive(tmp_path) as archive:
        assert archive.read(place) == page(1)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScrapeError, match="there is no such folder; check the path"):
        Archive(tmp_path / "none", writable=False)
    with Archive(tmp_path) as archive:
        place = archive.keep(exchange(1))
        for wrong, reason in [
            (place._replace(offset=place.offset + 3), "no record begins here"),
            (place._replace(offset=10_000_000), "no record begins here"),
            (place._replace(file="other.warc.gz"), "the archive's file is gone"),
            (place._replace(file="../archive.warc.gz"), "this is no file of the archive"),
        ]:
            with pytest.raises(ScrapeError, match=reason):
                archive.read(wrong)


def test_problems_say_where_they_are(tmp_path: Path) -> None:
    with Archive(tmp_path, max_bytes=100) as archive:
        first = archive.keep(exchange(1))
        again = archive.keep(exchange(2, body=page(1)))
        made = archive.keep_conversion(f"{SITE}/paper", b"x", media_type="text/html", made_from=[first])
    (tmp_path / first.file).unlink()
    with Archive(tmp_path, writable=False) as archive:
        problems = list(archive.verify())
        with pytest.raises(ScrapeError, match="the record that holds the same body is gone or damaged"):
            archive.read(again)
    assert problems[0] == Problem(again.file, again.offset, "the record that holds the same body is gone or damaged")
    assert [(problem.file, problem.offset) for problem in problems[1:]] == [(made.file, made.offset)]
    assert "which is not in the archive" in problems[1].reason
