"""Whether a limit speaks, case by case with limits made for it: what silences it, in words, and what does not.

Each row is a limit, what is taken, the options, and why the limit is silent (empty: it speaks). A pharmacist can add rows.
"""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

import doseref
from doseref.errors import UsageError
from doseref.limits import Limit
from doseref.quantities import DAY, Period, Range
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.model import Exposure
from doseref.regimen.other_sources import left_aside
from doseref.regimen.person import Patient
from doseref.regimen.scope import (
    asked,
    informs,
    judges,
    label_of,
    may_be_its_form,
    other_status,
    restates,
    silent,
    upper_ends,
)
from doseref.regimen.sold import sold_freely
from doseref.regimen.taken import Taken
from doseref.tables.entries import Source

WEEK = Period(Decimal(1), "wk")
D = Decimal


def source(
    name: str, *, date: str = "2020-01-01", tier: str = "label", country: str = "US", kind: str = "label"
) -> Source:
    return Source(name, name, kind, "", date, "", "verified", tier, country)


SOURCES = {
    "us": source("us"), "gb": source("gb", country="GB"), "new": source("new", date="2025-06"), "second": source("second", tier="secondary"),
    "read": source("read", tier="machine-read"), "article": source("article", kind="article"), "british": source("british", kind="article", country="GB"),
}  # fmt: skip


def limit(**fields: Any) -> Limit:
    """A label's maximum of 100 mg a day of one drug, in the US, but for what is said."""
    usual = {
        "statement": "s1", "source": "us", "substance": "drug", "basis": "maximum", "amount": D(100), "unit": "mg", "per": DAY, "country": "US",
    }  # fmt: skip
    return Limit(**(usual | fields))


def data(*limits: Limit, kind: str = "drug", releases: tuple[str, ...] = (), sold: tuple[str, ...] = ()) -> Reference:
    return cast(
        Reference,
        SimpleNamespace(
            limits={"drug": limits},
            products_with=lambda _: [SimpleNamespace(release=each) for each in releases],
            strength_rows={"drug": [dict(zip(("market", "release"), each.split(), strict=True)) for each in sold]},
            sources=SOURCES,
            substances={"drug": SimpleNamespace(kind=kind, routes=())},
            rows=lambda _: [{"country": "US"}],
        ),
    )


def taken(**fields: Any) -> Taken:
    """The drug as a swallowed immediate-release tablet of 50 mg, daily, but for what is said."""
    usual = {
        "substance": "drug", "kinds": frozenset({"systemic"}), "routes": frozenset({"oral"}), "releases": frozenset({""}),
        "strengths": (((D(50), "mg"),),), "products": frozenset(), "periods": frozenset({DAY}),
    }  # fmt: skip
    return Taken(**(usual | fields))


def person(**fields: Any) -> Bench:
    return Bench(patient=Patient(**{k: D(v) if type(v) is int else v for k, v in fields.items()}))


AGED = {"age_low_years": D(19), "age_high_years": D(50), "population": "19-50 y", "adult": False}
KIDNEY = {"egfr_low": D(30), "egfr_high": D(60), "population": "eGFR 30 to 60"}

CASES: list[tuple[dict[str, Any], dict[str, Any], Bench, str, str]] = [
    # limit, taken, options, aspect, why it is silent
    ({}, {}, Bench(), "amount", ""),
    # the source
    ({"source": "gb", "country": "GB"}, {}, Bench(), "amount", "for GB"),
    ({"source": "gb", "country": "GB"}, {}, Bench(country="GB"), "amount", ""),
    ({"country": ""}, {}, Bench(country="GB"), "amount", ""),
    ({"source": "article", "article": True, "country": "GB"}, {}, Bench(), "amount", ""),  # an article's own country counts
    ({"source": "british", "article": True, "country": "US"}, {}, Bench(), "amount", "for GB"),
    ({"source": "gb", "country": "GB"}, {}, Bench(policy="gb"), "amount", ""),  # asked by name, whatever its country
    ({}, {}, Bench(policy="gb"), "amount", "only one other source is asked"),
    ({}, {}, Bench(policy="most-permissive"), "amount", ""),
    ({"source": "new"}, {}, Bench(as_of="2025-05-31"), "amount", "newer than 2025-05-31"),
    ({"source": "new"}, {}, Bench(as_of="2025-06-01"), "amount", ""),  # "2025-06" is not after a day of that month
    ({"source": "new"}, {}, Bench(), "amount", ""),
    ({"vintage": "2024"}, {}, Bench(as_of="2023-12-31"), "amount", "newer than 2023-12-31"),
    ({"vintage": "2024"}, {}, Bench(as_of="2024-01-01"), "amount", ""),
    ({"vintage": "undated"}, {}, Bench(as_of="2023-12-31"), "amount", ""),
    ({"superseded": True}, {}, Bench(), "amount", "replaced by a later figure of the same authority"),
    ({"verification": "unverified"}, {}, Bench(), "amount", "not verified"),
    ({"verification": "unverified", "source": "read"}, {}, Bench(), "amount", ""),  # told as information
    ({"status": "otc"}, {}, Bench(), "amount", ""),  # known over the counter alone: that label's maximum is asked
    ({"status": "otc", "kind": "usual-top"}, {}, Bench(), "amount", "for over-the-counter use"),
    ({"status": "otc"}, {}, Bench(otc=True), "amount", ""),
    ({"status": "rx"}, {}, Bench(otc=True), "amount", ""),
    ({"status": "rx"}, {}, Bench(otc=True, policy="us"), "amount", ""),
    # the person
    ({}, {}, person(age=17), "amount", "age 17 years: the limits are for adults"),
    ({}, {}, person(age=18), "amount", ""),
    ({}, {}, person(pregnant=True), "amount", "pregnant: the limits are for people who are not"),
    ({}, {}, person(hepatic=True), "amount", "liver disease: the limits are for normal livers"),
    ({}, {}, person(pregnant=True, hepatic=True), "amount",
     "pregnant: the limits are for people who are not; liver disease: the limits are for normal livers"),
    ({}, {}, person(egfr=59), "amount", "eGFR 59 mL/min: the limits are for normal kidneys"),
    ({}, {}, person(egfr=60), "amount", ""),
    (AGED, {}, person(age=18), "amount", "other age: the limit is for 19-50 y"),
    (AGED, {}, person(age=19), "amount", ""),
    (AGED, {}, Bench(patient=Patient(age=D("50.9"))), "amount", ""),  # until the 51st birthday
    (AGED, {}, person(age=51), "amount", "other age: the limit is for 19-50 y"),
    (AGED | {"population": ""}, {}, person(age=51), "amount", "other age: the limit is for another age"),
    (AGED | {"age_high_years": None}, {}, person(age=90), "amount", ""),
    (AGED | {"age_low_years": None}, {}, person(age=18), "amount", ""),
    (AGED, {}, Bench(), "amount", "other people: the limit is for 19-50 y only"),
    ({"adult": False}, {}, person(age=30), "amount", "other people: the limit is for a group of people only"),
    ({"adult": False, "article": True}, {}, Bench(), "amount", ""),
    (KIDNEY, {}, Bench(), "amount", "other kidney function"),
    (KIDNEY, {}, person(egfr=29), "amount", "other kidney function"),
    (KIDNEY, {}, person(egfr=30), "amount", ""),
    (KIDNEY, {}, person(egfr=59), "amount", ""),
    (KIDNEY, {}, person(egfr=60), "amount", "other kidney function"),
    (KIDNEY | {"egfr_low": None}, {}, person(egfr=5), "amount", ""),
    (KIDNEY | {"egfr_low": None}, {}, person(egfr=60), "amount", "other kidney function"),
    (KIDNEY | {"egfr_high": None}, {}, person(egfr=29), "amount", "other kidney function"),
    (KIDNEY | {"egfr_low": None}, {}, Bench(), "amount", "other kidney function"),
    (KIDNEY | {"egfr_high": None}, {}, person(egfr=90), "amount", ""),
    # the thing
    ({"products": ("p",)}, {}, Bench(), "amount", "a limit of another product"),
    ({"products": ("p", "q")}, {"products": frozenset({"q"})}, Bench(), "amount", ""),
    ({"route": "topical"}, {}, Bench(), "amount", "other route: the statement is about topical use"),
    ({}, {"kinds": frozenset({"topical"})}, Bench(), "amount", "other route: the statement is about systemic use"),
    ({"route": "oral"}, {"routes": frozenset({"intravenous"})}, Bench(), "amount", "other route: the statement is about oral use"),
    ({"route": "oral"}, {"routes": frozenset({""})}, Bench(), "amount", ""),  # a route that is not stated may be this one
    ({"route": "injection"}, {"routes": frozenset({"subcutaneous"})}, Bench(), "amount", ""),
    ({"route": "injection"}, {"routes": frozenset({"oral"})}, Bench(), "amount", "other route: the statement is about injection use"),
    ({"route": "oral", "longest_all_routes": True}, {"routes": frozenset({"intravenous"})}, Bench(), "longest", ""),
    ({"route": "topical", "longest_all_routes": True}, {}, Bench(), "longest", ""),
    ({"route": "oral", "longest_all_routes": True}, {"routes": frozenset({"intravenous"})}, Bench(), "amount",
     "other route: the statement is about oral use"),
    ({"route": "oral"}, {"routes": frozenset({"intravenous"})}, Bench(), "longest", "other route: the statement is about oral use"),
    ({}, {"releases": frozenset({"ER"})}, Bench(), "single", "other release: one extended-release dose is not held against other forms"),
    ({}, {"releases": frozenset({"ER"})}, Bench(), "interval", "other release: one extended-release dose is not held against other forms"),
    ({}, {"releases": frozenset({"ER"})}, Bench(), "amount", ""),
    ({}, {"releases": frozenset({"ER", ""})}, Bench(), "single", ""),
    ({"release": "ER"}, {"releases": frozenset({"ER"})}, Bench(), "single", ""),
    ({"release": "ER"}, {"releases": frozenset({"IR"})}, Bench(), "amount", "other release: the statement is about the ER form"),
    ({"release": "ER"}, {"releases": frozenset({"IR", "ER"})}, Bench(), "amount", ""),
    ({"release": "IR"}, {}, Bench(), "amount", ""),  # not stated: immediate, or coated
    ({"release": "DR"}, {}, Bench(), "amount", ""),
    ({"release": "EC"}, {}, Bench(), "amount", ""),
    ({"form": "325 mg"}, {}, Bench(), "amount", "other strength: the label is that of 325 mg"),
    ({"form": "50 mg"}, {}, Bench(), "amount", ""),
    ({"form": "50 mg"}, {"strengths": (((D("0.05"), "g"),),)}, Bench(), "amount", ""),
    ({"form": "50 mg"}, {"strengths": (((D("0.5"), "g"),),)}, Bench(), "amount", "other strength: the label is that of 50 mg"),
    ({"form": "50 mg"}, {"strengths": (((D(50), "[IU]"),),)}, Bench(), "amount", "other strength: the label is that of 50 mg"),
    ({"form": "50 mg"}, {"strengths": ()}, Bench(), "amount", ""),
    ({"form": "325 mg"}, {"strengths": (((D(50), "mg"),), ())}, Bench(), "amount", ""),  # one item states none
    ({"form": "325 mg"}, {"strengths": (((D(50), "mg"),), ((D(325), "mg"),))}, Bench(), "amount", ""),
    ({"form": "325 mg"}, {}, Bench(), "period", ""),
    ({"form": "325 mg", "article": True}, {}, Bench(), "amount", ""),
    # the period
    ({"per": WEEK}, {}, Bench(), "amount", "other period: the limit is per week"),
    ({"per": WEEK}, {"periods": frozenset({DAY, WEEK})}, Bench(), "amount", ""),
    ({"per": Period(D(7), "d")}, {"periods": frozenset({WEEK})}, Bench(), "amount", ""),
    ({"per": WEEK}, {}, Bench(), "interval", ""),
    ({"per": WEEK}, {}, Bench(), "period", ""),
    ({"per": WEEK}, {}, Bench(), "longest", "other period: the limit is per week"),
    ({"per": WEEK, "article": True}, {}, Bench(), "longest", ""),
    ({"per": WEEK, "article": True}, {}, Bench(), "amount", "other period: the limit is per week"),
    ({"per": WEEK}, {}, Bench(), "single", ""),
    ({}, {"periods": frozenset({WEEK})}, Bench(), "single", "other period: the limit is per 24 hours"),
    ({}, {"periods": frozenset({WEEK, DAY})}, Bench(), "single", ""),
    ({"per": None}, {}, Bench(), "amount", "other period: the limit is per None"),
    ({"per": None}, {}, Bench(), "single", ""),
    ({"per": None}, {}, Bench(), "longest", ""),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "what", "bench", "aspect", "why"), CASES)
def test_why_a_limit_is_silent(
    fields: dict[str, Any], what: dict[str, Any], bench: Bench, aspect: Any, why: str
) -> None:
    each = limit(**fields)
    known = data(each)
    assert silent(each, taken(**what), bench, known, aspect) == why
    assert judges(each, taken(**what), bench, known, aspect) == (not why and not informs(each, known))


def test_either_status() -> None:
    each = limit(status="otc")
    assert silent(each, taken(), Bench(), data(each), either_status=True) == ""
    assert other_status(limit(status=""), Bench(), data()) == ""


def test_an_over_the_counter_label_is_asked_where_no_prescription_label_is_known() -> None:
    each, prescribed = limit(status="otc"), limit(status="rx")
    assert silent(each, taken(), Bench(), data(each)) == ""
    assert silent(each, taken(), Bench(), data(each, prescribed)) == "for over-the-counter use"
    assert silent(each, taken(), Bench(), data(each, limit(status="rx", country="GB"))) == "for over-the-counter use"
    assert (
        silent(each, taken(), Bench(), data(each, limit(source="article", article=True))) == "for over-the-counter use"
    )
    assert silent(each, taken(), Bench(), data(each, limit(status="rx", route="topical"))) == ""
    assert silent(each, taken(), Bench(), data(each, limit(status="rx", kind="titrated"))) == "for over-the-counter use"


def test_with_over_the_counter_labels_a_prescription_label_speaks_of_what_is_not_sold_so() -> None:
    prescribed, otc = limit(status="rx"), Bench(otc=True)
    assert silent(prescribed, taken(), otc, data(prescribed)) == ""
    for sold in (limit(status="otc"), limit(status="otc", kind="titrated")):
        assert silent(prescribed, taken(), otc, data(prescribed, sold)) == "for prescription use"
    for other in ({"country": "GB"}, {"route": "topical"}, {"products": ("p",)}):
        assert silent(prescribed, taken(), otc, data(prescribed, limit(status="otc", **other))) == ""


def test_an_item_of_the_only_release_that_is_known() -> None:
    only, other, of_product = limit(release="ER"), limit(release="IR"), limit(release="IR", products=("p",))
    assert silent(only, taken(), Bench(), data(only)) == ""
    assert silent(only, taken(), Bench(), data(only, of_product)) == ""
    assert silent(only, taken(), Bench(), data(only, releases=("ER", "ER"))) == ""
    assert (
        silent(only, taken(), Bench(), data(only, releases=("ER", "IR")))
        == "other release: the statement is about the ER form"
    )
    assert silent(only, taken(), Bench(), data(only, other)) == "other release: the statement is about the ER form"


def test_another_release_of_another_country_or_route_does_not_count() -> None:
    only, abroad = limit(release="ER", route="oral"), limit(release="", route="oral", country="KR")
    injected = limit(release="", route="intramuscular")
    assert silent(only, taken(), Bench(), data(only, abroad, injected)) == ""
    assert silent(only, taken(), Bench(), data(only, sold=("US ER", "GB IR"))) == ""
    assert (
        silent(only, taken(), Bench(), data(only, sold=("US ER", "US IR")))
        == "other release: the statement is about the ER form"
    )


def test_a_supplement_under_the_tongue_is_the_same_supplement() -> None:
    each = limit(route="oral")
    under = taken(routes=frozenset({"sublingual"}))
    assert silent(each, under, Bench(), data(each, kind="supplement")) == ""
    assert silent(each, under, Bench(), data(each)) == "other route: the statement is about oral use"
    injected = taken(routes=frozenset({"intramuscular"}))
    assert (
        silent(each, injected, Bench(), data(each, kind="supplement")) == "other route: the statement is about oral use"
    )
    assert silent(limit(route="injection"), under, Bench(), data(each, kind="supplement")) != ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"kind": "schedule-only"}, True),
        ({"source": "second"}, True),
        ({"source": "read"}, True),
        ({"source": "read", "confirmed": True}, False),
        ({"source": "read", "confirmed": True, "kind": "schedule-only"}, True),
        ({"source": "second", "confirmed": True}, True),
        ({"source": "unknown"}, False),
    ],
)
def test_what_informs_only(fields: dict[str, Any], expected: bool) -> None:
    assert informs(limit(**fields), data()) is expected


def test_what_is_sold_freely() -> None:
    both = data(limit(status="otc"), limit(status="rx"))
    assert sold_freely("drug", both)
    assert not sold_freely("drug", data(limit(status="rx"))) and not sold_freely("other", both)


@pytest.mark.parametrize(
    ("fields", "among"),
    [
        ({}, True), ({"kind": "not-recommended-above"}, True), ({"kind": "usual-range"}, False), ({"article": True}, False),
        ({"source": "second"}, False), ({"adult": False}, False), ({"products": ("p",)}, False), ({"country": "GB", "source": "gb"}, True),
    ],
)  # fmt: skip
def test_the_most_that_any_country_states(fields: dict[str, Any], among: bool) -> None:
    each = limit(**fields)
    assert upper_ends(taken(), data(each)) == ((each,) if among else ())


def test_what_restates() -> None:
    assert [restates(limit(source=name), data()) for name in ("us", "second", "read", "unknown")] == [
        False,
        True,
        True,
        False,
    ]


def test_what_was_superseded_was_in_force_before() -> None:
    old, new = limit(superseded=True, vintage="2010"), limit(vintage="2021", statement="s2")
    then, now = Bench(as_of="2020-06-01"), Bench(as_of="2022-01-01")
    for known in (
        data(old, new),
        data(old, new, limit(superseded=True)),
        data(old, limit(country="GB", vintage="2011"), new),
    ):
        assert asked(old, then, known) == ""
        assert asked(old, now, known) == "replaced by a later figure of the same authority"
    # a figure of the same country that is dated before that day, and not superseded, is the one in force
    assert asked(old, then, data(old, limit(vintage="2012"))) == "replaced by a later figure of the same authority"
    assert asked(old, then, data(old, limit(vintage=""), new)) == ""


def test_the_label_on_the_box_is_asked_whatever_its_country() -> None:
    own = limit(products=("p",), source="gb", country="GB")
    assert asked(own, Bench(), data(own)) == "for GB"
    assert asked(own, Bench(), data(own), own_label=True) == ""
    home = limit(products=("p",), statement="s2")
    assert label_of("p", ["drug", "drug"], Bench(), data(own)) == (own,)
    assert label_of("p", ["drug"], Bench(), data(own, home)) == (home,)
    assert label_of("p", ["drug"], Bench(country="GB"), data(own, home)) == (own,)
    assert label_of("p", ["drug"], Bench(), data(limit(products=("p",), country=""), own)) == (
        limit(products=("p",), country=""),
    )
    assert label_of("q", ["drug"], Bench(), data(own, home)) == ()
    assert label_of("p", ["other"], Bench(), data(home)) == ()
    assert label_of("p", ["drug"], Bench(), data(limit(products=("p",), kind="schedule-only"))) == ()
    assert label_of("p", ["drug"], Bench(), data(limit(products=("p",), to_day=3))) == ()
    assert label_of("p", ["drug"], Bench(as_of="2010-01-01"), data(home)) == ()
    assert label_of("p", ["drug"], person(age=10), data(home)) == ()


def exposure(per_dose: int = 1, *, routes: tuple[str, ...] = (), **fields: Any) -> Exposure:
    amount = Range.of(per_dose, "mg")
    return Exposure(1, "drug", "systemic", routes, amount, DAY, amount, (D(1), D(1)), amount, "w", **fields)


@pytest.mark.parametrize(
    ("fields", "made", "expected"),
    [
        ({"route": "oral", "form": "3 mg tablet"}, [exposure(3)], True),
        ({"route": "oral", "form": "3 mg tablet"}, [exposure(1)], False),
        ({"route": "oral", "form": "3 mg and 7 mg"}, [exposure(3), exposure(7)], True),
        ({"route": "oral", "form": "3 mg and 7 mg"}, [exposure(3), exposure(1)], False),
        ({"route": "oral", "form": "3 mg tablet"}, [exposure(1, routes=("oral",))], True),
        ({"route": "oral"}, [exposure(1)], True),
        ({"form": "3 mg tablet"}, [exposure(1)], True),
        ({"route": "transdermal"}, [exposure(1)], False),
    ],
)
def test_a_label_that_may_be_that_of_what_is_taken(
    fields: dict[str, Any], made: list[Exposure], expected: bool
) -> None:
    assert may_be_its_form(limit(**fields), made) is expected


def test_what_several_exposures_have_in_common() -> None:
    product = doseref.reference().products["norco-5-325"]
    given = [
        exposure(1, routes=("oral",), release="ER", strengths=((D(1), "mg"),)),
        exposure(2, product=product),
    ]
    found = Taken.of(given)
    assert (found.routes, found.releases, found.kinds) == ({"oral", ""}, {"ER", ""}, {"systemic"})
    assert found.strengths == (((D(1), "mg"),), ())
    assert found.periods == {DAY}
    assert found.products == {product.id}


def test_options() -> None:
    assert Bench().usual
    for other in (Bench(policy="us"), Bench(country="GB"), Bench(otc=True), Bench(as_of="2020-01-01")):
        assert not other.usual
    assert Bench(policy="most-permissive").usual
    assert [Bench(policy=policy).source for policy in ("strictest", "most-permissive", "us")] == [None, None, "us"]
    real = doseref.reference()
    assert Bench().checked(real) == Bench()
    with pytest.raises(
        UsageError, match=r"there is no policy or source 'nobody'; known: strictest, most-permissive, .*l1-l2"
    ):
        Bench(policy="nobody").checked(real)
    with pytest.raises(UsageError, match="no labels of 'UK'"):
        Bench(country="UK").checked(real)


def test_what_the_options_leave_aside() -> None:
    limits = (
        limit(status="rx"),
        limit(source="gb", country="GB"),
        limit(source="new"),
        limit(status="otc", source="read"),
        limit(source="gb", superseded=True),
    )
    assert left_aside(["drug"], Bench(), data(*limits)) == ""
    assert left_aside(["drug", "drug"], Bench(country="GB"), data(*limits)) == "3 sources for US"
    assert left_aside(["drug"], Bench(as_of="2024-01-01"), data(*limits)) == (
        "1 source for GB; 1 source for over-the-counter use; 1 source (newer than 2024-01-01)"
    )
    assert left_aside(["drug"], Bench(country="GB"), data(*limits[:3])) == "2 sources for US"
    assert left_aside(["other"], Bench(country="GB"), data(*limits)) == ""
