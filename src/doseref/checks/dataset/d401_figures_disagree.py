"""D401 figures-disagree (error)

What. The program reads the dosage text anew; every figure that it finds agrees with the curated column, and every
curated figure is found: dose, count, frequency, interval, daily amount, target, maximum, durations, route, release,
as-needed.

Why. Two entries made independently rarely have the same slip. Where they part, one of them is wrong.

Passes:
    dosage "400–800 mg every 6–8 hours", dose_low 400, dose_high 800

Fires:
    dosage "400–800 mg every 6–8 hours", dose_low 400, dose_high 8000
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, shown
from doseref.checks.dataset.double_entry import differences, reading, resolver
from doseref.findings import Finding

RULE = Rule("D401", "figures-disagree")


def check(data: Dataset) -> Iterator[Finding]:
    """Each column in which text and figure part, of all statements that are not marked as exceptions."""
    resolve = resolver(data)
    for rows in data.statements().values():
        text = rows[0]["dosage"]
        if not text or any(row["exception"] for row in rows):
            continue
        dosage = reading(data, text)
        if dosage.status != "read" and rows[0]["computable"] != "no":
            continue  # D404 tells of it
        for found in differences(rows, dosage, resolve, strict=dosage.status == "read"):
            yield RULE.at(
                found.row,
                found.column,
                f"{found.row['id']}: {found.column} says {found.curated or 'nothing'}, the text says "
                f"{found.read or 'nothing'}",
                f"compare both with the source; the text is {shown(text, 240)}",
            )
