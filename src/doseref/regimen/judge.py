"""Each source as a judge: which limits speak to a total, and how it stands against each of them.

The policy picks no number; it picks which verdicts decide severities. Nothing outside a limit's scope is judged
by it: it is not assessed, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from doseref.limits import Limit
from doseref.names import Names
from doseref.quantities import Period, Range
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.all_the_same import all_the_same, exceeded
from doseref.regimen.bench import Bench
from doseref.regimen.courts import courts
from doseref.regimen.days import Day, by_item, kinds_of_day, on_day, starts, summed
from doseref.regimen.delivered import to_unit
from doseref.regimen.for_others import for_heavier
from doseref.regimen.kidneys import as_upper_bound
from doseref.regimen.model import RANK, Exposure, Judgement, Total, Verdict
from doseref.regimen.scope import as_medicine, asked, elsewhere, informs, silent, speaking, upper_level
from doseref.regimen.spans import DaySpan, goes_on, joined, runs_beyond, widest
from doseref.regimen.taken import Taken, taken_as
from doseref.regimen.unjudged import why_none
from doseref.units import printed as unit_word


def judged(total: Total, days: tuple[Day, ...], bench: Bench, data: Reference, names: Names) -> Total:
    """The total with a verdict per limit that speaks to it, and the reason where none does.

    Of somebody to whom the limits do not speak, those of the same person otherwise well judge as upper bounds: within
    them nothing is known (but where only the kidneys are weak and nothing adjusts the dose to them), above them it is
    over all the same. What is stated for just this person comes before them.
    """
    own = _judged_alone(total, days, bench, data, names)
    if own.judged:
        return own
    nearer, told = bench.patient.nearer, bench.patient.outside()
    if nearer is None and bench.patient.weight is not None:
        told = for_heavier(_taken(total.exposures, total, data), bench, data)
        nearer = replace(bench.patient, weight=None) if told else None
    if nearer is None:
        return own
    others = judged(total, days, replace(bench, patient=nearer), data, names)
    if not exceeded(others, bench):
        own = replace(own, reason=told) if told and not bench.patient.outside() else own
        return as_upper_bound(own, others, bench.patient, data)
    return replace(total, verdicts=tuple(all_the_same(each, told) for each in others.verdicts), reason="")


def _judged_alone(total: Total, days: tuple[Day, ...], bench: Bench, data: Reference, names: Names) -> Total:
    """The total with the verdicts of the limits that are about this very person."""
    whole = _taken(total.exposures, total, data)
    parts = _parts(total, whole, data)
    hearing = _hearing(
        tuple(part.taken for part in parts),
        whole,
        total.per.usual(),
        total.amount.unit,
        bench,
        data,
        names,
    )
    medicine = _medicine(total, whole, bench, data, names)
    verdicts = [
        replace(told, judges=False, reason=medicine) if medicine and upper_level(told.limit, data) else told
        for told in hearing.told
    ]
    for limit, amount, decides, counts in hearing.heard:
        if amount is None:
            verdicts.append(_in_every_form(limit, decides, total, data) or _unconverted(limit, total.amount.unit))
            continue
        counted = tuple(part for part, counts_too in zip(parts, counts, strict=True) if counts_too)
        verdict = _verdict(limit, amount, decides, counted, total, days)
        if medicine and verdict.judgement != "within" and upper_level(limit, data):
            verdict = replace(verdict, judges=False, reason=medicine)
        verdicts.append(verdict)
    verdicts = [_of_the_first_days(verdict, verdicts, total, days) for verdict in verdicts]
    assessed = any(verdict.judges and verdict.judgement != "not-assessed" for verdict in verdicts)
    reason = "" if assessed else _outside(verdicts, bench) or medicine or why_none(total, verdicts, bench, data)
    return replace(total, verdicts=tuple(verdicts), reason=reason)


def _outside(verdicts: list[Verdict], bench: Bench) -> str:
    """Why the limits do not speak to this person, and what is wanted for one that is stated per kilogram."""
    told = bench.patient.outside()
    wanted = told and next((each.reason for each in verdicts if each.reason == _GIVE_WEIGHT), "")
    return f"{told}; {wanted}" if wanted else told


Heard = tuple[Limit, Decimal | None, bool, tuple[bool, ...]]
"""A limit that speaks, for the days on which it decides; its amount in the total's unit; whether it decides;
which parts count.
"""


@record
class Hearing:
    """Who speaks to what is taken, however much of it: limits that are told without judging,
    and those that are held against it.
    """

    told: tuple[Verdict, ...]
    heard: tuple[Heard, ...]


@lru_cache(maxsize=4096)
def _hearing(
    parts: tuple[Taken, ...], whole: Taken, per: Period, unit: str, bench: Bench, data: Reference, names: Names
) -> Hearing:
    """The limits of one substance per a period on parts that are alike in themselves, their amounts in ``unit``."""
    voices = [{id(limit) for limit in speaking(part, bench, data)} for part in parts]
    told: list[Verdict] = []
    heard: list[tuple[Limit, Decimal | None, tuple[bool, ...]]] = []
    for limit in _of_this_period(whole.substance, per, data):
        spoken = tuple(id(limit) in voice for voice in voices)
        if any(spoken):
            heard.append((limit, in_unit_of(limit, unit, data, names, bench.patient.weight), spoken))
        elif (silenced := _told(limit, whole, unit, bench, data, names)) is not None:
            told.append(silenced)
    # The highest label limit of each part decides on it: what is added to a regimen never lowers another item's
    # verdict. A house's own figures stand beside the labels', and lower none of them.
    own: list[dict[str, DaySpan]] = []
    spans: list[dict[str, DaySpan]] = []
    for n in range(len(parts)):
        judging = [each for each, _, spoken in heard if spoken[n] and not each.article and not informs(each, data)]
        labels, *houses = courts(judging)
        own.append(widest(labels))
        spans.extend((own[-1], *map(widest, houses)))
    deciding = {
        key: joined(each[key] for each in spans if key in each)
        for key in dict.fromkeys(key for each in spans for key in each)
    }
    top = max(
        (
            amount
            for limit, amount, _ in heard
            if amount is not None and limit.basis == "maximum" and not limit.house and not informs(limit, data)
        ),
        default=None,
    )
    held: list[Heard] = []
    for limit, amount, spoken in heard:
        span = deciding.get(limit.statement)
        decides = not informs(limit, data) and (bench.source is not None or limit.article or span is not None)
        everybody = amount is not None and amount == top
        counts = tuple(
            one or ((everybody or not statements) and not elsewhere(limit, part.routes))
            for one, statements, part in zip(spoken, own, parts, strict=True)
        )
        if amount is not None and span is not None and bench.source is None:
            limit = replace(limit, from_day=span[0], to_day=span[1])
        held.append((limit, amount, decides, counts))
    return Hearing(tuple(told), tuple(held))


def _medicine(total: Total, whole: Taken, bench: Bench, data: Reference, names: Names) -> str:
    """Why upper intake levels only inform, in words: no more is taken than a label gives as a medicine;
    empty where they judge.
    """
    given = _given_as_medicine(whole, total.amount.unit, bench, data, names)
    compound = bool(given) and all((entry := names.lookup(e.named)) and entry.compound for e in total.exposures)
    most = max((each for each in given if compound or not each[1].salt), key=lambda each: each[0], default=None)
    if most is None or total.amount.high > most[0]:
        return ""
    label = data.sources[most[1].source].short
    upper = total.tell(most[0])
    return f"an upper intake level is for supplements; as a medicine up to {upper} {total.per.words} is given ({label})"


@lru_cache(maxsize=4096)
def _given_as_medicine(
    taken: Taken, unit: str, bench: Bench, data: Reference, names: Names
) -> tuple[tuple[Decimal, Limit], ...]:
    """What labels give as a medicine, in ``unit``, each with its label. One that names a compound, ferrous sulfate, speaks
    of what is named as a compound: "iron" alone may be a supplement.
    """
    return tuple(
        (amount, limit)
        for limit in as_medicine(taken, bench, data)
        if (amount := in_unit_of(limit, unit, data, names, bench.patient.weight)) is not None
    )


@record
class Alike:
    """The exposures of a total that are alike in all that limits are scoped by: route, release, strength, product."""

    taken: Taken
    exposures: tuple[Exposure, ...]


def _taken(exposures: Iterable[Exposure], total: Total, data: Reference) -> Taken:
    """What is taken, per the total's period."""
    taken, per = taken_as(exposures, data), total.per.usual()
    return taken if taken.periods == {per} else replace(taken, periods=frozenset((per,)))


def _parts(total: Total, whole: Taken, data: Reference) -> tuple[Alike, ...]:
    if len(total.exposures) == 1:
        return (Alike(whole, total.exposures),)
    groups: dict[tuple[object, ...], list[Exposure]] = {}
    for each in total.exposures:
        key = (each.routes, each.release, each.strengths, each.product.id if each.product else "")
        groups.setdefault(key, []).append(each)
    return tuple(Alike(_taken(group, total, data), tuple(group)) for group in groups.values())


def _of_this_period(substance: str, per: Period, data: Reference) -> Iterator[Limit]:
    """The limits of an amount of a substance per a period; a product's own count is judged with the product."""
    for limit in data.limits.get(substance, ()):
        counted = limit.products and (limit.unit.startswith("{") or limit.unit == "mL")
        if limit.amount is not None and limit.per is not None and limit.per.usual() == per and not counted:
            yield limit


def _told(limit: Limit, taken: Taken, unit: str, bench: Bench, data: Reference, names: Names) -> Verdict | None:
    """A limit that does not speak, with its reason: an article's, and any that is silenced by who the person is."""
    person = bench.patient.outside(limit)
    if asked(limit, bench, data) and not (limit.article and bench.source is not None):
        return None
    if person:
        adult = replace(bench, patient=bench.patient.nearest)
        if silent(limit, taken, adult, data) or informs(limit, data):
            return None
        return Verdict(limit, "not-assessed", person, True, in_unit_of(limit, unit, data, names, bench.patient.weight))
    if limit.labelled:
        return None
    reason = silent(limit, taken, bench, data)
    return Verdict(limit, "not-assessed", reason, False)


def _in_every_form(limit: Limit, decides: bool, total: Total, data: Reference) -> Verdict | None:
    """A verdict where a unit is another mass in each form of a substance and the form is not said, if all forms agree.

    400 units of vitamin E are 180 to 360 mg, within 1,000 mg whichever form it is. The amount is the limit in whole
    units, rounded to the safe side.
    """
    if limit.amount is None or limit.from_day > 1 or limit.to_day is not None:
        return None
    ratios = data.factors_of_forms(limit.substance, limit.unit, total.amount.unit)
    amounts = [limit.amount * top / bottom for top, bottom in ratios]
    if len(amounts) < 2:
        return None
    least, most = (
        min(amounts).to_integral_value(ROUND_FLOOR),
        max(amounts).to_integral_value(ROUND_CEILING),
    )
    if total.amount.high <= least:
        return Verdict(limit, "within", "whichever form it is", decides, least)
    return Verdict(limit, "over", "whichever form it is", decides, most) if total.amount.low > most else None


_GIVE_WEIGHT = "the limit is per kilogram of body weight: give --weight"


def _unconverted(limit: Limit, unit: str) -> Verdict:
    if limit.unit.endswith("/kg"):
        return Verdict(limit, "not-assessed", _GIVE_WEIGHT, False)
    return Verdict(limit, "not-assessed", _not_convertible(unit, limit.unit))


def _verdict(
    limit: Limit, amount: Decimal, decides: bool, counted: tuple[Alike, ...], total: Total, found: tuple[Day, ...]
) -> Verdict:
    """A limit's verdict on the parts it is held against, on the days it is about: the worst over them."""
    exposures = [each for part in counted for each in part.exposures]
    whole = len(exposures) == len(total.exposures)
    if limit.from_day > 1 or limit.to_day is not None:
        later = limit.from_day > 1
        ranges = [day.amount for day in _on_days(exposures if not whole else _all(total, found), limit)]
        if not ranges:
            return Verdict(
                limit,
                "not-assessed",
                f"the limit is for {limit.days_words}, "
                + ("and it is not taken that long" if later else "and it begins after them"),
                False,
                amount,
            )
        judgement = max((verdict_of(each, amount) for each in ranges), key=RANK.__getitem__)
        return Verdict(limit, judgement, limit.days_words, decides, amount)
    if whole:
        ranges = [total.amount, *(day.amount for day in found)]
        return Verdict(
            limit, max((verdict_of(each, amount) for each in ranges), key=RANK.__getitem__), "", decides, amount
        )
    part = summed([(each.peak if total.per.is_day else each.amount, each) for each in exposures]) or total.amount
    what = (
        limit.route
        if len({part.taken.routes for part in counted}) < len({each.routes for each in total.exposures})
        else ""
    )
    words = f"the {what or limit.release or 'labelled'} part alone: {part}"
    return Verdict(limit, verdict_of(part, amount), words, decides, amount)


def _of_the_first_days(verdict: Verdict, verdicts: list[Verdict], total: Total, found: tuple[Day, ...]) -> Verdict:
    """A verdict; "within" by what holds on the first days only is none on a longer course,
    unless another limit goes on from there.
    """
    limit = verdict.limit
    if verdict.judgement != "within" or not verdict.judges or not runs_beyond(limit, _all(total, found)):
        return verdict
    for other in verdicts:
        near = other.limit.labelled if limit.labelled else other.limit.source == limit.source
        if near and other.judges and other.judgement != "not-assessed" and goes_on(other.limit, limit):
            return verdict
    words = f"the limit is for {limit.days_words}, and it may be taken longer"
    return replace(verdict, judgement="not-assessed", reason=words, judges=False)


def _all(total: Total, found: tuple[Day, ...]) -> list[Exposure]:
    """Every exposure of the days looked at, once: the total itself holds those of its worst day only."""
    known = [each for day in found for each in day.exposures] + list(total.exposures)
    return list(
        {(each.item, each.phase, each.per, each.routes, each.release, each.from_day): each for each in known}.values()
    )


def _on_days(exposures: list[Exposure], limit: Limit) -> Iterator[Day]:
    """The days of a course that a limit is about: those on which something begins, and the first of its own."""
    for number in dict.fromkeys((limit.from_day, *starts(exposures))):
        if number < limit.from_day or (limit.to_day is not None and number > limit.to_day):
            continue
        for kind in kinds_of_day(exposures):
            parts = [part for own in by_item(exposures).values() for part in on_day(own, number, kind)]
            amount = summed(parts)
            if amount is not None:
                yield Day(number, amount, tuple(each for _, each in parts), ())


def _not_convertible(given: str, limited: str) -> str:
    if given == "mL":
        return "how much is in one mL is not said; mL are not convertible without a concentration"
    return f"{unit_word(given)} are not convertible to {unit_word(limited)} for this substance"


def verdict_of(amount: Range, limit: Decimal) -> Judgement:
    """``over`` (even the low end is above), ``possible`` (the high end is), ``within`` (at the limit is within)."""
    if amount.low > limit:
        return "over"
    return "possible" if amount.high > limit else "within"


def in_unit_of(limit: Limit, unit: str, data: Reference, names: Names, weight_kg: Decimal | None) -> Decimal | None:
    """The limit's amount in the ``unit`` of a total, a salt's as its base; ``None`` where the units do not meet."""
    if limit.amount is None:
        return None
    if limit.unit.endswith("/kg") and weight_kg is not None:
        per_kg = limit.unit.removesuffix("/kg")
        return amount_in(limit, limit.amount * weight_kg, per_kg, unit, data, names)
    return amount_in(limit, limit.amount, limit.unit, unit, data, names)


def amount_in(limit: Limit, value: Decimal, unit: str, wanted: str, data: Reference, names: Names) -> Decimal | None:
    """``value`` of ``unit`` of a limit in ``wanted``, its salt turned into the base."""
    if limit.salt and (entry := names.lookup(limit.salt)) is not None:
        value = entry.as_base(value)
    turned = to_unit(data, limit.substance, Range(value, value, unit), wanted)
    return turned.low if turned else None
