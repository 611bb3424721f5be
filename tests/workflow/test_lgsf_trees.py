"""Folders that LGSF saved: which minutes and decisions are taken, with which facts, and what is left out and why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from workflow_cases import dump, make_minutes

from minutes_miner.config import Limits
from minutes_miner.workflow import Failure, Skipped, Task, find_files, mine
from minutes_miner.workflow.container import read_content

SITE = "https://democracy.marlowe-vale.example"
COUNCILLOR = {"url": f"{SITE}/mgUserInfo.aspx?UID=3", "raw_identifier": "3", "raw_name": "S. Oduya", "raw_party": "Ind"}
DECISION = {
    "url": f"{SITE}/ieDecisionDetails.aspx?ID=77",
    "raw_identifier": "77",
    "raw_title": "Resurfacing of Mill Lane",
    "raw_decision_maker": "Head of Highways",
    "raw_date": "2024-05-20",
    "status": "Implemented",
    "purpose": "To mend the lane.",
    "text": "To award the contract for Mill Lane to Larkfield Surfacing Ltd for £48,500.\n\nThat the lane be closed.",
    "documents": [],
    "source": {},
}


def meeting(key: str, *documents: dict[str, str | None], day: str = "2024-05-03") -> dict[str, object]:
    return {
        "url": f"{SITE}/ieListDocuments.aspx?CId=1&MId={key}",
        "raw_identifier": key,
        "raw_title": f"Lido Panel - {day}",
        "raw_committee": "Lido Panel",
        "raw_committee_id": "1",
        "raw_date": day,
        "documents": list(documents),
        "source": {"etag": None},
    }


def document(title: str, category: str = "minutes", key: str | None = None) -> dict[str, str | None]:
    url = f"{SITE}/{title.replace(' ', '%20')}.pdf"
    return {"title": title, "url": url, "category": category, **({"storage_key": key} if key else {})}


def save(folder: Path, name: str, record: object) -> Path:
    path = folder / "json" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record if isinstance(record, str) else json.dumps(record, indent=4, sort_keys=True), "utf-8")
    return path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_minutes_of_meetings_are_taken_with_their_facts(tmp_path: Path) -> None:
    council = tmp_path / "data" / "ZZM"
    save(council / "minutes", "2024-05-03-7-lido-panel", meeting("7", document("Agenda", "agenda", "a.pdf")))
    page = write(council / "minutes" / "raw" / "2024-05-03-7-lido-panel-minutes.html", make_minutes(0))
    write(council / "minutes" / "raw" / "2024-05-03-7-lido-panel.xml", "<meeting/>")
    save(council / "minutes", "2024-06-07-8-lido-panel", meeting("8", document("Printed minutes", key="b.pdf")))
    write(council / "minutes" / "_index.json", "{}")
    printed = write(council / "documents" / "b.pdf", make_minutes(1))
    write(council / "documents" / "a.pdf", "Agenda")
    tasks = {item.path: item for item in find_files([tmp_path / "data"]) if isinstance(item, Task)}
    assert set(tasks) == {page, printed}
    about = {(task.authority, task.committee, task.meeting_date, task.steps) for task in tasks.values()}
    assert about == {("ZZM", "Lido Panel", date(2024, 5, 3), ())}
    assert tasks[page].url == f"{SITE}/ieListDocuments.aspx?CId=1&MId=7"
    assert (tasks[printed].url, tasks[printed].title) == (f"{SITE}/Printed%20minutes.pdf", "Printed minutes")
    assert [item for item in find_files([tmp_path]) if isinstance(item, Skipped)] == [
        Skipped(f"{SITE}/Agenda.pdf", "an agenda or a report, no minutes")
    ]


def test_what_is_left_out_says_why(tmp_path: Path) -> None:
    minutes = tmp_path / "ZZM" / "minutes"
    save(minutes, "1", meeting("1", document("Minutes", key="gone.pdf")))
    save(minutes, "2", meeting("2", document("May minutes")))
    save(minutes, "3", meeting("3"))
    save(minutes, "4", meeting("4", document("June minutes", key="../../secret.pdf")))
    save(minutes, "5", meeting("5", document("Minutes", key="5.pdf")))
    write(minutes / "raw" / "5-minutes.html", make_minutes(0))
    write(tmp_path / "ZZM" / "documents" / "5.pdf", make_minutes(1))
    save(minutes, "6", "{")
    save(minutes, "7", "[]")
    found = list(find_files([tmp_path]))
    assert [item.path.name for item in found if isinstance(item, Task)] == ["5-minutes.html"]
    assert [(Path(item.source).name, item.reason) for item in found if isinstance(item, Failure)] == [
        ("gone.pdf", "there is no such file; a record names it"),
        ("6.json", "it is no JSON"),
        ("7.json", "it is no record as LGSF writes them"),
    ]
    skipped = [(item.source, item.reason) for item in found if isinstance(item, Skipped)]
    assert skipped == [
        (f"{SITE}/May%20minutes.pdf", "its file was not saved"),
        (str(minutes / "json" / "2.json"), "a meeting without minutes"),
        (str(minutes / "json" / "3.json"), "a meeting without minutes"),
        (f"{SITE}/June%20minutes.pdf", "its file was not saved"),
        (str(minutes / "json" / "4.json"), "a meeting without minutes"),
        (str(tmp_path / "ZZM" / "documents" / "5.pdf"), "the meeting's page holds its minutes"),
    ]


def test_the_last_meetings_minutes_are_not_given_this_meetings_day(tmp_path: Path) -> None:
    save(tmp_path / "ZZM" / "minutes", "1", meeting("1", document("Minutes of the previous meeting", key="1.txt")))
    write(tmp_path / "ZZM" / "documents" / "1.txt", make_minutes(0))
    (task,) = find_files([tmp_path])
    assert isinstance(task, Task)
    assert (task.committee, task.meeting_date) == ("Lido Panel", None)


@pytest.mark.parametrize("layout", ["ZZM", "ZZM-marlowe-vale", "ZZM/Councillors"])
def test_councillors_are_no_minutes(tmp_path: Path, layout: str) -> None:
    paths = [save(tmp_path / layout, name, COUNCILLOR) for name in ("a", "b")]
    write(tmp_path / layout / "raw" / "a.html", "<p>S. Oduya</p>")
    assert list(find_files([tmp_path])) == [Skipped(str(path), "a councillor, no minutes") for path in paths]
    assert mine([tmp_path], f"sqlite:///{tmp_path / 'x.db'}", jobs=0).mined == 0
    assert not (tmp_path / "x.db").exists()


def test_a_council_of_the_register_is_called_by_its_name(tmp_path: Path) -> None:
    save(tmp_path / "RUT-rutland", "77", DECISION)
    (task,) = find_files([tmp_path])
    assert isinstance(task, Task)
    assert task.authority is not None and "Rutland" in task.authority
    (given,) = find_files([tmp_path], authority="Marlowe Vale Council")
    assert isinstance(given, Task) and given.authority == "Marlowe Vale Council"


def test_a_saved_decision_is_mined(tmp_path: Path) -> None:
    path = save(tmp_path / "ZZM" / "decisions", "2024-05-20-77", DECISION)
    save(tmp_path / "ZZM" / "decisions", "2024-05-21-78", DECISION | {"text": None})
    task, left = find_files([tmp_path])
    assert left == Skipped(str(path.with_name("2024-05-21-78.json")), "a decision without its words")
    assert isinstance(task, Task)
    assert (task.path, task.source, task.url, task.meeting_date) == (
        path, str(path), DECISION["url"], date(2024, 5, 20),
    )  # fmt: skip
    page = read_content(task, Limits()).decode()
    assert "<p>To award the contract for Mill Lane to Larkfield Surfacing Ltd for £48,500.</p><p>That" in page
    report = mine([tmp_path], f"sqlite:///{tmp_path / 'x.db'}", jobs=0)
    assert (report.mined, report.failed) == (1, [])
    (row,) = dump(tmp_path / "x.db")["documents"]
    assert {"ZZM", "Head of Highways", "2024-05-20"} <= set(row)
    texts = [value for row in dump(tmp_path / "x.db")["decisions"] for value in row if isinstance(value, str)]
    assert any("Larkfield Surfacing" in text for text in texts)
    assert mine([tmp_path], f"sqlite:///{tmp_path / 'x.db'}", jobs=0).unchanged == 1


def test_other_folders_called_json_are_walked(tmp_path: Path) -> None:
    save(tmp_path / "site", "page", {"title": "Minutes"})
    write(tmp_path / "site" / "may.txt", make_minutes(0))
    found = list(find_files([tmp_path]))
    assert [type(item) for item in found] == [Skipped, Task]
