"""In which part of the United Kingdom an authority lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes_miner.scrape import territories
from minutes_miner.scrape.authorities import VARIABLE
from minutes_miner.scrape.territories import find_territory


@pytest.fixture(autouse=True)
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the path of a user's register that is read anew."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.csv"))
    territories._territories.cache_clear()
    yield tmp_path / "own.csv"
    territories._territories.cache_clear()


@pytest.mark.parametrize(
    ("name", "territory"),
    [
        ("RUT", "ENG"),
        ("rutland county council", "ENG"),
        ("The Aberdeen City Council", "SCT"),
        ("Highland Council", "SCT"),
        ("Newport City Council", "WLS"),
        ("Cyngor Tref Tregwynlas", "WLS"),
        ("Belfast City Council", "NIR"),
        ("Royal Borough of Kingston upon Thames", "ENG"),
    ],
)
def test_a_council_is_found_by_code_or_name(name: str, territory: str) -> None:
    assert find_territory(name) == territory


@pytest.mark.parametrize("name", [None, "", "  ", "Newport Parish Council", "Rutland Water Forum", "Nowhere Council"])
def test_nothing_is_said_of_others(name: str | None) -> None:
    assert find_territory(name) is None


def test_the_users_own_councils_count(register: Path) -> None:
    header = "code,name,slug,kind,territory,start,end,platform,base_url,notes"
    register.write_text(f"{header}\nNTB,Netherby Moor Council,,,SCT,,,,,\n", "utf-8")
    assert find_territory("Netherby Moor Council") == "SCT"


def test_a_faulty_register_of_the_user_does_not_end_mining(register: Path) -> None:
    register.write_text("no,such,columns\n1,2,3\n", "utf-8")
    assert find_territory("Rutland County Council") == "ENG"
