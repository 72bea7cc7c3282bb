"""D103 cell (error)

What. Every cell is of its column's type and keeps its column's constraint: required, one of the named values, matching
the pattern, a plain number above zero, a date that exists, terms that differ.

Why. A cell that is not what its column says is read as nothing or as something else: "1,5" as 15, "O.5" as text.

Passes:
    400 in dose_low

Fires:
    4OO in dose_low
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from doseref.checks.dataset.data import Dataset, Rule, columns_of, shown
from doseref.findings import Finding
from doseref.tables.schema import Column, words
from doseref.tables.write import canonical_number

RULE = Rule("D103", "cell")
LONGEST = 2000
"""Characters in the longest cell that is believed: five times the longest dosing text."""

Test = Callable[[str], str]
"""From a filled cell to what is wrong with it; empty where nothing is."""


def check(data: Dataset) -> Iterator[Finding]:
    """Type and constraint of every cell of every row of the right width."""
    for sheet in data.sheets.values():
        columns = [(position, column, _test(column), _required(column)) for position, column in columns_of(sheet)]
        for row in sheet.rows:
            cells = row.cells
            for position, column, test, required in columns:
                cell = cells[position]
                if cell:
                    wrong = test(cell) if len(cell) <= LONGEST else f"is {len(cell):,} characters long"
                    if wrong:
                        yield RULE.at(row, position, f"{column.name} {wrong}", f"{column.name}: {column.words}")
                elif required:
                    yield RULE.at(row, position, f"{column.name} is blank but required", f"fill it in: {column.words}")


def _required(column: Column) -> bool:
    """Whether a blank cell is told of here; D501 tells of a blank source."""
    return column.required and not (column.kind == "ref" and column.table == "sources")


def _test(column: Column) -> Test:
    kind = column.kind
    if kind == "integer":
        return partial(_integer, column.minimum)
    if kind == "decimal":
        return _decimal
    if kind == "date":
        return _date
    if kind == "enum":
        return partial(_one_of, tuple(value for value in column.values if value))
    if kind == "flag":
        return partial(_one_of, ("yes",))
    if kind in ("list", "refs"):
        return _terms
    return partial(_matching, re.compile(column.pattern)) if column.pattern else _anything


def _anything(cell: str) -> str:
    return ""


def _integer(minimum: int | None, cell: str) -> str:
    plain = canonical_number(cell)
    if plain is None or "." in plain or len(plain) > 18:
        return f"is {shown(cell)}, not a whole number"
    if minimum is not None and int(plain) < minimum:
        return f"is {plain}, below {minimum}"
    return ""


def _decimal(cell: str) -> str:
    plain = canonical_number(cell)
    if plain is None or len(plain) > 24:
        return f"is {shown(cell)}, not a plain number (digits and one decimal point)"
    if plain == "0" or plain[0] == "-":
        return f"is {plain}, not above zero"
    return ""


def _date(cell: str) -> str:
    try:
        sound = date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        sound = False
    return "" if sound else f"is {shown(cell)}, not a date (YYYY-MM-DD)"


def _one_of(values: tuple[str, ...], cell: str) -> str:
    return "" if cell in values else f"is {shown(cell)}, not one of {', '.join(values)} or blank"


_IN_WORDS = {
    words.SLUG: "small letters and digits with single hyphens between them, such as our-formulary",
    words.COUNTRY: "the code of a country in two capitals, such as US (the United Kingdom is GB)",
    words.SET_ID: "a set id of DailyMed (32 hexadecimal digits in five groups)",
    r"\d+": "digits alone",
}
"""What the patterns of many columns want, for whoever mends the cell."""


def _matching(pattern: re.Pattern[str], cell: str) -> str:
    if pattern.fullmatch(cell):
        return ""
    wanted = _IN_WORDS.get(pattern.pattern)
    return f"is {shown(cell)}, not {wanted}" if wanted else f"is {shown(cell)}, which does not match {pattern.pattern}"


def _terms(cell: str) -> str:
    parts = [part.strip() for part in cell.split(";")]
    if "" in parts:
        return f"is {shown(cell)}, which has an empty term"
    if len(set(parts)) < len(parts):
        twice = next(part for position, part in enumerate(parts) if part in parts[:position])
        return f"has the term {shown(twice)} twice"
    return ""
