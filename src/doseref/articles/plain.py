"""Instructions as articles put them into sentences, turned into the words of an instruction before they are parsed.

Only what leaves every figure where it is: "and is then increased to 60 mg" → ", titrate to 60 mg"; "the most in 24 hours is
3 g" → "max 3 g/day". Words that are left over may be dropped only where they hold no figure and cannot change one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from doseref.articles.doses import misspelled_frequency
from doseref.articles.limits_in_words import spelled_out
from doseref.dosage.model import Dosage, Problem
from doseref.records import replace

Parse = Callable[[str], Dosage]

_AMOUNT = r"(\d[\d,.\u00a0\u202f]{0,14}(?:[\s\u00a0]{0,2}(?:–|-|to)[\s\u00a0]{0,2}\d[\d,.]{0,14})?[\s\u00a0]{0,3}[A-Za-zµμ]{1,12}\b)(?!\s*(?:/|per\b|a\s+day|daily|in\s+24|each\s+day))"
_PER_DAY = r"(?:in\s+(?:any\s+|a\s+|one\s+)?(?:24[\s-]hours?(?:\s+period)?|day)|per\s+day|a\s+day|each\s+day|daily)"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), put)
    for pattern, put in (
        (
            r",?\s+(?:and|then|and\s+then|before\s+being|before)\s+(?:it\s+)?(?:is\s+|are\s+|can\s+be\s+|may\s+be\s+|be\s+)?(?:then\s+)?(?:gradually\s+|slowly\s+)?"
            r"(?:titrat(?:es|ed|ing|e)|increas(?:es|ed|ing|e)|rais(?:es|ed|ing|e)|built\s+up|builds?\s+up|stepped\s+up|going\s+up|moving\s+up)(?:\s+up)?(?:\s+gradually|\s+slowly)?\s+to\b",
            ", titrate to",
        ),
        (
            r"\A\s*(?:(?:it|the\s+dose)\s+)?(?:(?:may|can)\s+(?:then\s+)?be\s+|is\s+|are\s+)?(?:then\s+)?(?:gradually\s+|slowly\s+)?(?:increas(?:ed|e|ing)|raised?|built\s+up|stepped\s+up|titrated)(?:\s+gradually|\s+slowly)?\s+(?:up\s+)?to\b",
            "titrate to",
        ),
        (r"\b(?:titrat(?:es?|ed|ing)|increas(?:es?|ed|ing)|rais(?:es?|ed|ing)|work(?:ing)?\s+up)(?:\s+(?:gradually|slowly))?\s+over\s+(?:\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?|several|a\s+few|one|two|three|four|six|eight)\s+(?:days|weeks?|months?)\s+to\b", "titrate to"),
        (r"\bfor\s+the\s+first\s+(day|week|month)\b,?\s+(?:and|then|and\s+then)\s+(?=\d)", r"for 1 \1, then "),
        (r"\bon\s+the\s+first\s+day\b(?=,?\s+(?:and\s+)?then\b)", "on day 1"),
        (r"\bfor\s+(?:a\s+)?further\s+(?=\S{1,6}\s+(?:days|weeks|months)\b)", "for "),
        (r"\s+(?:after\s+that|thereafter|afterwards|from\s+then\s+on)\b", ""),
        (r"\s+/\s+(?=(?:once|twice|three|four|every|daily|\d\s?(?:x|times))\b)", ", "),
        (r"[;,]?\s+(?:for\s+)?at\s+least\s+\d{1,2}\s+(?:days|weeks|months)\b", ""),
        (r",?\s+(?:\d{1,2}|one|two|three|four)(?:\s?(?:–|-|to)\s?(?:\d{1,2}|three|four|six))?\s+(?:hours?|days?|weeks?)\s+after\s+(?:the|an|your)\s+(?:attack|flare|surgery|operation|procedure|injury)\b", ""),
        (r",?\s+(?:stirred|mixed|dissolved|swallowed|taken)\s+(?:in|into|with)\s+(?:about\s+)?\d{1,4}\s?mL\s+of\s+(?:\w{3,8}\s+)?(?:water|juice|milk|liquid)\b", ""),
        (r",?\s+(?:and\s+)?stopped\s+within\s+(?=\d)", " for up to "),
        (r",?\s+under\s+(?:medical\s+|close\s+|a\s+doctor['’]?s\s+)?supervision\b", ""),
        (r"\s+for\s+the\s+first\s+(?:few\s+)?days(?:\s+of\s+(?:a|an|the|your)\s+\w{3,15})?\b", ""),
        (r"[;,]\s*(?:your|the|a)\s+(?:doctor|prescriber)\s+(?:may|can|might)\s+(?:then\s+)?(?:increase|raise)\s+(?:this|it|the\s+dose)\s+to\b", ", titrate to"),
        (r"\s+is\s+(?:plenty|enough|sufficient)(?:\s+for\s+(?:most|many)\s+(?:people|adults))?(?=[,;.]|\Z)", ""),
        (r"\s+is\s+worth\s+(?:a\s+try|trying)\b", ""),
        (r"[;,]\s*(?:and\s+)?the\s+(?:daily\s+)?(?:ceiling|maximum|limit)\b[^,;.\d]{0,40}?\s(?:stays\s+at|is)\s+(?=\d)", ", max "),
        (r",\s+whatever\s+(?:the|your)\s+\w{3,12}\s+says\b", ""),
        (r"(?<=day)\s+for\s+(?:any\s+)?(?:one|a\s+single|each)\s+(?:joint|knee|area)\b", ""),
        (r"[;,]\s*do\s+not\s+delay\b[^.;]{0,80}", ""),
        (r",?\s+(?:is|are)\s+(?:best\s+|usually\s+|often\s+)?taken\b", ""),
        (r",?\s+(?:and\s+)?not\s+at\s+\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?", ""),
        (r",?\s+and\s+(?:should|must)\s+never\s+(?:go\s+(?:beyond|above|over)|exceed)\b", ", not more than"),
        (r",?\s+and\s+(?:for\s+(?:them|those|these\s+people)\s+)?the\s+(?:daily\s+)?(?:limit|maximum|ceiling|most)\s+is\b", ", max"),
        (r",?\s+the\s+(?:daily\s+)?(?:limit|maximum|ceiling)\s+being\b", ", max"),
        (r"(?:\A\s*|[;,]\s*)(?:the\s+)?(?:maximum|limit|ceiling|most)\s+is\s+(?=\d)", ", max "),
        (r",?\s+(?:and\s+)?never\s+for\s+(?:longer|more)\s+than\b", " for no more than"),
        (r",?\s+split\s+(?:into|in|over)\s+(two|three|four|[234])\s+doses\b", r", in \1 divided doses"),
        (r"(\d[\s\u00a0]?(?:mg|mcg|g)\s+(?:tablets?|capsules?|caplets?))\s+[-–—]\s+(?=\d|one\b|two\b|half\b)", r"\1: "),
        (r"(\bmax[^();]{3,40}?)\s*\(\d[\d.,]*\s?m?c?g\s+(?:bid|tid|qid|twice|three\s+times|four\s+times)[^()]{0,20}\)", r"\1"),
        (r",?\s+with\s+a\s+(?=max(?:imum)?\b)", ", "),
        (r",?\s+(?:increas(?:ing|ed)|rais(?:ing|ed))(?:\s+(?:gradually|slowly|as\s+(?:needed|required|tolerated)|if\s+(?:needed|necessary)))*\s+(?:up\s+)?to\s+a\s+max(?:imum)?\s+(?:dose\s+)?of\b", ", max"),
        (r"\A\s*between\s+(\d[\d.,]{0,8})\s?(?:m?c?g|IU|units)?\s+and\s+(?=\d)", r"\1 to "),
        (r"(?<=\d)(\s?(?:mg|mcg|g))\s+of\s+it\b", r"\1"),
        (r",?\s+(?:with|and)\s+a\s+(?:ceiling|limit|maximum)\s+of\b", ", max"),
        (r"\A\s*(?:the\s+)?most\s+(?:anyone|you|adults?|people|anybody)\s+should\s+(?:ever\s+)?take\s+is\b", "max"),
        (r",?\s+possibly\s+(?:in\s+)?(?:two\s+|2\s+)?divided(?:\s+doses)?", ""),
        (r"(?:\A|(?<=[.;,]))\s*(?:the\s+)?(?:max(?:imum)?\s+(?:total\s+)?(?:daily\s+dose|dose\s+per\s+day)|daily\s+(?:dose|total))\s+(?:should|must|may)\s+not\s+exceed\s+(\d[\d.,]*\s?(?:m?c?g|mg|g)\b)", r" max \1/day"),
        (r"\btitrat(?:es|ed|ing)\b", "titrate"),
        (
            r",?\s+but\s+(?:the\s+|your\s+)?(?:daily\s+)?(?:total|dose|amount|maximum)?\s*(?:per\s+day\s+|a\s+day\s+|daily\s+)?"
            r"(?:should|must|do|can|may|need)(?:\s+not|n[o'’]t)\s+(?:be\s+)?(?:exceed|more\s+than|above|over|take\s+more\s+than|go\s+(?:over|above))\b",
            ", not more than",
        ),
        (r"\b(?:do\s+not|don['’]t|never|should\s+not|shouldn['’]t|must\s+not)\s+(?:take|use|have|go\s+(?:over|above))\s+(?:more\s+than\s+|above\s+|over\s+)?(?=\d)", "not more than "),
        (r",?\s+but\s+(?:no|not|never)\s+more\s+than\b", ", not more than"),
        (r",?\s+but\s+(?:stay|keep)\s+(?:below|under|within)\b", ", not more than"),
        (
            rf"(?:\b(?:the|your|a)\s+)?\b(?:daily\s+(?:maximum|limit|ceiling|upper\s+limit)|maximum\s+daily\s+dose|(?:most|maximum|limit|upper\s+limit|highest\s+(?:total\s+)?dose|ceiling)"
            rf"(?:\s+dose|\s+amount|\s+you\s+should\s+take|\s+to\s+take|\s+anyone\s+should\s+take)?\s+{_PER_DAY})\s*(?:is|of|=|:)?\s*{_AMOUNT}",
            r"max \1/day",
        ),
        (rf"\b(?:the\s+|a\s+)?(?:total\s+daily\s+dose|daily\s+total|total\s+dose\s+per\s+day)\s*(?:is|of|:)?\s*{_AMOUNT}", r"\1/day"),
        (r"(?<=[\w)])\s+(max(?:imum)?\b)", r", \1"),
        (r"(?<=\d)\s?–\s?(?=\d)", "–"),
        (r"\A\s*(?:at|as|of|is|with|usually|typically|about|approximately|around)\s+(?=\d)", ""),
        (r"(?<=\d)(\s?(?:mg|mcg|g|IU|grams?|milligrams?))\s+of\s+[A-Za-z][A-Za-z/+-]{2,30}(?=\s+(?:per|a|each|every|daily|once|twice|three|two|in)\b)", r"\1"),
        (r"\bthe\s+(?:usual|typical|standard|recommended)\s+(?:adult\s+)?dose\s+is\s+", ""),
    )
)  # fmt: skip
_TIMES_A_DAY = {
    "once": 1,
    "daily": 1,
    "qd": 1,
    "twice": 2,
    "bid": 2,
    "bd": 2,
    "tid": 3,
    "tds": 3,
    "three": 3,
    "qid": 4,
    "qds": 4,
    "four": 4,
}
_MANY = "a maximum that many times: per dose or in all"
_TURNING = frozenset(
    "but or not no nor than then except unless half double triple per twice once thrice max maximum min minimum limit increase increases increased "
    "increasing reduce reduced reducing decrease decreased titrate titrated titrates titrating taper tapered tapering step steps split divided divide "
    "every each other alternate one two three four five six seven eight nine ten dozen first second third next last loading "
    "raise raised raises raising up down add added adding start starting started stop stopping go going again repeat repeated "
    "smaller larger doubled tripled halved without instead only until from between above below under over exceed more less least most total kg lb weight".split()
)
"""Words that may change a dose: a reading that leaves one of them out is no reading."""
_HARMLESS = frozenset(
    (
        "over several weeks",
        "over weeks",
        "over a few weeks",
        "over time",
        "for most people",
        "for most adults",
        "in most people",
        "in most adults",
    )
)


_GIVING = re.compile(
    r"\(\s*(?:only\s+)?(?:to|for|in|if)\b[^()\d]{0,50}\b(?:above|over|under|below|at\s+least)\s+\d{2,3}\s?kg\b[^()\d]{0,20}\)|"
    r"[;,]?\s*\(?(?:slow(?:ly)?\s+)?(?:drip\s+)?\bover\s+\d[\d.]{0,4}(?:\s?(?:–|-|to)\s?\d[\d.]{0,4})?\s?(?:min(?:ute)?s?|sec(?:ond)?s?)\b\.?\)?|"
    r"(?<=\bIV)\s+over\s+(?:the\s+)?(?:first\s+|next\s+)?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?(?:hours?|hrs?|h)\b|"
    r"\bin\s+\d{1,4}\s?mL\b(?:\s+(?:of\s+)?(?:NS|D5W|saline|water|normal\s+saline))?(?:\s+over\s+\d{1,3}(?:\s?[–-]\s?\d{1,3})?\s?min(?:utes)?\b)?|\bwith\s+\d{1,2}\s?mL\s+(?:NS|saline)\b|"
    r"[;,]?\s*(?:with\s+titration|titrate)\s+q\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?min(?:utes)?\b|"
    r"\((?:slow|rapid|adjunct|after|mix|limited|short[- ]term|diluted?)\b[^()]{0,90}\)|\((?:see|may\s+use|consider|use|using|if|for)\b(?:[^()\d]|\d(?:[\d.]{0,4})?%|<\d+\s?kg){0,90}\)|"
    r"\(\s*\d[\d.,\s–-]{0,9}(?:m[lL]/kg|min\b|mg\s+in\b|mg\s*=|m?c?g\s+\w{3,14}\s+in\b)[^()]{0,60}\)|\(\d:[\d,]{1,7}[^()]{0,30}\)|\(no\s+more\s+than\s+\d[\d.]{0,3}\s?m[lL]\s?(?:/|per)[^()]{0,20}\)|"
    r"\busing\s+the\s+[\d.]{1,5}\s?m?c?g/m[lL]\s+concentration|[;,]\s*onset\s+[^;()]{0,40}|(?<=\bIV)(?:/IO)?\s+(?:rapid\s+)?(?:push|bolus)\b(?:[;,]?\s+push\s+slowly)?|,\s*push\s+slowly|"
    r"(?<=kg)\s+slow(?=\s+IV)|(?<=IV)/IO\b|\bfixed\s+dose\b|\bIVP\b(?=\s+with)|\bwith\s+D\d{1,2}W\b|\s+IV(?=,?\s*\Z)(?<=IV/IO\sIV)|\s-\s[A-Za-z][^\d]{5,90}\Z|\bOTC\b(?=\s*\))",
    re.I,
)
"""What is said of the giving and not of the dose: how long one runs in, what it is diluted in, when it works."""
_NO_PERIOD = "a maximum without its period"


def _quiet(text: str) -> str:
    """``text`` with what is said of the giving blanked out, every offset kept."""
    return _GIVING.sub(lambda hit: " " * len(hit.group()), text)


def _single_maximum(text: str, dosage: Dosage, parse: Parse) -> Dosage:
    """ "0.1 mg/kg IV (max 6 mg)": beside a dose without a frequency, a maximum without a period is that of one dose."""
    if any(option.times or option.every or option.per_day or option.when for option in dosage.options):
        return dosage
    lower = "whichever" in text.lower() and any(stated.per is not None for stated in dosage.maximum)
    if not lower and not any(option.dose or option.count for option in dosage.options):
        return dosage
    added = "/day" if lower else " per dose"
    for problem in sorted(dosage.problems, key=lambda each: -each.start):
        if problem.message != _NO_PERIOD:
            continue
        end = problem.end - (text[problem.end - 1 : problem.end] == ")")
        again = parse(text[:end] + added + text[end:])
        if not again.maximum or len(again.problems) >= len(dosage.problems):
            continue
        back = tuple(
            replace(
                p,
                start=p.start - len(added) if p.start >= end else p.start,
                end=p.end - len(added) if p.end > end else p.end,
            )
            for p in again.problems
        )
        return replace(again, text=text, problems=back)
    return dosage


def _maximum_by_dose(text: str, dosage: Dosage, parse: Parse) -> Dosage:
    """ "max 200 mg BID", "a maximum dose of 100 mg once daily": the dose that the titration ends at, and the day's total where that is once.

    Twice 200 mg is 200 mg a dose at most; nobody states a maximum of a day twice.
    """
    problem = next((each for each in dosage.problems if each.message == _MANY), None)
    part = text[problem.start : problem.end] if problem is not None else ""
    words = [word for word in re.findall(r"[a-z]+", part.lower()) if word in _TIMES_A_DAY]
    stated = (
        parse(
            re.sub(r"(?i)\b(?:once|twice|three\s+times|four\s+times|[bt]id|qid|qd|bd|tds|qds)\b.*\Z", "per day", part)
        )
        if words
        else None
    )
    if problem is None or stated is None or len(stated.maximum) != 1 or stated.status != "read":
        return dosage
    many = max(_TIMES_A_DAY[word] for word in words)
    first = stated.maximum[0]
    rest = parse(text[: problem.start].rstrip(" ,;(") or text)
    return replace(
        rest if rest.status == "read" else dosage,
        text=text,
        maximum=(replace(first, amount=first.amount * many),),
        problems=tuple(each for each in dosage.problems if each.message != _MANY and each.end > problem.start),
    )


_AGAIN = re.compile(r"[,;.]?\s+(?:may\s+)?repeat(?:ed)?\b(?=[^;]*\d)", re.I)
"""Where a second dose begins that is given if the first does not work."""


def _bare_maximum(text: str, dosage: Dosage, parse: Parse) -> Dosage:
    """ "Max: 4 mg/kg; 7 mg/kg with epinephrine": a maximum of one dose, and no dose at all."""
    end = next(problem.end for problem in dosage.problems if problem.message == _NO_PERIOD)
    stated = parse(text[:end] + " per dose")
    rest = Problem("a second figure beside a maximum", end, len(text), "ambiguous")
    return replace(
        dosage,
        text=text,
        status="partly-read",
        phases=(),
        maximum=stated.maximum,
        problems=(rest,) if _FIGURE.search(text, end) else (),
    )


_FIGURE = re.compile(r"\d")


def _reading(text: str, parse: Parse) -> Dosage:
    """The reading of ``text`` as it stands, else without what is said of the giving."""
    first = parse(text)
    if first.status == "read":
        return first
    bare = _quiet(text)
    if bare != text:
        again = parse(bare)
        if len(again.problems) < len(first.problems) or again.status == "read":
            first = replace(again, text=text)
    if any(
        problem.message == _NO_PERIOD and not problem.start and "/kg" in text[: problem.end]
        for problem in first.problems
    ):
        return _bare_maximum(text, first, parse)
    if any(problem.message == _NO_PERIOD for problem in first.problems):
        first = _single_maximum(bare, first, parse)
    if any(problem.message == _MANY for problem in first.problems):
        first = _maximum_by_dose(bare, first, parse)
    again_given = _AGAIN.search(bare)
    if again_given is not None and _reads_wrong(text, first):
        head = parse(bare[: again_given.start()])
        if any(problem.message == _NO_PERIOD for problem in head.problems):
            head = _single_maximum(bare[: again_given.start()], head, parse)
        if head.status == "read" and any(option.dose for option in head.options):
            rest = Problem("what is given again is not read", again_given.start(), len(text), "ambiguous")
            return replace(head, text=text, status="partly-read", problems=(*head.problems, rest))
    return replace(first, text=text)


def read_plain(text: str, parse: Parse) -> Dosage:
    """``text`` as read by ``parse``, else by way of plainer words; its ``text`` is the article's own.

    What still leaves out a word that may change the dose keeps its problems and gives no figures: not read is better
    than wrong.
    """
    first = _reading(text, parse)
    if first.status == "read":
        return first
    words = plainer(_quiet(text))
    for _ in range(3):
        again = parse(words)
        if again.status == "read":
            return replace(again, text=text, problems=tuple(p for p in first.problems if p.kind == "notation"))
        dropped = _without_leftovers(words, again)
        if dropped is None:
            break
        words = dropped
    if _reads_wrong(text, first):
        return replace(first, phases=(), target=None, maximum=(), longest=None)
    return first


def plainer(text: str) -> str:
    """``text`` in the words of an instruction, every figure kept."""
    text = spelled_out(text)
    for pattern, put in _RULES:
        text = pattern.sub(put, text).lstrip(" ,")
    return text


def _left_over(dosage: Dosage) -> list[Problem]:
    return [problem for problem in dosage.problems if problem.kind == "unread"]


def _may_go(part: str) -> bool:
    lowered = part.lower().strip()
    if lowered in _HARMLESS:
        return True
    words = re.findall(r"[a-z]+", lowered)
    return not any(ch.isdigit() for ch in part) and not any(
        word in _TURNING or misspelled_frequency(word) for word in words
    )


def _without_leftovers(text: str, dosage: Dosage) -> str | None:
    """``text`` without the words that were not understood, ``None`` where one of them may matter or nothing would be left."""
    left = _left_over(dosage)
    if not left or any(problem.kind not in ("unread", "notation") for problem in dosage.problems):
        return None
    if not all(_may_go(text[problem.start : problem.end]) for problem in left):
        lowered = text.lower()
        phrase = next((each for each in _HARMLESS if each in lowered), None)
        if phrase is None:
            return None
        start = lowered.index(phrase)
        return text[:start] + text[start + len(phrase) :]
    kept: list[str] = []
    position = 0
    for problem in sorted(left, key=lambda each: each.start):
        kept.append(text[position : problem.start])
        position = max(position, problem.end)
    kept.append(text[position:])
    shorter = " ".join("".join(kept).split()).strip(" ,;")
    return shorter if shorter and shorter != text else None


def _reads_wrong(text: str, dosage: Dosage) -> bool:
    """Whether what was left out could change the figures that were read."""
    if dosage.status != "partly-read":
        return False
    return any(
        not _may_go(text[problem.start : problem.end])
        for problem in _left_over(dosage)
        if text[problem.start : problem.end].lower().strip()
        not in ("as", "directed", "as directed", "one", "most", "over")
    )
