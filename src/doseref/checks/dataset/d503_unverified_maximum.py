"""D503 unverified-maximum (error)

What. A limit that acts as a maximum is verified, and so is its source. What the program read from a label file (tier
machine-read) informs until a person has confirmed it; it may stand unverified.

Why. An unverified figure that silences or raises an alarm does harm either way; it may be kept, as another kind.

Passes:
    kind maximum, verification verified-secondary

Fires:
    kind maximum, verification unverified
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, place
from doseref.findings import Finding
from doseref.tables.schema import MACHINE_READ

RULE = Rule("D503", "unverified-maximum")


def check(data: Dataset) -> Iterator[Finding]:
    """Maxima that nobody verified."""
    sources = data.ids("sources")
    for row in data.rows("limits"):
        source = sources.get(row["source"])
        if row["kind"] != "maximum" or (source is not None and source["tier"] == MACHINE_READ):
            continue
        if row["verification"] == "unverified":
            yield RULE.at(
                row, "verification", f"the maximum {row['id']} is unverified", "verify it, or choose another kind"
            )
        elif source is not None and source["verification"] == "unverified":
            yield RULE.at(
                row,
                "source",
                f"the maximum {row['id']} rests on the unverified source {row['source']}",
                "verify the source, or choose another kind",
                also=(place(source, "verification"),),
            )
