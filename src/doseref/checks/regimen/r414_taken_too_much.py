"""R414 taken-too-much (error over a maximum, else warning)

What. What was taken (--taken, a column "taken") is more in the last 24 hours than the maximum that the next dose is held
against: an error; or, where no maximum is asked, more than labels of any country give: a warning. A dose that was more
than the item's own dose, or sooner after the one before than its own interval, is a warning, and so is a time a few
hours after now: it is taken for yesterday's, and may be a slip.

Why. The total of an instruction says what may be taken. What was taken is what has happened: the one who asks when the
next dose fits may have an overdose before him.

Passes:
    --now 14:30 --taken "08:00 1 g, yesterday 20:00 1 g"
    Acetaminophen 1 g every 6 hours as needed

Fires:
    --now 08:00 --taken "01:00 2 g, 04:00 2 g"
    Acetaminophen 1 g every 6 hours as needed
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from doseref.checks.regimen.case import Case, Finding, Severity, listed
from doseref.regimen.asof import AsOf
from doseref.regimen.labelled import beyond_all, given_anywhere
from doseref.regimen.next_dose import TakenDose

_HOUR = 60
_SOON_AFTER_NOW = 3 * _HOUR
"""A time so many minutes after now is likelier a slip than a dose of yesterday told without that word."""
_DAY = 24 * _HOUR


def check(case: Case) -> Iterator[Finding]:
    """At most one finding of each kind for a substance."""
    for each in case.as_of:
        yield from _over(case, each)
        yield from _told(case, each, _too_large(case, each), "more at once than the item's own dose")
        yield from _told(case, each, _too_soon(case, each), "sooner than the item's own interval allows")
        late = [
            each.at(dose).removesuffix(" yesterday")
            for dose in each.doses
            if dose.yesterday and dose.minute + _DAY <= _SOON_AFTER_NOW
        ]
        if late:
            what = f"a dose at {listed(late)}, later than now ({each.now}), is counted as yesterday's: is another time meant?"
            yield _finding(case, each, Severity.WARNING, what, each.doses)


def _over(case: Case, each: AsOf) -> Iterator[Finding]:
    if each.maximum is None:
        yield from _beyond_all(case, each)
    if each.maximum is None or each.taken.value <= each.maximum:
        return
    recent = [dose for dose in each.doses if dose.minute > -_DAY]
    names = listed(case.data.sources[source].short for source in each.sources if source in case.data.sources)
    words = f"{each.tell(each.taken.value)} taken in the 24 hours to {each.now} is over the maximum, {each.tell(each.maximum)}"
    yield _finding(case, each, Severity.ERROR, f"{words}: {names}" if names else words, recent)


def _beyond_all(case: Case, each: AsOf) -> Iterator[Finding]:
    """Where no maximum is asked: what is above all that labels of any country give in a day."""
    for total in case.totals:
        if total.substance != each.substance or not total.per.is_day or total.route != "systemic":
            continue
        taken, unit = case.taken(total.exposures), each.taken.unit
        anywhere = given_anywhere(taken, total.per.usual(), unit, case.bench, case.data, case.names)
        if anywhere and beyond_all(each.taken.value, anywhere):
            most = each.tell(max(value for _, value in anywhere))
            words = f"{each.tell(each.taken.value)} taken in the 24 hours to {each.now} is above all that labels of any country give, {most}"
            yield _finding(case, each, Severity.WARNING, words, each.doses)


def _too_large(case: Case, each: AsOf) -> list[str]:
    """The doses that were larger than the largest of the item."""
    most = _of_items(case, each)
    return [
        f"{each.tell(dose.amount)} at {each.at(dose)}, where its dose is {each.tell(most[dose.item])}"
        for dose in each.doses
        if dose.item in most and dose.amount > most[dose.item]
    ]


def _of_items(case: Case, each: AsOf) -> dict[int, Decimal]:
    """The largest dose of each item of a substance, in its total's unit."""
    found: dict[int, Decimal] = {}
    for exposure in case.exposures:
        if exposure.substance == each.substance and exposure.per_dose.unit == each.taken.unit:
            found[exposure.item] = max(found.get(exposure.item, Decimal(0)), exposure.per_dose.high)
    return found


def _too_soon(case: Case, each: AsOf) -> list[str]:
    """The doses of one item that were closer together than the shortest interval that it states."""
    told = []
    for n in dict.fromkeys(dose.item for dose in each.doses):
        own = [e for e in case.exposures if e.item == n and e.substance == each.substance]
        hours = [e.interval_hours for e in own if e.interval_hours is not None]
        if len(hours) != len(own) or not hours:
            continue
        for one, other in pairwise(dose for dose in each.doses if dose.item == n):
            if other.minute - one.minute < min(hours) * _HOUR:
                told.append(f"{each.at(one)} and {each.at(other)}, where it is every {min(hours):f} hours")
    return told


def _told(case: Case, each: AsOf, told: list[str], what: str) -> Iterator[Finding]:
    if told:
        yield _finding(case, each, Severity.WARNING, f"taken {what}: {'; '.join(told)}", each.doses)


def _finding(
    case: Case, each: AsOf, severity: Severity, words: str, doses: list[TakenDose] | tuple[TakenDose, ...]
) -> Finding:
    name = case.told(each.substance)
    parts = [f"{each.at(dose)} {each.tell(dose.amount)}" for dose in doses]
    return Finding(
        "R414",
        "taken-too-much",
        severity,
        f"{name}: {words}",
        items=tuple(dict.fromkeys(dose.item for dose in each.doses)),
        substances=(case.name(each.substance),),
        sources=each.sources if severity is Severity.ERROR else (),
        working=" + ".join(parts),
        mend="ask what was taken; an overdose needs help at once"
        if severity is Severity.ERROR
        else "ask what was taken, and when",
    )
