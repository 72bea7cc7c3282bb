"""D602 entry-changed (info)

What. Against an older version of the dataset (--against), every cell but a figure that differs, and every row without a
figure that came or went.

Why. A name, a class or a line that moves changes what is found, though no dose did; it is told apart from the doses,
which a reviewer looks at first.

Passes:
    the same names as in the older version

Fires:
    ibuprofen, Advil: no longer in names.csv
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding, Severity

RULE = Rule("D602", "entry-changed", Severity.INFO)


def check(data: Dataset) -> Iterator[Finding]:
    """Every other change since the older version, if one was given."""
    for change in data.changes():
        if not change.figure:
            yield RULE.changed(data, change)
