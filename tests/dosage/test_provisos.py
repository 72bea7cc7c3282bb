"""An exception to a daily dose is taken instead of it, never besides it; an extra dose besides it, never instead."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref


def _weekly(item: str) -> list[tuple[str, Decimal, Decimal]]:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    return [
        (f"{each['per']['value']}{each['per']['unit']}", Decimal(str(each["low"])), Decimal(str(each["high"])))
        for each in regimen["totals"]
    ]


@pytest.mark.parametrize(
    ("item", "weekly"),
    [
        ("warfarin 5 mg daily except 2.5 mg on Sunday", "32.5"),  # 6 × 5 + 2.5
        ("warfarin 5 mg daily and 7.5 mg on Mondays", "37.5"),  # 6 × 5 + 7.5
        ("warfarin 5 mg daily except on weekends", "25"),  # 5 × 5
        ("warfarin 5 mg nightly except 10 mg on Monday and Friday", "45"),  # 5 × 5 + 2 × 10
    ],
)
def test_instead(item: str, weekly: str) -> None:
    assert _weekly(item) == [("1wk", Decimal(weekly), Decimal(weekly))]


def test_besides() -> None:
    # 4 × 650, and one more where the person takes it
    assert _weekly("acetaminophen 650 mg q6h; may take an extra 650 mg at bedtime") == [
        ("1d", Decimal(2600), Decimal(3250))
    ]


def test_an_extra_dose_in_english() -> None:
    from doseref.dosage.english import english

    read = doseref.parse("650 mg q6h; may take an extra 650 mg at bedtime")
    assert english(read) == "take 650 mg every 6 hours and 650 mg at bedtime as needed"
