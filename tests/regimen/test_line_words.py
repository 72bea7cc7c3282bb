"""A letter behind a brand stands for a second ingredient; behind a generic name, or before a strength, it may be a time of day."""

from __future__ import annotations

import pytest

import doseref


def _codes(item: str) -> set[str]:
    (regimen,) = doseref.check([item]).regimens
    return {trouble.kind for each in regimen.items for trouble in each.troubles}


@pytest.mark.parametrize(
    "item",
    (
        "Losar A 1 tablet daily",
        "Losar-A 50 mg daily",
        "Pan A 1 capsule daily",
        "Metolar AM 1 tablet daily",
        "Metolar-AM 50 mg daily",
        "Clopilet M 75 1 capsule daily",
        "Panadol Night 2 on",
        "Panadol Night 500 mg 2 tablets nocte",
        "Panadol Night 2 tablets",
        "Nurofen Night 2 caps hs",
    ),
)
def test_a_brand_with_a_letter_is_another_product(item: str) -> None:
    assert "unknown-name" in _codes(item)


@pytest.mark.parametrize(
    "item",
    (
        "Losar 50 mg daily",
        "Lasix AM 40 mg",
        "LASIX 40 MG A DAY",
        "metoprolol am 50 mg",
        "Prilosec 20 mg am",
        "Lipitor night 20 mg",
        "LIPITOR NIGHT 20MG",
        "Lantus Night 20 units",
        "Panadol 500 mg night",
        "Lipitor nightly 20 mg",
    ),
)
def test_a_time_of_day_is_none(item: str) -> None:
    assert "unknown-name" not in _codes(item)


@pytest.mark.parametrize(
    ("item", "kind"),
    (
        ("dorzolamide/timolol 1 drop in each eye twice daily", "no-limit-known"),
        ("azelastine/fluticasone 1 spray in each nostril twice daily", "no-limit-known"),
        ("clotrimazole/betamethasone cream apply twice daily", "no-limit-known"),
        ("fentanyl patch apply every 72 hours", "unreadable-dosage"),
        ("hydrocortisone/acetaminophen apply twice daily", "ambiguous-name"),
        ("amlodipine/benazepril 1 capsule daily", "ambiguous-name"),
    ),
)
def test_a_combination_that_acts_where_it_is_put_needs_no_strength(item: str, kind: str) -> None:
    assert kind in _codes(item)
