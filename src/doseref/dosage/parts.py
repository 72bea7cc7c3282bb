"""What productions of amounts share: the clause an amount belongs to, the form after it, the ingredient beside it."""

from __future__ import annotations

from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF


def adjective(p: State) -> bool:
    """adjective ::= (REL | ROUTE | FORM)+ C: what kind of tablet is counted; a powder counted is a sachet."""
    k, v = p.k, p.v
    start = i = p.i
    while k[i] in ("REL", "ROUTE", "FORM") and k[i + 1] in ("REL", "ROUTE", "FORM", "C"):
        i += 1
    if k[i] == "FORM" and v[i] == "powder":
        k[i], v[i] = "C", "{sachet}"
    if k[i] != "C":
        return False
    for j in range(start, i):
        if k[j] == "REL":
            p.c.release = v[j]
        elif k[j] == "ROUTE":
            p.c.routes = p.c.routes or (v[j],)
    p.i = i
    return True


def place(p: State, start: int) -> Clause:
    """The clause that an amount belongs to: a new one where the one at hand has its amount and its time."""
    c = p.c
    if not c.dosed or p.depth:
        return c
    if c.from_day is not None or (c.timed and c.duration is not None and p.link == ","):
        made = p.clause("then")
    elif c.timed and (p.link == "and" or c.when or c.at or c.days):
        made = p.clause("then" if p.link == "and" and c.doses_total is not None and not c.when else "and")
    elif c.timed:
        made = p.clause("?")
    else:
        return c
    made.start = start
    return made


def each(p: State) -> bool:
    """Whether the word at hand is "each" in the sense of "apiece"."""
    return p.tokens.raw[p.tokens.first[p.i]] == "each" and p.k[p.i + 1] not in (
        "NUM",
        "T",
        "WHEN",
        "DAYW",
        "MEAL",
        "HALF",
        "DASH",
        "SITE",
        "SIDE",
        "ORDN",
    )


def name_before(p: State, start: int) -> str | None:
    """The ingredient named right before an amount, or ``None``."""
    i = start
    while i > 0 and p.k[i - 1] == "SUBST":
        i -= 1
    return " ".join(p.tokens.words(i, start)) if i < start else None


def substance(p: State) -> str | None:
    """substance ::= [OF] SUBST [ID] (("/" | PLUS | AND | DASH) SUBST)*; the words as written."""
    k = p.k
    i = p.i + 1 if k[p.i] == "OF" and k[p.i + 1] == "SUBST" else p.i
    if k[i] != "SUBST":
        return None
    first = i
    while True:
        while k[i] == "SUBST" or k[i] == "ID":
            i += 1
        if k[i] in ("SLASH", "PLUS", "DASH") and k[i + 1] == "SUBST":
            i += 1
        else:
            break
    p.i = i
    return " ".join(p.tokens.words(first, i))


def form_after(p: State, c: Clause, mass: Mass | None) -> None:
    """form-after ::= [SIDE] (C | FORM | ROUTE C): the form right after an amount makes it a strength where a count is given."""
    k = p.k
    i = p.i
    if k[i] == "WORD" or k[i] == "ID":
        j = i
        while k[j] in ("WORD", "ID", "SUBST") and j < i + 4:
            j += 1
        if k[j] in ("C", "FORM") and k[j - 1] != "OF":
            i = j
    while (
        k[i] in ("REL", "ROUTE", "FORM")
        and k[i + 1] in ("C", "FORM", "REL", "ROUTE")
        and (k[i + 1] in ("C", "FORM") or k[i + 2] in ("C", "FORM"))
    ):
        if k[i] == "REL":
            c.release = p.v[i]
        elif k[i] == "ROUTE":
            c.routes = c.routes or (p.v[i],)
        i += 1
    if k[i] == "C":
        code = p.v[i]
        if code in FORM_OF:
            c.form = c.form or FORM_OF[code]
            if mass is not None:
                mass.attached = True
                mass.tag = mass.tag or code
            p.i = i + 1
        elif code == "{injection}":
            c.routes = c.routes or ("injection",)
            p.i = i + 1
        elif code in (
            "{dose}",
            "{vial}",
            "{ampule}",
            "{puff}",
            "{spray}",
            "{drop}",
            "{syringe}",
            "{pen}",
            "{spoonful}",
            "{pill}",
        ):
            if mass is not None and code != "{dose}":
                mass.attached = True
                mass.tag = mass.tag or code
            p.i = i + 1
    elif k[i] == "FORM":
        c.form = c.form or p.v[i]
        p.i = i + 1
