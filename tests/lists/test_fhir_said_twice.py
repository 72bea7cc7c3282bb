"""The text of a FHIR dosage and the fields beside it: meanings are compared, not words, and no dose is lost.

Totals by hand, of acetaminophen from tablets of 500 mg: in mg a day; of ranges both ends.
"""

from __future__ import annotations

from typing import Any

import pytest

import doseref
from doseref.lists.fhir import people_of

TABLET = {"unit": "tablet"}


def fields(
    dose: tuple[int, ...] = (),
    often: tuple[int, str] | None = None,
    unit: str = "tablet",
    as_needed: bool = False,
    most: int | None = None,
) -> dict[str, Any]:
    """A FHIR dosage: one or two ends of a dose, times per period, as needed, most tablets a day."""
    made: dict[str, Any] = {}
    if len(dose) == 1:
        made["doseAndRate"] = [{"doseQuantity": {"value": dose[0], "unit": unit}}]
    elif dose:
        ends = ({"value": end, "unit": unit} for end in dose)
        made["doseAndRate"] = [{"doseRange": dict(zip(("low", "high"), ends, strict=True))}]
    if often:
        made["timing"] = {"repeat": {"frequency": often[0], "period": 1, "periodUnit": often[1]}}
    if as_needed:
        made["asNeededBoolean"] = True
    if most:
        made["maxDosePerPeriod"] = {"numerator": {"value": most, **TABLET}, "denominator": {"value": 1, "unit": "d"}}
    return made


def judged(text: str, beside: dict[str, Any]) -> Any:
    """What is judged of one request for acetaminophen 500 mg tablets."""
    request = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "medicationCodeableConcept": {"text": "Paracetamol 500 mg tablets"},
        "dosageInstruction": [{"text": text, **beside}],
    }
    ((_, items),) = people_of(request, "request.json")
    return doseref.check(items).regimens[0]


@pytest.mark.parametrize(
    ("text", "beside", "total"),
    [
        ("2 QDS", fields((2,), (4, "d")), "4,000 mg"),
        ("2 every 6 hours", fields((2,), (4, "d")), "4,000 mg"),
        ("2 at night", fields((2,), (1, "d")), "1,000 mg"),
        ("2 QDS", fields((1,), (4, "d"), unit="g"), "4,000 mg"),
        ("1 g QDS", fields((2,), (4, "d")), "4,000 mg"),
        ("4 g per day in 4 divided doses", fields((1,), (4, "d"), unit="g"), "4,000 mg"),
        ("1 g per day", fields((1,), (1, "d"), unit="g"), "1,000 mg"),
        ("1-2 tablets up to 4 times a day when needed", fields((1, 2), (4, "d"), as_needed=True), "0 to 4,000 mg"),
        ("2 QDS PRN", fields((2,), (4, "d"), most=8), "0 to 4,000 mg"),
        # of a range and an amount within it the range is judged
        ("1-2 tablets QDS", fields((2,), (4, "d")), "2,000 to 4,000 mg"),
        ("2 tabs 4-6 hourly", fields((2,), (4, "d")), "4,000 to 6,000 mg"),
        ("2 tablets every 6 hours", fields((1, 2), (4, "d")), "2,000 to 4,000 mg"),
        # a maximum alone says neither how much nor how often
        ("Two tablets every 4-6 hours (max 8/day)", fields(most=8), "4,000 mg"),
        ("Two tablets every 4-6 hours", fields(most=8), "4,000 mg"),
        ("2 QDS", fields(most=8), "4,000 mg"),
    ],
)
def test_text_and_structure_that_mean_one_thing_are_one_dose(text: str, beside: dict[str, Any], total: str) -> None:
    regimen = judged(text, beside)
    assert [item.status for item in regimen.items] == ["read"]
    assert [str(each.amount) for each in regimen.totals] == [total]


@pytest.mark.parametrize(
    ("text", "beside", "what"),
    [
        ("1 QDS", fields((2,), (4, "d")), "dose"),
        ("1 QDS", fields((1,), (4, "d"), unit="g"), "dose"),
        ("4 g per day", fields((4,), (4, "d"), unit="g"), "dose"),
        ("2-3 tablets QDS", fields((1, 2), (4, "d")), "dose"),
        ("2 QDS", fields((2,), (3, "d")), "timing"),
        ("2 QDS", fields((2,), (1, "wk")), "timing"),
        ("2 qid prn", fields((2,), (3, "d"), as_needed=True), "timing"),
    ],
)
def test_two_meanings_are_told_once_and_neither_is_taken(text: str, beside: dict[str, Any], what: str) -> None:
    regimen = judged(text, beside)
    assert not regimen.totals
    (told,) = [finding.message for finding in regimen.findings if finding.code == "R403"]
    assert told.count(f"the text and the structured {what} differ") == 1


def test_of_two_maxima_that_differ_the_larger_counts_and_that_is_told() -> None:
    regimen = judged("2 up to QDS prn, max 8 tablets a day", fields((2,), most=4))
    assert [str(each.amount) for each in regimen.totals] == ["0 to 4,000 mg"]
    assert regimen.items[0].status == "partly-read"
    assert "the text and the structure state other maxima, the larger one counts" in [
        problem.message for problem in regimen.items[0].dosage.problems
    ]


def test_the_route_beside_a_text_that_names_none_counts() -> None:
    regimen = judged("2 tablets tds", {"route": {"text": "rectal"}})
    assert [option.route for option in regimen.items[0].dosage.options] == ["rectal"]


def test_a_maximum_without_any_dose_is_no_dose() -> None:
    assert not judged("as directed", fields(most=8)).totals


def test_an_overdose_by_two_requests_in_shorthand_is_an_error() -> None:
    def request(drug: str, text: str) -> dict[str, Any]:
        instruction = {"text": text, **fields((2,), (4, "d"))}
        return {
            "resource": {
                "resourceType": "MedicationRequest",
                "status": "active",
                "medicationCodeableConcept": {"text": drug},
                "dosageInstruction": [instruction],
            }
        }

    entries = [request("Co-codamol 30/500 tablets", "2 QDS"), request("Paracetamol 500 mg tablets", "2 QDS")]
    ((_, items),) = people_of({"resourceType": "Bundle", "entry": entries}, "bundle.json")
    findings = doseref.check(items).findings
    assert [finding.substances for finding in findings if finding.code == "R101"] == [("acetaminophen",)]
