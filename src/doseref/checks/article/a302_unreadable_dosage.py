"""A302 unreadable-dosage (warning)

What. A dosage has a part that was not understood and that holds a figure or a misspelled frequency, or
that is ambiguous or implausible. Words without a figure ("to relieve pain") are passed over.

Why. What was not understood was not compared.

Passes:
    a.md: Ibuprofen: 400 mg every 6 hours to relieve pain

Fires:
    a.md: Drug: Ibuprofen. Dosage: 400 mg every 6 hours, 17 zumbles
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.compare import Value
from doseref.articles.doses import misspelled_frequency
from doseref.articles.extracted import Loose
from doseref.checks.article.case import Case, finding, fingerprint
from doseref.dosage.model import Problem
from doseref.findings import Finding, Severity
from doseref.statements import Statement

CODE, RULE = "A302", "unreadable-dosage"


def check(case: Case) -> Iterable[Finding]:
    """One finding for each statement with a part that was not understood."""
    for loose in case.loose:
        if loose.unread:
            yield _unread(loose)
    told = {(loose.location.source, loose.location.line, loose.text) for loose in case.loose if loose.unread}
    for statement in case.statements:
        problems = _telling(statement)
        if (statement.source, statement.line, statement.dosage_text) in told:
            continue
        if not problems or _is_procedure(case, statement):
            continue
        parts = "; ".join(
            f"{problem.message}: {statement.dosage_text[problem.start : problem.end]!r}" for problem in problems
        )
        yield finding(
            CODE, RULE, Severity.WARNING, f"{', '.join(statement.substances)}: {parts} ({case.place(statement)})",
            substances=statement.substances, values=(Value(statement, statement.dosage_text),), case=case, working=statement.dosage_text,
            mend="It can be compared once the dose is written as an amount, a unit and a frequency",
        )  # fmt: skip


def _unread(loose: Loose) -> Finding:
    source = loose.location.source or ""
    return Finding(
        CODE, RULE, Severity.WARNING, f"{loose.heading}: the dose could not be read: {loose.text!r} ({loose.location})",
        sources=(source,), locations=(loose.location,), mend="It can be compared once the dose is written as an amount, a unit and a frequency",
        extra={"fingerprint": fingerprint(CODE, (), [(source, loose.text)])},
    )  # fmt: skip


def _telling(statement: Statement) -> list[Problem]:
    text = statement.dosage_text
    found: list[Problem] = []
    for problem in statement.dosage.problems:
        part = text[problem.start : problem.end]
        garbled = any(misspelled_frequency(word) for word in part.lower().split())
        if (problem.kind == "unread" and (garbled or any(ch.isdigit() for ch in part))) or problem.kind not in (
            "unread",
            "notation",
            "contradiction",
        ):
            found.append(problem)
    return found


def _is_procedure(case: Case, statement: Statement) -> bool:
    known = [case.reference.substances.get(case.reference.substance_ids.get(name, "")) for name in statement.substances]
    return any(each is not None and each.kind == "procedure" for each in known)
