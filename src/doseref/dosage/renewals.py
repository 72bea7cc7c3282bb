"""How often a patch or a device is changed, which is not how often it is used."""

from __future__ import annotations

from collections.abc import Callable

from doseref.dosage.frequencies import adverb, freq, once
from doseref.dosage.intervals import every
from doseref.dosage.model import Times
from doseref.dosage.state import State
from doseref.dosage.timing import beyond
from doseref.quantities import Range


def _rarer_than_daily(times: Times | None, each: Range | None) -> bool:
    """Whether something is done less often than once a day."""
    if times is not None:
        return times.unit in ("wk", "mo") and times.high < 7
    return each is not None and (each.unit in ("wk", "mo") or each.low > (24 if each.unit == "h" else 1))


def changed(p: State) -> bool:
    """changed ::= CHANGE word* (EVERY … | FREQ | ADV | ONCE | NUM …): how often a patch is renewed; of anything else no
    frequency of taking.

    Also asks for: A, C, FORM, ID, SIDE, SITE, WORD.
    """
    kinds, clause = p.kinds, p.clause
    start = p.i
    i = start + 1
    device = False
    while kinds[i] in ("C", "FORM", "WORD", "A", "SITE", "SIDE", "ID") and i < start + 5:
        device = device or kinds[i] == "WORD" or (kinds[i] == "FORM" and p.values[i] == "inhaler")
        i += 1
    if kinds[i] not in ("EVERY", "FREQ", "ADV", "ONCE", "NUM"):
        return False
    said = clause.timed_beside_total() or clause.per_day
    if not said and not device and (clause.dosed or clause.form == "patch" or kinds[i - 1] in ("C", "FORM")):
        if kinds[i - 1] == "C" and p.values[i - 1] == "{patch}":
            clause.form = clause.form or "patch"
        p.i = i
        return True  # "1 patch, change every 72 hours": the frequency itself follows
    end = beyond(p, i)
    if end == i:
        return False
    p.i = end
    if not device and said:
        before, clause.times = clause.times, None
        interval, clause.every = clause.every, None
        p.i = i
        renewed = RENEWALS.get(kinds[i])
        again = renewed is not None and renewed(p) and (clause.times, clause.every) == (before, interval)
        rarer = _rarer_than_daily(clause.times, clause.every)
        clause.times, clause.every = before, interval
        p.i = end
        if again or (clause.per_day and clause.form == "patch" and before is None and interval is None and rarer):
            return True  # "0.05 mg/24 h patch, change twice weekly": what it gives in a day is said
        p.tell("how often it is changed, which is not how often it is used", start, end - 1)
    return True


RENEWALS: dict[str, Callable[[State], bool]] = {"EVERY": every, "FREQ": freq, "ADV": adverb, "ONCE": once}
"""What may say how often something is renewed."""
