"""R401 unknown-name (warning; error with --strict)

What. No name that is known here stands at the head of an item. Names that look like it are suggested, best first.

Why. Look-alike names score as high as real misspellings, so a misspelling is never resolved silently; the item is not
assessed until a person settles it (or allows it with --accept-suggestions where exactly one name is close).

Passes:
    Acetaminophen 500 mg every 6 hours

Fires:
    Aceteminophen 500 mg every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding
from doseref.checks.regimen.troubles import findings


def check(case: Case) -> Iterator[Finding]:
    """One finding per unknown name."""
    yield from findings(case, "R401", "unknown-name", case.unread_severity())
