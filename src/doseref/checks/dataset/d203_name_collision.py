"""D203 name-collision (error)

What. A name means one thing: no canonical name, other name or product label is given twice, and none is given to two
different things, capital letters aside. That holds for abbreviations too.

Why. A name that means two substances sends a dose to the wrong one.

Passes:
    paracetamol → acetaminophen

Fires:
    paracetamol → acetaminophen and Paracetamol → ibuprofen
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, place, shown, terms
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D203", "name-collision")


def check(data: Dataset) -> Iterator[Finding]:
    """Names of substances and of products that are given twice."""
    canonical: dict[str, Row] = {}
    for row in data.rows("substances"):
        first = canonical.setdefault(row["name"].casefold(), row)
        if first is not row and row["name"]:
            yield _twice(row, "name", f"{shown(row['name'])} is the canonical name of {first['id']} already", first)
    yield from _other_names(data, canonical)
    yield from _products(data, canonical)


def _other_names(data: Dataset, canonical: dict[str, Row]) -> Iterator[Finding]:
    seen: dict[str, Row] = {}
    for row in data.rows("names"):
        name = row["name"].casefold()
        if not name:
            continue
        if name in canonical:
            owner = canonical[name]
            yield _twice(row, "name", f"{shown(row['name'])} is the canonical name of {owner['id']} already", owner)
        first = seen.setdefault(name, row)
        together = row["kind"] == first["kind"] == "combination" and row["substance"] != first["substance"]
        if first is row or together:
            continue
        if first["substance"] == row["substance"]:
            yield _twice(row, "name", f"{shown(row['name'])} is given to {row['substance']} a second time", first)
        else:
            yield _twice(row, "name", f"{shown(row['name'])} is given to {first['substance']} already", first)


def _products(data: Dataset, canonical: dict[str, Row]) -> Iterator[Finding]:
    labels: dict[str, Row] = {}
    for row in data.rows("products"):
        for column, written in (("label", row["label"]), *(("also", term) for term in terms(row["also"]))):
            name = written.casefold()
            if not name:
                continue
            first = labels.setdefault(name, row)
            if first["id"] != row["id"]:
                yield _twice(
                    row, column, f"{shown(written)} is how the product {first['id']} is written already", first
                )
            elif name in canonical and first is row:
                yield _twice(row, column, f"{shown(written)} is the canonical name of a substance", canonical[name])


def _twice(row: Row, column: str, message: str, first: Row) -> Finding:
    where = f" ({first.sheet.table.file} line {first.line})"
    return RULE.at(row, column, message + where, "remove or rename one of the two", also=(place(first, 0),))
