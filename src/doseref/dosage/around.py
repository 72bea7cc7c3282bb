"""Productions for what stands around a dose: route, form, release, site, method, as-needed and its reason."""

from __future__ import annotations

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.model import Cycle
from doseref.dosage.state import State
from doseref.dosage.words import REASON_HEADS, REASONS

_METHOD_ROUTES = {"swallow": "oral", "inhale": "inhalation", "inject": "injection"}
"""Methods that name a route; "take" names none."""
_SITE_KINDS = frozenset(("SITE", "SIDE", "ROUTE", "A"))
_JOINS = frozenset(("OR", "AND", "SLASH", "COMMA"))


def route(p: State) -> bool:
    """route ::= ROUTE ((OR | "/" | COMMA) ROUTE)*: several are alternatives, each an option of its own."""
    k, v = p.k, p.v
    start = p.i
    found = [v[p.i]]
    p.i += 1
    while k[p.i] in ("OR", "SLASH", "COMMA") and k[p.i + 1] == "ROUTE":
        if v[p.i + 1] not in found:
            found.append(v[p.i + 1])
        p.i += 2
    c = p.c
    if p.k[p.i] == "C" and v[p.i] == "{injection}" and k[p.i - 1] == "ROUTE":
        p.i += 1
    if found == ["injection"]:
        c.routes = c.routes or ("injection",)
        return True
    if not c.routes or c.routes == ("injection",):
        c.routes = tuple(name for name in found if name != "injection")
    elif not set(found) <= set(c.routes):
        if c.routes == ("oral",) and found == ["sublingual"]:
            c.routes = ("sublingual",)
        elif c.routes == ("inhalation",) and found == ["oral"]:
            pass
        else:
            p.tell("a second, different route", start, p.i - 1, "contradiction")
    if k[p.i] in ("SITE",) and k[p.i - 1] == "ROUTE":
        p.i += 1
    return True


def release(p: State) -> bool:
    """release ::= REL: ER, IR, DR, EC."""
    p.c.release = p.v[p.i]
    p.i += 1
    return True


def site(p: State) -> bool:
    """site ::= [INTO | TO | IN | ON | AT | PER | OF] (SIDE | SITE | ROUTE | A)+ [(OR | AND | "/") …]: where it is given."""
    k, v = p.k, p.v
    i = p.i
    prep = k[i]
    if prep in ("INTO", "TO", "IN", "ON", "AT", "PER", "OF", "EVERY", "BETWEEN", "FOR"):
        i += 1
    if k[i] in ("INTO", "TO", "IN", "EVERY", "OF", "ON"):
        i += 1
    first = i - 1 if k[i - 1] == "EVERY" and i > p.i else i
    routes: list[str] = []
    placed = False
    while True:
        kind = k[i]
        if kind == "SITE" or ((kind == "SIDE" or kind == "EVERY") and k[i + 1] in ("SITE", "SIDE", "ROUTE")):
            if kind == "SITE":
                placed = True
                if v[i] and v[i] not in routes:
                    routes.append(v[i])
        elif kind == "ROUTE" and v[i] in (
            "epidural",
            "perineural",
            "intradiscal",
            "intra-articular",
            "nasal",
            "vaginal",
            "rectal",
        ):
            if v[i] not in routes:
                routes.append(v[i])
            placed = True
        elif (
            (kind == "A" and k[i + 1] in _SITE_KINDS)
            or (kind == "OF" and k[i + 1] in ("SITE", "SIDE"))
            or (kind in _JOINS and k[i + 1] in ("SITE", "SIDE") and placed)
            or (
                kind in _JOINS
                and k[i + 1] == "ROUTE"
                and placed
                and v[i + 1] in ("epidural", "perineural", "intradiscal")
            )
        ):
            pass
        elif kind in ("OR", "AND") and k[i + 1] in ("INTO", "TO") and k[i + 2] in _SITE_KINDS and placed:
            i += 1
        elif kind in ("ON", "INTO", "TO", "AT") and placed and k[i + 1] in ("SITE", "SIDE"):
            pass
        else:
            break
        i += 1
    if not placed or (k[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in REASON_HEADS):
        return False
    p.i = i
    c = p.c
    said = p.tokens.said(first, i)
    if said.removeprefix("the ") == "mouth":
        return True  # where a lozenge dissolves, not where it acts
    c.site = said if c.site is None else f"{c.site} {said}"
    if prep == "INTO" and not routes and c.method == "inject" and not c.routes:
        c.routes = ("injection",)
    if routes and (not c.routes or c.routes == ("injection",)):
        c.routes = tuple(routes)
    return True


def eye(p: State) -> bool:
    """eye ::= EYE: OS, OU, O.D. where drops are given."""
    side: str = p.v[p.i]
    p.c.site = side
    p.c.routes = p.c.routes or (("ophthalmic",) if "eye" in side else ("otic",))
    p.i += 1
    return True


def method(p: State) -> bool:
    """method ::= TAKE: take, apply, inject; a frequency word may follow it."""
    c = p.c
    word: str = p.v[p.i]
    c.method = c.method or word
    if word == "wear" and _worn(p):
        return True
    if word in _METHOD_ROUTES and not c.routes:
        c.routes = (_METHOD_ROUTES[word],)
    p.i += 1
    return True


def _worn(p: State) -> bool:
    """worn ::= "leave on" [FOR] [UPTO] NUM hours [REMOVE]: the hours on in a day, the rest off."""
    k, v = p.k, p.v
    i = p.i + 1
    while k[i] in ("FOR", "UPTO", "ON"):
        i += 1
    if k[i] != "NUM" or k[i + 1] != "T" or v[i + 1] != "h" or v[i] >= 24:
        return False
    p.c.cycle = Cycle(v[i], 24 - v[i], "h")
    p.i = i + 2
    while k[p.i] in ("COMMA", "AND", "THEN") and k[p.i + 1] == "REMOVE":
        p.i += 1
    p.skip("REMOVE")
    return True


def as_needed(p: State) -> bool:
    """as-needed ::= PRN [FOR] [reason]."""
    c = p.c
    p.i += 1
    if c.prn and not c.prn_for:
        c.prn = True
    c.prn = True
    told = p.k[p.i] == "FOR" and p.k[p.i + 1] not in NUMBER_KINDS and p.k[p.i + 1] not in ("UPTO", "LE", "A", "MAX")
    if told:
        p.i += 1
    bracketed = p.k[p.i] == "LP" and p.k[p.i + 1] in ("WORD", "SITE")
    if bracketed:
        p.i += 1
    words = reason(p, told or bracketed)
    if bracketed and p.k[p.i] != "RP":
        p.depth += 1
    elif bracketed:
        p.i += 1
    if words:
        c.prn_for = words
    if p.k[p.i] == "GT" and p.k[p.i + 1] == "NUM":
        p.tell("a threshold", p.i, p.i + 1)
        p.i += 2
    return True


def if_(p: State) -> bool:
    """if ::= IF reason: as needed for that; any other condition could turn the meaning round."""
    start = p.i
    p.i += 1
    words = reason(p, False)
    if words is None:
        p.i = start
        return False
    p.c.prn = True
    p.c.prn_for = p.c.prn_for or words
    return True


def reason(p: State, told: bool) -> str | None:
    """reason ::= word+: reason words; after "as needed for" any word up to the next sign or structure."""
    k = p.k
    tokens = p.tokens
    first = i = p.i
    while True:
        kind = k[i]
        if kind == "END":
            break
        word = tokens.raw[tokens.first[i]]
        if (
            (kind in ("WORD", "SITE", "SIDE") and (word in REASONS or told))
            or (
                word in REASONS
                and i > first
                and (k[i + 1] in ("WORD", "SITE", "SIDE") and (told or tokens.raw[tokens.first[i + 1]] in REASONS))
            )
            or (
                kind in ("SLASH", "COMMA", "AND")
                and i > first
                and k[i + 1] == "WORD"
                and tokens.raw[tokens.first[i + 1]] in REASON_HEADS
            )
            or (told and kind in ("ID", "SUBST", "WHEN", "TAPER") and (i > first or kind != "WHEN"))
            or (kind == "DASH" and i > first and k[i + 1] == "WORD")
        ):
            i += 1
        else:
            break
    if i == first:
        return None
    p.i = i
    return tokens.said(first, i)
