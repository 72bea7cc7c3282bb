"""Productions for what a device is: how many doses an inhaler holds, for how many days a patch is made."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.packs import OF_DEVICES
from doseref.dosage.state import State

_SIZES = frozenset(map(Decimal, (28, 30, 56, 60, 100, 112, 120, 124, 200)))


def doses_of_device(p: State, many: Decimal) -> bool:
    """doses-of-device ::= NUM "D" [STOP | COMMA] (FORM | "inh" | "inhale" | NUM C) before it is said how many are taken:
    "120D INH INHALE 2 PUFFS", "200D 2 puffs", "120D: 2 puffs".

    Also asks for: T.
    """
    clause, kinds, i = p.clause, p.kinds, p.i
    if p.tokens.raw[p.tokens.first[i]] != "d" or many not in _SIZES or clause.count is not None or clause.timed:
        return False
    inhaled = (kinds[i + 1] == "FORM" and p.values[i + 1] == "inhaler") or p.values[i + 1] in ("inhalation", "inhale")
    i += kinds[i + 1] in ("STOP", "COMMA")
    counted = kinds[i + 1 : i + 3] == ["NUM", "C"] and p.values[i + 2] in OF_DEVICES
    if not (inhaled or counted):
        return False
    p.i = i + 1
    return True


def patch_of_days(p: State) -> bool:
    """patch-of-days ::= NUM T C(patch) behind its rate and before the instruction: "seven day patches".

    Also asks for: C, T.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if kinds[i : i + 2] != ["T", "C"] or values[i] != "d" or values[i + 1] != "{patch}" or p.clause.count is not None:
        return False
    if p.clause.timed or not p.clause.masses:
        return False
    p.clause.form = p.clause.form or "patch"
    p.i = i + 2
    return True
