"""A301 unknown-substance (warning)

What. Something that looks like a dose stands under a name, or next to one, that the reference does not know; or it stands
alone. Names that look alike are suggested and never assumed.

Why. What is not compared must not pass as checked.

Passes:
    a.md: Tylenol: 500 mg every 6 hours

Fires:
    a.md: Ibuprofin: 400 mg every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.case import Case, fingerprint
from doseref.findings import Finding, Severity

CODE, RULE = "A301", "unknown-substance"


def check(case: Case) -> Iterable[Finding]:
    """One finding for each dose that is tied to no known substance."""
    for loose in case.loose:
        if loose.unread:
            continue
        heading = f" under {loose.heading!r}" if loose.heading else ""
        mend = (
            f"Did you mean {' or '.join(loose.suggestions)}?"
            if loose.suggestions
            else "It can be compared once the text or the data name the substance"
        )
        yield Finding(
            CODE, RULE, Severity.WARNING, f"{loose.text!r}{heading} looks like a dose, but the substance is not known",
            sources=(loose.location.source or "",), locations=(loose.location,), mend=mend,
            extra={"fingerprint": fingerprint(CODE, (), [(loose.location.source or "", f"{loose.heading}: {loose.text}")])},
        )  # fmt: skip
