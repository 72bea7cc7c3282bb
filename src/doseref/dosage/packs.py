"""Productions for packs: what is handed out, or how much comes in one bottle, which is no dose."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.note_words import AGREED
from doseref.dosage.state import Clause, State
from doseref.dosage.supplies import called_a_bottle, in_all, in_course, pens_before_units, pens_times

LEAST_PACK = 10
"""So many tablets at the end of a line are a pack, no dose."""


def heads_quantity(p: State, i: int) -> bool:
    """Whether the word at ``i`` begins a quantity of its own ("… QTY:180") and says nothing of the number before it.

    Also asks for: EQ, HASH, NUM, STOP.
    """
    if p.tokens.raw[p.tokens.first[i]] not in HANDED:
        return False
    i += 1
    while p.kinds[i] in ("STOP", "HASH", "EQ"):
        i += 1
    return p.kinds[i] == "NUM"


def pack(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """pack ::= (COMMA | STOP | LP) NUM C at the end of the line: so many are handed out; what is taken is known.

    Also asks for: DASH, DISP, END, IN, NOTE, ONLY, PER, RP, TAKE, WORD.
    """
    clause, count = p.clause, p.clause.count
    if low == high and _before_a_note(p, start):
        return (low >= LEAST_PACK and count is not None and low > count[1] * 4) or low == in_all(clause)
    before_dose = count is None and p.kinds[p.i] == "TAKE" and (_amount_at(p, p.i + 1) or p.kinds[p.i + 1] == "NUM")
    if before_dose and low == high >= LEAST_PACK and p.kinds[start - 1] != "TAKE" and not clause.timed:
        return bool(clause.masses or clause.strengths)  # "18 mcg 30 caps inhale 1 cap daily"
    if p.kinds[p.i] == "ONLY" and _only_so_many(p, low, high, start):
        p.i += 1
        return True
    refills = p.kinds[p.i] == "NUM" and p.kinds[p.i + 1] in ("END", "DISP") and low >= LEAST_PACK  # "180 tablet 3"
    if low != high or not (refills or p.kinds[p.i] in ("END", "RP", "STOP", "DISP", "COMMA", "IN", "PER")):
        return False
    boxed = p.kinds[p.i] in ("IN", "PER") and p.kinds[p.i + 1] == "WORD" and low >= LEAST_PACK and not clause.timed
    if boxed and p.tokens.raw[p.tokens.first[p.i + 1]] in _CONTAINERS:
        p.i += 2
        return True  # "12 tablets in bottle, one daily"
    tail = p.kinds[p.i] == "COMMA" and p.kinds[p.i + 1] in ("NOTE", "DISP")
    if tail and p.kinds[start - 1] == "LP" and clause.dosed and clause.timed_beside_total() and low >= LEAST_PACK:
        return True  # "(12 tabs, no refills)"
    if count is None or p.kinds[p.i] in ("COMMA", "IN", "PER") or not (clause.timed_beside_total() or clause.per_day):
        return False
    if p.kinds[p.i] == "END" and low >= _LEAST_SINGULAR and low > count[1] and _singular(p, p.i - 1):
        return True
    if p.kinds[p.i] == "END" and p.kinds[start - 1] in _HOW_OFTEN and low >= _LEAST_MONTH and low > count[1] * 4:
        return True  # "1 OD 28 tab"
    refilled = p.kinds[p.i] == "NUM" and p.kinds[p.i + 1] == "DISP"
    if p.kinds[start - 1] not in ("COMMA", "STOP", "LP", "DASH") and not refilled:
        return False
    if not ((low >= LEAST_PACK and low > count[1] * 4) or low == in_all(clause) or low == in_course(p.clauses)):
        return False
    p.i += refills
    if refills:
        p.skip("DISP")
    return True


def _before_a_note(p: State, start: int) -> bool:
    """Whether a note follows on how it is handed out, behind a whole dosage and a sign: "1 bd for 7 days (UTI) 14 caps
    acute".

    Also asks for: WORD.
    """
    if not p.clause.timed_beside_total() or p.kinds[start - 1] not in _BEFORE_A_PACK:
        return False
    return p.kinds[p.i] == "WORD" and p.tokens.raw[p.tokens.first[p.i]] in AGREED


_BEFORE_A_PACK = frozenset(("COMMA", "STOP", "LP", "RP", "DASH"))


def _only_so_many(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """Whether "7 tabs only" behind a whole dosage is what is handed out: too many to be the dose, or that of one time."""
    clause, after = p.clause, p.kinds[p.i + 1]
    if low != high or low <= _LEAST_SINGULAR or after not in ("END", "RP", "STOP", "COMMA"):
        return False
    if clause.count is not None and low <= clause.count[1] * 2:
        return False
    return clause.dosed and clause.timed_beside_total() and p.kinds[start - 1] in _BEFORE_ONLY


_BEFORE_ONLY = frozenset("COMMA STOP LP DASH PRN WHEN FREQ ADV ON".split())
_CONTAINERS = frozenset("bottle bottles pack packs box boxes packet carton tub jar container blister".split())
HANDED = frozenset("qty quantity disp dispense dispensed mitte m".split())
"""Words before the number that is handed out; the others of their kind stand behind a number of refills or days."""
PIECES = frozenset(("{tablet}", "{capsule}", "{pill}"))
"""Pieces of which no millilitres are handed out."""
PACKS = _CONTAINERS | {"op", "ops", "tube", "tubes", "kit", "kits", "inhalers", "strip", "strips"}
"""Words for what is handed out whole."""
SPREAD_FORMS = frozenset("cream gel ointment lotion foam shampoo paste liniment".split())
"""Forms that come in tubes and jars, and are spread."""
_LEAST_MONTH = 28
_HOW_OFTEN = frozenset(("FREQ", "ADV", "WHEN"))
_LEAST_SINGULAR = 4
"""From so many on "4 tablet" at the end of a line is a pack: pharmacy systems write its unit in the singular."""


def _singular(p: State, i: int) -> bool:
    """Whether the unit at ``i`` is written out in the singular."""
    return p.tokens.raw[p.tokens.first[i]] in _SINGULAR and p.tokens.first[i] == p.tokens.last[i]


_SINGULAR = frozenset(
    "tablet capsule patch sachet caplet lozenge suppository pessary dose ampoule injection device".split()
)


_MOST_BEHIND_DASH = 4


def pack_behind_dash(p: State) -> bool:
    """pack-behind-dash ::= DASH NUM C at the end of the line: "take one daily - 56 capsule".

    Also asks for: END, U.
    """
    kinds, i = p.kinds, p.i
    spaced = p.tokens.text[p.tokens.span(i)[1] :][:1] == " "
    if (
        not spaced
        and kinds[i - 1] == "U"
        and kinds[i + 2] == "C"
        and _counted(p, i + 1)
        and p.values[i + 1] <= _MOST_BEHIND_DASH
    ):
        p.i += 1
        return True  # "100 mg-1 tab"
    if spaced and kinds[i - 1] == "U" and p.tokens.text[p.tokens.span(i)[0] - 1] == " " and _counted(p, i + 1):
        p.i += 1
        return True
    if (
        not spaced
        or kinds[i + 1] != "NUM"
        or kinds[i + 2] != "C"
        or kinds[i + 3] != "END"
        or p.values[i + 1] < LEAST_PACK
    ):
        return False
    if not (p.clause.dosed or p.clause.strengths) or not p.clause.timed_beside_total():
        return False
    p.i = i + 3
    return True


def _counted(p: State, i: int) -> bool:
    """counted ::= NUM [(OR | TO | DASH) NUM] C: "25 mg - 1 or 2 tablets", a dash between product and instruction.

    Also asks for: AND, FR, HALF, SLASH, U.
    """
    kinds = p.kinds
    if kinds[i] != "NUM":
        return False
    i += 3 if kinds[i + 1] in ("OR", "TO", "DASH") and kinds[i + 2] == "NUM" and kinds[i + 3] != "SLASH" else 1
    i += kinds[i] == "AND"
    if kinds[i] in ("HALF", "FR"):
        i += 1
    elif kinds[i : i + 3] == ["NUM", "SLASH", "NUM"]:
        i += 3
    elif kinds[i : i + 2] == ["SLASH", "NUM"]:
        i += 2
    clause = p.clause
    if kinds[i] == "U" and p.values[i] == "mL":
        return (
            bool(clause.strengths) and not clause.dosed and not clause.timed
        )  # "100 mg/5 mL - 5 mL three times a day"
    return kinds[i] == "C" and clause.count is None and len(clause.masses) == 1 and not clause.timed


ACTUATIONS = frozenset("act acts actuation actuations actuat blisters blister".split())
"""Words for one puff or spray: how much each gives, or how many the pack holds."""
_LEAST_ACTUATIONS = 28
OF_DEVICES = frozenset(("{puff}", "{spray}", "{dose}", "{actuat}", "{inhalation}"))
_LEAST_OF_DEVICE = 60
_LEAST_BOTTLE = 60
"""Millilitres of a bottle that is called one."""
_MANY_TIMES = 15
"""A device holds at least so many times what is taken of it at once."""


def device_pack(p: State, low: Decimal, high: Decimal, code: str) -> bool:
    """device-pack ::= NUM C ["/" NUM U] behind a strength, 60 or more before it is said how many are taken: what the
    device holds.

    Also asks for: COMMA, DASH, FORM, NUM, SLASH, STOP, TAKE, U.
    """
    clause, kinds = p.clause, p.kinds
    if code not in OF_DEVICES or low != high or high < _LEAST_OF_DEVICE or clause.count is not None or clause.timed:
        return False
    i = p.i  # also "60 DOSE|INHALE 1 PUFF"
    if not (clause.masses or clause.strengths or kinds[i : i + 2] == ["STOP", "TAKE"]):
        return _before_puffs(p, high)
    if kinds[i] == "SLASH" and kinds[i + 1 : i + 3] == ["NUM", "U"] and p.values[i + 2] in ("g", "mL"):
        i += 3
    if kinds[i] not in ("COMMA", "STOP", "DASH", "TAKE", "FORM") and not _amount_at(p, i):
        return False
    p.i = i
    return True


def _before_puffs(p: State, many: Decimal) -> bool:
    """before-puffs ::= [RP] [COMMA | STOP] [TAKE] NUM C, far fewer of what the device gives: "(120 doses) 2 puffs bd".

    Also asks for: C, COMMA, NUM, RP, STOP, TAKE.
    """
    kinds, i = p.kinds, p.i
    i += kinds[i] == "RP"
    i += kinds[i] in ("COMMA", "STOP")
    i += kinds[i] == "TAKE"
    few = kinds[i : i + 2] == ["NUM", "C"] and p.values[i + 1] in OF_DEVICES
    return few and p.values[i] * _MANY_TIMES <= many


def handed_out(p: State) -> bool:
    """handed-out ::= (COMMA | STOP) NUM COMMA NUM DISP | NUM "actuations" before an instruction: how many there are in
    the pack.

    Also asks for: END, TAKE, WORD.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if (
        kinds[i + 1] == "WORD"
        and p.tokens.raw[p.tokens.first[i + 1]] == "ds"
        and values[i] == values[i].to_integral_value()
    ):
        p.i = i + 2
        return p.clause.dosed and p.clause.timed  # "90 DS"
    if kinds[i + 1] == "WORD" and p.tokens.raw[p.tokens.first[i + 1]] in PACKS and values[i] <= _MOST_REPEATS:
        p.i = i + 2
        return tube(p, i)  # "cream 1 tube apply bid"
    if kinds[i + 1] == "WORD":
        many = p.tokens.raw[p.tokens.first[i + 1]] in ACTUATIONS and values[i] >= _LEAST_ACTUATIONS
        if not many or kinds[i + 2] not in ("TAKE", "END", "STOP", "COMMA", "NUM"):
            return False
        p.i = i + 2
        return True
    if kinds[i - 1] not in ("COMMA", "STOP") or values[i] < LEAST_PACK or not p.clause.timed_beside_total():
        return False
    if kinds[i + 1 : i + 4] != ["COMMA", "NUM", "DISP"]:
        return False
    p.i = i + 1
    return True


_BEHIND = frozenset(("END", "STOP", "COMMA", "RP", "DASH", "DISP", "HASH", "WORD", "NOTE", "NUM", "SLASH", "SUBST"))
_MOST_REPEATS = 12


_HOLD_LIQUID = frozenset(("{pen}", "{cartridge}", "{vial}", "{syringe}"))


def packs(p: State) -> bool:
    """packs ::= (COMMA | STOP | LP) NUM X NUM [C | U] at the end of the line: "1 x 120 dose", "(5 x 3 mL)", so many packs.
    More puffs or doses than anybody takes are a device's, whatever stands before it.

    Also asks for: ADV, END, FORM, FREQ, RP, T, TIMES, WHEN.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    end = i + 3 + (kinds[i + 3] in ("C", "U", "FORM"))
    of_a_device = kinds[i + 2 : i + 4] == ["NUM", "C"] and values[i + 3] in OF_DEVICES
    if of_a_device and values[i + 2] >= _LEAST_OF_DEVICE and values[i] <= _MOST_REPEATS and p.clause.dosed:
        p.i = end
        return p.clause.timed_beside_total() or p.clause.prn
    if (behind := pens_times(p, i)) > i:
        p.i = behind
        return True  # "100 units/mL 5 x 3 mL pens, 28 units"
    held = kinds[i + 2 : i + 5] == ["NUM", "U", "C"] and values[i + 3] == "mL" and values[i + 4] in _HOLD_LIQUID
    if held and kinds[i - 1] in ("COMMA", "STOP", "LP") and p.clause.dosed and p.clause.timed_beside_total():
        p.i = i + 5  # "; 5 x 3 mL pens"
        return True
    if kinds[i - 1] == "LP" and kinds[i + 2 : i + 5] == ["NUM", "U", "RP"] and values[i + 3] in ("g", "mL"):
        doses = [mass.high for mass in p.clause.masses if mass.unit == values[i + 3]]
        many = values[i] * values[i + 2] >= LEAST_PACK * max(doses, default=Decimal(0))
        p.i = i + 4 if many and p.clause.dosed and p.clause.timed_beside_total() else i
        return p.i > i
    repeats = (
        kinds[i + 2] == "NUM" and values[i] >= LEAST_PACK and values[i + 2] <= _MOST_REPEATS and kinds[i + 3] in _BEHIND
    )
    if (
        repeats
        and kinds[i - 1] in ("WHEN", "FREQ", "ADV", "TIMES", "COMMA", "STOP", "T")
        and p.clause.count is not None
        and p.clause.timed_beside_total()
    ):
        p.i = i + 3
        return True  # "ONE nocte 30 x 5": the pack and its repeats
    if (
        kinds[i - 1] in ("COMMA", "STOP", "LP")
        and p.clause.dosed
        and p.clause.timed_beside_total()
        and kinds[i + 2] == "NUM"
        and values[i + 2] >= LEAST_PACK
        and kinds[end] in ("END", "RP", "STOP")
    ):
        p.i = end
        return True
    return False


def spread(clause: Clause) -> bool:
    """Whether it is a preparation that comes in tubes: one with a percentage, or a form that is spread."""
    return clause.form in SPREAD_FORMS or any(each.unit == "%" for each in clause.strengths)


def pack_before(p: State, low: Decimal, high: Decimal, unit: str, start: int) -> bool:
    """pack-before ::= NUM (g | mL) [STOP | COMMA | DASH] TAKE amount, behind a strength: "90 mcg inhaler 8.5 g inhale 2
    puffs".

    Also asks for: A, FR, HALF, NUM, TAKE, U, WORD.
    """
    clause, kinds, i = p.clause, p.kinds, p.i
    if unit == "mL" and not clause.timed and (end := pens_before_units(p, i)) > i:
        p.i = end
        return True  # "3 mL pens x 5, 28 units"
    if unit not in ("g", "mL") or low != high or not (clause.masses or clause.strengths) or clause.timed or clause.prn:
        return False
    if (
        kinds[i] == "WORD"
        and p.tokens.raw[p.tokens.first[i]] in PACKS
        and kinds[start - 1] != "TAKE"
        and spread(clause)
    ):
        p.i = i + 1
        return True  # "0.05% ointment 60 g tube"
    if unit == "mL" and low >= _LEAST_BOTTLE and clause.strengths and called_a_bottle(p, i, start):
        p.i = i + 1
        return True  # "10 g/15 mL 500 mL bottle, 15 mL bd"
    while kinds[i] in ("STOP", "COMMA", "DASH"):
        i += 1
    smaller = kinds[i] == "NUM" and kinds[i + 1] == "U" and p.values[i + 1] == unit and p.values[i] * LEAST_PACK <= low
    if not (smaller and i > p.i and clause.strengths and not clause.masses) and (
        kinds[i] != "TAKE" or not _amount_at(p, i + 1)
    ):
        return False
    p.i = i
    return True


def tube(p: State, start: int) -> bool:
    """Whether what begins at ``start`` can be how much comes in a tube: of a preparation, and not behind "apply".

    Also asks for: TAKE.
    """
    return spread(p.clause) and p.kinds[start - 1] != "TAKE" and not p.clause.masses


def tube_of(p: State) -> bool:
    """tube-of ::= ("tube" | "jar" | "bottle" …) [OF] NUM (g | mL) behind a preparation and before its dose: "oint tube 60
    gm apply", "cream 60 g".

    Also asks for: U.
    """
    kinds, i = p.kinds, p.i + 1
    if p.tokens.raw[p.tokens.first[p.i]] not in PACKS or p.clause.dosed or not spread(p.clause):
        return False
    i += kinds[i] == "OF"
    if kinds[i : i + 2] != ["NUM", "U"] or p.values[i + 1] not in ("g", "mL"):
        return False
    p.i = i + 2
    return True


def pack_in_front(p: State, value: Decimal, start: int) -> bool:
    """pack-in-front ::= NUM (STOP | COMMA | DASH) TAKE amount, behind a strength with its form: "0.4 mg tab 25 -
    dissolve 1 tab".

    Also asks for: A, C, FR, FORM, HALF, NUM, TAKE.
    """
    clause, kinds, i = p.clause, p.kinds, p.i
    if value < LEAST_PACK or kinds[start - 1] not in ("C", "FORM") or not (clause.masses or clause.strengths):
        return False
    if clause.count is not None or clause.timed or kinds[i] not in ("STOP", "COMMA", "DASH", "TAKE"):
        return False
    while kinds[i] in ("STOP", "COMMA", "DASH"):
        i += 1
    if kinds[i] != "TAKE" or not _amount_at(p, i + 1):
        return False
    p.i = i
    return True


def _amount_at(p: State, i: int) -> bool:
    """Whether an amount with its unit stands at ``i``: "2 puffs", "1/2 tablet", "a tablet"; never "2 times".

    Also asks for: A, C, DASH, FR, HALF, HH, NUM, OR, SLASH, TO, U.
    """
    kinds, first = p.kinds, i
    while kinds[i] in ("NUM", "FR", "HALF", "SLASH", "DASH", "TO", "OR", "A") and i < first + 5:
        i += 1
    return i > first and kinds[i] in ("C", "U", "HH")
