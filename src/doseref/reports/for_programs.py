"""Findings in the formats that other programs read, for every command that has findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from doseref.checks.runner import RuleKind
from doseref.errors import UsageError
from doseref.findings import Finding, Severity
from doseref.reports.sarif import Wide

FORMATS = ("concise", "github", "gitlab", "junit", "sarif")


def render(
    findings: Sequence[Finding],
    output_format: str,
    kind: RuleKind,
    *,
    suite: str = "doseref",
    fail_on: str = "error",
    wide: Mapping[str, Wide] | None = None,
) -> str:
    """The findings of rules of one ``kind`` as one of :data:`FORMATS`; raises :class:`UsageError` for any other word.

    ``suite`` and ``fail_on`` (a severity or ``never``) are for JUnit; ``wide`` are the characters by path that take two
    units of UTF-16, for SARIF.
    """
    if output_format == "concise":
        from doseref.reports import concise

        return concise.render(findings)
    if output_format == "github":
        from doseref.reports import github

        return github.render(findings)
    if output_format == "gitlab":
        from doseref.reports import gitlab

        return gitlab.render(findings)
    from doseref.checks.registry import rules

    if output_format == "junit":
        from doseref.reports import junit

        floor = None if fail_on == "never" else Severity.from_word(fail_on)
        return junit.render(findings, rules(kind), suite=suite, fail_on=floor)
    if output_format == "sarif":
        from doseref import __version__
        from doseref.reports import sarif

        return sarif.render(findings, rules(kind), __version__, wide)
    raise UsageError(f"no findings in the format {output_format!r}; there are {', '.join(FORMATS)}")
