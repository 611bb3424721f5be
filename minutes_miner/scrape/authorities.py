"""Find authorities in the register that comes with the program and in the user's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

import click

from minutes_miner.domain.gathering import Authority
from minutes_miner.errors import ConfigError
from minutes_miner.scrape.register import Row, find_fault, read_register, save_register

REGISTER = "authorities.csv"
"""Name of the register, in this package and in the user's folder of settings."""

VARIABLE = "MINUTES_MINER_AUTHORITIES"
"""Names the file of the user's own authorities in place of the one in the folder of settings."""


def user_register() -> Path:
    """Give the path of the user's own register, which may not be there."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else Path(click.get_app_dir("minutes-miner")) / REGISTER


def load_authorities(extra: Path | None = None) -> tuple[Authority, ...]:
    """Give every authority, in the order of their codes.

    Args:
        extra: the user's own register, whose rows replace ours of the same code; None for ``user_register()``.

    Raises:
        ScrapeError: the user's register is wrong; the message names line and column.
    """
    rows = {row.key: row for row in (*_own_rows(), *_user_rows(extra or user_register()))}
    return tuple(rows[key].authority() for key in sorted(rows))


def load_own_authorities() -> tuple[Authority, ...]:
    """Give the authorities that come with the program."""
    return tuple(row.authority() for row in _own_rows())


def get_authority(code: str, extra: Path | None = None) -> Authority:
    """Give the authority of a code; capitals make no difference.

    Args:
        code: such as ``RUT``.
        extra: as in ``load_authorities``.

    Raises:
        ConfigError: there is none; the message names those that are like it.
        ScrapeError: the user's register is wrong.
    """
    every = load_authorities(extra)
    for authority in every:
        if authority.code.casefold() == code.strip().casefold():
            return authority
    near = ", ".join(f"{authority.code} ({authority.name})" for authority in _find_near(code, every))
    advice = f"did you mean {near}?" if near else "`minutes-miner authorities` lists them, `authorities add` adds one"
    raise ConfigError(f"there is no authority with the code {code!r}", advice=advice)


def find_authorities(
    platform: str | None = None, territory: str | None = None, match: str | None = None, extra: Path | None = None
) -> tuple[Authority, ...]:
    """Give the authorities that fit all wishes; capitals make no difference.

    Args:
        platform: its name; ``none`` for those that no platform reads.
        territory: ``ENG``, ``NIR``, ``SCT`` or ``WLS``.
        match: words that all stand in the code, the name or the address.
        extra: as in ``load_authorities``.
    """
    words = (match or "").casefold().split()
    return tuple(
        authority
        for authority in load_authorities(extra)
        if (platform is None or (authority.platform or "none") == platform.casefold())
        and (territory is None or authority.territory == territory.upper())
        and all(word in f"{authority.code} {authority.name} {authority.base_url or ''}".casefold() for word in words)
    )


def add_authority(authority: Authority, path: Path | None = None) -> bool:
    """Add an authority to the user's register, in place of one of its code.

    Returns:
        Whether one of its code was there, in the user's register or in ours.

    Raises:
        ConfigError: one of its fields has the wrong form.
        ScrapeError: the user's register is wrong already.
    """
    path = path or user_register()
    cells = {name: " ".join((value or "").split()) for name, value in asdict(authority).items()}
    for column, value in cells.items():
        if fault := find_fault(column, value):
            raise ConfigError(fault, where=column)
    rows, new = _user_rows(path), Row(cells, 0)
    save_register(path, [*(row.cells for row in rows if row.key != new.key), cells])
    return any(row.key == new.key for row in (*rows, *_own_rows()))


def remove_authority(code: str, path: Path | None = None) -> None:
    """Take an authority out of the user's register; one of ours that it replaced is there again.

    Raises:
        ConfigError: the user's register has none of that code.
        ScrapeError: the user's register is wrong.
    """
    path = path or user_register()
    rows = _user_rows(path)
    kept = [row.cells for row in rows if row.key != code.strip().casefold()]
    if len(kept) == len(rows):
        raise ConfigError(f"you added no authority with the code {code!r}", where=str(path))
    save_register(path, kept)


def _own_rows() -> tuple[Row, ...]:
    return read_register((files(__package__) / REGISTER).read_bytes(), REGISTER)


def _user_rows(path: Path) -> tuple[Row, ...]:
    return read_register(path.read_bytes(), str(path)) if path.exists() else ()


def _find_near(code: str, every: Sequence[Authority]) -> list[Authority]:
    """Give up to three authorities: whose name holds the words asked for, else whose code or name is like them."""
    wanted = code.strip().casefold()
    held = [authority for authority in every if len(wanted) > 3 and wanted in authority.name.casefold()]
    swapped = [authority for authority in every if sorted(authority.code.casefold()) == sorted(wanted)]
    codes = get_close_matches(wanted, [authority.code.casefold() for authority in every], 3, 0.66)
    names = get_close_matches(wanted, [authority.name.casefold() for authority in every], 3, 0.6)
    like = [one for one in every if one.code.casefold() in codes or one.name.casefold() in names]
    return (held or swapped or like)[:3]
