"""Adding a moment of the day to a clause; a dose of its own for it begins a clause beside."""

from __future__ import annotations

from doseref.dosage.model import WHEN_ORDER, Times
from doseref.dosage.occasions import meal_of_part
from doseref.dosage.state import Clause, State
from doseref.quantities import ONE

GENERAL = frozenset(("C", "AC", "PC"))
"""Timings by meals in general, which come as often as the frequency says."""
_RANK = {code: rank for rank, code in enumerate(WHEN_ORDER)}

_ONCE_A_DAY = Times(ONE, ONE, ONE, "d")
_FINER = {
    "MORN": frozenset(("ACM", "CM", "PCM", "WAKE")),
    "NOON": frozenset(("ACD", "CD", "PCD")),
    "EVE": frozenset(("ACV", "CV", "PCV", "NIGHT", "HS")),
    "NIGHT": frozenset(("HS", "ACV", "CV", "PCV")),
}
"""Day part → what says more exactly when in it, where the two stand side by side."""


def add_when(p: State, codes: tuple[str, ...]) -> None:
    """Add event timings, in the order of a day, each once.

    Side by side, without "and", a day part and what is finer in it are one moment: "every morning before
    breakfast", "every evening at bedtime". "In the evening and at bedtime" are two.
    """
    have = p.clause.when
    if not have and len(codes) == 1:
        p.clause.when = codes
        return
    general = GENERAL.issuperset(codes) and (p.link == "," or p.clause.row is not None)  # "1 mane, before food"
    if (not p.link or general) and p.clause.times is None and (one := meal_of_part(have, codes)) is not None:
        p.clause.when = (one,)
        return
    if not p.link and p.clause.times is None:  # a stated frequency already says how often
        codes = tuple(code for code in codes if not _FINER.get(code, frozenset()) & set(have))
        have = tuple(code for code in have if not _FINER.get(code, frozenset()) & set(codes))
    p.clause.when = tuple(sorted({*have, *codes}, key=_RANK.__getitem__))


def own_dose(p: State, codes: tuple[str, ...]) -> bool:
    """Whether a named time joined by "and" to meals in general is a dose of its own: "with meals and at bedtime".

    Not where four times a day are said: those are the meals and the bedtime together.
    """
    clause = p.clause
    if not clause.when or not GENERAL.issuperset(clause.when) or GENERAL.issuperset(codes):
        return False
    return clause.times is None or _adds(p)


def _adds(p: State) -> bool:
    """Whether a time after the meals is one more dose: two or three with meals and one at bedtime;
    four are all of them.
    """
    times = p.clause.times
    return times is not None and times.unit == "d" and 1 < times.high < 4


def completes(clause: Clause, codes: tuple[str, ...]) -> bool:
    """Whether a time after clock times is one of as many as the frequency says: "tid (8am, 2pm and bedtime)"."""
    return bool(clause.at) and clause.times is not None and len(clause.at) + len(codes) <= clause.times.high


def beside(p: State, start: int) -> Clause:
    """A dose on top of a frequency ("twice daily and at bedtime"): the same dose, in a clause at the same time."""
    made = p.new_clause("and")
    made.start = start
    return made


def days_in_front(p: State, clause: Clause) -> bool:
    """Whether the weekdays of a clause stand in front of its dose: "Mon Wed Fri 4 mg".

    Also asks for: DAYW.
    """
    at = clause.count_index if clause.count is not None else max((mass.index for mass in clause.masses), default=0)
    return bool(clause.days) and "DAYW" in p.kinds[clause.start : at]


def once_a_day(clause: Clause) -> bool:
    """Whether a dose is taken once on each day: by its frequency, or at one time of it."""
    if clause.every is not None or clause.days or clause.cycle is not None:
        return False
    return clause.times == _ONCE_A_DAY or (clause.times is None and len((*clause.when, *clause.at)) == 1)
