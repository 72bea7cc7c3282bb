"""The names of uses (``src/doseref/indications.txt``), and how a text is looked through for them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import doseref
from doseref.indications import related, uses_in
from doseref.same_use import alike

ROWS = [
    line.split("\t")
    for line in (Path(doseref.__file__).parent / "indications.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_each_row_has_its_source_and_each_name_one_use() -> None:
    assert [row for row in ROWS if len(row) != 4 or not row[2] or not row[3].strip()] == []
    uses = {row[0] for row in ROWS}
    assert [(row[0], wider) for row in ROWS for wider in row[1].split() if wider not in uses] == []
    for row in ROWS:
        for name in row[2].split("; "):
            for words in product(*(word.split("/") for word in name.removeprefix("=").split(" "))):
                assert [each.use for each in uses_in(" ".join(words))] == [row[0]], name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for hay fever or asthma", ["allergic-rhinitis", "asthma"]),
        ("Iron-deficiency anaemias", ["iron-deficiency-anemia"]),
        ("people low in iron", []),
        ("a lack of vitamin D", ["vitamin-d-deficiency"]),
        ("if your iron is low", ["iron-deficiency"]),
        ("type 2 diabetes", ["type-2-diabetes-mellitus"]),
        ("Parkinson’s disease", ["parkinson-disease"]),
        ("a blood clot in the leg", ["deep-vein-thrombosis"]),
        ("cold water", []),
        ("the ED", []),
    ],
)
def test_which_uses_a_text_names(text: str, expected: list[str]) -> None:
    assert [each.use for each in uses_in(text)] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("hay fever", "seasonal allergies", True),
        ("hay fever", "allergy", True),
        ("hay fever", "chronic hives", False),
        ("hay fever", "fever", False),
        ("dvt", "blood clots", True),
        ("dvt", "pulmonary embolism", False),
        ("bladder infection", "kidney infection", False),
        ("bladder infection", "uti", True),
        ("heart attack", "prevention of another mi", False),
        ("af", "atrial fibrillation", True),
        ("migraine", "tension headache", False),
        ("reflux", "gord", True),
        ("blood pressure", "hypertension", True),
        ("pressure sores", "hypertension", False),
        ("warding off gout attacks", "gout prophylaxis", True),
    ],
)
def test_which_uses_are_alike(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected
    assert alike(other, one) is expected


def test_a_kind_of_a_kind_is_related_to_both() -> None:
    assert related("postherpetic-neuralgia", "pain")
    assert not related("postherpetic-neuralgia", "headache")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my back hurts", ["back-pain"]),
        ("pain in the lower back", ["low-back-pain"]),
        ("a blocked or runny nose", ["nasal-congestion", "rhinorrhea"]),
        ("blood sugar that runs too high", ["hyperglycemia"]),
        ("to bring her cholesterol down", ["hypercholesterolemia"]),
        ("a thyroid that is sluggish", ["hypothyroidism"]),
        ("cannot sleep", ["insomnia"]),
        ("give up cigarettes", ["smoking-cessation"]),
        ("water on the ankles", ["edema"]),
        ("ringworm of the scalp", ["tinea-capitis"]),
        ("worms in children", ["helminthiasis"]),
        ("for nerves, adults take", ["anxiety"]),
        ("the nerves of the hand", []),
        ("for nerve blocks", []),
        ("fits in the pocket", []),
        ("wind the bandage", []),
        ("a cold compress", []),
        ("room temperature", []),
        ("2 mg after each loose stool", []),
    ],
)
def test_turns_and_words_with_other_meanings(text: str, expected: list[str]) -> None:
    assert [each.use for each in uses_in(text)] == expected
