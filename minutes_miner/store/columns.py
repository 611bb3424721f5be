"""Turn texts and sums into values that SQLite and PostgreSQL keep and compare alike."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from sqlalchemy import Dialect, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal("1e24")
_FINEST = Decimal("0.0001")
_WIDE = Context(prec=80)
"""Room for totals of the largest sums: the usual context has 28 digits."""


def clean_text(value: str) -> str:
    """Replace NUL and lone surrogates, which no database takes, by U+FFFD: lengths and offsets stay."""
    return _UNSTORABLE.sub("\ufffd", value)


def clean_source(value: str) -> str:
    """Spell out what a path can't store, such as ``\\udce9``, so that two odd paths stay two."""
    return _UNSTORABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", value)


def tidy_amount(value: Decimal) -> Decimal:
    """Give a sum two decimals, or up to four where it is finer than a penny."""
    cents = value.quantize(_CENT, context=_WIDE)
    finest = value.quantize(_FINEST, context=_WIDE)
    return cents if cents == finest else finest.normalize(_WIDE)


class Words(TypeDecorator[str]):
    """Hold text; see :func:`clean_text`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean a value on its way in."""
        return None if value is None else clean_text(value)


class SourceName(TypeDecorator[str]):
    """Hold a path or address; see :func:`clean_source`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean a value on its way in."""
        return None if value is None else clean_source(value)


class Amount(TypeDecorator[Decimal]):
    """Hold a sum in the currency's main unit, so that 784000.00 reads, sorts and adds up as a number.

    PostgreSQL keeps the exact decimal. SQLite has none: it keeps a 64-bit float, which gives back every decimal of up
    to 15 significant digits exactly (pennies up to 9,999,999,999,999.99) and compares equal at a boundary, because the
    same decimal always becomes the same float. A column of pence would be exact further, but no reader of the file
    would expect it, and nobody's minutes hold ten trillion.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[float]:
        """Choose the decimal or the float."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Numeric(asdecimal=False))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | float | None:
        """Turn a decimal into what the database takes."""
        return float(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Decimal | float | None, dialect: Dialect) -> Decimal | None:
        """Turn what the database gives into a decimal."""
        return None if value is None else tidy_amount(Decimal(str(value)))
