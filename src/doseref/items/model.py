"""Parts of what an item names, and why an item is not (wholly) assessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from doseref.records import record


@record
class Part:
    """One ingredient of what an item names: ``strength`` of ``unit`` (as named, salt included) in ``per`` ``per_unit``.

    ``ratio`` turns the amount as named into the substance: (numerator, denominator).
    """

    substance: str
    as_named: str
    strength: Decimal | None = None
    unit: str = ""
    per: Decimal = Decimal(1)
    per_unit: str = ""
    ratio: tuple[Decimal, Decimal] = (Decimal(1), Decimal(1))
    release: str = ""
    """``ER`` where the name itself is one of extended release."""
    route: str = ""
    """The route where the name itself is of something given by one alone ("AndroGel")."""
    compound: bool = False
    """Named as a compound of which the substance is only a part: its amounts are not the substance's."""


TroubleKind = Literal[
    "unknown-name",
    "ambiguous-name",
    "unreadable-dosage",
    "contradictory-dosage",
    "unit-mismatch",
    "no-limit-known",
    "nothing-to-add",
]
"""A name nobody knows; one that may be several things; a dosage that was not read, or contradicts itself;
units that do not meet; nothing to add up, of a medicine and of what is none (no rule tells that).
"""

LeftOpen = Literal["", "how-often", "how-much"]
"""What is not said: how often it is taken (at most), or how much each time."""
NO_NAME = "no drug is named here"
"""What is told of a line that holds no name at all."""


@record
class Trouble:
    """Why an item is not (wholly) assessed: what kind of trouble it is, and what to tell.
    The rules give each kind its code.
    """

    kind: TroubleKind
    message: str
    mend: str = ""
    substances: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    left_open: LeftOpen = ""
    """What an instruction that was otherwise read does not say."""
