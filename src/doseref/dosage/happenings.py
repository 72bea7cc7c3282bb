"""Productions for what is told of the patient behind a whole instruction: what it is taken for, what was measured, what
happened when.

A figure belongs to one of these only where a word of a closed list stands before it ("level 0.7", "stent 3 months
ago") and nothing but a time behind it; any other is left to the productions that refuse it.
"""

from __future__ import annotations

from doseref.dosage import plain_remarks
from doseref.dosage.asides import TURNING, behind_dash
from doseref.dosage.dates import MONTHS, date_at
from doseref.dosage.reasons import ALONE, DIAGNOSES, DISEASE_ENDINGS, REASONS
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_ENDS = frozenset(("END", "STOP", "RP", "COMMA"))
_OPENS = frozenset(("STOP", "COMMA", "NOTE", "LP", "DASH", "RP"))
_YEARS = range(1950, 2100)
_LONGEST = 8


def opened(p: State) -> bool:
    """Whether a sign, or a dash that is no token, stands before the word at hand."""
    return p.kinds[p.i - 1] in _OPENS or behind_dash(p)


def happening(p: State) -> bool:
    """happening ::= reading | diagnosed | happened | "stable" | "ok" …."""
    if p.tokens.raw[p.tokens.first[p.i]] in _FINE and p.kinds[p.i + 1] in _ENDS and complete(p) and opened(p):
        p.i += 1
        return True
    return reading(p) or late_reason(p) or diagnosed(p) or happened(p)


def late_reason(p: State) -> bool:
    """late-reason ::= words of a reason at the end of what is taken as needed for no reason said yet: "PRN 4-hourly
    breakthrough pain".

    Also asks for: END, STOP, WORD.
    """
    i = p.i
    while p.kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in REASONS:
        i += 1
    said = p.tokens.words(p.i, i)
    if p.kinds[i] not in ("END", "STOP") or not (ALONE | {"breakthrough"}).intersection(said):
        return False
    if not p.clause.prn or p.clause.prn_for or p.depth or not complete(p):
        return False
    p.clause.prn_for = p.tokens.said(p.i, i)
    p.i = i
    return True


def bracketed(p: State) -> bool:
    """bracketed ::= "(" happening ("," happening)* ")": "(TSH 2.1, stable)".

    Also asks for: COMMA, RP.
    """
    start = p.i
    p.i += 1
    while happening(p):
        if p.kinds[p.i] == "RP":
            p.i += 1
            return True
        if not p.skip("COMMA"):
            break
    p.i = start
    return False


def _disease(word: str) -> bool:
    """Whether a word can name nothing but a condition or an operation: "ileostomy", "hyponatraemia"."""
    return word in ALONE or (len(word) >= _SHORTEST and word.endswith(DISEASE_ENDINGS))


_SHORTEST = 7
"""Letters of such a word: "dosis" is none."""


def diagnosed(p: State) -> bool:
    """diagnosed ::= WORD of a diagnosis [SIDE] [SITE], behind a whole instruction: "5/7, cellulitis L leg", "(acne)".

    A word that is also used otherwise stands between signs, and alone.

    Also asks for: AND, SITE, U, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    word, i = raw[first[p.i]], p.i + 1
    if not complete(p):
        return False
    if word not in DIAGNOSES and not (kinds[p.i] == "WORD" and _disease(word) and opened(p)):
        return False
    if kinds[i] == "SIDE" or (kinds[i] in ("U", "WORD") and raw[first[i]] in ("l", "r")):
        i += 1
    i += kinds[i] == "SITE"
    if (word not in DIAGNOSES and kinds[i] not in _ENDS) or raw[first[i]] == ":":
        return False
    p.clause.prn_for = p.clause.prn_for or p.tokens.said(p.i, p.i + 1)
    rest = i + (kinds[i] == "AND")
    p.i = plain_remarks.stretch(p, rest, True) or i  # "shingles pain", "fibromyalgia and low mood"
    return True


def sided(p: State) -> bool:
    """sided ::= (SIDE | "L" | "R") SITE and a diagnosis up to the sign, behind a whole instruction: "New L leg DVT",
    "for R knee OA".

    Also asks for: FOR, NOTE.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    if not (kinds[i] == "SIDE" or raw[first[i]] in ("l", "r")) or kinds[i + 1] != "SITE" or not complete(p):
        return False
    word = raw[first[i + 2]]
    if not (word in DIAGNOSES or word in REASONS or _disease(word)) or kinds[i + 3] not in _ENDS:
        return False
    if not (opened(p) or kinds[i - 1] in ("NOTE", "FOR")):
        return False
    p.clause.prn_for = p.clause.prn_for or p.tokens.said(i, i + 3)
    p.i = i + 3
    return True


_EVENTS = frozenset(
    "stent stents stented surgery op operation operated transplant transplanted stroke tia mi nstemi stemi pe dvt vte "
    "pci cabg bypass avr mvr tavi valve pacemaker icd ablation fracture discharge discharged delivery admission "
    "admitted diagnosed dx seizure seizures fit attack relapse episode bleed bloods ecg scan since started "
    "commenced begun initiated placed inserted fitted implanted born".split()
)
"""What happened on a day that may be told."""
_DONE = frozenset("due given seen changed applied replaced injected".split())
_AROUND = frozenset("WORD AFTER OF IN ON SITE SIDE A INIT WITH".split())


def happened(p: State) -> bool:
    """happened ::= (WORD | SITE)* event word* [IN] (date | year | NUM T "ago" | "last" T) | ("last" | "next") ["due"]
    (date | year): "stent 3 months ago", "(MI 2019)", "placed 2022", "last 8/24".

    Also asks for: INIT, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if not complete(p) or not opened(p):
        return False
    i, event = p.i, False
    if raw[first[i]] in ("last", "next"):
        i += 2 if raw[first[i + 1]] in _DONE else 1
        after = max(date_at(p, i), year(p, i))
        if after > i and kinds[after] in _ENDS:
            p.i = after
            return True
        i = p.i
    while kinds[i] in _AROUND and i - p.i < _LONGEST:
        word = raw[first[i]]
        if word in TURNING or (kinds[i] == "INIT" and not word.startswith(("start", "commence", "init"))):
            return False
        event = event or word in _EVENTS or kinds[i] == "INIT" or (kinds[i] == "WORD" and _disease(word))
        if (after := _when(p, i)) > i:
            break
        i += 1
    after = _when(p, i)
    if not event or after == i or kinds[after] not in _ENDS:
        return False
    p.i = after
    return True


def _when(p: State, i: int) -> int:
    """Where the time at token ``i`` ends at which something was; ``i`` itself where none stands there.

    when ::= [IN | ON] (date | year) | NUM T "ago" | "last" T | "today" | "yesterday".

    Also asks for: NUM, T, TODAY, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    start = i
    if kinds[i] in ("IN", "ON"):
        i += 1
    if (end := date_at(p, i)) > i:
        return end
    if (end := year(p, i)) > i:
        return end
    word = raw[first[i]]
    if (word in MONTHS and kinds[i] == "WORD") or (
        i > start and raw[first[i - 1] + 1] == "may" and first[i - 1] + 1 < first[i]
    ):
        i += word in MONTHS
        return year(p, i)
    if kinds[i : i + 2] == ["NUM", "T"] and raw[first[i + 2]] == "ago":
        return i + 3
    if word in ("last", "this") and kinds[i + 1] == "T":
        return i + 2
    if word == "yesterday" or kinds[i] == "TODAY":
        return i + 1
    return start


def year(p: State, i: int) -> int:
    """Behind the year at token ``i``; ``i`` itself where none stands there."""
    word = p.tokens.raw[p.tokens.first[i]]
    return i + (p.kinds[i] == "NUM" and word.isdigit() and len(word) == len("2019") and int(word) in _YEARS)


READINGS = frozenset(
    "egfr gfr crcl a1c hba1c inr bp hr pulse k cr creat creatinine wt weight ht height bmi hb plt tsh ldl age temp "
    "sats glucose bm bsl score aged level levels trough ferritin urate qtc ef lvef fev1 psa wbc anc vl potassium "
    "sodium a1c li vitd tpmt cd4 fbc wcc wbcs plts platelets hct alt tft urate".split()
)
_FINE = frozenset("ok okay stable good therapeutic fine".split())


def reading(p: State) -> bool:
    """reading ::= ["target" | "last" | SUBST] one-reading+ [when | "stable"]: what was measured ("eGFR 45", "INR 2-3",
    "BP 118/74 HR 62", "K 4.5 mEq/L, Cr 1.2", "last Mg 1.5", "level 0.7 last month").

    Behind a whole instruction and a sign only, and up to the next sign. Behind "last" every salt of the blood is meant,
    though its letters are a unit's elsewhere.

    Also asks for: COMMA, LP, TITR, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i
    while (
        (kinds[i] == "TITR" and raw[first[i]] == "target")
        or (kinds[i] == "WORD" and raw[first[i]] in ("goal", "last", "latest", "recent"))
        or (kinds[i] == "SUBST" and raw[first[i + 1]] in ("level", "levels"))
    ):
        i += 1
    if not complete(p) or not (opened(p) or kinds[p.i - 1] == "LP"):
        return False
    salt = raw[first[i - 1]] == "last" and i > p.i and raw[first[i]] in _SALTS
    if not salt and raw[first[i]] not in READINGS:
        return False
    i = one_reading(p, i)
    while i and kinds[i] not in _ENDS and raw[first[i]] in READINGS:
        i = one_reading(p, i)
    if not i:
        return False
    i = i + 1 if raw[first[i]] in _FINE else _when(p, i + (kinds[i] == "COMMA" and _when(p, i + 1) > i + 1))
    if kinds[i] not in _ENDS and kinds[i] != "LP":
        return False
    p.i = i
    return True


def one_reading(p: State, i: int) -> int:
    """one-reading ::= name ["goal" | "target" | "range"] [STOP | EQ | OF] NUM [(DASH | TO | SLASH) NUM] [unit]: where
    it ends; 0 where it is none.

    Also asks for: TITR, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    potassium = raw[first[i]] == "k"
    i += 1
    while kinds[i] in ("WORD", "TITR") and raw[first[i]] in _AIMS:
        i += 1
    while kinds[i] in ("STOP", "EQ", "OF") and raw[first[i]] != ".":
        i += 1
    if kinds[i] != "NUM" or (potassium and p.values[i] >= _NO_POTASSIUM):
        return 0  # "K 40" are milliequivalents to take
    i += 3 if kinds[i + 1] in ("DASH", "TO", "SLASH") and kinds[i + 2] == "NUM" else 1
    return _unit_of_reading(p, i)


_AIMS = frozenset(("goal", "target", "range"))


def _unit_of_reading(p: State, i: int) -> int:
    """unit-of-reading ::= "kg" | "%" | "mmol" | U SLASH ("L" | "dL" | "mL" | T) | "bpm" …; a mass alone is a dose, and
    none.

    Also asks for: SLASH, T, U, WORD.
    """
    kinds, values = p.kinds, p.values
    if kinds[i : i + 2] == ["U", "SLASH"] and p.tokens.raw[p.tokens.first[i + 2]] in ("l", "dl", "ml"):
        return i + 3
    if kinds[i : i + 3] == ["U", "SLASH", "T"] and values[i] == "mL" and values[i + 2] == "min":
        return i + 3
    if kinds[i] == "U" and values[i] in ("kg", "%", "mmol", "mg/dL"):
        return i + 1
    return i + 1 if kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in ("bpm", "mmhg", "lb", "lbs") else i


_NO_POTASSIUM = 10
"""mmol/L of potassium that nobody has."""
_SALTS = frozenset("mg na ca phos mag".split())
