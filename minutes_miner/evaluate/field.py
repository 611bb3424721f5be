"""Take typed values out of JSON objects, and tell what is missing by file, line and place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from minutes_miner.errors import EvaluateError, ReadError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Fields:
    """Give the values of one JSON object: ``get_*`` raises where there is none, ``find_*`` gives None or nothing.

    Args:
        value: what should be an object.
        where: the file and line it stands in, for messages.
        place: where in the line it stands, such as ``decisions[2]``.

    Raises:
        EvaluateError: by every method, where a value is missing or of another kind than it should be.
    """

    def __init__(self, value: object, where: str, place: str = "") -> None:
        self._where = where
        self._place = place
        if not isinstance(value, dict):
            self.fail("", "an object in braces")
        self._values: dict[str, object] = value

    def fail(self, key: str, wanted: str) -> NoReturn:
        """Raise an error that says what should stand under a key."""
        place = ".".join(filter(None, (self._place, key)))
        missing = bool(key) and key not in self._values
        raise EvaluateError(
            f"{place or 'the line'} {'is missing' if missing else 'is wrong'}: it must be {wanted}", where=self._where
        )

    def find_text(self, key: str) -> str | None:
        """Give a text, or None."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, str):
            self.fail(key, "a text")
        return value

    def get_text(self, key: str) -> str:
        """Give a text that is not blank."""
        value = self.find_text(key)
        if value is None or not value.strip():
            self.fail(key, "a text")
        return value

    def find_texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts."""
        values = self._find_list(key)
        if not all(isinstance(value, str) for value in values):
            self.fail(key, "a list of texts")
        return tuple(str(value) for value in values)

    def get_texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts that holds at least one, none of them blank."""
        values = self.find_texts(key)
        if not values or not all(value.strip() for value in values):
            self.fail(key, "a list of one text or more")
        return values

    def find_term(self, key: str, terms: type[StrEnum]) -> str | None:
        """Give a word of a closed list, or None."""
        value = self.find_text(key)
        if value is not None and value not in list(terms):
            self.fail(key, f"one of {', '.join(terms)}")
        return value

    def get_term(self, key: str, terms: type[StrEnum]) -> str:
        """Give a word of a closed list."""
        value = self.find_term(key, terms)
        if value is None:
            self.fail(key, f"one of {', '.join(terms)}")
        return value

    def find_day(self, key: str) -> str | None:
        """Give a calendar day as ISO 8601 has it, or None."""
        value = self.find_text(key)
        if value is not None and not _is_day(value):
            self.fail(key, "a day such as 2024-03-31")
        return value

    def get_day(self, key: str) -> str:
        """Give a calendar day as ISO 8601 has it."""
        value = self.find_day(key)
        if value is None:
            self.fail(key, "a day such as 2024-03-31")
        return value

    def find_count(self, key: str) -> int | None:
        """Give a whole number that is not negative, or None."""
        value = self._values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            self.fail(key, "a whole number")
        return value

    def find_share(self, key: str) -> float | None:
        """Give a number from 0 to 1, or None."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
            self.fail(key, "a number from 0 to 1")
        return float(value)

    def find_figure(self, key: str) -> str | None:
        """Give a text or a number as text, or None."""
        value = self._values.get(key)
        if value is not None and (not isinstance(value, (str, int, float)) or isinstance(value, bool)):
            self.fail(key, "a number, best as a text")
        return None if value is None else str(value)

    def find_object(self, key: str) -> Fields | None:
        """Give an object, or None."""
        value = self._values.get(key)
        return None if value is None else Fields(value, self._where, self._at(key))

    def find_objects(self, key: str) -> list[Fields]:
        """Give a list of objects."""
        values = self._find_list(key)
        return [Fields(value, self._where, f"{self._at(key)}[{index}]") for index, value in enumerate(values)]

    def get_objects(self, key: str) -> list[Fields]:
        """Give a list of objects, which must be there but may be empty."""
        if self._values.get(key) is None:
            self.fail(key, "a list, empty where there is nothing")
        return self.find_objects(key)

    def _at(self, key: str) -> str:
        return ".".join(filter(None, (self._place, key)))

    def _find_list(self, key: str) -> list[object]:
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(key, "a list")
        return value


def iter_lines(path: Path) -> Iterator[tuple[Fields, str]]:
    """Read a file of JSON Lines.

    Yields:
        The object of each line that is not blank, and the file and line for messages.

    Raises:
        ReadError: the file can't be read.
        EvaluateError: a line is no JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluateError(f"byte {error.start} is no UTF-8", where=str(path), advice="name a file of JSON Lines")
    except OSError as error:
        raise ReadError((error.strerror or str(error)).lower(), where=str(path), advice="check the path") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{path}, line {number}"
            try:
                value = json.loads(line)
            except ValueError as error:
                raise EvaluateError(f"the line is no JSON: {error}", where=where) from None
            yield Fields(value, where), where


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
