"""How long must lie between two doses, in sentences: "At least four hours must have gone by since the last dose", "leave
at least two hours between doses". It is compared with what others say, and is no frequency.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.doses import dose_words
from doseref.articles.extracted import Draft
from doseref.context import compatible
from doseref.patterns import regex
from doseref.records import replace
from doseref.statements import Spacing, Statement

_NUMBERS = {
    word: Decimal(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_HOURS = rf"(?P<hours>\d{{1,2}}|{'|'.join(_NUMBERS)})[\s-]+h(?:ou)?rs?\b"
_DOSES = r"(?:one\s+dose\s+and\s+(?:the\s+next|another)|(?:(?:the|your|two|any\s+two|each|single|these|one)\s+){0,2}(?:doses?|tablets?|capsules?|helpings|portions))"
_LAST = r"(?:since|after|from)\s+(?:(?:the|your)\s+(?:last|previous|earlier)|one|each|a|any)\s+(?:dose|one|tablet|capsule)\b(?!\s+of\b)"
_SPACING = (
    regex(
        rf"\b(?:leav(?:e|es|ing)|allow(?:s|ing)?|wait(?:s|ing)?|keep(?:s|ing)?|with|at\s+least|minimum\s+of|minimum\s+interval\s+(?:is|of))\s+(?:(?:at\s+least|a\s+gap\s+of|a\s+minimum\s+of)\s+)?{_HOURS}"
        rf"(?:\s+(?:must|should|have\s+to|has\s+to|need\s+to|are\s+to|ought\s+to))?(?:\s+(?:lie|be\s+left|pass|go\s+by|elapse|have\s+(?:gone\s+by|passed|elapsed)))?"
        rf"\s+(?:between\s+{_DOSES}|{_LAST}|before\s+(?:(?:taking|having|you\s+take)\s+)?(?:the\s+next|another|any\s+more|more|a\s+second))\b",
        re.I,
    ),
    regex(rf"\bat\s+least\s+{_HOURS}\s+apart\b(?!\s+from)", re.I),
    regex(
        rf"\b(?:never|not|no|don['’]t|n['’]t)\b[^.;:\d]{{0,40}}\b(?:sooner|earlier|more\s+(?:often|frequently)|oftener)\s+than\s+(?:every|after|once\s+every|once\s+in)?"
        rf"\s*{_HOURS}",
        re.I,
    ),
)


_HOURS_ALONE = regex(rf"\W*(?:(?:at\s+least|minimum|min\.?|≥)\s+)?{_HOURS}\W*", re.I)
"""A cell of hours and nothing else."""


def hours_in(text: str) -> Decimal | None:
    """The hours of a cell that holds nothing else; ``None`` for any other."""
    hit = _HOURS_ALONE.fullmatch(text)
    return (_NUMBERS.get(hit["hours"].lower()) or Decimal(hit["hours"])) if hit else None


def spacing_in(text: str, low: int, high: int) -> tuple[int, int, Decimal] | None:
    """From where to where a sentence says how many hours lie between two doses, and how many."""
    told = text[low:high].lower()
    if "our" not in told and "hr" not in told:
        return None
    for words in _SPACING:
        if hit := words.search(text, low, high):
            hours = hit["hours"].lower()
            return hit.start(), hit.end(), _NUMBERS.get(hours) or Decimal(hours)
    return None


_DIGIT = regex(r"\d")


def says_nothing(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds no figure and no amount, nor hours between two doses in words."""
    return not (_DIGIT.search(text, start, end) or dose_words(text, start, end) or spacing_in(text, start, end))


def add_spacing(statements: list[Statement], draft: Draft) -> None:
    """Give the time between two doses to the last statement about the same drug and people before it; without one it
    belongs to no dose and is left.
    """
    people = replace(draft.context, condition=None)
    for place in range(len(statements) - 1, -1, -1):
        each = statements[place]
        if draft.spacing is None or each.substances != draft.substances:
            continue
        if not compatible(people, replace(each.context, condition=None), same_page=False):
            continue
        span = draft.dosage[0]
        at = span.block.location("", None, span.start, span.end)
        told = Spacing(draft.spacing, (at.line, at.column, at.end_column))
        statements[place] = replace(each, spacing=(*each.spacing, told))
        return
