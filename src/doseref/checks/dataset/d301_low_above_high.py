"""D301 low-above-high (error)

What. The low end of a range is not above its high end, and a range has both ends.

Why. Swapped ends turn "200–400 mg" into a dose that nothing satisfies.

Passes:
    dose_low 200, dose_high 400

Fires:
    dose_low 400, dose_high 200
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, number
from doseref.findings import Finding

RULE = Rule("D301", "low-above-high")


def check(data: Dataset) -> Iterator[Finding]:
    """All pairs of columns called something_low and something_high, and days from and to."""
    for sheet in data.sheets.values():
        header = sheet.table.header
        pairs = [
            (name, name[:-3] + "high") for name in header if name.endswith("_low") and name[:-3] + "high" in header
        ]
        if "from_day" in header:
            pairs.append(("from_day", "to_day"))
        for row in sheet.rows if pairs else ():
            for low_name, high_name in pairs:
                if row[low_name] == row[high_name]:
                    continue
                low, high = number(row, low_name), number(row, high_name)
                if low is not None and high is not None and low > high:
                    yield RULE.at(
                        row,
                        low_name,
                        f"{low_name} {row[low_name]} is above {high_name} {row[high_name]}",
                        "swap or correct them",
                    )
                elif "no such bound" not in sheet.table.column(low_name).words and not (
                    row[low_name] and row[high_name]
                ):
                    blank, filled = (low_name, high_name) if not row[low_name] else (high_name, low_name)
                    yield RULE.at(
                        row,
                        blank,
                        f"{blank} is blank beside {filled} {row[filled]}",
                        f"fill in both ends (the same number twice where there is one), or clear {filled}",
                    )
