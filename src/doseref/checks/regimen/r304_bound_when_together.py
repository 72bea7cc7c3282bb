"""R304 bound-when-together (warning)

What. A drug is taken at the same time as something that binds it or keeps it from being taken up: ciprofloxacin or
doxycycline with iron, levothyroxine or alendronate with calcium. ``stacks.csv`` lists them with the hours that the label
asks to lie between the two. Only what the list says counts: two clock times nearer than that, one part of the day or
meal for both, or a line that names the other ("with calcium"). Where no time is said, nothing is.

Why. Each of the two is right, and both may be taken on one day; at one time the antibiotic may fail to work at all.

Passes:
    Levothyroxine 100 mcg at 06:00
    Calcium carbonate 600 mg at 12:00

Fires:
    Levothyroxine 100 mcg at 08:00
    Calcium carbonate 600 mg at 08:00
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed, printed
from doseref.regimen.at_one_time import taken_at_one_time
from doseref.regimen.stacks import label_of


def check(case: Case) -> Iterator[Finding]:
    """One finding per drug and kind of what binds it."""
    for found in taken_at_one_time(case.items, case.data, case.names):
        stack = found.stack
        hours = printed(stack.apart_hours) if stack.apart_hours is not None else ""
        yield Finding(
            "R304",
            "bound-when-together",
            Severity.from_word(stack.severity),
            f"{case.told(found.drug)} is taken at one time with {listed(map(case.told, found.binders))} ({items_words(found.items)}): {label_of(stack, case.data, case.bench.country)} "
            f"({case.data.sources[stack.source].title})",
            items=found.items,
            substances=tuple(map(case.name, (found.drug, *found.binders))),
            sources=(stack.source,),
            mend=f"leave {hours} hour{'' if hours == '1' else 's'} or more between them",
            extra={"stack": stack.id},
        )
