"""What is kept of compiled patterns: it finds what compiling finds, and nothing depends on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import regex

from minutes_miner.annotate import kept, phrases
from minutes_miner.annotate.patternfiles import list_files
from minutes_miner.annotate.phrases import Words, compile_phrases, load_phrases

TEXT = "RESOLVED (7 votes to 2) that the Clerk, Mrs A. Fenn, write to the owners by 3 May 2024 about the £1,200 fence."


def forget() -> None:
    for function in (phrases._load_all, phrases.load_phrases):
        function.cache_clear()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Begin with nothing read, and with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget()
    yield tmp_path / "minutes-miner"
    forget()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List what is compiled from here on."""
    seen: list[str] = []
    compile_anew = regex.compile

    def note(expression: str, flags: int = 0) -> regex.Pattern[str]:
        seen.append(expression)
        return compile_anew(expression, flags)

    monkeypatch.setattr(phrases.regex, "compile", note)
    return seen


def find_all() -> list[tuple[str, str, int, str]]:
    """Find whatever any label of any file matches, with and without clues."""
    return [
        (name, label, match.start(), match.group())
        for name in list_files()
        for label, phrase in load_phrases(name).items()
        for text in (TEXT, Words(TEXT))
        for match in phrase.finditer(text)
    ]


def test_what_is_kept_finds_the_same_and_compiles_nothing(folder: Path, compiled: list[str]) -> None:
    compile_phrases()
    fresh = find_all()
    assert len(compiled) > 500 and len(fresh) > 20
    assert len(list(folder.iterdir())) == 1
    forget()
    compiled.clear()
    compile_phrases()
    assert find_all() == fresh
    assert compiled == []


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [
    damage, lambda path: path.write_bytes(path.read_bytes()[:5000]), lambda path: path.write_bytes(b""),
    lambda path: (path.unlink(), path.mkdir()),
], ids=["a changed byte", "cut", "empty", "a folder"])  # fmt: skip
def test_a_broken_file_is_nothing(folder: Path, spoil: Callable[[Path], object]) -> None:
    key = "0" * 16
    kept.save_kept(key, kept.Kept({"one": {}}, {"a+": regex.compile("a+" * 3000)}))
    assert kept.load_kept(key) is not None
    spoil(next(folder.iterdir()))
    assert kept.load_kept(key) is None
    kept.save_kept(key, kept.Kept({}, {}))  # whether or not it can be mended


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may give files away")
def test_a_file_of_somebody_else_is_not_trusted(folder: Path) -> None:
    kept.save_kept("0", kept.Kept({}, {}))
    os.chown(next(folder.iterdir()), 12345, -1)
    assert kept.load_kept("0") is None


def test_each_version_of_the_compiler_has_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.save_kept("0", kept.Kept({}, {}))
    assert kept.load_kept("1") is None
    monkeypatch.setattr(kept.regex, "__version__", "1999.1.1")
    assert kept.load_kept("0") is None


def test_a_cache_that_can_not_be_written_is_done_without(folder: Path) -> None:
    folder.parent.joinpath("minutes-miner").write_text("no folder")
    compile_phrases()
    assert find_all()


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", refuse)
    kept.save_kept("0", kept.Kept({}, {}))
    assert kept.load_kept("0") is None


def test_files_of_long_ago_are_cleared_away(folder: Path) -> None:
    kept.save_kept("0", kept.Kept({}, {}))
    os.utime(next(folder.iterdir()), (0, 0))
    kept.save_kept("1", kept.Kept({}, {}))
    assert kept.load_kept("0") is None and kept.load_kept("1") is not None
