"""A :class:`~doseref.dosage.model.Dosage` as a plain-English reading that the grammar reads back.

Every phrase here is one that ``doseref.dosage.parse`` understands, so parse → English → parse gives the
same model (apart from text, status and problems). Numbers and units are written as people are told to
write them: ``mcg``, ``units``, thousands commas, a leading zero, no trailing zeros, "to" for a range.
"""

from __future__ import annotations

from doseref import units
from doseref.dosage.model import Dosage, Maximum, Option, Phase, Step, Strength, Target, Times
from doseref.dosage.phrases import (
    RELEASE_PHRASES,
    ROUTE_PHRASES,
    WEEKDAYS,
    WHEN_PHRASES,
    amount,
    cycle_phrase,
    doses_phrase,
    length_phrase,
    listed,
    number,
    period_phrase,
    times_phrase,
)
from doseref.quantities import Range

_DROPS = {"ophthalmic": "eye drops", "otic": "ear drops", "nasal": "nasal drops"}
"""The form of drops by its route: "drops" alone would be counted."""
_EVERY_OTHER_DAY = "every 2 days"
_MEALS = frozenset(("C", "AC", "PC"))


def english(dosage: Dosage) -> str:
    """The whole reading as one line; ``""`` where nothing was read."""
    parts = [english_phases(dosage)] if dosage.phases else []
    if dosage.target:
        target = english_target(dosage.target)
        if _stepped_to_target(dosage):
            # The last step says where it ends already; the rest of the target goes on from there.
            parts[0] += target.removeprefix(f"titrate to {amount(target_range(dosage.target))}")
        else:
            parts.append(target)
    if dosage.longest:
        parts.append(f"for up to {amount(dosage.longest)}")
    parts += [english_maximum(maximum) for maximum in dosage.maximum]
    return "; ".join(part for part in parts if part)


def english_phases(dosage: Dosage) -> str:
    """The phases: "and" joins those taken together, "then" those that follow."""
    if dosage.by_turns:
        one, other = (" or ".join(_option(each) for each in phase.options) for phase in dosage.phases)
        return f"{one} and {other.replace(f' {_EVERY_OTHER_DAY}', '')} on the other days"
    text = ""
    previous: Phase | None = None
    for phase in dosage.phases:
        if previous:
            text += _joined(previous, phase) if phase.sequence == previous.sequence else ", then "
        part = english_phase(phase)
        if previous and phase.sequence == previous.sequence and (verb := _same_method(previous, phase)):
            part = part.removeprefix(f"{verb} ")  # "take 650 mg every 6 hours and 650 mg at bedtime"
        text += part
        previous = phase
    return text


def _same_method(before: Phase, phase: Phase) -> str | None:
    """The method of two phases taken together where each has regular times of its own, said once."""
    one, other = before.options[-1], phase.options[0]
    return one.method if one.method == other.method and (one.every or one.times) and other.when else None


def _joined(before: Phase, phase: Phase) -> str:
    """ "and": two single doses would be read as one after the other, where they are of the same day."""
    single = all(
        option.doses_total and not (option.times or option.every or option.when or option.at)
        for option in (*before.options, *phase.options)
    )
    return " and on the same day " if single else " and "


def english_phase(phase: Phase) -> str:
    """One phase: its alternatives joined by "or", its days and its steps."""
    text = " or ".join(_option(option) for option in phase.options)
    if phase.from_day is not None and phase.to_day is not None:
        days = f"day {phase.from_day}" if phase.from_day == phase.to_day else f"days {phase.from_day} to {phase.to_day}"
        text += f" on {days}"
    elif phase.from_day is not None:
        text += f" day {phase.from_day} onwards"
    elif phase.to_day is not None:
        text += f" until day {phase.to_day}"
    if phase.step:
        text += f", {_step(phase.step)}"
    return text.strip(" ,")


def english_option(option: Option, phase: Phase) -> str:
    """One alternative of a phase with the phase's days and steps."""
    return english_phase(Phase(phase.sequence, (option,), phase.from_day, phase.to_day, phase.step))


def english_target(target: Target) -> str:
    """Where a titration ends: "titrate to 900 to 1,800 mg per day"."""
    text = f"titrate to {amount(target_range(target))}"
    if target.per_day:
        text += " per day"
    times = target.times
    if times and target.per_day and times.period == 1 and times.unit == "d" and times.low > 1:
        parts = number(times.low) if times.low == times.high else f"{number(times.low)} to {number(times.high)}"
        return f"{text} in {parts} divided doses"  # "1,800 mg per day 3 times a day" may be 5,400 mg
    if target.times:
        text += f" {times_phrase(target.times)}"
    return text


def target_range(target: Target) -> Range:
    """The amount that a titration is to end at, per day or per administration as the target says."""
    return Range(target.low, target.high, target.unit)


def _stepped_to_target(dosage: Dosage) -> bool:
    """Whether the last phase's text ends with a step to the very amount of the target."""
    step = dosage.phases[-1].step if dosage.phases else None
    return bool(step and step.to and dosage.target and step.change and step.to == target_range(dosage.target))


def english_maximum(maximum: Maximum) -> str:
    """A stated maximum: "maximum 3,000 mg of acetaminophen per 24 hours", "maximum 2 tablets per dose"."""
    text = f"maximum {maximum.substance} " if maximum.substance else "maximum "
    text += amount(Range(maximum.amount, maximum.amount, maximum.unit))
    return f"{text} per {period_phrase(maximum.per) if maximum.per else 'dose'}"


def _option(option: Option) -> str:
    needed = _as_needed(option)
    waits = " if " in f" {needed}"  # a condition reaches to the end of its clause
    parts = [
        option.method or "",
        _how_much(option),
        f"({RELEASE_PHRASES[option.release]})" if option.release else "",
        ROUTE_PHRASES.get(option.route, option.route) if option.route else "",
        _site(option) if option.site else "",
        *_how_often(option),
        "" if waits else needed,
        f"for {amount(option.duration)}" if option.duration else "",
        doses_phrase(option.doses_total) if option.doses_total else "",
        cycle_phrase(option.cycle) if option.cycle else "",
        f"until {option.until}" if option.until else "",
        needed if waits else "",
    ]
    return " ".join(part for part in parts if part)


def _site(option: Option) -> str:
    """ "to the left knee", "into the left eye"; "to the skin" alone would be a route."""
    into = option.site == "skin" or (option.route not in (None, "topical", "transdermal"))
    the = "" if option.site and option.site.startswith(("each ", "both ")) else "the "
    return f"{'into' if into else 'to'} {the}{option.site}"


def _how_much(option: Option) -> str:
    """Count, strengths and dose: "2 tablets of 500 mg", "10 mL of 160 mg per 5 mL", "500 mg"."""
    strengths = _strengths(option.strengths)
    count = ""
    if option.count:
        count = amount(option.count) if option.strengths else _count(option.count)
    dose = amount(option.dose) if option.dose else ""
    form = _DROPS.get(option.route or "", "oral drops") if option.form == "drops" else option.form or ""
    if option.count and form == option.count.unit.strip("{}"):
        form = ""
    text = " ".join(part for part in (count or dose, form) if part)
    counted = (
        option.count is not None and option.count.unit == "{dose}" and option.count.single and not dose and not form
    )
    if counted and option.count and len(option.strengths) == 1 and not option.strengths[0].per:
        text = f"{number(option.count.high)} x {strengths}"  # "2 doses of 10 mg" would be how often
    elif (
        strengths
        and dose
        and not count
        and all(
            strength.per is None and units.convertible(strength.unit, option.dose.unit)
            for strength in option.strengths
            if option.dose
        )
    ):
        text = f"{strengths}: {text}"
    elif strengths and (count or dose):
        text += f" of {strengths}"
    elif strengths:
        # Without how much is taken, a bare amount would be the dose.
        word = "strength " if len(option.strengths) == 1 else "strengths " if _like_doses(option.strengths) else ""
        text = f"{strengths} {word}{form}".strip()
    if count and dose:
        # One tablet with a bracketed amount is a strength to the grammar: "total" makes it the dose.
        text += f" ({dose} total)" if option.count and option.count.single and option.count.low == 1 else f" ({dose})"
    if option.per_day:
        # "6 tablets per day" may be meant as once a day: a count that is a total says that it is divided.
        text += " per day in divided doses" if count and not dose and not option.times else " per day"
    return text


def _like_doses(strengths: tuple[Strength, ...]) -> bool:
    """Whether two strengths could be taken for two doses: the second is as much as the first, or twice it."""
    if len(strengths) != 2 or any(strength.substance or strength.per for strength in strengths):
        return False
    first, second = strengths
    return first.unit == second.unit and second.amount in (first.amount, 2 * first.amount)


def _count(count: Range) -> str:
    """ "2 tablets"; a count without a unit in the text is a bare number, as in the text."""
    if count.unit != "{dose}":
        return amount(count)
    return number(count.high) if count.single else f"{number(count.low)} to {number(count.high)}"


def _strengths(strengths: tuple[Strength, ...]) -> str:
    """ "5 mg / 325 mg"; of a liquid "7.5/325 mg per 15 mL"."""
    per = strengths[0].per if strengths else None
    if len(strengths) > 1 and per and len({(s.unit, s.per, s.substance) for s in strengths}) == 1:
        amounts = "/".join(number(strength.amount) for strength in strengths)
        unit = units.printed(strengths[0].unit, plural=False)
        return f"{amounts} {unit} per {number(per[0])} {units.printed(per[1], plural=False)}"
    return " / ".join(_strength(strength) for strength in strengths)


def _strength(strength: Strength) -> str:
    text = amount(Range(strength.amount, strength.amount, strength.unit))
    if strength.substance:
        text = f"{strength.substance} {text}"
    if strength.per:
        value, unit = strength.per
        text += f"/{number(value)} {units.printed(unit, plural=False)}"
    return text


def _how_often(option: Option) -> list[str]:
    """Times, interval, parts of the day, clock times, weekdays."""
    parts: list[str] = []
    if option.times:
        parts.append(
            _divided(option.times)
            if option.per_day and option.times.period == 1 and option.times.unit == "d"
            else times_phrase(option.times)
        )
    if option.every:
        every = f"every {length_phrase(option.every)}"
        parts.append(f"({every})" if option.times else every)
    if option.when:
        # "3 times a day after meals and at bedtime" is four times to the grammar: with a frequency, commas.
        commas = bool(option.times or option.every)
        parts.append(", ".join(WHEN_PHRASES[code] for code in option.when) if commas else _at(option.when))
    if option.at:
        parts.append(f"at {listed(list(option.at))}")
    if option.days:
        parts.append(f"on {listed([WEEKDAYS[day] for day in option.days])}")
    return parts


def _at(when: tuple[str, ...]) -> str:
    """ "in the morning and at bedtime", "at bedtime after meals": an "and" before the meals would be one more dose."""
    named = [WHEN_PHRASES[code] for code in when if code not in _MEALS]
    meals = [WHEN_PHRASES[code] for code in when if code in _MEALS]
    return " ".join(listed(each) for each in (named, meals) if each)


def _divided(times: Times) -> str:
    return (
        f"in {number(times.high) if times.low == times.high else f'{number(times.low)} to {number(times.high)}'} "
        "divided doses"
    )


def _as_needed(option: Option) -> str:
    reason = f"for {option.prn_for}" if option.prn_for else ""
    if reason.startswith("for if "):  # "if oral fails" is a condition, no complaint
        reason = reason.removeprefix("for ")
    return " ".join(filter(None, ("as needed" if option.prn else "", reason)))


def _step(step: Step) -> str:
    """ "decrease by 10 mg every 3 days to 5 mg"; "tapering to 5 mg" where the steps are not told."""
    if step.direction == "down" and not step.change and not step.every:
        return f"tapering to {amount(step.to)}" if step.to else "tapering"
    parts = ["decrease" if step.direction == "down" else "increase"]
    if step.change:
        parts.append(f"by {amount(step.change)}")
    if step.every:
        parts.append(f"every {period_phrase(step.every)}")
    if step.to:
        parts.append(f"to {amount(step.to)}")
    return " ".join(parts)
