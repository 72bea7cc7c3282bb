"""From where to where in a sentence an instruction goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from doseref.articles import limits_in_words
from doseref.articles.doses import dose_words, has_frequency, has_limit, limit_in_front
from doseref.articles.misspelled import DoseWord, misspelled_frequency
from doseref.articles.spoken_words import often_words
from doseref.articles.taken import is_taken
from doseref.dosage.model import Dosage
from doseref.patterns import regex

Parse = Callable[[str], Dosage]

_LEAD = regex(
    rf"(?:\b(?:{limits_in_words.BEFORE}|"
    r"days?\s+(?:\d{1,2}|one|two|three|four|five|six|seven)(?:\s*(?:–|-|to)\s*(?:\d{1,2}|three|four|five|six|"
    r"seven))?:?|(?<!go )(?<!goes )(?<!going )(?<!move )(?<!moves )(?<!put )up\s+to|no\s+more\s+than|not\s+more\s+than|not\s+(?:to\s+)?exceed|"
    r"(?:should|must|do|can)\s+not\s+exceed|never\s+exceed|"
    r"(?:a\s+)?(?:daily\s+)?max(?:imum)?\.?(?:\s+(?:daily\s+)?dose)?(?:\s+(?:is|of))?|at\s+most|"
    r"limit(?:ed)?\s+(?:is|to)|without\s+exceeding|exceed(?:ing)?|"
    r"start(?:ing)?\s+(?:at|with|on)|begin(?:ning)?\s+(?:at|with)|from|between|(?:a\s+)?single(?:\s+dose\s+of)?|take|"
    r"apply|inject|"
    r"titrat\w{1,4}(?:\s+up)?\s+to|(?:(?:may|can)\s+be\s+)?(?:increas\w{1,3}|raised|titrated)\s+to|"
    r"build(?:ing)?\s+up\s+to|raised?\s+to|then|once|twice|"
    r"(?:(?:one|two|three|half|\d{1,2})\s{0,2}(?:or|to|–|-)\s{0,2})?(?:one|two|three|four|half(?:\s+an?)?|"
    r"\d{1,2}\s?[x×])|(?:one|two|three|four|\d)\s+[a-z]{4,10}\s+(?:tablets?|capsules?|caplets?|sachets?)|(?:don['’]t|do\s+not|never|not)\s+(?:take|use|have|go|put|apply)|daily\s+dose\s+of|total\s+of|"
    r"between\s+\d[\d.,]{0,8}\s?(?:m?c?g|IU|units)?\s+and|with\s+a\s+ceiling\s+of|more\s+than|(?:go\s+)?beyond|never|"
    r"not|do|(?:the|your)\s+(?:daily\s+)?(?:most|limit|maximum)(?:\s+(?:anyone|you|adults?|people|"
    r"anybody)\s+should\s+(?:ever\s+)?take)?(?:\s+(?:in\s+24\s+hours|in\s+a\s+day|per\s+day|a\s+day))?(?:\s+is)?|"
    r"should|must|doses?\s+(?:of|above|over)|(?:stay|keep)\s+(?:below|under)|in\s+divided\s+doses\s+of|of|"
    r"(?:one|two|three|half\s+an?|\d)(?:\s+(?:or|to)\s+(?:two|three|four|\d))?\s+of\s+(?:the|these|those|your)|"
    r"every\s+\d{1,2}\s+hours,?|(?:only\s+)?(?:once|twice|"
    r"(?:two|three|four|five|six|\d)\s+times)\s+(?:(?:a|per|each)\s+(?:day|week|month)|daily|weekly),?)|[(≤<])[\s:]{0,3}\Z",
    re.I,
)
_TAIL = regex(
    r"(?:[\s,;:(–—+/±-]|\b(?:while|whereas|and|or|but|with|whilst|for|then|the|a|an|plus|as|of|than|rather|instead|"
    r"combined|alongside|versus|vs|compared|"
    r"(?:for|in)\s+(?:those|people|patients|adults|anyone|anybody|women|men)\s+(?:over|above|under|older\s+than|"
    r"younger\s+than|aged)\s+\d{1,2}|"
    r"unlike|to|by|take|add|in|on|using|only|it|i|we|you|is|are|usually|some|many|if|when|use|uses|people|patients|"
    r"adults|doctors|"
    r"prefer|try|adding|given|may|can|should|must|will|be)\b)+\Z",
    re.I,
)
_CUT = regex(
    r"[,;(–—]|\s(?:is|are|may|can|helps?|eases?|works?|reduces?|relieves?|in\s+(?:winter|summer)|while|whereas|"
    r"because|since|although|but|which|who|so|unless|until|if|"
    r"to\s+(?:help|reduce|ease|treat|relieve|support|limit|control)|"
    r"for\s+an?\s+(?:INR|score|pulse|temperature)|"
    r"for\s+(?:all|everybody|everyone|anybody|anyone)\s+(?:who|with|over|under|aged)|"
    r"for\s+(?:my|her|his|our|your|their)\s+(?!first|next|last|whole)|"
    r"for\s+(?:pain|relief|nerve|back|sleep|muscle|adults|people|most|inflammation|bone|joint|spasms?|everyone|"
    r"everybody|"
    r"anyone|anybody|those|patients|women|men|children|whom|\w{4,20}\s+(?:who|over|under|aged|older|younger))|"
    r"depending|"
    r"on\s+(?:any|each|either|one)|from\s+(?:all|any|each|every)|"
    r"(?:from|over|above|below|aged)\s+(?:(?:the\s+)?age\s+(?:of\s+)?)?\d{1,2}\s+(?:years?|months?)|"
    r"under|and|or|with|rather|during|as(?!\s+(?:needed|required|directed|one|a\s+single|two|three)))\b",
    re.I,
)

_ROUTE = regex(
    r"\b(?:epidural(?:ly)?|intradiscal(?:ly)?|intravenous(?:ly)?|intramuscular(?:ly)?|subcutaneous(?:ly)?|"
    r"intra-articular(?:ly)?|percutaneous(?:ly)?|perineural(?:ly)?|"
    r"inject(?:ed|ion)\s+(?:in)?to|into\s+(?:the|your|a|his|her)\s+(?:(?:outer|upper|mid)\s+)?(?:thigh|muscle|vein|buttock|"
    r"deltoid)|into\s+the\s+(?:disc|joint|epidural)|(?-i:IV|IM|SC|SQ|IO))\b",
    re.I,
)
"""Routes by which an amount is given in one session: there it needs no frequency to be an instruction."""


def is_given(text: str) -> bool:
    """Whether an instruction names a way of giving in one session (IV, IM, into a joint)."""
    return bool(_ROUTE.search(text))


_ASIDE = regex(r"\A;\s")
"""How a clause of its own begins: a figure in it that is no dose is not the instruction's."""
_CUT_OFF = regex(
    r"(?:\d\s?[x×]|\d|(?:\d|\b(?:one|two|three|four|half|m?c?g|units?|tablets?|capsules?|puffs?|drops?))[\s-]*\b(?:or|to)|"
    r"\band\s+a\s+half|[½¼¾])[\s-]*\Z",
    re.I,
)
"""What ends like this before an amount is a part of it that was not taken along."""

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
    r"\b\d[\d,]{0,6}\s+(?:patients|people|adults|women|men|participants|volunteers)\b|"
    r"\bcosts?\s+[^,;.\d]{0,30}[$£€]?\s?\d[\d.,]{0,8}(?:\s+(?:dollars|euros|pounds))?(?:\s+(?:a|per)\s+(?:month|week|"
    r"year|day))?|"
    r"\bit\s+(?:takes|can\s+take|may\s+take)\s+\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:days|weeks|months)\b",
    re.I,
)
"""Figures behind an instruction that are none of its own: ages of others, shares, laboratory values,
when an attack is over.
"""


@dataclass(slots=True)
class DoseGroup:
    """Doses of one drug in a sentence."""

    substances: tuple[str, ...]
    words: list[DoseWord]
    anchor: int
    """Offset at which the words about this group begin: its mention's start, or its first dose."""
    floor: int
    """Offset before which nothing belongs to this group any more."""
    begins: int = 0
    """Offset at which a clause of its own begins, behind the "or" that leads over to it."""


_OFTEN_BEHIND = regex(
    r"\s{0,3}((?:every|q)\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?(?:hours?|hrs?|h)\b|"
    rf"\b(?:daily|(?:{often_words()})(?:\s+(?:a\s+day|daily))?)\b)",
    re.I,
)


def behind_bracket(text: str, low: int, begin: int, end: int, high: int) -> str:
    """The frequency right behind the bracket that a dose without one stands in beside another one;
    empty where there is none.
    """
    close = text.find(")", end, high)
    if close < 0 or text.rfind("(", low, begin) <= text.rfind(")", low, begin) or has_frequency(text[begin:end]):
        return ""
    hit = _OFTEN_BEHIND.match(text, close + 1, high) if re.search(r"\bor\b", text[end:close], re.I) else None
    return f" {hit.group(1)}" if hit else ""


_SUPPLIED = regex(
    r"[\s-]{0,3}(?:/\s?\d|(?:/\s?)?(?:\w{3,12}[\s-])?(?:tabs?|tablets?|capsules?|caps?|caplets?|pills?|vials?|"
    r"ampou?les?|bottles?|syringes?|inhalers?|strips?|packs?|suppositories|suspension|syrup|solution|cream|count|"
    r"ct)\b|\s?[x×]\s?\d{2,4}\b)",
    re.I,
)
_WEIGHED = regex(r"(?:g|gm|grams?|units?|tab(?:let)?s?)\Z", re.I)
_BY = regex(
    r"[\s,]{0,3}\(?(?:PO|IV|IM|SC|SQ|IN|PR|SL|IO|IVP|NG|IV/\w{2}|orally|by\s+mouth|intra\w{4,12}|sub\w{5,10}|"
    r"nebuli[sz]ed|rectally|topically|chew(?:ed)?|sublingual(?:ly)?|immediately|intranasal(?:ly)?)\b|\s?/\s?kg",
    re.I,
)


def is_dose_alone(text: str, group: DoseGroup, stop: int, dosing: bool) -> bool:
    """Whether an amount without a frequency is a dose all the same: by a route or by weight,
    and not what a tablet holds.
    """
    last = group.words[-1]
    by = any(_BY.match(text, word.end, stop) for word in group.words)
    weighed = by and any(_WEIGHED.search(text, word.start, word.end) for word in group.words)
    known = weighed or any(word.strong for word in group.words) or (dosing and _of_a_strength(text, last, stop))
    if not known or any(_SUPPLIED.match(text, word.end, stop) for word in group.words):
        return False
    if by:
        return True
    before = text[group.anchor : group.words[0].start]
    return (
        dosing and len(before) < 40 and not re.search(r"[.;]", before) and not text[last.end : last.end + 1].isalnum()
    )


_STRENGTH_BEHIND = regex(r"\s+of\s+[A-Za-z]{4,25}\s{0,2}\(?\s?\d[\d.]{0,5}(?:\s?(?:–|-|to)\s?\d[\d.]{0,5})?\s?%")


def _of_a_strength(text: str, word: DoseWord, stop: int) -> bool:
    """Whether an amount is a volume of a drug whose strength stands behind it: "5 mL of lidocaine (1-2%)"."""
    return text[word.start : word.end].lower().endswith("ml") and bool(_STRENGTH_BEHIND.match(text, word.end, stop))


def instruction_at(
    text: str, low: int, stop: int, group: DoseGroup, parse: Parse, raw: Parse, alone: bool = False
) -> tuple[int, int] | None:
    """Offsets of the instruction around a group's amounts, ``None`` where they are no instruction at all."""
    floor = max(low, group.floor)
    start = _with_lead(text, floor, group.words[0].start)
    limited = limit_in_front(text, floor, group.words[0].start)
    if limited is not None and limited < start:
        found = _best(text, limited, _trimmed(text, limited, stop), group.words[-1].end, parse, raw, group.begins)
        if parse(text[slice(*found)]).status == "read":
            return found
    end = _trimmed(text, start, stop)
    clause = text[start:end]
    before = text[floor:start]
    if not alone and not has_frequency(clause) and has_frequency(before) and not any(char.isdigit() for char in before):
        begin = floor + max((hit.end() for hit in _CLAUSE_START.finditer(before)), default=0)
        if has_frequency(text[begin:start]) and parse(text[begin:end]).status == "read":
            return begin, end  # "it is taken once a day with supper, starting at 500 mg"
    if alone:
        return _best(text, start, end, group.words[-1].end, parse, raw, group.begins)
    told = has_frequency(clause)
    if not any(word.strong for word in group.words) and not told and not _IN_FULL.match(clause):
        return None
    given = told or has_limit(clause) or _ROUTE.search(clause) or _ROUTE.search(text, max(floor, start - 40), start)
    if not given and not any(is_taken(text, low, word, stop) for word in group.words[:2]):
        return None
    return _best(text, start, end, group.words[-1].end, parse, raw, group.begins)


_IN_FULL = regex(r"\d[\d.]{0,5}\s?(?:g|grams?|units|puffs?|sprays?|drops?)\b(?!\s+tube)", re.I)
"""An amount by a weak unit that needs no frequency to be a dose, where a word says that it is taken."""
_SEPARATOR = regex(r"[;,:]\s|\s(?:and|but|then)\s|\s(?=\()")


def parts_of(
    text: str, whole: tuple[int, int], group: DoseGroup, parse: Parse, raw: Parse
) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    """One instruction, or the clauses of one that is not read as a whole and are read by themselves; and what is left
    of it.

    A clause counts that says how often, or the most; the rest is told.
    """
    start, end = whole
    words = [word for word in group.words if start <= word.start < end]
    if len(words) < 2 or raw(text[start:end]).status == "read" or parse(text[start:end]).status == "read":
        return [whole], None
    if any(problem.kind == "contradiction" for problem in raw(text[start:end]).problems):
        return [whole], None  # "500 mg twice daily (1,500 mg/day)"
    found: list[tuple[int, int]] = []
    begin = start
    for cut in _SEPARATOR.finditer(text, start, end):
        inside = [word for word in words if begin <= word.start and word.end <= cut.start()]
        ahead = next((word for word in words if word.start >= cut.end()), None)
        if not inside or ahead is None:
            continue
        part = _best(text, begin, _trimmed(text, begin, cut.start()), inside[-1].end, parse, raw)
        clause = text[slice(*part)]
        first = not found and _FIRST_DAY.search(text, max(group.floor, part[0] - 40), part[0])
        told = has_frequency(clause) or has_limit(clause) or _AT_ONCE.search(clause) or first
        if parse(clause).status == "read" and told:
            found.append(part)
            limited = limit_in_front(text, cut.end(), ahead.start)
            begin = limited if limited is not None else _with_lead(text, cut.end(), ahead.start)
    if not found:
        return [whole], None
    last = _best(text, begin, end, words[-1].end, parse, raw)
    clause = text[slice(*last)]
    if parse(clause).status == "read" and (has_frequency(clause) or has_limit(clause)):
        return [*found, last], None
    return found, last


_FIRST_DAY = regex(
    r"\b(?:on|for)\s+(?:the\s+first\s+day|day\s+(?:1|one)),?\s+(?:you\s+|they\s+|we\s+)?(?:take|give|have|is|it\s+is)?\s*\Z",
    re.I,
)
"""In front of the dose of the first day, which is given once: "On the first day you take 200 mg, then …"."""
_AT_ONCE = regex(r"(?:\bunits|m?c?g)(?:\s?/\s?kg)?\s+(?:IV|IM|IO)\b")
"""An amount that is given in one go, before what runs in after it: "80 units/kg IV, then 18 units/kg/hour"."""
_CLAUSE_START = regex(r"[:;.(—]\s*")


def _with_lead(text: str, low: int, start: int) -> int:
    for _ in range(5):
        lead = _LEAD.search(text[max(low, start - 60) : start])
        if lead is None:
            return start
        start = max(low, start - 60) + lead.start()
    return start


def _trimmed(text: str, start: int, end: int) -> int:
    """``end`` without the words that lead over to what follows, and without a full stop."""
    clause = text[start:end].rstrip(" .!?")
    tail = _TAIL.search(clause)
    if tail and tail.start() > 0:
        clause = clause[: tail.start()]
    tail = _OR_OTHERWISE.search(clause)
    if tail:
        clause = clause[: tail.start()]
    if clause.count("(") > clause.count(")") and text[start + len(clause) : end].lstrip()[:1] == ")":
        return start + len(clause) + text[start + len(clause) : end].index(")") + 1
    return start + len(clause)


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
_OR_OTHERWISE = regex(r",\s+or\s+(?:injected|inhaled|by\s+\w{5,12}|as\s+an?\s+\w{4,12})\Z", re.I)
"""Another way of giving it, of which no dose is told here."""


class _Behind:
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
        if _GOES_ON.match(rest) or any(map(misspelled_frequency, _WORDS.findall(rest[:40].lower())[:3])):
            return False
        limited = self.most[at:] if words or _COUNTED.search(rest) else self.uncounted[at:]
        return not has_limit(limited) and not has_frequency(self.seldom[at:])


_GOES_ON = regex(r"\s*(?:to|or|–|-|and)\s+(?:an?\s+half|half|one|two|three|four|five|six|eight|ten|twelve)\b", re.I)
"""How the rest of an amount begins: "half a milligram to three"."""
_WORDS = regex(r"[a-z]+")


def _blanked(words: re.Pattern[str], text: str) -> str:
    return words.sub(lambda hit: " " * len(hit.group()), text)


def _best(text: str, start: int, end: int, least: int, parse: Parse, raw: Parse, floor: int = 0) -> tuple[int, int]:
    """The longest stretch that is read in full and leaves out nothing that holds a figure or a limit.

    ``floor`` is where the words begin that the amount may be a part of ("1 or 2").
    """
    stops = [end]
    cuts = [hit.start() for hit in _CUT.finditer(text, least, end)][:40]
    cuts += [
        start + each.start
        for each in raw(text[start:end]).problems
        if each.kind == "unread" and start + each.start > least
    ]  # where it is no instruction any more
    close = text.find(")", start, end) if text[start] == "(" else -1
    if close >= least and has_frequency(text[start:close]) and raw(text[start + 1 : close]).status == "read":
        return start + 1, close  # "(1 patch behind the ear, changed every 3 days)"
    behind = _Behind(text, least, end)
    for cut in sorted(set(cuts), reverse=True):
        if not behind.may_go(cut):
            continue
        stop = _trimmed(text, start, cut)
        if text.count("(", start, stop) > text.count(")", start, stop):
            if text[start] == "(" and raw(text[start + 1 : stop]).status == "read":
                return start + 1, stop  # "(15 mg once daily if CrCl is 15 to 50 mL/min)"
            continue  # half a bracket
        if stop >= least and stop not in stops:
            stops.append(stop)
    if _CUT_OFF.search(text[max(floor, start - 12) : start]):
        return start, end
    for reader in (raw, parse):
        for stop in stops:
            if reader(text[start:stop]).status == "read":
                return start, stop
    return start, end
