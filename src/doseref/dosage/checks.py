"""After the grammar: whether the parts fit together, and the frozen result."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import refine
from doseref.dosage.bounds import UNSAID, counted
from doseref.dosage.model import Dosage, Maximum, Option, Phase, Status, Strength, Times
from doseref.dosage.notation import doubted, notation
from doseref.dosage.occasions import moments, occasions
from doseref.dosage.rates import rate
from doseref.dosage.state import Clause, State
from doseref.dosage.supplies import pack_beside
from doseref.quantities import Range
from doseref.units import convert, convertible

LEFT_ASIDE = "a remark, left aside"
"""The words of the note on what holds nothing of a dosage."""
NOTHING_SAID = "nothing that says how much or how often"
BELOW_ONE_DOSE = "a maximum below one dose"
"""The words of what is told."""
_DAY = 24
_MEALS = frozenset(("C", "AC", "PC"))
_MOST_AT_ONCE, _MOST_UNTIMED = Decimal(20), Decimal(10)
"""More tablets than this at one time, or of which it is not said when, are a pack size or a slip,
never read as a dose.
"""
_DEVICES = frozenset(("{patch}", "{pen}", "{syringe}", "{implant}", "{enema}", "{pessary}", "{injection}"))
_MOST_DEVICES = Decimal(10)
"""At once: "insulin 100 pen 20 units" has the strength of its insulin before the word, and nobody uses 100 pens."""
_TAKEN_BY_THE_DOZEN = frozenset(
    ("{drop}", "{puff}", "{pump}", "{spray}", "{application}", "{scoop}", "{dose}", "{session}", "{cells}")
)


def _tell(p: State, message: str, kind: str = "contradiction") -> None:
    """Tell a problem with the text as a whole."""
    p.tell(message, 0, max(0, len(p.kinds) - 9), kind)


def finish(p: State, text: str) -> Dosage:
    """Clauses → phases, the checks, the status."""
    try:
        made = refine.phases(p)
    except ArithmeticError:
        p.tell("numbers that do not fit together", 0, len(p.kinds) - 9, "ambiguous")
        p.fatal, made = True, ()
    for clause in p.clauses:
        if clause.stated is not None:
            stated(p, clause)
    for phase in made:
        for option in phase.options:
            if per_no_time(p, option):
                continue
            if option.every is not None:
                run_together(p, option)
            if option.per_day:
                a_day_and_rarer(p, option)
            times = option.times
            if times is not None and _held(option, times):
                refine.apply(p, TIMES_CHECKS, option, times)
            if option.count is not None or (option.dose is not None and option.form is not None):
                refine.apply(p, AMOUNT_CHECKS, option)
    if len(p.clauses) > 1:
        _later_counts(p, made)
        pack_beside(p)
    for bare in [maximum for maximum in p.maximum if maximum.unit == UNSAID] if p.maximum else ():
        unit = counted(p, bare.amount)
        if unit:
            p.maximum[p.maximum.index(bare)] = Maximum(bare.amount, unit, bare.per, bare.substance)
        else:
            p.maximum.remove(bare)
            _tell(p, "a maximum without a unit", "ambiguous")
    if p.maximum and _goes_on(p):
        _tell(p, "the most of the dose before it, or of all?", "ambiguous")
    if p.target is not None and any(each.link != "or" and each.dosed for each in p.clauses[p.aimed :]):
        _tell(p, "the target of the dose before it, or of all?", "ambiguous")
    if "?" in text and doubted(text):
        _tell(p, "a question mark beside a figure: which is meant?", "ambiguous")
        p.fatal = True
    if p.maximum and contradicted(tuple(option for phase in made for option in phase.options), tuple(p.maximum)):
        _tell(p, BELOW_ONE_DOSE)
    understood = p.target is not None or p.longest is not None or bool(p.maximum or [*filter(meaningful, made)])
    status: Status = "read"
    if p.fatal or not understood:
        status = "unread"
        if not p.problems:
            _tell(p, NOTHING_SAID, "unread")
    elif p.problems:
        status = "partly-read"
    for first, last in p.remarks:
        p.tell(LEFT_ASIDE, first, last, "remark")
    notation(p, text)
    problems = p.problem_list() if p.problems else ()
    if status == "unread":
        return Dosage(text, status, problems=problems)
    return Dosage(text, status, made, p.target, tuple(p.maximum), p.longest, problems)


def _goes_on(p: State) -> bool:
    """Whether a maximum in pieces or doses stands behind one that is taken as needed, and regular ones follow: "1 tablet
    prn, max 4 a day, and 2 tablets at night" are six at most, or four.
    """
    pieces = any(each.unit.startswith("{") for each in p.maximum)
    before, later = p.clauses[: p.limited], p.clauses[p.limited :]
    said = {(each.unit, each.per) for each in p.maximum}
    if len(said) < len(p.maximum) and any(each.link == "and" for each in p.clauses):
        return True  # "1 hourly, max 6 a day, and 1 as needed, max 4 a day"
    return pieces and any(each.prn for each in before) and any(each.link == "and" and not each.prn for each in later)


def _held(option: Option, times: Times) -> bool:
    """Whether an option says anything beside its times that they could contradict."""
    return bool(
        option.every or option.when or option.at or option.days or option.doses_total is not None or times.high > 24
    )


def contradicted(options: tuple[Option, ...], maxima: tuple[Maximum, ...]) -> list[Maximum]:
    """The maxima that not even the smallest single dose of any option keeps: a slip, never obeyed."""
    found = []
    for maximum in maxima:
        if maximum.unit == "{dose}":
            low = [Decimal(1)]
        else:
            low = [one for option in options if (one := _one_dose(option, maximum)) is not None]
        if low and maximum.amount < min(low):
            found.append(maximum)
    return found


def _one_dose(option: Option, maximum: Maximum) -> Decimal | None:
    """The least of one dose of an option in the unit of a maximum, ``None`` where that is not said."""
    count, dose = option.count, option.dose
    if option.per_day:
        return None
    if count is not None and count.unit == maximum.unit:
        return count.low
    if dose is not None and convertible(dose.unit, maximum.unit):
        return convert(dose.low, dose.unit, maximum.unit)
    if count is not None and dose is None and len(option.strengths) == 1 and option.strengths[0].per is None:
        strength = option.strengths[0]
        if convertible(strength.unit, maximum.unit):
            return convert(strength.amount, strength.unit, maximum.unit) * count.low
    return None


def meaningful(phase: Phase) -> bool:
    """Whether a phase says how much, how often, when or how long."""
    for o in phase.options:
        if (
            o.dose
            or o.count
            or o.times
            or o.every
            or o.when
            or o.at
            or o.days
            or o.doses_total
            or o.duration
            or o.strengths
            or o.cycle
            or o.prn
        ):
            return True
    return phase.step is not None


_PERIODS = {"d": "day", "wk": "week"}


def stated(p: State, clause: Clause) -> None:
    """A total of the day or week that is told ("1 g q8h (3 g/day)") is what the dose comes to, or a contradiction."""
    if clause.stated is None:
        return
    total, per = clause.stated
    comes = [_comes_to(part, total.unit, per) for part in _together(p, clause)]
    if any(part is None for part in comes):
        if len(comes) > 1:
            _tell(p, f"a total of the {_PERIODS[per]} beside its parts", "ambiguous")
        return
    low = sum((part.low for part in comes if part is not None), Decimal(0))
    high = sum((part.high for part in comes if part is not None), Decimal(0))
    if low > total.high or high < total.low:
        _tell(p, f"the dose and the frequency do not come to the total of the {_PERIODS[per]}")


def _together(p: State, clause: Clause) -> list[Clause]:
    """The clauses that are taken together with this one: "10 mg tid plus 20 mg hs (50 mg/day)"."""
    at = first = last = p.clauses.index(clause)
    while first and p.clauses[first].link == "and":
        first -= 1
    while last + 1 < len(p.clauses) and p.clauses[last + 1].link == "and":
        last += 1
    parts = [each for each in p.clauses[first : last + 1] if each.masses or not each.empty]
    return parts if len(parts) > 1 else p.clauses[at : at + 1]


def _comes_to(clause: Clause, unit: str, per: str) -> Range | None:
    """What a clause comes to in a day or a week, in a unit; ``None`` where it does not say."""
    dose, count = clause.dose, clause.count
    if dose is None and count is not None and len(clause.strengths) == 1 and clause.strengths[0].per is None:
        each = clause.strengths[0]
        dose = Range(each.amount * count[0], each.amount * count[1], each.unit)
    if dose is None or clause.prn or clause.per_day or not convertible(dose.unit, unit):
        return None
    often = rate(Option(times=clause.times, every=clause.every, when=clause.when, at=clause.at, days=clause.days))
    if often is None or not (often.per.is_day or often.per.unit == per == "wk"):
        return None
    times = _DAYS_OF_A_WEEK if per == "wk" and often.per.is_day else Decimal(1)
    return dose.to(unit).scaled(often.low * times, often.high * times)


_DAYS_OF_A_WEEK = Decimal(7)


def run_together(p: State, option: Option) -> None:
    """ "q46h" is "q4-6h" without its dash, and no interval of 46 hours."""
    every = option.every
    if every is not None and every.unit == "h" and every.low > _DAY and every.low % 6:
        _tell(p, "so many hours are no interval that is used: one number, or two?", "ambiguous")
        p.fatal = True


def a_day_and_rarer(p: State, option: Option) -> None:
    """ "0.1 mg/24 h weekly", "15 mg/day once a week": an amount of each day, or one that is taken so seldom? Of a
    patch it is what it gives in a day, and how often it is changed.
    """
    times = option.times
    patch = option.form == "patch" or (option.count is not None and option.count.unit == "{patch}")
    if (
        times is None
        or times.unit not in _LONGER
        or times.high > _MOST_CHANGES
        or patch
        or option.route == "transdermal"
    ):
        return
    _tell(p, "an amount of a day, and taken less often: a patch, or a slip?")
    p.fatal = True


_MOST_CHANGES = 2
"""A patch is changed so many times a week at most; "5 days a week" are days on which a dose is taken."""


def once_and_more(p: State, option: Option, times: Times) -> None:
    """ "Once, twice daily", "as a single dose twice daily": one dose in all, or several a day."""
    total = option.doses_total
    if total is not None and total.high == 1 and times.high > 1 and times.unit in ("d", "h", "min"):
        _tell(p, "once, and more than once a day", "ambiguous")
        p.fatal = True


def daily_and_rarer(p: State, option: Option, times: Times) -> None:
    """ "2 daily 3 weekly", "weekly on Monday and Thursday", "Monday daily": two frequencies that are not the same."""
    every = option.every
    bounded = option.duration or option.doses_total or option.cycle
    rarer = every is not None and every.unit in ("wk", "mo", "a") and _in_one_day(times) and not bounded
    weekly = times.unit == "wk" and times.period == 1 and times.high < len(option.days)
    if rarer or weekly or (len(option.days) == 1 and _in_one_day(times) and _daily_said(p)):
        _tell(p, "the frequencies do not fit together")


def _daily_said(p: State) -> bool:
    """Whether a bare "daily" or "every day" is said, and not how often on the days named ("once daily on Monday")."""
    return any(
        (kind == "ADV" and p.values[i] == "d" and p.kinds[i - 1] not in ("ONCE", "TIMES", "X", "MAX"))
        or (kind == "FREQ" and p.tokens.said(i, i + 1) in ("every day", "each day", "everyday"))
        for i, kind in enumerate(p.kinds)
    )


def per_no_time(p: State, option: Option) -> bool:
    """Whether it is so many times in 0 days, or every 0 hours; told."""
    times, every = option.times, option.every
    if (times is not None and times.period <= 0) or (every is not None and every.low <= 0):
        _tell(p, "a rate per no time at all")
        p.fatal = True
        return True
    return False


def frequency_and_interval(p: State, option: Option, times: Times) -> None:
    """ "Twice a day, every 4 hours": the two do not come to the same."""
    every = option.every
    if every is not None and every.unit == "h" and every.low > 0 and _in_one_day(times):
        spaced = rate(Option(every=every))
        if spaced is not None and (times.low > spaced.day_high or times.high < spaced.day_low):
            _tell(p, "the frequency and the interval do not fit together")
    by_hours = every is not None and every.unit == "h" and 0 < every.high <= _HOURS_OF_A_DAY
    if by_hours and times.unit in _LONGER and times.high <= times.period:
        _tell(p, "the frequency and the interval do not fit together")
        p.fatal = True  # "every 8 hours, weekly": one is twenty times the other, so neither is added up


_LONGER = ("wk", "mo", "a")
_HOURS_OF_A_DAY = 24


def too_many_times(p: State, option: Option, times: Times) -> None:
    """More than once an hour all day is a slip."""
    if times.high > 24 and _in_one_day(times):
        _tell(p, "so many times a day are implausible", "implausible")
        p.fatal = True


def times_and_dayparts(p: State, option: Option, times: Times) -> None:
    """ "Three times a day at bedtime": more often than the times of day that are named."""
    when = option.when
    if not when or not _in_one_day(times) or _MEALS.intersection(when):
        return
    if len(moments(when)) > times.high >= 1:
        _tell(p, "more times of day than administrations")
    if times.low > max(len(when), (occasions(option.at, when) or (0, 0))[1]):
        _tell(p, "taken more often than at the times named")


def times_and_clock(p: State, option: Option, times: Times) -> None:
    """ "Twice a day at 8:00, 14:00 and 22:00": more clock times than administrations."""
    at = option.at
    if at and option.every is None and times.low >= 1 and len(at) > times.high and _in_one_day(times):
        _tell(p, "more clock times than administrations")


def _in_one_day(times: Times) -> bool:
    """Whether it is so many times in one day."""
    return times.unit == "d" and times.period == 1


def count_and_strength(p: State, option: Option) -> None:
    """ "2 tablets of 500 mg (500 mg)": the count times the strength is another dose."""
    count, dose = option.count, option.dose
    if count is None or dose is None or len(option.strengths) != 1:
        return
    if not _holds(option.strengths[0], count, dose):
        _tell(p, _NOT_THE_DOSE)


_NOT_THE_DOSE = "the count times the strength is not the dose"


def _holds(strength: Strength, count: Range, dose: Range) -> bool:
    """Whether so many pieces of a strength are the dose; where they can't be held against each other, they are."""
    if strength.per is not None or not convertible(strength.unit, dose.unit):
        return True
    each = convert(strength.amount, strength.unit, dose.unit)
    return each * count.high == dose.high and each * count.low == dose.low


def _later_counts(p: State, phases: tuple[Phase, ...]) -> None:
    """ "1 mg capsule, 3 capsules (3 mg) in the AM and 2 capsules (3 mg) in the PM": a strength that is said once, of one
    kind of piece, is that of the later counts too.
    """
    options = [option for phase in phases for option in phase.options]
    said = {strength for option in options for strength in option.strengths}
    first = options[0] if options else None
    if len(said) != 1 or first is None or not first.strengths or first.count is None:
        return
    for option in options[1:]:
        count, dose = option.count, option.dose
        if option.strengths or count is None or dose is None or count.unit != first.count.unit:
            continue
        if not _holds(first.strengths[0], count, dose):
            _tell(p, _NOT_THE_DOSE)


def too_many_at_once(p: State, option: Option) -> None:
    """A pack size or a strength is no count: nobody takes so many at once, or so many without how often."""
    count = option.count
    if count is None or not count.unit.startswith("{") or count.unit in _TAKEN_BY_THE_DOZEN:
        return
    timed = option.times or option.every or option.when or option.at or option.doses_total or option.days
    most = _MOST_DEVICES if count.unit in _DEVICES else _MOST_AT_ONCE
    if count.high > most or (count.high > _MOST_UNTIMED and not timed):
        _tell(p, "so many at once are implausible", "implausible")
        p.fatal = True


def volume_of_solid(p: State, option: Option) -> None:
    """ "5 mL tablets": a volume of a solid form."""
    if option.dose is not None and option.dose.unit in ("mL", "L") and option.form in ("tablet", "capsule", "patch"):
        _tell(p, "a volume of a solid form", "implausible")


TIMES_CHECKS: tuple[refine.Refinement, ...] = (
    frequency_and_interval,
    too_many_times,
    times_and_dayparts,
    times_and_clock,
    once_and_more,
    daily_and_rarer,
)
"""What is held, in this order, against each option that says so many times."""
AMOUNT_CHECKS: tuple[refine.Refinement, ...] = (count_and_strength, too_many_at_once, volume_of_solid)
"""What is held, in this order, against each option with a dose or a count."""
