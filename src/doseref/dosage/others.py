"""Productions for what is said of other medicines beside a whole dosage: how far apart from this one they are taken."""

from __future__ import annotations

from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_MEDICINES = frozenset("meds med medicines medications medication medicine drugs drug tablets pills".split())
_ENDS = frozenset(("END", "STOP", "RP"))
_APART = frozenset("BEFORE AFTER OR AND AT MOST TAKE COMMA WORD GT TO BY IN A OF".split())
"""What tells how far apart they are taken, besides lengths in minutes and hours."""
_WORDS = frozenset("be taken given least apart should must separately this it later earlier".split())
_LONGEST = 30


_SAME = frozenset("dose doses last previous another next it itself each".split())
"""What a distance is kept from, which is that of one dose from the next."""


def not_within(p: State) -> bool:
    """not-within ::= NEG [TAKE] "within" NUM [(DASH | TO) NUM] T ("of" | BEFORE | AFTER) words up to the sign, behind a
    whole dosage: how far it is kept from something else ("not within 4h of thyroid pill").

    From its own last dose it would be an interval, which is left to be told.

    Also asks for: COMMA, OF.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    if p.tokens.said(i, i + 1) not in ("not", "do not", "don't", "never") or not complete(p):
        return False
    i += 1 + (kinds[i + 1] == "TAKE")
    if raw[first[i]] != "within" or kinds[i + 1] != "NUM":
        return False
    i += 3 if kinds[i + 2] in ("DASH", "TO") and kinds[i + 3] == "NUM" else 1
    if kinds[i + 1] != "T" or p.values[i + 1] not in ("min", "h") or kinds[i + 2] not in ("OF", "BEFORE", "AFTER"):
        return False
    start = i = i + 3
    while kinds[i] not in (*_ENDS, "COMMA") and i - start < _LONGEST:
        if kinds[i] not in _THINGS or raw[first[i]] in _SAME:
            return False
        i += 1
    if i == start or kinds[i] not in (*_ENDS, "COMMA"):
        return False
    p.i = i
    return True


_THINGS = frozenset("WORD SUBST C FORM A OR AND SLASH OTHER MEAL ID NOTE WATER".split())


def other_medicines(p: State) -> bool:
    """other-medicines ::= "other" medicines (NUM [DASH NUM] T | "before" | "after" …)+ up to the end of the sentence:
    "other meds 1 h before or 4 h after".

    Only lengths in minutes or hours stand among the words; an amount, a frequency or a word that is not understood
    leaves it to the productions that tell it.

    Also asks for: COMMA, DASH, NUM, OTHER, STOP, T, TAKE, TO, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i
    before = kinds[i - 2] if kinds[i - 1] == "TAKE" else kinds[i - 1]
    if raw[first[i]] != "other" or raw[first[i + 1]] not in _MEDICINES:
        return False
    if p.depth or not complete(p) or before not in ("COMMA", "STOP", "DASH"):
        return False
    start = i = i + 2
    lengths = 0
    while kinds[i] not in _ENDS:
        if i - start > _LONGEST:
            return False
        if kinds[i] == "NUM":
            i += 2 if kinds[i + 1] in ("DASH", "TO") and kinds[i + 2] == "NUM" else 0
            if kinds[i + 1] != "T" or p.values[i + 1] not in ("min", "h"):
                return False
            lengths += 1
            i += 2
            continue
        if kinds[i] not in _APART or (kinds[i] in ("WORD", "TAKE") and not set(p.tokens.words(i, i + 1)) <= _WORDS):
            return False
        i += 1
    if not lengths:
        return False
    p.i = i
    return True
