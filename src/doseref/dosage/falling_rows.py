"""Productions for a taper in one row: "6-5-4-3-2-1", "24, 20, 16 mg, each for 1 day"."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from doseref.dosage.state import Mass, State
from doseref.dosage.words import FORM_OF


def falling(p: State, numbers: list[Decimal], start: int) -> bool:
    """6-5-4-3-2-1: so many on each following day, a taper of one day each."""
    if p.clause.dosed and p.clause.timed:
        p.i = start
        return False
    unit = None
    kind = p.kinds[p.i]
    if kind == "C" or kind == "U":
        unit = p.values[p.i]
        p.i += 1
    for index, value in enumerate(numbers):
        clause = p.clause if index == 0 else p.new_clause("then")
        if kind == "U":
            clause.masses.append(Mass(value, value, str(unit), start))
        else:
            clause.count = (value, value, unit)
            clause.form = clause.form or FORM_OF.get(unit or "")
        clause.per_day = True
        clause.from_day = clause.to_day = index + 1
    return True


_MOST_STEPS = 20
"""A taper in more steps than this is not written in one row."""


def descending(p: State) -> bool:
    """descending ::= NUM (COMMA NUM)+ U [COMMA] "each" FOR NUM T | … FOR NUM T "each": "24, 20, 16 mg, each for 1 day",
    a taper.

    Also asks for: A, C, EVERY, THEN.
    """
    kinds, values = p.kinds, p.values
    start = i = p.i
    numbers = [values[i]]
    while (
        kinds[i + 1] in ("COMMA", "THEN")
        and kinds[i + 2] == "NUM"
        and values[i + 2] < numbers[-1]
        and len(numbers) < _MOST_STEPS
    ):
        numbers.append(values[i + 2])
        i += 2
    if len(numbers) < 3 or kinds[i + 1] not in ("U", "C") or not all(a > b > 0 for a, b in pairwise(numbers)):
        return False
    unit, measured = values[i + 1], kinds[i + 1] == "U"
    i += 2
    while kinds[i] in ("COMMA", "EVERY"):
        i += 1
    if kinds[i] != "FOR" or kinds[i + 1] not in ("NUM", "A") or kinds[i + 2] != "T" or values[i + 2] not in ("d", "wk"):
        return False
    length = int(values[i + 1]) if kinds[i + 1] == "NUM" else 1
    days = length * (7 if values[i + 2] == "wk" else 1)
    i += 3
    if kinds[i] == "EVERY" and p.tokens.raw[p.tokens.first[i]] == "each":
        i += 1
    elif not any(kinds[j] == "EVERY" for j in range(start, i)):
        return False
    p.i = i
    if p.clause.step is not None and p.clause.step.to is None:
        p.clause.step = None  # "taper:", told in full
    for number, value in enumerate(numbers):
        clause = p.clause if number == 0 else p.new_clause("then")
        if measured:
            clause.masses.append(Mass(value, value, str(unit), start))
        else:
            clause.count = (value, value, unit)
            clause.form = clause.form or FORM_OF.get(unit)
        clause.per_day = True
        clause.from_day, clause.to_day = number * days + 1, (number + 1) * days
    return True
