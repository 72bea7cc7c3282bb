"""A301 unknown-substance (info, one for each file)

What. Doses stand under names, or next to names, that the reference does not know; or they stand alone. One finding a
file names them all, with names that look alike where there are any (suggested, never assumed). `extract` lists each
with its place. Silent on: pages that are about something else (no dose of a known substance, and no name that looks
like one).

Why. What is not compared must not pass as checked; a warning for each would drown the contradictions.

Passes:
    a.md: Tylenol: 500 mg every 6 hours

Fires:
    a.md: Ibuprofin: 400 mg every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.extracted import Loose
from doseref.checks.article.comparison import Comparison, fingerprint
from doseref.findings import Finding, Severity

CODE, RULE = "A301", "unknown-substance"
_MOST_NAMED = 6
"""Names listed in the message; the working lists all."""


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each file with doses that are tied to no known substance."""
    by_file: dict[str, list[Loose]] = {}
    for loose in comparison.loose:
        if not loose.unread:
            by_file.setdefault(loose.location.path, []).append(loose)
    about = {statement.path for statement in comparison.statements}
    for path, found in by_file.items():
        if path in about or any(loose.suggestions or loose.about for loose in found):
            yield _finding(path, found)


def _finding(path: str, found: list[Loose]) -> Finding:
    names = list(dict.fromkeys(loose.heading for loose in found if loose.heading))
    doses = "1 dose" if len(found) == 1 else f"{len(found)} doses"
    listed = ", ".join(names[:_MOST_NAMED]) + (
        f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    )
    of = f" ({listed})" if names else ""
    hints = dict.fromkeys(
        f"{loose.heading}: did you mean {' or '.join(loose.suggestions)}?" for loose in found if loose.suggestions
    )
    mend = (
        " ".join(hints)
        or "They can be compared once the text or the data name the substance; `doseref extract` lists them"
    )
    source = found[0].location.source or ""
    return Finding(
        CODE,
        RULE,
        Severity.INFO,
        f"{path}: {doses} tied to no substance known here{of}: not compared",
        sources=(source,),
        locations=tuple(loose.location for loose in found),
        mend=mend,
        working="\n".join(f"{loose.location}: {loose.heading or 'no name'}: {loose.text}" for loose in found),
        extra={"fingerprint": fingerprint(CODE, (), [(source, f"{loose.heading}: {loose.text}") for loose in found])},
    )
