"""R101 over-maximum (error)

What. All items together deliver more of a substance than a source's stated maximum, even at the low end:
lowest doses, fewest administrations, no as-needed dose taken. Or more units of a product are taken than its own
label allows in 24 hours.

Why. Ingredients hide in combination products; the sum is what the body gets. At the limit is within; the
comparison is exact. A product's own limit and its ingredients' limits both apply: the tablet of Excedrin Migraine is
that of Excedrin Extra Strength, but its label allows 2 a day, not 8.

Passes:
    Acetaminophen 500 mg every 6 hours

Fires:
    Acetaminophen 1 g every 6 hours
    Acetaminophen 500 mg every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import (
    Case,
    Finding,
    Severity,
    amount_words,
    decided,
    items_words,
    limits_words,
    maxima,
    product_findings,
    sources_of,
    working,
)


def check(case: Case) -> Iterator[Finding]:
    """One finding per total that is over by the policy, and per product that is over its own limit."""
    what = "is over its own label's maximum"
    yield from product_findings(case, "over", "R101", "over-maximum", Severity.ERROR, what, "take at most")
    for total in case.totals:
        if decided(case, total) != "over":
            continue
        over = [verdict for verdict in maxima(total) if verdict.judgement == "over"]
        asked = maxima(total)
        prn = any(exposure.prn for exposure in total.exposures)
        tail = " even with no as-needed dose taken" if prn else ""
        how_many = f"{len(over)} of {len(asked)} statements" if len(asked) > 1 else "the only statement that gives one"
        if len(over) == len(asked) > 1:
            how_many = "both statements" if len(asked) == 2 else f"all {len(asked)} statements"
        yield Finding(
            "R101",
            "over-maximum",
            Severity.ERROR,
            f"{case.told(total.substance)} is over the maximum of {how_many}{tail}: {amount_words(total)} "
            f"against {limits_words(case, over, total)}",
            items=total.items,
            substances=(case.name(total.substance),),
            sources=sources_of(over),
            working=working(total),
            mend=f"reduce or stop one of {items_words(total.items)}"
            if len(total.items) > 1
            else "reduce the dose or take it less often",
        )
