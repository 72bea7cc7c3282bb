"""The production for how many doses an inhaler holds, where a single letter says so."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.packs import OF_DEVICES
from doseref.dosage.state import State

_SIZES = frozenset(map(Decimal, (28, 30, 56, 60, 100, 112, 120, 124, 200)))


def doses_of_device(p: State, many: Decimal) -> bool:
    """doses-of-device ::= NUM "D" (FORM | "inh" | "inhale" | NUM C) before it is said how many are taken: "120D INH INHALE 2 PUFFS",
    "200D 2 puffs".

    Also asks for: T.
    """
    clause, kinds, i = p.clause, p.kinds, p.i
    if p.tokens.raw[p.tokens.first[i]] != "d" or many not in _SIZES or clause.count is not None or clause.timed:
        return False
    inhaled = (kinds[i + 1] == "FORM" and p.values[i + 1] == "inhaler") or p.values[i + 1] in ("inhalation", "inhale")
    counted = kinds[i + 1 : i + 3] == ["NUM", "C"] and p.values[i + 2] in OF_DEVICES
    if not (inhaled or counted):
        return False
    p.i = i + 1
    return True
