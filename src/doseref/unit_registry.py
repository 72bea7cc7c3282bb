"""Pint: the registry made of the definition file, the codes of its units, and the exact table that is generated from
it.

``dose_units.txt`` defines every unit, pint makes the one registry of it (:func:`registry`), and ``unit_table.py`` is
what that registry says of each code, so that a check need not import pint (which takes longer than the check). A test
holds the table and the registry together, pair by pair.

Only codes of the table are ever turned into pint units, one by one by their names: no text of a user reaches pint's
parser.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doseref.errors import QuantityError
from doseref.unit_table import UNITS

if TYPE_CHECKING:
    import pint

DEFINITIONS = Path(__file__).with_name("dose_units.txt")
TABLE = Path(__file__).with_name("unit_table.py")

PER_BODY = ("g", "mg", "ug", "mL", "[IU]", "meq")
"""Codes that are also written per kilogram of body weight."""
PER_TIME = ("g", "mg", "ug", "mL", "L", "[IU]", "meq")
"""Codes that are also written per hour and per minute: infusions, and what a patch gives off."""
_SPOONS = ("teaspoon", "tablespoon")
_DIVISORS = {"[kg]": "kg", "[time]": "hour"}
_PER = {"/kg": "kilogram_of_body", "/h": "hour", "/min": "minute"}
_SPARE = 22


@lru_cache(maxsize=1)
def registry() -> pint.UnitRegistry[Decimal]:
    """The project's one pint registry: the units of ``dose_units.txt`` and no others, magnitudes as :class:`Decimal`.

    It is made, and what it remembers of each unit is worked out, with spare digits, so that a sixtieth of an hour does
    not show in the last digit of a conversion.
    """
    import pint

    with localcontext() as context:
        context.prec += _SPARE
        made: pint.UnitRegistry[Decimal] = pint.UnitRegistry(str(DEFINITIONS), non_int_type=Decimal)
        for name in _defined():
            for per in ("", *_PER.values()):
                made.get_root_units(made.UnitsContainer(_powers(name, per)))
    return made


def pint_unit(code: str) -> pint.Unit:
    """The pint unit of a unit or time code; raises :class:`QuantityError` for a code the project does not know."""
    names = _names()
    top, _, below = code.partition("/")
    if top not in names or (below and (code not in UNITS or f"/{below}" not in names)):
        raise QuantityError(f"unknown unit code {code!r}")
    return _unit(names[top], names[f"/{below}"] if below else "")


def _unit(name: str, per: str = "") -> pint.Unit:
    """The unit of a name, or of one per another, without asking pint to read anything."""
    known = registry()
    return known.Unit(known.UnitsContainer(_powers(name, per)))


def _powers(name: str, per: str) -> dict[str, int]:
    return {name: 1, per: -1} if per and per != name else {name: 1}


def quantity(value: Decimal, code: str) -> pint.Quantity[Decimal]:
    """``value`` of a unit code as a pint quantity; raises :class:`QuantityError` for a code that is not known."""
    return registry().Quantity(value, pint_unit(code))


def code_of(unit: object) -> str:
    """The code of a pint unit of :func:`registry`; raises :class:`QuantityError` for a unit that has none (mg²,
    another registry's).
    """
    known = _codes().get(str(unit))
    if known is None:
        raise QuantityError(f"the unit '{unit}' has no code here")
    return known


Factor = tuple[Decimal, str, Decimal, str]
"""So much of one unit code is so much of another, for one substance: 40 [IU] are 1 ug of vitamin D."""


def substance_context(factors: Iterable[Factor]) -> Any:
    """A pint context in which the dimensions that the factors of one substance join meet,
    both ways (for :func:`converted`).
    """
    import pint

    context = pint.Context()
    for value_from, unit_from, value_to, unit_to in factors:
        one, other = quantity(value_from, unit_from), quantity(value_to, unit_to)
        for here, there in ((one, other), (other, one)):
            context.add_transformation(here.dimensionality, there.dimensionality, _by(here, there))
    return context


def _by(here: Any, there: Any) -> Any:
    return lambda _, given, **__: given * there / here


def converted(given: pint.Quantity[Decimal], code: str, *contexts: Any) -> pint.Quantity[Decimal]:
    """A quantity in the unit of another code, to the last of the 28 digits of a :class:`Decimal`.

    Pint goes by way of the base units, and three a minute by way of the hour is a digit off; spare digits keep that
    out. Raises :class:`pint.DimensionalityError` where the dimensions do not meet.
    """
    with localcontext() as context:
        context.prec += _SPARE
        made = given.to(pint_unit(code), *contexts)
    return registry().Quantity(+made.magnitude, made.units)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Code → name in the registry; ``/h`` and the like → the name of the unit that a rate is per."""
    known = registry()
    found: dict[str, str] = {}
    groups = {name: known.get_group(name, create_if_needed=False).members for name in ("arbitrary", "counted")}
    for name in _defined():
        if name in groups["arbitrary"]:
            found[f"[{name}]"] = name
        elif name in groups["counted"]:
            found[f"{{{name}}}"] = name
        elif known.get_symbol(name) != name:
            found[known.get_symbol(name)] = name
    return {**found, **_PER}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Pint's writing of a unit → its code."""
    times = [code for code in _names() if not code.startswith("/")]
    return {str(pint_unit(code)): code for code in (*times, *(code for code in UNITS if "/" in code))}


def _defined() -> list[str]:
    """The names that the definition file defines, in its order."""
    lines = (line.split("#")[0].strip() for line in DEFINITIONS.read_text(encoding="utf-8").splitlines())
    return [line.split("=")[0].strip() for line in lines if "=" in line]


def _row(unit: pint.Unit) -> tuple[str, Decimal]:
    """Dimension and factor to the dimension's base unit, as pint has them."""
    factor = registry().Quantity(Decimal(1), unit).to_root_units().magnitude.normalize()
    dimensions = set(unit.dimensionality)
    below = [_DIVISORS[name] for name in _DIVISORS if name in dimensions and len(dimensions) > 1]
    top = " ".join(name.strip("[]").replace("_", " ") for name in dimensions - set(_DIVISORS)) or "time"
    return (f"{top} per {below[0]}" if below else top), factor


def table_source() -> str:
    """The text of ``unit_table.py``, from a registry made afresh: the dimension and the factor of every code."""
    registry.cache_clear()
    _names.cache_clear()
    times: dict[str, tuple[str, Decimal]] = {}
    units: dict[str, tuple[str, Decimal]] = {}
    for code, name in _names().items():
        if not code.startswith("/"):
            dimension, factor = _row(_unit(name))
            if dimension == "time":
                factor = converted(quantity(Decimal(1), code), "s").magnitude.to_integral_value()
            (times if dimension in ("time", "months") else units)[code] = (dimension, factor)
    for code in PER_BODY:
        units[f"{code}/kg"] = _row(_unit(_names()[code], "kilogram_of_body"))
    for code in PER_TIME:
        for per, name in (("h", "hour"), ("min", "minute")):
            units[f"{code}/{per}"] = _row(_unit(_names()[code], name))
    spoons = {name: _row(_unit(name)) for name in _SPOONS}
    return "\n".join(
        [
            '"""Generated from the pint registry of ``dose_units.txt`` by ``python -m doseref.unit_registry``; '
            'not to be edited."""',
            "",
            "from __future__ import annotations",
            "",
            *_listed(
                "UNITS", "Code → dimension, and how many of the dimension's base unit (mg, mL …) one of it is.", units
            ),
            "",
            *_listed("TIMES", "Time code → dimension, and how many seconds, or months, it is.", times),
            "",
            *_listed("SPOONS", "Household measure → dimension, and how many mL it is.", spoons),
            "",
        ]
    )


def _listed(name: str, words: str, rows: dict[str, tuple[str, Decimal]]) -> list[str]:
    lines = [f'    "{code}": ("{dimension}", "{factor:f}"),' for code, (dimension, factor) in rows.items()]
    return [f"{name}: dict[str, tuple[str, str]] = {{", *lines, "}", f'"""{words}"""']


if __name__ == "__main__":
    TABLE.write_text(table_source(), encoding="utf-8")
