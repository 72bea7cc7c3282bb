"""Productions for what is arranged around a whole dosage: who sets the dose, on which day of the month, of which pack, at
which pace it falls.

Each applies only behind how much and how often, changes neither, and only where what it says is whole.
"""

from __future__ import annotations

from doseref.dosage.remarks import complete
from doseref.dosage.state import State

BEGINS = frozenset("PER BY ON LP ADV EVERY".split())
"""What they may begin with."""
_ENDS = frozenset(("END", "STOP", "RP", "COMMA"))
_WHO = frozenset(
    "clinic clinics team service specialist consultant physician doctor provider prescriber surgeon surgery pcp gp "
    "oncology oncologist haematology hematology rheumatology endocrinology endocrine nephrology nephrologist renal cardiology "
    "cardiologist neurology neurologist psychiatry psychiatrist transplant dermatology gastroenterology gi urology pulmonology "
    "hepatology palliative hospice otp cdas camhs".split()
)
"""Who sets a dose: "taper per transplant clinic"."""
_LONGEST = 4
_SUPPLIED = frozenset(("supplied", "supply", "issued", "dispensed", "provided", "prescribed"))
"""What is said of the pack in brackets: "(10 tablets supplied)"."""
_FALLING = frozenset("taper tapers tapering tapered wean weaning".split())


def ahead(p: State) -> bool:
    """arranged ::= per-cycle | per-whom | of-the-month | handed-out | pace.

    Also asks for: ADV, BY, EVERY, LP, ON, PER.
    """
    kind = p.kinds[p.i]
    if kind in ("PER", "BY", "EVERY"):
        return _per_cycle(p) or (kind != "EVERY" and _per_whom(p))
    if kind == "LP":
        return _handed_out(p) or _of_the_month(p)
    if kind == "ADV":
        return _pace(p)
    return kind == "ON" and _of_the_month(p)


def _per_cycle(p: State) -> bool:
    """per-cycle ::= (PER | EVERY) PERIOD behind once: "once per cycle", a single dose each time.

    Also asks for: ONCE.
    """
    kinds, i = p.kinds, p.i
    if kinds[i + 1] != "PERIOD" or not i or kinds[i - 1] != "ONCE" or p.values[i - 1] != 1:
        return False
    if kinds[i + 2] not in _ENDS or not p.clause.dosed:
        return False
    p.i = i + 2
    return True


def _per_whom(p: State) -> bool:
    """per-whom ::= (PER | BY) WORD+ up to a sign, the last of them a clinic or a specialist: "taper per rheumatology".

    Also asks for: A, ID, NOTE, OTHER, SITE.
    """
    kinds, raw, i = p.kinds, p.tokens.raw, p.i + 1
    while kinds[i] in ("WORD", "A", "SITE", "OTHER", "NOTE", "ID") and i <= p.i + _LONGEST:
        i += 1
    last = raw[p.tokens.last[i - 1]]
    if i == p.i + 1 or last not in _WHO or kinds[i] not in _ENDS or not complete(p):
        return False
    p.remarks.append((p.i, i - 1))
    p.i = i
    return True


def _of_the_month(p: State) -> bool:
    """of-the-month ::= (ON | "(") [A] NUM ORD ["day"] [OF [A | EVERY] "month"], behind once a month: "monthly on the 15th".

    Also asks for: EACHW, RP, T.
    """
    kinds, values, start = p.kinds, p.values, p.i
    i = start + 1 + (kinds[start] == "LP" and kinds[start + 1] == "ON")
    i += kinds[i] == "A"
    if kinds[i : i + 2] != ["NUM", "ORD"] or not _once_a_month(p) or values[i] > _LAST_DAY:
        return False
    i += 2
    i += kinds[i] == "T" and values[i] == "d"
    if kinds[i] == "OF":
        i += 1
        while kinds[i] in ("A", "EVERY", "EACHW"):
            i += 1
        if kinds[i] != "T" or values[i] != "mo":
            return False
        i += 1
    bracketed = kinds[start] == "LP"
    if kinds[i] not in (("RP",) if bracketed else _ENDS):
        return False
    p.i = i + bracketed
    return True


_LAST_DAY = 31


def _once_a_month(p: State) -> bool:
    """Whether it is taken once a month, as said so far."""
    times, every = p.clause.times, p.clause.every
    if times is not None:
        return bool(times.low == times.high == times.period == 1 and times.unit == "mo")
    return every is not None and bool(every.low == every.high == 1 and every.unit == "mo")


def _handed_out(p: State) -> bool:
    """handed-out ::= "(" NUM C WORD ")", the word one of a pack: "(10 tablets supplied)"."""
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    if kinds[i : i + 3] != ["LP", "NUM", "C"] or not complete(p):
        return False
    if raw[first[i + 3]] not in _SUPPLIED or kinds[i + 4] != "RP":
        return False
    p.i = i + 5
    return True


def _pace(p: State) -> bool:
    """pace ::= ADV [FOR NUM T] behind "taper" and a whole dosage: "four times a day, taper weekly over 4 weeks"."""
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    if not i or raw[first[i - 1]] not in _FALLING or p.clause.step is None:
        return False
    if not p.clause.timed:
        p.tell("how fast it falls, or how often it is taken", i, i, "ambiguous")
        p.i = i + 1
        return True
    i += 1
    if kinds[i : i + 3] == ["FOR", "NUM", "T"]:
        i += 3
    if kinds[i] not in _ENDS:
        return False
    p.i = i
    return True
