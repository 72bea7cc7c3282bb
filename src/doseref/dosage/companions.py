"""Another item of a list that is taken with this one: "with a 50 mg tablet for a total of 150 mg", "(in addition to AM
dose)". How much that is stands there; without it the day is not whole.
"""

from __future__ import annotations

from doseref.dosage.remarks import complete
from doseref.dosage.state import State
from doseref.units import UNITS

BESIDE = "another item is taken with it: is it in the list?"
"""The words of the problem, which is settled where the other item stands in the list."""
_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))
_ADDED = frozenset(("addition", "top"))


def companion(p: State) -> bool:
    """companion ::= (WITH | IN "addition" TO | ON "top" OF) [A] (NUM U [C] [total] | WHEN "dose") up to the sign, behind a
    whole instruction, with total ::= (FOR | EQ | "(") [A] TOTAL [OF] NUM U [")"].

    Also asks for: A, C, FORM, IN, LP, NUM, OF, ON, REL, TO, U, WHEN, WITH.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    if not complete(p) or p.clause.loose:
        return False
    if kinds[i] in ("IN", "ON"):
        if raw[first[i + 1]] not in _ADDED or kinds[i + 2] not in ("TO", "OF"):
            return False
        i += 2
    i += 1
    while kinds[i] == "A":
        i += 1
    if kinds[i] == "WHEN" and kinds[i + 1] == "C" and p.values[i + 1] == "{dose}":
        end = i + 2
    elif kinds[i : i + 2] == ["NUM", "U"] and UNITS[p.values[i + 1]].dimension in ("mass", "international units"):
        end = i + 2
        while kinds[end] in ("C", "FORM", "REL"):
            end += 1
        end = _total(p, end)
    else:
        return False
    if kinds[end] not in _ENDS:
        return False
    p.tell(BESIDE, p.i, end - 1)
    p.i = end
    return True


def _total(p: State, i: int) -> int:
    """Where what the two come to ends; ``i`` itself where it is not said.

    Also asks for: A, AND, COMMA, EQ, FOR, LP, NUM, OF, RP, SLASH, TOTAL, U, WHEN.
    """
    kinds, start, bracketed = p.kinds, i, p.kinds[i] == "LP"
    if kinds[i] not in ("FOR", "EQ", "LP", "TOTAL"):
        return start
    named = kinds[i] in ("EQ", "TOTAL") or "total" in p.tokens.words(i, i + 1)  # "for a total of"
    i += 1
    while kinds[i] in ("A", "TOTAL", "OF"):
        named = named or kinds[i] == "TOTAL"
        i += 1
    if kinds[i : i + 2] != ["NUM", "U"]:
        return start
    i += 2
    named = named or kinds[i] == "TOTAL"
    i += kinds[i] == "TOTAL"
    if kinds[i] == "WHEN" and named:
        i += 1
        while kinds[i] in ("SLASH", "COMMA", "AND") and kinds[i + 1 : i + 4] == ["NUM", "U", "WHEN"]:
            i += 4  # "(total 2.5 mg AM / 2 mg PM)"
    if not named or (bracketed and kinds[i] != "RP"):
        return start
    return i + bracketed
