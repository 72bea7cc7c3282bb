"""Two ways of saying one dose: which of them holds the other, and which two cannot both be meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from doseref.dosage.model import Maximum, Option, Strength, Times
from doseref.dosage.said_twice import comparable, doses_meet, larger_of, oftener, wider
from doseref.quantities import DAY, Period, Range

D = Decimal
MG500 = Range.of(500, "mg")


def between(low: int, high: int, unit: str) -> Range:
    return Range(D(low), D(high), unit)


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        (Range.of(1, "g"), Range.of(1000, "mg"), Range.of(1, "g")),
        (between(1, 2, "{tablet}"), Range.of(2, "{tablet}"), between(1, 2, "{tablet}")),
        (Range.of(2, "{tablet}"), between(1, 2, "{tablet}"), between(1, 2, "{tablet}")),
        (Range.of(2, "{dose}"), Range.of(2, "{tablet}"), Range.of(2, "{tablet}")),
        (Range.of(2, "{tablet}"), Range.of(2, "{dose}"), Range.of(2, "{tablet}")),
        (between(1, 2, "{tablet}"), between(2, 3, "{tablet}"), None),
        (Range.of(2, "{dose}"), Range.of(2, "mg"), None),
        (Range.of(1, "{tablet}"), Range.of(1, "{capsule}"), None),
        (Range.of(5, "mL"), Range.of(5, "mg"), None),
    ],
)
def test_of_two_amounts_that_agree_the_wider_stands(one: Range, other: Range, stands: Range | None) -> None:
    assert wider(one, other) == stands


def test_what_can_be_compared() -> None:
    assert comparable(Range.of(1, "g"), MG500)
    assert comparable(Range.of(1, "{dose}"), Range.of(1, "{puff}"))
    assert not comparable(None, MG500)
    assert not comparable(Range.of(1, "{tablet}"), MG500)


def per_day(times: int) -> Times:
    return Times(D(times), D(times), D(1), "d")


@pytest.mark.parametrize(
    ("have", "said", "strength", "meet"),
    [
        (Option(dose=MG500), Option(dose=Range.of(1, "g")), None, False),
        (Option(count=Range.of(2, "{tablet}")), Option(count=Range.of(2, "{dose}")), None, True),
        (Option(count=Range.of(2, "{tablet}")), Option(dose=Range.of(1, "g")), None, None),
        (Option(count=Range.of(2, "{tablet}")), Option(dose=Range.of(1, "g")), MG500, True),
        (Option(dose=Range.of(1, "g")), Option(count=Range.of(1, "{tablet}")), MG500, False),
        # the strength that an instruction states comes before that of the product
        (Option(count=Range.of(2, "{tablet}"), strengths=(Strength(D(250), "mg"),)), Option(dose=MG500), MG500, True),
        (Option(), Option(dose=MG500), MG500, None),
        (Option(dose=Range.of(2, "g"), per_day=True), Option(dose=MG500, times=per_day(4)), None, True),
        (Option(dose=MG500, times=per_day(3)), Option(dose=Range.of(2, "g"), per_day=True), None, False),
        (Option(dose=MG500), Option(dose=Range.of(2, "g"), per_day=True), None, False),
        (Option(count=Range.of(1, "{tablet}")), Option(dose=Range.of(2, "g"), per_day=True), None, None),
    ],
)
def test_whether_two_doses_can_be_one(have: Option, said: Option, strength: Range | None, meet: bool | None) -> None:
    assert doses_meet(have, said, strength) is meet


def test_of_two_rates_that_agree_the_wider_stands() -> None:
    four, often = Option(times=per_day(4)), Option(every=between(4, 6, "h"))
    weekly = Option(times=Times(D(1), D(1), D(1), "wk"))
    assert oftener(four, often) is often
    assert oftener(often, four) is often
    assert oftener(four, Option()) is four
    assert oftener(four, weekly) is None
    assert oftener(four, Option(times=per_day(3))) is None


def test_of_two_maxima_that_differ_the_larger_counts() -> None:
    gram, half = Maximum(D(1), "g", DAY), Maximum(D(500), "mg", DAY)
    week = Maximum(D(4), "g", Period(D(1), "wk"))
    assert larger_of((gram,), (half,)) == ((gram,), True)
    assert larger_of((half,), (gram,)) == ((gram,), True)
    assert larger_of((gram,), (Maximum(D(1000), "mg", Period(D(24), "h")),)) == ((gram,), False)
    assert larger_of((gram,), (week,)) == ((gram, week), False)
    assert larger_of((), (half,)) == ((half,), False)
    eight, six = Maximum(D(8), "{dose}", DAY), Maximum(D(6), "{tablet}", DAY)
    assert larger_of((six,), (eight,)) == ((eight,), True)
    one_dose = Maximum(D(1), "g", None)
    assert larger_of((one_dose,), (Maximum(D(1), "g", None),)) == ((one_dose,), False)
