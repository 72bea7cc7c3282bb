"""What a text and the fields beside it both say of one dose: the same, the one within the other, or two things.

Meanings are compared, not words: "2 QDS" beside 2 tablets four times a day is one thing. Of two that agree the wider
one stands, so that what either of them allows is judged.
"""

from __future__ import annotations

from collections.abc import Callable

from doseref.dosage.model import Maximum, Option
from doseref.dosage.rates import rate
from doseref.quantities import Range
from doseref.records import replace
from doseref.units import convert, convertible

BARE = "{dose}"
"""The unit of a count that names none: "2 QDS"."""


def wider(one: Range, other: Range) -> Range | None:
    """The one of two amounts that holds the other, in its own unit; ``None`` where neither does, or units do not meet.

    A bare count is of what the other one counts, and takes its unit.
    """
    if one.unit != other.unit:
        if BARE in (one.unit, other.unit) and one.unit[:1] == other.unit[:1] == "{":
            unit = other.unit if one.unit == BARE else one.unit
            one, other = (Range(each.low, each.high, unit) for each in (one, other))
        elif not convertible(one.unit, other.unit):
            return None
    low, high = (convert(end, other.unit, one.unit) for end in (other.low, other.high))
    if one.low <= low and high <= one.high:
        return one
    return other if low <= one.low and one.high <= high else None


def comparable(one: Range | None, other: Range | None) -> bool:
    """Whether two amounts can be held against each other: tablets and mg cannot."""
    if one is None or other is None:
        return False
    return convertible(one.unit, other.unit) or (
        BARE in (one.unit, other.unit) and one.unit[:1] == other.unit[:1] == "{"
    )


def doses_meet(have: Option, said: Option, strength: Range | None) -> bool | None:
    """Whether two doses can be one: mass with mass, count with count, a count times the ``strength`` with a mass, a
    total per day with what one administration makes in a day. A range that holds the other agrees with it.

    ``None`` where a count stands beside a mass and no strength is known.
    """
    if have.per_day != said.per_day:
        total, each = (have, said) if have.per_day else (said, have)
        per_day = _in_a_day(each)
        if per_day is None:
            return False if have.dose and said.dose else None
        return doses_meet(replace(total, per_day=False), per_day, strength)
    return one_dose(have, said, strength, lambda one, other: wider(one, other) is not None)


def one_dose(have: Option, said: Option, strength: Range | None, alike: Callable[[Range, Range], bool]) -> bool | None:
    """Whether two doses are one, as ``alike`` says of two amounts: mass against mass, count against count, a count
    times the ``strength`` against a mass.

    ``None`` where a count stands against a mass and no strength is known, so that nobody can tell.
    """
    if have.count and said.count and not alike(have.count, said.count):
        return False
    if have.dose and said.dose:
        return alike(have.dose, said.dose)
    if have.count and said.count:
        return True
    count, mass = (have.count, said.dose) if have.count else (said.count, have.dose)
    own = [each for each in (*have.strengths, *said.strengths) if each.per is None]
    if len(own) == 1:
        strength = Range(own[0].amount, own[0].amount, own[0].unit)
    if count is None or mass is None or strength is None:
        return None
    return alike(Range(count.low * strength.low, count.high * strength.high, strength.unit), mass)


def _in_a_day(option: Option) -> Option | None:
    """The option with what its administrations make in a day; ``None`` where it is not said to be taken daily."""
    found = rate(option)
    if found is None or not found.per.is_day:
        return None
    dose, count = (amount and amount.scaled(found.low, found.high) for amount in (option.dose, option.count))
    return replace(option, dose=dose, count=count)


def oftener(have: Option, said: Option) -> Option | None:
    """The one of two options whose rate holds the other's (every 4 to 6 hours holds 4 times a day); ``None`` where
    neither does. Where one of them says no rate, ``have``.

    As needed, "up to 4 times a day" and "4 times a day" are one thing.
    """
    first, second = rate(replace(have, per_day=False)), rate(replace(said, per_day=False))
    if first is None or second is None:
        return have
    if first.per != second.per:
        return None
    if first.low <= second.low and second.high <= first.high:
        return have
    if second.low <= first.low and first.high <= second.high:
        return said
    return None


def larger_of(one: tuple[Maximum, ...], other: tuple[Maximum, ...]) -> tuple[tuple[Maximum, ...], bool]:
    """All maxima of both; of two that are about the same and differ the larger, and whether there were such."""
    kept = list(one)
    differ = False
    for each in other:
        same = next((n for n, known in enumerate(kept) if _about_the_same(known, each)), None)
        if same is None:
            kept.append(each)
            continue
        mine, theirs = (Range(top.amount, top.amount, top.unit) for top in (kept[same], each))
        if wider(mine, theirs) is None:
            differ = True
            unit = kept[same].unit
            theirs_there = convert(each.amount, each.unit, unit) if convertible(each.unit, unit) else each.amount
            kept[same] = each if theirs_there > kept[same].amount else kept[same]
    return tuple(kept), differ


def _about_the_same(one: Maximum, other: Maximum) -> bool:
    """Whether two maxima are per the same, of the same, and in units that meet."""
    per = (one.per.usual() if one.per else None), (other.per.usual() if other.per else None)
    ranges = (Range(each.amount, each.amount, each.unit) for each in (one, other))
    return per[0] == per[1] and one.substance == other.substance and comparable(*ranges)
