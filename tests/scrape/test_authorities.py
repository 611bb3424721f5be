"""The register that comes with the program is whole, and a user's rows are read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_miner.domain.gathering import Authority
from minutes_miner.errors import ConfigError, ScrapeError
from minutes_miner.scrape.authorities import (
    add_authority,
    find_authorities,
    get_authority,
    load_authorities,
    remove_authority,
    user_register,
)
from minutes_miner.scrape.register import read_register

NETHERBY = Authority("NTB", "Netherby, Sark and Esk Council", platform="cmis", base_url="https://netherby.example.org")


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    """Give the path of a register that is not there yet."""
    return tmp_path / "own" / "authorities.csv"


def test_the_register_has_each_code_once(extra: Path) -> None:
    every = load_authorities(extra)
    assert len(every) == 433
    assert len({authority.code.casefold() for authority in every}) == 433
    assert [one.code.casefold() for one in every] == sorted(one.code.casefold() for one in every)


def test_every_platform_of_the_register_has_an_address(extra: Path) -> None:
    read = [authority for authority in load_authorities(extra) if authority.platform]
    assert len(read) > 350
    assert {authority.platform for authority in read} == {"moderngov", "cmis"}
    for authority in read:
        assert authority.base_url is not None, authority
        assert not authority.base_url.endswith("/"), authority
        assert not authority.base_url.endswith(".aspx"), authority


@pytest.mark.parametrize(
    ("code", "name", "platform", "base_url"),
    [
        ("MAN", "Manchester City Council", "moderngov", "https://democracy.manchester.gov.uk"),
        ("NOW", "Norwich City Council", "cmis", "https://cmis.norwich.gov.uk/live"),
        ("mry", "The Moray Council", "cmis", "https://moray.cmis.uk.com/moray"),
        ("BIR", "Birmingham City Council", None, "https://www.birmingham.gov.uk"),
        (" Fen ", "Fenland District Council", "moderngov", "https://www.fenland.gov.uk/localgov"),
    ],
)
def test_an_authority_is_got_by_its_code(
    extra: Path, code: str, name: str, platform: str | None, base_url: str
) -> None:
    found = get_authority(code, extra)
    assert (found.name, found.platform, found.base_url) == (name, platform, base_url)


@pytest.mark.parametrize("code", ["MIK", "CMD", "EAL", "NET", "ENF"])
def test_how_a_site_refuses_is_noted(extra: Path, code: str) -> None:
    notes = get_authority(code, extra).notes
    assert notes
    assert any(word in notes for word in ("refuse", "drop", "error page"))


def test_a_dissolved_council_keeps_the_day(extra: Path) -> None:
    assert get_authority("AYL", extra).notes == "dissolved 2020-03-31"


@pytest.mark.parametrize(
    ("code", "advice"),
    [("RTU", "did you mean RUT (Rutland County Council)?"), ("norwich", "NOW (Norwich City Council)"), ("?!", "lists")],
)
def test_an_unknown_code_is_told_with_those_like_it(extra: Path, code: str, advice: str) -> None:
    with pytest.raises(ConfigError) as caught:
        get_authority(code, extra)
    assert advice in str(caught.value)


def test_wishes_are_joined(extra: Path) -> None:
    found = find_authorities("cmis", "sct", "lanarkshire", extra)
    assert [authority.code for authority in found] == ["NLK", "SLK"]
    none = find_authorities("none", extra=extra)
    assert none
    assert {authority.platform for authority in none} == {None}


def test_the_users_register_is_the_one_that_the_variable_names(
    extra: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MINUTES_MINER_AUTHORITIES", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_register().name == "authorities.csv"
    monkeypatch.setenv("MINUTES_MINER_AUTHORITIES", str(extra))
    add_authority(NETHERBY)
    assert get_authority("ntb") == NETHERBY


def test_a_row_of_the_user_replaces_ours(extra: Path) -> None:
    assert not add_authority(NETHERBY, extra)
    elsewhere = Authority("Now", "Norwich, elsewhere", platform="cmis", base_url="http://localhost:8080")
    assert add_authority(elsewhere, extra)
    assert get_authority("NOW", extra).base_url == "http://localhost:8080"
    assert len(load_authorities(extra)) == 434
    remove_authority("now", extra)
    assert get_authority("NOW", extra).base_url == "https://cmis.norwich.gov.uk/live"
    assert get_authority("NTB", extra) == NETHERBY


def test_columns_that_the_program_does_not_set_are_kept(extra: Path) -> None:
    extra.parent.mkdir()
    extra.write_text("name,code,start,end\nEsk Board,ESB,1901-02-03,1974-03-31\n", "utf-8-sig")
    add_authority(NETHERBY, extra)
    assert "ESB,Esk Board,,,,1901-02-03,1974-03-31,,," in extra.read_text("utf-8").splitlines()
    assert get_authority("ESB", extra).notes == "dissolved 1974-03-31"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: there is no column 'code'"),
        ("code;name\n", "line 1: unexpected column 'code;name'"),
        ("code,name,name\n", "line 1: unexpected column 'name'; write each column once"),
        ("code\nNTB\n", "line 1: there is no column 'name'"),
        ("code,name\nNTB\n", "line 2: 1 cells under 2 columns"),
        ("code,name\nNTB,Netherby, Sark\n", "line 2: 3 cells under 2 columns"),
        ("code,name\nESB,Esk\n,Netherby\n", "line 3, column code: it is empty"),
        ("code,name\nESB,Esk\n\nesb,Esk again\n", "line 4, column code: 'esb' stands in line 2 already"),
        ("code,name\nESB,\n", "line 2, column name: it is empty"),
        ("code,name,end\nESB,Esk,31/03/1974\n", "line 2, column end: '31/03/1974' is no day such as 2024-03-31"),
        ("code,name,base_url\nESB,Esk,esk.example\n", "line 2, column base_url: 'esk.example' is no address"),
        ("code,name,base_url\nESB,Esk,https://[\n", "line 2, column base_url: 'https://[' is no address"),
        ("code,name,base_url\nESB,Esk,https://esk:x/\n", "line 2, column base_url: "),
        ("code,name,platform\nESB,Esk,Modern Gov\n", "line 2, column platform: 'Modern Gov' is not a name in small"),
        ('code,name\nESB,"Esk\n', "this is no CSV file"),
    ],
)
def test_a_register_that_is_wrong_is_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(ScrapeError) as caught:
        read_register(text.encode(), "own.csv")
    assert str(caught.value).startswith("own.csv, line ")
    assert message in str(caught.value)


def test_bytes_that_are_not_utf_8_are_told_with_their_line() -> None:
    with pytest.raises(ScrapeError, match="own.csv, line 2: the bytes are not UTF-8"):
        read_register("code,name\nESB,Esk à la carte\n".encode("latin-1"), "own.csv")
