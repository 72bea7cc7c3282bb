"""How many of what is counted a dosage takes in all, or in the days of a supply."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.state import Clause

_FEWEST = 4
"""Fewer than so many could be a dose."""


def in_all(clause: Clause) -> Decimal | None:
    """How many are taken in all, where a count, a frequency of the day and a length in days say it."""
    times, length, count = clause.times, clause.duration, clause.count
    if times is None or length is None or times.low != times.high or times.unit != "d" or times.period != 1:
        return None
    days = {"d": Decimal(1), "wk": Decimal(7)}.get(length.unit)
    if days is None or not length.single:
        return None
    if count is None:
        one = Decimal(1) if len(clause.masses) == 1 and not clause.per_day else None
    else:
        one = count[1] if count[0] == count[1] else None
    return one * times.high * length.high * days if one is not None else None


_SUPPLIES = (7, 14, 21, 28, 30, 56, 60, 84, 90, 112)
"""Days for which a drug is handed out."""


def lasts(clause: Clause, value: Decimal) -> bool:
    """Whether so many are just what is taken in the days of a supply: "1 once a week, 4 tablets" last four weeks."""
    times, count = clause.times, clause.count
    if value < _FEWEST or count is None or count[0] != count[1] or times is None or clause.prn:
        return False
    days = {"d": Decimal(1), "wk": Decimal(7)}.get(times.unit)
    if days is None or times.low != times.high or times.period_high is not None or value < count[1] * 2:
        return False
    return any(value * days * times.period == count[1] * times.high * length for length in _SUPPLIES)
