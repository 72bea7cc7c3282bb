"""The shape of ``doseref.dosage/1``, whole, for texts worked out by hand."""

from __future__ import annotations

from doseref import parse

EMPTY = {
    "dose": None, "strengths": [], "count": None, "per_day": False, "times": None, "every": None, "route": None, "form": None,
    "release": None, "when": [], "at": [], "days": [], "prn": False, "prn_for": None, "duration": None, "doses_total": None,
}  # fmt: skip


def test_a_dose_with_its_maximum() -> None:
    text = "500–1,000 mg every 4–6 hours (max 3,000 mg/day)"
    option = EMPTY | {"dose": {"low": 500, "high": 1000, "unit": "mg"}, "every": {"low": 4, "high": 6, "unit": "h"}}
    assert parse(text).to_json() == {
        "text": text,
        "status": "read",
        "phases": [{"sequence": 1, "from_day": None, "to_day": None, "options": [option]}],
        "target": None,
        "maximum": [{"amount": 3000, "unit": "mg", "substance": None, "per": {"value": 1, "unit": "d"}}],
        "longest": None,
        "problems": [],
    }


def test_a_combination_with_two_strengths() -> None:
    text = "5/325 1-2 tabs po q6-8h prn pain"
    option = EMPTY | {
        "strengths": [{"substance": None, "amount": 5, "unit": "mg"}, {"substance": None, "amount": 325, "unit": "mg"}],
        "count": {"low": 1, "high": 2, "unit": "{tablet}"},
        "every": {"low": 6, "high": 8, "unit": "h"},
        "route": "oral",
        "form": "tablet",
        "prn": True,
        "prn_for": "pain",
    }
    data = parse(text).to_json()
    assert data["status"] == "read"
    assert data["phases"] == [{"sequence": 1, "from_day": None, "to_day": None, "options": [option]}]


def test_parts_of_a_day_share_a_sequence_and_the_next_phase_counts_on() -> None:
    data = parse("15 mg in the morning and 10 mg at night for 5 days, then 10 mg at night").to_json()
    assert [
        (phase["sequence"], option["dose"]["low"], option["when"], option["duration"])
        for phase in data["phases"]
        for option in phase["options"]
    ] == [
        (1, 15, ["MORN"], {"low": 5, "high": 5, "unit": "d"}),
        (1, 10, ["NIGHT"], {"low": 5, "high": 5, "unit": "d"}),
        (2, 10, ["NIGHT"], None),
    ]


def test_what_is_not_understood_is_told_with_its_place() -> None:
    text = "5 mg twoce daily"
    assert parse(text).to_json() == {
        "text": text,
        "status": "partly-read",
        "phases": [
            {
                "sequence": 1,
                "from_day": None,
                "to_day": None,
                "options": [EMPTY | {"dose": {"low": 5, "high": 5, "unit": "mg"}}],
            }
        ],
        "target": None,
        "maximum": [],
        "longest": None,
        "problems": [{"message": "not understood", "start": 5, "end": 16, "kind": "unread"}],
    }


def test_a_number_that_could_mean_two_things_gives_no_dose() -> None:
    assert parse("1.000,5 mg daily").to_json() == {
        "text": "1.000,5 mg daily",
        "status": "unread",
        "phases": [],
        "target": None,
        "maximum": [],
        "longest": None,
        "problems": [
            {"message": "the separators of the number are ambiguous", "start": 0, "end": 7, "kind": "ambiguous"},
            {"message": "not understood", "start": 8, "end": 10, "kind": "unread"},
        ],
    }
