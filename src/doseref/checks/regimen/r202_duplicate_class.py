"""R202 duplicate-class (warning)

What. More different substances of one class are taken than the class allows (two NSAIDs, two opioids, two
benzodiazepines). Only substances that act in the whole body count; several laxatives are no finding.

Why. Two drugs of such a class add their harm and not their benefit.

Passes:
    Ibuprofen 400 mg every 8 hours
    Gabapentin 300 mg three times daily

Fires:
    Ibuprofen 400 mg every 8 hours
    Naproxen 250 mg twice daily
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed
from doseref.regimen.overlaps import acts_in_body


def check(case: Case) -> Iterator[Finding]:
    """One finding per class with too many different substances; a parent is told only for what its children do not tell."""
    members: dict[str, dict[str, list[int]]] = {}
    for item in case.items:
        for substance in item.substances:
            if not acts_in_body(item, substance, case.data):
                continue
            for class_id in _classes(case, substance):
                numbers = members.setdefault(class_id, {}).setdefault(substance, [])
                if item.n not in numbers:
                    numbers.append(item.n)
    told: set[frozenset[str]] = set()
    for class_id, substances in sorted(members.items(), key=lambda each: (-len(case.data.ancestry(each[0])), each[0])):
        known = case.data.classes[class_id]
        if known.allowed is None or len(substances) <= known.allowed or frozenset(substances) in told:
            continue
        told.add(frozenset(substances))
        items = tuple(sorted({n for numbers in substances.values() for n in numbers}))
        names = [case.name(substance) for substance in substances]
        yield Finding(
            "R202", "duplicate-class", Severity.from_word(known.severity or "warning"),
            f"{len(names)} substances of one class ({known.label}): {listed(names)} ({items_words(items)})",
            items=items, substances=tuple(names),
            working="; ".join(f"{case.name(s)}: {items_words(n)}" for s, n in substances.items()) + f"; allowed together: {known.allowed}",
            mend="ask whether both are meant",
        )  # fmt: skip


def _classes(case: Case, substance: str) -> tuple[str, ...]:
    known = case.data.substances.get(substance)
    found = [parent for class_id in (known.classes if known else ()) for parent in case.data.ancestry(class_id)]
    return tuple(dict.fromkeys(found))
