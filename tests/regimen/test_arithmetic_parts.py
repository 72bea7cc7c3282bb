"""The parts of the arithmetic one by one: maxima, days, windows, exposures; every figure worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

import doseref
from doseref.dosage.model import Maximum, Option
from doseref.items.model import Part
from doseref.limits import Limit
from doseref.quantities import DAY, Period, Range
from doseref.records import replace
from doseref.regimen.caps import Cap, Stated, below_one_dose, cap, one_dose, unit_cap
from doseref.regimen.days import WEEKDAYS, on_day, on_its_day, per_period, summed
from doseref.regimen.days import days as day_list
from doseref.regimen.delivered import Delivered
from doseref.regimen.model import Exposure, Given, Item, Total, Verdict
from doseref.regimen.totals import covered, totals
from doseref.regimen.window import worst_window

DATA = doseref.reference()
WEEK = Period(Decimal(1), "wk")
HOURS_8 = Period(Decimal(8), "h")
MONTH = Period(Decimal(1), "mo")
YEAR = Period(Decimal(1), "a")


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
        # the lowest is the one with the lowest high end
        (delivered(mg(500, 1000)), stated(most(4, "{dose}"), most(3, "g")), DAY, (3000, 3000, "own maximum 3 g")),
        # a dose that may be none
        (delivered(mg(0, 650), tablets(0, 1)), stated(most(6, "{tablet}")), DAY, (3900, 3900, "own maximum 6 tablets")),
        (delivered(mg(0, 650), tablets(0, 1)), stated(most(6, "{capsule}")), DAY, (3900, 3900, "own maximum 6 capsules")),
        (delivered(mg(500, 1000), Range(Decimal(1), Decimal(2), "{dose}")), stated(most(6, "{tablet}")), DAY, (3000, 3000, "own maximum 6 tablets")),
        (delivered(mg(0, 500), Range(Decimal(0), Decimal(15), "mL")), stated(most(60, "mL")), DAY, (2000, 2000, "own maximum 60 mL")),
        (delivered(mg(5)), stated(most(10, "mg", MONTH)), YEAR, (140, 140, "own maximum 10 mg per month")),  # 366 days are 13.07 of 28
        (delivered(mg(500)), stated(most(3, "g", Period(Decimal(0), "h"))), DAY, (3000, 3000, "own maximum 3 g per 0 hours")),
        # a volume of a volume: 60 mL are four times 15 mL, of every ingredient
        (delivered(mg(500), Range.of(15, "mL")), stated(most(60, "mL")), DAY, (2000, 2000, "own maximum 60 mL")),
        (delivered(mg(500), Range.of(15, "mL")), stated(most("0.06", "L"), sole=False), DAY, (2000, 2000, "own maximum 0.06 L")),
        (delivered(mg(500), Range.of(0, "mL")), stated(most(60, "mL")), DAY, None),
        (delivered(mg(500), Range.of(1, "{dose}")), stated(most(6, "{tablet}")), DAY, (3000, 3000, "own maximum 6 tablets")),
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
    (found,) = one_dose([delivered(amount)], Option(), own)
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
    assert unit_cap([delivered(mg(0, 500), tablets(0, 1))], stated(most(3, "g"))) == 6
    assert unit_cap([delivered(mg(500))], stated(most(3, "g"))) is None
    assert unit_cap([delivered(mg(0), tablets(1))], stated(most(3, "g"))) is None
    other = delivered(mg(5), tablets(1), "hydrocodone")
    pair = [delivered(mg(325), tablets(1)), other]
    own = stated(most(1300, substance="acetaminophen"), most(15, substance="hydrocodone"), sole=False)
    assert unit_cap(pair, own) == 3


def taken(
    peak: Range,
    *,
    item: int = 1,
    phase: int = 1,
    days: tuple[int, int | None] = (1, None),
    surely: tuple[int | None, int | None] = (1, None),
    doses: tuple[int, int] = (1, 1),
    per: Period = DAY,
    amount: Range | None = None,
    weekdays: tuple[str, ...] = (),
    clock: tuple[str, ...] = (),
    once: bool = False,
    prn: bool = False,
    cap: int | None = None,
    interval: int | None = None,
    name: str = "",
    per_dose: Range | None = None,
) -> Exposure:
    """An exposure of acetaminophen: ``peak`` in 24 hours, in as many doses as said."""
    one = per_dose or peak.map(lambda value: value / doses[1])
    return Exposure(
        item=item, substance="acetaminophen", route="systemic", routes=(), amount=amount or peak, per=per, per_dose=one,
        doses=(Decimal(doses[0]), Decimal(doses[1])), peak=peak, working=f"w{phase}", phase=phase, phase_name=name,
        from_day=days[0], to_day=days[1], surely_from=surely[0], surely_to=surely[1], weekdays=weekdays, clock=clock,
        once=once, prn=prn, day_cap=None if cap is None else Decimal(cap),
        interval_hours=None if interval is None else Decimal(interval),
    )  # fmt: skip


def shares(own: list[Exposure], day: int = 1, weekday: str = "") -> list[tuple[int, int]]:
    return [(int(amount.low), int(amount.high)) for amount, _ in on_day(own, day, (weekday,) if weekday else ())]


FIRST = taken(mg(900, 1000), days=(1, 5), surely=(1, 3), name="phase 1")
SECOND = taken(mg(300, 400), phase=2, days=(4, None), surely=(6, None), name="phase 2")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (1, [(900, 1000)]),
        (3, [(900, 1000)]),
        (4, [(300, 1000)]),  # either may be running: the lowest low and the highest high
        (5, [(300, 1000)]),
        (6, [(300, 400)]),
        (99, [(300, 400)]),
    ],
)
def test_phases_that_may_be_running(day: int, expected: list[tuple[int, int]]) -> None:
    assert shares([FIRST, SECOND], day) == expected
    assert [(int(a.low), int(a.high)) for a, _ in per_period([FIRST, SECOND], day)] == expected


def test_a_phase_that_may_be_over_has_no_low_end() -> None:
    ending = taken(mg(900, 1000), days=(1, 5), surely=(1, 3))
    assert shares([ending], 3) == [(900, 1000)]
    assert shares([ending], 4) == [(0, 1000)]
    assert shares([ending], 5) == [(0, 1000)]
    assert shares([ending], 6) == []
    assert shares([taken(mg(5), days=(2, None))], 1) == []
    both = [ending, taken(mg(100), days=(1, 9), surely=(1, 9))]  # one part of the phase surely runs still
    assert shares(both, 4) == [(900, 1000), (100, 100)]


def test_the_workings_of_two_phases_that_may_be_running() -> None:
    ((_, shown),) = on_day([FIRST, SECOND], 4)
    assert shown.working == "w2 or w1"
    ((_, alone),) = on_day([FIRST, SECOND], 1)
    assert alone.working == "w1"
    ((_, none),) = on_day([taken(mg(900, 1000), days=(1, 5), surely=(1, 3))], 4)
    assert none.working == "none or w1"


def test_the_parts_of_a_phase_stay_parts() -> None:
    morning, night = taken(mg(100, 150)), taken(mg(200, 250))
    assert shares([morning, night]) == [(100, 150), (200, 250)]
    later = taken(mg(50), phase=2, days=(1, None))
    # the lesser phase may be running: its low for both, said once
    assert shares([morning, night, later]) == [(50, 400), (0, 0)]
    higher = taken(mg(700), phase=2, days=(1, None))
    assert shares([morning, night, higher]) == [(300, 700)]


def test_units_that_do_not_meet_stay_apart() -> None:
    pair = [taken(mg(100)), taken(tablets(2))]
    assert [amount.unit for amount, _ in on_day(pair, 1)] == ["mg", "{tablet}"]
    assert summed(on_day(pair, 1)) is None
    assert summed([]) is None
    assert summed(on_day([taken(mg(100)), taken(mg(20, 30))], 1)) == mg(120, 130)
    assert list(day_list(pair)) == []


NOW = taken(mg(1000), days=(1, 1), surely=(1, 1), once=True)


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        # 8-hourly: at 8 and 16 hours, the one at 24 is not of the same 24 hours
        (taken(mg(1500), phase=2, days=(2, None), doses=(3, 3), interval=8), [(1000, 1000), (0, 1000)]),
        (taken(mg(2000, 2500), phase=2, days=(2, None), doses=(4, 5), interval=5, per_dose=mg(500)), [(1000, 1000), (0, 2000)]),
        # one more an hour later, and no more
        (taken(mg(500), phase=2, days=(2, None), doses=(1, 1), interval=1), [(1000, 1000), (0, 500)]),
        # two named moments: both
        (taken(mg(600), phase=2, days=(2, None), doses=(2, 2), clock=("08:00", "22:00")), [(1000, 1000), (0, 600)]),
        # three times a day, spread: two of them
        (taken(mg(600), phase=2, days=(2, None), doses=(3, 3)), [(1000, 1000), (0, 400)]),
        # once a day: the next day
        (taken(mg(600), phase=2, days=(2, None)), [(1000, 1000)]),
        # the next phase by itself holds more
        (taken(mg(4000), phase=2, days=(2, None), doses=(2, 2)), [(1000, 1000)]),
        # within its own maximum of 1,300
        (taken(mg(1200), phase=2, days=(2, None), doses=(3, 3), interval=8), [(1000, 1000), (0, 300)]),
        # one more single dose
        (taken(mg(600), phase=2, days=(2, 2), once=True), [(1000, 1000), (600, 600)]),
        (taken(mg(600), phase=2, days=(2, None), per=WEEK), [(1000, 1000)]),
    ],
)  # fmt: skip
def test_a_first_dose_and_what_follows_it(following: Exposure, expected: list[tuple[int, int]]) -> None:
    cap = Decimal(1300) if expected[-1] == (0, 300) else None
    assert shares([replace(NOW, day_cap=cap), replace(following, day_cap=cap)]) == expected


def test_a_first_dose_in_another_unit_is_not_added() -> None:
    assert shares([NOW, taken(tablets(4), phase=2, days=(2, None), doses=(2, 2))]) == [(1000, 1000)]


def test_single_doses_in_a_row_and_then_a_rate() -> None:
    second = taken(mg(600), phase=2, days=(2, 2), once=True)
    rest = taken(mg(800), phase=3, days=(3, None), doses=(4, 4), interval=6)
    assert shares([NOW, second, rest]) == [(1000, 1000), (600, 600), (0, 600)]
    ((_, _), (_, _), (_, shown)) = on_day([NOW, second, rest], 1)
    assert shown.working == "200 mg × 0 to 3 = 0 to 600 mg in 24 hours"
    needed = replace(rest, prn=True, peak=mg(0, 800))
    assert on_day([NOW, second, needed], 1)[2][1].working == "200 mg × 0 to 3, as needed = 0 to 600 mg in 24 hours"


def test_two_parts_after_a_first_dose_share_its_maximum() -> None:
    one = taken(mg(600), phase=2, days=(2, None), doses=(2, 2), clock=("08:00", "22:00"))
    other = taken(mg(500), phase=2, days=(2, None), clock=("12:00",))
    assert shares([NOW, one, other]) == [(1000, 1000), (0, 600), (0, 500)]
    assert shares([replace(each, day_cap=Decimal(1900)) for each in (NOW, one, other)]) == [
        (1000, 1000),
        (0, 600),
        (0, 300),
    ]
    assert shares([replace(each, day_cap=Decimal(1600)) for each in (NOW, one, other)]) == [(1000, 1000), (0, 600)]
    # a maximum that only one of the parts states bounds that part alone
    assert shares([replace(NOW, day_cap=Decimal(1600)), one, other]) == [(1000, 1000), (0, 600), (0, 500)]


def test_weekdays_of_one_item() -> None:
    monday, rest = taken(mg(100), weekdays=("mon",), per=WEEK), taken(mg(50), weekdays=("tue", "sun"), per=WEEK)
    assert [shares([monday, rest], 1, weekday) for weekday in ("mon", "tue", "wed", "sun")] == [
        [(100, 100)], [(50, 50)], [], [(50, 50)],
    ]  # fmt: skip


def test_the_days_looked_at() -> None:
    found = list(day_list([FIRST, SECOND]))
    assert [(day.number, day.amount, day.names) for day in found] == [
        (1, mg(900, 1000), ("phase 1",)),
        (4, mg(300, 1000), ("phase 1",)),
        (6, mg(300, 400), ("phase 2",)),
    ]


def test_the_weekdays_looked_at() -> None:
    found = list(day_list([taken(mg(500), item=1), taken(mg(100), item=2, weekdays=("mon",), per=WEEK)]))
    assert [(day.amount, day.names) for day in found][:3] == [
        (mg(600), ("Monday",)),
        (mg(500), ("Tuesday",)),
        (mg(500), ("Wednesday",)),
    ]
    assert len(found) == 7
    # alike on every day on which something is taken: the weekday says nothing
    every = WEEKDAYS[:6]
    assert [day.names for day in day_list([taken(mg(500), weekdays=every, per=WEEK)])] == [()]
    assert [day.names for day in day_list([taken(mg(500), weekdays=("sat", "sun"), per=WEEK, name="phase 1")])] == [
        ("phase 1",)
    ]


def test_a_long_period_on_its_day() -> None:
    weekly = taken(mg(0, 30), per=WEEK, amount=mg(0, 90), doses=(3, 3), per_dose=mg(15), prn=True)
    assert on_its_day(weekly).working == "15 mg × 2, as needed = 0 to 30 mg in 24 hours"
    assert on_its_day(replace(weekly, prn=False, peak=mg(15))).working == "15 mg × 1 = 15 mg in 24 hours"
    ranged = replace(weekly, per_dose=mg(0, 15))
    assert on_its_day(ranged).working == "0 to 15 mg × 2, as needed = 0 to 30 mg in 24 hours"
    daily = taken(mg(30))
    assert on_its_day(daily) is daily
    nothing = replace(weekly, per_dose=mg(0))
    assert on_its_day(nothing) is nothing
    ((amount, shown),) = per_period([weekly], 1)
    assert (amount, shown) == (mg(0, 90), weekly)
    ((_, on), *_) = on_day([weekly], 1)
    assert on.working == "15 mg × 2, as needed = 0 to 30 mg in 24 hours"


def window(*exposures: Exposure) -> tuple[int, str, int, int] | None:
    found = worst_window(exposures)
    return None if found is None else (found.day, found.clock, int(found.amount.low), int(found.amount.high))


def at(peak: int, *clock: str, **more: Any) -> Exposure:
    return taken(mg(peak * len(clock)), clock=clock, doses=(len(clock), len(clock)), **more)


def test_no_window_where_every_day_is_alike() -> None:
    assert window(at(500, "08:00", "20:00")) is None
    assert window(taken(mg(500), weekdays=("mon",))) is None  # no clock times at all
    assert window() is None
    assert worst_window([at(500, "08:00", weekdays=("mon",)), taken(tablets(1))]) is None


def test_a_window_across_midnight() -> None:
    monday, tuesday = at(1000, "22:00", weekdays=("mon",), item=1), at(700, "08:00", weekdays=("tue",), item=2)
    assert window(monday, tuesday) == (1, "22:00", 1700, 1700)
    # just 24 hours apart is not within 24 hours
    assert window(monday, at(700, "22:00", weekdays=("tue",), item=2)) == (1, "22:00", 1000, 1000)
    assert window(monday, at(700, "21:59", weekdays=("tue",), item=2)) == (1, "22:00", 1700, 1700)
    # Sunday night meets Monday morning of the next week
    sunday, morning = at(1000, "22:00", weekdays=("sun",), item=1), at(700, "08:00", weekdays=("mon",), item=2)
    assert window(sunday, morning) == (7, "22:00", 1700, 1700)


def test_a_window_is_the_first_of_the_worst() -> None:
    found = worst_window([at(500, "08:00", "20:00", weekdays=("mon", "tue"))])
    assert found is not None
    assert (found.day, found.clock, found.amount) == (1, "08:00", mg(1000))
    assert [each.working for each in found.exposures] == ["500 mg × 2 = 1,000 mg in the 24 hours from 08:00 on day 1"]
    assert found.words == "24 hours from 08:00 on day 1"


def test_as_needed_doses_have_no_low_end_in_a_window() -> None:
    needed = replace(at(500, "08:00", weekdays=("mon",)), prn=True)
    assert window(needed, at(300, "09:00", item=2, weekdays=("mon",))) == (1, "08:00", 300, 800)


def test_a_window_within_the_items_own_maximum() -> None:
    capped = at(1000, "08:00", "12:00", "18:00", "22:00", weekdays=("mon", "tue"), cap=3000)
    assert window(capped) == (1, "08:00", 3000, 3000)
    assert window(capped, at(700, "07:00", item=2, weekdays=("tue",))) == (1, "08:00", 3700, 3700)
    # one part is not bounded: then the item is not
    assert window(capped, at(500, "10:00", weekdays=("mon",))) == (1, "08:00", 4500, 4500)


def test_a_window_with_phases() -> None:
    first = at(1000, "22:00", days=(1, 1), surely=(1, 1), name="phase 1")
    then = at(700, "06:00", "12:00", phase=2, days=(2, None), surely=(2, None), name="phase 2")
    assert window(first, then) == (1, "22:00", 2400, 2400)
    # on day 2 both phases may be running: the higher one counts, and no low end is sure
    unsure = replace(first, to_day=2)
    assert window(unsure, then) == (1, "22:00", 1000, 2400)


def test_windows_by_the_minute() -> None:
    monday = at(1000, "22:00", weekdays=("mon",), item=1)
    assert window(monday, at(700, "22:30", weekdays=("tue",), item=2)) == (1, "22:00", 1000, 1000)
    assert window(monday, at(700, "21:30", weekdays=("tue",), item=2)) == (1, "22:00", 1700, 1700)
    assert window(at(1000, "09:45", weekdays=("mon",))) == (1, "09:45", 1000, 1000)


def test_a_window_from_midnight() -> None:
    steady = taken(mg(1600), item=3, doses=(4, 4), interval=6)
    assert window(at(1000, "00:00", weekdays=("mon",)), steady) == (1, "00:00", 2600, 2600)


def test_a_window_under_a_maximum_that_only_just_cuts() -> None:
    monday = taken(mg("9.5"), clock=("08:00",), weekdays=("mon",), cap=10)
    wednesday = taken(mg(10), clock=("08:00",), weekdays=("wed",), cap=10)
    assert window(monday, wednesday) == (3, "08:00", 10, 10)
    ranged = taken(
        mg(600, 1000), clock=("08:00", "20:00"), doses=(2, 2), weekdays=("mon",), per_dose=mg(300, 500), cap=900
    )
    assert window(ranged) == (1, "08:00", 600, 900)


def test_the_ends_of_a_window() -> None:
    ranged = at(500, "08:00", weekdays=("mon",), per_dose=mg(300, 500))
    assert window(ranged, at(200, "09:00", item=2, weekdays=("mon",))) == (1, "08:00", 500, 700)
    assert window(replace(ranged, prn=True), at(200, "09:00", item=2, weekdays=("mon",))) == (1, "08:00", 200, 700)


def total(exposure: Exposure, judged: bool = True, **fields: Any) -> Total:
    verdict = Verdict(
        Limit("s", "l", "acetaminophen", "maximum", Decimal(9), "mg", DAY), "within" if judged else "not-assessed"
    )
    return replace(Total("acetaminophen", "systemic", exposure.amount, exposure.per, (exposure,), (verdict,)), **fields)


def test_a_weekly_sum_that_is_judged_by_the_day() -> None:
    weekly = taken(mg(15), per=WEEK)
    week, day = total(weekly), total(weekly, per=DAY)
    assert covered(week, [week, day])
    assert not covered(week, [week])
    assert not covered(day, [week, day])  # itself is no other
    assert not covered(week, [week, total(weekly, judged=False, per=DAY)])
    assert not covered(week, [week, replace(day, substance="aspirin")])
    assert not covered(week, [week, replace(day, route="topical")])
    assert not covered(week, [week, replace(day, per=WEEK)])
    assert not covered(week, [week, replace(day, exposures=(taken(mg(15)),))])  # another of its doses
    assert not covered(week, [week, replace(day, exposures=(taken(mg(15), per=WEEK, item=2),))])
    assert covered(week, [replace(day, exposures=(weekly, taken(mg(500), item=2)))])


def item(*exposures: Exposure) -> Item:
    return Item(exposures[0].item, Given("x"), "read", exposures=exposures)


def found_totals(*exposures: Exposure, substance: str = "acetaminophen") -> list[tuple[str, Range, str, int]]:
    """Period, amount, when, and how many days were looked at, of every total."""
    each = [item(replace(one, substance=substance)) for one in exposures]
    return [(str(found.per), found.amount, found.when, len(days)) for found, days in totals(each, DATA)]


def test_totals_of_days_and_of_longer_periods() -> None:
    daily, weekly = taken(mg(500)), taken(mg(50), per=WEEK, amount=mg(150), item=2, doses=(3, 3), per_dose=mg(50))
    assert found_totals(daily) == [("24 hours", mg(500), "", 1)]
    # a drug: what is taken weekly falls into a day too
    assert found_totals(daily, weekly) == [("24 hours", mg(550), "", 1), ("week", mg(150), "", 0)]
    # acetaminophen is limited per day and never per week, so its day is looked at though nothing is taken daily
    assert found_totals(weekly) == [("24 hours", mg(50), "", 1), ("week", mg(150), "", 0)]
    # semaglutide is limited per week: no day is looked at
    assert found_totals(weekly, substance="semaglutide") == [("week", mg(150), "", 0)]
    # a nutrient's upper level is about what is habitually taken
    assert found_totals(weekly, substance="vitamin-a") == [("week", mg(150), "", 0)]
    assert found_totals(daily, weekly, substance="vitamin-a") == [
        ("24 hours", mg(500), "", 1),
        ("week", mg(150), "", 0),
    ]
    # 7 days are a week
    seven = taken(mg(40), per=Period(Decimal(7), "d"), amount=mg(40), item=3)
    assert found_totals(weekly, seven, substance="semaglutide") == [("week", mg(190), "", 0)]


def test_the_worst_of_the_days_is_named_where_there_are_several() -> None:
    assert found_totals(FIRST, SECOND) == [("24 hours", mg(900, 1000), "phase 1", 3)]
    alone = taken(mg(500), name="phase 1")
    assert found_totals(alone) == [("24 hours", mg(500), "", 1)]
    # equal highs: the higher low, then the earlier day
    low, high = (
        taken(mg(100, 500), days=(1, 1), surely=(1, 1)),
        taken(mg(300, 500), phase=2, days=(2, None), surely=(2, None)),
    )
    assert found_totals(low, high) == [("24 hours", mg(300, 500), "", 2)]
    named = [replace(low, phase_name="phase 1"), replace(high, phase_name="phase 2")]
    assert found_totals(*named) == [("24 hours", mg(300, 500), "phase 2", 2)]
    # the high end decides before the low
    wide = replace(low, amount=mg(100, 900), peak=mg(100, 900))
    assert found_totals(wide, high) == [("24 hours", mg(100, 900), "", 2)]


def test_a_weekly_drug_that_is_limited_by_the_day() -> None:
    """What is taken weekly is looked at by the day where a source limits just this route per day, and none per longer period."""

    def limited(*limits: Limit, kind: str = "drug") -> list[str]:
        data = cast(
            Any,
            SimpleNamespace(substances={"acetaminophen": SimpleNamespace(kind=kind)}, limits={"acetaminophen": limits}),
        )
        return [str(found.per) for found, _ in totals([item(taken(mg(50), per=WEEK))], data)]

    daily = Limit("s", "l", "acetaminophen", "maximum", Decimal(9), "mg", DAY, route="oral")
    assert limited(daily) == ["24 hours", "week"]
    assert limited(daily, replace(daily, per=None)) == ["24 hours", "week"]
    assert limited(replace(daily, route="topical")) == ["week"]
    assert limited(replace(daily, per=None)) == ["week"]
    assert limited(daily, replace(daily, per=WEEK)) == ["week"]
    assert limited(daily, kind="supplement") == ["week"]
    assert limited() == ["week"]


def test_the_worst_of_a_longer_period() -> None:
    first = taken(mg(40), per=WEEK, days=(1, 14), surely=(1, 14), name="phase 1")
    second = taken(mg(60, 80), per=WEEK, phase=2, days=(15, None), surely=(15, None), name="phase 2")
    assert found_totals(first, second, substance="semaglutide") == [("week", mg(60, 80), "phase 2", 0)]
    assert found_totals(second, first, substance="semaglutide") == [("week", mg(60, 80), "phase 2", 0)]
    # equal highs: the first; the high end decides, not the low
    same = taken(mg(40), per=WEEK, phase=2, days=(15, None), surely=(15, None), name="phase 2")
    assert found_totals(first, same, substance="semaglutide") == [("week", mg(40), "phase 1", 0)]
    wide = replace(same, amount=mg(10, 80), peak=mg(10, 80))
    assert found_totals(first, wide, substance="semaglutide") == [("week", mg(10, 80), "phase 2", 0)]
    wide_first = replace(first, amount=mg(10, 80), peak=mg(10, 80))
    assert found_totals(wide_first, same, substance="semaglutide") == [("week", mg(10, 80), "phase 1", 0)]
    # units that do not meet make a total each
    apart = found_totals(taken(mg(40), per=WEEK), taken(tablets(2), per=WEEK, item=2), substance="semaglutide")
    assert apart == [("week", mg(40), "", 0), ("week", tablets(2), "", 0)]
    other = taken(mg(10), per=WEEK, item=2)
    assert found_totals(first, second, other, substance="semaglutide") == [("week", mg(70, 90), "phase 2", 0)]


def test_a_window_that_is_worse_than_every_day() -> None:
    monday, tuesday = at(1000, "22:00", weekdays=("mon",), item=1), at(700, "08:00", weekdays=("tue",), item=2)
    needed = [replace(each, prn=True, peak=Range(Decimal(0), each.peak.high, "mg")) for each in (monday, tuesday)]
    assert found_totals(*needed)[0][1:3] == (mg(0, 1700), "24 hours from 22:00 on day 1")
    alike = replace(at(500, "08:00", "20:00", weekdays=("mon",)), prn=True, peak=mg(0, 1000))
    assert found_totals(alike)[0][1:3] == (mg(0, 1000), "")  # no window is above the worst day
    # of a nutrient only what is taken daily makes its day
    weekly = at(400, "09:00", weekdays=("mon",), per=WEEK, item=2)
    assert found_totals(at(500, "08:00"), weekly, substance="vitamin-a")[0][1:3] == (mg(500), "")
    found = found_totals(monday, tuesday)
    assert found[0][1:3] == (mg(1700), "24 hours from 22:00 on day 1")
    same = found_totals(at(500, "08:00", "20:00", weekdays=("mon",)))
    assert same[0][1:3] == (mg(1000), "")


def test_a_window_beside_an_interval() -> None:
    steady = taken(mg(1600, 2000), item=3, doses=(4, 4), interval=6)
    monday, tuesday = at(1000, "22:00", weekdays=("mon",), item=1), at(700, "08:00", weekdays=("tue",), item=2)
    assert window(monday, tuesday, steady) == (1, "22:00", 3300, 3700)
    found = worst_window([monday, tuesday, steady])
    assert found is not None and [each.item for each in found.exposures] == [1, 2, 3]
    # taken on Tuesdays only: the window touches Tuesday, though Monday holds none of it
    only = taken(mg(2000), item=3, weekdays=("tue",), per=WEEK, doses=(4, 4), interval=6)
    assert window(monday, tuesday, only) == (1, "22:00", 1700, 3700)
    # one that begins at midnight lies in a single day
    midnight = at(1000, "00:00", weekdays=("mon",), item=1)
    assert window(midnight, only) == (1, "00:00", 1000, 1000)


def test_items_without_clock_times_decide_which_window_is_worst() -> None:
    monday, tuesday = at(1000, "22:00", weekdays=("mon",), item=1), at(700, "08:00", weekdays=("tue",), item=2)
    thursday = at(1000, "08:00", weekdays=("thu",), item=3)
    needed = taken(mg(0, 2000), item=4, weekdays=("thu",), per=WEEK, doses=(4, 4), prn=True)
    assert window(monday, tuesday, thursday, needed) == (4, "08:00", 1000, 3000)


@pytest.mark.parametrize(("first", "second"), [((100, 200), (50, 900)), ((50, 900), (100, 200))])
def test_a_window_touches_two_days(first: tuple[int, int], second: tuple[int, int]) -> None:
    """The worse of them counts, and of both the lower low end."""
    found = window(
        at(1000, "22:00", weekdays=("mon",), item=1),
        taken(mg(*first), item=2, weekdays=("mon",), per=WEEK),
        taken(mg(*second), item=2, weekdays=("tue",), per=WEEK),
    )
    assert found == (1, "22:00", 1050, 1900)


def test_one_item_with_named_days_is_enough_for_a_window() -> None:
    daily, monday = at(500, "08:00", "20:00", item=1), at(1000, "22:00", weekdays=("mon",), item=2)
    assert window(daily, monday) == (1, "08:00", 2000, 2000)


def test_an_item_of_which_a_part_has_no_clock_time_brings_its_day() -> None:
    part, other = at(500, "08:00", weekdays=("mon",)), taken(mg(300), weekdays=("mon",), per=WEEK)
    assert window(part, other, at(200, "09:00", item=2, weekdays=("mon",))) == (1, "09:00", 200, 1000)


def test_a_maximum_decides_which_window_is_worst() -> None:
    capped = at(1000, "08:00", "12:00", "18:00", "22:00", weekdays=("mon",), cap=1000)
    assert window(capped, at(1500, "08:00", item=2, weekdays=("thu",))) == (4, "08:00", 1500, 1500)


def test_the_parts_of_an_item_have_its_highest_maximum() -> None:
    one = at(1000, "08:00", "12:00", "18:00", "22:00", weekdays=("mon",), cap=3000)
    assert window(one, at(500, "10:00", weekdays=("mon",), cap=2000)) == (1, "08:00", 3000, 3000)


def test_a_window_where_the_second_fortnight_begins() -> None:
    first = at(1000, "22:00", days=(1, 14), surely=(1, 14), name="phase 1")
    then = at(700, "06:00", "12:00", phase=2, days=(15, None), surely=(15, None), name="phase 2")
    assert window(first, then) == (14, "22:00", 2400, 2400)


def test_of_two_phases_the_highest_high_end_counts_in_a_window() -> None:
    wide = replace(at(1000, "08:00", name="phase 1"), per_dose=mg(100, 1000))
    narrow = replace(at(700, "08:00", phase=2, name="phase 2"), per_dose=mg(600, 700))
    assert window(wide, narrow) == (1, "08:00", 0, 1000)


def test_a_first_dose_that_adds_nothing_to_the_next_phase() -> None:
    """1,000 and one more 1,000 are just what twice a day comes to."""
    assert shares([NOW, taken(mg(2000), phase=2, days=(2, None), doses=(2, 2))]) == [(1000, 1000)]
    assert shares([NOW, taken(mg(1998), phase=2, days=(2, None), doses=(2, 2))]) == [(1000, 1000), (0, 999)]


def test_the_high_end_of_what_follows_and_the_highest_maximum_of_its_parts() -> None:
    """A maximum in doses of several sizes is so many of the largest: at most 2,400 in all."""
    following = taken(mg(600, 900), phase=2, days=(2, None), doses=(3, 3), interval=8, per_dose=mg(200, 300))
    assert shares([NOW, following]) == [(1000, 1000), (0, 600)]
    one, other = replace(NOW, day_cap=Decimal(2400)), replace(NOW, day_cap=Decimal(2200))
    last = replace(following, day_cap=Decimal(1800))
    assert shares([one, other, last]) == [(1000, 1000), (1000, 1000), (0, 400)]


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("Metoprolol tartrate 25 mg take 1\ntablet twice\ndaily #60 30 DS RF3", 50),
        ("Metoprolol tartrate 25 mg take 1 tablet by\nmouth every\n12 hours", 50),
        ("Metoprolol tartrate 25 mg daily\n50 mg at night", None),  # two lines, and two doses?
    ],
)
def test_a_line_broken_in_the_middle_of_a_sentence_is_one(text: str, high: int | None) -> None:
    (regimen,) = doseref.check([text]).to_json()["regimens"]
    assert [total["high"] for total in regimen["totals"]] == ([high] if high else [])
    assert (regimen["items"][0]["status"] == "read") == bool(high)
