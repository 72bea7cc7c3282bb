"""The doses of several ages in one sentence, with what is said of all of them behind: "six- and seven-year-olds get
250 mg, ten- and eleven-year-olds 500 mg, either of them up to four times a day", "250 mg from six, 500 mg from ten, up
to four times a day".
"""

from __future__ import annotations

import re

from doseref.articles.ages import YEAR_OLDS, ages_in_years
from doseref.articles.contexts import context_of
from doseref.articles.misspelled import DoseWord
from doseref.articles.spoken_words import often_words
from doseref.patterns import regex
from doseref.records import record

_AGE = r"(?:1?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
_AGED = (
    rf"(?:(?:{_AGE}-?\s?(?:to|and|or|–|-)\s?)?{YEAR_OLDS}|"
    rf"(?:(?:children|kids|youngsters|boys|girls|those|anyone|everybody|everyone)\s+)?(?:of|from|aged|at|over|under|between|until|up\s+to)\s+"
    rf"(?:the\s+age\s+of\s+|age\s+)?{_AGE}(?:\s?(?:to|and|or|–|-)\s?{_AGE})?(?:\s+years?(?:\s+old)?)?(?:\s+(?:on(?:wards?)?|up(?:wards)?))?)"
)
_BEFORE = regex(
    rf"(?P<who>{_AGED}),?\s*(?:(?:may|can|should|must|would|are|is)\s+)?(?:gets?|have|has|takes?|given|needs?|swallow|:)?\s*(?:just\s+|only\s+)?\Z",
    re.I,
)
_BEHIND = regex(
    rf"(?:\s+of\s+[a-z]{{4,20}})?\s+(?:is\s+)?(?:for\s+)?(?P<who>{_AGED})\b(?=\s*(?:[,;.]|\band\b|\bor\b|\Z))", re.I
)
_ALL = regex(
    r"(?:\s*[,;–—-])?\s*(?:and\s+)?(?:(?:either|each|both|all|any)(?:\s+of\s+(?:them|these|which))?(?:\s+(?:dose|amount))?,?\s+)?"
    r"(?:(?:may|can)\s+be\s+(?:taken|given|repeated)\s+|(?:taken|given)\s+)?"
    rf"(?P<often>(?:up\s+to\s+)?(?:{often_words()})(?:\s+(?:a|per|each|in\s+an?y?|in\s+one)\s+day|\s+daily|\s+in\s+(?:any\s+)?24\s+hours)?|every\s+\w+(?:\s+(?:to|or)\s+\w+)?\s+hours|"
    r"at\s+(?:night|bedtime))\s*(?=[.,;)]|\Z)",
    re.I,
)


_BETWEEN = regex(r"[\s,;]*(?:(?:and|or|but|while|whereas)\s+)?(?:the\s+)?", re.I)
"""All that may stand between two of them: a frequency there is one of its own."""


@record
class InTurn:
    """One age's dose: its amount, whom it is for, and how often where that is said behind all of them."""

    word: DoseWord
    whom: str
    often: str


def doses_in_turn(text: str, low: int, stop: int, words: list[DoseWord]) -> list[InTurn]:
    """The doses of ``words``, each with its own age right before or right behind it, and one frequency behind them all;
    empty where one has no age, or nothing is said of all.
    """
    if len(words) < 2:
        return []
    for behind in (False, True):
        who: list[str] = []
        end = low
        for word in words:
            hit = _BEHIND.match(text, word.end, stop) if behind else _BEFORE.search(text[end : word.start])
            apart = text[end : word.start] if behind else text[end : end + hit.start("who")] if hit else ""
            if hit is None or (who and _BETWEEN.fullmatch(apart) is None):
                break
            who.append(_of_age(hit["who"]))
            end = hit.end() if behind else word.end
        else:
            all_of_them = _ALL.match(text, end, stop)
            if all_of_them is not None and len(set(who)) == len(who):
                often = all_of_them["often"]
                return [InTurn(word, each, f" {often}") for word, each in zip(words, who, strict=True)]
    return []


def _of_age(who: str) -> str:
    """Whom a dose is for, so that an age that begins below twelve is a child's."""
    told = ages_in_years(who).strip()
    told = told if "year" in told else f"{told} years"
    first = re.search(r"\d+", told)
    child = first is not None and int(first.group()) < 12
    return told if context_of(told).population or not child else f"children {told}"


_OTHER_PEOPLE = regex(
    r"(?:(?:[,;]\s*)?\b(?:and|but|or|while)\s+(?:(?:for|in)\s+)?|;\s+(?:(?:for|in)\s+)?|,\s+(?:for|in)\s+)"
    r"(?:women|men|boys|girls|those\s+(?:of|over|under|aged|from|who)|anyone\s+(?:over|under)|toddlers|teenagers|(?:from|between)\s+(?:\d{1,2}|[a-z]{3,8})\s+(?:to|and)\s+(?:\d{1,2}|[a-z]{3,8})(?:\s+years)?\s+(?=(?:it|they|you|we)\b)|(?:the\s+)?(?:elderly|frail)|older\s+\w{5,8}|children)\b",
    re.I,
)
_OTHERWISE = regex(r"[,;]?\s*\b(?:or|and|but)\s+\Z", re.I)
_COMMA = regex(r"[,;]\s+\Z")


def turn_to_others(text: str, words: list[DoseWord], number: int, low: int, stop: int) -> tuple[int, int] | None:
    """From where to where the words turn to other people in front of an amount, or right behind the one before it."""
    first, last = words[number - 1].end, words[number].start
    ahead = words[number + 1].start if number + 1 < len(words) else stop
    hit = _OTHER_PEOPLE.search(text, first, last)
    if hit is not None:
        return hit.start(), hit.start()
    turn, comma = _OTHERWISE.search(text, first, last), _COMMA.search(text, first, last)
    if turn is None and comma is None:
        return None
    own, before = context_of(text[last:ahead]), context_of(text[low:first])
    if turn is not None:
        return turn.span() if own.band and own.band != before.band else None
    told = context_of(
        text[words[number - 1].start : last]
    )  # "15 mg at bedtime for adults, 7.5 mg for children over six"
    apart = told.population and own.population and own.population != told.population
    return comma.span() if comma is not None and apart and len(words) == 2 else None
