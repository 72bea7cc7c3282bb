"""The outcome of a check as rows of one table: a row per item, per total and limit,
per finding and per thing not assessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doseref.refdata import Reference
from doseref.regimen.model import Judged

COLUMNS = (
    "patient", "kind", "substance", "route", "low", "high", "unit", "per", "items", "source", "statement", "limit", "basis", "verdict",
    "severity", "code", "message", "text", "status", "reason",
)  # fmt: skip
"""The columns of the outcome: a row per total and limit (``limit`` is in ``unit`` per ``per``), per item, per finding
and per thing that was not assessed, as ``kind`` says (``total``, ``item``, ``finding``, ``not assessed``)."""


def rows(regimen: Judged, data: Reference) -> Iterator[dict[str, Any]]:
    """The rows of one person, some of :data:`COLUMNS` each."""
    name = data.name_of
    for item in regimen.items:
        yield {
            "patient": regimen.id,
            "kind": "item",
            "substance": ", ".join(map(name, item.substances)),
            "items": str(item.n),
            "text": item.given.text,
            "status": item.status,
            "reason": item.told,
        }
    for total in regimen.totals:
        head = {
            "patient": regimen.id,
            "kind": "total",
            "substance": name(total.substance),
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
        yield {
            "patient": regimen.id,
            "kind": "not assessed",
            "substance": what,
            "items": ", ".join(map(str, numbers)),
            "verdict": "not-assessed",
            "reason": reason,
        }
    for finding in regimen.findings:
        yield {
            "patient": regimen.id,
            "kind": "finding",
            "substance": ", ".join(finding.substances),
            "items": ", ".join(map(str, finding.items)),
            "source": ", ".join(finding.sources),
            "severity": finding.severity.word,
            "code": finding.code,
            "message": finding.message,
        }
