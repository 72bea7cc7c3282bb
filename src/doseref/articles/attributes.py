"""The attributes that are compared by their own rules: maxima, durations, routes, timing, class, side effects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from doseref.articles.contexts import is_indication
from doseref.articles.uses import disease_of
from doseref.articles.values import Attribute, Clash, Value, at_figure, compare_ranges, relation_of, slip_of, use_of
from doseref.articles.views import NOT_SWALLOWED, USES, View, lasting_scope, one_route
from doseref.context import Context, apart, begins_with, compatible
from doseref.errors import QuantityError
from doseref.limits import ROUTE_KIND
from doseref.quantities import Amount, Period, Range
from doseref.records import replace
from doseref.refdata import Reference
from doseref.same_use import alike
from doseref.statements import StatedMaximum, Statement

_PER = {
    (Decimal(1), "d"): "/day",
    (Decimal(24), "h"): "/day",
    (Decimal(1), "wk"): "/week",
    (Decimal(1), "mo"): "/month",
}
DAYS = {"h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7), "mo": Decimal("30.4375"), "a": Decimal("365.25")}
"""Days in a unit of time, for comparing lengths only."""
_AGAINST: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"with-food", "after-meals"}), frozenset({"empty-stomach", "before-meals"})),
    (frozenset({"after-meals"}), frozenset({"before-meals"})),
    (frozenset({"bedtime", "night"}), frozenset({"avoid-bedtime"})),
    (frozenset({"morning"}), frozenset({"bedtime", "night", "evening"})),
)
_PIECES = frozenset(("{tablet}", "{capsule}", "{sachet}", "{suppository}"))
_DAY_PARTS = frozenset({"morning", "bedtime", "night", "evening"})


def per_words(per: Period | None) -> str:
    """``/day``, ``/week``, `` per dose``."""
    if per is None:
        return " per dose"
    return _PER.get((per.value, per.unit), f" per {per}")


def _in_mass(stated: StatedMaximum, statement: Statement) -> Range:
    """A maximum as an amount; one in tablets by the one strength that its statement gives ("8 tablets" of 500 mg)."""
    strengths = {
        (option.strengths[0].amount, option.strengths[0].unit) if len(option.strengths) == 1 else None
        for option in statement.dosage.options
        if option.strengths and not option.strengths[0].per
    }
    strength = strengths.pop() if len(strengths) == 1 else None
    if strength is None or stated.unit not in _PIECES or len(statement.substances) != 1:
        return Range.of(stated.amount, stated.unit)
    return Range.of(stated.amount * strength[0], strength[1])


def maxima(
    substance: str, statements: Sequence[Statement], usual: str, convert: Callable[[Range, str], Range | None]
) -> Attribute | None:
    """Stated maxima, those inside the statements about combinations included; ``convert`` writes an amount of the
    substance in another unit (micrograms in units), where it can be.
    """
    found: list[tuple[StatedMaximum, Value]] = []
    for statement in statements:
        for stated in statement.maximum:
            if stated.substance == substance:
                text = f"{Amount(stated.amount, stated.unit)}{per_words(stated.per)}"
                at = dict(zip(("line", "column", "end_column"), stated.place, strict=True)) if stated.place else {}
                own = replace(statement, **at) if at else at_figure(statement, stated.amount)
                found.append(
                    (stated, Value(own, text, stated.amount, stated.amount, stated.unit, statement.release or ""))
                )
    if not found:
        return None
    clashes: list[Clash] = []
    for position, (first, a) in enumerate(found):
        for second, b in found[position + 1 :]:
            if not _same_limit(first, a.statement, second, b.statement):
                continue
            if _swallowed(a.statement, b.statement, usual) and not _one_way(a.statement, b.statement, statements):
                continue
            one = _in_mass(first, a.statement)
            other = convert(_in_mass(second, b.statement), one.unit)
            if other is not None and one != other:
                clashes.append(Clash(a, b, True, slip_of(one, other)))
    values = tuple(value for _, value in found)
    alone = [statement for statement in statements if len(statement.substances) == 1] or list(statements)
    return Attribute(
        "maximum",
        relation_of(values, clashes, len({s.id for s in alone} | {v.statement.id for v in values}), _key),
        values,
        tuple(clashes),
    )


def _key(value: Value) -> object:
    if value.low is None or value.unit is None:
        return value.text
    try:
        return Amount(value.low, value.unit).to("mg").value
    except QuantityError:
        return value.text


def _swallowed(a: Statement, b: Statement, usual: str) -> bool:
    """Whether one is injected or inhaled and the other says no route, of a substance that is usually swallowed."""
    if usual not in ("oral", "") or bool(a.routes) == bool(b.routes):
        return False
    return set(a.routes or b.routes) <= {*NOT_SWALLOWED, "injection"}


def _one_way(a: Statement, b: Statement, statements: Sequence[Statement]) -> bool:
    """Whether two are of one page, and that knows the drug by no way but the one that one of them states."""
    told = set(a.routes or b.routes)
    own = [set(each.routes) for each in statements if each.source == a.source and each.routes]
    return a.source == b.source and all(routes <= told for routes in own)


_STAGES = frozenset(("starting", "the first days", "maintenance", "target"))
"""Parts of a treatment over which the most of a day holds."""


def _same_limit(first: StatedMaximum, a: Statement, second: StatedMaximum, b: Statement) -> bool:
    """Whether two maxima are about the same thing: period, release form, kind of route and scope."""
    hours = [each.per.hours() if each.per else None for each in (first, second)]
    if (first.per is None) != (second.per is None) or (first.per and hours[0] != hours[1]):
        return False
    if begins_with(a.context) != begins_with(b.context):
        return False
    ours, theirs = _of_limit(first, a), _of_limit(second, b)
    if apart(ours, theirs, same_page=a.source == b.source) or _of_another_disease(ours, theirs):
        return False
    ours, theirs = replace(ours, topic=None), replace(theirs, topic=None)
    if first.per is not None:  # the most of a day is the drug's, whatever it is taken for, unless both say what for
        ours, theirs = replace(ours, indication=None), replace(theirs, indication=None)
    ours, theirs = (replace(each, purpose=None) if each.purpose in _STAGES else each for each in (ours, theirs))
    scopes = [each.scope if each.scope not in (*_STAGES, *USES) else None for each in (a, b)]
    if scopes[0] != scopes[1] or not compatible(ours, theirs, same_page=False):
        return False
    if (a.release == "ER") != (b.release == "ER"):
        return False
    if not one_route(a.routes, b.routes):
        return False
    kinds = [{ROUTE_KIND.get(route, "systemic") for route in each.routes} or {"systemic"} for each in (a, b)]
    return bool(kinds[0] & kinds[1])


def _of_limit(stated: StatedMaximum, statement: Statement) -> Context:
    """What a maximum is about: no step of a treatment, the use that is its scope, and not what the dose before it is for,
    where its own sentence says that it is the most of the drug.
    """
    told = statement.context
    told = replace(told, condition=None) if told.condition in ("start", "later") or stated.of_drug else told
    return replace(told, indication=statement.scope) if statement.scope in USES and not told.use else told


def _of_another_disease(a: Context, b: Context) -> bool:
    """Whether both say what a maximum is for, and one of them names a disease that the other does not
    ("75 mg at night for pain", "depression: 150 mg").
    """
    ours, theirs = (
        each.indication or (each.condition if each.condition and is_indication(each.condition) else None)
        for each in (a, b)
    )
    return bool(ours and theirs and (disease_of(ours) or disease_of(theirs)) and not alike(ours, theirs))


def durations(seen: Sequence[View], compared: Sequence[tuple[View, View]]) -> Attribute | None:
    """How long: the course as instructed, else the maximum duration stated as a limit;
    each compared with its own kind.
    """
    values: dict[int, Value] = {}
    kinds: dict[int, tuple[str, Range]] = {}
    for view in seen:
        length, kind = (view.duration, "course") if view.duration else (view.statement.longest, "longest")
        if length is None:
            continue
        words = f"up to {_length(length)}" if kind == "longest" else _length(length)
        values[id(view)] = Value(view.statement, words, length.low, length.high, length.unit, use_of(view))
        factor = DAYS[length.unit]
        kinds[id(view)] = kind, Range(length.low * factor, length.high * factor, "{dose}")
    if not values:
        return None
    clashes: list[Clash] = []
    for a, b in compared:
        if id(a) in kinds and id(b) in kinds and kinds[id(a)][0] == kinds[id(b)][0]:
            relation, apart = compare_ranges(kinds[id(a)][1], kinds[id(b)][1])
            if relation == "conflict":
                clashes.append(Clash(values[id(a)], values[id(b)], apart))
    listed = tuple(values.values())
    return Attribute(
        "duration",
        relation_of(listed, clashes, len({view.statement.id for view in seen}), lambda v: v.text),
        listed,
        tuple(clashes),
    )


def _length(length: Range) -> str:
    from doseref.quantities import printed
    from doseref.units import TIME_WORDS

    word = TIME_WORDS[length.unit][0 if length.high == 1 else 1]
    return (
        f"{printed(length.high)} {word}" if length.single else f"{printed(length.low)} to {printed(length.high)} {word}"
    )


def routes(statements: Sequence[Statement], seen: Sequence[View]) -> Attribute | None:
    """Routes stated. Two sources are in conflict where the same dose is given by routes that have none in common."""
    values = tuple(Value(statement, " or ".join(statement.routes)) for statement in statements if statement.routes)
    if not values:
        return None
    by_source: dict[tuple[str, str | None], set[str]] = {}
    for statement in statements:
        by_source.setdefault((statement.source, lasting_scope(statement)), set()).update(statement.routes)
    by_id = {value.statement.id: value for value in values}
    clashes: list[Clash] = []
    told: set[frozenset[str]] = set()
    for position, a in enumerate(seen):
        for b in seen[position + 1 :]:
            first, second = a.statement, b.statement
            if not compatible(_for_good(first.context), _for_good(second.context), same_page=False):
                continue
            if a.often != b.often or a.single != b.single:
                continue  # one injection, and the tablets of every day
            scope = lasting_scope(first)
            if first.source == second.source or scope != lasting_scope(second) or a.combination != b.combination:
                continue
            ours, theirs = by_source[(first.source, scope)], by_source[(second.source, scope)]
            if (
                not ours
                or not theirs
                or ours & theirs
                or "injection" in ours | theirs
                or first.id not in by_id
                or second.id not in by_id
            ):
                continue
            clash = Clash(by_id[first.id], by_id[second.id])
            if clash.pair not in told and _same_dose(a, b):
                told.add(clash.pair)
                clashes.append(clash)
    relation = relation_of(values, clashes, len(statements), lambda value: frozenset(value.statement.routes))
    return Attribute("route", relation, values, tuple(clashes))


def _for_good(context: Context) -> Context:
    """A context less that it is about maintenance: what is given as often without that word is given for good too."""
    return replace(context, purpose=None) if context.purpose == "maintenance" else context


def _same_dose(a: View, b: View) -> bool:
    if a.dose is None or b.dose is None:
        return False
    try:
        other = b.dose.to(a.dose.unit)
    except QuantityError:
        return False
    if {"oral"} in (set(a.statement.routes), set(b.statement.routes)):
        return (a.dose.low, a.dose.high) == (other.low, other.high)  # what is swallowed is more than what is injected
    return a.dose.low <= other.high and other.low <= a.dose.high


def timings(statements: Sequence[Statement]) -> Attribute | None:
    """When to take it: in conflict where two say the opposite and neither makes it conditional."""
    values = tuple(
        Value(statement, ", ".join(map(timing_words, statement.timing))) for statement in statements if statement.timing
    )
    if not values:
        return None
    clashes = [
        Clash(a, b)
        for position, a in enumerate(values)
        for b in values[position + 1 :]
        if compatible(a.statement.context, b.statement.context, same_page=False)
        and _at_all(a.statement.scope) == _at_all(b.statement.scope)
        and a.statement.substances == b.statement.substances
        and not _of_other_routes(a.statement, b.statement)
        and opposite(a.statement.timing, b.statement.timing)
    ]
    return Attribute(
        "timing",
        relation_of(values, clashes, len(statements), lambda v: frozenset(v.statement.timing)),
        values,
        tuple(clashes),
    )


def _of_other_routes(a: Statement, b: Statement) -> bool:
    """Whether both say a route and share none: a suppository has a time of its own."""
    return not one_route(a.routes, b.routes)


def _at_all(scope: str | None) -> str | None:
    """A scope without that of a starting dose: when it is taken holds for what follows."""
    return None if scope == "the first days" else scope


def timing_words(term: str) -> str:
    """A coded timing term for a person: ``prn`` is as needed, ``bedtime-if`` is bedtime (on a condition)."""
    for ending, words in (
        ("-if", " (on a condition)"),
        ("-allowed", " (allowed)"),
        ("-preferred", " (preferred)"),
        ("-initially", " (initially)"),
    ):
        if term.endswith(ending):
            return term.removesuffix(ending).replace("-", " ") + words
    return "as needed" if term == "prn" else term.replace("-", " ")


def opposite(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two sets of timing terms say the opposite; parts of a day only where each names a single one."""
    ours, theirs = set(a), set(b)
    for one, other in _AGAINST:
        parts_of_day = one & _DAY_PARTS and other & _DAY_PARTS
        if parts_of_day and any(len({_night(term) for term in terms & _DAY_PARTS}) != 1 for terms in (ours, theirs)):
            continue
        if (ours & one and theirs & other and not ours & other) or (
            theirs & one and ours & other and not theirs & other
        ):
            return True
    return False


def _night(term: str) -> str:
    return "night" if term in ("bedtime", "night", "evening") else term


def classes(statements: Sequence[Statement], own: Sequence[str], reference: Reference) -> Attribute | None:
    """Class as written: in conflict only where one names a class that the substance is not of,
    and another one that it is.
    """
    values = tuple(Value(statement, statement.drug_class) for statement in statements if statement.drug_class)
    if not values:
        return None
    kin = {each for name in own for each in reference.ancestry(name)}
    right: list[Value] = []
    wrong: list[Value] = []
    for value in values:
        named = named_classes(value.text, reference)
        if not named or not kin or len(value.statement.substances) > 1:
            continue
        related = any(each in kin or kin & set(reference.ancestry(each)) for each in named)
        (right if related else wrong).append(value)
    clashes = [Clash(a, b) for a in wrong for b in right]
    return Attribute(
        "class", relation_of(values, clashes, len(statements), lambda value: value.text.lower()), values, tuple(clashes)
    )


_CLASS_WORDS: tuple[tuple[str, str], ...] = (
    ("nsaid", "nsaid"),
    ("anti-inflammatory", "nsaid"),
    ("cox-2", "cox-2-inhibitor"),
    ("opioid", "opioid"),
    ("muscle relaxant", "muscle-relaxant"),
    ("benzodiazepine", "benzodiazepine"),
    ("corticosteroid", "corticosteroid"),
    ("bisphosphonate", "bisphosphonate"),
    ("anticonvulsant", "anticonvulsant"),
    ("antibiotic", "antibiotic"),
    ("antihistamine", "antihistamine"),
    ("beta-blocker", "beta-blocker"),
    ("beta blocker", "beta-blocker"),
    ("diuretic", "diuretic"),
    ("anticoagulant", "anticoagulant"),
    ("antipsychotic", "antipsychotic"),
    ("antidiabetic", "antidiabetic"),
    ("laxative", "laxative"),
    ("barbiturate", "barbiturate"),
)


def named_classes(text: str, reference: Reference) -> list[str]:
    """Ids of the classes that a class text names for certain."""
    lowered = text.lower()
    return [name for words, name in _CLASS_WORDS if words in lowered and name in reference.classes]


def side_effects(statements: Sequence[Statement]) -> Attribute | None:
    """Side effects: listed side by side; different lists never contradict each other."""
    values = tuple(
        Value(statement, ", ".join(effect.phrase for effect in statement.side_effects))
        for statement in statements
        if statement.side_effects
    )
    if not values:
        return None
    return Attribute("side-effects", relation_of(values, (), len(statements), lambda value: value.text), values)
