"""R101, R102, R105 and R106 at and beside the limit, with limits made for it; every figure worked out by hand.

Each row says what the source allows, what is taken, and the severity and words of the finding (``None``: none).
"""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

import doseref
from doseref.checks.regimen import r101_over_maximum as r101
from doseref.checks.regimen import r102_may_exceed_maximum as r102
from doseref.checks.regimen import r105_single_dose as r105
from doseref.checks.regimen import r106_too_frequent as r106
from doseref.checks.regimen.case import Case
from doseref.findings import Finding
from doseref.limits import Limit
from doseref.quantities import DAY, Period, Range
from doseref.records import replace
from doseref.regimen.bench import Bench
from doseref.regimen.judged import ProductLoad
from doseref.regimen.model import Exposure, Total, Verdict
from doseref.tables.entries import Source

D = Decimal
WEEK = Period(D(1), "wk")
MONTH = Period(D(1), "mo")


def hours(value: int) -> Period:
    return Period(D(value), "h")


def mg(low: int | str, high: int | str | None = None) -> Range:
    return Range(D(low), D(low if high is None else high), "mg")


SOURCES = {
    name: Source(name, name.title(), kind, "", "2020", "", "verified", tier, "US")
    for name, kind, tier in (("label", "label", "label"), ("other", "label", "label"), ("copy", "label", "secondary"), ("l1", "article", ""))
}  # fmt: skip


def limit(**fields: Any) -> Limit:
    usual = {
        "statement": f"s{fields}",
        "source": "label",
        "substance": "drug",
        "basis": "maximum",
        "amount": None,
        "unit": "",
        "per": None,
        "country": "US",
    }
    return Limit(**(usual | fields))


def article(**fields: Any) -> Limit:
    return limit(source="l1", article=True, line=7, **fields)


def single(value: int, **fields: Any) -> Limit:
    return limit(single=D(value), single_unit="mg", **fields)


def exposure(
    dose: Range | None = None,
    *,
    doses: int = 2,
    per: Period = DAY,
    interval: int | str | None = None,
    item: int = 1,
    **fields: Any,
) -> Exposure:
    one = dose or mg(10)
    total = one.scaled(doses)
    return Exposure(
        item, "drug", "systemic", (), total, per, one, (D(doses), D(doses)), total, f"working {item}",
        interval_hours=None if interval is None else D(interval), **fields,
    )  # fmt: skip


def product(**fields: Any) -> Any:
    return SimpleNamespace(
        **(
            {
                "id": "p",
                "label": "Brand 5/325",
                "per_unit": "{tablet}",
                "ingredients": (SimpleNamespace(substance="drug"),),
            }
            | fields
        )
    )


def item(*exposures: Exposure, n: int = 1, product: Any = None, dosage: Any = None) -> Any:
    return SimpleNamespace(
        n=n,
        product=product,
        exposures=exposures,
        lone=(),
        dosage=dosage,
        parts=(SimpleNamespace(substance="drug"),),
        substances=(),
        care="",
    )


class Known(SimpleNamespace):
    """Known by itself, as a dataset is: what was worked out with one is kept for that one."""

    __hash__ = object.__hash__


def case(
    limits: list[Limit],
    *items: Any,
    totals: tuple[Total, ...] = (),
    loads: tuple[Any, ...] = (),
    policy: str = "strictest",
) -> Case:
    data = Known(
        limits={"drug": tuple(limits)},
        sources=SOURCES,
        substances={},
        opioid_factors=(),
        name_of=lambda name, country="": name.title(),
        factor=lambda *_: None,
    )
    return cast(Any, Case)(items, totals, (), loads, Bench(policy=policy), data, Known(lookup=lambda _: None))


def told(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.severity.word, finding.message) for finding in found]


# R105: the single dose ------------------------------------------------------------------------------------------------

SINGLE = [
    # limits, exposure, severity and part of the message
    ([single(100)], exposure(mg(100)), None),
    ([single(100)], exposure(mg("100.1")), ("error", "one dose of Drug, 100.1 mg, is above the largest single dose of every source that gives one: at most 100 mg (Label)")),
    ([single(100)], exposure(mg(50, 101)), ("warning", "50 to 101 mg, may be above the largest single dose")),
    ([single(100)], exposure(mg(100, 101)), ("warning", "may be above")),
    ([single(100)], exposure(mg(101, 150)), ("error", "is above")),
    ([single(100)], exposure(mg(101), doses=1), ("error", "is above")),
    # the highest of several labels decides, whichever is said first
    ([single(100), single(200, source="other")], exposure(mg(150)), None),
    ([single(200, source="other"), single(100)], exposure(mg(150)), None),
    ([single(200, source="other"), single(100)], exposure(mg(250)), ("error", "at most 200 mg (Other)")),
    ([single(100, source="other"), single(100)], exposure(mg(250)), ("error", "at most 100 mg (Other, Label)")),
    # articles inform, where no label states one, and not of what is taken once a day
    ([article(single=D(100), single_unit="mg")], exposure(mg(150)), ("info", "is above the usual single dose of every source that gives one: at most 100 mg (L1 line 7)")),
    ([article(single=D(100), single_unit="mg")], exposure(mg(150), doses=1), None),
    ([article(single=D(100), single_unit="mg")], exposure(mg(150), doses=0), None),
    ([article(single=D(100), single_unit="mg", per=WEEK)], exposure(mg(150), doses=1, per=WEEK), ("info", "usual single dose")),
    ([article(single=D(100), single_unit="mg"), single(200)], exposure(mg(150)), None),
    ([article(single=D(300), single_unit="mg"), single(100)], exposure(mg(150)), ("error", "the largest single dose")),
    # no limit of this drug taken so
    ([limit(amount=D(100), unit="mg", per=DAY)], exposure(mg(150)), None),
    ([single(100, products=("q",))], exposure(mg(150)), None),
    ([single(100, source="copy")], exposure(mg(150)), None),
    ([single(100, route="topical")], exposure(mg(150)), None),
    ([limit(single=D(1), single_unit="g")], exposure(mg(1000)), None),
    ([limit(single=D(1), single_unit="g")], exposure(mg(1001)), ("error", "at most 1,000 mg")),
    ([limit(single=D(1), single_unit="[IU]")], exposure(mg(1001)), None),
    ([], exposure(mg(1001)), None),
    # the first days of a course, and those after them
    ([single(100, to_day=1), single(50, from_day=2)], exposure(mg(80), to_day=1), None),
    ([single(100, to_day=1), single(50, from_day=2)], exposure(mg(80)), ("error", "at most 50 mg")),
    ([single(100, to_day=1), single(10, to_day=1), single(50, from_day=2)], exposure(mg(80)), ("error", "at most 50 mg")),
    ([single(100, from_day=5)], exposure(mg(150), to_day=3), None),
]  # fmt: skip


@pytest.mark.parametrize(("limits", "each", "expected"), SINGLE)
def test_r105(limits: list[Limit], each: Exposure, expected: tuple[str, str] | None) -> None:
    found = told(list(r105.check(case(limits, item(each)))))
    assert len(found) == (expected is not None)
    if expected:
        assert found[0][0] == expected[0]
        assert expected[1] in found[0][1]


def test_r105_of_ten_times_the_dose_asks_for_the_unit() -> None:
    def mend(dose: Range) -> str:
        return next(r105.check(case([single(100)], item(exposure(dose))))).mend

    assert [mend(mg(999)), mend(mg(1000)), mend(mg(1050)), mend(mg(999, 1000))] == [
        "",
        "check the dose and its unit",
        "check the dose and its unit",
        "",
    ]
    found = next(r105.check(case([single(100)], item(exposure(mg(150))))))
    assert (found.items, found.sources, found.working) == (
        (1,),
        ("label",),
        "item 1: 150 mg at one administration > 100 mg",
    )


def test_r105_of_an_amount_per_day_only() -> None:
    def dosage(*per_day: bool) -> Any:
        return SimpleNamespace(options=[SimpleNamespace(per_day=each, count=None) for each in per_day])

    def fires(*per_day: bool) -> bool:
        return bool(list(r105.check(case([single(100)], item(exposure(mg(150)), dosage=dosage(*per_day))))))

    assert [fires(True), fires(False), fires(True, False), fires(True, True)] == [False, True, True, False]


UNITS = [
    # what the product's labels allow at once, what is taken at once
    ([1], [(1, 1)], None),
    ([1], [(2, 2)], ("error", "2 tablets of Brand 5/325 at once; its label allows 1 tablet (Label)")),
    ([1], [(1, 2)], ("warning", "1 to 2 tablets of Brand 5/325 at once")),
    ([1, 2], [(2, 2)], None),
    ([2, 1], [(2, 2)], None),
    ([2, 1], [(3, 3)], ("error", "its label allows 2 tablets")),
    ([2], [(1, 1), (3, 3)], ("warning", "1 to 3 tablets")),
    ([2], [(3, 3), (1, 1)], ("warning", "1 to 3 tablets")),
    ([2], [(4, 4), (3, 3)], ("error", "3 to 4 tablets")),
    ([], [(9, 9)], None),
    ([2], [], None),
]  # fmt: skip


@pytest.mark.parametrize(("allowed", "counts", "expected"), UNITS)
def test_r105_units_of_a_product(
    allowed: list[int], counts: list[tuple[int, int]], expected: tuple[str, str] | None
) -> None:
    limits = [limit(products=("p",), single=D(value), single_unit="{tablet}") for value in allowed]
    limits += [
        limit(products=("p",), single=D(50), single_unit="mg"),
        limit(products=("p",), single_unit="{tablet}"),
        limit(products=("p",)),
    ]
    options = [SimpleNamespace(count=Range(D(low), D(high), "{tablet}"), per_day=True) for low, high in counts]
    options.append(SimpleNamespace(count=None, per_day=True))
    one = item(exposure(), product=product(), dosage=SimpleNamespace(options=options))
    found = told(list(r105.check(case(limits, one))))
    assert len(found) == (expected is not None)
    if expected:
        assert found[0][0] == expected[0]
        assert expected[1] in found[0][1]
    assert list(r105.check(case(limits, item(product=product(), dosage=one.dosage)))) == []  # nothing of it is known
    assert list(r105.check(case(limits, item(exposure(), product=product())))) == []


# R106: how often ------------------------------------------------------------------------------------------------------


def every(value: int, **fields: Any) -> Limit:
    return limit(interval_hours=D(value), **fields)


OFTEN = [
    # limits, exposure, severity and part of the message, working
    ([every(6)], exposure(interval=6), None, ""),
    ([every(6)], exposure(interval=5), ("warning", "Drug is taken every 5 hours; no source here gives it more often than every 6 hours (Label)"), "item 1: 5 hours < 6 hours"),
    ([every(6)], exposure(interval=1), ("warning", "every 1 hour;"), "item 1: 1 hour < 6 hours"),
    ([every(6), every(8, source="other")], exposure(interval=6), None, ""),
    ([every(8, source="other"), every(6)], exposure(interval=5), ("warning", "every 6 hours (Label)"), ""),
    ([article(interval_hours=D(6))], exposure(interval=5), ("info", "(L1 line 7)"), ""),
    ([article(interval_hours=D(6)), every(8)], exposure(interval=5), ("warning", "every 6 hours (L1 line 7)"), ""),
    # doses a day are spread by the patient: only more of them count
    ([every(6)], exposure(doses=4), None, ""),
    ([every(6)], exposure(doses=5), ("warning", "is taken 5 times in 24 hours"), "item 1: 24 hours / 5 < 6 hours"),
    ([every(5)], exposure(doses=4), None, ""),
    ([every(5)], exposure(doses=5), ("warning", "5 times in 24 hours"), ""),
    ([limit(doses=D(4))], exposure(doses=4), None, ""),
    ([limit(doses=D(4))], exposure(interval=6), None, ""),
    ([limit(doses=D(4))], exposure(interval=5), ("warning", "every 6 hours"), ""),
    ([every(6, doses=D(5))], exposure(doses=5), None, ""),  # a source that counts five allows five
    ([every(6, doses=D(5))], exposure(doses=6), ("warning", "6 times in 24 hours"), ""),
    ([every(36)], exposure(doses=1), ("warning", "is taken once in 24 hours; no source here gives it more often than every 36 hours"), "item 1: 24 hours < 36 hours"),
    ([every(6)], exposure(doses=0), None, ""),
    # clock times
    ([every(6)], exposure(doses=2, at=("08:00", "09:00")), ("warning", "is taken 1 hour apart"), "item 1: 1 hour < 6 hours"),
    ([every(6)], exposure(doses=2, at=("09:00", "08:00")), ("warning", "is taken 1 hour apart"), ""),
    ([every(6)], exposure(doses=2, at=("08:00", "11:00")), None, ""),  # half the interval
    ([every(6)], exposure(doses=2, at=("08:00", "10:59")), ("warning", "hours apart"), ""),
    ([every(6)], exposure(doses=2, at=("22:00", "00:30")), ("warning", "is taken 2.5 hours apart"), ""),
    ([every(6)], exposure(doses=2, at=("23:45", "00:15")), ("warning", "is taken 0.5 hours apart"), ""),
    ([every(6)], exposure(doses=3, at=("08:00", "14:00", "20:00")), None, ""),
    ([every(6)], exposure(doses=5, at=("08:00",)), ("warning", "is taken 4.8 hours apart"), "item 1: 24 hours / 5 < 6 hours"),
    ([every(6)], exposure(doses=1, at=("08:00",)), None, ""),
    ([every(72, doses=D(1))], exposure(doses=1, at=("08:00",)), None, ""),
    # longer periods
    ([every(72)], exposure(doses=3, per=WEEK), ("info", "is taken every 2.3333 days"), "item 1: 7 days / 3 < 3 days"),
    ([every(72)], exposure(doses=4, per=WEEK), ("warning", "is taken every 42 hours"), "item 1: 7 days / 4 < 3 days"),
    ([every(72)], exposure(doses=1, per=hours(48), interval=48), ("info", "every 2 days; no source here gives it more often than every 3 days"), ""),
    ([every(72)], exposure(doses=1, per=hours(47), interval=47), ("warning", "every 47 hours"), ""),
    ([every(48)], exposure(doses=1, per=hours(40), interval=40), ("info", "every 40 hours"), ""),
    ([every(47)], exposure(doses=1, per=hours(40), interval=40), ("warning", "every 40 hours; no source here gives it more often than every 47 hours"), ""),
    ([every(100)], exposure(doses=1, per=hours(90), interval=90), None, ""),  # within a tenth
    ([every(100)], exposure(doses=1, per=hours(89), interval=89), ("info", "every 3.7083 days"), ""),
    ([every(20)], exposure(doses=1, interval=18), ("warning", "every 18 hours"), ""),  # of a day's doses the tenth is not given
    ([every(24)], exposure(doses=1, interval=24), None, ""),
    ([limit(per=WEEK)], exposure(doses=1, interval=24), None, ""),  # weekly taken daily: the rule of the wrong period
    ([limit(per=WEEK), every(36)], exposure(doses=1, interval=24), None, ""),
    ([every(168)], exposure(doses=1, interval=24), None, ""),
    ([every(25), every(168)], exposure(doses=1, interval=24), None, ""),
    ([every(24), every(168)], exposure(doses=1, interval=23), ("warning", "every 23 hours"), ""),
    ([every(167)], exposure(doses=1, interval=24), ("warning", "every 24 hours"), ""),
    ([limit(per=WEEK)], exposure(doses=2, per=WEEK), ("warning", "is taken every 3.5 days; no source here gives it more often than every 7 days"), ""),
    ([limit(per=WEEK, doses=D(2))], exposure(doses=2, per=WEEK, interval=84), None, ""),
    ([limit(per=MONTH)], exposure(doses=1, per=MONTH), None, ""),
    ([limit(per=MONTH)], exposure(doses=2, per=MONTH), ("warning", "every 14 days; no source here gives it more often than every 28 days"), "item 1: 28 days / 2 < 28 days"),
    ([limit(per=DAY)], exposure(interval=1), None, ""),
    # who speaks, and how loudly
    ([every(6, products=("q",))], exposure(interval=5), None, ""),
    ([every(6, source="copy")], exposure(interval=5), None, ""),
    ([every(6, kind="schedule-only")], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6, kind="schedule-only", source="copy")], exposure(interval=5), ("warning", "(Copy)"), ""),
    ([every(6, kind="none-determinable")], exposure(interval=5), None, ""),
    ([every(6, status="otc")], exposure(interval=5), ("warning", "every 6 hours"), ""),  # the only label there is
    ([every(6, status="otc"), every(5, status="rx")], exposure(interval=4), ("warning", "every 5 hours"), ""),
    ([every(6, status="otc"), every(8, status="rx")], exposure(interval=6), None, ""),
    ([every(6, country="GB")], exposure(interval=5), None, ""),
    ([], exposure(interval=1), None, ""),
    # beside it a label for a wider use says no interval
    ([every(6), limit(amount=D(9), unit="mg", per=DAY, indication="pain")], exposure(interval=5), ("info", "every 5 hours"), ""),
    ([every(6), limit(amount=D(9), unit="mg", per=DAY)], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6), limit(indication="pain")], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6), article(amount=D(9), unit="mg", per=DAY, indication="pain")], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6), limit(amount=D(9), unit="mg", per=DAY, indication="pain", products=("q",))], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6), limit(amount=D(9), unit="mg", per=DAY, indication="pain", source="copy")], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6), limit(amount=D(9), unit="mg", per=DAY, indication="pain", to_day=3)], exposure(interval=5), ("warning", "every 5 hours"), ""),
    ([every(6, amount=D(9), unit="mg", per=DAY, indication="pain")], exposure(interval=5), ("warning", "every 5 hours"), ""),
    # the first days of a course, and those after them
    ([every(4, to_day=2), every(8, from_day=3)], exposure(interval=4, to_day=2), None, ""),
    ([every(4, to_day=2), every(8, from_day=3)], exposure(interval=4), ("warning", "more often than every 8 hours"), ""),
    ([every(4, to_day=2), every(100, to_day=2), every(8, from_day=3)], exposure(interval=4), ("warning", "more often than every 8 hours"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("limits", "each", "expected", "working"), OFTEN)
def test_r106(limits: list[Limit], each: Exposure, expected: tuple[str, str] | None, working: str) -> None:
    found = list(r106.check(case(limits, item(each))))
    assert len(found) == (expected is not None), told(found)
    if expected:
        assert found[0].severity.word == expected[0]
        assert expected[1] in found[0].message
        assert not working or found[0].working == working
        assert (found[0].items, found[0].mend) == ((1,), "lengthen the interval")


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (exposure(doses=12), False), (exposure(doses=13), True), (exposure(doses=13, prn=True), False), (exposure(doses=13, per=WEEK), False),
        (replace(exposure(doses=13), routes=("oral",)), True), (replace(exposure(doses=13), routes=("intravenous",)), False),
        (replace(exposure(doses=13), route="topical"), False), (replace(exposure(doses=14), doses=(D(12), D(14))), False),
    ],
)  # fmt: skip
def test_r106_of_what_nobody_swallows_so_often(each: Exposure, expected: bool) -> None:
    found = [finding.message for finding in r106.check(case([], item(each)))]
    assert found == (
        ["Drug is to be taken 13 times in 24 hours: nobody swallows a dose that often, day and night"]
        if expected
        else []
    )


BOX = [
    # intervals on the product's own labels, exposure, part of the message, working
    ([6], exposure(interval=6), None, ""),
    ([6], exposure(interval=5), "Brand 5/325 is taken every 5 hours; its label allows it every 6 hours at most (Label)", "item 1: 5 hours < 6 hours"),
    ([6], exposure(doses=4), None, ""),
    ([6], exposure(doses=5), "is taken 5 times in 24 hours", "item 1: 24 hours / 5 < 6 hours"),
    ([5], exposure(doses=5), "is taken 5 times in 24 hours", ""),
    ([6], exposure(doses=2, at=("08:00", "09:00")), "is taken 1 hour apart", "item 1: 1 hour < 6 hours"),
    ([6], exposure(doses=2, at=("08:00", "14:00")), None, ""),
    ([6, 4], exposure(interval=4), None, ""),
    ([4, 6], exposure(interval=3), "every 4 hours at most", ""),
    ([], exposure(interval=1), None, ""),
    ([6], exposure(doses=0), None, ""),
    ([200], exposure(doses=1, per=WEEK), "is taken every 7 days; its label allows it every 8.3333 days", "item 1: 7 days < 8.3333 days"),
]  # fmt: skip


@pytest.mark.parametrize(("allowed", "each", "expected", "working"), BOX)
def test_r106_of_a_products_own_label(allowed: list[int], each: Exposure, expected: str | None, working: str) -> None:
    limits = [every(value, products=("p",)) for value in allowed] + [limit(products=("p",)), every(99, products=("q",))]
    found = list(r106.check(case(limits, item(each, product=product()))))
    assert len(found) == (expected is not None), told(found)
    if expected:
        assert found[0].severity.word == "warning"
        assert expected in found[0].message
        assert not working or found[0].working == working
    assert list(r106.check(case(limits, item(product=product())))) == []
    assert list(r106.check(case(limits, item(each)))) == []


# R101 and R102: the total ---------------------------------------------------------------------------------------------


def verdict(judgement: str, amount: int, **fields: Any) -> Verdict:
    judges = fields.pop("judges", True)
    return Verdict(
        limit(**({"amount": D(amount), "unit": "mg", "per": DAY} | fields)), cast(Any, judgement), "", judges, D(amount)
    )


def total(amount: Range, *verdicts: Verdict, items: tuple[int, ...] = (1,), prn: bool = False) -> Total:
    return Total("drug", "systemic", amount, DAY, tuple(exposure(item=n, prn=prn) for n in items), verdicts)


OVER, MAYBE, FINE = verdict("over", 3000), verdict("possible", 3000), verdict("within", 4000)

TOTALS = [
    # total, policy, R101 and R102: severity-free words and what to do
    (total(mg(3900), OVER), "strictest", "Drug is over the maximum of the only statement that gives one: 3,900 mg in 24 hours against 3,000 mg: Label", "", "reduce the dose or take it less often"),
    (total(mg(3900), OVER, FINE), "strictest", "over the maximum of 1 of 2 statements: 3,900 mg", "", "reduce the dose or take it less often"),
    (total(mg(5000), OVER, verdict("over", 4000, source="other")), "strictest",
     "over the maximum of both statements: 5,000 mg in 24 hours against 3,000 mg: Label; 4,000 mg: Other", "", "reduce the dose or take it less often"),
    (total(mg(5000), OVER, OVER, OVER), "strictest", "over the maximum of all 3 statements:", "", "reduce the dose or take it less often"),
    (total(mg(5000), OVER, OVER, FINE), "strictest", "over the maximum of 2 of 3 statements:", "", "reduce the dose or take it less often"),
    (total(mg(5000, 6000), OVER, prn=True), "strictest", "the only statement that gives one even with no as-needed dose taken: 5,000 to 6,000 mg", "",
     "reduce the dose or take it less often"),
    (total(mg(5000), OVER, items=(1, 2)), "strictest", "the only statement", "", "reduce or stop one of items 1 and 2"),
    (total(mg(3900), OVER, FINE), "most-permissive", "", "", ""),
    (total(mg(3900), OVER, verdict("possible", 3950)), "most-permissive", "", "Drug may exceed a maximum at the high end of the dosage", "state a maximum per day"),
    (total(mg(3000), verdict("within", 3000)), "strictest", "", "", ""),
    (total(mg(1000, 3900), MAYBE, FINE), "strictest", "", "Drug may exceed a maximum at the high end of the dosage: 1,000 to 3,900 mg in 24 hours against 3,000 mg: Label",
     "state a maximum per day: at most 2,000 mg more than what is surely taken"),
    (total(mg(0, 3900), MAYBE, verdict("possible", 2600, source="other"), prn=True), "strictest", "",
     "may exceed a maximum if all as-needed doses are taken: 0 to 3,900 mg in 24 hours against 2,600 mg: Other; 3,000 mg: Label",
     "state a maximum per day: at most 2,600 mg more than what is surely taken"),
    (total(mg(0, 3900), MAYBE, FINE), "most-permissive", "", "", ""),
    # what is only told, or is no maximum, decides nothing
    (total(mg(3900), verdict("over", 3000, judges=False)), "strictest", "", "", ""),
    (total(mg(3900), verdict("over", 3000, basis="range")), "strictest", "", "", ""),
    (total(mg(3900), verdict("not-assessed", 3000)), "strictest", "", "", ""),
    (total(mg(3900), OVER, verdict("over", 2000, basis="range")), "strictest", "the only statement that gives one: 3,900 mg in 24 hours against 3,000 mg: Label", "",
     "reduce the dose or take it less often"),
    (total(mg(3900)), "strictest", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("each", "policy", "over", "possible", "mend"), TOTALS)
def test_r101_and_r102(each: Total, policy: str, over: str, possible: str, mend: str) -> None:
    given = case([], item(), item(n=2), totals=(each,), policy=policy)
    for rule, severity, words in ((r101, "error", over), (r102, "warning", possible)):
        found = list(rule.check(given))
        assert len(found) == bool(words), told(found)
        for finding in found:
            assert (finding.severity.word, finding.items) == (severity, each.items)
            assert words in finding.message
            assert finding.mend.startswith(mend)


def test_one_item_of_two_as_needed() -> None:
    def both(amount: Range, each: Verdict) -> Total:
        return replace(total(amount, each), exposures=(exposure(prn=True), exposure(item=2)))

    (found,) = r101.check(case([], item(), item(n=2), totals=(both(mg(5000, 6000), OVER),)))
    assert "even with no as-needed dose taken" in found.message
    (found,) = r102.check(case([], item(), item(n=2), totals=(both(mg(1000, 6000), MAYBE),)))
    assert "if all as-needed doses are taken" in found.message


def test_r102_lowers_a_maximum_that_is_stated() -> None:
    stated = item(dosage=SimpleNamespace(maximum=("4 g",)))
    none = item(dosage=SimpleNamespace(maximum=()))
    for one, other, mend in ((stated, item(n=2), "lower"), (none, item(n=2), "state"), (none, stated, "lower")):
        (found,) = r102.check(case([], one, other, totals=(total(mg(0, 3900), MAYBE, items=(1, 2)),)))
        assert found.mend.startswith(mend)


@pytest.mark.parametrize(
    ("taken", "over", "possible"),
    [
        ((2, 2), False, False),
        ((3, 3), True, False),
        ((3, 8), True, False),
        ((0, 3), False, True),
        ((2, 3), False, True),
    ],
)
def test_the_units_of_a_product(taken: tuple[int, int], over: bool, possible: bool) -> None:
    load = cast(Any, ProductLoad)(
        product(),
        (item(),),
        (Range(D(0), D(1), "{tablet}"),),
        Range(D(taken[0]), D(taken[1]), "{tablet}"),
        D(2),
        "label",
    )
    given = case([], item(), loads=(load,))
    load_over, load_possible = list(r101.check(given)), list(r102.check(given))
    assert (bool(load_over), bool(load_possible)) == (over, possible)
    for found, words in (
        (load_over, "is over its own label's maximum"),
        (load_possible, "may exceed its own label's maximum"),
    ):
        assert all(words in each.message and "against 2 tablets (Label)" in each.message for each in found)
    assert [each.mend for each in load_over] == ["take at most 2 tablets in 24 hours"] * over
    assert [each.mend for each in load_possible] == ["state a maximum of 2 tablets in 24 hours"] * possible


def test_a_place_that_only_adds_an_indication_is_told_once() -> None:
    """The same label speaks of the product twice, once under "pain": its title stands once in the message."""
    finding = next(f for f in doseref.check(["Norco 10/325 2 tablets every 6 hours"]).findings if f.code == "R105")
    title = "Hydrocodone bitartrate and acetaminophen tablets label, copy at medlibrary.org"
    assert finding.message == f"2 tablets of Norco 10/325 at once; its label allows 1 tablet ({title})"
