"""R405 no-limit-known (info)

What. An item was read, but nothing judges one of its substances: no source here gives a limit, none is established, the
statements are about another route, form or period, or the person is outside the sources' population.

Why. Not assessed is never printed as fine.

Passes:
    Naproxen 500 mg twice daily

Fires:
    Docusate 100 mg twice daily
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, amount_words, working
from doseref.checks.regimen.troubles import findings
from doseref.regimen.totals import covered


def check(case: Case) -> Iterator[Finding]:
    """One finding per total that no limit judges, and per item that states no amount."""
    yield from findings(case, "R405", "no-limit-known", Severity.ERROR if case.strict else Severity.INFO)
    for total in case.totals:
        if total.judged or covered(total, case.totals):
            continue
        name = case.told(total.substance)
        yield Finding(
            "R405",
            "no-limit-known",
            Severity.ERROR if case.strict else Severity.INFO,
            f"{name}, {amount_words(total)}, is not assessed: {total.reason}",
            items=total.items,
            substances=(case.name(total.substance),),
            working=working(total),
        )
