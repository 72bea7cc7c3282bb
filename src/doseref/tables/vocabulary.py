"""What the tables lend to the sig language: their names, their salts, the strengths of their combinations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from doseref.dosage.vocabulary import Name, Pair, Vocabulary
from doseref.patterns import regex
from doseref.tables import schema


class Cells(Protocol):
    """A row of either reader: a cell by the name of its column."""

    def __getitem__(self, column: str, /) -> str: ...


_NUMBER = regex(r"[0-9]+(?:\.[0-9]+)?")
"""A strength as the tables write it; the validator may bring rows that hold anything."""
_WITH_OPIOIDS = ("acetaminophen", "aspirin", "ibuprofen")
"""What opioids are combined with, of which prescriptions write both strengths with a hyphen ("5-325")."""
_MOST_COUNTED = 4
"""More tablets than this at one time are not written with a dash."""
Rows = Callable[[schema.Table], Iterable[Cells]]


def vocabulary(rows: Rows) -> Vocabulary:
    """The :class:`Vocabulary` of a dataset, whose tables ``rows`` gives; nothing is read before a text needs it."""
    return Vocabulary(lambda: _names(rows), lambda: _salts(rows), lambda: _pairs(rows))


def _names(rows: Rows) -> Iterator[Name]:
    """Names of substances and of the salts in products; brands are proper names."""
    care = set()  # "apply dressing": what is no medicine is no name inside an instruction
    for row in rows(schema.SUBSTANCES):
        if row["kind"] == "care":
            care.add(row["id"])
        else:
            yield Name(row["name"])
    for row in rows(schema.NAMES):
        if row["kind"] != "word" and row["substance"] not in care:
            yield Name(row["name"], row["kind"].startswith("brand"))
    for name in {row["as_named"] for row in rows(schema.PRODUCTS)}:
        yield Name(name)
    for name in {row["name"] for row in rows(schema.PRODUCTS)}:
        yield Name(name, True)


def _salts(rows: Rows) -> Iterator[str]:
    """Every word behind the first in the name of a salt or a compound; a brand of a compound ("Slow Fe", "Mag-Ox 400")
    has none.
    """
    for row in rows(schema.NAMES):
        if row["kind"] in ("salt", "compound") and not (row["kind"] == "compound" and row["name"][:1].isupper()):
            yield from row["name"].lower().split()[1:]


def _pairs(rows: Rows) -> Iterator[Pair]:
    """Both strengths of products of two ingredients in mg, in the order of their positions.

    Lent are those that no range of doses is as wide as ("2.5–40 mg" is a range though a tablet of 2.5 mg and 40 mg
    exists): 32 times apart, or an opioid with what it is combined with; and where the first is a small whole number,
    which may be a count ("2 - 500 mg tablets"), a product is called by just these.
    """
    products: dict[str, list[Cells]] = {}
    for row in rows(schema.PRODUCTS):
        products.setdefault(row["id"], []).append(row)
    for parts in products.values():
        in_mg = [part for part in parts if part["unit"] == "mg" and _NUMBER.fullmatch(part["strength"])]
        if len(parts) == len(in_mg) == 2:
            first, second = sorted(parts, key=lambda part: part["position"])
            low, high = Decimal(first["strength"]), Decimal(second["strength"])
            apart = second["substance"] in _WITH_OPIOIDS or 32 * low <= high
            written = f"{first['strength']}/{second['strength']}" in first["label"]
            if apart and (written or low > _MOST_COUNTED or low != low.to_integral_value()):
                yield low, high
