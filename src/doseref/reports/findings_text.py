"""Findings as lines for a person at a terminal: place, severity, code, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from doseref.findings import Finding, Severity
from doseref.reports.characters import escaped

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """One block a finding, ``place: severity code message`` with working, other places and mend indented below it.

    Nothing is cut, whatever the width. A mend that several findings in a row share is printed once, below the last of
    them.
    """
    blocks = []
    for position, finding in enumerate(findings):
        following = findings[position + 1] if position + 1 < len(findings) else None
        blocks.append(_block(finding, colour, mend=following is None or following.mend != finding.mend))
    return "".join(blocks)


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity: ``errors``, ``warnings`` and ``infos``."""
    counts = {"errors": 0, "warnings": 0, "infos": 0}
    for finding in findings:
        counts[f"{finding.severity.word}s"] += 1
    return counts


def counted(number: int, word: str) -> str:
    """``1 error``, ``2 errors``, ``1,200 errors``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _block(finding: Finding, colour: bool, mend: bool) -> str:
    word = finding.severity.word
    if colour:
        word = f"\x1b[{_COLOURS[finding.severity]}m{word}\x1b[0m"
    where = f"{escaped(str(finding.locations[0]))}: " if finding.locations else ""
    lines = [f"{where}{word} {finding.code} {escaped(finding.message)}"]
    lines.extend(f"    {escaped(line)}" for line in finding.working.splitlines())
    if len(finding.locations) > 1:
        others = ", ".join(escaped(str(location)) for location in finding.locations[1:])
        lines.append(f"    see also {others}")
    if mend and finding.mend:
        lines.append(f"    mend: {escaped(finding.mend)}")
    return "\n".join(lines) + "\n"
