"""The same check over columns: many regimens in a table, totals and verdicts as a table.

pandas is imported when the function is called, not with the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doseref.api import Person, check
from doseref.errors import UsageError
from doseref.regimen.model import Given

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    "patient", "substance", "route", "low", "high", "unit", "per", "items", "source", "statement", "limit", "basis", "verdict",
)  # fmt: skip
"""The columns of the outcome: one row per patient, total and limit; ``limit`` is in ``unit`` per ``per``."""


def check_frame(frame: pandas.DataFrame, **options: Any) -> pandas.DataFrame:
    """Judge every regimen of ``frame``: a column ``item``, or ``drug`` and ``sig``, and possibly ``patient``.

    ``options`` are those of :func:`doseref.check` (``policy``, ``country`` …). Returns a table with :data:`COLUMNS`, one row
    per patient, total and limit, and one with an empty source and the verdict ``not-assessed`` for a total that nothing
    judges. Amounts are exact decimals (objects), never binary floats. Raises :class:`UsageError` for missing columns.
    """
    import pandas as pd

    columns = set(frame.columns)
    if "item" not in columns and not {"drug", "sig"} <= columns:
        raise UsageError("the table needs a column 'item', or 'drug' and 'sig'")
    people: dict[Any, list[Given]] = {}
    for row in frame.to_dict("records"):
        patient = row.get("patient")
        people.setdefault(None if patient is None or patient != patient else patient, []).append(_given(row))
    result = check(
        [Person(None if key is None else str(key), tuple(items)) for key, items in people.items()], **options
    )
    rows: list[tuple[Any, ...]] = []
    for regimen in result.regimens:
        for total in regimen.totals:
            head = (
                regimen.id, result.data.name_of(total.substance), total.route, total.amount.low, total.amount.high, total.amount.unit,
                str(total.per), ", ".join(map(str, total.items)),
            )  # fmt: skip
            told: list[tuple[Any, ...]] = [
                (v.limit.source, v.limit.statement, v.amount, v.limit.basis, v.judgement) for v in total.judged
            ]
            rows += [(*head, *each) for each in told or [(None, None, None, None, "not-assessed")]]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _given(row: dict[Any, Any]) -> Given:
    """One row as an item."""
    if row.get("item"):
        return Given(str(row["item"]))
    drug, sig = str(row.get("drug") or ""), str(row.get("sig") or "")
    return Given(f"{drug} {sig}".strip(), drug, sig)
