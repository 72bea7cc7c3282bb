"""The real judge on as few items as possible: what it says of some items together, whoever takes them.

A regimen falls apart. What is said of a substance depends on the items that hold it alone; what is said of an effect or
a class on the items that have it. So each item is judged alone once, however many people take it, and items that share
a substance together; the rules that look across substances (:data:`ACROSS`) see the items they are about. Nothing here
decides: it asks :mod:`doseref.regimen` and :mod:`doseref.checks`, and the outcome is the same as that of
``doseref check``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product

from doseref.bulk.places import NAME, Place
from doseref.checks.regimen import r202_duplicate_class as one_class
from doseref.checks.regimen.case import Case
from doseref.checks.regimen.r301_shared_side_effects import told
from doseref.checks.runner import codes, run
from doseref.findings import Finding
from doseref.lists.results import results_among, unread_among
from doseref.names import Names
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.at_one_time import sides
from doseref.regimen.bench import Bench, bench_of, weighed
from doseref.regimen.common_totals import common_total, with_common_totals
from doseref.regimen.companions import waits_for_another, with_companions
from doseref.regimen.doubles import when_taken
from doseref.regimen.evaluate import judge_all, numbered
from doseref.regimen.judged import Overlap
from doseref.regimen.model import Given, Item, Total
from doseref.regimen.overlaps import (
    PLACES,
    Acting,
    Member,
    acting_of,
    effects,
    lineage,
    members_of,
    overlaps,
    shared,
)
from doseref.regimen.perhaps import may_be
from doseref.regimen.products import product_loads
from doseref.regimen.read import read_item
from doseref.regimen.stacks import belongs, gravest_first, kinds_of, piled
from doseref.regimen.told_facts import told_facts
from doseref.regimen.totals import covered

Facts = tuple[tuple[str, str], ...]
"""What the rows of a person say of who that is: role and cell, as written."""
CLASS, EFFECTS, OPIOIDS, BOUND, NAMES = "R202", "R301", "R302", "R304", "R402"
ACROSS = (CLASS, EFFECTS, OPIOIDS, BOUND)
"""The rules that look across substances, and nowhere else. A rule that is not named here looks at items that share a
substance, or at one item; :data:`NAMES` looks at one item and, for names that look alike, across. Who takes both sides
of what :data:`BOUND` is about is judged whole. A test holds every rule to that by judging whole regimens both ways."""


@record
class Outcome:
    """What is said of items that were judged together; item numbers are places (:class:`Place`)."""

    totals: tuple[Total, ...]
    findings: tuple[Finding, ...]
    unjudged: tuple[bool, ...]
    """Of each total, whether it is told as not assessed."""


MOST_KEPT = 4_096
"""Outcomes that a process keeps from one part to the next, of each kind."""


@record
class Kinds:
    """What of an item matters across substances: bit masks of the classes and effects its substances have.

    ``double`` masks are those that two of its own substances share.
    """

    substances: tuple[str, ...]
    acts: tuple[str, ...]
    classes: int
    double_classes: int
    effects: int
    double_effects: int
    opioid: bool
    alike: int
    """Bit mask of the pairs of look-alike names that the item has one of."""
    members: tuple[Member, ...] = ()
    """Its substances of such classes: with :attr:`dated` all that is asked of an item about its classes."""
    dated: str = ""
    """Its text, where that names days or another drug that is to act first: what is taken one after the other is not
    taken twice.
    """
    by_person: bool = False
    """Whether who takes it is judged whole: its line says a body weight or another fact of the person, how it is read
    depends on the other items, or its name is not known and looks like that of what they may be.
    """
    bound: tuple[int, int] = (0, 0)
    """Bit masks of what is to be taken some hours apart (:func:`doseref.regimen.at_one_time.sides`): who takes both sides
    is judged whole.
    """


class Judge:
    """Reads and judges items under the options given; everything it says is kept, by what it was said of."""

    def __init__(self, names: Names, bench: Bench, strict: bool = False, accept_suggestions: bool = False) -> None:
        self.names = names
        self.data: Reference = names.data
        self.bench = bench
        self.strict = strict
        self.accept_suggestions = accept_suggestions
        self.local = tuple(code for code in codes("regimen") if code not in ACROSS)
        asked = sorted(key for key, known in self.data.classes.items() if known.allowed is not None)
        self._bits = {key: 1 << place for place, key in enumerate(product(asked, PLACES))}
        counted = {key for key, known in self.data.side_effect_classes.items() if known.adds_up}
        stacks = {stack.effect for stack in self.data.stacks}
        self.effect_ids = tuple(sorted(counted | stacks))
        self._effect_bit = {key: 1 << place for place, key in enumerate(self.effect_ids)}
        pairs = sorted(
            {(min(one, two), max(one, two)) for one, others in self.data.lookalikes.items() for two in others}
        )
        self._pairs = {pair: 1 << place for place, pair in enumerate(pairs)}
        self.effect = lru_cache(maxsize=MOST_KEPT)(self._effect)
        self.classes_of = lru_cache(maxsize=None)(self._classes_of)
        self.effects_of = lru_cache(maxsize=None)(self._effects_of)

    def read(self, given: Given) -> Item:
        """The item, at the first place."""
        return self._alone(given, self.bench.patient.weight)

    def _alone(self, given: Given, weight_kg: Decimal | None) -> Item:
        return read_item(Place(1), given, self.names, self.accept_suggestions, weight_kg)

    def together(self, items: Sequence[Item]) -> Outcome:
        """What is said of items that share substances, or of one, by the rules that look no further."""
        placed = _placed(items)
        totals = judge_all(placed, self.names, self.bench)
        loads = tuple(product_loads(placed, self.bench, self.data))
        case = Case(placed, totals, (), loads, self.bench, self.data, self.names, self.strict)
        unjudged = tuple(not total.judged and not covered(total, totals) for total in totals)
        found = (each for each in run("regimen", case, self.local) if not _across_names(each))
        return Outcome(totals, tuple(found), unjudged)

    def whole(self, items: Sequence[Item], facts: Facts) -> tuple[Outcome, tuple[Item, ...]]:
        """All that is said of a person of whom something is known, judged as ``check`` does,
        and the items as read for that person.
        """
        bench = bench_of(self.bench, [*facts, *results_among(each.given.text for each in items)])
        weight = bench.patient.weight
        if weight is not None:
            items = [self._alone(each.given, weight) for each in items]
        bench = weighed(bench, (item.own_weight_kg for item in items))
        placed = _placed(with_common_totals(items, lambda given: self._alone(given, weight)))
        items = [one if _read_alike(one, other) else other for one, other in zip(items, placed, strict=True)]
        bench = bench_of(bench, unread_among(placed))
        totals = judge_all(placed, self.names, bench)
        loads = tuple(product_loads(placed, bench, self.data))
        shared_effects = tuple(overlaps(placed, self.data))
        case = Case(placed, totals, shared_effects, loads, bench, self.data, self.names, self.strict)
        unjudged = tuple(not total.judged and not covered(total, totals) for total in totals)
        return Outcome(totals, tuple(run("regimen", case)), unjudged), tuple(items)

    def across(self, code: str, items: Sequence[Item]) -> tuple[Finding, ...]:
        """What one of the rules that look across substances says of the items that it is about."""
        placed = _placed(items)
        totals = judge_all(placed, self.names, self.bench) if code == OPIOIDS else ()
        case = Case(placed, totals, (), (), self.bench, self.data, self.names, self.strict)
        found = run("regimen", case, (code,))
        return tuple(each for each in found if code != NAMES or _across_names(each))

    def classes(self, kinds: Sequence[Kinds]) -> tuple[Finding, ...]:
        """What is said of the classes of items of these kinds."""
        taken = [(Place(n), each.members, each.dated) for n, each in enumerate(kinds, start=1)]
        return tuple(one_class.told(taken, self.data, self.bench.country))

    def _effect(self, effect: str, acts: tuple[tuple[str, ...], ...]) -> tuple[Finding, ...]:
        """What is said of one effect that substances share; ``acts`` are those of each item that act in the body."""
        taken: list[Acting] = [(Place(n), substances) for n, substances in enumerate(acts, start=1)]
        stacks, country = piled(taken, self.data, effect, self.bench.patient.age), self.bench.country
        return tuple(told(stacks, shared(taken, self.data, effect), self.data, country))

    def plain_effect(self, effect: int, many: int) -> Finding:
        """What is said of so many substances of as many items that share an effect, and of no stack: with marks for
        their names.
        """
        class_id, numbers = self.effect_ids[effect], range(1, many + 1)
        label = self.data.side_effect_classes[class_id].label
        names = tuple(map(NAME.format, numbers))
        (found,) = told((), (Overlap(class_id, label, names, tuple(map(Place, numbers))),), self.data, "")
        return found

    def kinds(self, item: Item) -> Kinds:
        """What of an item matters across substances."""
        substances = item.substances
        acts = acting_of(item, self.data)
        members = members_of(item, self.data)
        classes = [_any([self.classes_of(member[0], where) for where in member[1]]) for member in members]
        each = [self.effects_of(substance) for substance in acts]
        opioid = any("opioid" in lineage(substance, self.data) for substance in substances)
        any_class, text = _any(classes), item.given.text
        return Kinds(
            substances,
            acts,
            any_class,
            _twice(classes),
            _any(each),
            _twice(each),
            opioid,
            self._alike(item),
            members if any_class else (),
            when_taken(text) if any_class else "",
            item.own_weight_kg is not None
            or bool(told_facts(text))
            or bool(results_among((text,)) or unread_among((item,)))
            or waits_for_another(item)
            or common_total(item) is not None
            or bool(may_be(item, self.names)),
            sides(item, self.data),
        )

    def _alike(self, item: Item) -> int:
        mask = 0
        for word in {item.matched.lower(), *(self.data.name_of(each).lower() for each in item.substances)}:
            for other in self.data.lookalikes.get(word, ()):
                mask |= self._pairs[min(word, other), max(word, other)]
        return mask

    def _classes_of(self, substance: str, where: str) -> int:
        mask = 0
        for class_id in lineage(substance, self.data):
            if self.data.classes[class_id].allowed is not None:
                mask |= self._bits[class_id, where]
        return mask

    def _effects_of(self, substance: str) -> int:
        mask = 0
        for class_id, _ in effects(substance, self.data):
            mask |= self._effect_bit.get(class_id, 0)
        kinds = kinds_of(substance, self.data)
        for stack in gravest_first(self.data):
            if any(belongs(kinds, group) for group in stack.groups):
                mask |= self._effect_bit[stack.effect]
        return mask


def _across_names(finding: Finding) -> bool:
    """Whether it is about names of several items that look alike."""
    return finding.code == NAMES and len(finding.items) > 1


def _placed(items: Sequence[Item]) -> tuple[Item, ...]:
    return with_companions([numbered(item, Place(n), item.given) for n, item in enumerate(items, start=1)])


def _read_alike(one: Item, other: Item) -> bool:
    """Whether an item is told in the same way alone and beside the others."""
    return (one.status, one.troubles) == (other.status, other.troubles)


def _any(masks: Sequence[int]) -> int:
    mask = 0
    for each in masks:
        mask |= each
    return mask


def _twice(masks: Sequence[int]) -> int:
    once = twice = 0
    for each in masks:
        twice |= once & each
        once |= each
    return twice
