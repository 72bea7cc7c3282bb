"""What is known of an item, an exposure, a total and a verdict: frozen values, the shape of ``doseref.check/1``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from doseref.dosage.model import Dosage
from doseref.html_table import html_table
from doseref.items.model import Part, Trouble
from doseref.limits import Limit
from doseref.quantities import Amount, Period, Range, json_number
from doseref.records import record, replace
from doseref.regimen.telling import told_unit
from doseref.tables.entries import Product

ItemStatus = Literal["read", "partly-read", "unread"]
Judgement = Literal["over", "possible", "within", "not-assessed"]

RANK: dict[str, int] = {"not-assessed": 0, "within": 1, "possible": 2, "over": 3}
"""Verdicts by how much they matter."""


SAYS_WHO = "it says who it is"
"""Why a line is left out that was read as a fact of the person; the person's facts are told elsewhere."""


@record
class Given:
    """An item as it came in: free text, or a drug and a sig apart. ``place`` says where from (``file:line``)."""

    text: str
    drug: str | None = None
    sig: str | None = None
    place: str = ""
    dosage: Dosage | None = None
    """Already structured (FHIR); then ``sig`` is not parsed."""
    left_out: str = ""
    """Why it is not judged though it stands in the input (a stopped prescription); empty for what is taken."""
    refused: str = ""
    """Why it cannot be read though it may be taken (a row too short for its header); such an item stays unread."""
    columns: tuple[tuple[str, str], ...] = ()
    """What dosing columns beside the sig say: role and cell ("frequency", "BID"); see :mod:`doseref.lists.columns`."""
    quantity: str = ""
    """How much was dispensed, as written; no part of the dose."""
    days_supply: str = ""
    reason: str = ""
    note: str = ""
    """A note beside the item, as written; it is told, not read."""
    taken: str = ""
    """What of it was taken, as written: ``08:00 1 g, 12:00 1 g``."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the row or file says of the person: role and cell ("age", "77"); see :mod:`doseref.regimen.person`."""
    unnamed: str = ""
    """What stands for its name and is not known here, in words (a code without a name beside it)."""

    def __repr__(self) -> str:
        """Short: the item as it was given."""
        return f"<Given {self.text!r}>"

    @property
    def whole(self) -> str:
        """The item as written, with what its dosing columns say: "Enoxaparin · dose 80 mg · route SC"."""
        return " · ".join((self.text, *(f"{role} {cell.strip()}" for role, cell in self.columns if cell.strip())))


@record
class Exposure:
    """What one item delivers of one substance by one kind of route in one phase.

    ``amount`` is per ``per``; ``per_dose`` at one administration; ``doses`` administrations per ``per``;
    ``peak`` what can fall into any 24 hours (equal to ``amount`` where ``per`` is a day). ``from_day`` and
    ``to_day`` (from 1, ``None`` = open) say when the phase can be running at all; ``surely_to`` is the last
    day on which it surely still runs.
    """

    item: int
    substance: str
    route: str
    routes: tuple[str, ...]
    amount: Range
    per: Period
    per_dose: Range
    doses: tuple[Decimal, Decimal]
    peak: Range
    working: str
    prn: bool = False
    release: str = ""
    product: Product | None = None
    phase: int = 1
    phase_name: str = ""
    from_day: int = 1
    surely_from: int | None = 1
    to_day: int | None = None
    surely_to: int | None = None
    once: bool = False
    """Whether it is one single dose ("2 tablets now"), after which the next phase may begin the same day."""
    interval_hours: Decimal | None = None
    clock: tuple[str, ...] = ()
    """Clock times ``HH:MM`` of the doses of a day, where the text gives them or their day parts."""
    at: tuple[str, ...] = ()
    """The clock times that the text itself gives."""
    weekdays: tuple[str, ...] = ()
    day_cap: Decimal | None = None
    """Most of the substance in any 24 hours by the item's own stated maxima; parts that are taken together share it."""
    strengths: tuple[tuple[Decimal, str], ...] = ()
    """Strengths of what is taken, as named (value, unit), where they are stated or the product's."""
    scheduled: Range | None = None
    """The amount were every as-needed dose taken on schedule: what ``amount`` is where nothing is as-needed."""
    named: str = ""
    """The name under which the item holds the substance: ``ferrous sulfate`` for iron."""
    written: str = ""
    """The unit in which its line, or its product, says how much it is."""

    @property
    def told_dose(self) -> Range:
        """One dose, in the unit in which it is told to a person."""
        return self.per_dose.to(told_unit((self.written,), self.per_dose.unit, self.per_dose.high))

    def to_json(self, name: str) -> dict[str, Any]:
        """The ``exposure`` object of an item; ``name`` is the substance's canonical name."""
        data: dict[str, Any] = {
            "substance": name,
            "route": self.route,
            **self.amount.to_json(),
            "per": self.per.to_json(),
            "per_dose": self.per_dose.to_json(),
            "working": self.working,
            "routes": list(self.routes),
            "prn": self.prn,
        }
        if self.phase_name:
            data["phase"] = self.phase_name
        return data


@record
class Item:
    """One line of a regimen as understood: what it names, how it is taken, what it delivers."""

    n: int
    given: Given
    status: ItemStatus
    parts: tuple[Part, ...] = ()
    product: Product | None = None
    match_by: str = "none"
    matched: str = ""
    suggestions: tuple[str, ...] = ()
    dosage: Dosage | None = None
    exposures: tuple[Exposure, ...] = ()
    lone: tuple[Exposure, ...] = ()
    """One dose of what it holds, where only that is known, and not how often it is taken; in no total."""
    troubles: tuple[Trouble, ...] = ()
    count_high: Decimal | None = None
    """Most product units in 24 hours (for the product's own limit)."""
    longest_days: Decimal | None = None
    """How long the whole instruction runs at least, in days (its stated duration), ``None`` if open."""
    own_weight_kg: Decimal | None = None
    """The body weight that its line says beside a dose by weight, where none was given otherwise."""
    care: str = ""
    """What it is where it is no medicine to be added up: ``emollient``, ``dressing``,
    ``feed`` …; ``not taken`` where its line says that. It has no parts then.
    """

    def __repr__(self) -> str:
        """Short: its number, as it was given, and how it was read."""
        return f"<Item {self.n} {self.given.text!r}: {self.status}>"

    @property
    def text(self) -> str:
        """The item as it was given."""
        return self.given.text

    @property
    def told(self) -> str:
        """Why it is not (wholly) assessed, or that there is nothing to assess; empty where it is."""
        return "; ".join(trouble.message for trouble in self.troubles)

    @property
    def unassessed(self) -> bool:
        """Whether it is a medicine that was not wholly read or gave nothing to judge."""
        return not self.care and (self.status != "read" or not self.exposures)

    @property
    def substances(self) -> tuple[str, ...]:
        """Ids of what the item names, each once, in order."""
        if len(self.parts) == 1:  # nearly always, and asked by nearly every rule
            return (self.parts[0].substance,)
        return tuple(dict.fromkeys(part.substance for part in self.parts))

    @property
    def told_of(self) -> tuple[str, ...]:
        """Ids of what the item names, and of what stands in a line of which the name or the rest was not read."""
        return self.substances or tuple(each for trouble in self.troubles for each in trouble.substances)

    @property
    def assessed(self) -> bool:
        """Whether the item's amounts are in the totals."""
        return bool(self.exposures)

    @property
    def unread_note(self) -> str:
        """What is told of the note; empty where there is none, where it is part of the instruction, or where a trouble
        tells of it.
        """
        note = self.given.note
        taken_in = self.dosage is not None and bool(self.dosage.maximum) and note in self.dosage.text
        told = not note or taken_in or any(trouble.message.endswith(f"'{note}'") for trouble in self.troubles)
        return "" if told else f"the note beside it is not read: '{note}'"

    def with_troubles(self, *troubles: Trouble, status: ItemStatus | None = None) -> Item:
        """This item with more troubles (and another status)."""
        return replace(self, troubles=(*self.troubles, *troubles), status=status or self.status)


@record
class Verdict:
    """How a total stands against one limit. ``judges`` is false where the limit is only told (narrower scope,
    other policy).
    """

    limit: Limit
    judgement: Judgement
    reason: str = ""
    judges: bool = True
    amount: Decimal | None = None
    """The limit in the total's unit."""

    def to_json(self, unit: str) -> dict[str, Any]:
        """The ``limits`` object of a total; ``unit`` is the total's unit."""
        limit = self.limit
        shown = self.amount if self.amount is not None else limit.amount
        data: dict[str, Any] = {
            "source": limit.source,
            "statement": limit.statement,
            "amount": json_number(shown) if shown is not None else None,
            "unit": unit if self.amount is not None else limit.unit,
            "per": limit.per.to_json() if limit.per else None,
            "basis": limit.basis,
            "verdict": self.judgement,
            "judges": self.judges,
        }
        if limit.line:
            data["line"] = limit.line
        if self.reason:
            data["reason"] = self.reason
        return data


@record
class Total:
    """All that a regimen delivers of one substance by one kind of route in one period, with its verdicts."""

    substance: str
    route: str
    amount: Range
    per: Period
    exposures: tuple[Exposure, ...]
    verdicts: tuple[Verdict, ...] = ()
    when: str = ""
    """The phase or window in which the total is worst, in words; empty where it is always the same."""
    reason: str = ""
    """Why nothing judges it, where nothing does."""
    missing: tuple[int, ...] = ()
    """Items that name the substance too, but whose amount is not known: the true total is higher."""
    partial: tuple[int, ...] = ()
    """Items in the total that were read only in part: the true total may be higher."""

    def tell(self, value: Decimal) -> Amount:
        """So much of the substance, in the unit in which the total is told to a person."""
        told = told_unit((each.written for each in self.exposures), self.amount.unit, self.amount.high)
        return Amount(value, self.amount.unit).to(told)

    @property
    def told_amount(self) -> Range:
        """The amount, in the unit in which it is told to a person."""
        return self.amount.to(self.tell(self.amount.high).unit)

    def __repr__(self) -> str:
        """Short: what, how much, and the gravest verdict."""
        return f"<Total {self.called(self.substance)}: {self.amount} {self.per.words}, {self.gravest}>"

    def _repr_html_(self) -> str:
        """For a notebook: the total against each limit that judges."""
        rows = [
            (
                v.limit.source,
                v.limit.basis,
                f"{v.amount:,f} {self.amount.unit}" if v.amount is not None else "",
                v.judgement,
            )
            for v in map(self.told, self.judged)
        ]
        caption = f"{self.called(self.substance)}: {self.stated}, {self.gravest}"
        return html_table(caption, ("source", "basis", "limit", "verdict"), rows)

    @property
    def each(self) -> str:
        """Behind the amount: `` in 24 hours``, `` per week``; of what a patch gives an hour, how often it is changed."""
        if self.amount.unit.endswith("/h") and not self.per.is_day:
            return f", changed every {self.per}"
        return f" {self.per.words}"

    @property
    def stated(self) -> str:
        """ "at least 400 mg in 24 hours" where it has gaps; of a range what is not known is told beside it: of the whole of an
        item, or of words of its instruction.
        """
        words = f"{self.told_amount}{self.each}"
        if not self.gaps:
            return words
        if self.amount.single and self.amount.low:
            return f"at least {words}"
        return f"{words} and an amount that is not known" if self.missing else f"{words} as far as it was read"

    @property
    def gravest(self) -> Judgement:
        """The gravest verdict of those that decide; ``not-assessed`` where there is none,
        and where it is within but has gaps.
        """
        told = [self.told(verdict).judgement for verdict in self.judged]
        return max(told, key=RANK.__getitem__, default="not-assessed")

    lenient: bool = False
    """Whether the policy lets the most permissive of the stated maxima decide."""

    @property
    def items(self) -> tuple[int, ...]:
        """Item numbers, in order."""
        if len(self.exposures) == 1:
            return (self.exposures[0].item,)
        return tuple(sorted({exposure.item for exposure in self.exposures}))

    @property
    def judged(self) -> tuple[Verdict, ...]:
        """The verdicts that decide (not merely told) and were assessed."""
        return tuple(v for v in self.verdicts if v.judges and v.judgement != "not-assessed")

    def called(self, name: str) -> str:
        """The substance's ``name``, with the kind of route where that is not systemic: ``diclofenac (topical)``."""
        return name if self.route == "systemic" else f"{name} ({self.route})"

    @property
    def gaps(self) -> tuple[int, ...]:
        """Items whose amount of the substance is not (wholly) known: "within" then speaks of the rest only."""
        return tuple(sorted({*self.missing, *self.partial}))

    @property
    def deciding(self) -> Decimal | None:
        """The stated maximum that decides by the policy: the lowest, or the highest; ``None`` where none is stated."""
        maxima = [v.amount for v in self.judged if v.limit.basis == "maximum" and v.amount is not None]
        return (max if self.lenient else min)(maxima) if maxima else None

    def headroom(self) -> Decimal | None:
        """How much more fits under the lowest stated maximum beside the high end; negative where it is above.

        ``None`` without a maximum, and where the total has gaps.
        """
        if self.gaps:
            return None
        maxima = [v.amount for v in self.judged if v.limit.basis == "maximum" and v.amount is not None]
        return min(maxima) - self.amount.high if maxima else None

    def told(self, verdict: Verdict) -> Verdict:
        """A verdict as it is told to machines: "within" by what is counted is no assessment of a total with gaps."""
        if not self.gaps or verdict.judgement != "within":
            return verdict
        which = f"item{'s' if len(self.gaps) > 1 else ''} {', '.join(map(str, self.gaps))}"
        return replace(verdict, judgement="not-assessed", reason=f"{which} not (wholly) counted; the rest is within")

    def to_json(self, name: str) -> dict[str, Any]:
        """The ``totals`` object; ``name`` is the substance's canonical name."""
        data: dict[str, Any] = {
            "substance": name,
            "route": self.route,
            **self.amount.to_json(),
            "per": self.per.to_json(),
            "items": list(self.items),
            "limits": [self.told(verdict).to_json(self.amount.unit) for verdict in self.verdicts],
        }
        if self.when:
            data["when"] = self.when
        if self.missing:
            data["not_counted"] = list(self.missing)
        if self.partial:
            data["read_in_part"] = list(self.partial)
        room = self.headroom()
        if room is not None:
            data["headroom"] = {"amount": json_number(room), "unit": self.amount.unit}
        if self.reason:
            data["not_assessed"] = self.reason
        return data
