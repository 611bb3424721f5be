"""Name what can go wrong, one class a stage, each printed as one line."""

from __future__ import annotations


class MinutesMinerError(Exception):
    """Say what is wrong, where, and what to do about it.

    Attributes:
        reason: what is wrong, a sentence without its full stop.
        where: the file, address or setting it is about, if any.
        advice: what the reader can do, if anything.
    """

    def __init__(self, reason: str, *, where: str | None = None, advice: str | None = None) -> None:
        super().__init__(reason, where, advice)
        self.reason = reason
        self.where = where
        self.advice = advice

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.reason, self.where, self.advice)

    def __str__(self) -> str:
        line = f"{self.where}: {self.reason}" if self.where else self.reason
        return f"{line}; {self.advice}" if self.advice else line


def _rebuild(kind: type[MinutesMinerError], reason: str, where: str | None, advice: str | None) -> MinutesMinerError:
    return kind(reason, where=where, advice=advice)


class ConfigError(MinutesMinerError):
    """A setting, option or plugin that can't be used."""


class ScrapeError(MinutesMinerError):
    """A register, an archive or a site that can't be used."""


class ReadError(MinutesMinerError):
    """A file or folder whose bytes can't be had."""


class ParseError(MinutesMinerError):
    """Bytes that can't be turned into a document."""


class AnnotateError(MinutesMinerError):
    """A document that the language pipeline can't process, or a pipeline that can't be loaded."""


class ExtractError(MinutesMinerError):
    """Spans that can't be made into records."""


class EvaluateError(MinutesMinerError):
    """A gold file, or an answer to one, that lacks something."""


class ExportError(MinutesMinerError):
    """An export that can't be written where or as it is wanted."""


class StoreError(MinutesMinerError):
    """A database that can't be opened, read or written."""


class ClusterError(MinutesMinerError):
    """A cluster that can't be reached, or that was lost."""
