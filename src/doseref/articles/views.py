"""How a statement is looked at to be compared: one view for each route and release form it speaks of.

A view holds what lasts: of instructions that follow each other ("1,500 mg on day 1, then 750 mg") the last, of a
titration the span from its start to its target. What is not said is ``None`` and is never in conflict.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.terms import scope_of
from doseref.context import begun, compatible, is_single
from doseref.dosage.model import Dosage, Option
from doseref.errors import QuantityError
from doseref.figures import daily, doses, long_period, per_day, target_per_day
from doseref.indications import uses_in, wider
from doseref.limits import ROUTE_KIND
from doseref.patterns import regex
from doseref.quantities import Period, Range
from doseref.records import record, replace
from doseref.statements import Statement

_YEAR = Decimal("365.25")
PER_YEAR: dict[str, Decimal] = {
    "min": _YEAR * 1440,
    "h": _YEAR * 24,
    "d": _YEAR,
    "wk": _YEAR / 7,
    "mo": Decimal(12),
    "a": Decimal(1),
}
"""How many of a unit of time are in a year of 365.25 days (months and years by the calendar)."""

_ONCE = regex(r"\b(?:once|one\s+time|1\s*(?:x|×|time)|single|qd|q\.d|od)\b", re.I)
_INJECTED = frozenset(
    "intravenous intramuscular subcutaneous epidural intradiscal intra-articular perineural intrathecal intradermal "
    "percutaneous local".split()
)


NOT_SWALLOWED = frozenset({"rectal", "nasal", "inhalation", "intravenous", "intramuscular", "subcutaneous"})
"""Routes that are always said: a dose without a route is not by one of these where the substance is usually
swallowed.
"""


def one_route(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two statements may be about one route, as far as both say theirs; "by injection" is any that is injected."""
    if not ours or not theirs or set(ours) & set(theirs):
        return True
    return ("injection" in ours and not _INJECTED.isdisjoint(theirs)) or (
        "injection" in theirs and not _INJECTED.isdisjoint(ours)
    )


@record
class View:
    """One route and release form of one statement about one substance, in figures that can be compared."""

    statement: Statement
    route: str | None
    release: str | None
    combination: tuple[str, ...]
    """The other ingredients, where the statement is about a combination: compared with the same combination only."""
    dose: Range | None
    """Per administration."""
    times: Range | None
    """Administrations per year (unit ``{dose}``); see :data:`PER_YEAR`."""
    times_text: str
    daily: Range | None
    period: Period | None
    single: bool
    """Whether it is given once and not again."""
    target: Range | None
    """Titration target per 24 hours."""
    titrated: bool
    start_dose: Range | None
    duration: Range | None
    first_dose: Range | None = None
    """What is taken first, where another dose follows ("4 mg, then 2 mg after every loose stool")."""

    @property
    def often(self) -> bool:
        """Whether it says how often, or how much in a day."""
        return any(part is not None for part in (self.times, self.daily, self.period, self.target))


def views(statement: Statement, substance: str) -> tuple[View, ...]:
    """The views of ``statement`` on ``substance``, one for each route and release form."""
    dosage = lasting(statement.dosage)
    keys: dict[tuple[str | None, str | None], None] = {}
    for option in dosage.options:
        for route in _routes(option, statement):
            keys[(route, option.release or statement.release)] = None
    if not keys:
        keys[(statement.routes[0] if len(statement.routes) == 1 else None, statement.release)] = None
    return tuple(_view(statement, dosage, substance, route, release) for route, release in keys)


def _routes(option: Option, statement: Statement) -> tuple[str | None, ...]:
    if option.route and not (option.route == "injection" and statement.routes):
        return (option.route,)
    return statement.routes or (None,)


def lasting(dosage: Dosage) -> Dosage:
    """``dosage`` without the phases that only lead up to the last one; a titration keeps them all."""
    if dosage.target or len({phase.sequence for phase in dosage.phases}) < 2:
        return dosage
    dosed = [
        phase
        for phase in dosage.phases
        if any(option.dose or option.count or option.strengths for option in phase.options)
    ]
    if not dosed or (dosed[-1].from_day is not None and dosed[-1].from_day == dosed[-1].to_day):
        return dosage
    if any(phase.step for phase in dosed):
        return dosage
    last = dosed[-1].sequence
    return replace(dosage, phases=tuple(phase for phase in dosage.phases if phase.sequence == last))


def _view(statement: Statement, dosage: Dosage, substance: str, route: str | None, release: str | None) -> View:
    own = [
        (option, phase)
        for phase in dosage.phases
        for option in phase.options
        if route in _routes(option, statement) and (option.release or statement.release) == release
    ]
    options = [option for option, _ in own]
    narrowed = replace(
        dosage,
        phases=tuple(
            replace(phase, options=kept)
            for phase in dosage.phases
            if (kept := tuple(option for option in phase.options if any(option is each for each in options)))
        ),
    )
    names = statement.substances
    dose: Range | None = None
    for option in options:
        if option.per_day or (_is_daily_total(option, statement)):
            continue
        for name, amount in doses(option, names):
            if name == substance:
                dose = _hull(dose, amount)
    amounts = [figure.amount for figure in daily(narrowed, names) if figure.substance == substance]
    target = target_per_day(narrowed if options else dosage)
    spans = [*amounts, target] if dosage.target else amounts
    span: Range | None = None
    for each in spans:
        span = _hull(span, each)
    times, words = _together(narrowed, statement)
    start = dose
    if dosage.target and dose and not dosage.target.per_day:
        dose = _hull(dose, Range(dosage.target.low, dosage.target.high, dosage.target.unit))
    elif dosage.target and dosage.target.per_day:
        dose = None
    lengths = [option.duration for option in options if option.duration]
    if any(phase.from_day and phase.from_day == phase.to_day for phase in statement.dosage.phases):
        lengths = []  # "on day 1, then … 5 days": with that day or without it
    longer = next((found[0] for found in map(long_period, options) if found), None)
    return View(
        statement=statement,
        route=route,
        release=release,
        combination=tuple(sorted(name for name in names if name != substance)),
        dose=dose,
        times=times,
        times_text=words,
        daily=span,
        period=longer,
        single=bool(options) and all(map(_once, options)),
        target=target,
        titrated=dosage.target is not None,
        start_dose=start,
        duration=lengths[0] if lengths and all(length == lengths[0] for length in lengths) else None,
        first_dose=_first_dose(statement, dosage, substance),
    )


def _first_dose(statement: Statement, dosage: Dosage, substance: str) -> Range | None:
    """The dose that only leads up to the one that lasts, where it is one and is given once."""
    phases = statement.dosage.phases
    if dosage is statement.dosage or not phases or len(phases[0].options) != 1 or phases[0].from_day:
        return None
    option = phases[0].options[0]
    if option.every or option.per_day or (option.times and not _once(option)):
        return None
    return next((amount for name, amount in doses(option, statement.substances) if name == substance), None)


def _once(option: Option) -> bool:
    """Whether an option is one dose and no more; "a single tablet once a day" is one each day."""
    once = option.doses_total is not None and option.doses_total.high == 1
    return once and option.times is None and option.every is None and not option.when


def _is_daily_total(option: Option, statement: Statement) -> bool:
    """Whether "X mg daily" leaves open how it is split: one time a day, and no word for "once"."""
    times = option.times
    if any(route in _INJECTED or route == "injection" for route in _routes(option, statement)):
        return False  # nobody splits an injection
    if (
        times is None
        or option.when
        or option.at
        or not (times.low == times.high == times.period == 1 and times.unit == "d")
    ):
        return False
    return not _ONCE.search(statement.dosage_text)


def _together(dosage: Dosage, statement: Statement) -> tuple[Range | None, str]:
    """Administrations per year and in words: parts of a day taken together are added, what follows is hulled.

    ``None`` where one part is silent or leaves the split open, and for a titration to a total per day.
    """
    if dosage.target and dosage.target.per_day:
        return None, ""
    by_sequence: dict[int, Range] = {}
    words: list[str] = []
    for phase in dosage.phases:
        times, text = _times(list(phase.options), statement)
        if times is None:
            return None, ""
        known = by_sequence.get(phase.sequence)
        by_sequence[phase.sequence] = known + times if known else times
        words.append(text)
    found: Range | None = None
    for times in by_sequence.values():
        found = _hull(found, times)
    if (
        found is not None
        and len(by_sequence) == 1
        and len(dosage.phases) > 1
        and found.single
        and found.low % _YEAR == 0
    ):
        return found, f"{_count(found.low / _YEAR)} in 24 hours"
    return found, " or ".join(dict.fromkeys(words))


def _times(options: list[Option], statement: Statement) -> tuple[Range | None, str]:
    """Administrations per year over alternatives, and in words."""
    found: Range | None = None
    words = ""
    for option in options:
        if option.per_day or _is_daily_total(option, statement):
            return None, ""
        low, high, text = _option_times(option)
        if low is None or high is None:
            return None, ""
        found = _hull(found, Range(min(low, high), max(low, high), "{dose}"))
        words = text if not words or words == text else f"{words} or {text}"
    return found, words


def _option_times(option: Option) -> tuple[Decimal | None, Decimal | None, str]:
    each_day = per_day(option)
    if each_day is not None:
        low, high = each_day
        words = _count(low) if low == high else f"{low} to {high} times"
        return low * _YEAR, high * _YEAR, f"{words} in 24 hours"
    longer = long_period(option)
    if longer is None:
        return None, None, ""
    period, low, high = longer
    factor = PER_YEAR[period.unit] / period.value
    per = _EACH.get((period.value, period.unit), f"every {period}")
    return (
        low * factor,
        high * factor,
        per if low == high == 1 else f"{_as_often(low, high)} {per.removeprefix('once ')}",
    )


_EACH = {
    (Decimal(1), "wk"): "once a week",
    (Decimal(1), "mo"): "once a month",
    (Decimal(1), "a"): "once a year",
    (Decimal(2), "d"): "every other day",
}


def _as_often(low: Decimal, high: Decimal) -> str:
    """ "twice", "3 to 6 times"."""
    return _count(low) if low == high else f"{low} to {high} times"


def _count(number: Decimal) -> str:
    return {1: "once", 2: "twice"}.get(int(number), f"{number} times") if number == int(number) else f"{number} times"


def _hull(a: Range | None, b: Range | None) -> Range | None:
    if a is None or b is None:
        return a or b
    try:
        return a.hull(b)
    except QuantityError:
        return a


USES = ("deficiency", "migraine", "epilepsy")
"""Scopes that are a use, which a column or a label may say as well."""


_ATTACKS = "prevention of heart attack or stroke"


def lasting_scope(statement: Statement) -> str | None:
    """A statement's scope, less that it is about the start of a treatment, which its context says; a use that is a
    scope is one where only a column or a label says so.
    """
    use = statement.context.indication
    if statement.scope is None and use and (named := scope_of(use)) in USES:
        return named
    told = statement.context.use
    if statement.scope is None and told:
        for each in uses_in(told):
            if scope := _scope_of_use(each.use):
                return scope
    if statement.scope in ("men", "women"):
        return None  # its context says so, and is compared
    if statement.scope == _ATTACKS and statement.context.use:
        return None  # so does the prevention of a heart attack or a stroke
    return None if statement.scope in ("starting", "the first days") and begun(statement.context) else statement.scope


def _scope_of_use(use: str) -> str | None:
    """The scope that a use is, by whatever name it is told ("fits")."""
    if "deficiency" in use:
        return "deficiency"
    if "migraine" in wider(use):
        return "migraine"
    return "epilepsy" if use == "seizure" or "epilepsy" in wider(use) else None


def opens(a: View, b: View) -> bool:
    """Whether one dose is that which a treatment begins with, and the other place gives such a one before what follows."""
    return begun(a.statement.context) and not a.often and b.first_dose is not None and not begun(b.statement.context)


def _weighed(a: View, b: View) -> bool:
    """Whether both are doses for each kilogram of a child, of which only one says its ages: that of the other is for all."""
    units = [view.dose.unit if view.dose else "" for view in (a, b)]
    told = [view.statement.context for view in (a, b)]
    return (
        all(unit.endswith("/kg") for unit in units)
        and all(each.population == "children" for each in told)
        and bool(told[0].band) != bool(told[1].band)
    )


def same_use(a: View, b: View, usual_route: str, *, alone: bool) -> bool:
    """Whether two views are of the same use of the substance, so that their figures can contradict each other.

    A view without a route stands for the usual one; where neither view has another beside it (``alone``), for any.
    """
    if a.combination != b.combination or lasting_scope(a.statement) != lasting_scope(b.statement):
        return False
    same_page = a.statement.source == b.statement.source
    ours, theirs = a.statement.context, b.statement.context
    ways = {a.statement.routes, b.statement.routes}
    if same_page and ways != {()} and (len(ways) == 1 or ways == {(), (usual_route,)}):
        ours, theirs = replace(ours, route=None), replace(theirs, route=None)
    if not same_page and _weighed(a, b):
        ours, theirs = replace(ours, band=None), replace(theirs, band=None)
    if opens(a, b) or opens(b, a):
        ours, theirs = (
            replace(each, condition=None if each.condition == "start" else each.condition, purpose=None)
            for each in (ours, theirs)
        )
    if not compatible(ours, theirs, same_page=same_page):
        return False
    example = same_page and is_single(ours) != is_single(theirs)  # "for 50 lb give 100 mg as one dose"
    if (a.release == "ER") != (b.release == "ER") or (a.single != b.single and not example):
        return False
    if any((each.statement.context.condition or "").startswith("day ") for each in (a, b)):
        return False  # the dose of one day of a treatment
    first = {begun(a.statement.context), begun(b.statement.context)}
    if opens(a, b) or opens(b, a):
        return a.route == b.route or None in (a.route, b.route)
    if (a.often != b.often and not example) or (len(first) > 1 and not (a.titrated or b.titrated)):
        return False  # a dose given at once, and the doses of a day
    if a.route is None or b.route is None:
        other = a.route or b.route
        kind = ROUTE_KIND.get(usual_route or "", "systemic")
        away = other in (*NOT_SWALLOWED, "injection") and usual_route in ("oral", "")
        if a.route == b.route or (
            alone and not away and (not usual_route or ROUTE_KIND.get(other or "", "systemic") == kind)
        ):
            return True
        return (a.route or usual_route) == (b.route or usual_route)
    if "injection" in (a.route, b.route):
        other = b.route if a.route == "injection" else a.route
        return other == "injection" or other in _INJECTED
    return a.route == b.route
