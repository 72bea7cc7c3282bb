"""The body weight that a line says beside a dose by weight: "15 mg/kg every 6 hours, weight 12 kg (26 lb)"."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.items.model import Trouble
from doseref.patterns import regex
from doseref.quantities import printed

_WEIGHT = regex(
    r"[\s,;(–-]*\b(?:body\s)?(?:wt\.?|weight|weighs|weighing)\s?(?:is\s|of\s)?[:=]?\s?([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?kgs?\b"
    r"(?:\s?[(/]\s?([0-9]{1,3}(?:\.[0-9])?)\s?lbs?\b\s?\)?)?\)?"
    r"|\s*\(\s?([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?kg\s?\)",
    re.I,
)
_NOT_ITS_OWN = regex(
    r"(?:\bif|\bper|\bevery|\beach|\bmin\.?|\bmax\.?|\bover|\bunder|\bleast|\bthan|\bwith|[<>≤≥])[\s(]*$", re.I
)
_GOES_ON = regex(r"\s*(?:or\b|to\b|and\s(?:over|above|more|under|below|less)|[-–+<>≤≥])", re.I)
_LEAST_KG, _MOST_KG = Decimal("0.4"), Decimal(350)
_LB_IN_A_KG = Decimal("2.20462")
_NEAR = Decimal("0.05")
"""How far apart two figures of one weight may be where one is rounded."""
_PATIENCE = 400
"""Characters of an instruction in which a weight is looked for."""


def without_weight(sig: str, given_kg: Decimal | None) -> tuple[str, Decimal | None, Trouble | None]:
    """``sig`` without the weight that it says, that weight in kg, and what is amiss with it.

    Only beside a dose by body weight, and only a single weight that no condition is made of ("if weight 10-50 kg").
    ``given_kg`` is what was given otherwise; where the two differ, that is told and neither is taken.
    """
    low = sig.lower()
    if "/kg" not in low and "per kg" not in low:
        return sig, given_kg, None
    found = list(_WEIGHT.finditer(sig, 0, _PATIENCE))
    if len(found) != 1:
        return sig, given_kg, None
    (match,) = found
    if _NOT_ITS_OWN.search(sig[max(0, match.start() - 20) : match.start() + 1]) or _GOES_ON.match(sig, match.end()):
        return sig, given_kg, None
    own = Decimal(match[1] or match[3])
    if not _LEAST_KG <= own <= _MOST_KG:
        return sig, given_kg, None
    rest = f"{sig[: match.start()]} {sig[match.end() :].lstrip()}".strip()
    told = ""
    if match[2] and abs(own * _LB_IN_A_KG - Decimal(match[2])) > own * _LB_IN_A_KG * _NEAR:
        told = f"{printed(own)} kg is not {match[2]} lb"
    elif given_kg is not None and abs(own - given_kg) > own * _NEAR:
        told = f"the line says a weight of {printed(own)} kg, and {printed(given_kg)} kg was given"
    if told:
        return rest, None, Trouble("contradictory-dosage", told, "ask what the weight is")
    return rest, given_kg or own, None
