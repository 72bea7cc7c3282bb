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

from doseref.dosage.alternating import by_turns, doses_or_strengths
from doseref.dosage.carried import (
    back_to_alternative,
    back_to_companion,
    count_behind_times,
    counted,
    first_dose,
    later_in_the_day,
    named_frequency,
    odd_and_even,
    once_besides,
    other_side,
    same_dose,
    same_product,
    same_route,
    times_of_alternative,
    untied_dose,
)
from doseref.dosage.model import Cycle, Option, Phase, Times
from doseref.dosage.moments import days_in_front
from doseref.dosage.of_each import one_of_each
from doseref.dosage.provisos import other_days
from doseref.dosage.rows import row_again
from doseref.dosage.sold_in import sold_in
from doseref.dosage.state import Clause, State
from doseref.dosage.what_amounts_are import (
    amounts_beside_count,
    called_strength,
    count_unit,
    dose_without_count,
    product_before_dose,
    spoonfuls,
    strength_in_brackets,
    undecided_count,
)
from doseref.dosage.whole_devices import contents_of_device, nebule, volume_of_one
from doseref.quantities import Range

Refinement = Callable[..., None]
"""``(State, subjects) -> None``: it changes the subjects (clauses), or tells a problem with them."""


_JOINED = ("AND", "PLUS", "WHEN", "TIME")


def under_day(p: State, clauses: list[Clause]) -> None:
    """ "Day 1: …, …. Day 2: …": a day in front of its doses heads all of them, up to the next such day; so does a weekday
    those that are joined to its dose: "Monday 5 mg morning and 10 mg night".
    """
    head = clauses[0]
    for place, (before, clause) in enumerate(pairwise(clauses), 1):
        own = clause.days or clause.times or clause.every or clause.prn or clause.duration
        if clause.link != "and" or own or not days_in_front(p, before):
            continue
        if p.kinds[clause.start - 1] in _JOINED or any(each.days for each in clauses[place + 1 :]):
            clause.days = before.days
        elif (clause.when or clause.at) and p.kinds[clause.start - 1] in ("COMMA", "STOP"):
            p.tell("on these days only, or every day?", clause.start, kind="ambiguous")
            p.fatal = True  # "Mondays 10 mg, 5 mg at night"
    if not head.headed:
        return
    for clause in clauses[1:]:
        if clause.headed:
            head = clause
        elif "THEN" in p.kinds[max(clause.start - 2, 0) : clause.start + 1]:
            break
        elif clause.link in ("then", "?", "and") and clause.from_day is None:
            clause.link, clause.from_day, clause.to_day = "and", head.from_day, head.to_day


def days_of_taper(p: State, clauses: list[Clause]) -> None:
    """ "60 mg x 3 d, 40 mg x 3 d, 20 mg x 3 d": a falling dose with its days, and no frequency, is that of each day; the last may
    stand until something ("then 15 mg until review").
    """
    one = [each.dose if each.dose is not None else counted(each) for each in clauses]
    tapered = len(clauses) > 2 or any(kind == "TAPER" for kind in p.kinds)
    if not tapered or any(each is None for each in one):
        return
    once = clauses[-1].times  # "6 tabs x2d, 5 tabs x2d, 4 tabs x2d qd": said once, of all
    told_last = once is not None and once == Times(Decimal(1), Decimal(1), Decimal(1), "d") and not clauses[-1].when
    for clause, dose in zip(clauses, one, strict=True):
        length = clause.duration
        if (
            (clause.timed_beside_total() and not (told_last and clause is clauses[-1]))
            or clause.per_day
            or clause.prn
            or clause.doses_total is not None
            or (clause.step is not None and clause.step.to is not None)
        ):
            return
        if dose is None or dose.low != dose.high:
            return
        goes_on = clause is clauses[-1] and clause.until is not None and len(clauses) > 2
        if not goes_on and (length is None or length.unit not in ("d", "wk")):
            return
    if all(a is not None and b is not None and a.unit == b.unit and a.high > b.high for a, b in pairwise(one)) and all(
        each.link == "then" for each in clauses[1:]
    ):
        for clause in clauses:
            clause.per_day, clause.times = True, None
            clause.step = None  # "taper:", told in full


def daily_cycle(p: State, clause: Clause) -> None:
    """12 hours on, 12 hours off: a new one each day; "days 1-5 q28 days": on each of these days, and then none."""
    _days_of_cycle(p, clause)
    cycle = clause.cycle
    if cycle is not None and cycle.unit == "h" and cycle.on + cycle.off == 24 and not clause.timed_beside_total():
        clause.times = Times(Decimal(1), Decimal(1), Decimal(1), "d")


_IN_DAYS = {"d": 1, "wk": 7}


def _days_of_cycle(p: State, clause: Clause) -> None:
    """Some days of an interval that is longer are the days of a cycle: each of them has its dose."""
    first, last, times = clause.from_day, clause.to_day, clause.times
    if first is None or last is None or first >= last or clause.cycle is not None or clause.days:
        return
    if "wk" in p.values[max(0, clause.day_index) : clause.day_index + 2]:
        return  # "week 1: 80 mg every 2 weeks"
    again = clause.every if clause.every is not None and clause.every.single else None
    if again is None and times is not None and times.low == times.high == 1 and times.period_high is None:
        again = Range(times.period, times.period, times.unit)
        times = None
    whole = again.high * _IN_DAYS.get(again.unit, 0) if again is not None else 0
    if whole < last or whole == last - first + 1 or (times is not None and times.unit != "d"):
        return
    on = Decimal(last - first + 1)
    clause.cycle, clause.every, clause.times = Cycle(on, whole - on, "d"), None, times
    if not clause.timed_beside_total():
        clause.times = Times(Decimal(1), Decimal(1), Decimal(1), "d")


def begins_now(p: State, clause: Clause) -> None:
    """ "Now" beside a frequency says when it begins, not that it is one dose."""
    if clause.stat and clause.timed_beside_total():
        clause.doses_total = None


def for_symptom(p: State, clause: Clause) -> None:
    """ "1 tablet for pain, max 4 a day": what says no more than why and how many at most is taken as needed."""
    most = any(each.per is not None and each.per.unit == "d" and each.unit.startswith("{") for each in p.maximum)
    if clause.prn_for and most and not clause.prn and not clause.timed and clause.doses_total is None:
        clause.prn = True


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
    nebule,
    volume_of_one,
    called_strength,
    spoonfuls,
    undecided_count,
    amounts_beside_count,
)
"""For each clause with a count: what it counts, and whether an amount is what one of them holds."""
MEASURED: tuple[Refinement, ...] = (called_strength, product_before_dose, strength_in_brackets, dose_without_count)
"""For each clause with amounts and no count: which is the dose."""
EVERY_SO_MANY_DAYS: tuple[Refinement, ...] = (doses_or_strengths,)
"""For each clause of which so many days apart are said: whether two amounts are two doses."""
COUNT_ALONE, ONE_AMOUNT = COUNTED[:3], MEASURED[-1:]
"""What is left of these where there is no amount beside the count, or one amount alone:
the other steps look at several.
"""
FROM_BEFORE: tuple[Refinement, ...] = (
    by_turns,
    later_in_the_day,
    odd_and_even,
    named_frequency,
    count_behind_times,
    other_days,
    other_side,
    untied_dose,
    once_besides,
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
SYMPTOMS: tuple[Refinement, ...] = (for_symptom,)
"""For a lone clause beside a maximum: whether it is taken as needed."""
REFINEMENTS: tuple[Refinement, ...] = (
    one_of_each,
    under_day,
    row_again,
    sold_in,
    *COUNTED,
    *MEASURED[1:],
    *EVERY_SO_MANY_DAYS,
    *FROM_BEFORE,
    *FROM_AFTER,
    days_of_taper,
    *TIMES,
    *SYMPTOMS,
)
"""Every step, in the order in which they run."""


def phases(p: State) -> tuple[Phase, ...]:
    """Clauses → refined clauses → phases: "then" counts on, "and" stays in the sequence,
    "or" adds an option to the phase.
    """
    clauses = [clause for clause in p.clauses if clause.masses or not clause.empty]
    if not clauses:
        return ()
    if any(len(clause.masses) > 1 for clause in clauses):
        apply(p, (one_of_each,), clauses)
    several = len(clauses) > 1
    if several:
        apply(p, (under_day,), clauses)
    for clause in clauses:
        if clause.row is not None:
            apply(p, (row_again,), clause)
        if clause.masses:
            apply(p, (sold_in,), clause)
        if clause.count is not None:
            apply(p, COUNTED if clause.masses else COUNT_ALONE, clause)
        elif clause.masses:
            lone = len(clause.masses) == 1 and not clause.masses[0].tag
            apply(p, ONE_AMOUNT if lone else MEASURED, clause)
        elif clause.strengths and (clause.routes or clause.device or clause.form == "infusion"):
            apply(p, (nebule,), clause)
        if clause.every is not None and clause.every.unit == "d":
            apply(p, EVERY_SO_MANY_DAYS, clause)
    if several:
        for before, clause in pairwise(clauses):
            apply(p, FROM_BEFORE, before, clause)
        for after, clause in pairwise(reversed(clauses)):
            apply(p, FROM_AFTER, clause, after)
        apply(p, (days_of_taper,), clauses)
    if p.maximum and not several:
        apply(p, SYMPTOMS, clauses[0])
    made: list[Phase] = []
    sequence = 1
    for number, clause in enumerate(clauses):
        if clause.cycle is not None or clause.doses_total is not None or clause.to_day is not None:
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
