"""The same check over columns: many regimens in a table, totals and verdicts as a table.

pandas is imported when the function is called, not with the package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from doseref.api import check
from doseref.errors import InputError, UsageError
from doseref.lists.columns import read_columns, read_row
from doseref.lists.heads import ROLES
from doseref.lists.table import whose
from doseref.lists.unit_heads import plain
from doseref.outcome_rows import COLUMNS, rows
from doseref.regimen.model import Given
from doseref.result import Person

if TYPE_CHECKING:
    import pandas


def check_frame(frame: pandas.DataFrame, **options: Any) -> pandas.DataFrame:
    """Judge every regimen of ``frame``, whose columns are headed as in a file of items (:mod:`doseref.lists.columns`).

    ``options`` are those of :func:`doseref.check` (``policy``, ``country`` …), and ``mapping`` (head → role, ``{"colour": "ignore"}``). Returns a
    table with :data:`COLUMNS`: nothing that ``check`` says of the same items is left out. Amounts are exact decimals
    (objects), never binary floats. Raises :class:`UsageError` for a column that is missing or not known.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise UsageError(f"not a pandas DataFrame: {frame!r:.80}")
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
    missing = [head for head in mapping if plain(str(head)) not in map(plain, heads)]
    if missing:
        raise UsageError(f"mapping: there is no column {missing[0]!r}; the columns are {', '.join(map(repr, heads))}")
    try:
        columns = read_columns(heads, _roles(mapping), "the table", 0, _in_python)
    except InputError as error:
        raise UsageError(str(error)) from None
    rows_read = (read_row(row, columns, f"row {number}") for number, row in enumerate(cells))
    people: dict[str | None, list[Given]] = {}
    for name, item in whose(row for row in rows_read if row is not None):
        people.setdefault(name, []).append(item)
    if not people:
        return
    result = check([Person(name, tuple(items)) for name, items in people.items()], **options)
    for regimen in result.regimens:
        yield from rows(regimen, result.data)


def _roles(mapping: Mapping[str, str]) -> dict[str, str]:
    """Head, as heads are looked up, → role; raises :class:`UsageError` for a role that is none."""
    for head, role in mapping.items():
        if plain(str(role)) not in ROLES:
            raise UsageError(f"mapping={{{head!r}: {role!r}}}: a role is one of {', '.join(ROLES)}")
    return {plain(str(head)): plain(str(role)) for head, role in mapping.items()}


def _in_python(head: str, role: str) -> str:
    """How the role of a column is said in Python."""
    return f"mapping={{{head!r}: {role!r}}}"


def _cell(value: Any) -> str:
    """A cell as text; what pandas takes for missing is empty, and 5.0 is ``5``."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
