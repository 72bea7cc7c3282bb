"""D318 limit-period (error)

What. A limit of a substance and route of which all others (two or more, or one of another source) are per week or
longer is not per day, and the other way round. Rows of another release or form than the others, and figures that come to
the same a day as another row's, are left alone; those that are so and were read again stand in ``odd_limits.tsv``.

Why. Methotrexate 25 mg a day instead of a week kills, and a table that allows it silences the warning (R107). Per week for
per day makes a sound dose look seven times too much.

Passes:
    methotrexate 25 mg per 1 wk, all other limits per week

Fires:
    methotrexate 25 mg per 1 d, all other limits per week
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.dataset.data import Dataset, Rule, number, place
from doseref.checks.dataset.odd_limits import is_odd_but_so
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.units import UNITS

RULE = Rule("D318", "limit-period")

_DAYS = {"h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7), "mo": Decimal(30), "a": Decimal(365)}
_LONG_DAYS = 7
"""From a week on an interval is a weekly or longer one; two or three days are a dose on alternate days."""


def check(data: Dataset) -> Iterator[Finding]:
    """Limits per day of what all others give per week or longer, and the reverse."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in data.rows("limits"):
        if row["amount"] and _days(row) and not row["product"]:
            groups.setdefault((row["substance"], row["route"]), []).append(row)
    for group in groups.values():
        long = {id(row): (_days(row) or 0) >= _LONG_DAYS for row in group}
        for row in group:
            others = [each for each in group if each is not row]
            if not others or any(long[id(each)] == long[id(row)] for each in others):
                continue
            if (len(others) < 2 and others[0]["source"] == row["source"]) or _another_thing(row, others):
                continue
            if any(_same_a_day(row, each) for each in others) or is_odd_but_so(row, "amount", "unit"):
                continue
            yield _found(row, others)


def _found(row: Row, others: list[Row]) -> Finding:
    beside = others[0]
    message = (
        f"{row['substance']} {row['amount']} {row['unit']} per {_period(row)}, but every other limit is per "
        f"{_period(beside)} ({beside['id']}: {beside['amount']} {beside['unit']})"
    )
    mend = "compare the period with the source; correct period or period_unit"
    return RULE.at(row, "period_unit", message, mend, also=(place(beside, "period_unit"),))


def _another_thing(row: Row, others: list[Row]) -> bool:
    """Whether a limit is of a release that none of the others is of: "once weekly" capsules beside daily ones."""
    return bool(row["release"]) and all(each["release"] != row["release"] for each in others)


def _same_a_day(one: Row, other: Row) -> bool:
    """Whether two limits come to the same a day: 350 mg a week beside 50 mg."""
    daily = [_daily(each) for each in (one, other)]
    return None not in daily and daily[0] == daily[1]


def _daily(row: Row) -> tuple[str, Decimal] | None:
    amount, days, known = number(row, "amount"), _days(row), UNITS.get(row["unit"])
    return (known.dimension, amount * known.factor / days) if amount and days and known else None


def _days(row: Row) -> Decimal | None:
    period, days = number(row, "period"), _DAYS.get(row["period_unit"])
    return period * days if period and days else None


def _period(row: Row) -> str:
    return f"{row['period']} {row['period_unit']}"
