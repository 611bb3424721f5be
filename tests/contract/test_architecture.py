"""What is true of every module and every committed file."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "minutes_miner").rglob("*.py"))
BOUNDARY = "minutes_miner/workflow/document.py"
MACHINE_PATH = re.compile(rb"(?<![\w.~\\-])/(?:root|work|tmp|home/[a-z]\w*|Users/\w+)/[\w.]")
TEXTS = {".py", ".md", ".cfg", ".toml", ".txt", ".html", ".jsonl", ".json", ".yml", ".csv", ".mako", ""}


def committed_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listing.stdout.decode().split("\0") if listing.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_run_one_way() -> None:
    assert lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True) == 0


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 30


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_says_what_it_does_in_its_first_line(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring, "no docstring"
    first = docstring.splitlines()[0]
    assert re.match(r"[A-Z][a-z]+\b.*[.]$", first), first


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "base", "misc", "json", "csv"}


def test_a_broad_except_stands_only_at_the_edge_of_a_document() -> None:
    broad = [
        relative(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
    ]
    assert broad == [BOUNDARY]


def test_no_committed_file_names_a_path_of_somebodys_machine() -> None:
    files = committed_files()
    if not files:
        pytest.skip("not a git checkout: there is no list of committed files")
    found = [
        f"{relative(path)}:{number}"
        for path in files
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_the_version_stands_in_one_place() -> None:
    assert "version = attr: minutes_miner.__version__" in (ROOT / "setup.cfg").read_text("utf-8")
