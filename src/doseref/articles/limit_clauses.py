"""Clauses of running text that state the most that may be taken, in whatever words: "and the day's total should stop at
four grams", "I rarely need more than 75 mg", "don't go past 80 mg a day", "200 mg at the outside".

The sig language reads what stands as an instruction would say it; here only the amount and its period are taken out of
a sentence. A clause holds one amount. Without a period of its own it is a day's where the dose beside it is taken once
a day, one dose's where that is given once, and else it is not read.
"""

from __future__ import annotations

import re

from doseref.articles.bounds import bound_behind, bound_in_front, clause, is_label_of_end, label
from doseref.articles.doses import TOO_MUCH
from doseref.articles.misspelled import DoseWord
from doseref.articles.spoken_words import often_words
from doseref.patterns import regex
from doseref.records import record


@record
class LimitClause:
    """The most that may be taken, as a sentence says it: offsets of the clause, of its amount, and its period."""

    start: int
    first: int
    """Where the amount begins."""
    last: int
    """Where it ends."""
    per: str
    """What the amount is the most of, as the sig language has it (``/day``, ``/week``, `` per dose``); empty where
    the clause does not say.
    """
    dosed: int = 0
    """Where the dose ends that the amount is as well ("0.125 mg once daily is rarely to be exceeded"), else 0."""


_GAP = r"(?:[^\d.;:!?()]|(?<![\d.,])\d{2,3}(?=\s+(?:years?|kg|kilos?|pounds|lbs?|should|must|can|may|who|ought)\b)|(?<=\btype\s)[12]\b|(?<=[A-Za-z])\d{1,2}\b)"
"""What may stand between the words of a limit: letters, an age, a weight."""
_NOT = r"(?:no|not|never|n['’]t|cannot|without|few|rarely|seldom|hardly\s+ever|nobody|nothing|neither|avoid(?:ing)?|don['’]t)"
_BEFORE = regex(
    rf"(?:(?:\b|(?<=[a-z])(?=n['’]t)){_NOT}\b{_GAP}{{0,60}}?\b(?:(?:more|higher|further|greater)\s+than|above|over|"
    rf"past|north\s+of|"
    r"beyond|exceed(?:s|ing|ed)?|top|pass|surpass)(?:\s+a\s+(?:daily\s+)?(?:total|ceiling|maximum|limit)\s+of)?|"
    rf"\b(?:keep|kept|hold|held|cap(?:ped|s)?|limit(?:ed|s)?|restrict(?:ed)?|stay(?:s|ing)?|remain)\b{_GAP}{{0,45}}?\b"
    r"(?:to|under|below|within|beneath)|"
    rf"\b(?:cap(?:ped|s)?|stop(?:s|ped|ping)?|(?:calls?|com(?:e|es)\s+to)\s+a\s+halt|calls?\s+it\s+a\s+day|(?:top|max)(?:s|e[sd]|ped|ping)?\s+out|line\s+is\s+(?:drawn|set)|"
    rf"(?:ceiling|limit|maximum)\s+is\s+(?:set|fixed|reached))\b{_GAP}{{0,30}}?\bat|"
    rf"\b(?:maximum|max\b\.?|ceiling|limit|cap|upper\s+(?:intake\s+)?level(?:\s+\(UL\))?|top(?:\s+dose)?|(?:highest|largest|biggest)\s+(?:daily\s+)?(?:dose|amount)|the\s+most(?!\s+(?:\w+ly\b|common|usual|frequent|popular|effective|people|patients|adults)))\b"
    rf"(?:{_GAP}|24(?=[\s-]?h)){{0,60}}?(?:,[^,.;:()\d]{{3,120}},\s)?\b(?:is|are|was|being|of|has\s+been|remains?|stays?|"
    r"(?:drops?|falls?|goes|comes|rises?|is\s+(?:lowered|reduced|raised))\s+(?:down\s+|up\s+)?to)(?:\s+(?:only|just|"
    r"still|set\s+at))?|"
    r"\b(?:book|label|licen[cs]e|guideline|leaflet|formulary|rules?)\s+(?:allows?|permits?)(?:\s+up\s+to)?|"
    r"\b(?:maximum|ceiling|limit)['’]s|"
    rf"\b(?:maximum|ceiling|limit|the\s+most)\b{_GAP}{{0,60}}?\b(?:is|are)\s+(?:lower|less|smaller|higher|(?:half|twice)\s+(?:that|as\s+\w+))\s*[:,–—-]|"
    rf"\b(?:maximum|max\b\.?|ceiling|limit|cap)(?:\s+(?:daily|dose|dosage|total|per\s+day|a\s+day|in\s+24\s+hours))*"
    r"\s*[:=,–—-]?|"
    r"\bat\s+(?:the\s+)?(?:very\s+)?most|\b(?:up\s+)?to\s+a\s+(?:daily\s+)?(?:total|maximum|limit|ceiling|top|"
    r"cap)\s+of|"
    r"\b(?:up\s+to|as\s+(?:high|much|far)\s+as))\s{0,3}(?:about\s+|around\s+|roughly\s+)?"
    r"(?:(?:one|two|three|four|six|eight|ten|\d{1,2})\s+(?:tablets?|capsules?|caplets?|pills?|puffs?)\s*\()?\Z",
    re.I,
)
_OPEN = regex(r"\b(?:up\s+to|as\s+(?:high|much|far)\s+as)\s{0,3}\Z", re.I)
"""Words that make a maximum only of what is said of a whole day or week."""
_PER = regex(
    r"[\s)]*(?:(?:injected|swallowed|taken|in\s+total|overall|all\s+told|combined)\s+)?(?:\((?:that\s+is\s+|or\s+)?[\d.,]+\s?\w{1,13}\)\s*|,?\s*or\s+[\d.,]+\s?\w{1,13}\b,?\s*)?(?:of\s+(?:it|them|(?:(?:the|this|these|your)\s+)?\w{4,20}(?:[\s-](?:\w{4,20}|[A-Z]\d{0,2}\b)){0,2}(?:\s+by\s+mouth)?)(?:,\s+or\s+[\d.,]+\s?\w{1,13},)?\s+)?(?:"
    r"(?P<day>/\s?(?:d\b|day|24\s?h)|(?:in|over|during|within)\s+the\s+(?:course|space)\s+of\s+(?:a|one|the|any)\s+(?:(?:single|whole)\s+)?day\b|(?:(?:in|on|over|within|for|per|a|an|any|each|every|one|the|whole|full|single|first)\s+){0,3}"
    r"(?:day\b|(?<=\ba\s)night\b|(?:24|twenty[\s-]four)[\s-]?h(?:ours?|rs?)?\b)|daily\b|(?:once\s+)?nightly\b|(?:at|before)\s+(?:night|bedtime|bed)\b)|"
    r"(?P<week>/\s?(?:wk|week)|(?:(?:in|per|a|any|each|every|once)\s+){0,3}week\b|weekly\b)|"
    r"(?P<dose>(?:(?:in|at|per|a|any|each|one|single)\s+){1,3}(?:dose|time|go)\b))",
    re.I,
)
_ANY = r"(?:in|per|a|any|each|every|one|whole)"
_OVER_ALL = (
    ("/day", regex(rf"\bday['’]s\b|\bdaily\b|\b24[\s-]?h(?:ours?|rs?)?\b|\b{_ANY}\s+day\b", re.I)),
    ("/week", regex(rf"\bweekly\b|\b{_ANY}\s+week\b", re.I)),
    (" per dose", regex(r"\b(?:single|per|each|any\s+one|one)\s+dose\b|\bat\s+(?:one|a)\s+time\b", re.I)),
)
_ONCE = (
    r"(?:once\s+(?:a\s+day|daily|nightly)|(?:at|before)\s+(?:bedtime|night|bed)|nightly|in\s+the\s+(?:morning|evening))"
)
_AFTER = regex(
    rf"(?:\s+of\s+(?:it|them|[a-z]{{4,20}})(?=\s))?(?P<often>\s+{_ONCE})?(?:\s*(?:daily|/\s?day|(?:a|per|each|in\s+a(?:ny)?|every)\s+(?:day|night|week|dose)|weekly|"
    r"(?:with)?in\s+(?:any\s+)?(?:24|twenty[\s-]four)\s+hours|in\s+(?:any\s+)?one\s+day))?"
    r"(?:\s+by\s+mouth|,?\s+in\s+other\s+words|,?\s+that\s+is)?\s*[,()]?\s*(?:and\s+|but\s+)?"
    r"(?:at\s+(?:the\s+)?(?:very\s+)?(?:most|outside|top)\b(?!\s+(?:once|twice|two|three|four|every|an?\b|\d))|tops\b|"
    r"max(?:imum)?\b(?!\s+(?:of|dose|is|once|twice|two|three|four|\d))|"
    r"(?:is|are|was|as|being)\s+(?:also\s+|already\s+)?(?:the|its|your|an?|my|our)\s+(?:\w+\s+){0,2}(?:most(?!\s+(?:\w+ly\b|common|usual|frequent|popular|effective|recent|likely|suitable|sensible|people|patients|adults)\b)|maximum|limit|ceiling|cap|top(?!\s+(?:choice|pick|tip|up|seller)))\b|"
    r"(?:is|are)\s+all\s+(?:that\s+)?(?:you|anyone|anybody|one|people|(?:an?\s+)?adults?|he|she|they|we|i)\s+"
    r"(?:(?:can|may|should|must|could)\s+(?:ever\s+)?(?:take|have|use|be\s+given)|(?:gets?|takes?))\b|"
    r"(?:is|are)\s+all\s+(?:that\s+)?(?:should|may|must)\s+(?:ever\s+)?(?:be\s+\w+|go\s+on|go\s+in)\b|(?:is|are)\s+all\s+(?:that\s+)?(?:is|(?:you|they|we|adults)\s+are)\s+allowed\b|"
    r"(?:is|are)\s+(?:the\s+end\s+of\s+the\s+(?:road|line)|the\s+top\s+of\s+the\s+(?:range|scale|ladder))\b|"
    r"(?:is|are)\s+(?:as\s+(?:high|far|much|many)\s+as|where\s+(?:[a-z]+\s+){1,6}?"
    r"(?:(?:should|must|have\s+to|ought\s+to)\s+)?(?:draws?|stops?|finish(?:es)?)\b)|"
    r"(?:is|are)\s+(?:rarely|seldom|not|never)\s+(?:to\s+be\s+)?(?:exceeded|surpassed)|"
    r"(?:should|must|may|can)\s*(?:not|never|rarely)\s+be\s+(?:exceeded|passed|topped|surpassed)|"
    r"(?:not\s+(?:a|one)\s+(?:milligram|microgram|unit|drop|tablet|pill)|no|never|nothing)\s+"
    r"(?:more|higher|further|above|beyond)\b(?!\s+than))",
    re.I,
)


_NO_MORE = regex(r"\b(?:no|never|nothing)\s+(?:more|higher|further|above|beyond)\Z", re.I)
_THE_DOSE = regex(
    r"\bdose\b[^.;:,\d]{0,50}\b(?:is|(?:should|must|ought\s+to|will)\s+be)\s+(?:only\s+|just\s+)?\Z", re.I
)
"""In front of an amount that is the dose: that it is no more makes no limit of it."""
_SAID_OF = regex(r"(?:stay|remain)s", re.I)
_WHEN = regex(r"\b(?:if|when|whose|whether|as\s+long\s+as)\b", re.I)
"""A total that "stays under" an amount in such a clause is a case, and nobody's limit."""
_AT_FIRST = regex(r"[^.;:,()\d]{0,40}\b(?:to\s+(?:start|begin)\s+with|at\s+first|initially)\b", re.I)
"""Behind "is the most": of the first days, and not of all."""
_LED_IN = regex(
    r"\b(?:in|within|over|for)\s+(?:(?:any|a|one|each|the|whole)\s+){0,2}(?:day|24\s+hours|twenty-four\s+hours),?\s+\Z",
    re.I,
)
"""A period in front of the amount: "in 24 hours, four grams is the most"."""


def limit_clauses(text: str, low: int, high: int, words: list[DoseWord]) -> list[LimitClause]:
    """The clauses of ``text[low:high]`` that make a maximum of one of its amounts, in order."""
    found: list[LimitClause] = []
    floor = low
    for number, word in enumerate(words):
        ahead = words[number + 1].start if number + 1 < len(words) else high
        if not word.strong and text[word.end : ahead].strip() == "(":
            continue  # "six tablets (1,200 mg)": the amount in the bracket counts
        kilos = _KILOS.match(text, word.end, ahead)
        end = kilos.end() if kilos else word.end
        before = _BEFORE.search(text[floor : word.start])
        if before is not None and _SAID_OF.match(before.group()) and _WHEN.search(text[floor : word.start]):
            before = None
        behind = _AFTER.match(text, end, ahead) if before is None else None
        if behind is not None and _AT_FIRST.match(text, behind.end(), ahead):
            behind = None
        to_sign = _TO_CLAUSE.match(text, end, min(end + 20, ahead))
        more = _MORE.search(text[floor : word.start]) if before is None and TOO_MUCH.match(text, end, ahead) else None
        if more is not None:
            found.append(LimitClause(floor + more.start(), word.start, end, "/day"))
        elif _period(text, end, ahead) != "/day" and (
            _OTHER.search(_own_clause(text[floor : word.start])) or (to_sign and _OTHER.search(to_sign[0]))
        ):
            pass  # of a course, or of a lifetime
        elif _MANY_TIMES.match(text, end, ahead):
            pass  # "max 200 mg BID": a dose that is taken so often
        elif _joined_on(text, found, word, per := _period(text, end, ahead)):
            per = per or found[-1].per
            found.append(LimitClause(word.start, word.start, end, per))  # "max 100 mg per dose, 400 mg per day"
        elif before is not None:
            per = _period(text, end, ahead) or _over_all(text[floor : word.start])
            if not per and found and number and found[-1].first == words[number - 1].start:
                per = found[-1].per  # "past 100 micrograms a day …, and for children the line is drawn at 50"
            per = per or (_led_in(text, low, word.start) if floor == low else "")
            if per or not _OPEN.search(text[floor : word.start]):
                found.append(LimitClause(floor + before.start(), word.start, end, per))
        elif behind is not None and (ahead == high or ahead - behind.end() > 3):
            often = behind.group("often")
            led = _LED_IN.search(text[floor : word.start])
            start = floor + led.start() if led else word.start
            per = "/day" if often else _period(text, end, ahead) or _over_all(text[floor : word.start])
            per = per or _period(text, _FOR.match(text, behind.end()).end(), ahead)  # type: ignore[union-attr]
            if not per and not led and found and number and found[-1].first == words[number - 1].start:
                per = found[-1].per
            per = per or ("/day" if led else "") or _over_all(behind.group()) or _later(text, behind.end(), ahead)
            if not per and _NO_MORE.search(behind.group()) and _THE_DOSE.search(text, floor, word.start):
                continue  # "the first dose should be 250 mg, no more"
            found.append(LimitClause(start, word.start, end, per, behind.end("often") if often else 0))
        elif (bound := _bound(text, low, floor, word, end, ahead)) is not None:
            found.append(bound)
        floor = word.end
    return found


def _bound(text: str, low: int, floor: int, word: DoseWord, end: int, ahead: int) -> LimitClause | None:
    """The limit that a word for an end makes of an amount in its clause, in front of it or behind it."""
    before = text[floor : word.start]
    front = bound_in_front(before)
    behind = bound_behind(text, before, end, ahead) if front is None else None
    if front is None and behind is None and not before.strip(" *_") and floor == low:
        front = 0 if is_label_of_end(text[max(0, low - _LABEL) : word.start]) else None
    if front is None and behind is None:
        return None
    own = before[front:] if front is not None else ""
    per = (
        _period(text, end, ahead)
        or _told_over(own)
        or _over_all(before)
        or (_led_in(text, low, word.start) if floor == low else "")
    )
    if not per and floor == low:
        per = _told_over(clause(before))
    if not per and behind is not None:
        per = _over_all(text[end:behind]) or _later(text, behind, ahead)
    return LimitClause(word.start if front is None else floor + front, word.start, end, per)


def _led_in(text: str, low: int, start: int) -> str:
    """The period that the sentence in front of its first amount opens with ("Over a full day, adults ought not to …")."""
    return "/day" if _OPENED.match(text, low, start) else _told_over(label(text[max(0, low - _LABEL) : start]))


_LABEL = 80
"""Characters of a label in front of what it leads up to, in which its period stands."""
_OPENED = regex(
    r"(?:[^:.;\d]{0,80}[:;]\s+)?\W*(?:(?:and|but)\s+)?(?:in|within|over|for|during|on|across)\s+(?:(?:any|a|one|each|the|whole|full|entire|single)\s+){0,3}"
    r"(?:day|24[\s-]hours|twenty-four\s+hours|24[\s-]hour\s+period)\b",
    re.I,
)


def _later(text: str, end: int, ahead: int) -> str:
    """What the clause behind "is the most" says that it is the most of ("… that you should have in any one day")."""
    same = _SAME_CLAUSE.match(text, end, ahead)
    if same and _TO_THE_NEXT.search(same.group()):
        return "/day"
    return _over_all(same.group()) if same else ""


_TO_THE_NEXT = regex(
    r"\b(?:between|from)\s+one\s+(?:morning|day|midnight|breakfast|bedtime)\s+(?:and|to)\s+the\s+next\b", re.I
)
_SAME_CLAUSE = regex(
    r"(?:[^.;:,()\d]|(?<=\bover\s)\d{2}\b|(?<=\babove\s)\d{2}\b|(?<=\bpast\s)\d{2}\b)*(?:24\s+hours)?", re.I
)


def _joined_on(text: str, found: list[LimitClause], word: DoseWord, per: str) -> bool:
    """Whether an amount goes on with the limit right before it, for another period."""
    last = found[-1] if found else None
    if last is not None and last.per and not per and _OF_OTHERS.fullmatch(text, last.last, word.start):
        return True
    if last is not None and last.per == per == "/day" and _THEN.fullmatch(text, last.last, word.start):
        return True  # "no more than 1,250 mg in the first 24 hours, then 1,000 mg a day"
    if last is not None and last.per and not per and _OF_ANOTHER.fullmatch(text, last.last, word.start):
        return True  # "…; of dihydrocodeine it is 180 mg"
    if last is None or not last.per or _NEXT_LIMIT.fullmatch(text, last.last, word.start) is None:
        return False
    return per != last.per if per else bool(_FOR_OTHERS.match(text, word.end))


_NEXT_LIMIT = regex(
    r"\s*(?:per|a|an|each|/|in\s+(?:one|a|any\s+one))?\s*(?:single\s+)?(?:dose|time|day|24\s?h(?:ours)?|daily)?\s*(?:,|;|/|and|or)\s*(?:and\s+|or\s+)?",
    re.I,
)
_OF_OTHERS = regex(
    r"\s*(?:(?:a|per|each|in\s+a)\s+day|daily|in\s+24\s+hours)?\s*[;,]\s+(?:(?:and|but|or)\s+)?(?:(?:past|over|above|after|from)\s+(?:the\s+age\s+of\s+|age\s+)?"
    r"\d{2}(?:\s+years)?(?:\s+of\s+age)?|(?:in|for)\s+(?:the\s+)?(?:elderly|frail|older\s+\w+|seniors))(?:,\s*|\s+)(?:it\s+is\s+|only\s+|just\s+)*",
    re.I,
)
"""What leads over to the limit of older people: "400 mg; past 75 years, 300 mg"."""
_THEN = regex(
    r"\s*(?:in|over|on|for|within)\s+the\s+first\s+(?:24\s+hours|day)[,;]?\s+(?:and\s+)?(?:then|thereafter|afterwards|after\s+that)\s+",
    re.I,
)
_OF_ANOTHER = regex(
    r"\s*(?:(?:a|per|each|in\s+a)\s+day|daily|in\s+24\s+hours)?\s*[;,]\s+(?:(?:and|but|while)\s+)?(?:of|for|with)\s+[A-Za-z][\w-]{3,25}(?:\s+[a-z]+)?,?\s+(?:it\s+is|it['’]s)\s+",
    re.I,
)
"""What leads over to the limit of another drug."""
_FOR_OTHERS = regex(r"\s*(?:/\s?kg)?,?\s+(?:if|in|for|when|where|once|above|over|under|below|past)\b", re.I)
"""Behind a second limit: whose it is ("400 mg a day, or 300 mg if you are older than 75")."""
_FOR = regex(r"(?:\s*(?:for|in|over|of)(?=\s))?")
_KILOS = regex(r"\s?(?:/|\bper\b)\s?(?:kg|kilos?|kilogram(?:me)?s?)\b", re.I)


def _period(text: str, end: int, ahead: int) -> str:
    hit = _PER.match(text, end, ahead)
    if hit is None:
        return ""
    return "/day" if hit["day"] else "/week" if hit["week"] else " per dose"


def _over_all(before: str) -> str:
    """What the words in front of an amount say that it is the most of; the last that speak of a period count."""
    return _told_over(_own_clause(before))


def _told_over(words_of: str) -> str:
    """What a clause says that an amount in it is the most of."""
    said = _STEP.sub(" ", words_of)
    return next((per for per, words in _OVER_ALL if words.search(said)), "")


_STEP = regex(
    r"\bby\s+[\d.,]+\s?\w{1,10}\s+(?:a|per|each|every)\s+\w+|\b(?:every|each)\s+(?:few\s+|other\s+)?\w+", re.I
)
"""How a dose is raised on the way to its limit: nothing of the limit's period."""


def _own_clause(before: str) -> str:
    return _OWN.split(before)[-1]


_OWN = regex(r"[;,]\s|:\s(?!\Z)|\s(?:and|but|then|(?<!\bat\s)or)\s")
"""What parts the clause of an amount from the ones in front of it; a colon right in front of the amount does not."""


_MORE = regex(r"\b(?:more\s+than|(?:anything\s+)?(?:above|over|beyond|past))\s+\Z", re.I)
_TO_CLAUSE = regex(r"[^;,.]*")
_MANY_TIMES = regex(
    rf"[\s,]*(?:{often_words(least=2)}|every|q\s?\d|b\.i\.d|t\.i\.d|at\s+(?:an\s+interval|intervals)\s+of|at\s+\w+[\s-]hour(?:ly)?\s+intervals)\b",
    re.I,
)
_OTHER = regex(
    r"\b(?:courses?|attacks?|flares?|treatments?|months?|years?|lifetime|cycles?|episodes?|procedures?|sessions?|"
    r"in\s+all|"
    r"altogether|cumulative)\b",
    re.I,
)
"""Periods whose most is not compared: how long they are is not said."""
