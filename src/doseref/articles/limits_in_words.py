"""How articles word the most that may be taken, for finding it; the sig language reads it (kinds MAX, MAXD, MOST and
ATMOST of ``words.txt``).

The words stand in front of the amount ("never past 1,000 mg a day", "to a ceiling of 10 mg") or behind it ("240 mg in a
day at the very most").
"""

from __future__ import annotations

_NOBODY = r"(?:we|they|you|one|anyone|anybody|people|adults?|doctors)"
BEFORE = (
    r"never\s+(?:go(?:es)?\s+)?(?:past|beyond|above|over)|(?:no|not)\s+(?:further|higher)\s+than|stop(?:s|ping)?\s+at|"
    r"as\s+far\s+as|"
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
