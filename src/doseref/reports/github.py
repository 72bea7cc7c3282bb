"""Findings as GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from doseref.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Iterable[Finding]) -> str:
    """One ``::error …`` (``::warning``, ``::notice``) line for each finding; empty where there is none."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    properties: dict[str, str] = {}
    message = finding.message
    if finding.locations:
        where = finding.locations[0]
        properties["file"] = where.path
        if where.line:
            properties["line"] = str(where.line)
            if where.column:
                properties["col"] = str(where.column)
                if where.end_column > where.column:
                    properties["endColumn"] = str(where.end_column)
        if where.cell:
            message = f"{where.cell}: {message}"
    properties["title"] = f"{finding.code} {finding.rule}"
    for part in (finding.working, finding.mend):
        if part:
            message += f"\n{part}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Text with the characters escaped that would end or change a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
