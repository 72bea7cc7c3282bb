"""The dose tables, typed: rows of ``drugs.csv`` and ``supplements.csv`` become statements with their doses, here and
once.

As in :mod:`doseref.tables.load`, the dataset is one that ``doseref validate`` finds sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from doseref.dosage.rates import in_any_day
from doseref.quantities import ONE, Amount, Period, Range
from doseref.records import record
from doseref.tables.cells import terms

_HOURS_OF_DAY = Decimal(24)


@record
class TabledDose:
    """One row: what a statement says of one ingredient in one phase and alternative; ``None`` where it says nothing.

    ``dose`` is per administration, or per day with ``per_day``; ``daily`` is the amount per 24 hours by arithmetic;
    ``times`` are administrations per ``period``, ``doses`` administrations in all, ``to_day`` the last day of the
    phase.
    """

    substance: str
    phase: int
    dose: Range | None
    count: Range | None
    per_day: bool
    times: Range | None
    period: Period | None
    every: Range | None
    daily: Range | None
    to_day: int | None
    doses: Range | None
    target: Range | None
    target_per_day: bool
    maximum: Amount | None
    maximum_per: Period | None
    longest: Range | None
    route: str
    release: str
    prn: bool

    @property
    def interval_hours(self) -> Decimal | None:
        """The shortest interval between administrations; ``None`` where none is stated, or one in months or years."""
        return Period(self.every.low, self.every.unit).hours() if self.every else None

    @property
    def most_per_day(self) -> Decimal | None:
        """Most administrations per 24 hours; ``None`` where the row is not per day."""
        if self.every:
            hours = self.interval_hours
            if hours is None or hours > _HOURS_OF_DAY:
                return None
            return in_any_day(ONE, ONE, Fraction(hours), Fraction(hours))[1]
        if self.times and self.period and self.period.unit == "d" and self.period.value == 1:
            return self.times.high
        if self.daily and self.dose and not self.per_day and self.daily.unit == self.dose.unit:
            return self.daily.high / self.dose.high
        return None


@record
class TabledStatement:
    """One statement as the tables hold it: what is said once (``dosage`` is the source's text), and its rows."""

    id: str
    source: str
    line: int
    name: str
    drug_class: str
    dosage: str
    computable: bool
    reason: str
    timing: tuple[str, ...]
    side_effects: tuple[str, ...]
    doses: tuple[TabledDose, ...]

    @property
    def substances(self) -> tuple[str, ...]:
        """The ids of its ingredients, in the order of the rows."""
        return tuple(dict.fromkeys(dose.substance for dose in self.doses))

    def of(self, substance: str) -> tuple[TabledDose, ...]:
        """The rows of one ingredient."""
        return tuple(dose for dose in self.doses if dose.substance == substance)


def statement(rows: Sequence[Mapping[str, str]]) -> TabledStatement:
    """The statement of all rows with one id; the first carries what is said once."""
    head = rows[0]
    return TabledStatement(
        head["id"],
        head["source"],
        int(head["line"]),
        head["name"],
        head["class"],
        head["dosage"],
        head["computable"] == "yes",
        head["reason"],
        terms(head["timing"]),
        terms(head["side_effects"]),
        tuple(_dose(row) for row in rows),
    )


def _dose(row: Mapping[str, str]) -> TabledDose:
    return TabledDose(
        substance=row["substance"],
        phase=int(row["phase"]),
        dose=_range(row, "dose", row["dose_unit"]),
        count=_range(row, "count", row["count_unit"]),
        per_day=row["per_day"] == "yes",
        times=_range(row, "times", "1"),
        period=Period(Decimal(row["times_period"]), row["times_unit"]) if row["times_period"] else None,
        every=_range(row, "every", row["every_unit"]),
        daily=_range(row, "daily", row["daily_unit"]),
        to_day=int(row["to_day"]) if row["to_day"] else None,
        doses=_range(row, "doses", "1"),
        target=_range(row, "target", row["target_unit"]),
        target_per_day=row["target_per_day"] == "yes",
        maximum=Amount(Decimal(row["maximum"]), row["maximum_unit"]) if row["maximum"] else None,
        maximum_per=Period(Decimal(row["maximum_period"]), row["maximum_period_unit"])
        if row["maximum_period"]
        else None,
        longest=_range(row, "longest", row["longest_unit"]),
        route=row["route"],
        release=row["release"],
        prn=row["prn"] == "yes",
    )


def _range(row: Mapping[str, str], stem: str, unit: str) -> Range | None:
    """The ends ``<stem>_low`` and ``<stem>_high``; where one is blank, the other is both."""
    low, high = row[f"{stem}_low"], row[f"{stem}_high"]
    return Range(Decimal(low or high), Decimal(high or low), unit) if low or high else None
