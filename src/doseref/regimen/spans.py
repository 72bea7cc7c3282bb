"""The days of a course: which limit decides on which of them, and what a limit of the first days says of the rest.

A label may give more at the beginning ("8 g for the first 72 hours, then about 4 g") or less. Days count from 1, the
first day of taking it; an open end is ``None``. What holds on the first days only never makes the days after them
"within".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from doseref.limits import Limit
from doseref.regimen.model import Exposure

T = TypeVar("T")
DaySpan = tuple[int, int | None]


def widest(limits: Iterable[Limit]) -> dict[str, DaySpan]:
    """With the indication unknown, the highest of a drug's label limits decides, on each day; the narrower ones are
    told.

    A limit for an age group or kidney function that fits decides before those for adults in general. Statement ids with
    the first and last day on which they decide.
    """
    groups: dict[tuple[str, str], list[Limit]] = {}
    for limit in limits:
        groups.setdefault((limit.route, limit.unit), []).append(limit)
    found: dict[str, DaySpan] = {}
    for group in groups.values():
        for first, last, speaking in _segments([(limit, limit) for limit in group], 1, None):
            best = max(speaking, key=lambda limit: (limit.special, limit.amount or 0))
            known = found.get(best.statement)
            found[best.statement] = (known[0], last) if known else (first, last)
    return found


def joined(spans: Iterable[DaySpan]) -> DaySpan:
    """The days from the first to the last of several spans."""
    known = list(spans)
    ends = [last for _, last in known if last is not None]
    return min(first for first, _ in known), max(ends) if len(ends) == len(known) else None


def by_days(known: list[tuple[Limit, T]], exposure: Exposure) -> Iterator[list[T]]:
    """What belongs to limits (an allowed dose, an interval), by the stretches of an exposure's days on which the same
    limits speak.
    """
    for _, _, speaking in _segments(known, exposure.from_day, exposure.to_day):
        yield speaking


def runs_beyond(limit: Limit, exposures: Iterable[Exposure]) -> bool:
    """Whether something is, or may be, taken longer than the first days that a limit is about."""
    end = limit.to_day
    return end is not None and any(each.to_day is None or each.to_day > end for each in exposures)


def goes_on(later: Limit, first: Limit) -> bool:
    """Whether a limit speaks of all the days after those of another."""
    return first.to_day is not None and later.to_day is None and later.from_day <= first.to_day + 1


def _segments(known: list[tuple[Limit, T]], first: int, last: int | None) -> Iterator[tuple[int, int | None, list[T]]]:
    """Stretches of days from ``first`` to ``last`` on which the same limits speak; none where no limit does."""
    starts = {first}
    for limit, _ in known:
        starts.add(limit.from_day)
        if limit.to_day is not None:
            starts.add(limit.to_day + 1)
    inside = sorted(day for day in starts if day >= first and (last is None or day <= last))
    for n, day in enumerate(inside):
        end = inside[n + 1] - 1 if n + 1 < len(inside) else last
        speaking = [
            each for limit, each in known if limit.from_day <= day and (limit.to_day is None or day <= limit.to_day)
        ]
        if speaking:
            yield day, end, speaking


__all__ = ["DaySpan", "by_days", "goes_on", "joined", "runs_beyond", "widest"]
