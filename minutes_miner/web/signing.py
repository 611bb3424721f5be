"""Sign what readers are given to send back, so that nobody can make it up or use it late."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from minutes_miner.errors import ConfigError

LINK_HOURS = 48
"""How long a mail can be confirmed."""

_FORM_HOURS = 24
_SHORTEST = 24
_LONGEST = 8_000
_HOUR = 3_600
_FILE = "watch.key"


class ExpiredError(Exception):
    """Something that was signed, too long ago."""


class Signer:
    """Sign forms, and links that are mailed.

    Args:
        key: known to the server alone.

    Raises:
        ConfigError: the key is too short to be safe.
    """

    def __init__(self, key: str) -> None:
        if len(key) < _SHORTEST:
            advice = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
            raise ConfigError(f"the key for watches has fewer than {_SHORTEST} characters", advice=advice)
        self._forms = URLSafeTimedSerializer(key, salt="form")
        self._links = URLSafeTimedSerializer(key, salt="confirm")

    def sign_form(self) -> str:
        """Give what a form of this site holds; no other site can read it off a private one."""
        return str(self._forms.dumps(""))

    def is_form(self, token: str) -> bool:
        """Tell whether a form is of this site, and not too old."""
        try:
            self._forms.loads(token[:_LONGEST], max_age=_FORM_HOURS * _HOUR)
        except BadData:
            return False
        return True

    def sign_link(self, address: str, search: str) -> str:
        """Give the token that confirms that an address wants to watch a search."""
        return str(self._links.dumps([address, search]))

    def read_link(self, token: str) -> tuple[str, str] | None:
        """Give the address and the search of a token, or None where it is none of this server's.

        Raises:
            ExpiredError: it is older than LINK_HOURS.
        """
        if len(token) > _LONGEST:
            return None
        try:
            address, search = self._links.loads(token, max_age=LINK_HOURS * _HOUR)
        except SignatureExpired as error:
            raise ExpiredError from error
        except BadData:
            return None
        return str(address), str(search)


def load_key(folder: Path | None = None) -> str:
    """Give the key that this machine keeps, and make it where there is none, readable by its owner alone.

    Args:
        folder: where it is kept; None for the program's folder of settings.

    Raises:
        ConfigError: it can't be read or written.
    """
    path = (folder or Path(click.get_app_dir("minutes-miner"))) / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(32))
        except FileExistsError:
            pass
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        advice = "set MINUTES_MINER_WATCH_KEY to a long secret instead"
        raise ConfigError("the key for watches can't be kept", where=str(path), advice=advice) from error
