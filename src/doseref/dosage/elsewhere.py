"""Whether the dose stands elsewhere: in a book, or with a clinic that goes by a reading."""

from __future__ import annotations

from doseref.dosage.state import State

_ELSEWHERE = frozenset(("inr", "book", "clinic"))


def kept_elsewhere(p: State) -> bool:
    """Whether a note says that the dose goes by a reading or a book ("3 mg tab nocte as per INR"): the strength of the
    tablet is no dose then.

    Also asks for: NOTE.
    """
    raw, last = p.tokens.raw, p.tokens.last
    if "NOTE" not in p.kinds:
        return False
    return any(kind == "NOTE" and raw[at] in _ELSEWHERE for kind, at in zip(p.kinds, last, strict=False))
