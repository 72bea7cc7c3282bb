"""What a clause takes from the one before it or after it: dose, product, route, times."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Strength, Times
from doseref.dosage.moments import once_a_day
from doseref.dosage.occasions import moments
from doseref.dosage.state import Clause, State
from doseref.quantities import Range
from doseref.units import UNITS


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


_STARTED = frozenset(("INIT", "TITR", "TITRDN", "STEPBY", "TAPER"))
"""Where any of these stands before it, "then" is a later step."""


def later_in_the_day(p: State, before: Clause, clause: Clause) -> None:
    """ "1 tablet in the morning, then 2 at night": both are taken each day, where nothing says how long the first lasts
    and each has its own time of day.
    """
    if clause.link != "then" or not (before.dosed and clause.dosed) or not _STARTED.isdisjoint(p.kinds[: clause.start]):
        return
    apart = {*before.when, *before.at}.isdisjoint((*clause.when, *clause.at))
    if _ends(before) or not before.timed or not apart:
        return
    if all(_at_a_time(each) for each in (before, clause)):
        clause.link = "and"
    elif _at_a_time(clause) or clause.prn:  # "1 tablet twice a day, then 2 tablets at night"
        p.tell("besides the dose before it, or after that has ended?", clause.start - 1, clause.start, "ambiguous")
        p.fatal = True


def once_besides(p: State, before: Clause, clause: Clause) -> None:
    """ "25 mg at night, may take an extra 12.5 mg prn": one besides the one of the day."""
    untimed = clause.times is None and clause.every is None and clause.doses_total is None and not clause.days
    if clause.added and clause.prn and untimed and not (clause.when or clause.at) and once_a_day(before):
        clause.times = Times(Decimal(1), Decimal(1), Decimal(1), "d")


def _ends(clause: Clause) -> bool:
    """Whether a clause says how long it goes on, or for which days it is."""
    on_days = clause.from_day is not None or clause.to_day is not None or clause.days
    return bool(clause.duration or clause.doses_total or clause.until or clause.cycle or clause.step or on_days)


def _at_a_time(clause: Clause) -> bool:
    """Whether a clause says a time of day, and neither how long nor how often."""
    often = clause.every or clause.times or clause.prn
    return bool(moments(clause.when) or clause.at) and not (often or _ends(clause))


def odd_and_even(p: State, before: Clause, clause: Clause) -> None:
    """ "40 mg on even days and 20 mg on odd days": each day it is one or the other, and never both."""
    every_other = Range(Decimal(2), Decimal(2), "d")
    if before.every != every_other or clause.every != every_other or clause.link not in ("and", "?"):
        return
    after = p.clauses.index(clause) + 1
    end = p.clauses[after].start if after < len(p.clauses) else len(p.tokens.last)
    first, second = (
        {"odd", "even"}.intersection(words)
        for words in (p.tokens.words(before.start, clause.start), p.tokens.words(clause.start, end))
    )
    if len(first) != 1 or len(second) != 1 or first == second or not (before.dosed and clause.dosed):
        return
    clause.link = "then"
    for each in (before, clause):
        each.every, each.times = None, Times(Decimal(1), Decimal(1), Decimal(1), "d")


def named_frequency(p: State, before: Clause, clause: Clause) -> None:
    """ "35 mg once a week - one tablet every Saturday": the name says how often, and the instruction says it again.

    Only where one piece is taken, and as often as the name says.
    """
    often = before.times
    if clause.link != "?" or often is None or len(p.clauses) != 2 or before.prn:
        return
    if often.low != often.high or often.period != 1 or not (often.high == 1 or often.unit == "wk"):
        return
    same = clause.times == often or (often.unit == "wk" and len(clause.days) == often.high and not clause.times)
    one = (
        clause.count is not None
        and clause.count[0] == clause.count[1] == 1
        and clause.dose is None
        and not clause.strengths
    )
    alone = before.count is None and before.dose is not None and before.dose.single and not (before.when or before.at)
    if same and one and alone and not clause.every and len((*clause.when, *clause.at)) < 2:
        clause.link, clause.strengths = "again", [Strength(before.dose.high, before.dose.unit)] if before.dose else []
        clause.per_day = before.per_day  # "0.2 mg/24 hr weekly patch, 1 patch every Sunday": what it gives in a day


_WHEN_TAKEN = ("times", "every", "when", "when_or", "at", "days", "prn", "prn_for", "cycle")


def count_behind_times(p: State, before: Clause, clause: Clause) -> None:
    """ "75 mg tablets: daily 1 tablet", "nocte 1-2 tab": how many stands behind how often, and the amount before both is what
    one holds.

    Only up to one, or a span: "daily 3 tabs" may be how many are handed out; and "5 mg nocte half tab" may be half of 10 mg.

    Also asks for: C, FORM, WORD.
    """
    one, count = before.dose, clause.count
    if one is None or count is None or not one.single or one.unit not in _MASSES or count[2] not in _PIECES:
        return
    alone = before.count is None and not (before.per_day or before.step or before.row) and before.timed_beside_total()
    counts = clause.dose is None and not (clause.strengths or clause.timed or clause.prn)
    if (clause.link != "?" and not clause.loose) or len(p.clauses) != 2 or not alone or not counts:
        return
    low, high = count[:2]
    formed = p.kinds[before.masses[0].index + 2] in ("C", "FORM")
    if (high > 1 and low == high) or (low < 1 and not formed) or p.kinds[clause.start - 1] == "WORD":
        return
    clause.link, clause.strengths = "again", [Strength(one.high, one.unit)]
    for name in _WHEN_TAKEN:
        setattr(clause, name, getattr(before, name))
    clause.duration = clause.duration or before.duration


_PIECES = frozenset(("{tablet}", "{capsule}"))
_MASSES = frozenset(("mg", "g", "ug", "[IU]"))


def untied_dose(p: State, before: Clause, clause: Clause) -> None:
    """A second dose of which nothing says how it goes with the first is told, and so is one at the same time again:
    "40 mg nightly, 40 mg nightly" may be one dose written twice.
    """
    untimed = clause.loose and not (clause.timed or clause.prn or clause.per_day or clause.cycle or clause.step)
    if clause.link == "?" or untimed:
        p.tell("a second dose without how it goes with the first", clause.start, clause.start, "ambiguous")
        p.fatal = True
    elif clause.loose and clause.link == "and" and not clause.added and _at_that_time_already(p, clause):
        p.tell("a dose at the same time again: another one, or the same?", clause.start, clause.start, "ambiguous")
        p.fatal = True


_LOOKED_BACK = 12
"""Doses of a day that are looked at before one: more are not written in one line."""


def _at_that_time_already(p: State, clause: Clause) -> bool:
    """Whether a dose that is taken together with this one has its time: the same part of day, hour and days."""
    at = p.clauses.index(clause)
    for other in reversed(p.clauses[max(0, at - _LOOKED_BACK) : at]):
        if (other.when, other.at, other.days, other.times, other.every) == (
            clause.when,
            clause.at,
            clause.days,
            clause.times,
            clause.every,
        ) and other.site == clause.site:
            return True
        if other.link != "and":
            break
    return False


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
    if not clause.strengths and (clause.dose is None or _of_liquid(before, clause)):
        clause.strengths = before.strengths
    if clause.count is not None and clause.count[2] == "{dose}" and before.count is not None and before.count[2]:
        clause.count = (clause.count[0], clause.count[1], before.count[2])
    same = clause.dose is None or clause.dose is before.dose or clause.link != "or"
    clause.form = clause.form or (before.form if same else None)
    clause.method = clause.method or before.method
    clause.site = clause.site or before.site


def _of_liquid(before: Clause, clause: Clause) -> bool:
    """Whether both are volumes of the one liquid whose concentration the first states: "100 mg/mL 10 mL am and 15 mL
    pm".
    """
    doses = (before.dose, clause.dose)
    return len(before.strengths) == 1 and all(
        dose is not None
        and (per := before.strengths[0].per) is not None
        and UNITS[dose.unit].dimension == UNITS[per[1]].dimension == "volume"
        for dose in doses
    )


def same_route(p: State, before: Clause, clause: Clause) -> None:
    """The route goes on; "injection" alone takes the route that says more."""
    if not clause.routes or clause.routes == ("injection",):
        clause.routes = before.routes or clause.routes


def times_of_alternative(p: State, before: Clause, clause: Clause) -> None:
    """An alternative, a next phase with its own length, or the one behind a phase with its length ("40 mg daily for 8
    weeks then 20 mg"), has the times of the one before where it states none.
    """
    lasts = clause.duration is not None or (before.duration is not None and not clause.prn)
    next_phase = clause.link == "then" and clause.dosed and lasts and before.doses_total is None
    next_phase = next_phase and clause.doses_total is None
    same = (clause.dose, clause.count) == (before.dose, before.count)
    then_as_needed = clause.link == "then" and clause.prn and not before.prn and same and before.doses_total is None
    if clause.link == "or" or next_phase or then_as_needed:
        _share_times(before, clause)


def first_dose(p: State, before: Clause, clause: Clause) -> None:
    """ "2 initially, then 1 after each loose motion": the larger first dose is taken once."""
    if clause.link != "then" or before.timed or before.prn or before.per_day or before.step is not None:
        return
    if clause.timed and before.dosed and _called_loading(p, before, clause):
        before.doses_total = Range(Decimal(1), Decimal(1), "{dose}")
        return
    if before.cycle is not None or before.doses_total is not None or clause.timed or not clause.prn:
        return
    one, other = before.dose or counted(before), clause.dose or counted(clause)
    if one is not None and other is not None and one.unit == other.unit and one.low > other.high:
        before.doses_total = Range(Decimal(1), Decimal(1), "{dose}")


def _called_loading(p: State, before: Clause, clause: Clause) -> bool:
    """Whether the words call the dose before "then" a loading dose: "600 mg load then 75 mg daily"."""
    words = p.tokens.words(before.start, clause.start)
    return any(word in ("load", "loading", "bolus") for word in words)


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


def counted(clause: Clause) -> Range | None:
    """What a clause counts, as an amount; ``None`` where it counts nothing or in no known unit."""
    count = clause.count
    return None if count is None or count[2] is None else Range(count[0], count[1], count[2])
