"""States that hardly any list brings about, made by hand: what the core says of each, in figures or words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import doseref
from doseref.dosage.fhir_extensions import read_times
from doseref.dosage.fhir_quantity import Notes
from doseref.dosage.fhir_read import from_fhir
from doseref.dosage.numbers import read as read_number
from doseref.errors import UsageError
from doseref.items.label_warnings import without_warnings
from doseref.items.model import Part
from doseref.quantities import Range
from doseref.regimen.facts import number
from doseref.regimen.mixed_insulins import volume
from doseref.regimen.told_in_practice import is_lot

DATA = doseref.reference()
MG = {"unit": "mg", "code": "mg", "system": "http://unitsofmeasure.org"}


def said(*items: str) -> str:
    return "\n".join(
        f"{each.code} {each.message}" for person in doseref.check(list(items)).regimens for each in person.findings
    )


def test_the_daily_items_alone_make_the_sum_of_a_week() -> None:
    # 7 × (2.5 + 5) mg; the weekly 10 mg is no part of what is wrongly taken daily
    found = said("methotrexate 2.5 mg daily", "methotrexate 5 mg daily", "methotrexate 10 mg weekly")
    assert "R107 methotrexate is taken daily, but the sources give it per week: 52.5 mg per week against" in found


def test_a_fact_that_is_no_number() -> None:
    with pytest.raises(UsageError, match="age 'old' is not a number"):
        number("age", "old")


def test_what_has_no_figure_is_no_lot() -> None:
    assert not is_lot("tablets", "1 daily")
    assert is_lot("28 tablets", "1 daily")


def test_units_of_a_mixture_that_holds_no_insulin_are_no_volume() -> None:
    parts = tuple(Part(each, each, Decimal(5), "mg", per_unit="mL") for each in ("metformin", "ibuprofen"))
    assert volume(Range.of(20, "[IU]"), parts, DATA) is None


def fhir(**item: Any) -> Any:
    dose = [{"doseQuantity": {"value": 5, **MG}}]
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}
    return from_fhir([{"timing": timing, "doseAndRate": dose, **item}], DATA.vocabulary)


def test_dates_of_a_period_that_are_none() -> None:
    repeat = {
        "frequency": 1,
        "period": 1,
        "periodUnit": "d",
        "boundsPeriod": {"start": "2024-13-45", "end": "2024-12-01"},
    }
    found = fhir(timing={"repeat": repeat})
    assert [each.message for each in found.problems] == ["the dates of boundsPeriod are not read"]
    assert found.options[0].duration is None


def test_a_most_at_once_whose_unit_is_not_known() -> None:
    found = fhir(maxDosePerAdministration={"value": 10, "unit": "foo"})
    assert found.maximum == ()
    assert found.status == "partly-read"


def test_times_without_their_period_are_not_read() -> None:
    assert read_times({"extension": [{"url": "low", "valueDecimal": 1}]}, Notes(DATA.vocabulary)) is None


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("1," * 100 + "111", "the number is too large"),
        ("1,000.", "a number that ends in a point"),
    ],
)
def test_numbers_that_are_none(word: str, message: str) -> None:
    assert read_number(word) == ("BAD", message)


def test_the_text_beside_several_structured_parts_is_not_laid_over_them() -> None:
    one = {"text": "5 mg daily", "sequence": 1, "doseAndRate": [{"doseQuantity": {"value": 5, **MG}}]}
    timing = {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}
    found = from_fhir([{**one, **timing}, {**one, **timing, "sequence": 2}], DATA.vocabulary)
    assert [option.dose for option in found.options] == [Range.of(5, "mg")] * 2


def test_no_more_warnings_are_taken_off_than_any_label_has() -> None:
    text = "Take 1 tablet daily. " + "May cause drowsiness. " * 40
    left = without_warnings(text)
    assert left.startswith("Take 1 tablet daily")
    assert 0 < left.count("drowsiness") < 40
