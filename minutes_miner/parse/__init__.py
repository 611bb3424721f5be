"""Turn bytes into a document: text, blocks, pages, and which meeting it is of."""

from __future__ import annotations

import hashlib

from minutes_miner.config import Limits
from minutes_miner.domain.source import Document, DocumentRef
from minutes_miner.errors import ParseError
from minutes_miner.parse.sniff import BINARY, find_suffix, sniff_media_type
from minutes_miner.registry import get_parser, load_parsers

__all__ = ["identify", "parse"]


def identify(data: bytes, source: str, *, authority: str | None = None) -> DocumentRef:
    """Say which bytes these are: their media type, told by the bytes themselves, and their digest.

    Args:
        data: the whole file.
        source: path or address it came from; its suffix only tells Markdown from plain text.
        authority: code or name of the authority, where it is known.
    """
    media_type = sniff_media_type(data, source)
    return DocumentRef(source, hashlib.sha256(data).hexdigest(), len(data), media_type, authority)


def parse(data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
    """Turn bytes into a document with the parser of their media type.

    Args:
        data: the whole file.
        ref: what ``identify`` said of it.
        limits: what one document may cost.

    Raises:
        ParseError: the bytes are empty, too many, of a kind without a parser, or broken; the message tells which.
    """
    if not data or data.isspace():
        raise ParseError("the file is empty", where=ref.source)
    if len(data) > limits.max_bytes:
        raise ParseError(
            f"the file has {len(data):,} bytes, more than the limit of {limits.max_bytes:,}",
            where=ref.source,
            advice="split it or raise the limit",
        )
    _check_name(ref)
    parser = get_parser(ref.media_type)
    if parser is None:
        known = ", ".join(sorted(load_parsers()))
        if ref.media_type == BINARY:
            reason = "the bytes are not a document that minutes-miner reads"
            raise ParseError(reason, where=ref.source, advice=f"supported are {known}")
        raise ParseError(f"nothing here reads {ref.media_type}", where=ref.source, advice=f"supported are {known}")
    document = parser.parse(data, ref, limits=limits)
    if len(document.text) > limits.max_characters:
        raise ParseError(
            f"the text has {len(document.text):,} characters, more than the limit of {limits.max_characters:,}",
            where=ref.source,
            advice="split the file or raise the limit",
        )
    return document


def _check_name(ref: DocumentRef) -> None:
    """Refuse a web page or text that is named as a PDF or Word file: it is a server's error page."""
    suffix = find_suffix(ref.source)
    if suffix in {".pdf", ".docx"} and ref.media_type.startswith("text/"):
        kind = "web page" if ref.media_type == "text/html" else "text file"
        raise ParseError(
            f"the file is named {suffix} but holds a {kind}",
            where=ref.source,
            advice="fetch it again: servers send error pages under the name of the file",
        )
