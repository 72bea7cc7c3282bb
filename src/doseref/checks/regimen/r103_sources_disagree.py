"""R103 sources-disagree (info)

What. One source's stated maximum is exceeded (or may be), another's is not.

Why. There is no one number: which source is followed decides, and the reader should know that it does.

Passes:
    Naproxen 500 mg twice daily

Fires:
    Acetaminophen 1 g every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, amount_words, limits_words, maxima, sources_of, working


def check(case: Case) -> Iterator[Finding]:
    """One finding per total on which the stated maxima give different verdicts."""
    for total in case.totals:
        asked = maxima(total)
        if len({verdict.judgement for verdict in asked}) < 2:
            continue
        told = "; ".join(
            f"{word} ({limits_words(case, group, total)})"
            for word in ("over", "possible", "within")
            if (group := [verdict for verdict in asked if verdict.judgement == word])
        )
        yield Finding(
            "R103",
            "sources-disagree",
            Severity.INFO,
            f"the sources disagree on {case.told(total.substance)}, {amount_words(total)}: {told}",
            items=total.items,
            substances=(case.name(total.substance),),
            sources=sources_of(asked),
            working=working(total),
        )
