"""A brand for children: "Children's" before a name of one substance, "for Children" behind it, where a strength is written."""

from __future__ import annotations

import re

from doseref.names import Names
from doseref.names.tokens import Token, tokenize
from doseref.patterns import regex

_CHILD = regex(r"(?:child(?:ren)?['’]?s?|infants?['’]?s?|junior|kids?['’]?s?|pa?ediatric)\s+", re.I)
_STRENGTH = regex(r"[0-9]\s?(?:mg|mcg|g)\b", re.I)


_FOR_CHILDREN = regex(
    r"\s(?:for\s(?:children|kids|infants|babies|juniors)\s+(?=[0-9])|(?:children|infant|kid)['’]?s['’]?\s+(?=[0-9][0-9.]*\s?mg))",
    re.I,
)
"""Words of a brand for children before its strength: "Nurofen for Children 100mg/5ml", "Tylenol Children's 160 mg/5 mL"."""
_HEAD = 60
_NEVER_COUNTED = frozenset(("multivitamin", "probiotic", "prenatal-vitamin"))
"""What is not added up under any name, so that its strength for children matters nothing."""


def of_a_child(text: str, tokens: list[Token], names: Names) -> tuple[str, list[Token]]:
    """The text without "Children's" before a name of one substance where a strength is written:
    that is then what counts.
    """
    behind = _FOR_CHILDREN.search(text, 0, _HEAD)
    if behind is not None and names.at(tokens, 0) is not None:
        rest = f"{text[: behind.start()]} {text[behind.end() :]}"
        return rest, tokenize(rest)
    child = _CHILD.match(text)
    if child is None or names.at(tokens, 0) is not None:
        return text, tokens
    rest = text[child.end() :]
    found = names.at(tokenize(rest), 0)
    if not _STRENGTH.search(text) and (found is None or found.entry.substance not in _NEVER_COUNTED):
        return text, tokens
    return (rest, tokenize(rest)) if found is not None and found.entry.substance else (text, tokens)
