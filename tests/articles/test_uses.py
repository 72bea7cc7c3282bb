"""Pairs of short phrases, as authors say what a dose is for, that mean the same use or do not (``uses.tsv``).

``pages``: whether doses of two pages are held against each other, where one says the one phrase and one the other; ``page``: whether
two doses of one page are, which gives a dose for pain and one for nerve pain and means both.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from doseref.same_use import alike, is_one_use

with (Path(__file__).parent / "uses.tsv").open(encoding="utf-8", newline="") as handle:
    ROWS = [tuple(row.values()) for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("pages", "page", "one", "other"), ROWS, ids=[f"{row[2]} | {row[3]}" for row in ROWS])
def test_two_phrases_for_a_use(pages: str, page: str, one: str, other: str) -> None:
    one, other = one.lower(), other.lower()
    assert alike(one, other) is alike(other, one) is (pages == "yes")
    assert is_one_use(one, other) is is_one_use(other, one) is (page == "yes")
