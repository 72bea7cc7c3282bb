"""Whether words of an article tell of a time: by the kinds of the sig language, and by few words of its own."""

from __future__ import annotations

import pytest

from doseref.articles.how_often import SHAPES, has_frequency


@pytest.mark.parametrize("example", [example for _, example in SHAPES])
def test_each_shape_is_that_of_its_example(example: str) -> None:
    assert has_frequency(f"40 mg {example}")


@pytest.mark.parametrize(
    "text",
    [
        "500 mg as soon as the headache starts",
        "50 mg at the first sign of an attack",
        "2 mg, and 1 mg an hour later",
        "500 mg alle 6 Stunden",
        "one 250 mg tablet morning and night",
        "5 mg every 20 minutes for three doses",
        "600 mg with lunch",
        "1 g per 24 hours",
        "10 mg/day",
        "40 mg as a single dose",
    ],
)
def test_how_often_it_is_said(text: str) -> None:
    assert has_frequency(text)


@pytest.mark.parametrize(
    "text",
    [
        "ibuprofen 400 mg",
        "30 mg × 28 tablets: £1.05",  # what a pack holds
        "each capsule holds 500 mg",
        "the vial has 160 mg in every 5 mL",
        "the 2 mg tablet is round now",
        "seizures after single ingestions of 500 mg",
        "1.24 times higher than with 75 mg",
        "morning levels above 50 ng/mL",
        "20 mg/kg over 2 minutes",  # how fast it runs in
        "vitamin D 4.2 mcg",
    ],
)
def test_what_tells_of_no_time(text: str) -> None:
    assert not has_frequency(text)
