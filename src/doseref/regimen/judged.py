"""What a regimen comes to for one person: overlaps, loads of products, and all of it judged."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from doseref.findings import Finding
from doseref.quantities import Range, json_number, printed
from doseref.records import record
from doseref.regimen.model import Item, Judgement, Total
from doseref.tables.entries import Product


@record
class Overlap:
    """One class of side effects that several substances share."""

    class_id: str
    label: str
    substances: tuple[str, ...]
    items: tuple[int, ...]
    phrases: tuple[str, ...] = ()

    def to_json(self, names: dict[str, str]) -> dict[str, Any]:
        """``{"class", "substances", "items"}`` with the label and the phrases."""
        return {
            "class": self.class_id,
            "label": self.label,
            "substances": [names[each] for each in self.substances],
            "items": list(self.items),
        }


@record
class ProductLoad:
    """``taken`` units of a product in 24 hours by ``items`` (all items of it together) against ``allowed`` by
    ``source``.
    """

    product: Product
    items: tuple[Item, ...]
    units: tuple[Range, ...]
    taken: Range
    allowed: Decimal
    source: str

    @property
    def judgement(self) -> Judgement:
        """``over``, ``possible`` or ``within`` its own limit."""
        if self.taken.low > self.allowed:
            return "over"
        return "possible" if self.taken.high > self.allowed else "within"

    def to_json(self) -> dict[str, Any]:
        """``{"product", "low", "high", "unit", "items", "allowed", "source", "verdict"}``, in 24 hours."""
        return {
            "product": self.product.label,
            **self.taken.to_json(),
            "items": [item.n for item in self.items],
            "allowed": json_number(self.allowed),
            "source": self.source,
            "verdict": self.judgement,
            "working": self.working,
        }

    @property
    def working(self) -> str:
        """The units of each item and their sum."""
        parts = [
            f"item {item.n}: {units_sum(item, units)}{units} in 24 hours"
            for item, units in zip(self.items, self.units, strict=True)
        ]
        if len(parts) > 1:
            parts.append(f"total {self.taken} in 24 hours")
        return "; ".join(parts)


def units_sum(item: Item, units: Range) -> str:
    """``2 tablets × 4 to 6, as needed = `` where the units are just that;
    empty where a maximum cuts them or phases differ.
    """
    counts = [option.count or option.dose for option in item.dosage.options] if item.dosage else []
    doses = {each.doses for each in item.exposures}
    if len(counts) != 1 or counts[0] is None or len(doses) != 1:
        return ""
    count, (low, high) = counts[0], doses.pop()
    needed = any(each.prn for each in item.exposures)
    if count.high * high != units.high or (not needed and count.low * low != units.low):
        return ""
    shown = Range(count.low, count.high, units.unit)
    times = printed(high) if low == high else f"{printed(low)} to {printed(high)}"
    return f"{shown} × {times}{', as needed' if needed else ''} = "


LEFT_OUT = "left out: "
"""Begins why a line that stands in the input is not taken."""


@record
class Judged:
    """One person's regimen, judged."""

    id: str | None
    items: tuple[Item, ...]
    totals: tuple[Total, ...]
    overlaps: tuple[Overlap, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_assessed: tuple[tuple[tuple[int, ...], str, str], ...] = ()
    """Item numbers, what is not assessed, and why."""
    loads: tuple[ProductLoad, ...] = ()
    """Products with a limit of their own ("8 tablets a day")."""
    patient: Any = None
    """The :class:`~doseref.regimen.scope.Patient` whom the figures were held against."""
    as_of: tuple[Any, ...] = ()
    """What was taken by now and when the next dose fits (:class:`~doseref.regimen.asof.AsOf`), where that is asked."""

    @property
    def unassessed(self) -> tuple[int, ...]:
        """Numbers of the items of which something was not assessed."""
        return tuple(sorted({n for numbers, _, _ in self.not_assessed for n in numbers}))

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """Lines that stand in the input and are not taken, each with why."""
        return tuple(
            (what, why.removeprefix(LEFT_OUT)) for _, what, why in self.not_assessed if why.startswith(LEFT_OUT)
        )

    def __repr__(self) -> str:
        """Short: who, and what it comes to."""
        found = [finding.severity.word for finding in self.findings]
        counts = ((len(self.items), "item"), (found.count("error"), "error"), (found.count("warning"), "warning"))
        told = ", ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in counts)
        return f"<Judged{'' if self.id is None else f' {self.id!r}'}: {told}>"
