"""R105 single-dose-above-range (error)

What. One administration is above the largest single dose of every source that gives one. Above the largest single
dose that a label states: an error (a warning where only the top of the dose range is above). Where no release is
said, and the dose and the hours between are those of the extended form (pseudoephedrine 120 mg every 12 hours), that
form is likely meant: information, of a drug of which one dose too many is dangerous a warning. Above the articles'
dose range alone: information.

Why. A single dose can harm although the day's total looks fine; the two are separate limits.

Passes:
    Tizanidine 4 mg every 8 hours

Fires:
    Tizanidine 32 mg once daily
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from doseref.checks.regimen.case import Case, Finding, Severity, amount, by_policy
from doseref.limits import Limit
from doseref.quantities import Amount, Range
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.cautions import hours_between
from doseref.regimen.courts import courts_of
from doseref.regimen.judge import amount_in
from doseref.regimen.model import Exposure, Item
from doseref.regimen.overlaps import narrow
from doseref.regimen.scope import informs, label_of, speaking
from doseref.regimen.spans import by_days
from doseref.regimen.taken import Taken
from doseref.regimen.telling import told_unit
from doseref.tables.entries import Product


def check(case: Case) -> Iterator[Finding]:
    """One finding per item and substance whose single dose is above."""
    for item in case.items:
        if item.product is not None and item.exposures:
            yield from _units(case, item, item.product)
    for exposure in case.exposures:
        limits = _singles(case.taken((exposure,)), case.bench, case.data)
        if not limits or _only_per_day(case.item(exposure.item)):
            continue  # "1,800 mg/day in 3 divided doses" states a day's total and no single dose
        known = [(value, limit) for limit in limits if (value := _single(case, exposure, limit)) is not None]
        stated = [each for each in known if not each[1].article]
        usual = [each for each in known if each[1].article]
        found = _stated(case, exposure, stated)
        once_a_day = (
            exposure.per.is_day and exposure.doses[1] <= 1
        )  # then the single dose is the day's total, judged as such
        allowed = stated and found is None  # a label's single dose that is kept: the usual one is then no news
        if not allowed and found is None and usual and not once_a_day:
            found = _against(case, exposure, usual, "the usual single dose", stated=False)
        if found is not None:
            yield found
    for exposure in case.lone:
        found = _alone(case, exposure)
        if found is not None:
            yield found


def _alone(case: Case, exposure: Exposure) -> Finding | None:
    """One dose of what is taken nobody knows how often: against stated single doses, else against what a whole day may
    have.
    """
    taken = case.taken((exposure,))
    single = [(_single(case, exposure, limit), limit) for limit in _singles(taken, case.bench, case.data)]
    stated = [(value, limit) for value, limit in single if value is not None and not limit.article]
    if stated:
        return _stated(case, exposure, stated)
    unit = exposure.per_dose.unit
    daily = [
        (amount_in(limit, limit.amount, limit.unit, unit, case.data, case.names), limit)
        for limit in speaking(taken, case.bench, case.data, "period")
        if limit.basis == "maximum"
        and limit.per is not None
        and limit.per.is_day
        and not limit.products
        and limit.amount is not None
        and not informs(limit, case.data)
    ]
    known = [(value, limit) for value, limit in daily if value is not None]
    return _stated(case, exposure, known, "the maximum of a day")


def _stated(
    case: Case, exposure: Exposure, known: list[tuple[Decimal, Limit]], words: str = "the largest single dose"
) -> Finding | None:
    """What the figures say that labels state, and those of a house."""

    def found(court: list[tuple[Decimal, Limit]]) -> Finding | None:
        told = _against(case, exposure, court, words, stated=True)
        return told if told is None or court[0][1].house else _eased(case, exposure, told)

    return by_policy(case, [found(court) for court in courts_of(known, itemgetter(1)) if court])


def _eased(case: Case, exposure: Exposure, found: Finding) -> Finding:
    """A finding, milder where the dose is one of the extended form and the line names no release."""
    form = _extended(case, exposure) if found.severity > Severity.INFO else None
    if form is None:
        return found
    return replace(
        found,
        severity=Severity.WARNING if narrow(exposure.substance, case.data) else Severity.INFO,
        message=f"{found.message}; the extended-release form allows it ({case.places((form,))}), and which form it is "
        "is not said",
        mend="write which form it is",
    )


def _extended(case: Case, exposure: Exposure) -> Limit | None:
    """A limit of the extended form that allows the dose as often as it is taken, where no release is said."""
    hours = hours_between(exposure)
    if exposure.release:
        return None
    as_extended = replace(case.taken((exposure,)), releases=frozenset(("ER",)))
    for limit in _singles(as_extended, case.bench, case.data):
        single = _single(case, exposure, limit)
        allowed = single is not None and exposure.per_dose.high <= single
        if allowed and limit.interval_hours is not None and hours >= limit.interval_hours:
            return limit
    return None


def _units(case: Case, item: Item, product: Product) -> Iterator[Finding]:
    """More units of a product at once than every label of it allows ("1 tablet every 4 to 6 hours")."""
    allowed = [
        (limit.single, limit)
        for limit in label_of(product.id, (each.substance for each in product.ingredients), case.bench, case.data)
        if limit.single is not None and limit.single_unit == product.per_unit
    ]
    counts = [option.count for option in item.dosage.options if option.count is not None] if item.dosage else []
    if not allowed or not counts:
        return
    highest = min(max(value for value, _ in each) for each in courts_of(allowed, itemgetter(1)) if each)
    low, high = min(count.low for count in counts), max(count.high for count in counts)
    if high <= highest:
        return
    who = [limit for value, limit in allowed if value == highest]
    taken = Range(low, high, product.per_unit)
    yield Finding(
        "R105",
        "single-dose-above-range",
        Severity.ERROR if low > highest else Severity.WARNING,
        f"{taken} of {product.label} at once; {'allowed are' if who[0].house else 'its label allows'} "
        f"{amount(highest, product.per_unit)} ({case.places(who)})",
        items=(item.n,),
        substances=tuple(case.name(part.substance) for part in item.parts),
        sources=tuple(dict.fromkeys(limit.source for limit in who)),
        working=f"item {item.n}: {taken} at one administration > {amount(highest, product.per_unit)}",
    )


def _only_per_day(item: Item) -> bool:
    return item.dosage is not None and all(option.per_day for option in item.dosage.options)


@lru_cache(maxsize=4096)
def _singles(taken: Taken, bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """The limits that state a single dose of what is taken and may judge it."""
    return tuple(
        limit
        for limit in speaking(taken, bench, data, "single")
        if limit.single is not None and not limit.products and not informs(limit, data)
    )


def _single(case: Case, exposure: Exposure, limit: Limit) -> Decimal | None:
    """The limit's single dose in the exposure's unit, ``None`` where the units do not meet."""
    dose, unit = limit.single or Decimal(0), exposure.per_dose.unit
    return amount_in(limit, dose, limit.single_unit, unit, case.data, case.names)


def _against(
    case: Case, exposure: Exposure, known: list[tuple[Decimal, Limit]], words: str, stated: bool
) -> Finding | None:
    spoken = by_days([(limit, (value, limit)) for value, limit in known], exposure)
    known = min(spoken, key=lambda each: max(value for value, _ in each), default=[])
    if not known:
        return None  # other days of the course
    highest = max(value for value, _ in known)
    dose = exposure.per_dose
    if dose.high <= highest:
        return None
    severity = Severity.INFO
    if stated:
        severity = Severity.ERROR if dose.low > highest else Severity.WARNING
    who = [limit for value, limit in known if value == highest]
    name = case.told(exposure.substance)
    unit = told_unit((exposure.written,), dose.unit, max(dose.high, highest))
    taken, most = dose.to(unit), Amount(highest, dose.unit).to(unit)
    return Finding(
        "R105",
        "single-dose-above-range",
        severity,
        f"one dose of {name}, {taken}, {'is' if dose.low > highest else 'may be'} above {words} of "
        f"{'a source that judges by itself' if who[0].house else 'every source that gives one'}: at most "
        f"{most} ({case.places(who)})",
        items=(exposure.item,),
        substances=(case.name(exposure.substance),),
        sources=tuple(dict.fromkeys(limit.source for limit in who)),
        working=f"item {exposure.item}: {taken} at one administration > {most}",
        mend="check the dose and its unit" if dose.low >= highest * 10 else "",
    )
