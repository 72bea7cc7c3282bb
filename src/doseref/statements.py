"""A statement: what one source says about one substance (or one combination), whatever it was read from.

Articles are read into statements, the tables are statements at rest, and both are compared as statements. The
figures are worked out once (:mod:`doseref.figures`), from a :class:`~doseref.dosage.model.Dosage`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from doseref.context import NOTHING, Context
from doseref.dosage.model import Dosage, Target
from doseref.figures import Figure, Resolve, daily, long_period, per_day, rates, resolved
from doseref.findings import Location
from doseref.quantities import DAY, Period, Range, json_number
from doseref.records import record


@record
class SideEffect:
    """One side-effect phrase as written, and the ids of the side-effect classes it belongs to."""

    phrase: str
    classes: tuple[str, ...] = ()
    qualifier: str | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"phrase", "classes"}`` (and ``qualifier`` where there is one)."""
        data: dict[str, Any] = {"phrase": self.phrase, "classes": list(self.classes)}
        if self.qualifier:
            data["qualifier"] = self.qualifier
        return data


@record
class StatedMaximum:
    """A maximum that the source states: ``amount`` of ``unit`` per ``per`` (``None``: per single dose)."""

    substance: str | None
    """Canonical name; ``None`` where a combination's maximum names no ingredient."""
    amount: Decimal
    unit: str
    per: Period | None
    place: tuple[int, int, int] | None = None
    """Line, column and end column where it stands apart from the dose; ``None`` where it stands with it."""
    of_drug: bool = False
    """Whether a sentence of its own names the drug that it is the most of: whatever the dose beside it is for."""

    def to_json(self) -> dict[str, Any]:
        """``{"substance", "amount", "unit", "per"}``."""
        return {
            "substance": self.substance,
            "amount": json_number(self.amount),
            "unit": self.unit,
            "per": self.per.to_json() if self.per else None,
        }


@record
class Spacing:
    """The shortest time between two doses that a source asks for, in hours, and where it says so."""

    hours: Decimal
    place: tuple[int, int, int]
    """Line, column and end column."""


@record
class Statement:
    """What one source says about one substance or combination. Substances are canonical names."""

    id: str
    source: str
    line: int
    section: str
    """``drug``, ``supplement`` or ``advanced``; empty where the article does not tell."""
    name: str
    """The entry's heading, without its list number and class."""
    substances: tuple[str, ...]
    dosage_text: str
    dosage: Dosage
    computable: bool = True
    reason: str | None = None
    """Why it is not computable (a word of the ``reason`` column)."""
    drug_class: str | None = None
    column: int = 0
    """Column (from 1) at which the dosage text begins; 0 where it is not known."""
    end_column: int = 0
    path: str = ""
    cell: str | None = None
    daily: tuple[Figure, ...] = ()
    """Per ingredient, per 24 hours: the hull of all phases and alternatives that are daily."""
    rates: tuple[Figure, ...] = ()
    """Per ingredient, route and period (daily, weekly, yearly …): the hull of the alternatives of that kind."""
    period: Period | None = None
    target: Target | None = None
    maximum: tuple[StatedMaximum, ...] = ()
    longest: Range | None = None
    routes: tuple[str, ...] = ()
    """The routes stated; more than one are alternatives."""
    release: str | None = None
    """Release form (``ER``, ``IR`` …) of the whole statement, where heading or dosage states one for all of it."""
    prn: bool = False
    timing: tuple[str, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    heading: str = ""
    """The heading as written, where the class in its brackets was taken out of ``name``."""
    scope: str | None = None
    """Whom or what it is for, where not for adults in general ("children", "kidney impairment"):
    compared only within it.
    """
    context: Context = NOTHING
    """Population, route, form, indication, purpose and setting, as far as the text around it says."""
    spacing: tuple[Spacing, ...] = ()
    """How long must lie between two doses, as sentences beside the dose say."""
    bands: tuple[tuple[str, str], ...] = ()
    """Weight or age bands as written and the dose of each, where a table gives them."""
    further: tuple[tuple[str, int, int, int], ...] = ()
    """The figures of its dosage that stand on later lines than its first, each with line, column and last column."""
    by_band: tuple[Statement, ...] = ()
    """The statement that each of the bands makes, as far as its dose is read."""

    @property
    def route(self) -> str | None:
        """The stated route, alternatives joined by ``"; "``; ``None`` where none is stated."""
        return "; ".join(self.routes) or None

    @property
    def location(self) -> Location:
        """Where the dosage stands."""
        return Location(self.path or self.source, self.line, self.column, self.end_column, self.source, self.cell)

    def to_json(self) -> dict[str, Any]:
        """One object of ``statements`` in ``doseref.statements/1``."""
        longest = None
        if self.longest:
            longest = {"value": json_number(self.longest.high), "unit": self.longest.unit}
        return {
            "id": self.id,
            "source": self.source,
            "line": self.line,
            "column": self.column,
            "section": self.section,
            "name": self.name,
            "substances": list(self.substances),
            "class": self.drug_class,
            "dosage": self.dosage_text,
            "computable": self.computable,
            "daily": [figure.to_json() for figure in self.daily],
            "period": self.period.to_json() if self.period else None,
            "target": self.target.to_json() if self.target else None,
            "maximum": [stated.to_json() for stated in self.maximum],
            "longest": longest,
            "route": self.route,
            "prn": self.prn,
            "timing": list(self.timing),
            "side_effects": [effect.to_json() for effect in self.side_effects],
            "bands": [{"band": band, "dose": dose} for band, dose in self.bands],
            "context": {"route": self.route, "release": self.release, **self.context.to_json()},
        }


def period_of(dosage: Dosage) -> Period | None:
    """The period the first option that has one repeats in: a day, or longer;
    ``None`` for single doses and where none is said.
    """
    for option in dosage.options:
        if per_day(option) is not None:
            return DAY
        longer = long_period(option)
        if longer:
            return longer[0]
    return None


def stated_maxima(
    dosage: Dosage, substances: Sequence[str], resolve: Resolve | None = None
) -> tuple[StatedMaximum, ...]:
    """The maxima a dosage states, tied to canonical names: by the name in the text, else to the only substance."""
    found: list[StatedMaximum] = []
    for stated in dosage.maximum:
        name: str | None = resolved(stated.substance, resolve)
        if name is None and len(substances) == 1:
            name = substances[0]
        found.append(StatedMaximum(name, stated.amount, stated.unit, stated.per))
    return tuple(found)


def routes_of(dosage: Dosage, fallback: str | None = None) -> tuple[str, ...]:
    """The routes of all options in order, each once; ``fallback`` (the heading's) where no option names one."""
    found = tuple(dict.fromkeys(option.route for option in dosage.options if option.route))
    return found or ((fallback,) if fallback else ())


def from_dosage(
    dosage: Dosage,
    *,
    id: str,
    source: str,
    line: int,
    section: str,
    name: str,
    substances: Sequence[str],
    resolve: Resolve | None = None,
    computable: bool | None = None,
    reason: str | None = None,
    drug_class: str | None = None,
    column: int = 0,
    end_column: int = 0,
    path: str = "",
    cell: str | None = None,
    route: str | None = None,
    release: str | None = None,
    prn: bool = False,
    longest: Range | None = None,
    timing: Iterable[str] = (),
    side_effects: Iterable[SideEffect] = (),
    scope: str | None = None,
) -> Statement:
    """The statement that ``dosage`` makes about ``substances`` (canonical names), every figure worked out.

    ``route`` and ``release`` are the heading's, ``prn`` and ``longest`` the timing line's: each counts where the dosage
    itself is silent.
    ``computable`` defaults to whether any amount per period could be worked out.
    """
    names = tuple(substances)
    worked_out = rates(dosage, names, resolve)
    releases = {option.release for option in dosage.options}
    if releases not in (set(), {None}):
        release = releases.pop() if len(releases) == 1 else None
    return Statement(
        id=id,
        source=source,
        line=line,
        section=section,
        name=name,
        substances=names,
        dosage_text=dosage.text,
        dosage=dosage,
        computable=bool(worked_out) if computable is None else computable,
        reason=reason,
        drug_class=drug_class,
        column=column,
        end_column=end_column,
        path=path,
        cell=cell,
        daily=daily(dosage, names, resolve),
        rates=worked_out,
        period=period_of(dosage),
        target=dosage.target,
        maximum=stated_maxima(dosage, names, resolve),
        longest=dosage.longest or longest,
        routes=routes_of(dosage, route),
        release=release,
        prn=prn or any(option.prn for option in dosage.options),
        timing=tuple(timing),
        side_effects=tuple(side_effects),
        scope=scope,
    )


def to_json(statements: Iterable[Statement]) -> dict[str, Any]:
    """The document ``doseref.statements/1``."""
    return {"schema": "doseref.statements/1", "statements": [statement.to_json() for statement in statements]}
