"""What a dosage instruction means: frozen values, the shape of ``doseref.dosage/1``.

Every field has a place in HL7 FHIR R5 ``Dosage`` or is written as a documented extension
(:mod:`doseref.dosage.fhir`). ``None`` or an empty tuple means "the text does not say".
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from doseref.html_table import html_table
from doseref.quantities import Amount, Period, Range, json_number, printed
from doseref.records import Kept, record

Status = Literal["read", "partly-read", "unread"]


@record
class Strength:
    """How much of one ingredient is in one unit, or (with ``per``) in that much volume: 325 mg; 160 mg per 5 mL."""

    amount: Decimal
    unit: str
    substance: str | None = None
    """The ingredient as the text names it ("codeine", "APAP"), lower case; ``None`` where it names none."""
    per: tuple[Decimal, str] | None = None
    """Value and unit code of what the amount is in (``(5, "mL")``), ``None`` for one tablet, capsule, patch …"""

    def to_json(self) -> dict[str, Any]:
        """``{"substance", "amount", "unit"}`` and ``"per": {"value", "unit"}`` for a concentration."""
        data: dict[str, Any] = {"substance": self.substance, "amount": json_number(self.amount), "unit": self.unit}
        if self.per:
            data["per"] = {"value": json_number(self.per[0]), "unit": self.per[1]}
        return data


@record
class Times:
    """Administrations per period: 3 to 4 per 1 d. ``period_high`` only where the period itself is a range."""

    low: Decimal
    high: Decimal
    period: Decimal
    unit: str
    period_high: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"low", "high", "period", "unit"}`` (and ``period_high``)."""
        data: dict[str, Any] = {
            "low": json_number(self.low),
            "high": json_number(self.high),
            "period": json_number(self.period),
            "unit": self.unit,
        }
        if self.period_high is not None:
            data["period_high"] = json_number(self.period_high)
        return data


@record
class Cycle:
    """Taken for ``on`` and paused for ``off`` (numbers of ``unit``): 12 h on, 12 h off; days 1 to 14 of 28."""

    on: Decimal
    off: Decimal
    unit: str

    def to_json(self) -> dict[str, Any]:
        """``{"on", "off", "unit"}``."""
        return {"on": json_number(self.on), "off": json_number(self.off), "unit": self.unit}


@record
class Step:
    """A change that repeats: the dose goes up (or down, negative) by ``change`` every ``every``, to ``to`` at last."""

    change: Range | None
    every: Period | None
    to: Range | None = None
    direction: Literal["up", "down"] = "down"

    def to_json(self) -> dict[str, Any]:
        """``{"direction", "change", "every", "to"}``; ``change`` is unsigned."""
        return {
            "direction": self.direction,
            "change": self.change.to_json() if self.change else None,
            "every": self.every.to_json() if self.every else None,
            "to": self.to.to_json() if self.to else None,
        }


@record
class Option(Kept):
    """One way of taking it within a phase. Several options of a phase are alternatives, never "and"."""

    dose: Range | None = None
    """Amount at one administration (or per day where ``per_day``), in a mass, volume, activity … unit."""
    strengths: tuple[Strength, ...] = ()
    count: Range | None = None
    """Tablets, puffs, drops … at one administration (or per day where ``per_day``)."""
    per_day: bool = False
    """Whether ``dose``/``count`` is a total per day, however it is split."""
    times: Times | None = None
    every: Range | None = None
    """Interval between administrations; the unit is a UCUM time code (``h``, ``d``, ``wk``, ``mo``, ``a``)."""
    route: str | None = None
    form: str | None = None
    release: str | None = None
    when: tuple[str, ...] = ()
    """FHIR event-timing codes (HS, C, AC, PC, CM, MORN, NIGHT …), sorted in the order of a day, each once."""
    at: tuple[str, ...] = ()
    """Clock times ``HH:MM``."""
    days: tuple[str, ...] = ()
    """Weekdays ``mon`` … ``sun``."""
    prn: bool = False
    prn_for: str | None = None
    duration: Range | None = None
    """How long it is taken; unit is a UCUM time code."""
    doses_total: Range | None = None
    """How many administrations in all (unit ``{dose}``)."""
    cycle: Cycle | None = None
    site: str | None = None
    method: str | None = None
    until: str | None = None
    """An open end in words: "finished", "pain free", "review"."""

    def to_json(self) -> dict[str, Any]:
        """The option object of ``doseref.dosage/1``; fields beyond the contract appear only where set."""
        total = self.doses_total
        data: dict[str, Any] = {
            "dose": _range(self.dose),
            "strengths": [strength.to_json() for strength in self.strengths],
            "count": _range(self.count),
            "per_day": self.per_day,
            "times": self.times.to_json() if self.times else None,
            "every": _range(self.every),
            "route": self.route,
            "form": self.form,
            "release": self.release,
            "when": list(self.when),
            "at": list(self.at),
            "days": list(self.days),
            "prn": self.prn,
            "prn_for": self.prn_for,
            "duration": _range(self.duration),
            "doses_total": json_number(total.high) if total else None,
        }
        if total and not total.single:
            data["doses_total_low"] = json_number(total.low)
        if self.cycle:
            data["cycle"] = self.cycle.to_json()
        for name in ("site", "method", "until"):
            if getattr(self, name):
                data[name] = getattr(self, name)
        return data

    @property
    def words(self) -> str:
        """What is set, in few words: ``dose 500 mg, times 3 per day, as needed for pain``."""
        parts = [
            f"{name} {getattr(self, name)}"
            for name in ("dose", "count", "every", "route", "form", "release", "duration")
            if getattr(self, name)
        ]
        if self.times:
            per = Period(self.times.period, self.times.unit)
            low, high = printed(self.times.low), printed(self.times.high)
            parts.append(f"{low if low == high else f'{low} to {high}'} times {per.words}")
        parts += [", ".join(each) for each in (self.when, self.at, self.days) if each]
        if self.per_day:
            parts.append("a total per day")
        if self.prn:
            parts.append(f"as needed{f' for {self.prn_for}' if self.prn_for else ''}")
        return "; ".join(parts)


@record
class Phase:
    """One part of the instruction. Phases of the same ``sequence`` are taken together; the next number comes after."""

    sequence: int
    options: tuple[Option, ...]
    from_day: int | None = None
    to_day: int | None = None
    step: Step | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"sequence", "from_day", "to_day", "options"}`` (and ``step`` for a taper or titration by steps)."""
        data: dict[str, Any] = {
            "sequence": self.sequence,
            "from_day": self.from_day,
            "to_day": self.to_day,
            "options": [option.to_json() for option in self.options],
        }
        if self.step:
            data["step"] = self.step.to_json()
        return data


@record
class Target:
    """Where a titration is to end: an amount per day (``per_day``) or per administration (then ``times`` if stated)."""

    low: Decimal
    high: Decimal
    unit: str
    per_day: bool
    times: Times | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"low", "high", "unit", "per_day"}`` (and ``times`` where the target states its own frequency)."""
        data: dict[str, Any] = {
            "low": json_number(self.low),
            "high": json_number(self.high),
            "unit": self.unit,
            "per_day": self.per_day,
        }
        if self.times:
            data["times"] = self.times.to_json()
        return data


@record
class Maximum:
    """A stated maximum: ``amount`` of ``unit`` per ``per``; ``per`` is ``None`` for a maximum per single dose.

    ``unit`` may be a counted one (``{tablet}``, ``{dose}`` for administrations). ``substance`` is the
    ingredient the text names, lower case, or ``None``.
    """

    amount: Decimal
    unit: str
    per: Period | None
    substance: str | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"amount", "unit", "substance", "per"}``; ``per`` is ``null`` for one administration."""
        return {
            "amount": json_number(self.amount),
            "unit": self.unit,
            "substance": self.substance,
            "per": self.per.to_json() if self.per else None,
        }


@record
class Problem:
    """Something that was not understood or does not fit; ``start``/``end`` are offsets into the text as given."""

    message: str
    start: int
    end: int
    kind: str = "unread"
    """``unread`` (words left over), ``ambiguous``, ``contradiction``, ``implausible``, ``notation`` (error-prone, but
    read) or ``remark`` (words beside a whole dosage that hold none of it, left aside).
    """

    @property
    def noted(self) -> bool:
        """Whether it is only noted: the dosage was read all the same."""
        return self.kind in ("notation", "remark")

    def to_json(self) -> dict[str, Any]:
        """``{"message", "start", "end", "kind"}``."""
        return {"message": self.message, "start": self.start, "end": self.end, "kind": self.kind}


@record
class Dosage(Kept):
    """A whole dosage instruction as read. ``status`` is ``read`` only when every meaningful word was understood."""

    text: str
    status: Status
    phases: tuple[Phase, ...] = ()
    target: Target | None = None
    maximum: tuple[Maximum, ...] = ()
    longest: Range | None = None
    """"For up to n days": unit is a UCUM time code; ``low`` is below ``high`` only for "≤ 2–3 weeks"."""
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of ``doseref parse --format json`` (schema ``doseref.dosage/1``)."""
        longest = None
        if self.longest:
            longest = {"value": json_number(self.longest.high), "unit": self.longest.unit}
            if not self.longest.single:
                longest["low"] = json_number(self.longest.low)
        return {
            "text": self.text,
            "status": self.status,
            "phases": [phase.to_json() for phase in self.phases],
            "target": self.target.to_json() if self.target else None,
            "maximum": [maximum.to_json() for maximum in self.maximum],
            "longest": longest,
            "problems": [problem.to_json() for problem in self.problems],
        }

    def __repr__(self) -> str:
        """Short: the text and how much of it was read."""
        return f"<Dosage {self.text!r}: {self.status}>"

    def _repr_html_(self) -> str:
        """For a notebook: a row for each way of taking it, then target, maxima and problems."""
        rows = [("text", self.text), ("status", self.status)]
        rows += [(f"part {phase.sequence}", option.words) for phase in self.phases for option in phase.options]
        if self.target:
            per = "per day" if self.target.per_day else "each time"
            rows.append(("target", f"{Range(self.target.low, self.target.high, self.target.unit)} {per}"))
        rows += [
            ("maximum", f"{Amount(each.amount, each.unit)} {each.per.words if each.per else 'each time'}")
            for each in self.maximum
        ]
        rows += [("problem", f"{self.text[each.start : each.end]}: {each.message}") for each in self.problems]
        return html_table("Dosage", ("", ""), rows)

    @property
    def options(self) -> tuple[Option, ...]:
        """All options of all phases, in order."""
        if len(self.phases) == 1:  # nearly always, and asked by nearly every rule
            return self.phases[0].options
        return tuple(option for phase in self.phases for option in phase.options)

    @property
    def by_turns(self) -> bool:
        """Whether it is two doses that take turns from day to day: each every other day, the second from day 2 on."""
        return (
            len(self.phases) == 2
            and [(each.sequence, each.from_day, each.to_day) for each in self.phases] == [(1, 1, None), (1, 2, None)]
            and all(each.every == _EVERY_OTHER_DAY for each in self.options)
        )


_EVERY_OTHER_DAY = Range(Decimal(2), Decimal(2), "d")


def _range(value: Range | None) -> dict[str, Any] | None:
    return value.to_json() if value else None


WHEN_ORDER: tuple[str, ...] = tuple(
    "WAKE MORN ACM CM PCM NOON ACD CD PCD AFT EVE ACV CV PCV AC C PC NIGHT HS IMD".split()
)
"""FHIR event-timing codes in the order of a day (general meal codes after the named ones)."""

ROUTES: tuple[str, ...] = tuple(
    "oral sublingual buccal intravenous intramuscular subcutaneous topical transdermal rectal vaginal inhalation nasal "
    "ophthalmic otic epidural intradiscal intra-articular perineural intrathecal intradermal local injection "
    "percutaneous enteral".split()
)
"""Every word ``Option.route`` may hold. ``injection`` where the text says only that it is injected."""

RELEASES: tuple[str, ...] = ("IR", "ER", "DR", "EC")
"""Every code ``Option.release`` may hold: XR, XL, SR, CR, LA, PR, MR, retard … are all ``ER``."""
