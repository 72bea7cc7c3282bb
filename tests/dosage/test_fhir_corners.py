"""FHIR that other systems write wrongly or seldom: what is not kept is told, and nothing else is taken for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from doseref import reference
from doseref.dosage.english import english
from doseref.dosage.fhir_quantity import BASE
from doseref.dosage.fhir_read import from_fhir as read_fhir
from doseref.dosage.model import Dosage, Maximum, Option, Phase, Strength, Target, Times
from doseref.quantities import DAY, Period, Range

DATA = reference()
MG = {"unit": "mg", "code": "mg", "system": "http://unitsofmeasure.org"}
DAILY = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}
FIVE = [{"doseQuantity": {"value": 5, **MG}}]


def parse(text: str) -> Dosage:
    return DATA.parse(text)


def from_fhir(resources: Any) -> Dosage:
    return read_fhir(resources, DATA.vocabulary)


def read(**item: Any) -> Dosage:
    return from_fhir([{"timing": DAILY, "doseAndRate": FIVE, **item}])


def repeat(**fields: Any) -> dict[str, Any]:
    return {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", **fields}}}


def coded(code: str, system: str | None = None, text: str = "", **fields: Any) -> dict[str, Any]:
    coding = {"code": code, **({"system": system} if system else {})}
    return {"timing": {"code": {"coding": [coding], **({"text": text} if text else {})}, **fields}}


def own(name: str, **parts: Any) -> dict[str, Any]:
    """One of the project's own extensions, with parts."""
    return {"url": BASE + name, "extension": [{"url": part, **value} for part, value in parts.items()]}


TOLD = [
    (repeat(duration=30, durationUnit="min"), "how long each administration lasts is not kept"),
    (repeat(dayOfWeek=["mon", "someday"]), "unknown day someday"),
    (repeat(timeOfDay=["25:00"]), "not a time of day: '25:00'"),
    (repeat(count=5, countMax=3), "countMax is below count"),
    (repeat(boundsPeriod={"start": "2024-03-02", "end": "2024-03-01"}), "boundsPeriod ends before it starts"),
    ({"timing": {"repeat": {"frequency": 3, "period": 0, "periodUnit": "d"}}}, "the timing is not read"),
    ({"timing": {"repeat": {"frequency": 3, "frequencyMax": 2, "period": 1, "periodUnit": "d"}}}, "the timing is not read"),
    (coded("XYZ"), "timing not read: a code without words"),
    (coded("TID", repeat={"frequency": 2, "period": 1, "periodUnit": "d"}), "the code of the timing and its repeat differ"),
    ({"maxDosePerLifetime": {"value": 500, **MG}}, "maxDosePerLifetime is not assessed"),
    ({"doseAndRate": [{"doseRange": {"low": {"value": 9, **MG}, "high": {"value": 5, **MG}}}]}, "not a range: 9 mg to 5 mg"),
    ({"doseAndRate": [{"doseRange": {"low": {"value": -1, **MG}, "high": {"value": 5, **MG}}}]}, "value is not a usable number: -1"),
    ({"doseAndRate": [{"doseQuantity": {"value": 5, **MG}, "rateQuantity": {"value": 2, "unit": "mg/h", "code": "mg/h"}}]},
     "the rate beside the dose is not kept"),
    ({"doseAndRate": [{"rateRatio": {"numerator": {"value": 5, **MG}, "denominator": {"value": 2, "unit": "h", "code": "h"}}}]},
     "the rate is not read: 5 mg per 2 h"),
    ({"doseAndRate": [{"rateRatio": {"numerator": {"value": 5, **MG}, "denominator": {"value": 1, "unit": "wibble"}}}]},
     "unknown unit wibble"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "message"), TOLD)
def test_what_is_not_kept_is_told(item: dict[str, Any], message: str) -> None:
    dosage = read(**item)
    assert dosage.status != "read"
    assert message in [problem.message for problem in dosage.problems]


TAKEN = [
    # a range without a low end begins at nothing; grams and milligrams of one range meet
    ({"doseAndRate": [{"doseRange": {"high": {"value": 10, **MG}}}]}, {"dose": Range(Decimal(0), Decimal(10), "mg")}),
    ({"doseAndRate": [{"doseRange": {"low": {"value": 500, **MG}, "high": {"value": 1, "unit": "g", "code": "g"}}}]},
     {"dose": Range(Decimal("0.5"), Decimal(1), "g")}),
    ({"route": {"coding": [{"code": "999999", "display": "Oral use"}]}}, {"route": "oral"}),
    ({"route": {"text": "by mouth"}}, {"route": "oral"}),
    # HL7's own code for "at bedtime"; the same letters of another system are its words
    (coded("BED"), {"when": ("HS",), "times": None}),
    (coded("BID", system="http://example.org/own", text="every 8 hours"), {"every": Range.of(8, "h"), "times": None}),
    (coded("TID", repeat={"frequency": 3, "period": 1, "periodUnit": "d"}), {"times": Times(Decimal(3), Decimal(3), Decimal(1), "d")}),
    (repeat(boundsDuration={"value": 2, "unit": "weeks"}), {"duration": Range.of(2, "wk")}),
    # a number that only its extension says exactly, and an extension that says something else
    ({"doseAndRate": [{"doseQuantity": {"value": 5, "_value": {"extension": [{"url": "http://example.org/x", "valueString": "9"}]}, **MG}}]},
     {"dose": Range.of(5, "mg")}),
]  # fmt: skip


@pytest.mark.parametrize(("item", "fields"), TAKEN)
def test_what_is_taken(item: dict[str, Any], fields: dict[str, Any]) -> None:
    dosage = read(**item)
    assert dosage.status == "read", dosage.problems
    (option,) = dosage.options
    assert {name: getattr(option, name) for name in fields} == fields


@pytest.mark.parametrize(
    "extension",
    [
        own("maximum", amount={"valueQuantity": {"unit": "mg"}}),
        own("maximum", amount={"valueQuantity": {"value": 4, **MG}}, per={"valueQuantity": {"value": 1, "unit": "wibble"}}),
        own("strength", amount={"valueQuantity": {"value": 4, "unit": "wibble"}}),
        own("target", amount={"valueQuantity": {"value": 4, "unit": "wibble"}}),
    ],
)  # fmt: skip
def test_half_an_extension_says_nothing_and_is_told(extension: dict[str, Any]) -> None:
    dosage = read(extension=[extension, {"url": BASE + "status", "valueCode": "read"}])
    assert (dosage.maximum, dosage.target, dosage.options[0].strengths) == ((), None, ())
    assert dosage.status == "partly-read" and dosage.problems


def test_text_with_fewer_parts_than_the_structure_changes_nothing() -> None:
    morning, night = (
        {"text": "5 mg", "sequence": 1, "timing": {"repeat": {"when": [code]}}, "doseAndRate": FIVE} for code in ("MORN", "NIGHT")
    )  # fmt: skip
    assert [option.when for option in from_fhir([morning, night]).options] == [("MORN",), ("NIGHT",)]


# in words ----------------------------------------------------------------------------------------------------------------


def test_a_dosage_as_a_table_of_words() -> None:
    shown = parse(
        "100 mg three times daily as needed for pain, titrate to 900 mg in 3 divided doses, max 1200 mg per day"
    )._repr_html_()
    for words in ("3 times in 24 hours", "as needed for pain", "900 mg per day", "1,200 mg in 24 hours"):
        assert words in shown, words
    assert "a total per day" in parse("1500 mg daily in divided doses")._repr_html_()
    assert "each time" in parse("5 mg daily, after 2 weeks titrate to 20 mg")._repr_html_()


def test_once_in_so_many_to_so_many_weeks_keeps_both() -> None:
    data = Times(Decimal(1), Decimal(1), Decimal(2), "wk", Decimal(4)).to_json()
    assert (data["period"], data["period_high"], data["unit"]) == (2, 4, "wk")


def test_a_phase_that_only_ends_is_said() -> None:
    option = Option(dose=Range.of(5, "mg"), times=Times(Decimal(1), Decimal(1), Decimal(1), "d"))
    dosage = Dosage("", "read", (Phase(1, (option,), None, 3),), None, (), None, ())
    assert "until day 3" in english(dosage)


def test_records_of_the_model_compare_by_value() -> None:
    assert Maximum(Decimal(4), "g", DAY, None) == Maximum(Decimal(4), "g", Period(Decimal(1), "d"), None)
    assert Target(Decimal(1), Decimal(2), "g", True, None) != Target(Decimal(1), Decimal(2), "g", False, None)
    assert Strength(Decimal(5), "mg") == Strength(Decimal(5), "mg", None, None)
