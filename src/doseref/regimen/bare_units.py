"""A number without its unit behind the name of a drug ("ASA 81", "Flomax 0.4 qhs"): told, and never added up.

Where pieces are counted behind it, or a brand goes on with it, the number is read as the strength
(:func:`doseref.items.name_strengths.marketed`). What is left says no unit. Nothing hangs on it where the number is a strength
in which the drug is made in one unit only, too large or too small for a count, and taken once a day at most; of a
supplement any number is one ("CoQ10 200 daily").
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.rates import rate
from doseref.dosage.words import LEXICON
from doseref.items.identity import Identity
from doseref.items.model import Trouble
from doseref.items.name_strengths import marketed_units
from doseref.names import Names
from doseref.patterns import regex
from doseref.quantities import is_whole, printed

_BARE = regex(r"\s*(?P<figure>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?:\s+(?P<rest>[A-Za-z].*))?\s*")
_LEAST = Decimal(5)
"""From here on a whole number is more likely a strength than so many tablets."""
_UNITS = {"mg": "mg", "g": "g", "ug": "mcg", "[IU]": "units"}


def unit_left_out(named: Identity, sig: str, names: Names) -> Trouble | None:
    """What is told of a number without a unit that is one marketed strength, once a day; ``None`` of anything else."""
    found = _BARE.fullmatch(sig)
    if found is None or len(named.parts) != 1 or named.product is not None or named.candidates:
        return None
    rest = found["rest"] or ""
    if LEXICON.get(rest.partition(" ")[0].lower(), ("",))[0] in ("U", "C"):
        return None  # "400 mg three times daily", as nearly every item is written
    figure = Decimal(found["figure"])
    if (is_whole(figure * 4) and figure < _LEAST) or not _once_a_day(rest, names):
        return None
    units = marketed_units(named.parts[0].substance, figure, names)
    code = next(iter(units)) if len(units) == 1 else ""
    unit = _UNITS.get(code)
    known = names.data.substances.get(named.parts[0].substance)
    if unit is None and (units or known is None or known.kind != "supplement"):
        return None
    if known is not None and known.kind == "supplement" and _above_a_maximum(known.id, figure, code, names):
        return None  # "vitamin D 5000 daily" would be above it
    made = f"; it is made as {printed(figure)} {unit}" if unit else ""
    return Trouble(
        "unreadable-dosage",
        f"the unit of '{printed(figure)}' is not said, so nothing is added up{made}",
        f"write '{printed(figure)} {unit}' if that is meant" if unit else "write the unit",
        left_open="how-often",
    )


def _above_a_maximum(substance: str, figure: Decimal, code: str, names: Names) -> bool:
    """Whether a number is more than what a source gives as a day's maximum, in its unit (``code``), or in whichever the
    source has where that is not known.
    """
    return any(
        limit.basis == "maximum"
        and limit.amount is not None
        and limit.per is not None
        and limit.per.is_day
        and figure > limit.amount
        and code in ("", limit.unit)
        for limit in names.data.limits.get(substance, ())
    )


def _once_a_day(rest: str, names: Names) -> bool:
    """Whether words say that it is taken once a day at most, and no dose; nothing said is taken for so much."""
    if not rest:
        return True
    dosage = names.data.parse(rest, nameless=True)
    return dosage.status == "read" and all(
        option.dose is None
        and option.count is None
        and option.form is None
        and not option.strengths
        and (often := rate(option)) is not None
        and often.day_high <= 1
        for option in dosage.options
    )
