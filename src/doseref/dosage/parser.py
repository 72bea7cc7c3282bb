"""The grammar's top: a sig is a row of items in any order, grouped into clauses by "then", "and", "or".

sig    ::= [name] item*
item   ::= amount | article | form-word | once | freq | adverb | every | when | meal | at | clock | weekday | day
         | route | release | site | eye | method | as-needed | for | times-sign | series | single | until
         | maximum | upto | titrate | step-by | taper | taper-to | within | divided | then | and | or | "," | "." | note

Each production is a function whose docstring is the production; it returns whether it applied, and
leaves the cursor where it was if not. What no production takes is told, with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from doseref.dosage import (
    around,
    asides,
    checks,
    clock_lists,
    day_totals,
    dayparts,
    dispensing,
    doses,
    frequencies,
    intervals,
    lengths,
    maxima,
    mealtimes,
    moments,
    naming,
    notices,
    orders,
    parts,
    phases,
    provisos,
    remarks,
    renewals,
    tails,
    titration,
)
from doseref.dosage.choices import (
    after,
    as_,
    at,
    before,
    condition,
    dash,
    dated,
    day_or_time,
    every,
    for_,
    if_,
    in_,
    into,
    of,
    on,
    only,
    per,
    site_or_note,
    target,
    to,
    total,
)
from doseref.dosage.leftovers import leftover
from doseref.dosage.model import Cycle, Dosage
from doseref.dosage.state import Clause, State
from doseref.dosage.tokens import END, Tokens
from doseref.dosage.vocabulary import Vocabulary
from doseref.quantities import Range

if TYPE_CHECKING:
    from doseref.dosage.trace import Trace


def parse(text: str, vocabulary: Vocabulary, *, nameless: bool = False, trace: Trace | None = None) -> Dosage:
    """Read one dosage instruction. Any text gives a :class:`Dosage`, never an error; time is linear in its length.

    ``status`` is ``read`` when every word that could carry meaning was understood, ``partly-read``
    when something was left over or does not fit (``problems`` says where), ``unread`` when nothing was
    understood or the dose is ambiguous: then there are no phases, so that no wrong dose is passed on.
    ``vocabulary`` holds the names of the data (:meth:`doseref.refdata.Reference.parse` brings its own).
    ``nameless`` says that the drug's name was taken off before: an unknown word at the head is then left over
    like any other ("ibuprofen lysine 400 mg": lysine must not vanish). A ``trace`` is filled with what happened.
    """
    tokens = Tokens(text, vocabulary)
    p = State(tokens, trace)
    if p.kinds[0] != END:
        if trace is None:
            _read(p, nameless)
        else:
            with trace.following(p):
                _read(p, nameless)
    return checks.finish(p, text)


def _read(p: State, nameless: bool) -> None:
    naming.list_mark(p)
    if not nameless:
        naming.name(p)
    sig(p)


def sig(p: State, stop: str = END) -> None:
    """sig ::= [name] item*, the name already passed; inside a bracket up to its end (``stop``)."""
    kinds = p.kinds
    rules = RULES
    while True:
        here = p.i
        kind = kinds[here]
        if kind == stop:
            return
        production = rules.get(kind)
        if production is None:
            if kind == END:
                return
            leftover(p)
        elif not production(p) or p.i <= here:
            p.i = here
            leftover(p)
        elif p.link and kind not in _LINKS:
            p.link = ""


_LINKS = frozenset(("AND", "PLUS", "COMMA", "STOP", "LP", "RP", "DASH", "TAKE"))


def note(p: State) -> bool:
    """note ::= NOTE | INIT | COURSE | EACHW: understood, and no part of what a dosage holds;
    "swallow whole" says the route.
    """
    if dated(p) or (p.kinds[p.i] == "INIT" and notices.begins(p)):
        return True
    if p.tokens.raw[p.tokens.first[p.i]].startswith("swallow"):
        p.clause.routes = p.clause.routes or ("oral",)
    p.i += 1
    return True


def mealtime(p: State) -> bool:
    """mealtime ::= MEAL: "300 mg lunch", a named meal without a word before it."""
    if not p.values[p.i] or not p.clause.dosed:
        return False
    moments.add_when(p, ("C" + p.values[p.i],))
    p.i += 1
    return True


def bracket(p: State) -> bool:
    """bracket ::= "(" item* ")": what stands in brackets explains the clause it stands in.

    Also asks for: ID, SUBST, WORD.
    """
    if p.kinds[p.i] == "RP":
        p.i += 1
        p.depth = max(0, p.depth - 1)
        return True
    if phases.split(p) or loading(p) or orders.vitals(p) or asides.aside(p) or remarks.bracketed(p):
        return True
    p.i += 1
    if p.kinds[p.i] in ("WORD", "SUBST", "ID") and p.tokens.raw[p.tokens.first[p.i - 1]] == "[":
        i = p.i
        while p.kinds[i] in ("WORD", "SUBST", "ID"):
            i += 1
        if p.kinds[i] == "RP":
            p.i = i + 1
            return True
    p.depth += 1
    return True


def loading(p: State) -> bool:
    """loading ::= "(" "loading dose" item* ")": the first days, told behind the dose that follows them.

    Also asks for: INIT.
    """
    kinds = p.kinds
    main = p.clause
    if (
        kinds[p.i + 1] != "INIT"
        or not p.tokens.raw[p.tokens.first[p.i + 1]].startswith("load")
        or p.depth
        or p.in_loading
        or not main.dosed
    ):
        return False
    p.i += 2
    first = Clause(main.link, p.i)
    p.clauses.insert(p.clauses.index(main), first)
    p.clause = first
    p.in_loading = True
    sig(p, "RP")
    p.in_loading = False
    p.skip("RP")
    p.clause = main
    main.link = "then"
    if not first.timed_beside_total() and first.from_day is not None:
        once_a_day = main.times is not None and main.times.high == main.times.period == 1 and main.times.unit == "d"
        if not once_a_day:
            p.tell("a loading dose, but not how often", p.i - 1, p.i - 1, "ambiguous")
            p.fatal = True
        first.times = main.times
    elif not first.timed:
        first.doses_total = Range(Decimal(1), Decimal(1), "{dose}")
    if first.to_day is not None and main.from_day is None:
        main.from_day = first.to_day + 1
    return True


def unit_word(p: State) -> bool:
    """unit-word ::= "cc" after a frequency: with meals; "L" before a place: the left one.

    Also asks for: ADV, FREQ, SITE, TIMES.
    """
    if p.values[p.i] == "L" and p.kinds[p.i + 1] == "SITE":
        p.kinds[p.i] = "SIDE"
        return around.site(p)
    if p.tokens.raw[p.tokens.first[p.i]] in ("cc", "c.c.") and p.kinds[p.i - 1] in ("FREQ", "ADV", "TIMES"):
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
    """substance-item ::= monitored | SUBST ("/" SUBST)*: an ingredient named after its dose.

    Also asks for: SLASH.
    """
    if notices.monitored(p):
        return True
    if parts.substance(p) is None:
        return False
    while p.kinds[p.i] == "SLASH" and p.kinds[p.i + 1] == "SUBST":
        p.i += 2  # "1 g of EPA/DHA"
    return True


def id_item(p: State) -> bool:
    """id-item ::= reading | code: a measured value or the code of a diagnosis."""
    return notices.reading(p) or orders.code(p)


def eq(p: State) -> bool:
    """eq ::= EQ (number | restated): the total that a count comes to.

    Also asks for: A, HALF, LP, NUM.
    """
    p.i += 1
    return day_totals.restated(p) or p.kinds[p.i] in ("NUM", "A", "HALF", "LP")


def roman_item(p: State) -> bool:
    """roman-item ::= "I" TAKE | amount: "I take two", said by the patient."""
    if p.kinds[p.i + 1] == "TAKE" and p.tokens.text[p.tokens.span(p.i)[0]] == "I":
        p.i += 1
        return True
    return doses.amount(p)


def word(p: State) -> bool:
    """word ::= "t" before a count ("T1T") | ordered | code | supply | advised | remark | monitored.

    Also asks for: C, NUM, WORD.
    """
    if p.kinds[p.i + 1] == "NUM" and p.tokens.raw[p.tokens.first[p.i]] == "t" and p.kinds[p.i + 2] in ("WORD", "C"):
        p.i += 1  # the letter before "1T"; what follows is read, or told
        return p.tokens.last[p.i] == p.tokens.first[p.i - 1] + 1
    if orders.ordered(p) or orders.code(p):
        return True
    return tails.behind(p) or asides.advised(p) or remarks.remark(p) or notices.word(p)


RULES: dict[str, Callable[[State], bool]] = {
    "NUM": doses.amount, "HALF": doses.amount, "FR": doses.amount, "POW": doses.amount, "ROMAN": roman_item, "BETWEEN": provisos.between,
    "A": doses.article, "C": doses.form_word, "FORM": doses.form_word,
    "ONCE": frequencies.once, "FREQ": frequencies.freq, "ADV": frequencies.adverb, "EVERY": every, "CHANGE": renewals.changed, "ALLDAY": day_totals.all_day, "AWAKE": intervals.awake, "WHEN": dayparts.when,
    "BEFORE": before, "AFTER": after, "WITH": mealtimes.meal, "AT": at, "TIME": dayparts.time_item, "DAYW": dayparts.weekday,
    "T": day_or_time, "ON": on, "IN": in_, "INTO": into, "TO": to, "SITE": site_or_note, "SIDE": site_or_note,
    "PER": per, "SLASH": per, "ROUTE": around.route, "REL": around.release, "EYE": around.eye, "TAKE": around.method,
    "PRN": around.as_needed, "FOR": for_, "X": lengths.times_sign, "SERIES": lengths.series, "SINGLE": lengths.single, "STAT": lengths.single,
    "UNTIL": lengths.until, "GT": provisos.spaced, "MAX": maxima.maximum, "MAXD": maxima.maximum, "MAX1": maxima.maximum, "MOST": maxima.most, "UPTO": maxima.upto, "LE": maxima.upto,
    "TITR": target, "STEPBY": titration.step_by, "TAPER": titration.taper, "TITRDN": titration.taper_to, "DIV": day_totals.divided,
    "BAD": clock_lists.listed, "NEG": provisos.negated, "DASH": dash, "WORD": word,
    "THEN": phases.then, "ARROW": phases.arrow, "AND": phases.and_, "PLUS": phases.and_, "OR": phases.or_, "COMMA": phases.comma, "STOP": phases.stop,
    "LP": bracket, "RP": bracket, "NOTE": note, "INIT": note, "COURSE": note, "EACHW": note, "STOPIT": stop_it, "TODAY": today, "SUBST": substance_item,
    "REMOVE": lengths.remove, "DISP": dispense, "U": unit_word, "IF": if_, "COND": condition, "ID": id_item, "BY": around.by, "HASH": dispensing.number_of, "ONLY": only, "STAR": star, "AS": as_, "MEAL": mealtime, "RAISE": titration.change, "EQ": eq, "OF": of, "TOTAL": total, "REPEAT": repeat,
}  # fmt: skip
"""Which production a token kind may begin."""
