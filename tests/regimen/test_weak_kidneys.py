"""Which limits hold for weak kidneys: those of a label that nothing adjusts, as upper bounds that say so."""

from __future__ import annotations

import pytest

import doseref

NOTE = "no adjustment is stated here for eGFR 34 mL/min"


def _judged(text: str, **person: object) -> tuple[str, str]:
    """The judgement of a label's maximum, and why in words; the reason where nothing judges."""
    (total, *_) = doseref.check([text], **({"egfr": 34} | person)).regimens[0].totals
    words = [(each.judgement, each.reason) for each in total.judged if not each.limit.article]
    return words[0] if words else ("", total.reason)


@pytest.mark.parametrize(
    ("text", "person", "judgement", "words"),
    [
        ("amlodipine 10 mg daily", {}, "within", NOTE),
        ("amlodipine 10 mg daily", {"age": 76}, "within", NOTE),
        ("amlodipine 15 mg daily", {}, "over", "eGFR 34 mL/min: the limits are for normal kidneys; it is above those too"),
        ("sertraline 100 mg daily", {}, "within", NOTE),
        ("paracetamol 1 g qds", {"country": "GB"}, "within", NOTE),
        ("atorvastatin 40 mg daily", {}, "", f"the label states no maximum; its usual dose is at most 80 mg in 24 hours; {NOTE}"),
        (
            "amlodipine 10 mg daily",
            {"egfr": None, "age": 80, "weight": 45, "creatinine": 2.0, "sex": "female"},
            "within",
            "no adjustment is stated here for creatinine clearance 16 mL/min",
        ),
        (
            "amlodipine 10 mg daily",
            {"egfr": None, "crcl": 38},
            "within",
            "no adjustment is stated here for creatinine clearance 38 mL/min",
        ),
        # A dose for such kidneys, a caution that is reached, or another fact: not within.
        ("apixaban 5 mg bid", {}, "", "eGFR 34 mL/min: the limits are for normal kidneys"),
        ("tramadol 50 mg four times daily", {}, "", "eGFR 34 mL/min: the limits are for normal kidneys"),
        ("methotrexate 15 mg weekly", {}, "", "eGFR 34 mL/min: the limits are for normal kidneys"),
        ("gabapentin 300 mg three times daily", {}, "within", ""),
        ("metformin 500 mg bid", {"egfr": 22}, "", "eGFR 22 mL/min: the limits are for normal kidneys"),
        (
            "amlodipine 10 mg daily",
            {"pregnant": True},
            "",
            "pregnant: the limits are for people who are not; eGFR 34 mL/min: the limits are for normal kidneys",
        ),
        ("amlodipine 10 mg daily", {"egfr": 90}, "within", ""),
    ],
)  # fmt: skip
def test_what_judges_for_weak_kidneys(text: str, person: dict[str, object], judgement: str, words: str) -> None:
    assert _judged(text, **person) == (judgement, words)


def test_an_article_means_normal_kidneys() -> None:
    (total,) = doseref.check(["ibuprofen 400 mg three times daily"], egfr=34).regimens[0].totals
    told = {each.limit.article: (each.judgement, each.reason) for each in total.verdicts if each.judges}
    assert told[True] == ("not-assessed", "eGFR 34 mL/min: the limits are for normal kidneys")
    assert told[False] == ("within", NOTE)
    (total,) = doseref.check(["aspirin 81 mg daily"], egfr=34).regimens[0].totals
    assert not total.judged and total.reason == "eGFR 34 mL/min: the limits are for normal kidneys"
