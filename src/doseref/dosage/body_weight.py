"""A body weight beside a dose: "max 3 g/24 h as weight <50 kg", "(15 mg/kg, 20 kg)". It is never an amount of the drug."""

from __future__ import annotations

from doseref.dosage.remarks import complete
from doseref.dosage.state import State

WEIGHT_WORDS = frozenset("weight wt bw bodyweight weighs weighing".split())
_IS = frozenset(("is", "currently", "now", "about", "approx", "around"))
NO_DOSE = "a weight, which is no dose"


def weight(p: State) -> bool:
    """weight ::= ["weight" | "wt"] (STOP | EQ | "is" | LE | GT | UPTO)* NUM [(DASH | TO) NUM] U-kg: left aside behind a
    whole instruction, told elsewhere.

    Also asks for: PER, SLASH, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i
    if kinds[i] == "WORD":
        if raw[first[i]] not in WEIGHT_WORDS:
            return False
        i += 1
    while kinds[i] in ("STOP", "EQ", "LE", "GT", "UPTO", "WORD") and raw[first[i]] not in (".", ";"):
        if kinds[i] == "WORD" and raw[first[i]] not in _IS:
            return False
        i += 1
    if kinds[i] != "NUM":
        return False
    i += 3 if kinds[i + 1] in ("DASH", "TO") and kinds[i + 2] == "NUM" else 1
    if kinds[i] != "U" or p.values[i] != "kg" or kinds[i + 1] in ("SLASH", "PER"):
        return False
    said(p, p.i, i)
    p.i = i + 1
    return True


def said(p: State, start: int, last: int) -> None:
    """Note a weight that stands at tokens ``start`` to ``last``: a remark behind a whole instruction, else a problem."""
    if complete(p):
        p.remarks.append((start, last))
    else:
        p.tell(NO_DOSE, start, last)
