"""Productions for what is taken only where something else does not help: "pain not relieved by paracetamol".

The drug that is named there is only told of: no figure may stand behind it, and what is not wholly understood is left to
the productions that refuse it.
"""

from __future__ import annotations

from doseref.dosage.state import State

FAILS = frozenset("fails failed failing ineffective insufficient inadequate unsuccessful unhelpful unavailable".split())
"""Words by which something does not help."""
HELPS = frozenset(
    "effective enough sufficient adequate working work works helping help helps helpful successful relieving relieve "
    "relieves responding respond responsive relieved controlled managed resolved settled improved alleviated".split()
)
"""Words by which it does, behind "not"."""
RELIEF = frozenset("relief result results response effect improvement success benefit".split())
"""What there is none of: "no relief from"."""
UNRELIEVED = frozenset("unrelieved uncontrolled refractory unresponsive despite".split())
BY = frozenset(("by", "with", "to", "from", "after", "despite"))
_DOES = frozenset("do does did is are was has have been be being".split())
NOT_IN_ONE = frozenset("doesn't didn't don't isn't wasn't hasn't haven't aren't".split())
JOINS = frozenset(("and", "or", "the", "alone", "above", "oral", "po", "first", "line", "other"))
_KINDS = frozenset("WORD SUBST ID A AND OR SLASH NOTE GT ROUTE FORM C DASH OTHER PLUS OF REL".split())
"""Kinds of words that may name what does not help: never a number."""
_ENDS = frozenset(("END", "RP", "STOP"))
_LIMITS = frozenset(("MAX", "MAXD", "MAX1", "MOST", "LE", "NEG"))
LONGEST = 6
"""Words that name what does not help."""


def failing(p: State) -> bool:
    """failing ::= [IF] NEG ("relieved" | "controlled" …) "by" what | [IF] "no" ("relief" | "response" …) [FROM what]
    | IF what ("fails" | "ineffective" … | ["is" | "does"] NEG ("effective" | "help" …)), up to a sign: as needed for that.

    Also asks for: NEG.
    """
    kinds, raw, first, start = p.kinds, p.tokens.raw, p.tokens.first, p.i
    if not (p.clause.dosed or p.clause.timed or p.clause.count):
        return False
    conditioned = kinds[start] == "IF"
    i = start + conditioned
    end = _not_helped(p, i) if kinds[i] == "NEG" else None
    if end is None and conditioned:
        named = i
        while i - named < LONGEST and kinds[i] in _KINDS and raw[first[i]] not in FAILS | _DOES | NOT_IN_ONE:
            i += 1
        end = _does_not(p, i) if i > named else None
    if end is None or not _closed(p, end):
        return False
    p.clause.prn = True
    p.clause.prn_for = p.clause.prn_for or p.tokens.said(start, end)
    p.i = end
    return True


def _not_helped(p: State, i: int) -> int | None:
    """Behind the end of "not relieved by paracetamol", "no relief from it"; ``None`` elsewhere."""
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    none, word = raw[first[i]] == "no", raw[first[i + 1]]
    if word not in (RELIEF if none else HELPS):
        return None
    i += 2
    if raw[first[i]] not in BY:
        return i if none else None
    i += 1
    named = i
    while i - named < LONGEST and kinds[i] in _KINDS:
        i += 1
    return i if i > named else None


def _does_not(p: State, i: int) -> int | None:
    """Behind the end of "fails", "is not effective", "does not help"; ``None`` elsewhere."""
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    while kinds[i] in ("WORD", "NOTE", "BE") and raw[first[i]] in _DOES:
        i += 1
    if raw[first[i]] in FAILS:
        return i + 1
    negated = raw[first[i]] in NOT_IN_ONE or (kinds[i] == "NEG" and raw[first[i]] == "not")
    if negated and raw[first[i + 1]] in HELPS:
        return i + 2
    return None


def _closed(p: State, i: int) -> bool:
    """Whether nothing but a sign, or a maximum behind a comma, follows: "if no relief, take two" is no condition of this
    dose."""
    return p.kinds[i] in _ENDS or (p.kinds[i] == "COMMA" and p.kinds[i + 1] in _LIMITS)
