"""Productions of one word or sign that need no other room: notes, a meal named alone, stars, names behind a dose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doseref.dosage import (
    asides,
    body_weight,
    day_totals,
    dispensing,
    doses,
    happenings,
    moments,
    notes,
    notices,
    orders,
    packs,
    pairs,
    parts,
    provisos,
    remarks,
    sites,
    strengths,
    tails,
    targets,
)
from doseref.dosage.choices import (
    dated,
)
from doseref.dosage.model import Cycle
from doseref.dosage.state import State
from doseref.dosage.tokens import END

if TYPE_CHECKING:
    pass


def note(p: State) -> bool:
    """note ::= NOTE | INIT | COURSE: understood, and no part of what a dosage holds;
    "swallow whole" says the route.
    """
    if dated(p) or (p.kinds[p.i] == "INIT" and notices.begins(p)):
        return True
    if p.tokens.raw[p.tokens.first[p.i]].startswith("swallow"):
        p.clause.routes = p.clause.routes or ("oral",)
    p.i += 1
    return True


def apiece(p: State) -> bool:
    """apiece ::= EACHW site | EACHW: "ea nostril", "ea eye" name a place, "200 mg strength" none."""
    if (pairs.leading(p, p.i) and sites.site(p)) or pairs.both(p):
        return True
    p.i += 1
    return True


def mealtime(p: State) -> bool:
    """mealtime ::= MEAL: "300 mg lunch", a named meal without a word before it."""
    if not p.values[p.i] or not p.clause.dosed:
        return False
    moments.add_when(p, ("C" + p.values[p.i],))
    p.i += 1
    return True


def unit_word(p: State) -> bool:
    """unit-word ::= "cc" after a frequency: with meals; "L" before a place: the left one.

    Also asks for: ADV, FREQ, SITE, TIMES, WHEN.
    """
    if strengths.of_insulin(p):
        return True
    if happenings.sided(p):
        return True
    if pairs.leading(p, p.i):
        return sites.site(p)
    if p.values[p.i] == "L" and p.kinds[p.i + 1] == "SITE":
        p.kinds[p.i] = "SIDE"
        return sites.site(p)
    if p.tokens.raw[p.tokens.first[p.i]] in ("cc", "c.c.") and p.kinds[p.i - 1] in ("FREQ", "ADV", "TIMES", "WHEN"):
        p.i += 1
        moments.add_when(p, ("C",))
        return True
    return False


def today(p: State) -> bool:
    """today ::= TODAY: the first day."""
    p.i += 1
    p.clause.from_day = p.clause.to_day = 1
    return True


def stop_it(p: State) -> bool:
    """stop-it ::= STOPIT [FOR NUM T]: the end of the last phase, or a pause of a cycle."""
    kinds, values, clause = p.kinds, p.values, p.clause
    p.i += 1
    if (
        kinds[p.i] == "FOR"
        and kinds[p.i + 1] == "NUM"
        and kinds[p.i + 2] == "T"
        and clause.duration is not None
        and clause.duration.unit == values[p.i + 2]
        and clause.duration.single
    ):
        clause.cycle = Cycle(clause.duration.low, values[p.i + 1], clause.duration.unit)
        clause.duration = None
        p.i += 3
    return True


def dispense(p: State) -> bool:
    """dispensed ::= as-written | dispense."""
    return orders.as_written(p) or dispensing.dispense(p)


def star(p: State) -> bool:
    """star ::= "*": mark-up around words; between numbers it is refused.

    Also asks for: NUM.
    """
    p.i += 1
    if p.kinds[p.i] in ("NUM", "STAR") and p.kinds[p.i - 2] in ("NUM", "STAR"):
        p.tell("a sign between numbers that is not understood", p.i - 1, p.i - 1, "ambiguous")
        p.fatal = True
    return True


def repeat(p: State) -> bool:
    """repeat ::= REPEAT every: said of the same dose.

    Also asks for: ADV, COMMA, DASH, EVERY, FREQ, ONCE, STOP.
    """
    if provisos.again(p):
        return True
    signed = p.kinds[p.i - 1] in ("DASH", "COMMA", "STOP") or asides.behind_dash(p)
    said = p.tokens.said(p.i, p.i + 1)
    if said == "repeat" and signed and p.kinds[p.i + 1] == END and p.clause.timed_beside_total() and p.clause.dosed:
        p.i += 1
        return True  # "- repeat": it stands on repeat prescription
    p.i += 1
    return p.kinds[p.i] in ("EVERY", "FREQ", "ADV", "ONCE") and not p.clause.timed


def substance_item(p: State) -> bool:
    """substance-item ::= monitored | reading | SUBST ("/" SUBST)*: an ingredient named after its dose.

    Also asks for: SLASH.
    """
    if notices.monitored(p) or happenings.reading(p):
        return True
    if parts.substance(p) is None:
        return False
    while p.kinds[p.i] == "SLASH" and p.kinds[p.i + 1] == "SUBST":
        p.i += 2  # "1 g of EPA/DHA"
    return True


def id_item(p: State) -> bool:
    """id-item ::= reading | code: a measured value or the code of a diagnosis."""
    return happenings.reading(p) or orders.code(p)


def eq(p: State) -> bool:
    """eq ::= EQ (number | restated | drops a minute): the total that a count comes to.

    Also asks for: A, C, HALF, LP, NUM, PER, SLASH.
    """
    p.i += 1
    kinds, values = p.kinds, p.values
    if kinds[p.i : p.i + 2] == ["NUM", "C"] and kinds[p.i + 2] in ("SLASH", "PER") and values[p.i + 3] == "min":
        rate = any(mass.unit.endswith("/h") for mass in p.clause.masses)
        p.i += 4 if rate and values[p.i + 1] == "{drop}" else 0  # "125 mL/h = 31 drops/min": the same said again
        return rate
    return day_totals.restated(p) or p.kinds[p.i] in ("NUM", "A", "HALF", "LP")


def roman_item(p: State) -> bool:
    """roman-item ::= "I" TAKE | amount: "I take two", said by the patient; a small letter only before a number.

    Also asks for: NUM.
    """
    if p.kinds[p.i + 1] == "TAKE" and (
        p.tokens.text[p.tokens.span(p.i)[0]] == "I"
        or (p.tokens.said(p.i, p.i + 1) == "i" and p.kinds[p.i + 2] == "NUM")
    ):
        p.i += 1
        return True
    return doses.amount(p)


def word(p: State) -> bool:
    """word ::= "t" before a count ("T1T") | ordered | code | supply | to-somebody | weight | advised | remark | monitored.

    Also asks for: C, NUM, WORD.
    """
    if p.kinds[p.i + 1] == "NUM" and p.tokens.raw[p.tokens.first[p.i]] == "t" and p.kinds[p.i + 2] in ("WORD", "C"):
        p.i += 1  # the letter before "1T"; what follows is read, or told
        return p.tokens.last[p.i] == p.tokens.first[p.i - 1] + 1
    if orders.ordered(p) or orders.code(p) or packs.tube_of(p) or notes.to_somebody(p) or pairs.letters(p):
        return True
    return (
        body_weight.weight(p)
        or asides.retained(p)
        or targets.aimed(p)
        or tails.behind(p)
        or asides.advised(p)
        or remarks.remark(p)
        or notices.word(p)
    )
