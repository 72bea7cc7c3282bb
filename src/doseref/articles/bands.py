"""Bands of patients that a text names by a figure: kidney function, body weight, age. Equal bands are written alike.

A dose for one band says nothing against the dose for another ("CrCl 15 to 35: 50 mg", "CrCl below 15: 25 mg").
"""

from __future__ import annotations

import re
from functools import lru_cache

from doseref.articles.model import REMEMBERED
from doseref.patterns import regex

_BELOW = r"below|under|lighter\s+than|less\s+than|lower\s+than|<|≤|up\s+to|no\s+more\s+than"
_ABOVE = r"above|over|heavier\s+than|more\s+than|greater\s+than|higher\s+than|>|≥|at\s+least|from"
_FIGURES = (
    rf"(?P<edge>{_BELOW}|{_ABOVE})?\s{{0,2}}=?\s{{0,2}}(?P<low>\d{{1,3}}(?:\.\d)?)"
    r"(?:\s?(?:–|-|to|and)\s?(?P<high>\d{1,3}(?:\.\d)?))?"
)
_RENAL = regex(
    rf"\b(?:Cr\s?Cl|CLcr|e?GFR|"
    rf"(?:creatinine\s+)?clearance)\b[^\d;.]{{0,25}}?{_FIGURES}(?P<behind>\s?(?:m[Ll]/min\S*)?\s+(?:or|and)\s+(?:more|"
    rf"less|above|below|higher|lower|over|under|up))?|(?<![\w.]){_FIGURES.replace('P<', 'P<m_')}\s?m[Ll]/min",
    re.I,
)
_NORMAL = regex(
    r"\b(?:Cr\s?Cl|CLcr|e?GFR|(?:creatinine\s+)?clearance)\b[\s,]*(?:is\s+|of\s+)?(?:above|over|more\s+than|greater\s+than|>|≥|"
    r"at\s+least)\s{0,2}=?\s{0,2}(?:[3-9]\d|1\d\d)\b(?:\s?m[Ll]/min(?:/1\.73\s?m[²2])?)?(?!\s?(?:–|-|to)\s?\d)|"
    r"\b(?:Cr\s?Cl|CLcr|e?GFR|(?:creatinine\s+)?clearance)\b[\s,:]*(?:\(m[Ll]/min[^()]{0,16}\)[\s:]*)?(?:is\s+|of\s+)?"
    r"(?:[3-9]\d|1\d\d)\s?(?:m[Ll]/min(?:/1\.73\s?m[²2])?\s)?(?:\s?\+|\s+(?:or|and)\s+(?:more|over|above|higher|up)\b)|"
    r"\b(?:not|non)[\s-]+(?:pregnant|breast-?feeding)\b|"
    r"\b(?:normal|healthy|good|adequate|preserved|intact)\s+(?:renal|kidney)\s+function\b|"
    r"\b(?:renal|kidney)\s+function\s+is\s+(?:normal|good|fine)\b",
    re.I,
)
_WEIGHT = regex(
    r"\b(?:weigh(?:s|ing|t)?(?:\s+(?:is|of))?|patients?|people|adults?|children|child|those|anyone|anybody|"
    r"body)\s+(?:who\s+(?:are|is)\s+)?"
    rf"{_FIGURES}\s?(?P<unit>kg|kilos?|lbs?|pounds)\b(?P<behind>\s+(?:or|and)\s+(?:more|less|over|under|above|below|"
    rf"up))?",
    re.I,
)
_WEIGHT_ALONE = regex(
    rf"\b(?P<edge>{_BELOW}|{_ABOVE})\s{{0,2}}(?P<low>\d{{2,3}})(?P<high>)\s?(?P<unit>kg)\b(?P<behind>)(?!\s?/)", re.I
)
"""A weight without a word of whose: "50 mg twice daily above 85 kg"."""
ONE_WEIGHT = regex(
    r"\bweighs\s+(?:about\s+|around\s+)?(?P<weight>\d{1,3}(?:\.\d)?)\s?(?P<unit>kg|kilos?|lbs?|pounds)\b(?!\s+(?:and|or)\s+(?:more|over|above|up|less|under|below|heavier|lighter)\b|\s?(?:–|-|to)\s?\d)",
    re.I,
)
"""What one person weighs ("your second-grader weighs 50 lb")."""
_AGE = regex(
    r"\b(?:patients?|people|adults?|those|anyone|anybody|everyone|everybody|wom[ae]n|m[ae]n|aged?|you['’]?(?:re|"
    r"\s+are))\b[^\d;.]{0,30}?"
    r"(?P<edge>under|below|younger\s+than|over|above|past|older\s+than)\s+(?:the\s+age\s+of\s+|"
    r"age\s+)?(?P<low>[2-9]\d)\b"
    r"(?!\s?(?:m?c?g|mg|kg|lbs?|pounds|m[Ll]|%|units|IU|mm|/|–|-|to\s|days|weeks|hours|minutes|beats|percent))",
    re.I,
)
_AGE_ALONE = regex(r"\b(?:under|below)\s+(?:the\s+age\s+of\s+(?P<aged>[2-9]\d)\b|(?P<comma>[4-9]\d)(?=\s*[,;:]))", re.I)
"""An age without a word of whom: "under the age of 65", "under 65, no more than 90 mg a day"."""


def _words(edge: str | None, low: str, high: str | None, behind: str | None) -> str:
    if high:
        return f"{low} to {high}"
    side = f"{edge or ''} {behind or ''}".lower()
    if re.search(_BELOW + r"|\bless\b|\bbelow\b|\bunder\b|\blower\b|younger", side):
        return f"below {low}"
    if re.search(_ABOVE + r"|\bmore\b|\babove\b|\bover\b|\bhigher\b|\bup\b|older|past", side):
        return f"above {low}"
    return low


def without_normal_kidneys(text: str) -> str:
    """``text`` without a kidney function that is everybody's: "if the clearance is above 60 mL/min"."""
    of_kidneys = "lear" in text or "GFR" in text or "Cl" in text or "unction" in text or "egnan" in text
    return _NORMAL.sub(" ", text) if of_kidneys else text


@lru_cache(maxsize=REMEMBERED)
def renal_band(text: str) -> str | None:
    """The kidney function that a text names: ``clearance 15 to 35``, ``clearance below 15`` (mL/min)."""
    hit = _RENAL.search(text)
    if hit is None:
        return None
    if hit["low"]:
        return f"clearance {_words(hit['edge'], hit['low'], hit['high'], hit['behind'])}"
    return f"clearance {_words(hit['m_edge'], hit['m_low'], hit['m_high'], None)}"


@lru_cache(maxsize=REMEMBERED)
def weight_band(text: str) -> str | None:
    """The body weight that a sentence limits its dose to: ``below 110 lb``."""
    hit = _WEIGHT.search(text) or _WEIGHT_ALONE.search(text)
    if hit is None or not (hit["edge"] or hit["behind"] or hit["high"]):
        return None
    unit = "kg" if hit["unit"].lower().startswith("k") else "lb"
    return f"{_words(hit['edge'], hit['low'], hit['high'], hit['behind'])} {unit}"


_HEAVY = regex(r"\d\s?(?:kg|kilos?|lbs?|pounds)\b", re.I)


def joined_bands(one: str | None, other: str | None) -> str | None:
    """The ages and the weight that a text names, as one band ("2 to 12 years, over 30 kg"), the ages first; of two that
    measure the same, the later one, unless it is nothing.
    """
    if not one or not other or one == other:
        return other or one
    heavy = [_HEAVY.search(each) is not None for each in (one, other)]
    if heavy[0] == heavy[1] or ", " in one:
        return one if heavy[0] else other
    return f"{other}, {one}" if heavy[0] else f"{one}, {other}"


_RISK = regex(
    r"(?<!no )(?<!not )(?<!without )\b(?:at|with|has|have|carry|carries)\s+(?:an?\s+)?(?:very\s+|much\s+)?(?:high(?:er)?|increased|raised|special|greater|"
    r"extra|elevated)\s+risks?\b(?!\s+of\s+(?:side|harm))|(?:\A|[,;:(])\W*(?:very\s+)?(?:high(?:er)?|increased|raised)[\s-]risk(?=\W*\Z|\s+(?:wom[ae]n|"
    r"people|patients|groups?|adults?|pregnanc\w+)\b|[\s:,(]+)",
    re.I,
)
"""Who runs a higher risk than others: their dose is nobody else's."""
_RISKY = regex(
    r"(?<!no )(?<!not )(?<!without )\b(?:diabet\w+|(?:anti-?)?epilep\w+|(?:anti)?convulsants?|valproate|obes\w+|BMI|sickle|thalass\w+|c(?:o)?eliac|twins?|"
    r"neural\s+tube|spina\s+bifida|prone\s+to)\b",
    re.I,
)
"""What makes the dose of one who is or wants to be pregnant another than everybody's."""


_EXPECTING = regex(r"egnan|-to-be\b|\b[Ee]xpect(?:ant|ing)\b")


def raised_risk(text: str) -> str | None:
    """``raised risk`` where a text speaks of people who have one; of the usual risk, or of none, is everybody."""
    if "isk" in text and _RISK.search(text):
        return "raised risk"
    return "raised risk" if _EXPECTING.search(text) and _RISKY.search(text) else None


@lru_cache(maxsize=REMEMBERED)
def age_band(text: str) -> str | None:
    """The age of adults that a sentence limits its dose to, below one: ``below 70 years``; what is above is told as
    older adults.
    """
    hit = _AGE.search(text)
    told = _words(hit["edge"], hit["low"], None, None) if hit else ""
    if told.startswith("below"):
        return f"{told} years"
    alone = _AGE_ALONE.search(text)
    return f"below {alone['aged'] or alone['comma']} years" if alone else None
