"""Which pairs of doses a reader never holds against each other, because one of the pages says the other's dose too.

A page that gives two doses for one use, each under words of its own ("atrial fibrillation, 5 mg", "atrial fibrillation, two of the
criteria below, 2.5 mg"), is contradicted by none that gives one of them: whoever reads both pages takes the dose that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from doseref.articles.views import View

ViewPair = tuple[View, View]


def unanswered(pairs: Sequence[ViewPair], differ: Callable[[View, View], bool]) -> list[ViewPair]:
    """The pairs less those of two pages of which one gives the dose of the other elsewhere, set apart from its own.

    ``differ`` says whether two views contradict each other in what is taken, or how often.
    """
    against = {_key(a, b) for a, b in pairs if differ(a, b)}
    if not against:
        return list(pairs)
    fits: dict[tuple[str, int], list[View]] = {}
    for a, b in pairs:
        if _key(a, b) not in against and _as_full(a, b):
            for one, other in ((a, b), (b, a)):
                if one.statement.source != other.statement.source:
                    fits.setdefault((one.statement.source, id(other)), []).append(one)
    return [
        (a, b)
        for a, b in pairs
        if _key(a, b) not in against
        or a.statement.source == b.statement.source
        or not (_answers(a, b, fits, against) or _answers(b, a, fits, against))
    ]


def _answers(own: View, other: View, fits: dict[tuple[str, int], list[View]], against: set[frozenset[int]]) -> bool:
    """Whether a dose that fits ``other`` stands beside ``own`` on its page and does not contradict it. Where both say what
    they are for, a dose that says nothing of it answers for neither.
    """
    named = own.statement.context.use and other.statement.context.use
    return any(
        each.statement.id != own.statement.id
        and _key(own, each) not in against
        and not (named and not each.statement.context.use)
        for each in fits.get((own.statement.source, id(other)), ())
    )


def _as_full(a: View, b: View) -> bool:
    """Whether both say what is taken at a time or in a day, so that not to differ is to agree."""
    return (a.dose is not None and b.dose is not None and (a.times is None) == (b.times is None)) or (
        a.daily is not None and b.daily is not None
    )


def _key(a: View, b: View) -> frozenset[int]:
    return frozenset((id(a), id(b)))
