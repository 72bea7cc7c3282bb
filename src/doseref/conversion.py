"""Unit conversion by pint, with its working: across dimensions only by a substance's own factor (a pint context).

Body weight in pounds and stones and creatinine in µmol/L are no doses: they are converted here and known nowhere else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from doseref.errors import QuantityError
from doseref.names import Names
from doseref.patterns import regex
from doseref.quantities import Amount, json_number, printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.facts import KG_PER_POUND, UMOL_PER_MG_DL
from doseref.tables.entries import Conversion
from doseref.unit_registry import converted, substance_context
from doseref.units import UNITS, convert, convertible, lookup
from doseref.units import printed as unit_word

_MOST_DIGITS = 12
"""A factor that is longer is a division ("÷ 60")."""


@record
class Converted:
    """``result`` is ``quantity`` in the wanted unit; ``working`` shows how;
    ``source`` whose factor it is ("" within a dimension).
    """

    quantity: Amount
    result: Amount
    working: str
    substance: str = ""
    source: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """``{"quantity", "result", "working", "substance", "source"}``."""
        return {
            "schema": "doseref.convert/1",
            "quantity": {"value": json_number(self.quantity.value), "unit": self.quantity.unit},
            "result": {"value": json_number(self.result.value), "unit": self.result.unit},
            "working": self.working,
            "substance": self.substance or None,
            "source": self.source or None,
            "note": self.note or None,
        }


_POUNDS = {"lb": 1, "lbs": 1, "pound": 1, "pounds": 1, "st": 14, "stone": 14, "stones": 14}
"""Words for a body weight and how many pounds each is (a stone is 14 pounds)."""
_WEIGHT = regex(
    r"\s*(?P<stones>[0-9]{1,3})\s?(?:st|stones?)\.?\s*(?:(?P<rest>[0-9]{1,2})\s?(?:lbs?|pounds?)\.?)?\s*|"
    r"\s*(?P<value>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(?P<unit>lbs?|pounds?|kgs?|kilos?)\.?\s*",
    re.I,
)
_CREATININE = regex(r"\s*(?P<value>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(?P<unit>[uµμ]mol/l|mg/dl)\s*", re.I)
_SOLUTE = "creatinine"
_NO_MORE = Decimal("0.01")


def _of_the_body(text: str, unit: str, of: str | None) -> Converted | None:
    """A body weight in kg or pounds, or a creatinine in mg/dL or µmol/L; ``None`` where it is neither.

    Raises :class:`QuantityError` for µmol/L of something else, whose molar mass is not known here.
    """
    wanted = unit.lower().replace("µ", "u").replace("μ", "u")
    weight = _WEIGHT.fullmatch(text)
    if weight is not None and not of:
        return _weighed(weight, wanted)
    molar = _CREATININE.fullmatch(text)
    if molar is None or wanted not in ("umol/l", "mg/dl"):
        return None
    given = "mg/dL" if molar["unit"].lower() == "mg/dl" else "umol/L"
    if (of or "").lower() != _SOLUTE:
        raise QuantityError(
            f"µmol/L and mg/dL meet only for a substance, and creatinine alone is known: --of {_SOLUTE}"
        )
    value, told = Decimal(molar["value"]), "mg/dL" if wanted == "mg/dl" else "umol/L"
    if told == given:
        return Converted(Amount(value, given), Amount(value, told), f"{value:f} {molar['unit']}", _SOLUTE)
    result = (value * UMOL_PER_MG_DL if told == "umol/L" else value / UMOL_PER_MG_DL).quantize(_NO_MORE).normalize()
    sign = "×" if told == "umol/L" else "÷"
    words = {"umol/L": "µmol/L", "mg/dL": "mg/dL"}
    working = f"{value:f} {words[given]} {sign} {UMOL_PER_MG_DL} = {result:f} {words[told]}"
    return Converted(Amount(value, given), Amount(result, told), working, _SOLUTE)


def _weighed(weight: re.Match[str], wanted: str) -> Converted | None:
    """A body weight in kg, or one in kg in pounds."""
    metric = wanted in ("kg", "kgs", "kilo", "kilos")
    if weight["value"] and weight["unit"].lower().startswith("k"):
        if _POUNDS.get(wanted) != 1:
            return None  # a mass
        value = Decimal(weight["value"])
        result = (value / KG_PER_POUND).quantize(_NO_MORE).normalize()
        working = f"{value:f} kg ÷ {KG_PER_POUND} = {result:f} lb"
        return Converted(Amount(value, "kg"), Amount(result, "[lb_av]"), working)
    if not metric:
        raise QuantityError(f"pounds and stones are a body weight here, and are converted to kg, not to '{wanted}'")
    stones, rest = Decimal(weight["stones"] or 0), Decimal(weight["rest"] or weight["value"] or 0)
    pounds = 14 * stones + rest
    result = (pounds * KG_PER_POUND).quantize(_NO_MORE).normalize()
    working = f"{pounds:f} lb × {KG_PER_POUND} = {result:f} kg"
    if stones:
        working = f"{stones:f} × 14 lb{f' + {rest:f} lb' if rest else ''} = {working}"
    return Converted(Amount(pounds, "[lb_av]"), Amount(result, "kg"), working)


def _named_beside(text: str, names: Names) -> tuple[str, str | None]:
    """A quantity and the substance that stands beside it: "50000 IU vitamin D", "creatinine 132 umol/L"."""
    words = text.split()
    for place in range(1, len(words)):
        for name, rest in ((words[place:], words[:place]), (words[:place], words[place:])):
            said = " ".join(name[1:] if name[0].lower() == "of" else name)
            entry = names.lookup(said) if said and not said[0].isdigit() else None
            if said.lower() == _SOLUTE or (entry is not None and entry.substance):
                return " ".join(rest), said
    return text, None


def read_quantity(text: str, data: Reference) -> Amount:
    """A quantity as people write it ("1,000 IU", "0.5 g"); raises :class:`QuantityError` for anything else."""
    dosage = data.parse(text)
    doses = [option.dose or option.count for option in dosage.options if not option.release]  # "1 gr": gastro-resistant
    if dosage.status != "read" or len(doses) != 1 or doses[0] is None or not doses[0].single:
        problems = (problem.message for problem in dosage.problems if not problem.noted)
        told = "; ".join(dict.fromkeys(message for message in problems if message != "not understood"))
        raise QuantityError(f"'{text}' is not a quantity like '500 mg' or '1,000 IU'{f' ({told})' if told else ''}")
    return Amount(doses[0].low, doses[0].unit)


def convert_quantity(text: str, unit: str, of: str | None, names: Names) -> Converted:
    """``text`` in ``unit`` (a word or a code), for substance ``of`` where the dimensions differ.

    Raises :class:`QuantityError` where a unit is not known, the dimensions do not meet, or the substance has no
    (unambiguous) factor.
    """
    if of is None:
        text, of = _named_beside(text, names)
    measured = _of_the_body(text, unit, of)
    if measured is not None:
        return measured
    quantity = read_quantity(text, names.data)
    code = unit if unit in UNITS else lookup(unit)
    if code is None:
        raise QuantityError(f"'{unit}' is not a unit known here")
    entry = names.lookup(of) if of is not None else None
    if of is not None and (entry is None or not entry.substance):
        close = " or ".join(name for name, _ in names.suggest(of))
        raise QuantityError(f"'{of}' is not a substance known here{f'; did you mean {close}?' if close else ''}")
    if convertible(quantity.unit, code):
        result = Amount.of_quantity(converted(quantity.quantity, code))
        factor = convert(Decimal(1), quantity.unit, code)
        words = f"× {printed(factor)}" if factor >= 1 else f"× {factor:f}"
        if len(factor.as_tuple().digits) > _MOST_DIGITS:
            words = f"÷ {printed(convert(Decimal(1), code, quantity.unit))}"
        return Converted(quantity, result, f"{quantity} {words} = {result}")
    if quantity.unit.endswith("/kg") != code.endswith("/kg"):
        raise QuantityError(
            f"{unit_word(quantity.unit)} and {unit_word(code)} do not meet: one of them is per kilogram of body weight"
        )
    if entry is None:
        raise QuantityError(
            f"{unit_word(quantity.unit)} and {unit_word(code)} meet only for a substance: add --of SUBSTANCE"
        )
    return _by_factor(quantity, code, entry.substance, names)


def _by_factor(quantity: Amount, code: str, substance: str, names: Names) -> Converted:
    name = names.data.name_of(substance)
    known = [each for each in names.data.conversions.get(substance, ()) if _meets(each, quantity.unit, code)]
    usable = [each for each in known if each.usable]
    if not usable:
        forms = "; ".join(
            f"{each.form}: {each.from_value} {unit_word(each.from_unit)} = {each.to_value} {unit_word(each.to_unit)}"
            for each in known
        )
        why = f"the factor depends on the form ({forms})" if forms else "no factor is known for it"
        raise QuantityError(f"{name}: {unit_word(quantity.unit)} are not convertible to {unit_word(code)}: {why}")
    ratio = names.data.factor(substance, quantity.unit, code)
    if ratio is None:
        raise QuantityError(f"{name}: {unit_word(quantity.unit)} are not convertible to {unit_word(code)}")
    top, bottom = ratio
    context = substance_context((each.from_value, each.from_unit, each.to_value, each.to_unit) for each in usable[:1])
    result = Amount.of_quantity(converted(quantity.quantity, code, context))
    each = usable[0]
    known_as = (
        f"{each.from_value} {unit_word(each.from_unit, plural=False)} = {each.to_value} {unit_word(each.to_unit)}"
    )
    factor = f"{top.normalize():f}" + (f"/{bottom.normalize():f}" if bottom != 1 else "")
    working = f"{quantity} × {factor} = {result} ({known_as})"
    source = names.data.sources[each.source].title if each.source in names.data.sources else each.source
    return Converted(quantity, result, working, name, source, each.note)


def _meets(each: Conversion, one: str, other: str) -> bool:
    return (one == each.from_unit and convertible(each.to_unit, other)) or (
        other == each.from_unit and convertible(each.to_unit, one)
    )
