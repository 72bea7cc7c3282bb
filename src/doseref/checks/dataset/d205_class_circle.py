"""D205 class-circle (error)

What. No class is its own parent, grandparent or further ancestor.

Why. Whether two drugs are of one class is found by walking up; in a circle that never ends.

Passes:
    nsaid → analgesic

Fires:
    nsaid → analgesic → nsaid
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D205", "class-circle")


def check(data: Dataset) -> Iterator[Finding]:
    """Every class that is its own ancestor, once for each circle."""
    parents = {row["id"]: row for row in data.rows("classes")}
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        here = start
        while here in parents and here not in done and here not in path:
            path.append(here)
            here = parents[here]["parent"]
        if here in path:
            circle = " → ".join([*path[path.index(here) :], here])
            yield RULE.at(
                parents[here], "parent", f"the class is its own ancestor: {circle}", "correct one of the parents"
            )
        done.update(path)
