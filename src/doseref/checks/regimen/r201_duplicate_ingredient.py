"""R201 duplicate-ingredient (info)

What. The same substance comes from two or more items, under whatever names.

Why. It is a fault only by what it adds up to (R101, R102). Two strengths of one drug, or an immediate- and an
extended-release form, can be meant; the finding tells which it is.

Passes:
    Acetaminophen 500 mg every 6 hours
    Ibuprofen 400 mg every 8 hours

Fires:
    Tylenol Extra Strength 2 tablets every 8 hours
    Norco 5/325 1 tablet every 6 hours as needed for pain
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, listed
from doseref.regimen.model import Item

_RELEASES = {"IR": "immediate-release", "ER": "extended-release", "DR": "delayed-release", "EC": "enteric-coated"}


def check(case: Case) -> Iterator[Finding]:
    """One finding per substance that several items name, read or not."""
    named: dict[str, list[Item]] = {}
    for item in case.items:
        for substance in item.substances:
            named.setdefault(substance, []).append(item)
    for substance, items in named.items():
        if len(items) < 2:
            continue
        name = case.name(substance)
        workings = [f"item {e.item}: {e.working}" for item in items for e in item.exposures if e.substance == substance]
        yield Finding(
            "R201", "duplicate-ingredient", Severity.INFO,
            f"{name} comes from {_count(len(items))} items ({listed(str(item.n) for item in items)}){_meant(case, substance, items)}",
            items=tuple(item.n for item in items), substances=(name,), working="; ".join(workings),
        )  # fmt: skip


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(number, str(number))


def _meant(case: Case, substance: str, items: list[Item]) -> str:
    """What may be meant: two release forms, two routes, two strengths."""
    exposures = [e for item in items for e in item.exposures if e.substance == substance]
    kinds = {e.route for e in exposures}
    if len(kinds) == 1 and len({e.release or "IR" for e in exposures}) > 1:
        forms = listed(sorted(_RELEASES[e] for e in {e.release or "IR" for e in exposures}))
        return f": {forms} forms, which can be meant"
    if len({e.route for e in exposures}) > 1:
        return f": by different routes ({listed(sorted({e.route for e in exposures}))}), which are not added up"
    if len({e.per_dose for e in exposures}) > 1 and all(len(item.substances) == 1 for item in items):
        return ": two strengths or doses, which can be meant"
    return ""
