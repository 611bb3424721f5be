"""Runs over generated archives: truth, samples, addresses, reports, logs and Parquet files."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from workflow_cases import dump, write_minutes

from minutes_miner.cli import main
from minutes_miner.store import open_store
from minutes_miner.store.runs import list_runs
from minutes_miner.workflow import mine
from minutes_miner.workflow.lots import cut_lots, sample
from minutes_miner.workflow.mining import mine_paths
from minutes_miner.workflow.outcome import Task
from minutes_miner.workflow.plan import Plan
from minutes_miner.workflow.sink import DatabaseSink

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_archive.py"


def make_archive(folder: Path, documents: int, *options: str) -> list[dict[str, object]]:
    """Write an archive and give its truth."""
    program = [sys.executable, str(SCRIPT), str(folder), "--documents", str(documents), "--short", *options]
    subprocess.run(program, check=True, capture_output=True)
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    folder = tmp_path_factory.mktemp("archive")
    return folder, make_archive(folder, 60, "--faults", "0.15", "--seed", "7")


def run(*arguments: str | Path) -> tuple[int, str, str]:
    answer = CliRunner().invoke(main, [str(one) for one in arguments])
    return answer.exit_code, answer.stdout, answer.stderr


def test_an_archive_of_known_truth_is_mined_to_the_last_document(
    archive: tuple[Path, list[dict[str, object]]], tmp_path: Path
) -> None:
    folder, truth = archive
    database, told, log = tmp_path / "x.db", tmp_path / "run.json", tmp_path / "log.jsonl"
    code, _, _ = run("mine", folder, "--db", database, "--jobs", "1", "--report", told, "--log-json", log)
    faults = [one for one in truth if "fault" in one]
    assert code == 1 and len({str(one["fault"]) for one in faults}) > 2
    report = json.loads(told.read_text("utf-8"))
    assert report["counts"]["mined"] == len(truth) - len(faults) > 40
    assert report["counts"]["failed"] == len(faults) == sum(group["count"] for group in report["failures"])
    assert all(group["examples"] for group in report["failures"])
    assert set(report["stages"]) == {"read", "parse", "annotate", "extract", "store"}
    assert 0.99 < sum(stage["share"] for stage in report["stages"].values()) < 1.01
    assert report["scores"]["documents"] > 30 and len(report["slowest"]) == 10
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    outcomes = Counter(event.get("outcome") for event in events)
    assert (outcomes["mined"], outcomes["failed"]) == (report["counts"]["mined"], len(faults))
    assert events[-1]["event"] == "finished" and events[-1]["run"] == 1
    with open_store(f"sqlite:///{database}") as store:
        assert [(one.state, one.documents) for one in list_runs(store)] == [("finished", report["counts"]["mined"])]


def test_the_report_is_a_page_that_needs_nothing_beside_it(minutes: Path, tmp_path: Path) -> None:
    (minutes / "broken.pdf").write_bytes(b"%PDF-1.7\n<nothing> & else")
    page = tmp_path / "run.html"
    assert run("mine", minutes, "--db", tmp_path / "x.db", "--jobs", "0", "--report", page)[0] == 1
    text = page.read_text("utf-8")
    assert "<h1>A run of minutes-miner 1</h1>" in text and "broken.pdf" in text and "annotate" in text
    assert "src=" not in text and "href=" not in text


def test_a_sample_is_the_same_every_time_and_part_of_a_larger_one() -> None:
    tasks = [Task(Path(f"{number}.txt"), f"archive/{number}.txt") for number in range(4000)]
    tenth, third = ({task.source for task in sample(tasks, share, None)} for share in (0.1, 0.3))
    assert 300 < len(tenth) < 500 and tenth < third
    assert tenth == {task.source for task in sample(tasks, 0.1, None)}
    assert [task.source for task in sample(tasks, 1, 3)] == ["archive/0.txt", "archive/1.txt", "archive/2.txt"]


def test_limit_and_sample_choose_files(minutes: Path, tmp_path: Path) -> None:
    assert run("mine", minutes, "--db", tmp_path / "x.db", "--jobs", "0", "--limit", "2")[0] == 0
    assert len(dump(tmp_path / "x.db")["documents"]) == 2
    assert "is no share" in run("mine", minutes, "--db", tmp_path / "x.db", "--sample", "200%")[2]


def test_large_files_have_a_lot_of_their_own() -> None:
    sizes = [10, 10, 150_000, 300_000, 10, 10, 10]
    tasks = [Task(Path("x"), str(number), size=size, steps=(1,)) for number, size in enumerate(sizes)]
    assert [len(lot) for lot in cut_lots(tasks, 3)] == [3, 1, 3]
    assert [task for lot in cut_lots(tasks, 2) for task in lot] == tasks


def test_addresses_of_a_folder_in_memory_are_mined(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    for path in write_minutes(tmp_path / "minutes", 3):
        system.pipe(f"/elderbrook/2024/{path.name}", path.read_bytes())
    system.pipe("/elderbrook/.hidden.txt", b"nothing")
    plan = Plan(jobs=0)
    for change in ("mined", "unchanged"):
        report = mine_paths(["memory://elderbrook"], DatabaseSink(f"sqlite:///{tmp_path}/x.db", plan), plan)
        assert (getattr(report, change), report.failed) == (3, [])
    plain = mine([tmp_path / "minutes"], f"sqlite:///{tmp_path}/y.db", jobs=0)
    assert plain.decisions == 6 == len(dump(tmp_path / "x.db")["decisions"])


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """Serve a folder with a document and an archive."""
    import zipfile

    folder = tmp_path / "served"
    write_minutes(folder, 1)
    with zipfile.ZipFile(folder / "more.zip", "w") as more:
        for path in write_minutes(tmp_path / "more", 4)[2:]:
            more.write(path, path.name)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_web_addresses_are_fetched_by_the_workers(web: str, tmp_path: Path) -> None:
    pytest.importorskip("aiohttp")
    addresses = [f"{web}/{name}" for name in ("minutes-000.txt", "more.zip", "gone.txt")]
    plan = Plan(jobs=1)
    report = mine_paths(addresses, DatabaseSink(f"sqlite:///{tmp_path}/x.db", plan), plan)
    assert report.mined == 3
    assert [(failure.source, failure.reason) for failure in report.failed] == [
        (addresses[2], "there is no such file; check the address")
    ]
