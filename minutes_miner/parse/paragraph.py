"""Join the lines of a page into paragraphs, over line ends, hyphens and page ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutes_miner.domain.numbering import Number, begins_entry
from minutes_miner.parse.line import Line

_CLOSERS = "\"'\u201d\u2019)]"
"""Quotation marks and brackets that may follow a stop."""
_STOPS, _FULL_STOPS = frozenset(".!?:;"), frozenset(".!?")
_LOOSE = 1.38
"""Share of the usual pitch of wrapped lines beyond which a gap parts paragraphs."""
_APART = 1.12
"""Share of the usual pitch beyond which a line stands further below than a wrapped one."""
_HANGING = 0.75
_REFERENCE = 12
"""Characters at the beginning of a line in which a planning reference has its first stroke."""
_DASHES = {"-", "\u2013", "\u2014", ":", ":-"}


@dataclass(slots=True)
class Paragraph:
    """Gather the lines of one paragraph and the notes beside it."""

    lines: list[Line] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """The margin notes beside it, from the top down."""
        return [note for line in self.lines for note in line.notes]

    @property
    def bold(self) -> bool:
        """Whether all its words but the number are bold."""
        return self.lines[0].bold_body() and all([line.all_bold() for line in self.lines[1:]])

    def starts(self) -> list[float]:
        """Give the left edges at which its next line may begin, from its first line's segments and its other lines."""
        first = self.lines[0]
        edges = [part[0].box[0] for part in first.segments()]
        number = first.number
        if number and len(first.words) > 1:
            taken = 0
            for word in first.words:
                taken += len(word.text) + 1
                if taken >= len(number.text):
                    break
            after = next((w for w in first.words if w.box[0] > word.box[0]), None)
            edges.extend([after.box[0]] if after else [])
        return edges + [line.x0 for line in self.lines[1:]]


def join_lines(lines: Iterable[Line]) -> list[Paragraph]:
    """Join lines into paragraphs.

    Args:
        lines: running text in reading order, without furniture.
    """
    lines = list(lines)
    pitch = find_pitches(lines)
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and _continues(paragraphs[-1], line, pitch):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def part_lead(paragraph: Paragraph) -> list[Paragraph]:
    """Part "7. Finance: the accounts were approved" into title and text, where only number and title are bold.

    Args:
        paragraph: any paragraph.

    Returns:
        Title and text, or the paragraph alone.
    """
    first = paragraph.lines[0]
    number = first.number
    if number is None or number.style not in {"1", "1.1"} or paragraph.bold:
        return [paragraph]
    at = next(
        (index for index, word in enumerate(first.words) if index and not word.bold and word.text not in _DASHES), None
    )
    if at is None or at < 2 or at > 13 or not first.words[1].bold:
        return [paragraph]
    text = " ".join(word.text for word in first.words[1:at])
    if not (text.endswith((":", ":-", "-", "\u2013", "\u2014")) and len(text) > 3):
        return [paragraph]
    rest = Line(first.words[at:], first.page_number, first.region, first.right, first.left, first.ruled, first.notes)
    head = Line(first.words[:at], first.page_number, first.region, first.right, first.left, first.ruled)
    return [Paragraph([head]), Paragraph([rest, *paragraph.lines[1:]])]


def find_pitches(lines: Sequence[Line]) -> dict[int, float]:
    """Give the usual distance between wrapped lines for each type size, in points."""
    seen: dict[int, Counter[float]] = {}
    for one, two in zip(lines, lines[1:], strict=False):
        step = two.baseline - one.baseline
        if (
            one.region == two.region
            and one.page_number == two.page_number
            and 0 < step < 3 * one.size
            and one.x1 > one.right - 5 * one.size
        ):
            seen.setdefault(round(one.size), Counter())[round(step * 2) / 2] += 1
    return {size: counts.most_common(1)[0][0] for size, counts in seen.items()}


def _continues(paragraph: Paragraph, line: Line, pitch: dict[int, float]) -> bool:
    """Tell whether a line goes on with the paragraph above it."""
    last = paragraph.lines[-1]
    over = last.page_number != line.page_number or _turns_column(last, line)
    if last.alone or line.alone:
        return False
    if last.region != line.region and not (over and last.ruled == line.ruled):
        return False
    if last.size != line.size and _changes_size(last, line):
        return False
    if (line.number is not None and _begins_point(paragraph, line)) or _is_set_right(line) or _is_set_right(last):
        return False
    if "/" in line.text[:_REFERENCE] and _begins_entry(paragraph, line):
        return False
    if over:
        return _goes_over(last, line)
    if _is_row(last, line):
        return False
    step = line.baseline - last.baseline
    usual = pitch.get(round(last.size), 1.3 * last.size)
    if step <= 0 or step > _LOOSE * usual:
        return False
    return not _ends_here(paragraph, line, is_apart=step > _APART * usual)


def _begins_entry(paragraph: Paragraph, line: Line) -> bool:
    """Tell whether a line opens the next entry of a list of planning applications."""
    if not begins_entry(line.text):
        return False
    return _has_closed(paragraph.lines[-1].text) or begins_entry(paragraph.lines[0].text)


def _has_ended(text: str) -> bool:
    """Tell whether a text ends in a stop, a colon or a semicolon."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


def _has_closed(text: str) -> bool:
    """Tell whether a text ends as sentences do."""
    return text.rstrip(_CLOSERS)[-1:] in _FULL_STOPS


def _changes_size(last: Line, line: Line) -> bool:
    """Tell whether a line is set much smaller than the last one, or is no lone word and set much larger."""
    smaller, larger = round(last.size / line.size, 2), round(line.size / last.size, 2)
    return smaller > 1.25 or (larger > 1.25 and len(line.words) > 1)


def _turns_column(last: Line, line: Line) -> bool:
    """Tell whether a line stands at the top of the column right of the last line's."""
    return (
        line.region == last.region + 1
        and not (last.ruled or line.ruled)
        and line.baseline < last.baseline
        and line.x0 >= last.right
    )


def _is_row(last: Line, line: Line) -> bool:
    """Tell whether two lines are rows of one table without rules: their first and a later segment stand aligned."""
    one, two = last.segments(), line.segments()
    if len(one) < 2 or len(two) < 2 or abs(last.x0 - line.x0) > 3:
        return False
    edges = [edge for part in one[1:] for edge in (part[0].box[0], part[-1].box[2])]
    return any(
        abs(edge - start) < 3 for part in two[1:] for start in (part[0].box[0], part[-1].box[2]) for edge in edges
    )


def _begins_point(paragraph: Paragraph, line: Line) -> bool:
    """Tell whether a line opens with the number of a new point, not with a figure in mid-sentence."""
    number = line.number
    last = paragraph.lines[-1]
    if number is None:
        return False
    if number.body >= len(line.text):
        return not number.text[0].isalpha() and (_had_room(last, line) or _has_ended(last.text))
    if len(line.words) > 1 and line.words[0].text.strip() == number.text:
        gap = line.words[1].box[0] - line.words[0].box[2]
        if gap > _HANGING * line.size:
            return True
    if _had_room(last, line) or _has_ended(last.text) or _counts_on(paragraph.lines[0].number, number):
        return True
    rest = line.text[number.body :]
    if number.style in {"1", "1.1"}:
        return not rest[:1].islower()
    loose = number.text in {"-", "\u2013", "*"} or number.style == "A"
    return not (loose and abs(line.x0 - last.x0) < 0.5 * line.size and paragraph.lines[0].number is None)


def _counts_on(first: Number | None, number: Number) -> bool:
    """Tell whether a number is the next after that of the paragraph: "2." under "1. the report be noted; and"."""
    if first is None or first.style != number.style or number.style not in {"1", "1("}:
        return False
    return int(re.sub(r"\D", "", number.text) or 0) == int(re.sub(r"\D", "", first.text) or 0) + 1


def _ends_here(paragraph: Paragraph, line: Line, *, is_apart: bool) -> bool:
    """Tell whether a paragraph ended with its last line, from its fullness, its stop, and the new line's start.

    Args:
        paragraph: so far.
        line: the next one.
        is_apart: whether the line stands further below than wrapped lines do.
    """
    last = paragraph.lines[-1]
    text, here = last.text, line.text
    lower = here[:1].islower()
    ended = _has_ended(text)
    if _has_closed(text) and not lower and (is_apart or (last.notes and _had_room(last, line))):
        return True
    if _changes_weight(paragraph, last, line, is_apart=is_apart):
        return True
    if _is_shifted(paragraph, line) and not (lower and not ended):
        return True
    if not _had_room(last, line):
        return False
    width = max(last.right - last.left, 1)
    short = (last.x1 - last.left) < 0.5 * width
    if lower and not ended:
        return short and last.x1 - last.left < 0.3 * width
    return ended or short or (last.right - last.x1) > (0.5 if lower else 0.1) * width


def _is_shifted(paragraph: Paragraph, line: Line) -> bool:
    """Tell whether a line begins elsewhere than the paragraph's lines may; the second line of a full one may hang."""
    last = paragraph.lines[-1]
    starts, here = paragraph.starts(), line.x0
    shift = min([abs(here - edge) for edge in starts])
    if shift <= 1.2 * line.size or _is_centred(last, line):
        return False
    outdented = here < min(starts) - line.size
    hangs = len(paragraph.lines) == 1 and not outdented and not _has_ended(last.text)
    return not (hangs and (shift <= 2.5 * line.size or not _had_room(last, line)))


def _had_room(last: Line, line: Line) -> bool:
    """Tell whether the new line's first word would have had room at the end of the last one."""
    first = line.words[0].box[2] - line.words[0].box[0]
    slack = max(2.5 * last.size, 0.06 * (last.right - last.left))
    return last.right - last.x1 > first + slack


def _changes_weight(paragraph: Paragraph, last: Line, line: Line, *, is_apart: bool) -> bool:
    """Tell whether a bold heading stands above plain text, or the other way round."""
    if last.words[-1].bold == line.words[0].bold:
        return False
    whole = all(part.bold_body() for part in paragraph.lines)
    if whole and not line.words[0].bold:
        return is_apart or _had_room(last, line) or _has_closed(last.text) or last.text.endswith(":")
    return line.bold_body() and not last.bold_body() and (is_apart or _had_room(last, line))


def _is_set_right(line: Line) -> bool:
    """Tell whether a short line stands at the right edge, as results of votes do."""
    width = line.right - line.left
    return (
        width > 0 and line.x0 > line.left + 0.5 * width and line.x1 > line.right - 3 * line.size and len(line.words) < 9
    )


def _is_centred(last: Line, line: Line) -> bool:
    return abs((last.x0 + last.x1) - (line.x0 + line.x1)) < 2 * line.size


def _goes_over(last: Line, line: Line) -> bool:
    """Tell whether a paragraph goes on over the page."""
    if _has_closed(last.text) or last.words[-1].bold != line.words[0].bold:
        return False
    if line.text[:1].islower():
        return True
    return not last.text.endswith((":", ";")) and last.x1 > last.right - 0.15 * (last.right - last.left)
