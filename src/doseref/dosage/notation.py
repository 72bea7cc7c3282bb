"""Error-prone notation that is read all the same, and told."""

from __future__ import annotations

import re

from doseref.dosage import numbers
from doseref.dosage.state import State
from doseref.dosage.words import MISSPELT
from doseref.patterns import regex

_NOTATION = {
    "qd": "qd can be read as qid",
    "q.d.": "qd can be read as qid",
    "q.d": "qd can be read as qid",
    "qod": "qod can be read as qd or qid",
    "q.o.d.": "qod can be read as qd or qid",
    "u": "U can be read as a zero",
    "μg": "µg can be read as mg",
}
_NOTATION.update(dict.fromkeys(MISSPELT, "a misspelt word"))
_NOTED = frozenset(("qd", "qod", "u")) | MISSPELT
"""Those of these words that hold no dot and are plain letters."""

_COMMA = regex(r"[0-9],[0-9]{1,2}(?![0-9])|0,[0-9]{3}(?![0-9])")


def notation(p: State, text: str) -> None:
    """Error-prone notation that is read all the same: qd, qod, U, µg, Mg, trailing and missing zeros."""
    raw = p.tokens.raw
    if not ("." in text or _COMMA.search(text) or "Mg" in text or not text.isascii() or not _NOTED.isdisjoint(raw)):
        return
    for i in range(len(p.tokens.last)):
        for index in range(p.tokens.first[i], p.tokens.last[i] + 1):
            word = raw[index]
            found = _NOTATION.get(word)
            if word == "u" and p.kinds[i + 1 : i + 3] == ["DASH", "NUM"] and p.kinds[i - 1 : i] != ["NUM"]:
                found = None  # "U-100" names an insulin
            if found is None and ("." in word or "," in word) and len(word) > 1 and p.kinds[i] == "NUM":
                found = numbers.notation(word)
            if found is None and (word == "mg" or word == "ug"):
                start, end = p.tokens.span(i)
                written = text[start:end]
                if written.startswith("Mg"):
                    found = "Mg can be read as magnesium or megagram"
                elif not written.isascii():
                    found = "µg can be read as mg"
            if found is not None:
                p.tell(found, i, i, "notation")


_DOUBT = regex(
    r"[0-9½¼¾]\s?(?:(?:mg|mcg|µg|g|mls?|units?|iu|meq|tab(?:let)?s?|cap(?:sule)?s?|puffs?|drops?)\s?)?\?|\?\s?[0-9½¼¾]|(?<!\S)\?(?!\S)|"
    r"\?(?:od|om|on|bd|tds|qds|bid|tid|qid|daily|nocte|mane|weekly|once|twice)\b",
    re.I,
)
"""A question mark beside a figure, its unit or how often, or by itself: somebody's doubt, or a dash or fraction lost
("20?40 mg", "10 mg? daily", "5 mg ?bd", "? tablet").
"""


def doubted(text: str) -> bool:
    """Whether a question mark says that how much or how often is not certain."""
    return _DOUBT.search(text) is not None
