"""What stands at the target before, during and after an export."""

from __future__ import annotations

from pathlib import Path

import pytest
from export_cases import dataset

from minutes_miner.errors import ExportError
from minutes_miner.export.flat import CsvExporter
from minutes_miner.export.target import replacing


def write_export(target: Path, *, force: bool = False) -> None:
    with replacing(target, force=force) as beside:
        CsvExporter().write(dataset("decisions"), beside)


def test_a_file_is_moved_in_place_when_it_is_whole(tmp_path: Path) -> None:
    with replacing(tmp_path / "x.csv", force=False) as beside:
        beside.write_text("half")
        assert not (tmp_path / "x.csv").exists()
        assert (beside.parent, beside.suffix) == (tmp_path, ".csv")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x.csv", "half")]


@pytest.mark.parametrize("error", [ExportError("no"), KeyboardInterrupt()], ids=["error", "Ctrl-C"])
@pytest.mark.parametrize("folder", [True, False], ids=["folder", "file"])
def test_after_an_error_everything_is_as_it_was(error: BaseException, folder: bool, tmp_path: Path) -> None:
    target = tmp_path / ("out" if folder else "out.csv")
    write_export(target)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(type(error)), replacing(target, force=True) as beside:
        CsvExporter().write(dataset("sums"), beside)
        raise error
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    for target in (tmp_path / "out", tmp_path / "out.csv"):
        write_export(target)
        with pytest.raises(ExportError, match="is there already; name another place, or add --force"):
            write_export(target)
    before = (tmp_path / "out" / "decisions.csv").stat().st_ino
    write_export(tmp_path / "out", force=True)
    assert (tmp_path / "out" / "decisions.csv").stat().st_ino != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.csv"]


@pytest.mark.parametrize("inside", ["letters", "out"])
def test_a_folder_with_other_things_is_never_replaced(inside: str, tmp_path: Path) -> None:
    if inside == "out":
        write_export(tmp_path / "out")
    target = tmp_path / "out"
    (target / "letters").mkdir(parents=True)
    (target / "letters" / "mine.txt").write_text("dear")
    with pytest.raises(ExportError, match="holds something else than an export"):
        write_export(target, force=True)
    assert (target / "letters" / "mine.txt").read_text() == "dear"


def test_a_folder_takes_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    write_export(tmp_path / "out", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "decisions.csv").is_file()


def test_an_empty_folder_is_replaced_by_force(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_export(tmp_path / "out", force=True)
    assert (tmp_path / "out" / "decisions.csv").stat().st_size > 100


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="its folder is not there"):
        write_export(tmp_path / "nowhere" / "out")
