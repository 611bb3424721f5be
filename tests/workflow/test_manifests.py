"""Facts that lie beside files: which are read, where they go, and what is said of wrong ones."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from packs import MEETINGS, pack, print_docx
from workflow_cases import dump, make_minutes

from minutes_miner.config import Limits
from minutes_miner.domain.source import Document
from minutes_miner.errors import ReadError
from minutes_miner.workflow import Failure, Report, Skipped, Task, find_files, mine
from minutes_miner.workflow.document import try_document

URL = "https://elderbrook.example/minutes/may.txt"


def fill(folder: Path, manifest: str | bytes, *names: str) -> Path:
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(make_minutes(number), "utf-8")
    data = manifest if isinstance(manifest, bytes) else manifest.encode()
    (folder / "manifest.csv").write_bytes(data)
    return folder


def tasks(folder: Path, **given: str) -> list[Task]:
    found = list(find_files([folder], **given))
    assert all(isinstance(item, Task) for item in found), found
    return [item for item in found if isinstance(item, Task)]


def run(folder: Path, **options: bool) -> Report:
    return mine([folder], f"sqlite:///{folder.parent / 'm.db'}", jobs=0, **options)


def column(folder: Path, table: str, *wanted: object) -> list[tuple[object, ...]]:
    rows = dump(folder.parent / "m.db")[table]
    return [tuple(value for value in row if value in wanted) for row in rows]


def test_facts_go_with_their_file_and_others_go_without(tmp_path: Path) -> None:
    lines = ["path,authority,committee,date,url,title", f"a/may.txt,ELD,Lido Panel,03/05/2024,{URL},Lido minutes", ""]
    fill(tmp_path, "\r\n".join(lines), "a/may.txt", "june.txt")
    may, june = tasks(tmp_path, authority="OTH")
    assert (may.path, may.authority, may.committee, may.meeting_date, may.url, may.title) == (
        tmp_path / "a" / "may.txt", "ELD", "Lido Panel", date(2024, 5, 3), URL, "Lido minutes",
    )  # fmt: skip
    assert june == Task(tmp_path / "june.txt", str(tmp_path / "june.txt"), "OTH")


def test_only_the_path_is_needed(tmp_path: Path) -> None:
    fill(tmp_path, b"\xef\xbb\xbfPath , URL\nmay.txt,\n", "may.txt")
    assert tasks(tmp_path) == [Task(tmp_path / "may.txt", str(tmp_path / "may.txt"))]


def test_a_file_that_is_named_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    fill(tmp_path, "path\nmay.final\n", "may.final", "june.final")
    assert [type(item) for item in find_files([tmp_path])] == [Skipped, Task]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    fill(tmp_path, "path\n\nmay.txt\nnone.txt\n", "may.txt")
    missing, _ = find_files([tmp_path])
    reason = "there is no such file; line 4 of manifest.csv names it"
    assert missing == Failure(str(tmp_path / "none.txt"), reason)


def test_the_list_of_the_deeper_folder_counts(tmp_path: Path) -> None:
    fill(tmp_path, "path,committee\na/may.txt,Council\n")
    fill(tmp_path / "a", "path,committee\nmay.txt,Lido Panel\n", "may.txt")
    assert [task.committee for task in tasks(tmp_path)] == ["Lido Panel"]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (b"", "line 1: the column path is missing; the first line names the columns: path, authority, committee"),
        (b"file,date\n", "line 1: there is no column called 'file'"),
        (b"path,comittee\n", "line 1: there is no column called 'comittee'"),
        (b"path,date,Date\n", "line 1: column date is there twice"),
        (b"path,date\nmay.txt,2024-05-31\nmay2.txt,31.5.24\n", "line 3, column date: '31.5.24' is no date; write 2024"),
        (b"path,date\nmay.txt,2024-02-30\n", "line 2, column date: '2024-02-30' is no date"),
        (b"path,url\nmay.txt,www.vale.example\n", "line 2, column url: 'www.vale.example' is no web address"),
        (b"path,url\nmay.txt,https://a.example/b c\n", "line 2, column url: "),
        (b"path,title\n,Minutes\n", "line 2, column path: the cell is empty"),
        (b"path\n../may.txt\n", "line 2, column path: '../may.txt' leads out of the folder"),
        (b"path\n/may.txt\n", "line 2, column path: '/may.txt' leads out of the folder"),
        (b"path\nC:\\may.txt\n", "line 2, column path: 'C:\\\\may.txt' leads out of the folder"),
        (b"path\nmay.txt\n./may.txt\n", "line 3, column path: './may.txt' is named again; it stands in line 2 already"),
        (b"path,title\nmay.txt,Minutes, May\n", "line 2 has 3 cells, and there are 2 columns; put cells"),
        (b'path,title\nmay.txt,"Minutes\n', "line 2 is no CSV: unexpected end of data"),
        (b"path,title\nmay.txt,a\x00b\n", "line 2"),
        (b"path,title\nmay.txt,caf\xe9\n", "it is not in UTF-8; save it as CSV in UTF-8"),
    ],
)
def test_what_breaks_a_rule_is_named(tmp_path: Path, manifest: bytes, message: str) -> None:
    fill(tmp_path, manifest, "may.txt")
    with pytest.raises(ReadError, match=re.escape(f"{tmp_path / 'manifest.csv'}: {message}")):
        list(find_files([tmp_path]))


def test_facts_given_win_over_what_was_read(tmp_path: Path) -> None:
    manifest = f"path,committee,date,url\nmay.txt,Lido Panel,2023-12-01,{URL}\n"
    folder = fill(tmp_path / "f", manifest, "may.txt", "june.txt")
    assert run(folder).mined == 2
    wanted = ("Lido Panel", "2023-12-01", "2024-05-02")
    assert sorted(column(folder, "documents", *wanted)) == [("2024-05-02",), ("Lido Panel", "2023-12-01")]
    assert sorted(column(folder, "sources", URL)) == [(), (URL,)]


def test_other_facts_are_taken_over_and_the_same_change_nothing(tmp_path: Path) -> None:
    folder = fill(tmp_path / "f", f"path,committee,url\nmay.txt,Lido Panel,{URL}\n", "may.txt")
    assert (run(folder).mined, run(folder).unchanged) == (1, 1)
    for line in (f"Bath Panel,{URL}", f"Bath Panel,{URL}?v=2"):
        fill(folder, f"path,committee,url\nmay.txt,{line}\n")
        assert (run(folder).mined, run(folder).unchanged) == (1, 1)
    assert column(folder, "documents", "Lido Panel", "Bath Panel") == [("Bath Panel",)]
    assert column(folder, "sources", URL, f"{URL}?v=2") == [(f"{URL}?v=2",)]


def test_copies_with_other_facts_do_not_change_each_other(tmp_path: Path) -> None:
    manifest = "path,committee\na.txt,Lido Panel\nb.txt,Bath Panel\n"
    folder = fill(tmp_path / "f", manifest, "a.txt")
    (folder / "b.txt").write_bytes((folder / "a.txt").read_bytes())
    first, second = run(folder), run(folder)
    assert (first.mined, first.copied, second.unchanged) == (1, 1, 2)
    assert column(folder, "documents", "Lido Panel", "Bath Panel") == [("Lido Panel",)]


def test_of_a_pack_only_the_authority_is_taken(tmp_path: Path) -> None:
    (tmp_path / "pack.docx").write_bytes(print_docx(pack(MEETINGS[:2])))
    told = Task(tmp_path / "pack.docx", "pack", "ELD", committee="Lido Panel", meeting_date=date(1999, 1, 1), url=URL)
    found = try_document(told, Limits()).outcome
    assert isinstance(found, list)
    documents: list[Document] = [one.document for one in found]
    assert len(documents) == 2
    assert {(one.authority, one.ref.url) for one in documents} == {("ELD", URL)}
    assert not {one.committee for one in documents} & {"Lido Panel"}
    assert date(1999, 1, 1) not in {one.meeting_date for one in documents}
