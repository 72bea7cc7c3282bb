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
    if p.kinds[p.i] == "NUM" and p.kinds[p.i + 1] == "T" and p.kinds[p.i + 2] == "HOLD":
        return True
    if not p.clause.empty and p.kinds[p.i] not in ("TITR", "STEPBY", "TAPER", "TITRDN", "STOPIT"):
        p.new_clause("then")
    return True


def and_(p: State) -> bool:
    """and ::= AND | PLUS: what follows is taken as well; a new clause begins only with a new amount or time."""
    p.i += 1
    p.link = "and"
    clause = p.clause
    if p.kinds[p.i] == "PRN" and clause.dosed and not clause.prn and not p.depth and clause.timed_beside_total():
        p.new_clause("and").besides = True  # "1 puff twice a day and as needed": the regular ones, and more
    return True


def or_(p: State) -> bool:
    """or ::= OR clause: an alternative to the clause before it."""
    kinds = p.kinds
    kind = kinds[p.i + 1]
    if kind not in _STARTS and kind not in ("ROUTE", "AT", "PRN", "IN", "DIV"):
        return False
    p.i += 1
    if not p.clause.empty:
        p.new_clause("or")
    return True


def comma(p: State) -> bool:
    """comma ::= "," : separates; alone it decides nothing."""
    p.i += 1
    p.link = p.link or ","
    return True


def stop(p: State) -> bool:
    """stop ::= "." | ";" | ":" | newline: separates; alone it decides nothing."""
    p.i += 1
    if p.tokens.raw[p.tokens.first[p.i - 1]] == "|" and p.clause.timed:
        p.link = "and"  # one part of the instruction beside another
    p.link = p.link or ","
    return True


def day(p: State) -> bool:
    """day ::= [ON | FOR] T NUM [(DASH | TO | AND) NUM] [CONT] [OF NUM]: on day 1, days 1–3, days 1-14 of 28, week 2."""
    kinds, values = p.kinds, p.values
    i = p.i
    if kinds[i] in ("ON", "FOR", "IN"):
        i += 1
    if kinds[i] != "T" or values[i] not in ("d", "wk") or kinds[i + 1] != "NUM":
        return False
    if p.tokens.raw[p.tokens.first[i]] in ("d", "w") and kinds[i + 2] != "DASH":
        return False
    unit = values[i]
    low = high = values[i + 1]
    i += 2
    if (kinds[i] in ("DASH", "TO") and kinds[i + 1] == "NUM") or (
        kinds[i] == "AND" and kinds[i + 1] == "NUM" and values[i + 1] == low + 1
    ):
        high = values[i + 1]
        i += 2
    if low != int(low) or high != int(high) or high < low or high > 3660 or low < 1:
        return False
    open_end = kinds[i] == "CONT" or kinds[i] == "PLUS"
    i += open_end
    j = i + 1
    while kinds[j] in ("A", "EVERY"):
        j += 1
    if kinds[i] in ("OF", "SLASH", "IN") and kinds[j] == "NUM" and low == 1 and unit == "d" and values[j] > high:
        p.clause.cycle = Cycle(high, values[j] - high, "d")
        p.i = j + 1
        p.skip("T")
        p.skip("PERIOD")
        return True
    if kinds[i] == "OF" and (kinds[i + 1] == "PERIOD" or (kinds[i + 1] in ("A", "EVERY") and kinds[i + 2] == "PERIOD")):
        i += 2 if kinds[i + 1] == "PERIOD" else 3
    p.i = i
    first, last = int(low), int(high)
    if unit == "wk":
        first, last = first * 7 - 6, last * 7
    clause = p.clause
    # "Day 1: …, …. Day 2: …": a day in front of its doses heads all of them, up to the next such day.
    headed = (kinds[i] == "STOP" and not clause.dosed) or (any(each.headed for each in p.clauses[:1]) and clause.dosed)
    if clause.from_day is not None or (clause.dosed and (clause.duration is not None or headed)):
        clause = p.new_clause("then")
    clause.headed = headed
    clause.from_day = first
    clause.to_day = None if open_end else last
    return True


def day_parts(p: State, numbers: list[Decimal], codes: tuple[str, ...], start: int) -> bool:
    """1-0-1: how many in the morning, at noon, (in the evening,) at night; equal ones are one clause."""
    unit = None
    measured = p.kinds[p.i] == "U"
    if measured or p.kinds[p.i] == "C":
        unit = p.values[p.i]
        p.i += 1
    given = [(value, code) for value, code in zip(numbers, codes, strict=True) if value]
    groups: dict[Decimal, tuple[str, ...]] = {}
    for value, code in given:
        groups[value] = (*groups.get(value, ()), code)
    if p.clause.count is not None or p.clause.times is not None or (measured and p.clause.masses):
        p.i = start
        return False
    meal: tuple[str, ...] = ()
    if p.kinds[p.i] in ("BEFORE", "AFTER", "WITH") and p.kinds[p.i + 1] == "MEAL" and not p.values[p.i + 1]:
        meal = (p.values[p.i],)
        p.i += 2
    for number, (value, whens) in enumerate(groups.items()):
        clause = p.clause if number == 0 else p.new_clause("and")
        whens = tuple(sorted({*whens, *meal, *(clause.when if number == 0 else ())}, key=WHEN_ORDER.index))
        if measured:
            clause.masses.append(Mass(value, value, str(unit), start))
        else:
            clause.count = (value, value, unit)
        clause.when = whens
        clause.form = clause.form or FORM_OF.get(unit or "")
    return True


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


def split(p: State) -> bool:
    """split ::= "(" NUM WHEN ((COMMA | AND) NUM WHEN)+ ")": how a day's count is spread, where the parts make the whole."""
    kinds, values = p.kinds, p.values
    clause = p.clause
    i = p.i + 1
    if (
        kinds[i] != "NUM"
        or kinds[i + 1] != "WHEN"
        or clause.count is None
        or clause.count[0] != clause.count[1]
        or not (clause.per_day or (clause.times is not None and clause.times.high == 1))
    ):
        return False
    parts: list[tuple[Decimal, tuple[str, ...]]] = []
    while kinds[i] == "NUM" and kinds[i + 1] == "WHEN":
        parts.append((values[i], values[i + 1]))
        i += 2
        while kinds[i] in ("COMMA", "AND", "PLUS"):
            i += 1
    if kinds[i] != "RP" or len(parts) < 2 or sum(part[0] for part in parts) != clause.count[1]:
        return False
    unit = clause.count[2]
    clause.times = None
    clause.per_day = False
    for number, (value, codes) in enumerate(parts):
        part = clause if number == 0 else p.new_clause("and")
        part.count = (value, value, unit)
        part.when = codes
        part.form = clause.form
    p.i = i + 1
    return True


def resolve(p: State, clause: Clause) -> None:
    """Decide what each amount of a clause is an amount of: the dose, or a strength."""
    count = clause.count
    masses = clause.masses
    if count is not None and count[2] is None:
        clause.count = count = (count[0], count[1], _unit_of(clause, p))
    for mass in list(masses):
        if mass.tag == "strength":
            clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))
            masses.remove(mass)
    if not masses:
        return
    if count is not None and len(masses) == 1 and masses[0].tag == "{spoonful}":
        clause.dose = Range(masses[0].low * count[0], masses[0].high * count[1], masses[0].unit)
        clause.count = None
        return
    if count is None:
        _without_count(p, clause)
        return
    kept: list[Mass] = []
    first = masses[0]
    if (
        clause.count_bracketed
        and len(masses) == 1
        and not clause.strengths
        and not first.bracketed
        and count[1] > 1
        and first.tag != "total"
        and "TAKE" not in p.kinds[: first.index]
    ):
        # "2.5 mg (8 tablets)": eight of 2.5 mg, or 2.5 mg in eight? Only "take 20 mg (8 tablets)" says it.
        p.tell("is this one of them, or all of them together?", first.index, clause.count_index, "ambiguous")
        p.fatal = True
    for mass in masses:
        of_form = (
            mass.bracketed and "REL" in p.kinds[mass.index : mass.index + 4]
        )  # "(500 mg ER)" is what one tablet holds
        total = (
            mass.tag == "total"
            or (mass.bracketed and not of_form and mass.index > clause.count_index)
            or (
                not mass.bracketed
                and (clause.count_bracketed or p.kinds[clause.count_index - 1] == "EQ")
                and not mass.attached
            )
        )
        if mass.low != mass.high and not mass.bracketed and _two_strengths(clause, mass):
            clause.strengths += [Strength(mass.low, mass.unit, mass.substance), Strength(mass.high, mass.unit)]
        elif mass.low != mass.high and mass.attached:
            p.tell("a strength that is a range", mass.index, mass.index, "ambiguous")
            p.fatal = True
        elif total or mass.low != mass.high:
            kept.append(mass)
        else:
            clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))
    if len(kept) > 1:
        p.tell("two doses at once", clause.start, clause.start, "contradiction")
        p.fatal = True
    if kept:
        clause.dose = Range(kept[0].low, kept[0].high, kept[0].unit)


def _two_strengths(clause: Clause, mass: Mass) -> bool:
    """Whether two amounts with a dash beside one fixed count are two ingredients: one tablet cannot hold 25 to 100 mg."""
    count = clause.count
    return (
        count is not None and count[0] == count[1] and not clause.count_bracketed and not clause.strengths
        and len(clause.masses) == 1
        and UNITS[mass.unit].dimension in ("mass", "international units")
    )  # fmt: skip


def _unit_of(clause: Clause, p: State) -> str:
    """The unit of a bare count: the form the text names, else a dose."""
    form = clause.form
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


def _without_count(p: State, clause: Clause) -> None:
    """Amounts without a count: the first is the dose; one before "take", or attached to a form and followed by another, is the strength."""
    masses = clause.masses
    plain = [mass for mass in masses if not mass.bracketed] or masses[:1]
    if (
        len(plain) == 2
        and (plain[0].attached or not plain[1].attached)
        and "TAKE" in p.kinds[plain[0].index : plain[1].index]
    ) or (len(plain) == 2 and ((plain[0].attached and not plain[1].attached) or _headed(p, plain[0], plain[1]))):
        clause.strengths.append(Strength(plain[0].high, plain[0].unit, plain[0].substance))
        plain = plain[1:]
    if len(plain) > 1:
        p.tell("two doses at once", plain[1].index, plain[1].index, "ambiguous")
        p.fatal = True
        return
    chosen = plain[0]
    for mass in masses:
        if mass is not chosen and mass.bracketed:
            if UNITS[mass.unit].dimension != "volume" and UNITS[chosen.unit].dimension == "volume":
                clause.strengths.append(Strength(mass.high, mass.unit, mass.substance, (chosen.high, chosen.unit)))
            elif convertible(mass.unit, chosen.unit) and convert(mass.high, mass.unit, chosen.unit) != chosen.high:
                clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))
    if chosen.attached and chosen.low == chosen.high and not (clause.timed or clause.prn or clause.method):
        clause.strengths.append(Strength(chosen.high, chosen.unit, chosen.substance))
        return
    clause.dose = Range(chosen.low, chosen.high, chosen.unit)


def _bout(clause: Clause) -> bool:
    """Whether some doses hours apart are repeated once a week, month or year."""
    once = (
        clause.times is not None
        and clause.times.low == clause.times.high == clause.times.period == 1
        and clause.times.unit in ("wk", "mo", "a")
    )
    return once and clause.every is not None and clause.every.unit == "h"


def options(clause: Clause) -> tuple[Option, ...]:
    """The frozen options of a clause: one, or one for each alternative route or time of day."""
    count = Range(clause.count[0], clause.count[1], clause.count[2] or "{dose}") if clause.count is not None else None
    strengths = tuple(clause.strengths)
    if (
        clause.cycle is not None
        and clause.cycle.unit == "h"
        and clause.cycle.on + clause.cycle.off == 24
        and not clause.timed_beside_total()
    ):
        clause.times = Times(Decimal(1), Decimal(1), Decimal(1), "d")  # 12 hours on, 12 hours off: a new one each day
    if clause.stat and clause.timed_beside_total():
        clause.doses_total = None
    if clause.doses_total is not None and clause.doses_total.high > 1 and _bout(clause):
        # "every 12 hours for 3 doses, each week": three administrations a week, twelve hours apart
        clause.times = Times(
            clause.doses_total.low, clause.doses_total.high, Decimal(1), clause.times.unit if clause.times else "wk"
        )
        clause.doses_total = None
    made = []
    for route in clause.routes or (None,):
        for when in (clause.when, *((code,) for code in clause.when_or)) if clause.when_or else (clause.when,):
            made.append(
                Option(
                    clause.dose, strengths, count, clause.per_day, clause.times, clause.every, route, clause.form, clause.release, when, clause.at, clause.days,
                    clause.prn, clause.prn_for, clause.duration, clause.doses_total, clause.cycle, clause.site, clause.method, clause.until,
                )
            )  # fmt: skip
    return tuple(made)


def join(p: State) -> tuple[Phase, ...]:
    """Clauses → phases: "then" counts on, "and" stays in the sequence, "or" adds an option to the phase."""
    clauses = [clause for clause in p.clauses if not clause.empty]
    if not clauses:
        return ()
    if len(clauses) == 1:
        only = clauses[0]
        resolve(p, only)
        return (Phase(1, options(only), only.from_day, only.to_day, only.step),)
    if clauses[0].headed:
        head = clauses[0]
        for clause in clauses[1:]:
            if clause.headed:
                head = clause
            elif "THEN" in p.kinds[max(clause.start - 2, 0) : clause.start + 1]:
                break
            elif clause.link in ("then", "?", "and") and clause.from_day is None:
                clause.link, clause.from_day, clause.to_day = "and", head.from_day, head.to_day
    for clause in clauses:
        resolve(p, clause)
    _inherit(p, clauses)
    phases: list[Phase] = []
    sequence = 1
    for number, clause in enumerate(clauses):
        if number and clause.link == "or":
            last = phases[-1]
            phases[-1] = Phase(
                last.sequence, last.options + options(clause), last.from_day, last.to_day, last.step or clause.step
            )
            continue
        if number and clause.link == "then":
            sequence += 1
        phases.append(Phase(sequence, options(clause), clause.from_day, clause.to_day, clause.step))
    return tuple(phases)


def _inherit(p: State, clauses: list[Clause]) -> None:
    """What a clause leaves out it shares with its neighbour: the dose and the product with the one before it, the
    times of alternatives and the duration of clauses at the same time with each other."""
    for before, clause in pairwise(clauses):
        if clause.link == "?":
            p.tell("a second dose without how it goes with the first", clause.start, clause.start, "ambiguous")
            p.fatal = True
        if clause.dose is None and clause.count is None and not clause.strengths and clause.step is None:
            clause.dose, clause.count, clause.per_day = before.dose, before.count, before.per_day or clause.per_day
            if (
                clause.link == "and" and clause.prn and not clause.besides
            ):  # "after meals and at bedtime as needed": the whole of it
                before.prn, before.prn_for = True, before.prn_for or clause.prn_for
        if clause.dose is None and not clause.strengths:
            clause.strengths = before.strengths
        if clause.count is not None and clause.count[2] == "{dose}" and before.count is not None and before.count[2]:
            clause.count = (clause.count[0], clause.count[1], before.count[2])
        if not clause.routes or clause.routes == ("injection",):
            clause.routes = before.routes or clause.routes
        clause.form = clause.form or (
            before.form if clause.dose is None or clause.dose is before.dose or clause.link != "or" else None
        )
        clause.method = clause.method or before.method
        clause.site = clause.site or before.site
        if clause.link == "or" or (
            clause.link == "then" and clause.dosed and clause.duration is not None and before.doses_total is None
        ):
            _share_times(before, clause)
    for clause, after in zip(reversed(clauses[:-1]), reversed(clauses[1:]), strict=False):
        if after.link == "and":
            clause.duration = clause.duration or (after.duration if clause.doses_total is None else None)
            if not clause.routes or clause.routes == ("injection",):
                clause.routes = after.routes or clause.routes
            clause.form = clause.form or after.form
            after.duration = after.duration or clause.duration
        elif after.link == "or":
            clause.routes = clause.routes or (after.routes if len(after.routes) == 1 and not after.dosed else ())
            if not clause.when and after.when and {"C", "AC", "PC"}.issuperset(after.when):
                clause.when = after.when  # "… or 500 mg once daily, with food": either way with food
            _share_times(after, clause)


def _share_times(source: Clause, clause: Clause) -> None:
    """An alternative without its own times has those of the other."""
    if not (clause.times or clause.every or clause.when or clause.at or clause.doses_total or clause.per_day):
        clause.times, clause.every, clause.when, clause.at = source.times, source.every, source.when, source.at


__all__ = ["NUMBER_KINDS", "and_", "comma", "day", "day_parts", "falling", "join", "or_", "resolve", "stop", "then"]
