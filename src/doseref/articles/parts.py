"""Which part of a treatment a sentence is about: what it begins with, its first days or weeks, what comes later."""

from __future__ import annotations

import re

from doseref.articles.kinds import AnyCase
from doseref.patterns import regex

_START = AnyCase(r"\A\s*(?:start(?:ing)?|begin(?:ning)?|initial(?:ly)?)\b")
_RAISED = AnyCase(
    r"[,;]\s*(?:then\s+)?(?:increas(?:e|ing)|titrat(?:e|ing))\b(?!\s+(?:up\s+)?to\b)|"
    r"[,;]\s*(?:and|which|then)\s+(?:(?:i|we|you|they)\s+)?(?:then\s+)?(?:rais|increas|doubl|titrat|build)\w{1,4}\b",
)
_AT_FIRST = AnyCase(
    r"\A\W*\d[\d.,]*\s?(?:m?g|micrograms?|mcg)\s+(?:at\s+)?first(?=\W+(?:and\s+)?then\W*\Z)|"
    r"\bthe\s+first\s+(?:few\s+)?(?:days?|weeks?|fortnight|month)\s+(?:is|are)\s+(?=\d)|"
    r"\b(?:at\s+first|to\s+(?:begin|start)(?:\s+with)?|at\s+the\s+(?:start|beginning))\b|\binitially(?=\s*[,.;)]|\s*\Z)"
)
_WATCHED = AnyCase(
    r"\b(?:bloods?|tests?|tested|check(?:s|ed|ing)?|monitor\w{0,4}|review\w{0,3}|visits?|appointments?|levels?|measure\w{0,2}|ECGs?|"
    r"side\s+effects|(?:feel|feels|be|becomes?|makes?\s+\w+)\s+(?:\w+\s+)?(?:drowsy|sick|sleepy|dizzy|tired|queasy))\b"
)
"""What is watched or felt at first, which says nothing of the dose ("bloods fortnightly at first")."""
_CLAUSES = regex(r"[;,.](?!\d)")
_WHEN = (
    r"(?!\s+(?:the\s+|a\s+|your\s+)?(?:(?:same\s+|first\s+|second\s+|last\s+|next\s+)?(?:day|night|evening|morning|week|month|weekend|trimester)\b|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\d{1,3}|twelve|sixteen|twenty)\s+(?:weeks|months|years|days)\b|first\s+(?:sign|symptom|hint|twinge|tickle|ache)|arrival|landing|onset))"
)
"""No day on which a course begins ("starting on the day you land")."""
BEGINS = AnyCase(
    rf"\b(?:begin|begun|start|initiate)(?:s|n?ing|e?d)?\s+(?:[a-z]{{4,20}}\s+)?(?:low|(?:at(?!\s+least)|with|on|from){_WHEN}|out)\b|\bopen(?:s|ed|ing)?\s+(?:at|with|on)\s+(?=\d)|"
    r"\b(?:begin|begun|start|initiate)(?:s|n?ing|e?d)?\s+[^,.;:]{3,60}?\s(?:at|with|on)\s+(?=\d[\d.,]*\s?(?:m?c?g\b|micro|milli|units?\b|IU\b|"
    r"tablets?\b|puffs?\b|drops?\b|m[lL]\b))|"
    r"\b(?:goes|go|went|built|builds?|worked|works?|crept|creeps?|climbs?)\s+(?:up\s+)?(?:slowly|gradually|gently)\s+(?:up\s+)?from\s+(?=\d)|"
    r"\bbeg(?:ins?|an|un)\s+(?:[a-z]{2,20}\s+){2,5}at\s+(?=\d)|\b(?:at|from)\s+the\s+(?:outset|word\s+go)\b|\beas(?:e|es|ed|ing)\s+(?:[a-z]+\s+)?(?:in|into\s+it|into\s+treatment)\s+(?:with|at|on)\b|"
    r"\b(?:is|are|be)\s+introduced\s+(?:at|with|on)\b|\bopen(?:s|ed|ing)?\s+(?:with|on)\s+(?:[a-z]+\s+)?(?=\d)|\bstart(?:s|ed)?\s+(?:you|him|her|them|people|patients|adults)\s+(?:off\s+)?(?:on|with)\b|"
    r"\b(?:your|the|a)\s+first\s+prescription\b|"
    r"\b(?:set|sets|kick|kicks)\s+(?:\w+\s+)?off\s+(?:with|on|at)\b|\bset(?:s|ting)?\s+out\s+(?:with|on|at)\b|\bnewcomers?\s+(?:to|get|take|have)\b|"
    r"\bas\s+(?:the|an?|your)\s+(?:very\s+)?(?:first|opening|starting|initial)\s+dose\b|\b(?:very\s+first|opening)\s+dose\b",
)
_CHOSEN = regex(
    r"\b(?:begin|start)(?:s|ning|ing)?\s+with\s+[A-Za-z][\w-]{3,30}\b[^.;]{0,60}\bfor\s+(?:\d{1,2}|a|one|two|three|four|five|six|"
    r"seven|eight|ten|fourteen)(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:days?|weeks?|nights?|fortnight)\b(?!\W+(?:then|and\s+then|followed|after|before))",
    re.I,
)
"""The drug that is chosen first, with a whole course of it ("we start with amoxicillin, 500 mg three times a day for five days")."""
LATER = regex(
    r"\A\W*(?:after\s+(?:that|this|which|(?:an?|one|two|three|four|\d{1,2}|a\s+few|several)\s+(?:days?|weeks?|months?))|thereafter|then|next|later|afterwards?|subsequently|finally|once\s+(?:things|symptoms|the\s+\w+|it|they|your\s+\w+)\s+(?:is|are|has|have|settles?|improves?|eases?|clears?)|from\s+(?:then|"
    r"there)\s+on|from\s+(?:the\s+)?(?:second|third|fourth|fifth|sixth)\s+(?:day|week|month)(?:\s+on(?:wards?)?)?)\b",
    re.I,
)
"""How a sentence begins that tells the next step of a treatment."""
_ORDINALS = {word: number for number, word in enumerate("second third fourth fifth sixth".split(), 2)}
_WEEK = regex(rf"\W*(?:in|during|for)\s+the\s+({'|'.join(_ORDINALS)})\s+week\b", re.I)
"""How a sentence begins that is one step of a course ("In the second week …")."""
_IN_FIRST = regex(
    r"\W*(?:in|during|over|for)\s+the\s+(first\s+(?:(?:\d{1,3}|two|three|four|five|six|seven|eight|ten)\s+(?:days|weeks|months)|few\s+(?:days|weeks)|"
    r"fortnight|week|month))\b(?!\s+of\s+(?!treatment|therapy|taking))",
    re.I,
)
"""How a sentence begins that is about the beginning of a treatment."""
_STEPPED = regex(
    r"\W*(?:(?:if\s+[^,.;\d]{3,50},|but|and)\s+)?(?:it|this|that|the\s+dose|your\s+dose|we|i|doctors|you|your\s+(?:doctor|gp))\s+(?:(?:can|may|might|is|will)\s+)?"
    r"(?:later\s+|then\s+|also\s+)?(?:be\s+)?(?:doubled?|raised?|increased?|goes\s+up|go\s+up|taken\s+up|put\s+up)\s+(?:[^.;\d]{0,40}\s)?to\b(?=\s+(?:\d|half|one|two|three))",
    re.I,
)
"""How a sentence begins that raises the dose of the one before it ("It can be doubled to 100 mg once daily")."""
_FIRST_DOSE = AnyCase(
    r"\b(?:usual|customary|normal|typical|standard|recommended|common)\s+(?:first|opening)\s+doses?\b(?!\s+(?:of\s+the\s+day|each|in\s+the\s+morning))"
)
"""What a treatment begins with: "The customary first dose for rheumatoid joints is 7.5 mg once a week"."""
_START_OF = regex(
    r"\b(?:initial(?:ly)?|starting|beginning|introductory|(?:usual(?:ly)?\s+)?(?:start(?:s|ed)?|begins?|begun|began|initiate[ds]?))\b"
    r"(?:[\s,:(–—-]+(?:doses?|dosage|amounts?|treatment|therapy|is|are|of|at|with|on|from|usually|typically|about|around|just|only|a|an|the|low|oral(?:ly)?|by|mouth)\b)*"
    r"[\s,:(–—-]*\Z",
    re.I,
)


def part_of(text: str, front: str = "") -> str | None:
    """The part of a treatment that a sentence's dose is of ("start", "later", "first 2 weeks", "week 3"), ``None`` where it
    says none; ``front`` is what stands before its amount.
    """
    if LATER.match(text) or _STEPPED.match(text):
        return "later"
    if first := _IN_FIRST.match(text):
        return " ".join(first.group(1).lower().split())
    if week := _WEEK.match(text):
        return f"week {_ORDINALS[week.group(1).lower()]}"
    if _START.match(text) or _RAISED.search(text) or _FIRST_DOSE.search(text) or _is_at_first(text):
        return "start"
    if _START_OF.search(front) or (BEGINS.search(text) and not _CHOSEN.search(text)):
        return "start"
    return None


def _is_at_first(text: str) -> bool:
    """Whether a dose is the one of the beginning, and not what is watched or felt then."""
    hit = _AT_FIRST.search(text)
    if hit is None:
        return False
    reached = 0
    for sign in _CLAUSES.finditer(text):
        if reached <= hit.start() < sign.start():
            return not _WATCHED.search(text[reached : sign.start()])
        reached = sign.end()
    return not _WATCHED.search(text[reached:])
