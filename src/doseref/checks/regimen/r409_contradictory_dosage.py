"""R409 contradictory-dosage (warning; error with --strict)

What. A dosage contradicts itself: a frequency and an interval that are not the same ("twice daily (every 6 hours)"), a
stated maximum below one dose, a length in days that the dates beside it do not have. Nothing is chosen: the words are
quoted.

Why. One of the two is a slip, and only the prescriber knows which. The one that harms is often the one that gets
followed.

Passes:
    Ibuprofen 400 mg three times daily (every 8 hours)

Fires:
    Ibuprofen 400 mg twice daily (every 6 hours)
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding
from doseref.checks.regimen.troubles import findings
from doseref.regimen.dates import contradicted_length


def check(case: Case) -> Iterator[Finding]:
    """One finding per contradiction."""
    yield from findings(case, "R409", "contradictory-dosage", case.unread_severity())
    for item in case.items:
        found = contradicted_length(item)
        if found is None:
            continue
        stated, counted = found
        yield Finding(
            "R409",
            "contradictory-dosage",
            case.unread_severity(),
            f"item {item.n}: it is to be taken for {stated}, but the dates are {counted} apart",
            items=(item.n,),
            substances=tuple(case.name(s) for s in item.substances),
            mend="ask which of the two is meant",
        )
