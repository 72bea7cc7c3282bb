"""What stands behind an amount in a sentence, and from where on it may be left out of an instruction."""

from __future__ import annotations

import re

from doseref.articles.doses import dose_words, has_limit
from doseref.articles.how_often import has_frequency
from doseref.articles.misspelled import misspelled_frequency
from doseref.patterns import regex

_ASIDE = regex(r"\A;\s")
"""How a clause of its own begins: a figure in it that is no dose is not the instruction's."""
_IDLE_FIGURE = regex(
    r"\b(?:older|younger|over|under|above|below|aged?|age\s+of)\s+(?:than\s+)?\d{1,3}(?:\s+years?)?(?=\s+(?:should|"
    r"must|may|can|who|and\s+older)\b)|"
    r"\b(?:under|over|below|above|past|aged?|turn(?:s|ed)?)\s+(?:the\s+age\s+of\s+)?[1-9]\d\b(?!\s?(?:m?c?g|m[Ll]|mm|"
    r"m?mol|IU|units|"
    r"%|[.,]\d|/))|"
    r"\b[1-9]\d\s+(?:or|and|years)\s+(?:older|over|above|up|of\s+age)\b|\bwithin\s+\d{1,3}\s+(?:hours|days)\s+of\b|"
    r"(?<!every )(?<!each )\b\d[\d.,]{0,6}(?:\s?(?:–|-|to|and)\s?\d[\d.,]{0,6})?\s?(?:minutes?|pounds|lbs?|kg|kilos?|years?|percent|"
    r"mm(?:/h|\s?Hg)?|"
    r"[x×]\s?10[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\s?/\s?L|m[Ll]\s?/\s?min(?:ute)?(?:\s?/\s?1\.73\s?m[²2])?|mmol/L|mEq/L|m?IU/L|(?:n|p|mc)g/mL|ms|msec|cm|inches|feet|beats|calories|cigarettes?|drinks?)\b(?!\s+(?:apart|"
    r"later))|"
    r"\b(?:Cr\s?Cl|e?GFR|clearance)\s+(?:is\s+|falls\s+|drops\s+)?(?:<|>|≤|≥|above|below|under|over|less\s+than|"
    r"more\s+than|from|between)?\s?\d{1,3}(?:\s?(?:–|-|to|and)\s?\d{1,3})?\b(?!\s?m?c?g)|"
    r"(?:\b(?:is|are|falls|drops)\s+)?(?:above|below|under|over|(?:less|more|greater)\s+than|[<>≤≥])\s?\d{1,3}\s?(?:m[Ll]\s?/\s?min"
    r"(?:\s?/\s?1\.73\s?m[²2])?|[x×]\s?10[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\s?/\s?L)|"
    r"\b(?:INR|TSH|LDL|A1C|HbA1c|BMI|potassium|glucose|sodium|creatinine|platelets|score|pulse|pressure|temperature)\s+(?:is\s+|of\s+)?"
    r"(?:above|over|below|under|between|at\s+least|(?:more|less)\s+than|[<>≤≥])?\s?\d{1,3}(?:[./]\d{1,3})?(?!\s?m?c?g)|"
    r"\b(?:from|over|under|above|below|aged?)\s+(?:age\s+)?\d{1,2}\s+(?:years?|months?)(?:\s+of\s+age)?"
    r"(?:\s+(?:on(?:wards)?|(?:and|or)\s+(?:over|older|above|up|more)))?\b|"
    r"\b(?:at|by|until|before)\s+day\s+\d{1,2}\b|\bonce\s+(?:the|you|your|it|they|that|symptoms?|pain|things|this)\b|"
    r"\b(?:at\s+least|about|within|after|for)\s+(?:an?|one|two|three|several|a\s+few|\d{1,2})\s+(?:days?|weeks?|"
    r"months?|"
    r"years?)\s+(?:ahead|before(?:hand)?|earlier|in\s+advance|of\s+\w+|after\w*)\b|"
    r"\b(?:and\s+)?(?:only\s+)?then\s+(?:go|move|step|increase|raise)\s+(?:up\s+)?to\s+\d[\d.,]{0,6}(?!\s?(?:m?c?g|"
    r"IU|units|[\d.,]))|"
    r"\b\d[\d.,]{0,8}\s?(?:%|per\s?cent\b|(?:mg|g|mmol|µmol|pg|ng)\s?/\s?(?:dL|L|mL)\b)|"
    r"\buntil\s+\d{1,2}\s+(?:days|weeks)\s+after\b|"
    r"\b(?:and\s+|then\s+)?add\s+(?:an?|one|another)\s+\w{3,8}\s+(?:each|every|a|per)\s+(?:few\s+)?\w{3,9}\b|"
    r"(?:\band\s+)?(?:\bit\s+goes\s+(?:in\s+)?)?\b(?:no|not)\s+(?:faster|quicker)\s+than\s+[\d.]+\s?\w{1,5}\s*(?:a|per|/|each)\s*min(?:ute)?\b|"
    r"\b(?:back|again|see|review(?:ed)?|recheck\w{0,2}|return|check(?:ed)?|reassess\w{0,2}|you|them|her|him)\s+(?:in|after|at|within)\s+(?:about\s+)?"
    r"\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:days|weeks|months)\b|"
    r"\b(?:1|one)-time\b|"
    r"\b(?:wait|leave|allow)\s+(?:at\s+least\s+)?\d{1,2}\s+(?:days|weeks|months)\b|"
    r"\b(?:raised|increased|titrated|adjusted)\s+(?:by\s+\d[\d.,]{0,8}\s?m?c?g\s+)?(?:every|each)\s+"
    r"(?:\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+)?(?:days?|weeks?|months?)\b|"
    r"\b(?:preferred\s+to|rather\s+than|instead\s+of|in\s+place\s+of|better\s+than)\s+[^,;.\d]{0,40}|"
    r"\b(?:end\s+up|settle|stay|land)\s+on\s+\d[\d,]*(?=\s*(?:[,.;)]|\Z))|"
    r"\b\d[\d,]{0,6}\s+(?:patients|people|adults|women|men|participants|volunteers)\b|"
    r"\bcosts?\s+[^,;.\d]{0,30}[$£€]?\s?\d[\d.,]{0,8}(?:\s+(?:dollars|euros|pounds))?(?:\s+(?:a|per)\s+(?:month|week|"
    r"year|day))?|"
    r"\bit\s+(?:takes|can\s+take|may\s+take)\s+\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:days|weeks|months)\b",
    re.I,
)
"""Figures behind an instruction that are none of its own: ages of others, shares, laboratory values,
when an attack is over.
"""


_MOST_OF_THEM = regex(
    r"\bfor\s+most\s*\Z|"
    r"(?<!the )(?<!at )(?<!your )(?<!as )\bmost\s+(?!(?:is|are|a|an|per|in|you|we|they|anyone|any|that|for|should)\b)[a-z]{2,}\b",
    re.I,
)
"""That something is so of most people or things, which is no most of a dose."""
_UNCOUNTED = regex(
    r"\b(?:do\s+not|don['’]t|never|should\s+not|"
    r"shouldn['’]t)\s+(?:take|use|have|go)\b|\bmore\s+than\s+an?\s+(?:day|week|month|year)\b",
    re.I,
)
"""Advice against a drug as a whole, where no figure follows."""
_COUNTED = regex(r"\b(?:one|two|three|four|five|six|eight|ten|twelve|once|twice|half)\b", re.I)
_OFTEN_SO = regex(r"\boften\b(?!\s+as\b)|\bmore\s+than\s+an?\s+(?:day|week|month|year)\b", re.I)
"""That something is often so, or lasts, says nothing of how often a dose is taken."""


class Behind:
    """What stands behind an amount: from where on it may be left out of an instruction."""

    def __init__(self, text: str, least: int, end: int) -> None:
        self.least = least
        self.bare = _blanked(_IDLE_FIGURE, text[least:end])
        self.most = _blanked(_MOST_OF_THEM, self.bare)
        self.uncounted = _blanked(_UNCOUNTED, self.most)
        self.seldom = _blanked(_OFTEN_SO, self.bare)

    def may_go(self, cut: int) -> bool:
        """Whether what stands behind ``cut`` holds no figure, no limit and no frequency of the amount's own."""
        at = cut - self.least
        rest = self.bare[at:]
        words = dose_words(rest)
        if any(ch.isdigit() for ch in rest) and not (_ASIDE.match(rest) and not words):
            return False
        if _PER.match(rest):
            return False  # "one milligram per kilo"
        if _PERIOD.match(rest) and _EVERY.search(self.bare[:at]):
            return False  # between "a" and "day"
        if _GOES_ON.match(rest) or any(map(misspelled_frequency, _WORDS.findall(rest[:40].lower())[:3])):
            return False
        limited = self.most[at:] if words or _COUNTED.search(rest) else self.uncounted[at:]
        return not has_limit(limited) and not has_frequency(self.seldom[at:])


_PER = regex(r"\s*(?:/|per\b)", re.I)
_PERIOD = regex(r"\s*(?:day|night|week|month|morning|evening|hours?)\b", re.I)
_EVERY = regex(r"\b(?:an?|per|each|every|\d|two|three|four|six|eight|twelve)\s*\Z", re.I)
_GOES_ON = regex(r"\s*(?:to|or|–|-|and)\s+(?:an?\s+half|half|one|two|three|four|five|six|eight|ten|twelve)\b", re.I)
"""How the rest of an amount begins: "half a milligram to three"."""
_WORDS = regex(r"[a-z]+")


def _blanked(words: re.Pattern[str], text: str) -> str:
    return words.sub(lambda hit: " " * len(hit.group()), text)
