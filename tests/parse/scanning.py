"""Make scans of PDFs for tests: pictures of their pages, askew and noisy where the test wants it."""

from __future__ import annotations

import random
from collections import Counter
from io import BytesIO
from shutil import which

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

needs_tesseract = pytest.mark.skipif(which("tesseract") is None, reason="needs the program tesseract")


def draw_scan(
    canvas: Canvas, data: bytes, *, dpi: float = 200, skew: float = 0.0, noise: float = 0.0, turn: int = 0
) -> None:
    """Draw a picture of each page of a PDF on a page of a canvas; the last one is left open for what comes over it.

    Args:
        canvas: where to draw.
        data: the PDF.
        dpi: pixels an inch.
        skew: degrees by which the sheet lay askew, against the clock.
        noise: from 0 for a clean picture to 1.
        turn: degrees by which the sheet was turned, against the clock.
    """
    with pdfium.PdfDocument(data) as pdf:
        for index, page in enumerate(pdf):
            picture = page.render(scale=dpi / 72, grayscale=True).to_pil().rotate(skew, Image.BICUBIC, fillcolor=255)
            picture = _soil(picture, noise).rotate(turn, expand=True)
            width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
            buffer = BytesIO()
            picture.save(buffer, "JPEG", quality=80)
            if index:
                canvas.showPage()
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(buffer), 0, 0, width, height)


def make_scan(data: bytes, *, dpi: float = 200, skew: float = 0.0, noise: float = 0.0, turn: int = 0) -> bytes:
    """Give a PDF whose pages are pictures of another's."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    draw_scan(canvas, data, dpi=dpi, skew=skew, noise=noise, turn=turn)
    canvas.save()
    return buffer.getvalue()


def find_recall(text: str, wanted: str) -> float:
    """Give the share of the words of a text that another has, each as often."""
    expected = Counter(wanted.split())
    return sum((expected & Counter(text.split())).values()) / sum(expected.values())


def _soil(picture: Image.Image, noise: float) -> Image.Image:
    """Lay grain and specks over a picture and blur it a little."""
    if not noise:
        return picture
    chance = random.Random(7)
    grain = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    picture = Image.blend(picture, grain, 0.15 * noise).filter(ImageFilter.GaussianBlur(0.6))
    for _ in range(round(60 * noise)):
        picture.putpixel((chance.randrange(picture.width), chance.randrange(picture.height)), 0)
    return picture
