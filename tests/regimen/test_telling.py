"""An amount is told in the unit in which it was written, one unit in a sentence; in Britain micrograms are written in full."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref
from doseref.quantities import Amount
from doseref.regimen.telling import told_unit
from doseref.reports.check_text import render
from doseref.units import printed_for


@pytest.mark.parametrize(
    ("written", "unit", "most", "told"),
    [
        (("mg",), "ug", "5000", "mg"),  # folic acid 5 mg, whose levels are in mcg
        (("mg",), "ug", "88", "mg"),  # levothyroxine 0.088 mg
        (("ug",), "ug", "1000", "ug"),  # digoxin 500 micrograms twice
        (("ug",), "mg", "0.8", "ug"),  # four tablets of misoprostol 200 mcg
        (("ug",), "mg", "0.9999", "ug"),
        (("ug",), "mg", "1", "mg"),  # 1,000 mcg of what is limited in mg
        (("ug", "mg"), "mg", "0.8", "mg"),  # as it is added up
        (("g",), "mg", "4000", "mg"),
        (("mg",), "g", "4", "g"),
        (("ug/h",), "ug/h", "25", "ug/h"),
        ((), "mg", "1", "mg"),
    ],
)
def test_the_unit_that_is_told(written: tuple[str, ...], unit: str, most: str, told: str) -> None:
    assert told_unit(written, unit, Decimal(most)) == told


def text_of(*items: str, **options: object) -> str:
    return " ".join(render(doseref.check(list(items), **options), 200, explain=True).split())


def test_what_was_written_in_mg_is_told_in_mg() -> None:
    told = text_of("folic acid 5 mg daily")
    assert "folic acid (5 mg in 24 hours)" in told and "up to 5 mg in 24 hours is given" in told and "mcg" not in told


def test_what_was_written_in_mcg_is_told_in_mcg() -> None:
    assert "misoprostol (800 mcg in 24 hours)" in text_of("misoprostol 200 mcg four times daily")
    assert "1.2 mg in 24 hours" in text_of("misoprostol 200 mcg six times daily")


def test_two_items_in_two_units_are_one_total() -> None:
    (regimen,) = doseref.check(["misoprostol 200 mcg twice daily", "misoprostol 0.2 mg once daily"]).regimens
    (total,) = regimen.totals
    assert total.stated == "0.6 mg in 24 hours"
    assert [each.working for each in total.exposures] == [
        "200 mcg × 2 = 400 mcg in 24 hours",
        "0.2 mg × 1 = 0.2 mg in 24 hours",
    ]


def test_a_caution_is_told_in_the_unit_of_the_dose() -> None:
    told = text_of("digoxin 250 mcg daily", age="84")
    assert "250 mcg in 24 hours against 125 mcg" in told
    assert "0.25 mg in 24 hours against 0.125 mg" in text_of("digoxin 0.25 mg daily", age="84")


def test_programs_have_one_unit_for_a_substance() -> None:
    found = [doseref.check([f"folic acid {dose} daily"]).to_json() for dose in ("5 mg", "5000 mcg")]
    totals = [each["regimens"][0]["totals"][0] for each in found]
    assert [(each["high"], each["unit"]) for each in totals] == [(5000, "ug"), (5000, "ug")]


def test_micrograms_in_full_for_britain() -> None:
    told = text_of("digoxin 500 mcg bd", "fentanyl 25 mcg/h patch every 3 days", country="GB")
    assert "1,000 micrograms in 24 hours" in told and "25 micrograms/hour" in told
    (regimen,) = doseref.check(["digoxin 500 mcg bd"], country="GB").regimens
    assert regimen.totals[0].exposures[0].working == "500 micrograms × 2 = 1,000 micrograms in 24 hours"
    assert "mcg" in text_of("digoxin 500 mcg bd") and "microgram" not in text_of("digoxin 500 mcg bd")


def test_what_somebody_wrote_is_left_as_it_is() -> None:
    told = text_of("salbutamol 100 mcg blub bd zork", country="GB")
    assert "salbutamol 100 mcg blub bd zork" in told


def test_the_printing_ends_with_its_report() -> None:
    with printed_for("GB"):
        assert str(Amount(Decimal(1), "ug")) == "1 microgram" and str(Amount(Decimal(2), "ug/kg")) == "2 micrograms/kg"
        with printed_for("US"):
            assert str(Amount(Decimal(1), "ug")) == "1 mcg"
        assert str(Amount(Decimal(62), "ug")) == "62 micrograms"
    assert str(Amount(Decimal(62), "ug")) == "62 mcg"
