"""Findings as JUnit XML: one test case a rule, failed where it has findings that count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from doseref.checks.registry import RuleInfo
from doseref.findings import Finding, Severity

_QUOTES = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def render(
    findings: Iterable[Finding],
    rules: Sequence[RuleInfo] = (),
    *,
    suite: str = "doseref",
    fail_on: Severity | None = Severity.ERROR,
) -> str:
    """A ``testsuites`` document; findings below ``fail_on`` (``None``: all) are output of their case, not failures."""
    by_code: dict[tuple[str, str], list[Finding]] = {(rule.code, rule.name): [] for rule in rules}
    for finding in findings:
        by_code.setdefault((finding.code, finding.rule), []).append(finding)
    cases = []
    failures = 0
    for (code, name), found in by_code.items():
        failing = [finding for finding in found if fail_on is not None and finding.severity >= fail_on]
        other = [finding for finding in found if fail_on is None or finding.severity < fail_on]
        failures += bool(failing)
        cases.append(_case(suite, code, name, failing, other))
    counts = f'tests="{len(by_code)}" failures="{failures}" errors="0" skipped="0"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n'
    head += f"<testsuite name={_attribute(suite)} {counts}>\n"
    return head + "".join(cases) + "</testsuite>\n</testsuites>\n"


def _case(suite: str, code: str, name: str, failing: list[Finding], other: list[Finding]) -> str:
    parts = []
    if failing:
        message = failing[0].message if len(failing) == 1 else f"{len(failing)} findings of {code} {name}"
        text = "\n\n".join(map(_lines, failing))
        parts.append(f"<failure type={_attribute(code)} message={_attribute(message)}>{_text(text)}</failure>\n")
    if other:
        parts.append(f"<system-out>{_text((2 * chr(10)).join(map(_lines, other)))}</system-out>\n")
    opened = f"<testcase classname={_attribute(suite)} name={_attribute(f'{code} {name}')}"
    return f"{opened}>\n{''.join(parts)}</testcase>\n" if parts else f"{opened}/>\n"


def _lines(finding: Finding) -> str:
    """The finding with its place in a line, its working and what mends it in lines of their own."""
    where = f"{finding.locations[0]}: " if finding.locations else ""
    first = f"{where}{finding.severity.word} {finding.code} {finding.message}"
    more = [line for part in (finding.working, finding.mend) for line in part.splitlines() if line.strip()]
    return "\n".join((first, *(f"  {line.strip()}" for line in more)))


def _sound(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return "".join(
        char
        if char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
        else "\ufffd"
        for char in text
    )


def _text(text: str) -> str:
    return escape(_sound(text))


def _attribute(text: str) -> str:
    return f'"{escape(_sound(text), _QUOTES)}"'
