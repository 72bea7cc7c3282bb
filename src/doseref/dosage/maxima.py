"""Productions for maxima: what they are for, how many are joined, how a day's is split."""

from __future__ import annotations

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.bounds import bound, limit_period
from doseref.dosage.model import Times
from doseref.dosage.spacing import spaced
from doseref.dosage.state import State
from doseref.dosage.timing import own_times
from doseref.quantities import DAY, ONE, Period, Range

_EXTRA = frozenset(("extra", "additional"))


def _extra(p: State) -> bool:
    """extra-at-most ::= MAX NUM "extra" [C] per: how often a dose besides the regular ones is taken at most.

    Also asks for: NUM.
    """
    clause, start = p.clause, p.i
    if p.kinds[start + 1] != "NUM" or p.tokens.said(start + 2, start + 3) not in _EXTRA or clause.timed:
        return False
    many = p.values[start + 1]
    p.i = start + 3
    p.skip("C")
    per = limit_period(p)
    if per is None:
        p.i = start
        return False
    clause.times = Times(ONE, many, per.value, per.unit)
    return True


def maximum(p: State) -> bool:
    """maximum ::= spaced | MAX [OF] [SUBST] number (U | C | HH | TIMES | T | …) [SUBST] [per].

    Also asks for: A, ADV, AND, AT, COMMA, END, EQ, EVERY, FREQ, FOR, IN, LP, MAX1, MAXD, NOTE, NUM, OR, SLASH,
    STOP, TOTAL.
    """
    start = p.i
    kind = p.kinds[start]
    if kind == "MAX" and (p.kinds[start + 1] == "EVERY" or _hours_told(p)) and spaced(p):
        return True
    if kind == "MAX" and p.clause.added and _extra(p):
        return True
    if kind == "MAX" and p.kinds[start - 1] in _OFTEN and p.kinds[start + 1] in _BEHIND:
        p.i += 1
        # "three times a day max": the frequency is the most, and is counted as that
        return p.clause.dosed and bool(p.clause.times or p.clause.every)
    p.i += 1
    while p.kinds[p.i] in ("OF", "TOTAL", "LP", "STOP", "EQ", "A", "IN", "FOR", "NOTE", "AT") or (
        p.kinds[p.i] == "C" and p.values[p.i] == "{dose}"
    ):
        p.i += 1
    _what_for(p)
    if p.kinds[p.i : p.i + 3] == ["NUM", "SLASH", "NUM"] and p.values[p.i + 2] in (7, 52, 12):
        unit = {7: "d", 52: "wk", 12: "mo"}[int(p.values[p.i + 2])]
        p.longest = Range(p.values[p.i], p.values[p.i], unit)  # "not > 2/52": two weeks at most
        p.i += 3
        return True
    default = DAY if kind == "MAXD" else None
    if p.kinds[p.i] in ("ADV",) and p.kinds[p.i + 1] in ("C", "NUM", "OF"):
        default = Period(ONE, p.values[p.i])
        p.i += 1
        if p.kinds[p.i] == "C":
            p.i += 1
        p.skip("OF")
    if not bound(p, default, kind == "MAX1", start):
        p.i = start
        return False
    while _joined(p, default):
        pass
    _other_span(p)
    how_split(p)
    _as_light(p)
    p.limited = len(p.clauses)
    return True


def _hours_told(p: State) -> bool:
    """Whether hours stand behind "no more often than", or "hourly" behind any most: "max 4 hourly".

    Also asks for: DASH, FREQ, HLY, NUM, T, TO.
    """
    i = p.i + 1
    if p.kinds[i] != "NUM":
        return False
    i += 2 * (p.kinds[i + 1] in ("DASH", "TO") and p.kinds[i + 2] == "NUM")
    hourly = p.kinds[i + 1] == "HLY" or (p.kinds[i + 1] == "FREQ" and p.tokens.said(i + 1, i + 2) == "hourly")
    return hourly or (p.kinds[i + 1] == "T" and p.values[i + 1] == "h" and _of_often(p))


def _of_often(p: State) -> bool:
    """Whether the word for a most is one of how often."""
    return p.tokens.said(p.i, p.i + 1).endswith(("often than", "frequently than"))


def _joined(p: State, default: Period | None) -> bool:
    """joined ::= (SLASH | OR | AND) number (U | C) [per]: the same limit in other words ("3 g or 6 tablets a day").

    Behind "and" it is one of another period or unit that says its period ("2 tablets per dose and 8 tablets per day"); what
    repeats them, or says neither, is taken besides ("max 4 a day and 2 tablets at night"), and so is what comes every few
    hours.

    Also asks for: ADV, EVERY.
    """
    kinds, back = p.kinds, p.i
    if kinds[back] not in ("SLASH", "OR", "AND") or kinds[back + 1] not in NUMBER_KINDS:
        return False
    if kinds[back + 2] not in ("U", "C"):
        return False
    told = (len(p.maximum), len(p.problems), len(p.remarks), p.longest)
    p.i += 1
    held = bound(p, default, False, back)
    if held and kinds[back] != "OR":
        held = "EVERY" not in kinds[back : p.i]
    before = p.maximum[told[0] - 1] if told[0] else None
    if held and before is not None and before.per not in (None, default):
        added = p.maximum[told[0] :]
        again = any(each.per == before.per and each.unit == before.unit for each in added)
        held = not again and kinds[p.i - 1] != "ADV" and (kinds[back] == "OR" or p.i > back + _BARE)
    if held and kinds[back] == "AND":
        earlier, added = p.maximum[: told[0]], p.maximum[told[0] :]
        noted = (len(p.problems), len(p.remarks), p.longest) != told[1:]
        another = all(each.per != one.per or each.unit != one.unit for one in added for each in earlier)
        held = not noted and bool(added) and another and p.i > back + _BARE
    if not held:
        p.i, p.longest = back, told[3]
        del p.maximum[told[0] :], p.problems[told[1] :], p.remarks[told[2] :]
    return held


_BARE = 3
"""The sign, the number and the unit of a joined limit that says no period."""


def _other_span(p: State) -> None:
    """other-span ::= (COMMA | STOP) number (U | C) [per]: behind the most of one dose that of a day, or the other way
    round ("max 600 mg per dose, 2.4 g per day").

    Also asks for: AND.
    """
    kinds, back = p.kinds, p.i
    if kinds[back] not in ("COMMA", "STOP") or not p.maximum:
        return
    before, told = p.maximum[-1], (len(p.maximum), len(p.problems), len(p.remarks), p.longest)
    p.i += 1
    p.skip("AND")
    unit = p.i + 1
    if kinds[p.i] in NUMBER_KINDS and kinds[unit] in ("U", "C") and bound(p, None, False, back):
        added = p.maximum[told[0] :]
        other = len(added) == 1 and {added[0].per, before.per} == {None, DAY}
        other = other and p.i > unit + 1  # ", 30 caps" behind it are handed out: no period is said
        if other and len(p.problems) == told[1] and kinds[p.i] in _BEHIND_A_LIMIT:
            return
    p.i, p.longest = back, told[3]
    del p.maximum[told[0] :], p.problems[told[1] :], p.remarks[told[2] :]


def _as_light(p: State) -> None:
    """as-light ::= AS [word] "weight" (LE | GT) NUM "kg": why the limit is what it is ("max 3 g/24 h as weight <50 kg").

    Also asks for: U, WORD.
    """
    kinds, i = p.kinds, p.i
    if kinds[i] != "AS":
        return
    i += 1
    while kinds[i] == "WORD" and i < p.i + 3:
        i += 1
    if kinds[i] in ("LE", "GT") and kinds[i + 1 : i + 3] == ["NUM", "U"] and p.values[i + 2] == "kg":
        p.i = i + 3


_BEHIND_A_LIMIT = frozenset(("END", "RP", "COMMA", "STOP", "WORD", "NOTE", "HASH"))
_OFTEN = frozenset(("FREQ", "TIMES", "ADV", "T"))
_BEHIND = frozenset(("END", "COMMA", "STOP", "RP", "WITH", "PRN", "NOTE"))


def _what_for(p: State) -> None:
    """what-for ::= (REL | C | FORM | ROUTE | WORD | TAKE | NOTE)* behind "limit for": of which form or use ("the limit
    for immediate-release tablets is").

    Also asks for: A, FOR, NUM.
    """
    if p.kinds[p.i - 1] not in ("FOR", "A"):
        return
    i = p.i
    while p.kinds[i] in ("REL", "C", "FORM", "ROUTE", "WORD", "TAKE", "NOTE") and i < p.i + _MOST_WORDS // 2:
        i += 1
    if p.kinds[i] == "NUM":
        p.i = i


def how_split(p: State) -> None:
    """how-split ::= DIV | IN span (DIV | doses) | "(" number U times ")", behind a maximum of a day.

    "4 g daily in 4 divided doses" says of the maximum that it is split, and nothing of the dose before it; the bracket
    comes to the maximum: "2,000 mg daily (1,000 mg twice a day)".

    Also asks for: LP, NUM, RP.
    """
    start = p.i
    last = p.maximum[-1] if p.maximum else None
    if last is None or last.per != DAY:
        return
    if p.kinds[start] == "DIV":
        p.i += 1
        return
    if p.kinds[start] == "IN":
        p.i += 1
        if span(p) is None or (p.kinds[p.i] != "DIV" and p.values[p.i] != "{dose}"):
            p.i = start
        else:
            p.i += 1
        return
    if p.kinds[start] != "LP":
        return
    p.i += 1
    found = span(p)
    if found is not None and p.kinds[p.i] == "U" and p.values[p.i] == last.unit:
        p.i += 1
        often = own_times(p)
        if often is not None and often.unit == "d" and p.kinds[p.i] == "RP" and found[1] * often.high == last.amount:
            p.i += 1
            return
    p.i = start


_NOBODY = frozenset(
    "you anyone anybody people we they one doctors person patients ever need that prescribe prescribed "
    "recommend i i'd i'll would any adult healthy".split()
)
_MOST_WORDS = 8


def most(p: State) -> bool:
    """most ::= MOST (WORD | EVERY | TAKE | TO | NOTE | period)* bound: "the most you should take in 24 hours is 3 g".

    Also asks for: NUM.
    """
    kinds = p.kinds
    start = p.i
    p.i += 1
    per: Period | None = None
    while kinds[p.i] != "NUM" and p.i < start + _MOST_WORDS:
        here = p.i
        found = limit_period(p)
        if found is not None:
            per = per or found
            continue
        if kinds[here] not in ("TAKE", "TO", "NOTE") and (
            kinds[here] not in ("WORD", "EVERY") or p.tokens.said(here, here + 1) not in _NOBODY
        ):
            break
        p.i = here + 1
    if kinds[p.i] == "NUM" and bound(p, per, False, start):
        return True
    p.i = start
    return False
