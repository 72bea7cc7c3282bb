"""R407 error-prone-notation (info)

What. A dosage was read, but is written in a way that is misread in practice: qd, qod, U, a trailing zero (5.0 mg), a
missing leading zero (.5 mg), µg.

Why. 5.0 mg is taken for 50 mg, .5 mg for 5 mg, U for 0.

Passes:
    Prednisone 5 mg once daily

Fires:
    Prednisone 5.0 mg qd
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity


def check(case: Case) -> Iterator[Finding]:
    """One finding per error-prone notation."""
    for item in case.items:
        if item.dosage is None:
            continue
        for problem in item.dosage.problems:
            if problem.kind == "notation":
                written = item.dosage.text[problem.start : problem.end]
                yield Finding(
                    "R407",
                    "error-prone-notation",
                    Severity.INFO,
                    f"'{written}' in item {item.n}: {problem.message}",
                    items=(item.n,),
                    substances=tuple(case.name(s) for s in item.substances),
                )
