"""doseref: a medication and supplement reference checker.

``doseref.check(items) -> Result``, ``doseref.parse(text) -> Dosage`` and ``doseref.reference() -> Reference`` are what
the commands use; each result's ``to_json()`` gives the documented shape. Importing the package imports none of it yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doseref.api import Person, Result, check, parse, reference

__version__ = "0.1.0"
__all__ = ["Person", "Result", "__version__", "check", "parse", "reference"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from doseref import api

        return getattr(api, name)
    raise AttributeError(f"module 'doseref' has no attribute {name!r}")
