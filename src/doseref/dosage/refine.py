"""After the grammar: small steps, in order, that make of what each clause holds what it means.

A production notes what it read ("500 mg", "2"); whether that is a dose or a strength, and what a clause shares with its
neighbours, can be said only when all of it is read. :data:`REFINEMENTS` is the list of the steps in the order in which
they run; ``doseref parse --trace`` prints which of them changed what.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from doseref.dosage.model import Option, Phase, Strength, Times
from doseref.dosage.provisos import other_days
from doseref.dosage.state import Clause, Mass, State
from doseref.quantities import Range
from doseref.units import UNITS, convert, convertible

Refinement = Callable[..., None]
"""``(State, subjects) -> None``: it changes the subjects (clauses), or tells a problem with them."""


# --- what each amount of a clause is an amount of


def count_unit(p: State, clause: Clause) -> None:
    """A bare count counts the form that the text names, else doses."""
    count = clause.count
    if count is not None and count[2] is None:
        clause.count = (count[0], count[1], _unit_of(clause, p))


def called_strength(p: State, clause: Clause) -> None:
    """An amount that the words call a strength ("500 mg each") is one."""
    for mass in list(clause.masses):
        if mass.tag == "strength":
            clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))
            clause.masses.remove(mass)


def spoonfuls(p: State, clause: Clause) -> None:
    """So many spoonfuls of a stated size are a volume."""
    count, masses = clause.count, clause.masses
    if count is not None and len(masses) == 1 and masses[0].tag == "{spoonful}":
        clause.dose = Range(masses[0].low * count[0], masses[0].high * count[1], masses[0].unit)
        clause.count = None


def contents_of_device(p: State, clause: Clause) -> None:
    """ "1.5 mg/0.5 mL pen, inject one pen": the whole content of so many devices."""
    count = clause.count
    if (
        clause.device is None
        or count is None
        or count[2] != clause.device
        or clause.masses
        or len(clause.strengths) != 1
    ):
        return
    one = clause.strengths[0]
    clause.dose = Range(one.amount * count[0], one.amount * count[1], one.unit)


def product_before_dose(p: State, clause: Clause) -> None:
    """Of two amounts without a count, the one before "take" or before a colon, or with its form,
    is the product's strength.
    """
    plain = _plain(clause.masses)
    if len(plain) != 2:
        return
    first, second = plain
    take_between = (first.attached or not second.attached) and "TAKE" in p.kinds[first.index : second.index]
    if take_between or (first.attached and not second.attached) or _before_colon(p, first, second):
        clause.strengths.append(Strength(first.high, first.unit, first.substance))
        clause.masses = [mass for mass in clause.masses if mass is not first]


def strength_in_brackets(p: State, clause: Clause) -> None:
    """An amount in brackets beside the dose is a concentration of a volume, or another strength;
    the same amount is neither.
    """
    if len(clause.masses) < 2:
        return
    chosen = _plain(clause.masses)[0]
    for mass in clause.masses:
        if mass is chosen or not mass.bracketed:
            continue
        if not mass.attached and _conditional(p, mass.index) and convertible(mass.unit, chosen.unit):
            p.tell("another dose under a condition", mass.index, kind="ambiguous")
            p.fatal = True
            return
        if UNITS[mass.unit].dimension != "volume" and UNITS[chosen.unit].dimension == "volume":
            if not _repeats(p, clause, mass, chosen):
                clause.strengths.append(Strength(mass.high, mass.unit, mass.substance, (chosen.high, chosen.unit)))
        elif convertible(mass.unit, chosen.unit) and convert(mass.high, mass.unit, chosen.unit) != chosen.high:
            clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))


def _conditional(p: State, i: int) -> bool:
    """Whether the bracket before the amount at ``i`` begins with a condition: "(for severe pain 800 mg)"."""
    while i and p.kinds[i] != "LP":
        i -= 1
    return p.kinds[i + 1] in ("FOR", "IF", "PRN", "UPTO", "OR")


def _repeats(p: State, clause: Clause, mass: Mass, volume: Mass) -> bool:
    """Whether "10 mL (30 mg total)" is what the one stated concentration comes to;
    another amount is told, and refused.
    """
    stated = [each for each in clause.strengths if each.per is not None and each.unit != "%"]
    if len(stated) != 1 or not convertible(stated[0].unit, mass.unit) or stated[0].per is None:
        return False
    if not convertible(stated[0].per[1], volume.unit) or mass.low != mass.high or volume.low != volume.high:
        return False
    clause.strengths = stated  # a percentage beside it says the same again
    one = convert(stated[0].amount, stated[0].unit, mass.unit)
    if mass.high * convert(stated[0].per[0], stated[0].per[1], volume.unit) != one * volume.high:
        p.tell("not the amount that is in this volume", mass.index, kind="contradiction")
        p.fatal = True
    return True


def dose_without_count(p: State, clause: Clause) -> None:
    """The amount left is the dose; of a form alone ("500 mg tablets") it is the strength; two are told."""
    if not clause.masses:
        return
    plain = _plain(clause.masses)
    chosen = plain[0]
    if len(plain) > 1:
        p.tell("two doses at once", plain[1].index, plain[1].index, "ambiguous")
        p.fatal = True
    elif chosen.attached and chosen.low == chosen.high and not (clause.timed or clause.prn or clause.method):
        clause.strengths.append(Strength(chosen.high, chosen.unit, chosen.substance))
    else:
        clause.dose = Range(chosen.low, chosen.high, chosen.unit)


def undecided_count(p: State, clause: Clause) -> None:
    """ "2.5 mg (8 tablets)": eight of 2.5 mg, or 2.5 mg in eight? Only "take 20 mg (8 tablets)" says it."""
    if clause.count is None or len(clause.masses) != 1 or not clause.count_bracketed or clause.strengths:
        return
    (mass,) = clause.masses
    if not mass.bracketed and clause.count[1] > 1 and mass.tag != "total" and "TAKE" not in p.kinds[: mass.index]:
        p.tell("is this one of them, or all of them together?", mass.index, clause.count_index, "ambiguous")
        p.fatal = True


def amounts_beside_count(p: State, clause: Clause) -> None:
    """Beside a count an amount is what one of them holds, unless it is told as the total or is a range:
    then it is the dose.
    """
    if clause.count is None:
        return
    doses: list[Mass] = []
    for mass in clause.masses:
        ranged = mass.low != mass.high
        if UNITS[mass.unit].dimension == "volume" and clause.count[2] in ("{tablet}", "{capsule}"):
            p.tell("a volume of a solid form", mass.index, mass.index, "implausible")
            p.fatal = True
        if ranged and not mass.bracketed and _two_strengths(clause, mass):
            clause.strengths += [Strength(mass.low, mass.unit, mass.substance), Strength(mass.high, mass.unit)]
        elif ranged and mass.attached:
            p.tell("a strength that is a range", mass.index, mass.index, "ambiguous")
            p.fatal = True
        elif ranged or _is_total(p, clause, mass):
            doses.append(mass)
        else:
            clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))
    if len(doses) > 1:
        p.tell("two doses at once", clause.start, clause.start, "contradiction")
        p.fatal = True
    if doses:
        clause.dose = Range(doses[0].low, doses[0].high, doses[0].unit)


def _two_strengths(clause: Clause, mass: Mass) -> bool:
    """Whether two amounts with a dash beside one fixed count are two ingredients:
    one tablet cannot hold 25 to 100 mg.
    """
    count = clause.count
    return (
        count is not None
        and count[0] == count[1]
        and not clause.count_bracketed
        and not clause.strengths
        and len(clause.masses) == 1
        and UNITS[mass.unit].dimension in ("mass", "international units")
    )


def _plain(masses: list[Mass]) -> list[Mass]:
    """The amounts that stand outside brackets; where none does, the first."""
    return [mass for mass in masses if not mass.bracketed] or masses[:1]


def _before_colon(p: State, strength: Mass, dose: Mass) -> bool:
    """Whether an amount stands before a colon and the dose after it ("500 mg: 500 mg twice daily"):
    what comes in one unit.
    """
    raw = p.tokens.raw[p.tokens.first[dose.index - 1]]
    return raw == ":" and strength.low == strength.high and UNITS[strength.unit].dimension == UNITS[dose.unit].dimension


def _is_total(p: State, clause: Clause, mass: Mass) -> bool:
    """Whether an amount beside a count is what they come to together."""
    if mass.tag == "total":
        return True
    if mass.bracketed:
        of_form = "REL" in p.kinds[mass.index : mass.index + 4]  # "(500 mg ER)" is what one tablet holds
        return not of_form and mass.index > clause.count_index
    return (clause.count_bracketed or p.kinds[clause.count_index - 1] == "EQ") and not mass.attached


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


# --- what a clause shares with its neighbours


def under_day(p: State, clauses: list[Clause]) -> None:
    """ "Day 1: …, …. Day 2: …": a day in front of its doses heads all of them, up to the next such day."""
    head = clauses[0]
    if not head.headed:
        return
    for clause in clauses[1:]:
        if clause.headed:
            head = clause
        elif "THEN" in p.kinds[max(clause.start - 2, 0) : clause.start + 1]:
            break
        elif clause.link in ("then", "?", "and") and clause.from_day is None:
            clause.link, clause.from_day, clause.to_day = "and", head.from_day, head.to_day


def other_side(p: State, before: Clause, clause: Clause) -> None:
    """ "2 drops right eye tid, 1 drop left eye bid": the left and the right of the same are taken together."""
    one, other = before.site, clause.site
    if (
        clause.link == "?"
        and one
        and other
        and one != other
        and one.replace("right", "left") == other.replace("right", "left")
    ):
        clause.link = "and"


def named_frequency(p: State, before: Clause, clause: Clause) -> None:
    """ "35 mg once a week - one tablet every Saturday": the name says how often, and the instruction says it again.

    Only where one piece is taken, and as often as the name says.
    """
    weekly = before.times is not None and before.times.low == before.times.high == before.times.period == 1
    if clause.link != "?" or not weekly or before.times is None or len(p.clauses) != 2 or before.prn:
        return
    same = clause.times == before.times or (before.times.unit == "wk" and len(clause.days) == 1 and not clause.times)
    one = (
        clause.count is not None
        and clause.count[0] == clause.count[1] == 1
        and clause.dose is None
        and not clause.strengths
    )
    alone = before.count is None and before.dose is not None and before.dose.single and not (before.when or before.at)
    if same and one and alone and not clause.every and len((*clause.when, *clause.at)) < 2:
        clause.link, clause.strengths = "again", [Strength(before.dose.high, before.dose.unit)] if before.dose else []


def untied_dose(p: State, before: Clause, clause: Clause) -> None:
    """A second dose of which nothing says how it goes with the first is told."""
    untimed = clause.loose and not (clause.timed or clause.prn or clause.per_day or clause.cycle or clause.step)
    if clause.link == "?" or untimed:
        p.tell("a second dose without how it goes with the first", clause.start, clause.start, "ambiguous")
        p.fatal = True


def same_dose(p: State, before: Clause, clause: Clause) -> None:
    """A clause without an amount has the dose of the one before; "after meals and at bedtime as needed" is as needed in
    all.
    """
    if clause.link == "then" and _another_dose(p, clause):
        return
    if clause.dose is None and clause.count is None and not clause.strengths and clause.step is None:
        clause.dose, clause.count, clause.per_day = before.dose, before.count, before.per_day or clause.per_day
        if clause.link == "and" and clause.prn and not clause.besides:
            before.prn, before.prn_for = True, before.prn_for or clause.prn_for


_COMPARED = frozenset(("smaller", "lower", "reduced", "larger", "higher", "lesser", "bigger"))


def _another_dose(p: State, clause: Clause) -> bool:
    """Whether a clause says that its dose is another one than before, and not how much
    ("then smaller doses every 8 hours").
    """
    i = clause.start
    while i < len(p.kinds) and p.kinds[i] not in ("STOP", "THEN", "NUM", "U"):
        if p.kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in _COMPARED:
            return True
        i += 1
    return False


def same_product(p: State, before: Clause, clause: Clause) -> None:
    """Strengths, the unit of a count, the form, method and site go on from the clause before."""
    if clause.dose is None and not clause.strengths:
        clause.strengths = before.strengths
    if clause.count is not None and clause.count[2] == "{dose}" and before.count is not None and before.count[2]:
        clause.count = (clause.count[0], clause.count[1], before.count[2])
    same = clause.dose is None or clause.dose is before.dose or clause.link != "or"
    clause.form = clause.form or (before.form if same else None)
    clause.method = clause.method or before.method
    clause.site = clause.site or before.site


def same_route(p: State, before: Clause, clause: Clause) -> None:
    """The route goes on; "injection" alone takes the route that says more."""
    if not clause.routes or clause.routes == ("injection",):
        clause.routes = before.routes or clause.routes


def times_of_alternative(p: State, before: Clause, clause: Clause) -> None:
    """An alternative, or a next phase with its own length, has the times of the one before where it states none."""
    next_phase = clause.link == "then" and clause.dosed and clause.duration is not None and before.doses_total is None
    same = (clause.dose, clause.count) == (before.dose, before.count)
    then_as_needed = clause.link == "then" and clause.prn and not before.prn and same and before.doses_total is None
    if clause.link == "or" or next_phase or then_as_needed:
        _share_times(before, clause)


def first_dose(p: State, before: Clause, clause: Clause) -> None:
    """ "2 initially, then 1 after each loose motion": the larger first dose is taken once."""
    if clause.link != "then" or before.timed or before.prn or before.per_day or before.step is not None:
        return
    if before.cycle is not None or before.doses_total is not None or clause.timed or not clause.prn:
        return
    one, other = before.dose or _counted(before), clause.dose or _counted(clause)
    if one is not None and other is not None and one.unit == other.unit and one.low > other.high:
        before.doses_total = Range(Decimal(1), Decimal(1), "{dose}")


def back_to_companion(p: State, clause: Clause, after: Clause) -> None:
    """Parts taken together share length, route and form also from the later to the earlier."""
    if after.link == "and":
        clause.duration = clause.duration or (after.duration if clause.doses_total is None else None)
        if not clause.routes or clause.routes == ("injection",):
            clause.routes = after.routes or clause.routes
        clause.form = clause.form or after.form
        after.duration = after.duration or clause.duration


def back_to_alternative(p: State, clause: Clause, after: Clause) -> None:
    """The first of two alternatives has the route, the meals and the times that only the second states."""
    if after.link == "or":
        clause.routes = clause.routes or (after.routes if len(after.routes) == 1 and not after.dosed else ())
        if not clause.when and after.when and {"C", "AC", "PC"}.issuperset(after.when):
            clause.when = after.when  # "… or 500 mg once daily, with food": either way with food
        _share_times(after, clause)


def _share_times(source: Clause, clause: Clause) -> None:
    """An alternative without its own times has those of the other."""
    if not (clause.times or clause.every or clause.when or clause.at or clause.doses_total or clause.per_day):
        clause.times, clause.every, clause.when, clause.at = source.times, source.every, source.when, source.at


def days_of_taper(p: State, clauses: list[Clause]) -> None:
    """ "60 mg x 3 d, 40 mg x 3 d, 20 mg x 3 d": a falling dose with its days, and no frequency, is that of each day."""
    one = [each.dose if each.dose is not None else _counted(each) for each in clauses]
    tapered = len(clauses) > 2 or any(kind == "TAPER" for kind in p.kinds)
    if not tapered or any(each is None for each in one):
        return
    for clause, dose in zip(clauses, one, strict=True):
        length = clause.duration
        if (
            clause.timed_beside_total()
            or clause.per_day
            or clause.prn
            or clause.doses_total is not None
            or (clause.step is not None and clause.step.to is not None)
        ):
            return
        if length is None or length.unit not in ("d", "wk") or dose is None or dose.low != dose.high:
            return
    if all(a is not None and b is not None and a.unit == b.unit and a.high > b.high for a, b in pairwise(one)) and all(
        each.link == "then" for each in clauses[1:]
    ):
        for clause in clauses:
            clause.per_day = True
            clause.step = None  # "taper:", told in full


def _counted(clause: Clause) -> Range | None:
    count = clause.count
    return None if count is None or count[2] is None else Range(count[0], count[1], count[2])


# --- what the times of a clause come to


def daily_cycle(p: State, clause: Clause) -> None:
    """12 hours on, 12 hours off: a new one each day."""
    cycle = clause.cycle
    if cycle is not None and cycle.unit == "h" and cycle.on + cycle.off == 24 and not clause.timed_beside_total():
        clause.times = Times(Decimal(1), Decimal(1), Decimal(1), "d")


def begins_now(p: State, clause: Clause) -> None:
    """ "Now" beside a frequency says when it begins, not that it is one dose."""
    if clause.stat and clause.timed_beside_total():
        clause.doses_total = None


def bouts(p: State, clause: Clause) -> None:
    """ "Every 12 hours for 3 doses, each week": three administrations a week, twelve hours apart."""
    times, total, every = clause.times, clause.doses_total, clause.every
    if (
        total is not None
        and total.high > 1
        and times is not None
        and times.low == times.high == times.period == 1
        and times.unit in ("wk", "mo", "a")
        and every is not None
        and every.unit == "h"
    ):
        clause.times = Times(total.low, total.high, Decimal(1), times.unit)
        clause.doses_total = None


COUNTED: tuple[Refinement, ...] = (
    count_unit,
    contents_of_device,
    called_strength,
    spoonfuls,
    undecided_count,
    amounts_beside_count,
)
"""For each clause with a count: what it counts, and whether an amount is what one of them holds."""
MEASURED: tuple[Refinement, ...] = (called_strength, product_before_dose, strength_in_brackets, dose_without_count)
"""For each clause with amounts and no count: which is the dose."""
COUNT_ALONE, ONE_AMOUNT = COUNTED[:2], MEASURED[-1:]
"""What is left of these where there is no amount beside the count, or one amount alone:
the other steps look at several.
"""
FROM_BEFORE: tuple[Refinement, ...] = (
    named_frequency,
    other_days,
    other_side,
    untied_dose,
    same_dose,
    same_product,
    same_route,
    times_of_alternative,
    first_dose,
)
"""For each clause and the one before it, from the first to the last: what goes on."""
FROM_AFTER: tuple[Refinement, ...] = (back_to_companion, back_to_alternative)
"""For each clause and the one after it, from the last to the first: what only the later one states."""
TIMES: tuple[Refinement, ...] = (daily_cycle, begins_now, bouts)
"""For each clause: what its times come to."""
REFINEMENTS: tuple[Refinement, ...] = (
    under_day,
    *COUNTED,
    *MEASURED[1:],
    *FROM_BEFORE,
    *FROM_AFTER,
    days_of_taper,
    *TIMES,
)
"""Every step, in the order in which they run."""


def phases(p: State) -> tuple[Phase, ...]:
    """Clauses → refined clauses → phases: "then" counts on, "and" stays in the sequence,
    "or" adds an option to the phase.
    """
    clauses = [clause for clause in p.clauses if clause.masses or not clause.empty]
    if not clauses:
        return ()
    several = len(clauses) > 1
    if several:
        apply(p, (under_day,), clauses)
    for clause in clauses:
        if clause.count is not None:
            apply(p, COUNTED if clause.masses else COUNT_ALONE, clause)
        elif clause.masses:
            lone = len(clause.masses) == 1 and not clause.masses[0].tag
            apply(p, ONE_AMOUNT if lone else MEASURED, clause)
    if several:
        for before, clause in pairwise(clauses):
            apply(p, FROM_BEFORE, before, clause)
        for after, clause in pairwise(reversed(clauses)):
            apply(p, FROM_AFTER, clause, after)
        apply(p, (days_of_taper,), clauses)
    made: list[Phase] = []
    sequence = 1
    for number, clause in enumerate(clauses):
        if clause.cycle is not None or clause.doses_total is not None:
            apply(p, TIMES, clause)
        if number and clause.link == "again":
            made.clear()
        if number and clause.link == "or":
            last = made[-1]
            options = last.options + _options(clause)
            made[-1] = Phase(last.sequence, options, last.from_day, last.to_day, last.step or clause.step)
            continue
        if number and clause.link == "then":
            sequence += 1
        made.append(Phase(sequence, _options(clause), clause.from_day, clause.to_day, clause.step))
    return tuple(made)


def apply(p: State, steps: tuple[Refinement, ...], *subjects: Any) -> None:
    """Run some steps in order, told to the trace where one is kept."""
    if p.trace is None:
        for step in steps:
            step(p, *subjects)
    else:
        p.trace.refined(p, steps, subjects)


def _options(clause: Clause) -> tuple[Option, ...]:
    """The frozen options of a clause: one, or one for each alternative route or time of day."""
    count = Range(clause.count[0], clause.count[1], clause.count[2] or "{dose}") if clause.count is not None else None
    strengths = tuple(clause.strengths)
    made = []
    for route in clause.routes or (None,):
        for when in (clause.when, *((code,) for code in clause.when_or)) if clause.when_or else (clause.when,):
            made.append(
                Option(
                    clause.dose,
                    strengths,
                    count,
                    clause.per_day,
                    clause.times,
                    clause.every,
                    route,
                    clause.form,
                    clause.release,
                    when,
                    clause.at,
                    clause.days,
                    clause.prn,
                    clause.prn_for,
                    clause.duration,
                    clause.doses_total,
                    clause.cycle,
                    clause.site,
                    clause.method,
                    clause.until,
                )
            )
    return tuple(made)
