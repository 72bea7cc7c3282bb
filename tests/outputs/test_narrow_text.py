"""Everyday lists on a terminal of 60 columns: the answer first, nothing wider, no amount broken off its unit."""

from __future__ import annotations

import itertools
import re

import pytest

import doseref
from doseref.reports import check_text

WIDTH = 60
LISTS: dict[str, tuple[list[str], dict[str, int], int]] = {
    "nine, nothing amiss": (
        ["metformin 1000 mg twice daily", "lisinopril 20 mg daily", "atorvastatin 40 mg at bedtime",
         "amlodipine 5 mg in the morning", "sertraline 50 mg daily", "levothyroxine 88 mcg daily", "omeprazole 20 mg daily",
         "acetaminophen 500 mg every 6 hours as needed", "aspirin 81 mg daily"],
        {}, 34,
    ),
    "six, one of them over": (
        ["Tylenol Extra Strength 500 mg, 2 tablets every 6 hours", "Norco 5/325 1 tablet every 4-6 hours as needed",
         "docusate 100 mg twice daily", "lisinopril 10 mg daily", "atorvastatin 20 mg at bedtime", "vitamin D 1000 IU daily"],
        {}, 42,
    ),
    "twelve, weak kidneys": (
        ["metformin 500 mg twice daily", "gabapentin 600 mg three times daily", "lisinopril 20 mg daily",
         "hydrochlorothiazide 25 mg daily", "ibuprofen 400 mg every 6 hours as needed", "atorvastatin 40 mg at bedtime",
         "amlodipine 5 mg daily", "apixaban 5 mg twice daily", "sertraline 50 mg daily", "vitamin D 1000 IU daily",
         "omeprazole 20 mg daily", "tramadol 50 mg every 6 hours as needed"],
        {"age": 78, "egfr": 38}, 82,
    ),
}  # fmt: skip
"""Items, what is known of the person, and the most lines."""


@pytest.mark.parametrize("name", LISTS)
def test_an_everyday_list_is_read_on_a_narrow_terminal(name: str) -> None:
    items, facts, most = LISTS[name]
    result = doseref.check(items, **facts)  # type: ignore[arg-type]
    lines = check_text.render(result, WIDTH, False).splitlines()
    assert re.match(r"(?:no errors or warnings|\d+ (?:error|warning)).*; ", lines[0]), lines[0]
    assert not [line for line in lines if len(line) > WIDTH]
    assert len(lines) <= most
    for line, following in itertools.pairwise(lines):
        broken = re.search(r"\d$", line) and re.match(r"\s+(?:mg|mcg|g|mL|units|hours|mL/min)\b", following)
        assert not broken, (line, following)


def test_who_the_limits_are_for_is_said_truly() -> None:
    known = check_text.render(doseref.check(["gabapentin 600 mg three times daily"], egfr=38), 400, False)
    assert (
        "Limits are for adults, normal renal and hepatic function; a person known to be otherwise is held against "
        "limits stated for such people, and is over where it is for others." in known
    )
    usual = check_text.render(doseref.check(["gabapentin 600 mg three times daily"], egfr=90), 400, False)
    assert "Limits are for adults, normal renal and hepatic function. " in usual


def test_a_reason_that_many_share_is_told_once() -> None:
    items, facts, _ = LISTS["twelve, weak kidneys"]
    made = check_text.render(doseref.check(items, **facts), 400, False)  # type: ignore[arg-type]
    assert made.count("eGFR 38 mL/min: the limits are for normal kidneys") == 1


def test_what_holds_for_many_is_said_once() -> None:
    items, facts, _ = LISTS["twelve, weak kidneys"]
    text = " ".join(check_text.render(doseref.check(items, **facts), WIDTH, False).split())  # type: ignore[arg-type]
    assert text.count("o adjustment is stated here for eGFR 38 mL/min") == 1
    assert (
        "for eGFR 38 mL/min: ibuprofen, amlodipine, sertraline, vitamin D, lisinopril, hydrochlorothiazide, ator"
        in text
    )
    few = check_text.render(doseref.check(items[4:5], **facts), WIDTH, False)  # type: ignore[arg-type]
    assert "is stated here for eGFR 38 mL/min; at most" in " ".join(few.split())
