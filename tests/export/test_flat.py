"""CSV and JSON Lines, read back by the standard library and pandas."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from export_cases import FORMULA, LIDO, ODD, PARK, ROWS, SIGN, STALL, dataset, empty

from minutes_miner.domain.dataset import TABLES
from minutes_miner.errors import ExportError
from minutes_miner.export.flat import CsvExporter, JsonlExporter


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_a_file_a_table_with_all_columns(tmp_path: Path) -> None:
    CsvExporter().write(dataset(), tmp_path / "out")
    for name, table in TABLES.items():
        rows = read_csv(tmp_path / "out" / f"{name}.csv")
        assert rows and len(rows) == len(ROWS[name])
        assert tuple(rows[0]) == table.columns


def test_csv_holds_the_values(tmp_path: Path) -> None:
    CsvExporter().write(dataset("decisions", "votes"), tmp_path / "out")
    rows = {row["id"]: row for row in read_csv(tmp_path / "out" / "decisions.csv")}
    park = rows[PARK]
    assert (park["largest_amount"], park["meeting_date"], park["procedural"]) == ("784000.00", "2031-02-03", "False")
    assert (park["owners"], park["votes_for"], park["abstentions"]) == ("Cllr Marsh; the Clerk", "3", "")
    assert rows[LIDO]["procedural"] == "True"
    assert rows[SIGN]["text"] == "'-that the sign, “Tarn\r\nWest”, be \x07mended"
    named = read_csv(tmp_path / "out" / "votes.csv")[1]["ballots"]
    assert named == "Cllr Marsh: for; Cllr Ó Broin: against; Cllr Reed: abstain"


@pytest.mark.parametrize(("escape", "expected"), [(True, f"'{FORMULA}"), (False, FORMULA)])
def test_csv_runs_no_formula_unless_it_is_told_to_leave_text_alone(
    escape: bool, expected: str, tmp_path: Path
) -> None:
    CsvExporter().write(dataset("decisions", escape=escape), tmp_path / "x.csv")
    assert {row["id"]: row["text"] for row in read_csv(tmp_path / "x.csv")}[STALL] == expected


def test_csv_is_read_by_pandas(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    CsvExporter().write(dataset("decisions"), tmp_path / "x.csv")
    frame = pandas.read_csv(tmp_path / "x.csv", parse_dates=["meeting_date"]).set_index("id")
    assert list(frame["authority"].dropna().unique()) == [ODD, "Tarn District Council"]
    assert frame.loc[PARK, "largest_amount"] == 784000.0
    assert frame["procedural"].sum() == 1


def test_json_lines_keep_lists_and_unknown_values(tmp_path: Path) -> None:
    JsonlExporter().write(dataset(), tmp_path / "out")
    for name, table in TABLES.items():
        lines = (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert [tuple(json.loads(line)) for line in lines] == [table.columns] * len(ROWS[name])
    decisions = [json.loads(line) for line in (tmp_path / "out" / "decisions.jsonl").read_text("utf-8").splitlines()]
    park = next(row for row in decisions if row["id"] == PARK)
    assert park["owners"][0] == {"text": "Cllr Marsh", "name": "Marsh", "role": None}
    assert (park["abstentions"], park["largest_amount"], park["meeting_date"]) == (None, "784000.00", "2031-02-03")
    assert next(row["text"] for row in decisions if row["id"] == STALL) == FORMULA


def test_the_provenance_has_each_file_with_its_digest(tmp_path: Path) -> None:
    CsvExporter().write(dataset(), tmp_path / "out")
    told = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))
    assert (told["filters"], told["pipelines"]) == ({"query": "park"}, {"rules-1": 5})
    assert [file["table"] for file in told["files"]] == list(TABLES)
    for file in told["files"]:
        data = (tmp_path / "out" / file["path"]).read_bytes()
        assert (file["rows"], file["bytes"]) == (len(ROWS[file["table"]]), len(data))
        assert file["sha256"] == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("exporter", [CsvExporter(), JsonlExporter()], ids=["csv", "jsonl"])
def test_one_file_takes_one_table(exporter: CsvExporter | JsonlExporter, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="4 tables can't go into one .*name one --table"):
        exporter.write(dataset(), tmp_path / f"x{exporter.suffix}")
    exporter.write(empty("sums"), tmp_path / f"x{exporter.suffix}")
    written = (tmp_path / f"x{exporter.suffix}").read_text("utf-8")
    assert written == (",".join(TABLES["sums"].columns) + "\n" if exporter.suffix == ".csv" else "")
