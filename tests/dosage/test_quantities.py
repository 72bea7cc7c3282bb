"""Amounts, ranges, periods and units: exact figures, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from doseref import units
from doseref.errors import QuantityError
from doseref.quantities import DAY, Amount, Period, Range, decimal, is_whole, json_number, portion, printed
from doseref.units import convert, convertible, lookup


def mg(low: str, high: str | None = None) -> Range:
    return Range(Decimal(low), Decimal(high or low), "mg")


def per(value: str, unit: str) -> Period:
    return Period(Decimal(value), unit)


@pytest.mark.parametrize("text", ["NaN", "inf", "-Infinity", "٣", "x", "", "1e"])
def test_no_number(text: str) -> None:
    with pytest.raises(QuantityError):
        decimal(text)


def test_a_number_is_exact() -> None:
    assert decimal("0.1") * 3 == Decimal("0.3")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("3", "3"),
        ("3000", "3,000"),
        ("1234567", "1,234,567"),
        ("3.50", "3.5"),
        ("0.125", "0.125"),
        ("1234.5", "1,234.5"),
        ("0.33333333", "0.3333"),
        ("2.00004", "2"),
        ("0.001", "0.001"),
        ("0.00123456", "0.0012"),
        ("0.0009876", "0.0009876"),  # below a thousandth nothing is rounded away
        ("-0.5", "-0.5"),
        ("-2.5", "-2.5"),
        ("99999999999999999999.5", "99,999,999,999,999,999,999.5"),
        ("100000000000000000000.12345", "100,000,000,000,000,000,000.12345"),
    ],
)
def test_a_number_for_a_person(value: str, told: str) -> None:
    assert printed(Decimal(value)) == told


def test_a_number_for_a_machine() -> None:
    assert json_number(Decimal("3.0")) == 3 and isinstance(json_number(Decimal("3.0")), int)
    assert json_number(Decimal("0.3")) == 0.3


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (Amount(Decimal(1), "{tablet}"), "1 tablet"),
        (Amount(Decimal(2), "{tablet}"), "2 tablets"),
        (Amount(Decimal("0.5"), "{tablet}"), "0.5 tablets"),
        (Amount(Decimal(5), "%"), "5%"),
        (Amount(Decimal(1000), "ug"), "1,000 mcg"),
    ],
)
def test_an_amount_for_a_person(amount: Amount, told: str) -> None:
    assert str(amount) == told


@pytest.mark.parametrize(
    ("value", "top", "bottom", "made"),
    [
        ("220", "200", "220", "200"),
        ("40", "160", "5", "1280"),
        ("1", "1", "3", "0.33333333333333333333"),
        ("2", "1", "3", "0.66666666666666666666"),  # cut, not rounded up: three of them are not above 2
        ("-2", "1", "3", "-0.66666666666666666666"),
        ("0", "1", "3", "0"),
    ],
)
def test_a_portion_is_never_rounded_up(value: str, top: str, bottom: str, made: str) -> None:
    assert portion(Decimal(value), Decimal(top), Decimal(bottom)) == Decimal(made)


def test_a_portion_of_a_large_amount() -> None:
    """Past a million the digits do not reach twenty places; 10,000,000 cells by 3 are as exact as a decimal is."""
    assert portion(Decimal(10_000_000), Decimal(1), Decimal(3)) * 3 <= 10_000_000


def test_an_amount_converts() -> None:
    assert Amount(Decimal("0.5"), "g").to("mg") == Amount(Decimal(500), "mg")
    with pytest.raises(QuantityError):
        Amount(Decimal(1), "mg").to("mL")


def test_a_range_keeps_its_ends() -> None:
    assert mg("500", "1000") + Range.of("0.25", "g") == mg("750", "1250")
    assert mg("500", "1000").scaled(3) == mg("1500", "3000")
    assert mg("500", "1000").scaled(3, 4) == mg("1500", "4000")
    assert mg("500", "700").hull(mg("600", "900")) == mg("500", "900")
    assert mg("600", "700").hull(Range(Decimal("0.5"), Decimal("0.6"), "g")) == mg("500", "700")
    assert mg("500", "1000").capped(Decimal(800)) == mg("500", "800")
    assert mg("500", "1000").capped(Decimal(400)) == mg("400")
    assert mg("500", "1000").map(lambda value: value / 100) == mg("5", "10")
    assert mg("500", "1000").map(lambda value: value / 100, "mL") == Range(Decimal(5), Decimal(10), "mL")
    assert mg("500", "1000").to("g") == Range(Decimal("0.5"), Decimal(1), "g")
    assert mg("500", "1000").to("mg") is not None
    assert mg("500").single and not mg("500", "501").single
    assert mg("500", "1000").to_json() == {"low": 500, "high": 1000, "unit": "mg"}
    assert (str(mg("500")), str(mg("500", "1000"))) == ("500 mg", "500 to 1,000 mg")
    with pytest.raises(QuantityError, match="low above high: 2 > 1 mg"):
        mg("2", "1")
    with pytest.raises(QuantityError):
        mg("2") + Range.of(1, "mL")


@pytest.mark.parametrize(
    ("period", "hours"),
    [
        (per("360", "min"), 6),
        (per("21600", "s"), 6),
        (per("5", "h"), 5),
        (per("2", "d"), 48),
        (per("1", "wk"), 168),
    ],
)
def test_the_hours_of_a_period(period: Period, hours: int) -> None:
    assert (period.hours(), period.exact_hours()) == (hours, hours)


def test_hours_that_no_decimal_holds_are_exact() -> None:
    assert per("100", "min").exact_hours() == Fraction(5, 3)
    assert per("1", "mo").exact_hours() is None and per("1", "a").hours() is None


@pytest.mark.parametrize(
    ("period", "usual", "day"),
    [
        (per("24", "h"), per("1", "d"), True),
        (per("1440", "min"), per("1440", "min"), True),
        (per("1", "d"), per("1", "d"), True),
        (per("25", "h"), per("25", "h"), False),
        (per("48", "h"), per("2", "d"), False),
        (per("168", "h"), per("1", "wk"), False),
        (per("14", "d"), per("2", "wk"), False),
        (per("8", "d"), per("8", "d"), False),
        (per("12", "mo"), per("1", "a"), False),
        (per("6", "mo"), per("6", "mo"), False),
        (per("12", "wk"), per("12", "wk"), False),
        (per("24", "wk"), per("24", "wk"), False),
        (per("7", "h"), per("7", "h"), False),
    ],
)
def test_one_way_of_writing_a_length(period: Period, usual: Period, day: bool) -> None:
    assert period.usual() == usual
    assert period.is_day is day


def test_lengths_that_nobody_means_stay_as_they_are() -> None:
    assert per("2.4e20", "h").usual() == per("1e19", "d")  # no whole number of weeks: 10 to the 19th leaves 3
    assert per("2.4e21", "h").usual() == per("2.4e21", "h")
    assert not per("2", "d").is_day and not per("1", "h").is_day


def test_a_period_for_a_person() -> None:
    assert (per("1", "d").words, per("24", "h").words, per("1", "wk").words) == (
        "in 24 hours",
        "in 24 hours",
        "per week",
    )
    assert [str(each) for each in (DAY, per("24", "h"), per("1", "wk"), per("2", "wk"), per("8", "h"))] == [
        "24 hours", "24 hours", "week", "2 weeks", "8 hours",
    ]  # fmt: skip
    assert DAY.to_json() == {"value": 1, "unit": "d"}


@pytest.mark.parametrize(
    ("value", "of", "to", "result"),
    [
        ("1", "kg", "g", "1000"),
        ("0.5", "g", "mg", "500"),
        ("500000", "ug", "mg", "500"),
        ("0.1", "mg", "ug", "100"),
        ("1", "ug", "ng", "1000"),
        ("1.5", "L", "mL", "1500"),
        ("5", "mL", "uL", "5000"),
        ("1", "mg/min", "mg/h", "60"),
        ("0.1", "mg/h", "ug/h", "100"),
        ("5", "mg/kg", "ug/kg", "5000"),
        ("3", "{tablet}", "{tablet}", "3"),
    ],
)
def test_units_convert_exactly(value: str, of: str, to: str, result: str) -> None:
    assert convert(Decimal(value), of, to) == Decimal(result)
    assert convert(Decimal(result), to, of) == Decimal(value)


@pytest.mark.parametrize(
    ("one", "other"), [("mg", "mL"), ("mg", "[IU]"), ("{tablet}", "{capsule}"), ("mg", "mg/kg"), ("mg", "mg/h")]
)
def test_units_of_two_dimensions_never_convert(one: str, other: str) -> None:
    assert not convertible(one, other)
    with pytest.raises(QuantityError, match="not convertible"):
        convert(Decimal(1), one, other)


def test_units_that_are_not_known() -> None:
    assert convertible("{odd}", "{odd}") and not convertible("{odd}", "mg") and not convertible("mg", "{odd}")
    with pytest.raises(QuantityError, match="unknown"):
        convert(Decimal(1), "{odd}", "mg")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("MG", "mg"),
        ("Mg", "mg"),
        ("mcg", "ug"),
        ("\u00b5g", "ug"),
        ("\u03bcg", "ug"),
        ("tabs.", "{tablet}"),
        ("U", "[IU]"),
        ("cc", "mL"),
        ("furlong", None),
        (".", None),
        ("", None),
        ("x.", None),
        ("g.", "g"),
        ("mg.", "mg"),
        ("gx", None),
        ("g..", "g"),
    ],
)
def test_words_for_units(word: str, code: str | None) -> None:
    assert lookup(word) == code


@pytest.mark.parametrize(
    ("code", "plural", "told"),
    [
        ("ug", True, "mcg"),
        ("[IU]", True, "units"),
        ("[IU]", False, "unit"),
        ("{patch}", True, "patches"),
        ("{patch}", False, "patch"),
        ("{tablet}", True, "tablets"),
        ("mg", True, "mg"),
        ("ug/h", True, "mcg/h"),
        ("h", True, "hours"),
        ("h", False, "hour"),
        ("{odd}", True, "odd"),
    ],
)
def test_units_for_a_person(code: str, plural: bool, told: str) -> None:
    assert units.printed(code, plural=plural) == told


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [
        ("mg", "mg", "mg"), ("ug", "mcg", "mcg"), ("ug/h", "mcg/h", "mcg/h"), ("mg/kg", "mg/kg", "mg/kg"), ("{tablet}", "tablet", "tablets"),
        ("{patch}", "patch", "patches"), ("[IU]/kg", "unit/kg", "units/kg"), ("{drop}/h", "drop/h", "drops/h"), ("%", "%", "%"),
    ],
)  # fmt: skip
def test_a_code_in_words_one_and_many(code: str, one: str, many: str) -> None:
    assert units._printed(code) == (one, many)


@pytest.mark.parametrize(
    ("text", "whole"), [("0", True), ("2.50", False), ("-3.0", True), ("4" * 40, True), ("4" * 20 + ".5", False)]
)
def test_a_whole_number_of_any_size(text: str, whole: bool) -> None:
    assert is_whole(Decimal(text)) is whole
