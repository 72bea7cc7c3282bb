"""Productions for what stands beside a dosage and is no part of it: advice, notes in brackets, packs that are handed
out.

Each of them steps over words only where they hold nothing that could be a dose or a frequency; anything else is left to
the other productions, which refuse it or tell it.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.note_words import SOMEBODY, for_them
from doseref.dosage.parts import clause_for
from doseref.dosage.state import Mass, State
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range

_FORBIDS = frozenset(("do not", "avoid", "don't", "dont", "never", "cannot", "can't"))
"""Words that may begin an advice; any other negation ("stop", "hold", "except") could turn the meaning round."""
_MODALS = frozenset(("must", "should", "may", "can", "do", "to"))
_MANNERS = frozenset(("swallow", "chew", "suck", "drink", "rinse", "wash", "dissolve"))
"""Ways of taking that may be forbidden without forbidding the dose."""
_HEADS = frozenset(
    "keep store review see contact complete finish monitor check warning caution important discard protect contains "
    "refer seek report bring watch cause drowsiness blood caution: bp ring call phone return known note nb inr "
    "followup follow gp discuss remember always wait sit stand remain stay ensure refrigerate fridge wear upright".split()
)
"""Words that begin a sentence of advice or of monitoring."""
_SAYS_HOW_MUCH = frozenset(
    "U C HH HALF FR ONCE FREQ ADV EVERY TIMES PRN WHEN DAYW MAX MAXD THEN UPTO LE TITR "
    "STEPBY RAISE TAPER BAD TIME MEAL".split()
)
_SENTENCE_ENDS = frozenset(("END", "STOP", "RP"))
_LONGEST = 60
"""More words than this are no advice (and looking further would not be linear)."""
TURNING = frozenset(
    "again another further second same likewise ditto both doubled halved twofold threefold otherwise else "
    "alternatively rotating sometimes occasionally rarely except besides either otherwise days nights weekends "
    "dialysis taper tapers tapering tapered wean weans weaning weaned titrating titration sliding scale variable "
    "varies vary varying unknown unsure unclear uncertain few several couple half halves halving doubling triple "
    "trebled skips skipping alternating intermittent intermittently sporadic sporadically seldom suspended paused "
    "withheld holding reducing increasing lowering raising error erroneous mistake wrong incorrect duplicate duplicated "
    "inactive superseded lapsed obsolete void voided historic historical nonadherent noncompliant nonadherence "
    "noncompliance unfilled adjusting".split()
)
"""Words that may say that more, less or something else is taken."""
ADDED = frozenset(("extra", "an extra", "additional", "an additional"))
"""Words that call a dose one besides the regular ones."""
OPTIONAL = frozenset(("may", "can", "could"))


_BEGUN = frozenset("start begin commence initiate continue resume restart reinitiate give administer".split())
"""What is not to be done with the whole dosage, which is no advice on how to take it."""


def forbidden(p: State) -> bool:
    """forbidden ::= ("do not" | "avoid" | "must not" …) words up to the end of the sentence: advice that leaves the
    dose as it is.

    "Avoid direct sunlight", "must not be taken with warfarin". What holds an amount, a frequency or a time of day is no
    such advice ("do not take at night", "avoid more than 2"), nor is "do not take" alone.

    Also asks for: A, AFTER, BEFORE, C, COMMA, HALF, INTO, MAX, MEAL, NOTE, NUM, ON, SUBST, T, TAKE, THEN, TO, WITH, WORD.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    said = p.tokens.said(start, start + 1)
    raw = p.tokens.raw
    first = p.tokens.first[start]
    modal = said == "not" and first > 0 and raw[first - 1] in _MODALS
    not_to_take = said == "not" and (
        kinds[start + 1] == "WITH"
        or kinds[start + 1 : start + 3] == ["TAKE", "WITH"]
        or (kinds[start + 1] in ("BEFORE", "AFTER") and kinds[start + 2] == "SUBST")  # "not before the alendronate"
    )
    if p.clause.dosed and (said == "not" or said in _FORBIDS) and _not_daily(p, start + 1):
        return True
    if p.clause.dosed and (said in ("not", "no") or said in _FORBIDS) and _not_again(p, start + 1):
        return True
    if not p.clause.dosed or not (said in _FORBIDS or modal or not_to_take):
        return False
    if said == "never" and kinds[start + 1] == "WORD" and raw[p.tokens.first[start + 1]].endswith(("ed", "en")):
        return False  # "never collected"
    i = start + 1
    if kinds[i] == "COMMA" or not _BEGUN.isdisjoint(raw[p.tokens.last[start] + 1 : p.tokens.first[i] + 1]):
        return False  # "do not continue with it": what is not to be done is the dosage itself
    taken = False
    delayed = kinds[i] == "WORD" and p.tokens.said(i, i + 1) in ("delay", "postpone")
    while kinds[i] not in _SENTENCE_ENDS:
        kind = kinds[i]
        if i - start > _LONGEST:
            return False
        if delayed and kind == "MAX":
            i += 1
            continue  # "do not delay by more than 4 weeks"
        if kind == "COMMA" and kinds[i + 1] in ("NUM", "TAKE", "HALF", "A", "MAX", "THEN"):
            break
        if kind == "TAKE":
            on = values[i] == "apply" and kinds[i + 1] in ("TO", "ON", "INTO")
            with_ = kinds[i + 1] == "WITH" or (kinds[i + 1] == "NOTE" and raw[p.tokens.first[i + 1]] == "with")
            if not (values[i] in _MANNERS or on or with_):
                return False
            taken = taken or with_
        elif kind == "NUM":
            if kinds[i + 1] != "T" or ((values[i + 1] not in ("min", "h") or taken) and not delayed):
                return False
        elif kind == "MEAL" and kinds[i - 1] == "WORD" and said == "avoid":
            pass  # "avoid spicy food"
        elif kind in _SAYS_HOW_MUCH and not (kind == "C" and not taken and kinds[i - 1] not in ("NUM", "A")):
            return False
        i += 1
    if i == start + 1:
        return False
    p.i = i
    return True


def _not_again(p: State, i: int) -> bool:
    """not-again ::= REPEAT [COURSE] (IN | FOR) NUM T up to the sign: "do not repeat within 3 days".

    Also asks for: COMMA, END, RP, STOP.
    """
    kinds = p.kinds
    if kinds[i] != "REPEAT":
        return False
    i += 1 + (kinds[i + 1] == "COURSE")
    if (
        kinds[i] not in ("IN", "FOR")
        or kinds[i + 1 : i + 3] != ["NUM", "T"]
        or p.values[i + 2] not in ("d", "wk", "mo")
    ):
        return False
    if kinds[i + 3] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.i = i + 3
    return True


def _not_daily(p: State, i: int) -> bool:
    """not-daily ::= [TAKE] (daily | every day): said of what is taken once a week or more rarely.

    Also asks for: ADV, COMMA, END, FREQ, RP, STOP.
    """
    kinds, values, clause = p.kinds, p.values, p.clause
    i += kinds[i] == "TAKE"
    rarer = clause.days or (clause.times is not None and clause.times.unit in ("wk", "mo", "a"))
    daily = (kinds[i] == "ADV" and values[i] == "d") or (
        kinds[i] == "FREQ" and values[i][0] == "times" and values[i][3] == "d"
    )
    if not rarer or not daily or kinds[i + 1] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.i = i + 1
    return True


def behind_dash(p: State, i: int = -1) -> bool:
    """Whether the word at ``i`` (or at hand) stands behind a dash with a space,
    which between words is no token ("daily - review").
    """
    at = p.i if i < 0 else i
    first = p.tokens.first[at]
    return (
        0 < first < len(p.tokens.raw)
        and p.tokens.raw[first - 1] == "-"
        and p.tokens.text[p.tokens.span(at)[0] - 1 : p.tokens.span(at)[0]] == " "
    )


def advised(p: State) -> bool:
    """advised ::= WORD … up to the end of the sentence, where the word begins an advice ("Keep in the fridge", "Review
    in 3 months").

    Also asks for: A, C, COMMA, DASH, HALF, HH, LP, MAX, MAXD, NEG, NOTE, NUM, RP, SLASH, STEPBY, STOP, T, TAKE, TAPER,
    THEN, TITR, TO, U.
    """
    kinds = p.kinds
    word = p.tokens.raw[p.tokens.first[p.i]]
    if (
        word not in _HEADS
        or not p.clause.dosed
        or not (kinds[p.i - 1] in ("STOP", "COMMA", "NOTE", "DASH", "RP", "LP") or behind_dash(p))
    ):
        return False
    i = p.i
    while kinds[i] not in _SENTENCE_ENDS:
        if i - p.i > _LONGEST:
            return False
        if p.tokens.raw[p.tokens.first[i]] in SOMEBODY and for_them(p.tokens.raw, p.tokens.first[i]):
            return False  # "note: for my wife" says who takes it
        if kinds[i] in _SAID_BY_SOMEBODY and word in _SOMEBODY and kinds[i - 1] != "TO":
            return False  # "GP: bd", "GP has doubled"; what "GP to increase" says is to come
        if (
            kinds[i] in ("U", "C", "HH", "HALF", "MAX", "MAXD", "TAKE", "NEG", "THEN", "TITR", "STEPBY", "TAPER")
            and kinds[i - 1] != "A"
        ) or p.tokens.raw[p.tokens.first[i]] in TURNING:
            return False
        if kinds[i] == "NUM" and kinds[i + 1] == "SLASH" and kinds[i + 2] == "NUM" and p.values[i + 2] in (7, 52, 12):
            i += 2  # "review 1/12"
        elif kinds[i] == "NUM" and kinds[i + 1] != "T" and p.tokens.raw[p.tokens.first[i + 1]] not in _POUNDS:
            return False
        i += 1
    if i == p.i + 1 and word in _DONE:
        return False
    p.i = i
    return True


_POUNDS = frozenset("lb lbs pound pounds".split())
"""What weight is gained in: "call if wt up 3 lb"."""
_SOMEBODY = frozenset(("gp", "note", "known", "discuss"))
_SAID_BY_SOMEBODY = frozenset(("RAISE", "FREQ", "ONCE", "PRN", "WHEN"))
"""How often, behind one who speaks: not what is to be checked so often, but taken."""
_DONE = frozenset(("complete", "finish"))
"""Alone, these words may say that it is taken no more."""


def aside(p: State) -> bool:
    """aside ::= "(" … ")" that is said of other patients, is an indication in capitals, or a number by a word that is
    not understood.

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
    held = p.tokens.raw[p.tokens.first[start + 1]] in ("hold", "omit", "withhold")  # "(hold if HR < 60)" is of this one
    if others and number and p.clause.dosed and not held:
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


def extra_amount(p: State) -> bool:
    """extra-amount ::= NUM ("extra" | "additional") (C | U | NUM U ["dose"]): "may take 1 extra tablet daily", "one
    additional 12.5 mg dose", a dose besides the regular ones.
    """
    kinds, values, i = p.kinds, p.values, p.i
    one = kinds[i + 2 : i + 4] == ["NUM", "U"] and values[i] == 1
    if p.tokens.said(i + 1, i + 2) not in ADDED or not (kinds[i + 2] in ("C", "U") or one):
        return False
    if p.depth or not p.clause.dosed or not p.clause.timed_beside_total():
        return False
    first = p.tokens.first[i]
    optional = bool(OPTIONAL.intersection(p.tokens.raw[max(0, first - 3) : first]))
    made = p.new_clause("and")
    made.added = True
    made.prn = made.besides = optional
    if one:
        made.masses.append(Mass(values[i + 2], values[i + 2], values[i + 3], i + 2))
        p.i = i + 4 + (kinds[i + 4] == "C" and values[i + 4] == "{dose}")
        return True
    if kinds[i + 2] == "C" and values[i + 2] == "{dose}" and values[i] == 1:
        p.i = i + 3  # as much as the one before
        return True
    if kinds[i + 2] == "C":
        made.count = (values[i], values[i], values[i + 2])
        made.count_index = i
    else:
        made.masses.append(Mass(values[i], values[i], values[i + 2], i))
    p.i = i + 3
    return True


def letter_count(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """letter-count ::= [TAKE] NUM ("T" | "C") before a route or a frequency: "TK 1 T PO QD", "T1T PO", so many tablets
    or capsules.

    Without TAKE only where the form is known: a capital T alone can be a tablespoon.

    Also asks for: ADV, EVERY, FREQ, ON, ONCE, ROUTE, WHEN, WORD.
    """
    kinds = p.kinds
    code = _LETTERS.get(p.tokens.raw[p.tokens.first[p.i]]) if kinds[p.i] == "WORD" else None
    if code is None or kinds[p.i + 1] not in _HOW_OR_WHEN:
        return False
    form = FORM_OF.get(code)
    of_form = any(clause.form == form or any(mass.tag == code for mass in clause.masses) for clause in p.clauses)
    if not of_form and kinds[start - 1] != "TAKE" and p.tokens.raw[p.tokens.first[start - 1]] not in _TAKES:
        return False
    clause = clause_for(p, start)
    if clause.count is not None:
        return False
    clause.count = (low, high, code)
    clause.count_index = start
    clause.form = clause.form or form
    p.i += 1
    return True


_HOW_OR_WHEN = frozenset("ROUTE FREQ ADV EVERY ONCE WHEN DAYW ON".split())
_TAKES = frozenset(("t", "tk"))
"""Letters for "take" that stand before the number without a space."""
_LETTERS = {"t": "{tablet}", "ts": "{tablet}", "c": "{capsule}", "cs": "{capsule}"}


def retained(p: State) -> bool:
    """retained ::= "retain" [FOR | UPTO] NUM [(DASH | TO) NUM] T(min | h): how long an enema or a suppository is kept in.

    Also asks for: DASH, FOR, NUM, T, TO, UPTO.
    """
    kinds, i = p.kinds, p.i + 1
    if p.tokens.raw[p.tokens.first[p.i]] not in ("retain", "retained") or not p.clause.dosed:
        return False
    while kinds[i] in ("FOR", "UPTO"):
        i += 1
    if kinds[i] == "NUM" and kinds[i + 1] in ("DASH", "TO") and kinds[i + 2] == "NUM":
        i += 2
    if kinds[i : i + 2] != ["NUM", "T"] or p.values[i + 1] not in ("min", "h"):
        return False
    p.i = i + 2
    return True


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
