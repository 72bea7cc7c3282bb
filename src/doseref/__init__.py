"""doseref: a medication and supplement reference checker.

``doseref.check(items) -> Result``, ``doseref.parse(text) -> Dosage`` and ``doseref.reference() -> Reference`` are what
the commands use; each result's ``to_json()`` gives the documented shape. Importing the package imports none of it yet.
``docs/python.md`` goes through all that is public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doseref.api import check, parse, read_fhir, reference
    from doseref.dosage.model import Dosage
    from doseref.errors import DataError, DoserefError, InputError, UsageError
    from doseref.findings import Finding, Severity
    from doseref.refdata import Reference
    from doseref.regimen.judged import Judged
    from doseref.regimen.model import Given, Total
    from doseref.result import Person, Result

    check_frame: Any

__version__ = "0.2.0"
_PLACES = {
    "doseref.api": ("check", "parse", "read_fhir", "reference"),
    "doseref.bulk": ("check_frame",),
    "doseref.dosage.model": ("Dosage",),
    "doseref.errors": ("DataError", "DoserefError", "InputError", "UsageError"),
    "doseref.findings": ("Finding", "Severity"),
    "doseref.refdata": ("Reference",),
    "doseref.regimen.judged": ("Judged",),
    "doseref.regimen.model": ("Given", "Total"),
    "doseref.result": ("Person", "Result"),
}
__all__ = [
    "DataError",
    "Dosage",
    "DoserefError",
    "Finding",
    "Given",
    "InputError",
    "Judged",
    "Person",
    "Reference",
    "Result",
    "Severity",
    "Total",
    "UsageError",
    "__version__",
    "check",
    "check_frame",
    "parse",
    "read_fhir",
    "reference",
]


def __getattr__(name: str) -> Any:
    for place, names in _PLACES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(place), name)
    raise AttributeError(f"module 'doseref' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
