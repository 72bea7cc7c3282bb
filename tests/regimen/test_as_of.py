"""As of now: what was taken in the last 24 hours, and when the next dose fits."""

from __future__ import annotations

import pytest

import doseref
from doseref.errors import UsageError

APAP = "acetaminophen 1 g every 6 hours as needed"


def _asked(items: list[str], now: str, taken: list[str], **options: object) -> list[dict[str, object]]:
    return list(doseref.check(items, now=now, taken=taken, **options).to_json()["regimens"][0]["as_of"])


def test_the_interval_holds_the_next_dose_back() -> None:
    """2 g of 3 g taken; 12:00 and 6 hours."""
    (one,) = _asked([APAP], "14:30", ["08:00 1 g, 12:00 1 g"])
    assert one["taken"] == {"amount": 2000, "unit": "mg"}
    assert one["next"] == [
        {"item": 1, "dose": 1000, "at": "18:00", "in_minutes": 210, "why": "6 hours after the last one"}
    ]


def test_the_maximum_holds_the_next_dose_back_until_the_oldest_is_a_day_ago() -> None:
    """20:00 (yesterday), 02:00 and 08:00: 3 g by 14:30; at 20:00 that of yesterday is out."""
    (one,) = _asked([APAP], "14:30", ["20:00 1 g, 02:00 1 g, 08:00 1 g"])
    assert one["taken"] == {"amount": 3000, "unit": "mg"}
    assert [(each["at"], each["in_minutes"]) for each in one["next"]] == [("20:00", 330)]


def test_the_policy_decides_which_maximum() -> None:
    """4 g by the most permissive article: the fourth gram fits as soon as 6 hours are over."""
    (one,) = _asked([APAP], "14:30", ["20:00 1 g, 02:00 1 g, 08:00 1 g"], policy="most-permissive")
    assert (one["maximum"], one["next"][0]["at"]) == (4000, "14:30")


def test_a_dose_of_exactly_a_day_ago_is_out_and_one_of_a_minute_later_is_in() -> None:
    (out,) = _asked([APAP], "14:30", ["yesterday 14:30 1 g"])
    (inside,) = _asked([APAP], "14:30", ["14:31 1 g"])
    assert (out["taken"]["amount"], inside["taken"]["amount"]) == (0, 1000)


def test_tablets_of_two_products_add_up_and_a_product_fits_when_all_of_it_does() -> None:
    """Tylenol 5 × 500 and Norco 325 are 2,825 mg: neither 1,000 nor 325 fits below 3,000 before 20:00."""
    items = [
        "Tylenol Extra Strength 500 mg 2 tablets every 6 hours as needed",
        "Norco 5/325 1 tablet every 6 hours as needed",
    ]
    asked = _asked(items, "14:30", ["20:00 2 tablets, 02:00 2 tablets, 08:30 1 tablet", "12:00 1 tablet"])
    assert asked[0]["taken"]["amount"] == 2825
    assert {(each["item"], each["at"]) for one in asked for each in one["next"]} == {(1, "20:00"), (2, "20:00")}


def test_a_dose_that_is_not_counted_never_lets_another_fit() -> None:
    asked = _asked([APAP, "acetaminophen some drops daily"], "14:30", ["08:00 1 g", ""])
    assert [each["at"] for each in asked[0]["next"]] == [None]


@pytest.mark.parametrize("taken", ["8 1 g", "25:00 1 g", "08:00", "08:00 some"])
def test_what_is_no_time_with_an_amount_is_refused(taken: str) -> None:
    with pytest.raises(UsageError):
        doseref.check([APAP], now="14:30", taken=[taken])
