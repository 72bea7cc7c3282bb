"""D306 unit-slip (error)

What. Two sources do not give the same figure of one substance in units a thousand times apart (1,000 mcg and 1,000 mg),
and a row does not mix such units.

Why. mg for mcg is a thousandfold overdose.

Passes:
    vitamin B12 1,000 mcg in both articles

Fires:
    vitamin B12 1,000 mcg in one article, 1,000 mg in another
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, number, place
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.units import UNITS

RULE = Rule("D306", "unit-slip")

_PAIRS = (
    ("dose_high", "dose_unit"),
    ("daily_high", "daily_unit"),
    ("target_high", "target_unit"),
    ("maximum", "maximum_unit"),
)


def check(data: Dataset) -> Iterator[Finding]:
    """Figures of one substance that are the same but for the unit."""
    figures: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    used: dict[str, Counter[str]] = {}
    for table in STATEMENT_TABLES:
        for row in data.rows(table):
            for column, unit in _PAIRS:
                if row[column] and row[unit]:
                    if UNITS.get(row[unit]) and UNITS[row[unit]].dimension == "mass":
                        figures.setdefault((row["substance"], row[column]), []).append((row, unit))
                    used.setdefault(row["substance"], Counter())[row[unit]] += 1
            yield from _within(row)
    for (substance, figure), found in figures.items():
        codes = {row[unit] for row, unit in found}
        if len(codes) < 2:
            continue
        usual = max(sorted(codes), key=lambda code: used[substance][code])
        beside = next((row, unit) for row, unit in found if row[unit] == usual)
        for row, unit in found:
            if row[unit] != usual:
                yield RULE.at(
                    row,
                    unit,
                    f"{substance} {figure} {row[unit]} here, but {figure} {usual} elsewhere",
                    "compare both with their sources; correct the unit that is wrong",
                    also=(place(*beside),),
                )


def _within(row: Row) -> Iterator[Finding]:
    """A target or maximum a thousand times below the dose: the unit of one of them slipped."""
    dose, code = number(row, "dose_low"), row["dose_unit"]
    if dose is None or code not in UNITS:
        return
    for column, unit in _PAIRS[2:]:
        other = number(row, column)
        if other is None or row[unit] not in UNITS or UNITS[row[unit]].dimension != UNITS[code].dimension:
            continue
        ratio = (other * UNITS[row[unit]].factor) / (dose * UNITS[code].factor) if dose else 1
        if row[unit] != code and not 1 <= ratio < 500:
            yield RULE.at(
                row,
                unit,
                f"{column} {row[column]} {row[unit]} does not fit a dose of {row['dose_low']} {code}",
                "correct the unit that is wrong",
                also=(place(row, "dose_unit"),),
            )
