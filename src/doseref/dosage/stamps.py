"""Productions for what an order system stamps on an order: when it was written, by whose number, at which pharmacy."""

from __future__ import annotations

import re

from doseref.dosage.letter_words import ended, left_aside, raw
from doseref.dosage.remarks import complete
from doseref.dosage.state import State
from doseref.patterns import regex

_WRITTEN = regex(
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?:,?\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AP]M)?)?(?:\s[A-Z]{3,4})?(?![0-9A-Za-z/])"
)
"""A date with its year, the time of the clock and its zone: "02/11/25 9:00:00 EST"."""
_REGISTERED = regex(r"(?:NADEAN|DEA|NPI|LIC(?:ENSE)?)\b\s?[#:.]*\s?[A-Za-z]{0,2}[0-9]{5,10}(?![0-9A-Za-z])", re.I)
_NUMBERS = frozenset(("nadean", "dea", "npi", "lic", "license"))
_FILLED = regex(r"(?:earliest\s)?(?:fill|start|end|stop)\sdate:?\s?[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9/])", re.I)
_PHARMACY = regex(r"pharmacy:\s?[A-Za-z0-9][A-Za-z0-9 #&/'’.-]{1,60}(?=\s?(?:[,;]|$))", re.I)
_DATED = frozenset(("earliest", "fill"))


def stamped(p: State) -> bool:
    """stamped ::= written | registered | filled, behind a whole instruction: none of its figures is one of the dose.

    Also asks for: BAD, COMMA, DISP, NUM, THEN.
    """
    if not complete(p):
        return False
    if p.kinds[p.i] in ("NUM", "BAD"):
        return "/" in p.tokens.text and _taken(p, _WRITTEN, whole=True)
    word = raw(p, p.i)
    if p.kinds[p.i] == "THEN":
        alone = p.kinds[p.i - 1] == "COMMA" and ended(p, p.i + 1) and "DISP" in p.kinds[: p.i]
        return word == "maintenance" and alone and left_aside(p, p.i + 1)
    if word == "pharmacy":
        return "DISP" in p.kinds[: p.i] and _taken(p, _PHARMACY)
    if word in _NUMBERS:
        return _taken(p, _REGISTERED)
    return word in _DATED and _taken(p, _FILLED)


def _taken(p: State, pattern: re.Pattern[str], *, whole: bool = False) -> bool:
    """Leave aside what ``pattern`` finds at hand; where it is ``whole`` only up to a sign.

    Also asks for: END.
    """
    found = pattern.match(p.tokens.text, p.tokens.span(p.i)[0])
    if found is None:
        return False
    i = p.i
    while p.kinds[i] != "END" and p.tokens.span(i)[0] < found.end():
        i += 1
    return (not whole or ended(p, i)) and left_aside(p, i)
