"""D313 product-strength (error)

What. The strengths in a product's label ("5/325", in the order of its ingredients) and in its other spellings (in any
order, "per 5 mL" too) are the strengths of its rows. A strength of a product whose spellings give none is at most three
times the largest, and at least a quarter of the smallest, strength of the same ingredient in the other products of its
unit. No tablet or capsule has a strength in mL.

Why. A strength ten times too high makes every tablet of that product ten times its dose, and nothing else shows it.

Passes:
    Norco 5/325: hydrocodone 5 mg, acetaminophen 325 mg

Fires:
    Norco 5/325: hydrocodone 5 mg, acetaminophen 3250 mg
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice, permutations

from doseref.checks.dataset.data import Dataset, Rule, number, place, shown, terms
from doseref.findings import Finding
from doseref.tables.entries import MANY_NUTRIENTS
from doseref.tables.read import Row
from doseref.tables.write import in_words
from doseref.units import UNITS

RULE = Rule("D313", "product-strength")

ABOVE = 3
"""How many times the largest of the others is no strength; a slip by ten of a middling strength is more than that."""
BELOW = 4
"""The same below the smallest; more, for low-dose aspirin is a third of the next strength."""
FEWEST = 3
"""How many other products there must be to compare with."""
MOST = 4
"""Ingredients whose order in another spelling is free; with more of them the written order counts."""
_MEND = "compare the strength with its source and with the product's label; correct the wrong one"

RowStrength = tuple[Row, Decimal]
"""A row and its strength in one unit of the product (one tablet, one mL)."""


def check(data: Dataset) -> Iterator[Finding]:
    """Strengths that contradict the product's own label or, where it has none, the other products."""
    products: dict[str, list[RowStrength]] = {}
    by_unit: dict[tuple[str, ...], list[RowStrength]] = {}
    yield from _volumes(data)
    held = Counter(row["id"] for row in data.rows("products"))
    for row in data.rows("products"):
        strength, per = number(row, "strength"), number(row, "per")
        if strength and per and strength > 0 and per > 0:
            products.setdefault(row["id"], []).append((row, strength / per))
            by_unit.setdefault(_kind(row, held), []).append((row, strength / per))
    for kin in by_unit.values():
        kin.sort(key=lambda each: each[1])
    written = re.compile(r"(?<![\d./])\d{1,6}(?:\.\d{1,6})?(?:/\d{1,6}(?:\.\d{1,6})?)+(?![\d/])")
    for strengths in products.values():
        strengths.sort(key=lambda each: (number(each[0], "position") or Decimal(0), each[0].line))
        told, compared = False, False
        for column, text in _spellings(strengths[0][0]):
            found = written.search(text)
            volume = _volume(text if " per " in text else strengths[0][0]["label"])
            given = [Decimal(part) / volume for part in found[0].split("/")] if found else []
            if len(given) != len(strengths):
                continue
            compared = True
            if not told:
                wrong = list(_contradicted(strengths, given, volume, in_order=column == "label"))
                told = bool(wrong)
                for row, strength in wrong:
                    yield _against_spelling(row, strength, strengths[0][0], column, text)
        if not compared:
            for row, strength in strengths:
                yield from _against_others(row, strength, by_unit[_kind(row, held)])


def _volumes(data: Dataset) -> Iterator[Finding]:
    """Tablets and capsules whose strength is a volume."""
    for row in data.rows("products"):
        unit = UNITS.get(row["unit"])
        if row["per_unit"] in ("{tablet}", "{capsule}") and unit is not None and unit.dimension == "volume":
            message = f"a {row['per_unit'].strip('{}')} has no strength in {row['unit']}"
            yield RULE.at(
                row, "unit", message, "write the mass of the ingredient, such as mg; of a liquid, per so many mL"
            )


def _kind(row: Row, held: Mapping[str, int]) -> tuple[str, ...]:
    """What strengths are compared within: the ingredient and its unit in the same amount of product
    (all counted forms alike), products of many nutrients apart: of a vitamin they hold what a day needs, a medicine
    of it a hundred times that.
    """
    per = row["per_unit"]
    of_many = "many" if held[row["id"]] > MANY_NUTRIENTS else ""
    return row["substance"], row["unit"], "" if per.startswith("{") else per, of_many


def _spellings(row: Row) -> Iterator[tuple[str, str]]:
    yield "label", row["label"]
    for term in terms(row["also"]):
        yield "also", term


def _volume(text: str) -> Decimal:
    """The number of millilitres in "per 5 mL"; 1 where a spelling names none."""
    found = re.search(r"\bper (\d{1,4}(?:\.\d{1,4})?) mL", text)
    volume = Decimal(found[1]) if found else Decimal(1)
    return volume or Decimal(1)


def _contradicted(
    strengths: list[RowStrength], given: list[Decimal], volume: Decimal, *, in_order: bool
) -> Iterator[RowStrength]:
    """The rows whose strength is not the given one: in the order written, or in the order that fits best. Another spelling
    than the label may leave a fraction out ("co-amoxiclav 125/31" of 31.25 mg in 5 mL).
    """
    orders = permutations(given) if not in_order and len(given) <= MOST else [tuple(given)]
    # Of orders that fit alike the first counts, which is the one written.
    best = min(orders, key=lambda order: sum(each[1] != wanted for each, wanted in zip(strengths, order, strict=True)))
    for (row, strength), wanted in zip(strengths, best, strict=True):
        if strength != wanted and (in_order or Decimal(int(strength * volume)) != wanted * volume):
            yield row, strength


def _against_spelling(row: Row, strength: Decimal, first: Row, column: str, text: str) -> Finding:
    per = f" in 1 {row['per_unit'].strip('{}')}"
    message = f"{row['substance']} {in_words(strength)} {row['unit']}{per} is not what {column} {shown(text)} says"
    return RULE.at(row, "strength", message, _MEND, also=(place(first, column),))


def _against_others(row: Row, strength: Decimal, kin: list[RowStrength]) -> Iterator[Finding]:
    """What stands apart from ``kin``, which is sorted by strength."""
    own = row["id"]
    if sum(1 for other in islice(kin, 50) if other[0]["id"] != own) < FEWEST:
        return
    low = next(other for other in kin if other[0]["id"] != own)
    high = next(other for other in reversed(kin) if other[0]["id"] != own)
    if strength > ABOVE * high[1]:
        near, words = high, "at most"
    elif strength * BELOW < low[1]:
        near, words = low, "at least"
    else:
        return
    amount = f"{row['substance']} {in_words(strength)} {row['unit']}"
    message = f"{amount} is far from the other products' {words} {in_words(near[1])} {row['unit']}"
    yield RULE.at(row, "strength", message, _MEND, also=(place(near[0], "strength"),))
