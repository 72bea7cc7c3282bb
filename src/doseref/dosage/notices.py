"""Productions for notices behind a whole instruction: what is monitored and when, when it begins, initials of a
diagnosis.

A day or a date in a notice is that of the next blood test or visit, never a day on which the drug is taken.
"""

from __future__ import annotations

from doseref.dosage import happenings
from doseref.dosage.dates import MONTHS, date_at
from doseref.dosage.reasons import INITIALS
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_MONITORED = frozenset(
    "level levels inr bloods blood monitoring clinic appointment visit scan lft lfts fbc cbc ecg tfts tsh bmp renal "
    "u&e ue hba1c weights weight trough bmp cmp crp esr labs".split()
)
"""What is looked at or attended, and never taken."""
_ENDS = frozenset(("END", "STOP", "RP", "COMMA"))
_SAID = frozenset("WORD SUBST ID ADV DAYW ON AT IN OF A WITH TODAY POP BEFORE AFTER SLASH PLUS AND".split())
_LONGEST = 12
_LENGTHS = ("d", "wk", "mo", "a")


def monitored(p: State) -> bool:
    """monitored ::= [ADV] (WORD | SUBST)* ("level" | "INR" | …) (WORD | DAYW | date | IN NUM T | by-a-dose)* up to the sign:
    "tacrolimus level due Friday", "weekly CBC/BMP", "level Thursday before AM dose".

    Also asks for: ADV, ID, IN, NUM, SLASH, T.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i
    if kinds[i] == "ADV":
        if raw[first[i + 1]] not in _MONITORED or not complete(p) or not happenings.opened(p):
            return False
        i += 1
    while kinds[i] in ("WORD", "SUBST", "ID") and raw[first[i]] not in _MONITORED and i < p.i + 4:
        i += 1
    if i == len(raw) or raw[first[i]] not in _MONITORED or not complete(p) or not happenings.opened(p):
        return False
    while kinds[i] not in _ENDS:
        if i - p.i > _LONGEST:
            return False
        if (end := date_at(p, i)) > i:
            i = end
            continue
        if kinds[i] == "IN" and kinds[i + 1] == "NUM" and kinds[i + 2] == "T" and p.values[i + 2] in _LENGTHS:
            i += 3
            continue
        if kinds[i] == "IN" and kinds[i + 1 : i + 4] == ["NUM", "SLASH", "NUM"]:
            i += 4  # "in 2/52"
            continue
        if (end := _by_a_dose(p, i)) > i:
            i = end
            continue
        if kinds[i] not in _SAID:
            return False
        i += 1
    p.i = i
    return True


def _by_a_dose(p: State, i: int) -> int:
    """by-a-dose ::= [NUM T] (BEFORE | AFTER | "post" | "pre") (WHEN | ORDN | NUM ORD)* C(dose): by which dose blood is taken; ``i``
    itself where no such words stand there.

    Also asks for: A, C, NUM, T.
    """
    kinds, start = p.kinds, i
    i += 2 if kinds[i : i + 2] == ["NUM", "T"] else 0
    if kinds[i] not in ("BEFORE", "AFTER") and p.tokens.raw[p.tokens.first[i]] not in ("post", "pre"):
        return start
    i += 1
    while kinds[i] in ("WHEN", "ORDN", "NUM", "ORD", "A") or p.tokens.raw[p.tokens.first[i]] in ("next", "following"):
        i += 1
    return i + 1 if kinds[i] == "C" and p.values[i] == "{dose}" else start


def word(p: State) -> bool:
    """notice ::= happening | monitored | coded | prevented | part-of-a-year | initials."""
    return happenings.happening(p) or monitored(p) or coded(p) or prevented(p) or part_of_a_year(p) or initials(p)


def part_of_a_year(p: State) -> bool:
    """part-of-a-year ::= month (TO | DASH) month up to the sign, behind a whole dosage: "daily October to March".

    Also asks for: DASH, TO, WORD.
    """
    raw, first, i = p.tokens.raw, p.tokens.first, p.i
    if raw[first[i]] not in MONTHS or p.kinds[i + 1] not in ("TO", "DASH") or p.kinds[i + 2] != "WORD":
        return False
    if raw[first[i + 2]] not in MONTHS or p.kinds[i + 3] not in _ENDS or not complete(p):
        return False
    p.i = i + 3
    return True


def prevented(p: State) -> bool:
    """prevented ::= WORD of a diagnosis ("ppx" | "prophylaxis") up to the sign: what it is to prevent ("VTE PPX").

    Also asks for: WORD.
    """
    raw, first, i = p.tokens.raw, p.tokens.first, p.i
    if p.kinds[i] != "WORD" or raw[first[i]] not in INITIALS or raw[first[i + 1]] not in _PREVENTS:
        return False
    if not complete(p) or p.kinds[i + 1] != "WORD" or p.kinds[i + 2] not in _ENDS:
        return False
    p.clause.prn_for = p.clause.prn_for or p.tokens.said(i, i + 2)
    p.i = i + 2
    return True


_PREVENTS = frozenset(("ppx", "prophylaxis", "prophy"))


_CODES = frozenset("dx icd icd10 diagnosis".split())


def coded(p: State) -> bool:
    """coded ::= ("dx" | "icd10") [STOP] (ID [STOP NUM])+: the code of a diagnosis ("DX E11.9").

    Also asks for: COMMA, ID, NUM, STOP, WORD.
    """
    kinds, i = p.kinds, p.i + 1
    if p.tokens.raw[p.tokens.first[p.i]] not in _CODES or not complete(p):
        return False
    while kinds[i] in ("STOP", "WORD"):
        i += 1
    if kinds[i] != "ID":
        return False
    while kinds[i] == "ID" or (kinds[i] == "COMMA" and kinds[i + 1] == "ID"):
        i += 1
        if kinds[i : i + 2] == ["STOP", "NUM"] and p.tokens.text[p.tokens.span(i)[1] :][:1].isdigit():
            i += 2
    p.i = i
    return True


def initials(p: State) -> bool:
    """initials ::= WORD in capitals, in a text that is not: a diagnosis or a scheme behind a whole instruction ("- new
    PE", "(MART)").

    Also asks for: WORD.
    """
    text, i = p.tokens.text, p.i
    if not complete(p) or not (happenings.opened(p) or p.tokens.raw[p.tokens.first[i - 1]] in _LEADS) or text.isupper():
        return False
    while p.kinds[i] == "WORD":
        begin, end = p.tokens.span(i)
        if not text[begin:end].isupper() or text[begin:end].lower() not in INITIALS:
            break
        i += 1
    if i == p.i or p.kinds[i] not in _ENDS:
        return False
    p.i = i
    return True


_LEADS = frozenset(("new", "post", "known"))


def begins(p: State) -> bool:
    """begins ::= INIT [IN] NUM T [(AFTER | BEFORE) word*], behind a whole instruction: when it is begun, which is no
    length.

    Also asks for: A, C, SITE, SUBST, WORD.
    """
    kinds = p.kinds
    begun = p.tokens.raw[p.tokens.first[p.i]].startswith(("start", "begin", "commence"))
    if not (begun or p.tokens.said(p.i, p.i + 1) == "first dose") or not complete(p):
        return False
    i = p.i + 1 + (kinds[p.i + 1] == "IN")
    if kinds[i] != "NUM" or kinds[i + 1] != "T":
        return False
    i += 2
    if kinds[i] in ("AFTER", "BEFORE"):
        i += 1
        first = i
        while kinds[i] in ("WORD", "SITE", "A", "SUBST") or (kinds[i] == "C" and p.values[i] == "{dose}" and i > first):
            i += 1
        if i == first:
            return False
    if kinds[i] not in _ENDS:
        return False
    p.i = i
    return True


def from_old(p: State) -> bool:
    """from-old-dose ::= ("up" | "down") BETWEEN NUM [U | C] (FREQ | ADV | WHEN)* up to the sign: what it was before
    ("up from 100 mg tid").

    Also asks for: ROUTE.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    word = raw[first[p.i] - 1] if first[p.i] else ""
    if word not in ("up", "down", "increased", "decreased", "reduced") or kinds[p.i + 1] != "NUM":
        return False
    if not complete(p):
        p.tell("what it was before, or what is taken?", p.i, p.i + 1, "ambiguous")
        p.fatal = True
    i = p.i + 2
    while kinds[i] in ("U", "C", "FREQ", "ADV", "WHEN", "ROUTE"):
        i += 1
    if kinds[i] not in _ENDS:
        return False
    p.i = i
    return True
