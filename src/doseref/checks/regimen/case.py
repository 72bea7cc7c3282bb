"""What a regimen rule sees, and the words that all regimen rules share. No rule imports another rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from doseref.findings import Finding, Severity
from doseref.limits import Limit
from doseref.names import Names
from doseref.quantities import Amount, printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.bench import MOST_PERMISSIVE, Bench
from doseref.regimen.judged import Overlap, ProductLoad
from doseref.regimen.model import RANK, Exposure, Item, Total, Verdict
from doseref.regimen.patches import changed_early
from doseref.regimen.taken import Taken, taken_as
from doseref.regimen.ways import pushed, too_often

if TYPE_CHECKING:
    from doseref.regimen.asof import AsOf


@record
class Case:
    """One person's regimen before the judge: its items, totals and overlaps, and who judges."""

    items: tuple[Item, ...]
    totals: tuple[Total, ...]
    overlaps: tuple[Overlap, ...]
    loads: tuple[ProductLoad, ...]
    bench: Bench
    data: Reference
    names: Names
    strict: bool = False
    as_of: tuple[AsOf, ...] = ()
    """What was taken by now, where that is asked."""

    def item(self, n: int) -> Item:
        """The item with this number (from 1)."""
        return self.items[n - 1]

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """All exposures of all items."""
        if len(self.items) == 1:
            return self.items[0].exposures
        return tuple(exposure for item in self.items for exposure in item.exposures)

    @cached_property
    def lone(self) -> tuple[Exposure, ...]:
        """One dose each of all items of which it is not known how often."""
        return tuple(exposure for item in self.items for exposure in item.lone)

    def taken(self, exposures: tuple[Exposure, ...]) -> Taken:
        """What exposures of one substance are, as limits are asked of it; nearly every rule asks it of the same few."""
        key = tuple(map(id, exposures))
        known = self._taken.get(key)
        if known is None:
            known = self._taken[key] = exposures, taken_as(exposures, self.data)
        return known[1]

    @cached_property
    def _taken(self) -> dict[tuple[int, ...], tuple[tuple[Exposure, ...], Taken]]:
        """By the exposures' identity, which holds as long as they do: so they are kept."""
        return {}

    @cached_property
    def facts(self) -> frozenset[str]:
        """What there is for rules to look at, in the words of ``NEEDS`` (:mod:`doseref.checks.regimen`).

        Kinds of trouble and of problems in a dosage, verdicts that decide, and what the code below names.
        """
        found: set[str] = set()
        if len(self.items) > 1:
            found.add("several items")
        if self.exposures:
            found.add("amounts")
        if self.lone:
            found.add("one dose")
        if any(too_often(item, self.data) for item in self.items):
            found.add("depot")
        if any(True for item in self.items for _ in changed_early(item, self.data)):
            found.add("patch")
        if len(self.exposures) > 1:
            found.add("several amounts")
        for item in self.items:
            found.update(_of_item(item))
        for total in self.totals:
            found.update(_of_verdicts(total))
        if len(found & _VERDICTS) > 1:
            found.add("verdicts differ")
        found.update(load.judgement for load in self.loads)
        if self.as_of:
            found.add("doses taken")
        if self.bench.patient.unclear:
            found.add("unclear person")
        return frozenset(found)

    def name(self, substance: str) -> str:
        """Canonical name of a substance id, by which programs know it."""
        return self.data.name_of(substance)

    def told(self, substance: str) -> str:
        """The name of a substance id in a sentence for a person: that of the country asked, where it has its own."""
        return self.data.name_of(substance, self.bench.country)

    def label(self, limit: Limit) -> str:
        """How a limit's place is told: ``L4–L5 line 277``, or a label's title."""
        source = self.data.sources.get(limit.source)
        short = source.short if source else limit.source
        if limit.line:
            return f"{short} line {limit.line}"
        return f"{short}, {limit.indication}" if limit.indication else short

    def places(self, limits: Iterable[Limit]) -> str:
        """The places of several limits, each source once (:meth:`labels`)."""
        kept = self.labels(limits)
        return ("; " if any(", " in place for place in kept) else ", ").join(kept)

    def labels(self, limits: Iterable[Limit]) -> list[str]:
        """The places of several limits: each source once, with the uses that it names in brackets where there are several,
        and with none where it is named without one.
        """
        uses: dict[str, list[str]] = {}
        for limit in dict.fromkeys(limits):
            place, use = self.label(limit), "" if limit.line else limit.indication
            uses.setdefault(place.removesuffix(f", {use}") if use else place, []).append(use)
        made = []
        for place, named in uses.items():
            each = [] if "" in named else list(dict.fromkeys(named))
            made.append(f"{place}, {each[0]}" if len(each) == 1 else f"{place} ({', '.join(each)})" if each else place)
        return made

    def unread_severity(self) -> Severity:
        """Unread names and dosages are warnings, errors with ``--strict``."""
        return Severity.ERROR if self.strict else Severity.WARNING


_VERDICTS = {"over", "possible", "within"}


def _of_item(item: Item) -> Iterator[str]:
    """The facts of one item."""
    for trouble in item.troubles:
        yield trouble.kind
    if len(item.parts) > 1:
        yield "several parts"
    if item.product is not None:
        yield "product"
        if item.product.release:
            yield "release"
    if pushed(item.given.text):
        yield "pushed"
    if any(part.release for part in item.parts) or any(each.release for each in item.exposures):
        yield "release"
    if item.dosage is None:
        return
    if not item.exposures and any(option.dose for option in item.dosage.options):
        yield "dose of no total"
    for problem in item.dosage.problems:
        yield problem.kind
    for option in item.dosage.options:
        if option.route:
            yield "route"
        if option.release:
            yield "release"
        if option.duration:
            yield "length"


def _of_verdicts(total: Total) -> Iterator[str]:
    """The facts of one total."""
    judged = False
    for verdict in total.verdicts:
        if verdict.judges and verdict.judgement != "not-assessed":
            judged = True
            yield verdict.judgement
        if "not convertible" in verdict.reason:
            yield "not convertible"
    if not judged:
        yield "not judged"


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    each = list(words)
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} and {each[-1]}"


def items_words(items: Iterable[int]) -> str:
    """``item 2``, ``items 1 and 3``."""
    numbers = [str(n) for n in items]
    return f"item{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def amount_words(total: Total) -> str:
    """``4,000 to 5,950 mg in 24 hours``, with the phase where it is worst."""
    words = total.stated
    if total.when.startswith("24 hours"):
        return f"{total.told_amount} in the {total.when}"
    return f"{words} ({total.when})" if total.when else words


def working(total: Total) -> str:
    """The sum of a total, item by item, so that it can be done again by hand."""
    parts = [f"item {each.item}: {each.working}" for each in total.exposures]
    if len(parts) > 1:
        parts.append(f"total {total.told_amount} {total.per.words}")
    return "; ".join(parts)


def amount(value: Decimal | None, unit: str) -> str:
    """An amount for a message."""
    return str(Amount(value if value is not None else Decimal(0), unit))


def limits_words(case: Case, verdicts: Iterable[Verdict], total: Total) -> str:
    """``3,000 mg: L2–L3 line 492, L5–S1 line 321; 4,000 mg: L4–L5 line 277``."""
    groups: dict[Decimal, list[Limit]] = {}
    for verdict in verdicts:
        if verdict.amount is not None:
            groups.setdefault(verdict.amount, []).append(verdict.limit)
    return "; ".join(
        f"{total.tell(value)}: {', '.join(case.labels(limits))}" for value, limits in sorted(groups.items())
    )


def maxima(total: Total) -> tuple[Verdict, ...]:
    """The deciding verdicts against stated maxima."""
    return tuple(verdict for verdict in total.judged if verdict.limit.basis == "maximum")


def decided(case: Case, total: Total) -> str:
    """The verdict that the policy picks among the stated maxima: the worst, or the best with ``most-permissive``."""
    ranks = [verdict.judgement for verdict in maxima(total)]
    if not ranks:
        return "not-assessed"
    pick = min if case.bench.policy == MOST_PERMISSIVE else max
    return pick(ranks, key=RANK.__getitem__)


def by_policy(case: Case, found: list[Finding | None]) -> Finding | None:
    """What several courts find of one thing (``None``: nothing), by the policy: the gravest, or the mildest with
    ``most-permissive``.
    """
    told = [each for each in found if each is not None]
    if case.bench.policy != MOST_PERMISSIVE:
        return max(told, key=lambda each: each.severity, default=None)
    return min(told, key=lambda each: each.severity, default=None) if len(told) == len(found) else None


def told_by_totals(case: Case) -> set[str]:
    """The substances of which a total is, or may be, over its maximum: what that tells is not told again."""
    return {total.substance for total in case.totals if decided(case, total) in ("over", "possible")}


def uncapitalised(label: str) -> str:
    """A label inside a sentence: ``respiratory depression``, but ``CNS depression``."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def sources_of(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """Source ids, each once, in order."""
    return tuple(dict.fromkeys(verdict.limit.source for verdict in verdicts))


def product_findings(
    case: Case, judgement: str, code: str, rule: str, severity: Severity, what: str, mend: str
) -> Iterator[Finding]:
    """A finding for each product of that judgement against its own label: ``what`` it is, and what to ``mend`` to."""
    for load in case.loads:
        if load.judgement != judgement:
            continue
        source = case.data.sources.get(load.source)
        allowed = amount(load.allowed, load.taken.unit)
        label = source.short if source else load.source
        yield Finding(
            code,
            rule,
            severity,
            f"{load.product.label} {what}: {load.taken} in 24 hours against {allowed} ({label})",
            items=tuple(item.n for item in load.items),
            substances=substances_of(case, load),
            sources=(load.source,),
            working=load.working,
            mend=f"{mend} {allowed} in 24 hours",
        )


def substances_of(case: Case, load: ProductLoad) -> tuple[str, ...]:
    """Canonical names of a product's ingredients."""
    return tuple(dict.fromkeys(case.name(ingredient.substance) for ingredient in load.product.ingredients))


__all__ = [
    "Case",
    "Finding",
    "Severity",
    "amount",
    "amount_words",
    "by_policy",
    "decided",
    "items_words",
    "limits_words",
    "listed",
    "maxima",
    "printed",
    "product_findings",
    "sources_of",
    "uncapitalised",
    "working",
]
