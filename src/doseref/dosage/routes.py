"""Productions for the way in: route, release, and how it is taken."""

from __future__ import annotations

from doseref.dosage.model import Cycle
from doseref.dosage.state import State

_METHOD_ROUTES = {"swallow": "oral", "inhale": "inhalation", "inject": "injection"}
"""Methods that name a route; "take" names none."""


def route(p: State) -> bool:
    """route ::= ROUTE ((OR | "/" | COMMA) ROUTE)*: several are alternatives, each an option of its own.

    Also asks for: C, SITE.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    found = [values[p.i]]
    p.i += 1
    while kinds[p.i] in ("OR", "SLASH", "COMMA") and kinds[p.i + 1] == "ROUTE":
        if values[p.i + 1] not in found:
            found.append(values[p.i + 1])
        p.i += 2
    clause = p.clause
    if p.kinds[p.i] == "C" and values[p.i] == "{injection}" and kinds[p.i - 1] == "ROUTE":
        p.i += 1
    if found == ["injection"]:
        clause.routes = clause.routes or ("injection",)
        return True
    if not clause.routes or clause.routes == ("injection",):
        clause.routes = tuple(name for name in found if name != "injection")
    elif not set(found) <= set(clause.routes):
        if clause.routes == ("oral",) and found in (["sublingual"], ["enteral"]):
            clause.routes = tuple(found)  # also "oral soln … per G-tube"
        elif clause.routes != ("inhalation",) or found != ["oral"]:  # "inhale by mouth" is inhaled
            p.tell("a second, different route", start, p.i - 1, "contradiction")
    if kinds[p.i] in ("SITE",) and kinds[p.i - 1] == "ROUTE":
        p.i += 1
    return True


def release(p: State) -> bool:
    """release ::= REL: ER, IR, DR, EC."""
    p.clause.release = p.values[p.i]
    p.i += 1
    return True


def method(p: State) -> bool:
    """method ::= TAKE: take, apply, inject; a frequency word may follow it."""
    clause = p.clause
    word: str = p.values[p.i]
    clause.method = clause.method or word
    if word == "wear" and _worn(p):
        return True
    if word in _METHOD_ROUTES and not clause.routes:
        clause.routes = (_METHOD_ROUTES[word],)
    p.i += 1
    return True


def _worn(p: State) -> bool:
    """worn ::= "leave on" [FOR] [UPTO] NUM hours [REMOVE]: the hours on in a day, the rest off.

    Also asks for: AND, COMMA, ON, T, THEN.
    """
    kinds, values = p.kinds, p.values
    i = p.i + 1
    while kinds[i] in ("FOR", "UPTO", "ON"):
        i += 1
    if kinds[i] != "NUM" or kinds[i + 1] != "T" or values[i + 1] != "h" or values[i] >= 24:
        return False
    p.clause.cycle = Cycle(values[i], 24 - values[i], "h")
    p.i = i + 2
    while kinds[p.i] in ("COMMA", "AND", "THEN") and kinds[p.i + 1] == "REMOVE":
        p.i += 1
    p.skip("REMOVE")
    return True
