"""Productions for what stands around a dose: route, form, release, site, method, as-needed and its reason."""

from __future__ import annotations

from typing import Any

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.model import Cycle
from doseref.dosage.reasons import REASON_HEADS, REASONS
from doseref.dosage.state import State

_METHOD_ROUTES = {"swallow": "oral", "inhale": "inhalation", "inject": "injection"}
"""Methods that name a route; "take" names none."""
_SITE_KINDS = frozenset(("SITE", "SIDE", "ROUTE", "A"))
_JOINS = frozenset(("OR", "AND", "SLASH", "COMMA"))


def route(p: State) -> bool:
    """route ::= ROUTE ((OR | "/" | COMMA) ROUTE)*: several are alternatives, each an option of its own.

    Also asks for: C, SITE.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    found = [values[p.i]]
    p.i += 1
    while kinds[p.i] in ("OR", "SLASH", "COMMA") and kinds[p.i + 1] == "ROUTE":
        if values[p.i + 1] not in found:
            found.append(values[p.i + 1])
        p.i += 2
    clause = p.clause
    if p.kinds[p.i] == "C" and values[p.i] == "{injection}" and kinds[p.i - 1] == "ROUTE":
        p.i += 1
    if found == ["injection"]:
        clause.routes = clause.routes or ("injection",)
        return True
    if not clause.routes or clause.routes == ("injection",):
        clause.routes = tuple(name for name in found if name != "injection")
    elif not set(found) <= set(clause.routes):
        if clause.routes == ("oral",) and found == ["sublingual"]:
            clause.routes = ("sublingual",)
        elif clause.routes != ("inhalation",) or found != ["oral"]:  # "inhale by mouth" is inhaled
            p.tell("a second, different route", start, p.i - 1, "contradiction")
    if kinds[p.i] in ("SITE",) and kinds[p.i - 1] == "ROUTE":
        p.i += 1
    return True


def release(p: State) -> bool:
    """release ::= REL: ER, IR, DR, EC."""
    p.clause.release = p.values[p.i]
    p.i += 1
    return True


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
        elif words := _connecting(kinds, values, i, placed):
            i += words - 1
        elif kind == "NUM" and i == p.i + 1 and not placed and _one_of(p, i):
            pass  # "in one nostril"
        else:
            break
        i += 1
    if not placed or (kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in REASON_HEADS):
        return spread_on(p)
    p.i = i
    clause = p.clause
    said = p.tokens.said(first, i)
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
    """spread-on ::= (TO | ON | INTO) (WORD | SITE | SIDE | A | OF | AND | OR)+ behind "apply", a cream or a patch: any place ("to plaques", "to low back").

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


def eye(p: State) -> bool:
    """eye ::= EYE: OS, OU, O.D. where drops are given."""
    side: str = p.values[p.i]
    p.clause.site = side
    p.clause.routes = p.clause.routes or (("ophthalmic",) if "eye" in side else ("otic",))
    p.i += 1
    return True


def by(p: State) -> bool:
    """by ::= BY site ["route"]: "by Each Nare route", as order systems write it.

    Also asks for: EVERY, SIDE, SITE.
    """
    if p.kinds[p.i + 1] not in ("EVERY", "SIDE", "SITE"):
        return False
    p.i += 1
    return site(p) and "route" in p.tokens.raw[p.tokens.last[p.i - 1] : p.tokens.first[p.i]]


def method(p: State) -> bool:
    """method ::= TAKE: take, apply, inject; a frequency word may follow it."""
    clause = p.clause
    word: str = p.values[p.i]
    clause.method = clause.method or word
    if word == "wear" and _worn(p):
        return True
    if word in _METHOD_ROUTES and not clause.routes:
        clause.routes = (_METHOD_ROUTES[word],)
    p.i += 1
    return True


def _worn(p: State) -> bool:
    """worn ::= "leave on" [FOR] [UPTO] NUM hours [REMOVE]: the hours on in a day, the rest off.

    Also asks for: AND, COMMA, ON, T, THEN.
    """
    kinds, values = p.kinds, p.values
    i = p.i + 1
    while kinds[i] in ("FOR", "UPTO", "ON"):
        i += 1
    if kinds[i] != "NUM" or kinds[i + 1] != "T" or values[i + 1] != "h" or values[i] >= 24:
        return False
    p.clause.cycle = Cycle(values[i], 24 - values[i], "h")
    p.i = i + 2
    while kinds[p.i] in ("COMMA", "AND", "THEN") and kinds[p.i + 1] == "REMOVE":
        p.i += 1
    p.skip("REMOVE")
    return True


def as_needed(p: State) -> bool:
    """as-needed ::= PRN [FOR] [reason].

    Also asks for: A, GT, LE, LP, MAX, NUM, RP, SITE, UPTO, WORD.
    """
    clause = p.clause
    p.i += 1
    if clause.prn and not clause.prn_for:
        clause.prn = True
    clause.prn = True
    told = (
        p.kinds[p.i] == "FOR"
        and p.kinds[p.i + 1] not in NUMBER_KINDS
        and p.kinds[p.i + 1] not in ("UPTO", "LE", "A", "MAX")
    )
    if told:
        p.i += 1
    bracketed = p.kinds[p.i] == "LP" and p.kinds[p.i + 1] in ("WORD", "SITE")
    if bracketed:
        p.i += 1
    words = reason(p, told or bracketed or may_be_reason(p, p.i))
    if words and p.kinds[p.i] in ("NUM", "LP"):
        scale(p)
    if bracketed and p.kinds[p.i] != "RP":
        p.depth += 1
    elif bracketed:
        p.i += 1
    if words:
        clause.prn_for = words
    threshold(p)
    return True


_DEGREES = frozenset("f c fahrenheit celsius deg degrees degree mmhg systolic diastolic bpm".split())


def threshold(p: State) -> bool:
    """threshold ::= (GT | LE) NUM [SLASH NUM] [degrees]: the reading from which on it is needed; no number of anything
    taken.

    Also asks for: BAD, C, FREQ, T, U, WORD.
    """
    kinds, i = p.kinds, p.i
    if kinds[i] not in ("GT", "LE") or kinds[i + 1] != "NUM" or not p.clause.prn_for:
        return False
    i += 4 if kinds[i + 2] == "SLASH" and kinds[i + 3] == "NUM" else 2
    while (kinds[i] == "BAD" and p.tokens.raw[p.tokens.first[i]] in ("°", "º")) or (
        kinds[i] in ("WORD", "U") and p.tokens.raw[p.tokens.first[i]] in _DEGREES
    ):
        i += 1
    if kinds[i] in ("U", "C", "T", "FREQ", "NUM"):
        p.tell("a threshold", p.i, i - 1)
    p.i = i
    return True


def scale(p: State) -> None:
    """scale ::= ["("] ["scale" | "score" | "level" …] NUM [(DASH | TO) NUM] [")"]: how bad a pain is, on a scale to
    ten.

    Also asks for: SLASH, WORD.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    bracketed = kinds[i] == "LP"
    word = p.tokens.raw[p.tokens.first[i - 1]]
    i += bracketed
    while kinds[i] == "WORD" and bracketed:
        word = p.tokens.raw[p.tokens.first[i]]
        i += 1
    of_ten = any(kinds[j : j + 2] == ["SLASH", "NUM"] and values[j + 1] == _WORST for j in (i + 1, i + 3))
    if (
        not (bracketed or word in ("scale", "score", "level", "rating") or (of_ten and word in ("pain", "pains")))
        or kinds[i] != "NUM"
        or values[i] > _WORST
    ):
        return
    i += 1
    if kinds[i] in ("DASH", "TO") and kinds[i + 1] == "NUM" and values[i + 1] <= _WORST:
        i += 2
    if kinds[i] == "SLASH" and kinds[i + 1] == "NUM" and values[i + 1] == _WORST:
        i += 2
    if bracketed and kinds[i] != "RP":
        return
    p.i = i + bracketed


_WORST = 10
"""The worst pain on the scale."""


def if_(p: State) -> bool:
    """if ::= IF reason: as needed for that."""
    start = p.i
    p.i += 1
    words = reason(p, False)
    if words is None:
        p.i = start
        return False
    p.clause.prn = True
    p.clause.prn_for = p.clause.prn_for or words
    threshold(p)
    return True


_LINKS = frozenset(("OF", "TO", "IN", "A", "WITH", "BETWEEN", "AND", "OR", "SLASH", "DASH", "BY", "AFTER", "ON"))
"""What may join two words of a reason: "inflammation of the gut", "pain after surgery"."""
SLIPS = (
    "dail",
    "hour",
    "week",
    "mont",
    "twic",
    "twis",
    "thri",
    "evry",
    "evey",
    "ever",
    "once",
    "time",
    "tabl",
    "caps",
    "fort",
)
"""Beginnings of misspelled words of frequency, which are no reason."""


def may_be_reason(p: State, i: int) -> bool:
    """Whether an unknown word behind "as needed" or "for" may be a reason."""
    word = p.tokens.raw[p.tokens.first[i]]
    kind = p.kinds[i]
    if kind == "NEG":
        return _allergic(p, i)
    if word in REASONS or kind in ("SITE", "SIDE"):
        return True
    long = len(word) > 3 or (len(word) == 3 and p.kinds[i + 1] in ("WORD", "SITE"))  # "hot flashes", "dry skin"
    return kind == "WORD" and long and word.isalpha() and not word.startswith(SLIPS)


_ALLERGIC = frozenset(
    "season relief flare flares attack rhinitis conjunctivitis reaction reactions symptoms asthma dermatitis eczema "
    "cough sinusitis itch itching".split()
)


def _allergic(p: State, i: int) -> bool:
    """Whether "allergy" or "allergic rhinitis" is what something is taken for, and no warning."""
    raw, first = p.tokens.raw, p.tokens.first
    word, after = raw[first[i]], raw[first[i + 1]]
    if word == "allergic":
        return after in _ALLERGIC
    return word == "allergy" and (p.kinds[i + 1] in ("END", "STOP", "COMMA") or after in _ALLERGIC)


def reason(p: State, told: bool) -> str | None:
    """reason ::= word+: reason words; after "as needed for" any word up to the next sign or structure.

    Also asks for: A, AND, COMMA, DASH, END, ID, NEG, OF, SIDE, SITE, SLASH, STOP, SUBST, TAPER, TO, WHEN, WORD.
    """
    kinds = p.kinds
    tokens = p.tokens
    first = i = p.i
    while True:
        kind = kinds[i]
        if kind == "END":
            break
        word = tokens.raw[tokens.first[i]]
        after = kinds[i + 1]
        if (
            (kind in ("WORD", "SITE", "SIDE") and (word in REASONS or told))
            or (
                word in REASONS
                and i > first
                and not (kind == "TO" and after in ("SITE", "SIDE"))
                and (after in ("WORD", "SITE", "SIDE") and (told or tokens.raw[tokens.first[i + 1]] in REASONS))
            )
            or (
                kind in ("SLASH", "COMMA", "AND")
                and i > first
                and after == "WORD"
                and tokens.raw[tokens.first[i + 1]] in REASON_HEADS
            )
            or (told and kind == "NEG" and _allergic(p, i))
            or (told and kind in ("ID", "SUBST", "TAPER") and i > first)
            or (told and kind == "SUBST" and after in ("WORD", "END", "STOP", "COMMA"))
            or (told and kind == "WHEN" and (i > first or after == "WORD"))
            or (
                told and kind in _LINKS and i > first and after in ("WORD", "SUBST", "A") and kinds[i - 1] not in _LINKS
            )
            or (told and kind == "A" and i > first and kinds[i - 1] in _LINKS and after in ("WORD", "SUBST"))
            or (kind == "OF" and told and i > first and after in ("SITE", "SIDE"))
            or (kind == "DASH" and i > first and after == "WORD")
        ):
            i += 1
        else:
            break
    if i == first:
        return None
    p.i = i
    return tokens.said(first, i)
