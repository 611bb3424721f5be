"""Which files a run finds, in which order, and what it says of those it can't read."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from minutes_miner.config import Limits
from minutes_miner.errors import ReadError
from minutes_miner.workflow import Skipped, Task, find_files
from minutes_miner.workflow.files import digest, read_file, source_of


def sources(path: Path) -> list[str]:
    return [Path(found.source).relative_to(path).as_posix() for found in find_files([path])]


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"text of {name}")


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    fill(tmp_path, "b/2.pdf", "b/1.HTML", "a.txt", "c.md", "b.docx", "minutes")
    assert sources(tmp_path) == ["a.txt", "b/1.HTML", "b/2.pdf", "b.docx", "c.md", "minutes"]


def test_hidden_files_are_left_out_and_unknown_suffixes_told(tmp_path: Path) -> None:
    fill(tmp_path, ".hidden.txt", ".git/x.txt", "plan.xlsx", "seen.txt")
    assert list(find_files([tmp_path])) == [
        Skipped(str(tmp_path / "plan.xlsx"), "files that end in .xlsx are not read"),
        Task(tmp_path / "seen.txt", str(tmp_path / "seen.txt")),
    ]


def test_a_file_named_itself_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    fill(tmp_path, "minutes.final", ".minutes")
    named = [tmp_path / "minutes.final", tmp_path / ".minutes"]
    assert [found.source for found in find_files(named) if isinstance(found, Task)] == [str(path) for path in named]


def test_each_file_is_found_once(tmp_path: Path) -> None:
    fill(tmp_path, "a/1.txt", "a/2.txt")
    found = list(find_files([tmp_path / "a" / "2.txt", tmp_path, tmp_path / "a"]))
    assert [Path(item.source).name for item in found] == ["2.txt", "1.txt"]


def test_a_loop_of_links_is_walked_once(tmp_path: Path) -> None:
    fill(tmp_path, "a/1.txt")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    found = list(find_files([tmp_path]))
    assert [Path(item.source).name for item in found] == ["1.txt", "self"]
    with pytest.raises(ReadError, match="(?i)symbolic links"):
        read_file(tmp_path / "a" / "self", Limits())


def test_thousands_of_nested_folders_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    fill(tmp_path, "z.txt")
    try:
        assert [type(found) for found in find_files([tmp_path])][-1] is Task
    finally:  # pytest's own clean-up would exhaust the stack
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


def test_pipes_and_sockets_in_a_folder_are_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.txt"))
        found = list(find_files([tmp_path]))
    assert [(Path(item.source).name, item.reason) for item in found if isinstance(item, Skipped)] == [
        ("pipe.txt", "not a regular file"),
        ("socket.txt", "not a regular file"),
    ]


@pytest.mark.parametrize("kind", ["missing", "dangling", "pipe", "folder", "large"])
def test_a_file_that_can_not_be_read_is_one_clear_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.txt"
    if kind == "dangling":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "large":
        path.write_bytes(b"x" * 11)
    with pytest.raises(ReadError) as caught:
        read_file(path, Limits(max_bytes=10))
    expected = {
        "missing": "there is no such file; check the path",
        "dangling": "the link leads to nothing; check the path",
        "pipe": "not a regular file; name a file or a folder of files",
        "folder": "not a regular file; name a file or a folder of files",
        "large": "the file is larger than 1e-05 MB; split it or give its text alone",
    }
    assert str(caught.value) == f"{path}: {expected[kind]}"


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = threading.Thread(target=lambda: pytest.raises(ReadError, read_file, tmp_path / "pipe", Limits()))
    reader.start()
    reader.join(timeout=5)
    assert not reader.is_alive()


def test_bytes_are_read_and_named(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    data = read_file(tmp_path / "a.txt", Limits())
    assert data == b"text of a.txt"
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4, B.1


def test_a_name_that_is_no_utf8_becomes_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    assert source_of(path).endswith("caf\\xe9.txt")
    source_of(path).encode("utf-8")
