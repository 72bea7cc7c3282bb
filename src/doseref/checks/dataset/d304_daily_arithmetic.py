"""D304 daily-arithmetic (error)

What. The daily amounts of a row are its dose × its administrations per 24 hours: "every n hours" is floor(24/n) to
ceil(24/n), as-needed doses count as taken, the stated maximum is ignored. A row with a longer period has no daily
amount.

Why. The daily figures are what limits and articles are compared by; a slip in them is a wrong verdict.

Passes:
    400 to 800 mg, every 6 to 8 hours, 1,200 to 3,200 mg a day

Fires:
    400 to 800 mg, every 6 to 8 hours, 1,200 to 2,400 mg a day
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from doseref import units
from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, dose_stem, number
from doseref.dosage.rates import in_any_day
from doseref.errors import QuantityError
from doseref.findings import Finding
from doseref.quantities import ONE
from doseref.tables.read import Row
from doseref.tables.write import in_words

RULE = Rule("D304", "daily-arithmetic")

_PER_DAY = {"h": Decimal(24), "d": ONE}


def check(data: Dataset) -> Iterator[Finding]:
    """Rows whose daily amounts are not their own arithmetic."""
    for name in STATEMENT_TABLES:
        for row in data.rows(name):
            yield from _judged(row)


def _judged(row: Row) -> Iterator[Finding]:
    stem = dose_stem(row)
    low, high = number(row, f"{stem}_low"), number(row, f"{stem}_high")
    daily_low, daily_high = number(row, "daily_low"), number(row, "daily_high")
    if low is None or high is None:
        if daily_low is not None or daily_high is not None:
            yield RULE.at(
                row, "daily_low", "a daily amount without a dose", "fill in the dose, or clear the daily amount"
            )
        return
    counts = administrations(row)
    if counts is None:
        if daily_low is not None:
            yield RULE.at(row, "daily_low", "a daily amount, but the row is not taken daily", "clear the daily amount")
        return
    if daily_low is None or daily_high is None:
        if stem == "dose" and _says_how_often(row):
            yield RULE.at(
                row, "daily_low", f"no daily amount, but the row gives {_working(row, stem, counts)}", "fill it in"
            )
        return
    unit = row["daily_unit"]
    try:
        made_low = units.convert(low * counts[0], row[f"{stem}_unit"], unit)
        made_high = units.convert(high * counts[1], row[f"{stem}_unit"], unit)
    except QuantityError:
        return
    # Where nothing but event timing ("at bedtime") says how often, it is one administration for each, which D401
    # counts.
    counted = () if _says_how_often(row) else (1, 2, 3, 4)
    if any(daily_low == made_low * times and daily_high == made_high * times for times in counted):
        return
    for column, made, found in (("daily_low", made_low, daily_low), ("daily_high", made_high, daily_high)):
        if made != found:
            yield RULE.at(
                row,
                column,
                f"{column} is {in_words(found)} {unit}, but the row gives {in_words(made)} {unit}",
                "correct the daily amount, the dose or the frequency",
                working=_working(row, stem, counts),
            )


def administrations(row: Row) -> tuple[Decimal, Decimal] | None:
    """Fewest and most administrations per 24 hours that a row's columns give;
    ``None`` for longer periods and single doses.
    """
    if row["per_day"]:
        return ONE, ONE
    times_low, times_high, period = number(row, "times_low"), number(row, "times_high"), number(row, "times_period")
    if times_low is not None and times_high is not None and period is not None:
        return (times_low, times_high) if _PER_DAY.get(row["times_unit"]) == period else None
    every_low, every_high = number(row, "every_low"), number(row, "every_high")
    if every_low is not None and every_high is not None:
        day = _PER_DAY.get(row["every_unit"])
        if day is None or not every_low or not every_low <= every_high <= day:
            return None
        hour = 24 / Fraction(day)  # how many hours one of the unit has
        return in_any_day(ONE, ONE, Fraction(every_low) * hour, Fraction(every_high) * hour)
    return None if row["doses_low"] and not row["daily_low"] else (ONE, ONE)


def _says_how_often(row: Row) -> bool:
    return bool(row["per_day"] or row["times_low"] or row["every_low"])


def _working(row: Row, stem: str, counts: tuple[Decimal, Decimal]) -> str:
    low, high = (in_words(count) for count in counts)
    often = low if low == high else f"{low} to {high}"
    ends = row[f"{stem}_low"], row[f"{stem}_high"]
    dose = ends[0] if ends[0] == ends[1] else " to ".join(ends)
    return f"{dose} {row[f'{stem}_unit']} × {often} in 24 hours"
