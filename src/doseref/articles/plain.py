"""Instructions in sentences: what is said of the giving, and idle words, are blanked where the sig language does not
know them.

The words of a sentence are the sig language's own (``words.txt``); nothing is put in their place, and every character
stays at its offset. Words that are left over may be blanked only where they hold no figure and cannot change one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from doseref.articles.doses import dose_words
from doseref.articles.giving import quiet
from doseref.articles.kinds import AnyCase
from doseref.articles.misspelled import misspelled_frequency
from doseref.articles.spoken_words import often_words, times_a_day
from doseref.dosage.model import Dosage, Problem
from doseref.figures import per_day
from doseref.patterns import regex
from doseref.records import replace

Parse = Callable[[str], Dosage]

_TIMES_A_DAY = {**times_a_day(), "daily": 1, "three": 3, "four": 4}
_SO_OFTEN = regex(rf"(?i)\b(?:{often_words()})\b.*\Z")
_MANY = "a maximum that many times: per dose or in all"
_TURNING = frozenset(
    "but or not no nor than then except unless half double triple per twice once thrice max maximum min minimum limit "
    "increase increases increased increasing reduce reduced reducing decrease decreased titrate titrated titrates "
    "titrating taper tapered tapering step steps split divided divide every each other alternate one two three four "
    "five six seven eight nine ten dozen first second third next last loading raise raised raises raising up down add "
    "added adding start starting started stop stopping go going again repeat repeated smaller larger doubled tripled "
    "creep creeping climb climbing nudge nudged bump bumped build building built upward upwards downward downwards wean weaning "
    "halved without instead only until from between above below under over exceed more less least most total kg lb "
    "weight".split()
)
"""Words that may change a dose: a reading that leaves one of them out is no reading."""
_IF_NEEDED = regex(r"\bif\s+(?:necessary|needed|required|need\s+be)\b[^;.\d]{0,12}\btimes\b", re.I)
_HOW_OFTEN = "how many times, but not in which period"
_NO_PERIOD = "a maximum without its period"
_BY_WEIGHT = "a rate by body weight"


_ON_A_DAY = regex(r"\s*(?:on|for)\s+the\s+(?:first|second|third|other|following)\b", re.I)
"""Behind a maximum: of which day it is, so that it is none of one dose."""


def _single_maximum(text: str, dosage: Dosage, parse: Parse) -> Dosage:
    """ "0.1 mg/kg IV (max 6 mg)": beside a dose without a frequency, a maximum without a period is that of one dose;
    beside one that is taken once a day, that of a day ("15 mg at bedtime, max 45 mg").
    """
    daily = bool(dosage.options) and all(per_day(option) == (Decimal(1), Decimal(1)) for option in dosage.options)
    if not daily and any(option.times or option.per_day or option.when for option in dosage.options):
        return dosage
    if any(
        option.every and not (option.every.unit == "min" and option.dose and "/kg" in option.dose.unit)
        for option in dosage.options
    ):
        return dosage  # "0.01 mg/kg every 3 minutes (max 1 mg)": of one dose; beside a dose in mg, of all of them
    lower = "whichever" in text.lower() and any(stated.per is not None for stated in dosage.maximum)
    if not lower and not any(option.dose or option.count for option in dosage.options):
        return dosage
    added = "/day" if lower or daily else " per dose"
    for problem in sorted(dosage.problems, key=lambda each: -each.start):
        if problem.message != _NO_PERIOD or _ON_A_DAY.match(text, problem.end):
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
    """ "max 200 mg BID", "a maximum dose of 100 mg once daily": the dose that the titration ends at, and the day's
    total where that is once.

    Twice 200 mg is 200 mg a dose at most; nobody states a maximum of a day twice.
    """
    problem = next((each for each in dosage.problems if each.message == _MANY), None)
    part = text[problem.start : problem.end] if problem is not None else ""
    words = [word for word in re.findall(r"[a-z]+", part.lower()) if word in _TIMES_A_DAY]
    stated = parse(_SO_OFTEN.sub("per day", part)) if words else None
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


_BEFOREHAND = regex(
    r",?\s*\b(?:about\s+|some\s+)?(?:(?:\d{1,3}|an|one|two|three|half\s+an)(?:\s?(?:–|-|to|or)\s?(?:\d{1,3}|two|three))?)\s+(?:hours?|minutes?)\s+"
    r"(?:or\s+(?:two|so)\s+)?"
    r"(?:before(?:hand)?|prior(?:\s+to)?|ahead(?:\s+of)?)\b(?P<what>\s+(?:going\s+to|(?:you|i|we|he|she|they)\s+(?:go(?:es)?\s+to|turns?|lies?)|turning|lying)\s+(?:bed|sleep|in|down)|(?:\s+(?!(?:or|and|every|once|"
    r"twice|if|then|as|up|max|to|for|with|daily|at)\b)[a-z-]{1,20}){1,3})?",
    re.I,
)
_BY_DAY = regex(
    r"\b(?:bed(?:time)?|sleep(?:ing)?|lights|meals?|food|eating|breakfast|lunch|dinner|supper|turn(?:s|ing)?\s+in|l(?:ies?|ying)\s+down)\b",
    re.I,
)


def without_beforehand(text: str) -> str:
    """``text`` with the hours that a dose is taken before something blanked: "10 mg an hour before the flight" is no
    rate. Before a meal or bed the meal stays, which says how often.
    """

    def blank(hit: re.Match[str]) -> str:
        if hit["what"] is None or not _BY_DAY.search(hit["what"]):
            return " " * len(hit.group())
        kept = re.search(r"\bbefore\b", hit.group(), re.I)
        return " " * kept.start() + hit.group()[kept.start() :] if kept else hit.group()

    text = _AS_OFTEN.sub(lambda hit: " " * len(hit.group()), _TOP.sub(lambda hit: " " * len(hit.group()), text))
    return _BEFOREHAND.sub(blank, _LATER.sub(lambda hit: " " * len(hit.group()), text))


_TOP = regex(
    r",?\s+(?:and\s+)?(?:which|that|this)\s+is\s+(?:also\s+)?(?:the|its|your)\s+(?:very\s+)?top\b(?!\s+dose)", re.I
)
"""That a dose is as high as it goes: no way of giving it."""
_AS_OFTEN = regex(
    rf"(?<=mg|\dg|\sg|cg|µg|μg)\s+(?P<often>(?:{often_words()})\s+(?:daily|(?:a|per|each)\s+day)|at\s+(?:night|bedtime)|daily|bd|tds|qds|od)"
    rf"(?=\s+to\s+\d[\d.,]*\s?(?:m?c?g|[µμ]g)\s+(?P=often)\b)",
    re.I,
)
"""How often the low end of a range is taken, where the high end says it again: "500 mg twice daily to 1 g twice daily"."""


_LATER = regex(
    r"\b(?:an|one|two|\d{1,2}|half\s+an)\s+(?:hours?|minutes?)\s+(?:later|after\s+that|afterwards?)\b|\bafter\s+(?:an|one)\s+hour\b",
    re.I,
)
"""How long after a first dose a second one follows: no rate."""


_AFTER_HOURS = regex(r"\brepeat(?:ed)?\s+(?:it\s+)?(?:once\s+)?(?:after|in)\s+\d", re.I)


def _once_more(text: str, dosage: Dosage) -> Dosage:
    """ "50 mg, may repeat after 2 hours": a dose that may be taken again, and no dose every 2 hours."""
    if not _AFTER_HOURS.search(text):
        return dosage
    phases = tuple(
        replace(
            phase,
            options=tuple(replace(o, every=None, prn=True) if o.every and not o.times else o for o in phase.options),
        )
        for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


_AGAIN = regex(
    r"[,;.]?\s+(?:(?:and|which)\s+)?(?:(?:may|can)\s+(?:be\s+)?)?(?:repeat(?:ed)?|followed\s+by|"
    r"given\s+again)\b(?=[^;]*\d)",
    re.I,
)
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


_PER_KILOGRAM = regex(r"\s?/\s?kg(?=\s?(?:/|per)\s?(?:min(?:ute)?|h|hr|hour)\b)")


def _rate_by_weight(text: str, bare: str, dosage: Dosage, parse: Parse) -> Dosage:
    """ "0.05-1 mcg/kg/min IV": a rate for each kilogram. Nobody's amount of a day, but what the page says,
    figure for figure.
    """
    again = parse(_PER_KILOGRAM.sub(lambda hit: " " * len(hit.group()), bare))
    doses = [option.dose for option in again.options]
    if (
        again.status != "read"
        or len(dose_words(bare)) != 1 + len(again.maximum)
        or len(doses) != 1
        or doses[0] is None
        or doses[0].unit.count("/") != 1
    ):
        return dosage
    head, _, per = doses[0].unit.partition("/")
    dose = replace(doses[0], unit=f"{head}/kg/{per}")
    phases = tuple(
        replace(phase, options=tuple(replace(option, dose=dose) for option in phase.options)) for phase in again.phases
    )
    maximum = tuple(
        replace(each, unit=f"{each.unit}/kg/{each.per.unit}", per=None)
        if each.per is not None and each.per.unit in ("min", "h") and each.per.value == 1
        else each
        for each in again.maximum
    )
    return replace(
        again,
        text=text,
        phases=phases,
        maximum=maximum,
        problems=tuple(p for p in dosage.problems if p.noted),
    )


_FIGURE = regex(r"\d")


def _reading(text: str, parse: Parse) -> Dosage:
    """The reading of ``text`` as it stands, else without what is said of the giving."""
    first = parse(text)
    if first.status == "read":
        return first
    bare = quiet(text)
    if bare != text:
        again = parse(bare)
        if len(again.problems) < len(first.problems) or again.status == "read":
            first = replace(again, text=text)
    if any(problem.message == _BY_WEIGHT for problem in first.problems):
        return _rate_by_weight(text, bare, first, parse)
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
    """The reading of :func:`_read_plain`, but that what may be repeated hours later is no dose of every so many
    hours.
    """
    return _once_more(text, _read_plain(text, parse))


def _read_plain(text: str, parse: Parse) -> Dosage:
    """``text`` as read by ``parse``, else without its idle words; its ``text`` is the article's own.

    What still leaves out a word that may change the dose keeps its problems and gives no figures: not read is better
    than wrong.
    """
    first = _reading(text, parse)
    if first.status == "read":
        return first
    words = quiet(text)
    for _ in range(3):
        again = parse(words)
        if again.status == "read":
            return replace(again, text=text, problems=tuple(p for p in first.problems if p.noted))
        blanked = _without_leftovers(words, again)
        if blanked is None:
            break
        words = blanked
    if _reads_wrong(text, first):
        return replace(first, phases=(), target=None, maximum=(), longest=None)
    return first


def _left_over(dosage: Dosage) -> list[Problem]:
    return [problem for problem in dosage.problems if problem.kind == "unread"]


def _may_go(part: str) -> bool:
    words = re.findall(r"[a-z]+", part.lower())
    return not any(ch.isdigit() for ch in part) and not any(
        word in _TURNING or misspelled_frequency(word) for word in words
    )


_COUNT = regex(r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half))[\s,]*\Z", re.I)
_NUMBER = regex(r"[\s,]*\d")
"""What stands on both sides of words that part a number from an amount: without them the one counted the other."""
_TO_FIGURE = regex(r"to\s+(?:\d|(?:one|two|three|four|five|six|eight|ten|twelve|half)\b)", re.I)


def _without_leftovers(text: str, dosage: Dosage) -> str | None:
    """``text`` with the words blanked that were not understood, ``None`` where one of them may matter or nothing would
    be left.
    """
    left = _left_over(dosage)
    if not left or any(problem.kind != "unread" and not problem.noted for problem in dosage.problems):
        return None
    if not all(_may_go(text[problem.start : problem.end]) for problem in left):
        return None
    if any(_TO_FIGURE.match(text, problem.start) or _of_others(text, problem) for problem in left):
        return None  # "half a milligram to three", "for 4 weeks; elderly 3.75 mg"
    if any(_COUNT.search(text, 0, problem.start) and _NUMBER.match(text, problem.end) for problem in left):
        return None  # "from one to five it is 125 mg"
    shorter = text
    for problem in left:
        shorter = shorter[: problem.start] + " " * (problem.end - problem.start) + shorter[problem.end :]
    return shorter if shorter.strip(" ,;") and shorter != text else None


_PEOPLE = AnyCase(
    r"\b(?:elderly|old(?:er)?|aged|frail|seniors?|geriatric|child(?:ren)?|kids|infants?|bab(?:y|ies)|toddlers?|adolescents?|teen\w*|adults?|"
    r"wom[ae]n|m[ae]n|pregnan\w+|renal|hepatic|kidneys?|liver|obese|smokers?|heavy|light|small)\b"
)


def _of_others(text: str, problem: Problem) -> bool:
    """Whether words that were not understood say whom the amount behind them is for, and another one stands before."""
    people = _PEOPLE.search(text[problem.start : problem.end])
    return bool(people and dose_words(text, 0, problem.start) and dose_words(text, problem.end))


def _reads_wrong(text: str, dosage: Dosage) -> bool:
    """Whether what was left out could change the figures that were read."""
    if dosage.status != "partly-read":
        return False
    if _IF_NEEDED.search(text) and any(problem.message == _HOW_OFTEN for problem in dosage.problems):
        return True  # "once daily, if necessary three times"
    return any(
        not _may_go(text[problem.start : problem.end])
        or _TO_FIGURE.match(text, problem.start)
        or _of_others(text, problem)
        for problem in _left_over(dosage)
        if text[problem.start : problem.end].lower().strip()
        not in ("as", "directed", "as directed", "one", "most", "over")
    )
