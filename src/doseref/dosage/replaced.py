"""Productions for a dose that was taken before, beside the one that is taken now: only the new one counts."""

from __future__ import annotations

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_BEFORE = frozenset(("was", "previously", "formerly"))
_NOW = frozenset(("now", "currently"))
_OFTEN = frozenset(("FREQ", "ADV", "WHEN", "ROUTE", "ONCE"))
_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))


def replaced(p: State) -> bool:
    """replaced ::= was-now | instead-of | told-of-before."""
    return was_now(p) or instead_of(p) or told_of_before(p)


_TAKEN = frozenset(("took", "taken", "tried", "had", "started", "used"))
_ON = frozenset(("on", "taking"))


def told_of_before(p: State) -> bool:
    """told-of-before ::= ("was" [ON] | "previously" [ON] | "never" ("took" | "tried" …) [A]) old-dose up to the end
    of the sentence, behind a whole instruction and a sign: "30 mg daily, previously 40 mg", "; was 1 tab BID".

    Also asks for: A, COMMA, END, ON, STOP, TAKE, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    said = raw[first[p.i]]
    i = p.i + 1
    if p.depth or not complete(p) or kinds[p.i - 1] not in ("STOP", "COMMA"):
        return False
    if said == "never":
        if raw[first[i]] not in _TAKEN:
            return False
        i += 1
        while kinds[i] == "A":
            i += 1
    elif said in _BEFORE:
        while kinds[i] in ("ON", "TAKE", "WORD") and raw[first[i]] in _ON:
            i += 1
    else:
        return False
    end = _old_dose(p, i)
    if not end or kinds[end] not in ("END", "STOP"):
        return False
    p.i = end
    return True


def was_now(p: State) -> bool:
    """was-now ::= ("was" | "previously") old-dose [COMMA | STOP | ARROW] "now", before the new dose: "was 20 mg daily,
    now 40 mg daily".
    """
    kinds = p.kinds
    if p.tokens.said(p.i, p.i + 1) not in _BEFORE or p.clause.dosed or p.clause.timed:
        return False
    end = _old_dose(p, p.i + 1)
    if not end:
        return False
    if kinds[end] in ("COMMA", "STOP", "ARROW"):
        end += 1
    if p.tokens.raw[p.tokens.first[end]] not in _NOW or kinds[end + 1] not in NUMBER_KINDS:
        return False
    p.i = end + 1
    return True


def instead_of(p: State) -> bool:
    """instead-of ::= "instead" OF old-dose up to the sign, behind a whole instruction: "20 mg daily instead of
    10 mg".
    """
    if p.tokens.said(p.i, p.i + 1) != "instead" or p.kinds[p.i + 1] != "OF" or not complete(p) or p.depth:
        return False
    end = _old_dose(p, p.i + 2)
    if not end or p.kinds[end] not in _ENDS:
        return False
    p.i = end
    return True


def _old_dose(p: State, i: int) -> int:
    """Where the old dose at ``i`` ends, an amount and how often; 0 where there is none."""
    kinds = p.kinds
    if kinds[i] != "NUM":
        return 0
    i += 1
    if kinds[i] == "DASH" and kinds[i + 1] == "NUM":
        i += 2
    if kinds[i] not in ("U", "C"):
        return 0
    i += 1
    while kinds[i] in _OFTEN or (kinds[i] in ("SLASH", "PER", "A") and kinds[i + 1] == "T"):
        i += 1 if kinds[i] in _OFTEN else 2
    return i
