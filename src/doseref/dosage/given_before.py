"""Productions for what somebody has had already, told behind a whole instruction: a loading dose that is over, an amount that
was given so far. It is no dose of the day, and nothing of what is taken now.

Only what is said as done counts: "(load 1 g)" is the first dose of what follows, "(load to be given)" is told.
"""

from __future__ import annotations

from doseref.dosage.asides import behind_dash
from doseref.dosage.dates import date_at
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_OPENS = frozenset(("STOP", "COMMA", "NOTE", "LP", "DASH", "RP"))
_ENDS = frozenset(("END", "STOP", "RP", "COMMA"))
BEGINS = ("INIT", "NUM", "TOTAL", "WORD")
_OVER = frozenset("complete completed done finished received loaded cumulative administered given".split())
"""Words that say of a loading dose, or of an amount, that it was given."""
_HAD = frozenset("loaded received cumulative had".split())
"""Those of them that an amount alone may stand with."""
_LOADS = frozenset("load loading loaded bolus".split())
_AROUND = frozenset(
    "s p ed er a&e hospital icu itu ccu cath lab clinic ward ambulance ems theatre recovery pacu already has had approx about dose "
    "by so far date amount total".split()
)
_DROPPED = frozenset("~ the was is has been had their his her an".split())
"""Words without a token that may stand among them."""
_LONGEST = 14


def given(p: State) -> bool:
    """given-before ::= over up to the sign, behind one: ", load complete", "; loaded 600 mg in ED".

    Also asks for: WORD.
    """
    if p.kinds[p.i - 1] not in _OPENS and not behind_dash(p):
        return False
    if p.kinds[p.i] == "WORD" and p.tokens.raw[p.tokens.first[p.i]] not in _HAD | {"s", "has", "bolus"}:
        return False
    end = _end(p, p.i) if complete(p) else 0
    if not end:
        return False
    p.remarks.append((p.i, end - 1))
    p.i = end
    return True


def bracketed(p: State) -> bool:
    """given-bracket ::= "(" over ")": "(load complete ~5 g)", "(s/p 600 mg load)", "(cumulative dose 6 g)".

    Also asks for: RP.
    """
    end = _end(p, p.i + 1) if p.kinds[p.i + 1] in BEGINS and complete(p) else 0
    if not end or p.kinds[end] != "RP":
        return False
    p.remarks.append((p.i + 1, end - 1))
    p.i = end + 1
    return True


def _end(p: State, i: int) -> int:
    """Where words end that say what was given before; 0 where one of them could say something else, or none says that it is
    over.

    over ::= (load | done | amount | place | date)+, with one that says that it is over, and a load or an amount.

    Also asks for: INIT.
    """
    kinds, start, last = p.kinds, i, p.tokens.first[i] - 1
    said: set[str] = set()
    amounts = 0
    while kinds[i] not in _ENDS:
        if i - start > _LONGEST or not _DROPPED.issuperset(p.tokens.raw[last + 1 : p.tokens.first[i]]):
            return 0
        amount = _amount(p, i)
        after = max(amount, date_at(p, i))
        amounts += amount > i
        if after == i:
            words = p.tokens.words(i, i + 1)
            if not _told(p, i, words):
                return 0
            said.update(words)
            after = i + 1
        last, i = p.tokens.last[after - 1], after
    over = not said.isdisjoint(_OVER) or {"so", "far"} <= said or {"to", "date"} <= said or {"s", "p"} <= said
    of_load = not said.isdisjoint(_LOADS) or (amounts == 1 and not said.isdisjoint(_HAD | {"far", "date"}))
    return i if over and of_load and amounts < _TWO else 0


_TWO = 2


def _told(p: State, i: int, words: list[str]) -> bool:
    """Whether a word can stand in what was given before.

    Also asks for: A, AT, BY, IN, INIT, OF, ON, ROUTE, SLASH, TO, WITH, WORD.
    """
    kinds = p.kinds
    if kinds[i] == "INIT":
        return words[0].startswith("load")
    if kinds[i] == "SLASH":
        return p.tokens.raw[p.tokens.first[i] - 1] == "s" and p.tokens.raw[p.tokens.first[i] + 1] == "p"
    if kinds[i] == "TO":
        return p.tokens.raw[p.tokens.first[i] + 1] == "date"
    return kinds[i] in ("IN", "ON", "AT", "WITH", "OF", "ROUTE", "A", "BY") or words[0] in _OVER | _AROUND


def _amount(p: State, i: int) -> int:
    """amount ::= NUM U [SLASH (U | "m2")] | X NUM: where it ends; ``i`` itself where none stands there.

    Also asks for: NUM, SLASH, T, U, X.
    """
    kinds, values = p.kinds, p.values
    if kinds[i : i + 2] == ["X", "NUM"] and values[i + 1] == 1 and kinds[i + 2] not in ("T", "U"):
        return i + 2
    if kinds[i : i + 2] != ["NUM", "U"]:
        return i
    per = kinds[i + 2] == "SLASH" and (
        (kinds[i + 3] == "U" and values[i + 3] == "kg") or p.tokens.raw[p.tokens.first[i + 3]] == "m2"
    )
    return i + 4 if per else i + 2
