"""The doses of a sentence that is no instruction as a whole, each by itself: its amount, and how often its own clause
says ("300 mg in one go and then a single 75 mg tablet each day", "once a day with supper, to begin with 500 mg").

Between an amount and the words that say how often stands nothing that could turn the one against the other: no figure,
no "not", "if", "half" or "than". Where two of them could be meant, none is.
"""

from __future__ import annotations

import re

from doseref.articles.doses import dose_words
from doseref.articles.instruction import Parse
from doseref.articles.misspelled import DoseWord
from doseref.patterns import regex
from doseref.records import record

_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|ten|twelve)"
_SPAN = rf"{_NUMBER}(?:\s?(?:–|-|to|or)\s?{_NUMBER})?"
_TIMES = rf"(?:once|twice|thrice|{_SPAN}\s+times)(?:\s+(?:or|to)\s+(?:twice|{_NUMBER}\s+times|{_NUMBER}))?"
_MEAL = r"(?:breakfast|lunch|dinner|supper|(?:(?:the|your)\s+)?(?:evening|main|morning|midday)\s+meal)"
_PART = (
    rf"(?:at\s+(?:night|bedtime)|in\s+the\s+(?:morning|evening)|(?:with|at|after|before)\s+{_MEAL}|"
    r"(?:(?:about|some)\s+)?(?:(?:half\s+an|an|one|two|\d{1,2}|twenty|thirty)(?:\s+to\s+(?:two|\d{1,2}))?\s+(?:hours?|minutes?)\s+)?before\s+"
    r"(?:(?:going\s+to\s+)?(?:bed(?:time)?|sleep)|you\s+(?:turn\s+in|go\s+to\s+(?:bed|sleep)|lie\s+down)|turning\s+in|lights[\s-]out))"
)
_OFTEN = regex(
    rf"\b(?P<least>once|twice|{_NUMBER}\s+times)\s+(?:a\s+day|daily),?\s+(?:and\s+|or\s+|but\s+)?(?:if\s+(?:necessary|needed|required|need\s+be)|even)"
    rf"\s*,?\s*(?:up\s+to\s+)?(?P<most>twice|{_NUMBER}\s+times)(?:\s+(?:a\s+day|daily))?\b|"
    rf"\b(?P<times>(?:up\s+to\s+)?{_TIMES}\s+(?:(?:a|per|each|every|in\s+(?:a|the|one|any))\s+(?:day|night|week|month|24\s+hours)|daily|weekly)|"
    rf"(?:every|each)\s+(?:{_SPAN}\s+(?:hours?|days?|weeks?|months?)|(?:other|second)\s+(?:day|night)|day|night|morning|evening|week|month)|"
    r"on\s+alternate\s+days|daily|nightly|weekly|(?:a|per)\s+(?:day|night|week))\b|"
    rf"\b(?:leav(?:e|es|ing)|wait(?:s|ing)?|allow(?:s|ing)?)\s+(?:a\s+gap\s+of\s+|a\s+break\s+of\s+)?(?P<gap>{_SPAN}\s+hours)(?:\s+(?:to\s+pass|go\s+by))?"
    r"\s+(?:before\s+(?:the\s+next|another|any\s+more|repeating|having\s+(?:more|another))(?:\s+(?:one|dose|lot|helping|tablet))?|between\s+(?:each|doses|lots|tablets|one\s+and\s+the\s+next))|"
    r"\b(?P<once>in\s+one\s+go|(?:as|in)\s+(?:a\s+single|one)\s+dose|all\s+at\s+once|once\s+only)\b|"
    rf"\b(?P<part>{_PART}(?:,?\s+and\s+(?:{_PART}|at\s+night|evening|night))?|(?:mornings?|night)\s+and\s+(?:evenings?|night|morning))\b",
    re.I,
)
_BED = regex(r"\b(?:bed|sleep|turn|turning|lights|lie)\b", re.I)
_TURNS = regex(
    r"\d|\b(?:not|never|no|nor|nobody|if|unless|until|when|half|instead|increas\w+|rais\w+|doubl\w+|tripl\w+|reduc\w+|lower\w*|halv\w+|"
    r"than|more|less|extra|another|stop\w*|except|without|split|divid\w+|for\s+every|comes?\s+to|makes|in\s+(?:total|all)|altogether|so|"
    r"that\s+is|which\s+is|q\.?\s?\d{0,2}\s?[dh]|[btq]\.?i\.?d|[oqb]\.?d|[tq]\.?d\.?s|o\.?m|o\.?n|nocte|mane|"
    r"titrat\w+|adjust\w*|creep\w*|crept|climb\w*|nudg\w*|bump\w*|build\w*|built|upwards?|up|down|(?:re)?check\w*|monitor\w*|review\w*)\b|n['’]t\b",
    re.I,
)
"""What may not stand between an amount and how often it is taken."""
_COUNT = regex(r"\b(?:a\s+single|an?|one|two|three|four|half\s+an?)\s+\Z", re.I)
_FORM = regex(r"[\s-]{1,2}(?:tablets?|capsules?|caplets?|pills?|sachets?|patch(?:es)?|doses?)\b", re.I)
_NO_DOSE = regex(
    r"\b(?:not|never|no|without|avoid|every|each|per|extra|additional|more|"
    r"was|were|had|took|swallowed|got|contain\w*|holds?|suppl(?:y|ies)|provid\w+|deliver\w*|yields?|brings?|makes|so)\s+(?:\w+\s+)?\Z|"
    r"\b(?:than|above|below|over|under|exceed\w*|past|beyond|by)\s+(?:the\s+|about\s+|a\s+)?\Z|n['’]t\s+(?:\w+\s+)?\Z|[<>≤≥/]\s*\Z",
    re.I,
)
"""What stands in front of an amount that is none to be taken, or no more than a part of one."""
_EXPLAINED = regex(
    r"\((?:(?:given|taken|injected|supplied|available)\s+as|that\s+is|i\.?e\.?|as|equivalent|equal)\b[^()]*\Z", re.I
)
"""A bracket that says of what the dose in front of it is made up ("160 mg (given as four 40 mg injections)")."""
_FAR = 160
_BESIDE = regex(
    r"\s+(?:of\s+(?:the\s+|it\s+)?[\w-]+(?:\s[\w-]+)?\s+)?(?:(?:goes|go|is\s+put|are\s+put)\s+)?(?:in(?:to)?\s+(?:the|each|both|either)\s+\w+\s+)?"
)
_DAILY = regex(
    r"\b(?:your|the|her|his|their|my|an?)\s+(?:(?:usual|recommended|total|full|adult|normal)\s+)?daily\s+(?:(?:dose|amount)\s+of\s+)?"
    r"(?!(?:limit|maximum|max|ceiling|intake|average|upper|most|cap)\b)[A-Za-z][\w-]*(?:\s(?!(?:limit|maximum|intake|ceiling|not|never)\b)[A-Za-z]\w*){0,5}?\s+"
    r"(?:is|are|(?:should|must|will)\s+be|remains|stays\s+at)\s+(?:about\s+|around\s+|only\s+|just\s+)?\Z",
    re.I,
)
"""In front of what is taken in a day: "your daily folic acid is 400 micrograms", "the daily dose of zinc is 10 mg"."""
_REJECTED = regex(
    r"\b(?:is|are)\s+(?:not|no\s+longer|never|rarely)\s+(?:recommended|advised|needed|given|used|necessary|wise|done|worth)\b|\b(?:older|old|former)\s+(?:habit|practice|advice)\b",
    re.I,
)
"""What is said of a dose that nobody is to take."""
_MEASURED = regex(r"(?:g|gm|grams?|m[lL]|millilit(?:er|re)s?|units?)\Z")
_IN_TURN = regex(r"\brespectively\b", re.I)
"""Amounts of several drugs in their order: none of them stands beside its name."""
_SUM = regex(r"\b(?:comes?\s+to|makes|in\s+all|total(?:s|ling)?(?:\s+of)?)\s+\Z", re.I)
_OF_A_DAY = regex(r"\s+(?:a\s+day|per\s+day|daily)\b", re.I)
"""What several doses come to is told of a day, or is no dose."""
_PER_KILO = regex(r"\s?(?:/\s?|per\s+)(?:kg|kilos?|kilogram(?:me)?s?)\b", re.I)
_PER_OTHER = regex(
    r"\s?(?:/|per\b|for\s+(?:each|every)\b)(?!\s?(?:d\b|day|night|week|dose|nostril|eye|ear|side))|\s+(?:of\s+it\b|in\s+(?:total|all|other\s+words)\b|altogether\b)",
    re.I,
)
"""Behind an amount that is one of something else, or a sum."""
_BETWEEN = regex(
    r"\bbetween\s+(?:\d[\d.,]{0,8}|one|two|three|four|five|six|eight|ten)(?:\s?[a-zµμ]{1,12})?\s+and\s+\Z", re.I
)
_SEPARATOR = regex(r"[,;:(–—]\s?|\s(?:and|but|or|then|while|though)\s", re.I)
_CHANGED = regex(
    r"(?:\b(?:it|that|this|dose|amount|one|ones|which)(?:['’]s|\s+(?:is|becomes|comes|drops|falls|goes|may\s+be|can\s+be|should\s+be|must\s+be))|"
    r"\b(?:we|you|i|they|he|she|people|patients|adults|children|doctors|ones|those|anyone|everyone)\s+(?:(?:can|may|should|must|will|would|usually|then|often|only|just)\s+)?"
    r"(?:begins?|starts?|gets?|have|has|takes?|needs?|gives?|use|cut|halve|lower|raise|reduce|go|goes))"
    r"(?:\s+(?:it|that|this|the\s+dose))?(?:\s+(?:halved|cut|lowered|reduced|raised|increased|doubled|taken|started|begun|given))?(?:\s+(?:back|down|up|out))?"
    r"(?:\s+(?:to|on|with|at|only|just|about))*\s*\Z|\b(?:then|afterwards|thereafter|later|followed\s+by|after\s+that)\s+\Z|\b(?:halve|double)\s+(?:it|that|this)(?:\s+to\s+|\s*[:,–—-]\s*)\Z|"
    r"\b(?:most|many|some|others|a\s+few)\s+(?:people\s+|patients\s+|of\s+us\s+|adults\s+)?(?:stop|settle|end\s+up|land|stay|need|get\s+by|do\s+well|manage)(?:\s+somewhere)?"
    r"(?:\s+(?:on|at|with))?\s+\Z",
    re.I,
)
"""What stands in front of an amount that takes the place of the one before it, and is taken as often."""


@record
class ByClause:
    """One amount with how often it is taken: offsets of the amount, and the words of the frequency."""

    start: int
    end: int
    often: str


def by_clauses(
    text: str, low: int, stop: int, words: list[DoseWord], raw: Parse, often_before: str = "", begins: int = -1
) -> list[tuple[DoseWord, ByClause]]:
    """The doses of ``text[low:stop]`` whose own clause says how often; the others are left out.

    ``often_before`` is how often the same drug is taken by what was said before this sentence, which ``begins`` there.
    """
    begins = low if begins < 0 else begins
    found: list[tuple[DoseWord, ByClause]] = []
    if _IN_TURN.search(text, low, stop) or _REJECTED.search(text, low, stop):
        return found
    reached = low
    often = often_before
    for number, word in enumerate(words):
        ahead = words[number + 1].start if number + 1 < len(words) else stop
        span = _amount(text, max(low, reached), word, stop)
        used = 0
        if span is not None:
            weighed = word.strong or _MEASURED.search(text, word.start, word.end) is not None
            told, used = _behind(text, span[1], ahead, number + 1 < len(words), weighed)
            told = told or (often_in_front(text, reached, span[0]) if word.strong else "")
            told = told or daily_in_front(text, begins, span[0])
            if (
                not told
                and often
                and word.strong
                and not _SPLIT.search(text, word.end, stop)
                and _CHANGED.search(text[max(low, span[0] - 60) : span[0]])
            ):
                told = often
            if told and raw(f"{text[span[0] : span[1]]} {told}").status == "read":
                found.append((word, ByClause(*span, f" {told}")))
                often = told
        reached = max(word.end, used)
    every = _ALL.search(text, words[-1].end, stop) if len(words) > 1 and len(found) < len(words) else None
    if every is not None and (told := _behind(text, every.end(), stop, False)[0]):
        return _of_all(text, low, stop, words, told, raw)
    return found


_ALL = regex(
    r"[;,:–—]\s*(?:and\s+)?(?:either|both|each|all|always|in\s+(?:each|every|either|both)\s+cases?|at\s+(?:each|every)\s+step)\b(?:\s+of\s+(?:them|these))?|"
    r"[;,:–—]\s*(?=(?:[a-z]+\s+){1,5}(?:throughout|in\s+(?:each|every|either|both|all)\s+cases?|at\s+(?:each|every)\s+step)\b)",
    re.I,
)
"""In front of how often all the doses of a sentence are taken ("…, always once a day", "…, once daily throughout")."""


def told_of_all(text: str, words: list[DoseWord], stop: int) -> bool:
    """Whether the words behind the last of several amounts say how often, of all of them."""
    every = _ALL.search(text, words[-1].end, stop) if len(words) > 1 else None
    return every is not None and bool(_behind(text, every.end(), stop, False)[0])


def _of_all(
    text: str, low: int, stop: int, words: list[DoseWord], told: str, raw: Parse
) -> list[tuple[DoseWord, ByClause]]:
    """The amounts that are all taken as often as the words behind them say ("…; either is taken once a day")."""
    spans = [(word, _amount(text, low, word, stop)) for word in words]
    if any(span is None or raw(f"{text[span[0] : span[1]]} {told}").status != "read" for _, span in spans):
        return []
    return [(word, ByClause(*span, f" {told}")) for word, span in spans if span]


def often_of_clause(text: str) -> str:
    """How often an instruction that was read is taken, in its own words; empty where it says nothing or two things."""
    hits = list(_OFTEN.finditer(text))
    told = {_plain(hit) for hit in hits if hit["times"] or hit["least"]} or {_plain(hit) for hit in hits}
    return told.pop() if len(told) == 1 else ""


def takes_the_place(before: str) -> bool:
    """Whether the words in front of an amount put it in the place of the one before ("we cut that to 5 mg")."""
    return _CHANGED.search(before) is not None


_LOWERED = regex(
    r"\b(?:it|that|this|dose|amount)\s+(?:(?:is|becomes|has\s+to\s+be|must\s+be|may\s+be|should\s+be)\s+)?(?:cut|halved|lowered|reduced|brought\s+down|drops|falls|goes\s+down)"
    r"\s+(?:back\s+|down\s+)?to\s+(?=\d|half|one|two)",
    re.I,
)


def is_lowered(text: str) -> bool:
    """Whether a dose is one that is gone down to from the usual one."""
    return _LOWERED.search(text) is not None


_SPLIT = regex(r"\b(?:half|halves|split|divided|second|portions)\b", re.I)


def is_split(text: str, start: int, stop: int) -> bool:
    """Whether the words behind an amount say that it is taken in parts."""
    return _SPLIT.search(text, start, stop) is not None


def clause_end(text: str, end: int, ahead: int) -> int:
    """Where the words about an amount end that lead over to the next one."""
    return max((cut.start() for cut in _SEPARATOR.finditer(text, end, ahead)), default=ahead)


def _amount(text: str, floor: int, word: DoseWord, stop: int) -> tuple[int, int] | None:
    """From where to where an amount goes with what counts it ("between 15 and 45 mg", "a single 75 mg tablet");
    ``None`` where it is none to be taken.
    """
    kilos = _PER_KILO.match(text, word.end, stop)
    start, end = word.start, kilos.end() if kilos else word.end
    if _PER_OTHER.match(text, end, stop):
        return None
    if between := _BETWEEN.search(text[floor:start]):
        start = floor + between.start()
    elif form := _FORM.match(text, end, stop):
        count = _COUNT.search(text[floor:start])
        if count is None:
            return None  # what a tablet holds
        start, end = floor + count.start(), form.end()
    before = text[max(floor, start - 30) : start]
    if _EXPLAINED.search(text, max(0, start - _FAR), start):
        return None
    if _NO_DOSE.search(before) or (_SUM.search(before) and not _OF_A_DAY.match(text, end)):
        return None
    return start, end


def _behind(text: str, end: int, ahead: int, more: bool, strong: bool = True) -> tuple[str, int]:
    """How often the words behind an amount say, up to where they lead over to the next one; and where they end."""
    if more:
        ahead = max((cut.start() for cut in _SEPARATOR.finditer(text, end, ahead)), default=end)
    told = list(_OFTEN.finditer(text, end, ahead))
    if not told or _TURNS.search(text, end, told[0].start()):
        return "", 0
    if _BESIDE.fullmatch(text, end, told[0].start()):
        return _plain(told[0]), told[0].end()
    if not strong:
        return "", 0  # "14 tablets in the course of a week"
    if len({_plain(hit) for hit in told if hit["times"] or hit["least"]}) > 1 or dose_words(text, end, told[0].start()):
        return "", 0
    return _plain(next((hit for hit in told if hit["times"] or hit["least"]), told[0])), told[-1].end()


def often_in_front(text: str, reached: int, start: int) -> str:
    """How often the words between the amount before and this one say."""
    told = list(_OFTEN.finditer(text, reached, start))
    often = often_of_clause(text[reached:start]) if told else ""
    return often if told and not _TURNS.search(text, told[-1].end(), start) else ""


def daily_in_front(text: str, low: int, start: int) -> str:
    """How often an amount is taken that the words in front of it call daily ("your daily dose of zinc is 15 mg")."""
    return "a day" if _DAILY.search(text[low:start]) else ""


def _many(times: str) -> str:
    """How many times: "once" is one."""
    return {"once": "1", "twice": "2"}.get(times.lower(), times.split()[0])


def _plain(hit: re.Match[str]) -> str:
    """A frequency in the words of the sig language."""
    said = " ".join(hit.group().lower().split())
    if hit["once"]:
        return "as a single dose"
    if hit["gap"]:
        return f"every {hit['gap'].lower()}"
    if hit["least"]:
        return f"{_many(hit['least'])} to {_many(hit['most'])} times a day"
    if hit["part"] and _BED.search(said):
        return "at bedtime"
    said = re.sub(r"\bin (?:a|the|one|any) day\b", "a day", said)
    return said.replace("on alternate days", "every other day")
