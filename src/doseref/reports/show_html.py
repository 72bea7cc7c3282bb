"""What the sources say of substances as an HTML page: what they disagree on, every daily figure on one axis,
everything as a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from doseref.limits import Limit
from doseref.lookup import Shown
from doseref.quantities import Amount
from doseref.records import record
from doseref.refdata import Reference
from doseref.reports import drawings
from doseref.reports.page import moment
from doseref.reports.page import render as page
from doseref.reports.references import References, tier_words
from doseref.reports.show import COLUMNS, all_rows, limit_words
from doseref.reports.show_identity import identity_words
from doseref.result import SCOPE
from doseref.statements import Statement
from doseref.units import convert, convertible

_TIERS = ("article", "label", "regulator", "guideline", "label-copy", "secondary", "machine-read")

_HEADINGS = {
    "article": "Articles",
    "label": "Labels",
    "regulator": "Regulators",
    "guideline": "Guidelines",
    "label-copy": "Copies of labels",
    "secondary": "Secondary sources",
    "machine-read": "Labels read by the program, not confirmed",
}


@record
class DailyFigure:
    """A daily amount that a source gives: from ``low`` to ``high`` (where it gives a range) and its ``maximum`` in
    ``unit``; in words.
    """

    tier: str
    words: str
    source: str
    section: str
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    maximum: Decimal | None = None
    told: bool = False
    """Whether it only informs: a usual top, a secondary source, a superseded figure."""

    @property
    def top(self) -> Decimal:
        """The highest amount of it."""
        return max((each for each in (self.high, self.maximum) if each is not None), default=Decimal(0))


def render(data: Reference, statements: Iterable[Statement], shown: Sequence[Shown]) -> str:
    """The page; every text is escaped."""
    refs = References(data)
    substances = [_substance(each, data, refs) for each in shown]
    rows = list(all_rows(data, statements, shown))
    filled = [place for place in range(len(COLUMNS)) if any(row[place] for row in rows)]
    return page(
        "show.html.j2",
        title="What the sources say",
        substances=substances,
        columns=[COLUMNS[place] for place in filled],
        rows=[{"kind": row[-1], "cells": [row[place] for place in filled]} for row in rows],
        products=sum(row[-1] == "product" for row in rows),
        sources=refs.listed(),
        made=moment(None),
        data=data.described,
        scope=SCOPE,
    )


def _substance(shown: Shown, data: Reference, refs: References) -> dict[str, Any]:
    figures = [*_of_statements(shown, data), *_of_limits(shown, data)]
    units = Counter(figure.unit for figure in figures)
    unit = units.most_common(1)[0][0] if units else ""
    drawn = [each for figure in figures if (each := _in_unit(figure, unit))]
    top = max((figure.top for figure in drawn), default=Decimal(0)) * Decimal("1.05")
    groups: dict[str, list[dict[str, Any]]] = {}
    for figure in sorted(drawn, key=lambda each: (_TIERS.index(each.tier) if each.tier in _TIERS else 9, each.top)):
        groups.setdefault(_HEADINGS.get(figure.tier, tier_words(figure.tier)), []).append(
            {
                "words": figure.words,
                "ref": refs.of(figure.source, figure.section),
                "svg": _strip(figure, top) if top else "",
            }
        )
    return {
        "name": shown.name,
        "identity": list(identity_words(data, shown)),
        "disputes": shown.disputes,
        "groups": [{"tier": tier, "rows": rows} for tier, rows in groups.items()],
        "axis": f"0 to {Amount(top.quantize(Decimal(1)) if top > 20 else top, unit)} in 24 hours" if top else "",
    }


def _of_statements(shown: Shown, data: Reference) -> Iterator[DailyFigure]:
    for statement in shown.statements:
        figure = next((each for each in statement.daily if each.substance == shown.name), None)
        maximum = next(
            (
                each
                for each in statement.maximum
                if each.substance in (shown.name, None) and each.per and each.per.is_day
            ),
            None,
        )
        if figure is None and maximum is None:
            continue
        unit = figure.amount.unit if figure else maximum.unit if maximum else ""
        most = maximum.amount if maximum and maximum.unit == unit else None
        parts = [f"{figure.amount} in 24 hours"] if figure else []
        parts += [f"at most {Amount(most, unit)}"] if most is not None else []
        words = f"{data.sources[statement.source].short} line {statement.line}, {statement.name}: {', '.join(parts)}"
        yield DailyFigure(
            "article",
            words,
            statement.source,
            "",
            unit,
            figure.amount.low if figure else None,
            figure.amount.high if figure else None,
            most,
        )


def _of_limits(shown: Shown, data: Reference) -> Iterator[DailyFigure]:
    for limit in shown.limits:
        if limit.amount is None or limit.per is None or not limit.per.is_day:
            continue
        source = data.sources.get(limit.source)
        tier = source.tier if source else ""
        yield DailyFigure(
            tier,
            limit_words(limit),
            limit.source,
            limit.section,
            limit.unit,
            maximum=limit.amount,
            told=_only_told(limit, tier),
        )


def _only_told(limit: Limit, tier: str) -> bool:
    return limit.kind != "maximum" or limit.superseded or tier in ("secondary", "machine-read")


def _in_unit(figure: DailyFigure, unit: str) -> DailyFigure | None:
    """The figure in the unit of the axis; ``None`` where it is of another dimension (the table holds it)."""
    if figure.unit == unit:
        return figure
    if not convertible(figure.unit, unit):
        return None
    low, high, maximum = (
        None if each is None else convert(each, figure.unit, unit) for each in (figure.low, figure.high, figure.maximum)
    )
    return DailyFigure(figure.tier, figure.words, figure.source, figure.section, unit, low, high, maximum, figure.told)


def _strip(figure: DailyFigure, top: Decimal) -> str:
    def at(value: Decimal | None) -> float | None:
        return None if value is None else round(float(value / top), 4)

    return drawings.daily(at(figure.low), at(figure.high), at(figure.maximum), figure.told, figure.words)
