"""A302 unreadable-dosage (info, one for each file)

What. Dosages of known substances have a part that was not understood and that holds a figure or a misspelled frequency,
or that is ambiguous or implausible. One finding a file names them all. Silent on: words without a figure ("to relieve
pain"), how long one infusion runs, and rates by weight and minute, which are never compared.

Why. What was not understood was not compared; a warning for each would drown the contradictions.

Passes:
    a.md: Ibuprofen: 400 mg every 6 hours to relieve pain

Fires:
    a.md: Drug: Ibuprofen. Dosage: 400 mg every 6 hours, 17 zumbles
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.misspelled import misspelled_frequency
from doseref.checks.article.comparison import Comparison, fingerprint
from doseref.dosage.model import Problem
from doseref.findings import Finding, Location, Severity
from doseref.statements import Statement

CODE, RULE = "A302", "unreadable-dosage"
_RUNNING = ("how long one dose runs in", "a rate by body weight")
"""What the sig language says of infusions; nothing here is worked out from them."""


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each file with dosages that were not understood in full."""
    by_file: dict[str, list[tuple[str, str, str, Location]]] = {}
    for loose in comparison.loose:
        if loose.unread:
            by_file.setdefault(loose.location.path, []).append(
                (loose.heading, loose.text, "the dose could not be read", loose.location)
            )
    told = {(loose.location.source, loose.location.line, loose.text) for loose in comparison.loose if loose.unread}
    for statement in comparison.statements:
        problems = _telling(statement)
        if (statement.source, statement.line, statement.dosage_text) in told:
            continue
        if not problems or _is_procedure(comparison, statement):
            continue
        parts = "; ".join(
            f"{problem.message}: {statement.dosage_text[problem.start : problem.end]!r}" for problem in problems
        )
        by_file.setdefault(statement.location.path, []).append(
            (", ".join(statement.substances), statement.dosage_text, parts, statement.location)
        )
    for path, found in by_file.items():
        yield _finding(path, found)


def _finding(path: str, found: list[tuple[str, str, str, Location]]) -> Finding:
    names = ", ".join(dict.fromkeys(name for name, *_ in found))
    doses = "1 dose" if len(found) == 1 else f"{len(found)} doses"
    source = found[0][3].source or ""
    first = f": {found[0][1]!r} ({found[0][2]})" if len(found) == 1 else ""
    return Finding(
        CODE,
        RULE,
        Severity.INFO,
        f"{path}: {doses} of {names} not read in full{first}",
        sources=(source,),
        locations=tuple(dict.fromkeys(location for *_, location in found)),
        working="\n".join(f"{location}: {name}: {text} ({parts})" for name, text, parts, location in found),
        mend="It can be compared once the dose is written as an amount, a unit and a frequency",
        extra={"fingerprint": fingerprint(CODE, (), [(source, text) for _, text, *_ in found])},
    )


def _telling(statement: Statement) -> list[Problem]:
    text = statement.dosage_text
    found: list[Problem] = []
    for problem in statement.dosage.problems:
        part = text[problem.start : problem.end]
        garbled = any(misspelled_frequency(word) for word in part.lower().split())
        if problem.message in _RUNNING:
            continue
        if (problem.kind == "unread" and (garbled or any(ch.isdigit() for ch in part))) or problem.kind not in (
            "unread",
            "notation",
            "remark",
            "contradiction",
        ):
            found.append(problem)
    return found


def _is_procedure(comparison: Comparison, statement: Statement) -> bool:
    known = [
        comparison.reference.substances.get(comparison.reference.substance_ids.get(name, ""))
        for name in statement.substances
    ]
    return any(each is not None and each.kind == "procedure" for each in known)
