"""Productions for how far a course is behind a whole dose, when it ends, and how long it still goes on."""

from __future__ import annotations

from doseref.dosage.dates import date_at
from doseref.dosage.letter_words import ended, left_aside, length_at, raw
from doseref.dosage.state import State
from doseref.quantities import Range

_LAST = frozenset("end ends ending eot last finish finishes start starts started first begin began".split())
_OF_DAYS = frozenset(("day", "date", "dose", "on"))
_LEFT = frozenset(("left", "remaining", "remain", "remains", "minimum", "min"))
_TO_THE_END = frozenset(("complete", "finish", "completes", "continue", "give"))
_MORE = frozenset("more further additional another".split())


def day_of_course(p: State) -> bool:
    """course ::= day-of | ends-on | goes-on, up to a sign."""
    return _day_of(p) or _ends_on(p) or _goes_on(p)


def _day_of(p: State) -> bool:
    """day-of ::= "day" NUM (OF | SLASH) NUM [AT | NOTE | TODAY] | "day" NUM EQ date: "day 3 of 10 at discharge", "day 1 =
    2/10".

    Also asks for: AT, EQ, ID, NOTE, NUM, OF, SLASH, T, TODAY, WORD.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if kinds[i : i + 2] == ["ID", "EQ"] and raw(p, i) == "d1":
        end = date_at(p, i + 2)
        return end > i + 2 and ended(p, end) and left_aside(p, end)  # "D1=3/2"
    if kinds[i] != "T" or values[i] != "d" or kinds[i + 1] != "NUM":
        return False
    if kinds[i + 2] == "EQ":
        end = date_at(p, i + 3)
        return end > i + 3 and ended(p, end) and left_aside(p, end)
    if kinds[i + 2] not in ("OF", "SLASH") or kinds[i + 3] != "NUM" or values[i + 1] > values[i + 3]:
        return False
    end = i + 4
    while kinds[end] in ("AT", "NOTE", "TODAY", "T") or (kinds[end] == "WORD" and raw(p, end) in _OF_STAY):
        end += 1
    return ended(p, end) and left_aside(p, end)


_OF_STAY = frozenset("discharge treatment abx antibiotics therapy".split())


def _ends_on(p: State) -> bool:
    """ends-on ::= [COURSE [TO]] ("end" | "last" ["day"] …) [EQ] date: when a course ends or began.

    Also asks for: C, COURSE, EQ, LP, ON, T, TO, WORD.
    """
    i = p.i
    if p.kinds[i] == "COURSE":
        i += 1 + (p.kinds[i + 1] == "TO")  # "course to finish 12/03"
    if raw(p, i) not in _LAST and not (raw(p, i) in ("through", "thru") and p.kinds[i - 1] == "LP"):
        return False
    i += 1
    while (raw(p, i) in _OF_DAYS and p.kinds[i] in ("T", "C", "WORD", "ON")) or p.kinds[i] == "EQ" or raw(p, i) == ":":
        i += 1
    end = date_at(p, i)
    return end > i and ended(p, end) and left_aside(p, end)


def _goes_on(p: State) -> bool:
    """goes-on ::= ["complete" | "continue" …] NUM ["more"] T [("left" | "minimum")] [FOR [A] NUM T [COURSE]]: how long it
    still goes on from now.

    Also asks for: A, COURSE, FOR, NUM, T, TO.
    """
    kinds, i = p.kinds, p.i
    headed = raw(p, i) in _TO_THE_END
    i += headed
    if kinds[i] != "NUM":
        return False
    number, more = i, raw(p, i + 1) in _MORE
    i += 1 + more
    if kinds[i] != "T" or p.values[i] not in ("d", "wk", "mo"):
        return False
    unit = p.values[i]
    i += 1
    left = raw(p, i) in _LEFT
    i += left
    least = left and raw(p, i - 1) in ("minimum", "min")
    to_complete = left and kinds[i] in ("FOR", "TO")
    if not (more or headed or least or to_complete or (left and p.clause.duration is not None)):
        return False
    if kinds[i] in ("FOR", "TO"):
        i += 1 + (kinds[i + 1] == "A")
        after = length_at(p, i)
        i = after + (kinds[after] == "COURSE") if after > i else p.i
    if i == p.i or not ended(p, i):
        return False
    if (more or to_complete) and p.clause.duration is None and len(p.clauses) == 1:
        p.clause.duration = Range(p.values[number], p.values[number], unit)
    return left_aside(p, i)
