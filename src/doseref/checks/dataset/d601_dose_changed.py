"""D601 dose-changed (info)

What. Against an older version of the dataset (--against), each figure that differs, said in words.

Why. A change to a dose is reviewed like code; a reviewer should see "400–600 → 400–800 mg", not two long lines of commas.

Passes:
    the same figures as in the older version

Fires:
    ibuprofen, l2-l3: single dose 400–600 → 400–800 mg
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, place
from doseref.findings import Finding, Location, Severity

RULE = Rule("D601", "dose-changed", Severity.INFO)


def check(data: Dataset) -> Iterator[Finding]:
    """Every change since the older version, if one was given."""
    if data.older is None:
        return
    from doseref.tables.compare import changes

    base = data.shown.rstrip("/")
    for change in changes(data.older, data.sheets):
        where = place(change.row, change.column) if change.row is not None else Location(f"{base}/{change.table}.csv")
        yield Finding(
            RULE.code,
            RULE.name,
            RULE.severity,
            change.words,
            substances=(change.substance,) if change.substance else (),
            sources=(change.source,) if change.source else (),
            locations=(where,),
        )
