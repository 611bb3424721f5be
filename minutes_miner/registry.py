"""Find plugins by their entry points."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import cast

from minutes_miner.domain.protocols import Exporter, Parser, Platform, Writer
from minutes_miner.errors import ConfigError

PARSERS = "minutes_miner.parsers"
PLATFORMS = "minutes_miner.platforms"
WRITERS = "minutes_miner.writers"
EXPORTERS = "minutes_miner.exporters"


def get_parser(media_type: str) -> Parser | None:
    """Give the parser for a media type, or None where there is none."""
    return load_parsers().get(media_type)


@cache
def load_parsers() -> dict[str, Parser]:
    """Load every parser, by media type."""
    return {kind: parser for parser in map(_parser, _names(PARSERS)) for kind in parser.media_types}


def get_writer(name: str) -> Writer:
    """Give the writer of a format.

    Raises:
        ConfigError: there is none of that name.
    """
    try:
        return cast(Writer, _load(WRITERS, name)())
    except KeyError:
        known = ", ".join(_names(WRITERS))
        raise ConfigError(f"there is no writer called {name!r}", advice=f"choose one of {known}") from None


def get_exporter(name: str) -> Exporter:
    """Give what writes whole tables in a format.

    Raises:
        ConfigError: there is none of that name.
    """
    try:
        return cast(Exporter, _load(EXPORTERS, name)())
    except KeyError:
        known = ", ".join(find_exporters())
        raise ConfigError(f"there is no format called {name!r}", advice=f"choose one of {known}") from None


def get_platform(name: str) -> type[Platform]:
    """Give the class that reads one kind of council site.

    Raises:
        ConfigError: there is none of that name.
    """
    try:
        return cast(type[Platform], _load(PLATFORMS, name))
    except KeyError:
        known = ", ".join(find_platforms()) or "none"
        raise ConfigError(f"there is no platform called {name!r}", advice=f"known are {known}") from None


def find_platforms() -> tuple[str, ...]:
    """List the names of the platforms."""
    return _names(PLATFORMS)


def find_writers() -> tuple[str, ...]:
    """List the names of the writers."""
    return _names(WRITERS)


def find_exporters() -> tuple[str, ...]:
    """List the names of the formats in which whole tables can be written."""
    return _names(EXPORTERS)


def _parser(name: str) -> Parser:
    return cast(Parser, _load(PARSERS, name)())


def _names(group: str) -> tuple[str, ...]:
    return tuple(sorted(point.name for point in entry_points(group=group)))


def _load(group: str, name: str) -> type:
    return cast(type, entry_points(group=group)[name].load())
