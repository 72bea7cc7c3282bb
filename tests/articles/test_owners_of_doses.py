"""A dose is that of the drug that is named, unless the drug is only measured. Readings worked out by hand."""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string


@pytest.mark.parametrize(
    ("sentence", "doses"),
    [
        (
            "The recommended starting dose of atorvastatin is 10 mg/day; the most is 20 mg/day.",
            ["10 mg/day; the most is 20 mg/day"],
        ),
        ("The dose of insulin glargine is 20 units per day.", ["20 units per day"]),
        ("The dose of potassium chloride is 40 mmol daily.", ["40 mmol daily"]),
        ("If the potassium in your blood climbs over 5.5 mmol/L, call us.", []),
        ("Keep your vitamin D above 50 nmol/L.", []),
        ("Her iron is below 60 mcg/dL.", []),
        (
            "The recommended dose for ritonavir-treated patients is 25 mg and the recommended maximum dose is 25 mg in 48 hours.",
            [],
        ),
        (
            "The dose of adalimumab is 160 mg initially on Day 1 (given as four 40 mg injections in one day or as two 40 mg injections per day).",
            ["160 mg initially on Day 1"],
        ),
    ],
)
def test_a_dose_a_day_is_no_level_in_the_blood(sentence: str, doses: list[str]) -> None:
    page = Article("a.md", "a", tuple(read_string(f"# Notes\n\n{sentence}\n", "markdown")))
    assert [each.dosage_text for each in extract(page).statements] == doses
