"""Mark sums of money."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import regex
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_blocks, get_findings, get_text, set_spans
from minutes_miner.annotate.moneyroles import name_roles
from minutes_miner.annotate.phrases import Words, load_phrases, read_clues
from minutes_miner.domain.finding import Offsets, Section, SectionIndex, Sum
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole, Label, SpanKey

_CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD", "gbp": "GBP", "eur": "EUR", "euro": "EUR", "pound": "GBP"}
_SCALE = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000}
_UNITS = "one two three four five six seven eight nine ten".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_NUMBERS = {
    **{word: Decimal(number) for number, word in enumerate(_UNITS, 1)},
    **{word: Decimal(number * 10) for number, word in enumerate(_TENS, 2)},
    "twelve": Decimal(12),
    "fifteen": Decimal(15),
    "half a": Decimal("0.5"),
    "a quarter of a": Decimal("0.25"),
    "a": Decimal(1),
}


def find_sums(text: str, blocks: tuple[Block, ...]) -> list[Sum]:
    """Find every sum in a text, each mention, in order.

    Ranges give two sums. Figures without a currency sign count in the amount columns of tables and in lines of lists
    of payments, in the currency that the text uses most.

    Args:
        text: the document's text.
        blocks: its blocks.

    Returns:
        Sums that do not overlap, without their roles.
    """
    return _find_sums(text, _payment_spans(text, blocks))


def _find_sums(text: str, payments: Iterable[Offsets]) -> list[Sum]:
    found = list(_signed(text)) + list(_worded(text)) + list(_pence(text))
    home = "EUR" if text.count("€") > text.count("£") else "GBP"
    taken = [(item.start, item.end) for item in found]
    for start, end in payments:
        for match in load_phrases("money")["BARE"].finditer(text, start, end):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                found.append(Sum(match.start(), match.end(), _decimal(match["number"]), home))
    return _without_overlap(found)


def _signed(text: str) -> Iterator[Sum]:
    for match in load_phrases("money")["SIGNED"].finditer(text):
        currency = _CURRENCY[match["sign"].lower()]
        unit, second_unit = match["unit"], match["second_unit"]
        if match["second"] and not _plausible_range(match["number"], match["second"], unit, second_unit):
            yield Sum(
                match.start(),
                match.end("unit") if unit else _number_end(text, match),
                _amount(match["number"], unit),
                currency,
            )
            continue
        first_unit = unit or (second_unit if match["second"] else None)
        first_end = match.end("unit") if unit else _number_end(text, match)
        yield Sum(match.start(), first_end, _amount(match["number"], first_unit), currency)
        if match["second"]:
            yield Sum(match.start("second"), match.end(), _amount(match["second"], second_unit or unit), currency)


def _number_end(text: str, match: regex.Match[str]) -> int:
    """Give the end of a figure, with the p of "£1,504.02p"."""
    end = match.end("number")
    return end + (text[end : end + 1] == "p" and not text[end + 1 : end + 2].isalnum())


def _plausible_range(first: str, second: str, unit: str | None, second_unit: str | None) -> bool:
    """Tell whether '£10-15k' or '£1,100-1,200' is a range and not '£35.00 - 300248'."""
    low, high = _amount(first, unit or second_unit), _amount(second, second_unit or unit)
    return low < high <= low * 100


def _worded(text: str) -> Iterator[Sum]:
    phrase = load_phrases("money")["WORDED"]
    for match in phrase.finditer(text) if phrase.can_match(read_clues(text)) else ():
        word = match["number"].lower()
        number = _WORD_NUMBERS.get(word) or _decimal(match["number"])
        if word == "a" and not match["unit"]:
            continue
        scale = 100 if match["unit"] and match["unit"].lower() == "hundred" else _scale(match["unit"])
        yield Sum(match.start(), match.end(), number * scale, _CURRENCY[match["name"].lower().rstrip("s")])


def _pence(text: str) -> Iterator[Sum]:
    for match in load_phrases("money")["PENCE"].finditer(text):
        yield Sum(match.start(), match.end(), _decimal(match["number"]) / 100, "GBP")


def _amount(number: str, unit: str | None) -> Decimal:
    return _decimal(number) * _scale(unit)


def _decimal(number: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", number))


def _scale(unit: str | None) -> int:
    if not unit:
        return 1
    unit = unit.lower().rstrip("s")
    return _SCALE.get(unit) or (_SCALE["bn"] if unit.startswith("bil") else _SCALE["m"])


def _payment_spans(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, int]]:
    """Give the parts of a text where a bare figure with two decimals is a sum."""
    phrases = load_phrases("money")
    inside = 0
    tables: dict[int, bool] = {}
    for block in blocks:
        words = Words(text[block.start : block.end])
        if block.cell:
            known = tables.get(block.cell.table, False)
            tables[block.cell.table] = known or bool(phrases["AMOUNT_HEADER"].search(f"{block.cell.header} {words}"))
            if tables[block.cell.table]:
                yield block.start, block.end
            continue
        lead = phrases["PAYMENTS_LEAD"].search(words)
        if lead:
            inside = 60
            yield block.start + lead.end(), block.end
        elif (
            block.role is BlockRole.HEADING
            and block.depth == 0
            and not load_phrases("money")["BARE"].search(words)
            and not phrases["PAYMENTS_HEADING"].search(words)
        ):
            inside = 0
        elif inside and (load_phrases("money")["BARE"].search(words) or len(words) < 60):
            inside -= 1
            yield block.start, block.end
        else:
            inside = max(0, inside - 12)


def _without_overlap(found: list[Sum]) -> list[Sum]:
    kept: list[Sum] = []
    for item in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _titles(doc: Doc) -> Callable[[int], str | None]:
    """Give what tells the title of the agenda item that an offset stands in."""
    sections: list[Section] = get_findings(doc, SpanKey.SECTIONS)
    find_item = SectionIndex(sections).find_item

    def title_of(offset: int) -> str | None:
        index = find_item(offset)
        return sections[index].title if index >= 0 else None

    return title_of


@Language.factory("minutes_money")
class Money:
    """Mark sums of money.

    Marks: ``doc.spans["money"]``, label MONEY; ``span._.money`` is a ``Sum`` with its amount, currency and role.
    Needs: nothing; blocks help to find the amount columns of lists of payments, sections the roles.
    Example: "£1.5m–£2m" is two sums, "£784k" is 784000, "80p" is 0.80.
    A role is told by the words around, as in "savings of £2.3m"; it is None where they do not tell.
    Limits: a figure without a sign counts only where the words around it tell that it is a payment.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        text = get_text(doc)
        payments = list(_payment_spans(text, get_blocks(doc)))
        sums = name_roles(text, _find_sums(text, payments), payments, _titles(doc))
        set_spans(doc, SpanKey.MONEY, ((found.start, found.end, Label.MONEY, found) for found in sums))
        return doc
