"""Lines that tell of another drug which was stopped for this one: "STOP atenolol 50 mg daily. START nebivolol 5 mg daily".

instead ::= stop-word old sign start-word new-and-sig | new-and-sig sign (stop-word | "replaces" | "previously" | "was on") old

What is stopped is put into brackets behind the instruction of the new one, "(instead of atenolol 50 mg daily)", which the sig
language leaves aside and tells. A line with any word of a plan ("stop when …", "start after …") stays as it is, and is refused.
"""

from __future__ import annotations

import re

from doseref.items.not_taken import names_in
from doseref.items.other_names import held
from doseref.names import Found, Names
from doseref.patterns import regex

_STOP = r"(?:stop(?:ped)?(?:\staking)?|cease[d]?|discontinue[d]?|d/?c(?:['’]?d)?)"
_START = r"(?:start(?:ed)?|begin|began|begun|commence[d]?|chang(?:e|ed)\sto|switch(?:ed)?\sto|now)(?:\s(?:on|taking))?"
_STOPPED_FIRST = regex(
    rf"\W*(?:please\s)?{_STOP}\s*:?\s+(?P<old>[A-Za-z][^;\n]{{2,60}}?)"
    rf"(?:\s*(?:[.;,]|→|->)\s*(?:and\s|then\s)?|\s+and\s+|\s+then\s+){_START}\s*:?\s+(?=[A-Za-z])",
    re.I,
)
_STOPPED_BEHIND = regex(
    rf"\s*(?:[.;,(]\s*(?:and\s)?(?:{_STOP}\s*:?\s+|replac(?:es|ing)\s+|in\splace\sof\s+|"
    r"(?<=\()(?:was|previously|formerly|(?:chang|switch|convert)ed\sfrom)\s+(?:on\s)?)|"
    r"(?:[;,.]|\s[-–—])\s*(?:(?:previously|formerly)\s(?:on\s)?|was\s(?:previously\s)?on\s|(?:chang|switch|convert)ed\sfrom\s)|"
    r"\s(?:in\splace\sof|to\sreplace|replacing)\s)(?P<old>[A-Za-z][^;\n]{2,50}?)"
    rf"(?:\s*\(\s*{_STOP}\s*\))?\s*[.;)]*\s*$",
    re.I,
)
_PLANNED = regex(
    r"\b(?:after|until|till|when|if|once|unless|then|before|while|resum[a-z]*|re-?start[a-z]*|but|except|only|next|later|"
    r"tomorrow|today|tonight|not|never|no|also|too|both|still|same|well|with|and|wean[a-z]*|taper[a-z]*|reduc[a-z]*|increas[a-z]*|gradual[a-z]*|over|in\s[0-9]|for\s[0-9]+\s(?:d|w))",
    re.I,
)
"""Words by which one of the two is taken later, for a time, or with the other."""
_DATED = regex(r"\b(?:on|from|by)\s+[0-9]|[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{2,4})?\s*$", re.I)
_SIGNS = (
    "stop",
    "cease",
    "discontinue",
    "d/c",
    "dc",
    "replac",
    "in place of",
    "was ",
    "previously ",
    "formerly ",
    "ed from ",
)
_LONGEST = 240


def instead_of(text: str, names: Names) -> str:
    """The line with what was stopped for its drug in brackets behind the instruction; ``text`` itself elsewhere."""
    lower = text.lower()
    if len(text) > _LONGEST or not any(sign in lower for sign in _SIGNS):
        return text
    first = _STOPPED_FIRST.match(text)
    if first is not None:
        new = text[first.end() :]
    else:
        first = _STOPPED_BEHIND.search(text)
        if first is None:
            return text
        new = text[: first.start()]
    old = first["old"].strip()
    if _PLANNED.search(old) or _DATED.search(old) or (first.start() == 0 and _PLANNED.search(new)):
        return text
    stopped, begun = names_in(old, names), names_in(new, names)
    if not _one(stopped) or stopped[0].start or not begun or not _other(stopped[0], begun):
        return text
    if first.start() == 0 and (begun[0].start or not _one(begun)):
        return text
    return f"{new.rstrip(' .;,')} (instead of {old})"


def _one(found: list[Found]) -> bool:
    """Whether all names are of one drug."""
    return bool(found) and all(not _other(found[0], [each]) for each in found[1:])


def _other(one: Found, others: list[Found]) -> bool:
    """Whether a drug is none of the others: a new dose of the same one is told otherwise (:mod:`doseref.items.changed`)."""
    return not any(held(one) == held(each) for each in others)
