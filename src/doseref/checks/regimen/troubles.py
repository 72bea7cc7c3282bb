"""Troubles met while an item was read, as findings of the rule each belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity
from doseref.items.model import LeftOpen
from doseref.regimen.model import Item


def findings(case: Case, code: str, rule: str, severity: Severity) -> Iterator[Finding]:
    """The troubles whose kind is the name of ``rule``, one finding each, under the rule's ``code``."""
    for item in case.items:
        for trouble in item.troubles:
            if trouble.kind != rule:
                continue
            quiet = (
                trouble.left_open
                and not item.exposures
                and not case.strict
                and not _hangs_on(case, item, trouble.left_open)
            )
            yield Finding(
                code,
                rule,
                Severity.INFO if quiet else severity,
                f"item {item.n}: {trouble.message}",
                items=(item.n,),
                substances=tuple(case.name(s) for s in item.substances),
                mend=trouble.mend,
                extra={"suggestions": list(trouble.suggestions)} if trouble.suggestions else {},
            )


def _hangs_on(case: Case, item: Item, left_open: LeftOpen) -> bool:
    """Whether anything hangs on what an item leaves open; asked of few."""
    from doseref.regimen.left_open import hangs_on

    return bool(hangs_on(item, left_open, case.items, case.bench, case.data))
