"""Productions for a bracket behind a whole dosage that holds a dose of its own: of another day, or of another
frequency.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, number
from doseref.dosage.model import Strength
from doseref.dosage.moments import GENERAL, once_a_day
from doseref.dosage.remarks import complete
from doseref.dosage.state import Clause, State
from doseref.dosage.supplies import in_all
from doseref.quantities import ONE

_LONGEST = 12


def worked_out(p: State) -> bool:
    """worked-out ::= "(" NUM U [TOTAL] EQ NUM X NUM U ")" | "(" NUM X NUM U EQ NUM U [TOTAL] ")" behind one amount: how
    the dose is made up, "10 mg (20 mg total = 2 x 10 mg)". Only where the sum is right and the amount before it is the
    strength of one, which it then is, or the dose.

    Also asks for: EQ, LP, NUM, RP, TOTAL, U, X.
    """
    kinds, values, clause = p.kinds, p.values, p.clause
    end = p.i + 1
    while kinds[end] in ("NUM", "U", "TOTAL", "EQ", "X") and end - p.i < _LONGEST:
        end += 1
    inside = [i for i in range(p.i + 1, end) if kinds[i] != "TOTAL"]
    order = [kinds[i] for i in inside]
    if order == ["NUM", "U", "EQ", "NUM", "X", "NUM", "U"]:
        total, many, each = inside[0], inside[3], inside[5]
    elif order == ["NUM", "X", "NUM", "U", "EQ", "NUM", "U"]:
        many, each, total = inside[0], inside[2], inside[5]
    else:
        return False
    unit = values[each + 1]
    if kinds[end] != "RP" or p.depth or len(clause.masses) != 1 or clause.count is not None or clause.timed:
        return False
    mass = clause.masses[0]
    if values[total + 1] != unit or mass.unit != unit or values[many] * values[each] != values[total]:
        return False
    if not mass.low == mass.high == values[each]:
        return False
    clause.masses.clear()
    clause.strengths.append(Strength(values[each], unit))
    clause.count, clause.count_index = (values[many], values[many], None), many
    p.i = end + 1
    return True


def parts_of_it(p: State) -> bool:
    """parts-of-it ::= "(" NUM ((PLUS | SLASH) NUM)+ ")" behind one amount: what it is made up of, "125 mcg (100 + 25)",
    "20 mg/day (10/5/5)". Only where they come to it; with strokes they are the parts of a day.

    Also asks for: LP, NUM, RP, SLASH.
    """
    kinds, values, clause = p.kinds, p.values, p.clause
    i = p.i + 2
    sign = kinds[i]
    if kinds[p.i : p.i + 2] != ["LP", "NUM"] or sign not in ("PLUS", "SLASH") or len(clause.masses) != 1 or p.depth:
        return False
    total = values[p.i + 1]
    while kinds[i : i + 2] == [sign, "NUM"]:
        total += values[i + 1]
        i += 2
    mass = clause.masses[0]
    if kinds[i] != "RP" or not mass.low == mass.high == total or (sign == "SLASH" and not clause.per_day):
        return False
    p.i = i + 1
    return True


def pieces_of_it(p: State) -> bool:
    """pieces-of-it ::= "(" piece ((PLUS | AND) piece)* ")", a piece being number X NUM U [C] or number U X NUM, behind one
    amount, which they come to: "37.5 mg (1½ x 25 mg tab)", "7 mg (1 x 5 mg + 2 x 1 mg)", "(5 mg x 1 + 1 mg x 2)". Plain numbers of one strength are read as counts.

    Also asks for: AND, C, LP, NUM, PLUS, RP, U, X.
    """
    kinds, values, clause, start = p.kinds, p.values, p.clause, p.i
    if len(clause.masses) != 1 or clause.count is not None or p.depth:
        return False
    mass, whole, terms, plain = clause.masses[0], Decimal(0), 0, True
    p.i += 1
    while True:
        plain = plain and kinds[p.i + 1] == "X"
        many = number(p)
        if many is None or kinds[p.i : p.i + 3] not in (["X", "NUM", "U"], ["U", "X", "NUM"]):
            break
        amount = p.i + 2 if kinds[p.i] == "X" else p.i
        plain = plain or kinds[p.i] == "U"
        if values[amount] != mass.unit:
            break
        whole += many * values[p.i + 1 if kinds[p.i] == "X" else p.i + 2]
        terms += 1
        p.i += 3
        p.skip("C")
        if kinds[p.i] == "RP":
            break
        if not p.skip("PLUS", "AND"):
            break
    if kinds[p.i] != "RP" or not terms or (terms == 1 and plain) or not mass.low == mass.high == whole:
        p.i = start
        return False
    p.i += 1
    return True


def own_dose(p: State) -> bool:
    """own-dose ::= "(" amount … DAYW … ")" | "(" NUM [C] (FREQ | ADV) ")" | "(" (AND | PLUS) amount … ")": "1 daily (half
    on Sundays)" is another dose on that day; "three times a day (2 daily)" is no frequency that anybody could follow;
    "5 mg od (plus 5 mg nocte)" is one more.

    Only the beginning of a clause is made here, and a contradiction told; what stands in the bracket is read behind it.

    Also asks for: A, END, LP, RP.
    """
    kinds, clause = p.kinds, p.clause
    if p.depth or not clause.dosed or not clause.timed_beside_total() or not complete(p):
        return False
    i = p.i + 1
    if kinds[i] in ("AND", "PLUS") and kinds[i + 1] in NUMBER_KINDS:
        p.i += 2
        p.depth += 1
        p.new_clause("and")
        return True
    if kinds[i] not in NUMBER_KINDS and kinds[i] != "A":
        return False
    end = i
    while kinds[end] not in ("RP", "LP", "END") and end - i < _LONGEST:
        end += 1
    if kinds[end] != "RP":
        return False
    inside = kinds[i:end]
    daily = clause.times is None or clause.times.unit == "d"
    if "DAYW" in inside and daily and not clause.days:
        p.i += 1
        p.depth += 1
        p.new_clause("and").instead = True
        return True
    often = i + 1 + (kinds[i + 1] == "C")
    if kinds[often] == "FREQ" and p.values[often][0] == "every" and often == i + 1:
        return False  # "twice daily (12 hourly)" is an interval
    if kinds[often] in ("FREQ", "ADV") and often + 1 == end and not _same(p, often):
        p.tell("another frequency than the one before", p.i, end, "ambiguous")
        p.fatal = True
    elif (amount := _with_its_time(p, i, end)) is not None and not _told_again(p, i, *amount):
        p.tell("another dose, or the one before it told again?", p.i, end, "ambiguous")
        p.fatal = True
    return False


_OF_TIME = frozenset(
    "FREQ EVERY ONCE ADV WHEN TIME AT BEFORE AFTER WITH MEAL NUM T TIMES A ON ROUTE PRN WORD UPTO BAD".split()
)
_MOMENTS = frozenset("WHEN TIME AT BEFORE AFTER WITH".split())


def _with_its_time(p: State, i: int, end: int) -> tuple[Decimal, int] | None:
    """with-its-time ::= number (U | C) [ROUTE] time, and nothing else in the bracket: "20 mg at night (5 mg noon)"; how much,
    and where its unit stands.

    Also asks for: ADV, EVERY, FREQ, NUM, ONCE, PRN, TIMES.
    """
    kinds, here = p.kinds, p.i
    p.i = i
    value = number(p) if kinds[i] in NUMBER_KINDS else None
    at, p.i = p.i, here
    if value is None or kinds[at] not in ("U", "C"):
        return None
    after = at + 1 + (kinds[at + 1] == "ROUTE")
    timed = kinds[after] in _MOMENTS or kinds[after] in ("FREQ", "EVERY", "ONCE", "PRN")
    timed = timed or kinds[after] == "ADV" or kinds[after : after + 2] == ["NUM", "TIMES"]
    doses = sum(kinds[each] in ("U", "C") for each in range(i, end))
    return (value, at) if timed and doses == 1 and _OF_TIME.issuperset(kinds[after:end]) else None


def _told_again(p: State, i: int, value: Decimal, unit: int) -> bool:
    """Whether the dose in a bracket, with its time, can be the one before it: no other amount of its unit, as often, or the
    time of the one dose of a day, or what a day comes to.

    Also asks for: C, PRN, RP, ROUTE, U.
    """
    clause, kinds, values = p.clause, p.kinds, p.values
    strengths = kinds[unit] == "U" and clause.count is not None
    same = [] if strengths else [mass.high for mass in clause.masses if mass.unit == values[unit]]
    if clause.count is not None and values[unit] == (clause.count[2] or values[unit]) and kinds[unit] == "C":
        same.append(clause.count[1])
    at = unit + 1 + (kinds[unit + 1] == "ROUTE")
    if "PRN" in kinds[at : kinds.index("RP", at)] and not clause.prn:
        return False
    if kinds[at] in _MOMENTS:
        own = not (clause.when or clause.at or clause.prn)
        return (not same or value in same) and once_a_day(clause) and own
    said, often = _a_day(p, at), _often(clause)
    if said is None or often is None:
        return True
    if said == often:
        return not same or value in same
    return said == 1 and (not same or value == same[-1] * often)  # "10 mg bid (20 mg daily)" is the sum


def _a_day(p: State, i: int) -> Decimal | None:
    """How often a day the words at ``i`` say; ``None`` where they say no such thing.

    a-day ::= FREQ | ADV | NUM TIMES [A | PER] T(day) | EVERY NUM T(hours) | ONCE [A] T(day).

    Also asks for: A, PER.
    """
    kinds, values = p.kinds, p.values
    if kinds[i] == "FREQ" and values[i][3] == "d" and values[i][0] == "times":
        return Decimal(values[i][1]) / Decimal(values[i][2])
    if kinds[i] == "ADV" and values[i] == "d":
        return Decimal(1)
    if kinds[i : i + 2] == ["EVERY", "NUM"] and kinds[i + 2] == "T" and values[i + 2] == "h" and values[i + 1]:
        return Decimal(24) / Decimal(values[i + 1])
    after = i + 1 + (kinds[i + 1] == "TIMES")
    after += kinds[after] in ("A", "PER")
    counted = kinds[i] == "ONCE" or kinds[i : i + 2] == ["NUM", "TIMES"]
    daily = (kinds[after] == "T" or kinds[after] == "ADV") and values[after] == "d"
    return Decimal(values[i]) if counted and daily else None


def _often(clause: Clause) -> Decimal | None:
    """How often a day a clause is taken; ``None`` where that is no one number."""
    times, every = clause.times, clause.every
    if times is not None:
        return times.high / times.period if times.unit == "d" else None
    if every is not None:
        return 24 / every.high if every.unit == "h" else None
    moments = (*clause.when, *clause.at)
    return None if GENERAL.intersection(moments) or not moments else Decimal(len(moments))


def of_the_week(p: State) -> bool:
    """of-the-week ::= "(" NUM U (SLASH | PER | A) T(week) [TOTAL] ")" behind a dose so often a day, of which it is the
    sum: "1 tab daily (35 mg/week total)". Any other sum is told.

    Also asks for: A, LP, NUM, RP, TOTAL, U.
    """
    kinds, values, clause, i = p.kinds, p.values, p.clause, p.i + 1
    if kinds[i : i + 2] != ["NUM", "U"] or kinds[i + 2] not in ("SLASH", "PER", "A"):
        return False
    end = i + 4 + (kinds[i + 4] == "TOTAL")
    if kinds[i + 3] != "T" or values[i + 3] != "wk" or kinds[end] != "RP" or p.depth:
        return False
    times = clause.times
    often = times.high if times is not None and times.low == times.high else None
    if len(clause.masses) != 1 or often is None or times is None or times.unit != "d" or times.period != 1:
        return False
    mass = clause.masses[0]
    each = mass.high * (clause.count[1] if clause.count is not None else 1)
    fixed = mass.low == mass.high and (clause.count is None or clause.count[0] == clause.count[1])
    if not fixed or mass.unit != values[i + 1] or each * often * _WEEK != values[i]:
        return False
    p.i = end + 1
    return True


_WEEK = 7


def piece_holds(p: State) -> bool:
    """piece-holds ::= "(" NUM C EQ NUM U ")": what is in one drop or puff of what is counted behind it: "2.5 mg/mL (1 drop =
    0.1 mg) 3 drops".

    Also asks for: C, EQ, LP, NUM, RP, U.
    """
    kinds, values, clause, i = p.kinds, p.values, p.clause, p.i + 1
    if kinds[i : i + 6] != ["NUM", "C", "EQ", "NUM", "U", "RP"] or values[i] != 1 or clause.count is not None:
        return False
    if (
        p.depth
        or clause.masses
        or kinds[i + 6] not in NUMBER_KINDS
        or values[i + 1] not in ("{drop}", "{puff}", "{spray}")
    ):
        return False
    clause.strengths = [Strength(values[i + 3], values[i + 4])]
    p.i = i + 6
    return True


def interval_again(p: State) -> bool:
    """interval-again ::= "(" [EVERY] NUM T ")" behind the same interval in another unit: "every 3 days (72 hours)".

    Also asks for: LP, RP.
    """
    kinds, values, every, i = p.kinds, p.values, p.clause.every, p.i + 1
    i += kinds[i] == "EVERY"
    if every is None or every.low != every.high or kinds[i : i + 3] != ["NUM", "T", "RP"]:
        return False
    hours = {"h": 1, "d": 24, "wk": 168}
    if every.unit not in hours or values[i + 1] not in hours or every.unit == values[i + 1]:
        return False
    if every.high * hours[every.unit] != values[i] * hours[values[i + 1]]:
        return False
    p.i = i + 3
    return True


def pack_of(p: State) -> bool:
    """pack-of ::= "(" NUM ")" behind a form, or behind the name, before a sign and the dose: how many are in the
    pack, "3 mL pens (5): 8 units"; behind a course just what it takes in all, "1 bd 3/7 (6)".

    Also asks for: A, C, COMMA, DASH, FORM, LP, NUM, RP, STOP, TAKE, TIMES, U, X.
    """
    kinds, i, clause = p.kinds, p.i, p.clause
    if kinds[i : i + 3] == ["LP", "NUM", "RP"] and clause.duration is not None and p.values[i + 1] == in_all(clause):
        p.i = i + 3
        return True
    if kinds[i : i + 2] == ["LP", "NUM"] and kinds[i + 2 : i + 4] == ["U", "RP"] and _bottle(p, i):
        p.i = i + 4
        return True
    if (i and kinds[i - 1] not in ("C", "FORM")) or kinds[i : i + 3] != ["LP", "NUM", "RP"] or p.depth or clause.timed:
        return False
    if clause.count is not None or kinds[i + 3] not in ("STOP", "COMMA", "DASH", "TAKE"):
        return False
    dose = kinds[i + 4] in NUMBER_KINDS and kinds[i + 5] not in ("TIMES", "X")
    if (i and not (clause.masses or clause.strengths)) or not (dose or kinds[i + 4] in ("TAKE", "A")):
        return False
    p.i = i + 3
    return True


_TIMES_A_DOSE = 8
"""A bottle holds at least so many doses."""


def _bottle(p: State, i: int) -> bool:
    """Whether the amount in brackets at ``i`` is how much is handed out of a liquid whose dose in mL has been said."""
    volumes = [mass for mass in p.clause.masses if mass.unit == "mL"]
    if p.values[i + 2] != "mL" or not volumes or not complete(p) or not p.clause.timed_beside_total():
        return False
    return bool(p.values[i + 1] >= _TIMES_A_DOSE * max(each.high for each in volumes))


def mixed_in(p: State) -> bool:
    """mixed-in ::= "(" NUM (DASH | "/") NUM ")" behind units per millilitre, of which both come to a hundred: the parts of
    an insulin, "100 unit/mL (70-30)".

    Also asks for: RP.
    """
    i, values, strengths = p.i + 1, p.values, p.clause.strengths
    if p.kinds[i : i + 4] not in (["NUM", "DASH", "NUM", "RP"], ["NUM", "SLASH", "NUM", "RP"]) or not strengths:
        return False
    if values[i] + values[i + 2] != _WHOLE or strengths[-1].unit != "[IU]" or strengths[-1].per != (ONE, "mL"):
        return False
    p.i = i + 4
    return True


_WHOLE = 100
"""Per cent."""


def maker(p: State) -> bool:
    """maker ::= "(" word+ ")", the words being the name of a company ("Theramex HQ UK Ltd", "Dr. Falk Pharma"), or one that
    supplies medicines in Britain ("Qdem"): who makes it, wherever it stands.

    Also asks for: A, AND, LP, RP, STOP, T, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i + 1
    company = kinds[i] == "WORD" and raw[first[i]] in _SUPPLIERS
    while kinds[i] in ("WORD", "AND", "A", "STOP") or (kinds[i] == "T" and len(raw[first[i]]) == 1):
        if i - p.i >= _LONGEST:
            return False
        company = company or (raw[first[i]] in _COMPANIES and i > p.i + 1)
        i += 1
    if kinds[i] != "RP" or not company:
        return False
    p.i = i + 1
    return True


_COMPANIES = frozenset(
    "ltd limited inc plc gmbh llc pharma pharmaceuticals pharmaceutical laboratories labs healthcare".split()
)
_SUPPLIERS = frozenset(
    "qdem milpharm kent zentiva aspire bristol crescent dexcel glenmark intas mercury morningside rivopharm rosemont sandoz "
    "sigma strides tillomed wockhardt ennogen napp norgine galen thornton chiesi viatris genus brown relonchem medreich lupin "
    "jubilant martindale ethypharm flynn theramex neon advanz amdipharm concordia accord actavis teva mylan almus accordpharma "
    "aurobindo cipla torrent ranbaxy apotex sun zydus macleods accord-uk consilient colonis pinewood ratiopharm aah dexcel-pharma "
    "eli generics novo boehringer astrazeneca glaxosmithkline janssen servier ferring gedeon haleon kyowa ipsen almirall amgen daiichi "
    "ranbaxy somex bayer pfizer novartis sanofi gsk msd lilly merck roche abbvie takeda viatris organon".split()
)
"""Makers and wholesalers as they stand alone in brackets behind a product; none is a word of an instruction."""


def _same(p: State, i: int) -> bool:
    """Whether the frequency at ``i`` is the one that was read: "1 tablet twice daily (2 daily)" may count the day."""
    times, value = p.clause.times, p.values[i]
    if times is None or p.kinds[i] == "ADV":
        once = times is not None and times.low == times.high == times.period == 1 and times.unit == value
        return once or times is None or (times.unit == value and p.values[p.i + 1] == times.high)
    return bool(value[0] == "times" and (times.high, times.period, times.unit) == value[1:])
