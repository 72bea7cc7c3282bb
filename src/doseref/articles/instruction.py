"""From where to where in a sentence an instruction goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from doseref.articles import limits_in_words
from doseref.articles.behind import Behind
from doseref.articles.doses import has_limit, limit_in_front
from doseref.articles.how_often import has_frequency
from doseref.articles.misspelled import DoseWord
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
    r"(?:(?:one|two|three|half|\d{1,2})\s{0,2}(?:or|to|–|-)\s{0,2})?(?:one(?!:)|two(?!:)|three(?!:)|four(?!:)|half(?:\s+an?)?|"
    r"\d{1,2}\s?[x×])|(?:one|two|three|four|\d)\s+[a-z]{6,20}(?=\s\Z)|(?:one|two|three|four|\d)\s+[a-z]{4,10}\s+(?:tablets?|capsules?|caplets?|sachets?)|(?:don['’]t|do\s+not|never|not)\s+(?:take|use|have|go|put|apply)|daily\s+dose\s+of|total\s+of|"
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
    r"unlike|to|by|take|add|(?<!turn )(?<!turns )(?<!turning )in|on|using|only|it|i|we|you|is|are|usually|some|many|if|when|use|uses|people|patients|"
    r"adults|doctors|"
    r"prefer|try|adding|given|may|can|should|must|will|be)\b|(?<=,\s)once(?=\s+(?:the|an?|it|you|they)\b))+\Z",
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
    r"inject(?:ed|ion)\s+(?:in)?to|by\s+(?:slow\s+|deep\s+|rapid\s+)?(?:injection|infusion)|into\s+(?:the|your|a|his|her)\s+(?:(?:outer|upper|mid)\s+)?(?:thigh|muscle|vein|buttock|"
    r"deltoid)|(?:in(?:to)?|up)\s+(?:one|each|either|a)\s+nostril|into\s+the\s+(?:disc|joint|epidural)|(?-i:IV|IM|SC|SQ|IO))\b",
    re.I,
)
"""Routes by which an amount is given in one session: there it needs no frequency to be an instruction."""


def is_given(text: str) -> bool:
    """Whether an instruction names a way of giving in one session (IV, IM, into a joint)."""
    return bool(_ROUTE.search(text))


_CUT_OFF = regex(
    r"(?:\d\s?[x×]|\d|(?:\d|\b(?:one|two|three|four|half|m?c?g|units?|tablets?|capsules?|puffs?|drops?))[\s-]*\b(?:or|to)|"
    r"\band\s+a\s+half|[½¼¾])[\s-]*\Z",
    re.I,
)
"""What ends like this before an amount is a part of it that was not taken along."""


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


_IN_FULL = regex(
    r"(?:\d[\d.]{0,5}\s?|(?:one|two|three|four|half\s+a)\s+)(?:g|grams?|units|puffs?|sprays?|drops?)\b(?!\s+tube)", re.I
)
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
        if (
            not inside
            or ahead is None
            or (cut.group() == " and " and _of_one_day(text, begin, end, ahead, words, parse))
        ):
            continue
        part = _best(text, begin, _trimmed(text, begin, cut.start()), inside[-1].end, parse, raw)
        clause = text[slice(*part)]
        first = not found and (
            _FIRST_DAY.search(text, max(group.floor, part[0] - 40), part[0])
            or (len(inside) == 1 and _leads_on(text, group, inside[0], ahead))
        )
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


def _of_one_day(text: str, begin: int, end: int, ahead: DoseWord, words: list[DoseWord], parse: Parse) -> bool:
    """Whether two amounts are those of the parts of one day ("5 mg in the morning and another 5 mg at night")."""
    stop = next((word.start for word in words if word.start > ahead.start), end)
    options = parse(text[begin : _trimmed(text, begin, stop)]).options
    return len(options) == 2 and all(each.when and not each.times for each in options)


def _leads_on(text: str, group: DoseGroup, word: DoseWord, ahead: DoseWord) -> bool:
    """Whether an amount is taken by itself before the words turn to another case of its own ("an adult takes 30 mg, and on
    longer journeys 15 mg every eight hours").
    """
    case = _CASE.fullmatch(text, word.end, ahead.start)
    return case is not None and is_taken(text, group.floor, word, word.end)


_CASE = regex(
    r",?\s+(?:and|but|then)\s+(?:then\s+)?(?:on|for|in|if|when|from|after|later|thereafter|once)\b(?!\s+\d)[^.;:,\d]{3,60}?,?\s+",
    re.I,
)
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


_OR_OTHERWISE = regex(r",\s+or\s+(?:injected|inhaled|by\s+\w{5,12}|as\s+an?\s+\w{4,12})\Z", re.I)
"""Another way of giving it, of which no dose is told here."""


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
    behind = Behind(text, least, end)
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
