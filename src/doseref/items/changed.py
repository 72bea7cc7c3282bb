"""Lines of a discharge letter that tell what a dose was and what it is now: only what it is now is taken.

changed ::= [verb [":"]] drug (":" | "-" | ",")* told-change
told-change ::= ("was" | "previously") old (arrow | "now" | "new dose") new
              | ["increased"] "from" old ("to" | arrow) new | old arrow new, behind a verb | "increased" "to" new

Nothing is left out but an old dose that these words call one; a line with any other words stays as it is and is read,
or told. "INCREASE lisinopril 10 mg to 20 mg daily" would be a range of doses without its verb: behind one, the second
is the new dose.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.patterns import regex

_VERB = (
    r"(?:dose\s)?(?:chang(?:e[ds]?|ing)|incr(?:eas(?:e[ds]?|ing)|\.)?|decr(?:eas(?:e[ds]?|ing)|\.)?|reduc(?:e[ds]?|ing)|rais(?:e[ds]?)|"
    r"lower(?:ed)?|(?:up-?\s?|down-?\s?)?titrated|adjust(?:ed)?|modif(?:y|ied)|doubled|halved)"
)
_ASKED = (
    r"(?:(?:(?:i|we)\s(?:would|should)\sbe\s)?(?:grateful|obliged)\sif\syou\s(?:would|could)\s|(?:please\s)?(?:would|could|can)\syou\s)?"
    r"(?:(?:please|kindly)\s)?"
)
"""What a letter asks with: "please would you increase …", "grateful if you could reduce …"."""
_HEAD = regex(
    rf"{_ASKED}{_VERB}(?:\s(?:dose|dosage|your|his|her|their|my|home|the|of|to|in|how\syou\s(?:take|use)|(?:this|these)(?:\smedic(?:ation|ine)s?)?))*"
    r"\s?[:=–—-]*\s+(?=[A-Za-z])",
    re.I,
)
_WHAT_CHANGED = regex(
    r"[\s.;,]*\bwhat\schanged:(?:[\s,;]*(?:and\s)?(?:(?:how\smuch|how\soften|how|when|where|why|what)\sto\s(?:take|use|give|inject|"
    r"inhale|apply)(?:\s(?:this|it))?|(?:medication|tablet|capsule)\s(?:strength|form)|additional\sinstructions|reasons?\sto\stake\sthis))+"
    r"(?:\s*\((?:was|previously|from)\b[^()]{1,60}\))?[\s.;]*$",
    re.I,
)
"""What a discharge letter says of a change behind the instruction that holds now; anything else it says is left there."""
_NUMBER = r"[0-9]{1,4}(?:[-/][0-9]{1,4}){1,2}(?=\s?m)|[0-9]{1,5}(?:[.,][0-9]{1,3})?|½|half|one|two|three|four"
_UNIT = (
    r"mg|mcg|µg|μg|micrograms?|g|grams?|units?|iu|meq|mmol|ml|tab(?:let)?s?|cap(?:sule)?s?|puffs?|sprays?|drops?|"
    r"patch(?:es)?"
)
_OFTEN = (
    r"(?:once|twice|three times|four times)(?:\s(?:a|per)\sday|\sdaily|\sa\sweek|\sweekly)?|daily|weekly|od|om|on|bd|"
    r"bid|b\.i\.d\.?|tid|tds|qid|qds|qd|qhs|qam|qpm|q\s?[0-9]{1,2}\s?h(?:r|rs|ours)?|"
    r"(?:every|each)\s(?:[0-9]{1,2}\s)?(?:hours|hrs|day|other day|morning|evening|night)|nightly|nocte|mane|at night|at bedtime|"
    r"at hs|hs|in the (?:morning|evening)|[0-9]x/day|prn|as needed|/day|per day|a day"
)
_OLD = (
    rf"(?:{_NUMBER})\s?(?:-\s?)?(?:{_UNIT})?(?:\s?(?:tabs?|tablets?|caps?|capsules?))?"
    rf"(?:\s?(?:po|by mouth|sc|subq|iv))?(?:\s?(?:{_OFTEN}))*"
)
_ARROW = r"(?:-{1,2}>|={1,2}>|→|⇒|➔|>>)"
_NOW = r"(?:now|new\s?(?:dose)?|new dose is|change(?:d)? to|increase(?:d)? to|decrease(?:d)? to|reduce(?:d)? to|to)"
_INTO = rf"{_ARROW}\s*(?:{_NOW})?"
_WAS = regex(
    rf"[\s:;,–—(-]*\b(?:was|previously|prev|formerly|old(?:\sdose)?|home dose(?:\swas)?)\s?[:=]?\s+"
    rf"(?:on\s|taking\s)?{_OLD}"
    rf"[\s,;.)]*(?:(?:{_ARROW}\s*{_NOW}?|\b{_NOW})\s?[:=]?\s*(?:take\s+)?)(?=[0-9½A-Za-z])",
    re.I,
)
_FROM = regex(
    rf"[\s:;,–—(-]*\b(?:{_VERB}\s)?from\s+{_OLD}\s*,?\s*(?:\bto\b|{_ARROW}\s*(?:{_NOW})?)\s*(?=[0-9½A-Za-z])", re.I
)
_SWITCHED = regex(
    rf"(?<=[A-Za-z)])[\s:;,–—(-]*?\s{_OLD}\s*,?\s*(?:{_ARROW}\s*)?"
    r"(?:switched|changed|transitioned|converted|stepped down)\s(?:now\s)?to\s+(?=[0-9½])",
    re.I,
)
_PAIR = regex(rf"(?<=[A-Za-z)])[\s:;,–—(-]*?\s{_OLD}\s*,?\s*(?:{_INTO}|\bto\b)\s*(?=[0-9½])", re.I)
"""Behind a verb only: "10 mg to 20 mg" alone is a range of doses, "10 mg → 20 mg" steps of a course."""
_ARROWED = regex(
    rf"(?<=[A-Za-z)])[\s:;,–—-]+(?P<old>[0-9]{{1,5}}(?:\.[0-9]{{1,3}})?)\s?(?P<old_unit>{_UNIT})?"
    rf"(?P<often>(?:\s(?:{_OFTEN}))*)\s*(?:{_ARROW}|>)\s*"
    rf"(?=(?P<new>[0-9]{{1,5}}(?:\.[0-9]{{1,3}})?)\s?(?P<new_unit>{_UNIT})(?P<often_new>(?:\s(?:{_OFTEN}))+))",
    re.I,
)
"""Without a verb: "40 mg → 20 mg daily", an amount alone before the arrow, and how often it is taken behind it."""
_TO = regex(rf"(?<=[A-Za-z)])[\s:;,–—-]+(?:{_VERB}\s)?to\s+(?=[0-9½])", re.I)
_ORDERED = regex(
    r"(?<=[A-Za-z)])[\s:;,–—-]*[:;,–—-]+\s*(?:please\s)?(?:increase|incr\.?|decrease|decr\.?|reduce|raise|lower|change|step\sup)\s(?:dose\s)?to\s+"
    rf"(?=(?:{_NUMBER})\s?(?:{_UNIT})\b)",
    re.I,
)
"""An order to change it, behind the name and a sign: "Sertraline - increase to 100 mg each morning"."""
_TO_COME = regex(
    r"\b(?:if|when|after|until|till|unless|then|next|later|over|gradually|slowly|tolerat\w*|max\w*|goal|target|as|in\s[0-9a-z]+|"
    r"from|by|once\s(?:stable|settled|tolerat\w*)|weeks?|months?|days)\b",
    re.I,
)
_RAISED = regex(
    rf"(?<=[A-Za-z)])[\s:;,–—(-]*?\s{_OLD}\s*,?\s*(?:was\s)?(?:increased|decreased|reduced|raised|lowered)\s(?:now\s)?to\s+"
    r"(?=[0-9½])",
    re.I,
)
"""Told as done ("500 mg bid, increased to 1 g bid"); "increase to" is a plan."""
_DAY = r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9/])"
_TOLD_BEHIND = regex(
    rf"(?<=[A-Za-z)])[\s,–—-]+{_VERB}(?:\s(?:this admission|during admission|in hospital|on the ward|today|on {_DAY}))?\s?[:,–—-]+\s*"
    rf"{_OLD}\s*(?:{_INTO}|\bto\b)\s*(?=[0-9½])",
    re.I,
)
"""The verb behind the name: "dose halved this admission: 12.5 mg BID → 6.25 mg BID"."""
_AT_HOME = regex(
    rf"(?<=[A-Za-z)])[\s:;,–—-]+{_OLD}\s(?:on admission|pre-?admission|at home|pta)\s*,?\s*(?:{_INTO}|\bnow\b)\s*(?=[0-9½])",
    re.I,
)
"""What it was before: "400 mg nocte on admission → 600 mg nocte"."""
_OVER = regex(
    rf"(?<=[A-Za-z)])[\s:;,–—(-]*?\s{_OLD}(?:\s(?:x|for)\s?[0-9]{{1,2}}\s?(?:d(?:ays?)?|w(?:ee)?ks?|/7|/52))?[\s,(]+"
    r"(?:is\s)?(?:complet(?:e|ed)|finished|done)\)?[\s,;.–—-]+now\s(?:on\s)?(?=[0-9½])",
    re.I,
)
"""An earlier step that is over: "10 mg BID x 7 d (completed), now 5 mg BID"."""
_HOW_MUCH = rf"(?:{_NUMBER})\s?(?:{_UNIT})"
_NOW_NEW = regex(
    rf"(?<=[A-Za-z)])[\s:;,–—-]*?\s(?:{_OLD}\s*(?:{_ARROW}\s*|[,;–—-]+\s*)|{_HOW_MUCH}(?:\s(?:{_OFTEN}))+\s)now\s(?:on\s|at\s)?"
    rf"(?={_HOW_MUCH}(?:\s(?:po|by mouth|sc|iv))?\s(?:{_OFTEN}))",
    re.I,
)
"""What is taken now, behind a sign or behind a whole dose: "2.5 mg → now 3.75 mg od", "40 mg od, now 80 mg od"."""
_NOW_BRACKETED = regex(
    rf"(?<=[A-Za-z)])(?P<before>[\s:;,–—-]*?\s)(?:{_NUMBER})\s?(?P<old_unit>{_UNIT})(?P<often>(?:\s(?:{_OFTEN}))*)\s*"
    rf"\((?:now|new dose:?)\s(?P<new>(?:{_NUMBER})\s?(?P<unit>{_UNIT}))(?P<often_new>(?:\s(?:{_OFTEN}))*)\)",
    re.I,
)
"""The same in brackets: "5 mg (now 10 mg) od", "5 mg od (now 10 mg)"."""
_CHANGED_ON = regex(rf"(?P<new>{_OLD})\s(?:on|since|from)\s{_DAY}", re.I)
_FROM_DAY = regex(rf"\s(?:from|since)\s{_DAY}", re.I)
_FREQUENCY = regex(rf"\b(?:{_OFTEN})", re.I)
_IN_TIME = regex(
    r"\b(?:hs|qhs|bedtime|nights?|nightly|nocte|mane|mornings?|evenings?|noon|[ap]m|q[ap]m|after|then|later|next|from|"
    r"on\sday|in\s[0-9]|days|weeks?|months?|tolerat[a-z]{2,4}|max)\b",
    re.I,
)
"""Words of when a dose is raised: then the first one is taken before."""
_LATER = regex(
    r"\b(?:and|plus|after|then|later|next|from|on\sday|in\s[0-9]|[0-9]+\s?/(?:7|52|12)|days|weeks?|months?|tolerat[a-z]{2,4}|max)\b",
    re.I,
)
"""The same without the times of the day, behind a dose that says none."""
_BEEN = regex(
    rf"(?<=[A-Za-z)])\s(?:(?:has|have)(?:\s(?:now|today|also|recently))?\sbeen|was)\s(?:now\s)?(?={_VERB}\s(?:from|to)\s)",
    re.I,
)
"""Before what was done to a dose: "levothyroxine has been reduced to 75 micrograms daily"."""
_STOP_START = regex(
    r"(?:stop|discontinue|d/?c)\s+([A-Za-z][A-Za-z-]{3,30})\b(?:[^;.,\n]|[.,](?=[0-9])){0,40}[;.,]\s*(?:and\s|then\s)?"
    r"(?:start|begin|commence)\s+(?=\1\s+[0-9])",
    re.I,
)
"""One drug that is stopped and begun again in another dose: "Stop X 10 mg; start X 5 mg daily"."""
_BY_STEPS = regex(
    r"\b(?:over|gradually|slowly|by\s[0-9]|as tolerated|every\s(?:[0-9]+\s)?(?:days|weeks?)|if|unless|when)\b", re.I
)
"""Words of a titration: then the first dose is taken too."""
_TOLD = regex(r"\((?:was|previously|prev|formerly|from)\b[^()]*\)", re.I)
_BEGUN = ("started", "commenced", "initiated", "introduced", "resumed", "continued")
_LONGEST_NAME = 90
_SIGNS = tuple(
    "chang incr decr reduc rais lower titrated adjust modif doubled halved "  # what a verb begins with
    "complet finished done stop discontinue d/c dc was prev formerly old from home admission pta switched transitioned converted stepped".split()
)
"""No line that tells of an old dose is without one of these."""


_HELD = (
    r"(?P<held>[\s:;,–—-]+(?:was\s|initially\s|temporarily\s)*(?:held|withheld|stopped|paused|suspended|omitted)\s(?:on|during|in|at|for|with|while|this|due\sto)"
    r"(?:\s(?!(?:be|to|not|never|if|when|until|till|will|should|may|might|could|would|can|then|and|or|but|only|except)\b)[a-z/-]{2,15}){1,5}"
    r"(?:\s?\([a-z /-]{2,30}\))?)?"
)
"""That it was not taken for a while, before it was begun again: "held on admission (AKI), restarted at 2.5 mg"."""
_BEGUN_AT = regex(
    rf"(?<=[a-z)]){_HELD}"
    r"(?:[\s:;,–—-]+(?:was\s|has\sbeen\s|have\sbeen\s)?(?:re-?)?(?:started|commenced|initiated|introduced|resumed|continued)"
    r"(?:\stoday|\sin\s(?:clinic|hospital|ed))?(?:\s(?:on|at|with))?(?:\sa\sdose\sof)?)\s+"
    rf"(?=(?:{_NUMBER})\s?(?:{_UNIT})\b)",
    re.I,
)
"""What was done, between a name and its dose: "Metformin restarted at 500 mg bd"."""

_LOADED = regex(
    rf"(?<=[a-z)])[\s:;,–—-]+(?:was\s|has\sbeen\s)?loaded\s(?:with\s)?(?:{_NUMBER})\s?(?:{_UNIT})(?:\s(?:iv|po|im|sc))?"
    r"(?:\s(?:in|at|on)\s(?:the\s)?[a-z&]{2,12}){0,2}[\s;,.]+(?:then\s|now\s)?(?:continued?|continuing|now)\s(?:on\s|with\s|at\s)?"
    rf"(?=(?:{_NUMBER})\s?(?:{_UNIT})\b)",
    re.I,
)
"""A loading dose that was given, between a name and what goes on: "Keppra loaded 1.5 g IV, continue 750 mg PO BID"."""
_NOT_DONE = regex(r"[0-9]|\b(?:to|be|not|never|if|when|will|should|may|might|could|would|can)\b", re.I)


def as_now(text: str) -> str:
    """The line with the new dose alone where it tells of an old one; ``text`` itself elsewhere."""
    told = _without_old(text)
    return _said_now(text) if told == text and "now" in text.lower() else told


def _without_old(text: str) -> str:
    """The line without an old dose that a word or an arrow tells of."""
    lower = text.lower()
    begun = _BEGUN_AT.search(text, 0, _LONGEST_NAME) if any(sign in lower for sign in _BEGUN) else None
    if begun is not None and _NOT_DONE.search(text[: begun.start()]) is None:
        text = f"{text[: begun.start()]} {text[begun.end() :]}"
    loaded = _LOADED.search(text, 0, _LONGEST_NAME) if " loaded " in lower else None
    if loaded is not None and _NOT_DONE.search(text[: loaded.start()]) is None:
        return f"{text[: loaded.start()]} {text[loaded.end() :]}"
    if not any(sign in lower for sign in _SIGNS):
        return _behind_arrow(text) if any(sign in text for sign in _ARROWS) else text
    again = _STOP_START.match(text)
    if again is not None:
        return text[again.end() :]
    if "what changed" in lower:
        text = _WHAT_CHANGED.sub("", text)
    text = _BEEN.sub(" ", text, count=1)
    head = _HEAD.match(text)
    rest = text[head.end() :] if head else text
    for pattern in (_TOLD_BEHIND, _AT_HOME, _OVER, _WAS, _SWITCHED, _RAISED, _FROM, *((_PAIR, _TO) if head else ())):
        found = pattern.search(rest, 0, _LONGEST_NAME + 120)
        if found is None or found.start() > _LONGEST_NAME or not rest[: found.start()].strip():
            continue
        if pattern is _FROM and not head and not re.search(_VERB, found.group(), re.I):
            continue  # "from 8 to 10 in the evening"
        behind = rest[found.end() :]
        if _BY_STEPS.search(behind) or (pattern is _RAISED and not _of_the_whole(found.group(), behind)):
            return text
        if ")" in behind and "(" in found.group() and "(" not in behind.partition(")")[0]:
            return text  # a bracket that tells what it was: the sig language reads that
        return f"{rest[: found.start()].rstrip(' ,;:-–—')} {_CHANGED_ON.sub(_new, behind, count=1)}"
    if head and _plain(rest) and not _a_step(head.group(), rest):
        return rest
    ordered = _ORDERED.search(text, 0, _LONGEST_NAME) if not head else None
    if ordered is not None and _whole_order(text[: ordered.start()], text[ordered.end() :]):
        return f"{text[: ordered.start()]} {text[ordered.end() :]}"
    return text if head else _behind_arrow(text)


def _said_now(text: str) -> str:
    """The line with the dose alone that "now" stands before; ``text`` itself where anything else is said of when."""
    found = _NOW_NEW.search(text, 0, _LONGEST_NAME + 60)
    if found is not None and found.start() <= _LONGEST_NAME:
        behind = text[found.end() :]
        planned = _BY_STEPS.search(behind) or _IN_TIME_OF_PLAN.search(behind) or "now" in behind.lower()
        return text if planned else f"{text[: found.start()].rstrip(' ,;:-–—')} {behind}"
    found = _NOW_BRACKETED.search(text, 0, _LONGEST_NAME + 60)
    if found is None or found.start() > _LONGEST_NAME or found["unit"].lower() != found["old_unit"].lower():
        return text
    often = found["often_new"] or found["often"]
    return f"{text[: found.start()]}{found['before']}{found['new']}{often}{text[found.end() :]}"


_IN_TIME_OF_PLAN = regex(
    r"\b(?:after|then|later|next|from|on\sday|in\s[0-9]|(?:for|x)\s?[0-9]+\s?(?:/7|/52|d|w)|tolerat[a-z]{2,4}|stat|once)\b",
    re.I,
)


def _new(found: re.Match[str]) -> str:
    """The new dose without the day on which it was changed; anything further on stays."""
    return found["new"] if not found.start() else found.group()


_ARROWS = ">→⇒➔"


def _behind_arrow(text: str) -> str:
    """The line with the new dose alone of "40 mg → 20 mg daily"; ``text`` itself where the arrow may be the next step
    of a course: a frequency or another arrow on either side, a length, a word of when.
    """
    found = _ARROWED.search(text, 0, _LONGEST_NAME + 40)
    if found is None or found.start() > _LONGEST_NAME or len(_ARROW_SIGN.findall(text)) > 1:
        return text
    behind = text[found.end() :]
    told = _FROM_DAY.sub("", behind, count=1)
    if _BY_STEPS.search(told) or _IN_TIME.search(told[found.end("often_new") - found.end() :]):
        return text
    behind = told
    if (found["old_unit"] or found["new_unit"]).lower() != found["new_unit"].lower():
        return text
    rising = Decimal(found["old"]) < Decimal(found["new"]) and found["often"].lower() == found["often_new"].lower()
    if found["often"] and not rising:
        return text
    return f"{text[: found.start()].rstrip(' ,;:-–—')} {behind}"


_ARROW_SIGN = regex(rf"{_ARROW}|(?<=\s)>(?=\s)")


def _whole_order(before: str, behind: str) -> bool:
    """Whether an order to change to a dose is the only dose that is said, and says how often: no step of a plan, no goal."""
    return not re.search(r"[0-9]", before) and _FREQUENCY.search(behind) is not None and _TO_COME.search(behind) is None


def _of_the_whole(old: str, behind: str) -> bool:
    """Whether what a dose was raised to has a frequency of its own, and is no plan nor one dose of the day: "300 mg
    tid, increased to 600 mg at bedtime" leaves the others; "20 mg increased to 40 mg nocte" has no others.
    """
    later = _LATER if _FREQUENCY.search(old) is None else _IN_TIME
    return later.search(behind) is None and _FREQUENCY.search(behind) is not None


_BY_SO_MUCH = regex(r"\b(?:incr(?:eas(?:e|ing))?|decr(?:eas(?:e|ing))?|reduc(?:e|ing)|raise|lower|titrate)\b", re.I)
_SELDOM = regex(
    r"[0-9]\s?(?:mg|mcg|µg|μg|micrograms?|g|units?|ml|tab(?:let)?s?)\s(?:po\s|nocte\s|mane\s|daily\s)?"
    r"(?:weekly|fortnightly|monthly|(?:every|each|q)\s?(?:[2-9]|[1-9][0-9]|two|three|four|few|other)?[\s-]?(?:[0-9]\s)?(?:days|weeks?|wks?|months?|d\b|w\b)|"
    r"(?:a|per)\s(?:week|month)|(?:once\s(?:a|per|every)\s)(?:week|month))",
    re.I,
)


def _a_step(verb: str, rest: str) -> bool:
    """Whether a line behind "increase" or "reduce" may say by how much it is changed every so many days: "Reduce prednisolone 5 mg
    weekly", "Increase lamotrigine 25 mg every 2 weeks"; where it tells what the dose was, it is none.
    """
    return _TOLD.search(rest) is None and _BY_SO_MUCH.search(verb) is not None and _SELDOM.search(rest) is not None


def _plain(rest: str) -> bool:
    """Whether a line behind a verb gives one dose alone, so that it is the new one: "CHANGE metoprolol 50 mg"."""
    rest = _TOLD.sub("", rest)
    return (
        re.search(rf"\b(?:was|from|previously|instead)\b|{_ARROW}|[0-9]\s?(?:{_UNIT})?\s+to\s+[0-9]", rest, re.I)
        is None
    )
