"""What the article rules look at, and how their findings are put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from hashlib import sha256

from doseref.articles.compare import Group, in_unit
from doseref.articles.contexts import is_indication
from doseref.articles.extracted import Loose
from doseref.articles.uses import disease_of
from doseref.articles.values import Attribute, Clash, Value, base_figures
from doseref.articles.views import NOT_SWALLOWED
from doseref.context import apart, begun, same_band, same_people
from doseref.findings import Finding, Location, Severity
from doseref.limits import ROUTE_KIND, Limit
from doseref.quantities import DAY, Amount, Range
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.scope import judges, upper_level
from doseref.regimen.taken import Taken
from doseref.same_use import alike
from doseref.statements import Statement


@record
class Comparison:
    """The statements that are judged together, compared, and the reference."""

    statements: tuple[Statement, ...]
    groups: tuple[Group, ...]
    loose: tuple[Loose, ...]
    reference: Reference
    country: str = "US"
    """Whose labels doses are held against (ISO code)."""

    def place(self, statement: Statement) -> str:
        """Where a statement stands, in words: ``L4–L5 line 398 (Codeine/APAP Combination entry)``."""
        source = self.reference.sources.get(statement.source)
        name = source.short if source else statement.path or statement.source
        where = f"{name}, {statement.cell}" if statement.cell else f"{name} line {statement.line}"
        return f"{where} ({statement.name} entry)" if len(statement.substances) > 1 else where

    def label_limit(self, substance: str, statement: Statement) -> Limit | None:
        """The highest daily maximum of a prescription label of the country or an authority for adults,
        for this statement's use.
        """
        taken = self.taken(substance, statement)
        best: Limit | None = None
        for limit in self.reference.limits.get(taken.substance, ()):
            if limit.article or limit.amount is None or limit.unit.startswith("{"):
                continue
            other = disease_of(statement.context.use or "")
            if other and (meant := disease_of(limit.indication)) and meant != other:
                continue  # a label's maximum for one disease is none for another one
            prescribed = statement.context.indication or statement.context.setting == "prescription"
            if upper_level(limit, self.reference) and prescribed:
                continue  # how much of a nutrient healthy people may take says nothing about a medicine for a disease
            if not judges(limit, taken, Bench(country=self.country), self.reference):
                continue
            if best is None or (best.unit == limit.unit and (best.amount or 0) < limit.amount):
                best = limit
        return best

    def label_with(
        self, substance: str, statement: Statement, daily: Amount, single: Range, hours: Decimal
    ) -> Limit | None:
        """The label of the country, by prescription or over the counter, that gives a dose as high as the highest of
        ``single`` as often as every ``hours`` and allows exactly ``daily`` in a day; ``None`` where none does.
        """
        taken = self.taken(substance, statement)
        for limit in self.reference.limits.get(taken.substance, ()):
            most, once, interval = limit.amount, limit.single, limit.interval_hours
            if limit.article or most is None or once is None or interval is None or interval > hours:
                continue
            benches = (Bench(country=self.country), Bench(country=self.country, otc=True))
            if not any(judges(limit, taken, bench, self.reference) for bench in benches):
                continue
            allowed = in_unit(Range.of(most, limit.unit), daily.unit, substance, self.reference)
            at_once = in_unit(Range.of(once, limit.single_unit), single.unit, substance, self.reference)
            if allowed and at_once and allowed.high == daily.value and single.high <= at_once.high:
                return limit
        return None

    def taken(self, substance: str, statement: Statement) -> Taken:
        """A substance as a statement has it taken every day."""
        routes = frozenset(statement.routes) or frozenset(("",))
        return Taken(
            self.reference.substance_ids.get(substance, ""),
            frozenset(ROUTE_KIND.get(each, "systemic") for each in routes),
            routes,
            frozenset((statement.release or "",)),
            (),
            frozenset(),
            frozenset((DAY,)),
        )

    def cited(self, limit: Limit) -> str:
        """A label's maximum with its source: ``4,000 mg/day (title of the source)``."""
        source = self.reference.sources.get(limit.source)
        return (
            f"{Amount(limit.amount, limit.unit)}/day ({source.title if source else limit.source})"
            if limit.amount is not None
            else ""
        )


_ADDED = "max "
"""What a maximum is read with that stands in a column or a clause of its own."""


def spot(statement: Statement, value: str | None = None) -> Location:
    """Where in the file a statement's figure stands: narrowed to ``value`` where its first number is found in the
    text.
    """
    location = statement.location
    if not value or not location.column:
        return location
    number = re.match(r"[\d,.]+", value)
    if not number:
        return location
    plain = number.group().replace(",", "")
    for wanted in (number.group(), plain):
        rest = value[number.end() :]
        found = -1
        for ending in (rest, rest.split("/")[0], ""):
            found = (
                statement.dosage_text.rfind(wanted + ending)
                if "/" in value
                else statement.dosage_text.find(wanted + ending)
            )
            if found >= 0:
                size = len(wanted + ending)
                break
        if found >= 0 and location.end_column and location.end_column - location.column < len(statement.dosage_text):
            found -= len(_ADDED) if statement.dosage_text.startswith(_ADDED) else 0  # it stands without that word
        if found >= 0 and not (found and statement.dosage_text[found - 1].isdigit()):
            return replace(location, column=location.column + found, end_column=location.column + found + size)
    return location


def sided(comparison: Comparison, values: Sequence[Value]) -> str:
    """Values and their places, equal ones together: ``3,000 mg/day (L2–L3 line 492, L5–S1 line 321)``."""
    by_figure: dict[object, tuple[list[str], list[str]]] = {}
    for value in values:
        texts, places = by_figure.setdefault(base_figures(value) or value.text, ([], []))
        for listed, new in ((texts, value.text), (places, comparison.place(value.statement))):
            if new not in listed:
                listed.append(new)
    return " against ".join(f"{' = '.join(texts)} ({', '.join(places)})" for texts, places in by_figure.values())


def fingerprint(code: str, substances: Iterable[str], values: Iterable[tuple[str, str]]) -> str:
    """A key of a finding's content (rule, substance, sources, figures), the same wherever the lines move to."""
    content = "\n".join([code, *sorted(substances), *sorted({f"{source}\t{text}" for source, text in values})])
    return sha256(content.encode()).hexdigest()[:20]


def finding(
    code: str,
    rule: str,
    severity: Severity,
    message: str,
    *,
    substances: Sequence[str],
    values: Sequence[Value],
    working: str = "",
    mend: str = "",
    comparison: Comparison,
    beside: Sequence[Value] = (),
) -> Finding:
    """A finding about the given values, each with its place, and the places of the values that are set ``beside`` them."""
    locations: dict[Location, None] = {}
    for value in values:
        locations[spot(value.statement, value.text if value.low is not None else None)] = None
    others = [spot(each.statement, each.text if each.low is not None else None) for each in beside]
    others = [each for each in dict.fromkeys(others) if each not in locations]
    told = working or "\n".join(
        f"{value.text}  {comparison.place(value.statement)}: {value.statement.dosage_text}" for value in values
    )
    return Finding(
        code,
        rule,
        severity,
        message,
        substances=tuple(substances),
        sources=tuple(sorted({value.statement.source for value in values})),
        working=told,
        locations=(*locations, *others),
        beside=len(others),
        mend=mend,
        extra={
            "fingerprint": fingerprint(code, substances, [(value.statement.source, value.text) for value in values])
        },
    )


def involved(attribute: Attribute, clashes: Sequence[Clash]) -> list[Value]:
    """The values of an attribute that belong to the conflict: the clashing ones, and those equal to one of them."""
    clashing = [value for clash in clashes for value in (clash.a, clash.b)]
    known = {(_figures(value), use, _for_whom(value)) for value in clashing for use in (value.use, "")}
    found = [
        value
        for value in attribute.values
        if any(value is each for each in clashing)
        or ((_figures(value), value.use, _for_whom(value)) in known and _against(value, clashes))
    ]
    return sorted(found, key=_order)


def _against(value: Value, clashes: Sequence[Clash]) -> bool:
    """Whether a value equal to one side of a clash speaks of what the other side does."""
    for clash in clashes:
        for side, other in ((clash.a, clash.b), (clash.b, clash.a)):
            one, two = value.statement, other.statement
            same_matter = not apart(one.context, two.context, same_page=one.source == two.source)
            same_matter = same_matter and (not (_use(one) and _use(two)) or alike(_use(one), _use(two)))
            same_matter = (
                same_matter and begun(one.context) == begun(two.context) and same_people(one.context, two.context)
            )
            if _figures(side) == _figures(value) and same_matter and _same_way(one, two):
                return True
    return False


def _use(statement: Statement) -> str | None:
    """What a statement is for, as far as a label or its sentence names a disease."""
    told = statement.context
    return told.use if told.indication or (told.condition and is_indication(told.condition)) else None


def _same_way(a: Statement, b: Statement) -> bool:
    """Whether two statements may be of one route; what says none is not injected or inhaled."""
    if a.routes and b.routes:
        return bool(set(a.routes) & set(b.routes)) or "injection" in (*a.routes, *b.routes)
    return (not a.routes and not b.routes) or not set(a.routes or b.routes) <= NOT_SWALLOWED


def _for_whom(value: Value) -> object:
    """Scope, setting and band: an equal figure for other people, or on prescription, is no side of the conflict."""
    context = value.statement.context
    return value.statement.scope, context.setting == "over the counter", same_band(context.band or ""), context.group


def _figures(value: Value) -> object:
    return base_figures(value) or value.text


def _order(value: Value) -> tuple[bool, object, object, str, str, int]:
    base = base_figures(value)
    low, high = (base[0], base[1]) if base else (0, 0)
    return base is None, low, high, "" if base else value.text, value.statement.source, value.statement.line


def conflicts(
    comparison: Comparison,
    code: str,
    rule: str,
    name: str,
    noun: str,
    *,
    keep: Callable[[Group, Clash], bool] = lambda group, clash: True,
    severity: Callable[[Sequence[Clash]], Severity] = lambda clashes: Severity.WARNING,
    advice: str = "",
) -> Iterable[Finding]:
    """One finding for each substance whose attribute ``name`` is in conflict, naming all places with their figures."""
    for group in comparison.groups:
        attribute = group.attribute(name)
        if attribute is None or attribute.relation != "conflict":
            continue
        clashes = [clash for clash in attribute.clashes if keep(group, clash)]
        if not clashes:
            continue
        values = involved(attribute, clashes)
        message = (
            f"{group.substance}: {noun} {'differ' if noun.endswith('s') else 'differs'}: {sided(comparison, values)}"
        )
        slip = max(clash.slip for clash in clashes)
        if slip == 1000:
            message += "; the figures are exactly 1,000 times apart: a unit (g, mg, mcg) may have slipped"
        elif slip == 10:
            message += "; the figures are exactly 10 times apart: a digit or a decimal point may have slipped"
        elif not any(clash.disjoint for clash in clashes):
            message += "; the ranges overlap only in part"
        yield finding(
            code,
            rule,
            Severity.ERROR if slip == 1000 else severity(clashes),
            message,
            substances=(group.substance,),
            values=values,
            mend=advice or agreement(values),
            comparison=comparison,
        )


def agreement(values: Sequence[Value]) -> str:
    """What would make the values agree; no verdict on which is right."""
    texts = list({base_figures(value) or value.text: value.text for value in reversed(values)}.values())[::-1]
    return (
        f"They agree if all say {' or all say '.join(texts)}, or if each says what sets it apart (route, release "
        "form, indication, age)"
    )


def apart_is_error(clashes: Sequence[Clash]) -> Severity:
    """Error where two figures have nothing in common, warning where ranges overlap in part."""
    return Severity.ERROR if any(clash.disjoint for clash in clashes) else Severity.WARNING


def same_route_kind(a: Statement, b: Statement) -> bool:
    """Whether two statements may be about the same kind of route (systemic, topical, local)."""
    kinds = [{ROUTE_KIND.get(route, "systemic") for route in each.routes} or {"systemic"} for each in (a, b)]
    return bool(kinds[0] & kinds[1])


def same_total(group: Group, clash: Clash) -> bool:
    """Whether both sides of a clash come to the same amount per day all the same: only split otherwise."""
    daily = group.attribute("daily")
    if daily is None:
        return False
    totals = [
        {
            (value.low, value.high, value.unit)
            for value in daily.values
            if value.statement.id == side.statement.id
            and value.statement.context == side.statement.context
            and value.use == side.use
        }
        for side in (clash.a, clash.b)
    ]
    return bool(totals[0]) and totals[0] == totals[1]
