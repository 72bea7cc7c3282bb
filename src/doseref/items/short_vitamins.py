"""Vitamin D by its letter alone beside calcium, where units or hundreds stand behind it: "calcium 600 mg + D 800 IU",
"calcium 600 + D 400 daily" (of which it is told that the strengths have no unit)."""

from __future__ import annotations

import re

from doseref.patterns import regex

_CALCIUM = regex(r"calcium\b", re.I)
_LETTER = regex(
    r"\s?(?:\+|/|&|\bwith\b|\band\b|\bplus\b)\s?[Dd](?=\s?[0-9][0-9,]{2,6}(?:\s?(?:iu|IU|[Uu]nits?|u|U)\b|\s))"
)


def vitamin_d_written_out(text: str) -> str:
    """``text`` with "D" as vitamin D3 where it stands beside calcium and units behind it; else the text itself."""
    return _LETTER.sub(" + D3", text, count=1) if _CALCIUM.match(text) else text
