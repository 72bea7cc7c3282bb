"""Which labels below a drug say what its dose is for, and which may be the name of another drug."""

from __future__ import annotations

import pytest

from doseref.articles.plain_phrases import is_place, is_plain_phrase, is_use_before


@pytest.mark.parametrize(
    "label",
    [
        "Bad flare", "Rate control", "Weaning", "After repletion", "Young and fit", "Post-MI", "Phantom limb pain", "Graves' disease",
        "Known coronary disease", "Suspected MI, in the clinic", "Swollen ankles", "Before dental work", "Stage fright", "Night shift workers",
    ],
)  # fmt: skip
def test_words_of_the_language_are_no_name(label: str) -> None:
    assert is_plain_phrase(label)


@pytest.mark.parametrize(
    "label",
    ["Zorvex", "Dolorix forte", "Red clover", "Black cohosh", "MTX", "INH", "Steroid", "Alternatives", "Labetalol instead", "Ruplaxine for pain"],
)  # fmt: skip
def test_a_word_that_is_not_known_may_be_a_name(label: str) -> None:
    assert not is_plain_phrase(label)


def test_a_place_sets_no_dose_apart() -> None:
    assert is_place("At home") and is_place("On the ward") and not is_place("At bedtime") and not is_place("In gout")


def test_a_use_in_front_of_a_drug_ends_with_a_comma() -> None:
    assert is_use_before("Rheumatoid arthritis, ") and is_use_before("Migraine, acute, ")
    assert (
        not is_use_before("NSAIDs, ") and not is_use_before("Zorvex, ") and not is_use_before("Rheumatoid arthritis ")
    )
