"""FHIR ``Dosage`` objects (R4 and R5, this project's own and other systems') as a :class:`~doseref.dosage.model.Dosage`.

Structured fields are read first; the free text is parsed only where nothing structured says how much
or how often, and then fills what is missing. What cannot be read is a :class:`Problem`, never a guess,
and any JSON gives a Dosage, never a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from doseref.dosage.fhir_quantity import Notes, as_dict, as_list, as_text, read_number, read_quantity, read_range, read_unit
from doseref.dosage.fhir_terms import (
    BASE,
    GTS,
    ROUTE_CODES,
    ROUTE_WORDS,
    TIMING_CODES,
    WHEN_SYNONYMS,
    is_count,
)
from doseref.dosage.model import (
    RELEASES,
    ROUTES,
    WHEN_ORDER,
    Cycle,
    Dosage,
    Maximum,
    Option,
    Phase,
    Problem,
    Status,
    Step,
    Strength,
    Target,
    Times,
)
from doseref.quantities import Period, Range
from doseref.units import TIME_WORDS

Json = dict[str, Any]
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def from_fhir(resources: Iterable[Any]) -> Dosage:
    """The Dosage that a list of FHIR ``Dosage`` objects says, taken together.

    Objects of one ``sequence`` (or without any) are taken together, others one after the other. Unread
    parts are in ``problems``; their places are offsets into ``text``, the whole of it where FHIR gives none.
    """
    items = [as_dict(resource) for resource in resources]
    if not items:
        return Dosage("", "unread")
    first = items[0]
    own = _extensions(first, "status")
    text = as_text(next(iter(_extensions(first, "source-text")), {}).get("valueString"))
    if not text:
        text = " ".join(found for found in (_words(item) for item in items) if found)
    notes = Notes()
    phases = _phases(items, notes)
    found = Dosage(
        text,
        "read",
        phases,
        _target(first, notes),
        _maxima(items, notes),
        _longest(items, notes),
    )
    if own:
        return _with_own_status(found, first, str(own[0].get("valueCode")), notes)
    return _foreign(found, items, notes)


def _with_own_status(found: Dosage, first: Json, status: str, notes: Notes) -> Dosage:
    """This project's own resource: status and problems are the parser's, as written."""
    known: dict[str, Status] = {"read": "read", "partly-read": "partly-read", "unread": "unread"}
    problems = []
    for extension in _extensions(first, "problem"):
        part = _parts(extension)
        start, end = part.get("start", {}).get("valueInteger"), part.get("end", {}).get("valueInteger")
        problems.append(
            Problem(
                as_text(part.get("message", {}).get("valueString")),
                start if isinstance(start, int) else 0,
                end if isinstance(end, int) else len(found.text),
                as_text(part.get("kind", {}).get("valueCode")) or "unread",
            )
        )
    problems += [Problem(message, 0, len(found.text)) for message in notes.messages]
    kept = known.get(status, "partly-read")
    if notes.messages and kept == "read":
        kept = "partly-read"
    return replace(found, status=kept, problems=tuple(problems))


def _foreign(found: Dosage, items: list[Json], notes: Notes) -> Dosage:
    """Another system's resource: judged by what was read, with the free text filling the gaps."""
    if not any(_tells(option) for option in found.options) and not found.maximum:
        return _from_text(found, notes)
    for item in items:
        for instruction in as_list(item.get("additionalInstruction")):
            found = _with_instruction(found, _concept_text(as_dict(instruction)), notes)
    if len(items) == 1 and found.text:
        found = _filled(found, notes)
    problems = tuple(Problem(message, 0, len(found.text)) for message in notes.messages)
    return replace(found, status="partly-read" if problems else "read", problems=(*found.problems, *problems))


def _tells(option: Option) -> bool:
    """Whether the option says how much or how often."""
    return any((option.dose, option.count, option.times, option.every, option.when, option.at, option.days))


def _from_text(found: Dosage, notes: Notes) -> Dosage:
    """Nothing structured: the reading of the text, with the problems of the structure added."""
    from doseref.dosage.parse import parse

    read = parse(found.text)
    if not notes.messages:
        return read
    more = tuple(Problem(message, 0, len(found.text)) for message in notes.messages)
    status: Status = "partly-read" if read.status == "read" else read.status
    return replace(read, status=status, problems=(*read.problems, *more))


def _filled(found: Dosage, notes: Notes) -> Dosage:
    """The structured reading with what only the text says; where both speak and differ, a problem and no change."""
    from doseref.dosage.parse import parse

    read = parse(found.text)
    if read.status == "unread" or len(read.options) != 1 or len(found.options) != 1:
        return found
    have, said = found.options[0], read.options[0]
    changes: Json = {}
    if not (have.times or have.every or have.when or have.at):
        changes |= {"times": said.times, "every": said.every, "when": said.when, "at": said.at}
    if have.dose is None and have.count is None:
        changes |= {"dose": said.dose, "count": said.count, "per_day": said.per_day}
    elif _differs(have.dose, said.dose) or _differs(have.count, said.count):
        notes.add("the text and the structured dose differ")
    if _times_differ(have, said):
        notes.add("the text and the structured timing differ")
    for name in ("strengths", "form", "release", "route", "prn_for"):
        if not getattr(have, name) and getattr(said, name):
            changes[name] = getattr(said, name)
    if said.prn:
        changes["prn"] = True
    phase = replace(found.phases[0], options=(replace(have, **changes),))
    return replace(
        found,
        phases=(phase,),
        target=found.target or read.target,
        maximum=found.maximum or read.maximum,
        longest=found.longest or (read.longest if have.duration is None else None),
    )


def _differs(have: Range | None, said: Range | None) -> bool:
    """Whether two amounts of one unit are not the same; other units are no contradiction (tablets and mg)."""
    return have is not None and said is not None and have.unit == said.unit and have != said


def _times_differ(have: Option, said: Option) -> bool:
    if have.times and said.times:
        return have.times != said.times
    return bool(have.every and said.every and have.every != said.every)


def _with_instruction(found: Dosage, words: str, notes: Notes) -> Dosage:
    """``additionalInstruction``: a maximum in it counts; other advice changes no figure and is left alone."""
    if not any(letter.isdigit() for letter in words):
        return found
    from doseref.dosage.parse import parse

    read = parse(words)
    bare = not any(_tells(option) for option in read.options)
    if read.status == "read" and bare and (read.maximum or read.longest):
        return replace(found, maximum=(*found.maximum, *read.maximum), longest=found.longest or read.longest)
    notes.add(f"instruction not read: {words}")
    return found


def _phases(items: list[Json], notes: Notes) -> tuple[Phase, ...]:
    """One phase per resource, or per run of resources that share the ``phase`` extension (alternatives)."""
    phases: list[Phase] = []
    previous: object = None
    for item in items:
        number = next((extension.get("valueInteger") for extension in _extensions(item, "phase")), None)
        option = _option(item, notes)
        if option == Option() and len(items) == 1 and "sequence" not in item:
            return ()
        if number is not None and number == previous and phases:
            phases[-1] = replace(phases[-1], options=(*phases[-1].options, option))
            continue
        previous = number
        sequence = item.get("sequence")
        step = next((_step(extension, notes) for extension in _extensions(item, "step")), None)
        phases.append(
            Phase(
                sequence if isinstance(sequence, int) and not isinstance(sequence, bool) else 1,
                (option,),
                _whole(item, "from-day"),
                _whole(item, "to-day"),
                step,
            )
        )
    phases.sort(key=lambda phase: phase.sequence)
    return tuple(phases)


def _option(item: Json, notes: Notes) -> Option:
    if item.get("modifierExtension"):
        notes.add("a modifierExtension is not understood")
    if item.get("maxDosePerLifetime"):
        notes.add("maxDosePerLifetime is not assessed")
    timing = as_dict(item.get("timing"))
    fields = _timing(item, timing, notes)
    dose, count, per_day = _dose_and_rate(item, notes)
    prn, prn_for = _as_needed(item)
    release = next((as_text(extension.get("valueCode")) for extension in _extensions(item, "release")), None)
    return Option(
        dose=dose,
        count=count,
        per_day=per_day,
        strengths=tuple(found for extension in _extensions(item, "strength") if (found := _strength(extension, notes))),
        route=_route(as_dict(item.get("route")), notes),
        form=_string(item, "form"),
        release=release if release in RELEASES else None,
        prn=prn,
        prn_for=prn_for,
        cycle=next((_cycle(extension, notes) for extension in _extensions(item, "cycle")), None),
        site=_concept_text(as_dict(item.get("site"))) or None,
        method=_concept_text(as_dict(item.get("method"))) or None,
        until=_string(item, "until"),
        **fields,
    )


def _timing(item: Json, timing: Json, notes: Notes) -> Json:
    """The option's fields that ``timing`` and the timing extensions give."""
    repeat = as_dict(timing.get("repeat"))
    times, every = _frequency(item, repeat, notes)
    at = [as_text(clock)[:5] for clock in as_list(repeat.get("timeOfDay"))]
    days = [as_text(day) for day in as_list(repeat.get("dayOfWeek"))]
    codes = [as_text(code) for code in as_list(repeat.get("when"))]
    codes += [as_text(extension.get("valueCode")) for extension in _extensions(item, "when")]
    code = as_dict(timing.get("code"))
    if code and not (times or every or codes or at):
        times, every, codes = _timing_code(code, notes)
    if repeat.get("offset"):
        notes.add(f"an offset of {repeat['offset']} minutes is not kept")
    if repeat.get("duration") is not None and not _extensions(item, "cycle"):
        notes.add("how long each administration lasts is not kept")
    events = len(as_list(timing.get("event")))
    when = {WHEN_SYNONYMS.get(found, found) for found in codes}
    for unknown in sorted(when.difference(WHEN_ORDER)):
        notes.add(f"unknown event timing {unknown}")
    for day in days:
        if day not in _DAYS:
            notes.add(f"unknown day {day}")
    total = _extension_range(item, "doses-total", notes) or _count(repeat, notes)
    return {
        "times": times,
        "every": every,
        "when": tuple(known for known in WHEN_ORDER if known in when),
        "at": tuple(clock for clock in at if _is_clock(clock, notes)),
        "days": tuple(day for day in days if day in _DAYS),
        "duration": _bounds(repeat, notes),
        "doses_total": total or (Range.of(events, "{dose}") if events else None),
    }


def _is_clock(clock: str, notes: Notes) -> bool:
    hour, _, minute = clock.partition(":")
    if hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60:
        return True
    notes.add(f"not a time of day: {clock!r}")
    return False


def _frequency(item: Json, repeat: Json, notes: Notes) -> tuple[Times | None, Range | None]:
    """``frequency``/``period`` as times per period or, for once per more than one of a unit, as an interval."""
    every = _extension_range(item, "every", notes)
    exact = next((_times(extension, notes) for extension in _extensions(item, "times")), None)
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
    if period is None or period <= 0 or unit not in TIME_WORDS or top < low or (high is not None and high < period):
        notes.add("the timing is not read")
        return None, every
    marked = next((as_text(extension.get("valueCode")) for extension in _extensions(item, "reads-as")), "")
    interval = low == top == 1 and (period != 1 or unit == "h" or high is not None)
    if marked == "every" or (interval and marked != "times" and every is None):
        return None, Range(period, period if high is None else high, unit)
    if period == 24 and unit == "h" and high is None and marked != "times" and not _extensions(item, "status"):
        period, unit = Decimal(1), "d"
    return Times(low, top, period, unit, high), every


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
    words = _concept_text(code)
    from doseref.dosage.parse import parse

    read = parse(words)
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
    """The duration; a ``boundsRange`` with a high end alone is "for up to" and read by :func:`_longest`."""
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


def _longest(items: list[Json], notes: Notes) -> Range | None:
    found = _extension_range(items[0], "longest", notes)
    if found:
        return found
    for item in items:
        bounds = as_dict(as_dict(as_dict(item.get("timing")).get("repeat")).get("boundsRange"))
        if bounds.get("low") is None and bounds.get("high") is not None:
            high = read_quantity(as_dict(bounds["high"]), notes, time=True)
            return Range(high.value, high.value, high.unit) if high else None
    return None


def _dose_and_rate(item: Json, notes: Notes) -> tuple[Range | None, Range | None, bool]:
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


def _rate(entry: Json, notes: Notes) -> tuple[Range, bool] | None:
    """A rate: per day it is a daily total; per hour or minute an infusion's."""
    if entry.get("rateRatio"):
        ratio = as_dict(entry["rateRatio"])
        top = read_quantity(as_dict(ratio.get("numerator")), notes)
        under = read_quantity(as_dict(ratio.get("denominator")), notes, time=True)
        if top is None or under is None:
            return None
        if under.unit == "d" and under.value == 1 or under.unit == "h" and under.value == 24:
            return Range(top.value, top.value, top.unit), True
        unit = read_unit(f"{top.unit}/{under.unit}", "", "")
        if under.value != 1 or unit is None:
            notes.add(f"the rate is not read: {top.value} {top.unit} per {under.value} {under.unit}")
            return None
        return Range(top.value, top.value, unit), False
    quantity = entry.get("rateQuantity")
    raw = as_dict(quantity or entry.get("rateRange"))
    ends = [as_dict(raw)] if quantity else [as_dict(raw.get("low")), as_dict(raw.get("high"))]
    per_day = bool(ends) and all(as_text(end.get("code")).endswith("/d") for end in ends if end)
    if per_day:
        ends = [{**end, "code": as_text(end.get("code"))[:-2], "unit": ""} for end in ends if end]
        raw = ends[0] if quantity else {"low": ends[0], "high": ends[-1]}
    if quantity:
        amount = read_quantity(raw, notes)
        return (Range(amount.value, amount.value, amount.unit), per_day) if amount else None
    amounts = read_range(raw, notes)
    return (amounts, per_day) if amounts else None


def _as_needed(item: Json) -> tuple[bool, str | None]:
    reasons = [_concept_text(as_dict(reason)) for reason in as_list(item.get("asNeededFor"))]
    reasons.append(_concept_text(as_dict(item.get("asNeededCodeableConcept"))))
    words = " or ".join(reason for reason in reasons if reason)
    asked = item.get("asNeeded") is True or item.get("asNeededBoolean") is True
    return asked or bool(words) or "asNeededCodeableConcept" in item, words or None


def _route(concept: Json, notes: Notes) -> str | None:
    if not concept:
        return None
    words = [as_text(concept.get("text"))]
    for coding in (as_dict(found) for found in as_list(concept.get("coding"))):
        known = ROUTE_CODES.get(as_text(coding.get("code")))
        if known:
            return known
        words.append(as_text(coding.get("display")))
    for word in words:
        plain = word.lower().removesuffix(" route").removesuffix(" use").strip()
        if plain in ROUTES:
            return plain
        if plain in ROUTE_WORDS:
            return ROUTE_WORDS[plain]
    notes.add(f"unknown route {next((word for word in words if word), '(a code without words)')}")
    return None


def _maxima(items: list[Json], notes: Notes) -> tuple[Maximum, ...]:
    listed = [_maximum(extension, notes) for extension in _extensions(items[0], "maximum")]
    if listed:
        return tuple(found for found in listed if found)
    found: list[Maximum] = []
    for item in items:
        for ratio in (as_dict(entry) for entry in as_list(item.get("maxDosePerPeriod"))):
            top = read_quantity(as_dict(ratio.get("numerator")), notes)
            under = read_quantity(as_dict(ratio.get("denominator")), notes, time=True)
            if top and under and under.value > 0:
                found.append(Maximum(top.value, top.unit, Period(under.value, under.unit)))
            else:
                notes.add("a maxDosePerPeriod is not read")
        if item.get("maxDosePerAdministration"):
            amount = read_quantity(as_dict(item["maxDosePerAdministration"]), notes)
            if amount:
                found.append(Maximum(amount.value, amount.unit, None))
    return tuple(dict.fromkeys(found))


def _maximum(extension: Json, notes: Notes) -> Maximum | None:
    part = _parts(extension)
    amount = read_quantity(as_dict(part.get("amount", {}).get("valueQuantity")), notes)
    if amount is None:
        return None
    per = None
    if "per" in part:
        length = read_quantity(as_dict(part["per"].get("valueQuantity")), notes, time=True)
        if length is None:
            return None
        per = Period(length.value, length.unit)
    return Maximum(amount.value, amount.unit, per, as_text(part.get("substance", {}).get("valueString")) or None)


def _strength(extension: Json, notes: Notes) -> Strength | None:
    part = _parts(extension)
    substance = as_text(part.get("substance", {}).get("valueString")) or None
    value = part.get("amount", {})
    ratio = as_dict(value.get("valueRatio"))
    amount = read_quantity(as_dict(ratio.get("numerator") or value.get("valueQuantity")), notes)
    if amount is None:
        return None
    under = read_quantity(as_dict(ratio.get("denominator")), notes) if ratio else None
    return Strength(amount.value, amount.unit, substance, (under.value, under.unit) if under else None)


def _step(extension: Json, notes: Notes) -> Step:
    part = _parts(extension)
    every = None
    if "every" in part:
        length = read_quantity(as_dict(part["every"].get("valueQuantity")), notes, time=True)
        every = Period(length.value, length.unit) if length else None
    up = part.get("direction", {}).get("valueCode") == "up"
    return Step(
        _value_range(part.get("change", {}), notes), every, _value_range(part.get("to", {}), notes), "up" if up else "down"
    )


def _cycle(extension: Json, notes: Notes) -> Cycle | None:
    part = _parts(extension)
    on = read_quantity(as_dict(part.get("on", {}).get("valueQuantity")), notes, time=True)
    off = read_quantity(as_dict(part.get("off", {}).get("valueQuantity")), notes, time=True)
    return Cycle(on.value, off.value, on.unit) if on and off else None


def _target(first: Json, notes: Notes) -> Target | None:
    for extension in _extensions(first, "target"):
        part = _parts(extension)
        amount = _value_range(part.get("amount", {}), notes)
        if amount:
            per_day = part.get("per-day", {}).get("valueBoolean") is True
            times = _times(part["times"], notes) if "times" in part else None
            return Target(amount.low, amount.high, amount.unit, per_day, times)
    return None


def _times(extension: Json, notes: Notes) -> Times | None:
    part = _parts(extension)
    low = read_number(part.get("low", {}), "valueDecimal", notes)
    high = read_number(part.get("high", {}), "valueDecimal", notes)
    period = read_quantity(as_dict(part.get("period", {}).get("valueQuantity")), notes, time=True)
    longer = as_dict(part.get("period-max", {}).get("valueQuantity"))
    period_high = read_quantity(longer, notes, time=True) if longer else None
    if low is None or high is None or period is None:
        return None
    return Times(low, high, period.value, period.unit, period_high.value if period_high else None)


def _extension_range(item: Json, name: str, notes: Notes) -> Range | None:
    return next((_value_range(extension, notes) for extension in _extensions(item, name)), None)


def _value_range(holder: Json, notes: Notes) -> Range | None:
    """``valueQuantity`` or ``valueRange`` of an extension, in any unit."""
    if holder.get("valueQuantity"):
        code = as_text(as_dict(holder["valueQuantity"]).get("code"))
        found = read_quantity(as_dict(holder["valueQuantity"]), notes, time=code in TIME_WORDS)
        return Range(found.value, found.value, found.unit) if found else None
    if holder.get("valueRange"):
        ends = as_dict(holder["valueRange"])
        code = as_text(as_dict(ends.get("high")).get("code"))
        return read_range(ends, notes, time=code in TIME_WORDS)
    return None


def _extensions(item: Json, name: str) -> list[Json]:
    """The extensions of ``item`` with this project's url ``name``, in order."""
    url = BASE + name
    return [found for found in map(as_dict, as_list(item.get("extension"))) if found.get("url") == url]


def _parts(extension: Json) -> dict[str, Json]:
    """The parts of a complex extension by their url."""
    return {as_text(part.get("url")): part for part in map(as_dict, as_list(extension.get("extension")))}


def _string(item: Json, name: str) -> str | None:
    return next((as_text(extension.get("valueString")) for extension in _extensions(item, name)), None)


def _whole(item: Json, name: str) -> int | None:
    found = next((extension.get("valueInteger") for extension in _extensions(item, name)), None)
    return found if isinstance(found, int) else None


def _words(item: Json) -> str:
    """The free text of one resource."""
    return as_text(item.get("text")) or as_text(item.get("patientInstruction"))


def _concept_text(concept: Json) -> str:
    """``text`` of a CodeableConcept, else the first display, else ``""``. R5's ``asNeededFor`` and ``method`` are such."""
    if as_text(concept.get("text")):
        return as_text(concept["text"])
    return next((as_text(as_dict(coding).get("display")) for coding in as_list(concept.get("coding")) if as_dict(coding).get("display")), "")
