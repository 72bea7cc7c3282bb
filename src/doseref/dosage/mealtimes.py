"""When by the meals of a day: with breakfast, before meals, after food."""

from __future__ import annotations

from doseref.dosage import either
from doseref.dosage.moments import GENERAL, add_when, beside, own_dose
from doseref.dosage.state import Clause, State


def meal(p: State) -> bool:
    """meal ::= (BEFORE | AFTER | WITH) [EVERY | A] MEAL ((AND | OR | COMMA | "/") [BEFORE | …] MEAL)*.

    Also asks for: AT, NOTE, PLUS, SUBST, WHEN.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    head = kinds[start]
    letter = values[start]
    i = start + 1
    while kinds[i] in ("EVERY", "A", "AT") or (kinds[i] == "SLASH" and head == "WITH"):
        i += 1
    if kinds[i] == "OR" and kinds[i + 1] in ("BEFORE", "AFTER", "WITH") and kinds[i + 2] == "MEAL":
        i += 2
    if kinds[i] != "MEAL":
        if head == "WITH" and mixed(p):
            return True
        if head == "WITH" and kinds[i] in ("SUBST", "NOTE"):
            return _with(p, i)
        if head == "BEFORE" and kinds[i] == "WHEN":
            p.i = i
            return True
        return False
    if _beside_a_time(p, i):
        p.i = i
        return _meals_apart(p, letter, start)
    add_when(p, (letter + values[i],))
    i += 1
    while kinds[i] in ("AND", "OR", "COMMA", "SLASH", "PLUS"):
        j = i + 1
        if kinds[j] == "AND":
            j += 1
        if kinds[j] in ("BEFORE", "AFTER", "WITH") and kinds[j + 1] == "MEAL":
            letter = values[j]
            j += 1
        if kinds[j] == "MEAL":
            if not values[j] and kinds[i] == "AND" and _at_named_times(p.clause):
                p.i = j
                return _meals_apart(p, letter, start)
            p.link = "and"
            if kinds[i] == "OR" and values[j] and (p.clause.times is None or p.clause.times.high == 1):
                either.other_meal(p, i, letter + values[j])
            elif values[j]:
                add_when(p, (letter + values[j],))
            elif not GENERAL.issuperset(p.clause.when):
                break  # "with dinner and before meals": the meals in general are told on their own
            i = j + 1
        elif kinds[j] == "WHEN" and kinds[i] in ("AND", "COMMA", "SLASH") and not own_dose(p, values[j]):
            p.link = "and"
            add_when(p, values[j])
            i = j + 1
        else:
            break
    p.i = i
    return True


def within(p: State) -> bool:
    """within-meal ::= "within" NUM T(min | h) (OF | BEFORE | AFTER) [EVERY | A] MEAL: "within 30 min of food".

    Also asks for: A, AFTER, BEFORE, EVERY, IN, MEAL, NUM, OF, T.
    """
    kinds, values, i = p.kinds, p.values, p.i + 1
    if p.tokens.raw[p.tokens.first[p.i]] != "within" or kinds[i : i + 2] != ["NUM", "T"] or not p.clause.dosed:
        return False
    how = "C" if kinds[i + 2] == "OF" else values[i + 2] if kinds[i + 2] in ("BEFORE", "AFTER") else ""
    meal_at = i + 3
    while kinds[meal_at] in ("A", "EVERY"):
        meal_at += 1
    if not how or values[i + 1] not in ("min", "h") or kinds[meal_at] != "MEAL":
        return False
    add_when(p, (how + values[meal_at],))
    p.i = meal_at + 1
    return True


def _at_named_times(clause: Clause) -> bool:
    """Whether named times, none of them the meals in general, are all that says how often."""
    return (
        clause.times is None
        and clause.every is None
        and bool(clause.when or clause.at)
        and not GENERAL.intersection(clause.when)
    )


def _beside_a_time(p: State, i: int) -> bool:
    """Whether the meals at ``i`` are joined by "and" to a time: "at bedtime and with meals", as "with meals and at bedtime";
    "at night and with food" is one dose.
    """
    return (
        not p.values[i]
        and p.link == "and"
        and (p.kinds[i - 1] == "EVERY" or p.tokens.raw[p.tokens.last[i]] == "meals")
        and _at_named_times(p.clause)
    )


def _meals_apart(p: State, letter: str, start: int) -> bool:
    """Meals in general beside a named one are doses of their own: "with dinner and before meals"."""
    if not p.clause.dosed:
        p.tell("the meals and this time are doses apart; write the amount first", start)
    beside(p, start)
    add_when(p, (letter,))
    p.i += 1
    return True


def _with(p: State, i: int) -> bool:
    """with ::= WITH (SUBST | NOTE)+: what it is taken together with; understood, no part of the dosage.

    Also asks for: AND, ID.
    """
    kinds = p.kinds
    while kinds[i] in ("SUBST", "NOTE", "ID", "AND"):
        i += 1
    p.i = i
    return True


_KINDS_OF_WATER = frozenset("plain warm cold cool hot still tap lukewarm boiled fresh clear sterile".split())


def mixed(p: State) -> bool:
    """mixed ::= (IN | WITH | INTO) [A] [NUM] (U | OZ | …)* [OF] WATER: what it is taken in; understood, no part of the
    dosage.

    Also asks for: DASH, EVERY, FORM, FR, HALF, HH.
    """
    kinds = p.kinds
    i = p.i + 1
    while kinds[i] in ("NUM", "U", "OZ", "OF", "A", "FR", "HALF", "HH", "DASH", "EVERY") and i < p.i + 9:
        i += 1
    i += p.tokens.raw[p.tokens.first[i]] in _KINDS_OF_WATER and kinds[i + 1] == "WATER"
    drink = kinds[i] == "WATER" or (kinds[i] == "FORM" and p.values[i] == "liquid")
    if not drink and kinds[i - 1] != "OZ":
        return False
    p.i = i + drink
    return True
