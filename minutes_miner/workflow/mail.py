"""Read the documents that a mail carries: its attachments, or its own text where none can be read."""

from __future__ import annotations

import binascii
import email
import mimetypes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import PurePosixPath

from minutes_miner.errors import ReadError
from minutes_miner.workflow.member import LimitError, Member, tell_apart, tidy_name

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "message/rfc822": ".eml",
}
"""What a name should end in, by the type that the mail tells."""

_BODIES = ("text/html", "text/plain")
"""Kinds of the mail's own text, the best first: a page keeps tables and lists."""

_BROKEN = (
    MessageError, AssertionError, AttributeError, binascii.Error, IndexError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip
"""What the standard library's reader of mails raises on broken ones."""


class Mail:
    """Hold a mail.

    Args:
        data: the whole mail (RFC 5322).
        max_members: the most parts it may have.
        readable: suffixes of files that can be read; where an attachment has one, the mail's own text is none.

    Attributes:
        members: the attachments in their order, or else the mail's own text.

    Raises:
        LimitError: it has more parts than that.
        ReadError: it can't be made out.
    """

    def __init__(self, data: bytes, *, max_members: int, readable: frozenset[str]) -> None:
        try:
            message = email.message_from_bytes(data)
            self._parts = list(_iter_parts(message, max_members))
            self.members = tuple(_describe(message, self._parts, readable))
        except _BROKEN:
            raise ReadError("the mail is broken", advice="save it anew, or its attachments") from None

    def read(self, index: int, limit: int) -> bytes:
        """Decode one part.

        Raises:
            ReadError: it is broken, or larger than the limit.
        """
        part = self._parts[index]
        try:
            data = _read(part)
        except _BROKEN:
            raise ReadError("it is broken in the mail", advice="save the attachment from the mail") from None
        if len(data) > limit:
            reason = f"the file is larger than {limit / 1_000_000:g} MB"
            raise ReadError(reason, advice="split it or give its text alone")
        return data


def _iter_parts(message: Message, limit: int) -> Iterator[Message]:
    """Give the parts that hold no others, in their order; a mail in the mail counts as one."""
    stack, seen = [message], 0
    while stack:
        part, payload = (top := stack.pop()), top.get_payload()
        seen += 1
        if seen > limit:
            raise LimitError(f"the mail has more than {limit:,} parts", advice="save its attachments")
        if isinstance(payload, list) and part.get_content_maintype() != "message":
            stack.extend(inner for inner in reversed(payload) if isinstance(inner, Message))
        else:
            yield part


def _describe(message: Message, parts: Sequence[Message], readable: frozenset[str]) -> list[Member]:
    """List the attachments and, where none can be read, the mail's own text."""
    attached = [(index, part) for index, part in enumerate(parts) if _is_attached(part)]
    names = tell_apart(_name(part, f"attachment-{number}") for number, (_, part) in enumerate(attached, 1))
    members = [Member(index, name, _measure(part)) for (index, part), name in zip(attached, names, strict=True)]
    if any(member.suffix in readable for member in members):
        return members
    for kind in _BODIES:
        for index, part in enumerate(parts):
            if not _is_attached(part) and part.get_content_type() == kind and _read(part).strip(b"\xef\xbb\xbf \r\n\t"):
                body = Member(index, f"body{_SUFFIXES[kind]}", _measure(part), title=_subject(message))
                return [body, *members]
    return members


def _is_attached(part: Message) -> bool:
    """Tell what was attached from what the mail itself says."""
    named = part.get_content_disposition() == "attachment" or part.get_filename()
    return bool(named) or part.get_content_type() not in _BODIES


def _name(part: Message, default: str) -> str:
    """Give an attachment's name, with the suffix of its kind where it has none of the known ones."""
    kind, given = part.get_content_type(), part.get_filename()
    if not given:
        return default + (_SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin")
    name = tidy_name(PurePosixPath(_decode_words(given).replace("\\", "/")).name)
    is_known = PurePosixPath(name).suffix.lower() in {*_SUFFIXES.values(), ".htm"}
    return name if is_known else name + _SUFFIXES.get(kind, "")


def _subject(message: Message) -> str | None:
    return " ".join(_decode_words(message.get("Subject", "")).split())[:300] or None


def _decode_words(value: object) -> str:
    """Decode a header's encoded words; what can't be decoded stays as it is written."""
    text = str(value)
    with suppress(*_BROKEN):
        text = str(make_header(decode_header(text)))
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _measure(part: Message) -> int:
    payload = part.get_payload()
    return len(payload) if isinstance(payload, str) else 0


def _read(part: Message) -> bytes:
    """Give a part's bytes as they were attached; the mail's own text in UTF-8, whatever it came in."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload[0].as_bytes() if payload and isinstance(payload[0], Message) else b""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    charset = part.get_content_charset()
    if charset and not _is_attached(part):
        with suppress(LookupError, UnicodeError):
            return data.decode(charset).encode("utf-8-sig")
    return data
