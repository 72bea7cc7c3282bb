"""What productions of amounts share: the clause an amount belongs to, the form after it, the ingredient beside it."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF
from doseref.units import UNITS

_IN_PACKETS = frozenset(("gel", "cream", "ointment", "lotion", "foam"))
"""Forms that a packet holds and that are put on the skin, so that it is no sachet to be swallowed: "50 mg gel packet"."""


def adjective(p: State) -> bool:
    """adjective ::= (REL | ROUTE | FORM)+ C: what kind of tablet is counted; a powder counted is a sachet."""
    kinds, values = p.kinds, p.values
    start = i = p.i
    while kinds[i] in ("REL", "ROUTE", "FORM") and kinds[i + 1] in ("REL", "ROUTE", "FORM", "C"):
        i += 1
    if kinds[i] == "FORM" and values[i] == "powder":
        kinds[i], values[i] = "C", "{sachet}"
    if kinds[i] != "C":
        return False
    for j in range(start, i):
        if kinds[j] == "REL":
            p.clause.release = values[j]
        elif kinds[j] == "ROUTE":
            p.clause.routes = p.clause.routes or (values[j],)
        elif values[i] == "{sachet}" and values[j] in _IN_PACKETS:
            p.clause.form = p.clause.form or values[j]
    p.i = i
    return True


def clause_for(p: State, start: int) -> Clause:
    """The clause that an amount belongs to: a new one where the one at hand has its amount and its time.

    Also asks for: AND, COMMA, ONLY, PLUS, STOP.
    """
    clause = p.clause
    if not clause.dosed and not p.depth and _nebule_before(p, start):
        made = p.new_clause("and")
        made.start, made.loose = start, False
        return made
    if not clause.dosed or p.depth:
        return clause
    many = clause.count is not None and clause.count[0] > _MOST_LISTED and clause is not p.clauses[0]
    if many and not clause.timed and p.kinds[start - 1] in ("COMMA", "STOP", "AND", "PLUS", "ONLY"):
        p.tell("what is handed out, or the next dose?", clause.count_index, start, "ambiguous")
        p.fatal = True  # "7.5 mg nocte prn, 14 tabs, 325 mg every 6 hours"
    if clause.from_day is not None or (clause.timed and clause.duration is not None and p.link == ","):
        made = p.new_clause("then")
    elif clause.timed and (p.link == "and" or clause.when or clause.at or clause.days):
        joined = p.link == "and"
        made = p.new_clause("then" if joined and clause.doses_total is not None and not clause.when else "and")
        made.loose = not joined
    elif clause.timed:
        made = p.new_clause("?")
    else:
        return clause
    made.start = start
    return made


_MOST_LISTED = 4
"""More tablets than this between signs, without a time of their own, may be handed out."""
_TIMES = frozenset("WHEN FREQ ADV EVERY ONCE AT TIME".split())


def _nebule_before(p: State, start: int) -> bool:
    """Whether the clause at hand is that of a whole nebule ("2.5 mg/3 mL neb q4h prn") and an amount with its own time
    follows.

    Also asks for: DASH, NUM, TO, U.
    """
    clause, kinds = p.clause, p.kinds
    if kinds[start] != "NUM" or not clause.strengths:
        return False
    liquid = any(each.per is not None for each in clause.strengths) and bool(clause.routes or clause.device)
    unit = start + 1 + 2 * (kinds[start + 1] in ("DASH", "TO") and kinds[start + 2] == "NUM")
    if not liquid or not clause.timed_beside_total() or kinds[unit] != "U":
        return False
    mass = UNITS[p.values[unit]].dimension == "mass"
    return mass and (p.link == "and" or (p.link == "," and kinds[unit + 1] in _TIMES))


_OFTEN = frozenset("ADV DAYW EVERY FOR FREQ MEAL ONCE PRN TIME TIMES WHEN X".split())


def more_at_the_end(p: State, before: Clause, high: Decimal, last: Decimal | None, start: int) -> None:
    """ "1 daily for 6 days. 8 caps": what is handed out, or the next phase? A larger number alone at the end is refused.

    It is alone where a sign follows and behind it no word of how often or when; "#30" or a remark there says no more of
    it. Also asks for: COMMA, END, HASH, STOP.
    """
    sign = p.kinds[p.i] in ("COMMA", "HASH", "STOP") and p.kinds[p.i + 1] not in _OFTEN
    alone = p.kinds[p.i] == "END" or sign
    rises = last is not None and high > last and p.clause is not before and p.clause.link == "then"
    if alone and rises and before.duration is not None and p.kinds[start - 1] != "THEN":
        p.tell("what is handed out, or the next dose?", start, p.i - 1, "ambiguous")
        p.fatal = True


def each(p: State) -> bool:
    """Whether the word at hand is "each" in the sense of "apiece"."""
    return p.tokens.raw[p.tokens.first[p.i]] == "each" and p.kinds[p.i + 1] not in (
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
    while i > 0 and p.kinds[i - 1] == "SUBST":
        i -= 1
    return " ".join(p.tokens.words(i, start)) if i < start else None


def substance(p: State) -> str | None:
    """substance ::= [OF] SUBST [ID] (("/" | PLUS | AND | DASH) SUBST)*; the words as written."""
    kinds = p.kinds
    i = p.i + 1 if kinds[p.i] == "OF" and kinds[p.i + 1] == "SUBST" else p.i
    if kinds[i] != "SUBST":
        return None
    first = i
    while True:
        while kinds[i] == "SUBST" or kinds[i] == "ID":
            i += 1
        if kinds[i] in ("SLASH", "PLUS", "DASH") and kinds[i + 1] == "SUBST":
            i += 1
        else:
            break
    p.i = i
    return " ".join(p.tokens.words(first, i))


ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xii": 12}
"""Roman numbers as they stand behind a form: "tabs iv", "gtt ii"."""
_ROMAN_FORMS = frozenset(
    ("{tablet}", "{capsule}", "{drop}", "{puff}", "{spray}", "{pill}", "{suppository}", "{sachet}")
)


def roman(p: State, clause: Clause, code: str) -> bool:
    """roman ::= C ROMAN [(DASH | TO | OR) ROMAN]: how many, behind the form that is counted; "iv" beside tablets is no
    vein.

    Also asks for: END, NUM, T, TAKE.
    """
    word = p.tokens.raw[p.tokens.first[p.i]]
    if code not in _ROMAN_FORMS or clause.count is not None or word not in ROMANS or p.kinds[p.i] == "NUM":
        return False
    if word == "i" and p.kinds[p.i + 1] == "TAKE":
        return False  # "200 mg tabs - I take 3"
    if (word == "x" or word == "v") and p.kinds[p.i + 1] in ("NUM", "T", "END"):
        return False
    value = high = Decimal(ROMANS[word])
    clause.count_index = p.i
    p.i += 1
    other = ROMANS.get(p.tokens.raw[p.tokens.first[p.i + 1]], 0)
    if p.kinds[p.i] in ("DASH", "TO", "OR") and other > value and p.kinds[p.i + 2] != "DASH":
        high = Decimal(other)  # "tabs i-ii nocte"
        p.i += 2
    clause.count = (value, high, code)
    return True


def form_after(p: State, clause: Clause, mass: Mass | None) -> None:
    """form-after ::= [WORD …] (REL | ROUTE | FORM)* (C | FORM): the form right after an amount makes it a strength
    where a count is given.

    Also asks for: ID, OF, SUBST.
    """
    kinds = p.kinds
    i = p.i
    if kinds[i] == "WORD" or kinds[i] == "ID":
        j = i
        while kinds[j] in ("WORD", "ID", "SUBST") and j < i + 4:
            j += 1
        if kinds[j] in ("C", "FORM") and kinds[j - 1] != "OF":
            i = j
    while (
        kinds[i] in ("REL", "ROUTE", "FORM")
        and kinds[i + 1] in ("C", "FORM", "REL", "ROUTE")
        and (kinds[i + 1] in ("C", "FORM") or kinds[i + 2] in ("C", "FORM"))
    ):
        if kinds[i] == "REL":
            clause.release = p.values[i]
        elif kinds[i] == "ROUTE":
            clause.routes = clause.routes or (p.values[i],)
        i += 1
    if kinds[i] == "C":
        code = p.values[i]
        if code == "{sachet}" and kinds[i - 1] == "FORM" and p.values[i - 1] in _IN_PACKETS:
            clause.form = clause.form or p.values[i - 1]
        if code in FORM_OF:
            clause.form = clause.form or FORM_OF[code]
            if mass is not None:
                mass.attached = True
                mass.tag = mass.tag or code
            p.i = i + 1
            roman(p, clause, code)
        elif code == "{injection}":
            clause.routes = clause.routes or ("injection",)
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
            "{piece}",
        ):
            if mass is not None and code != "{dose}":
                mass.attached = True
                mass.tag = mass.tag or code
            p.i = i + 1
    elif kinds[i] == "FORM":
        clause.form = clause.form or p.values[i]
        p.i = i + 1


def raised_count(p: State) -> bool:
    """Whether "then increase to 2 nocte" goes on with another count behind one that has its length: the next phase.

    Also asks for: ADV, C, FREQ, NUM, ONCE, TITR, WHEN.
    """
    kinds, i, clause = p.kinds, p.i, p.clause
    if kinds[i : i + 2] != ["TITR", "NUM"] or kinds[i + 2] not in ("WHEN", "FREQ", "ADV", "ONCE", "C"):
        return False
    return clause.count is not None and clause.duration is not None and not clause.prn
