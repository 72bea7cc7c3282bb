"""D208 other-country (error)

What. A limit's country is that of its source, where the source has one and the limit is tied to a country.

Why. Labels of one country judge; a figure under a wrong code (KP for KR) is asked by nobody who should, or by the wrong
ones.

Passes:
    country KR, its source of KR

Fires:
    country KP, its source of KR
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, place
from doseref.findings import Finding

RULE = Rule("D208", "other-country")


def check(data: Dataset) -> Iterator[Finding]:
    """Limits whose country is not their source's."""
    sources = data.ids("sources")
    for row in data.rows("limits"):
        source = sources.get(row["source"])
        if source is None or not row["country"]:
            continue
        if source["country"] and source["country"] != row["country"]:
            message = f"country {row['country']}, but its source {source['id']} is of {source['country']}"
            mend = "correct the country of the limit, or that of the source"
            yield RULE.at(row, "country", message, mend, also=(place(source, "country"),))
