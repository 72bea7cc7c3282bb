"""Dates beside a sig: "for 7 days, 11/01/2026 to 11/20/2026". Day and month are never guessed: both readings are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from doseref.regimen.calendar import days
from doseref.regimen.model import Item

_DATE = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})\b"
_SPAN = re.compile(
    rf"(?:\b(?:from|start(?:s|ed|ing)?|begin(?:ning)?)(?:\s*(?:date|on))?:?\s*)?(?<![0-9/.-])({_DATE})\s*(?:to|until|till|through|thru|–|—|-|,?\s*(?:stop|end|ends|ending))(?:\s*(?:date|on))?:?\s*({_DATE})",
    re.I,
)


def without_dates(sig: str) -> str:
    """``sig`` without "from this day to that day"."""
    found = _SPAN.search(sig)
    return sig if found is None else f"{sig[: found.start()].rstrip(' ,;(')}{sig[found.end() :].lstrip(' )')}"


def contradicted_length(item: Item) -> tuple[str, str] | None:
    """The stated length and the days between the dates, in words, where they differ by more than a day in every reading."""
    span = _SPAN.search(item.given.text)
    lengths = [option.duration for option in item.dosage.options if option.duration] if item.dosage else []
    if span is None or len(set(lengths)) != 1:
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
