"""Compounds, oils and herbs: 1,250 mg of calcium carbonate are not 1,250 mg of calcium, nor 1,000 mg of fish oil 1,000
mg of EPA and DHA.

How much of the substance is in them depends on the product, and labels state now the one and now the other. Only an
amount that is called elemental, or by the substance's own name, counts; anything else is shown as not assessed and
missing from the total.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Strength
from doseref.items.model import Part
from doseref.names import Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex
from doseref.quantities import Range
from doseref.records import replace
from doseref.refdata import Reference

_AMOUNT = r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]{1,7}(?:\.[0-9]{1,4})?)\s{0,2}(mcg|mg|g)"
_AFTER = r"(?=\s{0,3}(?:[),;./]|$|[0-9]|(?:once|twice|daily|per|in|each|every|a|from|total|content)\b))"
"""What may follow the substance's name: "64 mg magnesium, twice daily", and not "400 mg magnesium citrate"."""
_UNITS = {"mcg": "ug", "mg": "mg", "g": "g"}


_PROVIDING = regex(
    r"(?:^|[\s,(\[])(?:providing|provides|supplying|supplies|containing|contains|yielding|with|equivalent to|=|"
    rf"\()\s*(?:at least\s+)?{_AMOUNT}\s+(?:of\s+|as\s+)?",
    re.I,
)
_OWN_WEIGHT = regex(rf"^{_AMOUNT}\s*$", re.I)


def active_part(part: Part, sig: str, names: Names) -> tuple[Part, str]:
    """A compound with its sig turned to its active part where the sig says how much of that it provides.

    "1000 mg (300 mg EPA+DHA) 2 capsules daily" of fish oil is "300 mg 2 capsules daily" of omega-3 fatty acids.
    """
    if not part.compound:
        return part, sig
    for match in _PROVIDING.finditer(sig):
        rest = sig[match.end() :]
        found = names.at(tokenize(rest), 0)
        before = sig[: match.start()].strip()
        if found is None or found.start or found.entry.substance != part.substance or found.entry.compound:
            continue
        if before and not _OWN_WEIGHT.match(before):
            return part, sig
        after = rest[found.end :].lstrip(" )].,;")
        return replace(part, compound=False), f"{match.group(1)} {match.group(2)} {after}".strip()
    return part, sig


def as_element(parts: tuple[Part, ...], dosage: Dosage, data: Reference) -> tuple[tuple[Part, ...], Dosage]:
    """The parts and the dosage with the substance's own amount in place of the compound's, where the text states it.

    Parts that stay ``compound`` are of unknown content: :func:`doseref.regimen.amounts.amounts` tells so.
    """
    if len(parts) != 1 or not parts[0].compound:
        return parts, dosage
    stated = {
        (Decimal(number.replace(",", "")), _UNITS[unit.lower()])
        for number, unit in _called(parts[0], data).findall(dosage.text)
    }
    if len(stated) != 1:
        return parts, dosage
    amount, unit = stated.pop()
    phases = []
    for phase in dosage.phases:
        options = tuple(_elemental(option, amount, unit) for option in phase.options)
        if None in options:
            return parts, dosage
        phases.append(replace(phase, options=options))
    return (replace(parts[0], compound=False),), replace(dosage, phases=tuple(phases))


def _called(part: Part, data: Reference) -> re.Pattern[str]:
    """An amount that is called elemental, or by a name of the substance itself."""
    own = [data.substances[part.substance].name]
    own += [each.name for each in data.names if each.substance == part.substance and each.kind != "compound"]
    words = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    return re.compile(rf"{_AMOUNT}\s(?:of\s|as\s)?(?:elemental\b|(?:{words}){_AFTER})", re.I)


def _elemental(option: Option, amount: Decimal, unit: str) -> Option | None:
    """The option by its elemental amount; ``None`` where that is not one of its figures."""
    one = Range.of(amount, unit)
    if option.dose == one:
        return option
    if all((strength.amount, strength.unit) != (amount, unit) for strength in option.strengths):
        return None
    if option.count is not None:
        return replace(option, dose=None, strengths=(Strength(amount, unit),))
    return replace(option, dose=one, strengths=())
