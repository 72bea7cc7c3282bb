"""Limits: an amount per period that one statement of one source gives, with its basis and its scope.

Article statements give one daily limit each: the stated maximum, else the top of the titration target, else
the top of dose × top of frequency. Labels and authorities come from ``limits.csv`` with their scope.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from doseref.patterns import regex
from doseref.quantities import DAY, Amount, Period, Range
from doseref.records import record, replace
from doseref.tables.dosing import TabledDose, TabledStatement

RawRow = dict[str, str]
Basis = Literal["maximum", "target", "range"]

_KINDS = {
    "systemic": "oral sublingual buccal intravenous intramuscular subcutaneous rectal injection enteral inhalation "
    "nasal",
    "topical": "topical ophthalmic otic vaginal",
    "transdermal": "transdermal",
    "local": "epidural intradiscal intra-articular perineural intrathecal intradermal local percutaneous",
}
ROUTE_KIND: dict[str, str] = {"": "systemic"} | {
    route: kind for kind, routes in _KINDS.items() for route in routes.split()
}
"""Route → the kind of route within which amounts add up (systemic, topical, transdermal, local)."""


_ONE_DOSE = regex(r"\b(?:once|single|one|bed|bedtime|night|nightly|nocte|morning|evening|apply|patch|every)\b", re.I)
_STRENGTH = regex(r"([0-9]+(?:\.[0-9]+)?)\s?(mg|%)")
_LEAST_KG = regex(r"(?:^adult|,)\s*>=\s*([0-9]+)\s?kg\b")
"""Whom a source speaks of by the weight, as its population says it ("adult >= 50 kg", "age 17-64, >=50 kg")."""


@record
class Limit:
    """What one statement allows of one substance: per period, per single dose, how often, how long.

    ``amount`` is in ``unit`` per ``per`` (``None`` where the statement limits only a single dose, an interval
    or a duration). ``interval_hours`` is the shortest time between doses, ``doses`` the most per day,
    ``longest`` in ``longest_unit``. Scope fields are empty where the source sets no such bound; ages are in years, both
    ends included, eGFR in mL/min/1.73 m² from ``egfr_low`` to below ``egfr_high``.
    """

    statement: str
    source: str
    substance: str
    basis: Basis
    amount: Decimal | None
    unit: str
    per: Period | None
    kind: str = "maximum"
    article: bool = False
    line: int = 0
    route: str = ""
    release: str = ""
    form: str = ""
    salt: str = ""
    country: str = ""
    status: str = ""
    population: str = ""
    adult: bool = True
    indication: str = ""
    products: tuple[str, ...] = ()
    single: Decimal | None = None
    single_unit: str = ""
    interval_hours: Decimal | None = None
    doses: Decimal | None = None
    longest: Decimal | None = None
    longest_low: Decimal | None = None
    longest_unit: str = ""
    longest_all_routes: bool = False
    combination: bool = False
    vintage: str = ""
    superseded: bool = False
    verification: str = "verified"
    note: str = ""
    section: str = ""
    age_low_years: Decimal | None = None
    age_high_years: Decimal | None = None
    egfr_low: Decimal | None = None
    egfr_high: Decimal | None = None
    confirmed: bool = False
    from_day: int = 1
    to_day: int | None = None
    """The days (from 1) of a course it is about: a loading phase's first days, or those after them."""
    house: bool = False
    """Whether a source of the reader's own tables that is no label gives it, a formulary: it judges by itself, as an
    article does, and no label's higher figure speaks in its place.
    """

    @property
    def days_words(self) -> str:
        """The days it is about: ``the first 3 days``, ``day 1 only``, ``from day 4 on``;
        empty where it is about all.
        """
        if self.to_day is None:
            return f"from day {self.from_day} on" if self.from_day > 1 else ""
        if self.to_day == self.from_day:
            return f"day {self.to_day} only"
        return f"the first {self.to_day} days" if self.from_day == 1 else f"days {self.from_day} to {self.to_day}"

    @property
    def strengths(self) -> tuple[tuple[Decimal, str], ...]:
        """The strengths (value, unit) that the label is about, where its form names one:
        ``325 mg``, ``5% patch 700 mg``.
        """
        return (
            tuple((Decimal(number), unit) for number, unit in _STRENGTH.findall(self.form)) if not self.products else ()
        )

    @property
    def least_kg(self) -> Decimal | None:
        """The body weight (kg) from which on the source speaks; ``None`` where it names none."""
        found = _LEAST_KG.search(self.population) if "kg" in self.population else None
        return Decimal(found[1]) if found else None

    @property
    def special(self) -> bool:
        """Whether it is for an age group or a kidney function, as an exception to what is for adults in general."""
        return not self.article and (not self.adult or self.egfr_low is not None or self.egfr_high is not None)

    @property
    def route_kind(self) -> str:
        """The kind of route this limit is about."""
        return ROUTE_KIND.get(self.route, "systemic")

    @property
    def labelled(self) -> bool:
        """Whether it is one of a drug's labels (or of an authority's lists), of which the highest decides."""
        return not self.article and not self.house


def stated_alone(statements: Iterable[tuple[str, Collection[str]]]) -> set[tuple[str, str]]:
    """Source and substance of those of ``statements`` (source and substances of each) that are about one substance
    alone.
    """
    return {(source, next(iter(substances))) for source, substances in statements if len(substances) == 1}


def article_limits(
    statements: Iterable[TabledStatement], substance: str, alone: set[tuple[str, str]]
) -> Iterator[Limit]:
    """The limits that the articles' statements give of one of their substances, in the order of the statements.

    A combination's statement bounds by ``range`` only those ingredients on which the same source has no
    statement of their own (``alone``); a stated maximum always counts.
    """
    for statement in statements:
        combination = len(statement.substances) > 1
        for limit in _of_ingredient(statement, statement.of(substance), combination):
            if combination and limit.basis == "range" and (limit.source, substance) in alone:
                continue
            yield limit


def _of_ingredient(statement: TabledStatement, own: Sequence[TabledDose], combination: bool) -> Iterator[Limit]:
    """The limits of one ingredient of one statement."""
    routes = {dose.route for dose in own}
    shared = _shared(statement, own, combination)
    one_route = routes.pop() if len(routes) == 1 else ""
    for dose in own:
        if dose.maximum:
            top = dose.maximum
            yield replace(
                shared, basis="maximum", amount=top.value, unit=top.unit, per=dose.maximum_per, route=one_route
            )
            return
    for dose in own:
        if dose.target:
            times = Decimal(1) if dose.target_per_day else dose.most_per_day or Decimal(1)
            amount, unit = dose.target.high * times, dose.target.unit
            yield replace(shared, basis="target", amount=amount, unit=unit, per=DAY, route=one_route)
            return
    best: dict[tuple[str, Period | None, int], Limit] = {}
    loading = _loading_to(own)
    for dose in own:
        for total, per in _range_tops(dose):
            limit = replace(shared, amount=total.value, unit=total.unit, per=per, route=dose.route)
            if loading is not None:
                begins = dose.phase == 1
                limit = replace(limit, from_day=1 if begins else loading + 1, to_day=loading if begins else None)
            key = (dose.route, per, limit.from_day)
            known = best.get(key)
            if known is None or (known.amount or 0) < total.value:
                best[key] = limit
    yield from best.values()
    if not best and (shared.longest is not None or shared.single is not None):
        yield replace(shared, unit=own[0].dose.unit if own[0].dose else "", route=own[0].route)


def _shared(statement: TabledStatement, own: Sequence[TabledDose], combination: bool) -> Limit:
    """What all limits of one ingredient of one statement have in common, without an amount yet."""
    singles = [_largest(dose, dose.dose) for dose in own if dose.dose and not dose.per_day]
    units = {single.unit for single in singles}
    known = [hours for dose in own if (hours := dose.interval_hours) is not None]
    counts = [None if _a_days_total(dose, statement.dosage) else dose.most_per_day for dose in own]
    doses = [count for count in counts if count is not None]
    longest = next((dose.longest for dose in own if dose.longest), None)
    releases = {dose.release for dose in own}
    return Limit(
        statement=statement.id,
        source=statement.source,
        substance=own[0].substance,
        basis="range",
        amount=None,
        unit="",
        per=None,
        article=True,
        line=statement.line,
        single=max(single.value for single in singles) if len(units) == 1 else None,
        single_unit=units.pop() if len(units) == 1 else "",
        interval_hours=min(known) if known and len(known) == len(own) else None,
        doses=max(doses) if doses and len(doses) == len(own) else None,
        longest=longest.high if longest else None,
        longest_low=longest.low if longest else None,
        longest_unit=longest.unit if longest else "",
        release=releases.pop() if len(releases) == 1 else "",
        combination=combination,
    )


def _loading_to(own: Sequence[TabledDose]) -> int | None:
    """The last day of a loading phase: a first phase of stated days, above every phase after it;
    ``None`` without one.
    """
    tops = {dose.phase: dose.daily.high for dose in own if dose.daily}
    later = [top for phase, top in tops.items() if phase != 1]
    if own[0].to_day is None or 1 not in tops or not later or max(later) >= tops[1]:
        return None
    return own[0].to_day


def _largest(dose: TabledDose, single: Range) -> Amount:
    """The largest single dose of a row: its dose, or the dose that it is raised to where it is taken once a day."""
    target = dose.target
    if target and target.unit == single.unit and (not dose.target_per_day or dose.most_per_day == 1):
        return Amount(max(single.high, target.high), single.unit)
    return Amount(single.high, single.unit)


def _a_days_total(dose: TabledDose, text: str) -> bool:
    """Whether a row gives an amount "daily" without saying that it is one dose: it may be split."""
    once = dose.times is not None and dose.times.high == 1 and dose.period is not None and dose.period.unit == "d"
    return once and not dose.every and not _ONE_DOSE.search(text)


def _range_tops(dose: TabledDose) -> Iterator[tuple[Amount, Period | None]]:
    """Top of dose × top of frequency of a row, with its period; nothing where either is missing."""
    if dose.daily:
        yield Amount(dose.daily.high, dose.daily.unit), DAY
        return
    top = dose.dose or dose.count
    if not top or (dose.doses and dose.doses.high == 1):
        return
    if dose.times and dose.period:
        yield Amount(top.high * dose.times.high, top.unit), dose.period
    elif dose.every:
        yield Amount(top.high, top.unit), Period(dose.every.low, dose.every.unit)


def table_limits(rows: Iterable[RawRow], house: Collection[str] = ()) -> Iterator[Limit]:
    """The rows of ``limits.csv`` as limits, every kind; which of them judge is decided where a regimen is judged.

    ``house``: the sources that judge by themselves (:attr:`Limit.house`).
    """
    for row in rows:
        amount = Decimal(row["amount"]) if row["amount"] else None
        yield Limit(
            statement=row["id"],
            source=row["source"],
            substance=row["substance"],
            basis="maximum",
            kind=row["kind"],
            amount=amount,
            unit=row["unit"],
            per=Period(Decimal(row["period"]), row["period_unit"]) if row["period"] else None,
            route=row["route"],
            release=row["release"],
            form=row["form"],
            salt=row["salt"],
            country=row["country"],
            status=row["status"],
            population=row["population"],
            adult=row["adult"] == "yes",
            indication=row["indication"],
            products=tuple(part.strip() for part in row["product"].split(";") if part.strip()),
            single=Decimal(row["single"]) if row["single"] else None,
            single_unit=row["single_unit"],
            interval_hours=Decimal(row["interval_hours"]) if row["interval_hours"] else None,
            doses=Decimal(row["doses"]) if row["doses"] else None,
            longest=Decimal(row["longest"]) if row["longest"] else None,
            longest_low=Decimal(row["longest"]) if row["longest"] else None,
            longest_unit=row["longest_unit"],
            longest_all_routes=row["longest_all_routes"] == "yes",
            vintage=row["vintage"],
            superseded=row["superseded"] == "yes",
            verification=row["verification"],
            note=row["note"],
            section=row["section"],
            age_low_years=Decimal(row["age_low_years"]) if row["age_low_years"] else None,
            age_high_years=Decimal(row["age_high_years"]) if row["age_high_years"] else None,
            egfr_low=Decimal(row["egfr_low"]) if row["egfr_low"] else None,
            egfr_high=Decimal(row["egfr_high"]) if row["egfr_high"] else None,
            confirmed=row["confirmed"] == "yes",
            from_day=int(row["from_day"] or 1),
            to_day=int(row["to_day"]) if row["to_day"] else None,
            house=row["source"] in house,
        )
