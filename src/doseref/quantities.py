"""Amounts, ranges and periods: exact decimals with a unit, immutable. All dose arithmetic is interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from doseref import units
from doseref.errors import QuantityError
from doseref.records import Kept, record

if TYPE_CHECKING:
    import pint

Number = int | float
"""A JSON number."""


def decimal(text: str) -> Decimal:
    """An exact, finite decimal from plain ASCII digits (``"0.25"``); raises :class:`QuantityError` otherwise.

    Only the table cells and the tokenizer's normalised numbers come here; what people write is
    normalised by the tokenizer first.
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise QuantityError(f"not a number: {text!r}") from None
    if not value.is_finite() or not text.isascii():
        raise QuantityError(f"not a number: {text!r}")
    return value


def json_number(value: Decimal) -> Number:
    """A JSON number without float noise: an int where the value is whole, else the shortest float."""
    return int(value) if value == value.to_integral_value() else float(value)


def is_whole(value: Decimal) -> bool:
    """Whether a number has nothing behind the point; of any size, where a remainder would not fit a decimal."""
    return value == value.to_integral_value()


def printed(value: Decimal) -> str:
    """A number for a person: thousands commas, a leading zero, no trailing zeros, at most four decimals."""
    if value != value.to_integral_value():
        # Past twenty digits nothing is rounded: no dose has them, and they must not break the printing.
        plain = Decimal("0.001") <= abs(value) < 10**20
        rounded = value.quantize(Decimal("0.0001")) if plain else value
        text = f"{rounded.normalize():f}"
        whole, _, rest = text.partition(".")
        return f"{int(whole):,}" + (f".{rest}" if rest else "") if not text.startswith("-0.") else text
    return f"{int(value):,}"


_PLACES = 20
"""Decimal places at which a ratio without an end is cut: far beyond any dose,
well within the precision of a decimal.
"""


def portion(value: Decimal, top: Decimal, bottom: Decimal) -> Decimal:
    """``value`` × ``top``/``bottom``, exact where a decimal holds it (salt to base, a volume's share of a
    concentration).

    A ratio without an end (200/220) is cut after twenty places and never rounded up, so that eleven elevenths are not
    above the whole.
    """
    found = value * top / bottom
    places = -int(found.as_tuple().exponent)
    return found if places <= _PLACES else found.quantize(Decimal(1).scaleb(-_PLACES), ROUND_DOWN)


@record
class Amount:
    """An exact number of one unit (a code of :data:`doseref.units.UNITS`)."""

    value: Decimal
    unit: str

    def to(self, code: str) -> Amount:
        """This amount in another unit of the same dimension; raises :class:`QuantityError` otherwise."""
        return Amount(units.convert(self.value, self.unit, code), code)

    @property
    def quantity(self) -> pint.Quantity[Decimal]:
        """This amount as a quantity of the project's pint registry, its magnitude a :class:`Decimal`."""
        from doseref.unit_registry import quantity

        return quantity(self.value, self.unit)

    @classmethod
    def of_quantity(cls, quantity: pint.Quantity[Decimal]) -> Amount:
        """The amount that a quantity of the project's pint registry is;
        raises :class:`QuantityError` for a unit without a code.
        """
        from doseref.unit_registry import code_of

        return cls(quantity.magnitude, code_of(quantity.units))

    def __str__(self) -> str:
        if self.unit == "%":
            return f"{printed(self.value)}%"
        return f"{printed(self.value)} {units.printed(self.unit, plural=self.value != 1)}"


@record
class Range:
    """``low``..``high`` of one unit, both ends included; a single amount has equal ends.

    Raises :class:`QuantityError` when made with low above high.
    """

    low: Decimal
    high: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise QuantityError(f"low above high: {self.low} > {self.high} {self.unit}")

    @classmethod
    def of(cls, value: Decimal | int | str, unit: str) -> Range:
        """The range that is one amount."""
        exact = Decimal(value)
        return cls(exact, exact, unit)

    @property
    def single(self) -> bool:
        """Whether both ends are the same amount."""
        return self.low == self.high

    def to(self, code: str) -> Range:
        """This range in another unit of the same dimension; raises :class:`QuantityError` otherwise."""
        if code == self.unit:
            return self
        return Range(units.convert(self.low, self.unit, code), units.convert(self.high, self.unit, code), code)

    def map(self, change: Callable[[Decimal], Decimal], unit: str | None = None) -> Range:
        """Both ends through a rising function; ``unit`` renames the result."""
        return Range(change(self.low), change(self.high), unit or self.unit)

    def __add__(self, other: Range) -> Range:
        same = other.to(self.unit)
        return Range(self.low + same.low, self.high + same.high, self.unit)

    def scaled(self, low: Decimal | int, high: Decimal | int | None = None) -> Range:
        """This range × (low..high); both factors are counts without a unit and not negative."""
        top = low if high is None else high
        return Range(self.low * low, self.high * top, self.unit)

    def hull(self, other: Range) -> Range:
        """The smallest range that holds both."""
        same = other.to(self.unit)
        return Range(min(self.low, same.low), max(self.high, same.high), self.unit)

    def capped(self, top: Decimal) -> Range:
        """This range cut at ``top`` (a number of this range's own unit)."""
        return Range(min(self.low, top), min(self.high, top), self.unit)

    def to_json(self) -> dict[str, Any]:
        """``{"low", "high", "unit"}``."""
        return {"low": json_number(self.low), "high": json_number(self.high), "unit": self.unit}

    def __str__(self) -> str:
        if self.single:
            return str(Amount(self.low, self.unit))
        return f"{printed(self.low)} to {Amount(self.high, self.unit)}"


@record
class Period(Kept):
    """A length of time that a rate is per: ``value`` of a UCUM time code (``h``, ``d``, ``wk``, ``mo``, ``a``)."""

    value: Decimal
    unit: str

    def hours(self) -> Decimal | None:
        """The length in hours; ``None`` for months and years, which have no fixed length.

        Rounded where a decimal cannot hold it (20 minutes); what is counted by it asks :meth:`exact_hours`.
        """
        seconds = units.TIME_SECONDS.get(self.unit)
        return None if seconds is None else self.value * seconds / 3600

    def exact_hours(self) -> Fraction | None:
        """The length in hours as an exact ratio; ``None`` for months and years."""
        seconds = units.TIME_SECONDS.get(self.unit)
        return None if seconds is None else Fraction(self.value) * seconds / 3600

    @property
    def is_day(self) -> bool:
        """Whether this is one day: 1 d or 24 h."""
        return (self.value == 1 and self.unit == "d") or self.hours() == 24

    @property
    def words(self) -> str:
        """How a rate is told: ``in 24 hours``, ``per week``."""
        return "in 24 hours" if self.is_day else f"per {self}"

    def usual(self) -> Period:
        """One way of writing a length: 24 hours are a day, 7 days a week, 12 months a year."""
        return self if self.value == 1 and self.unit != "h" else _usual(self)

    def to_json(self) -> dict[str, Any]:
        """``{"value", "unit"}``."""
        return {"value": json_number(self.value), "unit": self.unit}

    def __str__(self) -> str:
        if self.is_day:
            return "24 hours"
        one, many = units.TIME_WORDS[self.unit]
        return one if self.value == 1 else f"{printed(self.value)} {many}"


@lru_cache(maxsize=1024)
def _usual(period: Period) -> Period:
    value, unit = period.value, period.unit
    if value.adjusted() > 20:
        return period  # no length that anybody means; its remainder would not fit a decimal
    if unit == "h" and value % 24 == 0:
        value, unit = value / 24, "d"
    if unit == "d" and value % 7 == 0:
        value, unit = value / 7, "wk"
    if unit == "mo" and value % 12 == 0:
        value, unit = value / 12, "a"
    return Period(value, unit)


ONE = Decimal(1)
DAY = Period(ONE, "d")
"""One day."""
