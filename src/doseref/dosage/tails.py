"""Productions for the tail that a pharmacy writes behind an instruction: how many are handed out, for how many days,
refills, who and when.

Nothing of a tail is a dose, and nothing that could be one is a tail: a number without a word that says what it counts
is taken for a quantity only where a count and a time have been read, it is far more than that count, and nothing but
such figures follows it.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.asides import TURNING
from doseref.dosage.dates import date_at
from doseref.dosage.packs import PACKS, PIECES, heads_quantity, pack_behind_dash
from doseref.dosage.remarks import complete
from doseref.dosage.state import Clause, State
from doseref.dosage.supplies import in_all, lasts
from doseref.units import UNITS

_SIGNS = frozenset(("COMMA", "STOP", "DASH", "SLASH", "PLUS", "LP", "RP"))
_FIRST = frozenset(("NUM", "DISP", "HASH", "LP", "TAKE", "ID", "EACHW"))
"""What a tail may begin with behind its sign; words alone are no tail of themselves."""
_LEAST_PACK = 10
"""Fewer than so many, without a word that says so, could be a dose."""
_TIMES_THE_COUNT = 4
"""A pack is more than so many times what is taken at once."""
_LATEST_HOUR = 24
"""Behind a clock time a smaller number may be another one."""
_LEAST_NUMBER = 10_000
"""The number of a prescription has at least five figures."""
_AT_LAST = frozenset(("END", "STOP", "COMMA"))
_ISSUES = frozenset("issues issue supplies scripts".split())
_FIGURES_IN_A_ROW = 3
"""A quantity, the days it lasts and refills."""
_MOST_PACKS = 12
_MOST_DAYS, _MOST_REFILLS = 400, 12
_CONTAINERS = frozenset(("{pen}", "{syringe}", "{vial}", "{pump}", "{ampule}"))
"""Devices that hold several doses of a mass, or of one injection each: so many of them at the end are handed out."""
_DISPENSED = frozenset(("g", "mL"))
_PEOPLE = frozenset(
    "prescriber prescribed pharmacist pharmacy provider physician doctor dr patient pt filled issued written "
    "dispensed".split()
)
_LONGEST = 40
"""Tokens beyond which nothing is a tail (and looking further would not be linear)."""


def tail(p: State) -> bool:
    """tail ::= (sign item)+ at the end of the line, or before a remark or a maximum; behind a whole instruction.

    item ::= quantity | days-of-supply | refills | issues | number-of-prescription | who-and-when | NOTE | ONLY.

    Also asks for: END.
    """
    kinds, i = p.kinds, p.i
    while kinds[i] in _SIGNS:
        i += 1
    if kinds[i] not in _FIRST or not complete(p) or p.depth:
        return False
    counted = p.i
    end, told = _items(p, i)
    if end <= counted or not told or not _closes(p, end):
        return False
    p.i = end
    return True


def _closes(p: State, i: int) -> bool:
    """closes ::= END | sign* (WORD | NOTE | MAX | MAXD | …): what may stand behind a tail; never an amount.

    Also asks for: COURSE, DISP, FOR, INIT, NEG, ON, REPEAT, SITE, TAKE, UNTIL.
    """
    while p.kinds[i] in _SIGNS:
        i += 1
    if p.kinds[i] == "NEG":
        return p.kinds[i + 1] in ("ON", "FOR") and p.kinds[i + 2] in ("REPEAT", "DISP")  # "14 tabs - NOT on repeat"
    if p.kinds[i] == "TAKE":
        return p.kinds[i + 1] in ("UNTIL", "NOTE")
    if p.kinds[i] == "FOR":
        return p.kinds[i + 1] in ("WORD", "SITE")  # "56 tabs, for nerve pain"
    return p.kinds[i] in ("END", "WORD", "NOTE", "MAX", "MAXD", "INIT", "COURSE")


def _items(p: State, i: int) -> tuple[int, bool]:
    """Where the items of a tail that begin at ``i`` end, and whether one of them says that something is handed out."""
    kinds, first, told = p.kinds, i, False
    end = i
    bare: list[Decimal] = []
    while kinds[i] != "END" and i - first < _LONGEST:
        if kinds[i] in _SIGNS:
            i += 1
            continue
        after, says = _item(p, i, told)
        if after <= i:
            break
        if kinds[i] == "NUM" and after == i + 1:
            bare.append(p.values[i])
            if not _row(p.clause, bare):
                return i, False  # "40, 30, 20": steps of a taper, as far as anybody can tell
        told = told or says
        i = end = after
    return end, told


def _row(clause: Clause, bare: list[Decimal]) -> bool:
    """Whether bare figures in a row can be a quantity, the days it lasts and refills:
    the days fit where the dosage says how many a day.
    """
    if len(bare) > _FIGURES_IN_A_ROW or (len(bare) == _FIGURES_IN_A_ROW and bare[-1] > _MOST_REFILLS):
        return False
    times, count = clause.times, clause.count
    if len(bare) == 1 or clause.prn or times is None or count is None or count[0] != count[1]:
        return True
    if times.low != times.high or times.unit != "d" or times.period != 1:
        return True
    each_day = count[1] * times.high
    return abs(bare[0] - bare[1] * each_day) < each_day


def _item(p: State, i: int, told: bool) -> tuple[int, bool]:
    """Where one item ends (``i`` itself where none begins), and whether it says that something is handed out.

    Also asks for: HASH, ID, NUM, OF, TAKE.
    """
    kinds = p.kinds
    kind = kinds[i]
    if kind in ("NOTE", "ONLY") or (
        kind == "HASH" and p.tokens.raw[p.tokens.first[i]] == "nr" and kinds[i + 1] in _AT_LAST
    ):
        return i + 1, kind == "HASH"
    if kind == "DISP" or (kind == "HASH" and kinds[i + 1] == "NUM" and p.values[i + 1] < _LEAST_NUMBER):
        return _handed_out(p, i), True
    if kind in ("TAKE", "HASH"):
        return _prescription(p, i), True
    if kind == "NUM":
        return _number(p, i, told)
    if kind in ("WORD", "ID"):
        supplied = _figure_of(p, i)
        return (supplied, True) if supplied > i else (_who(p, i), False)
    return i, False


SUPPLY = frozenset(("ds",))
"""Letters for the days that a supply lasts; behind a name they are a strength ("DS 1 tablet"),
so they count here only.
"""
_FIGURES = frozenset((*SUPPLY, "daw", "rpt", "rpts", "r"))


def _figure_of(p: State, i: int) -> int:
    """figure-of ::= ("ds" | "daw") [STOP] NUM: days of supply, a code for dispensing as written.

    Also asks for: EQ, HASH.
    """
    word = p.tokens.raw[p.tokens.first[i]]
    if word not in _FIGURES or (word == "rpt" and not p.clause.timed_beside_total()):
        return i  # "1 now, rpt 1" is another dose
    after = i + 1
    while p.kinds[after] in ("STOP", "EQ", "HASH"):
        after += 1
    return after + 1 if p.kinds[after] == "NUM" else i


def behind(p: State) -> bool:
    """behind ::= item+ without a sign before it, behind a whole instruction: "twice daily DS 90".

    Also asks for: END.
    """
    end, told = _items(p, p.i) if complete(p) and not p.depth else (p.i, False)
    if not told or not _closes(p, end):
        return False
    p.i = end
    return True


def _handed_out(p: State, i: int) -> int:
    """handed-out ::= (DISP | HASH) (HASH | STOP | EQ | OF | DASH)* NUM [C | U | FORM | EACHW | T].

    Also asks for: STAR, X.
    """
    kinds, start = p.kinds, i
    while kinds[i] in ("DISP", "HASH", "STOP", "EQ", "OF", "X", "STAR", "DASH"):
        i += 1
    if kinds[i] != "NUM":
        return start
    i += 1
    if kinds[i] in ("C", "U", "FORM", "EACHW") or (kinds[i] == "T" and p.values[i] == "d" and kinds[i + 1] != "DISP"):
        i += 1
    return i


def _prescription(p: State, i: int) -> int:
    """number-of-prescription ::= ("rx" | HASH) (HASH | STOP)* NUM, of five figures or more.

    Also asks for: TAKE.
    """
    start = i
    if p.kinds[i] == "TAKE":
        if p.tokens.raw[p.tokens.first[i]] != "rx":
            return start
        i += 1
    while p.kinds[i] in ("HASH", "STOP"):
        i += 1
    return i + 1 if p.kinds[i] == "NUM" and p.values[i] >= _LEAST_NUMBER else start


def _number(p: State, i: int, told: bool) -> tuple[int, bool]:
    """NUM [OF NUM] DISP | NUM T [DISP] | NUM (C | U | EACHW) [ONLY] | NUM: refills, days of supply, how many are handed
    out.

    Also asks for: C, DISP, END, FORM, IN, REPEAT, U.
    """
    kinds, value = p.kinds, p.values[i]
    after = i + 1
    kind = kinds[after]
    if kind == "WORD" and p.tokens.raw[p.tokens.first[after]] in SUPPLY:
        return after + 1, True
    left = p.tokens.raw[p.tokens.first[after + 1]] in ("left", "remaining")
    if kind in ("REPEAT", "DISP") and left and value <= _MOST_REFILLS:
        return after + 2, True  # "1 repeat left"
    if kind == "DISP":
        return (i, False) if heads_quantity(p, after) else (after + 1, True)
    if kind == "OF" and kinds[after + 1] == "NUM" and value <= p.values[after + 1] <= _MOST_REFILLS:
        named = kinds[after + 2] == "DISP" or p.tokens.raw[p.tokens.first[after + 2]] in _ISSUES
        return (after + 2 + named, True) if named or (told and kinds[after + 2] in _AT_LAST) else (i, False)
    if kind == "WORD" and p.tokens.raw[p.tokens.first[after]] in PACKS and value <= _MOST_PACKS:
        return after + (3 if kinds[after + 1 : after + 3] == ["OF", "NUM"] else 1), True  # "1 strip of 15"
    if kind == "T" and p.values[after] == "d" and value <= _MOST_DAYS:
        if kinds[after + 1] == "DISP":
            return after + 2, True
        return (after + 1, True) if told else (i, False)
    if kind == "EACHW" and value == value.to_integral_value():
        return after + 1, True
    if kind == "C":
        return (after + 1, True) if _pack(p, value, p.values[after]) else (i, False)
    if kind == "U":
        whole = kinds[after + 1] == "WORD" and p.tokens.raw[p.tokens.first[after + 1]] in PACKS  # "30 g tube"
        return (after + 1 + whole, True) if _bottle(p.clause, value, p.values[after]) else (i, False)
    if kind not in _SIGNS and kind != "END":
        return i, False
    if value != value.to_integral_value() or p.tokens.raw[p.tokens.first[i]][:1] in ("½", "¼", "¾"):
        return i, False
    if told:
        return (after, True) if value <= _MOST_DAYS else (i, False)
    return (after, True) if _bare(p, value) else (i, False)


def _pack(p: State, value: Decimal, code: str) -> bool:
    """Whether so many of what is counted are a pack."""
    clause = p.clause
    if value == in_all(clause) or lasts(clause, value):
        return True
    if code in _CONTAINERS and (clause.count is None or clause.count[2] not in _CONTAINERS):
        return value == value.to_integral_value()
    top = max((each.count[1] for each in p.clauses if each.count is not None), default=Decimal(1))
    return value >= _LEAST_PACK and value > top * _TIMES_THE_COUNT


def _bottle(clause: Clause, value: Decimal, unit: str) -> bool:
    """Whether so many g or mL are what is handed out: behind a count, or ten times the dose."""
    if unit not in _DISPENSED:
        return False
    same = [mass for mass in clause.masses if UNITS[mass.unit].dimension == UNITS[unit].dimension]
    if clause.count is not None and clause.count[2] in PIECES:
        return False
    if same:
        return len(same) == 1 and same[0].unit == unit and value >= _LEAST_PACK * same[0].high
    of_percent = any(strength.unit == "%" for strength in clause.strengths)
    return clause.count is not None or bool(clause.masses) or clause.besides or of_percent


def _bare(p: State, value: Decimal) -> bool:
    """Whether a number that says nothing of what it counts can only be how many are handed out."""
    clause = p.clause
    if value == in_all(clause) and value >= _LEAST_PACK:
        return True
    if clause.from_day is not None or clause.days or (clause.at and value <= _LATEST_HOUR):
        return False
    if clause.count is None or clause.count_index < 0:
        return False
    return value >= _LEAST_PACK and value > clause.count[1] * _TIMES_THE_COUNT


def _who(p: State, i: int) -> int:
    """who-and-when ::= ("prescriber" | "issued" | …) (WORD | REL | STOP | date | ID | HASH NUM)* up to the next sign.

    Also asks for: BAD, ID, WORD.
    """
    raw, first, kinds = p.tokens.raw, p.tokens.first, p.kinds
    if raw[first[i]] not in _PEOPLE:
        return i
    start = i
    i += 1
    while i - start < _LONGEST:
        if raw[first[i]] in TURNING:
            return start  # "pharmacy error"
        if (end := date_at(p, i)) > i:
            i = end
        elif kinds[i] == "HASH" and kinds[i + 1] in ("NUM", "BAD"):
            i += 2  # "WALGREENS DRUG STORE #07421"
        elif kinds[i] in ("WORD", "ID", "REL") or (
            kinds[i] == "STOP" and raw[first[i]] in (":", ".") and kinds[i + 1] in ("WORD", "REL")
        ):
            i += 1
        else:
            return i
    return start


def dash(p: State) -> bool:
    """dash ::= tail | pack-behind-dash, where the dash has a space behind it; between blanks and before an amount, behind a
    dose with its time, it stands for a comma ("1 tab mane - 2 tabs nocte").

    Also asks for: C, FR, HALF, NUM, SLASH, U.
    """
    begin, end = p.tokens.span(p.i)
    spaced = p.tokens.text[end : end + 1] == " "
    if (spaced and tail(p)) or pack_behind_dash(p):
        return True
    clause, after = p.clause, p.i + 1 + (p.kinds[p.i + 1] == "NUM")
    part = p.kinds[after] in ("C", "U", "FR", "HALF") or p.kinds[after : after + 3] == ["SLASH", "NUM", "C"]
    if not (
        spaced and p.tokens.text[begin - 1 : begin] == " " and part and clause.dosed and clause.timed_beside_total()
    ):
        return False
    p.i += 1
    p.link = p.link or ","
    return True
