"""What the productions share: a cursor over the tokens and the clause that is being filled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol

from doseref.dosage.model import Cycle, Maximum, Problem, Step, Strength, Target, Times
from doseref.dosage.tokens import Tokens
from doseref.quantities import Range

MAX_PROBLEMS = 40
"""A text that is not understood at all is told in so many places; the last one then reaches to its end."""


class Mass:
    """One amount in a measured unit as it stood in the text, before it is decided what it is an amount of."""

    __slots__ = ("attached", "bracketed", "high", "index", "low", "substance", "tag", "unit")

    def __init__(self, low: Decimal, high: Decimal, unit: str, index: int) -> None:
        self.low = low
        self.high = high
        self.unit = unit
        self.index = index
        self.bracketed = False
        self.attached = False
        self.substance: str | None = None
        self.tag = ""


class Clause:
    """A mutable :class:`~doseref.dosage.model.Option` with how it is joined to the clause before it."""

    __slots__ = (
        "added",
        "at",
        "besides",
        "count",
        "count_bracketed",
        "count_index",
        "cycle",
        "day_index",
        "days",
        "device",
        "dose",
        "doses_total",
        "duration",
        "every",
        "form",
        "from_day",
        "headed",
        "instead",
        "link",
        "loose",
        "masses",
        "method",
        "of_each",
        "per_day",
        "prn",
        "prn_for",
        "release",
        "routes",
        "row",
        "site",
        "start",
        "stat",
        "stated",
        "step",
        "strengths",
        "time_first",
        "times",
        "to_day",
        "until",
        "when",
        "when_or",
    )

    def __init__(self, link: str, start: int) -> None:
        self.link = link
        self.start = start
        self.loose = False
        """Whether only its place says that it is taken besides the clause before it, and no "and"."""
        self.masses: list[Mass] = []
        self.dose: Range | None = None
        self.strengths: list[Strength] = []
        self.count: tuple[Decimal, Decimal, str | None] | None = None
        self.count_index = -1
        self.count_bracketed = False
        self.time_first = False
        self.stated: tuple[Range, str] | None = None
        """What the words say that it comes to, in a day or a week."""
        self.per_day = False
        self.times: Times | None = None
        self.every: Range | None = None
        self.routes: tuple[str, ...] = ()
        self.row: tuple[int, int, int, tuple[str, ...], tuple[str, ...]] | None = None
        """Of a row of doses: its clauses, doses and places, and the times of day that it gives to this clause."""
        self.form: str | None = None
        self.release: str | None = None
        self.when: tuple[str, ...] = ()
        self.when_or: tuple[str, ...] = ()
        self.at: tuple[str, ...] = ()
        self.days: tuple[str, ...] = ()
        self.prn = False
        self.besides = False
        """Whether it is taken as needed besides the regular doses of the clause before it."""
        self.of_each: tuple[Decimal, ...] = ()
        """How many are taken of each of the strengths that stand before it."""
        self.added = False
        """Whether the words call it an extra dose, besides the regular ones."""
        self.device: str | None = None
        """The device whose whole content the strength states ("1.5 mg/0.5 mL pen")."""
        self.instead = False
        """Whether the words call it an exception: on its days it is taken instead of the clause before it."""
        self.prn_for: str | None = None
        self.duration: Range | None = None
        self.doses_total: Range | None = None
        self.stat = False
        """Whether ``doses_total`` is only a "now", which a frequency beside it turns into when it begins."""
        self.cycle: Cycle | None = None
        self.site: str | None = None
        self.method: str | None = None
        self.until: str | None = None
        self.from_day: int | None = None
        self.headed = False
        self.day_index = -1
        """The token at which the day of this clause is named."""
        self.to_day: int | None = None
        self.step: Step | None = None

    def twin(self, link: str) -> Clause:
        """Another clause that says the same."""
        made = Clause(link, self.start)
        for name in self.__slots__:
            value = getattr(self, name)
            setattr(made, name, list(value) if isinstance(value, list) else value)
        made.link = link
        return made

    @property
    def dosed(self) -> bool:
        """Whether an amount has been read that could be the dose."""
        return bool(self.masses) or self.count is not None

    @property
    def timed(self) -> bool:
        """Whether it is said when or how often."""
        return bool(
            self.times
            or self.every
            or self.when
            or self.at
            or self.days
            or self.duration
            or self.doses_total
            or self.from_day
        )

    def in_row(self, clauses: int, given: int, places: int) -> None:
        """Note that it is of a row of so many clauses, doses and places, and what the row says of when."""
        self.row = (clauses, given, places, self.when, self.at)

    def timed_beside_total(self) -> bool:
        """Whether a frequency is known apart from a number of doses in all."""
        return bool(self.times or self.every or self.when or self.at or self.days)

    @property
    def empty(self) -> bool:
        """Whether nothing a phase could be made of has been read."""
        return not (self.dosed or self.timed or self.strengths or self.routes or self.prn or self.step or self.cycle)


class Refiner(Protocol):
    """Who runs the steps after the productions where somebody watches (:class:`doseref.dosage.trace.Trace`)."""

    def refined(self, p: State, steps: tuple[Callable[..., None], ...], subjects: tuple[Any, ...]) -> None:
        """Run ``steps`` one by one on ``subjects``."""


class State:
    """The parse so far: the cursor ``i`` (index of the next token), the tokens' ``kinds`` and ``values``,
    and the clause being filled.
    """

    __slots__ = (
        "_target",
        "aimed",
        "clause",
        "clauses",
        "depth",
        "fatal",
        "i",
        "in_loading",
        "ingredients",
        "kinds",
        "limited",
        "link",
        "longest",
        "maximum",
        "named",
        "problems",
        "remarks",
        "tokens",
        "trace",
        "values",
    )

    def __init__(self, tokens: Tokens, trace: Refiner | None = None) -> None:
        self.tokens = tokens
        self.trace = trace
        self.kinds = tokens.kinds
        self.values = tokens.values
        self.i = 0
        self.clause = Clause("first", 0)
        self.clauses: list[Clause] = [self.clause]
        self.link = ""
        self.depth = 0
        self.fatal = False
        self.in_loading = False
        """Whether a loading dose in brackets is being read: there is none within it."""
        self.named = False
        self.ingredients: int | None = None
        """How many ingredients the thing has; ``None`` where that is not known."""
        self._target: Target | None = None
        self.aimed = 0
        """How many clauses had begun when the target was read."""
        self.maximum: list[Maximum] = []
        self.limited = 0
        """How many clauses had begun when the last maximum was read."""
        self.longest: Range | None = None
        self.problems: list[tuple[int, int, str, str]] = []
        self.remarks: list[tuple[int, int]] = []
        """First and last token of what was left aside as a remark."""

    @property
    def target(self) -> Target | None:
        """Where a titration is to end."""
        return self._target

    @target.setter
    def target(self, target: Target | None) -> None:
        self._target, self.aimed = target, len(self.clauses)

    def tell(self, message: str, first: int, last: int | None = None, kind: str = "unread") -> None:
        """Note a problem with tokens ``first`` to ``last`` (included)."""
        end = first if last is None else last
        if len(self.problems) >= MAX_PROBLEMS:
            begin, _, said, before = self.problems[-1]
            self.problems[-1] = (min(begin, first), max(end, self.problems[-1][1]), said, before)
            return
        self.problems.append((first, end, message, kind))

    def strength_of(self, mass: Mass, substance: str | None = None, per: tuple[Decimal, str] | None = None) -> Strength:
        """An amount as what one piece, or so much of a liquid, holds; a range of them is told: nothing holds two."""
        if mass.low != mass.high and not mass.unit.endswith("/kg"):
            self.tell("a strength that is a range", mass.index, mass.index, "ambiguous")
            self.fatal = True
        return Strength(mass.high, mass.unit, substance, per)

    def new_clause(self, link: str) -> Clause:
        """Begin the next clause: ``then``, ``and`` (at the same time) or ``or``."""
        self.clause = Clause(link, self.i)
        self.clauses.append(self.clause)
        self.link = ""
        return self.clause

    def skip(self, *kinds: str) -> bool:
        """Step over one token of these kinds, if it is next."""
        if self.kinds[self.i] in kinds:
            self.i += 1
            return True
        return False

    def problem_list(self) -> tuple[Problem, ...]:
        """The problems with their places, in the order of the text."""
        made = []
        for first, last, message, kind in self.problems:
            start, end = self.tokens.span(first, last)
            made.append(Problem(message, start, end, kind))
        made.sort(key=lambda problem: (problem.start, problem.end))
        return tuple(made)
