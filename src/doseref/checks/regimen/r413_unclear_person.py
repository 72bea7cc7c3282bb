"""R413 unclear-person (warning; error with --strict)

What. Something is said of the person (a cell, a line at the head of a list, a resource) and is not understood: an eGFR
that is no number, a creatinine without its unit that may be in µmol/L or in mg/dL, two weights of one person. It counts
for nothing: the person is judged as one of whom it is not known, and the others of the file as ever. "n/a" and
"unknown" are as an empty cell.

Why. Who has weak kidneys is harmed by what is fine for others. That a fact was not read must be seen, and must not keep
anybody else from being judged.

Passes:
    [Bed 2, 84 years, weight 41 kg]
    Amlodipine 5 mg once daily

Fires:
    [Bed 2, 84 years, weight 41 kg, creatinine 160]
    Amlodipine 5 mg once daily
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding


def check(case: Case) -> Iterator[Finding]:
    """One finding with all that is not understood."""
    unclear = case.bench.patient.unclear
    if unclear:
        yield Finding(
            "R413",
            "unclear-person",
            case.unread_severity(),
            f"what is said of the person is not (wholly) understood, and that counts for nothing: {'; '.join(unclear)}",
            items=tuple(item.n for item in case.items),
            mend="say it once, as a figure with its unit: age 84, weight 52 kg, eGFR 28, creatinine 1.4 mg/dL; born 1950-03-31",
        )
