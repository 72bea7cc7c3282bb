"""Productions for what stands beside a dosage and is no part of it: advice, notes in brackets, packs that are handed out.

Each of them steps over words only where they hold nothing that could be a dose or a frequency; anything else is left to
the other productions, which refuse it or tell it.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range

_FORBIDS = frozenset(("do not", "avoid", "don't", "dont", "never", "cannot", "can't"))
"""Words that may begin an advice; any other negation ("stop", "hold", "except") could turn the meaning round."""
_MODALS = frozenset(("must", "should", "may", "can", "do", "to"))
_MANNERS = frozenset(("swallow", "chew", "suck", "drink", "rinse", "wash", "dissolve"))
"""Ways of taking that may be forbidden without forbidding the dose."""
_HEADS = frozenset(
    "keep store review see contact complete finish monitor check warning caution important discard protect contains refer seek report "
    "bring watch cause drowsiness blood caution: bp ring call phone return known note nb inr followup follow gp discuss remember always "
    "wait sit stand remain stay ensure refrigerate fridge wear".split()
)
"""Words that begin a sentence of advice or of monitoring."""
_SAYS_HOW_MUCH = frozenset(
    ("U", "C", "HH", "HALF", "FR", "ONCE", "FREQ", "ADV", "EVERY", "TIMES", "PRN", "WHEN", "DAYW", "MAX", "MAXD", "THEN", "UPTO", "LE", "TITR",
     "STEPBY", "RAISE", "TAPER", "BAD", "TIME", "MEAL")
)  # fmt: skip
_SENTENCE_ENDS = frozenset(("END", "STOP", "RP"))
_LONGEST = 60
"""More words than this are no advice (and looking further would not be linear)."""
ADDED = frozenset(("extra", "an extra", "additional", "an additional"))
"""Words that call a dose one besides the regular ones."""
OPTIONAL = frozenset(("may", "can", "could"))
_LEAST_PACK = 10
"""So many tablets at the end of a line are a pack, no dose."""


def forbidden(p: State) -> bool:
    """forbidden ::= ("do not" | "avoid" | "must not" …) words up to the end of the sentence: advice that leaves the dose as it is.

    "Avoid direct sunlight", "must not be taken with warfarin". What holds an amount, a frequency or a time of day is no
    such advice ("do not take at night", "avoid more than 2"), nor is "do not take" alone.

    Also asks for: A, C, COMMA, HALF, INTO, MAX, NOTE, NUM, ON, T, TAKE, THEN, TO, WITH.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    said = p.tokens.said(start, start + 1)
    raw = p.tokens.raw
    first = p.tokens.first[start]
    modal = said == "not" and first > 0 and raw[first - 1] in _MODALS
    not_to_take = said == "not" and kinds[start + 1] == "TAKE" and kinds[start + 2] == "WITH"
    if not p.clause.dosed or not (said in _FORBIDS or modal or not_to_take):
        return False
    if _not_daily(p, start + 1):
        return True
    i = start + 1
    taken = False
    while kinds[i] not in _SENTENCE_ENDS:
        kind = kinds[i]
        if i - start > _LONGEST:
            return False
        if kind == "COMMA" and kinds[i + 1] in ("NUM", "TAKE", "HALF", "A", "MAX", "THEN"):
            break
        if kind == "TAKE":
            on = values[i] == "apply" and kinds[i + 1] in ("TO", "ON", "INTO")
            with_ = kinds[i + 1] == "WITH" or (kinds[i + 1] == "NOTE" and raw[p.tokens.first[i + 1]] == "with")
            if not (values[i] in _MANNERS or on or with_):
                return False
            taken = taken or with_
        elif kind == "NUM":
            if kinds[i + 1] != "T" or values[i + 1] not in ("min", "h") or taken:
                return False
        elif kind in _SAYS_HOW_MUCH and not (kind == "C" and not taken and kinds[i - 1] not in ("NUM", "A")):
            return False
        i += 1
    if i == start + 1:
        return False
    p.i = i
    return True


def _not_daily(p: State, i: int) -> bool:
    """not-daily ::= TAKE (daily | every day): said of what is taken once a week or more rarely.

    Also asks for: ADV, COMMA, END, FREQ, RP, STOP.
    """
    kinds, values, clause = p.kinds, p.values, p.clause
    rarer = clause.days or (clause.times is not None and clause.times.unit in ("wk", "mo", "a"))
    daily = (kinds[i + 1] == "ADV" and values[i + 1] == "d") or (
        kinds[i + 1] == "FREQ" and values[i + 1][0] == "times" and values[i + 1][3] == "d"
    )
    if kinds[i] != "TAKE" or not rarer or not daily or kinds[i + 2] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.i = i + 2
    return True


def behind_dash(p: State) -> bool:
    """Whether the word at hand stands behind a dash with a space, which between words is no token ("daily - review in May")."""
    first = p.tokens.first[p.i]
    return (
        first > 0
        and p.tokens.raw[first - 1] == "-"
        and p.tokens.text[p.tokens.span(p.i)[0] - 1 : p.tokens.span(p.i)[0]] == " "
    )


def advised(p: State) -> bool:
    """advised ::= WORD … up to the end of the sentence, where the word begins an advice ("Keep in the fridge", "Review in 3 months").

    Also asks for: A, C, COMMA, DASH, HALF, HH, MAX, MAXD, NEG, NOTE, NUM, RP, SLASH, STEPBY, STOP, T, TAKE, THEN, TITR, U.
    """
    kinds = p.kinds
    word = p.tokens.raw[p.tokens.first[p.i]]
    if (
        word not in _HEADS
        or not p.clause.dosed
        or not (kinds[p.i - 1] in ("STOP", "COMMA", "NOTE", "DASH", "RP") or behind_dash(p))
    ):
        return False
    i = p.i
    while kinds[i] not in _SENTENCE_ENDS:
        if i - p.i > _LONGEST:
            return False
        if (
            kinds[i] in ("U", "C", "HH", "HALF", "MAX", "MAXD", "TAKE", "NEG", "THEN", "TITR", "STEPBY")
            and kinds[i - 1] != "A"
        ):
            return False
        if kinds[i] == "NUM" and kinds[i + 1] == "SLASH" and kinds[i + 2] == "NUM" and p.values[i + 2] in (7, 52, 12):
            i += 2  # "review 1/12"
        elif kinds[i] == "NUM" and kinds[i + 1] != "T":
            return False
        i += 1
    p.i = i
    return True


def aside(p: State) -> bool:
    """aside ::= "(" … ")" that is said of other patients, is an indication in capitals, or a number by a word that is not understood.

    Also asks for: END, HALF, IF, NUM, POP, WORD.
    """
    kinds = p.kinds
    start = i = p.i
    others = number = False
    while kinds[i] not in ("RP", "END"):
        i += 1
        if i - start > _LONGEST:
            return False
        others = others or kinds[i] in ("POP", "IF")
        number = number or kinds[i] in ("NUM", "HALF")
        if kinds[i] == "LP":
            return False
    if kinds[i] != "RP":
        return False
    if others and number and p.clause.dosed:
        p.tell("said of other patients", start, i)
        p.i = i + 1
        return True
    words = p.tokens.words(start + 1, i)
    if words == ["cap"] and p.clause.timed and _capitals(p, start + 1):
        p.i = i + 1  # "(CAP)" is a pneumonia
        return True
    if kinds[i - 1] == "NUM" and i > start + 2 and all(kind == "WORD" for kind in kinds[start + 1 : i - 1]):
        p.tell("not understood", start, i)
        p.i = i + 1
        return True
    return False


def _capitals(p: State, i: int) -> bool:
    begin, end = p.tokens.span(i)
    return p.tokens.text[begin:end].isupper()


def pack(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """pack ::= (COMMA | STOP | LP) NUM C at the end of the line: so many are handed out; the count that is taken is known.

    Also asks for: DASH, DISP, END, NOTE, RP.
    """
    clause = p.clause
    count = clause.count
    refills = p.kinds[p.i] == "NUM" and p.kinds[p.i + 1] == "END" and low >= _LEAST_PACK  # "180 tablet 3"
    if low != high or not (refills or p.kinds[p.i] in ("END", "RP", "STOP", "DISP", "COMMA")):
        return False
    tail = p.kinds[p.i] == "COMMA" and p.kinds[p.i + 1] in ("NOTE", "DISP")
    if tail and p.kinds[start - 1] == "LP" and clause.dosed and clause.timed_beside_total() and low >= _LEAST_PACK:
        return True  # "(12 tabs, no refills)"
    if count is None or p.kinds[p.i] == "COMMA" or not (clause.timed_beside_total() or clause.per_day):
        return False
    if p.kinds[p.i] == "END" and low >= _LEAST_SINGULAR and low > count[1] and _singular(p, p.i - 1):
        return True
    if p.kinds[start - 1] not in ("COMMA", "STOP", "LP", "DASH"):
        return False
    if not ((low >= _LEAST_PACK and low > count[1] * 4) or low == _in_all(clause)):
        return False
    p.i += refills
    return True


_LEAST_SINGULAR = 4
"""From so many on "4 tablet" at the end of a line is a pack: pharmacy systems write its unit in the singular."""


def _singular(p: State, i: int) -> bool:
    """Whether the unit at ``i`` is written out in the singular."""
    return p.tokens.raw[p.tokens.first[i]] in _SINGULAR and p.tokens.first[i] == p.tokens.last[i]


_SINGULAR = frozenset(
    "tablet capsule patch sachet caplet lozenge suppository pessary dose ampoule injection device".split()
)


def pack_behind_dash(p: State) -> bool:
    """pack-behind-dash ::= DASH NUM C at the end of the line: "take one daily - 56 capsule".

    Also asks for: END, U.
    """
    kinds, i = p.kinds, p.i
    spaced = p.tokens.text[p.tokens.span(i)[1] :][:1] == " "
    if spaced and kinds[i - 1] == "U" and p.tokens.text[p.tokens.span(i)[0] - 1] == " " and _counted(p, i + 1):
        p.i += 1
        return True
    if (
        not spaced
        or kinds[i + 1] != "NUM"
        or kinds[i + 2] != "C"
        or kinds[i + 3] != "END"
        or p.values[i + 1] < _LEAST_PACK
    ):
        return False
    if not (p.clause.dosed or p.clause.strengths) or not p.clause.timed_beside_total():
        return False
    p.i = i + 3
    return True


def _counted(p: State, i: int) -> bool:
    """counted ::= NUM [(OR | TO | DASH) NUM] C: "25 mg - 1 or 2 tablets", a dash between product and instruction."""
    kinds = p.kinds
    if kinds[i] != "NUM":
        return False
    i += 3 if kinds[i + 1] in ("OR", "TO", "DASH") and kinds[i + 2] == "NUM" else 1
    return kinds[i] == "C" and p.clause.count is None and len(p.clause.masses) == 1 and not p.clause.timed


def _in_all(clause: Clause) -> Decimal | None:
    """How many are taken in all, where a count, a frequency of the day and a length in days say it."""
    times, length, count = clause.times, clause.duration, clause.count
    if (
        times is None
        or length is None
        or count is None
        or times.low != times.high
        or times.unit != "d"
        or times.period != 1
    ):
        return None
    days = {"d": Decimal(1), "wk": Decimal(7)}.get(length.unit)
    return (
        count[1] * times.high * length.high * days
        if days is not None and length.single and count[0] == count[1]
        else None
    )


def extra_amount(p: State) -> bool:
    """extra-amount ::= NUM ("extra" | "additional") (C | U): "may take 1 extra tablet daily", a dose besides the regular ones."""
    kinds, values, i = p.kinds, p.values, p.i
    if p.tokens.said(i + 1, i + 2) not in ADDED or kinds[i + 2] not in ("C", "U"):
        return False
    if p.depth or not p.clause.dosed or not p.clause.timed_beside_total():
        return False
    first = p.tokens.first[i]
    optional = bool(OPTIONAL.intersection(p.tokens.raw[max(0, first - 3) : first]))
    made = p.new_clause("and")
    made.added = True
    made.prn = made.besides = optional
    if kinds[i + 2] == "C":
        made.count = (values[i], values[i], values[i + 2])
        made.count_index = i
    else:
        made.masses.append(Mass(values[i], values[i], values[i + 2], i))
    p.i = i + 3
    return True


_ACTUATIONS = frozenset("act acts actuation actuations actuat".split())
_LEAST_ACTUATIONS = 28


def handed_out(p: State) -> bool:
    """handed-out ::= (COMMA | STOP) NUM COMMA NUM DISP | NUM "actuations" before an instruction: how many there are in the pack.

    Also asks for: END, TAKE, WORD.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if kinds[i + 1] == "WORD":
        many = p.tokens.raw[p.tokens.first[i + 1]] in _ACTUATIONS and values[i] >= _LEAST_ACTUATIONS
        if not many or kinds[i + 2] not in ("TAKE", "END", "STOP", "COMMA", "NUM"):
            return False
        p.i = i + 2
        return True
    if kinds[i - 1] not in ("COMMA", "STOP") or values[i] < _LEAST_PACK or not p.clause.timed_beside_total():
        return False
    if kinds[i + 1 : i + 4] != ["COMMA", "NUM", "DISP"]:
        return False
    p.i = i + 1
    return True


def bottle(p: State, low: Decimal, high: Decimal, unit: str, start: int) -> bool:
    """bottle ::= NUM (g | mL) at the end of the line, behind a whole dosage in sprays, drops or mL: what is handed out.

    Also asks for: DISP, END.
    """
    clause = p.clause
    if low != high or unit not in ("g", "mL") or p.kinds[p.i] not in ("END", "DISP") or p.depth:
        return False
    if p.kinds[start - 1] not in _BEFORE_BOTTLE or not clause.timed_beside_total():
        return False
    if clause.count is not None:
        small = all(mass.unit in ("mg", "ug", "[IU]") for mass in clause.masses)
        return small and clause.count[2] in _FROM_BOTTLES
    doses = [mass for mass in clause.masses if mass.unit == unit]
    return len(doses) == len(clause.masses) == 1 and low >= _LEAST_PACK * doses[0].high


_BEFORE_BOTTLE = frozenset(
    (
        "COMMA",
        "STOP",
        "DASH",
        "FREQ",
        "ADV",
        "TIMES",
        "ONCE",
        "WHEN",
        "T",
        "PRN",
        "WORD",
        "NOTE",
        "DISP",
        "SITE",
        "MEAL",
    )
)
_FROM_BOTTLES = frozenset(("{spray}", "{drop}", "{puff}", "{application}"))


_MOST_REPEATS = 12


def packs(p: State) -> bool:
    """packs ::= (COMMA | STOP | LP) NUM X NUM [C | U] at the end of the line: "1 x 120 dose", so many packs.

    Also asks for: ADV, END, FORM, FREQ, RP, T, TIMES, WHEN.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    end = i + 3 + (kinds[i + 3] in ("C", "U", "FORM"))
    repeats = (
        kinds[i + 2] == "NUM" and values[i] >= _LEAST_PACK and values[i + 2] <= _MOST_REPEATS and kinds[i + 3] == "END"
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
        kinds[i - 1] in ("COMMA", "STOP", "LP") and p.clause.dosed and p.clause.timed_beside_total()
        and kinds[i + 2] == "NUM" and values[i + 2] >= _LEAST_PACK and kinds[end] in ("END", "RP", "STOP")
    ):  # fmt: skip
        p.i = end
        return True
    return False


def letter_count(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """letter-count ::= TAKE NUM ("T" | "C") before a route or a frequency: "TK 1 T PO QD", so many tablets or capsules.

    Also asks for: ADV, EVERY, FREQ, ONCE, ROUTE, WORD.
    """
    kinds = p.kinds
    code = _LETTERS.get(p.tokens.raw[p.tokens.first[p.i]]) if kinds[p.i] == "WORD" else None
    if code is None or kinds[start - 1] != "TAKE" or p.clause.count is not None:
        return False
    if kinds[p.i + 1] not in ("ROUTE", "FREQ", "ADV", "EVERY", "ONCE"):
        return False
    p.clause.count = (low, high, code)
    p.clause.count_index = start
    p.clause.form = p.clause.form or FORM_OF.get(code)
    p.i += 1
    return True


_LETTERS = {"t": "{tablet}", "ts": "{tablet}", "c": "{capsule}", "cs": "{capsule}"}


def later(p: State, unit: str, start: int) -> bool:
    """later ::= span T "later": once, so long after the dose before it; within the same day both are taken."""
    clause = p.clause
    if (
        p.tokens.raw[p.tokens.first[p.i]] not in ("later", "afterwards")
        or not clause.dosed
        or clause.timed_beside_total()
    ):
        return False
    before = p.clauses[-2] if len(p.clauses) > 1 else None
    if before is None or before.timed_beside_total() or clause.link == "or":
        return False
    p.i += 1
    once = Range(Decimal(1), Decimal(1), "{dose}")
    clause.doses_total = clause.doses_total or once
    before.doses_total = before.doses_total or once
    if unit in ("min", "h"):
        clause.link = "and"
    return True
