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
        ("Between the ages of six and eleven, give 2 mg", "children", "6 to 11 years"),
        ("At seven to nine the figure rises to 200 mg", "children", "7 to 9 years"),
        ("my four-year-old nephew", "children", "aged 4 years"),
        ("Their cousin, who is two, has 180 mg", "children", "aged 2 years"),
        ("my sister, who's eleven, gets 250 mg", "children", "aged 11 years"),
        ("over-fives are prescribed", "children", "over 5 years"),
        ("from their sixth birthday", "children", "over 6 years"),
        ("Patients past their 75th birthday", "older adults", None),
        ("Anyone past their seventieth birthday", "older adults", None),
        ("on sale for over 5 years", None, None),
        ("adults over 60 mg", "adults", None),
        ("CrCl 15 and over", "kidney impairment", "clearance above 15"),
    ],
)
def test_whom_a_dose_is_for(text: str, whom: str | None, band: str | None) -> None:
    told = context_of(text)
    assert (told.population, told.band) == (whom, band)


def test_a_dose_is_no_age() -> None:
    for text in ("every four hours", "take 5 to 10, then stop", "a smoker of more than 10 cigarettes"):
        assert "year" not in ages_in_years(text)


@pytest.mark.parametrize(
    ("label", "whom", "band"),
    [
        ("Adults and teens 18 and up", "adults", None),
        ("Adults and children 12 years and over", "adults", None),
        ("For adults and older children (12+)", "adults", None),
        ("Teens and adults", "adults", None),
        ("Adults and children under 12", "children", "under 12"),
        ("Adults and children 12 to 17", "children", None),
        ("Teens 13 to 17", "children", None),
    ],
)
def test_whom_a_label_is_for(label: str, whom: str, band: str | None) -> None:
    told = context_of(label, label=True)
    assert told.population == whom
    assert band is None or told.band is None or band in told.band
