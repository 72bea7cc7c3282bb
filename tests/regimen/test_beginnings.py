"""The letters that words before an item begin with are those of their patterns: a pattern that is not asked finds nothing."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from doseref.items.marks import _BEGINNINGS, unmarked

LETTERS = string.ascii_lowercase + string.digits + " &/([:#-."


def one(told: Any) -> Iterator[str]:
    """The characters of :data:`LETTERS` that a set of the pattern holds."""
    for each in LETTERS:
        for kind, value in told:
            code = ord(each)
            if (
                (kind is sre.LITERAL and chr(value).lower() == each)
                or (kind is sre.RANGE and value[0] <= code <= value[1])
                or (kind is sre.RANGE and value[0] <= ord(each.upper()) <= value[1])
                or (kind is sre.CATEGORY and value is sre.CATEGORY_SPACE and each == " ")
            ):
                yield each
                break


def heads(steps: list[Any], length: int) -> set[str]:
    """What a match of ``steps`` begins with, its first ``length`` characters; shorter where it ends before."""
    found = {""}
    for kind, value in steps:
        if all(len(each) >= length for each in found):
            break
        if kind is sre.LITERAL:
            more = {chr(value).lower()}
        elif kind is sre.IN:
            more = set(one(value))
        elif kind is sre.BRANCH:
            more = set().union(*(heads(list(each), length) for each in value[1]))
        elif kind is sre.SUBPATTERN:
            more = heads(list(value[3]), length)
        elif kind is sre.MAX_REPEAT:
            least, most, inner = value
            times = [heads(list(inner) * n, length) for n in range(least, min(int(most), least + length) + 1)]
            more = set().union(*times)
        elif kind is sre.ASSERT:
            more = {""}
        else:
            raise AssertionError(f"{kind} in a pattern of words before an item: say here how it begins")
        found = {(each + other)[:length] for each in found for other in more}
    return found


@pytest.mark.parametrize(("pattern", "beginnings"), _BEGINNINGS, ids=[each.pattern[:20] for each, _ in _BEGINNINGS])
def test_beginnings_are_those_of_the_pattern(pattern: re.Pattern[str], beginnings: frozenset[str]) -> None:
    begins = {each.strip() for each in heads(list(_parser.parse(pattern.pattern, re.I)), 2) if each.isascii()}
    assert begins - {""} == set(beginnings)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("no change: Norvasc 5 mg daily", "Norvasc 5 mg daily"),
        ("Norvasc 5 mg daily", "Norvasc 5 mg daily"),
        ("NEW: lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("R/x: lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("I take lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("a) lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("viii) lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("A & E TTO lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("℞ lisinopril 10 mg daily", "lisinopril 10 mg daily"),
        ("ﬁsh oil 1 g daily", "ﬁsh oil 1 g daily"),
    ],
)
def test_marks_are_taken_off(text: str, item: str) -> None:
    assert unmarked(text) == item
