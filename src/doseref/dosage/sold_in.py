"""How much comes in a tube, a bottle or a canister, where it stands as an amount beside what is taken of it.

Pharmacy systems write it into the product: "CLOBETASOL 0.05% OINT 60GM APPLY THIN LAYER BID", "Latanoprost 0.005% 2.5 mL 1 gtt
OU", "Lactulose 500 mL 15 mL bd". It is a dose of nothing; where it could be one, the dose is not trusted.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.packs import SPREAD_FORMS
from doseref.dosage.state import Clause, Mass, State

_BULK = frozenset(("g", "mL"))
"""Units of what comes in tubes and bottles."""
_OUT_OF_A_DEVICE = frozenset(("{puff}", "{spray}", "{drop}", "{inhalation}", "{actuat}"))
"""What is far less than a gram or a millilitre each."""
_MOST_OF_ONE = Decimal("0.2")
"""Grams or millilitres that no drop, puff or spray is more than."""
_OUT_OF_A_TUBE = frozenset(("{pump}", "{application}"))
"""What is a few grams at most."""
_SPREAD = SPREAD_FORMS | {"oil"}
_SPREADING = frozenset(("apply", "instill", "wash", "spray"))
_SWALLOWED = frozenset("take swallow drink give rinse chew dissolve inject inhale insert".split())
"""Ways of taking of which the amount before the word can be the dose ("15 mL swish and spit")."""
_INNER = frozenset(
    "oral sublingual buccal intravenous intramuscular subcutaneous injection inhalation enteral vaginal rectal epidural "
    "intrathecal intra-articular perineural intradermal".split()
)
_SPARINGLY = frozenset("thin thinly sparingly pea small".split())
"""What begins a note that says how much is spread, so that a figure beside it does not."""
_LEAST_TUBE = 10
"""Grams or millilitres from which on it is a tube, and nothing that is spread at one time."""
_MOST_SPREAD = 30
"""Grams or millilitres behind "apply", from which on it is more likely what the tube holds."""
_VIALS_OF_INSULIN = (3, 10)
"""Millilitres of a pen and of a vial of insulin."""
_MOST_UNITS = 300
"""More units at one time are of no insulin."""
_LEAST_BOTTLE, _DOSES_OF_A_BOTTLE, _DOSES_OF_A_SMALL_ONE = 100, 5, 10
"""A bottle before the dose holds so many doses."""


def sold_in(p: State, clause: Clause) -> None:
    """ "0.05% ointment 60 g apply bid", "18 g inhaler 2 puffs", "500 mL 15 mL bd": how much comes in the pack is no dose."""
    bulk = [mass for mass in clause.masses if mass.unit in _BULK and mass.low == mass.high and not mass.attached]
    if not bulk or clause.per_day:
        return
    if clause.strengths and bulk[0].bracketed and len(clause.masses) > 1 and _container(p, bulk[0]):
        clause.masses.remove(bulk.pop(0))
    if clause.count is not None:
        for mass in bulk:
            if _beside_count(clause, mass):
                clause.masses.remove(mass)
        return
    if len(bulk) > 1 and len(clause.masses) == len(bulk) and _bracketed_bottle(p, bulk[-1], bulk[-2]):
        clause.masses.remove(bulk[-1])
    if len(bulk) == 1 and len(clause.masses) == 1:
        if _behind_the_times(p, clause, bulk[0]):
            clause.masses.remove(bulk[0])  # "10 mL after meals and at bedtime 500 mL"
            return
        _alone(p, clause, bulk[0])
    elif len(clause.masses) == 2 and bulk[0] is clause.masses[0] and _bottle_before(p, bulk[0], clause.masses[1]):
        clause.masses.remove(bulk[0])


def _beside_count(clause: Clause, mass: Mass) -> bool:
    """Whether an amount beside puffs, drops or pumps is more than all of them can be."""
    if clause.count is None or clause.count_bracketed:
        return False
    unit = clause.count[2]
    if mass.bracketed and mass.index > clause.count_index and mass.high <= _MOST_OF_ONE * clause.count[1]:
        return False  # "20 drops (1 mL)"
    return (unit in _OUT_OF_A_DEVICE and mass.high >= 1) or (unit in _OUT_OF_A_TUBE and mass.high >= _LEAST_TUBE)


def _container(p: State, mass: Mass) -> bool:
    """Whether an amount alone in brackets stands right behind a concentration: "100 unit/mL (3 mL) pen", what the pen
    holds.

    Also asks for: LP, NUM, RP, SLASH, U.
    """
    kinds, i = p.kinds, mass.index - 2
    if kinds[i : i + 5] != ["U", "LP", "NUM", "U", "RP"] or p.values[i] not in _BULK:
        return False
    return kinds[i - 1] == "SLASH" or kinds[i - 2 : i] == ["SLASH", "NUM"]


def _bracketed_bottle(p: State, bottle: Mass, dose: Mass) -> bool:
    """Whether an amount alone in brackets behind the dose in the same unit is the bottle: "15 mL BD (500 mL)".

    Also asks for: LP, NUM, RP, U.
    """
    i = bottle.index
    if p.kinds[i - 1 : i + 3] != ["LP", "NUM", "U", "RP"] or dose.bracketed or bottle.unit != dose.unit:
        return False
    return _holds_many(bottle, dose)


def _holds_many(bottle: Mass, dose: Mass) -> bool:
    """Whether one amount is that of a bottle that holds many of another one."""
    if bottle.high >= _LEAST_BOTTLE:
        return bottle.high >= dose.high * _DOSES_OF_A_BOTTLE
    return bottle.high >= _MOST_SPREAD and bottle.high >= dose.high * _DOSES_OF_A_SMALL_ONE


def _behind_the_times(p: State, clause: Clause, bottle: Mass) -> bool:
    """Whether the one amount of a time joined by "and", at the end of what is said, is a bottle of many doses of the one
    before.

    Also asks for: COMMA, END, MEAL, RP, STOP, WHEN.
    """
    at = p.clauses.index(clause)
    if clause.link != "and" or not at or not clause.timed or p.kinds[bottle.index + 2] not in _ENDS:
        return False
    before = p.clauses[at - 1].masses
    same = len(before) == 1 and before[0].unit == bottle.unit
    timed = not _TIMES.isdisjoint(p.kinds[clause.start : bottle.index])
    return same and timed and _holds_many(bottle, before[0])


_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))
_TIMES = frozenset(("WHEN", "MEAL", "AT", "TIME"))


def _bottle_before(p: State, bottle: Mass, dose: Mass) -> bool:
    """Whether the first of two amounts in one unit holds many of the second: "500 mL 15 mL bd", never of an infusion."""
    of_insulin = any(each.unit == "[IU]" and each.per is not None for each in p.clauses[0].strengths)
    if (p.kinds[bottle.index - 1] == "TAKE" and not of_insulin) or dose.bracketed:
        return False
    if bottle.unit == "mL" and dose.unit == "[IU]":
        return bottle.high in _VIALS_OF_INSULIN and dose.high <= _MOST_UNITS  # "Lantus 10 mL 20 units"
    if bottle.unit != dose.unit:
        return False
    if "intravenous" in [each for clause in p.clauses for each in clause.routes] or dose.index < bottle.index:
        return False
    return _holds_many(bottle, dose)


def _alone(p: State, clause: Clause, mass: Mass) -> None:
    """The one amount of what is spread or dropped: the tube, the dose behind "apply", or refused.

    Also asks for: NUM, TAKE.
    """
    in_eye = clause.form == "drops" or _of_eye_or_ear(clause)
    if _INNER.intersection(clause.routes) or clause.method in _SWALLOWED or not (_spread(p, clause, mass) or in_eye):
        return
    if mass.index == 0 and clause.method is None and p.kinds[2] != "NUM":
        return  # "60 g of ointment twice a day": the amount is all that it begins with
    if _behind_take(p, mass):
        if mass.high > _MOST_SPREAD:
            p.tell("what the pack holds, or how much is applied?", mass.index, mass.index + 1, "ambiguous")
            p.fatal = True
        return
    if mass.high >= _LEAST_TUBE or in_eye or _thinly(p, mass):
        clause.masses.remove(mass)
        clause.method = clause.method or ("instill" if in_eye else "apply")
    elif clause.method in _SPREADING:
        p.tell("what the pack holds, or how much is applied?", mass.index, mass.index + 1, "ambiguous")
        p.fatal = True


def _spread(p: State, clause: Clause, mass: Mass) -> bool:
    """Whether the words say that it goes onto the skin: its form, how it is put on, or of grams a percentage."""
    if clause.form in _SPREAD or clause.routes == ("topical",):
        return True
    if clause.method in _SPREADING and clause.form != "patch":
        return True
    return mass.unit == "g" and any(each.unit == "%" for each in clause.strengths)


def _of_eye_or_ear(clause: Clause) -> bool:
    """Whether it goes into an eye or an ear."""
    return bool({"ophthalmic", "otic"}.intersection(clause.routes)) or any(
        word in ("eye", "eyes", "ear", "ears") for word in (clause.site or "").split()
    )


def _behind_take(p: State, mass: Mass) -> bool:
    """Whether "apply" stands right before the amount.

    Also asks for: A, NOTE, ROUTE, TAKE, WORD.
    """
    i = mass.index - 1
    while i > 0 and p.kinds[i] in ("A", "NOTE", "ROUTE", "WORD"):
        i -= 1
    return i >= 0 and p.kinds[i] == "TAKE"


def _thinly(p: State, mass: Mass) -> bool:
    """Whether a note behind the amount says that little is spread.

    Also asks for: NOTE, TAKE.
    """
    return any(
        kind in ("NOTE", "TAKE") and _SPARINGLY.intersection(p.tokens.words(i, i + 1))
        for i, kind in enumerate(p.kinds)
        if i > mass.index
    )


def behind_how_often(p: State, i: int) -> bool:
    """Whether devices stand behind a sign and how often one is used: "40 mg/0.4 mL sc daily, 10 syringes".

    Also asks for: ADV, COMMA, DASH, EVERY, FREQ, LP, STOP, TIMES, WHEN.
    """
    return p.kinds[i - 1] in ("COMMA", "STOP", "LP", "DASH") and not _OFTEN.isdisjoint(p.kinds[:i])


_OFTEN = frozenset(("FREQ", "ADV", "EVERY", "TIMES", "WHEN"))
