"""A204 contradicts-itself (warning)

What. The parts of one statement cannot all be followed: several doses a day and a timing "only at night" or "once
daily", as needed and around the clock, a dose and a frequency that do not come to the total beside them, an amount and
the same in another unit that are not the same, with food and on an empty stomach, at bedtime and not at bedtime.

Why. The reader has to pick one half, and the article does not say which.

Passes:
    a.md: Drug: Cyclobenzaprine. Dosage: 5–10 mg three times daily. Timing: at bedtime if drowsiness occurs

Fires:
    a.md: Drug: Cyclobenzaprine. Dosage: 5–10 mg three times daily. Timing: at night to reduce daytime drowsiness
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.values import Value
from doseref.checks.article.comparison import Comparison, finding
from doseref.checks.article.unequal import unequal
from doseref.figures import per_day
from doseref.findings import Finding, Severity
from doseref.statements import Statement

CODE, RULE = "A204", "contradicts-itself"

_NIGHT = frozenset({"night", "bedtime"})
_OTHER_PARTS = frozenset({"morning", "evening", "morning-or-evening", "any-time", "divided-doses", "spread-evenly"})


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each contradiction inside a statement."""
    for statement in comparison.statements:
        for problem in statement.dosage.problems:
            if problem.kind == "contradiction":
                yield finding(
                    CODE,
                    RULE,
                    Severity.WARNING,
                    f"{', '.join(statement.substances)}: {problem.message} ({comparison.place(statement)}): "
                    f"{statement.dosage_text!r}",
                    substances=statement.substances,
                    values=(Value(statement, statement.dosage_text),),
                    comparison=comparison,
                    mend="It agrees if the number of times or the times named are corrected",
                )
        for stated, again in unequal(statement, comparison.reference):
            yield finding(
                CODE,
                RULE,
                Severity.WARNING,
                f"{statement.substances[0]}: {stated} is not {again} ({comparison.place(statement)}): {statement.dosage_text!r}",
                substances=statement.substances,
                values=(Value(statement, f"{stated} ({again})", stated.low, stated.high, stated.unit),),
                comparison=comparison,
                mend="It agrees if the figure that is wrong, or its unit, is corrected",
            )
        for one, other in _contradictions(statement):
            value = Value(statement, f"{one} / {other}")
            yield finding(
                CODE,
                RULE,
                Severity.WARNING,
                f"{', '.join(statement.substances)}: {comparison.place(statement)} says {one} and also {other}",
                substances=statement.substances,
                values=(value,),
                comparison=comparison,
                working=f"{statement.dosage_text}; timing: {', '.join(statement.timing)}",
                mend=f"It agrees if one of the two goes, or if it says when {other} holds",
            )


def _contradictions(statement: Statement) -> Iterable[tuple[str, str]]:
    terms = set(statement.timing)
    counts = [
        times for option in statement.dosage.options if not option.per_day and (times := per_day(option)) is not None
    ]
    least = min((low for low, _ in counts), default=None)
    if (
        least is not None
        and least >= 2
        and not any(option.when and _NIGHT & _code_terms(option.when) for option in statement.dosage.options)
    ):
        words = f"at least {least} doses in 24 hours"
        if terms & _NIGHT and not terms & _OTHER_PARTS:
            yield words, f"only at {'bedtime' if 'bedtime' in terms else 'night'}"
        elif "once-daily" in terms:
            yield words, "once daily"
    regular = terms & {"scheduled", "around-the-clock", "regular-intervals"}
    if statement.prn and regular:
        yield "as needed", sorted(regular)[0].replace("-", " ")
    if {"with-food", "empty-stomach"} <= terms:
        yield "with food", "on an empty stomach"
    if {"before-meals", "after-meals"} <= terms:
        yield "before meals", "after meals"
    if "avoid-bedtime" in terms and "bedtime" in terms:
        yield "at bedtime", "not at bedtime"


def _code_terms(codes: Iterable[str]) -> set[str]:
    return {{"HS": "bedtime", "NIGHT": "night"}.get(code, "") for code in codes}
