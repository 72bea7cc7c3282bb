"""The parts of the arithmetic one by one: maxima, days, windows, exposures; every figure worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref
from doseref.dosage.model import Maximum
from doseref.quantities import DAY, Period, Range
from doseref.regimen.amounts import Delivered
from doseref.regimen.caps import Cap, Stated, below_one_dose, cap, one_dose, unit_cap
from doseref.regimen.model import Part

DATA = doseref.reference()
WEEK = Period(Decimal(1), "wk")
HOURS_8 = Period(Decimal(8), "h")
MONTH = Period(Decimal(1), "mo")


def mg(low: int | str, high: int | str | None = None) -> Range:
    return Range(Decimal(low), Decimal(low if high is None else high), "mg")


def tablets(low: int, high: int | None = None) -> Range:
    return Range(Decimal(low), Decimal(low if high is None else high), "{tablet}")


def delivered(
    amount: Range, units: Range | None = None, substance: str = "acetaminophen", as_named: str = ""
) -> Delivered:
    return Delivered(Part(substance, as_named or substance), amount, str(amount), units)


def most(amount: int | str, unit: str = "mg", per: Period | None = DAY, substance: str | None = None) -> Maximum:
    return Maximum(Decimal(amount), unit, per, substance)


def stated(*maxima: Maximum, sole: bool = True, weighed: bool = False) -> Stated:
    return Stated(maxima, DATA, sole, weighed)


@pytest.mark.parametrize(
    ("each", "own", "per", "expected"),
    [
        (delivered(mg(500)), stated(), DAY, None),
        (delivered(mg(500)), stated(most(3, "g")), DAY, Cap(Decimal(3000), Decimal(3000), "own maximum 3 g")),
        # the lowest of several counts
        (delivered(mg(500)), stated(most(4, "g"), most(3, "g")), DAY, (3000, 3000, "own maximum 3 g")),
        (delivered(mg(500)), stated(most(2, "g"), most(3, "g")), DAY, (2000, 2000, "own maximum 2 g")),
        # doses: N × low and N × high; tablets: N × what one holds
        (delivered(mg(500, 1000)), stated(most(4, "{dose}")), DAY, (2000, 4000, "own maximum 4 doses")),
        (delivered(mg(500, 1000), tablets(1, 2)), stated(most(4, "{dose}")), DAY, (2000, 4000, "own maximum 4 doses")),
        (delivered(mg(500, 1000), tablets(1, 2)), stated(most(6, "{tablet}")), DAY, (3000, 3000, "own maximum 6 tablets")),
        (delivered(mg(650), tablets(2)), stated(most(1, "{tablet}")), DAY, None),
        (delivered(mg(650), tablets(1)), stated(most(1, "{tablet}")), DAY, (650, 650, "own maximum 1 tablet")),
        (delivered(mg(650)), stated(most(6, "{tablet}")), DAY, None),
        (delivered(mg(650), tablets(0)), stated(most(6, "{tablet}")), DAY, None),
        # just one dose is a maximum, below it is none
        (delivered(mg(500, 1000)), stated(most(500)), DAY, (500, 500, "own maximum 500 mg")),
        (delivered(mg(500, 1000)), stated(most(499)), DAY, None),
        (delivered(mg(1200)), stated(most(1000), weighed=True), DAY, (1000, 1000, "own maximum 1,000 mg")),
        # other periods: a longer one bounds the day, a shorter one begins anew
        (delivered(mg(500)), stated(most(3, "g", WEEK)), DAY, (3000, 3000, "own maximum 3 g per week")),
        (delivered(mg(500)), stated(most(3, "g", MONTH)), DAY, (3000, 3000, "own maximum 3 g per month")),
        (delivered(mg(500)), stated(most(1, "g", HOURS_8)), DAY, (3000, 3000, "own maximum 1 g per 8 hours")),
        (delivered(mg(500)), stated(most(1, "g")), WEEK, (7000, 7000, "own maximum 1 g per 24 hours")),
        (delivered(mg(500)), stated(most(1, "g", WEEK)), WEEK, (1000, 1000, "own maximum 1 g per week")),
        (delivered(mg(500)), stated(most(1, "g", Period(Decimal(24), "h"))), DAY, (1000, 1000, "own maximum 1 g")),
        (delivered(mg(500)), stated(most(1, "g", Period(Decimal(7), "d"))), WEEK, (1000, 1000, "own maximum 1 g per 7 days")),
        (delivered(mg(5)), stated(most(100, "mg", MONTH)), MONTH, (100, 100, "own maximum 100 mg per month")),
        (delivered(mg(5)), stated(most(10, "mg", WEEK)), MONTH, (50, 50, "own maximum 10 mg per week")),  # 31/7 is above 4
        (delivered(mg(500)), stated(most(1, "g", None)), DAY, None),
        # an ingredient's maximum is that ingredient's; an amount without one is none of a combination
        (delivered(mg(325)), stated(most(3, "g", substance="apap"), sole=False), DAY, (3000, 3000, "own maximum 3 g")),
        (delivered(mg(5), substance="hydrocodone"), stated(most(3, "g", substance="apap"), sole=False), DAY, None),
        (delivered(mg(325)), stated(most(3, "g"), sole=False), DAY, None),
        (delivered(mg(325), tablets(1)), stated(most(8, "{tablet}"), sole=False), DAY, (2600, 2600, "own maximum 8 tablets")),
        # names that no table holds: the whole word, or the head of the name as written
        (delivered(mg(5), substance="zzzole", as_named="zzzole sodium"), stated(most(9, substance="zzzole")), DAY, (9, 9, "own maximum 9 mg")),
        (delivered(mg(5), substance="zz-yy", as_named="x"), stated(most(9, substance="zz")), DAY, (9, 9, "own maximum 9 mg")),
        (delivered(mg(5), substance="zz-yy", as_named="x"), stated(most(9, substance="zz yy")), DAY, (9, 9, "own maximum 9 mg")),
        (delivered(mg(5), substance="other", as_named="zzzole sodium"), stated(most(9, substance="zzzole")), DAY, (9, 9, "own maximum 9 mg")),
        (delivered(mg(5), substance="zzzole", as_named="zzzole"), stated(most(9, substance="zzz")), DAY, None),
        (delivered(mg(5), substance="zzzole", as_named="zzzole"), stated(most(9, substance="qqq")), DAY, None),
        (delivered(mg(5), substance="codeine"), stated(most(9, substance="codeine phosphate")), DAY, (9, 9, "own maximum 9 mg")),
    ],
)  # fmt: skip
def test_a_cap(each: Delivered, own: Stated, per: Period, expected: Cap | tuple[int, int, str] | None) -> None:
    wanted = Cap(Decimal(expected[0]), Decimal(expected[1]), expected[2]) if isinstance(expected, tuple) else expected
    assert cap(each, own, per) == wanted


@pytest.mark.parametrize(
    ("amount", "own", "after", "words"),
    [
        (mg(1200), stated(most(1000, per=None), weighed=True), mg(1000), "1,200 mg, at most 1,000 mg a dose"),
        (mg(500, 1200), stated(most(1000, per=None)), mg(500, 1000), "500 to 1,200 mg, at most 1,000 mg a dose"),
        (mg(1000, 1200), stated(most(1000, per=None)), mg(1000), "1,000 to 1,200 mg, at most 1,000 mg a dose"),
        (mg(500, 1200), stated(most(900, per=None), most(800, per=None)), mg(500, 800), None),
        (mg(500, 1000), stated(most(1000, per=None)), mg(500, 1000), "500 to 1,000 mg"),
        (mg(500, 1000), stated(most(2000, per=None), weighed=True), mg(500, 1000), "500 to 1,000 mg"),
        (mg(1200), stated(most(1000, per=None)), mg(1200), "1,200 mg"),  # a contradiction: told, never obeyed
        (mg(1200), stated(most(1000), weighed=True), mg(1200), "1,200 mg"),  # of a day, not of a dose
        (mg(1200), stated(weighed=True), mg(1200), "1,200 mg"),
        (mg(500, 1200), stated(most(1, "{dose}", None)), mg(500, 1200), "500 to 1,200 mg"),
        (mg(500, 1200), stated(most(1, "g", None), sole=False), mg(500, 1200), "500 to 1,200 mg"),
    ],
)
def test_a_maximum_of_a_single_dose(amount: Range, own: Stated, after: Range, words: str | None) -> None:
    (found,) = one_dose([delivered(amount)], own)
    assert found.amount == after
    assert words is None or found.working == words


def test_below_one_dose() -> None:
    low, just, tablet = most(4), most(500), most(1, "{tablet}")
    each = delivered(mg(500, 1000), tablets(2, 4))
    assert list(below_one_dose([each], stated(low, just, tablet))) == [low, tablet]
    assert list(below_one_dose([each], stated(low, weighed=True))) == []
    # of one ingredient, though not of the other: 100 mg of acetaminophen a day
    other = delivered(mg(5), tablets(1), "hydrocodone")
    own = most(100, substance="acetaminophen")
    assert list(below_one_dose([other, each], stated(own, sole=False))) == [own]
    assert list(below_one_dose([other], stated(own, sole=False))) == []


def test_the_most_product_units() -> None:
    each = delivered(mg(500, 1000), tablets(1, 2))
    assert unit_cap([each], stated()) is None
    assert unit_cap([each], stated(most(8, "{tablet}"))) == 8
    assert unit_cap([each], stated(most(4, "{dose}"))) == 8  # four times two tablets
    assert unit_cap([each], stated(most(3, "g"))) == 6
    assert unit_cap([delivered(mg(500))], stated(most(3, "g"))) is None
    assert unit_cap([delivered(mg(0), tablets(1))], stated(most(3, "g"))) is None
    other = delivered(mg(5), tablets(1), "hydrocodone")
    pair = [delivered(mg(325), tablets(1)), other]
    own = stated(most(1300, substance="acetaminophen"), most(15, substance="hydrocodone"), sole=False)
    assert unit_cap(pair, own) == 3
