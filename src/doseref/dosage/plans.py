"""Productions for what somebody is to do behind a whole dose: the next doctor, a clinic, a laboratory, the pharmacy.

It is somebody's by a word between who is spoken of and what is to be done ("GP to stop in 4 weeks", "dosing per clinic"), and
holds no amount, no frequency and nothing that is done at once.
"""

from __future__ import annotations

from doseref.dosage.dates import date_at
from doseref.dosage.letter_words import LONGEST, ended, left_aside, length_at, raw
from doseref.dosage.note_words import ATTENDED, LOOKED_AT, MEASURED, PEOPLE, REVERSING
from doseref.dosage.remarks import PAST, complete
from doseref.dosage.state import State

_WHO = (
    PEOPLE
    | ATTENDED
    | frozenset(
        "coordinator liaison dr md np pa rn anticoag anticoagulation coumadin warfarin transplant hf dm oncologist cardiologist "
        "neurologist nephrologist rheumatologist pulmonologist rheumatology hepatology hospitalist midwife podiatry dietitian "
        "dietician social discharging community".split()
    )
) - frozenset(
    "discharge discharged admission admissions self procedure surgery review reviewed reviews seen attend session".split()
)
_PLANS = frozenset(
    "stop discontinue cease titrate uptitrate downtitrate adjust adjusted titrated uptitrated wean taper increase decrease reduce "
    "continue review reviewed reassess reassessed monitor monitored recheck decide manage managed dosing dose arrange consider "
    "prescribe chase address advise determine follow followup f/u check optimise optimize escalate change d/c".split()
)
_ENDING = frozenset(("stop", "discontinue", "cease"))
_SOON = frozenset("immediately now today straightaway asap tonight tomorrow".split())
_ASKED = frozenset("to will please should may can for kindly".split())
_LATER = frozenset(("to", "will"))
_LINKS = frozenset(("IN", "PER", "BY", "WITH", "AT", "FOR"))
_PLANNED = frozenset(
    "WORD OF TO IN ON AT WITH FOR BY A NOTE AS AND OR RAISE TITR TAPER REL SITE PER IF COND AFTER BEFORE POP C UPWARD CHANGE "
    "SLASH FORM INIT TODAY".split()
)


def planned(p: State) -> bool:
    """planned ::= who ("to" | "will" | "please" …) plan word* | plan (IN | PER | BY | WITH | AT | FOR) who, up to the sign:
    what is to be done later and by whom ("GP to stop in 4 weeks", "dosing per anticoag clinic", "titrate in HF clinic 5/9").

    Of a plan that names another dose only who is left out: its amount is a target.

    Also asks for: BY, NEG, NUM, RAISE, STOP, TAPER, TITR, TITRDN, TO, UPWARD.
    """
    i, who, plan = p.i, -1, -1
    while not ended(p, i) or (p.kinds[i] == "STOP" and raw(p, i - 1) == "dr"):
        word, kind = raw(p, i), p.kinds[i]
        if i - p.i > LONGEST or word in _SOON or word in PAST:
            return False
        if (after := max(date_at(p, i), length_at(p, i))) > i and plan >= 0:
            i = after
            continue
        if plan < 0 and (word in _PLANS or kind in ("RAISE", "TITR", "TITRDN", "TAPER")):
            plan = i
            amount = p.kinds[i + 1 : i + 3] in (["TO", "NUM"], ["BY", "NUM"]) or (
                kind[:4] == "TITR" and p.kinds[i + 1] == "NUM"
            )
            if who >= 0 and kind in ("RAISE", "TITR", "TITRDN") and amount:
                return _asked(p, who, i) and left_aside(p, i)
        elif word in _WHO and who < 0:
            who = i
        elif kind == "NEG" or (word in REVERSING and plan < 0 and not (kind == "UPWARD" and raw(p, i + 1) in _PLANS)):
            return False
        if kind == "NEG" and not (word in _ENDING and who >= 0 and _asked(p, who, i, _LATER)):
            return False  # "GP please stop": now
        if kind not in _PLANNED and kind != "NEG" and kind != "STOP":
            return False
        i += 1
    if plan < 0 or not _bound(p, who, plan, i):
        return False
    return left_aside(p, i)


def _bound(p: State, who: int, plan: int, end: int) -> bool:
    """Whether the plan is somebody's, or goes by what is measured ("dosing per INR").

    Also asks for: PER.
    """
    if 0 <= who < plan:
        return _asked(p, who, plan)
    said = p.tokens.raw[p.tokens.first[plan]]
    if said in _ENDING or (p.kinds[plan] == "TAPER" and who < 0):
        return False
    if who > plan:
        return any(p.kinds[i] in _LINKS for i in range(plan + 1, who))
    words = p.tokens.raw[p.tokens.first[plan] : p.tokens.first[end]]
    return "per" in words and not (LOOKED_AT | MEASURED).isdisjoint(words)


def _asked(p: State, who: int, plan: int, words: frozenset[str] = _ASKED) -> bool:
    """Whether "to", "will", "please" or the like stands between who is spoken of and what is to be done."""
    return not words.isdisjoint(p.tokens.raw[p.tokens.first[who] + 1 : p.tokens.first[plan]])


_DIRECTED = frozenset(("directed", "instructed", "advised", "recommended"))


def directed(p: State) -> bool:
    """directed ::= OR NOTE (BY | PER) who+ up to a sign or a quantity, behind a whole instruction: "or as directed by the
    anticoagulation clinic".

    Also asks for: A, BY, DISP, HASH, NOTE, PER, REL, SITE, WORD.
    """
    kinds, i = p.kinds, p.i + 1
    if kinds[i] != "NOTE" or p.tokens.raw[p.tokens.last[i]] not in _DIRECTED or kinds[i + 1] not in ("BY", "PER"):
        return False
    if not complete(p):
        return False
    i += 2
    first = i
    while kinds[i] in ("WORD", "A", "REL", "SITE"):
        i += 1
    if _WHO.isdisjoint(p.tokens.words(first, i)) or not (ended(p, i) or kinds[i] in ("DISP", "HASH")):
        return False
    return left_aside(p, i)


_LOOKED = frozenset("check recheck repeat monitor follow trend".split())
_BLOOD = (
    LOOKED_AT
    | MEASURED
    | frozenset(("k", "mg", "na", "cr", "electrolytes", "lytes", "renal", "function", "kidney", "liver", "lfts"))
)


def looked_at(p: State) -> bool:
    """looked-at ::= ("check" | "repeat" …) (what is measured | AND | SLASH | PLUS)+ [[IN] length | AT who] up to the sign: "check
    K+ in 3-5 days".

    Also asks for: AND, AT, BY, IN, PLUS, SLASH, TODAY, WITH, WORD.
    """
    i = p.i
    if raw(p, i) not in _LOOKED:
        return False
    i += 1
    first = i
    while raw(p, i) in _BLOOD or (i > first and p.kinds[i] in ("AND", "SLASH", "PLUS")):
        i += 1
    if i == first:
        return False
    i += p.kinds[i] == "IN"
    i = length_at(p, i)
    while p.kinds[i] in ("AT", "WITH", "BY", "IN") or (
        p.kinds[i] in ("WORD", "TODAY") and raw(p, i) in _WHO | ATTENDED
    ):
        i += 1
    i = max(i, date_at(p, i))
    return ended(p, i) and left_aside(p, i)


def per_who(p: State) -> bool:
    """per-who ::= PER who+ up to a sign, behind a whole instruction: on whose word it is taken ("per hepatology").

    Also asks for: PER, REL, SITE, WORD.
    """
    i = p.i + 1
    first = i
    while p.kinds[i] in ("WORD", "REL", "SITE"):
        i += 1
    if not complete(p) or _WHO.isdisjoint(p.tokens.words(first, i)) or not ended(p, i):
        return False
    return REVERSING.isdisjoint(p.tokens.raw[p.tokens.first[first] : p.tokens.first[i]]) and left_aside(p, i)


def then_planned(p: State) -> bool:
    """then-planned ::= THEN planned, behind a whole instruction: "then review by GP".

    Also asks for: THEN.
    """
    start = p.i
    p.i += 1
    if p.kinds[start] == "THEN" and raw(p, p.i) in _PLANS and complete(p) and planned(p):
        return True
    p.i = start
    return False


def kept_apart(p: State) -> bool:
    """kept-apart ::= ("separate" | "space") [BETWEEN] (word | SUBST | OTHER | AND)+ BY NUM T(hours) up to a sign: how far from
    other drugs it is taken ("separate from other meds by 4 hrs").

    Also asks for: AND, BETWEEN, BY, NUM, OTHER, SUBST, T, WORD.
    """
    i = p.i
    if raw(p, i) not in ("separate", "space", "spaced", "separated"):
        return False
    i += 1
    while p.kinds[i] in ("BETWEEN", "WORD", "SUBST", "OTHER", "AND"):
        i += 1
    if p.kinds[i : i + 3] != ["BY", "NUM", "T"] or p.values[i + 2] not in ("h", "min"):
        return False
    return ended(p, i + 3) and left_aside(p, i + 3)


def bridge(p: State) -> bool:
    """bridge ::= "bridge" [TO | WITH | FOR] [SUBST] up to a sign or "until": what an anticoagulant is given until.

    Also asks for: FOR, SUBST, TO, UNTIL, WITH.
    """
    i = p.i
    if raw(p, i) not in ("bridge", "bridging", "overlap"):
        return False
    i += 1 + (p.kinds[i + 1] in ("TO", "WITH", "FOR"))
    i += p.kinds[i] == "SUBST"
    return (ended(p, i) or p.kinds[i] == "UNTIL") and left_aside(p, i)


def goal(p: State) -> bool:
    """goal ::= "goal" [GT | LE] NUM [DASH NUM] ")" in a bracket behind what is looked at: "trough (goal 15-20)".

    Also asks for: DASH, GT, LE, LP, NUM, RP, TO.
    """
    kinds, i = p.kinds, p.i
    if raw(p, i) not in ("goal", "target", "aim") or not p.remarks or kinds[i - 1] != "LP":
        return False
    told = p.tokens.words(p.remarks[-1][0], p.remarks[-1][1] + 1)
    if p.remarks[-1][1] != i - 2 or LOOKED_AT.isdisjoint(told):
        return False
    i += 1 + (kinds[i + 1] in ("GT", "LE"))
    if kinds[i] != "NUM":
        return False
    i += 3 if kinds[i + 1] in ("DASH", "TO") and kinds[i + 2] == "NUM" else 1
    return kinds[i] == "RP" and left_aside(p, i)


def reached(p: State) -> bool:
    """reached ::= ("fax" | "phone" …) [sign] figures up to the end of the sentence: by which number somebody is reached.

    Also asks for: BAD, DASH, LP, NUM, RP, STOP.
    """
    kinds, i = p.kinds, p.i
    if raw(p, i) not in _CALLED:
        return False
    i += 1
    first = i
    while kinds[i] in ("NUM", "BAD", "DASH", "LP", "RP") or (
        kinds[i] == "STOP" and kinds[i + 1] in ("NUM", "BAD", "LP")
    ):
        i += 1
    text = p.tokens.text[p.tokens.span(first)[0] : p.tokens.span(i - 1)[1]] if i > first else ""
    if sum(sign.isdigit() for sign in text) < _FEWEST_DIGITS or not ended(p, i):
        return False
    return left_aside(p, i)


_CALLED = frozenset("fax faxes phone ph tel telephone call pager ext".split())
_FEWEST_DIGITS = 7


def least_gap(p: State) -> bool:
    """least-gap ::= ["min" [STOP] | GT] span T(hours) ("gap" | "apart") up to a sign: the least time between two doses
    ("min. 4-6 hrs gap").

    Also asks for: DASH, GT, NUM, STOP, T, TO.
    """
    kinds, i = p.kinds, p.i
    headed = raw(p, i) in ("min", "minimum") or kinds[i] == "GT"
    i += headed
    i += headed and kinds[i] == "STOP"
    if kinds[i] != "NUM":
        return False
    i += 2 if kinds[i + 1] in ("DASH", "TO") and kinds[i + 2] == "NUM" else 0
    if kinds[i + 1] != "T" or p.values[i + 1] != "h" or raw(p, i + 2) not in ("gap", "gaps", "interval"):
        return False
    return p.clause.prn and ended(p, i + 3) and left_aside(p, i + 3)
