"""What each amount of a clause is an amount of: a dose, a strength, what a count counts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from doseref.dosage.elsewhere import kept_elsewhere
from doseref.dosage.model import Strength
from doseref.dosage.state import Clause, Mass, State
from doseref.quantities import Range
from doseref.units import UNITS, convert, convertible


def count_unit(p: State, clause: Clause) -> None:
    """A bare count counts the form that the text names, else doses."""
    count = clause.count
    if count is not None and count[2] is None:
        clause.count = (count[0], count[1], unit_of(clause, p))


def called_strength(p: State, clause: Clause) -> None:
    """An amount that the words call a strength ("500 mg each") is one."""
    for mass in list(clause.masses):
        if mass.tag == "strength":
            clause.strengths.append(p.strength_of(mass, mass.substance))
            clause.masses.remove(mass)


def spoonfuls(p: State, clause: Clause) -> None:
    """So many spoonfuls of a stated size are a volume."""
    count, masses = clause.count, clause.masses
    if count is not None and len(masses) == 1 and masses[0].tag == "{spoonful}":
        clause.dose = Range(masses[0].low * count[0], masses[0].high * count[1], masses[0].unit)
        clause.count = None


def product_before_dose(p: State, clause: Clause) -> None:
    """Of two amounts without a count, the one before "take" or before a colon, or with its form,
    is the product's strength.
    """
    plain = _plain(clause.masses)
    if len(plain) != 2:
        return
    first, second = plain
    take_between = (first.attached or not second.attached) and "TAKE" in p.kinds[first.index : second.index]
    if (take_between or p.kinds[second.index - 1] in ("COMMA", "STOP")) and _of_dial(p, clause, first, second):
        clause.masses = [mass for mass in clause.masses if mass is not first]
    elif take_between or (first.attached and not second.attached) or _before_colon(p, first, second):
        clause.strengths.append(p.strength_of(first, first.substance))
        clause.masses = [mass for mass in clause.masses if mass is not first]


def _of_dial(p: State, clause: Clause, label: Mass, dose: Mass) -> bool:
    """Whether a pen gives two doses of which the second amount is one: "0.25 mg or 0.5 mg (2 mg/3 mL) pen, inject 0.5
    mg", "0.25-0.5 mg/dose pen, inject 0.5 mg".

    Also asks for: C, SLASH.
    """
    dialled = any(
        p.kinds[i : i + 2] == ["SLASH", "C"] and p.values[i + 1] == "{dose}" for i in range(label.index, dose.index)
    )
    held = dialled or any(each.per is not None for each in clause.strengths)
    one = dose.low == dose.high in (label.low, label.high) or UNITS[dose.unit].dimension == "volume"
    return held and label.low < label.high and UNITS[label.unit].dimension != "volume" and one


_BRACKET_BEHIND = 3
"""Tokens from an amount to the amount in the bracket right behind it: number, unit, bracket."""


def strength_in_brackets(p: State, clause: Clause) -> None:
    """An amount in brackets beside the dose is a concentration of a volume, or another strength;
    the same amount is neither.

    Also asks for: STAT.
    """
    if len(clause.masses) < 2:
        return
    chosen = _plain(clause.masses)[0]
    for mass in clause.masses:
        if mass is chosen or not mass.bracketed:
            continue
        if mass.unit.endswith("/kg") and UNITS[chosen.unit].dimension == "volume":
            continue  # "0.8 mL (80 mg) (1 mg/kg)": how the dose was reckoned
        changed = p.kinds[mass.index - 1] == "STAT"  # "500 mg bd (now 1 g)"
        if not mass.attached and (changed or _conditional(p, mass.index)) and convertible(mass.unit, chosen.unit):
            p.tell("another dose under a condition", mass.index, kind="ambiguous")
            p.fatal = True
            return
        if UNITS[mass.unit].dimension == "volume" and UNITS[chosen.unit].dimension != "volume":
            if mass.index == chosen.index + _BRACKET_BEHIND:
                _repeats(p, clause, chosen, mass)  # "300 mg (15 mL)" of a known concentration
        elif UNITS[mass.unit].dimension != "volume" and UNITS[chosen.unit].dimension == "volume":
            if not _repeats(p, clause, mass, chosen):
                clause.strengths.append(Strength(mass.high, mass.unit, mass.substance, (chosen.high, chosen.unit)))
        elif _two_measures(mass.unit, chosen.unit) or (
            convertible(mass.unit, chosen.unit) and convert(mass.high, mass.unit, chosen.unit) != chosen.high
        ):
            if (_alone(p, mass.index) and _contradicts(clause, chosen, mass)) or _said_otherwise(
                p, clause, chosen, mass
            ):
                p.tell("not the dose that stands beside it", mass.index, kind="contradiction")
                p.fatal = True
            again = chosen.low != chosen.high or not convertible(mass.unit, chosen.unit)  # "25-50 mcg (1,000-2,000 IU)"
            told = Strength(mass.high, mass.unit, mass.substance) if again else p.strength_of(mass, mass.substance)
            clause.strengths.append(told)


_PIECES_OF_A_DOSE = frozenset(Decimal(each) for each in ("0.5", "1.5", "2", "2.5", "3", "4", "5", "6"))
"""How many pieces of a strength in brackets a dose may be; ten or a hundred of them are a point in the wrong place."""
_MEASURES = frozenset(("mass", "international units"))


def _alone(p: State, i: int) -> bool:
    """Whether the amount at ``i`` is all that its bracket says: "(241 mg elemental)" is another amount of the same.

    Also asks for: LP, NUM, RP, TOTAL, U.
    """
    return p.kinds[i - 1 : i + 2] == ["LP", "NUM", "U"] and (
        p.kinds[i + 2] == "RP" or p.kinds[i + 2 : i + 4] == ["TOTAL", "RP"]
    )


def _two_measures(one: str, other: str) -> bool:
    """Whether what two amounts come to depends on something else: a mass and an activity on the substance, an amount
    per kilogram on the weight.
    """
    if other.endswith("/kg"):
        return convertible(one, other.removesuffix("/kg"))
    return {UNITS[one].dimension, UNITS[other].dimension} == _MEASURES


def _contradicts(clause: Clause, chosen: Mass, mass: Mass) -> bool:
    """Whether an amount in brackets says the dose again and says another one: "0.05 mg (5 mcg)", "5 mg (50 mg)".

    In the same unit it may be what one tablet holds, or what a day comes to; with its form it is a strength.
    """
    if mass.attached or (chosen.attached and clause.count is not None) or not convertible(mass.unit, chosen.unit):
        return False
    if mass.low != mass.high or chosen.low != chosen.high or not mass.high:
        return False
    if mass.unit != chosen.unit or mass.tag == "total":
        return True
    times = clause.times
    a_day = times.high if times is not None and times.unit == "d" and times.period == 1 else None
    return chosen.high / mass.high not in _PIECES_OF_A_DOSE and mass.high / chosen.high != a_day


def _said_otherwise(p: State, clause: Clause, chosen: Mass, mass: Mass) -> bool:
    """Whether a bracket gives another dose in words: "500 mg bd (total 2 g)", which is that of no day, "(GP: 1 g)".

    Also asks for: AND, COMMA, LP, POP, SITE, STOP, TOTAL, WORD.
    """
    if not convertible(mass.unit, chosen.unit):
        return False
    i = mass.index - 1
    if p.kinds[i] == "TOTAL" and p.kinds[i - 1] == "LP":
        times = clause.times
        a_day = times.high if times is not None and times.unit == "d" and times.period == 1 else None
        return a_day is None or convert(mass.high, mass.unit, chosen.unit) != chosen.high * a_day
    if p.kinds[i] not in ("STOP", "COMMA", "AND"):
        return False
    while p.kinds[i] in ("WORD", "POP", "SITE", "STOP", "COMMA", "AND"):
        i -= 1
    return p.kinds[i] == "LP" and clause.timed


def _conditional(p: State, i: int) -> bool:
    """Whether the bracket before the amount at ``i`` begins with a condition: "(for severe pain 800 mg)"."""
    while i and p.kinds[i] != "LP":
        i -= 1
    return p.kinds[i + 1] in ("FOR", "IF", "PRN", "UPTO", "OR")


def _repeats(p: State, clause: Clause, mass: Mass, volume: Mass) -> bool:
    """Whether "10 mL (30 mg total)" is what the one stated concentration comes to, or one end of it ("5 to 10 mL (10 mg)");
    another amount is told, and refused.
    """
    stated = [each for each in clause.strengths if each.per is not None and each.unit != "%"]
    if len(stated) != 1 or not convertible(stated[0].unit, mass.unit) or stated[0].per is None:
        return False
    if not convertible(stated[0].per[1], volume.unit):
        return False
    clause.strengths = stated  # a percentage beside it says the same again
    one = convert(stated[0].amount, stated[0].unit, mass.unit)
    per = convert(stated[0].per[0], stated[0].per[1], volume.unit)
    within = one * volume.low <= mass.low * per and mass.high * per <= one * volume.high
    single = mass.low == mass.high and volume.low == volume.high
    if not within and not (single and _rounded(mass.high * per / one, volume.high)):
        p.tell("not the amount that is in this volume", mass.index, kind="contradiction")
        p.fatal = True
    return True


_MOST_ROUNDED = Decimal("0.02")
"""By so much of itself a volume may be rounded."""


def _rounded(exact: Decimal, written: Decimal) -> bool:
    """Whether a volume is written with fewer decimals than it has: 5.6 mL of 5.625 mL."""
    near = abs(exact - written) <= exact * _MOST_ROUNDED
    return near and exact.quantize(written, ROUND_HALF_UP) == written


def dose_without_count(p: State, clause: Clause) -> None:
    """The amount left is the dose; of a form alone ("500 mg tablets") it is the strength; two are told."""
    if not clause.masses:
        return
    plain = _plain(clause.masses)
    chosen = plain[0]
    if len(plain) > 1 and not _said_again(p, plain):
        p.tell("two doses at once", plain[1].index, plain[1].index, "ambiguous")
        p.fatal = True
    elif chosen.attached and chosen.low == chosen.high and not (clause.timed or clause.prn or clause.method):
        clause.strengths.append(Strength(chosen.high, chosen.unit, chosen.substance))
    else:
        if chosen.attached and chosen.tag and not clause.method and kept_elsewhere(p):
            p.tell("how many are taken stands elsewhere, in a book or with a clinic", chosen.index, None, "ambiguous")
            p.fatal = True
        clause.dose = Range(chosen.low, chosen.high, chosen.unit)


def _said_again(p: State, plain: list[Mass]) -> bool:
    """Whether an order system says the dose of its product again behind a comma: "25 mg, 25 mg, Oral, 2 times
    daily".
    """
    first, second = plain[0], plain[1]
    return (
        len(plain) == 2
        and (first.low, first.high, first.unit) == (second.low, second.high, second.unit)
        and p.kinds[second.index - 1] == "COMMA"
    )


def undecided_count(p: State, clause: Clause) -> None:
    """ "2.5 mg (8 tablets)": eight of 2.5 mg, or 2.5 mg in eight? Only "take 20 mg (8 tablets)" says it."""
    if clause.count is None or len(clause.masses) != 1 or not clause.count_bracketed or clause.strengths:
        return
    (mass,) = clause.masses
    if not mass.bracketed and clause.count[1] > 1 and mass.tag != "total" and "TAKE" not in p.kinds[: mass.index]:
        p.tell("is this one of them, or all of them together?", mass.index, clause.count_index, "ambiguous")
        p.fatal = True


def amounts_beside_count(p: State, clause: Clause) -> None:
    """Beside a count an amount is what one of them holds, unless it is told as the total or is a range:
    then it is the dose.
    """
    if clause.count is None:
        return
    doses: list[Mass] = []
    for mass in clause.masses:
        if _pack_or_dose(clause, mass):
            p.tell("so many in a pack, or so many each time?", clause.count_index, mass.index, "ambiguous")
            p.fatal = True
        ranged = mass.low != mass.high
        if UNITS[mass.unit].dimension == "volume" and clause.count[2] in ("{tablet}", "{capsule}"):
            p.tell("a volume of a solid form", mass.index, mass.index, "implausible")
            p.fatal = True
        if ranged and not mass.bracketed and _two_strengths(clause, mass):
            clause.strengths += [Strength(mass.low, mass.unit, mass.substance), Strength(mass.high, mass.unit)]
        elif ranged and mass.attached:
            p.tell("a strength that is a range", mass.index, mass.index, "ambiguous")
            p.fatal = True
        elif ranged or _is_total(p, clause, mass):
            doses.append(mass)
        else:
            clause.strengths.append(Strength(mass.high, mass.unit, mass.substance))
    if len(doses) > 1:
        p.tell("two doses at once", clause.start, clause.start, "contradiction")
        p.fatal = True
    if doses:
        clause.dose = Range(doses[0].low, doses[0].high, doses[0].unit)


_BY_THE_PACK = frozenset(("{dose}", "{pen}", "{syringe}", "{vial}", "{cartridge}"))


def _pack_or_dose(clause: Clause, mass: Mass) -> bool:
    """Whether a number stands before units that are dialled or drawn up: "5 pens: 8 units tds" are not 40 units."""
    count = clause.count
    return (
        count is not None
        and count[1] > 1
        and count[2] in _BY_THE_PACK
        and mass.unit == "[IU]"
        and not mass.attached
        and not mass.bracketed
        and mass.index > clause.count_index >= 0
    )


def _two_strengths(clause: Clause, mass: Mass) -> bool:
    """Whether two amounts with a dash beside one fixed count are two ingredients:
    one tablet cannot hold 25 to 100 mg.
    """
    count = clause.count
    return (
        count is not None
        and count[0] == count[1]
        and not clause.count_bracketed
        and not clause.strengths
        and len(clause.masses) == 1
        and UNITS[mass.unit].dimension in ("mass", "international units")
    )


def _plain(masses: list[Mass]) -> list[Mass]:
    """The amounts that stand outside brackets; where none does, the first."""
    return [mass for mass in masses if not mass.bracketed] or masses[:1]


def _before_colon(p: State, strength: Mass, dose: Mass) -> bool:
    """Whether an amount stands before a colon and the dose after it ("500 mg: 500 mg twice daily"):
    what comes in one unit.
    """
    raw = p.tokens.raw[p.tokens.first[dose.index - 1]]
    return raw == ":" and strength.low == strength.high and UNITS[strength.unit].dimension == UNITS[dose.unit].dimension


def _is_total(p: State, clause: Clause, mass: Mass) -> bool:
    """Whether an amount beside a count is what they come to together."""
    if mass.tag == "total":
        return True
    if mass.bracketed:
        of_form = "REL" in p.kinds[mass.index : mass.index + 4]  # "(500 mg ER)" is what one tablet holds
        return not of_form and mass.index > clause.count_index
    return (clause.count_bracketed or p.kinds[clause.count_index - 1] == "EQ") and not mass.attached


def unit_of(clause: Clause, p: State) -> str:
    """The unit of a bare count: the form the text names, else a dose."""
    form = clause.form
    if form is None:
        for other in p.clauses:
            if other.form or (other.count is not None and other.count[2] is not None):
                form = other.form
                if other.count is not None and other.count[2] is not None:
                    return other.count[2]
                break
    if form == "drops" and {"eye", "ear"}.intersection(p.tokens.raw):
        return "{drop}"  # "eye drops 1 qds"
    code = "{" + form + "}" if form else ""
    return code if code in UNITS else "{dose}"
