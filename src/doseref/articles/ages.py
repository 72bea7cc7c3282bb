"""Ages as people write them, in figures and with their unit: "sixteen and over" is "16 years and over", "Six to eleven,
5 mg" is "6 to 11 years, 5 mg". What is read here is asked about whom a dose is for, never for the dose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doseref.articles.kinds import AnyCase
from doseref.articles.model import REMEMBERED
from doseref.patterns import regex

FROM_TWELVE = (
    r"\b1[2-8]\s+(?:years\s+)?(?:(?:and|or)\s+(?:over|above|older|up)|up(?:wards)?)\b(?!\s?(?:mg|ml|kg|%))|"
    r"\b(?:(?:over|above)\s+(?:the\s+age\s+of\s+)?|from\s+(?:age\s+)?)1[2-8]\s+years\b"
)
"""Ages from which on people have an adult's dose, where nobody speaks of children."""
GROWN = AnyCase(FROM_TWELVE)
ADULTS_AND_OLDER = AnyCase(
    r"\b1[2-8]\s+(?:years\s+)?(?:(?:–|-|to|up\s+to|through|and)\s*)adult(?:s|hood)?\b|"
    r"\badults?\b[^.;:]{0,30}\bfrom\s+(?:the\s+age\s+of\s+|age\s+)?1[2-8]\b|\A\W*(?:age\s+)?(?:1[2-8]\s?\+|from\s+1[2-8]\s+years)\W*\Z"
)
GROWN_AND_YOUNG = AnyCase(
    r"\A(?=[^.;:]*\b(?:adults?|grown-?ups?)\b)(?=[^.;:]*\b(?:child(?:ren)?|kids?|adolescents?|teen(?:ager)?s?|youngsters?)\b)"
    r"(?![^.;:]*\b(?:under|below|up\s+to|younger|less)\b)(?:[^.;:\d]*|[^.;:\d]*\b(?:(?:over|above|from|aged?|ages)\s+|older\s+than\s+)*1[2-8]\b(?!\s?(?:–|-|to\b|years\s+to\b))[^.;:\d]*)\W*\Z"
)
"""A label of adults together with the young who have their dose ("Adults and teens 16 and up", "Adults and adolescents")."""
_SMALL = tuple("one two three four".split())
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        (
            *_SMALL,
            *"five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen".split(),
        ),
        1,
    )
} | {word: str(ten * 10) for ten, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_SPELLED = regex(
    rf"(?<![\w-])(?:the\s+)?({_WORD})s?(?:(\s+(?:to|or|and|through)\s+|\s?[–-]\s?to\s?[–-]\s?)(?:the\s+)?({_WORD})s?)?(?![\w])",
    re.I,
)
_END = (
    r"(?=\s*[,;:.)](?!\d)|\s*\Z|\s+(?:should|can|may|must|get|gets|have|has|take|takes|need|needs|is|are|it|they|who|with|whose|years?\b|yrs?\b)|\s+(?:and|or)\s+"
    r"(?:over|above|older|under|younger|up)\b|\s+up(?:wards)?\b|\s+\d)"
)
_AFTER_WORD = regex(
    rf"\b(?:aged?|ages|from|between|over|under|below|above|past|(?:those|youngsters|schoolchildren|little\s+ones)\s+(?:of|from|between)|(?:children|kids|campers|boys|girls|people|anyone|everyone|child)\s+(?:of|from|between)|\A(?:children|kids|child)(?=\s+1?\d\s?(?:[–-]|to)\s?1?\d\W*\Z)|"
    rf"the)\s+(?:the\s+ages?\s+of\s+)?(?P<band>1?\d(?:\s?(?:–|-|to|and|or|through)\s?[1-9]\d?)?){_END}(?!\s+(?:years|yrs|months))",
    re.I,
)
_ALONE = regex(
    r"(?:\A|(?<=[.;:]\s)|(?<=\A\W)|(?<=\Aat\s)|(?<=\A\Wat\s)|(?<=[.;:]\sat\s))(?P<band>[1-9]\d?\s?(?:–|-|to)\s?1?\d)(?=\s?[,:]|\s+(?:may|get|gets|have|take|can|should|need|the|it|they|you)\b)|"
    r"(?<=[a-z],\s)(?P<last>[1-9]\d?\s?(?:–|-|to)\s?1?\d)(?=\s*:?\Z)|(?<![\d.,/])\b(?P<open>1[0-8]|[5-9])(?=\s+(?:and|or)\s+"
    r"(?:over|above|older|under|younger|up)\b|\s+up(?:wards)?\b)",
    re.I,
)
_YEAR_OLD = regex(
    r"\b(?P<low>1?\d)(?:(?:[\s-]*(?P<to>to|–|-)[\s-]*|\s?-?\s?(?:,|and|or)\s+)(?P<high>1?\d))?[\s-]year[\s-]olds?\b",
    re.I,
)
YEAR_OLDS = r"(?:\w+-year-olds?|(?:over|under)-\w+s|(?:over|under)s)"
"""People by their ages, as one word of a sentence."""
_OVERS = regex(rf"\b(over|under)(?:-(1?\d|{_WORD})s?|\s((?:1|[4-8])\d)s)\b", re.I)
_BIRTHDAY = regex(
    r"\b(?P<side>past|after|over|beyond|from|since|had|passed|reached|celebrated|before|until|under)\s+(?:(?:their|his|her|your|the|a)\s+)?(?P<age>[1-9]\d?)(?:st|nd|rd|th)\s+birthday\b",
    re.I,
)
_WHO_IS = regex(
    rf"\bwho(?:\s+is|['’]s)\s+(?:only\s+|just\s+|now\s+|nearly\s+)?({_WORD}|[1-9]\d?)(?=\s*[,.;)]|\s+(?:has|gets|takes|can|may|needs|should|is)\b)",
    re.I,
)
_SMALL_YEARS = regex(r"\b(one|two|three|four)(?=[\s-]year[\s-]olds?\b)", re.I)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth".split(),
        1,
    )
} | {f"{word}ieth": ten * 10 for ten, word in enumerate("twent thirt fort fift sixt sevent eight ninet".split(), 2)}
_ORDINAL = regex(rf"\b({'|'.join(_ORDINALS)})(?=\s+birthday\b)", re.I)
_KIDNEYS = regex(r"\b(?:Cr\s?Cl|e?GFR|clearance|weigh\w{0,3}|kg|dose|score)\b", re.I)


def _figures(hit: re.Match[str]) -> str:
    first, join, second = hit.group(1).lower(), hit.group(2), hit.group(3)
    if second is None:
        return hit.group() if first in _SMALL else f" {_NUMBERS[first]}"
    between = " to " if "-" in join or "–" in join or " or " in join or " and " in join else join
    return f"{_NUMBERS[first]}{between}{_NUMBERS[second.lower()]}"


def _somebody(hit: re.Match[str]) -> str:
    """ "who is two" → "child aged 2 years"; of somebody grown only the age."""
    years = int(_NUMBERS.get(hit[1].lower(), hit[1]))
    return f"who is a {'child ' if years < GROWN_UP_YEARS else 'person '}aged {years} years"


GROWN_UP_YEARS = 18


def _of_birthday(hit: re.Match[str]) -> str:
    """ "past their 75th birthday" → "over 75 years"."""
    before = hit["side"].lower() in ("before", "until", "under")
    return f"{'under' if before else 'over'} {hit['age']} years"


@lru_cache(maxsize=REMEMBERED)
def ages_in_years(text: str) -> str:
    """``text`` with ages that are spelled, or stand without their unit, in years."""
    if "birthday" in text:
        text = _ORDINAL.sub(lambda hit: f"{_ORDINALS[hit[1].lower()]}th", text)
        text = _BIRTHDAY.sub(_of_birthday, text)
    if "who" in text:
        text = _WHO_IS.sub(_somebody, text)
    if _OVERS.search(text):
        text = _OVERS.sub(lambda hit: f"{hit[1]} {_NUMBERS.get((hit[2] or '').lower(), hit[2] or hit[3])} years", text)
    if _SPELLED.search(text):
        text = _SPELLED.sub(_figures, text)
    if "year" in text:
        text = _SMALL_YEARS.sub(lambda hit: _NUMBERS[hit[1].lower()], text)
        text = _YEAR_OLD.sub(
            lambda hit: f"child aged {hit['low']}{' to ' + hit['high'] if hit['high'] else ''} years", text
        )

    if _AFTER_WORD.search(text):
        text = _AFTER_WORD.sub(lambda hit: f"{hit.group()} years", text)
    if _ALONE.search(text) and not _KIDNEYS.search(text):
        text = _ALONE.sub(lambda hit: f"{hit.group()} years", text)
    return text
