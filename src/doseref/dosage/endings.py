"""Productions for what is not to be done any more, or not so late, behind a whole dosage: "stop after 12 months"."""

from __future__ import annotations

from doseref.dosage.dates import date_at, date_said, month_at
from doseref.dosage.letter_words import length_at
from doseref.dosage.remarks import complete
from doseref.dosage.state import State
from doseref.quantities import Range

_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))


def ending(p: State) -> bool:
    """ending ::= stops-after | stops-on | not-late | not-again."""
    return stops_after(p) or stops_on(p) or not_late(p) or not_again(p)


def stops_on(p: State) -> bool:
    """stops-on ::= "stop" [IN | ON] (date | month [("next" | "this") "year"]) up to a sign, behind a whole dosage: when it
    ends, "(stop 14 March)", "stop in May next year".

    Also asks for: IN, ON.
    """
    if p.tokens.said(p.i, p.i + 1) != "stop" or not complete(p) or p.clause.until:
        return False
    begin = p.i + 1 + (p.kinds[p.i + 1] in ("IN", "ON"))
    end = date_at(p, begin)
    end = month_at(p, begin) if end == begin else end
    if end == begin or p.kinds[end] not in _ENDS:
        return False
    p.clause.until = date_said(p, begin, end)
    p.i = end
    return True


def last_day(p: State) -> bool:
    """last-day ::= ("to finish" | "to complete") date up to a sign, behind a whole dosage: when it ends, "to finish 18/6"; "to
    finish 5/7" are days.
    """
    if p.tokens.said(p.i, p.i + 1) not in _TO_ITS_END or not complete(p) or p.clause.until:
        return False
    end = date_at(p, p.i + 1)
    if end == p.i + 1 or p.kinds[end] not in _ENDS or length_at(p, p.i + 1) == end:
        return False
    p.clause.until = date_said(p, p.i + 1, end)
    p.i = end
    return True


_TO_ITS_END = frozenset(("to finish", "to complete"))


def stops_after(p: State) -> bool:
    """stops-after ::= "stop" AFTER NUM T up to a sign: how long it is taken, behind a whole dosage without a length.

    Also asks for: AFTER, NUM, T.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if p.tokens.said(i, i + 1) != "stop" or kinds[i + 1 : i + 4] != ["AFTER", "NUM", "T"]:
        return False
    if values[i + 3] not in ("d", "wk", "mo", "a") or kinds[i + 4] not in _ENDS:
        return False
    if not complete(p) or p.clause.duration is not None or len(p.clauses) > 1:
        return False
    p.clause.duration = Range(values[i + 2], values[i + 2], values[i + 3])
    p.i = i + 4
    return True


def not_late(p: State) -> bool:
    """not-late ::= "do not" TAKE [ORDN | "last"] C AFTER (NUM | TIME) [AMPM | WHEN]: until when a dose of the day may be
    taken: "do not give second dose after 4 pm".

    Also asks for: AFTER, NEG, NUM.
    """
    kinds, i = p.kinds, p.i
    if kinds[i + 1] != "TAKE" or p.tokens.said(i, i + 1) not in ("do not", "don't", "dont") or not complete(p):
        return False
    i += 2
    i += kinds[i] == "ORDN" or p.tokens.raw[p.tokens.first[i]] in ("last", "evening")
    if kinds[i] == "C" and p.values[i] == "{dose}":
        i += 1
    if kinds[i] != "AFTER" or kinds[i + 1] not in ("NUM", "TIME"):
        return False
    i += 2
    i += kinds[i] in ("AMPM", "WHEN")
    if kinds[i - 1] == "NUM" or kinds[i] not in _ENDS:
        return False
    p.i = i
    return True


def not_again(p: State) -> bool:
    """not-again ::= "do not" REPEAT [COURSE] (IN | FOR) NUM T: how long no further course is taken, behind doses that are
    counted: "do not repeat within 3 days".

    Also asks for: NUM, T.
    """
    kinds, i = p.kinds, p.i + 1
    if kinds[i] != "REPEAT" or p.clause.timed_beside_total() or p.clause.doses_total is None or not p.clause.dosed:
        return False
    i += 1
    i += kinds[i] == "COURSE"
    if kinds[i] not in ("IN", "FOR") or kinds[i + 1 : i + 3] != ["NUM", "T"]:
        return False
    if p.values[i + 2] not in ("d", "wk", "mo") or kinds[i + 3] not in _ENDS:
        return False
    p.i = i + 3
    return True


def ends(p: State) -> bool:
    """ends ::= [STOP | COMMA] ("stop" | "off" …) at the end, or before a bracket, of what has a length: "2 mg daily x 3 days; stop", "½ mane 5/7
    cease".

    Also asks for: END, LP, NUM, T.
    """
    kinds = p.kinds
    last = kinds[p.i + 1] in ("END", "STOP", "LP")
    if p.tokens.said(p.i, p.i + 1) not in _ENDED or not last or kinds[p.i - 1] not in ("STOP", "COMMA", "T", "NUM"):
        return False
    if p.clause.duration is None or not any(clause.dosed for clause in p.clauses):
        return False
    p.i += 1
    return True


_ENDED = frozenset(("stop", "cease", "discontinue", "off", "done", "finished"))
