"""What a liquid holds, worked out by hand: by a brand's own concentration, and by the only one a substance is sold in."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref
from doseref.units import convert

COUNTED = [
    ("Delsym 60 mg twice daily", "dextromethorphan", "120 mg", "60 mg are 10 mL of 30 mg in 5 mL"),
    ("Delsym 10 mL twice daily", "dextromethorphan", "120 mg", "10/5 × 30 mg"),
    ("Delsym 30 mg/5 mL 10 mL twice daily", "dextromethorphan", "120 mg", "the same with its concentration"),
    ("Pepto-Bismol 525 mg every 6 hours", "bismuth subsalicylate", "2100 mg", "525 mg are 30 mL"),
    ("Goody's Back and Body Liquid 1000 mg twice daily", "acetaminophen", "2000 mg", "1,000 mg are 60 mL"),
    ("ZzzQuil 50 mg at bedtime", "diphenhydramine", "50 mg", "50 mg are 30 mL"),
    ("ZzzQuil 30 mL at bedtime", "diphenhydramine", "50 mg", "50 mg in 30 mL"),
    ("ZzzQuil 2 capsules at bedtime", "diphenhydramine", "50 mg", "2 LiquiCaps of 25 mg"),
    ("lactulose 30 mL twice daily", "lactulose", "40 g", "60 mL of 10 g in 15 mL"),
    ("lactulose syrup 1 tablespoon daily", "lactulose", "10 g", "15 mL"),
    ("Enulose 30 mL daily", "lactulose", "20 g", "a brand of the same solution"),
    ("lactulose 3.3 g/5 mL 15 mL twice daily", "lactulose", "19.8 g", "the concentration that is written comes first"),
    ("Robitussin DM Max 20 mL every 4 hours", "guaifenesin", "2400 mg", "6 × 400 mg"),
    ("Robitussin DM Max 20 mL every 4 hours", "dextromethorphan", "120 mg", "6 × 20 mg"),
]


@pytest.mark.parametrize(("item", "substance", "per_day", "why"), COUNTED, ids=[c[0] + " " + c[1] for c in COUNTED])
def test_a_liquid_is_counted_by_its_own_concentration(item: str, substance: str, per_day: str, why: str) -> None:
    data = doseref.reference()
    (regimen,) = doseref.check([item]).regimens
    totals = {data.name_of(each.substance): each.amount for each in regimen.totals}
    amount, unit = per_day.split()
    assert totals[substance].single, why
    assert convert(totals[substance].high, totals[substance].unit, unit) == Decimal(amount), why


@pytest.mark.parametrize(
    "item",
    [
        "Delsym 30 mg/5 mL twice daily",
        "Pepto-Bismol 525 mg/30 mL every 6 hours",
        "DayQuil Liquid 325 mg/15 mL every 6 hours",
    ],
)
def test_a_concentration_alone_is_no_dose(item: str) -> None:
    """It was taken for one mL of it."""
    (regimen,) = doseref.check([item]).regimens
    assert [each.status for each in regimen.items] == ["unread"]
    assert regimen.totals == ()


@pytest.mark.parametrize(
    "item",
    [
        "dextromethorphan 10 mL every 6 hours",
        "morphine 5 mL every 4 hours",
        "lactulose 300 mL rectally once",
        "acetaminophen 10 mL every 6 hours",
    ],
)
def test_where_several_are_sold_none_is_taken(item: str) -> None:
    (regimen,) = doseref.check([item]).regimens
    assert {total.amount.unit for total in regimen.totals} == {"mL"}


def test_the_liquid_of_a_brand_has_its_own_label() -> None:
    """One dose a day, 30 mL; the capsules beside it are of other labels."""
    told = {f.code for f in doseref.check(["ZzzQuil 60 mL at bedtime"]).findings if f.severity.word == "error"}
    assert told == {"R101"}
    assert [f for f in doseref.check(["ZzzQuil 30 mL at bedtime"]).findings if f.severity.word != "info"] == []


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ("drospirenone/ethinyl estradiol 1 tablet daily", "read"),
        ("ethinyl estradiol/norgestimate 1 tablet by mouth daily", "read"),
        ("drospirenone/ethinyl estradiol daily", "partly-read"),
        ("hydrocodone/acetaminophen 1 tablet daily", "unread"),
    ],
)
def test_a_pill_counted_in_tablets_is_read_without_its_strength(item: str, status: str) -> None:
    """What one holds is asked for, as information; where the sum decides, such an item stays unread."""
    (regimen,) = doseref.check([item]).regimens
    assert [each.status for each in regimen.items] == [status]
    assert regimen.totals == () and regimen.not_assessed
