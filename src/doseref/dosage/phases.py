"""Productions for what follows or goes along: phases, days, alternatives; and from clauses to phases of options."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.model import WHEN_ORDER, Cycle, Option, Phase, Strength, Times
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range
from doseref.units import UNITS, convert, convertible

_STARTS = frozenset(
    ("NUM", "A", "HALF", "FR", "POW", "ROMAN", "ONCE", "FREQ", "EVERY", "TAKE", "ADV", "HH", "SERIES", "SINGLE", "WHEN")
)


def then(p: State) -> bool:
    """then ::= THEN: what follows comes after what was read so far."""
    p.i += 1
    if p.k[p.i] == "NUM" and p.k[p.i + 1] == "T" and p.k[p.i + 2] == "HOLD":
        return True
    if not p.c.empty and p.k[p.i] not in ("TITR", "STEPBY", "TAPER", "TITRDN", "STOPIT"):
        p.clause("then")
    return True


def and_(p: State) -> bool:
    """and ::= AND | PLUS: what follows is taken as well; a new clause begins only with a new amount or time."""
    p.i += 1
    p.link = "and"
    return True


def or_(p: State) -> bool:
    """or ::= OR clause: an alternative to the clause before it."""
    k = p.k
    kind = k[p.i + 1]
    if kind not in _STARTS and kind not in ("ROUTE", "AT", "PRN", "IN", "DIV"):
        return False
    p.i += 1
    if not p.c.empty:
        p.clause("or")
    return True


def comma(p: State) -> bool:
    """comma ::= "," : separates; alone it decides nothing."""
    p.i += 1
    p.link = p.link or ","
    return True


def stop(p: State) -> bool:
    """stop ::= "." | ";" | ":" | newline: separates; alone it decides nothing."""
    p.i += 1
    p.link = p.link or ","
    return True


def day(p: State) -> bool:
    """day ::= [ON | FOR] T NUM [(DASH | TO | AND) NUM] [CONT] [OF NUM]: on day 1, days 1–3, days 1-14 of 28, week 2."""
    k, v = p.k, p.v
    i = p.i
    if k[i] in ("ON", "FOR", "IN"):
        i += 1
    if k[i] != "T" or v[i] not in ("d", "wk") or k[i + 1] != "NUM":
        return False
    if p.tokens.raw[p.tokens.first[i]] in ("d", "w") and k[i + 2] != "DASH":
        return False
    unit = v[i]
    low = high = v[i + 1]
    i += 2
    if (k[i] in ("DASH", "TO") and k[i + 1] == "NUM") or (k[i] == "AND" and k[i + 1] == "NUM" and v[i + 1] == low + 1):
        high = v[i + 1]
        i += 2
    if low != int(low) or high != int(high) or high < low or high > 3660 or low < 1:
        return False
    open_end = k[i] == "CONT" or k[i] == "PLUS"
    i += open_end
    j = i + 1
    while k[j] in ("A", "EVERY"):
        j += 1
    if k[i] in ("OF", "SLASH", "IN") and k[j] == "NUM" and low == 1 and unit == "d" and v[j] > high:
        p.c.cycle = Cycle(high, v[j] - high, "d")
        p.i = j + 1
        p.skip("T")
        p.skip("PERIOD")
        return True
    if k[i] == "OF" and (k[i + 1] == "PERIOD" or (k[i + 1] in ("A", "EVERY") and k[i + 2] == "PERIOD")):
        i += 2 if k[i + 1] == "PERIOD" else 3
    p.i = i
    first, last = int(low), int(high)
    if unit == "wk":
        first, last = first * 7 - 6, last * 7
    c = p.c
    # "Day 1: …, …. Day 2: …": a day in front of its doses heads all of them, up to the next such day.
    headed = (k[i] == "STOP" and not c.dosed) or (any(each.headed for each in p.clauses[:1]) and c.dosed)
    if c.from_day is not None or (c.dosed and (c.duration is not None or headed)):
        c = p.clause("then")
    c.headed = headed
    c.from_day = first
    c.to_day = None if open_end else last
    return True


def day_parts(p: State, numbers: list[Decimal], codes: tuple[str, ...], start: int) -> bool:
    """1-0-1: how many in the morning, at noon, (in the evening,) at night; equal ones are one clause."""
    unit = None
    measured = p.k[p.i] == "U"
    if measured or p.k[p.i] == "C":
        unit = p.v[p.i]
        p.i += 1
    given = [(value, code) for value, code in zip(numbers, codes, strict=True) if value]
    groups: dict[Decimal, tuple[str, ...]] = {}
    for value, code in given:
        groups[value] = (*groups.get(value, ()), code)
    if p.c.count is not None or p.c.times is not None or (measured and p.c.masses):
        p.i = start
        return False
    meal: tuple[str, ...] = ()
    if p.k[p.i] in ("BEFORE", "AFTER", "WITH") and p.k[p.i + 1] == "MEAL" and not p.v[p.i + 1]:
        meal = (p.v[p.i],)
        p.i += 2
    for number, (value, whens) in enumerate(groups.items()):
        c = p.c if number == 0 else p.clause("and")
        whens = tuple(sorted({*whens, *meal, *(c.when if number == 0 else ())}, key=WHEN_ORDER.index))
        if measured:
            c.masses.append(Mass(value, value, str(unit), start))
        else:
            c.count = (value, value, unit)
        c.when = whens
        c.form = c.form or FORM_OF.get(unit or "")
    return True


def falling(p: State, numbers: list[Decimal], start: int) -> bool:
    """6-5-4-3-2-1: so many on each following day, a taper of one day each."""
    if p.c.dosed and p.c.timed:
        p.i = start
        return False
    unit = None
    kind = p.k[p.i]
    if kind == "C" or kind == "U":
        unit = p.v[p.i]
        p.i += 1
    for index, value in enumerate(numbers):
        c = p.c if index == 0 else p.clause("then")
        if kind == "U":
            c.masses.append(Mass(value, value, str(unit), start))
        else:
            c.count = (value, value, unit)
            c.form = c.form or FORM_OF.get(unit or "")
        c.per_day = True
        c.from_day = c.to_day = index + 1
    return True


def split(p: State) -> bool:
    """split ::= "(" NUM WHEN ((COMMA | AND) NUM WHEN)+ ")": how a day's count is spread, where the parts make the whole."""
    k, v = p.k, p.v
    c = p.c
    i = p.i + 1
    if (
        k[i] != "NUM"
        or k[i + 1] != "WHEN"
        or c.count is None
        or c.count[0] != c.count[1]
        or not (c.per_day or (c.times is not None and c.times.high == 1))
    ):
        return False
    parts: list[tuple[Decimal, tuple[str, ...]]] = []
    while k[i] == "NUM" and k[i + 1] == "WHEN":
        parts.append((v[i], v[i + 1]))
        i += 2
        while k[i] in ("COMMA", "AND", "PLUS"):
            i += 1
    if k[i] != "RP" or len(parts) < 2 or sum(part[0] for part in parts) != c.count[1]:
        return False
    unit = c.count[2]
    c.times = None
    c.per_day = False
    for number, (value, codes) in enumerate(parts):
        clause = c if number == 0 else p.clause("and")
        clause.count = (value, value, unit)
        clause.when = codes
        clause.form = c.form
    p.i = i + 1
    return True


def resolve(p: State, c: Clause) -> None:
    """Decide what each amount of a clause is an amount of: the dose, or a strength."""
    count = c.count
    masses = c.masses
    if count is not None and count[2] is None:
        c.count = count = (count[0], count[1], _unit_of(c, p))
    for mass in list(masses):
        if mass.tag == "strength":
            c.strengths.append(Strength(mass.high, mass.unit, mass.substance))
            masses.remove(mass)
    if not masses:
        return
    if count is not None and len(masses) == 1 and masses[0].tag == "{spoonful}":
        c.dose = Range(masses[0].low * count[0], masses[0].high * count[1], masses[0].unit)
        c.count = None
        return
    if count is None:
        _without_count(p, c)
        return
    kept: list[Mass] = []
    first = masses[0]
    if (
        c.count_bracketed
        and len(masses) == 1
        and not c.strengths
        and not first.bracketed
        and count[1] > 1
        and first.tag != "total"
        and "TAKE" not in p.k[: first.index]
    ):
        # "2.5 mg (8 tablets)": eight of 2.5 mg, or 2.5 mg in eight? Only "take 20 mg (8 tablets)" says it.
        p.tell("is this one of them, or all of them together?", first.index, c.count_index, "ambiguous")
        p.fatal = True
    for mass in masses:
        of_form = mass.bracketed and "REL" in p.k[mass.index : mass.index + 4]  # "(500 mg ER)" is what one tablet holds
        total = (
            mass.tag == "total"
            or (mass.bracketed and not of_form and mass.index > c.count_index)
            or (not mass.bracketed and (c.count_bracketed or p.k[c.count_index - 1] == "EQ") and not mass.attached)
        )
        if total or (mass.low != mass.high and not mass.attached):
            kept.append(mass)
        else:
            c.strengths.append(Strength(mass.high, mass.unit, mass.substance))
    if len(kept) > 1:
        p.tell("two doses at once", c.start, c.start, "contradiction")
        p.fatal = True
    if kept:
        c.dose = Range(kept[0].low, kept[0].high, kept[0].unit)


def _unit_of(c: Clause, p: State) -> str:
    """The unit of a bare count: the form the text names, else a dose."""
    form = c.form
    if form is None:
        for other in p.clauses:
            if other.form or (other.count is not None and other.count[2] is not None):
                form = other.form
                if other.count is not None and other.count[2] is not None:
                    return other.count[2]
                break
    code = "{" + form + "}" if form else ""
    return code if code in UNITS else "{dose}"


def _headed(p: State, strength: Mass, dose: Mass) -> bool:
    """Whether an amount stands before a colon and the dose after it ("500 mg: 500 mg twice daily"): what comes in one unit."""
    raw = p.tokens.raw[p.tokens.first[dose.index - 1]]
    return raw == ":" and strength.low == strength.high and UNITS[strength.unit].dimension == UNITS[dose.unit].dimension


def _without_count(p: State, c: Clause) -> None:
    """Amounts without a count: the first is the dose; one before "take", or attached to a form and followed by another, is the strength."""
    masses = c.masses
    plain = [mass for mass in masses if not mass.bracketed] or masses[:1]
    if (
        len(plain) == 2
        and (plain[0].attached or not plain[1].attached)
        and "TAKE" in p.k[plain[0].index : plain[1].index]
    ) or (len(plain) == 2 and ((plain[0].attached and not plain[1].attached) or _headed(p, plain[0], plain[1]))):
        c.strengths.append(Strength(plain[0].high, plain[0].unit, plain[0].substance))
        plain = plain[1:]
    if len(plain) > 1:
        p.tell("two doses at once", plain[1].index, plain[1].index, "ambiguous")
        p.fatal = True
        return
    chosen = plain[0]
    for mass in masses:
        if mass is not chosen and mass.bracketed:
            if UNITS[mass.unit].dimension != "volume" and UNITS[chosen.unit].dimension == "volume":
                c.strengths.append(Strength(mass.high, mass.unit, mass.substance, (chosen.high, chosen.unit)))
            elif convertible(mass.unit, chosen.unit) and convert(mass.high, mass.unit, chosen.unit) != chosen.high:
                c.strengths.append(Strength(mass.high, mass.unit, mass.substance))
    if chosen.attached and chosen.low == chosen.high and not (c.timed or c.prn or c.method):
        c.strengths.append(Strength(chosen.high, chosen.unit, chosen.substance))
        return
    c.dose = Range(chosen.low, chosen.high, chosen.unit)


def _bout(c: Clause) -> bool:
    """Whether some doses hours apart are repeated once a week, month or year."""
    once = (
        c.times is not None and c.times.low == c.times.high == c.times.period == 1 and c.times.unit in ("wk", "mo", "a")
    )
    return once and c.every is not None and c.every.unit == "h"


def options(c: Clause) -> tuple[Option, ...]:
    """The frozen options of a clause: one, or one for each alternative route or time of day."""
    count = Range(c.count[0], c.count[1], c.count[2] or "{dose}") if c.count is not None else None
    strengths = tuple(c.strengths)
    if c.cycle is not None and c.cycle.unit == "h" and c.cycle.on + c.cycle.off == 24 and not c.timed_beside_total():
        c.times = Times(Decimal(1), Decimal(1), Decimal(1), "d")  # 12 hours on, 12 hours off: a new one each day
    if c.stat and c.timed_beside_total():
        c.doses_total = None
    if c.doses_total is not None and c.doses_total.high > 1 and _bout(c):
        # "every 12 hours for 3 doses, each week": three administrations a week, twelve hours apart
        c.times = Times(c.doses_total.low, c.doses_total.high, Decimal(1), c.times.unit if c.times else "wk")
        c.doses_total = None
    made = []
    for route in c.routes or (None,):
        for when in (c.when, *((code,) for code in c.when_or)) if c.when_or else (c.when,):
            made.append(
                Option(
                    c.dose, strengths, count, c.per_day, c.times, c.every, route, c.form, c.release, when, c.at, c.days,
                    c.prn, c.prn_for, c.duration, c.doses_total, c.cycle, c.site, c.method, c.until,
                )
            )  # fmt: skip
    return tuple(made)


def join(p: State) -> tuple[Phase, ...]:
    """Clauses → phases: "then" counts on, "and" stays in the sequence, "or" adds an option to the phase."""
    clauses = [c for c in p.clauses if not c.empty]
    if not clauses:
        return ()
    if len(clauses) == 1:
        only = clauses[0]
        resolve(p, only)
        return (Phase(1, options(only), only.from_day, only.to_day, only.step),)
    if clauses[0].headed:
        head = clauses[0]
        for c in clauses[1:]:
            if c.headed:
                head = c
            elif "THEN" in p.k[max(c.start - 2, 0) : c.start + 1]:
                break
            elif c.link in ("then", "?", "and") and c.from_day is None:
                c.link, c.from_day, c.to_day = "and", head.from_day, head.to_day
    for c in clauses:
        resolve(p, c)
    _inherit(p, clauses)
    phases: list[Phase] = []
    sequence = 1
    for number, c in enumerate(clauses):
        if number and c.link == "or":
            last = phases[-1]
            phases[-1] = Phase(
                last.sequence, last.options + options(c), last.from_day, last.to_day, last.step or c.step
            )
            continue
        if number and c.link == "then":
            sequence += 1
        phases.append(Phase(sequence, options(c), c.from_day, c.to_day, c.step))
    return tuple(phases)


def _inherit(p: State, clauses: list[Clause]) -> None:
    """What a clause leaves out it shares with its neighbour: the dose and the product with the one before it, the
    times of alternatives and the duration of clauses at the same time with each other."""
    for before, c in pairwise(clauses):
        if c.link == "?":
            p.tell("a second dose without how it goes with the first", c.start, c.start, "ambiguous")
            p.fatal = True
        if c.dose is None and c.count is None and not c.strengths and c.step is None:
            c.dose, c.count, c.per_day = before.dose, before.count, before.per_day or c.per_day
            if c.link == "and" and c.prn:  # "after meals and at bedtime as needed": the whole of it
                before.prn, before.prn_for = True, before.prn_for or c.prn_for
        if c.dose is None and not c.strengths:
            c.strengths = before.strengths
        if c.count is not None and c.count[2] == "{dose}" and before.count is not None and before.count[2]:
            c.count = (c.count[0], c.count[1], before.count[2])
        if not c.routes or c.routes == ("injection",):
            c.routes = before.routes or c.routes
        c.form = c.form or (before.form if c.dose is None or c.dose is before.dose or c.link != "or" else None)
        c.method = c.method or before.method
        c.site = c.site or before.site
        if c.link == "or" or (c.link == "then" and c.dosed and c.duration is not None and before.doses_total is None):
            _share_times(before, c)
    for c, after in zip(reversed(clauses[:-1]), reversed(clauses[1:]), strict=False):
        if after.link == "and":
            c.duration = c.duration or (after.duration if c.doses_total is None else None)
            if not c.routes or c.routes == ("injection",):
                c.routes = after.routes or c.routes
            c.form = c.form or after.form
            after.duration = after.duration or c.duration
        elif after.link == "or":
            c.routes = c.routes or (after.routes if len(after.routes) == 1 and not after.dosed else ())
            if not c.when and after.when and {"C", "AC", "PC"}.issuperset(after.when):
                c.when = after.when  # "… or 500 mg once daily, with food": either way with food
            _share_times(after, c)


def _share_times(source: Clause, c: Clause) -> None:
    """An alternative without its own times has those of the other."""
    if not (c.times or c.every or c.when or c.at or c.doses_total or c.per_day):
        c.times, c.every, c.when, c.at = source.times, source.every, source.when, source.at


__all__ = ["NUMBER_KINDS", "and_", "comma", "day", "day_parts", "falling", "join", "or_", "resolve", "stop", "then"]
