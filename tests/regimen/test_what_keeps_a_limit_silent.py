"""Which of country, form, person and way of sale keeps the limits that are known from speaking; products of one composition;
names that are the sum of their strengths; what is breathed in and what is swallowed.
"""

from __future__ import annotations

import pytest

import doseref


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("benazepril 10 mg daily", {"country": "GB"}, "no limit here is for GB; those known are for US"),
        ("nadolol 40 mg daily", {"country": "GB"}, "no limit here is for GB; those known are for US"),
        ("MST 30 mg bd", {"country": "GB"}, "no limit here is for this form: other release: the statement is about the IR form"),
        (
            "budesonide 9 mg daily",
            {},
            "no limit here is for this form: other route: the statement is about nasal use",
        ),
    ],
)  # fmt: skip
def test_what_they_fail_at(text: str, options: dict[str, object], reason: str) -> None:
    (total,) = doseref.check([text], **options).regimens[0].totals
    assert total.reason == reason


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("Zapain 2 qds", {"codeine": 240, "acetaminophen": 4000}),
        ("Zapain 2 capsules qds", {"codeine": 240, "acetaminophen": 4000}),
        ("Solpadol 1 bd", {"codeine": 60, "acetaminophen": 1000}),
        ("co-amoxiclav 625 mg tds", {"amoxicillin": 1500, "clavulanate": 375}),
        ("Co-amoxiclav 375mg tds 7/7", {"amoxicillin": 750, "clavulanate": 375}),
        ("co-amoxiclav 625 mg tablets 1 tds", {"amoxicillin": 1500, "clavulanate": 375}),
        ("co-trimoxazole 960 mg bd", {"sulfamethoxazole": 1600, "trimethoprim": 320}),
        ("co-amoxiclav 600 mg tds", {"amoxicillin": 1500, "clavulanate": 300}),  # the vial of 500 and 100 mg
        # Not said, or the strength of a part: asked.
        ("co-codamol 2 qds", {}),
        ("Percocet 2 qds", {}),
        ("co-amoxiclav 500 mg tds", {}),
        ("co-codamol 500 mg qds", {}),
    ],
)
def test_products_of_one_composition_and_sums(text: str, totals: dict[str, int]) -> None:
    (regimen,) = doseref.check([text], country="GB").regimens
    assert {each.substance: each.amount.high for each in regimen.totals} == totals
    assert bool(totals) == (regimen.items[0].status == "read")


@pytest.mark.parametrize(
    ("steroid", "shared"),
    [
        ("prednisone 5 mg daily", True),
        ("Flonase 1 spray in each nostril daily", False),
        ("budesonide 200 mcg inhaled bd", False),
        ("budesonide 9 mg by mouth daily", True),
    ],
)
def test_a_breathed_steroid_lowers_no_potassium(steroid: str, shared: bool) -> None:
    result = doseref.check([steroid, "furosemide 40 mg daily"])
    told = [f.extra.get("class") for f in result.findings if f.code == "R301"]
    assert ("hypokalaemia" in told) is shared


@pytest.mark.parametrize(
    ("items", "severity"),
    [
        (["methotrexate 2.5 mg tablets, 6 once weekly", "methotrexate 10 mg tablets, 1 once weekly"], "warning"),
        (["methotrexate 2.5 mg tablets, 4 on Monday", "methotrexate 2.5 mg tablets, 2 on Monday"], "info"),
        (["levothyroxine 25 mcg tablets, 1 daily", "levothyroxine 100 mcg tablets, 1 daily"], "info"),
    ],
)
def test_methotrexate_comes_in_one_strength(items: list[str], severity: str) -> None:
    (found,) = [f for f in doseref.check(items).findings if f.code == "R201"]
    assert found.severity.word == severity
    assert ("one strength is to be dispensed" in found.message) is (severity == "warning")
