"""Archives and mails: what is mined in them, under which names, and what becomes of the broken and the hostile."""

from __future__ import annotations

import base64
import io
import stat
import warnings
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from workflow_cases import dump, make_minutes

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.errors import ReadError
from minutes_miner.store import open_store
from minutes_miner.store.failures import find_failures
from minutes_miner.workflow import Failure, Report, Skipped, extract_file, extract_files, mine

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
PDF = (SAMPLES / "thornbeck-parish-council.pdf").read_bytes()
DOCX = (SAMPLES / "wexcombe-planning-committee.docx").read_bytes()
JAN, FEB, MAR = (make_minutes(index).encode() for index in range(3))


def pack(*files: tuple[str | zipfile.ZipInfo, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", packing) as archive:
        warnings.simplefilter("ignore")  # of two members of one name
        for name, data in files:
            archive.writestr(name, data, packing)
    return stream.getvalue()


def mail(text: str | None = None, html: str | None = None, **files: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Minutes of the Lido Sub-Group – May"
    if text is not None:
        message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, data in files.items():
        kind = "pdf" if name.endswith("pdf") else "octet-stream"
        filename = name.replace("_", ".")
        message.add_attachment(data, maintype="application", subtype=kind, filename=filename)
    return message.as_bytes()


def run(tmp_path: Path, *, jobs: int = 0, limits: Limits = Limits(), **files: bytes) -> Report:
    for name, data in files.items():
        (tmp_path / name.replace("_", ".")).write_bytes(data)
    return mine([tmp_path], f"sqlite:///{tmp_path / '.x.db'}", jobs=jobs, limits=limits)


def sources(tmp_path: Path) -> list[str]:
    """List the sources that were mined, below the folder."""
    rows = dump(tmp_path / ".x.db")["sources"]
    return sorted(str(row[0]).removeprefix(f"{tmp_path}/") for row in rows if "mined" in row)


def failures(report: Report, tmp_path: Path) -> list[tuple[str, str]]:
    return [(failure.source.removeprefix(f"{tmp_path}/"), failure.reason) for failure in report.failed]


@pytest.mark.parametrize("jobs", [0, 2])
def test_an_archive_gives_each_document_under_its_own_name(tmp_path: Path, jobs: int) -> None:
    archive = pack(("minutes/jan.txt", JAN), ("minutes/feb.pdf", PDF), ("plan.docx", DOCX), ("a.jpg", b"\xff\xd8\xff"))
    report = run(tmp_path, a_zip=archive, jobs=jobs)
    assert (report.mined, report.found, report.failed) == (3, 4, [])
    assert sources(tmp_path) == ["a.zip!/minutes/feb.pdf", "a.zip!/minutes/jan.txt", "a.zip!/plan.docx"]
    assert report.skipped == [Skipped(f"{tmp_path}/a.zip!/a.jpg", "files that end in .jpg are not read")]
    again = mine([tmp_path], f"sqlite:///{tmp_path / '.x.db'}", jobs=jobs)
    assert (again.mined, again.unchanged) == (0, 3)


def test_a_member_is_the_same_document_as_the_file_itself(tmp_path: Path) -> None:
    report = run(tmp_path, a_zip=pack(("jan.txt", JAN)), jan_txt=JAN, m_eml=mail("see below", jan_txt=JAN))
    assert (report.mined, report.copied) == (1, 2)
    (document,) = dump(tmp_path / ".x.db")["documents"]
    assert sources(tmp_path) == ["a.zip!/jan.txt", "jan.txt", "m.eml!/jan.txt"]
    (found,) = extract_files([tmp_path / "jan.txt"], jobs=0)
    assert isinstance(found, Extraction) and document[1] == found.document.ref.sha256


def test_only_the_member_that_changed_is_mined_again(tmp_path: Path) -> None:
    run(tmp_path, a_zip=pack(("jan.txt", JAN), ("feb.txt", FEB)))
    report = run(tmp_path, a_zip=pack(("new.txt", MAR), ("feb.txt", FEB + b"\n"), ("jan.txt", JAN)))
    assert (report.mined, report.unchanged) == (2, 1)


def test_archives_and_mails_lie_in_each_other_three_deep(tmp_path: Path) -> None:
    third = pack(("jan.txt", JAN), ("fourth.zip", pack(("feb.txt", FEB))))
    second = mail("see below", third_zip=third)
    report = run(tmp_path, a_zip=pack(("second.eml", second), ("mar.txt", MAR)))
    assert sources(tmp_path) == ["a.zip!/mar.txt", "a.zip!/second.eml!/third.zip!/jan.txt"]
    assert failures(report, tmp_path) == [
        (
            "a.zip!/second.eml!/third.zip!/fourth.zip",
            "archives and mails lie in each other more than 3 deep; unpack it",
        )
    ]


def test_names_are_made_plain_and_told_apart(tmp_path: Path) -> None:
    legacy = zipfile.ZipInfo("Gr\u00fcne B\u00e4nke.txt")
    names = ("../../etc/a.txt", "/root.txt", "C:\\minutes\\b.txt", "a.txt", "a.txt", "a (2).txt", "line\nbreak.txt")
    data = [make_minutes(index).encode() for index in range(len(names) + 1)]
    archive = pack(*zip([*names, legacy], data, strict=True))
    archive = archive.replace("Gr\u00fcne B\u00e4nke".encode(), b"Gr\xc3\xbcne B\xc3\xa4nke")
    run(tmp_path, a_zip=archive)
    assert sources(tmp_path) == [
        "a.zip!/../../etc/a.txt",
        "a.zip!/C:/minutes/b.txt",
        "a.zip!/Gr\u00fcne B\u00e4nke.txt",
        "a.zip!/a (2) (2).txt",
        "a.zip!/a (2).txt",
        "a.zip!/a.txt",
        "a.zip!/line\ufffdbreak.txt",
        "a.zip!/root.txt",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".x.db", "a.zip"]
    assert not (tmp_path.parent.parent / "etc").exists()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [(b"caf\xc3\xa9.txt", "caf\u00e9.txt"), (b"caf\x82.txt", "caf\u00e9.txt"), (b"\x9c5.txt", "\u00a35.txt")],
)
def test_names_without_the_marker_of_utf8(tmp_path: Path, raw: bytes, shown: str) -> None:
    stand_in = b"x" * len(raw)
    archive = pack((stand_in.decode(), JAN)).replace(stand_in, raw)
    run(tmp_path, a_zip=archive)
    assert sources(tmp_path) == [f"a.zip!/{shown}"]


def test_what_systems_add_is_left_out_and_links_are_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwords.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    report = run(
        tmp_path,
        a_zip=pack(
            ("minutes/", b""),
            ("minutes/jan.txt", JAN),
            ("__MACOSX/minutes/._jan.txt", b"\0\5\x16\7"),
            ("minutes/._jan.txt", b"\0\5\x16\7"),
            ("minutes/.DS_Store", b"\0\0\0\1Bud1"),
            (link, b"/etc/passwd"),
        ),
    )
    assert sources(tmp_path) == ["a.zip!/minutes/jan.txt"]
    assert report.skipped == [Skipped(f"{tmp_path}/a.zip!/passwords.txt", "a link inside an archive")]


def encrypt(archive: bytes) -> bytes:
    """Set the sign of encryption on the first member, in its own head and in the directory."""
    changed = bytearray(archive)
    changed[6] |= 1
    changed[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def damage(archive: bytes, words: bytes) -> bytes:
    """Change a letter of a member that is stored unpacked."""
    return archive.replace(words, words[:-1] + b"#", 1)


def test_a_broken_or_encrypted_member_fails_alone(tmp_path: Path) -> None:
    files = (("feb.txt", FEB), ("jan.txt", JAN))
    broken = damage(pack(*files, packing=zipfile.ZIP_STORED), b"ELDERBROOK PARISH")
    report = run(tmp_path, a_zip=broken, b_zip=encrypt(pack(*files)))
    assert failures(report, tmp_path) == [
        ("a.zip!/feb.txt", "it is broken in the archive; fetch the archive again"),
        ("b.zip!/feb.txt", "it is encrypted; unpack the archive with its password"),
    ]
    assert sources(tmp_path) == ["a.zip!/jan.txt", "b.zip!/jan.txt"]


def test_a_member_without_a_name_is_read_all_the_same(tmp_path: Path) -> None:
    named = pack(("x", JAN))
    lost = named.replace(b"\x01\x00\x00\x00x", b"\x00\x00\x00\x00", 1)  # the length of the name, and the name
    start = lost.index(b"PK\x01\x02")
    entry = lost[start : start + 28] + b"\x00\x00" + lost[start + 30 : start + 46]
    end = bytearray(lost[start + 47 :])
    end[12:20] = (len(entry).to_bytes(4, "little")) + start.to_bytes(4, "little")
    run(tmp_path, a_zip=lost[:start] + entry + bytes(end))
    assert sources(tmp_path) == ["a.zip!/unnamed"]


def test_other_ways_of_packing(tmp_path: Path) -> None:
    odd = bytearray(pack(("jan.txt", JAN)))
    odd[8] = odd[bytes(odd).index(b"PK\x01\x02") + 10] = 9  # Deflate64
    report = run(
        tmp_path,
        a_zip=pack(("jan.txt", JAN), packing=zipfile.ZIP_BZIP2),
        b_zip=pack(("feb.txt", FEB), packing=zipfile.ZIP_LZMA),
        c_zip=bytes(odd),
    )
    assert sources(tmp_path) == ["a.zip!/jan.txt", "b.zip!/feb.txt"]
    assert failures(report, tmp_path) == [
        ("c.zip!/jan.txt", "it is packed in a way that is not read here; unpack the archive")
    ]


@pytest.mark.parametrize("jobs", [0, 1])
def test_an_archive_that_can_not_be_opened_is_one_failure(tmp_path: Path, jobs: int) -> None:
    whole = pack(("jan.txt", JAN), ("feb.txt", FEB))
    report = run(tmp_path, a_zip=whole[:-30], b_zip=pack(), c_zip=whole, d_zip=b"", jobs=jobs)
    assert failures(report, tmp_path) == [
        ("a.zip", "the archive is broken or cut short; fetch it again or pack it anew"),
        ("b.zip", "it holds no files; check that this is the file you mean"),
        ("d.zip", "the file is empty"),
    ]
    assert report.mined == 2


def test_an_archive_that_opens_again_has_failed_no_more(tmp_path: Path) -> None:
    whole = pack(("jan.txt", JAN))
    assert len(run(tmp_path, a_zip=whole[:-30]).failed) == 1
    assert run(tmp_path, a_zip=whole).mined == 1
    with open_store(f"sqlite:///{tmp_path / '.x.db'}") as store:
        assert find_failures(store) == []
        assert store.check() == []


def bomb(megabytes: int) -> bytes:
    return pack(("bomb.txt", bytes(megabytes * 1_000_000)))


LIMITED = {
    "members": (pack(*((f"{n}.txt", JAN) for n in range(30))), "the archive has 30 entries, more than the limit of 20"),
    "nested": (
        pack(*((f"{n}.zip", pack(*((f"{m}.txt", JAN) for m in range(8)))) for n in range(3))),
        "it holds more than 20 files",
    ),
    "bytes": (pack(("a.txt", b"x" * 40_000_000), packing=zipfile.ZIP_STORED), "it unpacks to more than 0.03 GB"),
    "ratio": (bomb(15), "it unpacks to more than 200 times its size"),
    "bomb in a bomb": (
        pack(("in.zip", pack(("in.zip", bomb(20)))), ("jan.txt", JAN)),
        "it unpacks to more than 200 times its size",
    ),
    "mail": (mail("see below", bomb_zip=bomb(15)), "it unpacks to more than 200 times its size"),
    "parts": (mail("see below", **{f"{n}_txt": JAN for n in range(30)}), "the mail has more than 20 parts"),
}


@pytest.mark.parametrize("case", sorted(LIMITED))
def test_what_breaks_a_limit_is_one_failure_and_the_run_goes_on(tmp_path: Path, case: str) -> None:
    data, reason = LIMITED[case]
    limits = Limits(max_members=20, max_unpacked=30_000_000)
    name = "a_eml" if case in {"mail", "parts"} else "a_zip"
    report = run(tmp_path, limits=limits, b_txt=FEB, **{name: data})
    ((source, told),) = failures(report, tmp_path)
    assert source == name.replace("_", ".") and told.startswith(reason), told
    assert report.mined == 1


def test_a_member_larger_than_a_file_may_be_fails_alone(tmp_path: Path) -> None:
    archive = pack(("big.txt", b"ab\n" * 10_000), ("jan.txt", JAN))
    report = run(tmp_path, a_zip=archive, limits=Limits(max_bytes=20_000))
    assert failures(report, tmp_path) == [
        ("a.zip!/big.txt", "the file is larger than 0.02 MB; split it or give its text alone")
    ]
    assert report.mined == 1


def test_attachments_are_mined_and_not_the_mail_around_them(tmp_path: Path) -> None:
    message = mail("RESOLVED that £99 be paid for this mail.", minutes_pdf=PDF, logo_png=b"\x89PNG\r\n")
    report = run(tmp_path, m_eml=message)
    assert sources(tmp_path) == ["m.eml!/minutes.pdf"]
    assert [skipped.source for skipped in report.skipped] == [f"{tmp_path}/m.eml!/logo.png"]


@pytest.mark.parametrize(
    ("text", "html", "name"),
    [
        (JAN.decode(), None, "body.txt"),
        ("plain", "<html><body>" + "".join(f"<p>{line}</p>" for line in JAN.decode().splitlines()), "body.html"),
    ],
)
def test_a_mail_without_attachments_is_read_itself(tmp_path: Path, text: str, html: str | None, name: str) -> None:
    (tmp_path / "m.eml").write_bytes(mail(text, html))
    (found,) = extract_files([tmp_path / "m.eml"], jobs=0)
    assert isinstance(found, Extraction)
    assert found.document.ref.source == f"{tmp_path}/m.eml!/{name}"
    assert [decision.money[0].amount for decision in found.decisions] == [1000, 50]
    assert found.document.title == "ELDERBROOK PARISH COUNCIL"


def test_the_subject_is_the_title_of_a_text_that_has_none(tmp_path: Path) -> None:
    long = "RESOLVED that the sum of £500 be paid to the bell ringers of the village, " * 4
    (tmp_path / "m.eml").write_bytes(mail(long))
    (found,) = extract_files([tmp_path / "m.eml"], jobs=0)
    assert isinstance(found, Extraction)
    assert found.document.title == "Minutes of the Lido Sub-Group \u2013 May"


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "utf-8", "windows-1252"])
def test_the_text_of_a_mail_is_read_in_its_character_set(tmp_path: Path, charset: str) -> None:
    message = EmailMessage()
    message.set_content(JAN.decode(), charset=charset, cte="base64")
    (tmp_path / "m.eml").write_bytes(message.as_bytes())
    (found,) = extract_files([tmp_path / "m.eml"], jobs=0)
    assert isinstance(found, Extraction) and "\u00a31000.00" in found.document.text


def test_forwarded_mails_and_odd_names_of_attachments(tmp_path: Path) -> None:
    raw = b"""Subject: =?utf-8?q?Minutes?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="=?utf-8?b?Q29tbWl0dMOpZS5wZGY=?="

%s
--b
Content-Type: application/pdf
Content-Transfer-Encoding: base64

%s
--b
Content-Type: application/pdf; name="../../minutes of 6.5.24"
Content-Transfer-Encoding: base64

%s
--b
Content-Type: message/rfc822

%s
--b--
"""
    packed = [base64.encodebytes(PDF + bytes([index])) for index in range(3)]
    (tmp_path / "m.eml").write_bytes(raw % (*packed, mail(JAN.decode())))
    report = mine([tmp_path], f"sqlite:///{tmp_path / '.x.db'}", jobs=0)
    assert report.failed == []
    assert sources(tmp_path) == [
        "m.eml!/Committ\u00e9e.pdf",
        "m.eml!/attachment-2.pdf",
        "m.eml!/attachment-4.eml!/body.txt",
        "m.eml!/minutes of 6.5.24.pdf",
    ]


def test_a_mail_nested_beyond_reason_is_one_failure(tmp_path: Path) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    report = run(tmp_path, m_eml=b"MIME-Version: 1.0\n" + deep + JAN)
    ((source, reason),) = failures(report, tmp_path)
    assert source == "m.eml" and report.failed[0].trace is None, reason


def test_extract_answers_every_file_at_least_once(tmp_path: Path) -> None:
    for name, data in (
        ("a.zip", pack(("jan.txt", JAN), ("feb.txt", FEB), ("x.jpg", b"x"))),
        ("pictures.zip", pack(("x.jpg", b"x"))),
        ("broken.zip", b"PK\x03\x04" + bytes(50)),
        ("report.docx", DOCX),
    ):
        (tmp_path / name).write_bytes(data)
    names = ("a.zip", "pictures.zip", "broken.zip", "report.docx")
    found = list(extract_files([tmp_path / name for name in names], jobs=2))
    assert [type(outcome) for outcome in found] == [Extraction, Extraction, Failure, Failure, Extraction]
    told = [outcome.source if isinstance(outcome, Failure) else outcome.document.ref.source for outcome in found]
    shown = ["a.zip!/jan.txt", "a.zip!/feb.txt", "pictures.zip", "broken.zip", "report.docx"]
    assert told == [f"{tmp_path}/{name}" for name in shown]


def test_a_word_file_without_its_suffix_is_one_document(tmp_path: Path) -> None:
    report = run(tmp_path, minutes=DOCX, minutes_zip=DOCX)
    assert sources(tmp_path) == ["minutes", "minutes.zip"] and report.failed == []


def test_one_file_alone_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack(("jan.txt", JAN)))
    with pytest.raises(ReadError, match="an archive or a mail holds documents and is none itself"):
        extract_file(tmp_path / "a.zip")
    (tmp_path / "minutes.zip").write_bytes(DOCX)
    assert extract_file(tmp_path / "minutes.zip").document.ref.media_type.endswith("wordprocessingml.document")


def test_one_file_alone_is_refused_before_what_it_holds_is_unpacked(tmp_path: Path) -> None:
    broken = bytearray(pack(("jan.txt", JAN)))
    broken[broken.find(b"jan.txt") + 7] ^= 0xFF  # the member's first packed byte
    empty = b"PK\x05\x06" + bytes(18)
    for name, data in (("a.zip", bytes(broken)), ("empty.zip", empty), ("m.eml", b"Subject: x\n\n")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReadError, match="an archive or a mail holds documents"):
            extract_file(tmp_path / name)
