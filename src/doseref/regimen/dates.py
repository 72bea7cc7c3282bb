"""Dates beside a sig: "for 7 days, 11/01/2026 to 11/20/2026". Day and month are never guessed:
both readings are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from doseref.patterns import regex
from doseref.regimen.calendar import days
from doseref.regimen.model import Item

_DATE = (
    r"(?<![0-9/.])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})\b"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})\b)"
)
_ANY = regex(_DATE)
_SPAN = regex(
    rf"(?:\b(?:from|start(?:s|ed|ing)?|begin(?:ning)?)(?:\s*(?:date|on))?:?\s*)?(?<![0-9/.-])({_DATE})\s*(?:to|until|"
    rf"till|through|thru|–|—|-|,?\s*(?:stop|end|ends|ending))(?:\s*(?:date|on))?:?\s*({_DATE})",
    re.I,
)


_FROM = regex(rf"\b(?:from|since|start(?:s|ed|ing)?|begin(?:ning)?)(?:\s*(?:date|on))?:?\s*({_DATE})", re.I)
_UNTIL = regex(
    rf"\b(?:until|till|through|thru|stop(?:s|ped|ping)?|end(?:s|ed|ing)?)(?:\s*(?:date|on))?:?\s*({_DATE})", re.I
)


def dated(text: str) -> bool:
    """Whether a text names a day from which or until which it is about."""
    return _ANY.search(text) is not None


def without_dates(sig: str) -> str:
    """``sig`` without "from this day to that day", "until that day"."""
    if not dated(sig):
        return sig
    found = _SPAN.search(sig) or _FROM.search(sig) or _UNTIL.search(sig)
    return sig if found is None else f"{sig[: found.start()].rstrip(' ,;(')}{sig[found.end() :].lstrip(' )')}"


def apart(texts: Iterable[str]) -> bool:
    """Whether no two of several items are taken on one day, by dates that all of them name,
    however day and month are read.
    """
    spans = [_days_of(text) for text in texts]
    read = [known for way in (0, 1) if None not in (known := [span[way] for span in spans])]
    return (
        len(spans) > 1
        and bool(read)
        and all(one[1] < other[0] for known in read for one, other in pairwise(sorted(each for each in known if each)))
    )


def _days_of(text: str) -> list[tuple[date, date] | None]:
    """First and last day that a text names, with the month first and with the day first;
    ``None`` where it names none.
    """
    whole, begins, ends = _SPAN.search(text), _FROM.search(text), _UNTIL.search(text)
    found: list[tuple[date, date] | None] = []
    for way in (0, 1):
        if whole:
            first, last = list(_readings(whole[1]))[way], list(_readings(whole[2]))[way]
        else:
            first = list(_readings(begins[1]))[way] if begins else date.min
            last = list(_readings(ends[1]))[way] if ends else date.max
        named = bool(whole or begins or ends)
        found.append((first, last) if named and first is not None and last is not None else None)
    return found


def contradicted_length(item: Item) -> tuple[str, str] | None:
    """The stated length and the days between the dates, in words, where they differ by more than a day in every
    reading.
    """
    lengths = [option.duration for option in item.dosage.options if option.duration] if item.dosage else []
    span = _SPAN.search(item.given.text) if len(set(lengths)) == 1 else None
    if span is None:
        return None
    stated = days(lengths[0])
    found = [
        (end - start).days
        for start, end in zip(_readings(span[1]), _readings(span[2]), strict=True)
        if start is not None and end is not None and end >= start
    ]
    if stated is None or not found or any(stated[0] - 1 <= each <= stated[1] + 1 for each in found):
        return None
    least = min(found)
    return str(lengths[0]), f"{least} day{'' if least == 1 else 's'}"


def _readings(written: str) -> Iterator[date | None]:
    """A date as month first and as day first; ``None`` where it is none in that order."""
    numbers = [int(each) for each in re.split(r"[-/.]", written)]
    if len(str(numbers[0])) == 4:
        year, first, second = numbers
        orders = [(first, second), (first, second)]
    else:
        first, second, year = numbers
        year += 2000 if year < 100 else 0
        orders = [(first, second), (second, first)]
    for month, day in orders:
        try:
            yield date(year, month, day)
        except ValueError:
            yield None
