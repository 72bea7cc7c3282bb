"""Findings one a line, as editors and ``grep`` take them: ``path:line:column: CODE severity: message``."""

from __future__ import annotations

from collections.abc import Iterable

from doseref.findings import Finding
from doseref.reports.characters import escaped


def render(findings: Iterable[Finding]) -> str:
    """One line for each finding, at its first place; empty where there is none."""
    return "".join(f"{line(finding)}\n" for finding in findings)


def line(finding: Finding) -> str:
    """``path:line:column: R101 error: message``; where there is no place, ``R101 error: message``."""
    where = f"{finding.locations[0]}: " if finding.locations else ""
    return (
        f"{escaped(where)}{finding.code} {finding.severity.word}: {escaped(' '.join(with_suggestion(finding).split()))}"
    )


def with_suggestion(finding: Finding) -> str:
    """The message, with the names that are suggested where only the mend has them."""
    if "did you mean" not in finding.mend or "did you mean" in finding.message:
        return finding.message
    return f"{finding.message}; {finding.mend}"
