"""Archives whose writer was killed, whose disk was full, and whose files were damaged since."""

from __future__ import annotations

import gzip
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from exchanging import SITE, exchange, page

from minutes_miner.domain.gathering import Place
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.archive import CATALOGUE, Archive

HERE = Path(__file__).parent

KEEPING = """
import itertools, sys
from pathlib import Path
from minutes_miner.scrape.archive import Archive
from exchanging import exchange
with Archive(Path(sys.argv[1]), max_bytes=40_000) as archive:
    for number in itertools.count():
        print(*archive.keep(exchange(number)), flush=True)
"""

FILLING = """
import resource, sys
from pathlib import Path
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.archive import Archive
from exchanging import exchange
with Archive(Path(sys.argv[1])) as archive:
    kept = [archive.keep(exchange(number)) for number in range(3)]
    size = kept[-1].offset + kept[-1].length + 1_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        archive.keep(exchange(3))
    except ScrapeError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    archive.keep(exchange(4))
"""


def keep(folder: Path, count: int) -> list[Place]:
    with Archive(folder) as archive:
        return [archive.keep(exchange(number)) for number in range(count)]


def is_sound(folder: Path) -> bool:
    files = [str(path) for path in sorted(folder.glob("*.warc.gz"))]
    assert files
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, check=False)
    return (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("lines", [1, 7, 63, 64, 65, 130])
def test_a_killed_writer_loses_nothing_that_it_told_of(tmp_path: Path, lines: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", KEEPING, tmp_path], stdout=subprocess.PIPE, cwd=HERE, text=True)
    assert writer.stdout is not None
    with writer.stdout:
        told = [writer.stdout.readline().split() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        told += [line.split() for line in writer.stdout.read().splitlines() if line.count(" ") == 2]
    assert writer.wait() == -signal.SIGKILL
    places = [Place(file, int(offset), int(length)) for file, offset, length in told]
    known = {place.file: place.offset + place.length for place in places[: lines // 2]}
    with Archive(tmp_path) as archive:
        kept = list(archive.recover({}))
        assert [place for _, place in kept[: len(places)]] == places
        assert [answer for answer, _ in kept] == [exchange(number) for number in range(len(kept))]
        assert list(archive.recover(known)) == kept[lines // 2 :]
        assert list(archive.verify()) == []
        archive.keep(exchange(1_000_000))
    assert is_sound(tmp_path)


def test_what_was_not_finished_is_cut_off(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    places = keep(whole, 3)
    path = whole / places[-1].file
    data, start = path.read_bytes(), places[-1].offset
    for number, end in enumerate(range(start + 1, len(data), 197)):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        if number % 2:
            (folder / CATALOGUE).unlink()
        (folder / path.name).write_bytes(data[:end])
        with Archive(folder) as archive:
            has_last = end >= start + places[-1].length
            assert [place for _, place in archive.recover({})] == places[: 3 if has_last else 2]
            assert archive.read(archive.keep(exchange(2))) == page(2)
            assert list(archive.verify()) == []
        assert is_sound(folder)
    assert number > 5


def test_a_reader_cuts_nothing_off(tmp_path: Path) -> None:
    places = keep(tmp_path, 2)
    path = tmp_path / places[1].file
    data = path.read_bytes()[: places[1].offset + 100]
    path.write_bytes(data)
    with Archive(tmp_path, writable=False) as archive:
        assert [entry.place for entry in archive.iter_records()] == places[:1]
        assert [(problem.offset, problem.reason) for problem in archive.verify()] == [
            (places[1].offset, "100 bytes can't be read: the record is cut short")
        ]
    assert path.read_bytes() == data


def test_a_damaged_record_harms_no_other(tmp_path: Path) -> None:
    places = keep(tmp_path, 4)
    flip(tmp_path / places[1].file, places[1].offset + places[1].length // 2)
    (tmp_path / CATALOGUE).unlink()
    with Archive(tmp_path) as archive:
        assert [entry.place for entry in archive.iter_records()] == [places[0], places[2], places[3]]
        assert [archive.read(places[number]) for number in (0, 2, 3)] == [page(0), page(2), page(3)]
        with pytest.raises(ScrapeError, match=f"{places[1].file}, byte {places[1].offset}: the record's packing"):
            archive.read(places[1])
        assert [problem.offset for problem in archive.verify()] == [places[1].offset]


def test_bytes_that_unpack_to_something_else_are_found(tmp_path: Path) -> None:
    """What a power cut leaves at the end of a file, zeros, is cut off; a whole record with a wrong digest is not."""
    places = keep(tmp_path, 1)
    path = tmp_path / places[0].file
    data = path.read_bytes()
    start, end = places[0].offset, places[0].offset + places[0].length
    forged = gzip.compress(gzip.decompress(data[start:end]).replace(b"RESOLVED", b"REJECTED"))
    path.write_bytes(data[:start] + forged + data[end:] + bytes(5_000))
    (tmp_path / CATALOGUE).unlink()
    with Archive(tmp_path) as archive:
        with pytest.raises(ScrapeError, match="the digest of its bytes is another one"):
            archive.read(places[0])
        problems = list(archive.verify())
    assert [(problem.offset, problem.reason) for problem in problems] == [
        (start, "the digest of its bytes is another one")
    ]
    assert path.stat().st_size == len(data) - places[0].length + len(forged)


@pytest.mark.parametrize("content", [b"", b"no database at all, but some words that say so" * 100])
def test_a_broken_list_is_made_anew(tmp_path: Path, content: bytes) -> None:
    places = keep(tmp_path, 3)
    (tmp_path / CATALOGUE).write_bytes(content)
    for writable in (False, True):
        with Archive(tmp_path, writable=writable) as archive:
            assert [entry.place for entry in archive.iter_records()] == places


def test_a_list_that_lags_behind_is_caught_up(tmp_path: Path) -> None:
    places = keep(tmp_path, 2)
    old = (tmp_path / CATALOGUE).read_bytes()
    with Archive(tmp_path) as archive:
        places += [archive.keep(exchange(5)), archive.keep(exchange(6, body=page(0)))]
    (tmp_path / CATALOGUE).write_bytes(old)
    for writable in (False, True):
        with Archive(tmp_path, writable=writable) as archive:
            assert [entry.place for entry in archive.iter_records()] == places
            assert [entry.size for entry in archive.iter_records()] == [len(page(number)) for number in (0, 1, 5, 0)]


def test_a_list_of_other_files_is_not_believed(tmp_path: Path) -> None:
    places = keep(tmp_path, 3)
    path = tmp_path / places[0].file
    path.write_bytes(path.read_bytes()[: places[1].offset])
    for writable in (False, True):
        with Archive(tmp_path, writable=writable) as archive:
            assert [entry.place for entry in archive.iter_records()] == places[:1]
            assert archive.find(exchange(2).url) == []


def test_a_full_disk_leaves_the_file_whole(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, tmp_path], capture_output=True, cwd=HERE, text=True, check=True
    )
    assert "it can't be written: File too large" in done.stdout
    with Archive(tmp_path, writable=False) as archive:
        assert [entry.url for entry in archive.iter_records()] == [f"{SITE}/meeting?id={n}" for n in (0, 1, 2, 4)]
        assert list(archive.verify()) == []
    assert is_sound(tmp_path)
