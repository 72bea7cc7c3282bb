"""Productions for a bottle or tube that is handed out, told behind a whole instruction: "15 mL bd, 300 mL bottle"."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.packs import LEAST_PACK, PACKS, spread
from doseref.dosage.remarks import complete
from doseref.dosage.state import State


def _whole(p: State, i: int) -> bool:
    """Whether the word at ``i`` ends the line or its bracket and says that something is handed out whole ("80 g
    tube").

    Also asks for: END, RP, WORD.
    """
    return p.kinds[i] == "WORD" and p.kinds[i + 1] in ("END", "RP") and p.tokens.raw[p.tokens.first[i]] in PACKS


_SIZES = frozenset(map(Decimal, (15, 30, 60, 100, 120, 150, 200, 250, 300, 500)))
"""Millilitres in which liquids are sold."""
_FEW = 5
"""A bottle of a usual size holds so many doses at least."""
_DEVICES = frozenset(("{pen}", "{syringe}", "{cartridge}", "{vial}"))


def _device(p: State, unit: str) -> bool:
    """Whether so many mL at the end of a line are what a device holds, behind doses that are no volumes: "0.5 mg weekly,
    1.5 mL pen".

    Also asks for: C, END.
    """
    held = p.kinds[p.i] == "C" and p.values[p.i] in _DEVICES and p.kinds[p.i + 1] == "END" and unit == "mL"
    masses = [mass for clause in p.clauses for mass in clause.masses]
    return held and bool(masses) and all(mass.unit in ("mg", "ug", "[IU]") for mass in masses)


def bottle(p: State, low: Decimal, high: Decimal, unit: str, start: int) -> bool:
    """bottle ::= NUM (g | mL) [WORD of a pack | C of a device] at the end of the line, behind a whole dosage in sprays, drops or mL: what
    is handed out.

    Also asks for: COMMA, DISP, END, LP, MAX, MAXD, SLASH.
    """
    clause, whole = p.clause, _whole(p, p.i)
    if not p.depth and p.kinds[start - 1] == "COMMA" and low == high and _device(p, unit) and complete(p):
        p.i += 1
        return True
    bracketed = p.depth and whole and p.kinds[start - 1] == "LP"  # "(2.5 mL bottle)"
    if (
        low != high
        or unit not in ("g", "mL")
        or not (whole or p.kinds[p.i] in ("END", "DISP", "MAX", "MAXD"))
        or (p.depth and not bracketed)
    ):
        return False
    weeks = p.kinds[start - 2 : start] == ["SLASH", "NUM"] and clause.duration is not None  # "5/7 100 mL"
    if not (weeks or bracketed or p.kinds[start - 1] in _BEFORE_BOTTLE) or not (
        clause.timed_beside_total() or clause.prn
    ):
        return False
    if clause.count is not None:
        small = all(mass.unit in ("mg", "ug", "[IU]") for mass in clause.masses)
        found = small and clause.count[2] in _FROM_BOTTLES
    else:
        doses = [mass for mass in clause.masses if mass.unit == unit]
        one = len(doses) == len(clause.masses) == 1
        found = one and (low >= LEAST_PACK * doses[0].high or (low in _SIZES and low >= _FEW * doses[0].high))
        found = found or (whole and not clause.masses and spread(clause))  # "cream apply bd, 30 g tube"
    p.i += found and whole
    return found


_BEFORE_BOTTLE = frozenset("COMMA STOP DASH FREQ ADV TIMES ONCE WHEN T PRN WORD NOTE DISP SITE MEAL".split())
_FROM_BOTTLES = frozenset(("{spray}", "{drop}", "{puff}", "{application}"))
