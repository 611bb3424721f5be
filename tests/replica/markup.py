"""Write text as Word's HTML in the manner of committee software: hard wraps, empty paragraphs, entities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from textwrap import wrap

LIST_SIGN = re.compile(r"(\d+\.|\([a-z]\)) ")
SPACER = '<p class="MsoNormal">&nbsp;</p>'
SPELLED = re.compile(r"\b(Kettlewell|Quennell|Umbers|Swinside|Shawclough|Imrie|Gorsley)\b")


def entities(text: str) -> str:
    """Escape as the pages' titles and dates are: everything but letters, digits and a few signs in numbers."""
    return re.sub(r"[^A-Za-z0-9 .,\-]", lambda sign: f"&#{ord(sign[0])};", text)


def tooltip(text: str) -> str:
    """Escape for a ``title`` attribute, where even spaces are in numbers."""
    return entities(text).replace(" ", "&#32;")


def word_html(lines: Sequence[str]) -> str:
    """Give paragraphs as the body of a Word document; empty for none."""
    if not lines:
        return ""
    paragraphs = f"\n{SPACER}\n".join(_paragraph(line) for line in lines)
    return f'<div class="WordSection1">\n{paragraphs}\n</div>\n'


def _paragraph(line: str) -> str:
    sign = LIST_SIGN.match(line)
    if sign is None:
        return f'<p class="MsoNormal">{_wrapped(_inline(line))}</p>'
    if not sign[1].endswith("."):
        return f'<p class="MsoListParagraph" style="margin-left:36.0pt">{_wrapped(_inline(line))}</p>'
    number = (
        f'<span style=""><span style="">{sign[1]}<span style=\n'
        '"font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp;&nbsp;</span></span></span>'
    )
    text = _wrapped(_inline(line[sign.end() :]))
    return f'<p class="MsoListParagraphCxSpMiddle" style="text-indent:-18.0pt">\n{number}\n{text}</p>'


def _inline(text: str) -> str:
    text = escape(text, quote=False).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("’", "&rsquo;")
    text = text.replace("£", "&pound;")
    text = re.sub(r"\bRESOLVED\b", "<b>RESOLVED</b>", text)
    return SPELLED.sub(r'<span class="SpellE">\1</span>', text)


def _wrapped(text: str) -> str:
    lines = wrap(text, 67, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
