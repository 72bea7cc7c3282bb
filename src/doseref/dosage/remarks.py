"""Productions for sentences beside a dosage that say nothing of it: remarks, what it is for, on what condition.

A text is passed over only where the dose and its frequency are known already and where no word of it could be one: an
amount, a number without a length of time, a frequency, a word that could turn the meaning round, a misspelt "twice".
"""

from __future__ import annotations

from doseref.dosage.as_needed import SLIPS, conditional
from doseref.dosage.asides import TURNING, behind_dash
from doseref.dosage.dates import date_at
from doseref.dosage.near_words import doubtful
from doseref.dosage.note_words import ADDED, REVERSING, of_somebody_else
from doseref.dosage.state import State

_HARMLESS = frozenset(
    "WORD SITE SIDE SUBST OF TO IN ON AT WITH FOR BY A NOTE FORM ONLY INIT COURSE AS INTO WATER OZ AND OR ROUTE MEAL "
    "POP TOTAL TAKE C AFTER BEFORE BETWEEN EYE SLASH IF PERIOD COND BEFORE RP LP".split()
)
"""Kinds of words that say nothing of how much or how often, as long as no number stands among them."""
PAST = frozenset(
    "dc dcd discont ceased stopped dced last past ago yesterday previous former took history finished ended ran "
    "expired".split()
)
"""Words that may say that it is no longer taken."""
_LAST = frozenset(
    "dose day given changed disp taken issued filled dispensed ordered collected supplied refilled prescribed reviewed "
    "review updated issue fill refill".split()
)
"""What may stand behind "last" all the same."""
_OPENS = frozenset(("STOP", "COMMA", "NOTE", "LP", "RP", "DASH"))
"""What may stand before a remark."""
_ENDS = frozenset(("END", "STOP", "RP"))
_RESUMES = frozenset(
    ("NUM", "TAKE", "HALF", "MAX", "MAXD", "THEN", "FREQ", "ADV", "EVERY", "ONCE", "PRN", "FOR", "UPTO", "X", "DISP")
)
"""What begins the dosage anew behind a comma."""
_LONGEST = 60
"""More words than this are no remark (and looking further would not be linear)."""
_FEWEST = 2
"""A single word that is not known could be a misspelt one of the dosage."""
_PURPOSES = frozenset(
    "help prevent control treat relieve protect manage improve aid thin lessen ease support keep maintain strengthen "
    "regulate clear slow calm settle fight boost replace correct suppress facilitate assist minimise minimize avoid "
    "stop reduce lower decrease increase relax loosen soften induce promote dry".split()
)
"""Verbs behind "to" that say what something is taken for."""
_GOING_ON = frozenset(
    "while whilst because since due post per via so issued started filled prescribed authorised authorized until "
    "indication indications dx diagnosis reason comment comments note notes".split()
)
"""Words that begin a remark without a sign before it."""
_CHANGED = frozenset(
    "home old prior new : , dose changed increased decreased reduced raised up down titrated stepped weaned switched "
    "strength".split()
)
_WAS = frozenset("was were previous previously formerly from prev".split())
"""Words that begin a bracket in which the dose that was taken before is told."""
_SPEAKS = frozenset("FOR AT IN ON INTO ROUTE TAKE BEFORE AFTER WITH SITE SIDE C A FORM MEAL".split())
"""What other productions read inside a bracket."""
_MARKETS = frozenset("NZ AU UK US USA IE CA GB Canada Australia Ireland India".split())
"""Where a product is sold, as it stands alone in brackets."""
_ADVICE = frozenset(
    "call contact see tell inform ring seek report speak ask notify consult go visit return please then discuss attend "
    "alert phone".split()
)
"""Verbs of what to do, which no condition of a dose holds."""


def _because(p: State, first: int, end: int) -> None:
    """Keep what it is taken for, where that is said in plain words.

    Also asks for: WORD.
    """
    if set(p.kinds[first:end]) == {"WORD"}:
        p.clause.prn_for = p.clause.prn_for or p.tokens.said(first, end)


def complete(p: State) -> bool:
    """Whether it is said how much is taken and how often."""
    clause = p.clause
    if clause.besides and not clause.dosed:
        return True  # "1 puff twice a day and as needed"
    if len(p.clauses) > 1:
        timed = clause.timed_beside_total() or (clause.prn and clause.link == "then")
        if not clause.dosed and timed and (clause.link in ("and", "then") or clause.duration is not None):
            return any(each.dosed for each in p.clauses)  # "three times a day and at bedtime", "tid x 1 wk, bid x 1 wk"
        if clause.dosed and clause.duration is not None and any(each.timed_beside_total() for each in p.clauses[:-1]):
            return True  # "60 mg daily x3d, 40 mg x3d"
    return (clause.dosed or bool(clause.strengths)) and (
        clause.timed_beside_total()
        or clause.cycle is not None
        or clause.per_day
        or clause.prn
        or clause.doses_total is not None
    )


def _end(p: State, i: int, conditional: bool = False) -> int:
    """Where words that say nothing of the dosage end: before a sign or what begins it anew; 0 where one of them might
    say something.

    Also asks for: A, AFTER, BEFORE, C, COMMA, DASH, FORM, LP, NEG, NUM, ROMAN, RP, T, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    start, opened, opens = i, 0, kinds[i - 1]
    if kinds[i] == "WORD" and raw[first[i + 1]] == ":":
        i += 2  # "Indications: type 2 diabetes"
    while kinds[i] not in _ENDS or (kinds[i] == "RP" and opened):
        kind = kinds[i]
        word = raw[first[i]]
        if i - start > _LONGEST:
            return 0
        if kind == "COMMA" or (kind == "DASH" and kinds[i + 1] != "NUM"):
            if kinds[i + 1] in _RESUMES or (conditional and kind == "COMMA"):
                break
        elif kind == "STOPIT" and kinds[i + 1] in _ENDS and p.clause.duration is not None:
            break  # "for 28 days post hip replacement then stop"
        elif kind == "NEG":
            if not (conditional and word in ("can't", "cannot", "not", "unable", "no") and kinds[i + 1] == "WORD"):
                return 0
        elif kind == "LP":
            opened += 1
        elif kind == "RP":
            opened -= 1
        elif word in TURNING or (word in PAST and not (word == "last" and raw[first[i] + 1] in _LAST)):
            return 0
        elif (after := date_at(p, i)) > i:
            i = after
            continue
        elif kind == "NUM" and kinds[i - 1] == "IN" and (length := _length(p, i)):
            i += length  # "review in 8 weeks"
            continue
        elif kind == "NUM" and (length := _length(p, i)) and raw[first[i + length]] == "post" and opens == "LP":
            i += length  # "(10 days post op)"
            continue
        elif kind == "T" and word == "day" and kinds[i + 1] in ("AFTER", "BEFORE"):
            pass  # "the day after methotrexate"
        elif kind == "ROMAN" and word == "i":
            pass  # "if I can't sleep"
        elif (
            kind not in _HARMLESS
            or (kind == "WORD" and word.startswith(SLIPS))
            or (kind in ("C", "FORM") and kinds[i - 1] in ("NUM", "A"))
        ):
            return 0
        i += 1
    return i if not opened else 0


def _length(p: State, i: int) -> int:
    """How many tokens at ``i`` are a length in days or more ("8 weeks", "2/52"); 0 where they are none.

    Also asks for: NUM, SLASH, T.
    """
    if p.kinds[i + 1] == "T" and p.values[i + 1] in ("d", "wk", "mo", "a"):
        return 2
    if p.kinds[i + 1 : i + 3] == ["SLASH", "NUM"] and p.values[i + 2] in (7, 52, 12):
        return 3
    return 0


_SEASONS = frozenset("spring summer autumn winter springtime summertime wintertime".split())
"""Times of a year, which say nothing of a day's dose."""
_PARTS_OF_A_YEAR = frozenset("season seasons months".split())
_WHAT_SEASON = frozenset("hay fever hayfever pollen allergy grass tree flu the high peak".split()) | _SEASONS


def season(p: State, i: int) -> int:
    """Where a part of the year at ``i`` ends ("spring", "hayfever season", "the winter months"); 0 where none is.

    Also asks for: ONLY.
    """
    raw = p.tokens.raw[p.tokens.first[i] : p.tokens.first[i] + _FEWEST + 2]
    words = 0
    while words < len(raw) - 1 and raw[words] in _WHAT_SEASON and raw[words] not in _SEASONS:
        words += 1
    named = raw[words] in _SEASONS
    words += named
    if (
        named
        and raw[words : words + 1] == ["and"]
        and raw[words + 1 : words + 2]
        and raw[words + 1] in (*_SEASONS, "fall")
    ):
        words += 2  # "in spring and fall"
    within = words < len(raw) and words > 0 and raw[words] in _PARTS_OF_A_YEAR
    if not (named or within):
        return 0
    end = p.tokens.first[i] + words + within
    while p.tokens.first[i] < end:
        i += 1
    return i + (p.kinds[i] == "ONLY")


def remark(p: State) -> bool:
    """remark ::= WORD … up to the end of the sentence: words that hold no amount and no frequency, behind a whole
    dosage.

    "Patient prefers liquid", "(brand medically necessary)", "while taking opioids". A single word is no remark.

    Also asks for: COMMA.
    """
    if not complete(p):
        return False
    word = p.tokens.raw[p.tokens.first[p.i]]
    last = word == "last" and p.tokens.raw[p.tokens.first[p.i] + 1] in _LAST
    if p.kinds[p.i - 1] not in _OPENS and not behind_dash(p) and word not in _GOING_ON and not last:
        return False
    end = _end(p, p.i)
    alone = p.kinds[p.i] == "WORD" and p.kinds[p.i + 1] == "COMMA" and not last and word not in _GOING_ON
    if end - p.i < _FEWEST or alone or _turns(p, p.i, end):
        return False
    p.remarks.append((p.i, end - 1))
    p.i = end
    return True


def bracketed(p: State) -> bool:
    """bracketed ::= "(" words ")": a remark in brackets; "(was 10 mg daily)" tells what it was before.

    Also asks for: IF, RP, SUBST, WORD.
    """
    kinds = p.kinds
    i = p.i + 1
    if _earlier(p, i):
        return True
    if complete(p) and kinds[i + 1] == "RP" and _market(p, i):
        p.remarks.append((i, i))
        p.i = i + 2
        return True
    if complete(p) and (end := season(p, i)) and kinds[end] == "RP":
        p.remarks.append((i, end - 1))
        p.i = end + 1
        return True
    if not complete(p) or kinds[i] == "IF" or (kinds[i] in _SPEAKS and not _looked_at(p, i)):
        return False
    end = _end(p, i)
    if end - i < _FEWEST or kinds[end] != "RP" or not {"WORD", "SUBST"} & set(kinds[i:end]) or _turns(p, i, end):
        return False
    p.remarks.append((i, end - 1))
    p.i = end + 1
    return True


def _turns(p: State, i: int, end: int) -> bool:
    """Whether the words of a remark may say that more, less, something else or nothing is taken, or only on a condition.

    Also asks for: IF, ONLY, SITE.
    """
    if doubtful(p, i, end) or any(p.kinds[at : at + 2] == ["ONLY", "IF"] for at in range(i, end)):
        return True
    said = p.tokens.raw[p.tokens.first[i] : p.tokens.first[end]]
    turned = REVERSING.intersection(said) - ({"replacement"} if "SITE" in p.kinds[i:end] else set())  # of a hip
    return bool(turned) or not ADDED.isdisjoint(said) or of_somebody_else(said)


def _looked_at(p: State, i: int) -> bool:
    """Whether a place of the body is named as one that is looked at, or that is ill: "(eye screening done)", "(ear
    infection)".

    Also asks for: SITE.
    """
    return p.kinds[i] == "SITE" and p.tokens.raw[p.tokens.first[i + 1]] in _LOOKED_AT | _ILL


_ILL = frozenset("infection infections pain ache inflammation ulcer ulcers rash eczema allergy".split())
_LOOKED_AT = frozenset("screening screen test tests testing exam check checks checked clinic hospital surgery".split())


def _market(p: State, i: int) -> bool:
    """Whether the word at ``i`` is where a product is sold: "(NZ)"; of drops "(AU)" is both ears."""
    begin, end = p.tokens.span(i)
    count = p.clause.count
    drops = p.clause.form == "drops" or (count is not None and count[2] == "{drop}")
    return p.tokens.text[begin:end] in _MARKETS and not drops


def _earlier(p: State, i: int) -> bool:
    """earlier ::= ["dose"] ["increased"] ("was" | "previously" | "from") … ")": what the dose was before.

    Also asks for: END, LP, NUM, RP, TO.
    """
    kinds, raw = p.kinds, p.tokens.raw
    place = p.tokens.first[i]
    while raw[place] in _CHANGED and place < p.tokens.first[i] + 4:
        place += 1
    if raw[place] not in _WAS or raw[place + 1] == ")":
        return False  # "(was)": taken no more?
    while kinds[i] not in ("RP", "LP", "END"):
        if kinds[i] == "TO" and kinds[i + 1] == "NUM":
            return False
        i += 1
    if kinds[i] != "RP":
        return False
    p.i = i + 1
    return True


def withheld(p: State) -> bool:
    """withheld ::= ("hold" [FOR | IF] | "stop" IF) words: on what reading a dose is left out ("hold for SBP < 100",
    "HOLD HR<55"); the others stay as they are.

    Also asks for: COMMA, GT, LE, NUM, T.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i + 1
    stopped = raw[first[p.i]] in ("stop", "discontinue") and kinds[i] == "IF"
    measured = kinds[i] in ("FOR", "IF") or (raw[first[i]] in _MEASURED and kinds[i + 1] in ("LE", "GT"))
    held = raw[first[p.i]] in ("hold", "omit", "withhold") and measured
    if not (held or stopped) or not complete(p):
        return False
    start = i
    while kinds[i] not in _ENDS:
        if kinds[i] == "COMMA" and raw[first[i + 1]] not in _MEASURED and i - start >= _FEWEST:
            break
        if (
            (kinds[i] not in _READINGS and not _pulse(p, i))
            or (kinds[i] == "NUM" and kinds[i + 1] == "T" and not _pulse(p, i + 1))
            or i - start > _LONGEST
        ):
            return False
        i += 1
    if i - start < _FEWEST:
        return False
    p.i = i
    return True


def _pulse(p: State, i: int) -> bool:
    """Whether the "HR" at ``i`` is a heart rate and no hours: a limit follows it.

    Also asks for: GT, LE, T.
    """
    return p.kinds[i] == "T" and p.tokens.raw[p.tokens.first[i]] == "hr" and p.kinds[i + 1] in ("LE", "GT")


_MEASURED = frozenset("sbp dbp bp hr pulse map rr inr k cr scr crcl egfr bg bgl bsl anc plt plts hgb qtc".split())
_READINGS = frozenset("FOR IF WORD LE GT NUM OR AND COMMA SLASH NEG A OF IN EQ SITE SIDE REL MEAL".split())
"""What a reading is told with, on which a dose is left out."""


def purpose(p: State) -> bool:
    """purpose ::= TO verb words: what it is taken for ("to prevent stroke", "to lower blood pressure").

    Also asks for: A, ROUTE, SIDE, SITE, WITH, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i + 1
    if (
        not complete(p)
        or raw[first[i]] not in _PURPOSES
        or kinds[i + 1] not in ("WORD", "SITE", "SIDE", "WITH", "A", "ROUTE")
    ):
        return False
    end = _end(p, i + 1)
    if not end:
        return False
    _because(p, i, end)
    p.i = end
    return True


def condition(p: State) -> bool:
    """condition ::= IF words up to the sign: the dose before it is taken only then, so as needed; behind a full stop it
    is advice.

    "2 at bedtime if I can't sleep", "every 6 hours when my knee hurts"; "If dizzy, call the doctor".

    Also asks for: COMMA, STOP.
    """
    kinds = p.kinds
    if p.maximum or p.target or not p.clause.dosed or not complete(p):
        return False
    if p.clause.step is not None:
        return False  # "reduce by 5 mg if dizzy": the condition is of the change, and has no place there
    end = _end(p, p.i + 1, conditional=True)
    if end - p.i < _FEWEST:
        return False
    said = p.tokens.words(p.i + 1, end)
    behind = end
    if kinds[end] == "COMMA":
        behind = _end(p, end + 1)
        advice = bool(behind) and bool(_ADVICE.intersection(p.tokens.words(end + 1, behind)[:3]))
        if not advice and behind != end + 1:
            return False  # what is done then is not understood
    advice = bool(_ADVICE.intersection(said)) or behind > end
    if advice or kinds[p.i - 1] == "STOP":
        if not advice:
            return False
        p.i = behind
        return True
    conditional(p)
    _because(p, p.i + 1, end)
    p.i = end
    return True
