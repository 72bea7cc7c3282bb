"""D307 numbering (error)

What. A statement's id is its source, its section and its number in the article's list; the numbers of a list run from
01 without a gap, the lines rise with them, and the section belongs to the table (drug and advanced: drugs.csv).

Why. A gap is a lost statement; a line that does not rise is a wrong line.

Passes:
    l5-s1/drug/05 at line 317, l5-s1/drug/06 at line 321

Fires:
    l5-s1/drug/05 at line 317, l5-s1/drug/07 at line 325
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, number, shown
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D307", "numbering")

_SECTIONS = {"drugs": ("drug", "advanced"), "supplements": ("supplement",)}


def check(data: Dataset) -> Iterator[Finding]:
    """Gaps in the numbers, lines that do not rise, ids that contradict their row."""
    lists: dict[tuple[str, str], dict[int, Row]] = {}
    for table in STATEMENT_TABLES:
        for row in data.rows(table):
            source, _, rest = row["id"].partition("/")
            section, _, digits = rest.partition("/")
            if not digits.isdigit() or not digits.isascii():
                continue
            if source != row["source"]:
                yield RULE.at(
                    row,
                    "source",
                    f"source {shown(row['source'])} contradicts the id {row['id']}",
                    "correct one of them",
                )
            if section not in _SECTIONS[table]:
                yield RULE.at(row, "id", f"section {shown(section)} does not belong into {table}.csv", "move the row")
            lists.setdefault((source, section), {}).setdefault(int(digits), row)
    for (source, section), rows in lists.items():
        yield from _one_list(source, section, rows)


def _one_list(source: str, section: str, rows: dict[int, Row]) -> Iterator[Finding]:
    before = 0
    numbers = sorted(rows)
    high, high_row = 0, None
    for place_in_list, digits in enumerate(numbers):
        row = rows[digits]
        if digits > before + 1:
            missing = f"{before + 1:02d}" if digits == before + 2 else f"{before + 1:02d} to {digits - 1:02d}"
            yield RULE.at(
                row, "id", f"{source}/{section}/{missing} is missing before this row", "add it, or correct the id"
            )
        before = digits
        line = int(number(row, "line") or 0)
        following = rows[numbers[place_in_list + 1]] if place_in_list + 1 < len(numbers) else None
        next_line = int(number(following, "line") or 0) if following else 0
        if line and line <= high and high_row is not None:
            yield RULE.at(
                row, "line", f"line {line} does not come after line {high} of {high_row['id']}", "correct the line"
            )
            continue
        if following and next_line and line > next_line > high:
            yield RULE.at(
                row, "line", f"line {line} comes after line {next_line} of {following['id']}", "correct the line"
            )
            continue
        high, high_row = line, row
