"""A109 conflicting-class (info)

What. One place names a class that the substance is not of (by the reference's classes), while another names one that it
is of. Broader, narrower and differently worded classes ("NSAID", "COX-2 preferential NSAID") are the same.

Why. A class tells the reader what not to combine it with.

Passes:
    a.md: Drug: Tramadol. Class: Opioid agonist. Dosage: 50 mg twice daily
    b.md: Drug: Tramadol. Class: Weak opioid. Dosage: 50 mg twice daily

Fires:
    a.md: Drug: Celecoxib. Class: COX-2 inhibitor. Dosage: 100 mg twice daily
    b.md: Drug: Celecoxib. Class: Muscle relaxant. Dosage: 100 mg twice daily
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, conflicts
from doseref.findings import Finding, Severity

CODE, RULE = "A109", "conflicting-class"


def check(comparison: Comparison) -> Iterable[Finding]:
    """Classes that cannot both be right."""
    yield from conflicts(
        comparison,
        CODE,
        RULE,
        "class",
        "class",
        severity=lambda clashes: Severity.INFO,
        advice="They agree if all name the same class",
    )
