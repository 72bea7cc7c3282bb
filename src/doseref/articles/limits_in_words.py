"""How articles word the most that may be taken, and the steps up to it: one vocabulary for finding and for reading it.

The words stand in front of the amount ("never past 1,000 mg a day", "to a ceiling of 10 mg") or behind it ("240 mg in a day at the
very most"). :func:`spelled_out` puts them as the sig language has them, every figure kept.
"""

from __future__ import annotations

import re

_NOBODY = r"(?:we|they|you|one|anyone|anybody|people|adults?|doctors)"
BEFORE = (
    r"never\s+(?:go(?:es)?\s+)?(?:past|beyond|above|over)|(?:no|not)\s+(?:further|higher)\s+than|stop(?:s|ping)?\s+at|as\s+far\s+as|"
    r"(?:up\s+)?to\s+a\s+(?:ceiling|top\s+dose)\s+of|top(?:s|ping)?\s+out\s+at|to\s+at\s+most|"
    rf"(?:{_NOBODY}\s+)?(?:do(?:es)?\s+not|don['’]t|never)\s+go\s+(?:above|over|beyond|past)|"
    rf"(?:the\s+)?(?:very\s+)?most\s+(?:that\s+)?{_NOBODY}\s+(?:ever\s+)?(?:use[sd]?|gives?|takes?|go(?:es)?\s+to)\s+is"
)
"""Words in front of the most that may be taken."""
AFTER = (
    r"at\s+the\s+(?:very\s+)?most|as\s+(?:the|a|its|your)\s+(?:daily\s+)?(?:maximum|limit|ceiling)|"
    r"(?:is|being)\s+(?:the|its|your)\s+(?:daily\s+|absolute\s+|upper\s+)?(?:maximum|limit|ceiling)"
)
"""Words behind it."""
_AMOUNT = r"(?:\d[\d.,]{0,12}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s?[\u00a0\u202f]?(?:mg|mcg|g|IU|units?|tablets?|capsules?|puffs?|grams?)"
_DAY = r"(?:(?:in|over|within)\s+)?(?:a|any|one|each|per|every|the)?\s*(?:single\s+)?(?:day|24[\s-]hours?)|daily"
_IS = r"(?:and\s+|with\s+)?(?:(?:it|that|this)\s+is\s+)?"
_STEP = re.compile(
    r",?\s+(?:and,?\s+)?(?:then\s+)?(?:doubled|raised|increased|stepped\s+up|going\s+up|rising)\s+(?:(?:by|in\s+steps\s+of)\s+"
    rf"{_AMOUNT}\b\s*)?(?:every\s+(?:\d{{1,2}}|two|three|four|six|few|couple\s+of|other)?\s*(?:days?|weeks?|months?))?,?(?=\s+(?:(?:and\s+)?(?:{BEFORE})|to\s))",
    re.I,
)
"""Steps up to a limit: they are no dose."""
_FRONT = re.compile(
    rf"[,;]?\s*(?:\b(?:and|but|with)\s+)?\b(?:{BEFORE})\s+(?P<amount>{_AMOUNT})\b(?:\s+(?P<day>{_DAY})\b)?", re.I
)
_BEHIND = re.compile(rf"[,;]?\s*\b{_IS}(?P<amount>{_AMOUNT})\s+(?P<day>{_DAY})\s+(?:{AFTER})\b", re.I)
_ONCE = re.compile(
    r"\b(?:once\s+(?:a\s+day|daily)|daily|each\s+(?:day|morning|night)|at\s+(?:night|bedtime)|od)\b", re.I
)
_OFTENER = re.compile(r"\b(?:twice|times|every|bd|bid|tds|tid|qds|qid)\b", re.I)


def spelled_out(text: str) -> str:
    """``text`` with the most that may be taken as "max 10 mg/day"; without a period only beside a dose that is taken once a day."""
    bare = _STEP.sub(" ", text)
    once = bool(_ONCE.search(bare)) and not _OFTENER.search(bare)

    def put(hit: re.Match[str]) -> str:
        if not hit["day"] and not once:
            return hit.group()
        return f", max {hit['amount']}/day"

    return _BEHIND.sub(put, _FRONT.sub(put, bare)).lstrip(" ,")
