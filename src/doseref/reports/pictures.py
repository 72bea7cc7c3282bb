"""What is drawn of a judged regimen, worked out before anybody draws it: positions are fractions of the axis, from 0 to
1.

A bullet: a total from its low to its high end against every source's limit, the usual range behind it. A day: every
item's doses on a line of 24 hours. Drawn by :mod:`doseref.reports.drawings`, or by the plotting library where it is
installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from doseref.quantities import Range, printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.calendar import TURNS
from doseref.regimen.judged import Judged
from doseref.regimen.model import RANK, Exposure, Total, Verdict
from doseref.result import Result

DAY_HOURS = 24
_FIRST_HOUR = 8
"""Where the first of evenly spread doses is drawn: an instruction without times says only how far they are apart."""
_WAKING = {2: (8, 20), 3: (8, 14, 20), 4: (8, 12, 16, 20)}
"""Where doses "three times a day" are drawn: nobody is woken for them; only "every 8 hours" goes through the night."""
MOST_ROWS = 60
"""Items up to which a day is drawn: more are no picture."""
_MOST_MARKS = 24
"""Doses a day up to which each is drawn by itself."""


@record
class Tick:
    """A limit on the axis: where, its number as printed, the numbers of its sources, what it is,
    and how the total stands to it.
    """

    at: float
    label: str
    refs: tuple[int, ...]
    basis: str
    """``maximum``, ``target``, ``range``, or ``told`` where it does not judge."""
    verdict: str


@record
class Bullet:
    """A total on its axis. ``usual`` is the hull of what the articles give as daily amounts, where they give any."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    usual: tuple[float, float] | None
    top: str
    """The end of the axis, with its unit."""
    words: str
    """All of it in a sentence, for who does not see it."""


@record
class Mark:
    """A dose on the day's line; ``kind`` is ``stated``, ``part`` (a day part), ``spread``
    or ``waking`` (over the waking day); ``sure`` unless it may be left out.
    """

    at: float
    kind: str
    sure: bool


@record
class DoseLine:
    """The doses of one item; ``note`` says what the line cannot show ("per week")."""

    item: int
    name: str
    marks: tuple[Mark, ...]
    note: str


@record
class DayPicture:
    """24 hours from ``first_hour``; ``worst`` names the window that decides, where windows differ."""

    rows: tuple[DoseLine, ...]
    first_hour: int
    worst: str


def bullet(result: Result, total: Total, number_of: Callable[[Verdict], int]) -> Bullet | None:
    """The picture of a total; ``None`` where no limit is in its unit. ``number_of`` numbers a limit's source."""
    shown = [v for v in total.verdicts if v.amount is not None and (v.judges or v.judgement in ("over", "possible"))]
    if not shown:
        return None
    usual = _usual(total, result.data)
    top = max([total.amount.high, *(v.amount for v in shown if v.amount is not None), *(usual or ())]) * Decimal("1.08")
    if top <= 0:
        return None

    def at(value: Decimal) -> float:
        return round(float(value / top), 4)

    ticks = tuple(_ticks(total, shown, at, number_of))
    limits = "; ".join(f"{tick.label} ({_BASIS[tick.basis]}, {tick.verdict})" for tick in ticks)
    words = f"{total.told_amount} {total.per.words} against {limits}"
    if usual:
        words += f"; usual range {Range(usual[0], usual[1], total.amount.unit).to(total.told_amount.unit)}"
    return Bullet(
        at(total.amount.low),
        at(total.amount.high),
        ticks,
        (at(usual[0]), at(usual[1])) if usual else None,
        str(total.tell(top.quantize(Decimal(1)) if top > 20 else top)),
        words,
    )


_BASIS = {
    "maximum": "maximum",
    "target": "titration target",
    "range": "top of the usual range",
    "told": "for information",
}


def _ticks(
    total: Total, shown: list[Verdict], at: Callable[[Decimal], float], number_of: Callable[[Verdict], int]
) -> Iterator[Tick]:
    """One tick for each amount; the gravest kind of limit at an amount gives it its look."""
    grouped: dict[Decimal, list[Verdict]] = {}
    for verdict in shown:
        if verdict.amount is not None:
            grouped.setdefault(verdict.amount, []).append(verdict)
    order = ("maximum", "target", "range", "told")
    for amount, verdicts in sorted(grouped.items()):
        kinds = [v.limit.basis if v.judges else "told" for v in verdicts]
        refs = tuple(sorted({number_of(v) for v in verdicts}))
        worst = max((total.told(v).judgement for v in verdicts), key=RANK.__getitem__)
        yield Tick(at(amount), printed(total.tell(amount).value), refs, min(kinds, key=order.index), worst)


def _usual(total: Total, data: Reference) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest daily amount that the articles which judge it give,
    where they are in the total's unit.
    """
    if not total.per.is_day:
        return None
    lows, highs = [], []
    for verdict in total.judged:
        known = data.statements.get(verdict.limit.statement)
        for dose in known.of(total.substance) if known else ():
            if dose.daily and dose.daily.unit == total.amount.unit:
                lows.append(dose.daily.low)
                highs.append(dose.daily.high)
    return (min(lows), max(highs)) if lows else None


def day(regimen: Judged) -> DayPicture | None:
    """The day of a regimen: a row for every item whose doses are known; ``None`` where there is none."""
    worst = next(
        (total.when for total in regimen.totals if total.judged and total.when.startswith("24 hours from")), ""
    )
    first = int(worst.split()[3][:2]) if worst else 0
    rows = tuple(row for item in regimen.items if item.exposures and (row := _row(regimen, item.n, first)))
    return DayPicture(rows, first, worst) if rows else None


def _row(regimen: Judged, number: int, first_hour: int) -> DoseLine | None:
    item = regimen.items[number - 1]
    phase = min(exposure.phase for exposure in item.exposures)
    lead = item.exposures[0].substance
    own = [each for each in item.exposures if each.phase == phase and each.substance == lead]
    marks = [mark for exposure in own for mark in _marks(exposure, first_hour)]
    notes = dict.fromkeys(note for exposure in own if (note := _note(exposure)))
    if any(exposure.phase != phase for exposure in item.exposures):
        notes["its first part; later parts differ"] = None
    name = item.product.label if item.product else item.matched or item.given.text
    return DoseLine(number, name, tuple(sorted(marks, key=lambda mark: mark.at)), "; ".join(notes))


def _marks(exposure: Exposure, first_hour: int) -> Iterator[Mark]:
    if exposure.clock:
        for clock in exposure.clock:
            hours, minutes = clock.split(":")
            at = ((int(hours) + int(minutes) / 60 - first_hour) % DAY_HOURS) / DAY_HOURS
            yield Mark(round(at, 4), "stated" if clock in exposure.at else "part", not exposure.prn)
        return
    low, high = exposure.doses
    if not exposure.per.is_day or high > _MOST_MARKS or high < 1:
        return
    count = int(-(-high // 1))
    if exposure.interval_hours is None and count in _WAKING:
        for index, at in enumerate(_WAKING[count]):
            hour = Fraction((at - first_hour) % DAY_HOURS)
            yield Mark(round(float(hour / DAY_HOURS), 4), "waking", not exposure.prn and index < low)
        return
    for index in range(count):
        hour = (Fraction(_FIRST_HOUR - first_hour) + Fraction(DAY_HOURS * index, count)) % DAY_HOURS
        yield Mark(round(float(hour / DAY_HOURS), 4), "spread", not exposure.prn and index < low)


def _note(exposure: Exposure) -> str:
    """What the marks do not say: weekdays, a longer period, more doses than can be drawn."""
    if exposure.weekdays and not exposure.per.is_day and exposure.weekdays[0] in TURNS:
        return "on alternate days, by turns"
    if exposure.weekdays:
        return "on " + ", ".join(day.capitalize() for day in exposure.weekdays) + " only"
    if exposure.once:
        return "once"
    low, high = exposure.doses
    if not exposure.per.is_day:
        times = printed(high) if low == high else f"{printed(low)} to {printed(high)}"
        return f"{times} × {exposure.per.words}"
    return f"up to {printed(high)} doses" if high > _MOST_MARKS else ""
