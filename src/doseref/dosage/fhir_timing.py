"""FHIR ``Timing`` and ``doseAndRate`` read into an option's fields, for :mod:`doseref.dosage.fhir_read`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from doseref.dosage.fhir_extensions import concept_text, extension_range, extensions_of, read_times
from doseref.dosage.fhir_quantity import (
    Notes,
    as_dict,
    as_list,
    as_text,
    read_number,
    read_quantity,
    read_range,
    read_unit,
)
from doseref.dosage.fhir_terms import GTS, TIMING_CODES, WHEN_SYNONYMS, is_count
from doseref.dosage.model import WHEN_ORDER, Option, Times
from doseref.dosage.occasions import occasions
from doseref.dosage.rates import same_rate
from doseref.quantities import Period, Range
from doseref.units import TIME_WORDS

Json = dict[str, Any]
MOST_PERIOD = 1_000_000
"""The longest period that is read, in any unit: a year has 525,600 minutes (seconds are told in what they make)."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_timing(item: Json, timing: Json, notes: Notes) -> Json:
    """The option's fields that ``timing`` and the timing extensions give."""
    repeat = as_dict(timing.get("repeat"))
    times, every = _frequency(item, repeat, notes)
    at = [as_text(clock)[:5] for clock in as_list(repeat.get("timeOfDay"))]
    days = [as_text(day) for day in as_list(repeat.get("dayOfWeek"))]
    codes = [as_text(code) for code in as_list(repeat.get("when"))]
    codes += [as_text(extension.get("valueCode")) for extension in extensions_of(item, "when")]
    code = as_dict(timing.get("code"))
    if code and not (times or every or codes or at):
        times, every, codes = _timing_code(code, notes)
    elif code and (times or every) and not extensions_of(item, "status"):
        _hold_code(code, times, every, notes)
    if repeat.get("offset"):
        notes.add(f"an offset of {repeat['offset']} minutes is not kept")
    if repeat.get("duration") is not None and not extensions_of(item, "cycle"):
        notes.add("how long each administration lasts is not kept")
    events = len(as_list(timing.get("event")))
    when = {WHEN_SYNONYMS.get(found, found) for found in codes}
    for unknown in sorted(when.difference(WHEN_ORDER)):
        notes.add(f"unknown event timing {unknown}")
    for day in days:
        if day not in _DAYS:
            notes.add(f"unknown day {day}")
    total = extension_range(item, "doses-total", notes) or _count(repeat, notes)
    clocks = tuple(clock for clock in at if _is_clock(clock, notes))
    dayparts = tuple(known for known in WHEN_ORDER if known in when)
    if not extensions_of(item, "status") and _more_named(times, clocks, dayparts):
        notes.add("more times of day are named than its frequency says")
        times, clocks, dayparts = None, (), ()  # "once a day" at four clock times: which of both is meant is not known
    return {
        "times": times,
        "every": every,
        "when": dayparts,
        "at": clocks,
        "days": tuple(day for day in days if day in _DAYS),
        "duration": _bounds(repeat, notes),
        "doses_total": total or (Range.of(events, "{dose}") if events else None),
    }


def _more_named(times: Times | None, at: tuple[str, ...], when: tuple[str, ...]) -> bool:
    """Whether the clock times and parts of the day are more than so many times a day."""
    named = occasions(at, when)
    if times is None or named is None or times.unit != "d" or times.period != 1:
        return False
    return named[0] > times.high


def _is_clock(clock: str, notes: Notes) -> bool:
    hour, _, minute = clock.partition(":")
    if hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60:
        return True
    notes.add(f"not a time of day: {clock!r}")
    return False


def _frequency(item: Json, repeat: Json, notes: Notes) -> tuple[Times | None, Range | None]:
    """``frequency``/``period`` as times per period or, for once per more than one of a unit, as an interval."""
    every = extension_range(item, "every", notes)
    exact = next((read_times(extension, notes) for extension in extensions_of(item, "times")), None)
    if exact:
        return exact, every
    unit = repeat.get("periodUnit")
    if repeat.get("period") is None or unit is None:
        if repeat.get("frequency") is not None:
            notes.add("a frequency without a period is not read")
        return None, every
    period, high = read_number(repeat, "period", notes), read_number(repeat, "periodMax", notes)
    low = read_number(repeat, "frequency", notes) or Decimal(1)
    top = read_number(repeat, "frequencyMax", notes) or low
    if (
        period is None
        or not 0 < period <= MOST_PERIOD
        or not isinstance(unit, str)
        or unit not in TIME_WORDS
        or top < low
        or (high is not None and high < period)
    ):
        notes.add("the timing is not read")
        return None, every
    marked = next((as_text(extension.get("valueCode")) for extension in extensions_of(item, "reads-as")), "")
    interval = low == top == 1 and (period != 1 or unit == "h" or high is not None)
    if marked == "every" or (interval and marked != "times" and every is None):
        return None, Range(period, period if high is None else high, unit)
    if period == 24 and unit == "h" and high is None and marked != "times" and not extensions_of(item, "status"):
        period, unit = Decimal(1), "d"
    return Times(low, top, period, unit, high), every


def _hold_code(code: Json, times: Times | None, every: Range | None, notes: Notes) -> None:
    """Tell where the code of a timing says another rate than its ``repeat``; a code that is not read says nothing."""
    coded, coded_every, _ = _timing_code(code, Notes(notes.vocabulary))
    if same_rate(Option(times=coded, every=coded_every), Option(times=times, every=every)) is False:
        notes.add("the code of the timing and its repeat differ")


def _timing_code(code: Json, notes: Notes) -> tuple[Times | None, Range | None, list[str]]:
    """``Timing.code``: the abbreviations of HL7's table; other words go through the parser."""
    for coding in (as_dict(found) for found in as_list(code.get("coding"))):
        known = TIMING_CODES.get(as_text(coding.get("code")))
        if known and coding.get("system") in (GTS, None):
            times, period, unit, when = known
            if when:
                return None, None, [when]
            if period > 1 or unit == "h":
                return None, Range.of(period, unit), []
            return Times(Decimal(times), Decimal(times), Decimal(period), unit), None, []
    words = concept_text(code)
    from doseref.dosage import parse

    read = parse(words, notes.vocabulary)
    if read.status == "read" and len(read.options) == 1:
        option = read.options[0]
        return option.times, option.every, list(option.when)
    notes.add(f"timing not read: {words or 'a code without words'}")
    return None, None, []


def _count(repeat: Json, notes: Notes) -> Range | None:
    low = read_number(repeat, "count", notes)
    high = read_number(repeat, "countMax", notes)
    if low is None:
        return None
    if high is not None and high < low:
        notes.add("countMax is below count")
        return None
    return Range(low, low if high is None else high, "{dose}")


def _bounds(repeat: Json, notes: Notes) -> Range | None:
    """The duration; a ``boundsRange`` with a high end alone is "for up to" and read by :func:`read_longest`."""
    if repeat.get("boundsDuration") is not None:
        found = read_quantity(as_dict(repeat["boundsDuration"]), notes, time=True)
        return Range(found.value, found.value, found.unit) if found else None
    bounds = as_dict(repeat.get("boundsRange"))
    if bounds.get("low") is not None:
        return read_range(bounds, notes, time=True)
    period = as_dict(repeat.get("boundsPeriod"))
    if period.get("start") and period.get("end"):
        try:
            start = date.fromisoformat(as_text(period["start"])[:10])
            end = date.fromisoformat(as_text(period["end"])[:10])
        except ValueError:
            notes.add("the dates of boundsPeriod are not read")
            return None
        # FHIR: the end of a Period is included.
        days = (end - start).days + 1
        if days > 0:
            return Range.of(days, "d")
        notes.add("boundsPeriod ends before it starts")
    return None


def read_longest(items: list[Json], notes: Notes) -> Range | None:
    """ "For up to": the extension ``longest``, or a ``boundsRange`` that has a high end only."""
    found = extension_range(items[0], "longest", notes)
    if found:
        return found
    for item in items:
        bounds = as_dict(as_dict(as_dict(item.get("timing")).get("repeat")).get("boundsRange"))
        if bounds.get("low") is None and bounds.get("high") is not None:
            high = read_quantity(as_dict(bounds["high"]), notes, time=True)
            return Range(high.value, high.value, high.unit) if high else None
    return None


def read_dose_and_rate(item: Json, notes: Notes) -> tuple[Range | None, Range | None, bool]:
    """Amount, count and whether they are per day. Two different amounts of one kind are told and neither is taken."""
    amounts: list[tuple[Range, bool]] = []
    entries = [as_dict(found) for found in as_list(item.get("doseAndRate"))]
    if not entries and ("doseQuantity" in item or "doseRange" in item):
        entries = [item]  # DSTU2 and STU3 have them on the Dosage itself
    for entry in entries:
        amounts += _entry_amounts(entry, notes)
    doses = [found for found in amounts if not is_count(found[0].unit)]
    counts = [found for found in amounts if is_count(found[0].unit)]
    for kind in (doses, counts):
        if len(set(kind)) > 1:
            notes.add("more than one dose is given: " + ", ".join(str(found[0]) for found in kind))
            kind.clear()
    dose, count = (doses[0] if doses else None), (counts[0] if counts else None)
    per_day = bool((dose or count or (None, False))[1])
    return (dose[0] if dose else None), (count[0] if count else None), per_day


def _entry_amounts(entry: Json, notes: Notes) -> list[tuple[Range, bool]]:
    found: list[tuple[Range, bool]] = []
    dose = entry.get("doseQuantity") or entry.get("doseSimpleQuantity")
    if dose:
        amount = read_quantity(as_dict(dose), notes)
        if amount:
            found.append((Range(amount.value, amount.value, amount.unit), False))
    elif entry.get("doseRange"):
        amounts = read_range(as_dict(entry["doseRange"]), notes)
        if amounts:
            found.append((amounts, False))
    rate = entry.get("rateQuantity") or entry.get("rateRange") or entry.get("rateRatio")
    if rate:
        rated = _rate(entry, notes)
        if rated and not found:
            found.append(rated)
        elif rated:
            notes.add("the rate beside the dose is not kept")
    return found


def _of_the_day(quantity: Json) -> Json:
    """``mg/d`` as ``mg``: the amount of one day."""
    return {**quantity, "code": as_text(quantity.get("code")).removesuffix("/d"), "unit": ""}


def _rate(entry: Json, notes: Notes) -> tuple[Range, bool] | None:
    """A rate: per day it is a daily total; per hour or minute an infusion's."""
    if entry.get("rateRatio"):
        ratio = as_dict(entry["rateRatio"])
        top = read_quantity(as_dict(ratio.get("numerator")), notes)
        under = read_quantity(as_dict(ratio.get("denominator")), notes, time=True)
        if top is None or under is None:
            return None
        if Period(under.value, under.unit).is_day:
            return Range(top.value, top.value, top.unit), True
        unit = read_unit(f"{top.unit}/{under.unit}", "", "")
        if under.value != 1 or unit is None:
            notes.add(f"the rate is not read: {top.value} {top.unit} per {under.value} {under.unit}")
            return None
        return Range(top.value, top.value, unit), False
    quantity = entry.get("rateQuantity")
    raw = as_dict(quantity or entry.get("rateRange"))
    per_day = as_text(raw.get("code") if quantity else as_dict(raw.get("high")).get("code")).endswith("/d")
    if per_day:
        raw = (
            _of_the_day(raw)
            if quantity
            else {name: _of_the_day(as_dict(raw[name])) for name in ("low", "high") if raw.get(name)}
        )
    if quantity:
        amount = read_quantity(raw, notes)
        return (Range(amount.value, amount.value, amount.unit), per_day) if amount else None
    amounts = read_range(raw, notes)
    return (amounts, per_day) if amounts else None
