"""Who judges together: a drug's labels, of which the highest decides, and each house with figures of its own.

With the indication unknown a label's lower figure may be that of another use, so the highest of all labels decides. A
formulary says for itself what is the most, and is one more judge; the policy ``strictest`` heeds the gravest of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from doseref.limits import Limit

T = TypeVar("T")


def courts(limits: Iterable[Limit]) -> list[list[Limit]]:
    """The limits of labels (and of articles, where there are any), perhaps none; then those of each house."""
    return courts_of(limits, lambda limit: limit)


def courts_of(known: Iterable[T], limit_of: Callable[[T], Limit]) -> list[list[T]]:
    """The same of what belongs to limits: an allowed dose, an interval.

    A house that gives a figure for one indication only says nothing of other uses: it sits among the labels.
    """
    labels: list[T] = []
    houses: dict[str, list[T]] = {}
    for each in known:
        limit = limit_of(each)
        (houses.setdefault(limit.source, []) if limit.house else labels).append(each)
    for source in list(houses):
        if all(limit_of(each).indication for each in houses[source]):
            labels.extend(houses.pop(source))
    return [labels, *houses.values()]
