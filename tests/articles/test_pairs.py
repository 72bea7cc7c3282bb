"""Two places that a careful reader holds against each other, in the words of different authors (``pairs.tsv``).

A row is ``conflict`` or ``none``, the drug, and the two places as Markdown (``\\n`` is a line break); where the second is empty, both
stand on one page. ``conflict``: whoever reads both must ask which is right. ``none``: each has its own use, people, form or part of a
treatment, or one holds the other.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from articles.test_kinds_of_context import told

with (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8", newline="") as handle:
    ROWS = [tuple(row.values()) for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)]
NOT_YET: dict[str, str] = {
    "Morning sickness: doxylamine": "'of pregnancy' is read as whom the dose is for",
    "Vaginal thrush clears with": "'clears with' gives no dose",
    "Upper limit for magnesium": "'from supplements' in a label of a maximum",
    "Bacterial vaginosis: metronidazole": "'C. diff:' is no label",
    "- **Omeprazole 20 mg, non-prescription.** For": "how much one tablet holds stands in the label",
    "One Diflucan 150 mg capsule, taken once, is a": "a whole sentence in front of a colon is the label",
    "For an adult with a bacterial sore throat the": "tonsillitis is no name of a sore throat",
    "Feel the tingle? With Valtrex a cold sore is ": "two doses twelve hours apart stand for a day",
    "Heart failure, stable\\n- Bisoprolol: begin 1.": "'stable' sets a heart failure apart",
    "Neuropathic pain (adults): amitriptyline, sta": "'than depression ever did' is taken for the use",
    "Amlodipine brings the pressure down slowly ov": "'may be stepped up to a maximum' is not read",
    "- **Lower UTI (non-pregnant women)**: nitrofu": "that a brand is of modified release",
    "**Toenail fungus in adults.** Terbinafine by ": "'complete after 3 weeks' is no length of a course",
    "Start doxycycline 100 mg once a day a day or ": "how long it goes on after the journey",
    "Grown-ups with a pounding head can take one o": "tablets whose strength another sentence gives",
    "Over-the-counter Advil has a limit, and it is": "'works out at' states no maximum",
    "Everyone on Ozempic starts on 0.25 mg once a ": "'will each be' gives no dose",
}
"""What is not told right, by the beginning of its first place, and why."""


@pytest.mark.parametrize(
    ("verdict", "substance", "one", "other"), ROWS, ids=[f"{row[0]} {row[1]}: {row[2][:40]}" for row in ROWS]
)
def test_what_two_places_say(verdict: str, substance: str, one: str, other: str) -> None:
    found = told(*(f"# Notes\n\n{place}\n".replace("\\n", "\n") for place in (one, other) if place))
    right = bool(found) == (verdict == "conflict")
    assert right is not any(one.startswith(begin) for begin in NOT_YET), found
