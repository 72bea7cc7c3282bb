"""A maximum that does not say of which time it is: taken for a day's it would hide what is taken, so it is told and not obeyed."""

from __future__ import annotations

import pytest

import doseref


@pytest.mark.parametrize(
    ("item", "total"),
    [
        # 0.1 mg/kg × 60 kg = 6 mg, three times 18 mg; 4 mg may be the most of one dose
        ("morphine 0.1 mg/kg every 8 hours (max 4 mg)", "morphine 18 mg"),
        # 600 mg is not enough for two doses of 500 mg
        ("acetaminophen 500 mg every 6 hours max 600 mg", "acetaminophen 2,000 mg"),
    ],
)
def test_it_is_told_and_not_obeyed(item: str, total: str) -> None:
    (regimen,) = doseref.check([item], weight=60).regimens
    assert [f"{each.substance} {each.amount}" for each in regimen.totals] == [total]
    (told,) = [each for each in regimen.findings if each.severity is doseref.Severity.WARNING]
    assert told.code == "R403" and told.message.endswith("a maximum without its period)")


def test_of_a_day_where_it_holds_several_doses() -> None:
    (regimen,) = doseref.check(["acetaminophen 650 mg every 4 hours as needed, max 3 g"]).regimens
    assert str(regimen.totals[0].amount) == "0 to 3,000 mg"  # 6 × 650 = 3,900
