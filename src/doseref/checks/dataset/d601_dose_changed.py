"""D601 dose-changed (info)

What. Against an older version of the dataset (--against), each figure that differs, said in words.

Why. A change to a dose is reviewed like code; a reviewer should see "400–600 → 400–800 mg", not two long lines of
commas.

Passes:
    the same figures as in the older version

Fires:
    ibuprofen, l2-l3: single dose 400–600 → 400–800 mg
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding, Severity

RULE = Rule("D601", "dose-changed", Severity.INFO)


def check(data: Dataset) -> Iterator[Finding]:
    """Every change of a figure since the older version, if one was given."""
    for change in data.changes():
        if change.figure:
            yield RULE.changed(data, change)
