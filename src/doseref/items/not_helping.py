"""The drug that a line names as what does not help: "oxycodone 5 mg as needed for pain not relieved by acetaminophen"."""

from __future__ import annotations

from collections.abc import Sequence

from doseref.dosage.failing import BY, FAILS, HELPS, JOINS, LONGEST, NOT_IN_ONE, RELIEF, UNRELIEVED
from doseref.names.tokens import Token


def told_of(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the drug named by the tokens ``first`` … ``last`` of a line is only told of as what does not help: no figure
    stands behind it.
    """
    if not first or _figure_behind(tokens, last):
        return False
    words = [token.text for token in tokens[max(0, first - LONGEST - 1) : first]]
    if words[-1] in BY | JOINS:
        return words[-1] == "despite" or any(
            word in UNRELIEVED
            or (word in HELPS and words[n - 1] in _NEGATED)
            or (word in RELIEF and words[n - 1] == "no")
            for n, word in enumerate(words)
        )
    if "if" not in words[-3:]:
        return False
    behind = [token.text for token in tokens[last : last + LONGEST]]
    return any(
        word in FAILS or (word in HELPS and behind[n - 1] in _NEGATED) for n, word in enumerate(behind)
    ) and not any(word.isdigit() for word in behind)


_NEGATED = ("not", *(word.replace("'", "") for word in NOT_IN_ONE))


def _figure_behind(tokens: Sequence[Token], last: int) -> bool:
    """Whether a figure stands right behind a name, no sign between them."""
    for n in range(last, min(last + 2, len(tokens))):
        if tokens[n].start > tokens[n - 1].end + 1:
            return False
        if tokens[n].text.isdigit():
            return True
    return False
