"""Draw one page of a PDF and mark words on it; run in a process of its own, for a broken file may end it.

Standard input holds a line of JSON (``page``, from 1; ``width``, in pixels; ``quote``, the words to mark) and then the
bytes of the file; the standard output gets a PNG, and nothing where the file can't be drawn. It imports nothing of the
package, so that it starts quickly.
"""

from __future__ import annotations

import ctypes
import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""

CHUNK = 7
"""Words that are looked for together where the quote does not stand on the page as a whole."""

LEAST = 14
"""Letters and digits that a part of a quote must have: shorter ones stand on many pages by chance."""

MARK = (255, 226, 120)
EDGE = (176, 120, 0)
COLOURS = 48


def letters_of(text: str) -> str:
    """Keep what printing can't change: lower-case letters and digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def find_ranges(letters: str, quote: str) -> list[tuple[int, int]]:
    """Find where a quote stands among the letters of a page; part by part where it is not there as a whole."""
    whole = letters_of(quote)
    if whole and (start := letters.find(whole)) >= 0:
        return [(start, start + len(whole))]
    words, found = quote.split(), []
    for first in range(0, len(words), CHUNK):
        part = letters_of("".join(words[first : first + CHUNK]))
        start = letters.find(part) if len(part) >= LEAST else -1
        if start >= 0 and letters.find(part, start + 1) < 0:
            found.append((start, start + len(part)))
    return found


def draw(data: bytes, *, page_number: int, width: int, quote: str) -> bytes:
    """Draw a page as PNG.

    Args:
        data: the PDF.
        page_number: counts from 1.
        width: pixels.
        quote: the words to mark.
    """
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    page = pypdfium2.PdfDocument(data)[page_number - 1]
    picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    boxes = find_boxes(page, quote, picture.size)
    if boxes:
        veil = Image.new("RGB", picture.size, "white")
        pen = ImageDraw.Draw(veil)
        for left, top, right, bottom in boxes:
            pen.rectangle((left - 3, top - 3, right + 3, bottom + 3), fill=MARK)
        picture = ImageChops.multiply(picture, veil)
        sides = zip(*boxes, strict=True)
        left, top, right, bottom = (choose(side) for choose, side in zip((min, min, max, max), sides, strict=True))
        ImageDraw.Draw(picture).rectangle((left - 8, top - 8, right + 8, bottom + 8), outline=EDGE, width=3)
    stream = io.BytesIO()
    picture.quantize(COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def find_boxes(page: Any, quote: str, size: tuple[int, int]) -> list[Box]:
    """Find the boxes, one a line, of the words of a quote on a page."""
    text = page.get_textpage()
    letters, places = _read_letters(text)
    boxes: list[Box] = []
    for start, end in find_ranges(letters, quote):
        own: list[Box] = []
        for index in dict.fromkeys(places[start:end]):
            box = _on_picture(page, text.get_charbox(index), size)
            if own and _is_same_line(own[-1], box):
                last = own[-1]
                own[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            else:
                own.append(box)
        boxes += own
    return boxes


def _read_letters(text: Any) -> tuple[str, list[int]]:
    """Give the letters and digits of a page, and for each the number of its character."""
    from pypdfium2 import raw

    pieces, places = [], []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        letters = letters_of(chr(code)) if 32 < code < 0x110000 else ""
        pieces.append(letters)
        places += [index] * len(letters)
    return "".join(pieces), places


def _on_picture(page: Any, box: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    """Turn a box of the page into pixels of the picture, whatever the page's rotation."""
    corners = list(_corners(page, box, size))
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _corners(page: Any, box: tuple[float, float, float, float], size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    from pypdfium2 import raw

    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        yield across.value, down.value


def _is_same_line(one: Box, other: Box) -> bool:
    """Tell whether a character goes on with the line of those before."""
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    height = max(1, min(one[3] - one[1], other[3] - other[1]))
    return overlap > height * 0.3 and other[0] >= one[0] and other[0] - one[2] < 12 * max(height, 12)


def main() -> None:
    """Draw what the standard input asks for."""
    wanted = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    drawn = draw(data, page_number=wanted["page"], width=wanted["width"], quote=wanted["quote"])
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
