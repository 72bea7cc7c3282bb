"""The rows of a table as the lines of its file, each taken apart when it is asked for.

A check of three items looks at some dozen rows of ten thousand. Making every cell of every row costs it more than
everything else that it does with the tables; a line costs one string.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Lines(Sequence[list[str]]):
    """The rows of one table, in the order of its file: each a list of cells in the order of the table's columns."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        """The rows as they stand in a CSV file, without line ends, each known to be a whole row."""

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[str]]: ...
    def __getitem__(self, at: int | slice) -> list[str] | list[list[str]]:
        return cells_of(self.lines[at]) if isinstance(at, int) else [cells_of(line) for line in self.lines[at]]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[list[str]]:
        return map(cells_of, self.lines)

    def column(self, place: int) -> Iterator[str]:
        """The cell at ``place`` of every row."""
        if place == 0:  # the names of things: ten thousand of them are read at each start
            return (line.partition(",")[0] if line[:1] != '"' else cells_of(line)[0] for line in self.lines)
        count = place + 1
        return ((line.split(",", count) if '"' not in line else _head(line, count))[place] for line in self.lines)

    def heads(self, count: int) -> list[list[str]]:
        """The first ``count`` cells of every row, and whatever else (the rest of the line) behind them."""
        return [line.split(",", count) if '"' not in line else _head(line, count) for line in self.lines]

    def groups(self, count: int) -> Iterator[list[str]]:
        """The same of the first of those neighbouring rows that have one and the same first cell, a product's id."""
        last = "\n"
        for line in self.lines:
            if line.startswith(last):
                continue
            row = line.split(",", count) if '"' not in line else _head(line, count)
            last = f"{row[0]},"
            yield row


def _head(line: str, count: int) -> list[str]:
    """The same of a line with a quotation mark: a cell is quoted from its beginning on, so what stands before the first
    one is as it is.
    """
    row = line.split(",", count)
    return row if '"' not in "".join(row[:count]) else cells_of(line)


def cells_of(line: str) -> list[str]:
    """The cells of one whole row."""
    return line.split(",") if '"' not in line else next(csv.reader((line,), strict=True))


def are_rows(lines: list[str], width: int) -> bool:
    """Whether each line is a row of ``width`` cells that ends where the line does."""
    if any('"' not in line for line in lines if line.count(",") != width - 1):
        return False
    quoted = [line for line in lines if '"' in line]
    try:
        widths = list(map(len, csv.reader(quoted, strict=True)))
    except csv.Error:
        return False
    # A quotation mark that its line does not close makes one row of two lines.
    return len(widths) == len(quoted) and set(widths) <= {width}


def line_of(row: Iterable[str]) -> str:
    """The line of a row; a cell with a line break in it stays one line."""
    return ",".join(
        '"' + cell.replace('"', '""') + '"' if any(each in cell for each in ',"\n\r') else cell for cell in row
    )
