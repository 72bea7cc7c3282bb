"""R402 ambiguous-name (warning; error with --strict)

What. A name fits several things: a combination brand without its strength, a strength the product does not come in, two
drugs in one item, or a suggestion that was accepted. Two items whose names are taken for each other (a look-alike pair)
are told as information.

Why. A brand without its strength is never given a default strength: 5/325 and 10/325 differ by a factor of two.

Passes:
    Percocet 5/325 1 tablet every 6 hours

Fires:
    Percocet 1 tablet every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words
from doseref.checks.regimen.troubles import findings


def check(case: Case) -> Iterator[Finding]:
    """One finding per ambiguous item, and one per look-alike pair within the regimen."""
    yield from findings(case, "R402", "ambiguous-name", case.unread_severity())
    named: dict[str, list[int]] = {}
    for item in case.items:
        words = {item.matched.lower(), *(case.name(substance).lower() for substance in item.substances)}
        for word in words - {""}:
            named.setdefault(word, []).append(item.n)
    for one, numbers in named.items():
        for other in case.data.lookalikes.get(one, ()):
            if one < other and other in named and set(numbers) != set(named[other]):
                items = tuple(sorted({*numbers, *named[other]}))
                yield Finding(
                    "R402",
                    "ambiguous-name",
                    Severity.INFO,
                    f"{one} and {other} look alike and are both in this regimen ({items_words(items)}): check that "
                    "both are meant",
                    items=items,
                    substances=tuple(dict.fromkeys(case.name(s) for n in items for s in case.item(n).substances)),
                )
