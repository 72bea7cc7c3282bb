"""How many times of day an instruction names: day parts and clock times, each once."""

from __future__ import annotations

GENERAL_MEALS = frozenset({"C", "AC", "PC"})
_SAME_MOMENT: dict[str, frozenset[str]] = {
    "MORN": frozenset({"ACM", "CM", "PCM"}),
    "NOON": frozenset({"ACD", "CD", "PCD"}),
    "EVE": frozenset({"ACV", "CV", "PCV"}),
    "NIGHT": frozenset({"HS"}),
}
"""A day part and the codes that only say more exactly when in it."""
_PARTS = frozenset(("MORN", "NOON", "EVE", "NIGHT"))
"""Parts of the day: where two or more stand beside meals in general, they are the moments."""
_HOURS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("WAKE", "MORN", "ACM", "CM", "PCM"), (4, 12)),
    **dict.fromkeys(("NOON", "ACD", "CD", "PCD"), (11, 15)),
    "AFT": (12, 19),
    **dict.fromkeys(("ACV", "EVE", "CV", "PCV"), (16, 23)),
    **dict.fromkeys(("NIGHT", "HS"), (19, 29)),
}
"""Day part → the hours (from, before; over 24: of the next morning) in which a clock time may be that very moment."""


_MEAL_OF = {"MORN": "M", "NOON": "D", "EVE": "V", "NIGHT": "V"}
"""Part of the day → letter of the meal that is eaten in it."""


def meal_of_part(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    """The code of "in the morning before food": the meal of that part of the day;
    ``None`` for anything but one of each.
    """
    if len(one) != 1 or len(other) != 1:
        return None
    part, meal_code = (one[0], other[0]) if other[0] in GENERAL_MEALS else (other[0], one[0])
    letter = _MEAL_OF.get(part)
    return meal_code + letter if letter and meal_code in GENERAL_MEALS and meal_code != "C" else None


def moments(when: tuple[str, ...]) -> tuple[str, ...]:
    """The moments of a day that event-timing codes name, one code each; empty where they leave it open how many.

    A day part beside a meal of that part is one moment ("every morning before breakfast"). "Before meals and at
    bedtime" is the meals, however many, and the bedtime: that leaves it open. "At bedtime with food" does not, nor
    does "morning, noon and night after food" (1-1-1).
    """
    codes = set(when)
    named = [code for code in when if code not in GENERAL_MEALS and not codes & _SAME_MOMENT.get(code, frozenset())]
    open_count = codes & {"AC", "PC"} and not (len(named) > 1 and _PARTS.issuperset(named))
    return () if named and open_count else tuple(named)


def apart(at: tuple[str, ...], when: tuple[str, ...]) -> tuple[str, ...]:
    """The moments that no clock time is: of "at 8 am, noon and bedtime" noon and bedtime,
    of "every morning at 8 am" none.
    """
    left = list(at)
    found = []
    for code in moments(when):
        same = next((clock for clock in left if _is_moment(clock, code)), None)
        if same is None:
            found.append(code)
        else:
            left.remove(same)
    return tuple(found)


def occasions(at: tuple[str, ...], when: tuple[str, ...]) -> tuple[int, int] | None:
    """Fewest and most times of day that are named; ``None`` where none is.

    Where a day part stands beside several clock times, one of which falls into it ("6 pm, 9 pm and bedtime"), it is
    open whether that is the same dose.
    """
    codes = moments(when)
    if not at:
        return (len(codes), len(codes)) if codes else None
    least = len(at) + len(apart(at, when))
    most = len(at) + len(codes)
    return (least, most) if len(at) > max(1, len(codes)) else (least, least)


def _is_moment(clock: str, code: str) -> bool:
    first, end = _HOURS.get(code, (0, 0))
    hour = int(clock[:2])
    return first <= hour < end or first <= hour + 24 < end
