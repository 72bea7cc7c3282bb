"""What a reader's question says of the dose that answers it: "Backache and no prescription? Adults may take up to …"."""

from __future__ import annotations

import re

from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words
from doseref.articles.named_uses import named_use
from doseref.context import Context
from doseref.patterns import regex
from doseref.records import replace

_QUESTION = regex(r"(?:\A|(?<=[.!?:*_\"”]\s)|(?<=\A\W)|(?<=\A\W\W))([^.!?]{6,120}\?)[\s*_\"'”’)]*\Z")
_CAUSE = regex(r"\b(?:because\s+of|due\s+to|caused\s+by|thanks\s+to)\b", re.I)
"""A question that says what a complaint comes from names another use than that by the complaint."""
_FAR = 140
"""A question stands right before its answer."""


def answering(told: Context, text: str, start: int) -> Context:
    """What the sentence from ``start`` on says, with the use and the setting of a question right before it, where it says none
    of its own.
    """
    asked = _QUESTION.search(text, max(0, start - _FAR), start)
    if asked is None or dose_words(asked.group(1)):
        return told
    silent = not told.indication and told.condition in (None, "start", "later")
    use = named_use(asked.group(1)) if silent and not _CAUSE.search(asked.group(1)) else None
    setting = told.setting or context_of(asked.group(1)).setting
    if use is None and setting == told.setting:
        return told
    return replace(told, indication=told.indication or use, setting=setting, plain=told.plain and use is None)
