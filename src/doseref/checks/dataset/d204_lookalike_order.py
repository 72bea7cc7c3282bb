"""D204 lookalike-order (error)

What. A look-alike pair is two different names in lower case, the one that sorts first in name_a.

Why. One order makes one row of a pair; the other way round it would be listed twice and found once.

Passes:
    hydrocodone,oxycodone

Fires:
    oxycodone,hydrocodone
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, shown
from doseref.findings import Finding

RULE = Rule("D204", "lookalike-order")


def check(data: Dataset) -> Iterator[Finding]:
    """Pairs in the wrong order, of one name, or with capital letters."""
    for row in data.rows("lookalikes"):
        a, b = row["name_a"], row["name_b"]
        for column in ("name_a", "name_b"):
            if row[column] != row[column].lower():
                yield RULE.at(
                    row, column, f"{shown(row[column])} is not in lower case", f"write {shown(row[column].lower())}"
                )
        if a.lower() == b.lower():
            yield RULE.at(row, "name_b", f"{shown(a)} is paired with itself", "correct one of the names")
        elif a.lower() > b.lower():
            yield RULE.at(row, "name_a", f"{shown(a)} sorts after {shown(b)}", "swap name_a and name_b")
