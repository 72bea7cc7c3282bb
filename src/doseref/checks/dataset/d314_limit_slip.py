"""D314 limit-slip (error)

What. The total of a limit fits what else the tables say: it is at most three times, and at least a quarter of, the
largest single dose as often as the row's interval or number of doses allows, but not more than six times (without
those, at most six single doses); it is within five times of some other limit of the same substance and route (or of any route), where
there is another (but for what was read in the label of one indication or group, over the counter, or as a usual dose);
a note that gives the total does not give it ten times as large or small; and the units that a product's limit allows
hold at most twice the largest limit of each ingredient.

Why. A limit ten times too high calls a tenfold overdose within limits.

Passes:
    single 1000 mg, amount 4000 mg, interval_hours 4

Fires:
    single 1000 mg, amount 40000 mg, interval_hours 4
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.dataset.data import Dataset, Rule, number, place, shown, terms
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.tables.write import in_words
from doseref.units import UNITS

RULE = Rule("D314", "limit-slip")

MOST_OF_SINGLES = 3
"""A label's total may be above single dose × doses: one prints 12 tablets a day, at one tablet every 6 hours."""
LEAST_OF_SINGLES = 4
"""A total is often below single dose × doses, a third of it at the least."""
MOST_SINGLES = 6
"""Single doses in a period, where the row gives neither interval nor number: every four hours of a day."""
FAR = 5
"""Times apart from the nearest other limit: the shipped ones are at most 4 apart,
a slip by ten is mostly more than 5.
"""
PRODUCT_FAR = 2
"""Times the largest limit of an ingredient that a product's own limit may hold."""

_HOURS = {"h": 1, "d": 24, "wk": 168}
_MEND = "compare it with the source; correct the figure or the unit that is wrong"
_NOTES = ("note", "form", "population", "indication")
_Daily = tuple[Row, Decimal]
"""A limit's row and its amount in mg a day."""


def check(data: Dataset) -> Iterator[Finding]:
    """Totals that contradict their own row or the other limits, and products' limits beyond those of their
    ingredients.
    """
    figure = re.compile(r"(\d[\d,]{0,12}(?:\.\d{1,6})?) ?(mg|mcg|g)\b(?!/kg)")
    groups: dict[tuple[str, str], list[_Daily]] = {}
    factors = _factors(data)
    for row in data.rows("limits"):
        yield from _against_single(row)
        yield from _against_note(row, figure)
        daily = _daily(row, factors)
        if daily is not None:
            groups.setdefault((row["substance"], row["route"]), []).append((row, daily))
    for (substance, route), group in groups.items():
        # A limit of no route is about the substance however it is taken: an upper intake level.
        of_any = groups.get((substance, ""), ()) if route else ()
        yield from _against_others(group, [amount for _, amount in of_any])
    general = {key: [each for each in group if not each[0]["product"]] for key, group in groups.items()}
    yield from _products(data, {key: max(group, key=lambda each: each[1]) for key, group in general.items() if group})


def _against_single(row: Row) -> Iterator[Finding]:
    amount, single = number(row, "amount"), number(row, "single")
    if not amount or not single or row["unit"] != row["single_unit"] or single <= 0:
        return
    doses, hours, interval = number(row, "doses"), _hours(row), number(row, "interval_hours")
    if not doses and hours and interval and interval > 0:
        doses = hours / interval
    if doses and doses > 0:
        full = single * doses
        if LEAST_OF_SINGLES * amount >= single * min(doses, Decimal(MOST_SINGLES)) and amount <= MOST_OF_SINGLES * full:
            return
        words = f"{doses:.3g} single doses of {row['single']} {row['single_unit']}"
    elif amount > MOST_SINGLES * single:
        words = f"a single dose of {row['single']} {row['single_unit']}"
    else:
        return
    message = f"amount {row['amount']} {row['unit']} does not fit {words}"
    yield RULE.at(row, "amount", message, _MEND, also=(place(row, "single"),))


def _against_note(row: Row, figure: re.Pattern[str]) -> Iterator[Finding]:
    """A text of the row that gives the total ten times as large or small, and none that gives it as it is."""
    amount, unit = _milligrams(row)
    if amount is None:
        return
    texts = [(column, row[column]) for column in _NOTES if row[column]]
    given = []
    for column, text in texts:
        for found in figure.finditer(text):
            value = Decimal(found[1].replace(",", ""))
            given.append((value * UNITS[{"mcg": "ug"}.get(found[2], found[2])].factor, column, found[0]))
    if any(value == amount for value, _, _ in given):
        return
    for value, column, text in given:
        if value in (amount * 10, amount / 10):
            message = f"amount {row['amount']} {unit}, but the {column} says {shown(text)}"
            yield RULE.at(row, "amount", message, _MEND, also=(place(row, column),))
            return


def _against_others(group: list[_Daily], of_any: list[Decimal]) -> Iterator[Finding]:
    """Limits far from every other, those of any route (mg a day) among them. What labels of two indications say may be
    far apart: 6 mg for sleep, 300 mg for depression.
    """
    group = sorted(group, key=lambda each: each[1])
    for position, (row, amount) in enumerate(group):
        if row["readings"] and (
            row["indication"] or not row["adult"] or row["status"] == "otc" or row["kind"] != "maximum"
        ):
            continue
        below, above = group[position - 1 : position], group[position + 1 : position + 2]
        if not (below or above):
            continue
        if any(amount < FAR * other for _, other in below) or any(other < FAR * amount for _, other in above):
            continue
        if any(amount < FAR * other and other < FAR * amount for other in of_any):
            continue
        if row["readings"] and row["status"] != "otc" and all(other["status"] == "otc" for other, _ in below + above):
            continue
        nearest = (below or above)[0]
        words = f"{nearest[0]['amount']} {nearest[0]['unit']} of {nearest[0]['id']}"
        message = (
            f"{row['substance']} {row['amount']} {row['unit']} is far from every other limit, the nearest is {words}"
        )
        yield RULE.at(row, "amount", message, _MEND, also=(place(nearest[0], "amount"),))


def _products(data: Dataset, largest: dict[tuple[str, str], _Daily]) -> Iterator[Finding]:
    """Counted limits (6 tablets a day) against the limits of what the units hold."""
    contents: dict[str, list[Row]] = {}
    for row in data.rows("products"):
        contents.setdefault(row["id"], []).append(row)
    for row in data.rows("limits"):
        count = number(row, "amount")
        if count and row["kind"] == "maximum" and row["unit"].startswith("{") and _hours(row) == 24:
            for name in terms(row["product"]):
                yield from _too_much(row, "amount", count, contents.get(name, ()), row["unit"], largest)
    for rows in contents.values():
        for row in rows:
            count = number(row, "max_count")
            if count:
                yield from _too_much(row, "max_count", count, rows, row["per_unit"], largest)


def _too_much(
    row: Row,
    column: str,
    count: Decimal,
    ingredients: list[Row] | tuple[()],
    unit: str,
    largest: dict[tuple[str, str], _Daily],
) -> Iterator[Finding]:
    for each in ingredients:
        strength, per = number(each, "strength"), number(each, "per")
        limit = largest.get((each["substance"], each["route"]))
        known = UNITS.get(each["unit"])
        if not (strength and per and limit and known and known.dimension == "mass" and each["per_unit"] == unit):
            continue
        top, most = limit
        total = count * strength * known.factor / per
        if total > PRODUCT_FAR * most:
            message = (
                f"{in_words(count)} units hold {in_words(total.normalize())} mg of {each['substance']}, "
                f"far above the {in_words(most.normalize())} mg of its largest limit"
            )
            yield RULE.at(row, column, message, _MEND, also=(place(each, "strength"), place(top, "amount")))
            return


def _milligrams(row: Row) -> tuple[Decimal | None, str]:
    """The total of a limit in mg, and its unit; ``None`` where it is no mass."""
    amount, known = number(row, "amount"), UNITS.get(row["unit"])
    if not amount or known is None or known.dimension != "mass":
        return None, row["unit"]
    return amount * known.factor, row["unit"]


def _hours(row: Row) -> Decimal | None:
    """The period of a limit; months and years, which differ in length, have none."""
    period, hours = number(row, "period"), _HOURS.get(row["period_unit"])
    return period * hours if period and hours else None


def _factors(data: Dataset) -> dict[tuple[str, str], Decimal]:
    """Milligrams in one unit that is no mass, by substance and unit, where one usable factor says it."""
    found: dict[tuple[str, str], Decimal] = {}
    for factor in data.rows("conversions"):
        start, end, known = number(factor, "from_value"), number(factor, "to_value"), UNITS.get(factor["to_unit"])
        if factor["usable"] and start and end and known and known.dimension == "mass":
            found[factor["substance"], factor["from_unit"]] = end * known.factor / start
    return found


def _daily(row: Row, factors: dict[tuple[str, str], Decimal]) -> Decimal | None:
    """The total in mg a day, international units by the substance's one usable factor; ``None`` where there is none."""
    hours = _hours(row)
    if not hours or hours <= 0:
        return None
    amount, _ = _milligrams(row)
    if amount is None:
        count, factor = number(row, "amount"), factors.get((row["substance"], row["unit"]))
        if count and factor:
            amount = count * factor
    return None if not amount else amount * 24 / hours
