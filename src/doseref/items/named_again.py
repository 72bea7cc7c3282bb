"""A name that is said once more before each strength: "Marevan 3mg i + Marevan 1mg i at 1800"."""

from __future__ import annotations

import re

from doseref.patterns import regex

_AGAIN = regex(
    r"\W*(?:tab(?:let)?s?\.?\s|cap(?:sule)?s?\.?\s)?(?P<name>[A-Za-z][A-Za-z-]{3,30})\s[^;|\n]{1,40}?(?:\+|&|\band|\bplus)\s?"
    r"(?P<again>(?P=name)\s)(?=[0-9½][0-9.,]*\s?(?:mg|mcg|micrograms?|µg|g|units?|iu)\b)",
    re.I,
)
_MOST = 3


def without_name_again(text: str) -> str:
    """``text`` with its own first word said once, where it stands again before another strength; ``text`` itself elsewhere."""
    for _ in range(_MOST):
        found = _AGAIN.match(text)
        if found is None:
            break
        text = f"{text[: found.start('again')]}{text[found.end('again') :]}"
    return text
