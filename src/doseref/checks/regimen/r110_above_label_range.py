"""R110 above-label-range (warning)

What. A total is (or may be) above the highest dose that a label gives as usual, or above which it recommends none, where no label
that judges states a maximum. Information, for a label that states no maximum leaves room; a warning only where even the low end is more than half
as much again as what the label does not recommend to go beyond, or as any country's label or authority allows.

Why. Most labels state no maximum. That a dose is beyond all that the label gives is worth knowing before it is dispensed.

Passes:
    Lisinopril 80 mg once daily

Fires:
    Lisinopril 200 mg once daily
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.checks.regimen.case import (
    Case,
    Finding,
    Severity,
    amount_words,
    limits_words,
    sources_of,
    working,
)
from doseref.limits import Limit
from doseref.refdata import Reference
from doseref.regimen.judge import amount_in
from doseref.regimen.model import Total, Verdict
from doseref.regimen.scope import informs, restates, upper_ends
from doseref.regimen.taken import Taken, taken_as

_WORDS = {
    "not-recommended-above": "what {} recommends at most",
    "usual-top": "the usual range of {}",
    "maximum": "the maximum of {}",
}
FAR_TIMES = Decimal("1.5")
"""More than this multiple of the dose above which a label recommends none, or of what any country allows, is asked about."""
_NO_RANGE = ("titrated", "schedule-only", "top-of-initial-range")
"""Kinds whose figure is no end of a range: it only keeps a lower figure of another indication from speaking."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per total above everything that the labels give, where none of them states a maximum that judges."""
    for total in case.totals:
        told = _told(case, total)
        if not told:
            continue
        highest = max(verdict.amount for verdict in told if verdict.amount is not None)
        top = [verdict for verdict in told if verdict.amount == highest]
        above = [verdict for verdict in top if verdict.judgement in ("over", "possible")]
        kind = next((kind for kind in _WORDS if any(verdict.limit.kind == kind for verdict in above)), None)
        if kind is None or any(verdict.limit.kind in _NO_RANGE for verdict in top):
            continue
        sure = any(verdict.judgement == "over" for verdict in above)
        whose = "a page that restates the label" if restates(above[0].limit, case.data) else "the label"
        least = total.amount.low
        far = (
            kind == "not-recommended-above" and least > FAR_TIMES * highest and not restates(above[0].limit, case.data)
        ) or ((allowed := _allowed_anywhere(case, total)) is not None and least > FAR_TIMES * allowed)
        yield Finding(
            "R110", "above-label-range", Severity.WARNING if far else Severity.INFO,
            f"{case.name(total.substance)}, {amount_words(total)}, {'is' if sure else 'may be'} above {_WORDS[kind].format(whose)}, "
            f"{limits_words(case, [each for each in above if each.limit.kind == kind], total.amount.unit)}",
            items=total.items, substances=(case.name(total.substance),), sources=sources_of(above), working=working(total),
        )  # fmt: skip


def _allowed_anywhere(case: Case, total: Total) -> Decimal | None:
    """The most in a day that a label or authority of any country states, in the total's unit."""
    known = [
        amount_in(limit, limit.amount, limit.unit, total.amount.unit, case.data, case.names)
        for limit in _upper_ends(taken_as(total.exposures, case.data), case.data)
        if limit.amount is not None and limit.per is not None and limit.per.usual() == total.per.usual()
    ]
    return max((each for each in known if each is not None), default=None)


@lru_cache(maxsize=4096)
def _upper_ends(taken: Taken, data: Reference) -> tuple[Limit, ...]:
    return upper_ends(taken, data)


def _told(case: Case, total: Total) -> list[Verdict]:
    """The labels' figures that only inform; what restates a label only where no label speaks; none where a label's maximum judges."""
    labels = [each for each in total.verdicts if not each.limit.article and each.amount is not None]
    if any(each.judges and each.judgement != "not-assessed" for each in labels):
        return []
    told = [
        each
        for each in labels
        if each.judgement != "not-assessed"
        and informs(each.limit, case.data)
        and each.limit.kind in (*_WORDS, *_NO_RANGE)
    ]
    near = [each for each in told if not restates(each.limit, case.data)]
    # Beside a label, a page that gives more than it as a maximum only keeps the label's figure from being told as the end.
    return [each for each in told if not near or each in near or each.limit.kind == "maximum"]
