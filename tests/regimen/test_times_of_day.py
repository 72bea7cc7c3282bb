"""Clock times and day parts in one list: every one of them is a dose, and none is counted twice."""

from __future__ import annotations

import pytest

import doseref
from doseref.dosage.occasions import apart, occasions

CASES = [
    # item, mg in 24 hours: mg × times of day named
    ("acetaminophen 1000 mg at 8am, noon, 4pm and 8pm", (4000, 4000)),
    ("naproxen 500 mg at 8am and bedtime", (1000, 1000)),
    ("naproxen 500 mg in the morning and at 8pm", (1000, 1000)),
    ("acetaminophen 1000 mg at breakfast, noon, 4pm and bedtime", (4000, 4000)),
    ("tramadol 100 mg at 6am, 10am, 2pm, 6pm and bedtime", (500, 500)),
    ("acetaminophen 1000 mg at noon and midnight", (2000, 2000)),
    ("gabapentin 300 mg tid (8am, 2pm and bedtime)", (900, 900)),
    ("acetaminophen 500 mg four times a day at 8am, noon, 4pm and 8pm", (2000, 2000)),
    ("naproxen 500 mg every morning at 8 am", (500, 500)),
    ("amitriptyline 25 mg at bedtime (10 pm)", (25, 25)),
    ("ibuprofen 200 mg at 08:00, 14:00, 22:00", (600, 600)),
    # whether bedtime is the dose at 9 pm or one more is not said: 2 × 500 at least, 3 × 500 at most … of three named
    ("acetaminophen 500 mg at 6pm, 9pm and bedtime", (1000, 1500)),
]


@pytest.mark.parametrize(("item", "total"), CASES, ids=[item for item, _ in CASES])
def test_every_time_counts_once(item: str, total: tuple[int, int]) -> None:
    (found,) = doseref.check([item]).to_json()["regimens"][0]["totals"]
    assert (found["low"], found["high"]) == total


def test_a_clock_time_in_a_day_part_is_that_moment() -> None:
    assert apart(("08:00",), ("MORN",)) == ()
    assert apart(("08:00", "16:00", "20:00"), ("NOON",)) == ("NOON",)
    assert occasions(("22:00",), ("HS",)) == (1, 1)
    assert occasions((), ("MORN", "HS")) == (2, 2)
    assert occasions((), ("C",)) is None


@pytest.mark.parametrize(
    ("item", "total"),
    [
        # 1,000 at once, and at 6, 12 and 18 hours 500 each
        ("acetaminophen 500 mg 2 caps now, then 1 cap q6h", (1000, 2500)),
        ("naproxen 220 mg 2 tabs stat then 1 tab q8h", (440, 880)),
        # once a day after it: the next one falls into the next 24 hours
        ("naproxen 500 mg now, then 250 mg once daily", (500, 500)),
        ("prednisone 40 mg daily for 5 days, then 20 mg daily for 5 days", (40, 40)),
    ],
)
def test_what_follows_a_first_dose_falls_into_its_24_hours(item: str, total: tuple[int, int]) -> None:
    (found,) = doseref.check([item]).to_json()["regimens"][0]["totals"]
    assert (found["low"], found["high"]) == total


@pytest.mark.parametrize(
    ("item", "total"),
    [
        ("acetaminophen 1000 mg q6h, start now", (4000, 4000)),
        ("acetaminophen 1000 mg stat and q6h", (4000, 4000)),
        ("acetaminophen 1000 mg q6h, 1 dose now", (4000, 4000)),
        # the days after the first hold 4 × 1,000 for certain
        ("acetaminophen 1000 mg now then 1000 mg q6h", (4000, 4000)),
        ("baclofen 10 mg once then 30 mg tid", (90, 90)),
        ("acetaminophen 325 mg 2 tabs q4h while awake", (1950, 3900)),  # 650 × 3 to 6
    ],
)
def test_now_is_when_a_standing_dose_begins(item: str, total: tuple[int, int]) -> None:
    (found,) = doseref.check([item]).to_json()["regimens"][0]["totals"]
    assert (found["low"], found["high"]) == total


def test_a_first_dose_now_does_not_lengthen_the_course() -> None:
    codes = [finding.code for finding in doseref.check(["ketorolac 10 mg stat then 10 mg q6h for 5 days"]).findings]
    assert "R108" not in codes


def test_a_weekly_part_of_one_item_is_told_beside_its_daily_part() -> None:
    (regimen,) = doseref.check(["vitamin D3 50000 IU once a week and 1000 IU daily"]).to_json()["regimens"]
    assert [each["reason"] for each in regimen["not_assessed"]] == ["the sources give limits per 24 hours only"]


def test_a_drug_given_more_seldom_than_its_sources_say_is_not_over_a_daily_limit() -> None:
    codes = [finding.code for finding in doseref.check(["alendronate 70 mg every 14 days"]).findings]
    assert codes == ["R405"]
