"""Limits: an amount per period that one statement of one source gives, with its basis and its scope.

Article statements give one daily limit each: the stated maximum, else the top of the titration target, else
the top of dose × top of frequency. Labels and authorities come from ``limits.csv`` with their scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from doseref.quantities import DAY, Period
from doseref.records import record, replace

RawRow = dict[str, str]
Basis = Literal["maximum", "target", "range"]

ROUTE_KIND: dict[str, str] = {
    **dict.fromkeys(
        ("", "oral", "sublingual", "buccal", "intravenous", "intramuscular", "subcutaneous", "rectal", "injection", "enteral",
         "inhalation", "nasal"),
        "systemic",
    ),
    **dict.fromkeys(("topical", "ophthalmic", "otic", "vaginal"), "topical"),
    "transdermal": "transdermal",
    **dict.fromkeys(
        ("epidural", "intradiscal", "intra-articular", "perineural", "intrathecal", "intradermal", "local", "percutaneous"),
        "local",
    ),
}  # fmt: skip
"""Route → the kind of route within which amounts add up (systemic, topical, transdermal, local)."""


_ONE_DOSE = re.compile(
    r"\b(?:once|single|one|bed|bedtime|night|nightly|nocte|morning|evening|apply|patch|every)\b", re.I
)
_STRENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s?(mg|%)")


@record
class Limit:
    """What one statement allows of one substance: per period, per single dose, how often, how long.

    ``amount`` is in ``unit`` per ``per`` (``None`` where the statement limits only a single dose, an interval
    or a duration). ``interval_hours`` is the shortest time between doses, ``doses`` the most per day,
    ``longest`` in ``longest_unit``. Scope fields are empty where the source sets no such bound; ages are in years, both ends
    included, eGFR in mL/min/1.73 m² from ``egfr_low`` to below ``egfr_high``.
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

    @property
    def strengths(self) -> tuple[tuple[Decimal, str], ...]:
        """The strengths (value, unit) that the label is about, where its form names one: ``325 mg``, ``5% patch 700 mg``."""
        return (
            tuple((Decimal(number), unit) for number, unit in _STRENGTH.findall(self.form)) if not self.products else ()
        )

    @property
    def special(self) -> bool:
        """Whether it is for an age group or a kidney function, as an exception to what is for adults in general."""
        return not self.article and (not self.adult or self.egfr_low is not None or self.egfr_high is not None)

    @property
    def route_kind(self) -> str:
        """The kind of route this limit is about."""
        return ROUTE_KIND.get(self.route, "systemic")


def stated_alone(statements: dict[str, list[RawRow]]) -> set[tuple[str, str]]:
    """Source and substance of every statement that is about one substance alone."""
    return {
        (rows[0]["source"], rows[0]["substance"])
        for rows in statements.values()
        if len({row["substance"] for row in rows}) == 1
    }


def article_limits(statements: dict[str, list[RawRow]], alone: set[tuple[str, str]]) -> Iterator[Limit]:
    """The limits that the articles' statements give, in the order of the statements.

    A combination's statement bounds by ``range`` only those ingredients on which the same source has no
    statement of their own (``alone``); a stated maximum always counts.
    """
    for rows in statements.values():
        ingredients = dict.fromkeys(row["substance"] for row in rows)
        for substance in ingredients:
            own = [row for row in rows if row["substance"] == substance]
            combination = len(ingredients) > 1
            for limit in _of_ingredient(own, rows[0], combination):
                if combination and limit.basis == "range" and (limit.source, substance) in alone:
                    continue
                yield limit


def _of_ingredient(rows: list[RawRow], head: RawRow, combination: bool) -> Iterator[Limit]:
    """The limits of one ingredient of one statement."""
    first = rows[0]
    routes = {row["route"] for row in rows}
    shared = _shared(head, rows, combination)
    one_route = routes.pop() if len(routes) == 1 else ""
    top = next((row for row in rows if row["maximum"]), None)
    if top is not None:
        per = Period(Decimal(top["maximum_period"]), top["maximum_period_unit"]) if top["maximum_period"] else None
        yield replace(
            shared, basis="maximum", amount=Decimal(top["maximum"]), unit=top["maximum_unit"], per=per, route=one_route
        )
        return
    target = next((row for row in rows if row["target_high"]), None)
    if target is not None:
        times = Decimal(1) if target["target_per_day"] else doses_per_day(target) or Decimal(1)
        amount = Decimal(target["target_high"]) * times
        yield replace(shared, basis="target", amount=amount, unit=target["target_unit"], per=DAY, route=one_route)
        return
    best: dict[tuple[str, Period | None, int], Limit] = {}
    loading = _loading_to(rows)
    for row in rows:
        for amount, per in _range_tops(row):
            unit = row["daily_unit"] or row["dose_unit"] or row["count_unit"]
            limit = replace(shared, amount=amount, unit=unit, per=per, route=row["route"])
            if loading is not None:
                begins = row["phase"] == "1"
                limit = replace(limit, from_day=1 if begins else loading + 1, to_day=loading if begins else None)
            key = (row["route"], per, limit.from_day)
            known = best.get(key)
            if known is None or (known.amount or 0) < amount:
                best[key] = limit
    yield from best.values()
    if not best and (shared.longest is not None or shared.single is not None):
        yield replace(shared, unit=first["dose_unit"], route=first["route"])


def _shared(head: RawRow, rows: list[RawRow], combination: bool) -> Limit:
    """What all limits of one ingredient of one statement have in common, without an amount yet."""
    singles = [row for row in rows if row["dose_high"] and not row["per_day"]]
    units = {row["dose_unit"] for row in singles}
    intervals = [_hours(row) for row in rows]
    known = [hours for hours in intervals if hours is not None]
    counts = [None if _a_days_total(row) else doses_per_day(row) for row in rows]
    doses = [count for count in counts if count is not None]
    longest = next((row for row in rows if row["longest_high"]), None)
    return Limit(
        statement=head["id"],
        source=head["source"],
        substance=rows[0]["substance"],
        basis="range",
        amount=None,
        unit="",
        per=None,
        article=True,
        line=int(head["line"]),
        single=max(_largest(row) for row in singles) if len(units) == 1 else None,
        single_unit=next(iter(units)) if len(units) == 1 else "",
        interval_hours=min(known) if known and len(known) == len(intervals) else None,
        doses=max(doses) if doses and len(doses) == len(counts) else None,
        longest=Decimal(longest["longest_high"]) if longest else None,
        longest_low=Decimal(longest["longest_low"] or longest["longest_high"]) if longest else None,
        longest_unit=longest["longest_unit"] if longest else "",
        release=rows[0]["release"] if len({row["release"] for row in rows}) == 1 else "",
        combination=combination,
    )


def _loading_to(rows: list[RawRow]) -> int | None:
    """The last day of a loading phase: a first phase of stated days, above every phase after it; ``None`` without one."""
    tops = {row["phase"]: Decimal(row["daily_high"]) for row in rows if row["daily_high"]}
    first, later = rows[0], [top for phase, top in tops.items() if phase != "1"]
    if not first["to_day"] or "1" not in tops or not later or max(later) >= tops["1"]:
        return None
    return int(first["to_day"])


def _largest(row: RawRow) -> Decimal:
    """The largest single dose of a row: its dose, or the dose that it is raised to where it is taken once a day."""
    dose = Decimal(row["dose_high"])
    same_unit = row["target_high"] and row["target_unit"] == row["dose_unit"]
    if same_unit and (not row["target_per_day"] or doses_per_day(row) == 1):
        return max(dose, Decimal(row["target_high"]))
    return dose


def _a_days_total(row: RawRow) -> bool:
    """Whether a row gives an amount "daily" without saying that it is one dose: it may be split."""
    once = row["times_high"] == "1" and row["times_unit"] == "d" and not row["every_low"]
    return once and not _ONE_DOSE.search(row["dosage"])


def _hours(row: RawRow) -> Decimal | None:
    """The shortest interval a row allows, in hours; ``None`` where it states none."""
    if row["every_low"]:
        return Period(Decimal(row["every_low"]), row["every_unit"]).hours()
    return None


def doses_per_day(row: RawRow) -> Decimal | None:
    """Most administrations per 24 hours of a row; ``None`` where the row is not per day."""
    if row["every_low"]:
        hours = _hours(row)
        if hours is None or hours > 24:
            return None
        return (Decimal(24) / hours).to_integral_value(ROUND_CEILING)
    if row["times_high"] and row["times_unit"] == "d" and Decimal(row["times_period"]) == 1:
        return Decimal(row["times_high"])
    if row["daily_high"] and row["dose_high"] and not row["per_day"] and row["daily_unit"] == row["dose_unit"]:
        return Decimal(row["daily_high"]) / Decimal(row["dose_high"])
    return None


def _range_tops(row: RawRow) -> Iterator[tuple[Decimal, Period | None]]:
    """Top of dose × top of frequency of a row, with its period; nothing where either is missing."""
    if row["daily_high"]:
        yield Decimal(row["daily_high"]), DAY
        return
    top = row["dose_high"] or row["count_high"]
    if not top or row["doses_high"] == "1":
        return
    if row["times_high"]:
        yield Decimal(top) * Decimal(row["times_high"]), Period(Decimal(row["times_period"]), row["times_unit"])
    elif row["every_low"]:
        yield Decimal(top), Period(Decimal(row["every_low"]), row["every_unit"])


def table_limits(rows: Iterable[RawRow]) -> Iterator[Limit]:
    """The rows of ``limits.csv`` as limits, every kind; which of them judge is decided where a regimen is judged."""
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
        )
