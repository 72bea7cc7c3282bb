"""Every finding's working in the decks, done again from what it prints."""

from __future__ import annotations

import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from workings import Interval, Wrong, interval, number, right_side, total

from decks.deck import DECKS, Row, read
from doseref.findings import Finding
from doseref.quantities import printed
from doseref.regimen.judged import Judged
from doseref.units import printed as unit_word

ROWS = [row for path in DECKS.values() for row in read(path)]
_N = r"\d[\d,]*(?:\.\d+)?"
SUMS = ("R109", "R110", "R303", "R101", "R102", "R103", "R104", "R201", "R405")
"""Rules whose working is a sum of items."""


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_every_working_comes_to_what_it_says(row: Row) -> None:
    result = row.check()
    for finding in result.findings:
        if finding.working:
            again(finding, result.regimens[0], result.data.name_of)


def again(finding: Finding, regimen: Judged, name_of: object) -> None:
    """Raises where the working of a finding does not come out."""
    working = finding.working
    if finding.code in SUMS:
        value, unit, _ = total(working)
        if (
            finding.code in ("R101", "R102", "R103", "R104", "R110", "R303")
            and "label's maximum" not in finding.message
        ):
            assert shown(value) in finding.message.replace(",", ""), working
            assert any(shown(value) == shown_range(t.told_amount) for t in regimen.totals), (working, unit)
    elif finding.code == "R107":
        daily, _, longer = working.rpartition("; ")
        value, _, _ = total(daily)
        match = re.fullmatch(rf"(?:{_N} to )?{_N} \S+ × ({_N}) days = (.+)", longer)
        assert match, working
        days = number(match[1])
        assert right_side(match[2])[0] == (value[0] * days, value[1] * days)
    elif finding.code == "R302":
        opioid_load(working)
    elif finding.code == "R105":
        match = re.fullmatch(rf"item \d+: (?:{_N} to )?({_N}) .+ at one administration > ({_N}) .+", working)
        assert match and number(match[1]) > number(match[2]), working
    elif finding.code == "R106":
        interval_is_short(working)
    elif finding.code == "R108":
        parts, _, summed = working.partition(" = ")
        lengths = [number(each) for each in re.findall(rf"({_N}) days \(item \d+\)", parts)]
        assert lengths, working
        assert not summed or number(summed.removesuffix(" days")) == sum(lengths)
    elif finding.code == "R202":
        names, allowed = working.rpartition("; allowed together: ")[::2]
        assert len(names.split("; ")) > int(allowed)
    else:
        assert finding.code == "R301", f"{finding.code} has a working that nothing checks: {working}"
        assert len(working.split("; ")) == len(finding.substances)


def opioid_load(working: str) -> None:
    """``oxycodone: 60 mg × 1.5 = 90 mg``, added up."""
    low = high = Fraction(0)
    for part in working.split("; "):
        if part.startswith("total "):
            assert right_side(part.removeprefix("total "))[0] == (low, high), working
            continue
        match = re.fullmatch(rf"[^:]+: ({_N})(?: to ({_N}))? \S+ × ({_N}) = ({_N})(?: to ({_N}))? mg", part)
        assert match, part
        amount, factor, own = interval(match[1], match[2]), number(match[3]), interval(match[4], match[5])
        assert own == (amount[0] * factor, amount[1] * factor), part
        low, high = low + own[0], high + own[1]


def interval_is_short(working: str) -> None:
    """``item 1: 4 hours < 6 hours`` or ``item 1: 24 hours / 3 < 12 hours``."""
    match = re.fullmatch(rf"item \d+: ({_N}) (hours?|days)(?: / ({_N}))? < ({_N}) (hours?|days)", working)
    assert match, working
    hours = {"hour": 1, "hours": 1, "days": 24}
    taken = number(match[1]) * hours[match[2]] / (number(match[3]) if match[3] else 1)
    assert taken < number(match[4]) * hours[match[5]], working


def shown(value: Interval) -> str:
    low, high = (str(float(end)).removesuffix(".0") for end in value)
    return low if low == high else f"{low} to {high}"


def shown_range(amount: object) -> str:
    low, high = printed(amount.low).replace(",", ""), printed(amount.high).replace(",", "")  # type: ignore[attr-defined]
    return low if low == high else f"{low} to {high}"


@pytest.mark.parametrize(
    "working",
    [
        "item 1: 2 tablets × 500 mg × 4 = 4,100 mg in 24 hours",
        "item 1: 1 g (= 100 mg) × 4 = 400 mg in 24 hours",
        "item 1: 500 mg × 4 = 2,000 mg in 24 hours; item 2: 500 mg × 2 = 1,000 mg in 24 hours; total 3,500 mg in 24 hours",
        "item 1: 500 mg × 4, as needed = 2,000 mg in 24 hours",
    ],
)
def test_a_wrong_working_is_noticed(working: str) -> None:
    with pytest.raises(Wrong):
        total(working)


def test_every_exposure_comes_to_its_amount() -> None:
    for row in ROWS:
        for regimen in row.check().regimens:
            for item in regimen.items:
                for exposure in item.exposures:
                    value, unit, _ = total(f"item {item.n}: {exposure.working}")
                    told = exposure.amount
                    unit = "mcg" if unit.startswith("microgram") else unit
                    if unit in ("mg", "mcg") and {exposure.written, told.unit} == {
                        "mg",
                        "ug",
                    }:  # told as it was written
                        told = told.to({"mg": "mg", "mcg": "ug"}[unit])
                    assert value == (Fraction(told.low), Fraction(told.high)), exposure.working
                    assert unit in unit_word(told.unit), exposure.working
