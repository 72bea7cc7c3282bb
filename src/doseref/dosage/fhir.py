"""A :class:`~doseref.dosage.model.Dosage` as HL7 FHIR ``Dosage`` (R5, or R4).

One resource per option: phases that are taken together share ``sequence``, alternatives of one phase
share the extension ``phase``. Every field of the model has its native place or an extension documented
in ``docs/fhir.md``; :func:`doseref.dosage.fhir_read.from_fhir` gives the same model back.

Nothing native may say less carefully what the model says: a total per day is a rate (``mg/d``), never
a ``doseQuantity`` that a reader would multiply by the frequency; an ingredient's maximum is an
extension, never a ``maxDosePerPeriod`` of the whole product.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from doseref import units
from doseref.dosage.english import english_option
from doseref.dosage.fhir_terms import BASE, UCUM
from doseref.dosage.model import Dosage, Maximum, Option, Phase, Step, Strength, Target, Times
from doseref.quantities import Period, Range, json_number

Version = Literal["R5", "R4"]
Json = dict[str, Any]


def to_fhir(dosage: Dosage, version: Version = "R5") -> list[Json]:
    """The FHIR ``Dosage`` objects of ``dosage``, in order; at least one (text only, where nothing was read).

    ``version`` is ``"R5"`` or ``"R4"``; they differ in as-needed and in how many maxima have a native place.
    """
    single = sum(len(phase.options) for phase in dosage.phases) <= 1
    found: list[Json] = []
    for number, phase in enumerate(dosage.phases, 1):
        for option in phase.options:
            made = _resource(option, phase, number, dosage, version, single)
            found.append(made)
    if not found:
        found.append({"extension": [], **({"text": dosage.text} if dosage.text.strip() else {})})
    found[0]["extension"] = _whole(dosage, single) + found[0]["extension"]
    _add_maxima(found, dosage.maximum, version)
    return [_ordered({key: value for key, value in item.items() if value not in (None, [], {})}) for item in found]


def _resource(option: Option, phase: Phase, number: int, dosage: Dosage, version: Version, single: bool) -> Json:
    extensions: list[Json] = []
    if not single:
        extensions.append(_ext("phase", valueInteger=number))
    if phase.from_day is not None:
        extensions.append(_ext("from-day", valueInteger=phase.from_day))
    if phase.to_day is not None:
        extensions.append(_ext("to-day", valueInteger=phase.to_day))
    if phase.step:
        extensions.append(_step(phase.step))
    extensions += _extras(option)
    text = dosage.text if single else english_option(option, phase)
    item: Json = {"extension": extensions, "sequence": phase.sequence}
    if text.strip():
        item["text"] = text
    repeat, more = _repeat(option)
    extensions += more
    longest = dosage.longest
    if longest:
        if single and option.duration is None and longest.single and "boundsRange" not in repeat:
            repeat["boundsRange"] = {"high": quantity(longest.high, longest.unit)}
        elif number == 1 and option is phase.options[0]:
            extensions.append(_ext("longest", **_valued(longest)))
    if repeat:
        item["timing"] = {"repeat": repeat}
    item.update(_as_needed(option, version))
    for name in ("site", "route", "method"):
        if getattr(option, name):
            item[name] = {"text": getattr(option, name)}
    item["doseAndRate"] = _dose_and_rate(option)
    return item


def _whole(dosage: Dosage, single: bool) -> list[Json]:
    """What belongs to the whole instruction: on the first resource only."""
    found = [_ext("status", valueCode=dosage.status)]
    if not single and dosage.text.strip():
        found.append(_ext("source-text", valueString=dosage.text))
    for problem in dosage.problems:
        parts = [
            {"url": "message", "valueString": problem.message},
            {"url": "start", "valueInteger": problem.start},
            {"url": "end", "valueInteger": problem.end},
            {"url": "kind", "valueCode": problem.kind},
        ]
        found.append(_ext("problem", extension=parts))
    if dosage.longest and not dosage.phases:
        found.append(_ext("longest", **_valued(dosage.longest)))
    if dosage.target:
        found.append(_target(dosage.target))
    return found


def _extras(option: Option) -> list[Json]:
    """The option's fields that FHIR has no place for."""
    found = [_strength(strength) for strength in option.strengths]
    if option.form:
        found.append(_ext("form", valueString=option.form))
    if option.release:
        found.append(_ext("release", valueCode=option.release))
    if option.cycle:
        on_off = [
            {"url": "on", "valueQuantity": quantity(option.cycle.on, option.cycle.unit)},
            {"url": "off", "valueQuantity": quantity(option.cycle.off, option.cycle.unit)},
        ]
        found.append(_ext("cycle", extension=on_off))
    if option.prn_for and not option.prn:
        # FHIR's asNeededFor makes a dose as-needed; a reason alone does not.
        found.append(_ext("reason", valueString=option.prn_for))
    if option.until:
        found.append(_ext("until", valueString=option.until))
    return found


def _repeat(option: Option) -> tuple[Json, list[Json]]:
    """``Timing.repeat``, and the extensions for what it cannot say."""
    repeat: Json = {}
    extensions: list[Json] = []
    times, every = option.times, option.every
    if times:
        if _whole_number(times.low, times.high):
            repeat["frequency"] = int(times.low)
            if times.low != times.high:
                repeat["frequencyMax"] = int(times.high)
            if _reads_as_interval(times):
                extensions.append(_ext("reads-as", valueCode="times"))
        else:
            extensions.append(_times(times))
        repeat["period"] = json_number(times.period)
        if times.period_high is not None:
            repeat["periodMax"] = json_number(times.period_high)
        repeat["periodUnit"] = times.unit
        if every:
            extensions.append(_ext("every", **_valued(every)))
    elif every:
        repeat |= {"frequency": 1, "period": json_number(every.low)}
        if not every.single:
            repeat["periodMax"] = json_number(every.high)
        repeat["periodUnit"] = every.unit
        if every.low == 1 and every.unit != "h":
            extensions.append(_ext("reads-as", valueCode="every"))
    if option.days:
        repeat["dayOfWeek"] = list(option.days)
    if option.at:
        # FHIR allows no `when` beside `timeOfDay` (tim-10): the clock is native, the occasion an extension.
        repeat["timeOfDay"] = [f"{clock}:00" for clock in option.at]
        extensions += [_ext("when", valueCode=code) for code in option.when]
    elif option.when:
        repeat["when"] = list(option.when)
    if option.duration:
        if option.duration.single:
            repeat["boundsDuration"] = quantity(option.duration.low, option.duration.unit)
        else:
            repeat["boundsRange"] = _low_high(option.duration)
    total = option.doses_total
    if total:
        if _whole_number(total.low, total.high):
            repeat["count"] = int(total.low)
            if not total.single:
                repeat["countMax"] = int(total.high)
        else:
            extensions.append(_ext("doses-total", **_valued(total)))
    return repeat, extensions


def _reads_as_interval(times: Times) -> bool:
    """Whether a FHIR reader takes "once per this period" for "every …": see ``fhir_read``."""
    once = times.low == times.high == 1
    return once and (times.period != 1 or times.unit == "h" or times.period_high is not None)


def _whole_number(low: Decimal, high: Decimal) -> bool:
    """Whether both are positive whole numbers (FHIR's ``positiveInt``)."""
    return low >= 1 and low == low.to_integral_value() and high == high.to_integral_value()


def _as_needed(option: Option, version: Version) -> Json:
    if not option.prn:
        return {}
    if version == "R4":
        if option.prn_for:
            return {"asNeededCodeableConcept": {"text": option.prn_for}}
        return {"asNeededBoolean": True}
    found: Json = {"asNeeded": True}
    if option.prn_for:
        found["asNeededFor"] = [{"text": option.prn_for}]
    return found


def _dose_and_rate(option: Option) -> list[Json]:
    """Count first, then amount: two sayings of one dose, told apart by their units."""
    found: list[Json] = []
    for amount in (option.count, option.dose):
        if amount is None:
            continue
        if option.per_day:
            amount = Range(amount.low, amount.high, f"{amount.unit}/d")
        kind = "rate" if amount.unit.endswith(("/d", "/h", "/min")) else "dose"
        if amount.single:
            found.append({f"{kind}Quantity": quantity(amount.low, amount.unit)})
        else:
            found.append({f"{kind}Range": _low_high(amount)})
    return found


def _add_maxima(found: list[Json], maxima: tuple[Maximum, ...], version: Version) -> None:
    """Natively on every resource what has a native place; the full list as extensions where that is not all of it."""
    if not maxima:
        return
    plain = [maximum for maximum in maxima if maximum.substance is None]
    per_dose = [maximum for maximum in plain if maximum.per is None]
    per_period = [maximum for maximum in plain if maximum.per is not None]
    if version == "R4":
        per_period = per_period[:1]
    ratios = [
        {
            "numerator": quantity(maximum.amount, maximum.unit),
            "denominator": quantity(maximum.per.value, maximum.per.unit),
        }
        for maximum in per_period
        if maximum.per
    ]
    for item in found:
        if ratios:
            item["maxDosePerPeriod"] = ratios[0] if version == "R4" else ratios
        if len(per_dose) == 1:
            item["maxDosePerAdministration"] = quantity(per_dose[0].amount, per_dose[0].unit)
    if (*per_period, *(per_dose if len(per_dose) == 1 else [])) != maxima:
        found[0]["extension"] += [_maximum(maximum) for maximum in maxima]


def _maximum(maximum: Maximum) -> Json:
    parts: list[Json] = [{"url": "amount", "valueQuantity": quantity(maximum.amount, maximum.unit)}]
    if maximum.per:
        parts.append({"url": "per", "valueQuantity": quantity(maximum.per.value, maximum.per.unit)})
    if maximum.substance:
        parts.append({"url": "substance", "valueString": maximum.substance})
    return _ext("maximum", extension=parts)


def _strength(strength: Strength) -> Json:
    parts: list[Json] = []
    if strength.substance:
        parts.append({"url": "substance", "valueString": strength.substance})
    amount = quantity(strength.amount, strength.unit)
    if strength.per:
        parts.append({"url": "amount", "valueRatio": {"numerator": amount, "denominator": quantity(*strength.per)}})
    else:
        parts.append({"url": "amount", "valueQuantity": amount})
    return _ext("strength", extension=parts)


def _step(step: Step) -> Json:
    parts: list[Json] = [{"url": "direction", "valueCode": step.direction}]
    if step.change:
        parts.append({"url": "change", **_valued(step.change)})
    if step.every:
        parts.append({"url": "every", "valueQuantity": _period(step.every)})
    if step.to:
        parts.append({"url": "to", **_valued(step.to)})
    return _ext("step", extension=parts)


def _target(target: Target) -> Json:
    parts: list[Json] = [
        {"url": "amount", **_valued(Range(target.low, target.high, target.unit))},
        {"url": "per-day", "valueBoolean": target.per_day},
    ]
    if target.times:
        parts.append({"url": "times", "extension": _times(target.times)["extension"]})
    return _ext("target", extension=parts)


def _times(times: Times) -> Json:
    parts: list[Json] = [
        {"url": "low", "valueDecimal": json_number(times.low)},
        {"url": "high", "valueDecimal": json_number(times.high)},
        {"url": "period", "valueQuantity": quantity(times.period, times.unit)},
    ]
    if times.period_high is not None:
        parts.append({"url": "period-max", "valueQuantity": quantity(times.period_high, times.unit)})
    return _ext("times", extension=parts)


def _ext(name: str, **value: Any) -> Json:
    return {"url": BASE + name, **value}


def _period(period: Period) -> Json:
    return quantity(period.value, period.unit)


def _valued(amount: Range) -> Json:
    if amount.single:
        return {"valueQuantity": quantity(amount.low, amount.unit)}
    return {"valueRange": _low_high(amount)}


def _low_high(amount: Range) -> Json:
    return {"low": quantity(amount.low, amount.unit), "high": quantity(amount.high, amount.unit)}


def quantity(value: Decimal, code: str) -> Json:
    """A FHIR ``Quantity``: the number, the unit as printed for a person, and its UCUM code.

    A number that a binary float cannot hold is repeated exactly in the extension ``exact`` of ``value``.
    """
    number = json_number(value)
    made: Json = {"value": number}
    if isinstance(number, float) and Decimal(repr(number)) != value:
        made["_value"] = {"extension": [_ext("exact", valueString=f"{value:f}")]}
    base, slash, per = code.partition("/")
    many = value != 1
    if code in units.UNITS or not slash:
        word = units.printed(code, plural=many)
    else:
        word = f"{units.printed(base, plural=many)}/{units.printed(per, plural=False)}"
    return made | {"unit": word, "system": UCUM, "code": code}


_ORDER = tuple(
    "extension sequence text timing asNeeded asNeededBoolean asNeededCodeableConcept asNeededFor site route method "
    "doseAndRate maxDosePerPeriod maxDosePerAdministration".split()
)


def _ordered(item: Json) -> Json:
    """Keys in the order of the FHIR definition."""
    return {key: item[key] for key in _ORDER if key in item}
