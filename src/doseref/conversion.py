"""Unit conversion by pint, with its working: across dimensions only by a substance's own factor (a pint context)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from doseref.errors import QuantityError
from doseref.names import Names
from doseref.quantities import Amount, json_number, printed
from doseref.records import record
from doseref.refdata import Reference
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


def read_quantity(text: str, data: Reference) -> Amount:
    """A quantity as people write it ("1,000 IU", "0.5 g"); raises :class:`QuantityError` for anything else."""
    dosage = data.parse(text)
    doses = [option.dose or option.count for option in dosage.options if not option.release]  # "1 gr": gastro-resistant
    if dosage.status != "read" or len(doses) != 1 or doses[0] is None or not doses[0].single:
        told = "; ".join(problem.message for problem in dosage.problems if not problem.noted)
        raise QuantityError(f"'{text}' is not a quantity like '500 mg' or '1,000 IU'{f' ({told})' if told else ''}")
    return Amount(doses[0].low, doses[0].unit)


def convert_quantity(text: str, unit: str, of: str | None, names: Names) -> Converted:
    """``text`` in ``unit`` (a word or a code), for substance ``of`` where the dimensions differ.

    Raises :class:`QuantityError` where a unit is not known, the dimensions do not meet, or the substance has no
    (unambiguous) factor.
    """
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
