"""What a program passes as arguments, held strictly: a value of another type is refused, never taken for true or false."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from doseref.errors import UsageError
from doseref.regimen.facts import fact, number, yes


def yes_or_no(name: str, value: object) -> bool:
    """``True`` or ``False``, also by a word as a table has it ("no", "Y"; of ``hepatic`` "mild", "Child-Pugh C"); ``None``
    and what says nothing are ``False``. Raises :class:`UsageError` for anything else.
    """
    if value is None or isinstance(value, str):
        return yes(name, value or "")
    numpy_bool = type(value).__module__ == "numpy" and type(value).__name__.startswith("bool")
    if (isinstance(value, int) or numpy_bool) and value in (True, False):
        return bool(value)
    raise UsageError(f"{name} {value!r} is neither yes nor no; give True or False")


def demand_text(name: str, value: object, such_as: str) -> str:
    """``value`` where it is a text; raises :class:`UsageError` with an example of one where it is not."""
    if not isinstance(value, str):
        raise UsageError(f"{name} {value!r} is no text; give one such as {such_as!r}")
    return value


def measured(role: str, value: object) -> Decimal | None:
    """A fact of the person as a number (years, kg, mL/min, mg/dL), or as a text with its unit ("97 umol/L").

    Raises :class:`UsageError` for what is neither, and for a number that nobody has.
    """
    if isinstance(value, str):
        found = fact(role, value, role)
        return found if isinstance(found, Decimal) else None
    return number(role, value)


def directory(value: object) -> str | Path:
    """``value`` where it can be a path; raises :class:`UsageError` where it cannot."""
    if not isinstance(value, str | Path):
        raise UsageError(f"data {value!r} is neither a Reference nor the path of a directory of tables")
    return value
