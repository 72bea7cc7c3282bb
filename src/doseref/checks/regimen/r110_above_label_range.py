"""R110 above-label-range (warning)

What. A total is (or may be) above the highest dose that a label gives as usual, or above which it recommends none,
where no label that judges states a maximum. Information, for a label that states no maximum leaves room; a warning
where even the low end (of what is all taken as needed, the high end) is more than half as much again as what the label does not
recommend to go beyond, or two and a half times the most of every label's usual range, unless it goes by the body weight (just that
where the dose of the first days goes on, or three of the largest tablets are taken at once), or, of a drug of which
one dose too many is dangerous (digoxin), twice the most that any source gives, loading doses aside, or beyond
everything that labels and authorities of any country give for any indication, a maximum among it: two of them agree in
that, or it is half as much again. A warning, too, where the person's age or kidney function is known, the country asked
states no maximum for it, and it is above what labels of other countries state for just such people.

Why. Most labels state no maximum. That a dose is beyond all that the label gives is worth knowing before it is
dispensed.

Passes:
    Lisinopril 80 mg once daily

Fires:
    Lisinopril 200 mg once daily
    Loperamide 8 mg four times daily
    Digoxin 0.25 mg four times daily
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.regimen.case import (
    Case,
    Finding,
    Severity,
    amount_words,
    decided,
    limits_words,
    sources_of,
    working,
)
from doseref.refdata import Reference
from doseref.regimen.delivered import to_unit
from doseref.regimen.for_others import for_such_people, such_people
from doseref.regimen.judge import amount_in
from doseref.regimen.labelled import FAR_TIMES, LabelledDoses, beyond_all, far_beyond, given_anywhere
from doseref.regimen.model import Total, Verdict
from doseref.regimen.plausible import (
    far_beyond_a_day,
    largest_strength,
    looks_like_a_slip,
    plain_unit,
    routes_of,
    twice_of_a_narrow,
)
from doseref.regimen.scope import asked, informs, other_status, restates
from doseref.regimen.sold import sold_freely

_WORDS = {
    "not-recommended-above": "what {} recommends at most",
    "usual-top": "the usual range of {}",
    "maximum": "the maximum of {}",
}
_FAR_FROM_USUAL = Decimal("2.5")
"""So many times the most of every label's usual range is asked about."""
_MANY_PIECES = 3
_FEW_DAYS = 3
"""A loading dose is above what is usual, and is over after so many days."""
_NO_RANGE = ("titrated", "schedule-only", "top-of-initial-range")
"""Kinds whose figure is no end of a range: it only keeps a lower figure of another indication from speaking."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per total above everything that the labels give, where none of them states a maximum that judges; and
    one where it is above what labels of other countries give people of this age or with such kidneys.
    """
    yield from _above_labels(case)
    yield from _above_for_such_people(case)


def _above_for_such_people(case: Case) -> Iterator[Finding]:
    """Totals above the highest that other countries' labels state for the age or the kidney function of the person,
    where the country asked states none and nothing says already that it is too much.
    """
    for total in case.totals:
        if not total.per.is_day or decided(case, total) in ("over", "possible"):
            continue
        limits = for_such_people(case.taken(total.exposures), case.bench, case.data)
        unit = total.amount.unit
        known = [
            (limit, value)
            for limit in limits
            if limit.per is not None
            and limit.amount is not None
            and limit.per.usual() == total.per.usual()
            and (value := amount_in(limit, limit.amount, limit.unit, unit, case.data, case.names)) is not None
        ]
        if not known or total.amount.high <= max(value for _, value in known):
            continue
        highest = max(value for _, value in known)
        those = [limit for limit, value in known if value == highest]
        sure = total.amount.low > highest
        yield Finding(
            "R110",
            "above-label-range",
            Severity.WARNING,
            f"{case.told(total.substance)}, {amount_words(total)}, {'is' if sure else 'may be'} above what "
            f"{such_people(those)}, {total.tell(highest)}: {case.places(those)}",
            items=total.items,
            substances=(case.name(total.substance),),
            sources=tuple(dict.fromkeys(limit.source for limit in those)),
            working=working(total),
            mend=f"look up what labels of {case.bench.country} give such people: none is known here",
        )


def _above_labels(case: Case) -> Iterator[Finding]:
    for total in case.totals:
        least = total.amount.low
        anywhere = _given_anywhere(case, total)
        beyond = bool(anywhere) and beyond_all(least, anywhere)
        if not beyond and not _also_by_the_week(total, case.data):
            # Other labels are of tablets of another strength, whose sums may be a little lower: what is far above counts.
            wider = _given_anywhere(case, total, any_strength=True)
            beyond = bool(wider) and far_beyond(least, wider)
            anywhere = wider if beyond or not anywhere else anywhere
        # Nothing is certain of what is taken as needed: its most counts where it is far above.
        may_be = not beyond and _may_be_beyond(total, anywhere, case.data)
        if not beyond and not may_be and not _passes_a_label(total):
            continue
        told = _told(case, total)
        first = _above(told)
        above = first or _above_later(told)
        if not above:
            if (beyond or may_be) and not _told_otherwise(case, total):
                yield _beyond_all(case, total, anywhere, "is" if beyond else "may be")
            continue
        highest = above[0].amount
        kind = next(kind for kind in _WORDS if any(verdict.limit.kind == kind for verdict in above))
        sure = any(verdict.judgement == "over" for verdict in above)
        copied = restates(above[0].limit, case.data)
        not_recommended = kind == "not-recommended-above" and not copied
        most = total.amount.high if _as_needed(total) else least
        far = highest is not None and (
            (not_recommended and _far(case, total, most, FAR_TIMES * highest, later=not first))
            or (not copied and most >= _FAR_FROM_USUAL * highest and _is_told_here(case, total))
            or (not _briefly(total) and _twice_of_a_narrow(case, total))
        )
        whose = "a page that restates the label" if copied else "the label"
        yield Finding(
            "R110",
            "above-label-range",
            Severity.WARNING if far or beyond else Severity.INFO,
            f"{case.told(total.substance)}, {amount_words(total)}, {'is' if sure else 'may be'} above "
            f"{_WORDS[kind].format(whose)}, "
            f"{limits_words(case, [each for each in above if each.limit.kind == kind], total)}",
            items=total.items,
            substances=(case.name(total.substance),),
            sources=sources_of(above),
            working=working(total),
        )


def _passes_a_label(total: Total) -> bool:
    """Whether any label's figure is passed: nearly all totals are below, and nothing more is asked of them."""
    return any(each.judgement in ("over", "possible") and each.limit.labelled for each in total.verdicts)


def _far(case: Case, total: Total, least: Decimal, far: Decimal, later: bool) -> bool:
    """Whether an amount is so far above what a label recommends that it is asked about: more than half as much again,
    or just that where the dose of the first days goes on, or where several of the largest tablets are taken at once.

    Half as much again alone is what some are given (topiramate 300 mg twice a day, above 400 mg).
    """
    if least != far:
        return least > far
    unit = total.amount.unit
    piece = largest_strength(total.substance, unit, case.data)
    doses = [to_unit(case.data, total.substance, each.per_dose, unit) for each in total.exposures]
    at_once = max((each.low for each in doses if each is not None), default=Decimal(0))
    return later or (piece is not None and at_once >= _MANY_PIECES * piece.amount)


def _twice_of_a_narrow(case: Case, total: Total) -> bool:
    """Whether it is twice the most of a drug of which one dose too many is dangerous; that one dose looks like a slip of
    a unit is told by the rule of implausible doses.
    """
    unit = plain_unit(total.amount.unit, total.substance, case.data)
    day = to_unit(case.data, total.substance, total.amount, unit) if total.per.is_day else None
    if day is None or not twice_of_a_narrow(day.low, unit, total.substance, total.route, case.data):
        return False
    return not _slipped(case, total, unit)


def _is_told_here(case: Case, total: Total) -> bool:
    """Whether a day far above what is usual is told by this rule: it is no loading dose, goes by nobody's weight, and one
    dose of it looks like no slip, which the rule of implausible doses tells.
    """
    if _briefly(total) or any(limit.unit.endswith("/kg") for limit in case.data.limits.get(total.substance, ())):
        return False
    unit = plain_unit(total.amount.unit, total.substance, case.data)
    written = any(
        each.product is None for each in total.exposures
    )  # so many tablets of a product are no slip of a unit
    day = to_unit(case.data, total.substance, total.amount, unit) if written and total.per.is_day else None
    far = day and far_beyond_a_day(day.low, unit, total.substance, total.route, case.data, routes=routes_of(total))
    return not far and not _slipped(case, total, unit)


def _slipped(case: Case, total: Total, unit: str) -> bool:
    """Whether one dose looks like a slip of a unit or of the decimal point."""
    written, routes = (each.per_dose for each in total.exposures if each.product is None), routes_of(total)
    doses = (to_unit(case.data, total.substance, each, unit) for each in written)
    return any(
        each is not None
        and looks_like_a_slip(
            each.low, unit, total.substance, total.route, case.data, routes, case.bench.patient.weight
        )
        for each in doses
    )


def _also_by_the_week(total: Total, data: Reference) -> bool:
    """Whether a source gives it by the week or longer: that it is taken every day is told by the wrong-period rule."""
    return any(limit.per is not None and not limit.per.is_day for limit in data.limits.get(total.substance, ()))


def _as_needed(total: Total) -> bool:
    """Whether all of it is taken as needed: its most is what is asked about."""
    return all(each.prn for each in total.exposures)


def _briefly(total: Total) -> bool:
    """Whether any of it is one dose, or given for a few days: a loading dose is above what is usual."""
    return any(each.once or (each.to_day is not None and each.to_day <= _FEW_DAYS) for each in total.exposures)


def _above(told: list[Verdict]) -> list[Verdict]:
    """Those of the highest figure that is passed; none where it is no end of a range."""
    highest = max((verdict.amount for verdict in told if verdict.amount is not None), default=None)
    top = [verdict for verdict in told if verdict.amount == highest]
    above = [verdict for verdict in top if verdict.judgement in ("over", "possible")]
    ends = any(verdict.limit.kind in _WORDS for verdict in above)
    return above if ends and not any(verdict.limit.kind in _NO_RANGE for verdict in top) else []


def _above_later(told: list[Verdict]) -> list[Verdict]:
    """Those passed of the figures that hold from a later day on, where no label gives more on that day:
    the dose of the first week of an anticoagulant, taken for a month.
    """
    passed = [each for each in told if each.limit.from_day > 1 and each.judgement in ("over", "possible")]
    return [
        each
        for each in passed
        if each.limit.kind in _WORDS
        and not any(
            other.amount is not None
            and each.amount is not None
            and other.amount > each.amount
            and (other.limit.to_day is None or other.limit.to_day >= each.limit.from_day)
            for other in told
        )
    ]


def _beyond_all(case: Case, total: Total, anywhere: LabelledDoses, how: str) -> Finding:
    """Where no label is asked under the options, and what is taken ``how`` ("is", "may be") beyond all that others
    give.
    """
    sources = tuple(dict.fromkeys(limit.source for limit, _ in anywhere))
    highest = max(value for _, value in anywhere)
    places = case.places(limit for limit, value in anywhere if value == highest)
    return Finding(
        "R110",
        "above-label-range",
        Severity.WARNING,
        f"{case.told(total.substance)}, {amount_words(total)}, {how} above all that labels and authorities of any "
        f"country give, {total.tell(highest)} at most: {places}",
        items=total.items,
        substances=(case.name(total.substance),),
        sources=sources,
        working=working(total),
        mend=f"ask what is meant{_asked_otherwise(case, anywhere)}",
    )


def _asked_otherwise(case: Case, anywhere: LabelledDoses) -> str:
    """The option by which one of these labels would judge; empty where none does."""
    here = [limit for limit, _ in anywhere if not asked(limit, case.bench, case.data)]
    if not case.bench.otc and any(other_status(limit, case.bench, case.data) for limit in here):
        return "; --otc lets such a label judge"
    if case.bench.country != "US":
        return ""  # who asked for one country is not sent to another's labels
    abroad = sorted({case.data.sources[limit.source].country for limit, _ in anywhere if limit not in here} - {""})
    return f"; --country {abroad[0]} lets such a label judge" if abroad else ""


def _told_otherwise(case: Case, total: Total) -> bool:
    """Whether a label judges, or another rule says already that it is too much."""
    # A product over its own label's maximum tells enough of what comes from it alone, not of what others add.
    over = {item.n for load in case.loads if load.judgement == "over" for item in load.items}
    if over.issuperset(total.items):
        return True
    return _judged_by_labels(total) or decided(case, total) in ("over", "possible")


def _judged_by_labels(total: Total) -> bool:
    """Whether a label that was asked says that it is within or over."""
    labels = (each for each in total.verdicts if each.limit.labelled and each.amount is not None)
    return any(each.judges and each.judgement != "not-assessed" for each in labels)


def _given_anywhere(case: Case, total: Total, any_strength: bool = False) -> LabelledDoses:
    """What labels and authorities of any country give in a day at most, each in the total's unit.

    None of a nutrient: its upper level has a policy of its own.
    """
    return given_anywhere(
        case.taken(total.exposures),
        total.per.usual(),
        total.amount.unit,
        case.bench,
        case.data,
        case.names,
        any_strength,
    )


def _may_be_beyond(total: Total, anywhere: LabelledDoses, data: Reference) -> bool:
    """Whether the most that may be taken as needed is half as much again as every figure; of what is sold freely and
    comes from several items, whether it is above every one: each box says so, and none knows of the other.
    """
    most = total.amount.high
    if not anywhere:
        return False
    if total.amount.low == 0 and far_beyond(most, anywhere):
        return True
    several = len(total.items) > 1 and any(each.prn for each in total.exposures)
    return several and sold_freely(total.substance, data) and beyond_all(most, anywhere)


def _told(case: Case, total: Total) -> list[Verdict]:
    """The labels' figures that only inform; what restates a label only where no label speaks;
    none where a label's maximum judges.
    """
    if _judged_by_labels(total):
        return []
    labels = [each for each in total.verdicts if each.limit.labelled and each.amount is not None]
    told = [
        each
        for each in labels
        if each.judgement != "not-assessed"
        and informs(each.limit, case.data)
        and each.limit.kind in (*_WORDS, *_NO_RANGE)
    ]
    near = [each for each in told if not restates(each.limit, case.data)]
    # Beside a label, a page that gives more than it as a maximum only keeps the label's figure from being told as the
    # end.
    return [each for each in told if not near or each in near or each.limit.kind == "maximum"]
