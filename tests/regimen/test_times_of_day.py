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
