"""The outcome of a check as rows of one table: a row per item, per total and limit,
per finding and per thing not assessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from doseref.findings import Finding
from doseref.refdata import Reference
from doseref.regimen.judged import Judged
from doseref.regimen.model import Item

COLUMNS = tuple(
    "patient kind substance route low high unit per items source statement limit basis verdict severity code message "
    "text status reason".split()
)
"""The columns of the outcome: a row per total and limit (``limit`` is in ``unit`` per ``per``), per item, per finding
and per thing that was not assessed, as ``kind`` says (``total``, ``item``, ``finding``, ``not assessed``)."""


def item_cells(item: Item, name_of: Callable[[str], str]) -> dict[str, Any]:
    """What every table says of an item; ``name_of`` gives the name of a substance id."""
    return {
        "kind": "item",
        "substance": ", ".join(map(name_of, item.substances)),
        "items": str(item.n),
        "text": item.given.text,
        "status": item.status,
        "reason": item.told,
    }


def unassessed_cells(numbers: tuple[int, ...], what: str, reason: str) -> dict[str, Any]:
    """What every table says of a thing that was not assessed."""
    return {
        "kind": "not assessed",
        "substance": what,
        "items": ", ".join(map(str, numbers)),
        "verdict": "not-assessed",
        "reason": reason,
    }


def finding_cells(finding: Finding) -> dict[str, Any]:
    """What every table says of a finding; ``source`` holds the ids of its sources."""
    return {
        "kind": "finding",
        "substance": ", ".join(finding.substances),
        "items": ", ".join(map(str, finding.items)),
        "source": ", ".join(finding.sources),
        "severity": finding.severity.word,
        "code": finding.code,
        "message": finding.message,
    }


def rows(regimen: Judged, data: Reference) -> Iterator[dict[str, Any]]:
    """The rows of one person, some of :data:`COLUMNS` each."""
    for item in regimen.items:
        yield {"patient": regimen.id, **item_cells(item, data.name_of)}
    for total in regimen.totals:
        head = {
            "patient": regimen.id,
            "kind": "total",
            "substance": data.name_of(total.substance),
            "route": total.route,
            "low": total.amount.low,
            "high": total.amount.high,
            "unit": total.amount.unit,
            "per": str(total.per),
            "items": ", ".join(map(str, total.items)),
        }
        for each in map(total.told, total.verdicts):
            yield {
                **head,
                "source": each.limit.source,
                "statement": each.limit.statement,
                "limit": each.amount,
                "basis": each.limit.basis,
                "verdict": each.judgement,
                "reason": each.reason,
            }
        if not total.judged:
            yield {**head, "verdict": "not-assessed", "reason": total.reason}
    for numbers, what, reason in regimen.not_assessed:
        yield {"patient": regimen.id, **unassessed_cells(numbers, what, reason)}
    for finding in regimen.findings:
        yield {"patient": regimen.id, **finding_cells(finding)}
