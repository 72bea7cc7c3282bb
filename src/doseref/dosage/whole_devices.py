"""Devices, ampoules and sachets that are given as a whole: how much one of them is.

What a device of one dose holds stands as an amount in its volume ("40 mg/0.4 mL pen"), or as a concentration beside the
volume of one ("10 g/15 mL, 15 mL sachets").
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.per import DEVICES_OF_ONE, PREMIXED
from doseref.dosage.sold_in import behind_how_often
from doseref.dosage.state import Clause, State
from doseref.quantities import Range


def contents_of_device(p: State, clause: Clause) -> None:
    """ "1.5 mg/0.5 mL pen, inject one pen": the whole content of so many devices."""
    count = clause.count
    if count is not None and count[2] in _SHOTS and clause.device in ("{ampule}", "{syringe}"):
        count = clause.count = (count[0], count[1], clause.device)  # "ampoules: one to be injected"
    if count is not None and count[2] in _SHOTS and len(clause.strengths) == 1 and not clause.masses:
        _small_shot(clause)
        return
    if count is None or count[2] not in DEVICES_OF_ONE or clause.masses or len(clause.strengths) != 1:
        return
    one = clause.strengths[0]
    small = one.per is not None and one.per[1] == "mL" and one.per[0] < 1  # "40 mg/0.8 mL - 1 pen"
    if count[2] != clause.device and not (clause.device is None and small):
        return
    if count[1] > 1 and clause.count_index > 0 and behind_how_often(p, clause.count_index):
        p.tell("so many each time, or handed out?", clause.count_index, None, "ambiguous")
        p.fatal = True
    clause.dose = Range(one.amount * count[0], one.amount * count[1], one.unit)


_SHOTS = ("{dose}", "{injection}")


def _small_shot(clause: Clause) -> None:
    """ "40 mg/0.4 mL pen, 1 inj every 2 weeks": one injection is all that stands in less than 1 mL, which no bottle of several
    doses is labelled by.
    """
    one, count = clause.strengths[0], clause.count
    injected = count is not None and (count[2] == "{injection}" or clause.method == "inject")
    if count is None or not injected or one.per is None or one.per[1] != "mL" or one.per[0] >= 1 or count[1] > 1:
        return
    clause.dose = Range(one.amount * count[0], one.amount * count[1], one.unit)


def _one_syringe(p: State, clause: Clause) -> bool:
    """Whether what is pushed under the skin or into a muscle is told as all that it holds in less than 1 mL, which no bottle
    of several doses is labelled by, or in a syringe whose volume is said ("60 mg/1 mL PFS").
    """
    per = clause.strengths[0].per
    if clause.routes not in (("subcutaneous",), ("intramuscular",)) or per is None or per[1] != "mL":
        return False
    return (per[0] < 1 or clause.device == "{syringe}") and clause.timed_beside_total() and len(p.clauses) == 1


_LEAST_INFUSED = 100
"""Millilitres of what runs into a vein as a whole; a vial of which a part is drawn up is smaller."""
_LEAST_APART = {"h": 6, "d": 1, "wk": 1, "mo": 1, "a": 1}


def _one_infusion(p: State, clause: Clause) -> bool:
    """Whether so many mg in 100 mL or more run into a vein at a time, some hours apart: "5 mg/100 mL infusion once a year",
    "500 mg/100 mL IV q8h". Grams of proteins come in vials of which several are given, and what runs all day has a rate.
    """
    held, times, every = clause.strengths[0], clause.times, clause.every
    if held.per is None or held.per[1] != "mL" or held.per[0] < _LEAST_INFUSED or held.unit not in ("mg", "ug"):
        return False
    if not (clause.routes == ("intravenous",) or (clause.form == "infusion" and not clause.routes)):
        return False
    apart = every is not None and every.low >= _LEAST_APART.get(every.unit, every.low + 1)
    few = (
        times is not None
        and times.high <= _MOST_BAGS * times.period
        and times.unit in _LEAST_APART
        and times.unit != "h"
    )
    return (apart or few) and not clause.prn and clause.cycle is None and len(p.clauses) == 1


_MOST_BAGS = 4
"""A day."""


_NEBULE = (Decimal("1.5"), Decimal(5))
"""Millilitres that a nebule holds."""


def nebule(p: State, clause: Clause) -> None:
    """ "2.5 mg/3 mL neb every 4 hours", "neb 1 vial": the whole content of a nebule or of a premixed bag, whose
    volume is stated; "80 mg/0.8 mL subcut q12h": of a syringe; "5 mg/100 mL infusion once a year": of an infusion.
    """
    if clause.masses or clause.dose is not None or len(clause.strengths) != 1:
        return
    if clause.count is None and (clause.device == PREMIXED or _one_syringe(p, clause) or _one_infusion(p, clause)):
        clause.dose = Range(clause.strengths[0].amount, clause.strengths[0].amount, clause.strengths[0].unit)
        return
    if clause.routes != ("inhalation",):
        return
    one, count = clause.strengths[0], clause.count
    if one.per is None or one.per[1] != "mL" or not _NEBULE[0] <= one.per[0] <= _NEBULE[1]:
        return
    if count is None:
        clause.dose = Range(one.amount, one.amount, one.unit)
    elif count[2] in ("{vial}", "{ampule}", "{dose}"):
        clause.dose = Range(one.amount * count[0], one.amount * count[1], one.unit)


_OPENED = frozenset(("{sachet}", "{packet}", "{ampule}", "{syringe}"))
"""What is emptied at one time, so that the volume of one is what is taken."""


def volume_of_one(p: State, clause: Clause) -> None:
    """ "10 g/15 mL oral solution 15 mL sachets, 1 sachet", "1 mg/mL 2.5 mL nebules, 1 nebule": the volume beside a
    concentration is that of one.

    Also asks for: FORM.
    """
    count = clause.count
    if count is None or len(clause.masses) != 1 or len(clause.strengths) != 1:
        return
    mass, held = clause.masses[0], clause.strengths[0]
    if mass.unit != "mL" or mass.low != mass.high or held.per is None or held.per[1] != "mL" or mass.bracketed:
        return
    nebules = p.kinds[mass.index + 2] == "FORM" and p.values[mass.index + 2] == "nebules"
    one = "{ampule}" if nebules else mass.tag
    if one not in _OPENED or count[2] not in (one, "{dose}") or clause.count_index < mass.index:
        return
    each = held.amount * mass.high / held.per[0]
    clause.dose = Range(each * count[0], each * count[1], held.unit)
    clause.count = (count[0], count[1], one)
    clause.masses.clear()
