"""The units: one definition file, what pint makes of it, and the exact table that is generated from that."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from doseref import reference
from doseref.conversion import convert_quantity
from doseref.errors import QuantityError
from doseref.names import names
from doseref.quantities import Amount
from doseref.unit_registry import (
    TABLE,
    code_of,
    converted,
    pint_unit,
    quantity,
    registry,
    substance_context,
    table_source,
)
from doseref.unit_table import TIMES
from doseref.units import HOUSEHOLD_ML, TIME_SECONDS, UNITS, convert, convertible, printed

D = Decimal
CODES = sorted(UNITS)


def test_the_table_is_what_pint_makes_of_the_definitions() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_source(), "run: python -m doseref.unit_registry"


def test_table_and_pint_agree_on_every_pair() -> None:
    import pint

    for one in CODES:
        for other in CODES:
            if convertible(one, other):
                assert converted(quantity(D(3), one), other).magnitude == convert(D(3), one, other), (one, other)
            else:
                with pytest.raises(pint.DimensionalityError):
                    converted(quantity(D(3), one), other)
                with pytest.raises(QuantityError):
                    convert(D(3), one, other)


def test_times_agree_too() -> None:
    for code, seconds in TIME_SECONDS.items():
        assert converted(quantity(D(3), code), "s").magnitude == 3 * seconds
    assert TIMES["a"] == ("months", "12")
    assert not quantity(D(1), "mo").is_compatible_with(pint_unit("d"))  # a month has no fixed number of days


@pytest.mark.parametrize(
    ("value", "code", "wanted", "result"),
    [
        ("0.1", "mg", "ug", "100"),
        ("0.5", "g", "mg", "500"),
        ("7", "mg/min", "mg/h", "420"),
        ("1.5", "L", "mL", "1500"),
        ("2", "ug/kg", "mg/kg", "0.002"),
    ],
)
def test_an_amount_is_a_pint_quantity_and_back(value: str, code: str, wanted: str, result: str) -> None:
    amount = Amount(D(value), code)
    assert isinstance(amount.quantity.magnitude, Decimal)
    assert Amount.of_quantity(converted(amount.quantity, wanted)) == Amount(D(result), wanted)


def test_every_code_comes_back_from_pint() -> None:
    assert [code_of(pint_unit(code)) for code in CODES] == CODES
    with pytest.raises(QuantityError, match=r"no code here"):
        code_of(registry().milligram ** 2)


@pytest.mark.parametrize("code", ["mg*", "9**9**9", "tablet", "__class__", "mg/s", "mg/kg/h", "", "/h", "Mg"])
def test_only_codes_become_units(code: str) -> None:
    with pytest.raises(QuantityError, match="unknown unit code"):
        pint_unit(code)


def test_a_substance_joins_dimensions_only_in_its_own_context() -> None:
    vitamin_d = substance_context([(D(40), "[IU]", D(1), "ug")])
    amount = Amount(D(5000), "[IU]").quantity
    assert Amount.of_quantity(converted(amount, "ug", vitamin_d)) == Amount(D(125), "ug")
    assert Amount.of_quantity(converted(Amount(D("0.125"), "mg").quantity, "[IU]", vitamin_d)).value == 5000
    assert not amount.is_compatible_with(pint_unit("ug"))


def test_convert_agrees_with_the_exact_factors_of_the_data() -> None:
    data = reference()
    asked = 0
    for substance, conversions in data.conversions.items():
        for each in conversions:
            factor = data.factor(substance, each.from_unit, each.to_unit)
            if each.usable and factor is not None and each.from_unit == "[IU]":
                done = convert_quantity("1000 IU", each.to_unit, data.name_of(substance), names(data))
                assert done.result == Amount(1000 * factor[0] / factor[1], each.to_unit)
                asked += 1
    assert asked > 0


def test_no_text_reaches_the_parser_of_pint(monkeypatch: pytest.MonkeyPatch) -> None:
    known = registry()
    for name in ("parse_expression", "parse_units", "parse_unit_name"):
        monkeypatch.setattr(type(known), name, lambda *_, **__: pytest.fail("pint was asked to parse"))
    assert convert_quantity("0.5 g", "mg", None, names(reference())).result == Amount(D(500), "mg")
    for text in ("9**9**9 mg", "__import__('os') mg", "5 mg*mg"):
        with pytest.raises(QuantityError):
            convert_quantity(text, "mg", None, names(reference()))
    with pytest.raises(QuantityError):
        convert_quantity("5 mg", "9**9**9", None, names(reference()))


def test_reading_and_judging_import_no_pint() -> None:
    code = "import sys, doseref; doseref.check(['ibuprofen 400 mg three times daily']); print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_spoons_and_printed_units() -> None:
    assert (HOUSEHOLD_ML["tsp"], HOUSEHOLD_ML["tablespoonful"]) == (D(5), D(15))
    words = {code: (printed(code, plural=False), printed(code)) for code in UNITS}
    assert words["ug"] == ("mcg", "mcg")
    assert words["{patch}"] == ("patch", "patches")
    assert words["ng"] == ("nanogram", "nanograms")
    assert words["[IU]/kg"] == ("unit/kg", "units/kg")
    assert words["{film}"] == ("film", "films")
