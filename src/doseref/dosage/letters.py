"""Productions for what a letter says behind a whole dose: that it was changed or begun, and why; what somebody is to do
with it later; how far a course is and when it ends.

None of it is the dose. Each is known by who is spoken of or by a word of the past, and none holds an amount but the one
that was taken before, a frequency, a condition of its own, or a word that turns round, adds or ends.
"""

from __future__ import annotations

from doseref.dosage import happenings
from doseref.dosage.asides import TURNING
from doseref.dosage.courses import day_of_course
from doseref.dosage.dates import date_at
from doseref.dosage.endings import ends
from doseref.dosage.letter_words import LONGEST, ended, left_aside, raw
from doseref.dosage.note_words import REVERSING
from doseref.dosage.plans import (
    bridge,
    directed,
    goal,
    kept_apart,
    least_gap,
    looked_at,
    per_who,
    planned,
    reached,
    then_planned,
)
from doseref.dosage.remarks import PAST, complete
from doseref.dosage.replaced import old_dose
from doseref.dosage.stamps import stamped
from doseref.dosage.state import State
from doseref.dosage.ward_notes import on_a_ward, to_tablets

BEGINS = frozenset(
    "WORD RAISE TITR TITRDN TAPER CHANGE C T NUM UPWARD INIT REL SITE FORM TO OR REPEAT GT BAD THEN HOLD PER COURSE ID WATER".split()
)
"""What such words begin with, which other productions would take as part of the dosage."""
_AMOUNTS = frozenset(("NUM", "T", "C", "BAD", "SITE", "FORM"))
"""What most often is of the dosage, and of a letter behind a sign only."""
_SIGNS = frozenset(("LP", "NOTE", "DISP"))


def ahead(p: State) -> bool:
    """letter ::= directed | because | told-change | planned | course | bridge | goal | reached | least-gap | to-tablets | on-a-ward, behind a whole
    instruction and, but for the first two, a sign.

    Also asks for: BAD, C, DISP, FORM, LP, NOTE, NUM, OR, PER, SITE, T, THEN, WORD.
    """
    kind = p.kinds[p.i]
    if kind in _AMOUNTS and p.kinds[p.i - 1] not in _SIGNS and not happenings.opened(p):
        return False
    if kind == "OR" or (kind == "WORD" and raw(p, p.i) in _BECAUSE):
        return directed(p) if kind == "OR" else because(p)
    if kind == "PER":
        return per_who(p)
    if kind == "THEN" and then_planned(p):
        return True
    if raw(p, p.i) in ("off", "done", "finished"):
        return ends(p)
    if kind in ("NUM", "BAD", "WORD", "THEN") and stamped(p):
        return True
    behind_sign = p.kinds[p.i - 1] == "LP" or happenings.opened(p)
    if behind_sign and p.clause.timed and to_tablets(p):
        return True  # also where the name has the strength: "Co-amoxiclav 1000/200 IV 8 hourly, switch to PO when able"
    if not behind_sign or not complete(p):
        return False
    return (
        told_change(p)
        or planned(p)
        or day_of_course(p)
        or looked_at(p)
        or kept_apart(p)
        or bridge(p)
        or goal(p)
        or reached(p)
        or least_gap(p)
        or on_a_ward(p)
    )


# What was changed

_CHANGED = frozenset(
    "increased decreased reduced raised lowered changed uptitrated downtitrated titrated adjusted modified".split()
)
_BEGUN = frozenset("started restarted resumed initiated commenced begun reinitiated".split())
_DOSE = frozenset(("dose", "dosage", "strength"))
_WHY = frozenset("WORD SITE SIDE POP FOR OF A AND SLASH BY AT IN ON AFTER NOTE ID TODAY INIT REL ROUTE".split())
_BECAUSE = frozenset(("due", "secondary", "owing", "attributed", "related", "because"))


def told_change(p: State) -> bool:
    """told-change ::= ["dose"] ("increased" | "started" …) [BETWEEN (old-dose | FREQ)] why* up to the sign: that it was
    changed to what stands before ("- REDUCED from 125 mcg", "dose changed 5/2", "started by psychiatry for depression").

    Also asks for: ADV, BETWEEN, FREQ.
    """
    i = p.i + (raw(p, p.i) in _DOSE)
    if raw(p, i) not in _CHANGED and not (i == p.i and raw(p, i) in _BEGUN):
        return False
    i += 1
    if p.kinds[i] == "BETWEEN":
        i = old_dose(p, i + 1) or (i + 2 if p.kinds[i + 1] in ("FREQ", "ADV") else 0)
        if not i:
            return False
    end = why(p, i)
    return bool(end) and left_aside(p, end)


def why(p: State, i: int) -> int:
    """Where words of why, when and by whom something was changed end, at a sign; 0 where one of them could be of a dose.

    why ::= (word | date | reading | "due" TO | WHEN before a word)*.

    Also asks for: TO, WHEN, WORD.
    """
    kinds, start, because = p.kinds, i, False
    while not ended(p, i) or (kinds[i] == "STOP" and raw(p, i - 1) == "dr"):
        word = raw(p, i)
        if i - start > LONGEST or word in TURNING or word in PAST or (word in REVERSING and word not in _WORDS_OF_WHY):
            return 0
        if (after := date_at(p, i)) > i:
            i = after
            continue
        if word in happenings.READINGS and (after := happenings.one_reading(p, i)):
            i = after
            continue
        told = because and (kinds[i] == "TO" or (kinds[i] == "WHEN" and kinds[i + 1] == "WORD"))
        if kinds[i] not in _WHY and kinds[i] != "STOP" and not told and word not in _TITLES and word != "mdd":
            return 0
        because = because or word in _BECAUSE
        i += 1
    return i


_WORDS_OF_WHY = frozenset(("replacement", "higher"))
_TITLES = frozenset(("dr", "l"))


def because(p: State) -> bool:
    """because ::= (("due" | "secondary") TO | "because" OF) word+ up to the sign, behind a whole instruction: why it is taken, so that no
    time of the day is in it ("at bedtime due to AM hypoglycemia").

    Also asks for: OF, TO, WORD.
    """
    i = p.i
    joined = "OF" if raw(p, i) == "because" else "TO"
    if p.kinds[i] != "WORD" or raw(p, i) not in _BECAUSE or p.kinds[i + 1] != joined or not complete(p):
        return False
    end = why(p, i)
    return end > i + 2 and left_aside(p, end)
