"""A brand for children: "Children's" before a name of one substance, "for Children" behind it, where a strength is written.

Of a multivitamin or a probiotic nothing is added up, so it needs no strength ("kids' gummy multivitamin").
"""

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
    if found is None or not found.entry.substance:
        return text, tokens
    strength = _STRENGTH.search(text) is not None or not _added_up(found.entry.substance, names)
    return (rest, tokenize(rest)) if strength else (text, tokens)


def _added_up(substance: str, names: Names) -> bool:
    """Whether the amounts of a substance (its id) are added up at all."""
    known = names.data.substances.get(substance)
    return known is None or not {"multivitamin", "probiotic"} & {*known.classes}
