"""Sentences of a letter that tell what was stopped or changed: "Her ramipril and naproxen were stopped. Digoxin was
reduced to 62.5 micrograms."

Only a line all of whose sentences are of these kinds, or name no medicine and no dose, is taken apart. What was stopped
is told as left out. What was changed is an item; that its new dose stands in the list besides is settled where the list is
whole.
"""

from __future__ import annotations

import re

from doseref.items.not_taken import names_in
from doseref.lists.headings import dosed
from doseref.names import Names
from doseref.patterns import regex
from doseref.records import record

_OWN = r"(?:her|his|their|the|your|my|regular|usual|home|oral|both|existing|previous)"
_STOPPED = regex(
    r"\s(?:was|were|has\sbeen|have\sbeen|is|are)\s(?:both\s|all\s|also\s|therefore\s|now\s|then\s|subsequently\s)*"
    r"(?:stopped|discontinued|ceased|withdrawn|withheld|held|suspended|paused)(?:\s(?P<why>[^;:]{1,90}))?$",
    re.I,
)
_CHANGED = regex(
    r"\s(?:was|were|has\sbeen|have\sbeen)\s(?:also\s|therefore\s|now\s|then\s|subsequently\s)*"
    r"(?:increased|reduced|decreased|changed|lowered|raised|titrated(?:\sup|\sdown)?|adjusted|halved|doubled)\b",
    re.I,
)
_PLAN = regex(
    r"\b(?:until|till|restart\w*|resum\w*|recommenc\w*|if|unless|then|tomorrow|temporar\w*|and|but|when|once|instead|replaced|switched|started|"
    r"today\sonly|for\s(?:[0-9]+|a|one|two|three|few)\s?(?:days?|weeks?|/7|/52))\b",
    re.I,
)
"""Behind "stopped": words by which it may be taken again, or something else is."""
_SENTENCE = regex(r"(?<=[a-z)])\.\s+(?=[A-Z])")
_JOINTS = regex(rf"(?:[\s,&+/]|\band\b|\b{_OWN}\b)*", re.I)


@record
class LetterSays:
    """What the sentences of a line say: the medicines that were stopped, in words, and the sentences about other ones."""

    stopped: tuple[str, ...]
    changed: tuple[str, ...]


def told_sentences(line: str, names: Names) -> LetterSays | None:
    """What a line of sentences says of what was stopped and changed; ``None`` where it is anything else, too."""
    stopped: list[str] = []
    changed: list[str] = []
    for sentence in _SENTENCE.split(line.strip().rstrip(".")):
        found = names_in(sentence, names)
        end = _STOPPED.search(sentence)
        if not found:
            if dosed(sentence):
                return None
        elif end is not None:
            if not _only_names(sentence[: end.start()], names) or _may_come_again(end["why"] or "", names):
                return None
            stopped.append(sentence)
        elif _CHANGED.search(sentence) and len(found) == 1:
            changed.append(sentence)
        else:
            return None
    return (
        LetterSays(tuple(stopped), tuple(changed)) if stopped or (changed and len(line) > len(changed[0]) + 1) else None
    )


def _only_names(words: str, names: Names) -> bool:
    """Whether words are names of medicines and nothing else."""
    found = names_in(words, names)
    rest = words
    for each in reversed(found):
        rest = rest[: each.start] + " " + rest[each.end :]
    return bool(found) and _JOINTS.fullmatch(rest) is not None


def _may_come_again(why: str, names: Names) -> bool:
    return bool(_PLAN.search(why) or dosed(why) or names_in(why, names))
