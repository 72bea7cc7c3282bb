"""Run the article rules over a set of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from doseref.articles.compare import Group, compare
from doseref.articles.extracted import Extraction, Loose
from doseref.articles.model import Ignore
from doseref.checks.article.comparison import Comparison
from doseref.checks.runner import run, selected
from doseref.findings import Finding, Severity
from doseref.records import record, replace
from doseref.refdata import Reference, reference
from doseref.statements import Statement


@record
class Reconciliation:
    """The outcome: what each source says of each substance, and what the rules have to say about it."""

    groups: tuple[Group, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    """Findings that an inline comment or the baseline silences."""
    stale: tuple[str, ...] = ()
    """Messages of the baseline's entries that no longer are found."""
    idle: tuple[tuple[str, Ignore, str], ...] = ()
    """Path, comment and rule code where a comment silences a rule that ran and found nothing there."""

    def to_json(self) -> dict[str, Any]:
        """The document ``doseref.reconcile/1``."""
        counts = {severity: sum(f.severity is severity for f in self.findings) for severity in Severity}
        relations = [attribute.relation for group in self.groups for attribute in group.attributes]
        return {
            "schema": "doseref.reconcile/1",
            "substances": [group.to_json() for group in self.groups],
            "findings": [_finding_json(found) for found in self.findings],
            "summary": {
                "sources": len({statement.source for statement in self.statements}),
                "statements": len(self.statements),
                "substances": len(self.groups),
                "agree": relations.count("agree"),
                "compatible": relations.count("compatible"),
                "conflict": relations.count("conflict"),
                "errors": counts[Severity.ERROR],
                "warnings": counts[Severity.WARNING],
                "infos": counts[Severity.INFO],
                "silenced": len(self.silenced),
                "stale_baseline": len(self.stale),
            },
        }


def _finding_json(found: Finding) -> dict[str, Any]:
    data = found.to_json()
    data.setdefault("locations", [])
    data.pop("items", None)
    return data


def reconcile(
    statements: Iterable[Statement],
    *,
    extractions: Sequence[Extraction] = (),
    data: Reference | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[tuple[str, str]] = (),
    country: str = "US",
) -> Reconciliation:
    """Compare ``statements`` and run the rules over them, and over the loose doses of ``extractions``.

    ``select`` and ``ignore`` are rule codes or their beginnings ("A1"), ``severity`` says of such ``error``,
    ``warning``, ``info`` or ``off``; labels of ``country`` judge. Raises :class:`UsageError` for a code that no rule
    has.
    """
    chosen = data or reference()
    told = tuple(statements)
    loose: tuple[Loose, ...] = tuple(each for extraction in extractions for each in extraction.loose)
    comparison = Comparison(told, compare(told, chosen), loose, chosen, country)
    weights = _weights(severity)
    codes = selected("article", select, (*ignore, *(code for code, word in weights.items() if word == "off")))
    found = run("article", comparison, codes)
    still: list[Finding] = []
    for code in codes:
        heard = _without_ignored(comparison, code, extractions)
        still += run("article", heard, (code,)) if heard is not comparison else []
    kept: list[Finding] = []
    silenced: list[Finding] = []
    for each in sorted(found, key=lambda f: (-f.severity, f.code, f.substances, f.message)):
        (silenced if _ignored_inline(each, extractions) else kept).append(each)
    # What the others contradict without the silenced one is a finding of its own: a comment speaks for its place only.
    again = {(each.code, each.substances) for each in silenced}
    kept += [each for each in still if (each.code, each.substances) in again and each not in kept]
    kept = [_weighed(each, weights) for each in kept]
    kept.sort(key=lambda f: (-f.severity, f.code, f.substances, f.message))
    idle = tuple(_idle(extractions, silenced, codes))
    return Reconciliation(comparison.groups, told, tuple(kept), tuple(silenced), idle=idle)


def touching(result: Reconciliation, sources: Set[str]) -> Reconciliation:
    """What concerns ``sources``: the findings that one of them has a part in,
    the substances that one of them speaks of.
    """
    return replace(
        result,
        groups=tuple(group for group in result.groups if not sources.isdisjoint(group.sources)),
        findings=tuple(found for found in result.findings if not sources.isdisjoint(found.sources)),
        silenced=tuple(found for found in result.silenced if not sources.isdisjoint(found.sources)),
    )


def _idle(
    extractions: Sequence[Extraction], silenced: Sequence[Finding], codes: Collection[str]
) -> Iterator[tuple[str, Ignore, str]]:
    """The comments that silence nothing, rule by rule, as far as the rule ran."""
    for extraction in extractions:
        path = extraction.article.path
        for ignore in extraction.article.ignores:
            for code in ignore.codes:
                used = any(
                    each.code == code and place.path == path and ignore.covers(code, place.line)
                    for each in silenced
                    for place in each.own_locations
                )
                if code in codes and not used:
                    yield path, ignore, code


def _weights(severity: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Code → severity word, where settings name one; the longer beginning of a code goes before the shorter."""
    told: dict[str, str] = {}
    for begins, word in sorted(severity, key=lambda each: len(each[0])):
        for code in selected("article", (begins,), ()):
            told[code] = word
    return told


def _weighed(found: Finding, weights: Mapping[str, str]) -> Finding:
    word = weights.get(found.code)
    return replace(found, severity=Severity.from_word(word)) if word and word != "off" else found


def _without_ignored(comparison: Comparison, code: str, extractions: Sequence[Extraction]) -> Comparison:
    """The case without the statements that comments silence for a rule; the case itself where none does."""

    def covered(path: str, line: int) -> bool:
        return any(
            extraction.article.path == path and ignore.covers(code, line)
            for extraction in extractions
            for ignore in extraction.article.ignores
        )

    left = tuple(each for each in comparison.statements if not covered(each.path, each.line))
    if len(left) == len(comparison.statements):
        return comparison
    loose = tuple(each for each in comparison.loose if not covered(each.location.path, each.location.line))
    return Comparison(left, compare(left, comparison.reference), loose, comparison.reference, comparison.country)


def _ignored_inline(found: Finding, extractions: Sequence[Extraction]) -> bool:
    for extraction in extractions:
        for ignore in extraction.article.ignores:
            if any(
                location.path == extraction.article.path and ignore.covers(found.code, location.line)
                for location in found.own_locations
            ):
                return True
    return False
