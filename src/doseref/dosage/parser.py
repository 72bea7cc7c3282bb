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
    alternating,
    arranged,
    as_needed,
    asides,
    charts,
    checks,
    choices,
    clock_lists,
    counts,
    day_totals,
    dayparts,
    days_off,
    dispensing,
    doses,
    frequencies,
    given_before,
    happenings,
    hours,
    in_brackets,
    intervals,
    lengths,
    letters,
    maxima,
    naming,
    notes,
    of_each,
    orders,
    pairs,
    paused,
    phases,
    plain_remarks,
    provisos,
    remarks,
    renewals,
    replaced,
    routes,
    series,
    single_words,
    sites,
    spacing,
    steps,
    titration,
    up_to,
)
from doseref.dosage.leftovers import leftover
from doseref.dosage.model import Dosage
from doseref.dosage.state import Clause, State
from doseref.dosage.tokens import END, Tokens
from doseref.dosage.vocabulary import Vocabulary
from doseref.quantities import Range

if TYPE_CHECKING:
    from doseref.dosage.trace import Trace


def parse(
    text: str,
    vocabulary: Vocabulary,
    *,
    nameless: bool = False,
    ingredients: int | None = None,
    trace: Trace | None = None,
) -> Dosage:
    """Read one dosage instruction. Any text gives a :class:`Dosage`, never an error; time is linear in its length.

    ``status`` is ``read`` when every word that could carry meaning was understood, ``partly-read``
    when something was left over or does not fit (``problems`` says where), ``unread`` when nothing was
    understood or the dose is ambiguous: then there are no phases, so that no wrong dose is passed on.
    ``vocabulary`` holds the names of the data (:meth:`doseref.refdata.Reference.parse` brings its own).
    ``nameless`` says that the drug's name was taken off before: an unknown word at the head is then left over
    like any other ("ibuprofen lysine 400 mg": lysine must not vanish). ``ingredients`` says how many the thing has, where
    that is known: "3 mg / 4 mg alternate days" of one are two doses by turns. A ``trace`` is filled with what happened.
    """
    tokens = Tokens(text, vocabulary)
    p = State(tokens, trace)
    p.ingredients = ingredients
    if p.kinds[0] != END:
        if trace is None:
            _read(p, nameless)
        else:
            with trace.following(p):
                _read(p, nameless)
    return checks.finish(p, text)


def _read(p: State, nameless: bool) -> None:
    naming.list_mark(p)
    hours.one_hour(p)
    if not nameless:
        naming.name(p)
    elif p.kinds[0] in ("NUM", "LP"):
        naming.age_band(p)
        frequencies.only_one_d(p)
    elif p.kinds[0] == "C":
        counts.one_piece(p)
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
        if production is None and kind == END:
            return
        taken = False
        for ahead in _AHEAD.get(kind, ()):
            if ahead(p):
                taken = True
                break
        if taken:
            p.link = ""
        elif production is None or not production(p) or p.i <= here:
            p.i = here
            if not notes.note(p) and not plain_remarks.plain_remark(p):
                leftover(p)
        elif p.link and kind not in _LINKS:
            p.link = ""


_AHEAD = {
    kind: tuple(
        look
        for begins, look in (
            (letters.BEGINS, letters.ahead),
            (notes.BEGINS, notes.ahead),
            (charts.BEGINS, charts.chart),
            (given_before.BEGINS, given_before.given),
            (paused.BEGINS, paused.paused),
            (arranged.BEGINS, arranged.ahead),
            (("SITE", "SUBST"), plain_remarks.ahead),
        )
        if kind in begins
    )
    for kind in (
        *letters.BEGINS,
        *notes.BEGINS,
        *charts.BEGINS,
        *given_before.BEGINS,
        *paused.BEGINS,
        *arranged.BEGINS,
        "SITE",
        "SUBST",
    )
}
"""Kind → what is asked before its own production, which would take a part of it."""
_LINKS = frozenset(("AND", "PLUS", "COMMA", "STOP", "LP", "RP", "DASH", "TAKE"))


def bracket(p: State) -> bool:
    """bracket ::= "(" item* ")": what stands in brackets explains the clause it stands in.

    Also asks for: ID, SUBST, WORD.
    """
    if p.kinds[p.i] == "RP":
        p.i += 1
        p.depth = max(0, p.depth - 1)
        return True
    if (
        placeholder(p)
        or clock_lists.boxed(p)
        or in_brackets.worked_out(p)
        or in_brackets.parts_of_it(p)
        or in_brackets.pieces_of_it(p)
        or in_brackets.of_the_week(p)
        or in_brackets.own_dose(p)
        or phases.split(p)
        or days_off.one_left_out(p)
        or given_before.bracketed(p)
        or paused.bracketed(p)
        or loading(p)
        or orders.vitals(p)
        or happenings.bracketed(p)
        or replaced.bracketed(p)
        or asides.aside(p)
        or remarks.bracketed(p)
        or in_brackets.interval_again(p)
        or as_needed.scaled(p)
        or in_brackets.pack_of(p)
        or in_brackets.mixed_in(p)
        or in_brackets.piece_holds(p)
        or of_each.sum_of_each(p)
        or in_brackets.maker(p)
        or plain_remarks.bracketed(p)
    ):
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


def placeholder(p: State) -> bool:
    """placeholder ::= "(" U TOTAL ")": the total that an order system left empty, "( mg total)"."""
    if p.kinds[p.i + 1 : p.i + 4] != ["U", "TOTAL", "RP"]:
        return False
    p.i += 4
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


_BEGINNINGS: tuple[tuple[str, Callable[[State], bool]], ...] = (
    ("NUM HALF FR POW", doses.amount),
    ("ROMAN", single_words.roman_item),
    ("BETWEEN", choices.between),
    ("A", counts.article),
    ("C FORM", counts.form_word),
    ("ONCE", frequencies.once),
    ("FREQ", frequencies.freq),
    ("ADV", choices.adverb),
    ("EVERY", choices.every),
    ("CHANGE", renewals.changed),
    ("ALLDAY", day_totals.all_day),
    ("AWAKE", intervals.awake),
    ("WHEN", dayparts.when),
    ("BEFORE", choices.before),
    ("AFTER", choices.after),
    ("WITH", choices.with_),
    ("AT", choices.at),
    ("TIME", dayparts.time_item),
    ("DAYW", dayparts.weekday),
    ("T", choices.day_or_time),
    ("ON", choices.on),
    ("CONT", choices.and_on),
    ("IN", choices.in_),
    ("INTO", choices.into),
    ("TO", choices.to),
    ("SITE SIDE", choices.site_or_note),
    ("PER SLASH", choices.per),
    ("ROUTE", routes.route),
    ("REL", choices.release),
    ("EYE", pairs.eye),
    ("TAKE", routes.method),
    ("PRN", as_needed.as_needed),
    ("FOR", choices.for_),
    ("X", series.times_sign),
    ("SERIES", series.series),
    ("SINGLE STAT", series.single),
    ("UNTIL", lengths.until),
    ("GT", spacing.spaced),
    ("MAX MAXD MAX1", maxima.maximum),
    ("MOST", maxima.most),
    ("UPTO LE", up_to.upto),
    ("TITR", choices.target),
    ("STEPBY", steps.step_by),
    ("TAPER", steps.taper),
    ("TITRDN", steps.taper_to),
    ("DIV", day_totals.divided),
    ("GAP", spacing.gap),
    ("BAD", clock_lists.clock),
    ("NEG", provisos.negated),
    ("HOLD", days_off.days_off),
    ("DASH", clock_lists.dash),
    ("WORD", single_words.word),
    ("OTHER", choices.other),
    ("ALT", alternating.with_),
    ("THEN", phases.then),
    ("ARROW", phases.arrow),
    ("AND PLUS", phases.and_),
    ("OR", phases.or_),
    ("COMMA", phases.comma),
    ("STOP", phases.stop),
    ("LP RP", bracket),
    ("NOTE INIT COURSE", single_words.note),
    ("EACHW", single_words.apiece),
    ("STOPIT", single_words.stop_it),
    ("TODAY", single_words.today),
    ("SUBST", single_words.substance_item),
    ("REMOVE", lengths.remove),
    ("DISP", single_words.dispense),
    ("U", single_words.unit_word),
    ("IF", choices.if_),
    ("COND", choices.condition),
    ("ID", single_words.id_item),
    ("BY", sites.by),
    ("HASH", dispensing.number_of),
    ("ONLY", choices.only),
    ("STAR", single_words.star),
    ("AS", choices.as_),
    ("MEAL", single_words.mealtime),
    ("RAISE", titration.change),
    ("EQ", single_words.eq),
    ("OF", choices.of),
    ("TOTAL", choices.total),
    ("REPEAT", single_words.repeat),
)

RULES: dict[str, Callable[[State], bool]] = {
    kind: production for kinds, production in _BEGINNINGS for kind in kinds.split()
}
"""Which production a token kind may begin."""
