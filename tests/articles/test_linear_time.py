"""Reading an article takes time that grows with its length and no faster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("markdown_it")

from doseref.articles.extract import extract
from doseref.articles.read import article_of
from doseref.refdata import reference
from steps import steps

DRUGS = ("Ibuprofen", "Naproxen", "Acetaminophen", "Tramadol", "Gabapentin")


def dose(number: int) -> str:
    return f"{10 + number} mg every {4 + number % 9} hours"


SHAPES: dict[str, Callable[[int], str]] = {
    "items": lambda n: "".join(f"- {DRUGS[i % 5]}: {dose(i)}, note {i}\n" for i in range(n)),
    "headings": lambda n: "".join(f"## {DRUGS[i % 5]} {i}\n\nTake {dose(i)}.\n\n" for i in range(n)),
    "a table": lambda n: (
        "| Drug | Dose |\n|---|---|\n" + "".join(f"| {DRUGS[i % 5]} | {dose(i)} |\n" for i in range(n))
    ),
    "a paragraph": lambda n: " ".join(f"{DRUGS[i % 5]} {dose(i)} in case {i}." for i in range(n)),
    "unknown drugs": lambda n: " ".join(f"Foozumab {dose(i)} in case {i}." for i in range(n)),
    "repeats sooner than said": lambda n: "".join(
        f"Ibuprofen {dose(i)}.\n\nIbuprofen may be repeated after 4 hours.\n\n" for i in range(n)
    ),
    "labels without a dose": lambda n: "".join(f"- Advice {chr(97 + i % 26)}:\n  - more words\n" for i in range(n)),
}


def _steps(text: str) -> int:
    return steps(lambda: extract(article_of(text, "page.md"), reference()))


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_four_times_the_steps(shape: str) -> None:
    make = SHAPES[shape]
    _steps(make(10))  # what is worked out once for all articles
    short, long = _steps(make(30)), _steps(make(120))
    assert long < 4 * short * 1.25
