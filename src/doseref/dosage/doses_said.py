"""What "two doses" says: how many there are in all, or, of an inhaler or a spray, how many are taken at once."""

from __future__ import annotations

from doseref.dosage.state import State

_DEVICES = frozenset(("inhaler", "spray", "nasal spray", "aerosol"))
_DEVICE_ROUTES = frozenset(("inhalation", "nasal"))
_DEVICE_METHODS = frozenset(("inhale", "spray"))
_OFTEN = frozenset(("FREQ", "ADV", "ONCE", "EVERY", "WHEN", "BEFORE", "AFTER", "AT", "UPTO", "LE"))
"""What may say how often, right behind the number of doses."""


def of_device(p: State) -> bool:
    """Whether one dose is one puff or spray of a device, by its form, its route or what is done with it."""
    clause = p.clause
    routes = _DEVICE_ROUTES.intersection(clause.routes)
    return clause.form in _DEVICES or clause.method in _DEVICE_METHODS or bool(routes)


def at_once(p: State, start: int) -> bool:
    """Whether "N doses" behind an amount, begun at ``start``, is how many are taken at one time ("100 mcg inhaler, 2
    doses bd").

    Of anything but a device, so many doses before a frequency ("500 mg, 2 doses bd") could be either: told, and no
    dose.

    Also asks for: FOR, MAX, MAXD, NUM, OF, TAKE, TIMES, X.
    """
    kinds, clause = p.kinds, p.clause
    if kinds[start - 1] in ("X", "FOR", "OF") or not clause.masses or p.depth:
        return False
    if "apart" in p.tokens.raw[p.tokens.first[p.i] :][:8]:
        return False
    device = of_device(p)
    if clause.timed_beside_total() or clause.count is not None or kinds[p.i] in ("MAX", "MAXD"):
        if device:
            _unclear(p, start)
        return False
    if device:
        return True
    again = kinds[p.i] == "NUM" and kinds[p.i + 1] in ("TIMES", "X")
    if not (kinds[p.i] in _OFTEN or again or p.kinds[start - 1] == "TAKE") or _of_day(p):
        return False
    _unclear(p, start)
    return False


def _of_day(p: State) -> bool:
    """Whether what follows says in which time there are so many doses ("3 doses a day", "2 doses daily", "1 dose every
    3 months").

    Also asks for: ADV, EVERY, FREQ, NUM, T.
    """
    kinds, values = p.kinds, p.values
    if kinds[p.i] == "ADV":
        return True
    if kinds[p.i] == "FREQ":
        form, often, period, unit = values[p.i]
        return unit != "h" and (form, often, period) != ("every", 2, 1) and bool(often == period == 1)
    if kinds[p.i] != "EVERY":
        return False
    return kinds[p.i + 1] == "T" or (kinds[p.i + 1 : p.i + 3] == ["NUM", "T"] and values[p.i + 2] not in ("h", "min"))


def _unclear(p: State, start: int) -> None:
    """Tell that the number of doses could be one time's or all."""
    p.tell("so many doses at once, or in all?", start, p.i - 1, "ambiguous")
    p.fatal = True
