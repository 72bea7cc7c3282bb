"""Productions for weeks of a pregnancy, from and until which something is taken: "from 12/40", "until 36 weeks"."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_FEWEST_BARE, _MOST = 20, 42
"""Weeks from which on "until 36 weeks" needs no word for the pregnancy, and how many it has at most."""
_PREGNANCY = frozenset("gestation gest pregnancy pregnant".split())
_AFTER_BIRTH = frozenset("postpartum postnatal postnatally".split())
_FORTIETHS = Decimal(40)
_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))


def week(p: State, i: int, bare: bool) -> int:
    """week ::= NUM "/" 40 | NUM weeks [[OF] "gestation" | "postpartum"]: where a week of pregnancy at ``i`` ends; ``i``
    itself where none stands there. ``bare`` says that a late week needs no word.

    Also asks for: C, IN, NUM, OF, SLASH, T, U.
    """
    kinds, values, raw, first = p.kinds, p.values, p.tokens.raw, p.tokens.first
    if kinds[i] != "NUM" or not 0 < values[i] <= _MOST:
        return i
    if kinds[i + 1 : i + 3] == ["SLASH", "NUM"]:
        return i + 3 if values[i + 2] == _FORTIETHS and kinds[i + 3] not in NUMBER_KINDS | {"U", "C"} else i
    if kinds[i + 1] != "T" or values[i + 1] != "wk":
        return i
    end = i + 2
    if raw[first[end]] in _PREGNANCY | _AFTER_BIRTH:
        return end + 1
    if kinds[end] in ("OF", "IN") and raw[first[end + 1]] in _PREGNANCY:
        return end + 2
    return end if bare and values[i] >= _FEWEST_BARE and kinds[end] in _ENDS else i


def until_week(p: State) -> bool:
    """until-week ::= UNTIL week: "until 36 weeks", "until 34/40", "until 6 weeks postpartum"; the word is passed."""
    end = week(p, p.i, True)
    if end == p.i or not p.clause.dosed:
        return False
    p.clause.until = p.tokens.said(p.i, end)
    p.i = end
    return True


def from_week(p: State) -> bool:
    """from-week ::= "from" week [(TO | UNTIL | DASH) week]: "from 12/40", "from 12 weeks until 36 weeks".

    Also asks for: DASH, T, TO, UNTIL.
    """
    if p.tokens.said(p.i, p.i + 1) != "from" or p.depth or not complete(p):
        return False
    first = p.i + 1
    end = week(p, first, True)
    plain = first + 2 if p.kinds[first + 1] == "T" and p.values[first + 1] == "wk" else first
    for at in (end, plain):
        if at > first and p.kinds[at] in ("TO", "UNTIL", "DASH") and (last := week(p, at + 1, True)) > at + 1:
            p.clause.until = p.tokens.said(at + 1, last)
            p.i = last
            return True
    if end == first:
        return False
    p.i = end
    return True
