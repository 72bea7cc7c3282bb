"""Findings as SARIF 2.1.0, the format that code-scanning services read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from doseref.checks.registry import RuleInfo
from doseref.findings import Finding, Location, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
"""Where the JSON schema of SARIF 2.1.0 is published."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


Wide = Sequence[tuple[int, int]]
"""Line and column (from 1) of characters that take two units of UTF-16."""


def render(
    findings: Iterable[Finding],
    rules: Sequence[RuleInfo] = (),
    version: str = "",
    wide: Mapping[str, Wide] | None = None,
) -> str:
    """A SARIF log with one run: the rules that fired (as far as ``rules`` describe them) and one result a finding.

    Columns are in units of UTF-16, as the readers of SARIF take them; ``wide`` are, by path, the characters that take
    two.
    """
    found = list(findings)
    fired = {finding.code: finding for finding in found}
    described = {rule.code: rule for rule in rules}
    index = {code: position for position, code in enumerate(sorted(fired))}
    driver: dict[str, Any] = {"name": "doseref"}
    if version:
        driver["version"] = version
    driver["rules"] = [_rule(fired[code], described.get(code)) for code in index]
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(finding, index[finding.code], wide or {}) for finding in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(finding: Finding, info: RuleInfo | None) -> dict[str, Any]:
    made: dict[str, Any] = {"id": finding.code, "name": finding.rule}
    if info:
        made["shortDescription"] = {"text": info.what}
        made["fullDescription"] = {"text": f"{info.what} {info.why}"}
        made["help"] = {"text": f"{info.what}\n\n{info.why}\n\nPasses:\n{info.passes}\n\nFires:\n{info.fires}"}
        made["defaultConfiguration"] = {"level": _LEVELS[info.severity]}
    return made


def _result(finding: Finding, index: int, wide: Mapping[str, Wide]) -> dict[str, Any]:
    text = finding.message
    for part in (finding.working, finding.mend):
        if part:
            text += f"\n{part}"
    made: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    if finding.extra.get("fingerprint"):
        # By content, not by line: a code-scanning service knows the finding again when lines move.
        made["partialFingerprints"] = {"doseref/v1": str(finding.extra["fingerprint"])}
    if finding.locations:
        made["locations"] = [_location(finding.locations[0], wide)]
    if len(finding.locations) > 1:
        made["relatedLocations"] = [
            {"id": number, **_location(location, wide)} for number, location in enumerate(finding.locations[1:], 1)
        ]
    return made


def _location(location: Location, wide: Mapping[str, Wide]) -> dict[str, Any]:
    # A Windows path has backslashes; a URI reference has none.
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(location.path.replace("\\", "/"), safe="/!$&'()*+,;=@~")}
    }
    if location.line:
        region = {"startLine": location.line}
        if location.column:
            here = [column for line, column in wide.get(location.path, ()) if line == location.line]
            region["startColumn"] = location.column + sum(column < location.column for column in here)
            if location.end_column > location.column:
                region["endColumn"] = location.end_column + sum(column < location.end_column for column in here)
        physical["region"] = region
    made: dict[str, Any] = {"physicalLocation": physical}
    if location.cell:
        made["logicalLocations"] = [{"name": location.cell}]
    return made
