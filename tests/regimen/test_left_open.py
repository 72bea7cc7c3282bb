"""What an instruction leaves open (``left_open.tsv``): what nobody writes stays quiet, what is missing is a warning.

``quiet`` is an item of which nothing is added up, is not assessed, and tells nothing above information; otherwise the code of its
warning. ``--strict`` makes what is left open an error.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import doseref
from doseref.findings import Severity

ROWS = [
    (row["items"].split(" | "), row["told"])
    for row in csv.DictReader(
        Path(__file__).with_name("left_open.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
]


@pytest.mark.parametrize(("items", "told"), ROWS, ids=[" | ".join(items) for items, _ in ROWS])
def test_what_is_left_open(items: list[str], told: str) -> None:
    (regimen,) = doseref.check(items).regimens
    loud = {each.code for each in regimen.findings if each.severity > Severity.INFO}
    first = regimen.items[0]
    if told == "quiet":
        assert loud == set()
        assert (first.exposures, any(first.n in numbers for numbers, *_ in regimen.not_assessed)) == ((), True)
    else:
        assert told in loud


def test_strict_asks_for_it() -> None:
    found = doseref.check(["Ventolin prn"], strict=True).findings
    assert [each.code for each in found if each.severity == Severity.ERROR] == ["R403"]
