"""D315 limit-days (error)

What. The days of a limit have both ends or an open end; a maximum that holds on the first days only has a companion: a
limit of the same substance, kind of route, country and status that goes on from there. A product's own label holds on
all days, and what holds on the first days gives no longest duration besides.

Why. "8 g for the first 72 hours" read as a limit of every day calls a dose within limits that the label reduces on the
fourth.

Passes:
    to_day 3, and a companion with from_day 4

Fires:
    to_day 3, and no limit of the substance from day 4 on
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, number, terms
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D315", "limit-days")


def check(data: Dataset) -> Iterator[Finding]:
    """Limits of some days of a course that leave the other days without a word."""
    own: dict[str, list[Row]] = {}
    for row in data.rows("limits"):
        own.setdefault(row["substance"], []).append(row)
    for row in data.rows("limits"):
        if row["to_day"] and not row["from_day"]:
            yield RULE.at(
                row, "from_day", f"from_day is blank beside to_day {row['to_day']}", "fill in 1 for the first day"
            )
        if not (row["from_day"] or row["to_day"]):
            continue
        if terms(row["product"]) and row["unit"].startswith("{"):
            yield RULE.at(row, "from_day", "days of a limit that counts units of a product", "clear the days")
        if row["to_day"] and row["longest"]:
            yield RULE.at(row, "longest", f"longest {row['longest']} beside to_day {row['to_day']}", "keep one of them")
        if (
            row["to_day"]
            and row["kind"] == "maximum"
            and not any(_goes_on(each, row) for each in own[row["substance"]])
        ):
            message = f"{row['substance']} has no limit from day {int(number(row, 'to_day') or 0) + 1} on"
            yield RULE.at(
                row, "to_day", message, "add what the source gives for the days after it, or choose another kind"
            )


def _goes_on(later: Row, first: Row) -> bool:
    """Whether a limit is about the days after those of another."""
    start, end = number(later, "from_day") or 1, number(first, "to_day") or 0
    same = all(later[name] == first[name] for name in ("country", "status")) and later["route"] in ("", first["route"])
    figure = later["amount"] or later["kind"] in ("titrated", "schedule-only")
    return bool(same and figure and not later["to_day"] and start <= end + 1 and not later["product"])
