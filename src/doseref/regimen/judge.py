"""Each source as a judge: which limits speak to a total, and how it stands against each of them.

The policy picks no number; it picks which verdicts decide severities. Nothing outside a limit's scope is judged
by it: it is not assessed, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.errors import UsageError
from doseref.limits import Limit
from doseref.names import Names
from doseref.quantities import Range
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.amounts import to_unit
from doseref.regimen.days import Day
from doseref.regimen.model import RANK, Exposure, Judgement, Total, Verdict
from doseref.tables import schema
from doseref.units import printed as unit_word

STRICTEST, MOST_PERMISSIVE = "strictest", "most-permissive"
POLICIES = (STRICTEST, MOST_PERMISSIVE)
ADULT_AGE_YEARS = 18
NORMAL_EGFR = Decimal(60)
"""eGFR in mL/min/1.73 m² below which the articles' 'normal renal function' does not hold."""


@record
class Patient:
    """Facts that may put a person outside the sources' population: years, kg, pregnancy, mL/min/1.73 m²."""

    age: Decimal | None = None
    weight: Decimal | None = None
    pregnant: bool = False
    egfr: Decimal | None = None

    def outside(self) -> str:
        """Why the sources (adults with normal kidneys and liver) do not speak of this person; empty where they do."""
        reasons = []
        if self.age is not None and self.age < ADULT_AGE_YEARS:
            reasons.append(f"age {self.age} years: the limits are for adults")
        if self.pregnant:
            reasons.append("pregnant: the limits are not made for pregnancy")
        if self.egfr is not None and self.egfr < NORMAL_EGFR:
            reasons.append(f"eGFR {self.egfr} mL/min: the limits are for normal kidneys")
        return "; ".join(reasons)


@record
class Bench:
    """Who judges: the policy, the country, prescription or over-the-counter labels, the day, the patient."""

    policy: str = STRICTEST
    country: str = "US"
    otc: bool = False
    as_of: str = ""
    patient: Patient = Patient()

    @property
    def source(self) -> str | None:
        """The one source that judges, where the policy names one."""
        return None if self.policy in POLICIES else self.policy

    def checked(self, data: Reference) -> Bench:
        """This bench; raises :class:`UsageError` for a policy that is neither known nor a source."""
        if self.source and self.source not in data.sources:
            known = ", ".join((*POLICIES, *(key for key, source in data.sources.items() if source.kind == "article")))
            raise UsageError(
                f"there is no policy or source {self.policy!r}; known: {known} (all sources: doseref show --sources)"
            )
        countries = {row["country"] for row in data.rows(schema.LIMITS) if row["country"]}
        if self.country not in countries:
            raise UsageError(
                f"there are no labels of {self.country!r}; known: {', '.join(sorted(countries))} (the United Kingdom is GB)"
            )
        return self


def judged(total: Total, days: tuple[Day, ...], bench: Bench, data: Reference, names: Names) -> Total:
    """The total with a verdict per limit that speaks to it, and the reason where none does."""
    outside = bench.patient.outside()
    speaking: list[tuple[Limit, str]] = list(_speaking(total, bench, data))
    verdicts: list[Verdict] = []
    deciding = _deciding_labels(limit for limit, reason in speaking if not reason and not limit.article)
    widest = max((_by_route(limit, reason, total, data, names) for limit, reason in speaking), default=Decimal(0))
    for limit, reason in speaking:
        amount = None if reason else in_unit_of(limit, total, data, names, bench.patient.weight)
        if outside:
            verdicts.append(Verdict(limit, "not-assessed", outside, True, amount))
        elif reason:
            verdicts.append(Verdict(limit, "not-assessed", reason, False))
        elif amount is None and limit.unit.endswith("/kg"):
            verdicts.append(
                Verdict(limit, "not-assessed", "the limit is per kilogram of body weight: give --weight", False)
            )
        elif amount is None:
            verdicts.append(
                Verdict(
                    limit,
                    "not-assessed",
                    _not_convertible(total.amount.unit, limit.unit),
                )
            )
        else:
            decides = (
                (limit.article or limit.statement in deciding) if bench.source is None else limit.source == bench.source
            )
            part = _part_by_route(total, limit) if amount < widest else None
            if part is None:
                verdicts.append(Verdict(limit, _worst_of(total, days, amount), "", decides, amount))
            else:
                told = f"the {limit.route} part alone: {part}"
                verdicts.append(Verdict(limit, verdict_of(part, amount), told, decides, amount))
    assessed = [verdict for verdict in verdicts if verdict.judges and verdict.judgement != "not-assessed"]
    reason = "" if assessed else outside or _why_none(total, verdicts, bench, data)
    return replace(total, verdicts=tuple(verdicts), reason=reason)


def _not_convertible(given: str, limited: str) -> str:
    if given == "mL":
        return "how much is in one mL is not said; mL are not convertible without a concentration"
    return f"{unit_word(given)} are not convertible to {unit_word(limited)} for this substance"


def _by_route(limit: Limit, reason: str, total: Total, data: Reference, names: Names) -> Decimal:
    """The amount of a limit that is for one route, in the total's unit; 0 for any other."""
    return (in_unit_of(limit, total, data, names, None) if limit.route and not reason else None) or Decimal(0)


def _part_by_route(total: Total, limit: Limit) -> Range | None:
    """What of a total by several routes a limit for one of them is about; ``None`` where that is all of it.

    An oral limit judges the tablets, not the injection before them. The widest of the limits for single routes judges
    the whole (:func:`judged`), so that the sum is never left without a judge.
    """
    routes = {route for each in total.exposures for route in each.routes}
    if not limit.route or len(routes) < 2:
        return None
    own = [each for each in total.exposures if not each.routes or "" in each.routes or limit.route in each.routes]
    if not own or len(own) == len(total.exposures):
        return None
    part = own[0].peak
    for each in own[1:]:
        part = part + each.peak
    return part


def _worst_of(total: Total, days: tuple[Day, ...], limit: Decimal) -> Judgement:
    """The worst verdict over all days looked at: the highest high and the highest low need not fall on one day."""
    ranges = [total.amount, *(day.amount for day in days)]
    return max((verdict_of(each, limit) for each in ranges), key=RANK.__getitem__)


def verdict_of(amount: Range, limit: Decimal) -> Judgement:
    """``over`` (even the low end is above), ``possible`` (the high end is), ``within`` (at the limit is within)."""
    if amount.low > limit:
        return "over"
    return "possible" if amount.high > limit else "within"


def in_unit_of(limit: Limit, total: Total, data: Reference, names: Names, weight_kg: Decimal | None) -> Decimal | None:
    """The limit's amount in the total's unit, a salt's as its base; ``None`` where the units do not meet."""
    if limit.amount is None:
        return None
    if limit.unit.endswith("/kg") and weight_kg is not None:
        per_kg = limit.unit.removesuffix("/kg")
        return amount_in(limit, limit.amount * weight_kg, per_kg, total.amount.unit, data, names)
    return amount_in(limit, limit.amount, limit.unit, total.amount.unit, data, names)


def amount_in(limit: Limit, value: Decimal, unit: str, wanted: str, data: Reference, names: Names) -> Decimal | None:
    """``value`` of ``unit`` of a limit in ``wanted``, its salt turned into the base."""
    if limit.salt:
        entry = names.lookup(limit.salt)
        if entry is not None:
            value = entry.as_base(value)
    turned = to_unit(data, limit.substance, Range(value, value, unit), wanted)
    return turned.low if turned else None


def _speaking(total: Total, bench: Bench, data: Reference) -> Iterator[tuple[Limit, str]]:
    """Limits of this substance for this period, each with an empty reason or why it does not judge."""
    known = data.limits.get(total.substance, ())
    for stated in known:
        limit = replace(stated, superseded=False) if _still_in_force(stated, known, bench) else stated
        if limit.amount is None or limit.per is None or limit.per.usual() != total.per.usual():
            continue
        if limit.unit.startswith("{") and limit.products:
            continue  # a product's own limit is judged with the product
        if bench.as_of and _younger(limit, bench, data):
            continue
        reason = _out_of_scope(limit, total, data)
        if not limit.article:
            if reason or not applies(limit, bench):
                continue
            if limit.products and not all(
                each.product and each.product.id in limit.products for each in total.exposures
            ):
                continue
        yield limit, reason


def _still_in_force(limit: Limit, known: Iterable[Limit], bench: Bench) -> bool:
    """Whether a limit that is superseded today was not yet so on the day as of which is judged."""
    if not limit.superseded or not bench.as_of:
        return False
    return all(
        other.superseded or other.country != limit.country or not other.vintage or _after(other.vintage, bench)
        for other in known
    )


def _after(vintage: str, bench: Bench) -> bool:
    return vintage[:4].isdigit() and vintage > bench.as_of[: len(vintage)]


def _younger(limit: Limit, bench: Bench, data: Reference) -> bool:
    """Whether a limit's source is dated after the day as of which is judged."""
    source = data.sources.get(limit.source)
    return bool(source and source.date and source.date > bench.as_of[: len(source.date)])


_SWALLOWED = frozenset(("oral", "sublingual", "buccal"))


def _out_of_scope(limit: Limit, total: Total, data: Reference) -> str:
    """Why a limit's route or release does not fit the total; empty where it does."""
    if limit.route_kind != total.route:
        return f"other route: the statement is about {limit.route or 'systemic'} use"
    routes = {route for each in total.exposures for route in (each.routes or ("",))}
    known = data.substances.get(total.substance)
    if known is not None and known.kind == "supplement" and limit.route in _SWALLOWED and routes & _SWALLOWED:
        routes = routes | {limit.route}  # a vitamin under the tongue is the same vitamin
    if limit.route and "" not in routes and limit.route not in routes and not _injected(limit.route, routes):
        return f"other route: the statement is about {limit.route} use"
    releases = {each.release or "IR" for each in total.exposures}
    if limit.release and limit.release not in releases and not (limit.release in ("DR", "EC") and "IR" in releases):
        return f"other release: the statement is about the {limit.release} form"
    if not limit.article and other_strength(limit, total.exposures):
        return f"other strength: the label is that of {limit.form}"
    return ""


def other_strength(limit: Limit, exposures: Iterable[Exposure]) -> bool:
    """Whether a label is that of one strength and none of these can be of it; an item that states none can be of any."""
    if not limit.strengths:
        return False
    stated = [each.strengths for each in exposures]
    return all(own and not set(own) & set(limit.strengths) for own in stated)


def _injected(route: str, routes: set[str]) -> bool:
    return route == "injection" and bool(routes & {"intravenous", "intramuscular", "subcutaneous"})


def applies(limit: Limit, bench: Bench) -> bool:
    """Whether a label's or an authority's limit judges at all: its kind, verification, vintage, country, status, population."""
    if limit.kind != "maximum" or limit.superseded or limit.verification == "unverified":
        return False
    if bench.as_of and _after(limit.vintage, bench):
        return False
    if bench.source is not None:
        return limit.source == bench.source
    if limit.country not in ("", bench.country):
        return False
    if limit.status and limit.status != ("otc" if bench.otc else "rx"):
        return False
    return _age_fits(limit, bench.patient.age)


def _age_fits(limit: Limit, age_years: Decimal | None) -> bool:
    """Whether a limit is about this person, or about ordinary adults where the age or the limit's bounds are unknown."""
    low, high = limit.age_low_years, limit.age_high_years
    if age_years is None or (low is None and high is None):
        return limit.adult
    # "19-50 y" holds until the 51st birthday.
    return (low is None or age_years >= low) and (high is None or age_years < high + 1)


def _deciding_labels(limits: Iterable[Limit]) -> set[str]:
    """With the indication unknown, the highest of a drug's label limits decides; the narrower ones are told.

    A limit for an age group that fits (not for ordinary adults) decides before the general ones.
    """
    best: dict[tuple[str, str, str], Limit] = {}
    for limit in limits:
        if limit.amount is None:
            continue
        group = (limit.substance, limit.route, limit.unit)
        known = best.get(group)
        if (
            known is None
            or (known.adult and not limit.adult)
            or (known.adult == limit.adult and (known.amount or 0) < limit.amount)
        ):
            best[group] = limit
    return {limit.statement for limit in best.values()}


def _why_none(total: Total, verdicts: list[Verdict], bench: Bench, data: Reference) -> str:
    """Why nothing judges a total: another route, another period, none determinable, not convertible, none researched."""
    for verdict in verdicts:
        if verdict.reason:
            return verdict.reason
    known = data.limits.get(total.substance, ())
    if bench.as_of and known:
        return f"no limit for it is dated {bench.as_of} or before"
    if bench.source is not None and known:
        return f"{data.sources[bench.source].short} gives no limit for it"
    if any(limit.kind == "none-determinable" for limit in known):
        return "no upper level could be determined by the authorities; that is not the same as no limit"
    periods = sorted({str(limit.per) for limit in known if limit.per is not None and limit.article})
    if periods:
        return f"the sources give limits per {', '.join(periods)} only"
    if any(limit.article for limit in known):
        return "the sources give no amount per time for it"
    known = tuple(limit for limit in known if not limit.products)
    if known and all(limit.kind in ("top-of-initial-range", "tolerance-threshold", "schedule-only") for limit in known):
        return "the labels here give a starting range, a threshold or a schedule for it, but no maximum"
    if known:
        return "no limit here is for this country, form or population"
    return "no source here gives a limit"
