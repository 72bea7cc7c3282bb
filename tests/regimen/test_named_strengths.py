"""Strengths inside and behind names, and the ways a strength and a count are joined: figures worked out by hand."""

from __future__ import annotations

import pytest

import doseref

READ = [
    # strength × count × times a day
    ("ibuprofen 200 mg x 4 tabs q6h", {"ibuprofen": (3200, 3200, "mg")}),  # 200 × 4 × 4
    ("ibuprofen 4 tabs x 200 mg q6h", {"ibuprofen": (3200, 3200, "mg")}),
    ("baclofen 10 mg, 2 AM 2 noon 3 HS", {"baclofen": (70, 70, "mg")}),  # (2 + 2 + 3) × 10
    ("Fioricet 50-325-40 mg 1 cap q4h", {"butalbital": (300, 300, "mg"), "acetaminophen": (1950, 1950, "mg"), "caffeine": (240, 240, "mg")}),
    ("Percocet 10/325 #120 1 tab q6h", {"oxycodone": (40, 40, "mg"), "acetaminophen": (1300, 1300, "mg")}),
    ("Arthrotec 75 mg/200 mcg 1 tab bid", {"diclofenac": (150, 150, "mg"), "misoprostol": (0.4, 0.4, "mg")}),
    # 7.5 and 325 mg in 15 mL: 30 mL hold 15 and 650 mg, four times a day
    ("hydrocodone/acetaminophen 7.5/325 mg per 15 mL, 30 mL every 6 hours", {"hydrocodone": (60, 60, "mg"), "acetaminophen": (2600, 2600, "mg")}),
    ("acetaminophen-codeine 120-12 mg/5 mL, 10 mL q6h", {"acetaminophen": (960, 960, "mg"), "codeine": (96, 96, "mg")}),
    ("12 HR oxycodone hydrochloride 10 MG Extended Release Oral Tablet 1 tab q12h", {"oxycodone": (20, 20, "mg")}),
    # "every 12 hours for 3 doses" once a week: 3 × 3 × 2.5 in the week, of which two can fall into 24 hours
    ("methotrexate 2.5 mg take 3 tabs q12h x 3 doses each week", {"methotrexate": (22.5, 22.5, "mg")}),
    ("calcium carbonate 1250 mg (500 mg elemental) 2 tablets twice daily", {"calcium": (2000, 2000, "mg")}),
    ("ferrous sulfate 325 mg (65 mg elemental iron) three times a day", {"iron": (195, 195, "mg")}),
]  # fmt: skip


@pytest.mark.parametrize(("item", "totals"), READ, ids=[item for item, _ in READ])
def test_read(item: str, totals: dict[str, tuple[float, float, str]]) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert regimen["items"][0]["status"] == "read"
    assert {each["substance"]: (each["low"], each["high"], each["unit"]) for each in regimen["totals"]} == totals


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        ("Catapres-TTS-4 patch once weekly", "R402", "'Catapres-TTS-4' is not known here"),
        ("Tylenol-3 1 tab q6h", "R402", "'Tylenol-3' is not known here"),
        ("hydrocodone/acetaminophen 7.5/325 mg per 15 mL, 1 tablet every 6 hours", "R404", "how many mL"),
        ("ibuprofen 200 mg x 4 q6h", "R403", "'x 4': not understood"),
        ("ibuprofen-400 mg tid", "R403", "a negative number"),
    ],
)
def test_told_and_not_guessed(item: str, code: str, words: str) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert regimen["items"][0]["status"] != "read"
    (finding,) = (each for each in regimen["findings"] if each["severity"] == "warning")
    assert finding["code"] == code
    assert words in finding["message"]


@pytest.mark.parametrize(
    "compound",
    [
        "calcium carbonate 600 mg twice daily",
        "magnesium oxide 400 mg daily",
        "magnesium citrate 400 mg daily",
        "fish oil 1000 mg daily",
        "turmeric 500 mg bid",
        "evening primrose oil 500 mg daily",
    ],
)
def test_a_compound_an_oil_or_a_herb_is_not_what_is_in_it(compound: str) -> None:
    """600 mg of the carbonate hold less calcium; how much is not said, so no total and no alarm, and it is told."""
    (regimen,) = doseref.check([compound]).to_json()["regimens"]
    assert regimen["totals"] == []
    assert [(each["code"], each["severity"]) for each in regimen["findings"]] == [("R405", "info")]
    assert regimen["items"][0]["status"] == "read"


def test_a_compound_leaves_a_gap_in_the_total_of_its_mineral() -> None:
    (regimen,) = doseref.check(["calcium 1000 mg daily", "calcium carbonate 600 mg daily"]).to_json()["regimens"]
    (total,) = regimen["totals"]
    assert (total["high"], total["not_counted"]) == (1000, [2])
