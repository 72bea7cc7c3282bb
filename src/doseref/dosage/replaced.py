"""Productions for a dose that was taken before, or is not meant, beside the one that is: only that one counts."""

from __future__ import annotations

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.asides import behind_dash
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_BEFORE = frozenset(("was", "previously", "formerly"))
_NOW = frozenset(("now", "currently"))
_OFTEN = frozenset(("FREQ", "ADV", "WHEN", "ROUTE", "ONCE"))
_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))


def replaced(p: State) -> bool:
    """replaced ::= no-more | not-resumed | was-now | instead-of | told-of-before."""
    return no_more(p) or not_resumed(p) or was_now(p) or instead_of(p) or told_of_before(p)


_AS_BEFORE = frozenset(
    ("as before", "as previously", "like before", "any more", "anymore", "any longer", "as you did before")
)


def no_more(p: State) -> bool:
    """no-more ::= NEG TAKE old-dose "as before" (STOP | COMMA) [TAKE] amount: the dose that is taken no more, before the one
    that is: "do NOT take 2 tablets as before. Take 1 tablet daily".

    Also asks for: COMMA, END, NEG, NUM, STOP, TAKE.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if p.tokens.said(p.i, p.i + 1) not in ("do not", "don't", "dont") or kinds[p.i + 1] != "TAKE" or p.clause.count:
        return False
    end = old_dose(p, p.i + 2)
    i = end
    while end and kinds[i] not in ("STOP", "COMMA", "END") and i < end + 4:
        i += 1
    if (
        not end
        or kinds[i] not in ("STOP", "COMMA")
        or " ".join(raw[p.tokens.last[end - 1] + 1 : first[i]]) not in _AS_BEFORE
    ):
        return False
    if kinds[i + 1] not in NUMBER_KINDS and not (kinds[i + 1] == "TAKE" and kinds[i + 2] in NUMBER_KINDS):
        return False
    p.i = i + 1
    return True


_RESUME = frozenset(("restart", "resume", "return", "revert"))


def not_resumed(p: State) -> bool:
    """not-resumed ::= NEG ("restart" | "resume" …) [TO] old-dose word* up to the end of the sentence, behind a whole
    instruction: "Do not restart 250 mcg daily without cardiology input".

    Also asks for: END, NEG, RP, STOP, TO.
    """
    kinds, i = p.kinds, p.i
    if p.tokens.said(i, i + 1) not in ("do not", "don't", "dont", "not") or not complete(p) or p.depth:
        return False
    word = p.tokens.last[i] + 1
    if p.tokens.raw[word] not in _RESUME:
        return False
    i += p.tokens.first[i + 1] == word  # some of these words mean nothing beside a dose, and are no token
    end = old_dose(p, i + 1 + (kinds[i + 1] == "TO"))
    while end and (kinds[end] in _WHY or (kinds[end] == "NEG" and p.tokens.said(end, end + 1) == "without")):
        end += 1
    if not end or kinds[end] not in ("END", "STOP", "RP"):
        return False
    p.remarks.append((p.i, end - 1))
    p.i = end
    return True


_TAKEN = frozenset(("took", "taken", "tried", "had", "started", "used"))
_ON = frozenset(("on", "taking"))


def told_of_before(p: State) -> bool:
    """told-of-before ::= ("was" [ON] | "previously" [ON] | "never" ("took" | "tried" …) [A]) (old-dose | how-often) up to
    the end of the sentence, behind a whole instruction and a sign: "30 mg daily, previously 40 mg", "- was daily".

    Also asks for: A, COMMA, END, LP, ON, RP, STOP, TAKE, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    said = raw[first[p.i]]
    i = p.i + 1
    if p.depth or not complete(p) or not (kinds[p.i - 1] in ("STOP", "COMMA") or behind_dash(p)):
        return False
    if said == "never":
        if raw[first[i]] not in _TAKEN:
            return False
        i += 1
        while kinds[i] == "A":
            i += 1
    elif said in _BEFORE:
        while kinds[i] in ("ON", "TAKE", "WORD") and raw[first[i]] in _ON:
            i += 1
    else:
        return False
    end = old_dose(p, i) or (_how_often(p, i) if said != "never" else 0)
    if not end or kinds[end] not in ("END", "STOP", "LP", "COMMA", "RP") or kinds[end + 1] in NUMBER_KINDS:
        return False
    p.i = end
    return True


def _how_often(p: State, i: int) -> int:
    """how-often ::= FREQ | ADV | ONCE (ADV | A T) | WHEN, with a time of the day or days of the week: where the words that say
    how often it was taken end; 0 where none stand at ``i``.

    Also asks for: A, DAYW, ON, T.
    """
    kinds = p.kinds
    if kinds[i] == "ONCE" and kinds[i + 1] == "A" and kinds[i + 2] == "T":
        i += 3
    elif kinds[i] in ("FREQ", "ADV", "WHEN") or (kinds[i] == "ONCE" and kinds[i + 1] == "ADV"):
        i += 1 + (kinds[i] == "ONCE")
    else:
        return 0
    while kinds[i] in ("WHEN", "DAYW") or (kinds[i] == "ON" and kinds[i + 1] == "DAYW"):
        i += 1
    return i


def was_now(p: State) -> bool:
    """was-now ::= ("was" | "previously") old-dose [COMMA | STOP | ARROW] "now", before the new dose: "was 20 mg daily,
    now 40 mg daily".
    """
    kinds = p.kinds
    if p.tokens.said(p.i, p.i + 1) not in _BEFORE or p.clause.dosed or p.clause.timed:
        return False
    end = old_dose(p, p.i + 1)
    if not end:
        return False
    if kinds[end] in ("COMMA", "STOP", "ARROW"):
        end += 1
    if p.tokens.raw[p.tokens.first[end]] not in _NOW or kinds[end + 1] not in NUMBER_KINDS:
        return False
    p.i = end + 1
    return True


def instead_of(p: State) -> bool:
    """instead-of ::= "instead" OF (old-dose | SUBST [old-dose]) up to the sign, behind a whole instruction: "20 mg daily
    instead of 10 mg", "5 mg bd instead of warfarin".
    """
    if p.tokens.said(p.i, p.i + 1) != "instead" or p.kinds[p.i + 1] != "OF" or not complete(p) or p.depth:
        return False
    drug = p.kinds[p.i + 2] == "SUBST"
    end = old_dose(p, p.i + 2 + drug) or (p.i + 3 if drug else 0)
    if not end or p.kinds[end] not in _ENDS:
        return False
    if drug:
        p.remarks.append((p.i, end - 1))
    p.i = end
    return True


def bracketed(p: State) -> bool:
    """bracketed ::= not-that | another-drug | why-changed | at-home."""
    return not_that(p) or another_drug(p) or why_changed(p) or at_home(p)


_AT_HOME = frozenset("home prior previous old usual preadmission admission outpatient".split())
_DOSE = frozenset("dose regimen rx med medication".split())


def at_home(p: State) -> bool:
    """at-home ::= "(" ("home" | "previous" …) ("dose" | "regimen") ["was"] old-dose [sign RAISE word*] ")" behind a whole
    instruction: "(Home regimen was 20 mg BID; increased for ADHF)".

    Also asks for: COMMA, EQ, LP, NEG, RP, STOP.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i + 1
    after = p.tokens.last[p.i] + 1
    words: list[str] = []
    while raw[after] in _AT_HOME | _DOSE and len(words) < 4:
        words.append(raw[after])
        after += 1
    if not complete(p) or p.depth or not _AT_HOME.intersection(words) or not _DOSE.intersection(words):
        return False
    while first[i] < after:
        i += 1
    if kinds[i] in ("STOP", "EQ") or (kinds[i] == "NEG" and p.tokens.said(i, i + 1) == "was"):
        i += 1
    end = old_dose(p, i)
    if end and kinds[end] in ("STOP", "COMMA") and kinds[end + 1] == "RAISE":
        end += 2
        while kinds[end] in _WHY:
            end += 1
    if not end or kinds[end] != "RP":
        return False
    p.remarks.append((p.i + 1, end - 1))
    p.i = end + 1
    return True


def not_that(p: State) -> bool:
    """not-that ::= "(" "not" old-dose ")" behind another amount in the same unit: "50 mg (NOT 100 mg) once daily".

    Also asks for: LP, NEG, RP, U.
    """
    masses, i = p.clause.masses, p.i + 1
    if p.kinds[i] != "NEG" or p.tokens.said(i, i + 1) != "not" or len(masses) != 1 or p.depth:
        return False
    end = old_dose(p, i + 1)
    if not end or p.kinds[end] != "RP" or p.kinds[i + 2] != "U" or p.values[i + 2] != masses[0].unit:
        return False
    if masses[0].low <= p.values[i + 1] <= masses[0].high:
        return False
    p.i = end + 1
    return True


_REPLACES = frozenset(("replaces", "replacing"))


def another_drug(p: State) -> bool:
    """another-drug ::= "(" ("replaces" | "instead" OF) (SUBST | WORD)+ [old-dose] word* ")": the drug whose place it took,
    which is taken no more: "(replaces ramipril 10 mg, stopped due to cough)".

    Also asks for: LP, NEG, RP, SUBST.
    """
    kinds, i = p.kinds, p.i + 1
    if p.tokens.raw[p.tokens.first[i]] not in _REPLACES and not (
        kinds[i : i + 2] == ["NEG", "OF"] and p.tokens.said(i, i + 1) == "instead"
    ):
        return False
    if not complete(p) or p.depth:
        return False
    i += 2 if kinds[i] == "NEG" else 1
    if kinds[i] not in ("SUBST", "WORD"):
        return False
    while kinds[i] in ("SUBST", "WORD"):
        i += 1
    i = old_dose(p, i) or i
    while kinds[i] in _WHY or (kinds[i] == "NEG" and p.tokens.said(i, i + 1) in _ENDED):
        i += 1
    if kinds[i] != "RP":
        return False
    p.remarks.append((p.i + 1, i - 1))
    p.i = i + 1
    return True


_FAR = 30
"""Words before a bracket in which what it explains is looked for."""
_WHY = frozenset("COMMA WORD OF TO FOR BY SITE SIDE A WITH AND FORM".split())
_ENDED = frozenset("stopped ceased discontinued withdrawn withheld".split())


def why_changed(p: State) -> bool:
    """why-changed ::= "(" RAISE word+ ")" behind what the dose was before: "previously 250 mcg daily (reduced for renal
    function)".

    Also asks for: LP, POP, RP.
    """
    kinds, i = p.kinds, p.i + 1
    raw = p.tokens.raw
    if (
        kinds[i] != "RAISE"
        or not complete(p)
        or _BEFORE.isdisjoint(raw[max(0, p.tokens.first[i] - _FAR) : p.tokens.first[i]])
    ):
        return False
    first = i = i + 1
    while kinds[i] in _WHY or kinds[i] == "POP":
        i += 1
    if kinds[i] != "RP" or i == first:
        return False
    p.remarks.append((p.i + 1, i - 1))
    p.i = i + 1
    return True


def old_dose(p: State, i: int) -> int:
    """Where the old dose at ``i`` ends, an amount and how often, or a row of a day's doses; 0 where there is none.

    Also asks for: ADV, FREQ.
    """
    kinds = p.kinds
    if kinds[i] != "NUM":
        return 0
    if kinds[i + 1 : i + 5] == ["DASH", "NUM", "DASH", "NUM"]:
        return i + 7 if kinds[i + 5 : i + 7] == ["DASH", "NUM"] else i + 5  # "was 1-1-2"
    i += 1
    if kinds[i] in ("FREQ", "ADV"):
        return i + 1  # "was 1 od"
    if kinds[i] == "DASH" and kinds[i + 1] == "NUM":
        i += 2
    if kinds[i] not in ("U", "C"):
        return 0
    i += 1
    while kinds[i] in _OFTEN or (kinds[i] in ("SLASH", "PER", "A") and kinds[i + 1] == "T"):
        i += 1 if kinds[i] in _OFTEN else 2
    return i
