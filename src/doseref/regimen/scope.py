"""Whether a limit speaks, and if not, why in words: the only place that compares a limit's scope with what is asked.

Three questions, in this order: is its source asked (policy, day, country, prescription or over the counter)? Is it
about this person (age, kidneys, pregnancy)? Is it about what is taken (product, route, release, strength, period)? A
limit that passes may still only inform: by its kind (no maximum) or by its source's tier. ``docs/how-limits-apply.md``
says what each means, with a table of cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from doseref.limits import Limit
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.model import Exposure
from doseref.regimen.person import Patient
from doseref.regimen.sold import prescribed_too, sold_there
from doseref.regimen.taken import StatedStrength, Taken
from doseref.tables import schema
from doseref.tables.entries import Source
from doseref.units import convert, convertible

Aspect = Literal["amount", "single", "interval", "longest", "period"]
"""What of a limit is asked: amount per period, single dose, shortest interval, longest use, or the period as such."""

_BREATHED = frozenset(("inhalation", "nasal"))
_SWALLOWED = frozenset(("oral", "sublingual", "buccal"))
_INJECTED = frozenset(("intravenous", "intramuscular", "subcutaneous"))


def not_asked(source: Source | None, source_id: str, bench: Bench) -> str:
    """Why a source is not asked under the options, whatever it is about; empty where it is."""
    if bench.source is not None and source_id != bench.source:
        return "only one other source is asked"
    return f"newer than {bench.as_of}" if bench.as_of and source and _after(source.date, bench.as_of) else ""


def asked(limit: Limit, bench: Bench, data: Reference, own_label: bool = False) -> str:
    """Why a limit's source is not asked under the options; empty where it is.

    ``own_label``: the label on the box of the very product that is taken is asked whatever its country.
    """
    source = data.sources.get(limit.source)
    aside = not_asked(source, limit.source, bench)
    if aside:
        return aside
    if bench.as_of and _after(limit.vintage, bench.as_of):
        return f"newer than {bench.as_of}"
    if limit.superseded and not _still_in_force(limit, bench, data):
        return "replaced by a later figure of the same authority"
    if limit.verification == "unverified" and _tier(source) != schema.MACHINE_READ:
        return "not verified"
    country = source.country if limit.article and source else limit.country
    if bench.source is None and not own_label and country not in ("", bench.country):
        return f"for {country}"
    return ""


def informs(limit: Limit, data: Reference) -> bool:
    """Whether a limit gives information only: it is no maximum, its source only restates one, or nobody confirmed it.

    What the program read from a label file counts as the label's once a person has confirmed it.
    """
    tier = _tier(data.sources.get(limit.source))
    if tier == schema.MACHINE_READ and limit.confirmed:
        return limit.kind != "maximum"
    return limit.kind != "maximum" or tier in schema.INFORMING_TIERS


def restates(limit: Limit, data: Reference) -> bool:
    """Whether its source only restates what a label says, or was read by the program and by nobody else."""
    return _tier(data.sources.get(limit.source)) in schema.INFORMING_TIERS


def upper_level(limit: Limit, data: Reference) -> bool:
    """Whether a limit is a tolerable upper intake level: an authority's figure for a nutrient, no label's."""
    known = data.substances.get(limit.substance)
    return limit.labelled and not limit.status and not limit.products and bool(known and known.kind == "supplement")


def as_medicine(taken: Taken, bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """What labels of any country give of a nutrient as a medicine, as it is taken here
    (folic acid 4 mg is given in pregnancy itself).
    """
    return tuple(
        limit
        for limit in data.limits.get(taken.substance, ())
        if limit.kind == "therapeutic"
        and not not_asked(data.sources.get(limit.source), limit.source, bench)
        and not other_person(limit, Patient(age=bench.patient.age))
        and not other_thing(limit, taken, data)
    )


def upper_ends(taken: Taken, data: Reference, any_strength: bool = False) -> tuple[Limit, ...]:
    """What labels and authorities of every country and for every indication give an adult at most of what is taken;
    with ``any_strength`` also those of a tablet of another strength.

    The ends of usual ranges are among them: they keep a maximum of another indication from speaking.
    """
    ends = tuple(
        limit
        for limit in data.limits.get(taken.substance, ())
        if limit.kind in ("maximum", "not-recommended-above", "usual-top")
        and limit.labelled
        and not restates(limit, data)
        and (not other_person(limit, Patient()) or limit.population == "adult")
        and not other_thing(limit, taken, data, any_strength=any_strength)
    )
    return _of_its_release(taken, ends)


def _of_its_release(taken: Taken, ends: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """The ends that are about the releases taken.

    Of extended release alone: where a maximum of that form is stated, what names no release is of the other form, whose
    doses may be higher (gliclazide 320 mg, modified release 120 mg). Of extended release beside another: ends of
    the other alone say nothing of both together (carbidopa).
    """
    if "ER" not in taken.releases:
        return ends
    if len(taken.releases) > 1:
        return ends if any(limit.release in ("", "ER") for limit in ends) else ()
    stated = any(limit.release == "ER" and limit.kind == "maximum" for limit in ends)
    return tuple(limit for limit in ends if limit.release) if stated else ends


def _tier(source: Source | None) -> str:
    return source.tier if source else ""


def silent(
    limit: Limit, taken: Taken, bench: Bench, data: Reference, aspect: Aspect = "amount", either_status: bool = False
) -> str:
    """Why a limit does not speak to what is taken; empty where it does (as a judge, or as information:
    :func:`informs`).

    ``either_status``: prescription and over-the-counter labels alike.
    """
    return (
        asked(limit, bench, data)
        or ("" if either_status else other_status(limit, bench, data))
        or _of_nobody_here(limit, bench.patient, aspect)
        or other_thing(limit, taken, data, aspect)
    )


def _of_nobody_here(limit: Limit, patient: Patient, aspect: Aspect) -> str:
    """Why a limit is neither about this person nor, where it is no amount a day, about the same person otherwise well:
    what an adult with normal kidneys must not take at once, so often or so long, nobody must. Of the day the judge says
    so itself.
    """
    person = other_person(limit, patient)
    return person and (person if aspect == "amount" else other_person(limit, patient.otherwise_well) and person)


@lru_cache(maxsize=8192)
def speaking(
    taken: Taken, bench: Bench, data: Reference, aspect: Aspect = "amount", either_status: bool = False
) -> tuple[Limit, ...]:
    """The limits of what is taken that are not :func:`silent`, in the order of the tables; those for people who are
    otherwise well only where none of this person says anything of what is asked.

    Kept by what was asked: people differ far more than what they take does.
    """
    own = tuple(
        limit
        for limit in _of_this_person(taken.substance, bench, data, either_status)
        if not other_thing(limit, taken, data, aspect)
    )
    well = bench.patient.otherwise_well
    if aspect == "amount" or well == bench.patient or any(_says(limit, aspect) for limit in own):
        return own  # of the period all speak: which amount is given daily, and which weekly, is no matter of kidneys
    return own + tuple(
        limit
        for limit in speaking(taken, replace(bench, patient=well), data, aspect, either_status)
        if limit not in own
    )


def _says(limit: Limit, aspect: Aspect) -> bool:
    """Whether a limit has a figure of this aspect."""
    figures = {"single": limit.single, "interval": limit.interval_hours or limit.doses, "longest": limit.longest}
    return figures.get(aspect) is not None


@lru_cache(maxsize=4096)
def _of_this_person(substance: str, bench: Bench, data: Reference, either_status: bool) -> tuple[Limit, ...]:
    """The limits of a substance whose sources are asked and that are about this person, whatever is taken."""
    return tuple(
        limit
        for limit in data.limits.get(substance, ())
        if not asked(limit, bench, data)
        and (either_status or not other_status(limit, bench, data))
        and not other_person(limit, bench.patient)
    )


def judges(limit: Limit, taken: Taken, bench: Bench, data: Reference, aspect: Aspect = "amount") -> bool:
    """Whether a limit may raise an error or a warning about what is taken."""
    return not informs(limit, data) and not silent(limit, taken, bench, data, aspect)


def other_status(limit: Limit, bench: Bench, data: Reference) -> str:
    """Why a label is not asked: of prescription or over-the-counter labels the other is.

    With over-the-counter labels asked for, a country's prescription label speaks of what it sells on prescription only.
    Without, where no article and no country's prescription label speaks of it, the maximum of the over-the-counter
    label is asked.
    """
    if bench.source is not None or not limit.status or limit.status == ("otc" if bench.otc else "rx"):
        return ""
    if limit.status == "rx":
        sold = sold_there(limit.substance, limit.route_kind, limit.country, data)
        return "for prescription use" if sold else ""
    alone = limit.kind == "maximum" and not prescribed_too(limit.substance, limit.route_kind, data)
    return "" if alone else "for over-the-counter use"


def other_person(limit: Limit, patient: Patient) -> str:
    """Why a limit is not about this person; empty where it is, and where that cannot be known but adults may be
    meant.
    """
    outside = patient.outside(limit)
    if outside:
        return outside
    light = patient.too_light(limit)
    if light:
        return light
    low, high = limit.age_low_years, limit.age_high_years
    if patient.age is not None and (low is not None or high is not None):
        # "19-50 y" holds until the 51st birthday.
        if (low is not None and patient.age < low) or (high is not None and patient.age >= high + 1):
            return f"other age: the limit is for {limit.population or 'another age'}"
    elif not limit.article and not limit.adult and limit.egfr_low is None and limit.egfr_high is None:
        return f"other people: the limit is for {limit.population or 'a group of people'} only"
    if limit.egfr_low is not None or limit.egfr_high is not None:
        egfr = patient.renal.value if patient.renal else None
        if (
            egfr is None
            or (limit.egfr_low is not None and egfr < limit.egfr_low)
            or (limit.egfr_high is not None and egfr >= limit.egfr_high)
        ):
            return "other kidney function"
    return ""


def other_thing(
    limit: Limit, taken: Taken, data: Reference, aspect: Aspect = "amount", any_strength: bool = False
) -> str:
    """Why a limit is about something else than what is taken: product, route, release, strength (unless
    ``any_strength`` is asked) or period.
    """
    if limit.products and not taken.products & set(limit.products):
        return "a limit of another product"
    everywhere = aspect == "longest" and limit.longest_all_routes
    if limit.route_kind not in taken.kinds and not everywhere:
        return f"other route: the statement is about {limit.route or 'systemic'} use"
    if limit.route and not everywhere and not _same_route(limit.route, taken, data):
        return f"other route: the statement is about {limit.route} use"
    if aspect in ("single", "interval") and not limit.release and taken.releases == {"ER"}:
        return "other release: one extended-release dose is not held against other forms"
    if limit.release and not any(_same_release(limit.release, each, limit, data) for each in taken.releases):
        return f"other release: the statement is about the {limit.release} form"
    if not any_strength and not limit.article and aspect != "period" and not _same_strength(limit, taken):
        return f"other strength: the label is that of {limit.form}"
    if aspect in ("amount", "single", "longest") and not _same_period(limit, taken, aspect):
        return f"other period: the limit is per {limit.per}"
    return ""


def may_be_its_form(limit: Limit, exposures: Iterable[Exposure]) -> bool:
    """Whether a label's amount per day can be about what is taken daily.

    What a patch gives a day is no word on how often it is changed. By a route that nobody states the strength decides:
    1 mg is no tablet of semaglutide.
    """
    if limit.route_kind == "transdermal":
        return False
    unstated = {(each.per_dose.low, each.per_dose.unit) for each in exposures if not each.routes}
    return not limit.route or not limit.strengths or unstated <= set(limit.strengths)


def _same_route(route: str, taken: Taken, data: Reference) -> bool:
    """Whether a stated route is among those taken, or one is not stated; any injection is an injection.

    What is also swallowed is not inhaled or sprayed into the nose unless it says so: puffs say so, a bare amount
    ("budesonide 9 mg") does not.
    """
    known = data.substances.get(taken.substance)
    if known is not None and known.kind == "supplement" and route in _SWALLOWED and taken.routes & _SWALLOWED:
        return True  # a vitamin under the tongue is the same vitamin
    if route in taken.routes or (route == "injection" and bool(taken.routes & _INJECTED)):
        return True
    if route == "oral" and "enteral" in taken.routes:
        return True  # a feeding tube ends where what is swallowed does
    if "injection" in taken.routes and route in _INJECTED:  # "inject daily": into what is not said
        return True
    swallowed_too = known is not None and "oral" in known.routes
    return "" in taken.routes and not (route in _BREATHED and swallowed_too)


def elsewhere(limit: Limit, routes: frozenset[str]) -> bool:
    """Whether a limit is about what is inhaled or sprayed into the nose, and ``routes`` say that this is taken another
    way (``""`` among them: not said of all of it): 100 mcg of fluticasone in the lungs are no part of 200 mcg in the
    nose, and 40 mg of triamcinolone into a muscle are no slip of 220 mcg.
    """
    return limit.route in _BREATHED and "" not in routes and limit.route not in routes


def _same_release(release: str, given: str, limit: Limit, data: Reference) -> bool:
    """A release that is not stated is immediate, or delayed (coated), or the only one that the country knows by that
    route.
    """
    if given:
        return given == release
    if release in ("IR", "DR", "EC"):
        return True
    others = {
        each.release
        for each in data.limits.get(limit.substance, ())
        if not each.products and each.route == limit.route and each.country == limit.country
    }
    if others != {release} or any(each.release != release for each in data.products_with(limit.substance)):
        return False
    sold = (row for row in data.strength_rows.get(limit.substance, ()) if row["market"] == limit.country)
    return all(row["release"] == release for row in sold)


def _same_strength(limit: Limit, taken: Taken) -> bool:
    """Whether a label of one strength can be that of what is taken; an item that states none can be of any."""
    if not limit.strengths or not taken.strengths:
        return True
    return any(
        not own or any(_equal(one, other) for one in own for other in limit.strengths) for own in taken.strengths
    )


def stated_for(limit: Limit, value: Decimal, unit: str) -> bool:
    """Whether a limit is that of the label of one strength, and that strength is this amount."""
    return any(_equal((value, unit), each) for each in limit.strengths)


def _equal(one: StatedStrength, other: StatedStrength) -> bool:
    if one[1] == other[1]:
        return one[0] == other[0]
    return convertible(one[1], other[1]) and convert(one[0], one[1], other[1]) == other[0]


def _same_period(limit: Limit, taken: Taken, aspect: Aspect) -> bool:
    """Whether a limit's period is one of those taken; a single dose of a limit per day says nothing of a weekly one."""
    if limit.per is None:
        return aspect != "amount"
    if aspect == "single":
        return not limit.per.is_day or any(each.is_day for each in taken.periods)
    return (limit.article and aspect == "longest") or limit.per.usual() in taken.periods


def _still_in_force(limit: Limit, bench: Bench, data: Reference) -> bool:
    """Whether a limit that is superseded today was not yet so on the day as of which is judged."""
    return bool(bench.as_of) and all(
        other.superseded or other.country != limit.country or not other.vintage or _after(other.vintage, bench.as_of)
        for other in data.limits.get(limit.substance, ())
    )


def _after(written: str, day: str) -> bool:
    return written[:4].isdigit() and written > day[: len(written)]


def label_of(product: str, substances: Iterable[str], bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """What the labels of a product itself say that may judge: those of the country asked, where there are such."""
    found = tuple(
        limit
        for substance in dict.fromkeys(substances)
        for limit in data.limits.get(substance, ())
        if product in limit.products
        and limit.to_day is None
        and not informs(limit, data)
        and not asked(limit, bench, data, own_label=True)
        and not other_person(limit, bench.patient)
    )
    return tuple(limit for limit in found if limit.country in ("", bench.country)) or found
