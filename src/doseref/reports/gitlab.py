"""Findings as a code quality report of GitLab: a JSON list, shown in merge requests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from doseref.findings import Finding, Severity
from doseref.reports.concise import with_suggestion

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(findings: Iterable[Finding]) -> str:
    """One object for each finding: description, check_name, fingerprint, severity, location (path and line)."""
    seen: dict[str, int] = {}
    made = []
    for finding in findings:
        mark = str(finding.extra.get("fingerprint", "")) or _fingerprint(finding)
        seen[mark] = seen.get(mark, 0) + 1
        place = finding.locations[0] if finding.locations else None
        made.append(
            {
                "description": f"{finding.code} {with_suggestion(finding)}",
                "check_name": f"{finding.code} {finding.rule}",
                "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}",
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": place.path.replace("\\", "/") if place else "",
                    "lines": {"begin": max(1, place.line) if place else 1},
                },
            }
        )
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _fingerprint(finding: Finding) -> str:
    """By content, not by line, so that a finding is known again when lines move."""
    place = finding.locations[0].path if finding.locations else ""
    return sha256("\0".join((finding.code, place, finding.message)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
