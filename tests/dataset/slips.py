"""Slips made on purpose in the shipped tables, to see whether the rules find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from doseref.checks.dataset.data import Dataset, open_dataset
from doseref.tables.load import data_directory
from doseref.tables.read import Row, scan
from doseref.tables.write import render

SHIPPED = data_directory()
AS_OF = date(2026, 11, 21)
S = TypeVar("S")


def changed(data: Dataset, row: Row, column: str, cell: str) -> Dataset:
    """The dataset with one cell changed."""
    return with_cells(data, [(row, column, cell)])


def with_cells(data: Dataset, cells: Iterable[tuple[Row, str, str]]) -> Dataset:
    """The dataset with some cells of one table changed: row, column and what is written instead."""
    known = list(cells)
    sheet = known[0][0].sheet
    place = {id(row): number for number, row in enumerate(sheet.rows)}
    rows = [list(each.cells) for each in sheet.rows]
    for row, column, cell in known:
        rows[place[id(row)]][sheet.index[column]] = cell
    made = open_dataset(SHIPPED, as_of=AS_OF, tables=())
    made.readings = data.readings
    made.sheets = {**data.sheets, sheet.table.name: scan(sheet.table, render(sheet.table, rows).encode(), sheet.path)}
    return made


def apart(slips: Iterable[S], key: Callable[[S], str]) -> Iterator[list[S]]:
    """Slips in groups of which no two share a key: those of one group are looked at together, and none hides another."""
    groups: list[tuple[set[str], list[S]]] = []
    for slip in slips:
        free = next((group for group in groups if key(slip) not in group[0]), None)
        if free is None:
            groups.append(free := (set(), []))
        free[0].add(key(slip))
        free[1].append(slip)
    return (group for _, group in groups)
