"""A303 error-prone-notation (info)

What. A dosage is written in a way that is known to be misread: ``U`` for units, ``QD``, a trailing zero (``5.0 mg``), a
decimal point without a zero before it (``.5 mg``), ``µg``, drug name abbreviations.

Why. The Institute for Safe Medication Practices keeps the list of error-prone abbreviations; the Joint Commission
forbids some of them.

Passes:
    a.md: Vitamin B12: 1,000 mcg daily

Fires:
    a.md: Vitamin B12: 1,000 µg daily
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.values import Value
from doseref.checks.article.comparison import Comparison, finding
from doseref.findings import Finding, Severity

CODE, RULE = "A303", "error-prone-notation"


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each statement with error-prone notation."""
    for statement in comparison.statements:
        problems = [problem for problem in statement.dosage.problems if problem.kind == "notation"]
        if not problems:
            continue
        parts = "; ".join(dict.fromkeys(f"{statement.dosage_text[p.start : p.end]!r}: {p.message}" for p in problems))
        yield finding(
            CODE,
            RULE,
            Severity.INFO,
            f"{', '.join(statement.substances)}: {parts} ({comparison.place(statement)})",
            substances=statement.substances,
            values=(Value(statement, statement.dosage_text),),
            comparison=comparison,
            working=statement.dosage_text,
            mend="Write it out: units, mcg, daily, a zero before the decimal point and none after it",
        )
