"""Productions for what holds a dose back or adds to it: days left out, an extra dose, a dose again.

Each of them applies only where what it says is whole; anything less stays with the productions that refuse it.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import (
    asides,
    dayparts,
    doses,
    endings,
    moments,
    notices,
    orders,
    others,
    packs,
    phases,
    remarks,
    replaced,
    spacing,
)
from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.days_off import day_of_another, days_off, one_left_out
from doseref.dosage.failing import failing
from doseref.dosage.model import Times
from doseref.dosage.state import Clause, State
from doseref.quantities import ONE, Range

_ONCE_A_DAY = Times(ONE, ONE, ONE, "d")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEFT_OUT = frozenset(("except", "excluding", "omit", "skip", "not", "nil", "no", "none", "nothing"))
_AMOUNT = frozenset((*NUMBER_KINDS, "U", "C", "SLASH", "TAKE", "ROUTE", "A"))
"""What may stand between "except" and the day on which another amount is taken."""


def negated(p: State) -> bool:
    """negated ::= "but" (MAX | MAXD | MOST) | failing | except | not-then | not-with | not-there | extra | not-repeated |
    replaced | not-within | forbidden | withheld | ends.
    """
    if p.kinds[p.i + 1] in ("MAX", "MAXD", "MOST") and p.tokens.said(p.i, p.i + 1) == "but":
        p.i += 1
        return True
    if (
        failing(p)
        or except_(p)
        or not_then(p)
        or not_with(p)
        or not_there(p)
        or extra(p)
        or orders.not_repeated(p)
        or replaced.replaced(p)
    ):
        return True
    if endings.ending(p) or others.not_within(p):
        return True
    return asides.forbidden(p) or remarks.withheld(p) or endings.ends(p)


def not_there(p: State) -> bool:
    """not-there ::= ("not" | "avoid" | …) [TAKE] (ON | IN | INTO | TO | FOR) SITE [(OR | AND | COMMA | "/") SITE]* up to the sign, of
    what is spread: where it is not put ("not on face", "avoid eyes and mouth").

    Also asks for: A, COMMA, END, RP, SIDE, SLASH, STOP.
    """
    kinds, i, clause = p.kinds, p.i, p.clause
    if p.tokens.said(i, i + 1) not in _NOT_PUT or not (packs.spread(clause) or clause.method in ("apply", "rub")):
        return False
    i += 1 + (kinds[i + 1] == "TAKE")
    while kinds[i] in ("ON", "IN", "INTO", "TO", "FOR", "A", "SIDE"):
        i += 1
    if kinds[i] != "SITE" or not clause.timed_beside_total():
        return False
    while kinds[i] in ("SITE", "OR", "AND", "COMMA", "SLASH", "SIDE") and (
        kinds[i] == "SITE" or kinds[i + 1] in ("SITE", "SIDE")
    ):
        i += 1
    if kinds[i] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.i = i
    return True


_NOT_PUT = frozenset(("not", "never", "avoid", "do not", "don't", "dont"))


def between(p: State) -> bool:
    """between ::= from-old-dose | between-clock | day | amount."""
    return notices.from_old(p) or spacing.between_clock(p) or phases.day(p) or doses.amount(p)


def except_(p: State) -> bool:
    """except ::= NEG [ON | FOR] [SUBST "day" "("] DAYW … [")"] | NEG [ON | FOR] day-of-another | (NEG | "but" [ONLY]) amount [ON] DAYW: a day that is left
    out, or on which another amount is taken.

    Also asks for: EVERY, LP, NUM, RP, T, TAKE.
    """
    kinds = p.kinds
    start = p.i
    clause = p.clause
    if days_off(p) or one_left_out(p):
        return True
    but = p.tokens.said(start, start + 1) == "but"
    if not (but or p.tokens.said(start, start + 1) in _LEFT_OUT) or not clause.dosed or clause.days or p.depth:
        return False
    if not (clause.times or clause.when or clause.at):
        return False
    i = start + 1
    if but:
        i += kinds[i] == "ONLY"  # "but only half on Tuesday": another amount, and no day that is left out
        begin = i
        if kinds[i] not in (*NUMBER_KINDS, "TAKE"):
            return False
    elif kinds[i] in ("ON", "FOR"):
        i += 1
    if not but and day_of_another(p, i):
        return True
    of_another = kinds[i : i + 4] == ["SUBST", "T", "LP", "DAYW"]
    if of_another or kinds[i] == "DAYW":
        p.i = i + 3 if of_another else i
        dayparts.weekday(p)
        clause.days = tuple(day for day in _WEEK if day not in clause.days)
        return bool(clause.days) and (not of_another or p.skip("RP"))
    if kinds[i] == "TAKE":
        i += 1
    if kinds[i] not in NUMBER_KINDS:
        return False
    while kinds[i] in _AMOUNT or (kinds[i] == "LP" and kinds[i + 1] == "NUM") or kinds[i] == "RP":
        i += 1
    while kinds[i] in ("ON", "EVERY"):
        i += 1
    if kinds[i] != "DAYW":
        return False
    p.i = begin if but else start + 1
    p.new_clause("and").instead = True
    return True


_FEW = 4
"""More often than this, nobody is woken for a dose: "five times a day" leaves the night out by itself."""
_OMIT = frozenset(("omit", "omitting", "skip", "no", "miss"))


def not_then(p: State) -> bool:
    """not-then ::= NEG ([AT] TIME [AMPM] | WHEN | NUM WHEN), where another time of day is said: "in the morning, not at
    night"; NEG WHEN "dose" behind several a day that are as many without it: "five times a day (omit night dose)".

    Also asks for: AT, C, COMMA, END, NUM, RP, STOP, WHEN.
    """
    kinds = p.kinds
    start = i = p.i
    times = p.clause.times
    several = times is not None and times.unit == "d" and times.low > _FEW and not (p.clause.when or p.clause.at)
    if several and p.clause.dosed and p.tokens.said(start, start + 1) in _OMIT and kinds[i + 1] == "WHEN":
        i += 2
        i += kinds[i] == "C" and p.values[i] == "{dose}"
        if p.values[start + 1] in (("NIGHT",), ("HS",)) and kinds[i] in ("END", "STOP", "COMMA", "RP"):
            p.i = i
            return True
    i = start
    if p.tokens.said(start, start + 1) not in ("not", "never") or not (p.clause.when or p.clause.at):
        return False
    i += 1
    if kinds[i] == "AT":
        i += 1
    if kinds[i] == "NUM" and kinds[i + 1] in ("WHEN", "AMPM"):
        i += 2
    elif kinds[i] == "TIME":
        i += 2 if kinds[i + 1] == "AMPM" else 1
    elif kinds[i] == "WHEN":
        i += 1
    else:
        return False
    if kinds[i] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.i = i
    return True


def not_with(p: State) -> bool:
    """not-with ::= "not" ON SUBST "day", of what is taken on some days only: "once a week on Fridays (not on MTX day)".

    Of a daily dose it would leave a day out that nothing names.

    Also asks for: COMMA, END, NEG, RP, STOP, T.
    """
    kinds, start, clause = p.kinds, p.i, p.clause
    on_some = clause.days or (clause.times is not None and clause.times.unit in ("wk", "mo"))
    if p.tokens.said(start, start + 1) != "not" or not clause.dosed or not on_some:
        return False
    if kinds[start + 1 : start + 4] != ["ON", "SUBST", "T"] or p.values[start + 3] != "d":
        return False
    if kinds[start + 4] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.i = start + 4
    return True


def extra(p: State) -> bool:
    """extra ::= NEG (amount | C): a dose besides the regular ones; "may take an extra 650 mg" leaves it open whether.

    Also asks for: C, HH, NUM, PRN, SLASH, U.
    """
    kinds = p.kinds
    start = p.i
    i = start + 1
    besides = kinds[start - 1] in ("U", "C") and p.clause.link == "and" and p.clause.dosed and not p.clause.timed
    if besides and p.tokens.said(start, i) in asides.ADDED and kinds[i] == "PRN" and not p.depth:
        p.clause.added, p.i = True, i  # "1 tab bid plus 1 tab extra prn"
        return True
    if (
        p.tokens.said(start, i) not in asides.ADDED
        or p.depth
        or not p.clause.dosed
        or not p.clause.timed_beside_total()
    ):
        return False
    after = i + 3 if kinds[i + 1 : i + 3] == ["SLASH", "NUM"] else i + 1  # "an additional 1/2 tab"
    piece = kinds[i] == "C" and p.values[i] != "{dose}" and p.tokens.said(start, i).startswith("an ")
    if not piece and (kinds[i] not in NUMBER_KINDS or kinds[after] not in ("U", "C", "HH")):
        return False
    first = p.tokens.first[start]
    optional = bool(asides.OPTIONAL.intersection(p.tokens.raw[max(0, first - 3) : first]))
    p.i = i + piece
    made = p.new_clause("and")
    made.added = True
    if piece:
        made.count, made.count_index = (ONE, ONE, p.values[i]), i
    if optional:
        made.prn = made.besides = True
    return True


_CONDITION = frozenset("WORD ID NUM GT IN A T OF BY TO ON WITH SITE SIDE AND OR BETWEEN RAISE UPWARD WHEN".split())
_MEASURES = frozenset("lb lbs pound pounds kg kilos kilograms cm".split())


def added_if(p: State) -> bool:
    """added-if ::= IF words up to the sign, behind a dose that is called extra: "an extra 40 mg if weight is up more
    than 3 lb", once with each of the regular ones that are taken once a day.

    Also asks for: COMMA, END, NUM, RP, STOP, T.
    """
    kinds, raw, first, made = p.kinds, p.tokens.raw, p.tokens.first, p.clause
    main = p.clauses[p.clauses.index(made) - 1]
    if not made.added or not made.dosed or made.timed or main.times is None or main.times != _ONCE_A_DAY:
        return False
    i = p.i + 1
    while kinds[i] not in ("END", "STOP", "RP", "COMMA"):
        word = raw[first[i]]
        if kinds[i] == "NUM" and not (raw[first[i + 1]] in _MEASURES or kinds[i + 1] == "T"):
            return False
        if kinds[i] not in _CONDITION and word not in (*_MEASURES, "more"):
            return False
        i += 1
    if i == p.i + 1:
        return False
    made.prn = made.besides = True
    made.prn_for = p.tokens.said(p.i + 1, i)
    made.times = main.times
    p.i = i
    return True


def again(p: State) -> bool:
    """again ::= REPEAT [ONCE | X NUM | NUM X] PRN [(AFTER | IN) NUM T] | once-more | once-again: each regular dose may be
    taken once more.

    Also asks for: END, STOP, TIMES.
    """
    kinds = p.kinds
    main = p.clause
    i = p.i + 1
    if kinds[i] == "ONCE" and p.values[i] == 1:
        i += 1
    elif kinds[i : i + 2] in (["X", "NUM"], ["NUM", "X"], ["NUM", "TIMES"]) and 1 in p.values[i : i + 2]:
        i += 2
    if kinds[i] in ("AFTER", "IN") and _once_more(p, i):
        return True
    if i > p.i + 1 and p.tokens.said(p.i, p.i + 1) not in ("repeat", "repeated") and _once_again(p, i):
        return True
    if kinds[i] != "PRN" or not main.dosed or not (main.times or main.every) or p.depth or main.prn:
        return False
    i += 1
    if kinds[i] in ("AFTER", "IN") and kinds[i + 1] == "NUM" and kinds[i + 2] == "T":
        i += 3
    if kinds[i] not in ("END", "STOP"):
        return False
    p.i = i
    made = p.new_clause("and")
    made.prn = made.besides = True
    made.times, made.every = main.times, main.every
    return True


def _once_again(p: State, i: int) -> bool:
    """once-again ::= REPEAT (ONCE | X NUM | NUM X) [PRN] [(AFTER | IN) NUM T] up to the sign, behind a dose that is taken once a
    day or once: it may be taken twice.

    Also asks for: COMMA, END, RP, STOP.
    """
    kinds, main = p.kinds, p.clause
    i += kinds[i] == "PRN"
    if kinds[i] in ("AFTER", "IN") and kinds[i + 1 : i + 3] == ["NUM", "T"]:
        i += 3
    i += kinds[i] == "PRN"
    if kinds[i] not in ("END", "STOP", "COMMA", "RP") or p.depth or not main.dosed or main.days or main.link == "or":
        return False
    ranged = main.count is not None and main.count[0] != main.count[1]
    if ranged or any(mass.low != mass.high for mass in main.masses):
        return False
    once = main.doses_total is not None and main.doses_total.low == main.doses_total.high == 1
    if not once and not moments.once_a_day(main):
        return False
    p.i = i
    made = p.new_clause("and")
    made.prn = made.besides = made.added = True
    made.times, made.doses_total = (None, main.doses_total) if once else (_ONCE_A_DAY, None)
    return True


def _once_more(p: State, i: int) -> bool:
    """once-more ::= REPEAT [ONCE] (AFTER | IN) NUM T (hours or minutes): a dose for an attack,
    which may be taken again so much later.

    Also asks for: MAX.
    """
    kinds, main = p.kinds, p.clause
    if kinds[i + 1] != "NUM" or kinds[i + 2] != "T" or p.values[i + 2] not in ("h", "min") or p.depth:
        return False
    if not main.dosed or main.times or main.every or main.when or main.at or main.doses_total:
        return False
    bounded = kinds[i - 1] in ("ONCE", "NUM") or "MAX" in kinds[i + 3 :]
    if p.values[i + 2] == "min" and not bounded:
        return False  # every ten minutes of a day would be 144
    hours = p.values[i + 1]
    main.every, main.prn = Range(hours, hours, p.values[i + 2]), True
    if kinds[i - 1] in ("ONCE", "NUM"):
        main.doses_total = Range(Decimal(1), Decimal(2), "{dose}")
    p.i = i + 3
    return True


def other_days(p: State, before: Clause, clause: Clause) -> None:
    """ "1 tablet daily and 2 on Sunday", "5 mg daily except 2.5 mg on Sunday": on that day instead of the daily dose.

    Only where the first is taken once a day and the second says nothing but the day; behind "except" anything else is
    refused, and so is a second dose of a day beside several a day, which could be either.
    """
    if not clause.instead and (clause.added or clause.link != "and"):
        return
    dosed = clause.dose is not None or clause.count is not None
    plain = bool(clause.days) and dosed and not (clause.when or clause.at or clause.every or clause.prn)
    plain = plain and (clause.times is None or clause.times == before.times)
    if not clause.instead and (not plain or before.prn or before.days or not before.timed_beside_total()):
        return
    once = before.times is not None and before.times.low == before.times.high == before.times.period == 1
    once = once and before.times is not None and before.times.unit == "d"
    once = once or (before.times is None and before.every is None and len((*before.when, *before.at)) == 1)
    left = tuple(day for day in _WEEK if day not in clause.days)
    if not plain or not once or before.days or not left:
        p.tell("a dose on some days: instead of the other or besides it?", max(0, clause.start - 1), kind="ambiguous")
        p.fatal = True
        return
    before.days = left
    before.times = None  # once on each of its days
    clause.when, clause.at = before.when, before.at
