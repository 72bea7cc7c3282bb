"""The findings of ``check`` for pull requests (GitHub, GitLab), code scanning (SARIF), test reports and editors,
with the place of each item.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from doseref.findings import Finding, Location, Severity
from doseref.records import replace
from doseref.regimen.judged import Judged
from doseref.reports import for_programs
from doseref.reports.characters import clean
from doseref.result import Result


def render(result: Result, output_format: str, fail_on: str = "error", *, quiet: bool = False) -> str:
    """All findings as one of :data:`doseref.reports.for_programs.FORMATS`; raises :class:`UsageError` for any other
    word.

    Each stands at the place of its items where they came from a file; the number of the item and the person are in the
    message where there is no place, or several persons. ``quiet``: without what only informs.
    """
    found = [finding for finding in placed(result) if not quiet or finding.severity > Severity.INFO]
    return for_programs.render(found, output_format, "regimen", suite="doseref check", fail_on=fail_on)


def placed(result: Result) -> Iterator[Finding]:
    """Every finding with locations, person and fingerprint."""
    seen: dict[str, int] = {}
    for regimen in result.regimens:
        for finding in regimen.findings:
            message = finding.message
            places = tuple(place for number in finding.items if (place := location_of(regimen, number)))
            if not places and finding.items and not any(f"item {n}" in message for n in finding.items):
                numbers = ", ".join(str(number) for number in finding.items)
                message = f"{'item' if len(finding.items) == 1 else 'items'} {numbers}: {message}"
            if regimen.id is not None:
                message = f"{regimen.id}: {message}"
            mark = fingerprint(regimen, finding)
            seen[mark] = seen.get(mark, 0) + 1
            if seen[mark] > 1:  # two equal findings are two, and stay told apart
                mark = f"{mark}-{seen[mark]}"
            yield replace(
                finding,
                message=clean(message, keep="\n"),
                working=clean(finding.working, keep="\n"),
                mend=clean(finding.mend, keep="\n"),
                locations=finding.locations or places,
                extra={**finding.extra, "fingerprint": mark},
            )


def location_of(regimen: Judged, number: int) -> Location | None:
    """Where item ``number`` (from 1) stands: file and line, or file and path in the document;
    ``None`` where it is not known.
    """
    if not 1 <= number <= len(regimen.items):
        return None
    place = regimen.items[number - 1].given.place
    if place.startswith(("-:", "-#")):
        return None  # standard input is no file
    path, mark, rest = place.rpartition("#")
    if mark and path and rest.startswith(("Bundle.", "Medication", "items[", "regimens[")):
        return Location(path, cell=rest)
    path, _, line = place.rpartition(":")
    if path and line.isascii() and line.isdigit():
        return Location(path, int(line))
    return Location(place) if place else None


def fingerprint(regimen: Judged, finding: Finding) -> str:
    """The same for the same finding about the same items of the same person, wherever in the file they stand."""
    texts = sorted(regimen.items[n - 1].given.text for n in finding.items if 1 <= n <= len(regimen.items))
    parts = (finding.code, regimen.id or "", *sorted(finding.substances), "\0", *texts)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
