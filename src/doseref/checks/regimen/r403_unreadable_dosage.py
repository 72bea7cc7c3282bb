"""R403 unreadable-dosage (warning; error with --strict)

What. A dosage was not read, or only in part, or leaves out how much, of what strength, or how often. The words that
were not understood are quoted. A remark behind a whole dosage that holds no word of one is quoted as information.

Why. A dosage is never guessed. What was not understood may be the very word that matters.

Passes:
    Ibuprofen 400 mg every 8 hours

Fires:
    Ibuprofen 400 mg as directed by the blue card
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity
from doseref.checks.regimen.troubles import findings


def check(case: Case) -> Iterator[Finding]:
    """One finding per item whose dosage is unread or partly read, and one per remark that was left aside."""
    yield from findings(case, "R403", "unreadable-dosage", case.unread_severity())
    for item in case.items:
        dosage = item.dosage
        if dosage is None:
            continue
        for problem in dosage.problems:
            if problem.kind == "remark":
                yield Finding(
                    "R403",
                    "unreadable-dosage",
                    Severity.INFO,
                    f"item {item.n}: '{dosage.text[problem.start : problem.end]}' was left aside as a remark",
                    items=(item.n,),
                    substances=tuple(case.name(s) for s in item.substances),
                )
