"""How many of what is counted a dosage takes in all, or in the days of a supply."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.state import Clause, State

_FEWEST = 4
"""Fewer than so many could be a dose."""


def in_all(clause: Clause) -> Decimal | None:
    """How many are taken in all, where a count, a frequency of the day or the week and a length in as many say it."""
    times, length, count = clause.times, clause.duration, clause.count
    if times is None or length is None or times.low != times.high or times.period != 1:
        return None
    days = _IN.get((length.unit, times.unit))
    if days is None or not length.single:
        return None
    if count is None:
        one = Decimal(1) if len(clause.masses) == 1 and not clause.per_day else None
    else:
        one = count[1] if count[0] == count[1] else None
    return one * times.high * length.high * days if one is not None else None


_IN = {("d", "d"): Decimal(1), ("wk", "d"): Decimal(7), ("wk", "wk"): Decimal(1)}
"""How many days, or weeks, there are in the unit of a length, by the unit of a frequency."""


def in_course(clauses: list[Clause]) -> Decimal | None:
    """How many are taken in all phases of a course together, where each of them says it."""
    total = Decimal(0)
    for clause in clauses:
        one_day = clause.from_day is not None and clause.from_day == clause.to_day and not clause.timed_beside_total()
        count = clause.count if one_day else None
        many = count[1] if count is not None and count[0] == count[1] else _of_the_morning(clause)
        if many is None:
            return None
        total += many
    return total


def _of_the_morning(clause: Clause) -> Decimal | None:
    """How many are taken in all, also where a time of the day says how often ("1 OM for 6 days")."""
    length, count = clause.duration, clause.count
    if clause.times is not None or length is None or not length.single or not clause.when or clause.at:
        return in_all(clause)
    if count is None or count[0] != count[1] or length.unit != "d":
        return None
    return count[1] * len(clause.when) * length.high


_SUPPLIES = (7, 14, 21, 28, 30, 56, 60, 84, 90, 112)
"""Days for which a drug is handed out."""


def lasts(clause: Clause, value: Decimal) -> bool:
    """Whether so many are just what is taken in the days of a supply: "1 once a week, 4 tablets" last four weeks."""
    times, count = clause.times, clause.count
    if value < _FEWEST or count is None or count[0] != count[1] or times is None or clause.prn:
        return False
    days = {"d": Decimal(1), "wk": Decimal(7)}.get(times.unit)
    if days is None or times.low != times.high or times.period_high is not None or value < count[1] * 2:
        return False
    return any(value * days * times.period == count[1] * times.high * length for length in _SUPPLIES)


_LEAST_BESIDE, _TIMES_THE_OTHER = 8, 7
"""So many pieces, and so many times those of another time of the same days, are handed out or a slip."""


def pack_beside(p: State) -> None:
    """ "1 nocte 14 tabs alternate nights": beside one tablet, fourteen at another time of the same days are told, and not
    counted; puffs, drops and the like are taken by the dozen.
    """
    counts = [each.count for each in p.clauses if each.count is not None and each.link != "then"]
    pieces = [count for count in counts if count[2] in _PIECES]
    if len(pieces) < 2 or any(each.link == "then" for each in p.clauses):
        return
    least, most = min(count[0] for count in pieces), max(count[1] for count in pieces)
    if most >= _LEAST_BESIDE and most >= least * _TIMES_THE_OTHER:
        at = next(each.count_index for each in p.clauses if each.count is not None and each.count[1] == most)
        p.tell("so many beside the others: taken, or handed out?", max(at, 0), None, "ambiguous")
        p.fatal = True


_PIECES = frozenset(
    ("{tablet}", "{capsule}", "{caplet}", "{pill}", "{sachet}", "{patch}", "{syringe}", "{ampule}", "{vial}")
)


def units_at(p: State, i: int) -> bool:
    """Whether a dose in units stands at ``i``, behind a sign and the verb: ", inject 28 units".

    Also asks for: COMMA, DASH, NUM, STOP, TAKE, U.
    """
    kinds = p.kinds
    while kinds[i] in ("COMMA", "STOP", "DASH", "TAKE"):
        i += 1
    return kinds[i : i + 2] == ["NUM", "U"] and p.values[i + 1] == "[IU]"


def pens_before_units(p: State, i: int) -> int:
    """pens-before-units ::= [C] X NUM behind millilitres and before a dose in units: "3 mL pens x 5, 28 units"; where they
    end, ``i`` itself where none do.

    Also asks for: C, NUM, X.
    """
    kinds, end = p.kinds, i + (p.kinds[i] == "C")
    return end + 2 if kinds[end : end + 2] == ["X", "NUM"] and units_at(p, end + 2) else i


_PENS = frozenset(("{pen}", "{cartridge}", "{vial}", "{syringe}"))


def pens_times(p: State, i: int) -> int:
    """pens-times ::= NUM "x" NUM "mL" [C] behind a concentration and before a dose in units: "5 x 3 mL pens, 28 units"; where
    they end, ``i`` itself where none do.

    Also asks for: U.
    """
    kinds, values, clause = p.kinds, p.values, p.clause
    if kinds[i + 2 : i + 4] != ["NUM", "U"] or values[i + 3] != "mL" or not (clause.masses or clause.strengths):
        return i
    end = i + 4 + (kinds[i + 4] == "C" and values[i + 4] in _PENS)
    return end if not clause.timed and clause.count is None and units_at(p, end) else i


def called_a_bottle(p: State, i: int, start: int) -> bool:
    """Whether the word "bottle" stands at ``i``, behind an amount at ``start`` that no verb stands before.

    Also asks for: TAKE, WORD.
    """
    return p.kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] == "bottle" and p.kinds[start - 1] != "TAKE"
