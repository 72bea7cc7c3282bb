"""Ages as people write them: spelled, without their unit, as "six-year-old"."""

from __future__ import annotations

import pytest

from doseref.articles.ages import ages_in_years
from doseref.articles.contexts import context_of


@pytest.mark.parametrize(
    ("text", "whom", "band"),
    [
        ("Leaders of sixteen and over", "adults", None),
        ("From twelve up", "adults", None),
        ("Six to eleven, 5 mg twice a day", "children", "6 to 11 years"),
        ("Children from seven to nine get 200 mg", "children", "from 7 to 9 years"),
        ("for a six-year-old", "children", "aged 6 years"),
        ("adults over 60 mg", "adults", None),
        ("CrCl 15 and over", "kidney impairment", "clearance above 15"),
    ],
)
def test_whom_a_dose_is_for(text: str, whom: str, band: str | None) -> None:
    told = context_of(text)
    assert (told.population, told.band) == (whom, band)


def test_a_dose_is_no_age() -> None:
    for text in ("every four hours", "take 5 to 10, then stop", "a smoker of more than 10 cigarettes"):
        assert "year" not in ages_in_years(text)
