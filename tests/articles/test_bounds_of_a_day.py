"""The most of a day in the words of many authors, and what only sounds like it; worked out by hand.

``bounds.tsv``: a text (``\\n`` is a line's end), all doses that are read of it (``substance amount unit often``) and all maxima of a day, each
list with semicolons.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from articles.test_contexts import page
from doseref.dosage.model import Option
from doseref.figures import doses, long_period, per_day
from doseref.quantities import json_number


def _listed(cell: str | None) -> set[str]:
    return {each.strip() for each in (cell or "").split(";") if each.strip()}


ROWS = [
    (row["text"].replace("\\n", "\n"), _listed(row["doses"]), _listed(row["maxima"]))
    for row in csv.DictReader(
        (Path(__file__).parent / "bounds.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE
    )
]


def _span(low: Decimal, high: Decimal) -> str:
    return str(json_number(low)) if low == high else f"{json_number(low)}-{json_number(high)}"


def _often(option: Option) -> str:
    longer, daily = long_period(option), per_day(option)
    if option.per_day:
        return f"a day in {_span(option.times.low, option.times.high)}" if option.times else "a day"
    if option.every and option.every.unit == "h":
        return f"q{_span(option.every.low, option.every.high)}h"
    if longer:
        return f"{json_number(longer[1])}/{longer[0].unit}"
    return f"{_span(*daily)}/d" if daily else ""


@pytest.mark.parametrize(("text", "wanted", "most"), ROWS, ids=lambda each: each[:40] if isinstance(each, str) else "")
def test_the_most_of_a_day(text: str, wanted: set[str], most: set[str]) -> None:
    found = page(text, kind="markdown").statements
    read = {
        f"{name} {_span(amount.low, amount.high)} {amount.unit} {_often(option)}".strip()
        for statement in found
        for option in statement.dosage.options
        for name, amount in doses(option, statement.substances)
    }
    told = {f"{each.substance} {json_number(each.amount)} {each.unit}" for s in found for each in s.maximum}
    assert (read, told) == (wanted, most)
