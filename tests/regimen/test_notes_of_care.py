"""Notes of care are nothing to add up; what could be a medicine under any name stays an item that is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

import doseref
from doseref.findings import Severity
from doseref.items.care_notes import note_of_care
from doseref.refdata import reference

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("notes_of_care.tsv").read_text(encoding="utf-8").splitlines()[2:]
]


@pytest.mark.parametrize("line", [line for kind, line in ROWS if kind == "note"])
def test_a_note_of_care_is_told_and_not_warned_of(line: str) -> None:
    [person] = doseref.check([line]).regimens
    assert not person.items[0].substances
    assert [each for each in person.findings if each.severity > Severity.INFO] == []


@pytest.mark.parametrize("line", [line for kind, line in ROWS if kind == "look"])
def test_what_may_be_a_medicine_is_no_note(line: str) -> None:
    assert not doseref.check([line]).regimens[0].items[0].care


def test_no_class_of_drugs_makes_a_note_of_care() -> None:
    classes = (Path(__file__).parents[2] / "data/classes.csv").read_text(encoding="utf-8").splitlines()[1:]
    ids = [line.partition(",")[0].replace("-", " ") for line in classes]
    taken = [each for each in ids if each != "smoking cessation"]  # which is advice as well
    assert [each for each in taken if note_of_care(f"{each} given by nurse")] == []


def test_no_substance_of_the_data_makes_a_note_of_care() -> None:
    data = reference()
    drugs = [row["name"] for row in data.substance_rows.values() if row["kind"] in ("drug", "biologic")]
    swallowed = [name for name in drugs if note_of_care(name)]
    assert swallowed == []
    for name in drugs:  # nor beside a word of care: whatever its words are, its name is known
        item = doseref.check([f"{name} clinic"]).regimens[0].items[0]
        assert not item.care, name


@pytest.mark.parametrize(
    "line",
    [
        "stop before surgery", "restart after scan", "twice daily until clinic review", "2 until review", "half until scan",
        "continue until GP review", "take before procedure", "reduce after clinic", "double until review", "morning and evening until review",
    ],
)  # fmt: skip
def test_what_changes_the_item_above_is_no_note(line: str) -> None:
    assert not note_of_care(line)
