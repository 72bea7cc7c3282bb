"""Productions for a reading on which a dose depends: "only if weight up more than 3 lb in a day", "if SBP > 160"."""

from __future__ import annotations

from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_MEASURED = frozenset(
    "weight wt weights sbp dbp bp systolic diastolic map hr pulse glucose bg bsl bgl bm bms fbs rbs cbg sugar sugars "
    "fsbs temp temperature spo2 sats sat o2 inr score ketones potassium k level reading".split()
)
"""What is measured, and never taken."""
_SAID = frozenset(
    "gain gained gains increased increases increase up rise rises goes reads reading readings level "
    "is are stays remains over from your you baseline dry fasting blood pressure heart rate home rises still by "
    "overnight".split()
)
_UNITS_OF_READINGS = frozenset(
    "lb lbs pound pounds kg kgs kilo kilos mmhg bpm % f c °f °c mmol mmol/l mg/dl mg dl l °".split()
)
_BETWEEN = frozenset(("GT", "LE", "IN", "A", "OF", "OR", "AND", "SLASH", "T", "BY", "TO", "AT", "ON", "BETWEEN", "IF"))
_LONGEST = 24
_ENDS = frozenset(("END", "STOP", "RP"))
_OVER = frozenset(("more", "over", "above", "greater"))


def measured_condition(p: State) -> bool:
    """measured-condition ::= IF words with a reading and its limit, up to the sign: as needed, then only.

    The dose is known, and is an extra one, as needed or at an interval (a dose for certain times of the day under a
    condition is refused); what is measured is named, and a comparison with a number stands behind it.

    Also asks for: BAD, COMMA, GT, ID, LE, NUM, RAISE, U, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    clause = p.clause
    if not complete(p) or clause.step is not None or p.target or not (clause.added or clause.prn or clause.every):
        return False
    start = i = p.i + 1
    named = compared = number = False
    while kinds[i] not in _ENDS:
        kind, word = kinds[i], raw[first[i]]
        named = named or word in _MEASURED
        compared = compared or kind in ("GT", "LE") or word in _OVER
        if kind == "NUM":
            if not named or not compared:
                return False
            number = True
        elif kind == "COMMA" and number:
            break
        elif not (
            word in _MEASURED
            or word in _SAID
            or word in _OVER
            or word in ("than", "less")
            or kind in _BETWEEN
            or (kind in ("U", "WORD", "BAD", "ID", "RAISE") and word in _UNITS_OF_READINGS)
        ):
            return False
        i += 1
        if i - start > _LONGEST:
            return False
    if not number:
        return False
    clause.prn = clause.link != "or"
    clause.besides = clause.besides or clause.added
    clause.prn_for = clause.prn_for or p.tokens.said(start, i)
    p.i = i
    return True
