"""Productions for words of a pharmacy that a number follows: how many are handed out, for how many days,
how often again.
"""

from __future__ import annotations

from doseref.dosage.amounts import number
from doseref.dosage.packs import PACKS, tube
from doseref.dosage.state import State


def dispense(p: State) -> bool:
    """dispense ::= DISP ["#" | DASH] NUM [C] [COMMA "R" DASH NUM]: how many are handed out, which is no dose.

    Also asks for: EQ, FORM, LP, OF, RP, STAR, STOP, T, U, WORD, X.
    """
    start = p.i
    p.i += 1
    if p.kinds[p.i : p.i + 2] == ["NUM", "U"] and p.values[p.i + 1] == "mg" and not p.clause.dosed:
        p.clause.form = "tablet"  # "aspirin disp 75 mg": dispersible; what is handed out is counted in no milligrams
        return p.tokens.raw[p.tokens.first[start]] == "disp"
    if p.kinds[p.i : p.i + 2] == ["NUM", "U"] and p.values[p.i + 1] in ("mg", "ug"):
        p.i = start
        return False  # "…, disp 75 mg od" is dispersible, and another dose
    while p.kinds[p.i] in ("HASH", "STOP", "DISP", "STAR", "X", "EQ", "OF"):
        p.i += 1
    if p.kinds[p.i] == "DASH" and p.kinds[p.i + 1] == "NUM":
        p.i += 1  # "Disp-90 tablet"
    if p.kinds[p.i] == "NUM":
        number(p)
        if p.kinds[p.i] == "X" and p.kinds[p.i + 1] == "NUM":
            p.i += 2
        if p.kinds[p.i] == "LP" and p.kinds[p.i + 1] in ("NUM", "WORD") and p.kinds[p.i + 2] == "RP":
            p.i += 3
        if not _days_of_supply(p):
            p.skip("C") or p.skip("U") or p.skip("FORM") or p.skip("T")
            _days_of_supply(p)
        _refills(p)
        return True
    if p.clause.duration is not None and p.clause.dosed and p.tokens.raw[p.tokens.first[start]] == "supply":
        if p.kinds[p.i : p.i + 3] == ["LP", "NUM", "RP"]:
            p.i += 3  # "8/52 supply (56)"
        return True
    p.i = start
    return False


def _days_of_supply(p: State) -> bool:
    """days-of-supply ::= [COMMA] T [DISP] [STOP] NUM, behind how many are handed out: "QTY:21 DAYS:7".

    Also asks for: END, RP.
    """
    kinds, i = p.kinds, p.i
    if kinds[i] in ("COMMA", "STOP"):
        i += 1
    if kinds[i] != "T" or p.values[i] != "d":
        return False
    i += 1
    while kinds[i] in ("DISP", "STOP"):
        i += 1
    if kinds[i] == "NUM" and kinds[i + 1] in ("END", "STOP", "COMMA", "RP", "DISP"):
        p.i = i + 1
        return True
    return False


_MOST_REFILLS = 12


def _refills(p: State) -> None:
    """refills ::= [COMMA] "R" (DASH | STOP) NUM, behind how many are handed out: "Disp-90 tablet, R-3", "Disp: 30, R: 1".

    Also asks for: END, STOP.
    """
    kinds = p.kinds
    i = p.i + (kinds[p.i] in ("COMMA", "STOP"))
    if (
        kinds[i] != "END"
        and p.tokens.raw[p.tokens.first[i]] == "r"
        and kinds[i + 1] in ("DASH", "STOP")
        and kinds[i + 2] == "NUM"
        and p.values[i + 2] <= _MOST_REFILLS
    ):
        p.i = i + 3


def number_of(p: State) -> bool:
    """number-of ::= "#" NUM [C] at the end, or before the count that is taken ("#120 1 tab"): how many are handed out.

    Also asks for: COMMA, DISP, END, NOTE, STOP, TAKE, U, WORD.
    """
    if p.kinds[p.i + 1] == "NUM" and p.kinds[p.i + 2] == "NUM" and p.kinds[p.i + 3] == "C" and p.clause.count is None:
        p.i += 2
        return True
    said = p.clause.dosed or p.clause.strengths
    if p.kinds[p.i + 1] == "NUM" and p.kinds[p.i + 2] == "TAKE" and said and not p.clause.timed:
        p.i += 2
        return True  # "100 mg tab #60 Sig: 1 tablet bid"
    if p.kinds[p.i + 1] == "NUM" and tube(p, p.i):
        p.i += 2
        if p.kinds[p.i] == "WORD" and p.tokens.raw[p.tokens.first[p.i]] in PACKS:
            p.i += 1
            return True  # "cream #1 tube apply bid"
        if p.skip("U"):
            return True  # "cream #30g apply bid"
        p.i -= 2
    if (
        p.kinds[p.i + 1] != "NUM"
        or not p.clause.dosed
        or p.kinds[p.i + 2] not in ("END", "C", "COMMA", "STOP", "DISP", "NOTE")
    ):
        return False
    p.i += 2
    p.skip("C")
    return True
