"""Productions for two doses that take turns from day to day: "3 mg and 4 mg on alternate days", "3 alternating with 4".

Each is taken every other day, and never both on one day: the one from the first day on, the other from the second.
"3 mg / 4 mg alternate days" can be that too, or a tablet of two ingredients every other day: how many ingredients the
thing has decides it (``p.ingredients``), and where nobody knows that it is asked.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span_here
from doseref.dosage.model import Times
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE, Range

EVERY_OTHER = Range(Decimal(2), Decimal(2), "d")
_ONCE_A_DAY = Times(ONE, ONE, ONE, "d")
_BETWEEN = frozenset(("ROUTE", "WHEN", "AT", "TIME", "MEAL", "WITH", "BEFORE", "AFTER", "COMMA", "TAKE"))
"""What may stand between the second dose and the word that says that they take turns."""
_LONGEST = 6
_TURN = frozenset(("alternate", "alternating"))
_NEXT = frozenset(("next", "following", "other", "the next", "the following"))

BY_TURNS = "what one tablet holds, or two doses that take turns? write 'and' between two doses"
"""The words of the problem with amounts of which only the number of ingredients says what they are."""
_FRACTION = "a fraction, or two doses that take turns? write 'and' between two doses"

OnOneDay = tuple[Decimal, Decimal, str, str, int]
"""Low and high, the kind of its unit (``U``, ``C`` or none), the unit, and where it ends."""


def pair(p: State) -> bool:
    """pair ::= [OTHER] dose ["one day"] (AND | COMMA | SLASH) [TAKE] dose (… "on alternate days" | "the next"): the doses
    of one day and of the other. Behind "alternate" nothing more need be said.

    Also asks for: AND, C, COMMA, NUM, OTHER, SLASH, STOP, T, TAKE, THEN.
    """
    kinds, start = p.kinds, p.i
    headed = kinds[start] == "OTHER"
    if headed and p.tokens.raw[p.tokens.first[start]] not in _TURN:
        return False
    first = _dose(p, start + headed)
    if first is None:
        return False
    i = first[4]
    one_day = kinds[i : i + 2] == ["NUM", "T"] and p.values[i] == 1 and p.values[i + 1] == "d"
    i += 2 if one_day else 0
    joint = i
    slash = _slash(p, first)
    i += slash
    while kinds[i] == "AND" or (one_day and kinds[i] in ("COMMA", "STOP", "THEN", "TAKE")):
        i += 1
    i += kinds[i] == "TAKE" and i > joint
    second = _dose(p, i) if i > joint else None
    if second is None or not _alike(first, second) or not _open(p, first[2] or second[2]):
        return False
    if slash and (not second[2] or (second[2] == "C" and first[0] == 1 and not first[2])):
        return False  # "40/80 alternate days" of nobody knows what; "1/3 tablets"
    end = _turns(p, second[4], one_day, headed)
    if not end:
        return False
    unit = first[3] or second[3]
    _add(p, first, second[2], unit, start)
    p.new_clause("turn" if end == second[4] and not headed else "alternating").start = i
    _add(p, second, second[2], unit, i)
    p.i = end
    return True


def _slash(p: State, first: OnOneDay) -> bool:
    """Whether a stroke behind the first dose can stand between two doses: of what has one ingredient, or between counts.

    Also asks for: SLASH.
    """
    return p.kinds[first[4]] == "SLASH" and (p.ingredients == 1 or first[2] == "C")


def _dose(p: State, i: int) -> OnOneDay | None:
    """The dose at ``i``: how much, in what, and where it ends."""
    if p.kinds[i] not in NUMBER_KINDS:
        return None
    here, p.i = p.i, i
    found = span_here(p)
    end, p.i = p.i, here
    kind = p.kinds[end] if p.kinds[end] in ("U", "C") else ""
    unit = p.values[end] if kind else ""
    end += bool(kind)
    if kind == "U" and p.kinds[end] == "C":
        end += 1
    return found[0], found[1], kind, unit, end


def _alike(first: OnOneDay, second: OnOneDay) -> bool:
    """Whether two doses can be those of one drug on two days: in one unit, and not the same."""
    if first[2] and second[2] and (first[2], first[3]) != (second[2], second[3]):
        return False
    return first[:2] != second[:2] and (not first[2] or second[2] == first[2])


def _open(p: State, kind: str) -> bool:
    """Whether the clause at hand has no dose and no frequency yet."""
    clause = p.clause
    often = clause.times or clause.every or clause.days or clause.duration or clause.doses_total or clause.from_day
    product = (
        p.tokens.raw[p.tokens.first[p.i] - 1] == ":"
    )  # "3 mg: alternate 3 mg / 4 mg", as the columns of a row say it
    masses = [] if product and len(clause.masses) == 1 else clause.masses
    stated = clause.count is not None or any(not mass.attached and kind == "U" for mass in masses)
    return len(p.clauses) == 1 and not (p.depth or often or stated)


def _turns(p: State, i: int, one_day: bool, headed: bool) -> int:
    """Where the parse goes on if the words from ``i`` say that the two doses take turns, else 0.

    Also asks for: ALT, FREQ, T, THEN.
    """
    kinds, values = p.kinds, p.values
    if one_day:
        if kinds[i] != "THEN" and p.tokens.raw[p.tokens.first[i]] not in _NEXT:
            return 0
        return i + 1 + (kinds[i + 1] == "T")
    if headed:
        return i
    end = i
    while kinds[end] in _BETWEEN and end < i + _LONGEST:
        end += 1
    if kinds[end] == "FREQ" and values[end][0] == "every" and values[end][1:] == (2, 1, "d"):
        return i
    said = kinds[i] == "ALT" and values[i] == "so"
    return i + 1 if said or p.tokens.raw[p.tokens.first[i]] == "alternating" else 0


def _add(p: State, dose: OnOneDay, kind: str, unit: str, start: int) -> None:
    """Put a dose into the clause at hand, in the unit of both."""
    clause = p.clause
    if kind == "U":
        clause.masses.append(Mass(dose[0], dose[1], unit, start))
    else:
        clause.count, clause.count_index = (dose[0], dose[1], unit or None), start
        clause.form = clause.form or FORM_OF.get(unit)


def with_(p: State) -> bool:
    """alternating-with ::= ALT before a dose, behind a dose: "3 at bedtime alternating with 4 at bedtime".

    Also asks for: ALT, TAKE.
    """
    if p.depth or not p.clause.dosed or len(p.clauses) > 1 or p.values[p.i]:
        return False
    i = p.i + 1 + (p.kinds[p.i + 1] == "TAKE")
    if _dose(p, i) is None:
        return False
    p.i = i
    p.new_clause("alternating")
    return True


def other_days(p: State) -> bool:
    """other-days ::= DAYW(rest) behind a dose every other day and another one: "5 mg on alternate days, 4 mg on the
    other days".
    """
    if len(p.clauses) != 2 or p.clauses[0].every != EVERY_OTHER or not p.clause.dosed or not _by_day(p.clause):
        return False
    p.clause.link = "turn"
    return True


def by_turns(p: State, before: Clause, clause: Clause) -> None:
    """ "3 mg and 4 mg on alternate days": each every other day, the second from the second day on; refused where more is
    said of how often, and where "alternating … every other day" may be one dose in two days.
    """
    if clause.link not in ("turn", "alternating"):
        return
    twice = clause.link == "alternating" and EVERY_OTHER in (before.every, clause.every)
    plain = len(p.clauses) == 2 and before.dosed and clause.dosed and _by_day(before) and _by_day(clause)
    same = not (before.when and clause.when) or before.when == clause.when
    if twice or not plain or not same or bool(before.dose) != bool(clause.dose):
        p.tell("doses that take turns, and how often is not clear", clause.start, kind="ambiguous")
        p.fatal = True
        return
    clause.link = "and"
    before.when = clause.when = before.when or clause.when
    before.at = clause.at = before.at or clause.at
    before.from_day, clause.from_day = 1, 2
    for each in (before, clause):
        each.every, each.times = EVERY_OTHER, None


def doses_or_strengths(p: State, clause: Clause) -> None:
    """ "3 mg / 4 mg alternate days", "3/4 mg alternate days": a tablet of two ingredients, a fraction, or two doses that
    take turns? Only the number of ingredients tells the first from the last.
    """
    if clause.every != EVERY_OTHER:
        return
    words = ""
    if clause.count is None and clause.dose is None and len(clause.strengths) > 1:
        first = clause.strengths[0]
        alike = all((each.substance, each.unit, each.per) == (None, first.unit, None) for each in clause.strengths[1:])
        words = BY_TURNS if alike and p.ingredients in (None, 1) and not (_several_named(p) or _in_figures(p)) else ""
    else:
        places = [mass.index for mass in clause.masses if not clause.strengths]
        places += [clause.count_index] if clause.count is not None else []
        words = _FRACTION if any(_broken(p, i) for i in places) else ""
    if words:
        p.tell(words, clause.start, kind="ambiguous")
        p.fatal = True


def _in_figures(p: State) -> bool:
    """Whether it says "every 2 days", which names no turns.

    Also asks for: EVERY, NUM, T.
    """
    return any(p.kinds[i : i + 3] == ["EVERY", "NUM", "T"] for i, kind in enumerate(p.kinds) if kind == "EVERY")


def _several_named(p: State) -> bool:
    """Whether several ingredients are named with a sign between them: "losartan/HCTZ".

    Also asks for: PLUS, SLASH, SUBST.
    """
    signs = (i for i, kind in enumerate(p.kinds) if kind in ("SLASH", "PLUS"))
    return any(p.kinds[i - 1] == p.kinds[i + 1] == "SUBST" for i in signs)


def _broken(p: State, i: int) -> bool:
    """Whether a fraction at ``i`` is one of a mass or of several pieces, and so perhaps two figures: "3/4 mg", "1/2 tablets".

    Also asks for: C, NUM, SLASH, U.
    """
    if i < 0 or p.kinds[i : i + 3] != ["NUM", "SLASH", "NUM"]:
        return False
    return p.kinds[i + 3] == "U" or (p.kinds[i + 3] == "C" and p.tokens.raw[p.tokens.last[i + 3]].endswith("s"))


def _by_day(clause: Clause) -> bool:
    """Whether nothing but a day, every other day or a time of day says how often a dose is taken."""
    more = clause.days or clause.prn or clause.per_day or clause.doses_total or clause.from_day or clause.cycle
    often = clause.times in (None, _ONCE_A_DAY) and clause.every in (None, EVERY_OTHER)
    return often and not more and clause.step is None and len(clause.when) < 2 and len(clause.at) < 2
