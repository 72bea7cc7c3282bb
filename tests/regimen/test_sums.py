"""Two doses that are joined come to the sum of the two, or are not read: no dose is lost, and none counts for two.

Each instruction is read alone, and its amount in a day was worked out by hand; what two of them come to follows from
that. A word between them that may mean "later" is left out: a later dose takes the place of the first.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from doseref import check

DOSES = {  # the instruction, of tablets of 100 mg: least and most in 24 hours
    "1 tablet in the morning": (100, 100),
    "2 tablets at night": (200, 200),
    "1 tablet twice daily": (200, 200),
    "1 tablet every 8 hours": (300, 300),
    "1 tablet every 6 hours as needed": (0, 400),
    "half a tablet at noon": (50, 50),
    "1 tablet at 8am": (100, 100),
    "2 tabs tds prn": (0, 600),
    "1 tablet with breakfast": (100, 100),
    "1-2 tablets at bedtime": (100, 200),
    "take 1 tablet by mouth every morning": (100, 100),
    "take 2 tablets by mouth at bedtime as needed for sleep": (0, 200),
    "1 nocte": (100, 100),
    "2 mane": (200, 200),
    "3 tablets at 22:00": (300, 300),
}
JOINED = (" and ", " plus ", ", and ", " + ", "; also ", ", plus an additional ")
LIMITED = ("1 tablet as needed, max 4 a day", "1 tablet prn, maximum 4 per day", "1 tablet as needed for pain")


def _totals(sig: str) -> tuple[str, list[tuple[Decimal | None, Decimal | None]]]:
    [person] = check([f"gabapentin 100 mg {sig}"]).to_json()["regimens"]
    return person["items"][0]["status"], [(total["low"], total["high"]) for total in person["totals"]]


@pytest.mark.parametrize("sig", DOSES)
def test_each_dose_alone(sig: str) -> None:
    low, high = DOSES[sig]
    assert _totals(sig) == ("read", [(Decimal(low), Decimal(high))])


@pytest.mark.parametrize("word", JOINED)
def test_two_doses_come_to_their_sum(word: str) -> None:
    read = 0
    for first, second in permutations(DOSES, 2):
        status, totals = _totals(first + word + second)
        if status == "read":
            read += 1
            (a, b), (c, d) = DOSES[first], DOSES[second]
            assert totals == [(Decimal(a + c), Decimal(b + d))], f"{first}{word}{second}"
    assert read >= 120  # of 210


@pytest.mark.parametrize("first", LIMITED)
@pytest.mark.parametrize("word", JOINED)
def test_a_regular_dose_behind_one_as_needed_is_never_lost(first: str, word: str) -> None:
    for second, (low, _) in DOSES.items():
        status, totals = _totals(first + word + second)
        if status == "read":
            assert [total[0] for total in totals] == [Decimal(low)], f"{first}{word}{second}"


@pytest.mark.parametrize("word", [" then ", " and then ", ", then ", ". Then "])
def test_a_time_of_day_behind_another_is_of_the_same_day(word: str) -> None:
    assert _totals(f"1 tablet in the morning{word}2 tablets at night") == ("read", [(Decimal(300), Decimal(300))])


@pytest.mark.parametrize("other", ["100 mg at night", "three 5 mL spoonfuls every 6 hours"])
def test_alternatives_that_cannot_be_compared_are_told_and_not_added_up(other: str) -> None:
    """10 units or 100 mg: neither is more than the other, and no sum is made of them."""
    [person] = check([f"prednisone 10 units sc daily or {other}", "ibuprofen 400 mg tid"]).to_json()["regimens"]
    assert person["items"][0]["status"] != "read"
    assert [total["substance"] for total in person["totals"]] == ["ibuprofen"]
    assert any(each["code"] == "R403" and each["severity"] == "warning" for each in person["findings"])
