"""What is taken once a week, and on which day not: "ONE weekly on Fridays (not the same day as methotrexate)"."""

from __future__ import annotations

import re

from doseref.patterns import regex

_WEEKLY = regex(
    r"\b(?:weekly|(?:once|one|twice)\s?(?:a|per|every|each)?\s?week|(?:every|each)\s(?:week|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b",
    re.I,
)
_OTHER_DAY = regex(
    r"[\s,;:–—(-]*\(?\b(?:(?:not|never|but not)\s(?:to be taken\s|taken\s|take\s)?(?:on\s)?(?:the\s)?"
    r"(?:same\sday|day)\s(?:as|of|with)|"
    r"(?:on\s)?(?:a\s)?different\sday\s(?:to|from|than)|(?:the\s)?(?:day|[1-6]\sdays?)\s(?:after|before))\s+"
    r"(?:your\s|the\s|their\s)?[A-Za-z]{3,20}(?:\s(?:dose|day|tablets?|injection))?\s*\)?(?=[\s.,;]*$)",
    re.I,
)


_CHANGED_FROM = regex(
    r"\s*\(\s?(?:switched|changed|converted|swapped)\s(?:over\s)?from\s[A-Za-z][A-Za-z -]{2,30}?"
    r"(?:\s(?:on\s|in\s)?[0-9]{1,2}/[0-9]{1,4}(?:/[0-9]{2,4})?)?\s?\)",
    re.I,
)
"""Another drug that was taken before, in brackets and without a dose: "(switched from warfarin 03/24)"."""
_NOT_THAT_DAY = regex(r"\s*\(\s?not\s(?:on\s)?(?:the\s)?(?:mtx|methotrexate)\sdays?\s?\)", re.I)


def without_old_drug(text: str) -> str:
    """``text`` without a drug in brackets that was taken before it."""
    return _CHANGED_FROM.sub(" ", text) if " from " in text.lower() else text


def without_other_day(text: str) -> str:
    """``text`` without the day of another drug behind an instruction that is for once a week;
    a daily one ("daily, not on the day of methotrexate") is then taken on six days and stays as it is.
    """
    named = _NOT_THAT_DAY.search(text) if "day" in text.lower() else None
    if named is not None and _WEEKLY.search(text, 0, named.start()) is not None:
        return f"{text[: named.start()]}{text[named.end() :]}"  # "1 weekly, on Fridays (not MTX day)"
    found = _OTHER_DAY.search(text) if "day" in text.lower() else None
    if found is None or not found.start() or _WEEKLY.search(text, 0, found.start()) is None:
        return text
    return text[: found.start()]
