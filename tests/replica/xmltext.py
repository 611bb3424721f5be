"""Write XML as ModernGov's web service does."""

from __future__ import annotations

from html import escape

from .site import Answer


def write_xml(body: str) -> Answer:
    """Give a document; ``body`` is its root element."""
    return Answer(f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode(), "text/xml; charset=utf-8")


def fault(message: str) -> Answer:
    """Give the error of an operation that fails, as ASP.NET words it: plain text with status 500."""
    return Answer(f"{message}\r\n".encode(), "text/plain; charset=utf-8", 500)


def text_of(text: str) -> str:
    """Escape text twice, as the service does."""
    return escape(escape(text).replace("&#x27;", "&#39;"), quote=False)


def write_tag(name: str, value: str, depth: int) -> str:
    """Give an element; an empty one holds a line feed."""
    pad = "  " * depth
    return f"{pad}<{name}>{value}</{name}>" if value else f"{pad}<{name}>\n{pad}</{name}>"


def write_tags(values: list[tuple[str, str]], depth: int) -> str:
    """Give elements, one a line."""
    return "\n".join(write_tag(name, value, depth) for name, value in values)
