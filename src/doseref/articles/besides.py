"""Drugs that a sentence names besides the one that it gives a dose of: taken as well ("anybody who uses amlodipine as well
must not exceed 20 mg of it"), or kept away from it ("well away from coffee or iron tablets").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.doses import dose_words, has_limit
from doseref.articles.limit_clauses import limit_clauses
from doseref.articles.misspelled import DoseWord
from doseref.articles.resolve import Mention
from doseref.patterns import regex

_ALSO_TAKEN = regex(
    r"\b(?:if|when|where|those|anyone|who)\b[^.;,]{0,30}\b(?:also|already)\s+(?:tak(?:es?|ing)|on|us(?:es?|ing)|have|has|given)\s+\Z",
    re.I,
)
_ITS_DOSE = regex(r"(?:\s+(?:as\s+well|too))?,?\s+(?:the|your|its|that|this|it|you|we|they|start|begin|take|give)\b")
"""Behind such a drug: where the sentence comes back to the one it is about."""
_TAKEN = regex(
    r"\b(?:if|when|where|while|those|anyone|anybody|everyone|everybody|whoever|who|people|patients|adults|women|men)\b[^.;:]{0,40}?"
    r"\b(?:tak(?:es?|ing)|us(?:es?|ing)|on|prescribed|given|receiv(?:es?|ing)|has|have)\s+(?:the\s+|their\s+|your\s+|his\s+|her\s+)?"
    r"(?:[A-Za-z][\w-]{3,20}(?:,\s+(?:or\s+|and\s+)?|\s+(?:or|and)\s+)){0,3}\Z",
    re.I,
)
"""How a drug is named that somebody takes whom the sentence is about."""
_AS_WELL = regex(
    r"(?:(?:,\s+(?:or\s+|and\s+)?|\s+(?:or|and)\s+)[A-Za-z][\w-]{3,20}){0,3}(?:\s+(?:tablets?|capsules?|pills?))?,?\s+(?:as\s+well|too|also|on\s+board|besides|alongside(?:\s+(?:it|this|them))?|in\s+addition|"
    r"(?:at|over)\s+the\s+same\s+time|(?:along|together)\s+with\s+(?:it|this|them))\b(?!\s+as\b)",
    re.I,
)
_MUST = regex(
    r"(?:\s+(?:tablets?|capsules?|pills?))?(?:,|\s+(?:should|must|may|can|ought|need|have\s+to|has\s+to|are\s+(?:limited|restricted|kept|held|capped|not)|"
    r"will|never|do\s+not|don['’]t|stay|keep|stick)\b)",
    re.I,
)
"""Where the sentence goes on about those who take such a drug."""
_TOGETHER = regex(
    r"\b(?:(?:together|combined|in\s+combination|along)\s+with|alongside|on\s+top\s+of)\s+(?:the\s+|their\s+|your\s+)?\Z",
    re.I,
)
"""Before a drug that is given together with the one that a sentence is about."""
_WITH = regex(r"\W*(?:and\s+|but\s+)?with\s+", re.I)
"""All that stands between a dose and a drug that is given with it too ("with X as well")."""
_OF_IT = regex(r"\s+of\s+it\b", re.I)
"""Behind an amount of the drug that was named last."""
_OWN_AMOUNT = regex(
    r"(?:\s+(?:tablets?|capsules?|pills?))?,?\s+\(?(?:at\s+|in\s+doses\s+of\s+)?\d[\d.,]*(?:\s?(?:–|-|to)\s?\d[\d.,]*)?\s?(?:m?c?g|[µμ]g|micrograms?|milligrams?|units|IU|tablets?|capsules?)\b",
    re.I,
)
"""Behind a drug that is given together with another one: an amount, which is its own."""
_AWAY = regex(
    r"\b(?:(?:away|apart|separate(?:ly)?|separated|clear)\s+(?:from|of)|hours?\s+(?:before|after|from)(?:\s+(?:taking|any))?|not\s+(?:at\s+the\s+same\s+time\s+as|together\s+with|with)|"
    r"never\s+(?:together\s+)?with|(?:do\s+not|don['’]t|never|must\s+not|should\s+not|avoid|cannot|not)\s+(?:be\s+)?(?:combin(?:e|ed|ing)|mix(?:ed|ing)?|tak(?:e|en|ing)|us(?:e|ed|ing)|give[n]?)\s+"
    r"(?:(?:it|this|them)\s+)?(?:together\s+)?with)\s+(?:(?:the|any|your|oral|taking)\s+)*(?:[A-Za-z][a-z]+(?:\s+[a-z]+)?(?:,\s+(?:or\s+|and\s+)?|\s+(?:or|and)\s+)){0,4}(?:the\s+|any\s+|your\s+)?\Z",
    re.I,
)
"""In front of what a dose is to be kept away from, with others that are named before it."""


def is_besides(text: str, mention: Mention, low: int, high: int, about: bool = True) -> bool:
    """Whether a drug is named as one that is taken as well ("if you also take propranolol, the dose is …"): what the
    sentence gives is a dose of the one that the text is ``about``, if it is about any.
    """
    before = text[max(low, mention.start - 80) : mention.start]
    if _ALSO_TAKEN.search(before) and _ITS_DOSE.match(text, mention.end):
        return True
    taken = _TAKEN.search(before)
    apart = (
        taken is not None and text[mention.end : mention.end + 1] == ","
    )  # "if you take diltiazem, 10 mg is the limit"
    if (_OWN_AMOUNT.match(text, mention.end) and not apart) or is_kept_away(text, mention, low):
        return False
    if _TOGETHER.search(before):
        return True
    also = _AS_WELL.match(text, mention.end)
    if also and _WITH.fullmatch(text, low, mention.start):
        return True
    if taken is None:
        return False
    if about and text[mention.end : mention.end + 1] == ":":
        return True  # "If you are given amiodarone: 3 mg a day is usual"
    words = dose_words(text, mention.end, high)
    limited = about and bool(words) and _limited(text, also.end() if also else mention.end, words, high)
    return limited or (bool(also) and not (words and _OF_IT.match(text, words[0].end)))


def _limited(text: str, start: int, words: list[DoseWord], high: int) -> bool:
    """Whether the words behind a drug that somebody takes make a limit of the amount behind it ("anyone on amlodipine
    should not go above 20 mg a day"): the other drug is why there is one.
    """
    before = text[start : words[0].start]
    if len(before) > _NEAR or not _MUST.match(before):
        return False
    return has_limit(before) or any(each.first == words[0].start for each in limit_clauses(text, start, high, words))


_NEAR = 80
"""Characters between a drug and the limit that there is because of it."""


def taken_besides(besides: Sequence[Mention], start: int, alone: bool) -> str:
    """With which of the other drugs the dose at ``start`` is taken: those that are named in front of it, or anywhere in a
    sentence of one amount.
    """
    names = [name for each in besides if alone or each.start < start for name in each.substances]
    return f"with {' and '.join(dict.fromkeys(names))}" if names else ""


_OF_THE_OTHER = regex(r",?\s+(?:which|that)\s+(?:is|are|comes?|works?)\s[^,;.]*|\s*\([^()]*\)|\s+\d[\d.,]*\s?\w+", re.I)
"""Behind a drug that is not taken: what is said of that one."""


def of_the_other(text: str, mention: Mention, word: DoseWord) -> bool:
    """Whether an amount is that of a drug which is named as one that is not taken ("instead of naproxen, which is 500 mg
    twice a day, you take …").
    """
    said = _OF_THE_OTHER.match(text, mention.end)
    return said is not None and said.start() <= word.start < said.end()


_AVOIDED = regex(
    r"\b(?:avoid(?:ing)?|(?:stay|keep)(?:ing)?\s+off|steer\s+clear\s+of|(?:do\s+not|don['’]t|never)\s+(?:take|use|add|have|buy|touch)|no|without)\s+(?:the\s+|any\s+|other\s+)?\Z",
    re.I,
)


def is_avoided(text: str, mention: Mention, low: int) -> bool:
    """Whether a drug is named as one that is not to be taken: what follows may be about it, or about another one."""
    return _AVOIDED.search(text[max(low, mention.start - 40) : mention.start]) is not None


def is_kept_away(text: str, mention: Mention, low: int) -> bool:
    """Whether a drug is named as what a dose is kept away from ("four hours apart from calcium or iron")."""
    return _AWAY.search(text[max(low, mention.start - 80) : mention.start]) is not None
