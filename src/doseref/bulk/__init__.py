"""The same check over columns: many regimens in a table, totals and verdicts as a table.

pandas is imported when the function is called, not with the package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from doseref.api import Person, Result, check
from doseref.errors import InputError, UsageError
from doseref.regimen.columns import read_columns, read_row
from doseref.regimen.model import Given, Judged
from doseref.regimen.table import whose

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    "patient", "kind", "substance", "route", "low", "high", "unit", "per", "items", "source", "statement", "limit", "basis", "verdict",
    "severity", "code", "message", "text", "status", "reason",
)  # fmt: skip
"""The columns of the outcome: a row per total and limit (``limit`` is in ``unit`` per ``per``), per item, per finding and per
thing that was not assessed, as ``kind`` says (``total``, ``item``, ``finding``, ``not assessed``)."""


def check_frame(frame: pandas.DataFrame, **options: Any) -> pandas.DataFrame:
    """Judge every regimen of ``frame``, whose columns are headed as in a file of items (:mod:`doseref.regimen.columns`).

    ``options`` are those of :func:`doseref.check` (``policy``, ``country`` …), and ``mapping`` (head → role). Returns a table with
    :data:`COLUMNS`: nothing that ``check`` says of the same items is left out. Amounts are exact decimals (objects), never binary
    floats. Raises :class:`UsageError` for a column that is missing or not known.
    """
    import pandas as pd

    mapping = options.pop("mapping", {})
    heads = [str(head) for head in frame.columns]
    cells = ([_cell(value) for value in row] for row in frame.itertuples(index=False, name=None))
    rows = rows_of(heads, cells, mapping, options)
    return pd.DataFrame([[row.get(name) for name in COLUMNS] for row in rows], columns=list(COLUMNS), dtype=object)


def rows_of(
    heads: Sequence[str], cells: Iterable[Sequence[str]], mapping: Mapping[str, str], options: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The rows of the outcome (some of :data:`COLUMNS` each) of a table of texts, people whole.

    Raises :class:`UsageError` for a column that is missing or not known.
    """
    try:
        columns = read_columns(heads, mapping, "the table", 0)
    except InputError as error:
        raise UsageError(str(error)) from None
    rows_read = (read_row(row, columns, f"row {number}") for number, row in enumerate(cells))
    people: dict[str | None, list[Given]] = {}
    for name, item in whose(row for row in rows_read if row is not None):
        people.setdefault(name, []).append(item)
    result = check([Person(name, tuple(items)) for name, items in people.items()], **options)
    for regimen in result.regimens:
        yield from _rows(result, regimen)


def _cell(value: Any) -> str:
    """A cell as text; what pandas takes for missing is empty, and 5.0 is ``5``."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _rows(result: Result, regimen: Judged) -> Iterator[dict[str, Any]]:
    name = result.data.name_of
    for item in regimen.items:
        yield {
            "patient": regimen.id, "kind": "item", "substance": ", ".join(map(name, item.substances)), "items": str(item.n),
            "text": item.given.text, "status": item.status, "reason": "; ".join(trouble.message for trouble in item.troubles),
        }  # fmt: skip
    for total in regimen.totals:
        head = {
            "patient": regimen.id, "kind": "total", "substance": name(total.substance), "route": total.route,
            "low": total.amount.low, "high": total.amount.high, "unit": total.amount.unit, "per": str(total.per),
            "items": ", ".join(map(str, total.items)),
        }  # fmt: skip
        for each in map(total.told, total.verdicts):
            yield {
                **head, "source": each.limit.source, "statement": each.limit.statement, "limit": each.amount,
                "basis": each.limit.basis, "verdict": each.judgement, "reason": each.reason,
            }  # fmt: skip
        if not total.judged:
            yield {**head, "verdict": "not-assessed", "reason": total.reason}
    for numbers, what, reason in regimen.not_assessed:
        yield {
            "patient": regimen.id, "kind": "not assessed", "substance": what, "items": ", ".join(map(str, numbers)),
            "verdict": "not-assessed", "reason": reason,
        }  # fmt: skip
    for finding in regimen.findings:
        yield {
            "patient": regimen.id, "kind": "finding", "substance": ", ".join(finding.substances),
            "items": ", ".join(map(str, finding.items)), "source": ", ".join(finding.sources),
            "severity": finding.severity.word, "code": finding.code, "message": finding.message,
        }  # fmt: skip
