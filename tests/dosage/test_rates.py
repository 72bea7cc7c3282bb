"""How often in 24 hours: every way of saying a rate, worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

import doseref
from doseref.dosage.model import Option, Times
from doseref.dosage.rates import Rate, in_any_day, rate, same_rate
from doseref.lists.files import read_file
from doseref.quantities import DAY, Period, Range
from doseref.records import replace


def D(text: str) -> Decimal:
    return Decimal(text)


def _times(low: str, high: str, period: str, unit: str, period_high: str | None = None) -> Option:
    return Option(times=Times(D(low), D(high), D(period), unit, D(period_high) if period_high else None))


def _every(low: str, high: str, unit: str) -> Option:
    return Option(every=Range(D(low), D(high), unit))


DAILY = [
    (_every("6", "6", "h"), "4", "4"),
    (_every("5", "5", "h"), "4", "5"),  # 24/5 = 4.8
    (_every("7", "7", "h"), "3", "4"),
    (_every("4", "6", "h"), "4", "6"),
    (_every("8", "12", "h"), "2", "3"),
    (_every("23", "23", "h"), "1", "2"),
    (_every("24", "24", "h"), "1", "1"),
    (_every("1", "1", "d"), "1", "1"),
    (_every("360", "360", "min"), "4", "4"),
    (_every("240", "240", "min"), "6", "6"),
    (_every("30", "30", "min"), "48", "48"),
    (_every("100", "100", "min"), "14", "15"),  # 14.4
    (_every("21600", "21600", "s"), "4", "4"),
    (_times("3", "4", "1", "d"), "3", "4"),
    (_times("0.5", "1.5", "1", "d"), "0.5", "1.5"),  # as stated, not rounded
    (_times("2", "2", "24", "h"), "2", "2"),
    (_times("2", "2", "12", "h"), "4", "4"),
    (_times("2", "2", "6", "h"), "8", "8"),
    (_times("1", "2", "6", "h"), "4", "8"),
    (_times("2", "2", "6", "h", "8"), "6", "8"),  # twice every 6 to 8 hours
    (_times("3", "3", "480", "min"), "9", "9"),
    (_times("28", "28", "1", "wk"), "4", "4"),
    (_times("14", "14", "1", "wk"), "2", "2"),
    (_times("7", "14", "1", "wk"), "1", "2"),
    (_times("7", "7", "7", "d"), "1", "1"),
    (_times("8", "8", "48", "h"), "4", "4"),
    (_times("10", "10", "2", "d"), "5", "5"),
    (Option(when=("MORN", "HS")), "2", "2"),
    (Option(at=("08:00", "14:00", "22:00")), "3", "3"),
    (Option(days=("mon", "tue", "wed", "thu", "fri", "sat", "sun")), "1", "1"),
    (Option(per_day=True, times=Times(D("3"), D("3"), D("1"), "d")), "1", "1"),
    (Option(every=Range.of(6, "h"), doses_total=Range.of(3, "{dose}")), "3", "3"),
    (Option(every=Range.of(6, "h"), doses_total=Range(D("2"), D("9"), "{dose}")), "2", "4"),
]


@pytest.mark.parametrize(("option", "low", "high"), DAILY)
def test_a_rate_of_a_day(option: Option, low: str, high: str) -> None:
    assert rate(option) == Rate(D(low), D(high), DAY, D(low), D(high))


WEEK = Period(D("1"), "wk")
WEEKEND = ("sat", "sun")
LONGER = [
    (_times("1", "1", "1", "wk"), "1", "1", WEEK, "1", "1"),
    (_times("3", "3", "1", "wk"), "3", "3", WEEK, "1", "1"),
    (_times("8", "8", "1", "wk"), "8", "8", WEEK, "1", "2"),  # 8/7: one day holds two of them
    (_times("10", "20", "1", "wk"), "10", "20", WEEK, "1", "3"),  # 1.43 to 2.86
    (_every("36", "36", "h"), "1", "1", Period(D("36"), "h"), "1", "1"),
    (_every("18", "36", "h"), "0.5", "1", Period(D("18"), "h"), "1", "2"),
    (_every("7", "7", "d"), "1", "1", WEEK, "1", "1"),
    (_every("2", "4", "wk"), "0.5", "1", Period(D("2"), "wk"), "1", "1"),
    (_times("60", "60", "1", "mo"), "60", "60", Period(D("1"), "mo"), "1", "3"),  # 60/31 to 60/28
    (_times("1", "1", "12", "mo"), "1", "1", Period(D("1"), "a"), "1", "1"),
    (_times("10", "14", "1", "wk"), "10", "14", WEEK, "1", "2"),  # only the high end is whole: two a day
    (Option(times=Times(D("10"), D("20"), D("1"), "wk"), doses_total=Range(D("2"), D("9"), "{dose}")), "10", "20", WEEK, "1", "3"),
    (Option(days=("mon",), every=Range(D("18"), D("36"), "h")), "1", "2", WEEK, "1", "2"),
    (Option(days=("mon",), every=Range.of(6, "h"), doses_total=Range(D("2"), D("3"), "{dose}")), "2", "3", WEEK, "2", "3"),
    (Option(days=("mon",), times=Times(D("30"), D("30"), D("1"), "wk")), "30", "30", WEEK, "30", "30"),
    (Option(days=("mon",), times=Times(D("2"), D("3"), D("2"), "wk")), "2", "3", Period(D("2"), "wk"), "1", "1"),
    (Option(days=WEEKEND), "2", "2", WEEK, "1", "1"),
    (Option(days=WEEKEND, every=Range.of(6, "h")), "8", "8", WEEK, "4", "4"),
    (Option(days=WEEKEND, every=Range.of(5, "h")), "8", "10", WEEK, "4", "5"),
    (Option(days=("mon", "thu"), times=Times(D("2"), D("3"), D("1"), "d")), "4", "6", WEEK, "2", "3"),
    (Option(days=("mon", "tue", "wed", "thu", "fri"), times=Times(D("10"), D("10"), D("1"), "wk")), "10", "10", WEEK, "2", "2"),
    (Option(days=("mon",), every=Range.of(2, "wk")), "1", "1", Period(D("2"), "wk"), "1", "1"),
    (Option(days=("mon",), every=Range.of(12, "h"), doses_total=Range.of(3, "{dose}")), "3", "3", WEEK, "2", "2"),
]  # fmt: skip


@pytest.mark.parametrize(("option", "low", "high", "per", "day_low", "day_high"), LONGER)
def test_a_longer_period_and_what_a_day_of_it_holds(
    option: Option, low: str, high: str, per: Period, day_low: str, day_high: str
) -> None:
    found = rate(option)
    assert found is not None
    # On a day on which it is taken there is one dose at least, however seldom such a day is.
    assert (found.low, found.high, found.per) == (D(low), D(high), per)
    assert (found.day_low, found.day_high) == (D(day_low), D(day_high))


@pytest.mark.parametrize(
    "option",
    [
        Option(),
        Option(prn=True),
        Option(when=("C",)),
        _times("3", "3", "0", "d"),
        _every("0", "0", "h"),
        _times("3", "3", "2", "d", "1"),
    ],
)
def test_no_rate_can_be_made(option: Option) -> None:
    assert rate(option) is None


def test_one_dose_is_no_rate() -> None:
    found = rate(Option(doses_total=Range.of(1, "{dose}")))
    assert found is not None and found.once
    assert (found.low, found.high, found.day_high) == (1, 1, 1)
    assert rate(Option(doses_total=Range.of(3, "{dose}"))) is None
    assert rate(Option(doses_total=Range(D("1"), D("3"), "{dose}"))) is None
    assert rate(Option(doses_total=Range(D("0"), D("1"), "{dose}"))) == Rate(
        D("0"), D("1"), DAY, D("0"), D("1"), once=True
    )


def test_the_ends_of_an_interval_are_exact() -> None:
    """1/3 of an hour has no decimal: 72 doses, and not 73 nor 71."""
    third = Period(D("20"), "min").exact_hours()
    assert third is not None
    assert in_any_day(D("1"), D("1"), third, third) == (72, 72)


@pytest.mark.parametrize("text", ["1 g 3 times per 0 days", "500 mg every 0 hours"])
def test_a_rate_per_no_time_is_refused(text: str) -> None:
    found = doseref.parse(text)
    assert found.status != "read"
    assert all(option.times is None and option.every is None for option in found.options)


def _fhir(repeat: dict[str, object]) -> bytes:
    dose = {"value": 1000, "code": "mg", "unit": "mg", "system": "http://unitsofmeasure.org"}
    request = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "acetaminophen"},
        "dosageInstruction": [{"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": dose}]}],
    }
    return json.dumps(request).encode()


@pytest.mark.parametrize(
    ("repeat", "high"),
    [
        ({"frequency": 2, "period": 12, "periodUnit": "h"}, 4000),
        ({"frequency": 1, "period": 21600, "periodUnit": "s"}, 4000),
        ({"frequency": 1, "period": 360, "periodUnit": "min"}, 4000),
        ({"frequency": 28, "period": 1, "periodUnit": "wk"}, 4000),
        ({"frequency": 8, "period": 48, "periodUnit": "h"}, 4000),
        ({"frequency": 2, "period": 6, "periodUnit": "h"}, 8000),
    ],
)
def test_fhir_asks_the_same_rule(repeat: dict[str, object], high: int) -> None:
    ((_, given),) = read_file("one.json", _fhir(repeat))
    (total,) = doseref.check(given).to_json()["regimens"][0]["totals"]
    assert (total["low"], total["high"], total["per"]) == (high, high, {"value": 1, "unit": "d"})


def _often(low: int, high: int, unit: str = "d", per_day: bool = False) -> Option:
    return replace(_times(str(low), str(high), "1", unit), per_day=per_day)


EVERY_8_HOURS = Option(every=Range(Decimal(8), Decimal(8), "h"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (_often(3, 3), EVERY_8_HOURS, True),
        (_often(3, 4), EVERY_8_HOURS, False),  # the high end differs
        (_often(2, 3), EVERY_8_HOURS, False),  # the low end differs
        (_often(3, 3), _often(3, 3, "wk"), False),
        (_often(3, 3), Option(), None),
        (Option(), _often(3, 3), None),
        (Option(), Option(), None),
        # an amount per day is no frequency: that which stands beside it counts
        (_often(3, 3, per_day=True), EVERY_8_HOURS, True),
        (EVERY_8_HOURS, _often(3, 3, per_day=True), True),
        (_often(4, 4, per_day=True), _often(3, 3, per_day=True), False),
        (Option(per_day=True), EVERY_8_HOURS, None),
    ],
)
def test_taken_equally_often(one: Option, other: Option, same: bool | None) -> None:
    assert same_rate(one, other) is same
    assert same_rate(other, one) is same
