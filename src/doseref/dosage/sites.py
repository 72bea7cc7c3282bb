"""Productions for where it is given: places, sides, eyes and ears."""

from __future__ import annotations

from typing import Any

from doseref.dosage import pairs
from doseref.dosage.as_needed import SLIPS
from doseref.dosage.reasons import REASON_HEADS
from doseref.dosage.state import State

_SITE_KINDS = frozenset(("SITE", "SIDE", "ROUTE", "A"))
_JOINS = frozenset(("OR", "AND", "SLASH", "COMMA"))


_ROUND = frozenset(("around", "near", "behind", "beside"))
_ORGANS = frozenset(("ophthalmic", "otic", "nasal"))
"""Routes of organs around which there is skin: "behind the ear", "around the nose"."""
_INNER = ("epidural", "perineural", "intradiscal")
_PLACES = ("intra-articular", "nasal", "vaginal", "rectal")
"""Words of routes that name the place itself."""


def site(p: State) -> bool:
    """site ::= [INTO | TO | IN | ON | AT | PER | OF] (SIDE | SITE | ROUTE | A)+ [(OR | AND | "/") …]: where it is
    given.

    Also asks for: BETWEEN, EVERY, FOR, NUM, WORD.
    """
    kinds, values = p.kinds, p.values
    begin = i = p.i
    prep = kinds[i]
    if prep in ("INTO", "TO", "IN", "ON", "AT", "PER", "OF", "EVERY", "BETWEEN", "FOR"):
        i += 1
    if kinds[i] in ("INTO", "TO", "IN", "EVERY", "OF", "ON"):
        i += 1
    first = i - 1 if kinds[i - 1] == "EVERY" and i > p.i else i
    routes: list[str] = []
    placed = False
    while True:
        kind = kinds[i]
        if kind == "SITE" or ((kind == "SIDE" or kind == "EVERY") and kinds[i + 1] in ("SITE", "SIDE", "ROUTE")):
            if kind == "SITE":
                placed = True
                if values[i] and values[i] not in routes:
                    routes.append(values[i])
        elif kind == "ROUTE" and (values[i] in _INNER or values[i] in _PLACES):
            if values[i] not in routes:
                routes.append(values[i])
            placed = True
        elif words := pairs.leading(p, i) or _connecting(kinds, values, i, placed):
            i += words - 1
        elif kind == "NUM" and i == p.i + 1 and not placed and _one_of(p, i):
            pass  # "in one nostril"
        else:
            break
        i += 1
    if not placed or (kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in REASON_HEADS):
        return pairs.both(p) or spread_on(p)
    p.i = i
    clause = p.clause
    said = pairs.in_full(p.tokens.said(first, i).split())
    if prep == "PER":
        said = f"each {said}"
    if said.removeprefix("the ") == "mouth":
        return True  # where a lozenge dissolves, not where it acts
    clause.site = said if clause.site is None else f"{clause.site} {said}"
    if p.tokens.raw[p.tokens.first[begin]] in _ROUND and set(routes) <= _ORGANS and routes:
        routes = ["transdermal" if clause.form == "patch" else "topical"]
    if prep == "INTO" and not routes and clause.method == "inject" and not clause.routes:
        clause.routes = ("injection",)
    if routes and (not clause.routes or clause.routes == ("injection",)):
        clause.routes = tuple(routes)
    return True


_SPREAD = frozenset(("cream", "gel", "ointment", "lotion", "foam", "paste", "patch", "powder"))
_SPREADING = frozenset(("apply", "rub", "massage", "wear"))
_LONGEST_PLACE = 5
"""More words than this name no place."""


def spread_on(p: State) -> bool:
    """spread-on ::= (TO | ON | INTO) (WORD | SITE | SIDE | A | OF | AND | OR)+ behind "apply", a cream or a patch:
    any place ("to plaques", "to low back").

    Also asks for: TO, WORD.
    """
    kinds, raw, first, clause = p.kinds, p.tokens.raw, p.tokens.first, p.clause
    if (
        kinds[p.i] not in ("TO", "ON", "INTO")
        or clause.site
        or p.maximum
        or raw[first[p.i]] in ("til", "thru", "through")
    ):
        return False
    if not (clause.method in _SPREADING or clause.form in _SPREAD or (clause.count and clause.count[2] == "{patch}")):
        return False
    i = p.i + 1
    while (
        kinds[i] in ("WORD", "SITE", "SIDE")
        or (kinds[i] in ("A", "OF") and kinds[i + 1] in ("WORD", "SITE", "SIDE"))
        or (kinds[i] in ("AND", "OR") and i > p.i + 1 and kinds[i + 1] in ("WORD", "SITE", "SIDE"))
    ):
        if raw[first[i]].startswith(SLIPS) or not raw[first[i]].isalpha():
            return False
        i += 1
    if not 1 < i - p.i <= _LONGEST_PLACE or "WORD" not in kinds[p.i : i]:
        return False
    clause.site = p.tokens.said(p.i + 1, i)
    if clause.form != "patch" and not (clause.count and clause.count[2] == "{patch}"):
        clause.routes = clause.routes or ("topical",)
    p.i = i
    return True


def spread_elsewhere(p: State, i: int) -> bool:
    """Whether an ointment goes on a place at ``i`` that is no eye: "oint od to plaques" is once a day.

    Also asks for: INTO, ON, TO.
    """
    if p.clause.form != "ointment" or p.kinds[i] not in ("TO", "ON", "INTO"):
        return False
    said = p.tokens.raw[p.tokens.first[i] + 1 : p.tokens.first[i] + 1 + _LONGEST_PLACE]
    return bool(said[:1]) and not any(word.startswith(("eye", "lid", "lash")) for word in said) and said[0].isalpha()


def _one_of(p: State, i: int) -> bool:
    """Whether "one" is said of a place: "in one nostril", "to one knee"."""
    return p.tokens.raw[p.tokens.first[i]] == "one" and p.kinds[i + 1] in ("SITE", "SIDE")


def _connecting(kinds: list[str], values: list[Any], i: int, placed: bool) -> int:
    """How many words at ``i`` lead on to the next place ("of the left", "and", "or into"); 0 where none does."""
    kind, after = kinds[i], kinds[i + 1]
    if (kind == "A" and after in _SITE_KINDS) or (kind == "OF" and after in ("SITE", "SIDE")):
        return 1
    if not placed:
        return 0
    if kind in _JOINS:
        if after in ("SITE", "SIDE") or (after == "ROUTE" and values[i + 1] in _INNER):
            return 1
        return 2 if kind in ("OR", "AND") and after in ("INTO", "TO") and kinds[i + 2] in _SITE_KINDS else 0
    return 1 if kind in ("ON", "INTO", "TO", "AT") and after in ("SITE", "SIDE") else 0


_GIVERS = frozenset(
    "daughter son wife husband mother father mum mom dad spouse partner parent parents nurse nurses carer carers "
    "caregiver caregivers staff family school".split()
)
"""Who gives a medicine to somebody."""


_CARE = frozenset("clinic surgery outpatients office gp".split())
_WHOSE = frozenset("the gp doctor's dr hospital infusion specialist my her his".split())


_SIGNS = frozenset(("END", "STOP", "COMMA", "RP"))


def of_care(p: State) -> bool:
    """place-of-care ::= (IN | AT) ["the"] place behind a dose: where it is given ("60 mg SC q6 months in clinic").

    Behind days of the week it may be that it is taken elsewhere on the others.

    Also asks for: A, COMMA, DAYW, END, EVERY, LP, RP, STOP.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i + 1
    if not (p.clause.dosed or p.clause.timed) or p.clause.days or "DAYW" in kinds[max(0, p.i - 1) : p.i]:
        return False
    while kinds[i] != "END" and (kinds[i] == "A" or (raw[first[i]] in _WHOSE and kinds[i + 1] not in _SIGNS)):
        i += 1
    if raw[first[i]] not in _CARE or kinds[i + 1] not in ("END", "STOP", "COMMA", "RP", "LP", "EVERY"):
        return False
    p.i = i + 1
    return True


def by(p: State) -> bool:
    """by ::= BY site ["route"] | BY person: "by Each Nare route", as order systems write it; "by daughter", who gives
    it.

    Also asks for: COMMA, END, EVERY, RP, SIDE, SITE, STOP.
    """
    if p.tokens.raw[p.tokens.first[p.i + 1]] in _GIVERS and p.kinds[p.i + 2] in ("END", "STOP", "COMMA", "RP"):
        p.i += 2
        return p.clause.dosed
    if p.kinds[p.i + 1] not in ("EVERY", "SIDE", "SITE"):
        return False
    p.i += 1
    return site(p) and "route" in p.tokens.raw[p.tokens.last[p.i - 1] : p.tokens.first[p.i]]
