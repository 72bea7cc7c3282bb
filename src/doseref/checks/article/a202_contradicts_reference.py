"""A202 contradicts-reference (error; warning where only the high end is above)

What. A maximum that an article states, or the daily amount or target of a statement without one, is above the highest
maximum that US prescription labels or authorities for supplements give adults for that route and release form; where
none of these states one, above all that labels and authorities of any country give, those of boxes sold freely among
them. Or the
daily amount is five times or more above all that the articles in the data say, or below it by what a slip of a unit
or a decimal point makes; or a dose of adults is so far above the largest tablet and the largest labelled dose that
the unit or the decimal point must have slipped, as R109 tells of a regimen, or a drug is taken every day that is
given by the week (R107). Or its class, route or timing contradicts every article in the data that states one, or its
duration or frequency is beyond all of them. What the given articles allow the same people elsewhere, within the
label, is set beside a figure above it.

Why. A label maximum is researched and dated; an article above it needs a reason.

Passes:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours (max 3,200 mg/day)

Fires:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours (max 4,800 mg/day)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from doseref.articles.compare import in_unit
from doseref.articles.values import Value
from doseref.articles.views import NOT_SWALLOWED
from doseref.checks.article.against_data import NOUNS, Apart, apart
from doseref.checks.article.beyond_labels import beyond_labels
from doseref.checks.article.comparison import Comparison, finding, same_route_kind, sided
from doseref.checks.article.elsewhere import within
from doseref.checks.article.implausible import Implausible, implausible
from doseref.figures import target_per_day
from doseref.findings import Finding, Severity
from doseref.limits import Limit
from doseref.quantities import Range
from doseref.regimen.bench import Bench
from doseref.regimen.scope import asked
from doseref.statement_rows import statements
from doseref.statements import Statement

CODE, RULE = "A202", "contradicts-reference"
_FAR = 5
"""How many times more, or less, than all known figures is taken for a slip."""


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each substance and label that statements go above, naming all of them."""
    above: dict[tuple[str, str], list[tuple[Value, Range, str]]] = {}
    limits: dict[tuple[str, str], Limit] = {}
    for statement in comparison.statements:
        if statement.scope:
            continue
        for substance in statement.substances:
            limit = comparison.label_limit(substance, statement)
            told = _told(statement, substance)
            if told is None:
                continue
            amount, what = told
            if limit is None and statement.source not in comparison.reference.sources:
                limit = beyond_labels(comparison, statement, substance, amount)
            if limit is None or limit.amount is None:
                continue
            same = in_unit(amount, limit.unit, substance, comparison.reference)
            if same is not None and same.high > limit.amount:
                key = (substance, limit.statement)
                limits[key] = limit
                above.setdefault(key, []).append(
                    (Value(statement, f"{amount}/day", amount.low, amount.high, amount.unit), same, what)
                )
    for key, told_ in above.items():
        most = limits[key].amount
        surely = [each for each in told_ if most is not None and each[1].low > most]
        perhaps = [each for each in told_ if each not in surely]
        for group in filter(None, (surely, perhaps)):
            yield _finding(comparison, key[0], limits[key], group)
    for statement in comparison.statements:
        if (
            not statement.scope
            and statement.context.condition != "start"
            and statement.source not in comparison.reference.sources
            and len(statement.substances) == 1
        ):
            far = [*_far_off(comparison, statement)]
            if not far and not any(value.statement is statement for told_ in above.values() for value, _, _ in told_):
                far = [_slip(comparison, each) for each in implausible(comparison, statement)]
            yield from far
    yield from _apart(comparison, {value.statement.id for told_ in above.values() for value, _, _ in told_})


def _apart(comparison: Comparison, told_above: set[str]) -> Iterable[Finding]:
    """One finding for each substance and attribute in which statements contradict all articles in the data.

    A frequency is not told again where its daily amount is already above a maximum, nor where a statement names a use
    of its own and comes to no more in a day than labels allow: another disease has another schedule.
    """
    found: dict[tuple[str, str], list[Apart]] = {}
    for each in apart(comparison):
        per_day = all(value.unit == "/d" for value in (each.own, *each.known))
        stated = each.own.statement
        if each.attribute == "frequency" and per_day and (stated.id in told_above or _allowed(comparison, stated)):
            continue
        found.setdefault((each.own.statement.substances[0], each.attribute), []).append(each)
    for (substance, attribute), told in found.items():
        own = [each.own for each in told]
        yield finding(
            CODE,
            RULE,
            Severity.WARNING,
            f"{substance}: {NOUNS[attribute]} is {sided(comparison, own).replace(' against ', ', ')}; every article "
            "in the data that "
            f"states one says {sided(comparison, told[0].known).replace(' against ', ', ')}",
            substances=(substance,),
            values=own,
            comparison=comparison,
            mend=(
                "It agrees if it says the same as one of them, or if the text says what sets it apart (route, form, "
                "indication)"
            ),
        )


def _allowed(comparison: Comparison, statement: Statement) -> bool:
    """Whether a statement for a use of its own comes to no more in a day than the highest label allows."""
    substance = statement.substances[0]
    limit = comparison.label_limit(substance, statement) if statement.context.indication else None
    figure = next((figure.amount for figure in statement.daily), None)
    if limit is None or limit.amount is None or figure is None:
        return False
    daily = in_unit(figure, limit.unit, substance, comparison.reference)
    return daily is not None and daily.high <= limit.amount


def _one_way(known: Statement, statement: Statement) -> bool:
    """Whether what the data say may be by the way that a statement names: an infusion is no tablet."""
    ways = set(statement.routes)
    return not ways or not ways <= NOT_SWALLOWED or bool(ways & set(known.routes))


def _far_off(comparison: Comparison, statement: Statement) -> Iterable[Finding]:
    """A daily amount that is far from all that the articles in the data say of the substance."""
    substance = statement.substances[0]
    own = next((figure.amount for figure in statement.daily), None)
    known: list[Value] = []
    for other in statements(comparison.reference):
        if (
            other.substances == statement.substances
            and (other.release == "ER") == (statement.release == "ER")
            and other.daily
        ):
            amount = in_unit(other.daily[0].amount, own.unit, substance, comparison.reference) if own else None
            if amount is not None and same_route_kind(other, statement) and _one_way(other, statement):
                known.append(Value(other, f"{other.daily[0].amount}/day", amount.low, amount.high, amount.unit))
    lows = [value.low for value in known if value.low is not None]
    highs = [value.high for value in known if value.high is not None]
    if own is None or not lows or not highs or (own.low < _FAR * max(highs) and own.high * _FAR > min(lows)):
        return
    below = own.high * _FAR <= min(lows)
    if below and not _too_low(own, known):
        return
    slip = below or any(
        own.low * factor <= max(highs) and own.high * factor >= min(lows)
        for power in (10, 100, 1000)
        for factor in (Decimal(power), 1 / Decimal(power))
    )
    slipped = "; a unit (g, mg, mcg) or a decimal point may have slipped" if slip else ""
    value = Value(statement, f"{own}/day", own.low, own.high, own.unit)
    yield finding(
        CODE,
        RULE,
        Severity.WARNING,
        f"{substance}: a daily amount of {own}/day ({comparison.place(statement)}) is far from what the articles in "
        "the data say: "
        f"{sided(comparison, known).replace(' against ', ', ')}{slipped}",
        substances=(substance,),
        values=(value,),
        comparison=comparison,
        mend="It agrees if the figure is corrected, or if the text says whom it is for",
    )


def _slip(comparison: Comparison, slip: Implausible) -> Finding:
    where = comparison.place(slip.value.statement)
    said = (
        f"{slip.substance}: {slip.value.text} ({where}), and nobody here gives it every day: {slip.words}"
        if slip.seldom
        else f"{slip.substance}: {slip.value.text} ({where}) looks like a slip of a unit or of the decimal point: {slip.words}"
    )
    return finding(
        CODE,
        RULE,
        Severity.ERROR if slip.seldom else Severity.WARNING,
        said,
        substances=(slip.substance,),
        values=(slip.value,),
        comparison=comparison,
        mend="It agrees if the figure is corrected, or if the text says whom it is for",
    )


def _too_low(own: Range, known: Sequence[Value]) -> bool:
    """Whether a low amount is one of the known figures less a unit or the decimal point; a low dose has its uses
    ("aspirin 162 mg daily"), and of a supplement a tenth is what a meal has.
    """
    ends = {end for value in known for end in (value.low, value.high) if end is not None}
    meal = all(value.statement.section == "supplement" for value in known)
    return any(end * power in ends for end in (own.low, own.high) for power in ((1000,) if meal else (10, 100, 1000)))


def _finding(comparison: Comparison, substance: str, limit: Limit, told: list[tuple[Value, Range, str]]) -> Finding:
    values = [value for value, _, _ in told]
    worst = any(limit.amount is not None and same.low > limit.amount for _, same, _ in told)
    abroad = bool(asked(limit, Bench(country=comparison.country), comparison.reference))
    what = " or ".join(dict.fromkeys(each for _, _, each in told))
    lower = [
        each for value, _, kind in told for each in within(comparison, substance, limit, value.statement, kind, _told)
    ]
    lower = [each for each in lower if all(each.statement.id != value.statement.id for value in values)]
    elsewhere = f"; elsewhere {sided(comparison, lower).replace(' against ', ', ')}" if lower else ""
    return finding(
        CODE,
        RULE,
        Severity.ERROR if worst and not abroad else Severity.WARNING,
        f"{substance}: {what} {'' if worst else 'at its high end '}above "
        f"{'all that is known, of any country: ' if abroad else ''}{comparison.cited(limit)}: "
        f"{sided(comparison, values).replace(' against ', ', ')}{elsewhere}",
        substances=(substance,),
        values=values,
        beside=lower,
        comparison=comparison,
        mend=(
            f"It agrees if it stays within {comparison.cited(limit)}, or if the text says whom the higher figure is for"
        ),
    )


def _told(statement: Statement, substance: str) -> tuple[Range, str] | None:
    """What a statement allows per day: its maximum, else its target, else its range."""
    for stated in statement.maximum:
        if stated.substance == substance and stated.per is not None and stated.per.is_day:
            return Range.of(stated.amount, stated.unit), "a stated maximum"
    target = target_per_day(statement.dosage)
    if target is not None and len(statement.substances) == 1:
        return target, "a titration target"
    for figure in statement.daily:
        if figure.substance == substance:
            return figure.amount, "a daily amount"
    return None
