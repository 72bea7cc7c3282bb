"""What one administration delivers, and what an option of a dosage comes to; every amount and working done by hand.

The drug is made up (``drug``, and ``other`` beside it), so that nothing but the arithmetic decides.
"""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from doseref.dosage.model import Dosage, Maximum, Option, Phase, Step, Strength, Target, Times
from doseref.items.model import Part, Trouble
from doseref.quantities import DAY, Period, Range
from doseref.refdata import Reference
from doseref.regimen.amounts import amounts
from doseref.regimen.delivered import Delivered, canonical_unit, to_unit
from doseref.regimen.exposure import Contents, expose
from doseref.regimen.model import Exposure
from doseref.regimen.reached import goal

D = Decimal


def r(low: int | str, unit: str = "mg", high: int | str | None = None) -> Range:
    return Range(D(low), D(low if high is None else high), unit)


def tablets(low: int | str, high: int | str | None = None) -> Range:
    return r(low, "{tablet}", high)


def strength(amount: int | str, unit: str = "mg", per: tuple[int, str] | None = None) -> tuple[Strength, ...]:
    return (Strength(D(amount), unit, None, None if per is None else (D(per[0]), per[1])),)


def limit(**fields: Any) -> Any:
    return SimpleNamespace(**({"unit": "", "single_unit": "", "products": (), "article": False} | fields))


class _Known(SimpleNamespace):
    """Reference data of a test; told apart by identity, as the program's own are where it remembers what it asked of them."""

    __hash__ = object.__hash__


def data(
    *limits: Any,
    products: tuple[Any, ...] = (),
    patches: tuple[tuple[str, str], ...] = (),
    factor: Any = None,
    route: str = "oral",
) -> Reference:
    known = SimpleNamespace(name="Drug", classes=(), usual_route=route)
    return cast(
        Reference,
        _Known(
            limits={"drug": limits}, factor=lambda *_: factor, products_with=lambda _: products, substances={"drug": known, "other": known},
            strength_rows={}, opioid_factors=[SimpleNamespace(substance=substance, route=route) for substance, route in patches],
        ),
    )  # fmt: skip


ONE = (Part("drug", "drug"),)
PATCHED = data(patches=(("drug", "transdermal"), ("drug", "oral")))

SINGLE: list[tuple[Option, Reference, Range | str, str, Range | None]] = [
    # option, data, amount or why there is none, working, product units
    (Option(dose=r(500)), data(), r(500), "500 mg", None),
    (Option(dose=r(500, "mg", 1000)), data(), r(500, "mg", 1000), "500 to 1,000 mg", None),
    (Option(dose=r(500), count=tablets(2)), data(), r(500), "500 mg", tablets(2)),
    (Option(strengths=strength(500), count=tablets(2)), data(), r(1000), "2 tablets × 500 mg", tablets(2)),
    (Option(strengths=strength(500), count=tablets(1, 2)), data(), r(500, "mg", 1000), "1 to 2 tablets × 500 mg", tablets(1, 2)),
    (Option(strengths=strength(500)), data(), r(500), "500 mg", None),
    (Option(strengths=strength("0.5", "g")), data(), r(500), "0.5 g (= 500 mg)", None),
    (Option(strengths=strength(500) + strength(250), count=tablets(1)), data(), "how much is in one tablet is not said", "", None),
    (Option(strengths=strength(160, "mg", (5, "mL")), count=tablets(2)), data(), "how much is in one tablet is not said", "", None),
    (Option(strengths=strength(5, "%"), count=tablets(2)), data(), "how much is in one tablet is not said", "", None),
    (Option(strengths=strength(500), count=r(2, "{application}")), data(), "how much is in one application is not said, so nothing is added up", "", None),
    (Option(count=r(2, "{drop}")), data(), "how much is in one drop is not said, so nothing is added up", "", None),
    (Option(count=r(2, "{injection}")), data(limit(unit="{injection}")), r(2, "{injection}"), "2 injections", r(2, "{injection}")),
    (Option(count=r(2, "{injection}")), data(limit(single_unit="{injection}")), r(2, "{injection}"), "2 injections", r(2, "{injection}")),
    (Option(count=r(2, "{injection}")), data(limit(unit="{injection}", products=("p",))), "how much is in one injection is not said", "", None),
    (Option(), data(), "no dose is said", "", None),
    (Option(strengths=strength(5, "%")), data(), "no dose is said", "", None),
    (Option(strengths=strength(160, "mg", (5, "mL"))), data(), "no dose is said", "", None),
    (Option(dose=r(5, "%")), data(), "no dose is said", "", None),
    (Option(route="topical"), data(), "the amount applied is not said, so nothing is added up", "", None),
    (Option(route="ophthalmic"), data(), "the amount applied is not said, so nothing is added up", "", None),
    (Option(route="oral"), data(), "no dose is said", "", None),
    (Option(form="cream"), data(), "the amount applied is not said, so nothing is added up", "", None),
    (Option(form="tablet"), data(), "no dose is said", "", None),
    (Option(method="massage"), data(), "the amount applied is not said, so nothing is added up", "", None),
    (Option(method="take"), data(), "no dose is said", "", None),
    # by concentration
    (Option(dose=r(10, "mL"), strengths=strength(160, "mg", (5, "mL"))), data(), r(320), "10 mL × 160 mg/5 mL", r(10, "mL")),
    (Option(dose=r("0.01", "L"), strengths=strength(160, "mg", (5, "mL"))), data(), r(320), "0.01 L × 160 mg/5 mL", r(10, "mL")),
    (Option(dose=r(10, "mL"), strengths=strength(160, "mg", (5, "g"))), data(), "10 mL does not meet the stated concentration", "", None),
    (Option(dose=r(10, "mL"), strengths=strength(160)), data(), r(10, "mL"), "10 mL", None),
    (Option(dose=r(500), strengths=strength(160, "mg", (5, "mL"))), data(), r(500), "500 mg", None),
    (Option(dose=r(2, "g"), strengths=strength(10, "mg", (1, "g")), form="gel"), data(), r(20), "2 g × 10 mg/1 g", r(2, "g")),
    (Option(dose=r(2, "g"), strengths=strength(10, "mg", (1, "g"))), data(), r(20), "2 g × 10 mg/1 g", r(2, "g")),
    (Option(dose=r(20, "[IU]"), strengths=strength(100, "[IU]", (1, "mL")), form="gel"), data(), r(20, "[IU]"), "20 units", None),
    # a preparation is not the drug
    (Option(dose=r(2, "g"), strengths=strength(1, "%"), form="gel"), data(), r(20), "2 g × 1/100", None),
    (Option(dose=r(2, "g"), strengths=strength(2, "%"), form="gel"), data(), r(40), "2 g × 2/100", None),
    (Option(dose=r(2, "g"), strengths=strength(2, "%")), data(), r(40), "2 g × 2/100", None),
    (Option(dose=r(2, "g"), strengths=strength(2, "%"), route="intravenous"), data(), r(2000), "2 g (= 2,000 mg)", None),
    (Option(dose=r("40.5"), strengths=strength("1.62", "%"), form="gel"), data(), r("40.5"), "40.5 mg", None),
    (Option(dose=r(500), strengths=strength(1, "%"), form="gel"), data(), "500 mg of a 1% gel: of drug, or of the gel?", "", None),
    (Option(dose=r(2, "g"), form="gel"), data(), "2 g of gel: how much drug is in it is not said, so nothing is added up", "", None),
    (Option(dose=r(2, "g"), strengths=strength(5), form="gel"), data(), "2 g of gel: how much drug is in it is not said", "", None),
    (Option(dose=r(2, "mL"), strengths=strength(1, "%"), form="gel"), data(), "2 mL of a 1% gel: a volume of it is not converted", "", None),
    (Option(dose=r(5, "mL"), form="solution"), data(), "5 mL of solution: how much drug is in it is not said", "", None),
    (Option(dose=r(500), form="solution"), data(), r(500), "500 mg", None),
    (Option(dose=r(5, "[IU]"), form="gel"), data(), r(5, "[IU]"), "5 units", None),
    # a patch of a drug whose patches are named by what they release
    (Option(dose=r(25), form="patch", times=Times(D(1), D(1), D(1), "wk")), ONE, "25 mg of a patch: whether it releases that in an hour or in a day, or holds it in all, is not said", "", None),
    (Option(dose=r(25), form="patch"), PATCHED, "25 mg of a patch: whether it releases that in an hour or in a day, or holds it in all, is not said", "", None),
    (Option(dose=r(25), route="transdermal"), PATCHED, "25 mg of a patch:", "", None),
    (Option(dose=r(25), form="tablet"), PATCHED, r(25), "25 mg", None),
    (Option(dose=r(25), form="patch"), data(patches=(("drug", "oral"),)), r(25), "25 mg", None),
    (Option(dose=r(25), form="patch"), data(patches=(("other", "transdermal"),)), r(25), "25 mg", None),
    (Option(dose=r(25, "ug/h"), form="patch"), PATCHED, r(25, "ug/h"), "25 mcg/h", None),
]  # fmt: skip


def check(found: list[Delivered] | Trouble, amount: Range | str, working: str, units: Range | None) -> None:
    if isinstance(amount, str):
        assert isinstance(found, Trouble)
        assert amount in found.message
        return
    assert not isinstance(found, Trouble), found
    (each,) = found
    assert (each.amount, each.units) == (amount, units)
    assert each.working == working


@pytest.mark.parametrize(("option", "known", "amount", "working", "units"), SINGLE)
def test_one_substance(
    option: Option, known: Reference, amount: Range | str, working: str, units: Range | None
) -> None:
    check(amounts(option, ONE, None, known, None), amount, working, units)


def test_the_strengths_that_are_known_here() -> None:
    def marketed(*strengths: tuple[int, str], withdrawn: bool = False) -> Any:
        parts = [SimpleNamespace(strength=D(value), unit="mg", per_unit=per) for value, per in strengths]
        return SimpleNamespace(name="Brand", ingredients=parts, withdrawn=withdrawn)

    known = data(
        products=(
            marketed((500, "{tablet}")), marketed((325, "{tablet}")), marketed((800, "{tablet}"), withdrawn=True), marketed((20, "mL")),
            marketed((5, "{tablet}"), (7, "{tablet}")),
        )
    )  # fmt: skip
    found = amounts(Option(count=tablets(2)), ONE, None, known, None)
    assert isinstance(found, Trouble)
    assert found.message == "how much is in one tablet is not said; strengths known here: 325 mg, 500 mg"


def test_by_body_weight() -> None:
    option = Option(dose=r(10, "mg/kg", 15))
    check(amounts(option, ONE, None, data(), D(20)), r(200, "mg", 300), "10 to 15 mg/kg × 20 kg", None)
    check(amounts(option, ONE, None, data(), None), "no weight is given", "", None)


def test_what_a_compound_holds_depends_on_the_product() -> None:
    compound = Part("drug", "drug carbonate", compound=True)
    for parts in ((compound,), (compound, Part("other", "other")), (Part("other", "other"), compound)):
        found = amounts(Option(dose=r(500)), parts, None, data(), None)
        assert isinstance(found, Trouble)
        assert found.message == "the amount of Drug in drug carbonate depends on the product, so it is not added up"
        assert found.mend == "write the amount of Drug that its label states"
    mineral = data()
    cast(Any, mineral).substances["drug"] = SimpleNamespace(name="Drug", classes=("mineral",), usual_route="oral")
    found = amounts(Option(dose=r(500)), (compound,), None, mineral, None)
    assert isinstance(found, Trouble)
    assert found.mend.endswith("that its label states, for example '500 mg elemental'")


def test_a_salt_is_told_as_its_base() -> None:
    salt = (Part("drug", "drug salt", ratio=(D(100), D(125))),)
    check(amounts(Option(dose=r(500)), salt, None, data(), None), r(400), "500 mg × 100/125", None)
    check(amounts(Option(dose=r("0.5", "g")), salt, None, data(), None), r(400), "0.5 g × 100/125", None)


@pytest.mark.parametrize(
    ("known", "written", "expected"),
    [
        (data(), "g", "mg"), (data(), "ug", "mg"), (data(), "ug/h", "ug/h"), (data(), "mg/h", "ug/h"), (data(), "[IU]", "[IU]"), (data(), "?", "?"),
        (data(limit(unit="ug")), "mg", "ug"), (data(limit(single_unit="ug")), "mg", "ug"), (data(limit(unit="g", single_unit="ug")), "mg", "g"),
        (data(limit(unit="ug", products=("p",))), "g", "ug"), (data(limit(unit="mL")), "g", "mg"), (data(limit(unit="mL"), limit(unit="ug")), "mg", "ug"),
        (data(limit(unit="?")), "g", "mg"), (data(limit(unit="ug"), factor=(D(1), D(40))), "[IU]", "ug"), (data(limit()), "g", "mg"),
        # an article's unit; else that of most limits, those of single products last
        (data(limit(unit="ug"), limit(unit="g", article=True)), "mg", "g"), (data(limit(unit="ug"), limit(unit="g"), limit(unit="g")), "mg", "g"),
        (data(limit(unit="g"), limit(unit="ug"), limit(unit="ug")), "mg", "ug"),
        (data(limit(unit="ug"), limit(unit="g", products=("p",)), limit(unit="g", products=("p",))), "mg", "ug"),
        (data(limit(unit="mL", article=True), limit(unit="ug")), "mg", "ug"),
    ],
)  # fmt: skip
def test_the_unit_of_a_total(known: Reference, written: str, expected: str) -> None:
    assert canonical_unit(known, "drug", written) == expected


def test_another_unit_by_the_substances_own_factor() -> None:
    assert to_unit(data(factor=(D(1), D(40))), "drug", r(400, "[IU]"), "ug") == r(10, "ug")
    assert to_unit(data(), "drug", r(400, "[IU]"), "ug") is None
    assert to_unit(data(factor=(D(1), D(40))), "drug", r(1, "g"), "mg") == r(1000)


def part(substance: str, amount: int | None, unit: str = "mg", per: int = 1, per_unit: str = "") -> Part:
    return Part(substance, substance, None if amount is None else D(amount), unit, D(per), per_unit)


PAIR = (part("drug", 5), part("other", 325))
LIQUID = (part("drug", 5, per=15, per_unit="mL"), part("other", 325, per=15, per_unit="mL"))
PUFF = (part("drug", 100, "ug", per_unit="{puff}"), part("other", 6, "ug", per_unit="{puff}"))

COMBINED: list[tuple[Option, tuple[Part, ...], list[tuple[Range, str]] | str, Range | None]] = [
    (Option(count=tablets(2)), PAIR, [(r(10), "2 tablets × 5 mg"), (r(650), "2 tablets × 325 mg")], tablets(2)),
    (Option(count=tablets(1, 2)), PAIR, [(r(5, "mg", 10), "1 to 2 tablets × 5 mg"), (r(325, "mg", 650), "1 to 2 tablets × 325 mg")], tablets(1, 2)),
    (Option(), PAIR, [(r(5), "1 × 5 mg"), (r(325), "1 × 325 mg")], r(1, "{dose}")),
    (Option(count=r(1, "{dose}", 2)), PAIR, [(r(5, "mg", 10), "1 to 2 × 5 mg"), (r(325, "mg", 650), "1 to 2 × 325 mg")], r(1, "{dose}", 2)),
    (Option(count=r(2, "{blob}")), PAIR, "does not fit a combination given by strengths", None),
    (Option(dose=r(10)), PAIR, "10 mg of a combination does not say of which ingredient", None),
    (Option(count=tablets(2)), (part("drug", 5), part("other", None)), "the strength of other is not said", None),
    (Option(dose=r(30, "mL")), LIQUID, [(r(10), "30 mL × 5 mg/15 mL"), (r(650), "30 mL × 325 mg/15 mL")], r(30, "mL")),
    (Option(count=r(2, "{puff}")), PUFF, [(r("0.2"), "2 puffs × 100 mcg/1 puff"), (r("0.012"), "2 puffs × 6 mcg/1 puff")], r(2, "{puff}")),
    (Option(dose=r("0.03", "L")), LIQUID, [(r(10), "0.03 L × 5 mg/15 mL"), (r(650), "0.03 L × 325 mg/15 mL")], r(30, "mL")),
    (Option(count=r(2, "{puff}")), PAIR, [(r(10), "2 puffs × 5 mg"), (r(650), "2 puffs × 325 mg")], r(2, "{puff}")),
    (Option(count=tablets(2)), (LIQUID[0], PAIR[1]), "how many mL of the liquid are taken is not said", None),
    (Option(count=tablets(2)), LIQUID, "how many mL of the liquid are taken is not said", None),
    (Option(), LIQUID, "how many mL of the liquid are taken is not said", None),
    (Option(dose=r(30, "mL")), (LIQUID[0], part("other", None, per=15, per_unit="mL")), "how many mL of the liquid", None),
]  # fmt: skip


@pytest.mark.parametrize(("option", "parts", "expected", "units"), COMBINED)
def test_a_combination(
    option: Option, parts: tuple[Part, ...], expected: list[tuple[Range, str]] | str, units: Range | None
) -> None:
    found = amounts(option, parts, None, data(), None)
    if isinstance(expected, str):
        assert isinstance(found, Trouble)
        assert expected in found.message
        return
    assert not isinstance(found, Trouble), found
    assert [(each.amount, each.units) for each in found] == [(amount, units) for amount, _ in expected]
    assert [each.working for each in found] == [words for _, words in expected]


def product(per_unit: str, form: str = "tablet", route: str = "oral") -> Any:
    return SimpleNamespace(id="p", label="Brand", per_unit=per_unit, form=form, route=route, ingredients=())


TABLET, BOTH = (
    (part("drug", 500, per_unit="{tablet}"),),
    (part("drug", 5, per_unit="{tablet}"), part("other", 325, per_unit="{tablet}")),
)
SYRUP = (part("drug", 160, per=5, per_unit="mL"),)
NEBULE, BREATHED = (part("drug", 5, per="2.5", per_unit="mL"),), product("mL", "solution", "inhalation")

OF_PRODUCT: list[tuple[Option, tuple[Part, ...], Any, Range | str, str, Range | None]] = [
    (Option(count=tablets(2)), TABLET, product("{tablet}"), r(1000), "2 tablets × 500 mg", tablets(2)),
    (Option(count=tablets(1, 2)), TABLET, product("{tablet}"), r(500, "mg", 1000), "1 to 2 tablets × 500 mg", tablets(1, 2)),
    (Option(count=tablets(2)), (part("drug", 500, per=2, per_unit="{tablet}"),), product("{tablet}"), r(500), "2 tablets × 500 mg/2 tablets", tablets(2)),
    (Option(dose=r(10, "mL")), (part("drug", 32, per_unit="mL"),), product("mL"), r(320), "10 mL × 32 mg/1 mL", r(10, "mL")),
    (Option(count=r(2, "{capsule}")), TABLET, product("{tablet}"), r(1000), "2 tablets × 500 mg", tablets(2)),
    (Option(count=r(2, "{dose}")), TABLET, product("{tablet}"), r(1000), "2 tablets × 500 mg", tablets(2)),
    (Option(count=r(2, "{drop}")), TABLET, product("{tablet}"), "2 drops does not fit Brand, which is counted in tablets", "", None),
    (Option(count=tablets(2)), SYRUP, product("mL"), "2 tablets does not fit Brand, which is counted in mL", "", None),
    (Option(count=r(2, "{dose}")), SYRUP, product("mL"), "does not say how many mL of Brand", "", None),
    (Option(count=r(2, "{vial}")), NEBULE, BREATHED, r(10), "5 mL × 5 mg/2.5 mL", r(5, "mL")),
    (Option(count=r(1, "{dose}")), NEBULE, BREATHED, r(5), "2.5 mL × 5 mg/2.5 mL", r("2.5", "mL")),
    (Option(count=r(1, "{dose}")), SYRUP, BREATHED, "does not say how many mL of Brand", "", None),
    (Option(count=r(1, "{puff}")), NEBULE, BREATHED, "does not fit Brand, which is counted in mL", "", None),
    (Option(count=r(2, "{puff}")), (part("drug", 100, "ug", per_unit="{puff}"),), product("{puff}"), r("0.2"), "2 puffs × 100 mcg", r(2, "{puff}")),
    (Option(count=tablets(2)), (part("drug", 100, "ug", per_unit="{puff}"),), product("{puff}"), "2 tablets does not fit Brand", "", None),
    (Option(dose=r(10, "mL")), SYRUP, product("mL"), r(320), "10 mL × 160 mg/5 mL", r(10, "mL")),
    (Option(dose=r("0.01", "L")), SYRUP, product("mL"), r(320), "10 mL × 160 mg/5 mL", r(10, "mL")),
    (Option(dose=r(1000)), TABLET, product("{tablet}"), r(1000), "2 tablets × 500 mg", tablets(2)),
    (Option(dose=r(1, "g")), TABLET, product("{tablet}"), r(1000), "2 tablets × 500 mg", tablets(2)),
    (Option(dose=r(1000)), BOTH, product("{tablet}"), "1,000 mg of Brand does not say how many tablets", "", None),
    (Option(dose=r(10, "[IU]")), TABLET, product("{tablet}"), "10 units of Brand does not say how many tablets", "", None),
    (Option(dose=r(10)), (part("drug", None, per_unit="{tablet}"),), product("{tablet}"), "10 mg of Brand does not say how many tablets", "", None),
    (Option(strengths=strength(500)), TABLET, product("{tablet}"), r(500), "1 tablet × 500 mg", tablets(1)),
    (Option(), TABLET, product("{tablet}"), "how many tablets are taken is not said", "", None),
    (Option(), TABLET, product("{tablet}", "cream"), "the amount applied is not said, so nothing is added up", "", None),
    (Option(), SYRUP, product("mL", "solution"), "how many mL are taken is not said", "", None),
    (Option(count=tablets(2)), (part("drug", None, per_unit="{tablet}"),), product("{tablet}"), "the strength of drug is not said", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("option", "parts", "of", "amount", "working", "units"), OF_PRODUCT)
def test_a_product(
    option: Option, parts: tuple[Part, ...], of: Any, amount: Range | str, working: str, units: Range | None
) -> None:
    check(amounts(option, parts, of, data(), None), amount, working, units)


# What an option comes to ------------------------------------------------------------------------------------------------


def exposed(
    *options: Option,
    maximum: tuple[Maximum, ...] = (),
    parts: tuple[Part, ...] = ONE,
    route: str = "oral",
    of: Any = None,
) -> Any:
    return expose(Dosage("", "read", (Phase(1, options),), maximum=maximum), Contents(1, parts, of, data(route=route)))


def one(*options: Option, **more: Any) -> Exposure:
    result = exposed(*options, **more)
    assert result.troubles == []
    (each,) = result.exposures
    return cast(Exposure, each)


def times(low: int, high: int | None = None, period: int = 1, unit: str = "d") -> Times:
    return Times(D(low), D(low if high is None else high), D(period), unit)


def most(amount: int, unit: str = "mg", per: Period | None = DAY) -> tuple[Maximum, ...]:
    return (Maximum(D(amount), unit, per),)


WORKINGS = [
    # option, its maxima: amount, working, interval
    (Option(dose=r(500), times=times(4)), (), r(2000), "500 mg × 4 = 2,000 mg in 24 hours", None),
    (Option(dose=r(500), times=times(3, 4)), (), r(1500, "mg", 2000), "500 mg × 3 to 4 = 1,500 to 2,000 mg in 24 hours", None),
    (Option(dose=r(500), times=times(1)), (), r(500), "500 mg × 1 = 500 mg in 24 hours", None),
    (Option(dose=r(500), times=times(0, 1)), (), r(0, "mg", 500), "500 mg × 0 to 1 = 0 to 500 mg in 24 hours", None),
    (Option(dose=r(500), times=times(1, 2)), (), r(500, "mg", 1000), "500 mg × 1 to 2 = 500 to 1,000 mg in 24 hours", None),
    (Option(dose=r(500), times=times(4), prn=True), (), r(0, "mg", 2000), "500 mg × 4, as needed = 0 to 2,000 mg in 24 hours", None),
    (Option(dose=r(500), per_day=True), (), r(500), "500 mg = 500 mg in 24 hours", None),
    (Option(dose=r(500), doses_total=r(1, "{dose}")), (), r(500), "500 mg = 500 mg in 24 hours", None),
    (Option(dose=r(500), every=r(4, "h", 6)), (), r(2000, "mg", 3000), "500 mg × 4 to 6 = 2,000 to 3,000 mg in 24 hours", 4),
    (Option(dose=r(15), times=times(1, unit="wk")), (), r(15), "15 mg × 1 = 15 mg per week", None),
    (Option(dose=r(500), every=r(3, "h")), most(3000), r(3000), "500 mg × 8, at most 3,000 mg (own maximum 3,000 mg) = 3,000 mg in 24 hours", 3),
    (Option(dose=r(500), times=times(8), prn=True), most(3000), r(0, "mg", 3000),
     "500 mg × 8, as needed, at most 3,000 mg (own maximum 3,000 mg) = 0 to 3,000 mg in 24 hours", None),
    (Option(dose=r(500), times=times(6)), most(3000), r(3000), "500 mg × 6 = 3,000 mg in 24 hours", None),
    (Option(dose=r(500, "mg", 1000), times=times(4)), most(3, "{dose}"), r(1500, "mg", 3000),
     "500 to 1,000 mg × 4, at most 3,000 mg (own maximum 3 doses) = 1,500 to 3,000 mg in 24 hours", None),
    (Option(dose=r(500), times=times(3, 8)), most(3000), r(1500, "mg", 3000),
     "500 mg × 3 to 8, at most 3,000 mg (own maximum 3,000 mg) = 1,500 to 3,000 mg in 24 hours", None),
    (Option(dose=r(500, "mg", 1000), times=times(4, 8)), most(3, "{dose}"), r(1500, "mg", 3000),
     "500 to 1,000 mg × 4 to 8, at most 3,000 mg (own maximum 3 doses) = 1,500 to 3,000 mg in 24 hours", None),
    (Option(dose=r(500, "mg", 1000), times=times(2, 3)), most(3, "{dose}"), r(1000, "mg", 3000),
     "500 to 1,000 mg × 2 to 3 = 1,000 to 3,000 mg in 24 hours", None),
    (Option(dose=r(500), prn=True), most(3000), r(0, "mg", 3000), "as needed, at most 3,000 mg (own maximum 3,000 mg) = 0 to 3,000 mg in 24 hours", None),
    (Option(dose=r(500, "mg", 1000), prn=True), most(3, "{dose}"), r(0, "mg", 3000),
     "as needed, at most 3,000 mg (own maximum 3 doses) = 0 to 3,000 mg in 24 hours", None),
]  # fmt: skip


@pytest.mark.parametrize(("option", "maximum", "amount", "working", "interval"), WORKINGS)
def test_an_option(
    option: Option, maximum: tuple[Maximum, ...], amount: Range, working: str, interval: int | None
) -> None:
    each = one(option, maximum=maximum)
    assert (each.amount, each.working, each.interval_hours) == (amount, working, interval)
    assert each.prn == option.prn
    if each.per.is_day and (option.times or option.every):
        assert each.peak == each.amount
    if maximum:
        assert each.day_cap == 3000
    if maximum and option.prn and option.times is None:
        assert (each.peak, each.scheduled, each.doses) == (amount, amount, (0, 1))


def test_the_amount_as_scheduled_and_the_peak_of_a_day() -> None:
    needed = one(Option(dose=r(500), times=times(4), prn=True))
    assert (needed.scheduled, needed.peak, needed.doses) == (r(2000), r(0, "mg", 2000), (4, 4))
    weekly = one(Option(dose=r(15), times=times(3, unit="wk")))
    assert (weekly.amount, weekly.peak, weekly.per) == (r(45), r(15), Period(D(1), "wk"))
    capped = one(Option(dose=r(500), every=r(6, "h")), maximum=most(1500))
    assert (capped.peak, capped.amount) == (r(1500), r(1500))
    long = one(Option(dose=r(500), times=times(3, unit="wk"), prn=True), maximum=most(1000, per=Period(D(1), "wk")))
    assert (long.amount, long.peak, long.day_cap) == (r(0, "mg", 1000), r(0, "mg", 500), 1000)


def test_the_peak_of_a_rate_that_is_a_range() -> None:
    each = one(
        Option(dose=r(15), times=times(3, 10, unit="wk"))
    )  # one a day at least on a day on which it is taken, two at most
    assert (each.peak, each.amount) == (r(15, "mg", 30), r(45, "mg", 150))


def test_a_dose_of_a_day() -> None:
    """ "24 mg on day 1" is that day's dose; as needed it says no frequency."""

    def on_day_1(option: Option) -> Any:
        return expose(Dosage("", "read", (Phase(1, (option,), from_day=1, to_day=1),)), Contents(1, ONE, None, data()))

    assert [each.amount for each in on_day_1(Option(dose=r(24))).exposures] == [r(24)]
    assert [each.amount for each in on_day_1(Option(dose=r(24), times=times(2))).exposures] == [r(48)]
    assert on_day_1(Option(dose=r(24), prn=True)).exposures == []


def test_the_days_of_a_single_dose() -> None:
    once = one(Option(dose=r(500), doses_total=r(1, "{dose}")))
    assert (once.once, once.from_day, once.to_day, once.surely_to) == (True, 1, 1, 1)
    steady = one(Option(dose=r(500), times=times(2)))
    assert (steady.once, steady.from_day, steady.to_day, steady.surely_to) == (False, 1, None, None)
    phases = (
        Phase(1, (Option(dose=r(500), doses_total=r(1, "{dose}")),)),
        Phase(2, (Option(dose=r(250), times=times(3)),)),
    )
    first, then = expose(Dosage("", "read", phases), Contents(1, ONE, None, data())).exposures
    assert (first.once, first.to_day, first.surely_to) == (True, 1, 1)
    assert (then.once, then.to_day, then.surely_to) == (False, None, None)
    week = (
        Phase(1, (Option(dose=r(500), times=times(2), duration=r(1, "wk")),)),
        Phase(2, (Option(dose=r(250), times=times(3)),)),
    )
    first, then = expose(Dosage("", "read", week), Contents(1, ONE, None, data())).exposures
    assert (first.to_day, first.surely_to, then.from_day, then.to_day) == (7, 7, 8, None)


def test_clock_times_of_an_option() -> None:
    timed = Option(dose=r(500), at=("08:00", "20:00"))
    assert (one(timed).clock, one(timed).at) == (("08:00", "20:00"), ("08:00", "20:00"))
    from doseref.records import replace
    from doseref.regimen.window import clock_times

    assert one(replace(timed, per_day=True)).clock == ()
    assert clock_times((), ("MORN", "HS")) == ("08:00", "22:00")
    assert clock_times(("09:00",), ()) == ("09:00",)


@pytest.mark.parametrize(
    ("option", "hours"),
    [
        (Option(dose=r("0.1"), per_day=True, times=times(1, unit="wk"), form="patch"), 168),
        (Option(dose=r("0.1"), per_day=True, times=times(2, unit="wk"), form="patch"), 84),
        (Option(dose=r("0.1"), per_day=True, times=times(1, 2, unit="wk"), form="patch"), 84),
        (Option(dose=r("0.1"), per_day=True, times=times(1, unit="wk"), form="tablet"), None),
        (Option(dose=r("0.1"), per_day=True, times=times(1), form="patch"), None),
        (Option(dose=r("0.1"), per_day=True, times=times(1, unit="mo"), form="patch"), None),
        (Option(dose=r("0.1"), per_day=True, form="patch"), None),
    ],
)
def test_after_how_long_a_patch_is_changed(option: Option, hours: int | None) -> None:
    assert one(option).interval_hours == hours


@pytest.mark.parametrize(
    ("option", "parts", "strengths"),
    [
        (Option(dose=r(70), form="tablet", times=times(1)), ONE, ((D(70), "mg"),)),
        (Option(dose=r(70), form="capsule", times=times(1)), ONE, ((D(70), "mg"),)),
        (Option(dose=r(70), form="solution", times=times(1)), ONE, ()),
        (Option(dose=r(70), times=times(1)), ONE, ()),
        (Option(dose=r(70, "mg", 140), form="tablet", times=times(1)), ONE, ()),
        (Option(dose=r(70), count=tablets(2), form="tablet", times=times(1)), ONE, ()),
        (Option(dose=r(140), strengths=strength(70), form="tablet", times=times(1)), ONE, ((D(70), "mg"),)),
        (Option(strengths=strength(70), count=tablets(2), times=times(1)), ONE, ((D(70), "mg"),)),
        (Option(dose=r(5, "mL"), strengths=strength(70, "mg", (5, "mL")), times=times(1)), ONE, ()),
        (Option(count=tablets(2), times=times(1)), (Part("drug", "drug", D(35), "mg"), Part("other", "other", D(5), "mg")), ((D(35), "mg"),)),
    ],
)  # fmt: skip
def test_the_strength_of_what_is_taken(option: Option, parts: tuple[Part, ...], strengths: tuple[Any, ...]) -> None:
    assert exposed(option, parts=parts).exposures[0].strengths == strengths


def test_how_often_alternatives_are_taken() -> None:
    few, many = Option(dose=r(500), times=times(3, 4)), Option(dose=r(500), times=times(5))
    assert one(few, many).doses == one(many, few).doses == (3, 5)


def test_why_nothing_is_counted() -> None:
    def why(option: Option, **more: Any) -> str:
        result = exposed(option, **more)
        assert result.exposures == []
        return "; ".join(trouble.message for trouble in result.troubles)

    assert why(Option(dose=r(500), prn=True)) in (
        "as needed, but how often at most is not said",  # where too many would harm
        "as needed, and how often at most is not said, so nothing is added up",
    )
    assert why(Option(dose=r(500))) == "how often it is taken is not said"
    assert why(Option(dose=r(500)), maximum=most(3000)) == "how often it is taken is not said"
    assert why(Option(times=times(4))) == "no dose is said"
    assert exposed(Option(dose=r(500))).uncounted
    assert not exposed(Option(times=times(4))).uncounted


def test_a_maximum_below_one_dose_is_told_and_not_obeyed() -> None:
    result = exposed(Option(dose=r(500), times=times(4)), maximum=most(4))
    assert [each.amount for each in result.exposures] == [r(2000)]
    assert result.troubles[0].message == "the stated maximum of 4 mg is below one dose (500 mg), so it was not applied"


def test_product_units_of_a_day() -> None:
    def count(option: Option, **more: Any) -> Decimal | None:
        return cast(Any, exposed(option, **more).count_high)

    assert count(Option(strengths=strength(500), count=tablets(1, 2), times=times(3, 4))) == 8
    assert (
        count(Option(strengths=strength(500), count=tablets(1, 2), times=times(3, 4)), maximum=most(6, "{tablet}")) == 6
    )
    assert (
        count(Option(strengths=strength(500), count=tablets(1, 2), times=times(3, 4)), maximum=most(9, "{tablet}")) == 8
    )
    assert count(Option(strengths=strength(500), count=tablets("0.5"), times=times(1))) == D("0.5")
    assert count(Option(dose=r(500), times=times(3, 4))) is None
    assert count(Option(strengths=strength(500), count=tablets(1), prn=True)) is None
    two = expose(
        Dosage("", "read", tuple(Phase(n, (Option(strengths=strength(500), count=tablets(c), times=times(2)),)) for n, c in ((1, 3), (2, 1)))),
        Contents(1, ONE, None, data()),
    )  # fmt: skip
    assert two.count_high == 6


ROUTES = [
    # option, product's route, usual route of the drug: route, its kind
    (Option(route="rectal"), None, "oral", "rectal", "systemic"),
    (Option(form="cream"), None, "oral", "topical", "topical"),
    (Option(form="solution"), None, "oral", "oral", "systemic"),
    (Option(form="patch"), None, "oral", "transdermal", "transdermal"),
    (Option(form="patch"), None, "topical", "topical", "topical"),
    (Option(form="patch"), "topical", "oral", "topical", "topical"),
    (Option(form="tablet"), "sublingual", "oral", "sublingual", "systemic"),
    (Option(form="tablet"), "", "oral", "oral", "systemic"),
    (Option(), None, "", "", "systemic"),
]  # fmt: skip


@pytest.mark.parametrize(("option", "own", "usual", "route", "kind"), ROUTES)
def test_the_route(option: Option, own: str | None, usual: str, route: str, kind: str) -> None:
    from doseref.records import replace

    of = None
    parts: tuple[Part, ...] = ONE
    option = (
        replace(option, dose=r(500), times=times(1))
        if own is None
        else replace(option, count=tablets(1), times=times(1))
    )
    if own is not None:
        of = SimpleNamespace(id="p", label="Brand", per_unit="{tablet}", form="tablet", route=own, release="")
        parts = TABLET
    if option.form == "cream":
        option = replace(option, strengths=strength(5, "%"))
    each = one(option, parts=parts, route=usual, of=of)
    assert (each.routes, each.route) == ((route,) if route else (), kind)


def test_the_route_of_puffs_and_of_renewed_rates() -> None:
    puffs = Option(strengths=strength(100, "ug"), count=r(2, "{puff}"), times=times(2))
    assert one(puffs).routes == ("inhalation",)

    def rate(every: Range) -> tuple[str, ...]:
        return one(Option(dose=r(25, "ug/h"), every=every)).routes

    assert rate(r(72, "h")) == ("transdermal",)
    assert rate(r(24, "h")) == ("transdermal",)
    assert rate(r(23, "h")) == ("oral",)
    assert rate(r(1, "d")) == ("transdermal",)
    assert rate(r(12, "h", 24)) == ("transdermal",)
    assert one(Option(dose=r(25), every=r(72, "h"))).routes == ("oral",)


def test_alternatives_are_one_exposure() -> None:
    first = Option(dose=r(500), times=times(4), release="IR")
    second = Option(dose=r(1000), every=r(8, "h", 12), route="rectal", prn=True, release="IR")
    each = one(first, second)
    assert (each.amount, each.per_dose, each.doses) == (r(0, "mg", 3000), r(500, "mg", 1000), (2, 4))
    assert (each.peak, each.scheduled) == (r(0, "mg", 3000), r(2000, "mg", 3000))
    assert (each.routes, each.prn, each.release, each.interval_hours) == (("oral", "rectal"), True, "IR", 8)
    assert (
        each.working == "500 mg × 4 = 2,000 mg in 24 hours or 1,000 mg × 2 to 3, as needed = 0 to 3,000 mg in 24 hours"
    )
    other = one(Option(dose=r(500), every=r(6, "h"), release="IR"), Option(dose=r(500), every=r(8, "h"), release="ER"))
    assert (other.release, other.interval_hours, other.amount) == ("", 6, r(1500, "mg", 2000))


def test_parts_that_share_a_maximum() -> None:
    from doseref.regimen.exposure import sharing_a_maximum

    morning = one(Option(dose=r(1000), times=times(2)), maximum=most(3000))
    night = one(Option(dose=r(1000), times=times(2)), maximum=most(3000))
    first, second = sharing_a_maximum([morning, night])
    assert (first.amount, second.amount, second.peak, second.scheduled) == (r(2000), r(1000), r(1000), r(1000))
    assert second.working == "1,000 mg × 2 = 2,000 mg in 24 hours, of which the shared maximum leaves 1,000 mg"
    third = sharing_a_maximum([morning, night, night])[2]
    assert third.amount == r(0)
    needed = one(Option(dose=r(1000), times=times(2), prn=True), maximum=most(3000))
    assert [each.amount for each in sharing_a_maximum([needed, needed])] == [r(0, "mg", 2000), r(0, "mg", 1000)]
    # within it, nothing is cut; without one, neither
    assert sharing_a_maximum([morning])[0] == morning
    free = one(Option(dose=r(1000), times=times(2)))
    assert sharing_a_maximum([free, free, free]) == [free, free, free]


STEP = Step(r(50), Period(D(1), "wk"), None, "up")
TIMES_2 = times(2)

GOALS: list[tuple[Dosage, tuple[Any, ...] | None]] = [
    # dosage: what is taken at its goal (dose, count, per day, strengths), the sequence, the name
    (Dosage("", "read"), None),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),)),)), None),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),)),), target=Target(D(200), D(400), "mg", True)),
     (r(200, "mg", 400), None, True, (), 2, "at the titration target")),
    (Dosage("", "read", (Phase(3, (Option(dose=r(50), times=TIMES_2),)), Phase(1, (Option(dose=r(75), times=TIMES_2),))), target=Target(D(200), D(400), "mg", False)),
     (r(200, "mg", 400), None, False, (), 4, "at the titration target")),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),), step=Step(r(50), None, r(300), "up")),)), (r(300), None, False, (), 2, "at the top of the steps")),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),), step=STEP),), maximum=most(300)), (r(300), None, True, (), 2, "at the top of the steps")),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),), step=STEP),), maximum=most(3, "{dose}")), None),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),), step=STEP),), maximum=most(300, per=Period(D(1), "wk"))), None),
    (Dosage("", "read", (Phase(1, (Option(dose=r(50), times=TIMES_2),), step=STEP),), maximum=most(300, per=None)), None),
    # a goal in capsules: what one of them holds
    (Dosage("", "read", (Phase(1, (Option(dose=r(300), form="capsule", times=TIMES_2),)),), target=Target(D(2), D(3), "{capsule}", False)),
     (None, r(2, "{capsule}", 3), False, strength(300), 2, "at the titration target")),
    (Dosage("", "read", (Phase(1, (Option(dose=r(300), form="tablet", times=TIMES_2),)),), target=Target(D(2), D(3), "{capsule}", False)),
     (None, r(2, "{capsule}", 3), False, (), 2, "at the titration target")),
    (Dosage("", "read", (Phase(1, (Option(dose=r(300, "mg", 600), form="capsule", times=TIMES_2),)),), target=Target(D(2), D(3), "{capsule}", False)),
     (None, r(2, "{capsule}", 3), False, (), 2, "at the titration target")),
    (Dosage("", "read", (Phase(1, (Option(dose=r(300), count=r(1, "{capsule}"), form="capsule", times=TIMES_2),)),), target=Target(D(2), D(3), "{capsule}", False)),
     (None, r(2, "{capsule}", 3), False, (), 2, "at the titration target")),
    (Dosage("", "read", (Phase(1, (Option(strengths=strength(100), count=r(1, "{capsule}"), form="capsule", times=TIMES_2),)),), target=Target(D(2), D(3), "{capsule}", False)),
     (None, r(2, "{capsule}", 3), False, strength(100), 2, "at the titration target")),
    # a goal in mg: strengths that are concentrations stay
    (Dosage("", "read", (Phase(1, (Option(strengths=strength(100) + strength(5, "mg", (1, "mL")), times=TIMES_2),)),), target=Target(D(200), D(200), "mg", False)),
     (r(200), None, False, strength(5, "mg", (1, "mL")), 2, "at the titration target")),
]  # fmt: skip


@pytest.mark.parametrize(("dosage", "expected"), GOALS)
def test_where_a_rising_dose_arrives(dosage: Dosage, expected: tuple[Any, ...] | None) -> None:
    found = goal(dosage)
    if expected is None or found is None:
        assert found is expected
        return
    phase, span = found
    (option,) = phase.options
    assert (option.dose, option.count, option.per_day, option.strengths, phase.sequence, span.name) == expected
    assert (span.from_day, span.surely_from, span.to_day, span.surely_to) == (2, None, None, None)
    assert option.times == TIMES_2


def test_a_goal_with_its_own_frequency() -> None:
    before = Option(
        dose=r(50),
        every=r(12, "h"),
        at=("08:00",),
        when=("HS",),
        days=("mon",),
        duration=r(1, "wk"),
        doses_total=r(3, "{dose}"),
    )
    found = goal(Dosage("", "read", (Phase(1, (before,)),), target=Target(D(200), D(200), "mg", False, times(3))))
    assert found is not None
    (option,) = found[0].options
    assert (option.times, option.every, option.at, option.when, option.days) == (times(3), None, (), (), ())
    assert (option.duration, option.doses_total) == (None, None)


def test_a_goal_per_day_says_nothing_of_a_single_dose() -> None:
    phases = (Phase(1, (Option(dose=r(50), times=times(2)),)),)
    result = expose(
        Dosage("", "read", phases, target=Target(D(400), D(400), "mg", True)), Contents(1, ONE, None, data())
    )
    start, end = result.exposures
    assert (start.amount, end.amount) == (r(100), r(400))
    assert (end.per_dose, end.doses) == (r(50), (2, 2))
    each = expose(
        Dosage("", "read", phases, target=Target(D(400), D(400), "mg", False)), Contents(1, ONE, None, data())
    ).exposures[1]
    assert (each.amount, each.per_dose) == (r(800), r(400))
    mixed = (Phase(1, (Option(dose=r(50), times=times(2)), Option(dose=r(100), per_day=True))),)
    result = expose(
        Dosage("", "read", mixed, target=Target(D(400), D(400), "mg", True)), Contents(1, ONE, None, data())
    )
    assert result.exposures[1].per_dose == r(400)  # one of the alternatives says no single dose
    rising = expose(
        Dosage("", "read", (Phase(1, (Option(dose=r(50), times=times(2)),), step=STEP),)),
        Contents(1, ONE, None, data()),
    )
    assert [trouble.message for trouble in rising.troubles] == [
        "the dose is raised step by step and no end of it is stated"
    ]
