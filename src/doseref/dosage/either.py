"""Productions for what may be taken besides: "nocte and/or prn", "bd/prn", "1 mane +/- 1 nocte".

What such words allow beyond the regular doses is more than these: never the regular doses alone.
"""

from __future__ import annotations

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.state import State

_SIGN = ["PLUS", "SLASH", "DASH"]
"""+/- in tokens."""
_OWN_OFTEN = frozenset(("EVERY", "FREQ", "ONCE", "UPTO", "ADV", *NUMBER_KINDS))
"""What says behind "as needed" how often that is: then it is an alternative like any other."""
_TIMES = frozenset(("WHEN", "FREQ", "ADV", "EVERY", "ONCE", "AT"))


def as_needed_too(p: State) -> bool:
    """as-needed-too ::= (OR | AND | WITH | "/" | "+/-") PRN behind a regular dose: how many more are taken as needed is
    not said, and stays open. With anything but "and" and "with" the regular dose may be left out as well.

    Also asks for: AND, DASH, OR, PLUS, SLASH, WITH.
    """
    kinds, clause, i = p.kinds, p.clause, p.i
    both = kinds[i] in ("AND", "WITH") or (kinds[i] == "PLUS" and kinds[i + 1] == "PRN")
    i += len(_SIGN) if kinds[i : i + 3] == _SIGN else 1
    if kinds[i] != "PRN" or not clause.dosed or clause.prn or p.depth or not clause.timed_beside_total():
        return False
    if not both and kinds[i + 1] in _OWN_OFTEN:
        return False
    p.i = i
    clause.prn = not both
    p.new_clause("and").besides = True
    return True


def needed_and_regular(p: State) -> bool:
    """needed-and-regular ::= PRN … (AND | OR | PLUS) times: "1 prn and nocte": so many as needed, which stays open, and
    one at that time.

    Also asks for: AND.
    """
    kinds, clause = p.kinds, p.clause
    if not clause.prn or not clause.dosed or p.depth or clause.timed or kinds[p.i + 1] not in _TIMES:
        return False
    apart = kinds[p.i] == "AND"
    p.i += 1
    made = p.new_clause("and")
    made.besides = True
    made.prn = not apart
    return True


def one_or_both(p: State) -> bool:
    """one-or-both ::= ("and/or" | "+/-") (amount | times) behind a whole dose: "1 mane +/- 1 nocte", "mane and/or
    nocte": one more that may be left out.

    Also asks for: A, OR, PLUS.
    """
    kinds, clause, i = p.kinds, p.clause, p.i
    sign = kinds[i : i + 3] == _SIGN
    if not sign and not said(p, i):
        return False
    i += len(_SIGN) if sign else 1
    amount = kinds[i] in NUMBER_KINDS or kinds[i] == "A"
    if not clause.dosed or p.depth or not clause.timed_beside_total() or not (amount or kinds[i] in _TIMES):
        return False
    if amount and not sign:
        p.tell("the one dose, the other, or both?", p.i, i, "ambiguous")
        p.fatal = True
    p.i = i
    made = p.new_clause("and")
    made.prn = made.besides = True
    return True


def other_meal(p: State, i: int, code: str) -> None:
    """The meal behind the "or" at ``i``: instead of the one before it; behind "and/or" besides it as well."""
    clause = p.clause
    if said(p, i) and clause.dosed:
        made = p.new_clause("and")
        made.prn = made.besides = True
        made.when = (code,)
    else:
        clause.when_or = (*clause.when_or, code)


def said(p: State, i: int) -> bool:
    """Whether the token at ``i`` is "and/or", which is the one, the other, or both.

    Also asks for: OR.
    """
    return p.kinds[i] == "OR" and p.tokens.raw[p.tokens.first[i]] == "and"
