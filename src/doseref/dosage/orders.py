"""Productions for what an order system prints around an instruction: how it was sent, refills, codes, readings, what it
came to before.

Each applies behind a whole instruction only, and ends at a sign; anything less is left to the productions that tell it.
"""

from __future__ import annotations

from doseref.dosage.asides import behind_dash
from doseref.dosage.clock_lists import four_digits
from doseref.dosage.remarks import complete
from doseref.dosage.state import State
from doseref.patterns import regex

_ENDS = frozenset(("END", "STOP", "RP", "COMMA"))
_OPENS = frozenset(("STOP", "COMMA", "NOTE", "LP", "DASH", "RP"))
_SENT = frozenset("normal print printed phoned faxed eprescribe escript".split())
"""How an order was sent, behind how many are handed out ("Disp-90 tablet, R-3, Normal")."""
_ANSWERS = frozenset("no yes n y".split())


def ordered(p: State) -> bool:
    """ordered ::= sent | given | ("exp" | "expires") [STOP] NUM "/" NUM ["/" NUM]: the tail that an order system
    writes.

    Also asks for: DISP.
    """
    word = p.tokens.raw[p.tokens.first[p.i]]
    if not complete(p):
        return False
    if word in _SENT:
        return _sent(p)
    if word == "last":
        return _given(p)
    return word in ("exp", "expires", "expiry") and _expires(p)


def _handed_out(p: State) -> bool:
    return "DISP" in p.kinds[: p.i]


def _sent(p: State) -> bool:
    """sent ::= sign ("normal" | "print" | …) up to a sign, where something is handed out before it."""
    if not _handed_out(p) or p.kinds[p.i - 1] not in _OPENS or p.kinds[p.i + 1] not in _ENDS:
        return False
    p.i += 1
    return True


def _given(p: State) -> bool:
    """given ::= "last" ["dose"] [AT] (TIME | four-digits) [AMPM] behind a sign, up to the next one: when it was
    given last.

    Also asks for: C.
    """
    kinds = p.kinds
    i = p.i + 1
    if p.kinds[p.i - 1] not in _OPENS:
        return False
    if kinds[i] == "C" and p.values[i] == "{dose}":
        i += 1
    if kinds[i] == "AT":
        i += 1
    if kinds[i] != "TIME" and not four_digits(p, i):
        return False
    i += 1
    if kinds[i] == "AMPM":
        i += 1
    if kinds[i] not in _ENDS:
        return False
    p.i = i
    return True


def _expires(p: State) -> bool:
    """expires ::= ("exp" | "expires") [STOP] (NUM | BAD) "/" NUM ["/" NUM]: the day on which the prescription ends.

    Also asks for: SLASH.
    """
    kinds = p.kinds
    i = p.i + 1
    if kinds[i] == "STOP":
        i += 1
    if kinds[i] not in ("NUM", "BAD") or kinds[i + 1 : i + 3] != ["SLASH", "NUM"]:
        return False
    i += 3
    if kinds[i : i + 2] == ["SLASH", "NUM"]:
        i += 2
    if kinds[i] not in _ENDS:
        return False
    p.i = i
    return True


def as_written(p: State) -> bool:
    """as-written ::= "DAW" [STOP] ("no" | "yes") up to a sign: whether another brand may be handed out."""
    i = p.i + 1
    if p.tokens.raw[p.tokens.first[p.i]] != "daw" or not complete(p):
        return False
    if p.kinds[i] == "STOP":
        i += 1
    if p.tokens.raw[p.tokens.first[i]] not in _ANSWERS or p.kinds[i + 1] not in _ENDS:
        return False
    p.i = i + 1
    return True


def not_repeated(p: State) -> bool:
    """not-repeated ::= "not" [ON | FOR] REPEAT at the end: it does not stand on repeat prescription.

    Also asks for: DISP, END.
    """
    i = p.i + 1
    if p.tokens.raw[p.tokens.first[p.i]] != "not" or not complete(p):
        return False
    if p.kinds[i] in ("ON", "FOR"):
        i += 1
    if p.kinds[i] not in ("REPEAT", "DISP") or not p.tokens.raw[p.tokens.first[i]].startswith("repeat"):
        return False
    if p.kinds[i + 1] != "END":
        return False
    p.i = i + 1
    return True


_CODE = regex(r"[A-TV-Z][0-9]{2}\.[0-9A-Z]{1,4}(?![0-9A-Za-z.])|[IJFGMN][0-9]{2}(?![0-9A-Za-z.])")
"""The code of a diagnosis in ICD-10: with its point, or of a chapter of which no vitamin is named."""


def code(p: State) -> bool:
    """code ::= ID … behind a sign: the code of a diagnosis alone ("E11.9", "(I10)").

    Also asks for: END, SLASH.
    """
    if not complete(p) or not (p.kinds[p.i - 1] in _OPENS or behind_dash(p) or p.kinds[p.i - 1] == "SLASH"):
        return False
    begin = p.tokens.span(p.i)[0]
    match = _CODE.match(p.tokens.text, begin)
    if match is None:
        return False
    i = p.i + 1
    while p.kinds[i] != "END" and p.tokens.span(i)[1] <= match.end():
        i += 1
    if p.kinds[i] not in _ENDS:
        return False
    p.i = i
    return True


_VITALS = frozenset(
    "hr bp pulse sbp dbp map rr temp sats spo2 inr egfr k cr creatinine hba1c a1c wt weight bsl bgl qtc".split()
)
_VITAL_UNITS = frozenset(("kg", "%", "mmol", "mg/dL"))


def vitals(p: State) -> bool:
    """vitals ::= "(" reading (COMMA reading)* ")", a reading being a name of it [STOP | EQ] NUM [("/" | DASH) NUM] [U].

    What was measured when it was written: "(HR 62, BP 118/74)". Only behind a whole instruction.

    Also asks for: LP, RP, SLASH.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if not complete(p):
        return False
    i = p.i + 1
    while True:
        if raw[first[i]] not in _VITALS:
            return False
        i += 1
        while kinds[i] in ("STOP", "EQ"):
            i += 1
        if kinds[i] != "NUM":
            return False
        i += 3 if kinds[i + 1] in ("SLASH", "DASH") and kinds[i + 2] == "NUM" else 1
        if kinds[i] == "U" and p.values[i] in _VITAL_UNITS:
            i += 1
        if kinds[i] == "RP":
            p.i = i + 1
            return True
        if kinds[i] not in ("COMMA", "STOP"):
            return False
        i += 1
