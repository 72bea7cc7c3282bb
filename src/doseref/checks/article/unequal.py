"""Amounts with the same in another unit behind them that do not come to the same: "600 IU (150 mcg)" of vitamin D.

Only units that the substance's own factor brings together (units and mcg, mEq and mg): of milligrams in a bracket
behind milligrams the second may be what a tablet or the element weighs.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.articles.compare import in_unit
from doseref.dosage.tokens import Tokens
from doseref.dosage.vocabulary import NO_NAMES
from doseref.quantities import Range
from doseref.refdata import Reference
from doseref.statements import Statement
from doseref.units import convertible

_NEAR = Decimal("0.1")
"""How far the two may be apart where one of them is rounded."""
_LEAD = ("OR", "EQ")


def unequal(statement: Statement, data: Reference) -> Iterator[tuple[Range, Range]]:
    """Each amount of a statement of one substance and the other amount in the bracket behind it that is another one."""
    if len(statement.substances) != 1 or "(" not in statement.dosage_text:
        return
    tokens = Tokens(statement.dosage_text, NO_NAMES)
    kinds, values = tokens.kinds, tokens.values
    for at, kind in enumerate(kinds):
        if kind != "NUM" or kinds[at + 1 : at + 3] != ["U", "LP"]:
            continue
        other = at + 3 + (kinds[at + 3] in _LEAD)
        if kinds[other : other + 3] != ["NUM", "U", "RP"]:
            continue
        stated = Range.of(values[at], values[at + 1])
        again = Range.of(values[other], values[other + 1])
        if convertible(stated.unit, again.unit):
            continue
        same = in_unit(again, stated.unit, statement.substances[0], data)
        if same is not None and abs(same.high - stated.high) > stated.high * _NEAR:
            yield stated, again
